//! The help: every action of the key table, filtered as you type.

use super::{Flow, Hints, Layer, does, popup};
use crate::editor::keymap::{Action, Keymap, Row, TABLE};
use crate::editor::state::{Editor, Input};
use crate::editor::text_field::TextField;
use crate::editor::width;
use crate::editor::window::{Motion, Window};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

struct Help {
    field: TextField,
    window: Window,
    matches: Vec<&'static Row>,
}

/// Opens the help.
pub fn open(editor: &mut Editor) {
    let help =
        Help { field: TextField::single(""), window: Window::default(), matches: TABLE.iter().collect() };
    editor.layers.push(Box::new(help));
}

impl Help {
    fn find(&mut self, keymap: &Keymap) {
        let words: Vec<String> = self.field.line().split_whitespace().map(str::to_lowercase).collect();
        let matches = |row: &Row| {
            let text = format!("{} {} {}", row.name, row.sentence, keymap.spelled(row)).to_lowercase();
            words.iter().all(|word| text.contains(word.as_str()))
        };
        self.matches = TABLE.iter().filter(|row| matches(row)).collect();
        self.window = Window::default();
    }
}

impl Layer for Help {
    fn handle(&mut self, input: &Input, _: Option<&Input>, editor: &mut Editor) -> Flow {
        let motion = match input {
            Input::Key(key) => match does(editor, key) {
                Some(Action::Leave | Action::Take) => return Flow::Close,
                Some(action @ (Action::Up | Action::Down | Action::PageUp | Action::PageDown)) => {
                    Motion::of(action)
                }
                _ => {
                    if self.field.key(key) {
                        self.find(&editor.keymap);
                    }
                    None
                }
            },
            Input::Paste(text) => {
                self.field.insert(text);
                self.find(&editor.keymap);
                None
            }
            Input::Mouse(_) | Input::Resize => None,
        };
        if let Some(motion) = motion {
            self.window.go(motion, self.matches.len());
        }
        Flow::Stay
    }

    fn refresh(&mut self, _: &Editor, area: Rect) {
        self.window.settle(self.matches.len(), usize::from(area.height.saturating_sub(6)));
    }

    fn click(&mut self, row: usize, _: bool, _: &mut Editor) -> Flow {
        self.window.cursor = row;
        Flow::Stay
    }

    fn scroll(&mut self, rows: isize, _: &mut Editor) -> Flow {
        self.window.scroll(rows, self.matches.len(), true);
        Flow::Stay
    }

    fn draw(&self, editor: &Editor, frame: &mut Frame, area: Rect) {
        let theme = editor.theme;
        let columns = area.width.saturating_sub(2).min(100);
        let inside = usize::from(columns.saturating_sub(4));
        let inner =
            popup::draw(frame, area, theme, "Keys: type to search", (columns, area.height.saturating_sub(2)));
        popup::field(frame, Rect { height: 1, ..inner }, &self.field, theme, true);
        let rest = Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner };
        let keys = if inside > 60 { 18 } else { 12 };
        let rows = self.window.shown(self.matches.len()).map(|at| {
            let row = self.matches[at];
            let refusal = editor.refusal(row.action);
            let pointer = if at == self.window.cursor { "> " } else { "  " };
            let mut spelled = editor.keymap.spelled(row);
            if spelled.is_empty() {
                spelled = format!(":{}", row.aliases.first().unwrap_or(&row.name));
            }
            let sentence = match refusal {
                Some(reason) => format!("{} ({reason})", row.sentence),
                None => row.sentence.to_owned(),
            };
            let style = if refusal.is_some() { theme.dim() } else { ratatui::style::Style::new() };
            Line::from(vec![
                Span::raw(pointer),
                Span::styled(width::pad(&spelled, keys), theme.key()),
                Span::styled(width::clip(&sentence, inside.saturating_sub(keys + 2)), style),
            ])
        });
        editor.pointer.spots.choices(rest, self.window.shown(self.matches.len()));
        popup::lines(frame, rest, rows.collect::<Vec<_>>());
    }

    fn hints(&self, hints: &mut Hints) {
        hints.text("type", "search").keys(&[Action::Up, Action::Down], "move").key(Action::Leave, "close");
    }
}
