//! The editor as SVG pictures, and as a short film, from frames that it has really drawn: for the README and
//! the documentation. The same program gives the same bytes.

mod film;
mod paint;

pub use film::film;

use super::canvas::Frame;
use super::document::Document;
use super::keymap::Key;
use super::state::{Editor, Input};
use super::theme::Theme;
use super::view;
use crate::allowlist::{Date, Starter};
use crate::review::due::{MONTHS, after};
use paint::Palette;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Columns and rows of the pictures.
const SIZE: (u16, u16) = (120, 34);

/// What the picture stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Ground {
    /// The theme that is made for it.
    fn theme(self) -> Theme {
        let name = match self {
            Self::Light => "paper",
            Self::Dark => "dusk",
        };
        // A test reads all themes.
        Theme::shipped(name).unwrap_or_else(|| Theme::new(true))
    }
}

/// What the picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scene {
    /// The main view.
    Main,
    /// The add dialog over it.
    Add,
    /// The review mode, half a year later.
    Review,
}

impl Scene {
    /// Every scene with the name of its pictures.
    pub const ALL: [(Self, &str); 3] = [(Self::Main, "editor"), (Self::Add, "add"), (Self::Review, "review")];

    /// The keys that lead there from the start, as the key table spells them, and what is pasted then.
    fn script(self) -> (&'static [&'static str], &'static str) {
        match self {
            Self::Main => (&["tab", "down", "down", "down", "down", "space"], ""),
            Self::Review => (&["R", "c", "c", "c", "s", "c", "space", "c", "d"], ""),
            Self::Add => (
                &["down"],
                "198.51.110.0/26 # new uplink\n198.51.110.77/26\n10.20.0.0/16\n198.51.112.1-198.51.112.6",
            ),
        }
    }
}

/// A picture of the editor with the example in it.
pub fn svg(scene: Scene, ground: Ground) -> String {
    let now = if scene == Scene::Review { after(today(), MONTHS) } else { today() };
    let document = Document::unread("allowlist.json", Starter::Example.allowlist(today()), now);
    let mut editor = Editor::new(document, ground.theme());
    let (keys, pasted) = scene.script();
    press(&mut editor, keys, SIZE);
    paste(&mut editor, pasted);
    let palette = Palette::of(ground.theme());
    let buffer = draw(&mut editor, SIZE);
    let mut out = paint::head(SIZE, 0.0, &palette);
    for y in 0..SIZE.1 {
        out.push_str(&paint::row(&buffer, y, &palette));
    }
    out.push_str("</svg>\n");
    out
}

/// The day on which all pictures are made.
fn today() -> Date {
    // A constant day that is one.
    "2026-11-22".parse().unwrap_or_else(|_| unreachable!("a day"))
}

/// Presses keys, each behind a frame, as they are pressed by somebody who looks.
fn press(editor: &mut Editor, keys: &[&str], size: (u16, u16)) {
    for key in keys.iter().filter_map(|key| key.parse::<Key>().ok()) {
        draw(editor, size);
        editor.handle(Input::Key(key.event()), None);
    }
}

fn paste(editor: &mut Editor, text: &str) {
    if !text.is_empty() {
        editor.handle(Input::Paste(text.to_owned()), None);
    }
}

fn draw(editor: &mut Editor, (columns, rows): (u16, u16)) -> Buffer {
    let area = Rect::new(0, 0, columns, rows);
    let mut buffer = Buffer::empty(area);
    editor.refresh(area);
    view::draw(&mut Frame::new(&mut buffer), editor);
    buffer
}
