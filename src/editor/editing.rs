//! Actions that change the allowlist without a dialog.

use super::document::Document;
use super::effect::Said;
use super::follow::Cursor;
use super::layers::{form_policy, form_range};
use super::panes::Pane;
use super::panes::points::Point;
use super::panes::preview::Tab;
use super::state::{Editor, Tone};
use crate::allowlist::{Date, Edit, Kind, Range, RangeAt};
use crate::cidr::grouped;
use crate::review::{Finding, Place};

impl Editor {
    /// Applies an edit as one step and says so; an edit that is refused is said too.
    pub fn edit(&mut self, edit: Edit, words: impl Into<String>, said: impl Into<String>) -> bool {
        match self.document.perform(edit, words.into()) {
            Ok(()) => self.say(Tone::Done, said),
            Err(error) => {
                self.say(Tone::Error, error.to_string());
                return false;
            }
        }
        self.rebuild();
        true
    }
}

/// `1 range`, `3 ranges`.
pub fn ranges(count: usize) -> String {
    if count == 1 {
        "1 range".to_owned()
    } else {
        format!("{} ranges", crate::cidr::grouped(&count.to_string()))
    }
}

/// Why there is nothing to delete, enable or disable.
pub fn nothing_selected(editor: &Editor) -> Option<&'static str> {
    match (editor.focus, editor.points.selected()) {
        (Pane::Ranges, _) if editor.ranges.selected().is_none() => Some("there is no range here yet"),
        (Pane::Preview, _) => Some("select a range or a group first"),
        _ => None,
    }
}

/// Why nothing is to be deleted, where that is so.
pub fn nothing_to_delete(editor: &Editor) -> Option<&'static str> {
    let category = match (editor.focus, editor.points.selected()) {
        (Pane::Points, Point::Category(at)) => editor.document.allowlist().categories().get(at),
        _ => None,
    };
    let built_in = category.filter(|category| category.kind != Kind::Custom);
    built_in.map(|_| "the four built-in categories stay").or_else(|| nothing_selected(editor))
}

/// Deletes the selected range, group, or category of the user's own.
pub fn delete(editor: &mut Editor) {
    match (editor.focus, editor.points.selected()) {
        (Pane::Ranges, _) => delete_range(editor),
        (_, Point::Group(at)) => {
            let Some(group) = editor.document.allowlist().group(at) else { return };
            let (name, count) = (group.name.to_string(), group.ranges.len());
            let with = if count == 0 { String::new() } else { format!(" with {}", ranges(count)) };
            let said = deleted(format!("the group {name}{with}"));
            editor.edit_judged(Edit::RemoveGroup(at), format!("delete the group {name}{with}"), &said);
        }
        (_, Point::Category(at)) => {
            let Some(category) = editor.document.allowlist().categories().get(at) else { return };
            let name = category.name.to_string();
            let count: usize = category.groups.iter().map(|group| group.ranges.len()).sum();
            let said = deleted(format!("the category {name} with {}", ranges(count)));
            editor.edit_judged(Edit::RemoveCategory(at), format!("delete the category {name}"), &said);
        }
    }
}

fn delete_range(editor: &mut Editor) {
    let Some(at) = editor.ranges.selected() else { return };
    let Some(range) = editor.document.allowlist().range(at) else { return };
    let cidr = range.cidr.to_string();
    let edit = Edit::RemoveRanges(at.group, vec![at.range]);
    editor.edit_judged(edit, format!("delete {cidr}"), &deleted(cidr));
}

fn deleted(what: String) -> Said {
    Said { done: format!("Deleted {what}"), end: "; u brings it back", ..Said::default() }
}

/// Enables or disables the selected range, the chosen ones, or all of a group or category. Several are enabled
/// only where none of them is: what somebody has disabled is not to come back with what was still on.
pub fn toggle(editor: &mut Editor) {
    let allowlist = editor.document.allowlist();
    let places: Vec<RangeAt> = match (editor.focus, editor.points.selected()) {
        (Pane::Ranges, _) => {
            super::bulk::chosen(editor).unwrap_or_else(|| editor.ranges.selected().into_iter().collect())
        }
        (_, point) => {
            let inside = |at: &RangeAt| match point {
                Point::Group(group) => at.group == group,
                Point::Category(category) => at.group.category == category,
            };
            allowlist.ranges().map(|(at, ..)| at).filter(inside).collect()
        }
    };
    let all: Vec<(RangeAt, &Range)> =
        places.iter().filter_map(|at| Some((*at, allowlist.range(*at)?))).collect();
    if all.is_empty() {
        return editor.say(Tone::Info, "There is no range here yet; a adds some.");
    }
    let (count, enable) = (all.len(), !all.iter().any(|(_, range)| range.enabled));
    let changed = all.into_iter().filter(|(_, range)| range.enabled != enable);
    let new: Vec<_> = changed.map(|(at, range)| (at, Range { enabled: enable, ..range.clone() })).collect();
    let name = match &*new {
        [(_, range)] if count == 1 => range.cidr.to_string(),
        new if new.len() == count => ranges(count),
        new => format!("{} of {}", grouped(&new.len().to_string()), ranges(count)),
    };
    if enable {
        let said = format!("Enabled {name}: {}.", enabled(&new, editor.document.today));
        editor.edit(Edit::ReplaceRanges(new), format!("enable {name}"), said);
        return;
    }
    let said = disabled(editor, &name);
    editor.edit_judged(Edit::ReplaceRanges(new), format!("disable {name}"), &said);
}

