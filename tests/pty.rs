//! The built program on a real terminal: from an empty folder to saved files, and back.
#![cfg(unix)]

#[path = "pty/outside.rs"]
mod outside;
#[path = "pty/screen.rs"]
mod screen;

use screen::{PATIENCE, Screen};
use std::path::Path;

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap()
}

const POLICY: &str = "IP_Whitelist_AWS_API_Keys.json";

#[test]
fn from_an_empty_folder_to_saved_files_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = Screen::open(folder.path());
    screen.wait_for("Welcome to keymoat").send("1").wait_for("No range here yet.");
    screen
        .send("A")
        .wait_for("New group in Corporate networks")
        .send("Office\r")
        .wait_for("Made the group Office");
    screen.send("a").wait_for("Add ranges to Office").send("203.0.114.0/24").wait_for("256 addresses");
    screen.send("\r").wait_for("Added 1 range to Office; Right goes to it.").wait_for("\"203.0.114.0/24\"");
    screen.send("\x13").wait_for("Saved").send("q");
    assert!(screen.end().success());
    assert!(
        read(folder.path(), "allowlist.json")
            .contains(r#"{"cidr": "203.0.114.0/24", "added": "2026-11-22"}"#)
    );
    assert!(read(folder.path(), POLICY).contains("203.0.114.0/24"));

    let mut screen = Screen::open(folder.path());
    screen.wait_for("Office").send("1jd").wait_for("Deleted the group Office with 1 range");
    screen.send("u").wait_for("Undone").send("q");
    assert!(screen.end().success(), "undone to what is on disk, so nothing is asked");
}

#[test]
fn large_versions_come_into_the_list_by_themselves() {
    let folder = tempfile::tempdir().unwrap();
    let range = |n: usize| format!(r#"{{"cidr": "11.{}.{}.0/24", "label": "{n:0>90}"}}"#, n / 200, n % 200);
    let ranges: Vec<_> = (0..5_000).map(range).collect();
    let list = format!(
        r#"{{"version": 1, "categories": [{{"kind": "data-center", "name": "DC", "groups": [{{"name": "Lab", "ranges": [{}]}}]}}]}}"#,
        ranges.join(", ")
    );
    std::fs::write(folder.path().join("allowlist.json"), list).unwrap();
    let mut screen = Screen::open(folder.path());
    screen.wait_for("Lab").send("\x13").wait_for("Saved").send("H").wait_for("Earlier versions");
    screen
        .wait_for("5,000 ranges  the same")
        .send("\x1b")
        .wait_until(|screen| !screen.contents().contains("Earlier"))
        .send("q");
    assert!(screen.end().success());
}

/// Control sequences that ask the terminal: DSR, DA, DECRQM, window reports, XTVERSION and the keyboard
/// protocol (xterm's ctlseqs), and every DCS and OSC, of which a question may be one.
#[test]
fn the_start_asks_the_terminal_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = Screen::open(folder.path());
    screen.wait_for("Welcome to keymoat").send("3").wait_for("[Policy]");
    let written = String::from_utf8_lossy(&screen.written);
    // What has come last may be cut.
    let whole = written.rsplit_once('\x1b').map_or("", |(whole, _)| whole);
    for sequence in whole.split('\x1b').skip(1) {
        let rest = sequence.strip_prefix('[').unwrap_or_else(|| panic!("ESC {sequence:?} is no CSI"));
        let ends = rest.find(|c: char| ('\x40'..='\x7e').contains(&c)).unwrap_or_default();
        assert!(!"cnpqtu".contains(&rest[ends..=ends]), "CSI {:?} asks", &rest[..=ends]);
    }
    screen.send("q").wait_for("Quit?").send("y");
    assert!(screen.end().success());
}

