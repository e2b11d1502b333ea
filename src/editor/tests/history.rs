//! Earlier versions: the list of them, what going back would change, and going back.

use super::Session;
use super::log::Log;
use crate::allowlist::{Allowlist, Starter};
use crate::editor::abilities::Characters;
use crate::editor::state::{Gesture, Input, Mouse};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, mpsc};

/// The folder of a session's versions.
fn folder(session: &Session) -> PathBuf {
    std::fs::read_dir(session.path("state/history")).unwrap().next().unwrap().unwrap().path()
}

/// Keeps versions that say this and were saved then, the oldest first, in place of those that there are.
fn keep(session: &mut Session, versions: &[(&str, &str)]) {
    session.typed("<C-s>");
    let folder = folder(session);
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::create_dir(&folder).unwrap();
    for (number, (saved, text)) in (1..).zip(versions) {
        let saved = saved.parse::<jiff::Timestamp>().unwrap().as_second();
        let file = serde_json::json!({ "saved": saved, "by": "netops", "allowlist": text });
        std::fs::write(folder.join(format!("{number:06}.json")), file.to_string()).unwrap();
    }
}

fn office(ranges: &str) -> String {
    format!(
        r#"{{"version": 1, "categories": [{{"kind": "corporate-network", "name": "Corporate networks", "groups": [{{"name": "Office", "ranges": [{ranges}]}}]}}]}}"#
    )
}

fn session_of(text: &str) -> Session {
    Session::of(&Allowlist::from_json(text.as_bytes()).unwrap())
}

