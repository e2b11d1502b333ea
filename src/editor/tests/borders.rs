//! The borders between the panes move, by key and by mouse, and every pane stays usable.

use super::Session;
use crate::editor::sizes::Border;

/// The columns of both borders.
fn borders(session: &Session) -> [Option<u16>; 2] {
    let width = session.editor.area.width;
    [Border::Left, Border::Right].map(|border| session.editor.sizes.column(border, width))
}

#[test]
fn keys_make_the_focused_pane_narrower_and_wider() {
    let mut session = Session::example();
    assert_eq!(borders(&session), [Some(29), Some(82)]);
    session.typed(">>");
    assert_eq!(borders(&session), [Some(33), Some(82)], "the exit points");
    session.typed("<Tab>>");
    assert_eq!(borders(&session), [Some(33), Some(84)], "the ranges, from the preview");
    session.typed("<Tab>>><Lt>");
    assert_eq!(borders(&session), [Some(33), Some(82)], "the preview");
    let screen = session.screen();
    let title: Vec<char> = screen.lines().nth(1).unwrap().chars().collect();
    assert_eq!((title[33], title[82]), ('┬', '┬'), "{screen}");
    session.resize(240, 34);
    assert_eq!(borders(&session), [Some(67), Some(164)], "shares of the width");
    session.resize(80, 24);
    session.typed("<Lt>");
    assert_eq!(borders(&session), [Some(27), None], "two panes have a border of their own");
    session.resize(120, 34);
    assert_eq!(borders(&session), [Some(33), Some(82)]);
}

#[test]
fn a_pane_that_cannot_be_wider_says_so() {
    let mut session = Session::example();
    session.typed(&">".repeat(40)).sees("This pane cannot be wider in a window of this width.");
    session.sees("Exit points").sees("[Policy]").sees("Corporate networks");
    session.typed(&"<Lt>".repeat(60)).sees("This pane cannot be narrower");
    session.resize(60, 20);
    session.typed(">").sees("wider: only one pane is shown in a window of this width.");
}
