//! A form: fields below each other, each judged while it is typed, with the error at the field.
//!
//! ```text
//! ┌ Range 203.0.114.0/24 ────────────────────────────┐
//! │ * cidr         203.0.114.0/24                    │
//! │   owner      > netops                            │
//! │ * review_by x  tomorrow                          │
//! │                                                  │
//! │ who answers for it                               │
//! └──────────────────────────────────────────────────┘
//! ```

mod below;
mod draft;
mod draw;
mod field;
mod mend;

pub use draft::keep_texts;
pub use field::{Field, Remark, Takes};

use super::offers::Offers;
use super::{Flow, Hints, Layer, does, leaves, popup};
use crate::allowlist::RangeAt;
use crate::editor::canvas::Frame;
use crate::editor::file;
use crate::editor::keymap::Action;
use crate::editor::messages::Topic;
use crate::editor::state::{Editor, Input, Tone};
use crate::editor::text_field::TextField;
use crate::editor::width;
use crate::review::Severity;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Rect;
use ratatui::text::Line;

/// Judges the texts of all fields: a remark or none for each.
pub type Check = dyn Fn(&Editor, &[String]) -> Vec<Option<Remark>>;

/// What is said of the texts together, in lines below the fields.
pub type Says = dyn Fn(&Editor, &[String]) -> Vec<String>;

/// Takes the texts of all fields; an error keeps the form.
pub type Done = dyn Fn(&mut Editor, &[String]) -> Result<(), String>;

/// What Enter does in a form for what is edited.
pub const CHANGES: &str = "take the changes";

/// What a form is about: what was typed into it comes back to nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// Something that its name tells from others.
    Named(String),
    /// The ranges at these places, wherever they move.
    Ranges(Vec<RangeAt>),
}

/// What a form is and does.
pub struct Form {
    /// What the box is called.
    pub title: String,
    /// Its fields.
    pub fields: Vec<Field>,
    /// What it is about.
    pub about: About,
    /// Where its texts are kept when it is left.
    pub draft: &'static str,
    /// What Enter does, for the footer.
    pub enter: &'static str,
    /// Whether Enter takes the texts also where they are as they were offered.
    pub takes_unchanged: bool,
    /// Judges the texts of all fields: a remark or none for each.
    pub check: Box<Check>,
    /// What is said of them together, where something is.
    pub says: Option<Box<Says>>,
    /// Takes the texts.
    pub done: Box<Done>,
}

struct Open {
    form: Form,
    inputs: Vec<TextField>,
    /// What was typed when it was left, where that has come back.
    from_draft: Option<Vec<String>>,
    focus: usize,
    top: usize,
    rows: usize,
    remarks: Vec<Option<Remark>>,
    said: Vec<String>,
    offers: Offers,
    /// Whether the field with the focus offers what was typed before, which typing replaces.
    selected: bool,
}

/// Opens a form with the focus on a field, and with what was typed when it was left.
pub fn open(editor: &mut Editor, form: Form, focus: usize) {
    let open = opened(editor, form, focus);
    editor.layers.push(Box::new(open));
}

/// Opens a form that is used again and again: what was typed when it was closed is selected, so that typing
/// replaces it.
pub fn open_again(editor: &mut Editor, form: Form, focus: usize) {
    let mut open = opened(editor, form, focus);
    open.selected = !open.inputs[focus].is_empty();
    editor.layers.push(Box::new(open));
}

fn opened(editor: &mut Editor, form: Form, focus: usize) -> Open {
    let from_draft = draft::take(editor, &form);
    let inputs = match &from_draft {
        Some(typed) => typed.iter().map(|text| TextField::single(text)).collect(),
        None => form.fields.iter().map(|field| TextField::single(&field.value)).collect(),
    };
    Open {
        form,
        inputs,
        from_draft,
        focus,
        top: 0,
        rows: 1,
        remarks: Vec::new(),
        said: Vec::new(),
        offers: Offers::default(),
        selected: false,
    }
}

impl Open {
    fn texts(&self) -> Vec<String> {
        self.inputs.iter().map(TextField::text).collect()
    }

    /// Looks what is offered for the field with the focus.
    fn find_offers(&mut self, editor: &Editor) {
        let (name, input) = (self.form.fields[self.focus].name, &self.inputs[self.focus]);
        self.offers.find(editor.document.allowlist(), self.focus, name, input);
    }

    fn offer(&self) -> Option<&str> {
        self.offers.current(&self.inputs[self.focus])
    }

    fn step(&mut self, by: usize) {
        let count = self.inputs.len().max(1);
        self.focus = (self.focus + by) % count;
        if self.takes() == &Takes::Nothing {
            self.focus = (self.focus + by) % count;
        }
    }

