//! Wrong use, help, completions, the manual page, and standard output that goes away.

use crate::desk::{Desk, answer};

#[test]
fn wrong_use_is_exit_two_and_printable() {
    let desk = Desk::empty();
    for arguments in
        [&["nonsense"][..], &["add"], &["show", "--colour"], &["completions", "csh"], &["show", "\u{1b}[2J"]]
    {
        let wrong = answer(desk.command().args(arguments).output().unwrap()).exits(2).silent();
        assert!(!wrong.err.is_empty() && !wrong.err.contains('\u{1b}'), "{wrong:?}");
    }
}

#[cfg(unix)]
#[test]
fn arguments_that_are_not_utf8_are_refused() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let desk = Desk::with_office();
    let bytes = OsStr::from_bytes(b"\xff\x1b[2J");
    for name in ["remove", "cover"] {
        let wrong = answer(desk.command().args(["-f", "a.json", name]).arg(bytes).output().unwrap())
            .exits(2)
            .silent();
        assert!(!wrong.err.is_empty() && !wrong.err.contains('\u{1b}'), "{wrong:?}");
    }
    let wrong = answer(desk.command().arg("-f").arg(bytes).arg("show").output().unwrap()).exits(2).silent();
    assert!(!wrong.err.contains('\u{1b}'), "{wrong:?}");
}

#[test]
fn a_missing_file_names_init_for_every_command() {
    let desk = Desk::empty();
    for arguments in [
        "show",
        "add --category data-center --group DC 198.51.102.0/24",
        "remove 198.51.102.0/24",
        "change 198.51.102.0/24 --disable",
        "group --category data-center --group DC",
        "category --add X",
        "set name",
        "set name X",
        "check",
        "check --fix",
        "policy",
        "policy --write",
        "test 8.8.8.8",
        "fit",
        "prove",
        "diff a.json",
        "export --format csv",
        "fmt",
        "fmt --check",
    ] {
        desk.run(arguments).exits(2).silent().warns("a.json").warns("keymoat init");
    }
    assert!(desk.names().is_empty());
}

#[test]
fn an_unreadable_file_is_named_with_its_place() {
    let desk = Desk::with_office();
    desk.write("a.json", &desk.read("a.json").replace("\"version\": 1", "\"version\": 2"));
    for arguments in ["show", "check", "policy", "remove 203.0.115.7", "fmt", "set name X"] {
        let unreadable = desk.run(arguments).exits(2).silent();
        assert!(unreadable.err.starts_with("a.json:2:"), "{unreadable:?}");
    }
}

#[test]
fn help_is_there_for_all_and_the_file_may_stand_anywhere() {
    let desk = Desk::with_office();
    let help = answer(desk.command().arg("--help").output().unwrap()).exits(0);
    for command in [
        "edit",
        "init",
        "show",
        "add",
        "remove",
        "change",
        "group",
        "category",
        "set",
        "check",
        "policy",
        "fit",
        "test",
        "prove",
        "diff",
        "import",
        "export",
        "cover",
        "history",
        "restore",
        "merge",
        "fmt",
        "paths",
        "completions",
        "man",
    ] {
        assert!(help.out.contains(&format!("\n  {command} ")), "{command}");
        answer(desk.command().args([command, "--help"]).output().unwrap()).exits(0).says("Usage: keymoat");
    }
    answer(desk.command().args(["set", "name", "--file", "a.json"]).output().unwrap()).exits(0);
    answer(desk.command().arg("--version").output().unwrap()).exits(0).says("keymoat 0");
}

#[test]
fn completions_and_the_manual_page_know_the_commands() {
    let desk = Desk::empty();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        desk.run(&format!("completions {shell}")).exits(0).says("category").says("max-documents");
    }
    let man = desk.run("man").exits(0);
    man.says(".TH keymoat 1").says(".SS add\n").says("review\\-by").says("EXIT STATUS");
}

#[test]
fn no_colour_where_no_terminal_is() {
    let desk = Desk::with_office();
    for arguments in ["show", "check", "test 8.8.8.8", "--help"] {
        assert!(!desk.run(arguments).out.contains('\u{1b}'));
    }
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_error_and_a_full_device_is() {
    use std::process::Stdio;
    let desk = Desk::with_office();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let run = desk.command().args(["-f", "a.json", "show"]).stdout(writer).output().unwrap();
    answer(run).exits(0).silent().warns("");
    if let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") {
        let run = desk.command().args(["-f", "a.json", "show"]).stdout(Stdio::from(full)).output().unwrap();
        answer(run).exits(2).warns("standard output");
    }
}
