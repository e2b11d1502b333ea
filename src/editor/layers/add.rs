//! The add dialog: many lines of CIDRs, each with what it will become or what is wrong with it.
//!
//! ```text
//! ┌ Add ranges to Office ────────────────────────────────────────────┐
//! │ 203.0.114.0/24 # primary     + 203.0.114.0/24, 256 addresses     │
//! │ 203.0.115.77/24              x host bits set: the network is ... │
//! │ 1 range to add, 1 wrong                                          │
//! │ x line 2: host bits set: the network is 203.0.115.0/24, the ...  │
//! │   Ctrl-T the network 203.0.115.0/24 · Ctrl-Y the host 203.0...   │
//! └──────────────────────────────────────────────────────────────────┘
//! ```

use super::add_tokens::{Known, Tokens, Verdict, offers};
use super::{Flow, Hints, Layer, does, leaves, popup, prompts};
use crate::allowlist::{Edit, GroupAt};
use crate::editor::canvas::Frame;
use crate::editor::editing::ranges;
use crate::editor::keymap::{Action, Context};
use crate::editor::panes::Pane;
use crate::editor::panes::points::Point;
use crate::editor::state::{Draft, Editor, Input, Tone};
use crate::editor::text_field::TextField;
use crate::editor::width;
use crate::review::Severity;
use crossterm::event::{KeyCode, KeyModifiers};
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const DRAFT: &str = "add-ranges";

struct Add {
    group: GroupAt,
    name: String,
    field: TextField,
    known: Known,
    tokens: Tokens,
    /// The field's revision that the tokens are of.
    read: Option<u64>,
    top: usize,
    rows: usize,
}

/// Opens the dialog for the selected group with a pasted text in it, asking for a group first where none
/// is selected.
pub fn open(editor: &mut Editor, pasted: &str) {
    let category = editor.points.selected().category();
    let groups = editor.document.allowlist().categories().get(category).map_or(0, |c| c.groups.len());
    let only = (groups == 1).then_some(GroupAt { category, group: 0 });
    let Some(group) = editor.target_group().or(only) else {
        // Kept as if it had been typed and left, so that it is not lost where no group is named.
        keep(editor, pasted);
        return prompts::group_for_ranges(editor, category);
    };
    let Some(name) = editor.document.allowlist().group(group).map(|group| group.name.to_string()) else {
        return;
    };
    keep(editor, pasted);
    let text =
        editor.drafts.remove(DRAFT).and_then(|draft| draft.typed.into_iter().next()).unwrap_or_default();
    let field = TextField::multi(&text);
    let known = Known::of(editor.document.allowlist(), group);
    editor.layers.push(Box::new(Add {
        group,
        name,
        field,
        known,
        tokens: Tokens::default(),
        read: None,
        top: 0,
        rows: 1,
    }));
}

/// Puts a text behind what the dialog will open with.
fn keep(editor: &mut Editor, pasted: &str) {
    if pasted.is_empty() {
        return;
    }
    let draft =
        editor.drafts.entry(DRAFT).or_insert(Draft { original: Vec::new(), typed: vec![String::new()] });
    if let Some(text) = draft.typed.first_mut() {
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(pasted);
    }
}

impl Add {
    fn read(&mut self) {
        if self.read != Some(self.field.revision()) {
            self.tokens = Tokens::read(self.field.lines(), &self.known);
            self.read = Some(self.field.revision());
        }
    }

    fn submit(&mut self, editor: &mut Editor) -> Flow {
        self.read();
        if let Some(wrong) = self.tokens.first_wrong() {
            let (_, words) = wrong.words(editor.document.allowlist(), &self.known);
            let text = format!("Nothing was added: line {}: {words}", wrong.line + 1);
            editor.say(Tone::Error, text);
            return Flow::Stay;
        }
        let new = self.tokens.ranges(editor.document.today);
        if new.is_empty() {
            let text = if self.tokens.tokens.is_empty() {
                "Type at least one CIDR."
            } else {
                "All of them are there already."
            };
            editor.say(Tone::Info, text);
            return Flow::Stay;
        }
        let from = editor.document.allowlist().group(self.group).map_or(0, |group| group.ranges.len());
        let left = self.tokens.tokens.len() - new.len();
        let also = match left {
            0 => String::new(),
            1 => "; 1 was there already".to_owned(),
            left => format!("; {left} were there already"),
        };
        let words = format!("add {} to {}", ranges(new.len()), self.name);
        let said = format!("Added {} to {}{also}{}.", ranges(new.len()), self.name, way(editor, new.len()));
        if editor.edit(Edit::append(self.group, from, new), words, said) {
            editor.points.select(Point::Group(self.group));
            editor.rebuild();
            let at = crate::allowlist::RangeAt { group: self.group, range: from };
            editor.ranges.select(at);
            return Flow::Close;
        }
        Flow::Stay
    }

