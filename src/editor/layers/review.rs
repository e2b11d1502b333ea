//! The review mode: one entry after the other of those that need a look, and one key for what is decided of
//! it. Each decision is an edit like any other; nothing is written before the user saves.
//!
//! ```text
//! ┌ Review · 12 of 40 reviewed [#####-----------] ──┬ 203.0.116.77 · 1 address · on ─────────────────┐
//! │ + 203.0.114.0/26    confirmed until 2027-05-22  │ review   was to be reviewed by 2026-05-22      │
//! │ - 203.0.116.40/30   disabled                    │ in       Corporate networks / Branch office    │
//! │>  203.0.116.77      by 2026-05-22  netops       │ owner    netops                                │
//! │   203.0.118.0/25    by 2026-06-01  datacenter   │ holds    203.0.116.77 in Other clouds / CI     │
//! └─────────────────────────────────────────────────┴────────────────────────────────────────────────┘
//! ```

mod about;
mod decide;
mod draw;
mod neighbours;
pub mod queue;

pub use about::ago;

use super::{Flow, Hints, Layer, help};
use super::{form_owner, form_range};
use crate::allowlist::RangeAt;
use crate::editor::canvas::Frame;
use crate::editor::keymap::{Action, Context, row};
use crate::editor::state::{Editor, Input, Tone};
use crate::editor::window::Motion;
use crate::review::due;
use crossterm::event::KeyCode;
use neighbours::Neighbours;
use queue::Queue;
use ratatui::layout::Rect;

/// From this width on the keys say for how long they settle it.
const WIDE: u16 = 110;

struct Review {
    queue: Queue,
    neighbours: Neighbours,
    /// What is said of the current entry.
    about: Vec<about::Row>,
    /// What `about` was made for: the document's revision, whether that is reviewed, and how much room there
    /// is.
    made_for: Option<(u64, bool, Option<RangeAt>, Rect)>,
    hints: Vec<(String, String)>,
}

/// Opens the review mode, with what was decided in it before.
pub fn open(editor: &mut Editor) {
    let mut queue = match editor.reviewed.take().filter(|_| editor.document.moved().is_some()) {
        Some(mut queue) => {
            queue.follow(&editor.document);
            queue.fill(&editor.document);
            *queue
        }
        None => Queue::new(&mut editor.document),
    };
    if queue.current().is_none_or(|entry| entry.decision.is_some()) {
        queue.go_to_undecided();
    }
    let review = Review {
        queue,
        neighbours: Neighbours::default(),
        about: Vec::new(),
        made_for: None,
        hints: Vec::new(),
    };
    editor.layers.push(Box::new(review));
}

/// The boxes that it draws on a screen.
#[cfg(test)]
pub fn boxes(screen: Rect) -> [Rect; 2] {
    draw::Layout::of(screen).boxes
}

/// What a key of the review mode does, in the order of the footer.
const HINTS: [Action; 14] = [
    Action::Confirm,
    Action::Snooze,
    Action::Disable,
    Action::Delete,
    Action::Owner,
    Action::EditSelected,
    Action::Help,
    Action::Undo,
    Action::Leave,
    Action::Save,
    Action::NextUndecided,
    Action::ReviewAll,
    Action::Toggle,
    Action::Redo,
];

impl Layer for Review {
    fn handle(&mut self, input: &Input, _: Option<&Input>, editor: &mut Editor) -> Flow {
        self.follow(editor);
        let key = match input {
            Input::Key(key) => key,
            Input::Paste(_) => {
                editor.say(Tone::Info, "A paste does nothing here.");
                return Flow::Stay;
            }
            Input::Mouse(_) | Input::Resize => return Flow::Stay,
        };
        let unread = !editor.messages.pass() && editor.messages.shown().is_some();
        let action = editor.keymap.action(Context::Review, key);
        let flow = match action {
            Some(Action::Leave) if unread && key.code == KeyCode::Esc => {
                editor.messages.read_one();
                Flow::Stay
            }
            Some(Action::Leave) => {
                editor.reviewed = Some(Box::new(std::mem::take(&mut self.queue)));
                return Flow::Close;
            }
            Some(action) => {
                self.act(action, editor);
                Flow::Stay
            }
            None => {
                let keys = editor.keymap.keys(Context::Review, Action::Help);
                let help = keys.first().map(|key| format!("; {key} shows all keys")).unwrap_or_default();
                editor.say(Tone::Info, format!("That key does nothing here{help}."));
                Flow::Stay
            }
        };
        self.follow(editor);
        flow
    }

