//! The add dialog: many lines of CIDRs, each with what it will become or what is wrong with it.
//!
//! ```text
//! ┌ Add ranges to Office ────────────────────────────────────────────┐
//! │ 1 203.0.116.0/24 # primary   + 256 addresses, "primary"          │
//! │ 2 203.0.115.77/24            x host bits set: the network is ... │
//! │ 1 range to add, 1 line wrong                                     │
//! │ x line 2: host bits set: the network is 203.0.115.0/24, the ...  │
//! │   Ctrl-T the network 203.0.115.0/24 · Ctrl-Y the host 203.0...   │
//! └──────────────────────────────────────────────────────────────────┘
//! ```

mod among;
mod draw;
pub(super) mod dress;
mod explain;
mod known;
mod label;
mod tokens;
mod words;

pub(super) use label::address_in;

use super::{Flow, Hints, Layer, does, key_or_paste, leaves, prompts};
use crate::allowlist::{Edit, GroupAt, RangeAt};
use crate::editor::canvas::Frame;
use crate::editor::editing::ranges;
use crate::editor::keymap::{Action, Context};
use crate::editor::messages::Topic;
use crate::editor::panes::Pane;
use crate::editor::panes::points::Point;
use crate::editor::state::{Draft, Editor, Input, Tone};
use crate::editor::text_field::TextField;
use crate::editor::width;
use crossterm::event::{KeyCode, KeyModifiers};
use known::Known;
use ratatui::layout::Rect;
use std::thread::JoinHandle;
use tokens::Tokens;

const DRAFT: &str = "add-ranges";

/// What the draft of a text is of that was left, and not pasted before there was a group for it.
const LEFT: &str = "left";

/// So many lines are shown at most.
const MOST_ROWS: usize = 16;

struct Add {
    group: GroupAt,
    name: String,
    field: TextField,
    known: Known,
    /// Who makes `known`, until there is something to judge.
    making: Option<JoinHandle<Known>>,
    tokens: Tokens,
    /// The field's revision that the tokens are of.
    read: Option<u64>,
    /// The columns of the longest line.
    longest: usize,
    /// The columns that the verdicts need at least.
    verdicts: usize,
    top: usize,
    rows: usize,
    /// What was cleared last, until it is brought back.
    cleared: Option<String>,
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
    let is_kept = editor.drafts.get(DRAFT).is_some_and(|draft| draft.original == [LEFT]);
    keep(editor, pasted);
    let text =
        editor.drafts.remove(DRAFT).and_then(|draft| draft.typed.into_iter().next()).unwrap_or_default();
    let field = TextField::multi(&text);
    let (known, making) = Known::start(&editor.document.snapshot(), group, editor.document.today);
    editor.layers.push(Box::new(Add {
        group,
        name,
        field,
        known,
        making,
        tokens: Tokens::default(),
        read: None,
        longest: 0,
        verdicts: 0,
        top: 0,
        rows: 1,
        cleared: None,
    }));
    let clear = editor.keymap.keys(Context::Dialog, Action::PutBack).first();
    if let Some(key) = clear.filter(|_| is_kept) {
        editor.say(Tone::Info, format!("The text that was left is here again; {key} clears it."));
    }
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
            if let Some(thread) = self.making.take_if(|_| !self.field.is_empty()) {
                // Without it, what is there already would pass for new.
                self.known = thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            }
            self.tokens = Tokens::read(self.field.lines(), &self.known);
            self.read = Some(self.field.revision());
            self.longest = self.field.lines().iter().map(|line| width::columns(line)).max().unwrap_or(0);
        }
    }

    fn submit(&mut self, editor: &mut Editor) -> Flow {
        self.read();
        if let Some(line) = self.tokens.first_wrong().map(|token| token.line) {
            self.field.place(line, usize::MAX);
            let explained = explain::explained(&self.tokens, self.field.lines(), line);
            let words = explained.map_or_else(String::new, |explained| explained.words);
            editor.fail(Topic::Add, format!("Nothing was added: line {}: {words}", line + 1));
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
        let (added, name) = (new.len(), self.name.clone());
        let words = format!("add {} to {name}", ranges(added));
        let said = format!("Added {} to {name}{also}{}.", ranges(added), way(editor, added));
        if editor.edit(Edit::append(self.group, from, new), words, said) {
            editor.messages.settle(Topic::Add);
            editor.points.select(Point::Group(self.group));
            editor.rebuild();
            let at = RangeAt { group: self.group, range: from };
            editor.ranges.select(at);
            say_hidden(editor, at, added, &name);
            return Flow::Close;
        }
        Flow::Stay
    }

    /// Clears the text; an empty one becomes what was cleared.
    fn clear(&mut self) {
        if self.field.is_empty() {
            self.field.set(&self.cleared.take().unwrap_or_default());
        } else {
            self.cleared = Some(self.field.text());
            self.field.set("");
        }
    }

    /// Puts what the explained line offers in its place. The cursor stays where it is in its line, unless
    /// another line is explained: then it goes to that one's end.
    fn mend(&mut self, offer: usize) {
        self.read();
        let (row, mut at) = (self.field.row(), self.field.before_cursor().len());
        let changes = explain::changes(&self.tokens, self.field.lines(), row, offer);
        let Some((line, changes)) = changes.filter(|(_, changes)| !changes.is_empty()) else { return };
        // From the end, so that the places of those before stay right.
        for change in changes.into_iter().rev() {
            if change.text.contains('\n') {
                // All of the line, and the only change.
                self.field.replace(change.line, change.start, change.end, "");
                return self.field.insert(&change.text);
            }
            self.field.replace(change.line, change.start, change.end, &change.text);
            if change.line == row && at > change.start {
                let end = change.start + change.text.len();
                at = if at < change.end { at.min(end) } else { end + at - change.end };
            }
        }
        self.field.place(line, if line == row { at } else { usize::MAX });
    }
}

