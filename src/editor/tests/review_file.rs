//! What a review leaves in the file, in the draft and beside what others save.

use super::keys::company;
use super::review_mode::{forty, listed, mixed};
use std::fmt::Write as _;

#[test]
fn forty_entries_take_forty_keys_and_one_line_each_in_the_file() {
    let mut session = forty();
    let before = session.file("allowlist.json").unwrap();
    session.typed(&format!("R{}", "c".repeat(40))).sees("40 of 40 reviewed; Ctrl-S saves: confirmed 40.");
    assert_eq!(session.file("allowlist.json").unwrap(), before);
    session.typed("<C-s>").sees("Saved").typed("q");
    let after = session.file("allowlist.json").unwrap();
    let (old, new): (Vec<_>, Vec<_>) = (before.lines().collect(), after.lines().collect());
    assert_eq!(old.len(), new.len());
    let mut changed = 0;
    for (old, new) in old.iter().zip(&new).filter(|(old, new)| old != new) {
        let (start, rest) = old.split_once(r#""review_by": "2026-05-"#).unwrap();
        assert_eq!(*new, format!(r#"{start}"review_by": "2027-05-22{}"#, rest.get(2..).unwrap()));
        changed += 1;
    }
    assert_eq!(changed, 40);
}

#[test]
fn each_decision_changes_its_line_alone() {
    let mut session = forty();
    let before = session.file("allowlist.json").unwrap();
    session.typed("Rcsd-c<C-s>").sees("Saved");
    let after = session.file("allowlist.json").unwrap();
    let mut diff = String::new();
    for line in before.lines().filter(|line| !after.lines().any(|new| new == *line)) {
        let cidr = line.split('"').nth(3).unwrap();
        let new = after.lines().find(|new| new.contains(&format!("\"{cidr}\"")));
        let tail = new.map_or("-", |new| new.rsplit_once("review_by").unwrap().1);
        writeln!(diff, "{cidr} {tail}").unwrap();
    }
    let expected = [
        r#"11.0.0.0/24 ": "2027-05-22"},"#,
        "11.0.1.0/24 -",
        r#"11.0.28.0/24 ": "2026-12-22"},"#,
        r#"11.0.29.0/24 ": "2026-05-02", "enabled": false},"#,
        r#"11.0.2.0/24 ": "2027-05-22"},"#,
    ];
    let mut found: Vec<&str> = diff.lines().collect();
    found.sort_unstable_by_key(|line| expected.iter().position(|other| other == line));
    assert_eq!(found, expected);
}

#[test]
fn what_somebody_else_has_saved_is_merged_and_the_list_follows() {
    let mut session = mixed();
    session.typed("Rc").sees("1 of 6");
    // The first range of the first group goes, another comes, and one is changed.
    let theirs = session.file("allowlist.json").unwrap();
    let theirs: Vec<&str> = theirs.lines().filter(|line| !line.contains("\"11.0.0.0/24\"")).collect();
    let new = r#"            {"cidr": "10.9.9.0/24", "review_by": "2020-02-02"},"#;
    let theirs = theirs.join("\n").replace(
        r#"            {"cidr": "11.0.0.7""#,
        &format!("{new}\n            {{\"cidr\": \"11.0.0.7\", \"label\": \"theirs\""),
    );
    std::fs::write(session.path("allowlist.json"), theirs).unwrap();
    session.typed("<C-s>").sees("Merged what somebody else has saved").sees("1 of 6 reviewed");
    let (_, said) = session.editor.messages.newest_first().next().unwrap();
    assert!(said.contains("removed 11.0.0.0/24"), "{said}");
    session.typed("g").sees_no("11.0.0.0/24 ").sees("10.9.9.0/24");
    assert_eq!(listed(&session)[0], "+ 12.0.0.0/24");
    session.typed("gjjjjd").sees("x 11.0.0.7           deleted");
    assert_eq!(session.groups()[0], "Office: 11.0.1.0/24 10.9.9.0/24");
    session
        .typed("uu")
        .sees("Undone: merge what somebody else has saved")
        .sees("11.0.0.0/24  ")
        .sees("1 of 6 reviewed");
    session.typed("u").sees("0 of 6 reviewed");
}

#[test]
fn the_draft_keeps_what_was_decided() {
    let mut session = company();
    session.typed("R").sees("0 of 5 reviewed").typed("c");
    session.editor.keep_draft();
    session.editor.keeper.settle();
    let draft = session.editor.document.draft().unwrap().read().unwrap();
    assert_eq!(&draft, session.now());
    assert_eq!(session.editor.document.next_undo(), Some("confirm 11.0.0.1 until 2027-05-22"));
}
