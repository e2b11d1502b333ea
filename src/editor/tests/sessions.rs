//! Whole sessions, written down: keys and screens with all that they look like. What each part does has its
//! tests elsewhere; here stands what a user sees of it, so that a change of it is read in a diff.

use super::Session;
use super::log::Log;
use crate::editor::theme::Theme;

#[track_caller]
fn is_as_written(name: &str, log: &Log) {
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(format!("session_{name}"), log.text());
    });
}

fn example(columns: u16, rows: u16) -> Log {
    let mut session = Session::example();
    session.resize(columns, rows);
    Log::of_roles(session)
}

#[test]
fn looking_around() {
    let mut log = example(110, 20);
    log.looks("").types("j<Tab>jj pp").looks("<Tab>");
    is_as_written("looking_around", &log);
}

#[test]
fn adding_a_line_that_is_wrong() {
    let mut log = example(80, 24);
    log.types("ja")
        .looks("11.0.0.0/24 # new<C-o>10.0.0.0/8<C-o>11.0.0.77/24<Enter>")
        .types("<C-t><Enter>")
        .looks("pp");
    is_as_written("adding", &log);
}

#[test]
fn choosing_several_and_filtering() {
    let mut log = example(80, 16);
    log.looks("<Tab>xjv<Down>").types("<Esc>").looks("/vpn<Enter>");
    is_as_written("choosing", &log);
}

#[test]
fn forms_and_lists() {
    let mut log = example(80, 18);
    log.types("<Tab>").looks("e<Tab><Tab><C-u>n<Tab><Tab><Tab>2026-13-01").types("<Esc>");
    log.looks(":undo").types("<Esc>").looks("?undo").types("<Esc>").looks("T");
    is_as_written("forms", &log);
}

#[test]
fn a_policy_that_is_split_and_a_question_at_the_end() {
    let mut log = Log::of_roles(super::keys::split());
    log.session.resize(110, 16);
    log.looks("]").looks("P").types("<Esc>2jd").looks("q");
    is_as_written("split", &log);
}

#[test]
fn the_least_window_without_colours() {
    let mut session = Session::example();
    session.resize(50, 12);
    session.editor.theme = Theme::new(false);
    session.editor.acts += 1;
    let mut log = Log::of(session);
    log.looks("jd").looks("<Tab>").looks("a1.2.3.4/5");
    is_as_written("least", &log);
}