    /// Puts what a wrong token offers in its place: of all tokens whose meaning is certain, else of the
    /// first wrong one alone.
    fn mend(&mut self, offer: usize) {
        self.read();
        let wrong = self.tokens.tokens.iter().filter_map(|token| match &token.verdict {
            Verdict::Wrong(error) => Some((token, error)),
            _ => None,
        });
        let certain = |error: &crate::cidr::CidrError| error.mends().first().is_some_and(|mend| mend.certain);
        let all: Vec<_> = wrong.clone().filter(|(_, error)| offer == 0 && certain(error)).collect();
        let first = wrong.clone().find(|(_, error)| error.mends().len() > offer);
        let chosen = if all.is_empty() { first.into_iter().collect() } else { all };
        let changes: Vec<_> = chosen
            .into_iter()
            .filter_map(|(token, error)| {
                Some((token.line, token.start, token.end, offers(error).into_iter().nth(offer)?.1))
            })
            .collect();
        // From the end, so that the places of those before stay right.
        for (line, start, end, text) in changes.into_iter().rev() {
            self.field.replace(line, start, end, &text);
        }
    }

    fn below(&self, editor: &Editor, inside: usize) -> Vec<Line<'static>> {
        let theme = editor.theme;
        let mut below = vec![Line::styled(width::clip(&self.tokens.summary(), inside), theme.heading())];
        let Some(wrong) = self.tokens.first_wrong() else { return below };
        let (_, words) = wrong.words(editor.document.allowlist(), &self.known);
        let words = width::wrap(&format!("x line {}: {words}", wrong.line + 1), inside, 2);
        below.extend(words.into_iter().take(3).map(|line| Line::styled(line, theme.error())));
        if let Verdict::Wrong(error) = &wrong.verdict {
            for (key, (offer, _)) in ["Ctrl-T", "Ctrl-Y"].into_iter().zip(offers(error)) {
                let offer = width::clip(&format!(" {offer}"), inside.saturating_sub(8));
                below.push(Line::from(vec![Span::styled(format!("  {key}"), theme.key()), Span::raw(offer)]));
            }
        }
        below
    }

    fn draw_line(&self, editor: &Editor, frame: &mut Frame, row: Rect, line: usize, text_columns: usize) {
        let theme = editor.theme;
        let current = line == self.field.row();
        let from = if current { self.field.first_column(text_columns) } else { 0 };
        let text = width::window(&self.field.lines()[line], from, text_columns);
        let buffer = frame.buffer_mut();
        buffer.set_string(row.x, row.y, &text, theme.typed(current));
        if current {
            #[cfg(test)]
            crate::editor::trace::field(
                Rect { width: text_columns as u16, ..row },
                &self.field.lines()[line],
                self.field.before_cursor(),
            );
            // At most the width of the row.
            let x = row.x + (self.field.column() - from) as u16;
            frame.set_cursor_position((x, row.y));
        }
        let tokens = self.tokens.of_line(line);
        let Some(token) = tokens.iter().find(|token| token.is_wrong()).or(tokens.last()) else { return };
        let (sign, words) = token.words(editor.document.allowlist(), &self.known);
        let words = match tokens.len() {
            1 => words,
            count if !token.is_wrong() => format!("{count} ranges, the last {words}"),
            _ => words,
        };
        let style = match sign {
            'x' => theme.severity(Severity::Error),
            '!' => theme.severity(Severity::Warning),
            '+' => theme.added_mark(),
            _ => theme.dim(),
        };
        let room = usize::from(row.width).saturating_sub(text_columns + 3);
        let x = row.x + text_columns as u16 + 1;
        let line = Line::from(vec![
            Span::styled(format!("{sign} "), style),
            Span::styled(width::clip(&words, room), theme.dim()),
        ]);
        frame.buffer_mut().set_line(x, row.y, &line, row.right().saturating_sub(x));
    }
}

