//! Findings and their mends: what a key will do is said before, and what it did afterwards.

use super::Session;
use crate::allowlist::Allowlist;

/// Two groups of data centers with these CIDRs.
fn lists(one: &[&str], two: &[&str]) -> Session {
    let ranges = |cidrs: &[&str]| {
        let all = cidrs.iter().map(|cidr| format!(r#"{{"cidr": "{cidr}", "label": "l", "owner": "o"}}"#));
        all.collect::<Vec<_>>().join(",")
    };
    let text = format!(
        r#"{{"version": 1, "categories": [{{"kind": "data-center", "name": "Data centers", "groups": [
            {{"name": "One", "ranges": [{}]}}, {{"name": "Two", "ranges": [{}]}}]}}]}}"#,
        ranges(one),
        ranges(two)
    );
    Session::of(&Allowlist::from_json(text.as_bytes()).unwrap())
}

#[test]
fn a_mend_says_what_it_removes_before_and_afterwards() {
    let mut session = lists(&["14.0.0.0/24", "14.0.0.64/28"], &[]);
    session.typed("p").sees("(f removes").typed("2<Tab>").sees_no("  f removes");
    session.typed("j").sees("! lies within 14.0.0.0/24 of this").sees("  f removes it");
    session.typed("f").sees("Removed 14.0.0.64/28; u brings it back.");
    assert_eq!(session.groups(), ["One: 14.0.0.0/24", "Two:"]);
    session.typed("u").sees("Undone: remove 14.0.0.64/28.");
    assert_eq!(session.groups(), ["One: 14.0.0.0/24 14.0.0.64/28", "Two:"]);
}

#[test]
fn a_text_that_can_mean_one_thing_alone_is_replaced_in_words() {
    let mut session = lists(&["14.0.0.0/255.255.255.0"], &[]);
    session.typed("2<Tab>").sees("f replaces it by 14.0.0.0/24");
    session.typed("f").sees("Replaced 14.0.0.0/255.255.255.0 by 14.0.0.0/24; u brings it back.");
}

#[test]
fn what_has_no_sure_mend_is_said_in_one_sentence() {
    let mut session = lists(&["14.0.0.0/24"], &["14.0.0.7"]);
    session.typed("2<Tab>jf");
    session.sees(
        "No automatic fix: 14.0.0.7 lies within 14.0.0.0/24 of Data centers / One: remove one of the two.",
    );
}

#[test]
fn a_good_range_is_never_removed_for_one_that_is_far_too_wide() {
    let mut session = lists(&["0.0.0.0/0", "51.15.64.0/22"], &[]);
    session.typed("2<Tab>j").sees_no("f removes").typed("f");
    session.sees(
        "No automatic fix: 51.15.64.0/22 lies within 0.0.0.0/0 of this group: that one is far too wide.",
    );
    assert_eq!(session.groups(), ["One: 0.0.0.0/0 51.15.64.0/22", "Two:"]);
}

#[test]
fn who_lets_everybody_in_is_marked_and_found() {
    let mut session = lists(&["11.0.0.0/24"], &["0.0.0.0/0"]);
    session.typed("p<BTab>").sees("x 0.0.0.0/0: admits every").typed("<Enter>").sees("> x 0.0.0.0/0");
    let at = session.editor.ranges.selected().unwrap();
    assert_eq!((at.group.group, at.range), (1, 0));

    let mut session = lists(&["11.0.0.0/24", "128.0.0.0/1"], &["0.0.0.0/1"]);
    session.typed("p<BTab>").sees("x 0.0.0.0/1 and 128.0.0.0/1").sees("together admit every IPv4");
    session.typed("<Enter>").sees("> x 0.0.0.0/1").sees("x 0.0.0.0/1 and 128.0.0.0/1 together admit every");
    session.typed("2<Tab>j").sees("> x 128.0.0.0/1").sees("x 0.0.0.0/1 and 128.0.0.0/1 together admit every");
}