    fn takes(&self) -> &Takes {
        &self.form.fields[self.focus].takes
    }

    fn submit(&mut self, editor: &mut Editor) -> Flow {
        let texts = self.texts();
        self.remarks = (self.form.check)(editor, &texts);
        if let Some(wrong) = self.remarks.iter().position(|remark| matches!(remark, Some(Remark::Error(_)))) {
            self.focus = wrong;
            return Flow::Stay;
        }
        if self.changed().next().is_none() && !self.form.takes_unchanged {
            if self.form.enter == CHANGES {
                editor.say(Tone::Info, "Nothing was changed.");
            }
            return Flow::Close;
        }
        match (self.form.done)(editor, &texts) {
            Ok(()) => {
                editor.messages.settle(Topic::Form);
                Flow::Close
            }
            Err(error) => {
                editor.fail(Topic::Form, format!("Nothing was changed: {error}"));
                Flow::Stay
            }
        }
    }

    fn choose(&mut self, forward: bool) {
        let Takes::Choice(words) = &self.form.fields[self.focus].takes else { return };
        let at = words.iter().position(|word| *word == self.inputs[self.focus].line()).unwrap_or_default();
        let next = if forward { at + 1 } else { at + words.len() - 1 } % words.len().max(1);
        self.inputs[self.focus].set(words[next]);
    }
}

impl Layer for Open {
    fn handle(&mut self, input: &Input, _: Option<&Input>, editor: &mut Editor) -> Flow {
        let is_choice = matches!(self.takes(), Takes::Choice(_));
        let selected = std::mem::take(&mut self.selected);
        let key = match input {
            Input::Paste(text) if !is_choice => {
                if selected {
                    self.inputs[self.focus].set("");
                }
                self.inputs[self.focus].insert(text);
                return Flow::Stay;
            }
            Input::Key(key) => key,
            _ => return Flow::Stay,
        };
        if leaves(editor, key) {
            self.keep_draft(editor);
            return Flow::Close;
        }
        let last = self.inputs.len().saturating_sub(1);
        let action = does(editor, key);
        match key.code {
            _ if action == Some(Action::Take) => return self.submit(editor),
            _ if action == Some(Action::TakeAndSave) => {
                let flow = self.submit(editor);
                if flow == Flow::Close && self.form.enter == CHANGES {
                    file::save(editor);
                }
                return flow;
            }
            _ if action == Some(Action::PutBack) => self.put_back(),
            _ if matches!(action, Some(Action::NextField | Action::Down)) => self.step(1),
            _ if matches!(action, Some(Action::PreviousField | Action::Up)) => self.step(last),
            KeyCode::Char(' ') | KeyCode::Right if is_choice => self.choose(true),
            KeyCode::Left if is_choice => self.choose(false),
            KeyCode::Char(c) if is_choice && key.modifiers == KeyModifiers::NONE => {
                if let Takes::Choice(words) = &self.form.fields[self.focus].takes
                    && let Some(word) = words.iter().find(|word| word.starts_with(c))
                {
                    self.inputs[self.focus].set(word);
                }
            }
            _ if is_choice => {}
            _ if matches!(action, Some(Action::TakeOffer | Action::TakeOtherOffer)) => {
                self.take_mend(action.unwrap_or(Action::TakeOffer));
            }
            _ if matches!(action, Some(Action::NextOffer | Action::PreviousOffer)) => {
                self.find_offers(editor);
                self.offers.turn(action == Some(Action::NextOffer));
            }
            _ if action == Some(Action::Complete) => {
                self.find_offers(editor);
                match self.offer().map(str::to_owned) {
                    Some(offer) => self.inputs[self.focus].set(&offer),
                    None => _ = self.inputs[self.focus].key(key),
                }
            }
            _ => {
                if selected && replaces(key) {
                    self.inputs[self.focus].set("");
                }
                self.inputs[self.focus].key(key);
            }
        }
        Flow::Stay
    }

    fn click(&mut self, field: usize, _: bool, _: &mut Editor) -> Flow {
        self.selected = false;
        self.focus = field.min(self.inputs.len().saturating_sub(1));
        if self.takes() == &Takes::Nothing {
            self.step(1);
        }
        Flow::Stay
    }

    fn field(&mut self, number: usize) -> Option<&mut TextField> {
        self.selected = false;
        self.focus = number.min(self.inputs.len().saturating_sub(1));
        self.inputs.get_mut(self.focus)
    }

    fn scroll(&mut self, rows: isize, _: &mut Editor) -> Flow {
        // From the last field the keys go on to the first; the wheel stays there.
        let last = self.inputs.len().saturating_sub(1);
        self.selected = false;
        let go = |from: usize| from.saturating_add_signed(rows.signum()).min(last);
        self.focus = go(self.focus);
        if self.takes() == &Takes::Nothing {
            self.focus = go(self.focus);
        }
        Flow::Stay
    }

