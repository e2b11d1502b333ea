//! The user's own editor, started from the built program on a real terminal, and the way back.

use super::screen::Screen;
use rustix::process::{Pid, Signal, kill_process};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use tempfile::TempDir;

/// A folder with an allowlist, and a program that stands for the user's editor: `script` gets the file as its
/// last argument.
fn folder(script: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let allowlist = r#"{"version": 1, "categories": [{"kind": "data-center", "groups": [{"name": "Lab", "ranges": []}]}]}"#;
    std::fs::write(folder.path().join("allowlist.json"), allowlist).unwrap();
    let editor = folder.path().join("my editor");
    std::fs::write(&editor, format!("#!/bin/sh\nfor file; do :; done\n{script}\n")).unwrap();
    std::fs::set_permissions(&editor, std::fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

fn open(folder: &Path) -> Screen {
    // Words and a quoted space, as a shell takes them.
    let editor = format!("'{}' --wait", folder.join("my editor").display());
    let mut screen = Screen::open_with(folder, &[("VISUAL", ""), ("EDITOR", &editor)]);
    screen.wait_for("Exit points");
    screen
}

fn saved(folder: &TempDir) -> String {
    std::fs::read_to_string(folder.path().join("allowlist.json")).unwrap()
}

#[test]
fn a_text_comes_back_from_another_program() {
    let folder = folder(
        "[ \"$1\" = --wait ] || exit 3
         stty -a | grep -q ' icanon' || exit 4
         sed 's/Lab/Attic/' \"$file\" >\"$file.new\" && mv \"$file.new\" \"$file\"",
    );
    let mut screen = open(folder.path());
    screen.send("E").wait_for("Took the allowlist from my").wait_for("Attic").send("\x13").wait_for("Saved");
    screen.send("q");
    assert!(screen.end().success());
    assert!(saved(&folder).contains("Attic"));
}

#[test]
fn a_broken_text_goes_back_and_is_mended() {
    // Breaks it the first time, and mends it where it is told to.
    let folder = folder(
        "if grep -q '^// ^ column' \"$file\"
         then sed 's/Lab,/\"Barn\",/' \"$file\" >\"$file.new\"
         else sed 's/\"Lab\"/Lab/' \"$file\" >\"$file.new\"
         fi; mv \"$file.new\" \"$file\"",
    );
    let mut screen = open(folder.path());
    screen.send("E").wait_for("It cannot be read").send("e").wait_for("Took the allowlist").wait_for("Barn");
    screen.send("u").wait_for("Undone: edit the allowlist in my").send("q");
    assert!(screen.end().success());
}

#[test]
fn the_keys_that_end_programs_are_the_other_program_s() {
    let folder = folder("trap 'echo CAUGHT; exit 0' INT; echo READY; while :; do sleep 0.05; done");
    let mut screen = open(folder.path());
    screen.send("E").wait_for("READY").send("\x03").wait_for("has left the allowlist as it was.");
    screen.send("AAttic\r").wait_for("unsaved");
    // One that the other program does not catch.
    std::fs::write(
        folder.path().join("my editor"),
        "#!/bin/sh\nfor file; do :; done\necho >\"$file\"\necho AGAIN\nsleep 60\n",
    )
    .unwrap();
    screen.send("k").wait_for("Corporate").send("E").wait_for("AGAIN").send("\x1c");
    screen.wait_for("Nothing was taken from the text").send("\x13").wait_for("Saved").send("q");
    assert!(screen.end().success());
    assert!(saved(&folder).contains("Attic"));
}

#[test]
fn a_signal_from_outside_still_keeps_the_work() {
    let folder = folder("echo READY; sleep 60");
    let mut screen = open(folder.path());
    screen.send("AAttic\r").wait_for("unsaved").send("E").wait_for("READY");
    let pid = i32::try_from(screen.child.process_id().unwrap()).unwrap();
    kill_process(Pid::from_raw(pid).unwrap(), Signal::TERM).unwrap();
    assert!(!screen.child.wait().unwrap().success());
    drop(screen);
    let mut screen = open(folder.path());
    screen.wait_for("Unsaved work").send("r").wait_for("Attic").send("E").wait_for("A kept text").send("n");
    screen.send("q").wait_for("Quit?").send("y");
    assert!(screen.end().success());
}

#[test]
fn an_editor_that_is_not_there_is_said() {
    let folder = folder("");
    std::fs::remove_file(folder.path().join("my editor")).unwrap();
    let mut screen = open(folder.path());
    screen.send("E").wait_for("my cannot be started").send("q");
    assert!(screen.end().success());
}
