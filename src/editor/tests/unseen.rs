//! A window that is too small to show what keys do: they do nothing then.

use super::Session;
use crate::editor::state::{Input, Wish};

#[test]
fn no_key_acts_where_nothing_can_be_seen() {
    let mut session = Session::example();
    session.resize(40, 10);
    session.sees("keymoat needs a window of at least").sees("only q does");
    let before = session.now().clone();
    session.typed("1<Down><Right><Home>dd X<C-s>u?:w<Enter>a").paste("203.0.114.0/24");
    session.resize(120, 34);
    assert!(*session.now() == before && session.editor.wish.is_none());
    assert!(session.editor.layers.is_empty() && session.file("IP_Whitelist_AWS_API_Keys.json").is_none());
    session.resize(40, 10);
    session.typed("q");
    assert!(session.has_quit());
}

#[test]
fn what_is_unsaved_is_not_lost_there() {
    let mut session = Session::example();
    session.typed("1ALab<Enter>").resize(40, 10);
    session.sees("Make it larger").sees("changes are not saved").typed("qyy<C-c>y");
    assert_eq!(session.editor.wish, None);
    session.resize(80, 24);
    session.sees("Lab").sees_no("Quit?").typed("q").sees("Quit?");
}

#[test]
fn a_text_that_is_typed_is_neither_changed_nor_left() {
    let mut session = Session::example();
    session.typed("1jat 11.0.0.1").resize(49, 12);
    session.sees("only Ctrl-C does anything").typed("q9<Esc><Enter>").resize(80, 24);
    session.sees("t 11.0.0.1 ").sees_no("11.0.0.19");
    session.resize(20, 5);
    session.editor.handle(Input::Paste("12".to_owned()), None);
    session.typed("<C-c>");
    assert_eq!(session.editor.wish, Some(Wish::Quit));
}

#[test]
fn a_start_in_such_a_window_can_be_left_and_chooses_nothing() {
    let mut session = Session::first_start();
    session.resize(40, 10);
    session.typed("1<Enter>").resize(80, 24);
    session.sees("Welcome to keymoat").resize(40, 10);
    session.typed("<C-c>");
    assert!(session.has_quit());
}
