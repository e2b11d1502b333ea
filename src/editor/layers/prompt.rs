//! A question that is answered with one line of text, judged while it is typed.
//!
//! ```text
//! ┌ New group in Corporate networks ─────────────────┐
//! │ Its name: a site, an ISP, an AWS account or a …  │
//! │ > Office                                         │
//! │                                                  │
//! │ x there is a group Office in this category …     │
//! └──────────────────────────────────────────────────┘
//! ```

use super::{Flow, Hints, Layer, does, key_or_paste, leaves, popup};
use crate::editor::canvas::Frame;
use crate::editor::keymap::Action;
use crate::editor::state::{Draft, Editor, Input, Tone};
use crate::editor::text_field::TextField;
use crate::editor::width;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// What is said of a text while it is typed: lines below the field, or why Enter does not take it.
pub type Verdict = Result<Vec<String>, String>;

/// Judges a text.
pub type Check = dyn Fn(&Editor, &str) -> Verdict;

/// Takes a text; an error keeps the dialog.
pub type Done = dyn Fn(&mut Editor, &str) -> Result<(), String>;

/// A dialog with one field.
pub struct Prompt {
    /// What the box is called.
    pub title: String,
    /// What is asked for.
    pub label: &'static str,
    /// Where its text is kept when it is left.
    pub draft: &'static str,
    /// What Enter does, for the footer.
    pub enter: &'static str,
    /// Judges the text.
    pub check: Box<Check>,
    /// Takes the text; an error keeps the dialog.
    pub done: Box<Done>,
}

struct Open {
    prompt: Prompt,
    field: TextField,
    original: String,
    verdict: Verdict,
    /// Whether Enter was refused, so that an empty field is an error too.
    tried: bool,
}

/// Opens a prompt with a text in it, or with what was typed when it was left.
pub fn open(editor: &mut Editor, prompt: Prompt, text: &str) {
    let draft = editor.drafts.remove(prompt.draft).filter(|draft| draft.original == [text]);
    let typed = draft.and_then(|draft| draft.typed.into_iter().next());
    if typed.is_some() {
        editor.say(Tone::Info, "The text that was left is here again; nothing of it is taken before Enter.");
    }
    let field = TextField::single(typed.as_deref().unwrap_or(text));
    let verdict = Ok(Vec::new());
    editor.layers.push(Box::new(Open { prompt, field, original: text.to_owned(), verdict, tried: false }));
}

impl Layer for Open {
    fn handle(&mut self, input: &Input, _: Option<&Input>, editor: &mut Editor) -> Flow {
        let Some(key) = key_or_paste(input, &mut self.field) else { return Flow::Stay };
        if leaves(editor, key) {
            if self.field.line() != self.original {
                let draft = Draft { original: vec![self.original.clone()], typed: vec![self.field.text()] };
                editor.drafts.insert(self.prompt.draft, draft);
            }
            return Flow::Close;
        }
        if does(editor, key) == Some(Action::Take) {
            let text = self.field.text();
            self.tried = true;
            let result = (self.prompt.check)(editor, &text).and_then(|_| (self.prompt.done)(editor, &text));
            return match result {
                Ok(()) => Flow::Close,
                Err(_) => Flow::Stay,
            };
        }
        self.field.key(key);
        Flow::Stay
    }

    fn refresh(&mut self, editor: &Editor, _: Rect) {
        self.verdict = (self.prompt.check)(editor, self.field.line());
    }

    fn field(&mut self, _: usize) -> Option<&mut TextField> {
        Some(&mut self.field)
    }

    fn draw(&self, editor: &Editor, frame: &mut Frame, area: Rect) {
        let theme = editor.theme;
        let columns = area.width.saturating_sub(2).min(72);
        let inside = usize::from(columns.saturating_sub(4));
        let mut below: Vec<Line> = Vec::new();
        match &self.verdict {
            Ok(lines) => {
                below.extend(lines.iter().flat_map(|line| width::wrap(line, inside, 2)).map(Line::raw))
            }
            Err(_) if self.field.is_empty() && !self.tried => {}
            Err(error) => {
                let lines = width::wrap(&format!("x {error}"), inside, 2);
                below.extend(lines.into_iter().map(|line| Line::styled(line, theme.error())));
            }
        }
        below.truncate(usize::from(area.height.saturating_sub(5)));
        let rows = u16::try_from(below.len() + 5).unwrap_or(u16::MAX);
        let inner = popup::draw(frame, area, theme, &self.prompt.title, (columns, rows));
        popup::lines(frame, inner, [Line::styled(width::clip(self.prompt.label, inside), theme.dim())]);
        let row = Rect { y: inner.y + 1, height: 1, ..inner };
        super::popup::field(frame, row, &self.field, editor);
        let rest = Rect { y: inner.y + 3, height: inner.height.saturating_sub(3), ..inner };
        popup::lines(frame, rest, below);
    }

    fn hints(&self, hints: &mut Hints) {
        hints.key(Action::Take, self.prompt.enter).key(Action::Leave, "leave; the text is kept");
    }
}
