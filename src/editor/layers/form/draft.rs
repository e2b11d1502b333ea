//! What was typed into a form that was left: it comes back to the same thing only, marked, and one key puts
//! back what the list says.

use super::{About, CHANGES, Form, Open};
use crate::editor::keymap::{Action, Context};
use crate::editor::state::{Draft, Editor, Tone};
use crate::editor::text_field::TextField;

/// What a form starts from: the texts of its fields, and what it is about by name.
fn start(form: &Form) -> Vec<String> {
    let name = match &form.about {
        About::Named(name) => name.as_str(),
        About::Ranges(_) => "",
    };
    form.fields.iter().map(|field| field.value.as_str()).chain([name]).map(str::to_owned).collect()
}

/// What was typed when a form for the very same thing was left, where that is still as it was.
pub(super) fn take(editor: &mut Editor, form: &Form) -> Option<Vec<String>> {
    let is_same = editor.drafts.get(form.draft)?.original == start(form)
        && match &form.about {
            About::Ranges(places) => editor.document.places_of(form.draft) == Some(places),
            About::Named(_) => true,
        };
    if !is_same {
        return None;
    }
    editor.drafts.remove(form.draft).map(|draft| draft.typed)
}

/// Keeps texts of a form that is about nothing in particular for its next opening.
pub fn keep_texts(editor: &mut Editor, draft: &'static str, values: &[String], texts: &[String]) {
    let original = values.iter().cloned().chain([String::new()]).collect();
    editor.drafts.insert(draft, Draft { original, typed: texts.to_vec() });
}

impl Open {
    /// Keeps what was typed for the next opening, and says so.
    pub(super) fn keep_draft(&self, editor: &mut Editor) {
        if self.changed().next().is_none() {
            return;
        }
        editor.drafts.insert(self.form.draft, Draft { original: start(&self.form), typed: self.texts() });
        if let About::Ranges(places) = &self.form.about {
            editor.document.follow_places(self.form.draft, places.clone());
        }
        if self.form.enter == CHANGES {
            editor.say(Tone::Info, "Left without a change; what was typed is offered the next time.");
        }
    }

    /// The fields that say something else than the list.
    pub(super) fn changed(&self) -> impl Iterator<Item = usize> {
        (0..self.inputs.len()).filter(|at| self.is_changed(*at))
    }

    pub(super) fn is_changed(&self, field: usize) -> bool {
        self.inputs[field].line() != self.form.fields[field].value
    }

    /// Brings back what the list says.
    pub(super) fn put_back(&mut self) {
        self.inputs = self.form.fields.iter().map(|field| TextField::single(&field.value)).collect();
    }

    /// What of the form that was left is not taken yet.
    pub(super) fn not_taken(&self, editor: &Editor) -> Option<String> {
        self.from_draft.as_ref().filter(|_| self.form.enter == CHANGES)?;
        let names: Vec<&str> = self.changed().map(|at| self.form.fields[at].name).collect();
        if names.is_empty() {
            return None;
        }
        let key = editor.keymap.keys(Context::Dialog, Action::PutBack).first();
        let back = key.map(|key| format!(" {key} brings back what the list says.")).unwrap_or_default();
        Some(format!("Not taken yet: {}.{back}", names.join(", ")))
    }

    /// Where the text of a field is from, if it is from the form that was left.
    pub(super) fn origin(&self, field: usize) -> Option<String> {
        let typed = self.from_draft.as_ref().filter(|_| self.form.enter == CHANGES)?.get(field)?;
        let (input, original) = (self.inputs[field].line(), &self.form.fields[field].value);
        if input != typed || !self.is_changed(field) {
            return None;
        }
        let is = match (original.as_str(), self.form.draft) {
            ("", "ranges") => "empty: each stays as it is".to_owned(),
            ("", _) => "it is empty in the list".to_owned(),
            (value, _) => format!("it is {value} in the list"),
        };
        Some(format!("from the form you left; {is}"))
    }
}
