//! Actions on the file: saving with its questions, and quitting.

use super::document::Document;
use super::layers::question::{self, Answer};
use super::messages::Topic;
use super::state::{Editor, Tone, Wish};
use super::{saved_words, together};
use crate::allowlist::{Allowlist, changes, minute};
use crate::cidr::grouped;
use crate::policy;
use crate::storage::StorageError;
use crate::text::quoted;

/// Saves the allowlist and the policy, asking where something stands in the way.
pub fn save(editor: &mut Editor) {
    save_how(editor, How::default());
}

/// How a save is to be done.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct How {
    /// Over what somebody else has changed.
    pub overwrite: bool,
    /// Over files that are not keymoat's.
    pub force: bool,
    /// And quit once it is saved.
    pub then_quit: bool,
}

/// Saves in one of the ways.
pub(super) fn save_how(editor: &mut Editor, how: How) {
    editor.work("Saving", move |editor| _ = save_behind(editor, how, ""));
}

/// Saves now. `before` is said before what was saved. True once it is saved.
pub(super) fn save_behind(editor: &mut Editor, how: How, before: &str) -> bool {
    let warnings = saved_words::warnings(editor);
    match editor.document.save(how.overwrite, how.force) {
        Ok(saved) => {
            editor.messages.settle(Topic::Disk);
            editor.messages.settle(Topic::Policy);
            forget_draft(editor);
            saved_words::say(editor, &saved, before, &warnings);
            if how.then_quit {
                editor.wish = Some(Wish::Quit);
            }
            return true;
        }
        Err(StorageError::Foreign { files }) => ask_foreign(editor, &files, how),
        Err(StorageError::Changed { .. } | StorageError::Exists { .. }) if !how.overwrite => {
            return together::merge(editor, how, Vec::new());
        }
        Err(error) => {
            editor
                .fail(Topic::Disk, format!("{error}. The work stays here; :write PATH saves it elsewhere."));
        }
    }
    false
}

fn ask_foreign(editor: &mut Editor, files: &[std::path::PathBuf], how: How) {
    let mut text =
        vec!["Nothing was saved: keymoat did not write what stands where the policy goes:".to_owned()];
    text.extend(files.iter().map(|file| format!("  {}", quoted(&file.to_string_lossy(), 200))));
    question::open(
        editor,
        "A file that is not keymoat's",
        text,
        vec![
            Answer::new('f', "overwrite it", move |editor| {
                save_how(editor, How { force: true, ..how });
            }),
            Answer::new('n', "leave it; P chooses another name for the policy", |_| {}),
        ],
    );
}

/// Saves a copy elsewhere, or says why not; what is edited stays where it was.
pub fn save_copy(editor: &mut Editor, path: &str) -> Result<(), String> {
    let path = super::layers::paths::path_of(path);
    editor.document.save_copy(&path).map_err(|error| error.to_string())?;
    editor.messages.settle(Topic::Copy);
    editor.say(Tone::Done, format!("Saved a copy to {}.", quoted(&path.to_string_lossy(), 200)));
    Ok(())
}

/// Offers the draft of work that an earlier end from outside left unsaved.
pub fn offer_draft(editor: &mut Editor) {
    let Some(draft) = editor.document.draft().and_then(|draft| draft.read()) else { return };
    if draft == *editor.document.allowlist() {
        return forget_draft(editor);
    }
    let text = about_draft(editor, &draft);
    question::open(
        editor,
        "Unsaved work",
        text,
        vec![
            Answer::new('r', "restore it; nothing is written before you save", move |editor| {
                // What there was to start from is decided with it.
                editor.layers.clear();
                editor.document.restore(draft.clone());
                editor.say(Tone::Done, "Restored the unsaved work; Ctrl-S saves it.");
            }),
            Answer::new('d', "delete it", forget_draft),
            Answer::new('n', "decide at the next start; an edit here takes its place", |_| {}),
        ],
    );
}

