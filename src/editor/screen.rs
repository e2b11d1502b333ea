//! Where frames are written to: few bytes a frame, all in one write, and no question to the system.
//!
//! ratatui says which cells are others than on the frame before. Here they become control sequences
//! (ECMA-48): the cursor is moved the shortest way, a style says only what changes, and what the terminal
//! knows already is not said again.

use super::width;
use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};
use std::io::{self, Write};

/// A terminal's screen.
pub struct Screen<W> {
    out: W,
    /// What is to be written with the frame.
    bytes: Vec<u8>,
    size: Size,
    /// Whether the cursor is shown; `None`: not known.
    cursor: Option<bool>,
}

/// How the next character is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
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
        Self { out, bytes: Vec::new(), size, cursor: None }
    }

    /// The screen is another, or has been in other hands.
    pub fn renew(&mut self, size: Size) {
        self.size = size;
        self.cursor = None;
    }

    fn go_to(&mut self, at: Option<At>, x: u16, y: u16) -> io::Result<()> {
        match at {
            Some(at) if (at.x, at.y) == (x, y) => Ok(()),
            Some(at) if at.sure && at.y == y && at.x < x => match x - at.x {
                1 => self.bytes.write_all(b"\x1b[C"),
                by => write!(self.bytes, "\x1b[{by}C"),
            },
            _ => write!(self.bytes, "\x1b[{};{}H", y + 1, x + 1),
        }
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
        let mut pen = Pen::default();
        let mut at = None;
        for (x, y, cell) in cells {
            self.go_to(at, x, y)?;
            let wanted = Pen { fg: cell.fg, bg: cell.bg, modifier: cell.modifier };
            if wanted != pen {
                change(&mut self.bytes, pen, wanted);
                pen = wanted;
            }
            let symbol = cell.symbol();
            self.bytes.extend_from_slice(symbol.as_bytes());
            at = match (symbol.is_ascii(), width::columns(symbol)) {
                (true, _) => Some(At { x: x + 1, y, sure: true }),
                (false, 1) => Some(At { x: x + 1, y, sure: false }),
                (false, _) => None,
            };
        }
        if pen != Pen::default() {
            self.bytes.extend_from_slice(b"\x1b[m");
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
        self.go_to(None, x, y)
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
        // What cannot be written now is not to be written later, behind something else.
        let bytes = std::mem::take(&mut self.bytes);
        self.out.write_all(&bytes)?;
        self.out.flush()?;
        self.bytes = bytes;
        self.bytes.clear();
        Ok(())
    }
}

/// Goes from one style to another the shorter way: what differs, or all anew.
fn change(bytes: &mut Vec<u8>, from: Pen, to: Pen) {
    let mut anew = Sgr::of(&[0]);
    anew.colors(Pen::default(), to);
    anew.modifiers(to.modifier);
    let mut step = Sgr::default();
    let mut missing = to.modifier - from.modifier;
    for (modifiers, code) in OFF {
        let gone = (from.modifier - to.modifier).intersects(modifiers);
        if gone {
            step.push(code);
            missing |= to.modifier & modifiers;
        }
    }
    step.colors(from, to);
    step.modifiers(missing);
    let shorter = if step.text().len() <= anew.text().len() { step } else { anew };
    bytes.extend_from_slice(b"\x1b[");
    bytes.extend_from_slice(shorter.text());
    bytes.push(b'm');
}

/// What turns modifiers on.
const ON: [(Modifier, u8); 9] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

/// What turns modifiers off; some go together.
const OFF: [(Modifier, u8); 7] = [
    (Modifier::BOLD.union(Modifier::DIM), 22),
    (Modifier::ITALIC, 23),
    (Modifier::UNDERLINED, 24),
    (Modifier::SLOW_BLINK.union(Modifier::RAPID_BLINK), 25),
    (Modifier::REVERSED, 27),
    (Modifier::HIDDEN, 28),
    (Modifier::CROSSED_OUT, 29),
];

/// The parameters of one change of the style.
#[derive(Default)]
struct Sgr {
    text: Vec<u8>,
}

impl Sgr {
    fn of(codes: &[u8]) -> Self {
        let mut sgr = Self::default();
        codes.iter().for_each(|code| sgr.push(*code));
        sgr
    }

    /// The parameters; a lone 0 may be left out.
    fn text(&self) -> &[u8] {
        if self.text == b"0" { b"" } else { &self.text }
    }

