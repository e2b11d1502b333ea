//! The review mode, as a reviewer uses it twice a year.

use super::Session;
use crate::allowlist::{Allowlist, Range};

/// Ranges of this many offices and data centers, as JSON objects.
pub fn allowlist(ranges: &[String]) -> Allowlist {
    let (offices, centers) = ranges.split_at(ranges.len() / 2);
    let text = format!(
        r#"{{"version": 1, "categories": [
            {{"kind": "corporate-network", "name": "Corporate networks", "groups": [{{"name": "Office", "note": "contract 4711", "ranges": [{}]}}]}},
            {{"kind": "data-center", "name": "Data centers", "groups": [{{"name": "Carrier", "ranges": [{}]}}]}}]}}"#,
        offices.join(", "),
        centers.join(", ")
    );
    Allowlist::from_json(text.as_bytes()).unwrap()
}

/// `11.0.N.0/24`, to be reviewed since a day of May.
fn overdue(number: usize) -> String {
    format!(
        r#"{{"cidr": "11.{}.{}.0/24", "label": "uplink {number}", "owner": "netops", "ticket": "NET-{number}", "added": "2025-11-22", "review_by": "2026-05-{:02}"}}"#,
        number / 256,
        number % 256,
        number % 28 + 1
    )
}

pub fn forty() -> Session {
    Session::of(&allowlist(&(0..40).map(overdue).collect::<Vec<_>>()))
}

/// Six ranges that need a look, each for a reason of its own, and one that needs none.
pub fn mixed() -> Session {
    let ranges = [
        r#"{"cidr": "11.0.0.0/24", "label": "uplink", "owner": "netops", "ticket": "NET-1", "note": "to be replaced", "source": "csv", "added": "2025-05-22", "review_by": "2026-05-22"}"#,
        r#"{"cidr": "11.0.0.7", "review_by": "2026-12-01"}"#,
        r#"{"cidr": "11.0.1.0/24", "owner": "lab", "review_by": "2027-05-22"}"#,
        r#"{"cidr": "11.0.2.0/24", "label": "guest", "expires": "2026-11-01", "review_by": "2027-05-22"}"#,
        r#"{"cidr": "12.0.0.0/24"}"#,
        r#"{"cidr": "12.0.1.0/24", "added": "2025-10-22"}"#,
        r#"{"cidr": "12.0.0.0/16", "review_by": "2020-01-01", "enabled": false}"#,
    ];
    Session::of(&allowlist(&ranges.map(str::to_owned)))
}

#[track_caller]
fn range(session: &Session, cidr: &str) -> Range {
    let mut ranges = session.now().ranges();
    ranges.find(|(.., range)| range.cidr.to_string() == cidr).unwrap().3.clone()
}

fn review_by(session: &Session, cidr: &str) -> String {
    range(session, cidr).review_by.map(|day| day.to_string()).unwrap_or_default()
}

/// The CIDRs of the list, with their signs.
pub fn listed(session: &Session) -> Vec<String> {
    let screen = session.screen();
    let rows = screen.lines().filter_map(|line| line.strip_prefix('│')).map(|line| line.get(1..22));
    let rows = rows.flatten().map(str::trim).take_while(|row| !row.is_empty());
    rows.map(str::to_owned).collect()
}

#[test]
fn what_has_waited_longest_comes_first() {
    let mut session = mixed();
    session.typed("R").sees("Review · 0 of 6 reviewed [--------------------]");
    assert_eq!(
        listed(&session),
        ["12.0.0.0/24", "12.0.1.0/24", "11.0.0.0/24", "11.0.2.0/24", "11.0.0.7", "12.0.0.0/16"]
    );
    session.sees(">  12.0.0.0/24        no day").sees("expired        guest").sees("by 2020-01-01  off");
}

