//! The command palette: actions by their names, and the commands that vi has.
//!
//! ```text
//! ┌ Commands ────────────────────────────────────────┐
//! │ > sa                                             │
//! │ > save :w :write          Ctrl-S     Save the a… │
//! │   save and quit :wq :x               Save, then… │
//! │   choose all              X          not now: g… │
//! └──────────────────────────────────────────────────┘
//! ```

use super::{Flow, Hints, Layer, does, import, paths, popup, themes};
use crate::editor::canvas::Frame;
use crate::editor::file;
use crate::editor::keymap::{Action, Context, Row, TABLE, row};
use crate::editor::search;
use crate::editor::state::{Editor, Input};
use crate::editor::text_field::TextField;
use crate::editor::theme::Theme;
use crate::editor::width;
use crossterm::event::KeyCode;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

const SHOWN: usize = 10;

/// Commands that take something behind their name.
const WITH_ARGUMENT: [(Action, &str, &str); 2] =
    [(Action::Save, "write", "PATH"), (Action::Import, "import", "PATH")];

struct Palette {
    field: TextField,
    chosen: usize,
    found: Vec<&'static Row>,
    /// What the path that is typed could be.
    offers: Vec<String>,
    /// Why what is typed was not done.
    refused: Option<String>,
}

/// Opens the palette.
pub fn open(editor: &mut Editor) {
    let mut palette = Palette {
        field: TextField::single(""),
        chosen: 0,
        found: Vec::new(),
        offers: Vec::new(),
        refused: None,
    };
    palette.find(editor);
    editor.layers.push(Box::new(palette));
}

/// A command that is typed with something behind its name.
fn with_argument(text: &str) -> Option<(Action, &str)> {
    let (name, argument) = text.trim_start().split_once(' ')?;
    let name = if name == "w" { "write" } else { name };
    let (action, ..) = WITH_ARGUMENT.iter().find(|(_, command, _)| *command == name)?;
    Some((*action, argument.trim()))
}

/// What is shown where nothing is typed: what was run last, then the table; what does not apply at the end.
fn all(editor: &Editor) -> Vec<&'static Row> {
    let recent = editor.recent.iter().filter_map(|action| row(*action));
    let others = TABLE
        .iter()
        .filter(|row| row.contexts.contains(&Context::Main) && !editor.recent.contains(&row.action));
    let mut rows: Vec<_> = recent.chain(others).collect();
    rows.sort_by_key(|row| editor.refusal(row.action).is_some());
    rows
}

impl Palette {
    fn find(&mut self, editor: &Editor) {
        let text = self.field.line();
        self.offers.clear();
        self.refused = None;
        self.chosen = 0;
        self.found = if text.trim().is_empty() {
            all(editor)
        } else if let Some((action, _)) = with_argument(text) {
            row(action).into_iter().collect()
        } else {
            search::actions(text, &editor.keymap, |row| editor.refusal(row.action).is_none())
        };
    }

    /// Completes the name of the chosen command, ready for what it takes behind it.
    fn complete(&mut self, editor: &Editor) {
        let text = self.field.line().trim().to_owned();
        if let Some((_, typed)) = with_argument(self.field.line()) {
            let completed = paths::complete(typed);
            let command = self.field.line().trim_start().split_once(' ').map_or("", |(name, _)| name);
            if let Some(path) = &completed.text {
                let text = format!("{command} {path}");
                self.field.set(&text);
            }
            self.offers = completed.offers;
            return;
        }
        let Some(row) = self.found.get(self.chosen) else { return };
        let takes = WITH_ARGUMENT.iter().find(|(action, name, _)| {
            *action == row.action && (*name == row.name || !text.is_empty() && name.starts_with(&text))
        });
        let name = takes.map_or_else(|| row.name.to_owned(), |(_, name, _)| format!("{name} "));
        self.field.set(&name);
        self.find(editor);
    }

    /// Runs what is typed. It stays there where that cannot be done: what is typed next was meant for here, and
    /// would be keys of the main view.
    fn run(&mut self, editor: &mut Editor) -> Flow {
        self.offers.clear();
        self.refused = self.try_to_run(editor).err();
        if self.refused.is_some() { Flow::Stay } else { Flow::Close }
    }

    fn try_to_run(&self, editor: &mut Editor) -> Result<(), String> {
        let text = self.field.line().trim();
        match with_argument(text).filter(|(_, argument)| !argument.is_empty()) {
            Some((Action::Import, path)) => return import::read_file(editor, path),
            Some((_, path)) => return file::save_copy(editor, path),
            None => {}
        }
        if let Some(name) = text.strip_prefix("theme ").filter(|name| !name.trim().is_empty()) {
            return themes::take(editor, name.trim());
        }
        #[cfg(debug_assertions)]
        panic_on_demand(text);
        let Some(row) = self.found.get(self.chosen) else {
            return Err(format!("There is no command {:?}.", crate::text::quoted(text, 40)));
        };
        if let Some(reason) = editor.refusal(row.action) {
            return Err(format!("{}: {reason}.", row.name));
        }
        editor.recent.retain(|action| *action != row.action);
        editor.recent.insert(0, row.action);
        editor.perform(row.action);
        Ok(())
    }

