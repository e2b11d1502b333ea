//! The menu of what can be copied: one key each, and what the focus suggests on Enter.

use super::{Flow, Hints, Layer, does, popup};
use crate::cidr::grouped;
use crate::editor::canvas::Frame;
use crate::editor::copy::{self, Choice};
use crate::editor::keymap::{Action, Context};
use crate::editor::state::{Editor, Input};
use crate::editor::width;
use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

struct Menu {
    choices: Vec<Choice>,
    /// What they were made for: a review may come while the menu is open.
    made_for: (u64, bool),
    chosen: usize,
}

/// Opens the menu.
pub fn open(editor: &mut Editor) {
    editor.document.refresh();
    let menu = Menu { choices: copy::choices(editor), made_for: state(editor), chosen: 0 };
    editor.layers.push(Box::new(menu));
}

fn state(editor: &Editor) -> (u64, bool) {
    (editor.document.revision(), editor.document.is_reviewed())
}

impl Menu {
    fn at(&self, editor: &Editor, key: &KeyEvent) -> Option<usize> {
        let named = match key.code {
            KeyCode::Char(c) => self.choices.iter().position(|choice| choice.key == c),
            _ => None,
        };
        // The key that has opened the menu takes the first.
        let again = editor.keymap.action(Context::Main, key) == Some(Action::Copy);
        named.filter(|_| key.modifiers.is_empty()).or(again.then_some(0))
    }
}

impl Layer for Menu {
    fn handle(&mut self, input: &Input, _: Option<&Input>, editor: &mut Editor) -> Flow {
        let Input::Key(key) = input else { return Flow::Stay };
        let last = self.choices.len().saturating_sub(1);
        let taken = match does(editor, key) {
            Some(Action::Leave) => return Flow::Close,
            Some(Action::Take) => Some(self.chosen),
            Some(Action::Up) => {
                self.chosen = self.chosen.saturating_sub(1);
                None
            }
            Some(Action::Down) => {
                self.chosen = (self.chosen + 1).min(last);
                None
            }
            _ => self.at(editor, key),
        };
        let Some(choice) = taken.and_then(|at| self.choices.get(at)) else { return Flow::Stay };
        copy::take(editor, choice);
        Flow::Close
    }

    fn click(&mut self, row: usize, twice: bool, editor: &mut Editor) -> Flow {
        self.chosen = row.min(self.choices.len().saturating_sub(1));
        let Some(choice) = self.choices.get(self.chosen).filter(|_| twice) else { return Flow::Stay };
        copy::take(editor, choice);
        Flow::Close
    }

    fn refresh(&mut self, editor: &Editor, _: Rect) {
        let now = state(editor);
        if self.made_for != now {
            (self.choices, self.made_for) = (copy::choices(editor), now);
        }
    }

    fn draw(&self, editor: &Editor, frame: &mut Frame, area: Rect) {
        let theme = editor.theme;
        let columns = area.width.saturating_sub(4).min(84);
        let inside = usize::from(columns.saturating_sub(4));
        let mut lines: Vec<Line> = Vec::new();
        for (at, choice) in self.choices.iter().enumerate() {
            let pointer = if at == self.chosen { "> " } else { "  " };
            let room = inside.saturating_sub(5);
            let (words, style) = match &choice.text {
                Ok(text) => (sized(&choice.what, text, room), ratatui::style::Style::new()),
                Err(reason) => (width::clip(&format!("{}: {reason}", choice.what), room), theme.dim()),
            };
            let key = Span::styled(format!("{}  ", choice.key), theme.key());
            let line = Line::from(vec![Span::raw(pointer), key, Span::styled(words, style)]);
            lines.push(if at == self.chosen { line.style(theme.heading()) } else { line });
        }
        lines.push(Line::default());
        for words in width::wrap(ALLOW, inside, 0) {
            lines.push(Line::styled(words, theme.dim()));
        }
        let rows = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX);
        let inner = popup::draw(frame, area, theme, "Copy", (columns, rows));
        editor.pointer.spots.choices(inner, 0..self.choices.len());
        popup::lines(frame, inner, lines);
    }

    fn hints(&self, hints: &mut Hints) {
        let first = self.choices.get(self.chosen).map_or("", |choice| &choice.what);
        hints.key(Action::Take, &format!("copy {first}"));
        for choice in &self.choices {
            hints.text(&choice.key.to_string(), &choice.what);
        }
        hints.key(Action::Leave, "leave");
    }
}

/// tmux hands on what a program copies only where it is told to (tmux(1), `set-clipboard`).
const ALLOW: &str = "The terminal must allow it (OSC 52); tmux: set -g set-clipboard on.";

/// What it is, and at the right how much.
fn sized(what: &str, text: &str, room: usize) -> String {
    let plural = |count: usize, what: &str| {
        format!("{} {what}{}", grouped(&count.to_string()), if count == 1 { "" } else { "s" })
    };
    let size =
        format!("{}, {}", plural(text.chars().count(), "character"), plural(text.lines().count(), "line"));
    let left = room.saturating_sub(width::columns(&size) + 1);
    if left < 12 {
        return width::clip(&format!("{size}: {what}"), room);
    }
    format!("{} {size}", width::pad(what, left))
}
