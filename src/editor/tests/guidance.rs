//! That a user is neither misled nor lost: what is due is said, and what is said helps on.

use super::Session;
use super::review_mode::{forty, mixed};
use crate::allowlist::{Edit, GroupAt, Range, RangeAt};

#[test]
fn what_is_due_for_review_is_said_at_the_start_and_stays_in_the_footer() {
    let mut session = mixed();
    session.sees("3 ranges are due for review: R goes through them, oldest first.").sees("R review 3 due");
    session.typed("j").sees_no("goes through them").sees("R review 3 due");
    session.typed("Rjjcq").sees("R review 2 due").sees_no("goes through them");
    session.resize(80, 24);
    session.sees("R review").typed("<Tab>").sees("R review").typed("<Tab>p").sees("R review");
    Session::example().sees_no("due for review").sees_no("R review");
}

#[test]
fn it_is_not_said_over_a_question_nor_once_somebody_works() {
    let session = forty();
    let draft = session.editor.document.draft().unwrap();
    draft.write(crate::allowlist::Allowlist::default().to_json().as_bytes()).unwrap();
    let mut session = Session::open(session.folder, (120, 34));
    session.sees("Unsaved work").sees_no("due for review").typed("n").sees("40 ranges are due for review");

    let (ask, requests) = std::sync::mpsc::channel();
    let ranges: Vec<_> = (0..600)
        .map(|n| format!(r#"{{"cidr": "11.0.{}.{}", "review_by": "2026-05-22"}}"#, n / 200, n % 200))
        .collect();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("allowlist.json"), super::review_mode::allowlist(&ranges).to_json())
        .unwrap();
    let mut session = Session::opened(folder, (120, 34), Some(ask));
    session.sees_no("due").typed("j");
    session.editor.document.take(requests.recv().unwrap().review());
    session.draw();
    session.sees_no("goes through them").sees("R review 600 due");
}

#[test]
fn the_first_question_says_in_what_its_answers_differ() {
    for (columns, rows) in [(80, 24), (50, 12)] {
        let mut session = Session::first_start();
        session.resize(columns, rows);
        session.sees("1 Sessions with MFA from everywhere").sees("2 Everything from the list only: MFA is");
    }
    let mut session = Session::first_start();
    session
        .sees("all else from the list only")
        .sees("MFA is no exception")
        .sees("in spite of its name grants");
    session.sees("P changes all of it later").typed("2P").sees("AWSAllowAccessFromIP");
    assert!(!session.now().policy().exempt.mfa);
    session.typed("<Esc>q").sees("Quit?").typed("y");
    let mut session = Session::first_start();
    session.typed("1");
    assert!(session.now().policy().exempt.mfa);
}

#[test]
fn kept_work_is_offered_with_its_time_and_what_it_changes() {
    let session = mixed();
    let mut draft = session.now().clone();
    let at = |group, range| RangeAt { group: GroupAt { category: group, group: 0 }, range };
    let range = |place| draft.range(place).unwrap().clone();
    let review_by = "2027-05-22".parse().ok();
    let mut edits: Vec<_> = (0..2).map(|n| (at(0, n), Range { review_by, ..range(at(0, n)) })).collect();
    edits.push((at(1, 1), Range { enabled: false, ..range(at(1, 1)) }));
    edits.push((
        at(1, 2),
        Range { owner: crate::text::Text::new("ops").unwrap(), review_by, ..range(at(1, 2)) },
    ));
    draft.apply(Edit::ReplaceRanges(edits)).unwrap();
    session.editor.document.draft().unwrap().write(draft.to_json().as_bytes()).unwrap();
    let mut session = Session::open(session.folder, (120, 34));
    session.sees(" UTC.").sees("Restoring it changes: 256 addresses fewer");
    session.sees("changed state of 12.0.0.0/24 in Data centers / Carrier from enabled").sees("  and 2 more");
    session.resize(50, 12);
    session.sees("…").sees("r  restore it").sees("d  delete it").sees("n  decide at the next start");
    session.typed("r");
    assert_eq!(session.now(), &draft);
}

#[test]
fn the_help_shows_all_that_is_said_of_the_row_with_the_cursor() {
    for (columns, rows) in [(80, 24), (50, 12)] {
        let mut session = Session::example();
        session.resize(columns, rows);
        session.typed("?");
        let count = |session: &Session| session.screen().matches("> ").count();
        for _ in 0..90 {
            let screen = session.screen();
            // The first is the field.
            let row = screen.lines().filter(|line| line.contains("│ > ")).nth(1).unwrap();
            assert!(!row.trim_end_matches([' ', '│']).ends_with('…') && count(&session) >= 2, "{screen}");
            session.typed("<Down>");
        }
        session.typed("<C-u>osc").sees("> y").sees("52").sees("set-clipboard").sees("on).");
    }
    let mut session = Session::example();
    session.resize(80, 24);
    session.typed("<Tab>?v again").sees("> v").sees("v again").sees("ends it.");
    session.typed("<C-u>previous document").sees("(the policy is not split)");
}

#[test]
fn the_footer_of_80_columns_has_what_is_done_most() {
    let mut session = Session::example();
    session.resize(80, 24);
    session.typed("j").sees(" a add  A group  e edit  d delete group  Right ranges");
    session.typed("<Tab>").sees(" a add  e edit  d delete  Space on/off  m move  x choose  p view");
    session.typed(" ").sees("Space on/off  p view  Ctrl-S save  ? help  u undo").typed("x");
    session.sees(" e edit  d delete chosen  m move  Space on/off  Esc clear  Ctrl-S save  ? help");
    session.typed("x<BTab>").sees("Ctrl-S save  ? help  u undo");
    let mut session = mixed();
    session.resize(80, 24);
    session
        .typed("<Tab>")
        .sees("Space on/off")
        .sees("R review")
        .typed(" ")
        .sees("Space on/off")
        .sees("R review");
}

#[test]
fn what_is_refused_is_not_offered_and_what_was_left_is_said_to_be_back() {
    let mut session = super::keys::company();
    session.sees_no("d delete category").typed("d").sees("delete: the four built-in categories stay.");
    session.typed("eX<Esc>").sees_no("here again");
    session
        .typed("e")
        .sees("> Corporate networksX")
        .sees("The text that was left is here again")
        .typed("<Esc>");
    session.typed("pp<Tab><Tab>").sees(">p").sees("Esc back").typed("<Esc>").sees_no(">p");
    assert_eq!(session.editor.focus, crate::editor::panes::Pane::Ranges);
}

#[test]
fn an_error_about_a_text_goes_when_the_text_is_another() {
    let mut session = super::keys::company();
    session.typed("ja11.0.0.300<Enter>").sees("x Nothing was added: line 1").typed("<BS>");
    session.sees_no("Nothing was added");
}
