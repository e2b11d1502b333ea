//! Where frames are written to: few bytes a frame, all in one write, and no question to the system.
//!
//! ratatui says which cells are others than on the frame before. Here they become control sequences
//! (ECMA-48): the cursor is moved the shortest way, a style says only what changes, and what the terminal
//! knows already is not said again.

use super::sgr::{Pen, change, number};
use super::width;
use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use std::io::{self, Write};

/// A terminal's screen.
pub struct Screen<W> {
    out: W,
    /// What is to be written with the frame.
    bytes: Vec<u8>,
    size: Size,
    /// Whether the cursor is shown; `None`: not known.
    cursor: Option<bool>,
    /// How the terminal writes now. Behind a frame it is as it was before.
    pen: Pen,
    /// Where its cursor is; `None`: not known.
    at: Option<At>,
}

/// Where the terminal's cursor is after a character.
#[derive(Debug, Clone, Copy)]
struct At {
    x: u16,
    y: u16,
    /// Whether every terminal agrees: how wide a character is beyond ASCII, they do not.
    sure: bool,
}

impl<W: Write> Screen<W> {
    /// A screen of this size.
    pub fn new(out: W, size: Size) -> Self {
        Self { out, bytes: Vec::new(), size, cursor: None, pen: Pen::BLANK, at: None }
    }

    /// The screen is another, or has been in other hands.
    pub fn renew(&mut self, size: Size) {
        self.size = size;
        self.cursor = None;
    }

    fn go_to(&mut self, x: u16, y: u16) {
        match self.at {
            Some(at) if (at.x, at.y) == (x, y) => {}
            Some(at) if at.sure && at.y == y && at.x < x => match x - at.x {
                1 => self.bytes.extend_from_slice(b"\x1b[C"),
                by => self.sequence(&[by], b'C'),
            },
            _ => self.sequence(&[y + 1, x + 1], b'H'),
        }
    }

    /// A control sequence with parameters (ECMA-48, 5.4).
    fn sequence(&mut self, parameters: &[u16], end: u8) {
        let mut before = &b"\x1b["[..];
        for parameter in parameters {
            self.bytes.extend_from_slice(before);
            number(&mut self.bytes, *parameter);
            before = b";";
        }
        self.bytes.push(end);
    }

    fn show_cursor_if(&mut self, shown: bool) {
        if self.cursor != Some(shown) {
            self.cursor = Some(shown);
            self.bytes.extend_from_slice(if shown { b"\x1b[?25h" } else { b"\x1b[?25l" });
        }
    }
}