    fn push(&mut self, code: u8) {
        if !self.text.is_empty() {
            self.text.push(b';');
        }
        for (least, unit) in [(100, 100), (10, 10), (0, 1)] {
            if code >= least {
                self.text.push(b'0' + code / unit % 10);
            }
        }
    }

    fn modifiers(&mut self, modifier: Modifier) {
        ON.iter().filter(|(one, _)| modifier.contains(*one)).for_each(|(_, code)| self.push(*code));
    }

    fn colors(&mut self, from: Pen, to: Pen) {
        if from.fg != to.fg {
            self.color(to.fg, 30);
        }
        if from.bg != to.bg {
            self.color(to.bg, 40);
        }
    }

    /// A colour; `base` is 30 for the character's, 40 for the ground's. The 16 colours have codes that every
    /// terminal knows.
    fn color(&mut self, color: Color, base: u8) {
        let (bright, extended) = (base + 60, base + 8);
        match color {
            Color::Reset => self.push(base + 9),
            Color::Black => self.push(base),
            Color::Red => self.push(base + 1),
            Color::Green => self.push(base + 2),
            Color::Yellow => self.push(base + 3),
            Color::Blue => self.push(base + 4),
            Color::Magenta => self.push(base + 5),
            Color::Cyan => self.push(base + 6),
            Color::Gray => self.push(base + 7),
            Color::DarkGray => self.push(bright),
            Color::LightRed => self.push(bright + 1),
            Color::LightGreen => self.push(bright + 2),
            Color::LightYellow => self.push(bright + 3),
            Color::LightBlue => self.push(bright + 4),
            Color::LightMagenta => self.push(bright + 5),
            Color::LightCyan => self.push(bright + 6),
            Color::White => self.push(bright + 7),
            Color::Indexed(index) => [extended, 5, index].into_iter().for_each(|code| self.push(code)),
            Color::Rgb(r, g, b) => [extended, 2, r, g, b].into_iter().for_each(|code| self.push(code)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::Terminal;
    use ratatui::buffer::Buffer;
    use ratatui::style::Style;
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

    fn terminal() -> (Terminal<Screen<Paper>>, Paper) {
        let paper = Paper::default();
        let screen = Screen::new(paper.clone(), SIZE.into());
        (Terminal::new(screen).unwrap(), paper)
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
                    prop::collection::vec((0..SIZE.0, 0..SIZE.1 - 1, "[a-c ]{1,6}|é|─│", style()), 0..12),
                    prop::option::of((Just(3), Just(SIZE.1 - 1), Just("a東京b".to_owned()), style())),
                ), 1..6),
        ) {
            let (mut terminal, paper) = terminal();
            let mut parser = vt100::Parser::new(SIZE.1.try_into().unwrap(), SIZE.0.try_into().unwrap(), 0);
            for (texts, wide) in frames {
                let mut drawn = Buffer::default();
                terminal
                    .draw(|frame| {
                        for (x, y, text, style) in texts.iter().chain(&wide) {
                            frame.buffer_mut().set_string(*x, *y, text, *style);
                        }
                        drawn = frame.buffer_mut().clone();
                    })
                    .unwrap();
                parser.process(&paper.0.take());
                assert_shows(&parser, &drawn);
            }
        }
    }

    #[test]
    fn nothing_is_said_twice() {
        let (mut terminal, paper) = terminal();
        let mut draw = |text: &str, cursor: bool| {
            let draw = |frame: &mut ratatui::Frame| {
                frame.buffer_mut().set_string(0, 1, text, Style::new().fg(Color::Red));
                if cursor {
                    frame.set_cursor_position((1, 2));
                }
            };
            terminal.draw(draw).unwrap();
            String::from_utf8(paper.0.take()).unwrap()
        };
        assert_eq!(draw("one two", false), "\x1b[2;1H\x1b[31mone two\x1b[m\x1b[?25l");
        assert_eq!(draw("one two", false), "");
        assert_eq!(draw("ona twa", false), "\x1b[2;3H\x1b[31ma\x1b[3Ca\x1b[m");
        assert_eq!(draw("ona twa", true), "\x1b[?25h\x1b[3;2H");
        assert_eq!(draw("ona twa", true), "\x1b[3;2H");
        assert_eq!(draw("one twa", false), "\x1b[2;3H\x1b[31me\x1b[m\x1b[?25l");
    }
}
