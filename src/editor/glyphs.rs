//! What a terminal shows, a few bytes a cell: a third of what ratatui's cells take. A key looks at some hundred
//! cells that no cache has any more, and waits for each piece of memory.

use super::sgr::Pen;
use super::width::is_simple;
use ratatui::buffer::{Cell, CellWidth};
use ratatui::layout::Rect;
use std::collections::HashMap;

/// What a cell shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Glyph {
    symbol: Symbol,
    pen: Pen,
}

/// A character, or from [`CLUSTERS`] on the number of a grapheme of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Symbol(u32);

/// Behind the last character of Unicode.
const CLUSTERS: u32 = char::MAX as u32 + 1;

const BLANK: Glyph = Glyph { symbol: Symbol(b' ' as u32), pen: Pen::BLANK };

/// Every grapheme of several characters that was ever shown.
#[derive(Debug, Default)]
struct Clusters {
    all: Vec<Box<str>>,
    numbers: HashMap<Box<str>, u32>,
}

/// The cells of a terminal.
#[derive(Debug)]
pub struct Glyphs {
    area: Rect,
    cells: Vec<Glyph>,
    clusters: Clusters,
}

impl Glyphs {
    /// Blank cells.
    pub fn blank(area: Rect) -> Self {
        let count = usize::from(area.width) * usize::from(area.height);
        Self { area, cells: vec![BLANK; count], clusters: Clusters::default() }
    }

    /// All of the screen.
    pub fn area(&self) -> Rect {
        self.area
    }

    /// Shows these from a place in a row on, as far as there is room, and makes `changed` the positions of those
    /// that have to be written. Not ratatui's own comparison: where wide characters move, it leaves the style of
    /// what they hid (ratatui-core 0.1.2, `BufferDiff`).
    pub fn show(&mut self, (x, y): (u16, u16), cells: &[Cell], changed: &mut Vec<u16>) {
        changed.clear();
        let from = usize::from(y - self.area.y) * usize::from(self.area.width) + usize::from(x - self.area.x);
        let mut wide = false;
        for ((at, shown), cell) in (0..).zip(&mut self.cells[from..]).zip(cells) {
            let symbol = self.clusters.symbol(cell.symbol());
            wide |= self.clusters.is_wide(shown.symbol) || self.clusters.is_wide(symbol);
            let glyph = Glyph { symbol, pen: Pen::of(cell) };
            if *shown != glyph {
                *shown = glyph;
                changed.push(at);
            }
        }
        // Where a wide character came or went, the cells beside it are others too.
        if wide && !changed.is_empty() {
            changed.clear();
            let mut hidden = 0;
            for (at, cell) in (0..).zip(cells) {
                if hidden == 0 {
                    changed.push(at);
                }
                hidden = if hidden > 0 { hidden - 1 } else { cell.cell_width().saturating_sub(1) };
            }
        }
    }

    /// The cells as ratatui has them.
    #[cfg(test)]
    pub fn to_buffer(&self) -> ratatui::buffer::Buffer {
        let mut buffer = ratatui::buffer::Buffer::empty(self.area);
        for (cell, glyph) in buffer.content.iter_mut().zip(&self.cells) {
            cell.set_symbol(&self.clusters.text(glyph.symbol));
            (cell.fg, cell.bg, cell.modifier) = (glyph.pen.fg, glyph.pen.bg, glyph.pen.modifier);
        }
        buffer
    }
}

impl Clusters {
    fn symbol(&mut self, text: &str) -> Symbol {
        if let [byte] = text.as_bytes() {
            return Symbol(u32::from(*byte));
        }
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(one), None) => Symbol(u32::from(one)),
            _ => Symbol(CLUSTERS + self.number(text)),
        }
    }

    fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        // There is no room in memory for so many that this would be cut.
        let number = self.all.len() as u32;
        self.all.push(text.into());
        self.numbers.insert(text.into(), number);
        number
    }

    fn text(&self, symbol: Symbol) -> std::borrow::Cow<'_, str> {
        match char::from_u32(symbol.0) {
            Some(c) => c.to_string().into(),
            None => (&*self.all[(symbol.0 - CLUSTERS) as usize]).into(),
        }
    }

    #[inline]
    fn is_wide(&self, symbol: Symbol) -> bool {
        // Nearly all are ASCII.
        symbol.0 >= 0x7f && self.is_another_width(symbol)
    }

    fn is_another_width(&self, symbol: Symbol) -> bool {
        !char::from_u32(symbol.0).is_some_and(is_simple) && self.text(symbol).cell_width() != 1
    }
}
