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
    /// What it is to show: all of the screen, or a row of it.
    next: Buffer,
    row: Buffer,
    /// Whether nobody knows what the terminal shows.
    unknown: bool,
    /// The columns of a row that are written.
    changed: Vec<u16>,
}

impl<B: Backend> Canvas<B> {
    /// The cells of a terminal of this size, of which nothing is known.
    pub fn new(backend: B, size: (u16, u16)) -> Self {
        let area = Rect::from((Position::ORIGIN, size.into()));
        let (shown, next, row) = (Buffer::empty(area), Buffer::empty(area), Buffer::default());
        Self { backend, shown, next, row, unknown: true, changed: Vec::new() }
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
        let columns = usize::from(self.next.area.width).max(1);
        let rows = self.shown.content.chunks(columns).zip(self.next.content.chunks(columns));
        for (y, (before, now)) in (self.next.area.y..).zip(rows) {
            write(&mut self.backend, &mut self.changed, (self.next.area.x, y), before, now)?;
        }
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

    /// Draws parts of the frame again, each of which is in one row: `draw` gets a buffer of that area alone, and
    /// finds it empty. The cursor stays where it is. One row's cells serve for all, so that little memory is
    /// touched: most of what a key takes is waiting for memory.
    pub fn redraw(&mut self, parts: &[Rect], mut draw: impl FnMut(&mut Buffer)) -> Result<(), B::Error> {
        for part in parts.iter().filter(|part| !part.is_empty()) {
            debug_assert_eq!(part.height, 1);
            self.row.content.iter_mut().for_each(Cell::reset);
            self.row.resize(*part);
            draw(&mut self.row);
            let from = self.shown.index_of(part.x, part.y);
            let shown = &mut self.shown.content[from..from + usize::from(part.width)];
            write(&mut self.backend, &mut self.changed, (part.x, part.y), shown, &self.row.content)?;
            shown.swap_with_slice(&mut self.row.content);
        }
        self.backend.flush()
    }
}

/// Writes what of a row is another than before. Not ratatui's own comparison: where wide characters move, it
/// leaves the style of what they hid (ratatui-core 0.1.2, `BufferDiff`).
fn write<B: Backend>(
    backend: &mut B,
    changed: &mut Vec<u16>,
    (x, y): (u16, u16),
    before: &[Cell],
    now: &[Cell],
) -> Result<(), B::Error> {
    find_changes(before, now, changed);
    if changed.is_empty() {
        return Ok(());
    }
    backend.draw(changed.iter().map(|at| (x + at, y, &now[usize::from(*at)])))
}

/// Makes `changed` the positions of the cells to be written.
fn find_changes(before: &[Cell], now: &[Cell], changed: &mut Vec<u16>) {
    changed.clear();
    let mut wide = false;
    for ((at, before), now) in (0..).zip(before).zip(now) {
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
            changed.push(at);
        }
    }
    // Where a wide character came or went, the cells beside it are others too.
    if wide && !changed.is_empty() {
        changed.clear();
        let mut hidden = 0;
        for (at, cell) in (0..).zip(now) {
            if hidden == 0 {
                changed.push(at);
            }
            hidden = if hidden > 0 { hidden - 1 } else { cell.cell_width().saturating_sub(1) };
        }
    }
}

fn is_wide(symbol: &str) -> bool {
    !symbol.chars().all(is_simple) && symbol.cell_width() != 1
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
            canvas.redraw(&[Rect { height: area.height.min(1), ..area }], |_| ()).unwrap();
        }
    }
}
