//! What a frame of the main view was made of, so that the next one draws only what is another: most keys
//! move the cursor in the ranges, and nothing but two rows and the details changes.
//!
//! The tests draw every frame both ways and compare them.

use super::abilities::Abilities;
use super::canvas::Canvas;
use super::footer;
use super::keymap::Action;
use super::layout::{Layout, below_heading};
use super::panes::Pane;
use super::panes::points::Point;
use super::panes::preview::Tab;
use super::state::{Editor, Tone};
use super::theme::Theme;
use super::view;
use super::window::Window;
use ratatui::backend::Backend;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// All that the main view shows, as far as it can change.
#[derive(Debug, PartialEq, Eq)]
pub struct Look {
    rest: Rest,
    /// What is said of the selected one.
    details: Vec<(String, Style)>,
    /// The rows of the ranges that are shown, and which of them is selected; the same where there is none.
    ranges: Window,
}

/// What the whole frame is drawn for when it is another.
#[derive(Debug, PartialEq, Eq)]
struct Rest {
    area: Rect,
    layout: Layout,
    theme: Theme,
    abilities: Abilities,
    revision: u64,
    /// Reviewed, being checked, not saved, in a file.
    document: [bool; 4],
    focus: Pane,
    points: (u64, Point, Window),
    ranges: u64,
    preview: (u64, Tab, usize, Window),
    message: Option<(Tone, String, usize)>,
    /// What is said where there is no message.
    finding: Option<String>,
    /// What the footer offers. Which words it has for it, the rest says.
    offered: Vec<Action>,
}

impl Look {
    /// What a frame shows; `None` where it is not known that well: with a dialog, while ranges are chosen, or
    /// while something is being done.
    pub fn of(editor: &Editor) -> Option<Self> {
        let layout = Layout::of(editor.area, editor);
        let is_plain = editor.layers.is_empty() && editor.later.is_none() && !editor.ranges.has_chosen();
        if !is_plain || layout.ranges.width == 0 {
            return None;
        }
        let document = &editor.document;
        let rest = Rest {
            area: editor.area,
            layout,
            theme: editor.theme,
            abilities: editor.looks.abilities,
            revision: document.revision(),
            document: [
                document.is_reviewed(),
                document.says_checking(),
                document.is_unsaved(),
                document.is_on_disk(),
            ],
            focus: editor.focus,
            points: editor.points.look(),
            ranges: editor.ranges.built(),
            preview: editor.preview.look(),
            message: editor.messages.shown().map(|shown| (shown.tone, shown.text.to_owned(), shown.more)),
            finding: view::finding_below(editor).map(|finding| finding.problem.message.clone()),
            offered: footer::actions(editor),
        };
        let details = view::details_of(editor, &layout);
        let is_empty = editor.ranges.rows().is_empty();
        let ranges = if is_empty { Window::default() } else { editor.ranges.window() };
        Some(Self { rest, details, ranges })
    }

    /// The parts of the screen that are others than on the frame before, each in one row; `None`: all of it.
    pub fn parts_since(&self, before: &Self) -> Option<Vec<Rect>> {
        if before.rest != self.rest {
            return None;
        }
        let (now, then) = (&self.ranges, &before.ranges);
        let table = below_heading(self.rest.layout.ranges);
        let mut parts = Vec::with_capacity(16);
        if !self.shows_the_rows_of(before) {
            parts.extend(table.rows());
        } else if now != then {
            let row = |cursor: usize| {
                let y = u16::try_from(cursor.checked_sub(now.top)?).ok()?;
                (y < table.height).then_some(Rect { y: table.y + y, height: 1, ..table })
            };
            let (first, second) = (now.cursor.min(then.cursor), now.cursor.max(then.cursor));
            parts.extend([first, second].into_iter().filter_map(row));
        }
        let details = self.rest.layout.details.rows().enumerate();
        let is_another = |nth: usize| self.details.get(nth) != before.details.get(nth);
        parts.extend(details.filter(|(nth, _)| is_another(*nth)).map(|(_, row)| row));
        Some(parts)
    }

    /// Whether the table has the same rows.
    fn shows_the_rows_of(&self, before: &Self) -> bool {
        self.ranges.shows_the_rows_of(&before.ranges)
    }
}

/// Shows the editor on a canvas. `last` is what the last frame there was made of.
pub fn show<B: Backend>(
    canvas: &mut Canvas<B>,
    editor: &mut Editor,
    last: &mut Option<Look>,
) -> Result<(), B::Error> {
    editor.refresh(canvas.area());
    let look = Look::of(editor);
    let same = look.as_ref().zip(last.as_ref());
    match same.and_then(|(look, before)| Some((look, before, look.parts_since(before)?))) {
        Some((.., parts)) if parts.is_empty() => {}
        Some((look, before, parts)) => {
            let layout = &look.rest.layout;
            canvas.redraw(&parts, |buffer| view::draw_part(buffer, editor, layout, &look.details))?;
            if !look.shows_the_rows_of(before) {
                editor.pointer.spots.rows(editor, layout);
            }
        }
        None => canvas.draw(|frame| view::draw(frame, editor))?,
    }
    *last = look;
    Ok(())
}