#[test]
fn the_same_keys_in_one_write() {
    for early in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("allowlist.json"), r#"{"version": 1, "categories": []}"#).unwrap();
        let mut screen = Screen::open(folder.path());
        if !early {
            screen.wait_for("Exit points");
        }
        screen.send("AOffice\ra203.0.114.0/24\r\x13q");
        assert!(screen.end().success());
        assert!(read(folder.path(), "allowlist.json").contains("Office"));
        assert!(read(folder.path(), POLICY).contains("203.0.114.0/24"));
    }
}

#[test]
fn a_long_paste_is_one_step_with_and_without_marks() {
    let list: String = (0..5_314).map(|n| format!("11.{}.{}.0/25\r", n / 256, n % 256)).collect();
    for (before, behind) in [("\x1b[200~", "\x1b[201~"), ("a", "")] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("allowlist.json"), r#"{"version": 1, "categories": []}"#).unwrap();
        let mut screen = Screen::open(folder.path());
        screen.wait_for("Exit points").send("ALab\r").wait_for("Made the group Lab");
        screen.send(before).send(list.trim_end()).send(behind).wait_for("5,314 ranges to add");
        screen.send("\r").wait_for("Added 5,314 ranges to Lab").wait_for("fit");
        screen.send("u").wait_for("Undone: add 5,314 ranges to Lab.").send("q").wait_for("Quit?").send("y");
        assert!(screen.end().success());
    }
}

#[test]
fn a_signal_gives_the_terminal_back_and_keeps_the_work() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = Screen::open(folder.path());
    screen.wait_for("Welcome to keymoat").send("1").send("AOffice\r").wait_for("Made the group Office");
    let pid =
        rustix::process::Pid::from_raw(i32::try_from(screen.child.process_id().unwrap()).unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
    assert!(!screen.end().success());
    let mut screen = Screen::open(folder.path());
    screen.wait_for("Unsaved work").send("r").wait_for("Office").send("\x13").wait_for("Saved").send("q");
    assert!(screen.end().success());
    assert!(read(folder.path(), "allowlist.json").contains("Office"));
}

impl Screen {
    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[test]
fn a_kill_leaves_the_draft() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = Screen::open(folder.path());
    screen.wait_for("Welcome to keymoat").send("1").send("AOffice\r").wait_for("Made the group Office");
    let drafts = folder.path().join("state/keymoat/drafts");
    let is_there = || {
        std::fs::read_dir(&drafts).is_ok_and(|mut entries| {
            entries
                .any(|entry| entry.is_ok_and(|entry| entry.path().extension().is_some_and(|e| e == "json")))
        })
    };
    let start = std::time::Instant::now();
    while !is_there() && start.elapsed() < PATIENCE {
        std::thread::yield_now();
    }
    screen.kill();
    let mut screen = Screen::open(folder.path());
    screen.wait_for("Unsaved work").send("r").wait_for("Office").send("q").wait_for("Quit?").send("y");
    assert!(screen.end().success());
    assert!(!is_there(), "given up");
}

#[test]
fn a_change_on_disk_is_shown_when_it_happens() {
    if !cfg!(target_os = "linux") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("allowlist.json");
    std::fs::write(&file, r#"{"version": 1, "categories": []}"#).unwrap();
    let mut screen = Screen::open(folder.path());
    screen.wait_for("Exit points");
    let add = |cidr: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_keymoat"));
        command.current_dir(folder.path()).env("XDG_STATE_HOME", folder.path().join("state"));
        command.args([
            "-f",
            "allowlist.json",
            "add",
            "--category",
            "corporate-network",
            "--group",
            "Office",
            cidr,
        ]);
        assert!(command.output().unwrap().status.success());
    };
    add("203.0.114.0/24");
    screen.wait_for("read again").send("ALab\r").wait_for("Made the group Lab");
    add("203.0.115.0/24");
    screen.wait_for("Ctrl-S merges").send("\x13").wait_for("Merged what somebody else").send("q");
    assert!(screen.end().success());
    let saved = read(folder.path(), "allowlist.json");
    assert!(["203.0.114.0/24", "203.0.115.0/24", "Lab"].iter().all(|text| saved.contains(text)), "{saved}");
}

