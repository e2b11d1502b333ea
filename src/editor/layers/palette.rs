//! The command palette: actions by their names, and the commands that vi has.

use super::{Flow, Hints, Layer, does, import, popup, themes};
use crate::editor::file;
use crate::editor::keymap::{Action, Context, Row, TABLE};
use crate::editor::state::{Editor, Input, Tone};
use crate::editor::text_field::TextField;
use crate::editor::width;
use crossterm::event::KeyCode;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

const SHOWN: usize = 10;

struct Palette {
    field: TextField,
    chosen: usize,
}

/// Opens the palette.
pub fn open(editor: &mut Editor) {
    editor.layers.push(Box::new(Palette { field: TextField::single(""), chosen: 0 }));
}

/// The actions for a text: first what is called exactly so, then what starts so, then what has its
/// letters in order.
fn matches(text: &str) -> Vec<&'static Row> {
    let text = text.trim().to_lowercase();
    let rank = |row: &Row| {
        if row.aliases.contains(&text.as_str()) || row.name == text {
            Some(0)
        } else if row.name.starts_with(&text) {
            Some(1)
        } else if row.name.contains(&text) {
            Some(2)
        } else {
            has_in_order(row.name, &text).then_some(3)
        }
    };
    let mut found: Vec<_> = TABLE
        .iter()
        .filter(|row| row.contexts.contains(&Context::Main))
        .filter_map(|row| Some((rank(row)?, row)))
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, row)| row).collect()
}

fn has_in_order(name: &str, text: &str) -> bool {
    let mut name = name.chars();
    text.chars().all(|c| name.any(|other| other == c))
}

impl Palette {
    fn run(&self, editor: &mut Editor) -> Flow {
        let text = self.field.line().trim();
        if let Some((command, path)) = text.split_once(' ')
            && matches!(command, "w" | "write")
            && !path.trim().is_empty()
        {
            file::save_copy(editor, path);
            return Flow::Close;
        }
        if let Some(path) = text.strip_prefix("import ").filter(|path| !path.trim().is_empty()) {
            if let Err(error) = import::read_file(editor, path) {
                editor.say(Tone::Error, error);
            }
            return Flow::Close;
        }
        if let Some(name) = text.strip_prefix("theme ").filter(|name| !name.trim().is_empty()) {
            themes::take(editor, name.trim());
            return Flow::Close;
        }
        #[cfg(debug_assertions)]
        panic_on_demand(text);
        match matches(text).get(self.chosen) {
            Some(row) => editor.perform(row.action),
            None => {
                let text = crate::text::quoted(text, 40);
                editor.say(Tone::Info, format!("There is no command {text:?}; : and ? list them."));
            }
        }
        Flow::Close
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
                return Flow::Stay;
            }
            Input::Key(key) => key,
            Input::Mouse(_) | Input::Resize => return Flow::Stay,
        };
        let count = matches(self.field.line()).len();
        match does(editor, key) {
            Some(Action::Leave) => return Flow::Close,
            Some(Action::Take) => return self.run(editor),
            Some(Action::Up) => self.chosen = self.chosen.saturating_sub(1),
            Some(Action::Down) => self.chosen = (self.chosen + 1).min(count.saturating_sub(1)),
            None if key.code == KeyCode::Backspace && self.field.is_empty() => return Flow::Close,
            _ => {
                self.field.key(key);
                self.chosen = 0;
            }
        }
        Flow::Stay
    }

    fn click(&mut self, row: usize, twice: bool, editor: &mut Editor) -> Flow {
        self.chosen = row;
        if twice { self.run(editor) } else { Flow::Stay }
    }

    fn draw(&self, editor: &Editor, frame: &mut Frame, area: Rect) {
        let theme = editor.theme;
        let columns = area.width.saturating_sub(2).min(84);
        let inside = usize::from(columns.saturating_sub(4));
        let rows = u16::try_from(SHOWN + 3).unwrap_or(u16::MAX);
        let inner = popup::draw(frame, area, theme, "Commands", (columns, rows));
        popup::field(frame, Rect { height: 1, ..inner }, &self.field, theme, true);
        let rest = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
        let room = usize::from(rest.height);
        let from = (self.chosen + 1).saturating_sub(room);
        let found = matches(self.field.line());
        editor.pointer.spots.choices(rest, from..found.len());
        let lines = found.iter().enumerate().skip(from).take(room).map(|(at, row)| {
            let refusal = editor.refusal(row.action);
            let mut names = row.name.to_owned();
            for alias in row.aliases {
                names = format!("{names} :{alias}");
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
        popup::lines(frame, rest, lines.collect::<Vec<_>>());
    }

    fn hints(&self, hints: &mut Hints) {
        hints
            .key(Action::Take, "run it")
            .keys(&[Action::Up, Action::Down], "choose")
            .key(Action::Leave, "leave");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vi_commands_do_what_they_do_elsewhere() {
        let first = |text: &str| matches(text).first().map(|row| row.action);
        assert_eq!(first("w"), Some(Action::Save));
        assert_eq!(first("q"), Some(Action::Quit));
        assert_eq!(first("wq"), Some(Action::SaveAndQuit));
        assert_eq!(first("q!"), Some(Action::QuitUnsaved));
        assert_eq!(first("nwgrp"), Some(Action::NewGroup));
        assert_eq!(first("zzz"), None);
    }
}
