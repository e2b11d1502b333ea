//! What is decided of an entry: each is one edit, one step that can be undone.

use super::queue::{Decision, Queue};
use crate::allowlist::{Date, Edit, Range, RangeAt};
use crate::editor::editing;
use crate::editor::effect::{self, Effect, Said};
use crate::editor::keymap::{Action, Context};
use crate::editor::state::{Editor, Tone};
use crate::review::due;

/// It is still needed: looked at again half a year from today.
pub fn confirm(queue: &mut Queue, editor: &mut Editor, at: RangeAt) {
    let until = due::after(editor.document.today, due::MONTHS);
    set_day(queue, editor, at, until, ("confirm", "Confirmed"), Decision::Confirmed(until));
}

/// It is looked at again a month from today.
pub fn snooze(queue: &mut Queue, editor: &mut Editor, at: RangeAt) {
    let until = due::after(editor.document.today, due::SNOOZED);
    set_day(queue, editor, at, until, ("snooze", "Snoozed"), Decision::Snoozed(until));
}

fn set_day(
    queue: &mut Queue,
    editor: &mut Editor,
    at: RangeAt,
    until: Date,
    (verb, done): (&str, &str),
    decision: Decision,
) {
    let Some(range) = editor.document.allowlist().range(at) else { return };
    let cidr = range.cidr.to_string();
    let but = match (range.enabled, range.is_expired(editor.document.today)) {
        (false, _) => "; it stays disabled",
        (true, true) => "; it stays expired",
        (true, false) => "",
    };
    let said = Said { done: format!("{done} {cidr} until {until}{but}"), ..Said::default() };
    if range.review_by == Some(until) {
        queue.decide(Some(decision));
        return go_on(queue, editor, said.with(&Effect::Nothing));
    }
    let new = Range { review_by: Some(until), ..range.clone() };
    let edit = Edit::ReplaceRanges(vec![(at, new)]);
    carry_out(queue, editor, decision, edit, format!("{verb} {cidr} until {until}"), said);
}

/// Disables it.
pub fn disable(queue: &mut Queue, editor: &mut Editor, at: RangeAt) {
    let Some(range) = editor.document.allowlist().range(at) else { return };
    if !range.enabled {
        let keys = |action| editor.keymap.keys(Context::Review, action).first().map(ToString::to_string);
        let delete = keys(Action::Delete).map(|key| format!("; {key} deletes it")).unwrap_or_default();
        return editor.say(Tone::Info, format!("{} is off already{delete}.", range.cidr));
    }
    let (edit, words, said) = disabling(editor, at, range);
    carry_out(queue, editor, Decision::Disabled, edit, words, said);
}

/// Disables it, or enables it again, which decides nothing. Both stay on it, so that the same key twice is
/// never about two ranges.
pub fn toggle(queue: &mut Queue, editor: &mut Editor, at: RangeAt) {
    let Some(range) = editor.document.allowlist().range(at) else { return };
    if range.enabled {
        let (edit, words, said) = disabling(editor, at, range);
        queue.expect(Some(Decision::Disabled));
        editor.edit_judged(edit, words, &said);
    } else {
        let cidr = range.cidr.to_string();
        let new = vec![(at, Range { enabled: true, ..range.clone() })];
        let effect = editing::enabled(&new, editor.document.today);
        queue.expect(None);
        let edit = Edit::ReplaceRanges(new);
        editor.edit(edit, format!("enable {cidr}"), format!("Enabled {cidr}: {effect}."));
    }
    queue.follow(&editor.document);
}

fn disabling(editor: &Editor, at: RangeAt, range: &Range) -> (Edit, String, Said) {
    let said = editing::disabled(editor, &range.cidr.to_string());
    let edit = Edit::ReplaceRanges(vec![(at, Range { enabled: false, ..range.clone() })]);
    (edit, format!("disable {}", range.cidr), said)
}

/// Takes it out.
pub fn delete(queue: &mut Queue, editor: &mut Editor, at: RangeAt) {
    let Some(range) = editor.document.allowlist().range(at) else { return };
    let cidr = range.cidr.to_string();
    let edit = Edit::RemoveRanges(at.group, vec![at.range]);
    let said = Said { done: format!("Deleted {cidr}"), ..Said::default() };
    carry_out(queue, editor, Decision::Deleted, edit, format!("delete {cidr}"), said);
}

fn carry_out(
    queue: &mut Queue,
    editor: &mut Editor,
    decision: Decision,
    edit: Edit,
    words: String,
    said: Said,
) {
    queue.expect(Some(decision));
    let done = effect::judged(&mut editor.document, edit, words);
    queue.follow(&editor.document);
    match done {
        Ok(effect) => go_on(queue, editor, said.with(&effect)),
        Err(error) => editor.say(Tone::Error, error.to_string()),
    }
}

/// Goes to the next entry that nothing was decided of; behind the last one it says so.
fn go_on(queue: &mut Queue, editor: &mut Editor, (tone, short, whole): (Tone, String, String)) {
    let is_last = !queue.go_to_undecided();
    let behind = if is_last {
        format!(" {}.", done(queue, editor))
    } else {
        let undo = editor.keymap.keys(Context::Review, Action::Undo).first();
        undo.map(|key| format!(" {key} takes it back.")).unwrap_or_default()
    };
    match tone {
        Tone::Warning => editor.say_in(tone, short, format!("{whole}{behind}")),
        _ if is_last => say_progress(queue, editor, &whole),
        _ => editor.say(tone, format!("{whole}{behind}")),
    }
}

/// Says that all are reviewed, and what was decided.
pub fn say_progress(queue: &Queue, editor: &mut Editor, behind: &str) {
    let words = queue.tally().words();
    let words = if words.is_empty() { String::new() } else { format!(": {words}") };
    let text = format!("{}{words}. {behind}", done(queue, editor));
    editor.say(Tone::Done, text.trim_end().to_owned());
}

/// `40 of 40 reviewed; Ctrl-S saves`.
pub fn done(queue: &Queue, editor: &Editor) -> String {
    let number = |count: usize| crate::cidr::grouped(&count.to_string());
    let save = editor.keymap.keys(Context::Review, Action::Save).first();
    let save = save.filter(|_| editor.document.is_unsaved()).map(|key| format!("; {key} saves"));
    format!("{} of {} reviewed{}", number(queue.decided()), number(queue.len()), save.unwrap_or_default())
}
