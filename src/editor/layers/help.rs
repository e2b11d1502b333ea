//! The help: every action of the key table and every sign, filtered as you type.
//!
//! ```text
//! ┌ Keys: type to search ────────────────────────────┐
//! │ > undo                                           │
//! │                                                  │
//! │ > d            Delete what is selected, or all   │
//! │                chosen ranges; undo brings it     │
//! │                back.                             │
//! │   u            Take back the last change. (ther… │
//! └──────────────────────────────────────────────────┘
//! ```

use super::{Flow, Hints, Layer, does, popup, signs};
use crate::editor::canvas::Frame;
use crate::editor::keymap::{Action, Context, Keymap, Row, TABLE};
use crate::editor::search;
use crate::editor::state::{Editor, Input};
use crate::editor::text_field::TextField;
use crate::editor::width;
use crate::editor::window::{Motion, Window};
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

struct Help {
    context: Context,
    field: TextField,
    window: Window,
    lines: Vec<Shown>,
}

/// A line of the help.
enum Shown {
    Heading(String),
    Row(&'static Row),
    Sign(&'static str, &'static str),
}

/// Opens the help.
pub fn open(editor: &mut Editor) {
    open_in(editor, Context::Main);
}

/// Opens the help for one place; for the main view it holds everything.
pub fn open_in(editor: &mut Editor, context: Context) {
    let (field, window) = (TextField::single(""), Window::default());
    let mut help = Help { context, field, window, lines: Vec::new() };
    help.find(&editor.keymap);
    editor.layers.push(Box::new(help));
}

impl Help {
    /// What has the key that is typed stands first, then what has all the words somewhere.
    fn find(&mut self, keymap: &Keymap) {
        let text = self.field.line().trim();
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        let context = self.context;
        let here = |row: &&Row| context == Context::Main || row.contexts.contains(&context);
        let has_words = |row: &Row| {
            let text =
                format!("{} {} {}", row.name, row.sentence, keymap.spelled_in(context, row)).to_lowercase();
            words.iter().all(|word| text.contains(word.as_str()))
        };
        let key = search::key(text);
        let has_key = |row: &Row| key.is_some_and(|key| search::has_key(keymap, row, key));
        self.lines.clear();
        let mut heading = "";
        for row in TABLE.iter().filter(here).filter(|row| has_key(row)) {
            if let (Some(key), "") = (key, heading) {
                heading = "key";
                self.lines.push(Shown::Heading(format!("The key {key}")));
            }
            self.lines.push(Shown::Row(row));
        }
        for row in TABLE.iter().filter(here).filter(|row| !has_key(row) && has_words(row)) {
            if heading != row.section {
                heading = row.section;
                self.lines.push(Shown::Heading(heading.to_owned()));
            }
            self.lines.push(Shown::Row(row));
        }
        self.lines.extend(signs_for(text, &words));
        self.window = Window::default();
        self.go(Motion::First);
    }

    /// Moves the cursor; it does not stay on a heading.
    fn go(&mut self, motion: Motion) {
        let on_heading = |at: usize| matches!(self.lines.get(at), Some(Shown::Heading(_)));
        self.window.go(motion, self.lines.len());
        if on_heading(self.window.cursor) {
            let up = matches!(motion, Motion::Up | Motion::PageUp) && self.window.cursor > 0;
            self.window.go(if up { Motion::Up } else { Motion::Down }, self.lines.len());
        }
    }

    /// The keys of a line or the sign, what is said of it, and whether it does not apply now.
    fn said(&self, line: &Shown, editor: &Editor) -> (String, String, bool) {
        match line {
            Shown::Heading(words) => (String::new(), words.clone(), false),
            Shown::Sign(sign, said) => ((*sign).to_owned(), (*said).to_owned(), false),
            Shown::Row(row) => {
                let mut spelled = editor.keymap.spelled_in(self.context, row);
                if spelled.is_empty() {
                    spelled = format!(":{}", row.aliases.first().unwrap_or(&row.name));
                }
                match self.refusal(row, editor) {
                    Some(reason) => (spelled, format!("{} ({reason})", row.sentence), true),
                    None => (spelled, row.sentence.to_owned(), false),
                }
            }
        }
    }

    fn refusal(&self, row: &Row, editor: &Editor) -> Option<&'static str> {
        // It is asked for its number only where it is run by its name.
        editor.refusal_in(self.context, row.action).filter(|_| row.action != Action::Category)
    }

    /// What is said of the line with the cursor, all of it.
    fn whole(&self, editor: &Editor, inside: usize) -> Vec<String> {
        let Some(line) = self.lines.get(self.window.cursor) else { return Vec::new() };
        width::wrap(&self.said(line, editor).1, inside.saturating_sub(keys_columns(inside) + 2), 0)
    }

