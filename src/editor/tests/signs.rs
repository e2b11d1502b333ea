//! What stands in front of a row, and which columns and lines say the rest.

use super::Session;
use super::keys::company;
use crate::allowlist::Allowlist;

/// A session on ranges of one group, each as JSON.
pub fn group_of(ranges: &[&str]) -> Session {
    let text = format!(
        r#"{{"version": 1, "categories": [{{"kind": "corporate-network", "name": "Corporate networks",
            "groups": [{{"name": "Office", "ranges": [{}]}}]}}]}}"#,
        ranges.join(",")
    );
    Session::of(&Allowlist::from_json(text.as_bytes()).unwrap())
}

#[test]
fn only_the_pane_with_the_focus_has_the_pointer() {
    let mut session = company();
    session.sees("│>1 Corporate").sees("│| i 11.0.0.1");
    session.typed("<Tab>").sees("│|1 Corporate").sees("│> i 11.0.0.1");
    session.typed("<Tab>").sees("│|1 Corporate").sees("│| i 11.0.0.1");
    // A title has the other pointer.
    assert_eq!(session.screen().matches('>').count(), 1, "{}", session.screen());
}

#[test]
fn a_chosen_row_shows_the_cursor_the_choice_and_the_sign() {
    let mut session = company();
    session.typed("<Tab>xk").sees("│>*i 11.0.0.1").sees("│  i 11.0.0.2");
    session.typed("j").sees("│ *i 11.0.0.1").sees("│> i 11.0.0.2");
}

#[test]
fn in_the_findings_the_pointer_stands_on_a_first_line() {
    let mut session = company();
    session.resize(80, 24);
    session.typed("<Tab><Tab>p").sees("[Findings");
    for key in ["", "j", "j", "<PgDn>", "G", "k", "<PgUp>"] {
        session.typed(key);
        let screen = session.screen();
        assert!(screen.contains("│>i ") || screen.contains("│>! ") || screen.contains("│>x "), "{screen}");
    }
    session.typed("G");
    session.resize(64, 24);
    assert!(session.screen().contains("│>i "), "{}", session.screen());
}

#[test]
fn a_column_that_no_row_fills_leaves_its_room_to_the_label() {
    let label = "a label of some length, which is to be read";
    let mut session = group_of(&[&format!(r#"{{"cidr": "11.0.0.1", "label": "{label}"}}"#)]);
    session.resize(80, 24);
    session.sees("Label").sees_no("Owner").sees_no("Review by").sees("a label of some length, wh");
    let mut session = group_of(&[
        r#"{"cidr": "2001:db8:1234:5678::/64", "label": "uplink", "owner": "netops", "review_by": "2027-01-01"}"#,
    ]);
    for (columns, rows) in [(80, 24), (120, 40), (200, 50)] {
        session.resize(columns, rows);
        session.sees("2001:db8:1234:5678::/64 uplink").sees("Owner").sees("netops");
    }
    session.sees("Review by");
}

#[test]
fn group_label_owner_review_date_and_finding_are_read_below_the_table() {
    let range = r#"{"cidr": "10.0.0.0/8", "label": "the old laboratory", "owner": "netops", "review_by": "2027-01-01"}"#;
    let mut session = group_of(&[range, r#"{"cidr": "11.0.0.1"}"#]);
    session.resize(80, 24);
    session.sees("Office, Corporate networks").sees("· the old laboratory");
    session.sees("owner netops").sees("review by 2027-01-01").sees("│! is private (RFC 1918)");
    // On a high screen the finding is whole.
    session.resize(200, 50);
    let message = session.editor.document.review().findings[0].problem.message.clone();
    let shown: String =
        session.screen().lines().rev().map(|line| line.split('│').nth(2).unwrap_or_default()).collect();
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert!(
        words(&message).iter().all(|word| words(&shown).contains(word)),
        "{message}\n{}",
        session.screen()
    );
}

#[test]
fn names_use_the_room_that_no_sign_takes() {
    let mut session = Session::example();
    session.resize(80, 24);
    session.sees("│>1 Corporate networks  7│").sees("    Head office, ISP A 2│");
}
