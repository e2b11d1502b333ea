//! What is on the screen and what comes next: of a frame only what is another is written. A frame of which
//! only parts are another is not even drawn whole.

use super::width::is_simple;
use ratatui::backend::{Backend, ClearType};
use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::{Position, Rect};

/// A frame that is being drawn.
#[derive(Debug)]
pub struct Frame<'a> {
    buffer: &'a mut Buffer,
    cursor: Option<Position>,
}

impl<'a> Frame<'a> {
    /// A frame of these cells.
    pub fn new(buffer: &'a mut Buffer) -> Self {
        Self { buffer, cursor: None }
    }

    /// All of the screen.
    pub fn area(&self) -> Rect {
        self.buffer.area
    }

    /// The cells.
    pub fn buffer_mut(&mut self) -> &mut Buffer {
        self.buffer
    }

    /// Shows the cursor, at this place.
    pub fn set_cursor_position(&mut self, position: impl Into<Position>) {
        self.cursor = Some(position.into());
    }

    /// Where the cursor is shown, if it is.
    pub fn cursor(&self) -> Option<Position> {
        self.cursor
    }
}

/// The cells of a terminal.
#[derive(Debug)]
pub struct Canvas<B> {
    backend: B,
    /// What the terminal shows.
    shown: Buffer,
    next: Buffer,
    /// Whether nobody knows what the terminal shows.
    unknown: bool,
}

impl<B: Backend> Canvas<B> {
    /// The cells of a terminal of this size, of which nothing is known.
    pub fn new(backend: B, size: (u16, u16)) -> Self {
        let area = Rect::from((Position::ORIGIN, size.into()));
        Self { backend, shown: Buffer::empty(area), next: Buffer::empty(area), unknown: true }
    }

    /// All of the screen.
    pub fn area(&self) -> Rect {
        self.shown.area
    }

    /// What it is written to.
    pub fn backend_mut(&mut self) -> &mut B {
        &mut self.backend
    }

    /// What it is written to.
    #[cfg(test)]
    pub fn backend(&self) -> &B {
        &self.backend
    }

    /// What the terminal shows.
    #[cfg(test)]
    pub fn shown(&self) -> &Buffer {
        &self.shown
    }

    /// From now on the terminal has this size, and shows anything.
    pub fn forget(&mut self, size: (u16, u16)) {
        let area = Rect::from((Position::ORIGIN, size.into()));
        self.shown = Buffer::empty(area);
        self.next = Buffer::empty(area);
        self.unknown = true;
    }

    /// Draws a frame.
    pub fn draw(&mut self, draw: impl FnOnce(&mut Frame)) -> Result<(), B::Error> {
        self.next.reset();
        let mut frame = Frame::new(&mut self.next);
        draw(&mut frame);
        let cursor = frame.cursor();
        if self.unknown {
            self.backend.clear_region(ClearType::All)?;
            self.unknown = false;
        }
        self.backend.draw(changes(&self.shown, &self.next, &[self.next.area]).into_iter())?;
        match cursor {
            Some(position) => {
                self.backend.show_cursor()?;
                self.backend.set_cursor_position(position)?;
            }
            None => self.backend.hide_cursor()?,
        }
        self.backend.flush()?;
        std::mem::swap(&mut self.shown, &mut self.next);
        Ok(())
    }

    /// Draws parts of the frame again that lie one below the other; `draw` finds them empty, and may write
    /// elsewhere what nobody will see. The cursor stays where it is.
    pub fn redraw(&mut self, parts: &[Rect], draw: impl FnOnce(&mut Buffer)) -> Result<(), B::Error> {
        for (part, y) in rows(parts) {
            row(&mut self.next, part, y).iter_mut().for_each(Cell::reset);
        }
        draw(&mut self.next);
        self.backend.draw(changes(&self.shown, &self.next, parts).into_iter())?;
        self.backend.flush()?;
        for (part, y) in rows(parts) {
            row(&mut self.shown, part, y).swap_with_slice(row(&mut self.next, part, y));
        }
        Ok(())
    }
}

/// The rows of parts of the screen.
fn rows(parts: &[Rect]) -> impl Iterator<Item = (Rect, u16)> {
    let seen = parts.iter().filter(|part| part.width > 0);
    seen.flat_map(|part| (part.top()..part.bottom()).map(move |y| (*part, y)))
}

/// The cells in parts of a frame that are others than before. Not ratatui's own: where wide characters move, it
/// leaves the style of what they hid (ratatui-core 0.1.2, `BufferDiff`).
fn changes<'a>(before: &Buffer, now: &'a Buffer, parts: &[Rect]) -> Vec<(u16, u16, &'a Cell)> {
    // What a move of the cursor changes, and more.
    let mut changed = Vec::with_capacity(512);
    for (part, y) in rows(parts) {
        let at = now.index_of(part.x, y);
        let cells = at..at + usize::from(part.width);
        row_changes((part.x, y), &before.content[cells.clone()], &now.content[cells], &mut changed);
    }
    changed
}

fn row_changes<'a>(
    (x, y): (u16, u16),
    before: &[Cell],
    now: &'a [Cell],
    changed: &mut Vec<(u16, u16, &'a Cell)>,
) {
    let (start, mut wide) = (changed.len(), false);
    for ((x, before), now) in (x..).zip(before).zip(now) {
        let (one, other) = (before.symbol(), now.symbol());
        let same = match (one.as_bytes(), other.as_bytes()) {
            // Nearly all; `==` would call a function for each.
            ([one], [other]) => one == other,
            _ => {
                wide |= is_wide(one) || is_wide(other);
                one == other
            }
        };
        if !same || (before.fg, before.bg, before.modifier) != (now.fg, now.bg, now.modifier) {
            changed.push((x, y, now));
        }
    }
    // Where a wide character came or went, the cells beside it are others too.
    if wide && changed.len() > start {
        changed.truncate(start);
        let mut hidden = 0;
        for (x, cell) in (x..).zip(now) {
            if hidden == 0 {
                changed.push((x, y, cell));
            }
            hidden = if hidden > 0 { hidden - 1 } else { cell.cell_width().saturating_sub(1) };
        }
    }
}

fn is_wide(symbol: &str) -> bool {
    !symbol.chars().all(is_simple) && symbol.cell_width() != 1
}

fn row(buffer: &mut Buffer, part: Rect, y: u16) -> &mut [Cell] {
    let from = buffer.index_of(part.x, y);
    &mut buffer.content[from..from + usize::from(part.width)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::backend::TestBackend;

    #[test]
    fn a_screen_without_columns_or_rows_is_drawn_too() {
        for size in [(0, 10), (10, 0), (0, 0)] {
            let mut canvas = Canvas::new(TestBackend::new(size.0, size.1), size);
            let area = canvas.area();
            canvas.draw(|frame| assert_eq!(frame.area(), area)).unwrap();
            canvas.redraw(&[area], |buffer| assert_eq!(buffer.area, area)).unwrap();
        }
    }
}