    /// What is said below the commands: why nothing was done, and how to go on where nothing is found.
    fn said(&self, theme: Theme, columns: usize) -> Vec<Line<'static>> {
        let wrapped = |text: &str, style| {
            let lines = width::wrap(text, columns, 2).into_iter();
            lines.map(move |line| Line::styled(line, style)).collect::<Vec<_>>()
        };
        let mut lines = Vec::new();
        if self.found.is_empty() {
            lines.push(Line::styled("  nothing found", theme.dim()));
        }
        if let Some(reason) = &self.refused {
            lines.extend(wrapped(&format!("x {reason}"), theme.error()));
        }
        if self.found.is_empty() {
            lines.extend(wrapped("  An empty line lists all commands.", theme.dim()));
        }
        lines
    }
}

/// `:panic`, and `:panic thread` for one in another thread: to try out that the terminal is given back.
#[cfg(debug_assertions)]
fn panic_on_demand(text: &str) {
    match text {
        "panic" => panic!("a panic on demand"),
        // Nobody waits for it.
        "panic thread" => drop(std::thread::spawn(|| panic!("a panic on demand in a thread"))),
        _ => {}
    }
}

impl Layer for Palette {
    fn handle(&mut self, input: &Input, _: Option<&Input>, editor: &mut Editor) -> Flow {
        let key = match input {
            Input::Paste(text) => {
                self.field.insert(text);
                self.find(editor);
                return Flow::Stay;
            }
            Input::Key(key) => key,
            Input::Mouse(_) | Input::Resize => return Flow::Stay,
        };
        let count = self.found.len();
        match does(editor, key) {
            Some(Action::Leave) => return Flow::Close,
            Some(Action::Take) => return self.run(editor),
            Some(Action::Up) => self.chosen = self.chosen.saturating_sub(1),
            Some(Action::Down) => self.chosen = (self.chosen + 1).min(count.saturating_sub(1)),
            Some(Action::NextField) => self.complete(editor),
            None if key.code == KeyCode::Backspace && self.field.is_empty() => return Flow::Close,
            _ => {
                if self.field.key(key) {
                    self.find(editor);
                }
            }
        }
        Flow::Stay
    }

    fn click(&mut self, row: usize, twice: bool, editor: &mut Editor) -> Flow {
        self.chosen = row;
        if twice { self.run(editor) } else { Flow::Stay }
    }

    fn field(&mut self, _: usize) -> Option<&mut TextField> {
        Some(&mut self.field)
    }

    fn draw(&self, editor: &Editor, frame: &mut Frame, area: Rect) {
        let theme = editor.theme;
        let columns = area.width.saturating_sub(2).min(84);
        let inside = usize::from(columns.saturating_sub(4));
        let rows = u16::try_from(SHOWN + 3).unwrap_or(u16::MAX);
        let inner = popup::draw(frame, area, theme, "Commands", (columns, rows));
        popup::field(frame, Rect { height: 1, ..inner }, &self.field, editor);
        let rest = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
        let room = usize::from(rest.height);
        let from = (self.chosen + 1).saturating_sub(room);
        if !self.offers.is_empty() {
            return popup::names(frame, rest, theme, &self.offers);
        }
        editor.pointer.spots.choices(rest, from..self.found.len());
        let lines = self.found.iter().enumerate().skip(from).take(room).map(|(at, row)| {
            let refusal = editor.refusal(row.action);
            let mut names = row.name.to_owned();
            // None is cut.
            for alias in row.aliases.iter().filter(|alias| row.name.len() + alias.len() < 20) {
                names = format!("{names} :{alias}");
            }
            if let Some((.., argument)) = WITH_ARGUMENT.iter().find(|(action, ..)| *action == row.action) {
                names = format!("{names} {argument}");
            }
            let words =
                refusal.map_or_else(|| row.sentence.to_owned(), |reason| format!("not now: {reason}"));
            let style = if refusal.is_some() { theme.dim() } else { Style::new() };
            let pointer = if at == self.chosen { "> " } else { "  " };
            let line = Line::from(vec![
                Span::raw(pointer),
                Span::styled(width::pad(&names, 24), style),
                Span::styled(width::pad(&editor.keymap.spelled(row), 11), theme.key()),
                Span::styled(width::clip(&words, inside.saturating_sub(37)), theme.dim()),
            ]);
            if at == self.chosen { line.style(theme.heading()) } else { line }
        });
        let said = self.said(theme, inside);
        popup::lines(frame, rest, lines.chain(said).collect::<Vec<_>>());
    }

    fn hints(&self, hints: &mut Hints) {
        hints
            .key(Action::Take, "run it")
            .key(Action::NextField, "complete")
            .keys(&[Action::Up, Action::Down], "choose")
            .key(Action::Leave, "leave");
    }
}