    fn refresh(&mut self, editor: &Editor, area: Rect) {
        self.find_offers(editor);
        self.remarks = (self.form.check)(editor, &self.texts());
        let columns = usize::from(area.width.saturating_sub(6).min(92));
        let said = self.form.says.as_ref().map(|says| says(editor, &self.texts())).unwrap_or_default();
        let own = [self.not_taken(editor), self.mends_line(editor)];
        let said: Vec<String> = own.into_iter().flatten().chain(said).collect();
        self.said = said.iter().flat_map(|line| width::wrap(line, columns, 2)).collect();
        // What is said may not take the place of all fields.
        let room = usize::from(area.height.saturating_sub(7));
        self.said.truncate(room / 2);
        self.rows = self.inputs.len().min(room - self.said.len()).max(1);
        if self.focus < self.top || self.focus >= self.top + self.rows {
            self.top = self.focus.saturating_sub(self.rows / 2);
        }
        self.top = self.top.min(self.inputs.len().saturating_sub(self.rows));
    }

    fn draw(&self, editor: &Editor, frame: &mut Frame, area: Rect) {
        let theme = editor.theme;
        let columns = area.width.saturating_sub(2).min(96);
        let inside = usize::from(columns.saturating_sub(4));
        let below = self.below(editor, inside);
        let rows = u16::try_from(self.rows + self.said.len() + 5).unwrap_or(u16::MAX);
        let inner = popup::draw(frame, area, theme, &self.form.title, (columns, rows));
        let names = self.form.fields.iter().map(|field| self.star(0).len() + field.name.len()).max();
        let names = names.unwrap_or_default();
        let names = names.min(inside / 2) as u16;
        let fields = self.top..(self.top + self.rows).min(self.inputs.len());
        editor.pointer.spots.choices(inner, fields.clone());
        for (at, y) in fields.zip(inner.y..inner.bottom()) {
            if self.form.fields[at].takes == Takes::Nothing {
                let words = width::clip(self.form.fields[at].help, inside);
                frame.buffer_mut().set_string(inner.x, y, words, theme.dim());
                continue;
            }
            let focused = at == self.focus;
            let style = if focused { theme.heading() } else { theme.dim() };
            let name = format!("{}{}", self.star(at), self.form.fields[at].name);
            frame.buffer_mut().set_string(inner.x, y, width::pad(&name, usize::from(names)), style);
            let (sign, style) = match self.remarks.get(at) {
                Some(Some(Remark::Error(_))) => ("x", theme.severity(Severity::Error)),
                Some(Some(Remark::Warning(_))) => ("!", theme.severity(Severity::Warning)),
                _ => (" ", theme.dim()),
            };
            frame.buffer_mut().set_string(inner.x + names + 1, y, sign, style);
            let used = names + 3;
            let row = Rect::new(inner.x + used, y, inner.width.saturating_sub(used), 1);
            popup::field_of(frame, row, &self.inputs[at], editor, (at, focused));
            if focused {
                self.draw_offer(theme, frame, row);
                self.draw_selected(theme, frame, row);
            }
        }
        let used = self.rows as u16;
        let rest = Rect { y: inner.y + used, height: inner.height.saturating_sub(used), ..inner };
        let below = below
            .into_iter()
            .chain(self.said.iter().map(|line| Line::styled(line.clone(), draw::tone(theme, line))));
        popup::lines(frame, rest, below);
    }

    fn hints(&self, hints: &mut Hints) {
        hints.key(Action::Take, self.form.enter).key(Action::Leave, "leave");
        if self.inputs.len() > 1 {
            hints.key(Action::NextField, "next field");
        }
        if self.selected {
            hints.text("typing", "replaces it");
        }
        if matches!(self.takes(), Takes::Choice(_)) {
            hints.text("Space", "change");
        }
        if self.offer().is_some() {
            hints.key(Action::Complete, "take the offer");
            if self.offers.place().is_some() {
                hints.keys(&[Action::NextOffer, Action::PreviousOffer], "others");
            }
        }
        if !self.mends().is_empty() {
            hints.key(Action::TakeOffer, "take the offer");
        }
        if self.form.enter == CHANGES && self.changed().next().is_some() {
            hints.key(Action::PutBack, "put back");
        }
        if self.form.enter == CHANGES {
            hints.key(Action::TakeAndSave, "and save");
        }
    }
}

/// Whether a key takes the place of what is selected, as in any text field.
fn replaces(key: &KeyEvent) -> bool {
    let plain = (key.modifiers - KeyModifiers::SHIFT).is_empty();
    plain && matches!(key.code, KeyCode::Char(_) | KeyCode::Backspace | KeyCode::Delete)
}