#[test]
fn everything_that_is_known_of_the_current_entry_is_shown() {
    let mut session = mixed();
    session
        .typed("Rjj")
        .sees("11.0.0.0/24 · 256 addresses · on")
        .sees("review   by 2026-05-22, 6 months ago");
    session.sees("in       Corporate networks / Office").sees("label    uplink").sees("owner    netops");
    session.sees("ticket   NET-1").sees("note     to be replaced").sees("group    contract 4711");
    session.sees("source   csv").sees("added    2025-05-22, 18 months ago");
    session.sees("holds    11.0.0.7 in Corporate networks / Office");
    session.sees("effect   deleting it denies 255 of its 256 addresses");
    session
        .typed("j")
        .sees("review   expired 2026-11-01, 21 days ago")
        .sees("deleting it denies nobody: it admits");
    session.typed("j").sees("11.0.0.7 · 1 address").sees("by 2026-12-01, in 9 days").sees("owner    none");
    session.sees("lies in  11.0.0.0/24 in Corporate networks / Office");
    session.sees("deleting it denies nobody: other ranges").sees("finding  ! lies within 11.0.0.0/24");
    session
        .typed("j")
        .sees("12.0.0.0/16 · 65,536 addresses · off")
        .sees("holds    12.0.0.0/24 in Data centers");
    session
        .typed("g")
        .sees("no day is set, nor when it was added")
        .sees("lies in  12.0.0.0/16 in Data centers / Carrier (off)");
    session
        .sees("deleting it denies 256 addresses")
        .typed("j")
        .sees("no day is set; added 2025-10-22, 13 months");
}

#[test]
fn one_key_decides_and_goes_on_to_the_next() {
    let mut session = mixed();
    session.typed("Rc").sees("+ 12.0.0.0/24        confirmed until 2027-05-22").sees("1 of 6 reviewed");
    session.sees("Confirmed 12.0.0.0/24 until 2027-05-22. u takes it back.").sees(">  12.0.1.0/24");
    assert_eq!(review_by(&session, "12.0.0.0/24"), "2027-05-22");
    assert_eq!(session.editor.document.next_undo(), Some("confirm 12.0.0.0/24 until 2027-05-22"));
    session.typed("s").sees("~ 12.0.1.0/24        snoozed until 2026-12-22").sees(">  11.0.0.0/24");
    assert_eq!(review_by(&session, "12.0.1.0/24"), "2026-12-22");
    session.typed("-").sees("- 11.0.0.0/24        disabled").sees(
        "! Disabled 11.0.0.0/24, but 11.0.0.7 of Office still lets a part of it (1 address) through. u takes",
    );
    assert!(!range(&session, "11.0.0.0/24").enabled);
    session.typed("d").sees("x 11.0.2.0/24        deleted").sees("Deleted 11.0.2.0/24. u takes it back.");
    assert!(session.now().ranges().all(|(.., range)| range.cidr.to_string() != "11.0.2.0/24"));
    session.typed("<Enter>").sees("+ 11.0.0.7           confirmed until 2027-05-22");
    session.typed("c").sees("6 of 6 reviewed; Ctrl-S saves: confirmed 3, snoozed 1, disabled 1, deleted 1.");
    session
        .sees("│ 6 of 6 reviewed; Ctrl-S saves  ")
        .sees("│ confirmed 3, snoozed 1, disabled 1, deleted 1  ");
    assert_eq!(session.file("IP_Whitelist_AWS_API_Keys.json"), None, "nothing is written unasked");
    session.typed("n").sees("6 of 6 reviewed; Ctrl-S saves").typed("<C-s>").sees("Saved");
    session.typed("n").sees(" 6 of 6 reviewed: confirmed 3");
    session.typed("q").sees_no("Review ·").typed("q");
    assert!(session.has_quit());
}

#[test]
fn undo_and_redo_go_back_to_the_entry() {
    let mut session = mixed();
    let before = session.now().clone();
    session.typed("Rcd").sees("2 of 6 reviewed").sees(">  11.0.0.0/24");
    let after = session.now().clone();
    session.typed("Gu").sees("Undone: delete 12.0.1.0/24.").sees(">  12.0.1.0/24").sees("1 of 6 reviewed");
    session.typed("u").sees(">  12.0.0.0/24").sees("0 of 6 reviewed");
    assert_eq!(session.now(), &before);
    session.typed("u").sees("undo: there is nothing to undo.");
    session
        .typed("<C-r>")
        .sees(">+ 12.0.0.0/24")
        .typed("<C-r>")
        .sees(">x 12.0.1.0/24")
        .sees("2 of 6 reviewed");
    assert_eq!(session.now(), &after);
    session.typed("d").sees("12.0.1.0/24 is deleted; undo brings it back.").sees("u brings it back");
    session.typed("u ").sees("- 12.0.1.0/24").typed("<C-r>").sees("redo: there is nothing to do again.");
}

