//! Where things are on the screen.
//!
//! From 104 columns on there are three panes; from 64 on two, of which the right one is the ranges or the
//! preview; below that the one with the focus. [`Sizes`] says where the borders between them are.

use super::panes::Pane;
use super::sizes::Sizes;
use super::state::Editor;
use ratatui::layout::Rect;

/// The least that the editor is drawn on.
pub const LEAST: (u16, u16) = (50, 12);
/// From this width on there are three panes.
pub const THREE_PANES: u16 = 104;
/// From this width on there are two panes.
pub const TWO_PANES: u16 = 64;
/// Rows below the table, a rule and the details of the selected range, from so many rows in the pane on.
const DETAILS: [(u16, u16); 3] = [(26, 6), (16, 5), (10, 4)];

/// Where things are; an area of no width is not on the screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Layout {
    /// The panes with their borders.
    pub boxes: [Rect; 3],
    /// The rows of the left pane.
    pub points: Rect,
    /// The heading and the rows of the middle pane.
    pub ranges: Rect,
    /// The line between them and the details.
    pub rule: Rect,
    /// What is said of the selected range.
    pub details: Rect,
    /// The lines of the preview.
    pub preview: Rect,
    /// The line below the preview.
    pub gauge: Rect,
}

impl Layout {
    /// The layout of a screen.
    pub fn of(area: Rect, editor: &Editor) -> Self {
        if area.width < LEAST.0 || area.height < LEAST.1 {
            return Self::default();
        }
        let body = Rect { y: area.y + 1, height: area.height - 3, ..area };
        let boxes = boxes(body, editor.focus, &editor.sizes);
        let cut = |inner: Rect, rows: u16| {
            let upper = Rect { height: inner.height - rows, ..inner };
            (upper, Rect { y: upper.bottom(), height: rows, ..inner })
        };
        let (ranges, below) = cut(inside(boxes[1]), details_rows(inside(boxes[1]).height));
        let rule = Rect { height: below.height.min(1), ..below };
        let details = Rect { y: rule.bottom(), height: below.height - rule.height, ..below };
        let gauge_rows = u16::from(inside(boxes[2]).height > 6);
        let (preview, gauge) = cut(inside(boxes[2]), gauge_rows);
        Self { boxes, points: inside(boxes[0]), ranges, rule, details, preview, gauge }
    }
}

/// What is within the borders of a box.
fn inside(outer: Rect) -> Rect {
    let (width, height) = (outer.width.saturating_sub(2), outer.height.saturating_sub(2));
    Rect { x: outer.x + outer.width.min(1), y: outer.y + outer.height.min(1), width, height }
}

/// What is below the heading of a table.
pub fn below_heading(table: Rect) -> Rect {
    Rect { y: table.y + 1, height: table.height.saturating_sub(1), ..table }
}

fn details_rows(height: u16) -> u16 {
    DETAILS.iter().find(|(from, _)| height >= *from).map_or(0, |(_, rows)| *rows)
}

fn boxes(body: Rect, focus: Pane, sizes: &Sizes) -> [Rect; 3] {
    let at = |x: u16, width: u16| Rect { x: body.x + x, width, ..body };
    // Neighbours share a border.
    if body.width >= THREE_PANES {
        let (left, right) = sizes.of_three(body.width);
        return [at(0, left), at(left - 1, body.width - left - right + 2), at(body.width - right, right)];
    }
    if body.width >= TWO_PANES {
        let left = sizes.of_two(body.width);
        let rest = at(left - 1, body.width - left + 1);
        let ranges = focus != Pane::Preview;
        return if ranges { [at(0, left), rest, at(0, 0)] } else { [at(0, left), at(0, 0), rest] };
    }
    [Pane::Points, Pane::Ranges, Pane::Preview].map(|pane| if pane == focus { body } else { at(0, 0) })
}
