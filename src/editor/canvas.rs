//! What is on the screen and what comes next: of a frame only what is another is written. A frame of which
//! only parts are another is not even drawn whole.

use super::glyphs::Glyphs;
use ratatui::backend::{Backend, ClearType};
use ratatui::buffer::{Buffer, Cell};
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
    shown: Glyphs,
    /// What it is to show: all of the screen, or a row of it.
    next: Buffer,
    row: Buffer,
    /// Whether nobody knows what the terminal shows.
    unknown: bool,
    /// The positions in a row that are written.
    changed: Vec<u16>,
}

impl<B: Backend> Canvas<B> {
    /// The cells of a terminal of this size, of which nothing is known.
    pub fn new(backend: B, size: (u16, u16)) -> Self {
        let area = Rect::from((Position::ORIGIN, size.into()));
        let (shown, next, row) = (Glyphs::blank(area), Buffer::empty(area), Buffer::default());
        Self { backend, shown, next, row, unknown: true, changed: Vec::new() }
    }

    /// All of the screen.
    pub fn area(&self) -> Rect {
        self.shown.area()
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
    pub fn shown(&self) -> Buffer {
        self.shown.to_buffer()
    }

    /// From now on the terminal has this size, and shows anything.
    pub fn forget(&mut self, size: (u16, u16)) {
        let area = Rect::from((Position::ORIGIN, size.into()));
        self.shown = Glyphs::blank(area);
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
        let Rect { x, y, width, .. } = self.next.area;
        for (y, cells) in (y..).zip(self.next.content.chunks(usize::from(width).max(1))) {
            self.shown.show((x, y), cells, &mut self.changed);
            write(&mut self.backend, (x, y), cells, &self.changed)?;
        }
        match cursor {
            Some(position) => {
                self.backend.show_cursor()?;
                self.backend.set_cursor_position(position)?;
            }
            None => self.backend.hide_cursor()?,
        }
        self.backend.flush()
    }

    /// Draws parts of the frame again, each of which is in one row: `draw` gets a buffer of that area alone, and
    /// finds it empty. The cursor stays where it is. One row's cells serve for all, so that little memory is
    /// touched.
    pub fn redraw(&mut self, parts: &[Rect], mut draw: impl FnMut(&mut Buffer)) -> Result<(), B::Error> {
        for part in parts.iter().filter(|part| !part.is_empty()) {
            debug_assert_eq!(part.height, 1);
            self.row.content.iter_mut().for_each(Cell::reset);
            self.row.resize(*part);
            draw(&mut self.row);
            self.shown.show((part.x, part.y), &self.row.content, &mut self.changed);
            write(&mut self.backend, (part.x, part.y), &self.row.content, &self.changed)?;
        }
        self.backend.flush()
    }
}

/// Writes the cells of a row at these positions.
fn write<B: Backend>(
    backend: &mut B,
    (x, y): (u16, u16),
    cells: &[Cell],
    positions: &[u16],
) -> Result<(), B::Error> {
    if positions.is_empty() {
        return Ok(());
    }
    backend.draw(positions.iter().map(|at| (x + at, y, &cells[usize::from(*at)])))
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
