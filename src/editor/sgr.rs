//! Styles as control sequences (ECMA-48, SGR), as short as can be.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// How the next character is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pen {
    /// The colour of the character.
    pub fg: Color,
    /// The colour of the ground.
    pub bg: Color,
    /// Bold and the like.
    pub modifier: Modifier,
}

impl Pen {
    /// As a terminal writes where nothing else was said.
    pub const BLANK: Self = Self { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

    /// How a cell is written.
    pub fn of(cell: &Cell) -> Self {
        Self { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }
}

/// Goes from one style to another the shorter way: what differs, or all anew.
pub fn change(bytes: &mut Vec<u8>, from: Pen, to: Pen) {
    let start = bytes.len();
    let mut step = Sgr::begin(bytes);
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
    let middle = step.end();
    let mut anew = Sgr::begin(bytes);
    anew.push(0);
    anew.colors(Pen::BLANK, to);
    anew.modifiers(to.modifier);
    if anew.end() - middle < middle - start {
        bytes.drain(start..middle);
    } else {
        bytes.truncate(middle);
    }
}

/// A number in decimal digits.
pub fn number(bytes: &mut Vec<u8>, number: u16) {
    for (least, unit) in [(10_000, 10_000), (1000, 1000), (100, 100), (10, 10), (0, 1)] {
        if number >= least {
            // A digit.
            bytes.push(b'0' + (number / unit % 10) as u8);
        }
    }
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

/// One change of the style while it is written.
struct Sgr<'a> {
    bytes: &'a mut Vec<u8>,
    /// Where its parameters begin.
    start: usize,
}

impl<'a> Sgr<'a> {
    fn begin(bytes: &'a mut Vec<u8>) -> Self {
        bytes.extend_from_slice(b"\x1b[");
        Self { start: bytes.len(), bytes }
    }

    /// Where it ends. A lone 0 may be left out.
    fn end(self) -> usize {
        if self.bytes[self.start..] == *b"0" {
            self.bytes.truncate(self.start);
        }
        self.bytes.push(b'm');
        self.bytes.len()
    }

    fn push(&mut self, code: u8) {
        if self.bytes.len() > self.start {
            self.bytes.push(b';');
        }
        number(self.bytes, code.into());
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
