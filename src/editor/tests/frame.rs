//! What every frame must be, whatever was typed and however large the screen: borders whole, wide characters
//! whole, the cursor at its text, what is selected in sight, words whole. Where things are is known from the
//! layout, not guessed from what is drawn.

use super::Session;
use crate::editor::layers::review;
use crate::editor::layout::{LEAST, Layout};
use crate::editor::messages::Shown;
use crate::editor::panes::Pane;
use crate::editor::trace::{self, Drawn};
use crate::editor::view;
use crate::editor::width;
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;

const BORDERS: &str = "─│┌┐└┘├┤┬┴┼";

type Checked = Result<(), String>;

macro_rules! ensure {
    ($holds:expr, $($words:tt)*) => { if !$holds { return Err(format!($($words)*)); } };
}

/// Checks the last frame of a session; says what is wrong with it.
pub fn check(session: &Session) -> Checked {
    let frame = Frame { session, buffer: &session.drawn, area: session.drawn.area, drawn: trace::last() };
    if frame.area.is_empty() {
        return Ok(());
    }
    frame.wide_characters()?;
    frame.on_the_terminal()?;
    if frame.area.width < LEAST.0 || frame.area.height < LEAST.1 {
        return frame.sentence();
    }
    frame.header()?;
    frame.pane_borders()?;
    frame.box_borders()?;
    frame.cursor()?;
    frame.selected_row()?;
    frame.chosen_line()?;
    frame.message()?;
    frame.footer()
}

struct Frame<'a> {
    session: &'a Session,
    buffer: &'a Buffer,
    area: Rect,
    drawn: Drawn,
}