impl<W: Write> Backend for Screen<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, cells: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        for (x, y, cell) in cells {
            self.go_to(x, y);
            let wanted = Pen::of(cell);
            if wanted != self.pen {
                change(&mut self.bytes, self.pen, wanted);
                self.pen = wanted;
            }
            let symbol = cell.symbol();
            self.at = match symbol.as_bytes() {
                [byte] => {
                    self.bytes.push(*byte);
                    Some(At { x: x + 1, y, sure: true })
                }
                bytes => {
                    self.bytes.extend_from_slice(bytes);
                    (width::columns(symbol) == 1).then_some(At { x: x + 1, y, sure: false })
                }
            };
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.show_cursor_if(false);
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.show_cursor_if(true);
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        // Only the terminal knows, and it may not answer.
        Err(io::ErrorKind::Unsupported.into())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let Position { x, y } = position.into();
        self.at = None;
        self.go_to(x, y);
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, what: ClearType) -> io::Result<()> {
        self.bytes.extend_from_slice(match what {
            ClearType::All => b"\x1b[2J".as_slice(),
            ClearType::AfterCursor => b"\x1b[J",
            ClearType::BeforeCursor => b"\x1b[1J",
            ClearType::CurrentLine => b"\x1b[2K",
            ClearType::UntilNewLine => b"\x1b[K",
        });
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::default() })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.at = None;
        if std::mem::replace(&mut self.pen, Pen::BLANK) != Pen::BLANK {
            self.bytes.extend_from_slice(b"\x1b[m");
        }
        // What cannot be written now is not to be written later, behind something else.
        let bytes = std::mem::take(&mut self.bytes);
        self.out.write_all(&bytes)?;
        self.out.flush()?;
        self.bytes = bytes;
        self.bytes.clear();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::canvas::{Canvas, Frame};
    use proptest::prelude::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Modifier, Style};
    use std::cell::RefCell;
    use std::rc::Rc;

    const SIZE: (u16, u16) = (24, 6);

    /// What was written, for two to look at.
    #[derive(Clone, Default)]
    struct Paper(Rc<RefCell<Vec<u8>>>);

    impl Write for Paper {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.borrow_mut().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn terminal() -> (Canvas<Screen<Paper>>, Paper) {
        let paper = Paper::default();
        let screen = Screen::new(paper.clone(), SIZE.into());
        (Canvas::new(screen, SIZE), paper)
    }

    fn color(color: vt100::Color) -> Color {
        match color {
            vt100::Color::Default => Color::Reset,
            vt100::Color::Idx(1) => Color::Red,
            vt100::Color::Idx(12) => Color::LightBlue,
            vt100::Color::Idx(index) => Color::Indexed(index),
            vt100::Color::Rgb(r, g, b) => Color::Rgb(r, g, b),
        }
    }

    fn assert_shows(parser: &vt100::Parser, buffer: &Buffer) {
        for y in 0..SIZE.1 {
            let mut x = 0;
            while x < SIZE.0 {
                let shown = parser.screen().cell(y, x).unwrap();
                let cell = &buffer[(x, y)];
                let text = if shown.has_contents() { shown.contents() } else { " " };
                assert_eq!(text, cell.symbol(), "at {x},{y}");
                assert_eq!(
                    (color(shown.fgcolor()), color(shown.bgcolor())),
                    (cell.fg, cell.bg),
                    "at {x},{y}"
                );
                let modifiers = [
                    (shown.bold(), Modifier::BOLD),
                    (shown.dim(), Modifier::DIM),
                    (shown.underline(), Modifier::UNDERLINED),
                    (shown.inverse(), Modifier::REVERSED),
                ];
                for (is_on, modifier) in modifiers {
                    assert_eq!(is_on, cell.modifier.contains(modifier), "{modifier:?} at {x},{y}");
                }
                x += width::columns(cell.symbol()).max(1) as u16;
            }
        }
    }

    fn style() -> impl Strategy<Value = Style> {
        let colors = || {
            prop::sample::select(vec![
                Color::Reset,
                Color::Red,
                Color::LightBlue,
                Color::Indexed(123),
                Color::Rgb(1, 20, 255),
            ])
        };
        // A terminal has either bold or dim in vt100's model.
        let modifiers = prop::sample::select(vec![
            Modifier::empty(),
            Modifier::BOLD,
            Modifier::DIM,
            Modifier::REVERSED.union(Modifier::DIM),
            Modifier::UNDERLINED.union(Modifier::BOLD),
        ]);
        (colors(), colors(), modifiers).prop_map(|(fg, bg, on)| Style::reset().fg(fg).bg(bg).add_modifier(on))
    }

    proptest! {
        #[test]
        fn a_terminal_shows_what_was_drawn(
            // Wide characters in a row of their own: nothing overwrites a half of one.
            frames in prop::collection::vec(
                (
                    prop::collection::vec((0..SIZE.0, 0..SIZE.1 - 1, "[a-c ]{1,6}|é|e\u{301}|─│", style()), 0..12),
                    prop::option::of((0..5u16, Just(SIZE.1 - 1), Just("a東京b".to_owned()), style())),
                    0..SIZE.1,
                ), 1..6),
        ) {
            let (mut terminal, paper) = terminal();
            let mut parser = vt100::Parser::new(SIZE.1.try_into().unwrap(), SIZE.0.try_into().unwrap(), 0);
            for (nth, (texts, wide, upper)) in frames.into_iter().enumerate() {
                let draw = |buffer: &mut Buffer| {
                    let rows = buffer.area.top()..buffer.area.bottom();
                    for (x, y, text, style) in texts.iter().chain(&wide).filter(|(_, y, ..)| rows.contains(y)) {
                        buffer.set_string(*x, *y, text, *style);
                    }
                };
                // Whole, as the first always is, or by rows.
                if upper == 0 || nth == 0 {
                    terminal.draw(|frame| draw(frame.buffer_mut())).unwrap();
                } else {
                    let all = terminal.area();
                    let parts: Vec<_> = (0..all.height).map(|y| Rect { y, height: 1, ..all }).collect();
                    terminal.redraw(&parts, draw).unwrap();
                }
                let drawn = terminal.shown();
                parser.process(&paper.0.take());
                assert_shows(&parser, &drawn);
            }
        }
    }

    #[test]
    fn nothing_is_said_twice() {
        let (mut terminal, paper) = terminal();
        let mut draw = |text: &str, cursor: bool| {
            let draw = |frame: &mut Frame| {
                frame.buffer_mut().set_string(0, 1, text, Style::new().fg(Color::Red));
                if cursor {
                    frame.set_cursor_position((1, 2));
                }
            };
            terminal.draw(draw).unwrap();
            String::from_utf8(paper.0.take()).unwrap()
        };
        assert_eq!(draw("one two", false), "\x1b[2J\x1b[2;1H\x1b[31mone two\x1b[?25l\x1b[m");
        assert_eq!(draw("one two", false), "");
        assert_eq!(draw("ona twa", false), "\x1b[2;3H\x1b[31ma\x1b[3Ca\x1b[m");
        assert_eq!(draw("ona twa", true), "\x1b[?25h\x1b[3;2H");
        assert_eq!(draw("ona twa", true), "\x1b[3;2H");
        assert_eq!(draw("one twa", false), "\x1b[2;3H\x1b[31me\x1b[?25l\x1b[m");
    }
}