impl Layer for Add {
    fn handle(&mut self, input: &Input, next: Option<&Input>, editor: &mut Editor) -> Flow {
        let Some(key) = key_or_paste(input, &mut self.field) else { return Flow::Stay };
        editor.messages.pass();
        // It was about the text as it was.
        editor.messages.settle(Topic::Add);
        if leaves(editor, key) {
            if !self.field.is_empty() {
                let draft = Draft { original: vec![LEFT.to_owned()], typed: vec![self.field.text()] };
                editor.drafts.insert(DRAFT, draft);
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
            Some(Action::PutBack) => self.clear(),
            Some(Action::NewLine) => self.field.insert("\n"),
            _ => _ = self.field.key(key),
        }
        Flow::Stay
    }

    fn refresh(&mut self, editor: &Editor, area: Rect) {
        self.read();
        self.verdicts = self.longest_verdict(editor);
        let below = self.below(editor, area).len();
        let room = usize::from(area.height.saturating_sub(4)).saturating_sub(below).clamp(1, MOST_ROWS);
        self.rows = (self.field.lines().len() + 1).max(6).min(room);
        let row = self.field.row();
        if row < self.top || row >= self.top + self.rows {
            self.top = (row + 1).saturating_sub(self.rows);
        }
        self.top = self.top.min(self.field.lines().len().saturating_sub(self.rows));
    }

    fn field(&mut self, _: usize) -> Option<&mut TextField> {
        Some(&mut self.field)
    }

    fn draw(&self, editor: &Editor, frame: &mut Frame, area: Rect) {
        self.draw_all(editor, frame, area);
    }

    fn hints(&self, hints: &mut Hints) {
        hints.key(Action::Take, "add them").key(Action::NewLine, "new line");
        let explained = explain::explained(&self.tokens, self.field.lines(), self.field.row());
        if explained.is_some_and(|explained| !explained.offers.is_empty()) {
            hints.key(Action::TakeOffer, "take the offer");
        }
        // Short, so that there is room for it.
        hints.key(Action::Leave, "leave");
        match self.field.is_empty() {
            false => _ = hints.key(Action::PutBack, "clear"),
            true if self.cleared.is_some() => _ = hints.key(Action::PutBack, "bring back"),
            true => {}
        }
    }
}

/// Says how many of the ranges that were added from a place on the filter hides.
fn say_hidden(editor: &mut Editor, from: RangeAt, added: usize, group: &str) {
    let rows = editor.ranges.rows().iter();
    let shown = rows.filter(|at| at.group == from.group && at.range >= from.range).count();
    if shown >= added || editor.filter.trim().is_empty() {
        return;
    }
    let key = editor.keymap.keys(Context::Main, Action::ClearFilter).first();
    let way = key.map_or_else(String::new, |key| format!(": {key} shows all ranges"));
    let hidden = match (added, added - shown) {
        (1, _) => "it".to_owned(),
        (added, hidden) if added == hidden => "them".to_owned(),
        (_, hidden) => format!("{hidden} of them"),
    };
    editor.say(Tone::Done, format!("Added {} to {group}; the filter hides {hidden}{way}.", ranges(added)));
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
