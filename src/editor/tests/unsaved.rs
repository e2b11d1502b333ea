//! What is said to be unsaved or old is so, and how many are let through is seen.

use super::Session;
use crate::allowlist::Allowlist;

fn session() -> Session {
    let text = r#"{"version": 1, "categories": [{"kind": "corporate-network", "name": "Corporate networks", "groups": [
        {"name": "Office", "ranges": [{"cidr": "11.0.0.0/24", "label": "uplink", "owner": "netops"}, {"cidr": "12.0.0.1"}]},
        {"name": "Lab", "ranges": [{"cidr": "13.0.0.1"}]}]}]}"#;
    let mut session = Session::of(&Allowlist::from_json(text.as_bytes()).unwrap());
    session.typed("<C-s>").sees("Saved");
    session
}

#[test]
fn what_comes_to_what_the_file_says_is_not_unsaved() {
    let mut session = session();
    session.typed("j<Tab> ").sees("* unsaved").typed(" ").sees_no("* unsaved");
    session.typed("J").sees("* unsaved").typed("K").sees_no("* unsaved").typed("uu").sees_no("* unsaved");
    session.typed("u").sees("* unsaved").typed("u").sees_no("* unsaved").typed("q");
    assert!(session.has_quit());
}

#[test]
fn a_change_after_that_is_unsaved_again_and_kept_as_a_draft() {
    let mut session = session();
    session.typed("j<Tab>  d").sees("* unsaved").typed("q").sees("Quit?").typed("<Esc>");
    session.editor.keep_draft();
    session.editor.keeper.settle();
    assert!(session.editor.document.draft().unwrap().read().is_some());
    session.typed("u").sees_no("* unsaved");
    session.editor.keep_draft();
    session.editor.keeper.settle();
    assert!(session.editor.document.draft().unwrap().read().is_none());
}

#[test]
fn another_form_of_the_file_is_not_the_same() {
    let session = session();
    let text = session.file("allowlist.json").unwrap().replace("\n", "\r\n");
    std::fs::write(session.path("allowlist.json"), text).unwrap();
    let mut session = Session::open(session.folder, (120, 34));
    session.sees_no("* unsaved").typed("j<Tab>  ").sees("* unsaved").typed("uu").sees_no("* unsaved");
}

#[test]
fn a_policy_is_called_old_only_where_it_was_so_when_it_was_saved() {
    let old = "is older than the allowlist or was edited by hand";
    let mut session = session();
    let stale = |session: &Session| {
        session.editor.document.review().findings.iter().any(|finding| finding.problem.message.contains(old))
    };
    session.typed("j<Tab> ").sees("* unsaved");
    assert!(!stale(&session));
    session.typed("<C-s> ");
    assert!(!stale(&session));
    // Somebody changes it by hand.
    let policy = session.path("IP_Whitelist_AWS_API_Keys.json");
    let text = std::fs::read_to_string(&policy).unwrap();
    std::fs::write(&policy, text.replace("12.0.0.1", "12.0.0.9")).unwrap();
    session.editor.disk_has_changed();
    session.draw();
    assert!(stale(&session));
    session.typed("<C-s>");
    assert!(!stale(&session));
    let text = std::fs::read_to_string(&policy).unwrap();
    std::fs::write(&policy, text.replace("\"Deny\"", " \"Deny\"")).unwrap();
    let mut session = Session::open(session.folder, (120, 34));
    assert!(stale(&session));
    session.typed("j<Tab>d");
    assert!(stale(&session), "an edit does not hide it");
}

#[test]
fn the_left_pane_says_how_many_are_let_through() {
    let mut session = session();
    session.sees("1 Corporate networks      3").typed("j ").sees("Office             i 0/2");
    session
        .sees("1 Corporate networks    1/3")
        .typed("j ")
        .sees("Lab                i 0/1")
        .typed("u")
        .sees("Lab                i   1");
}

#[test]
fn what_is_admitted_is_seen_at_80_columns() {
    let mut session = session();
    session.resize(80, 24);
    session.sees("~/keymoat/allowlist.json ").sees("2 groups, 3 ranges, 258 admitted");
    session.editor.shown_path = "~/.config/keymoat/somewhere/deep/allowlist.json".to_owned();
    session.typed("1 ").sees("allowlist.json * unsaved").sees("3 ranges, 0 admitted");
    session.resize(50, 12);
    session.sees("list.json * unsaved");
}
