//! Working on one file with others: what somebody else has saved is merged, or taken where nothing here is
//! unsaved.

use super::file::{How, save_behind, save_how};
use super::layers::question::{self, Answer};
use super::messages::Topic;
use super::selection::Selection;
use super::state::{Editor, Tone};
use crate::allowlist::{Allowlist, Conflict, Date, Side, changes};
use crate::policy;
use crate::storage::{self, StorageError};
use crate::text::quoted;

/// How many changes are told; `:messages` has room for no more either.
const TOLD: usize = 3;

impl Editor {
    /// Something has changed in the folder: looked at as soon as no dialog is open, since a dialog holds
    /// places that would be others then.
    pub fn disk_has_changed(&mut self) {
        self.disk_changed = true;
        self.look_at_disk();
    }

    /// Looks at what has changed on disk, if anything has and no dialog is open.
    pub fn look_at_disk(&mut self) {
        if self.disk_changed && self.layers.is_empty() {
            self.disk_changed = false;
            look(self);
        }
    }
}

fn look(editor: &mut Editor) {
    let path = &editor.document.paths.allowlist;
    match storage::read_bytes(path) {
        Ok(content) if Some(content.as_slice()) == editor.document.base() => {
            editor.messages.settle(Topic::Disk);
            editor.document.read_policy();
        }
        // Deleted or unreadable for a moment: saving tells.
        Err(_) if editor.document.is_on_disk() => {
            editor.fail(Topic::Disk, "The file is gone from the disk, or cannot be read; Ctrl-S tells more.");
        }
        Err(_) => {}
        Ok(_) if editor.document.is_unsaved() => {
            editor.fail(Topic::Disk, "Changed on disk by somebody else: Ctrl-S merges.");
        }
        Ok(_) => adopt(editor),
    }
}

/// Goes over to what stands on disk.
fn adopt(editor: &mut Editor) {
    let before = editor.document.snapshot();
    let selection = Selection::of(editor);
    let taken = storage::open(&editor.document.paths.allowlist)
        .map_err(|error| error.to_string())
        .and_then(|found| editor.document.adopt(found).map_err(|error| error.to_string()));
    if let Err(error) = taken {
        return editor.fail(Topic::Disk, format!("Changed on disk by somebody else: {error}"));
    }
    editor.messages.settle(Topic::Disk);
    selection.restore(editor, None);
    let told = told(&before, editor.document.allowlist(), editor.document.today);
    editor.say(Tone::Info, format!("Changed on disk by somebody else, and read again: {told}."));
}

/// What has come in, in words.
/// What that lets through or denies comes first.
fn told(before: &Allowlist, after: &Allowlist, today: Date) -> String {
    let all = changes(before, after);
    let mut words: Vec<String> = policy::address_change(before, after, today).into_iter().collect();
    words.extend(all.iter().take(TOLD).map(ToString::to_string));
    match all.len().checked_sub(TOLD) {
        Some(more) if more > 0 => words.push(format!("and {more} more")),
        _ if words.is_empty() => words.push("nothing that counts".to_owned()),
        _ => {}
    }
    words.join("; ")
}

/// Merges what somebody else has saved with what is here and saves the result. `decided`: the conflicts that
/// were asked about, with the answers; where others come up, these are asked about. True once it is saved.
pub(super) fn merge(editor: &mut Editor, how: How, decided: Vec<(Conflict, Side)>) -> bool {
    let empty = Allowlist::default().to_json().into_bytes();
    let document = &editor.document;
    let base = document.base().unwrap_or(&empty);
    let mut answers = decided.iter();
    let mut open = false;
    let mut decide = |conflict: &Conflict| {
        let answer = answers
            .next()
            .filter(|(asked, _)| (&asked.ours, &asked.theirs) == (&conflict.ours, &conflict.theirs));
        open |= answer.is_none();
        answer.map_or(Side::Ours, |(_, side)| *side)
    };
    let merged = storage::reconcile(&document.paths.allowlist, base, document.allowlist(), &mut decide);
    let (merged, found) = match merged {
        Ok(merged) => merged,
        Err(error) => {
            ask_instead(editor, how, &error);
            return false;
        }
    };
    if open {
        let conflicts = merged.conflicts.into_iter().map(|(conflict, _)| conflict).collect();
        ask(editor, how, conflicts, Vec::new());
        return false;
    }
    let before = document.snapshot();
    let selection = Selection::of(editor);
    if let Err(error) = editor.document.merge(merged.allowlist, found) {
        editor.say(Tone::Error, error.to_string());
        return false;
    }
    selection.restore(editor, None);
    let told = told(&before, editor.document.allowlist(), editor.document.today);
    save_behind(editor, how, &format!("Merged what somebody else has saved: {told}. "))
}

/// Asks about one conflict after the other, or about all that are left.
fn ask(editor: &mut Editor, how: How, conflicts: Vec<Conflict>, sides: Vec<Side>) {
    let Some(conflict) = conflicts.get(sides.len()) else {
        merge(editor, how, conflicts.into_iter().zip(sides).collect());
        return;
    };
    let value = |value: &Option<String>| {
        value.as_ref().map_or_else(|| "removed".to_owned(), |value| quoted(value, 300))
    };
    let text = vec![
        format!("Nothing is saved yet. You and somebody else have changed {}:", quoted(&conflict.what, 200)),
        format!("  mine:   {}", value(&conflict.ours)),
        format!("  theirs: {}", value(&conflict.theirs)),
    ];
    let title = format!("Both changed it ({} of {})", sides.len() + 1, conflicts.len());
    let answer = |key, words: &str, side, all: bool| {
        let (conflicts, sides) = (conflicts.clone(), sides.clone());
        Answer::new(key, words, move |editor| {
            let mut sides = sides.clone();
            sides.resize(if all { conflicts.len() } else { sides.len() + 1 }, side);
            ask(editor, how, conflicts.clone(), sides);
        })
    };
    let answers = vec![
        answer('m', "mine", Side::Ours, false),
        answer('t', "theirs", Side::Theirs, false),
        answer('a', "mine here and in all that are left", Side::Ours, true),
        answer('b', "theirs here and in all that are left", Side::Theirs, true),
        Answer::new('n', "stay, and save nothing", |_| {}),
    ];
    question::open(editor, &title, text, answers);
}

/// Asks what to do where what stands on disk cannot be merged: it is gone, or no allowlist.
fn ask_instead(editor: &mut Editor, how: How, error: &StorageError) {
    question::open(
        editor,
        "The file has changed",
        vec![
            "Nothing was saved: the file was changed or removed since it was read, and cannot be merged:"
                .to_owned(),
            format!("  {error}"),
        ],
        vec![
            Answer::new('o', "overwrite it with what is here", move |editor| {
                save_how(editor, How { overwrite: true, ..how });
            }),
            Answer::new('n', "stay, and save nothing; :write PATH saves elsewhere", |_| {}),
        ],
    );
}
