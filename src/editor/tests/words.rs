//! What the screen says of itself: the footer, the titles, the help on signs, and what is said where nothing is.

use super::Session;
use super::keys::company;
use super::signs::group_of;

fn footer(session: &Session) -> String {
    session.screen().lines().last().unwrap_or_default().to_owned()
}

#[track_caller]
fn footer_has(session: &Session, hints: &[&str]) {
    let footer = footer(session);
    for hint in hints {
        assert!(footer.contains(hint), "{hint:?} is not in the footer: {footer}");
    }
}

#[test]
fn the_footer_names_what_the_keys_act_on() {
    let mut session = company();
    session.resize(80, 24);
    footer_has(&session, &["e edit", "Right ranges", "p view", "Ctrl-S save", "? help", "u undo"]);
    session.typed("j");
    footer_has(&session, &["a add", "A group", "e edit", "Right ranges", "p view", "Ctrl-S save"]);
    session.typed("<Tab>");
    footer_has(&session, &["e edit", "d delete", "p view", "Ctrl-S save"]);
    session.typed("x");
    footer_has(&session, &["e edit", "d delete chosen", "Esc clear", "m move"]);
    session.typed("<Esc><Tab>");
    footer_has(&session, &["p view"]);
    session.typed("p");
    footer_has(&session, &["e go to it", "p view"]);
    session.resize(120, 40);
    session.typed("<C-s><BTab>");
    footer_has(&session, &["m move", "x choose", "v from here", "y copy", "p next view", "? help"]);
    session.typed("<BTab>");
    footer_has(&session, &["A new group", "d delete group", "y copy", "Right ranges"]);
    session.resize(200, 50);
    footer_has(&session, &["P settings", "Tab next pane"]);
    session.resize(50, 12);
    session.typed("d<Tab>");
    footer_has(&session, &["a add", "e edit", "p view", "Ctrl-S save", "? help"]);
    for _ in 0..3 {
        footer_has(&session, &["p view", "? help"]);
        session.typed("<Tab>");
    }
}

#[test]
fn a_fix_is_offered_where_there_is_one() {
    let mut session = group_of(&[r#"{"cidr": "14.0.0.0/24"}"#, r#"{"cidr": "14.0.0.7"}"#]);
    session.typed("<Tab>");
    assert!(!footer(&session).contains("f fix"), "{}", footer(&session));
    session.typed("j");
    footer_has(&session, &["f fix"]);
}

#[test]
fn what_was_added_is_said_with_the_way_to_it() {
    let mut session = Session::empty();
    session
        .typed("AOffice<Enter>a11.0.0.1,11.0.0.2<Enter>")
        .sees("Added 2 ranges to Office; Right goes to them.");
    session.typed("<Right>").sees("│> i 11.0.0.1").typed("a11.0.0.9<Enter>").sees("Added 1 range to Office.");
}

#[test]
fn the_titles_say_how_previews_turn_and_filters_end() {
    let mut session = company();
    session.sees(" p [Policy] Findings i6 Differences ");
    session.resize(160, 40);
    session.sees(" p: [Policy] Findings i6 Differences ");
    session.resize(80, 24);
    session.sees(" | p: preview").typed("p").sees(">p: [Policy]");
    session.typed("<BTab>/").sees("> text, or an address such as 203.0.114.9");
    session.typed("lab<Enter>").sees("Filter lab · 1 (Esc ends it)").typed("<Esc>").sees_no("ends it");
}

#[test]
fn signs_are_explained_and_nothing_found_is_said() {
    let mut session = company();
    session
        .typed("?sign")
        .sees("Signs")
        .sees("A warning: this is probably not meant")
        .sees("A category that is closed");
    session.typed("<C-u>1+").sees("A category that is closed").sees_no("A warning");
    session.typed("<C-u>zzzz").sees("nothing found");
}

#[test]
fn old_names_are_still_run() {
    for (name, seen) in
        [("policy", "max_extra_addresses"), ("settings", "max_extra_addresses"), ("preview", "[Findings")]
    {
        company().typed(&format!(":{name}<Enter>")).sees(seen);
    }
}

#[test]
fn the_least_screen_says_what_is_found_of_the_range() {
    let mut session = company();
    session.resize(50, 12);
    session.sees_no("i has no label").typed("<Tab>").typed("j").sees(" i has no label and no owner");
    session.typed(" ").sees("Disabled 11.0.0.2");
}
