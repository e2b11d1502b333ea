//! A question with one key for each answer.
//!
//! ```text
//! ┌ Quit? ───────────────────────────────────────────┐
//! │ 3 changes are not saved: the last is "delete the │
//! │ group Lab with 3 ranges"                         │
//! │                                                  │
//! │   y  quit without saving; 3 changes are lost     │
//! │   n  stay                                        │
//! │   s  save and quit                               │
//! └──────────────────────────────────────────────────┘
//! ```

use super::{Flow, Hints, Layer, leaves, popup};
use crate::editor::canvas::Frame;
use crate::editor::keymap::Action;
use crate::editor::state::{Editor, Input};
use crate::editor::width;
use crossterm::event::{KeyCode, KeyModifiers};
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// One answer.
pub struct Answer {
    key: char,
    words: String,
    does: Box<dyn Fn(&mut Editor)>,
}

impl Answer {
    /// An answer with its key and what it does.
    pub fn new(key: char, words: &str, does: impl Fn(&mut Editor) + 'static) -> Self {
        Self { key, words: words.to_owned(), does: Box::new(does) }
    }
}

struct Question {
    title: String,
    text: Vec<String>,
    answers: Vec<Answer>,
}

/// Asks; Esc leaves everything as it is.
pub fn open(editor: &mut Editor, title: &str, text: Vec<String>, answers: Vec<Answer>) {
    editor.layers.push(Box::new(Question { title: title.to_owned(), text, answers }));
}

impl Layer for Question {
    fn handle(&mut self, input: &Input, _: Option<&Input>, editor: &mut Editor) -> Flow {
        let Input::Key(key) = input else { return Flow::Stay };
        if leaves(editor, key) {
            return Flow::Close;
        }
        let plain = (key.modifiers - KeyModifiers::SHIFT).is_empty();
        let chosen = match key.code {
            KeyCode::Char(c) if plain => {
                self.answers.iter().find(|answer| answer.key == c.to_ascii_lowercase())
            }
            _ => None,
        };
        let Some(answer) = chosen else { return Flow::Stay };
        (answer.does)(editor);
        Flow::Close
    }

    fn click(&mut self, row: usize, _: bool, editor: &mut Editor) -> Flow {
        let Some(answer) = self.answers.get(row) else { return Flow::Stay };
        (answer.does)(editor);
        Flow::Close
    }

    fn draw(&self, editor: &Editor, frame: &mut Frame, area: Rect) {
        let columns = area.width.saturating_sub(4).min(76);
        let inside = usize::from(columns.saturating_sub(4));
        let mut lines: Vec<Line> = Vec::new();
        for text in &self.text {
            let indent = if text.starts_with("  ") { 4 } else { 0 };
            lines.extend(width::wrap(text, inside, indent).into_iter().map(Line::raw));
        }
        // The answers have to be seen.
        let room = usize::from(area.height.saturating_sub(2)).saturating_sub(self.answers.len() + 1).max(1);
        if lines.len() > room {
            lines.truncate(room.saturating_sub(1));
            lines.push(Line::raw("…"));
        }
        lines.push(Line::default());
        for answer in &self.answers {
            let key = Span::styled(format!("  {}  ", answer.key), editor.theme.key());
            let words = width::clip(&answer.words, inside.saturating_sub(5));
            lines.push(Line::from(vec![key, Span::raw(words)]));
        }
        let rows = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX);
        let inner = popup::draw(frame, area, editor.theme, &self.title, (columns, rows));
        // The answers are the last lines.
        let above = u16::try_from(lines.len() - self.answers.len()).unwrap_or(u16::MAX);
        let height = inner.height.saturating_sub(above);
        let area = Rect { y: inner.bottom() - height, height, ..inner };
        editor.pointer.spots.choices(area, 0..self.answers.len());
        popup::lines(frame, inner, lines);
    }

    fn hints(&self, hints: &mut Hints) {
        for answer in &self.answers {
            hints.text(&answer.key.to_string(), &answer.words);
        }
        hints.key(Action::Leave, "stay");
    }
}
