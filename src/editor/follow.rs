//! The cursor goes with what it is on: an edit elsewhere, taken back or done again, moves it with its range or
//! its group, so that the next key is never about another one.

use super::panes::points::Point;
use super::selection::Selection;
use super::state::Editor;
use crate::allowlist::{Edit, GroupAt, Moves, RangeAt};
use std::collections::HashSet;

/// What is selected before a step, and how that moves it.
pub struct Cursor {
    point: Point,
    range: Option<RangeAt>,
    /// `None`: everything is replaced.
    moves: Option<Moves>,
    by_name: Selection,
    size: (usize, usize),
}

impl Cursor {
    /// Before an edit is applied.
    pub fn before(editor: &Editor, edit: &Edit) -> Self {
        let allowlist = editor.document.allowlist();
        Self {
            point: editor.points.selected(),
            range: editor.ranges.selected(),
            moves: (!edit.is_whole()).then(|| edit.moves(allowlist)),
            by_name: Selection::of(editor),
            size: editor.document.size(),
        }
    }

    /// The same before these ranges go: where the cursor is on one of them, the next that stays is followed, or
    /// the one before. O(n).
    pub fn before_leaving(editor: &Editor, edit: &Edit, gone: &[RangeAt]) -> Self {
        let gone: HashSet<&RangeAt> = gone.iter().collect();
        let rows = editor.ranges.rows();
        let cursor = editor.ranges.position().min(rows.len());
        let nearest = (cursor..rows.len()).chain((0..cursor).rev());
        let stays = nearest.filter_map(|position| rows.get(position)).find(|at| !gone.contains(at));
        Self { range: stays, ..Self::before(editor, edit) }
    }

    /// Selects it again where it is now. What comes back alone to where the cursor is, is selected itself; so is a
    /// group that comes to the category that is selected: whoever deleted the last one stands there.
    pub fn follow(self, editor: &mut Editor) {
        let Some(moves) = &self.moves else {
            if editor.document.size() == self.size {
                self.by_name.follow(editor);
            }
            return;
        };
        if comes_to(moves, self.point, self.range) {
            return editor.rebuild();
        }
        if let Some(at) = group_in(moves).filter(|at| self.point == Point::Category(at.category)) {
            editor.points.select(Point::Group(at));
            return editor.rebuild();
        }
        let point = match self.point {
            Point::Group(at) => moves.follow_group(at).map(Point::Group),
            Point::Category(at) => moves.follow_category(at).map(Point::Category),
        };
        if let Some(point) = point {
            editor.points.select(point);
        }
        editor.rebuild();
        if let Some(at) = self.range.and_then(|at| moves.follow(at)) {
            editor.ranges.select(at);
        }
    }
}

/// The group that comes alone.
fn group_in(moves: &Moves) -> Option<GroupAt> {
    match moves {
        Moves::GroupIn(at) => Some(*at),
        Moves::All(all) => match &**all {
            [only] => group_in(only),
            _ => None,
        },
        _ => None,
    }
}

/// Whether one thing comes, alone, to the place that is selected.
fn comes_to(moves: &Moves, point: Point, range: Option<RangeAt>) -> bool {
    match moves {
        Moves::RangesIn(group, positions) => {
            matches!(**positions, [position] if range == Some(RangeAt { group: *group, range: position }))
        }
        Moves::GroupIn(at) => point == Point::Group(*at),
        Moves::CategoryIn(at) => point == Point::Category(*at),
        Moves::All(all) => matches!(&**all, [only] if comes_to(only, point, range)),
        _ => false,
    }
}
