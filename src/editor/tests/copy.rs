//! What `y` offers and sends to the terminal's clipboard.

use super::Session;
use crate::allowlist::Allowlist;
use crate::editor::copy::LIMIT;
use crate::editor::state::Wish;

/// An office with a range that is off and one that is none, and a data center.
fn company() -> Session {
    let text = r#"{"version": 1, "categories": [
        {"kind": "corporate-network", "name": "Corporate networks", "groups": [
            {"name": "Office", "note": "two floors", "ranges": [
                {"cidr": "11.0.0.0/24", "label": "$(reboot)"},
                {"cidr": "11.0.1.7", "enabled": false}]},
            {"name": "Lab", "ranges": [{"cidr": "12.0.0.1", "owner": "netops"}]}]},
        {"kind": "data-center", "name": "DC", "groups": [{"name": "Carrier", "ranges": []}]}]}"#;
    Session::of(&Allowlist::from_json(text.as_bytes()).unwrap())
}

#[track_caller]
fn copied(session: &mut Session) -> String {
    match session.editor.wish.take() {
        Some(Wish::Copy(text)) => text,
        other => panic!("{other:?}:\n{}", session.screen()),
    }
}

#[test]
fn y_twice_copies_the_cidrs_of_what_is_selected() {
    let mut session = company();
    session
        .typed("y")
        .sees("> e  3 CIDRs of Corporate networks, 1 of them not let")
        .sees("29 characters, 3 lines");
    session.sees("The terminal must allow it (OSC 52); tmux: set -g set-clipboard on.").typed("y");
    assert_eq!(copied(&mut session), "11.0.0.0/24\n11.0.1.7\n12.0.0.1");
    session.sees("Copied 3 CIDRs of Corporate networks, 1 of them not let through: sent to the terminal's clipboard (OSC 52).");
    session.typed("jye");
    assert_eq!(copied(&mut session), "11.0.0.0/24\n11.0.1.7");
    session.typed("<Tab>y<Enter>");
    assert_eq!(copied(&mut session), "11.0.0.0/24", "no label");
    session.typed("vjyy").sees("Copied 2 CIDRs, 1 of them not let through");
    assert_eq!(copied(&mut session), "11.0.0.0/24\n11.0.1.7");
    session.typed(":copy<Enter><Esc>").sees_no("> e ");
    assert_eq!(session.editor.wish, None);
}

#[test]
fn what_is_no_cidr_is_left_out_and_said() {
    let text = r#"{"version": 1, "categories": [{"kind": "data-center", "name": "DC", "groups": [{"name": "A", "ranges": [
        {"cidr": "11.0.0.1"}, {"cidr": "; rm -rf ~"}]}]}]}"#;
    let mut session = Session::of(&Allowlist::from_json(text.as_bytes()).unwrap());
    session.typed("2jyy").sees("Copied 1 CIDR of A, without 1 that is none");
    assert_eq!(copied(&mut session), "11.0.0.1");
    session.typed("<Tab>jyy").sees("Not copied, 0 CIDRs, without 1 that is none: there is no CIDR here yet.");
    session.typed("yp").sees("Not copied, the policy: ");
    assert_eq!(session.editor.wish, None);
}

#[test]
fn j_copies_the_entry_as_it_stands_in_the_file() {
    let mut session = company();
    let json = |session: &mut Session| {
        session.typed("yj");
        copied(session)
    };
    let office = "{\n  \"name\": \"Office\",\n  \"note\": \"two floors\",\n  \"ranges\": [\n    \
        {\"cidr\": \"11.0.0.0/24\", \"label\": \"$(reboot)\"},\n    {\"cidr\": \"11.0.1.7\", \"enabled\": false}\n  ]\n}";
    assert!(json(&mut session).starts_with("{\n  \"kind\": \"corporate-network\""));
    session.typed("j");
    assert_eq!(json(&mut session), office);
    session.sees("Copied the group Office as JSON").typed("<Tab>j");
    assert_eq!(json(&mut session), r#"{"cidr": "11.0.1.7", "enabled": false}"#);
    session.typed("X");
    assert_eq!(json(&mut session).lines().count(), 4);
}

#[test]
fn p_copies_the_document_that_is_shown() {
    let mut session = company();
    session.typed("<C-s>yp").sees("Copied the policy IP_Whitelist_AWS_API_Keys.json");
    assert_eq!(Some(copied(&mut session)), session.file("IP_Whitelist_AWS_API_Keys.json"));
    session.typed("<BTab>y").sees("> p  the policy IP_Whitelist_AWS_API_Keys.json").typed("y");
    assert_eq!(Some(copied(&mut session)), session.file("IP_Whitelist_AWS_API_Keys.json"));
    let mut split = super::keys::split();
    split.typed("<C-s>]yp").sees("Copied the document 2 of 3, IP_Whitelist_AWS_API_Keys-2.json");
    assert_eq!(Some(copied(&mut split)), split.file("IP_Whitelist_AWS_API_Keys-2.json"));
    let mut empty = Session::empty();
    empty.typed("y").sees("the policy: ").typed("p").sees("Not copied, the policy: ");
}

#[test]
fn on_a_finding_its_words_and_its_entry_are_copied() {
    let mut session = company();
    session.typed("<BTab>py").sees("> e  the finding").typed("y").sees("Copied the finding");
    let words = copied(&mut session);
    assert!(words.starts_with("11.0.") && !words.contains('\n'), "{words}");
    session.typed("yj");
    assert!(copied(&mut session).starts_with("{\"cidr\": \"11.0."));
}

#[test]
fn u_copies_a_command_for_what_is_saved() {
    let mut session = company();
    session.typed("yu");
    let line = copied(&mut session);
    let path = session.path("allowlist.json");
    assert!(line.starts_with(&format!("keymoat -f '{}' export --format aws-cli ", path.display())), "{line}");
    assert!(!line.contains('\n'), "nothing runs before Enter");
    session.typed("jd").typed("yu").sees("save first: the command reads the file");
    assert_eq!(session.editor.wish, None);
}

#[test]
fn too_much_for_a_terminal_is_refused_with_what_does_it() {
    let hosts: Vec<_> =
        (0..8_000).map(|n| format!(r#"{{"cidr": "11.0.{}.{}"}}"#, n / 200, n % 200)).collect();
    let text = format!(
        r#"{{"version": 1, "categories": [{{"kind": "data-center", "name": "DC", "groups": [{{"name": "A", "ranges": [{}]}}]}}]}}"#,
        hosts.join(", ")
    );
    let mut session = Session::of(&Allowlist::from_json(text.as_bytes()).unwrap());
    session.typed("2jyy").sees("terminals take 74,991 bytes at most; use `keymoat export --format text`.");
    session.typed("yj").sees("use `keymoat show --json`, or the file.");
    assert_eq!(session.editor.wish, None);
    // Just so many that they fit.
    let (mut length, mut count) = (0, 0);
    for (.., range) in session.now().ranges() {
        length += range.cidr.to_string().len() + 1;
        count += usize::from(length <= LIMIT + 1);
    }
    let more = "j".repeat(count - 1);
    session.typed("<Tab>v").burst(&more).typed("yy");
    assert_eq!(copied(&mut session).lines().count(), count);
    session.typed("jyy").sees("terminals take 74,991 bytes at most");
}

#[test]
fn a_terminal_without_a_clipboard_says_so() {
    let mut session = company();
    session.editor.has_clipboard = false;
    session.typed("y").sees("copy: this terminal has no clipboard.");
    session.resize(50, 12);
    session.editor.has_clipboard = true;
    session.typed("y").sees("> e  ");
}