    /// The lines of a row: one, and as many as it takes where the cursor is.
    fn rows(&self, at: usize, editor: &Editor, inside: usize) -> Vec<Line<'static>> {
        let (keys, theme) = (keys_columns(inside), editor.theme);
        let room = inside.saturating_sub(keys + 2);
        let line = match &self.lines[at] {
            Shown::Heading(words) => return vec![Line::styled(width::clip(words, inside), theme.heading())],
            line => line,
        };
        let (spelled, whole, refused) = self.said(line, editor);
        let style = if refused { theme.dim() } else { Style::new() };
        let is_chosen = at == self.window.cursor;
        let texts = if is_chosen { self.whole(editor, inside) } else { vec![clipped(line, whole, room)] };
        let row = |(n, text): (usize, String)| {
            let (pointer, spelled) = if n == 0 { (is_chosen, spelled.as_str()) } else { (false, "") };
            Line::from(vec![
                Span::raw(if pointer { "> " } else { "  " }),
                Span::styled(width::pad(spelled, keys), theme.key()),
                Span::styled(text, style),
            ])
        };
        texts.into_iter().enumerate().map(row).collect()
    }
}

/// What is said of a line in one line. Why it does not apply now is what helps, so the sentence is cut for it.
fn clipped(line: &Shown, whole: String, room: usize) -> String {
    match line {
        Shown::Row(row) if whole.len() > row.sentence.len() => {
            let reason = &whole[row.sentence.len()..];
            let left = room.saturating_sub(width::columns(reason)).max(24);
            width::clip(&format!("{}{reason}", width::clip(row.sentence, left)), room)
        }
        _ => width::clip(&whole, room),
    }
}

/// The signs with their heading that have all the words; a sign is found by itself, too.
fn signs_for(text: &str, words: &[String]) -> Vec<Shown> {
    let has_words = |sentence: &str| {
        let text = format!("{} {sentence}", signs::SECTION).to_lowercase();
        words.iter().all(|word| text.contains(word.as_str()))
    };
    let found = signs::SIGNS.iter().filter(|(sign, said)| has_words(said) || *sign == text);
    let mut found: Vec<_> = found.map(|(sign, said)| Shown::Sign(sign, said)).collect();
    if !found.is_empty() {
        found.insert(0, Shown::Heading(signs::SECTION.to_owned()));
    }
    found
}

/// Columns of the box.
fn columns(area: Rect) -> u16 {
    area.width.saturating_sub(2).min(100)
}

/// Columns inside the box.
fn inside(area: Rect) -> usize {
    usize::from(columns(area).saturating_sub(4))
}

/// Columns of the keys and signs.
fn keys_columns(inside: usize) -> usize {
    if inside > 60 { 18 } else { 12 }
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
            self.go(motion);
        }
        Flow::Stay
    }

    fn refresh(&mut self, editor: &Editor, area: Rect) {
        self.window.cursor = self.window.cursor.min(self.lines.len().saturating_sub(1));
        let more = self.whole(editor, inside(area)).len().saturating_sub(1);
        let rows = usize::from(area.height.saturating_sub(6));
        self.window.settle(self.lines.len(), rows.saturating_sub(more).max(1));
    }

    fn click(&mut self, row: usize, _: bool, _: &mut Editor) -> Flow {
        self.window.cursor = row;
        Flow::Stay
    }

    fn scroll(&mut self, rows: isize, _: &mut Editor) -> Flow {
        self.window.scroll(rows, self.lines.len(), true);
        Flow::Stay
    }

    fn field(&mut self, _: usize) -> Option<&mut TextField> {
        Some(&mut self.field)
    }

    fn draw(&self, editor: &Editor, frame: &mut Frame, area: Rect) {
        let theme = editor.theme;
        let (columns, inside) = (columns(area), inside(area));
        let inner =
            popup::draw(frame, area, theme, "Keys: type to search", (columns, area.height.saturating_sub(2)));
        popup::field(frame, Rect { height: 1, ..inner }, &self.field, editor);
        let rest = Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner };
        let mut y = rest.y;
        for at in self.window.shown(self.lines.len()) {
            let lines = self.rows(at, editor, inside);
            let area = Rect { y, height: rest.bottom().saturating_sub(y), ..rest };
            for row in 0..lines.len() as u16 {
                editor.pointer.spots.choices(Rect { y: y + row, ..area }, at..at + 1);
            }
            y += popup::lines(frame, area, lines);
        }
        if self.lines.is_empty() {
            popup::lines(frame, rest, [Line::styled("  nothing found", theme.dim())]);
        }
    }

    fn hints(&self, hints: &mut Hints) {
        hints.text("type", "search").keys(&[Action::Up, Action::Down], "move").key(Action::Leave, "close");
    }
}