    fn click(&mut self, row: usize, _: bool, _: &mut Editor) -> Flow {
        self.queue.window.cursor = row.min(self.queue.len().saturating_sub(1));
        Flow::Stay
    }

    fn scroll(&mut self, rows: isize, _: &mut Editor) -> Flow {
        self.queue.window.scroll(rows, self.queue.len(), true);
        Flow::Stay
    }

    fn refresh(&mut self, editor: &Editor, area: Rect) {
        self.queue.follow(&editor.document);
        self.neighbours.follow(&editor.document);
        let layout = draw::Layout::of(area);
        self.queue.window.settle(self.queue.len(), usize::from(layout.list.height));
        let document = &editor.document;
        let at = self.queue.current().and_then(|entry| entry.at);
        let made_for = Some((document.revision(), document.is_reviewed(), at, area));
        if self.made_for != made_for {
            let brief = layout.about.height < 8;
            self.about = at.map_or_else(Vec::new, |at| about::rows(document, &self.neighbours, at, brief));
            self.made_for = made_for;
        }
        let key = |action| editor.keymap.keys(Context::Review, action).first().map(ToString::to_string);
        let hints = HINTS.into_iter().filter(|action| editor.refusal_in(Context::Review, *action).is_none());
        let words = |action| match action {
            Action::Confirm if area.width >= WIDE => Some(format!("confirm {} months", due::MONTHS)),
            Action::Snooze if area.width >= WIDE => Some("snooze a month".to_owned()),
            action => row(action).map(|row| row.name.to_owned()),
        };
        self.hints = hints.filter_map(|action| Some((key(action)?, words(action)?))).collect();
    }

    fn draw(&self, editor: &Editor, frame: &mut Frame, _: Rect) {
        draw::draw(&self.queue, &self.about, editor, frame);
    }

    fn hints(&self, hints: &mut Hints) {
        for (key, words) in &self.hints {
            hints.text(key, words);
        }
    }

    fn fills_the_screen(&self) -> bool {
        true
    }
}

impl Review {
    /// Follows what has been done since, be it in a form above.
    fn follow(&mut self, editor: &mut Editor) {
        if editor.document.moved().is_none() {
            self.queue = Queue::new(&mut editor.document);
            self.neighbours = Neighbours::default();
        }
        self.queue.follow(&editor.document);
    }

    fn act(&mut self, action: Action, editor: &mut Editor) {
        if let Some(reason) = editor.refusal_in(Context::Review, action) {
            let name = row(action).map_or("", |row| row.name);
            return editor.say(Tone::Info, format!("{name}: {reason}."));
        }
        if let Some(motion) = Motion::of(action) {
            return self.queue.go(motion);
        }
        match action {
            Action::NextUndecided => {
                if !self.queue.go_to_undecided() {
                    decide::say_progress(&self.queue, editor, "");
                }
            }
            Action::ReviewAll => {
                self.queue.all = !self.queue.all;
                self.queue.fill(&editor.document);
                let what = if self.queue.all { "all ranges" } else { "the ranges that need it" };
                editor.say(Tone::Info, format!("Review of {what}."));
            }
            Action::Help => help::open_in(editor, Context::Review),
            Action::Undo | Action::Redo | Action::Save | Action::Suspend | Action::Redraw => {
                editor.perform(action);
            }
            _ => self.decide(action, editor),
        }
    }

    /// What is done to the current entry.
    fn decide(&mut self, action: Action, editor: &mut Editor) {
        let Some(entry) = self.queue.current() else {
            return editor.say(Tone::Info, "There is nothing to review.");
        };
        let Some(at) = entry.at else {
            return editor.say(Tone::Info, format!("{} is deleted; undo brings it back.", entry.cidr));
        };
        match action {
            Action::Confirm => decide::confirm(&mut self.queue, editor, at),
            Action::Snooze => decide::snooze(&mut self.queue, editor, at),
            Action::Disable => decide::disable(&mut self.queue, editor, at),
            Action::Toggle => decide::toggle(&mut self.queue, editor, at),
            Action::Delete => decide::delete(&mut self.queue, editor, at),
            Action::Owner => form_owner::open(editor, at),
            Action::EditSelected => form_range::open(editor, at, None),
            _ => {}
        }
    }
}
