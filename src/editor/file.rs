//! Actions on the file: saving with its questions, and quitting.

use super::layers::question::{self, Answer};
use super::state::{Editor, Tone, Wish};
use crate::storage::{Saved, StorageError};
use crate::text::quoted;
use std::path::Path;

/// Saves the allowlist and the policy, asking where something stands in the way. True once it is saved.
pub fn save(editor: &mut Editor) -> bool {
    save_as_told(editor, false, false, false)
}

fn save_as_told(editor: &mut Editor, overwrite: bool, force: bool, then_quit: bool) -> bool {
    match editor.document.save(overwrite, force) {
        Ok(saved) => {
            let words = words(editor, &saved);
            forget_draft(editor);
            let tone = if saved.no_policy.is_some() { Tone::Error } else { Tone::Done };
            editor.say(tone, words);
            if then_quit {
                editor.wish = Some(Wish::Quit);
            }
            return true;
        }
        Err(StorageError::Foreign { files }) => ask_foreign(editor, &files, overwrite, then_quit),
        Err(StorageError::Changed { .. } | StorageError::Exists { .. }) if !overwrite => {
            ask_changed(editor, force, then_quit);
        }
        Err(error) => editor.say(Tone::Error, error.to_string()),
    }
    false
}

fn words(editor: &Editor, saved: &Saved) -> String {
    let path = quoted(&editor.document.paths.allowlist.to_string_lossy(), 200);
    let mut words = vec![if saved.allowlist_written {
        format!("Saved {path}")
    } else {
        format!("{path} says the same already")
    }];
    if !saved.policy_written.is_empty() {
        words.push(format!("wrote {}", saved.policy_written.join(", ")));
    }
    if !saved.policy_removed.is_empty() {
        words.push(format!("removed {}", saved.policy_removed.join(", ")));
    }
    words.extend(saved.notes.iter().cloned());
    if let Some(reason) = &saved.no_policy {
        words.push(format!("no policy: {reason}"));
    }
    words.join("; ")
}

fn ask_foreign(editor: &mut Editor, files: &[std::path::PathBuf], overwrite: bool, then_quit: bool) {
    let mut text =
        vec!["Nothing was saved: keymoat did not write what stands where the policy goes:".to_owned()];
    text.extend(files.iter().map(|file| format!("  {}", quoted(&file.to_string_lossy(), 200))));
    question::open(
        editor,
        "A file that is not keymoat's",
        text,
        vec![
            Answer::new('f', "overwrite it", move |editor| {
                save_as_told(editor, overwrite, true, then_quit);
            }),
            Answer::new('n', "leave it; P chooses another name for the policy", |_| {}),
        ],
    );
}

fn ask_changed(editor: &mut Editor, force: bool, then_quit: bool) {
    let path = quoted(&editor.document.paths.allowlist.to_string_lossy(), 200);
    question::open(
        editor,
        "The file has changed",
        vec![
            "Nothing was saved: somebody else has changed the file since it was read:".to_owned(),
            format!("  {path}"),
        ],
        vec![
            Answer::new('o', "overwrite it with what is here", move |editor| {
                save_as_told(editor, true, force, then_quit);
            }),
            Answer::new('y', "read it again and lose what was not saved here", |editor| {
                match editor.document.reload() {
                    Ok(()) => editor.say(Tone::Done, "Read the file again."),
                    Err(error) => editor.say(Tone::Error, error.to_string()),
                }
            }),
            Answer::new('n', "stay, and save nothing", |_| {}),
        ],
    );
}

/// Saves a copy elsewhere; what is edited stays where it was.
pub fn save_copy(editor: &mut Editor, path: &str) {
    let path = path.trim();
    match editor.document.save_copy(Path::new(path)) {
        Ok(_) => editor.say(Tone::Done, format!("Saved a copy to {}.", quoted(path, 200))),
        Err(error) => editor.say(Tone::Error, error.to_string()),
    }
}

/// Offers the draft of work that an earlier end from outside left unsaved.
pub fn offer_draft(editor: &mut Editor) {
    let Some(draft) = editor.document.draft().and_then(|draft| draft.read()) else { return };
    if draft == *editor.document.allowlist() {
        return forget_draft(editor);
    }
    question::open(
        editor,
        "Unsaved work",
        vec!["An earlier session of this file was ended before its work was saved. It was kept.".to_owned()],
        vec![
            Answer::new('r', "restore it; nothing is written before you save", move |editor| {
                // What there was to start from is decided with it.
                editor.layers.clear();
                editor.document.restore(draft.clone());
                editor.say(Tone::Done, "Restored the unsaved work; Ctrl-S saves it.");
            }),
            Answer::new('d', "delete it", forget_draft),
            Answer::new('n', "decide another time", |_| {}),
        ],
    );
}

/// Takes the draft away: its work is saved, or was given up.
fn forget_draft(editor: &mut Editor) {
    if let Some(Err(error)) = editor.document.draft().map(|draft| draft.remove()) {
        editor.say(Tone::Error, error.to_string());
    }
}

/// Quits, or asks first where something is unsaved.
pub fn quit(editor: &mut Editor) {
    if !editor.document.is_unsaved() {
        editor.wish = Some(Wish::Quit);
        return;
    }
    let what = editor.document.next_undo().unwrap_or("the allowlist that was started").to_owned();
    question::open(
        editor,
        "Quit?",
        vec![format!("Not everything is saved. The last change: {what}.")],
        vec![
            Answer::new('y', "quit, and lose it", |editor| {
                forget_draft(editor);
                editor.wish = Some(Wish::Quit);
            }),
            Answer::new('n', "stay", |_| {}),
            Answer::new('s', "save and quit", save_and_quit),
        ],
    );
}

/// Saves, and quits once it is saved.
pub fn save_and_quit(editor: &mut Editor) {
    save_as_told(editor, false, false, true);
}