#[test]
fn space_enables_again_and_decides_nothing_then() {
    let mut session = mixed();
    session
        .typed("R ")
        .sees(">- 12.0.0.0/24")
        .sees("1 of 6")
        .typed(" ")
        .sees(">  12.0.0.0/24")
        .sees("0 of 6");
    session.sees("Enabled 12.0.0.0/24: let through.").typed("u").sees(">- 12.0.0.0/24").sees("1 of 6");
    session
        .typed("G ")
        .sees(">  12.0.0.0/16")
        .sees("Enabled 12.0.0.0/16")
        .typed("u<C-s>c")
        .sees("until 2027-05-22; it stays disabled.");
}

#[test]
fn the_key_that_switches_a_range_off_never_meets_another_range() {
    let mut session = mixed();
    session.typed("R ").sees(">- 12.0.0.0/24").sees("Disabled 12.0.0.0/24: not let through any more.");
    session.typed(" ").sees(">  12.0.0.0/24").sees("0 of 6 reviewed").typed("n").sees(">  12.0.1.0/24");
    assert!(range(&session, "12.0.0.0/24").enabled && range(&session, "12.0.1.0/24").enabled);
    session.typed("g--").sees(">  11.0.0.0/24").sees("2 of 6 reviewed");
    assert!(!range(&session, "12.0.0.0/24").enabled && !range(&session, "12.0.1.0/24").enabled);
    session.typed("G-").sees("12.0.0.0/16 is off already; d deletes it.").sees("2 of 6 reviewed");
}

#[test]
fn a_decision_may_be_taken_again() {
    let mut session = mixed();
    session.typed("Rsgc").sees("1 of 6 reviewed").sees("+ 12.0.0.0/24").typed("gd").sees("1 of 6 reviewed");
    session.typed("uuu").sees("0 of 6").typed("<C-r><C-r>").sees(">+ 12.0.0.0/24");
}

#[test]
fn moving_decides_nothing() {
    for (keys, cidr) in [
        ("j", "12.0.1.0/24"),
        ("<Down><Down>", "11.0.0.0/24"),
        ("jjk", "12.0.1.0/24"),
        ("j<Up>", "12.0.0.0/24"),
        ("G", "12.0.0.0/16"),
        ("<End>g", "12.0.0.0/24"),
        ("G<Home>", "12.0.0.0/24"),
        ("<PgDn>", "12.0.0.0/16"),
        ("G<PgUp>", "12.0.0.0/24"),
        ("n", "12.0.1.0/24"),
        ("cknn", "11.0.0.0/24"),
        ("Gn", "12.0.0.0/24"),
    ] {
        let mut session = mixed();
        session.typed("R").typed(keys).sees(&format!(">  {cidr} "));
    }
}

#[test]
fn owner_and_ticket_are_edited_in_a_small_form_with_completion() {
    let mut session = mixed();
    session
        .typed("Ro")
        .sees("Who answers for 12.0.0.0/24")
        .typed("net")
        .sees("> net  (netops)")
        .typed("<Right><Tab>DC-1<Enter>");
    let changed = range(&session, "12.0.0.0/24");
    assert_eq!((changed.owner.as_str(), changed.ticket.as_str()), ("netops", "DC-1"));
    session
        .sees(">  12.0.0.0/24")
        .sees("0 of 6 reviewed")
        .sees("owner    netops")
        .typed("u")
        .sees("owner    none");
    session.typed("ox<Esc>").sees("owner    none").typed("o").sees("> x").typed("\u{1b}<Enter>").sees("x ");
}

#[test]
fn an_edit_of_all_properties_may_be_the_decision() {
    let mut session = mixed();
    session
        .typed("Re")
        .sees("Range 12.0.0.0/24")
        .typed("<Tab>here<Enter>")
        .sees("0 of 6")
        .sees("label    here");
    session
        .typed("e<Tab><Tab><Tab><Tab><Tab>+3m<Enter>")
        .sees("1 of 6")
        .sees(">* 12.0.0.0/24        changed");
    session.typed("u").sees("0 of 6").typed("<C-r>").sees("1 of 6").typed("n").sees(">  12.0.1.0/24");
}

