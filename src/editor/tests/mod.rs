//! Sessions of a user: keys in, screen and files out.

mod adding;
mod adding_lists;
mod borders;
mod copy;
mod dialogs;
mod effects;
mod every_dialog;
mod follow;
mod forms;
mod frame;
mod guidance;
mod history;
mod importing;
mod keys;
mod log;
mod looks;
mod main_view;
mod memory;
mod mending;
mod messages;
mod mouse;
mod outside;
mod palette;
mod reorder;
mod review_file;
mod review_mode;
mod rows;
mod saved;
mod script;
mod sessions;
mod signs;
mod sizes;
mod starts;
mod test_address;
mod together;
mod unsaved;
mod unseen;
mod words;

use super::canvas::{Canvas, Frame};
use super::document::Document;
use super::look::{Look, show};
use super::reviewer::Request;
use super::state::{Editor, Input};
use super::theme::Theme;
use super::view;
use crate::allowlist::{Allowlist, Starter};
use crate::storage::Paths;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::backend::{Backend as _, TestBackend};
use ratatui::buffer::{Buffer, Cell, CellWidth as _};
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::mpsc::Sender;
use tempfile::TempDir;

/// An editor of a file in a folder of its own, on a screen that can be read.
pub struct Session {
    pub editor: Editor,
    pub folder: TempDir,
    terminal: Canvas<TestBackend>,
    look: Option<Look>,
    /// What was drawn last, with the cells that a wide character hides.
    drawn: Buffer,
}

impl Session {
    /// On a file that says this.
    pub fn of(allowlist: &Allowlist) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("allowlist.json"), allowlist.to_json()).unwrap();
        Self::open(folder, (120, 34))
    }

    /// On the example.
    pub fn example() -> Self {
        Self::of(&Starter::Example.allowlist("2026-11-22".parse().unwrap()))
    }

    /// On an empty allowlist.
    pub fn empty() -> Self {
        Self::of(&Allowlist::default())
    }

    /// In a folder without a file.
    pub fn first_start() -> Self {
        Self::open(tempfile::tempdir().unwrap(), (120, 34))
    }

    /// In a folder, on a screen of this size.
    pub fn open(folder: TempDir, size: (u16, u16)) -> Self {
        Self::opened(folder, size, None)
    }

    /// The same with somebody who is asked for the reviews of large lists.
    pub fn opened(folder: TempDir, (columns, rows): (u16, u16), reviewer: Option<Sender<Request>>) -> Self {
        let at = |name: &str| folder.path().join(name);
        let paths = Paths {
            allowlist: at("allowlist.json"),
            config: at("config"),
            state: at("state"),
            log: at("log"),
        };
        let mut document = Document::open(paths, "2026-11-22".parse().unwrap()).unwrap();
        if let Some(ask) = reviewer {
            document.review_aside(ask);
        }
        let mut editor = Editor::new(document, Theme::new(true));
        editor.recall();
        editor.shown_path = "~/keymoat/allowlist.json".to_owned();
        let terminal = Canvas::new(TestBackend::new(columns, rows), (columns, rows));
        let drawn = Buffer::default();
        let mut session = Self { editor, folder, terminal, look: None, drawn };
        session.draw();
        session
    }

    /// Draws a frame, as the event loop does, and once more whole: what is shown must be the same.
    #[track_caller]
    pub fn draw(&mut self) {
        let editor = &mut self.editor;
        show(&mut self.terminal, editor, &mut self.look).unwrap();
        super::trace::begin();
        self.drawn = Buffer::empty(self.terminal.area());
        view::draw(&mut Frame::new(&mut self.drawn), editor);
        assert_eq!(self.terminal.shown(), self.drawn, "what is drawn in parts is not the whole");
        self.hide_behind_wide_characters();
    }

    /// Clears the cells behind wide characters, as a terminal does where it writes one.
    fn hide_behind_wide_characters(&mut self) {
        let (area, blank) = (self.drawn.area, Cell::default());
        let wide = area.positions().filter(|at| {
            let symbol = self.drawn[*at].symbol();
            symbol.len() > 1 && symbol.cell_width() > 1 && at.x + 1 < area.width
        });
        let behind: Vec<_> = wide.map(|at| (at.x + 1, at.y, &blank)).collect();
        self.terminal.backend_mut().draw(behind.into_iter()).unwrap();
    }

    /// Another size of the screen.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.set_size(columns, rows);
        self.draw();
    }

    /// The same without a frame.
    pub fn set_size(&mut self, columns: u16, rows: u16) {
        self.terminal.backend_mut().resize(columns, rows);
        self.terminal.forget((columns, rows));
        self.look = None;
    }

    /// Types keys one after the other, each behind a frame: `a<Enter><C-s>`.
    pub fn typed(&mut self, keys: &str) -> &mut Self {
        for key in parse(keys) {
            self.editor.handle(Input::Key(key), None);
            self.draw();
            if self.editor.later.is_some() {
                self.editor.work_off();
                self.draw();
            }
        }
        self
    }

    /// Sends keys all at once, as a paste into a terminal that does not mark it.
    pub fn burst(&mut self, keys: &str) -> &mut Self {
        let mut queue: VecDeque<Input> = parse(keys).into_iter().map(Input::Key).collect();
        while let Some(input) = queue.pop_front() {
            self.editor.handle(input, queue.front());
            self.editor.work_off();
        }
        self.draw();
        self
    }

    /// Pastes.
    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.editor.handle(Input::Paste(text.to_owned()), None);
        self.draw();
        self
    }

    /// The screen as text.
    pub fn screen(&self) -> String {
        let buffer = self.terminal.backend().buffer();
        let mut screen = String::new();
        for y in 0..buffer.area.height {
            let mut row = String::new();
            let mut skip = 0;
            for x in 0..buffer.area.width {
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                let symbol = buffer[(x, y)].symbol();
                skip = super::width::columns(symbol).saturating_sub(1);
                row.push_str(symbol);
            }
            screen.push_str(row.trim_end());
            screen.push('\n');
        }
        screen
    }

    /// Asserts that the screen says something.
    #[track_caller]
    pub fn sees(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(screen.contains(text), "{text:?} is not on the screen:\n{screen}");
        self
    }

    /// Asserts that the screen does not say something.
    #[track_caller]
    pub fn sees_no(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(!screen.contains(text), "{text:?} is on the screen:\n{screen}");
        self
    }

    /// The allowlist as it is now.
    pub fn now(&self) -> &Allowlist {
        self.editor.document.allowlist()
    }

    /// `group: cidr cidr`, a group a line.
    pub fn groups(&self) -> Vec<String> {
        let categories = self.now().categories().iter();
        let groups = categories.flat_map(|category| &category.groups);
        let words = groups.map(|group| {
            let cidrs: Vec<_> = group.ranges.iter().map(|range| range.cidr.to_string()).collect();
            format!("{}: {}", group.name, cidrs.join(" ")).trim_end().to_owned()
        });
        words.collect()
    }

    /// A file of the folder.
    pub fn file(&self, name: &str) -> Option<String> {
        std::fs::read_to_string(self.path(name)).ok()
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Whether the editor wants to end.
    pub fn has_quit(&self) -> bool {
        self.editor.wish == Some(super::state::Wish::Quit)
    }
}

