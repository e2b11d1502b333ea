//! Actions on many ranges at once: each is one step.

use super::editing::ranges;
use super::effect::Said;
use super::follow::Cursor;
use super::layers::{form_many, move_to};
use super::messages::Topic;
use super::panes::Pane;
use super::panes::points::Point;
use super::state::{Editor, Tone};
use crate::allowlist::{Edit, GroupAt, Range, RangeAt};
use std::collections::BTreeMap;

/// Why there are no ranges to act on.
pub fn nothing_here(editor: &Editor) -> Option<&'static str> {
    match editor.focus {
        Pane::Ranges if editor.ranges.selected().is_none() => Some("there is no range here yet"),
        Pane::Ranges => None,
        Pane::Points | Pane::Preview => Some("go to the ranges first"),
    }
}

/// Why there is nothing to move to another group or category.
pub fn nothing_to_move(editor: &Editor) -> Option<&'static str> {
    match (editor.focus, editor.points.selected()) {
        (Pane::Points, Point::Group(_)) => None,
        (Pane::Points, Point::Category(_)) => Some("select a group or a range first"),
        _ => nothing_here(editor),
    }
}

/// The ranges that are chosen, where some are and the keys go to them.
pub fn chosen(editor: &Editor) -> Option<Vec<RangeAt>> {
    let chosen = if editor.focus == Pane::Ranges { editor.ranges.chosen() } else { Vec::new() };
    (!chosen.is_empty()).then_some(chosen)
}

/// Takes the chosen ranges out.
pub fn delete(editor: &mut Editor, chosen: &[RangeAt]) {
    let what = named(editor, chosen);
    let end = if chosen.len() == 1 { "; u brings it back" } else { "; u brings them back" };
    let said = Said { done: format!("Deleted {what}"), end, ..Said::default() };
    let edit = removal(chosen);
    let cursor = Cursor::before_leaving(editor, &edit, chosen);
    if editor.edit_judged(edit, format!("delete {what}"), &said) {
        cursor.follow(editor);
    }
}

/// The range's CIDR where it is one, else how many there are.
pub fn named(editor: &Editor, places: &[RangeAt]) -> String {
    match places {
        [only] => editor.document.allowlist().range(*only).map(|range| range.cidr.to_string()),
        _ => None,
    }
    .unwrap_or_else(|| ranges(places.len()))
}

fn removal(places: &[RangeAt]) -> Edit {
    let mut by_group: BTreeMap<GroupAt, Vec<usize>> = BTreeMap::new();
    for at in places {
        by_group.entry(at.group).or_default().push(at.range);
    }
    let edits = by_group.into_iter().map(|(group, mut positions)| {
        positions.sort_unstable();
        Edit::RemoveRanges(group, positions)
    });
    Edit::All(edits.collect())
}

/// Asks for what all chosen ranges are to have.
pub fn edit(editor: &mut Editor, chosen: Vec<RangeAt>) {
    form_many::open(editor, chosen);
}

/// Asks for the category that the selected group goes to, or for the group that the chosen ranges, or the
/// selected one, go to.
pub fn ask_target(editor: &mut Editor) {
    if let (Pane::Points, Point::Group(at)) = (editor.focus, editor.points.selected()) {
        return move_to::open_for_group(editor, at);
    }
    let selected = || editor.ranges.selected().into_iter().collect();
    let places = chosen(editor).unwrap_or_else(selected);
    if places.is_empty() {
        return;
    }
    move_to::open(editor, places);
}

/// Moves ranges to the end of a group.
pub fn move_to(editor: &mut Editor, places: &[RangeAt], to: GroupAt) {
    let allowlist = editor.document.allowlist();
    let Some(group) = allowlist.group(to) else { return };
    let name = group.name.to_string();
    let moved: Vec<RangeAt> = places.iter().copied().filter(|at| at.group != to).collect();
    let new: Vec<Range> = moved.iter().filter_map(|at| allowlist.range(*at).cloned()).collect();
    if new.is_empty() {
        return editor.say(Tone::Info, format!("All of them are in {name} already."));
    }
    // What is added stands behind what is there, so the places of what goes stay right.
    let edits = vec![Edit::append(to, group.ranges.len(), new), removal(&moved)];
    let what = named(editor, &moved);
    let words = format!("move {what} to {name}");
    let edit = Edit::All(edits);
    let cursor = Cursor::before_leaving(editor, &edit, &moved);
    if editor.edit(edit, words, format!("Moved {what} to {name}.")) {
        cursor.follow(editor);
    }
}

/// Moves a group to the end of another category, and selects it there.
pub fn move_group(editor: &mut Editor, from: GroupAt, to: usize) {
    let allowlist = editor.document.allowlist();
    let (Some(group), Some(category)) = (allowlist.group(from), allowlist.categories().get(to)) else {
        return;
    };
    let (name, category_name) = (group.name.to_string(), category.name.to_string());
    if category.group_named(&name).is_some() {
        let said = format!("{category_name} has a group {name} already: rename one of them first (e).");
        return editor.fail(Topic::Move, said);
    }
    let place = GroupAt { category: to, group: category.groups.len() };
    let words = format!("move the group {name} to {category_name}");
    if editor.edit(Edit::MoveGroup(from, place), words, format!("Moved the group {name} to {category_name}."))
    {
        editor.messages.settle(Topic::Move);
        editor.points.select(Point::Group(place));
    }
}
