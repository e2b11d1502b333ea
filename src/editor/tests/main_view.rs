//! The way through: from nothing to saved files, and what the main view shows on it.

use super::Session;
use crate::allowlist::Starter;

const FIRST_SESSION: &str = "AOffice<Enter>a203.0.114.0/24<Enter><C-s>q";

#[track_caller]
fn is_saved(session: &Session) {
    assert!(session.has_quit(), "{}", session.screen());
    assert_eq!(session.groups(), ["Office: 203.0.114.0/24"]);
    let file = session.file("allowlist.json").unwrap();
    assert_eq!(file, session.now().to_json());
    assert!(file.contains(r#"{"cidr": "203.0.114.0/24", "added": "2026-11-22"}"#), "{file}");
    let policy = session.file("IP_Whitelist_AWS_API_Keys.json").unwrap();
    assert!(policy.contains("203.0.114.0/24") && policy.contains("aws:MultiFactorAuthPresent"), "{policy}");
}

#[test]
fn a_group_and_a_range_are_made_and_saved_typed_or_at_once() {
    let preset = Starter::MfaOrAddress.allowlist("2026-11-22".parse().unwrap());
    let mut slowly = Session::of(&preset);
    slowly.typed(FIRST_SESSION);
    is_saved(&slowly);
    let mut at_once = Session::of(&preset);
    at_once.burst(FIRST_SESSION);
    is_saved(&at_once);
    // Typed before the program had the terminal, Enter is a line feed.
    let mut early = Session::of(&preset);
    early.burst(&FIRST_SESSION.replace("<Enter>", "<C-j>"));
    is_saved(&early);
}

#[test]
fn a_first_start_offers_what_to_start_from_and_writes_nothing_unasked() {
    let mut session = Session::first_start();
    session.sees("Welcome to keymoat").sees("The example").sees("MFA");
    session.typed("3").sees("* new, not saved yet  ").sees_no("unsaved");
    assert_eq!(std::fs::read_dir(session.folder.path()).unwrap().count(), 0);
    session.typed("q").sees("Quit?").typed("s");
    assert!(session.has_quit());
    assert!(session.file("allowlist.json").unwrap().contains("corporate-network"));
}

#[test]
fn an_empty_start_that_is_left_untouched_is_left_without_a_question() {
    let mut session = Session::first_start();
    session.typed("4q");
    assert!(session.has_quit());
    assert_eq!(session.file("allowlist.json"), None);
}

#[test]
fn the_preview_follows_every_edit() {
    let mut session = Session::empty();
    session.sees("No policy can be written");
    session.typed("AOffice<Enter>a11.0.0.0/24<Enter>");
    session.sees(r#""NotIpAddress""#).sees("of 6,144").sees("1 group, 1 range, 256 admitted");
    session.typed("p").sees("[Findings");
    session.typed("p").sees("[Differences]").sees("+ ").sees(r#"{"cidr": "11.0.0.0/24""#);
    session.typed("<C-s>").sees("Nothing: the files on disk");
    session.typed("p").sees("[Policy]");
}

#[test]
fn the_differences_say_in_words_what_changes() {
    let mut session = Session::empty();
    session.typed("AOffice<Enter>a11.0.0.0/24,12.0.0.1<Enter>pp").sees("No policy is on disk yet");
    session.typed("<C-s><Tab>da11.0.2.0/24<Enter>");
    session
        .sees("+ admits 256 addresses more:")
        .sees("11.0.2.0/24")
        .sees("- no longer admits 256 addresses:");
    session.sees("+ added 11.0.2.0/24 in Corporate").sees("- removed 11.0.0.0/24 in Corporate");
    session.typed("e<Tab>up<Enter>uuu").sees("Nothing: the files on disk");
    session
        .typed("e<Tab>up<Enter>")
        .sees("The policy lets through the same")
        .sees("changed label of 11.0.0.0/24");
    let policy = session.path("IP_Whitelist_AWS_API_Keys.json");
    std::fs::write(&policy, "{}").unwrap();
    let opened = crate::storage::open(&session.editor.document.paths.allowlist).unwrap();
    session.editor.document.adopt(opened).unwrap();
    session.typed("d").sees("so nothing is");
}

#[test]
fn a_move_is_one_line_of_the_differences_below_what_is_admitted() {
    let mut session = super::keys::company();
    session.typed("<C-s>pp").sees("Nothing: the files on disk");
    session.typed("1jmData<Enter>").sees("The same addresses are admitted.");
    session.sees("moved the group Office from").sees_no("- removed 11.0.0.1").typed("u");
    session.typed("/12.0.0.0<Enter>mCarr<Enter><Esc>").sees("moved 12.0.0.0/24 from").typed("u");
    session.typed("2jd").sees("fewer.").sees_no("The same addresses");
}

#[test]
fn what_is_deleted_comes_back() {
    let mut session = Session::empty();
    session.typed("AOffice<Enter>a11.0.0.1,12.0.0.1<Enter>");
    session.typed("d").sees("Deleted the group Office with 2 ranges; u brings it back.");
    assert!(session.groups().is_empty());
    session.typed("u").sees("Undone: delete the group Office with 2 ranges.");
    assert_eq!(session.groups(), ["Office: 11.0.0.1 12.0.0.1"]);
    // The next key is about it, not about its category.
    session.sees(">   Office").typed("u");
    assert_eq!(session.groups(), ["Office:"]);
    session.typed("uu").sees("there is nothing to undo");
    session.typed("<C-r><C-r>").sees("Done again: add 2 ranges to Office.");
    session.typed("<Tab>jd").sees("Deleted 12.0.0.1");
    assert_eq!(session.groups(), ["Office: 11.0.0.1"]);
}

#[test]
fn undo_back_to_the_file_needs_no_question() {
    let mut session = Session::empty();
    session.typed("AOffice<Enter>").sees("unsaved").typed("u").sees_no("unsaved").typed("q");
    assert!(session.has_quit());
}

#[test]
fn quitting_asks_only_where_something_is_unsaved() {
    for quit in ["q", "<C-c>", ":q<Enter>"] {
        let mut session = Session::empty();
        session
            .typed("AOffice<Enter>")
            .typed(quit)
            .sees("Quit?")
            .sees("1 change is not saved: \"add the group Office\"");
        session.typed("<Esc>").sees_no("Quit?").typed(quit).typed("n").sees_no("Quit?");
        assert!(!session.has_quit());
        session.typed(quit).typed("y");
        assert!(session.has_quit());
    }
    let mut session = Session::empty();
    session.typed("AOffice<Enter>:q!<Enter>");
    assert!(session.has_quit());
    let mut session = Session::empty();
    session.typed("AOffice<Enter>:wq<Enter>");
    assert!(session.has_quit());
    assert!(session.file("allowlist.json").unwrap().contains("Office"));
}

#[test]
fn a_foreign_file_is_overwritten_only_when_told() {
    let mut session = Session::empty();
    std::fs::write(session.path("IP_Whitelist_AWS_API_Keys.json"), "mine").unwrap();
    session.typed("AOffice<Enter>a11.0.0.1<Enter><C-s>").sees("A file that is not keymoat's");
    session.typed("<Esc>");
    assert_eq!(session.file("IP_Whitelist_AWS_API_Keys.json").unwrap(), "mine");
    session.typed("<C-s>f").sees("with the policy IP_Whitelist_AWS_API_Keys.json");
    assert!(session.file("IP_Whitelist_AWS_API_Keys.json").unwrap().contains("11.0.0.1"));
}

#[test]
fn the_main_view_at_three_sizes() {
    let mut session = Session::example();
    insta::assert_snapshot!("main_120x34", session.screen());
    session.resize(80, 24);
    insta::assert_snapshot!("main_80x24", session.screen());
    session.typed("<Tab><Tab>");
    insta::assert_snapshot!("preview_80x24", session.screen());
    session.resize(50, 12);
    insta::assert_snapshot!("preview_50x12", session.screen());
    session.resize(49, 12);
    session.sees("keymoat needs a window of at least 50x12.");
}

#[test]
fn work_that_was_cut_off_is_offered_again() {
    let mut session = Session::empty();
    session.typed("AOffice<Enter>");
    let draft = session.editor.document.draft().unwrap();
    draft.write(session.now().to_json().as_bytes()).unwrap();
    let mut again = Session::open(session.folder, (120, 34));
    again.sees("Unsaved work").typed("<Esc>").sees_no("Office");
    let mut again = Session::open(again.folder, (120, 34));
    again.typed("r").sees("Restored the unsaved work").sees("unsaved").typed("q").sees("Quit?").typed("s");
    assert!(again.has_quit());
    assert!(again.file("allowlist.json").unwrap().contains("Office"));
    assert!(draft.read().is_none());
}
