//! The footer of the main view: what can be done now, with its keys and what they act on.
//!
//! What matters most comes first where there is no room for all; it stands in the order of the table below, so
//! that a hint is always found in the same place.

use super::keymap::{Action, Context, row};
use super::layout::TWO_PANES;
use super::panes::Pane;
use super::panes::points::Point;
use super::panes::preview::Tab;
use super::state::Editor;
use super::width;
use crate::cidr::grouped;

/// From this width on a hint says all.
const WIDE: u16 = 100;

/// The hints of the main view, in the order in which they stand.
pub fn hints(editor: &Editor) -> Vec<(String, String)> {
    let hint = |action: Action| {
        let key = editor.keymap.keys(Context::Main, action).first()?;
        Some((action, (key.to_string(), words(editor, action)?)))
    };
    let all: Vec<_> = actions(editor).into_iter().filter_map(hint).collect();
    let mut room = usize::from(editor.area.width).saturating_sub(1);
    let mut shown = vec![false; all.len()];
    let mut by_rank: Vec<usize> = (0..all.len()).collect();
    by_rank.sort_by_key(|at| rank(editor, all[*at].0));
    for at in by_rank {
        let (_, (key, words)) = &all[at];
        let used = width::columns(key) + 1 + width::columns(words);
        if used <= room {
            shown[at] = true;
            room = room.saturating_sub(used + 2);
        }
    }
    all.into_iter().zip(shown).filter(|(_, shown)| *shown).map(|((_, hint), _)| hint).collect()
}

/// What is offered in a pane now, in the order in which it stands.
pub fn actions(editor: &Editor) -> Vec<Action> {
    use Action as A;
    let first: &[Action] = match editor.focus {
        Pane::Preview => &[A::EditSelected, A::Mend, A::NextDocument],
        Pane::Points => &[A::AddRanges, A::NewGroup, A::EditSelected, A::Delete, A::Toggle, A::Right],
        Pane::Ranges if editor.ranges.has_chosen() => {
            &[A::EditSelected, A::Delete, A::Move, A::Toggle, A::Mark, A::MarkRun, A::ClearFilter]
        }
        Pane::Ranges => {
            &[A::AddRanges, A::EditSelected, A::Delete, A::Toggle, A::Move, A::Mark, A::MarkRun, A::Mend]
        }
    };
    let always = [
        A::NextPreview,
        A::Review,
        A::Copy,
        A::Save,
        A::Help,
        A::Filter,
        A::ClearFilter,
        A::TestAddress,
        A::PolicySettings,
    ];
    let mut all = Vec::with_capacity(32);
    all.extend_from_slice(first);
    for action in always.into_iter().chain([A::NextPane, A::Undo, A::Quit]) {
        if !all.contains(&action) {
            all.push(action);
        }
    }
    all.retain(|action| applies(editor, *action));
    all
}

/// Whether it does something now.
fn applies(editor: &Editor, action: Action) -> bool {
    let on_finding = || editor.preview.tab() == Tab::Findings && editor.preview.finding().is_some();
    editor.refusal(action).is_none()
        && match (editor.focus, action) {
            (_, Action::Review) => editor.document.due() > 0,
            (Pane::Preview, Action::EditSelected) => on_finding(),
            (Pane::Preview, Action::Mend) => on_finding() && can_fix(editor),
            (Pane::Ranges, Action::Mend) => can_fix(editor),
            (Pane::Ranges, Action::EditSelected) => editor.ranges.selected().is_some(),
            (Pane::Points, Action::Right) => !editor.ranges.rows().is_empty() || editor.points.is_closed(),
            _ => true,
        }
}

/// Whether the selected finding, or one of the selected range, has a fix.
pub fn can_fix(editor: &Editor) -> bool {
    let document = &editor.document;
    match editor.focus {
        Pane::Preview => {
            let finding = editor.preview.finding().filter(|_| document.is_reviewed());
            finding
                .and_then(|at| document.review().findings.get(at))
                .is_some_and(|finding| finding.fix.is_some())
        }
        _ => editor
            .ranges
            .selected()
            .is_some_and(|at| document.range_findings(at).any(|found| found.fix.is_some())),
    }
}

/// What comes first where there is no room for all: the least.
fn rank(editor: &Editor, action: Action) -> usize {
    use Action as A;
    let saves = editor.document.is_unsaved() || editor.document.is_policy_old();
    let unsaved = saves.then_some(A::Save);
    let (always, by_pane): (&[Action], &[Action]) = match editor.focus {
        Pane::Points => (ALWAYS, &[A::Review, A::NewGroup, A::EditSelected, A::Right, A::Undo, A::Delete]),
        // What is done to many is what they were chosen for.
        Pane::Ranges if editor.ranges.has_chosen() => (
            &[A::Help],
            &[A::EditSelected, A::Delete, A::ClearFilter, A::Toggle, A::Move, A::NextPreview, A::MarkRun],
        ),
        Pane::Ranges => (
            ALWAYS,
            &[
                A::EditSelected,
                A::Mend,
                A::Delete,
                A::Toggle,
                A::Review,
                A::Undo,
                A::Move,
                A::Mark,
                A::MarkRun,
            ],
        ),
        Pane::Preview => (ALWAYS, &[A::EditSelected, A::Mend, A::NextDocument, A::Review, A::Undo]),
    };
    let rest = [A::ClearFilter, A::Undo, A::Review, A::Copy, A::Filter];
    let all = always.iter().copied().chain(unsaved).chain(by_pane.iter().copied()).chain(rest);
    // What is saved is not about to be taken back.
    let all = all.filter(|action| *action != A::Undo || unsaved.is_some());
    all.into_iter().position(|other| other == action).unwrap_or(usize::MAX)
}

const ALWAYS: &[Action] = &[Action::AddRanges, Action::Help, Action::NextPreview];

/// What an action does here, in a word or two.
fn words(editor: &Editor, action: Action) -> Option<String> {
    let name = row(action)?.name;
    let what = match (editor.focus, editor.points.selected()) {
        (Pane::Ranges, _) if editor.ranges.has_chosen() => "chosen",
        (Pane::Ranges, _) => "range",
        (Pane::Points, Point::Group(_)) => "group",
        (Pane::Points, Point::Category(_)) => "category",
        (Pane::Preview, _) => "",
    };
    Some(match (editor.focus, action) {
        (Pane::Preview, Action::EditSelected) => "go to it".to_owned(),
        (_, Action::EditSelected | Action::Delete) if editor.area.width >= WIDE => format!("{name} {what}"),
        // More than one range goes. Where one pane is shown, it is clear which.
        (_, Action::Delete) if what != "range" && editor.area.width >= TWO_PANES => {
            format!("{name} {what}")
        }
        (_, Action::NewGroup) if editor.area.width < WIDE => "group".to_owned(),
        (_, Action::NextPreview) if editor.area.width < WIDE => "view".to_owned(),
        (_, Action::Review) if editor.area.width < WIDE => name.to_owned(),
        (_, Action::Review) => format!("{name} {} due", grouped(&editor.document.due().to_string())),
        (_, Action::MarkRun) => "from here".to_owned(),
        (_, Action::ClearFilter) if !editor.filter.is_empty() => "end filter".to_owned(),
        (Pane::Preview, Action::ClearFilter) => "back".to_owned(),
        (Pane::Points, Action::Right) if editor.points.is_closed() => "open".to_owned(),
        (Pane::Points, Action::Right) => "ranges".to_owned(),
        _ => name.to_owned(),
    })
}