impl Frame<'_> {
    fn symbol(&self, x: u16, y: u16) -> &str {
        self.buffer[(x, y)].symbol()
    }

    /// The characters from `from` to before `to` in a row, without what a wide one hides.
    fn text(&self, y: u16, from: u16, to: u16) -> String {
        let (mut text, mut x) = (String::new(), from);
        while x < to {
            let symbol = self.symbol(x, y);
            text.push_str(symbol);
            x += symbol.cell_width().max(1);
        }
        text
    }

    fn row(&self, y: u16) -> String {
        self.text(y, 0, self.area.width)
    }

    fn is_border(&self, x: u16, y: u16) -> bool {
        BORDERS.contains(self.symbol(x, y))
    }

    fn wide_characters(&self) -> Checked {
        for y in 0..self.area.height {
            let mut hidden = 0;
            for x in 0..self.area.width {
                let symbol = self.symbol(x, y);
                if hidden > 0 {
                    hidden -= 1;
                    ensure!(symbol == " ", "{symbol:?} stands over half of a wide character at {x},{y}");
                } else if symbol.len() > 1 {
                    hidden = symbol.cell_width().saturating_sub(1);
                }
            }
            ensure!(hidden == 0, "a wide character hangs over the edge in row {y}");
        }
        Ok(())
    }

    /// What is written to the terminal, which is only what has changed, makes the frame.
    fn on_the_terminal(&self) -> Checked {
        let shown = self.session.terminal.backend().buffer();
        for y in 0..self.area.height {
            let mut x = 0;
            while x < self.area.width {
                let (symbol, there) = (self.symbol(x, y), shown[(x, y)].symbol());
                ensure!(symbol == there, "{there:?} was left at {x},{y}, where {symbol:?} is drawn");
                x += if symbol.len() > 1 { symbol.cell_width().max(1) } else { 1 };
            }
        }
        Ok(())
    }

    fn sentence(&self) -> Checked {
        let least = self.session.editor.unseen_words();
        let letters = |text: &str| text.split_whitespace().collect::<String>();
        let shown: String = (0..self.area.height).map(|y| letters(&self.row(y))).collect();
        ensure!(!shown.is_empty() && letters(&least).starts_with(&shown), "not the sentence: {shown:?}");
        ensure!(!self.session.terminal.backend().cursor_visible(), "a cursor below the least size");
        Ok(())
    }

    fn header(&self) -> Checked {
        let row = self.row(0);
        if self.drawn.boxes.iter().any(|(_, outer)| outer.y == 0) {
            return Ok(());
        }
        ensure!(row.starts_with(" keymoat  "), "the header is {row:?}");
        if self.session.editor.document.is_unsaved() {
            ensure!(
                row.contains(" * unsaved  ") || row.contains(" * new, not saved yet  "),
                "the header does not say that something is unsaved: {row:?}"
            );
        }
        Ok(())
    }

    fn layout(&self) -> Layout {
        Layout::of(self.area, &self.session.editor)
    }

    fn pane_borders(&self) -> Checked {
        let covered = |x, y| self.drawn.boxes.iter().any(|(_, outer)| outer.contains((x, y).into()));
        let review = self.session.editor.is_covered().then(|| review::boxes(self.area).to_vec());
        let boxes = review.unwrap_or_else(|| self.layout().boxes.to_vec());
        for outer in boxes.iter().copied().filter(|outer| outer.width > 0) {
            // The title of the box below stands in the border.
            let titled = |y| boxes.iter().any(|other| other.y == y && other.y > outer.y);
            let (right, bottom) = (outer.right() - 1, outer.bottom() - 1);
            let sides = (outer.y..=bottom).flat_map(|y| [(outer.x, y), (right, y)]);
            let below = (outer.x..=right).map(|x| (x, bottom));
            for (x, y) in sides.chain(below).filter(|(x, y)| !covered(*x, *y) && !titled(*y)) {
                ensure!(
                    self.is_border(x, y),
                    "{:?} stands over a pane's border at {x},{y}",
                    self.symbol(x, y)
                );
            }
            let title = self.text(outer.y, outer.x + 1, right);
            let ends = title.ends_with(['─', ' ', ']', '…']);
            let whole = ends || covered(right - 1, outer.y) || covered(outer.x, outer.y);
            ensure!(whole, "a pane's title is cut without a sign: {title:?}");
        }
        Ok(())
    }

    fn box_borders(&self) -> Checked {
        let Some((title, outer)) = self.drawn.boxes.last() else { return Ok(()) };
        let (right, bottom) = (outer.right() - 1, outer.bottom() - 1);
        let line = "─".repeat(usize::from(outer.width - 2));
        let rest: String = line.chars().skip(width::columns(title)).collect();
        let title = visible(title);
        let top = self.text(outer.y, outer.x, right + 1);
        ensure!(top == format!("┌{title}{rest}┐"), "the upper border of the dialog is {top:?}");
        let under = self.text(bottom, outer.x, right + 1);
        ensure!(under == format!("└{line}┘"), "the lower border of the dialog is {under:?}");
        for (x, y) in (outer.y + 1..bottom).flat_map(|y| [(outer.x, y), (right, y)]) {
            ensure!(self.symbol(x, y) == "│", "{:?} stands over the dialog's border", self.symbol(x, y));
        }
        for (x, y) in (outer.y + 1..bottom).flat_map(|y| [(outer.x + 1, y), (right - 1, y)]) {
            ensure!(self.symbol(x, y) == " ", "{:?} touches the dialog's border", self.symbol(x, y));
        }
        Ok(())
    }

    fn cursor(&self) -> Checked {
        let backend = self.session.terminal.backend();
        let at = backend.cursor_position();
        let Some(field) = &self.drawn.field else {
            ensure!(!backend.cursor_visible(), "a cursor at {at}, and no field has the focus");
            return Ok(());
        };
        ensure!(backend.cursor_visible(), "the field with the focus shows no cursor");
        ensure!(field.area.contains(at), "the cursor at {at} is outside of its field {:?}", field.area);
        if let Some((_, outer)) = self.drawn.boxes.last() {
            ensure!(outer.contains(at), "the cursor is outside of the dialog");
        }
        // The columns left of the cursor show the end of what is left of it.
        let drawn = self.text(at.y, field.area.x, at.x);
        let columns = usize::from(at.x - field.area.x);
        let all = width::columns(&field.before);
        ensure!(columns <= all, "the cursor is in column {columns} behind {:?}", field.before);
        let from = all - columns;
        let expected = match from > 0 && usize::from(field.area.width) >= width::LEAST_CUT {
            // What is cut is marked.
            true => format!("…{}", width::window(&field.before, from + 1, columns.saturating_sub(1))),
            false => width::window(&field.before, from, columns),
        };
        let expected = visible(&expected);
        ensure!(drawn == expected, "left of the cursor stands {drawn:?}, expected {expected:?}");
        Ok(())
    }

    /// Whether a row has the pointer in its first columns, or looks selected.
    fn is_pointed(&self, x: u16, y: u16) -> bool {
        let (cell, selected) = (&self.buffer[(x, y)], self.session.editor.theme.selected(true));
        let is_selected =
            cell.modifier.contains(selected.add_modifier) && selected.bg.is_none_or(|color| color == cell.bg);
        self.symbol(x, y) == ">" || is_selected
    }

    fn selected_row(&self) -> Checked {
        let editor = &self.session.editor;
        let layout = self.layout();
        let (rows, any) = match editor.focus {
            Pane::Points => (layout.points, true),
            Pane::Ranges => (layout.ranges, !editor.ranges.rows().is_empty()),
            Pane::Preview => (layout.preview, editor.document.is_reviewed()),
        };
        if !editor.layers.is_empty() || !any {
            return Ok(());
        }
        ensure!(!rows.is_empty(), "the pane with the focus is not on the screen");
        let seen = (rows.y..rows.bottom()).any(|y| self.is_pointed(rows.x, y));
        ensure!(seen, "what is selected in {:?} is not on the screen", editor.focus);
        Ok(())
    }

    /// In a list to choose from, one line has the pointer.
    fn chosen_line(&self) -> Checked {
        let Some((title, outer)) = self.drawn.boxes.last() else { return Ok(()) };
        let list = [" Commands ", " Earlier versions ", " Keys", " Move "]
            .iter()
            .any(|name| title.starts_with(name));
        let below = self.drawn.field.as_ref().map_or(outer.y, |field| field.area.y);
        let rows = (below + 1..outer.bottom() - 1).map(|y| self.text(y, outer.x + 2, outer.right() - 2));
        let rows: Vec<_> = rows.filter(|row| !row.trim().is_empty()).collect();
        let pointed = rows.iter().filter(|row| row.starts_with("> ")).count();
        ensure!(
            !list || rows.is_empty() || rows[0].trim_end() == "  nothing found" || pointed == 1,
            "{pointed} lines are chosen in {title:?}: {rows:?}"
        );
        Ok(())
    }

    fn message(&self) -> Checked {
        let y = self.area.height - 2;
        let Some(Shown { text, more, .. }) = self.session.editor.messages.shown() else { return Ok(()) };
        if self.drawn.field.as_ref().is_some_and(|field| field.area.y == y) {
            return Ok(());
        }
        let row = self.row(y);
        let tail = format!("({more} more, :messages)");
        let row = row.trim_end();
        let cut = row.strip_suffix("  (:messages)").filter(|said| said.ends_with('…'));
        let said = if more == 0 { cut.or(Some(row)) } else { row.strip_suffix(&tail) };
        let said =
            said.unwrap_or_default().trim_start().trim_start_matches("x ").trim_start_matches("! ").trim();
        let whole = visible(text);
        let fits = match said.strip_suffix('…') {
            Some(start) if said != whole.trim() => whole.starts_with(start),
            _ => said == whole.trim(),
        };
        ensure!(fits, "the message {whole:?} reads {row:?}");
        Ok(())
    }

    fn footer(&self) -> Checked {
        let editor = &self.session.editor;
        let hints = view::all_hints(editor);
        let row = self.row(self.area.height - 1);
        let (mut rest, mut shown) = (row.trim(), 0);
        for (key, words) in &hints {
            let Some(behind) = rest.strip_prefix(visible(&format!("{key} {words}")).trim_end()) else {
                continue;
            };
            (rest, shown) = (behind.trim_start(), shown + 1);
        }
        ensure!(rest.is_empty() && shown > 0, "the footer is {row:?}, of the hints {hints:?}");
        Ok(())
    }
}

/// A text as it is drawn: what has no width is left out.
fn visible(text: &str) -> String {
    use unicode_segmentation::UnicodeSegmentation;
    width::shown(text).graphemes(true).filter(|grapheme| grapheme.cell_width() > 0).collect()
}