/// Keys as they are written here: characters, and names in angle brackets.
pub fn parse(text: &str) -> Vec<KeyEvent> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let name = rest.strip_prefix('<').and_then(|inside| inside.split_once('>')).filter(|_| c == '<');
        let (code, modifiers) = match name {
            Some((name, behind)) => {
                rest = behind;
                named(name)
            }
            None => {
                rest = &rest[c.len_utf8()..];
                (KeyCode::Char(c), KeyModifiers::NONE)
            }
        };
        keys.push(KeyEvent::new(code, modifiers));
    }
    keys
}

fn named(name: &str) -> (KeyCode, KeyModifiers) {
    if let Some(c) = name.strip_prefix("C-") {
        return (KeyCode::Char(c.chars().next().unwrap()), KeyModifiers::CONTROL);
    }
    let code = match name {
        "Enter" => KeyCode::Enter,
        "Esc" => KeyCode::Esc,
        "Tab" => KeyCode::Tab,
        "BTab" => return (KeyCode::BackTab, KeyModifiers::SHIFT),
        "Up" => KeyCode::Up,
        "Down" => KeyCode::Down,
        "Left" => KeyCode::Left,
        "Right" => KeyCode::Right,
        "PgUp" => KeyCode::PageUp,
        "PgDn" => KeyCode::PageDown,
        "Home" => KeyCode::Home,
        "End" => KeyCode::End,
        "BS" => KeyCode::Backspace,
        "Del" => KeyCode::Delete,
        "S-Up" => return (KeyCode::Up, KeyModifiers::SHIFT),
        "S-Down" => return (KeyCode::Down, KeyModifiers::SHIFT),
        "Lt" => KeyCode::Char('<'),
        other => panic!("no key {other}"),
    };
    (code, KeyModifiers::NONE)
}
