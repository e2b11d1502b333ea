//! Rows of a frame as SVG.

use crate::editor::theme::{Theme, rgb_of};
use crate::editor::width;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier, Style};
use std::fmt::Write as _;

/// A cell, in pixels.
pub const CELL: (f32, f32) = (8.4, 18.0);
/// Around the screen, in pixels.
pub const MARGIN: f32 = 12.0;

/// The colours of what has none of its own.
pub struct Palette {
    /// Of text.
    pub front: String,
    /// Of what it stands on.
    pub back: String,
    /// Of the line around the picture.
    pub edge: String,
}

impl Palette {
    /// Those of a theme with a ground of its own.
    pub fn of(theme: Theme) -> Self {
        let text = theme.text();
        let back = hex_of(Style { fg: text.bg, ..text });
        Self { front: hex_of(text), back, edge: hex_of(theme.border(false)) }
    }
}

fn hex(color: Color) -> Option<String> {
    rgb_of(color).map(|[r, g, b]| format!("#{r:02x}{g:02x}{b:02x}"))
}

/// The colour that a style writes with, for SVG.
pub fn hex_of(style: Style) -> String {
    style.fg.and_then(hex).unwrap_or_else(|| "gray".to_owned())
}

/// The start of a picture of a screen with `below` pixels of room below it.
pub fn head((columns, rows): (u16, u16), below: f32, palette: &Palette) -> String {
    let width = f32::from(columns) * CELL.0 + 2.0 * MARGIN;
    let height = f32::from(rows) * CELL.1 + 2.0 * MARGIN + below;
    let Palette { front, back, edge } = palette;
    let mut out = String::new();
    // Writing to a String cannot fail, here and below.
    let _ = writeln!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.1} {height:.1}" width="{width:.1}" height="{height:.1}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="{front}" xml:space="preserve">"#
    );
    let _ = writeln!(
        out,
        r#"<rect x="0.5" y="0.5" width="{:.1}" height="{:.1}" rx="8" fill="{back}" stroke="{edge}"/>"#,
        width - 1.0,
        height - 1.0
    );
    out
}

/// A row: runs of one style; frames as lines, because fonts leave gaps between them.
pub fn row(buffer: &Buffer, y: u16, palette: &Palette) -> String {
    let mut out = String::new();
    let columns = buffer.area.width;
    grounds(&mut out, buffer, y, palette);
    let mut x = 0;
    while x < columns {
        let cell = &buffer[(x, y)];
        let start = x;
        if let Some(first) = arms(cell.symbol()) {
            x += 1;
            while cell.symbol() == "─" && x < columns && buffer[(x, y)] == *cell {
                x += 1;
            }
            border(&mut out, (start, y), x - start, first, cell, palette);
            continue;
        }
        let mut text = String::new();
        while x < columns && same_ink(&buffer[(x, y)], cell) && arms(buffer[(x, y)].symbol()).is_none() {
            text.push_str(buffer[(x, y)].symbol());
            // A wide character has the cell behind it too.
            x += u16::try_from(width::columns(buffer[(x, y)].symbol())).unwrap_or(1).max(1);
        }
        run(&mut out, (start, y), &text, cell, palette);
    }
    out
}

fn same_ink(a: &Cell, b: &Cell) -> bool {
    a.symbol() == " " && !b.modifier.contains(Modifier::UNDERLINED) && a.modifier == b.modifier
        || ink(a) == ink(b) && a.modifier == b.modifier
}

/// The colour that a cell is written with, and the one that it stands on.
fn ink(cell: &Cell) -> (Color, Color) {
    if cell.modifier.contains(Modifier::REVERSED) { (cell.bg, cell.fg) } else { (cell.fg, cell.bg) }
}

/// Bars below what does not stand on the picture's own ground.
fn grounds(out: &mut String, buffer: &Buffer, y: u16, palette: &Palette) {
    let ground = |x: u16| hex(ink(&buffer[(x, y)]).1).filter(|color| *color != palette.back);
    let mut x = 0;
    while x < buffer.area.width {
        let (start, color) = (x, ground(x));
        while x < buffer.area.width && ground(x) == color {
            x += 1;
        }
        if let Some(color) = color {
            let (left, top) = place(start, y);
            let (width, height) = (f32::from(x - start) * CELL.0, CELL.1);
            let _ = writeln!(
                out,
                r#"<rect x="{left:.1}" y="{top:.1}" width="{width:.1}" height="{height:.1}" fill="{color}" shape-rendering="crispEdges"/>"#
            );
        }
    }
}

fn run(out: &mut String, (x, y): (u16, u16), text: &str, cell: &Cell, palette: &Palette) {
    let shown = text.trim();
    if shown.is_empty() {
        return;
    }
    let (left, top) = place(x, y);
    let lead = text.len() - text.trim_start().len();
    let length = width::columns(shown) as f32 * CELL.0;
    let mut style = String::new();
    if let Some(color) = hex(ink(cell).0).filter(|color| *color != palette.front) {
        let _ = write!(style, r#" fill="{color}""#);
    }
    for (modifier, words) in [
        (Modifier::BOLD, r#" font-weight="bold""#),
        (Modifier::DIM, r#" opacity="0.65""#),
        (Modifier::UNDERLINED, r#" text-decoration="underline""#),
    ] {
        if cell.modifier.contains(modifier) {
            style.push_str(words);
        }
    }
    let (left, base) = (left + lead as f32 * CELL.0, top + 13.5);
    let shown = escaped(shown);
    let _ =
        writeln!(out, r#"<text x="{left:.1}" y="{base:.1}" textLength="{length:.1}"{style}>{shown}</text>"#);
}

fn place(x: u16, y: u16) -> (f32, f32) {
    (MARGIN + f32::from(x) * CELL.0, MARGIN + f32::from(y) * CELL.1)
}

/// Which arms a character of a frame has: left, right, up, down.
fn arms(symbol: &str) -> Option<[bool; 4]> {
    let arms = match symbol {
        "─" => [true, true, false, false],
        "│" => [false, false, true, true],
        "┌" => [false, true, false, true],
        "┐" => [true, false, false, true],
        "└" => [false, true, true, false],
        "┘" => [true, false, true, false],
        "├" => [false, true, true, true],
        "┤" => [true, false, true, true],
        "┬" => [true, true, false, true],
        "┴" => [true, true, true, false],
        "┼" => [true; 4],
        _ => return None,
    };
    Some(arms)
}

fn border(
    out: &mut String,
    (x, y): (u16, u16),
    columns: u16,
    arms: [bool; 4],
    cell: &Cell,
    palette: &Palette,
) {
    let (left, top) = place(x, y);
    let (middle, centre) = (left + CELL.0 / 2.0, top + CELL.1 / 2.0);
    let right = left + CELL.0 * f32::from(columns);
    let ends = [(left, centre), (right, centre), (middle, top), (middle, top + CELL.1)];
    let mut path = String::new();
    for (_, (x, y)) in arms.into_iter().zip(ends).filter(|(there, _)| *there) {
        let _ = write!(path, "M{middle:.1} {centre:.1}L{x:.1} {y:.1}");
    }
    let color = hex(ink(cell).0).unwrap_or_else(|| palette.front.clone());
    let _ = writeln!(out, r#"<path d="{path}" stroke="{color}"/>"#);
}

/// Text as it stands in XML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