impl Layer for Add {
    fn handle(&mut self, input: &Input, next: Option<&Input>, editor: &mut Editor) -> Flow {
        let key = match input {
            Input::Paste(text) => {
                self.field.insert(text);
                return Flow::Stay;
            }
            Input::Key(key) => key,
            Input::Mouse(_) | Input::Resize => return Flow::Stay,
        };
        editor.messages.pass();
        if leaves(editor, key) {
            if !self.field.is_empty() {
                editor.drafts.insert(DRAFT, Draft { original: Vec::new(), typed: vec![self.field.text()] });
                editor.say(Tone::Info, "The text is kept for the next time.");
            }
            return Flow::Close;
        }
        let action = does(editor, key);
        if action == Some(Action::Take) {
            if key.code == KeyCode::Enter && is_printable(next) {
                self.field.insert("\n");
                return Flow::Stay;
            }
            return self.submit(editor);
        }
        match action {
            Some(Action::TakeOffer) => self.mend(0),
            Some(Action::TakeOtherOffer) => self.mend(1),
            Some(Action::NewLine) => self.field.insert("\n"),
            _ => _ = self.field.key(key),
        }
        Flow::Stay
    }

    fn refresh(&mut self, editor: &Editor, area: Rect) {
        self.read();
        let below = self.below(editor, usize::from(area.width.saturating_sub(6).min(96))).len();
        let room = usize::from(area.height.saturating_sub(4)).saturating_sub(below).clamp(1, 16);
        self.rows = (self.field.lines().len() + 1).max(6).min(room);
        let row = self.field.row();
        if row < self.top || row >= self.top + self.rows {
            self.top = (row + 1).saturating_sub(self.rows);
        }
        self.top = self.top.min(self.field.lines().len().saturating_sub(self.rows));
    }

    fn draw(&self, editor: &Editor, frame: &mut Frame, area: Rect) {
        let columns = area.width.saturating_sub(2).min(100);
        let below = self.below(editor, usize::from(columns.saturating_sub(4)));
        let rows = u16::try_from(self.rows + below.len() + 2).unwrap_or(u16::MAX);
        let title = format!("Add ranges to {}", self.name);
        let inner = popup::draw(frame, area, editor.theme, &title, (columns, rows));
        let text_columns = usize::from(inner.width) * 2 / 5;
        let lines = self.top..(self.top + self.rows).min(self.field.lines().len());
        if text_columns > 0 {
            for (line, y) in lines.zip(inner.y..inner.bottom()) {
                self.draw_line(editor, frame, Rect { y, height: 1, ..inner }, line, text_columns);
            }
        }
        if self.field.is_empty() {
            let help = "CIDRs, separated by commas, spaces or lines; # starts a label";
            let help = width::clip(help, usize::from(inner.width.saturating_sub(2)));
            frame.buffer_mut().set_string(inner.x + 2, inner.y, help, editor.theme.dim());
        }
        let used = self.rows as u16;
        let rest = Rect { y: inner.y + used, height: inner.height.saturating_sub(used), ..inner };
        popup::lines(frame, rest, below);
    }

    fn hints(&self, hints: &mut Hints) {
        hints.key(Action::Take, "add them").key(Action::NewLine, "new line");
        let wrong = self.tokens.tokens.iter().filter_map(|token| match &token.verdict {
            Verdict::Wrong(error) => Some(error.mends().len()),
            _ => None,
        });
        if wrong.max().is_some_and(|offers| offers > 0) {
            hints.key(Action::TakeOffer, "take the offer");
        }
        hints.key(Action::Leave, "leave; the text is kept");
    }
}

/// How to go to the ranges that were added, where the keys go to their group.
fn way(editor: &Editor, added: usize) -> String {
    let key = editor.keymap.keys(Context::Main, Action::Right).first();
    let them = if added == 1 { "it" } else { "them" };
    match key {
        Some(key) if editor.focus == Pane::Points => format!("; {key} goes to {them}"),
        _ => String::new(),
    }
}

/// Whether a printable character waits, or more of a paste: then an Enter before it is part of the paste.
fn is_printable(next: Option<&Input>) -> bool {
    match next {
        Some(Input::Key(key)) => {
            matches!(key.code, KeyCode::Char(_))
                && !key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT)
        }
        Some(Input::Paste(_)) => true,
        _ => false,
    }
}