/// Three versions of an office, of which the last is open.
fn three() -> Session {
    let second = office(
        r#"{"cidr": "11.0.0.0/24", "ticket": "NET-1"}, {"cidr": "12.0.0.0/24"}, {"cidr": "13.0.0.1"}"#,
    );
    let third = office(r#"{"cidr": "11.0.0.0/24", "owner": "netops"}, {"cidr": "14.0.0.0/24"}"#);
    let mut session = session_of(&third);
    let all = [
        ("2025-01-02T03:04:05Z", office(r#"{"cidr": "11.0.0.0/24"}"#)),
        ("2026-05-22T14:03:59Z", second),
        ("2026-11-22T09:12:00Z", third),
    ];
    keep(&mut session, &all.each_ref().map(|(saved, text)| (*saved, text.as_str())));
    session
}

#[test]
fn versions_are_listed_newest_first_with_what_they_would_change() {
    let mut session = three();
    session.typed("H").sees("Earlier versions · 1 of 3 · UTC · + - ~: by going back");
    session.sees("> 2026-11-22 09:12  2 ranges  the same  today  by netops");
    session.sees("  2026-05-22 14:03  3 ranges  +2 -1 ~1  6 months ago  by netops");
    session.sees("  2025-01-02 03:04  1 range   +0 -1 ~1  22 months ago  by netops");
    session.sees("Nothing: it says what is open.");
    session
        .typed("<Down>")
        .sees("2 of 3")
        .sees("What going back to it changes")
        .sees("257 addresses more, 256 fewer.");
    session.sees("+ admits 257 addresses more: 12.0.0.0/24, 13.0.0.1/32");
    session.sees("- no longer admits 256 addresses: 14.0.0.0/24");
    session.sees("+ added 13.0.0.1 in Corporate networks / Office");
    session.sees("- removed 14.0.0.0/24 in Corporate networks / Office");
    session.sees("  changed owner of 11.0.0.0/24 in Corporate networks / Office from netops to nothing");
    session.typed("G").sees("3 of 3").sees("256 addresses fewer.").typed("<Esc>").sees_no("Earlier versions");
}

#[test]
fn going_back_is_one_step_that_is_undone_and_not_written_before_a_save() {
    let mut session = three();
    let saved = session.file("allowlist.json");
    session.typed("j<Tab>jdH<Down>").sees("3 ranges  +2 -0 ~1").typed("<Enter>");
    session.sees("Back at the version of 2026-05-22 14:03; u undoes it, Ctrl-S saves it.");
    assert_eq!(session.groups(), ["Office: 11.0.0.0/24 12.0.0.0/24 13.0.0.1"]);
    assert_eq!(session.file("allowlist.json"), saved, "nothing is written");
    session.sees("* unsaved").typed("u").sees("Undone: go back to the version of 2026-05-22 14:03.");
    assert_eq!(session.groups(), ["Office: 11.0.0.0/24"], "what was unsaved is still there");
    session.typed("u").sees("Undone: delete 14.0.0.0/24.").sees_no("* unsaved");
    session.typed("<C-r><C-r><C-s>").sees("Saved");
    assert!(session.file("allowlist.json").unwrap().contains("13.0.0.1"));
    session
        .typed("H")
        .sees("1 of 5")
        .sees("the same")
        .typed("<Enter>")
        .sees("Nothing was changed: the version of ");
}

#[test]
fn what_cannot_be_read_is_listed_with_what_is_wrong() {
    let mut session = three();
    let folder = folder(&session);
    std::fs::write(folder.join("000004.json"), "{\"saved\": 1").unwrap();
    let text = serde_json::json!({ "saved": 1_790_000_000, "by": "", "allowlist": "{\"version\": 9}" });
    std::fs::write(folder.join("000005.json"), text.to_string()).unwrap();
    session
        .typed("H")
        .sees("1 of 5")
        .sees("> 2026-09-21 14:13  x cannot be read")
        .sees("  version 4         x cannot be read");
    session
        .sees("It cannot be read")
        .sees("000005.json: the text that it keeps is no")
        .sees("line 1, column");
    session.typed("<Enter>").sees("That version cannot be read").typed("j").sees("000004.json:1:");
    session.typed("<Down><Down><Enter>").sees("Back at the version of 2026-05-22 14:03");
}

#[test]
fn a_version_of_which_no_policy_can_be_written_says_so() {
    let mut session = three();
    let bad = office(r#"{"cidr": "11.0.0.1/24"}"#);
    keep(&mut session, &[("2026-11-21T00:00:00Z", &bad)]);
    session.typed("H").sees("1 day ago").sees("512 addresses fewer.");
    session.sees("! No policy can be written from it: 1 of the ranges have no valid CIDR");
}

#[test]
fn where_no_version_is_kept_a_sentence_says_so() {
    let mut session = Session::example();
    session.typed("H").sees("No earlier version of this allowlist is kept yet; each save keeps one.");
    session.sees_no("Earlier versions");
}

#[test]
fn a_version_that_has_gone_meanwhile_is_an_error() {
    let mut session = three();
    session.typed("H<Down>");
    std::fs::remove_dir_all(folder(&session)).unwrap();
    session.typed("<Enter>").sees("x ").sees("cannot read it");
    assert_eq!(session.groups(), ["Office: 11.0.0.0/24 14.0.0.0/24"]);
}

#[test]
fn a_click_chooses_and_a_double_click_goes_back() {
    let mut session = three();
    session.typed("H");
    let row = session.screen().lines().position(|line| line.contains("2025-01-02")).unwrap();
    let at = (30, u16::try_from(row).unwrap());
    for twice in [false, true] {
        session.editor.handle(Input::Mouse(Mouse { at, gesture: Gesture::Press { twice } }), None);
        session.draw();
        session.sees(if twice { "Back at the version of 2025-01-02 03:04" } else { "3 of 3" });
    }
}

#[test]
fn the_differences_scroll_where_there_is_no_room() {
    let mut session = three();
    session.resize(50, 12);
    session
        .typed("H<Down>")
        .sees("257 addresses more")
        .sees_no("netops to nothing")
        .typed(&"<PgDn>".repeat(9));
    session.sees("netops to nothing").sees("2 of 3").typed(&"<PgUp>".repeat(9)).sees("257 addresses more");
}

#[test]
fn much_is_looked_at_aside_and_the_chosen_one_first() {
    let large = |last: &str| {
        let hosts: Vec<_> = (0..4_000)
            .map(|n| {
                format!(r#"{{"cidr": "11.{}.{}.0/24", "label": "a label of some length"}}"#, n / 200, n % 200)
            })
            .collect();
        office(&format!("{}, {{\"cidr\": \"{last}\"}}", hosts.join(", ")))
    };
    let texts = ["12.0.0.1", "12.0.0.2", "12.0.0.3", "12.0.0.4"].map(large);
    let mut session = session_of(&texts[3]);
    let days = ["2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22"].map(|day| format!("{day}T10:00:00Z"));
    let all: Vec<_> = days.iter().map(String::as_str).zip(texts.iter().map(String::as_str)).collect();
    keep(&mut session, &all);
    // The thread stops where it has woken until it may go on.
    let (woken, wakes) = mpsc::sync_channel(0);
    let woken = Mutex::new(woken);
    session.editor.wake = Some(Arc::new(move || _ = woken.lock().unwrap().send(())));
    session.typed("H").sees("reading …").sees("What going back");
    session.typed("<End>");
    wakes.recv().unwrap();
    wakes.recv().unwrap();
    session.draw();
    let chosen = "> 2026-11-19 10:00  4,001 ranges  +1 -1 ~0  3 days ago";
    session.sees("version 2         reading …").sees(chosen).sees("+ added 12.0.0.1 in");
    // Going back need not wait for the others.
    session.typed("<Home><Down><Enter>").sees("Back at the version of 2026-11-21 10:00");
    session.editor.wake = None;
    while wakes.recv().is_ok() {}
    session.typed("uu").sees("there is nothing to undo");
}

#[test]
fn it_needs_no_character_that_a_terminal_may_not_have() {
    let mut session = three();
    session.editor.looks.abilities.characters = Characters::Ascii;
    session.typed("H<Down>").sees("Earlier versions . 2 of 3 . UTC . + - ~: by going back").sees("+2 -1 ~1");
    assert!(session.screen().is_ascii(), "{}", session.screen());
}

#[test]
fn it_reads_like_this() {
    let mut session = Session::example();
    let earlier = Starter::Example.allowlist("2026-05-22".parse().unwrap()).to_json();
    let now = session.now().to_json();
    keep(&mut session, &[("2026-05-22T14:03:00Z", &earlier), ("2026-11-22T09:12:00Z", &now)]);
    std::fs::write(folder(&session).join("000003.json"), "{").unwrap();
    session.resize(80, 24);
    session.editor.shown_path = "~/keymoat/allowlist.json".to_owned();
    let mut log = Log::of_roles(session);
    log.types("1jdH").looks("<End>").types("<Enter>").looks("");
    log.session.resize(50, 12);
    log.types("H").looks("<End>");
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("session_history", log.text());
    });
}
