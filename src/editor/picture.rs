//! The editor as an SVG picture, from a frame that it has really drawn: for the README and the
//! documentation. The same program gives the same bytes.

use super::document::Document;
use super::keymap::Key;
use super::state::{Editor, Input};
use super::theme::Theme;
use super::view;
use crate::allowlist::{Date, Starter};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use std::fmt::Write as _;

/// Columns and rows of the pictures.
const SIZE: (u16, u16) = (120, 34);
/// A cell, in pixels.
const CELL: (f32, f32) = (8.4, 18.0);
/// Around the screen, in pixels.
const MARGIN: f32 = 10.0;

/// What the picture stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// What the picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scene {
    /// The main view.
    Main,
    /// The add dialog over it.
    Add,
}

impl Scene {
    /// The keys that lead there from the start, as the key table spells them, and what is pasted then.
    fn script(self) -> (&'static [&'static str], &'static str) {
        match self {
            Self::Main => (&["tab", "down", "down", "down", "down", "space"], ""),
            Self::Add => (
                &["down"],
                "198.51.110.0/26 # new uplink\n198.51.110.77/26\n10.20.0.0/16\n198.51.112.1-198.51.112.6",
            ),
        }
    }
}

/// A picture of the editor with the example in it.
pub fn svg(scene: Scene, ground: Ground) -> String {
    let buffer = frame(scene);
    let palette = Palette::of(ground);
    let (columns, rows) = SIZE;
    let (width, height) =
        (f32::from(columns) * CELL.0 + 2.0 * MARGIN, f32::from(rows) * CELL.1 + 2.0 * MARGIN);
    let mut out = String::new();
    // Writing to a String cannot fail, here and below.
    let _ = writeln!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">"#
    );
    let _ = writeln!(out, r#"<rect width="{width}" height="{height}" rx="8" fill="{}"/>"#, palette.back);
    for y in 0..rows {
        row(&mut out, &buffer, y, &palette);
    }
    out.push_str("</svg>\n");
    out
}

fn frame(scene: Scene) -> Buffer {
    // A constant day that is one.
    let today: Date = "2026-11-22".parse().unwrap_or_else(|_| unreachable!("a day"));
    let document = Document::unread("allowlist.json", Starter::Example.allowlist(today), today);
    let mut editor = Editor::new(document, Theme::new(true));
    let Ok(mut terminal) = Terminal::new(TestBackend::new(SIZE.0, SIZE.1));
    let (keys, pasted) = scene.script();
    let typed = keys.iter().filter_map(|key| key.parse::<Key>().ok()).map(|key| Input::Key(key.event()));
    let pasted = (!pasted.is_empty()).then(|| Input::Paste(pasted.to_owned()));
    for input in typed.chain(pasted) {
        editor.handle(input, None);
    }
    let Ok(_) = terminal.draw(|frame| {
        editor.refresh(frame.area());
        view::draw(frame, &editor);
    });
    terminal.backend().buffer().clone()
}

/// The colours of a terminal.
struct Palette {
    front: &'static str,
    back: &'static str,
    red: &'static str,
    green: &'static str,
    yellow: &'static str,
    blue: &'static str,
    cyan: &'static str,
}

impl Palette {
    fn of(ground: Ground) -> Self {
        match ground {
            Ground::Dark => Self {
                front: "#d4d8de",
                back: "#171b21",
                red: "#ff7b72",
                green: "#7ec699",
                yellow: "#e3b341",
                blue: "#79b8ff",
                cyan: "#56d4dd",
            },
            Ground::Light => Self {
                front: "#24292f",
                back: "#ffffff",
                red: "#cf222e",
                green: "#116329",
                yellow: "#7d4e00",
                blue: "#0550ae",
                cyan: "#1b7c83",
            },
        }
    }

    fn color(&self, color: Color) -> &'static str {
        match color {
            Color::Red => self.red,
            Color::Green => self.green,
            Color::Yellow => self.yellow,
            Color::Blue => self.blue,
            Color::Cyan => self.cyan,
            _ => self.front,
        }
    }
}

/// A row: runs of one style; frames as lines, because fonts leave gaps between them.
fn row(out: &mut String, buffer: &Buffer, y: u16, palette: &Palette) {
    let mut x = 0;
    while x < SIZE.0 {
        let cell = &buffer[(x, y)];
        if let Some(first) = arms(cell.symbol()) {
            let start = x;
            let straight = |cell: &Cell| cell.symbol() == "─";
            x += 1;
            while x < SIZE.0
                && straight(cell)
                && straight(&buffer[(x, y)])
                && same_style(&buffer[(x, y)], cell)
            {
                x += 1;
            }
            border(out, (start, y), x - start, first, cell, palette);
            continue;
        }
        let mut text = String::new();
        let start = x;
        while x < SIZE.0 && same_style(&buffer[(x, y)], cell) && arms(buffer[(x, y)].symbol()).is_none() {
            text.push_str(buffer[(x, y)].symbol());
            x += 1;
        }
        run(out, (start, y), &text, x - start, cell, palette);
    }
}

fn same_style(a: &Cell, b: &Cell) -> bool {
    a.fg == b.fg && a.modifier == b.modifier
}

fn run(out: &mut String, (x, y): (u16, u16), text: &str, columns: u16, cell: &Cell, palette: &Palette) {
    let (left, top) = place(x, y);
    let width = f32::from(columns) * CELL.0;
    let mut color = palette.color(cell.fg);
    if cell.modifier.contains(Modifier::REVERSED) {
        let _ = writeln!(
            out,
            r#"<rect x="{left:.1}" y="{top:.1}" width="{width:.1}" height="{}" fill="{color}"/>"#,
            CELL.1
        );
        color = palette.back;
    }
    let trimmed = text.trim_end();
    if trimmed.trim_start().is_empty() {
        return;
    }
    let lead = text.len() - text.trim_start().len();
    let shown = trimmed.trim_start();
    let length = shown.chars().count() as f32 * CELL.0;
    let mut style = String::new();
    if cell.modifier.contains(Modifier::BOLD) {
        style.push_str(r#" font-weight="bold""#);
    }
    if cell.modifier.contains(Modifier::DIM) {
        style.push_str(r#" opacity="0.65""#);
    }
    if cell.modifier.contains(Modifier::UNDERLINED) {
        style.push_str(r#" text-decoration="underline""#);
    }
    let _ = writeln!(
        out,
        r#"<text x="{:.1}" y="{:.1}" fill="{color}" textLength="{length:.1}" xml:space="preserve"{style}>{}</text>"#,
        left + lead as f32 * CELL.0,
        top + 13.5,
        escaped(shown)
    );
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
    let opacity = if cell.modifier.contains(Modifier::DIM) { "0.45" } else { "1" };
    let _ = writeln!(out, r#"<path d="{path}" stroke="{}" opacity="{opacity}"/>"#, palette.color(cell.fg));
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
