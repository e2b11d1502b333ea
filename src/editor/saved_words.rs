//! What is said after a save: the one thing needed first, and the rest where there is room.

use super::messages::Topic;
use super::state::{Editor, Tone};
use super::width;
use crate::cidr::grouped;
use crate::review::{Finding, Severity};
use crate::storage::Saved;

/// Says what was saved. Where there is no policy, that is an error; `before` is what came in from others.
/// `warnings` is what [`warnings`] said before the save.
pub fn say(editor: &mut Editor, saved: &Saved, before: &str, warnings: &str) {
    let details = details(editor, saved);
    if let Some(reason) = &saved.no_policy {
        let list = if saved.allowlist_written { "Saved the list" } else { "The list was saved already" };
        let stays = if editor.document.on_disk().is_empty() { "" } else { "what is on disk stays; " };
        let short = format!("{list}, but NO POLICY: {stays}{reason}");
        let parts = [short.as_str(), before.trim_end_matches(['.', ' ']), details.as_str()];
        let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let whole = format!("{}.", said.join("; "));
        return editor.fail_in(Topic::Policy, short, whole);
    }
    let merged = before.trim_end_matches(['.', ' ']);
    let head = match saved.allowlist_written || !saved.policy_written.is_empty() {
        true if merged.is_empty() => format!("Saved, {}{}", policy(editor, saved), warnings),
        true => format!("Saved. {merged}; {}", policy(editor, saved)),
        false => format!("{before}Nothing to save: the files say the same already"),
    };
    let copies = if editor.has_clipboard { "; y copies the upload command" } else { "" };
    let room = usize::from(editor.area.width).saturating_sub(4);
    let next = if has_more(saved) {
        // What has no room here has to be looked for.
        "; :messages says more"
    } else if width::columns(&head) + copies.len() > room {
        copies.trim_end_matches(" command")
    } else {
        copies
    };
    editor.say_in(Tone::Done, format!("{head}{next}."), format!("{head}{copies}; {details}."));
}

/// How much is saved in spite of a warning, where that is known. What is on disk is not meant: that is written.
pub fn warnings(editor: &Editor) -> String {
    let findings = editor.document.review().findings.iter().filter(|_| editor.document.is_reviewed());
    let warns = |finding: &&Finding| finding.severity() == Severity::Warning && finding.place.is_some();
    match findings.filter(warns).count() {
        0 => String::new(),
        1 => " and 1 warning".to_owned(),
        count => format!(" and {} warnings", grouped(&count.to_string())),
    }
}

fn has_more(saved: &Saved) -> bool {
    !saved.policy_removed.is_empty() || !saved.notes.is_empty() || saved.not_kept.is_some()
}

/// The policy, written or the same as before.
fn policy(editor: &Editor, saved: &Saved) -> String {
    match (saved.policy_written.as_slice(), editor.document.on_disk()) {
        ([], _) => "with the policy as it was".to_owned(),
        ([one], [_]) => format!("with the policy {one}"),
        (written, all) if written.len() == all.len() => format!("with {} policy files", all.len()),
        (written, all) => format!("with {} of {} policy files", written.len(), all.len()),
    }
}

/// Every file with where it is, and what else is to be known.
fn details(editor: &Editor, saved: &Saved) -> String {
    let path = &editor.shown_path;
    let mut words = vec![if saved.allowlist_written {
        format!("wrote {path}")
    } else {
        format!("{path} was so already")
    }];
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let place = |names: &[String]| match folder {
        "" => names.join(", "),
        folder => format!("{} in {folder}", names.join(", ")),
    };
    if !saved.policy_written.is_empty() {
        words.push(format!("wrote {}", place(&saved.policy_written)));
    }
    if !saved.policy_removed.is_empty() {
        words.push(format!("removed {}", place(&saved.policy_removed)));
    }
    words.extend(saved.notes.iter().cloned());
    if let Some(reason) = &saved.not_kept {
        words.push(format!("this version could not be kept among the earlier ones: {reason}"));
    }
    words.join("; ")
}