#[test]
fn a_copy_arrives_at_the_terminal_as_the_bytes_of_the_policy() {
    use base64::Engine as _;
    let folder = tempfile::tempdir().unwrap();
    let mut screen = Screen::open(folder.path());
    screen.wait_for("Welcome to keymoat").send("1").send("AOffice\r").wait_for("Made the group Office");
    screen.send("a203.0.114.0/24\r").wait_for("Added 1 range").send("\x13").wait_for("Saved");
    screen.send("y").wait_for("the policy IP_Whitelist").send("p").wait_for("Copied the policy IP_Whitelist");
    let copied = |written: &[u8]| {
        let text = String::from_utf8_lossy(written).into_owned();
        let (_, behind) = text.split_once("\x1b]52;c;").unwrap();
        let (encoded, _) = behind.split_once("\x1b\\").unwrap();
        String::from_utf8(base64::prelude::BASE64_STANDARD.decode(encoded).unwrap()).unwrap()
    };
    assert_eq!(copied(&screen.written), read(folder.path(), POLICY));
    screen.written.clear();
    screen.send("yy").wait_for("Copied 1 CIDR of Office");
    assert_eq!(copied(&screen.written), "203.0.114.0/24");
    screen.send("q");
    assert!(screen.end().success());
}

#[cfg(debug_assertions)]
#[test]
fn a_panic_in_any_thread_gives_the_terminal_back_and_keeps_the_work() {
    for command in [":panic\r", ":panic thread\r"] {
        let folder = tempfile::tempdir().unwrap();
        let mut screen = Screen::open(folder.path());
        screen.wait_for("Welcome to keymoat").send("1").send("AOffice\r").wait_for("Made the group Office");
        screen.send(command);
        assert_eq!(screen.end().exit_code(), 101);
        assert!(screen.parser.screen().contents().contains("a panic on demand"));
        let mut screen = Screen::open(folder.path());
        screen.wait_for("Unsaved work").send("r").wait_for("Office").send("q").wait_for("Quit?").send("y");
        assert!(screen.end().success());
    }
}

#[test]
fn the_mouse_selects_scrolls_and_is_given_back_and_the_session_is_remembered() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("allowlist.json"),
        r#"{"version": 1, "categories": [{"kind": "data-center", "name": "Data centers", "groups": [
            {"name": "North", "ranges": [{"cidr": "203.0.114.0/24"}]}, {"name": "South", "ranges": []}]}]}"#,
    )
    .unwrap();
    let mut screen = Screen::open(folder.path());
    screen.wait_for("Exit points");
    screen.wait_until(|screen| screen.mouse_protocol_mode() == vt100::MouseProtocolMode::ButtonMotion);
    assert_eq!(screen.parser.screen().mouse_protocol_encoding(), vt100::MouseProtocolEncoding::Sgr);
    // The row of South, from 1, in column 8; then a drag of the border from column 30.
    screen.send("\x1b[<0;8;6M\x1b[<0;8;6m").wait_for("South · 0");
    screen
        .send("\x1b[<0;30;9M\x1b[<32;35;9M\x1b[<32;40;9M\x1b[<0;40;9m")
        .wait_until(|screen| screen.contents_between(1, 39, 1, 40).contains('┬'));
    // The mouse is left to the terminal and taken again.
    screen.send("M").wait_until(|screen| screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None);
    screen.send("M").wait_until(|screen| screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None);
    let pid =
        rustix::process::Pid::from_raw(i32::try_from(screen.child.process_id().unwrap()).unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
    assert!(!screen.end().success());

    let mut screen = Screen::open(folder.path());
    screen.wait_for("South · 0");
    assert!(screen.parser.screen().contents_between(1, 39, 1, 40).contains('┬'));
    screen.send("q");
    assert!(screen.end().success());
}