/// What is said of what was disabled.
pub fn disabled(editor: &Editor, name: &str) -> Said {
    let nothing = ": not let through before either";
    Said { done: format!("Disabled {name}"), denied: editor.document.denied_words(), nothing, end: "" }
}

/// What it does that these ranges are enabled.
pub fn enabled(new: &[(RangeAt, Range)], today: Date) -> String {
    let dead = new.iter().filter(|(_, range)| range.net().is_none() || !range.is_active(today)).count();
    let number = |count: usize| crate::cidr::grouped(&count.to_string());
    match (new, dead) {
        (_, 0) => "let through".to_owned(),
        ([(_, range)], _) if range.net().is_none() => "it is no CIDR and lets nobody through".to_owned(),
        ([_], _) => "it stays expired".to_owned(),
        (all, dead) if all.len() == dead => "none is let through: expired, or no CIDR".to_owned(),
        (_, dead) => format!("let through, but {} that expired or are no CIDR", number(dead)),
    }
}

/// Takes back the last step.
pub fn undo(editor: &mut Editor) {
    let cursor = editor.document.inverse().map(|edit| Cursor::before(editor, edit));
    step(editor, cursor, Document::undo, "Undone");
}

/// Does again what was taken back last.
pub fn redo(editor: &mut Editor) {
    let cursor = editor.document.forward().map(|edit| Cursor::before(editor, edit));
    step(editor, cursor, Document::redo, "Done again");
}

fn step(editor: &mut Editor, cursor: Option<Cursor>, step: fn(&mut Document) -> Option<String>, said: &str) {
    let (Some(cursor), Some(words)) = (cursor, step(&mut editor.document)) else { return };
    cursor.follow(editor);
    editor.say(Tone::Done, format!("{said}: {words}."));
}

/// A finding's place is known only where the review is of the allowlist as it is now.
pub const STILL_CHECKING: &str = "The allowlist is still being checked; try again in a moment.";

/// The finding that the selection is about.
fn chosen_finding(editor: &Editor) -> Option<&Finding> {
    if !editor.document.is_reviewed() {
        return None;
    }
    match editor.focus {
        Pane::Preview => editor.preview.finding().and_then(|at| editor.document.review().findings.get(at)),
        _ => {
            let at = editor.ranges.selected()?;
            editor.document.range_mend(at).or_else(|| editor.document.range_finding(at))
        }
    }
}

/// Takes the mend of the selected finding, or of the worst finding of the selected range.
pub fn mend(editor: &mut Editor) {
    editor.document.refresh();
    let Some(finding) = chosen_finding(editor) else {
        if !editor.document.is_reviewed() {
            return editor.say(Tone::Info, STILL_CHECKING);
        }
        return editor.say(Tone::Info, "fix: no finding is selected.");
    };
    let allowlist = editor.document.allowlist();
    let mend = finding.fix.as_ref().and_then(|fix| Some((fix.words(allowlist), fix.edit(allowlist)?)));
    match mend {
        Some((words, edit)) => {
            editor.edit(edit, words.command(), format!("{}; u brings it back.", words.done()));
        }
        None => {
            let said = finding.sentence(allowlist);
            editor.say(Tone::Info, format!("No automatic fix: {}.", said.trim_end_matches('.')));
        }
    }
}

/// Goes to what the selected finding is about.
pub fn go_to_finding(editor: &mut Editor) {
    if editor.preview.tab() != Tab::Findings {
        return editor.say(Tone::Info, "Nothing to edit in the preview; P edits the policy's settings.");
    }
    editor.document.refresh();
    if !editor.document.is_reviewed() {
        return editor.say(Tone::Info, STILL_CHECKING);
    }
    let place = chosen_finding(editor).and_then(|finding| finding.place);
    match place {
        Some(Place::Setting(key)) => form_policy::open(editor, Some(key)),
        Some(Place::Group(at)) => {
            editor.points.select(Point::Group(at));
            editor.focus = Pane::Points;
        }
        Some(Place::Range(at)) => {
            editor.filter.clear();
            editor.points.select(Point::Group(at.group));
            editor.focus = Pane::Ranges;
            editor.rebuild();
            editor.ranges.select(at);
            let is_bad = editor.document.allowlist().range(at).is_some_and(|range| range.net().is_none());
            if is_bad {
                form_range::open(editor, at, None);
            }
        }
        None => editor.say(Tone::Info, "This is about the whole allowlist."),
    }
}
