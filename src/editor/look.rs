//! What a frame of the main view was made of, so that the next one draws only what is another: most keys
//! move the cursor in the ranges, and nothing but two rows and the details changes.
//!
//! The tests draw every frame both ways and compare them.

use super::canvas::Canvas;
use super::footer;
use super::layout::{Layout, below_heading};
use super::panes::points::Point;
use super::panes::preview::Tab;
use super::state::{Editor, Tone};
use super::view;
use super::window::Window;
use ratatui::backend::Backend;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// All that the main view shows, as far as it can change.
#[derive(Debug)]
pub struct Look {
    rest: Rest,
    table: Table,
}

/// What follows the cursor.
#[derive(Debug)]
struct Table {
    /// What is said of the selected range.
    details: Vec<(String, Style)>,
    /// The rows of the ranges that are shown, and which of them is selected; the same where there is none.
    window: Window,
}

/// What the whole frame is drawn for when it is another: all that was done but moves of the cursor, and what
/// becomes another without anything being done.
#[derive(Debug, PartialEq, Eq)]
struct Rest {
    area: Rect,
    acts: u64,
    revision: u64,
    /// Reviewed, being checked, not saved, in a file, with an old policy.
    document: [bool; 5],
    ranges: u64,
    points: (u64, Point, Window),
    preview: (u64, Tab, usize, Window),
    message: Option<(Tone, String, usize)>,
    /// What is said where there is no message.
    finding: Option<String>,
    /// Whether the footer offers a fix: all else in it does not follow the cursor.
    can_fix: bool,
}

impl Rest {
    /// `None` where it is not known that well: with a dialog, while ranges are chosen, while something is being
    /// done, or where the ranges are not shown.
    fn of(editor: &Editor, layout: &Layout) -> Option<Self> {
        let is_plain = editor.layers.is_empty() && editor.later.is_none() && !editor.ranges.has_chosen();
        if !is_plain || layout.ranges.width == 0 {
            return None;
        }
        let document = &editor.document;
        Some(Self {
            area: editor.area,
            acts: editor.acts,
            revision: document.revision(),
            document: [
                document.is_reviewed(),
                document.says_checking(),
                document.is_unsaved(),
                document.is_on_disk(),
                document.is_policy_old(),
            ],
            ranges: editor.ranges.built(),
            points: editor.points.look(),
            preview: editor.preview.look(),
            message: editor.messages.shown().map(|shown| (shown.tone, shown.text.to_owned(), shown.more)),
            finding: view::finding_below(editor, layout).map(|finding| finding.problem.message.clone()),
            can_fix: footer::can_fix(editor),
        })
    }
}

impl Table {
    fn of(editor: &Editor, layout: &Layout) -> Self {
        let is_empty = editor.ranges.rows().is_empty();
        let window = if is_empty { Window::default() } else { editor.ranges.window() };
        Self { details: view::details_of(editor, layout), window }
    }

    /// The parts of the screen that are others than before, each in one row.
    fn parts_since(&self, before: &Self, layout: &Layout) -> Vec<Rect> {
        let (now, then) = (&self.window, &before.window);
        let table = below_heading(layout.ranges);
        let mut parts = Vec::with_capacity(16);
        if !now.shows_the_rows_of(then) {
            parts.extend(table.rows());
        } else if now != then {
            let row = |cursor: usize| {
                let y = u16::try_from(cursor.checked_sub(now.top)?).ok()?;
                (y < table.height).then_some(Rect { y: table.y + y, height: 1, ..table })
            };
            let (first, second) = (now.cursor.min(then.cursor), now.cursor.max(then.cursor));
            parts.extend([first, second].into_iter().filter_map(row));
        }
        let details = layout.details.rows().enumerate();
        let is_another = |nth: usize| self.details.get(nth) != before.details.get(nth);
        parts.extend(details.filter(|(nth, _)| is_another(*nth)).map(|(_, row)| row));
        parts
    }
}

/// Shows the editor on a canvas. `last` is what the last frame there was made of.
pub fn show<B: Backend>(
    canvas: &mut Canvas<B>,
    editor: &mut Editor,
    last: &mut Option<Look>,
) -> Result<(), B::Error> {
    editor.refresh(canvas.area());
    let (editor, layout) = (&*editor, editor.layout);
    let rest = Rest::of(editor, &layout);
    if let (Some(rest), Some(last)) = (&rest, &mut *last)
        && *rest == last.rest
    {
        let table = Table::of(editor, &layout);
        let parts = table.parts_since(&last.table, &layout);
        if !parts.is_empty() {
            canvas.redraw(&parts, |buffer| view::draw_part(buffer, editor, &layout, &table.details))?;
        }
        if !table.window.shows_the_rows_of(&last.table.window) {
            editor.pointer.spots.rows(editor, &layout);
        }
        last.table = table;
        return Ok(());
    }
    canvas.draw(|frame| view::draw(frame, editor))?;
    *last = rest.map(|rest| Look { rest, table: Table::of(editor, &layout) });
    Ok(())
}