/// How many changes of a draft are told.
const TOLD: usize = 3;

/// When a draft was written, and what restoring it changes.
fn about_draft(editor: &Editor, draft: &Allowlist) -> Vec<String> {
    let (document, now) = (&editor.document, editor.document.allowlist());
    let written = document.draft().and_then(|draft| draft.written()).and_then(minute);
    let at = written.map(|time| format!(" at {time} UTC")).unwrap_or_default();
    let mut text = vec![format!(
        "An earlier session of this file was ended before its work was saved. It was kept{at}."
    )];
    let addresses = policy::address_change(now, draft, document.today);
    text.push(format!(
        "Restoring it changes: {}",
        addresses.as_deref().unwrap_or("no address that is let through")
    ));
    let changes = changes(now, draft);
    text.extend(changes.iter().take(TOLD).map(|change| format!("  {change}")));
    match changes.len().saturating_sub(TOLD) {
        0 => {}
        more => text.push(format!("  and {} more", grouped(&more.to_string()))),
    }
    text
}

/// Takes the draft away: its work is saved, or was given up.
fn forget_draft(editor: &mut Editor) {
    if let Some(Err(error)) = editor.document.draft().map(|draft| editor.keeper.forget(&draft)) {
        editor.say(Tone::Error, error.to_string());
    }
}

impl Editor {
    /// Hands what is unsaved to the keeper of the draft, or takes the draft away where nothing is any more.
    pub fn keep_draft(&mut self) {
        let revision = Some(self.document.revision());
        if self.kept == revision || (self.kept.is_none() && !self.document.is_unsaved()) {
            return;
        }
        self.kept = revision;
        match self.document.draft() {
            Some(draft) if self.document.is_unsaved() => self.keeper.keep(draft, self.document.snapshot()),
            _ => forget_draft(self),
        }
    }

    /// Takes the draft of this session away, at its end: all is saved or given up. One of an earlier session
    /// that was not decided about stays.
    pub fn give_up_draft(&mut self) {
        if self.kept.is_some() {
            forget_draft(self);
        }
    }
}

/// Says what a save cannot keep of the file.
pub fn say_losses(editor: &mut Editor) {
    let losses = crate::storage::losses(&editor.document.paths.allowlist);
    if !losses.is_empty() {
        editor.say(Tone::Error, format!("Before you save: {}.", losses.join("; ")));
    }
}

/// What is not saved, and what would be lost of it.
fn unsaved(document: &Document) -> (String, String) {
    let last = document.next_undo().unwrap_or_default();
    match document.steps_since_saved() {
        Some(1) => (format!("1 change is not saved: \"{last}\""), "it is lost".to_owned()),
        Some(steps @ 2..) => {
            let count = format!("{} changes", grouped(&steps.to_string()));
            (format!("{count} are not saved: the last is \"{last}\""), format!("{count} are lost"))
        }
        Some(steps) => {
            let undone = document.next_redo().unwrap_or_default();
            let words = match steps.unsigned_abs() {
                1 => format!("1 undone change is not saved: \"{undone}\""),
                count => format!("{count} undone changes are not saved: the last is \"{undone}\""),
            };
            (words, "the file keeps what was undone".to_owned())
        }
        None if last.is_empty() => {
            ("What this session began with is not saved.".to_owned(), "it is lost".to_owned())
        }
        None => (format!("Changes are not saved: the last is \"{last}\""), "they are lost".to_owned()),
    }
}

/// Quits, or asks first where something is unsaved.
pub fn quit(editor: &mut Editor) {
    if !editor.document.is_unsaved() {
        editor.wish = Some(Wish::Quit);
        return;
    }
    let (what, lost) = unsaved(&editor.document);
    question::open(
        editor,
        "Quit?",
        vec![what],
        vec![
            Answer::new('y', &format!("quit without saving; {lost}"), |editor| {
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
    save_how(editor, How { then_quit: true, ..How::default() });
}