#[test]
fn leaving_and_coming_back_keeps_what_was_decided() {
    for leave in ["q", "<Esc>", "<C-c>"] {
        let mut session = mixed();
        session
            .typed("Rcd")
            .typed(leave)
            .sees_no("Review ·")
            .sees("unsaved")
            .typed("u")
            .sees("Undone: delete 12.0.1");
        session.typed("R").sees("1 of 6 reviewed").sees("+ 12.0.0.0/24").sees(">  12.0.1.0/24");
        session.typed("d").typed(leave).typed("1ja11.0.0.99<Enter><Tab>gdR").sees("2 of 6 reviewed");
        assert_eq!(listed(&session)[..2], ["+ 12.0.0.0/24", "x 12.0.1.0/24"]);
        session.sees("11.0.0.99").sees_no("11.0.0.0/24 ");
    }
}

#[test]
fn all_ranges_can_be_reviewed() {
    for all in ["a", "R"] {
        let mut session = mixed();
        session
            .typed("Rc")
            .typed(all)
            .sees("Review of all ranges.")
            .sees("1 of 7 reviewed")
            .sees(">  12.0.1.0/24");
        session.typed("Gc").sees("+ 11.0.1.0/24        confirmed until 2027-05-22").sees("2 of 7 reviewed");
        session.typed(all).sees("2 of 7 reviewed").sees("Review of the ranges that need it.");
    }
}

#[test]
fn nothing_due_says_when_the_next_one_is() {
    let mut session = mixed();
    session.typed("Rcccccc").sees("6 of 6 reviewed").typed("<C-s>");
    let mut session = Session::open(session.folder, (80, 24));
    session.typed("R").sees("0 of 1 reviewed").sees("expired").typed("dq<C-s>");
    let mut session = Session::open(session.folder, (80, 24));
    session.typed("R").sees("No range needs a look now.").sees("on 2027-05-22, in 6 months.");
    session
        .sees("a reviews all 6 ranges.")
        .typed("c")
        .sees("There is nothing to review.")
        .typed("jGne")
        .sees("Nothing is due");
    session.typed("a").sees("0 of 6 reviewed").sees_no("No range needs a look now.");
    let mut session = Session::empty();
    session.typed("R").sees("There is no range yet.").typed("acsd oexun").typed("q").sees("Exit points");
}

#[test]
fn errors_stay_until_they_are_read_and_what_is_no_key_is_said() {
    let mut session = mixed();
    session
        .typed("Rz")
        .sees("That key does nothing here; ? shows all keys.")
        .typed("?")
        .sees("type to search");
    session.sees("Look at the range again a month from today.").sees_no("Select the category").typed("<Esc>");
    session.paste("11.0.0.0/24").sees("0 of 6 reviewed").sees("A paste does nothing here.");
    session.editor.say(crate::editor::state::Tone::Error, "something");
    session.draw();
    session.sees("x something").typed("<Esc>").sees_no("x something").sees("0 of 6 reviewed");
    session
        .typed("q:review<Enter>")
        .sees("0 of 6 reviewed")
        .typed("q:confirm<Enter>")
        .sees("There is no command \"confirm\"");
}

#[test]
fn five_thousand_are_reviewed_by_window() {
    let mut session = Session::of(&allowlist(&(0..5_000).map(overdue).collect::<Vec<_>>()));
    session.typed("R").sees("0 of 5,000 reviewed").typed("G<PgUp>ccc").sees("3 of 5,000 reviewed");
    session.typed("gd").sees("4 of 5,000 reviewed").typed("uuuu").sees("0 of 5,000");
    assert_eq!(session.now(), &allowlist(&(0..5_000).map(overdue).collect::<Vec<_>>()));
}

#[test]
fn it_fits_every_window() {
    let mut session = forty();
    session.resize(80, 24);
    session.typed("Rcsd-jj");
    insta::assert_snapshot!("review_80x24", session.screen());
    session.resize(120, 40);
    insta::assert_snapshot!("review_120x40", session.screen());
    session.resize(50, 12);
    insta::assert_snapshot!("review_50x12", session.screen());
    for (columns, rows) in [(50, 100), (99, 13), (100, 12), (101, 30), (300, 100), (64, 14)] {
        session.resize(columns, rows);
        session.sees("4 of 40 reviewed").sees(">  11.0.").sees("by 2026-05-0").sees("effect");
        session.typed("o").sees("Who answers for").typed("<Esc>");
    }
    session.resize(49, 12);
    session.sees("keymoat needs a window");
}
