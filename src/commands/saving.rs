//! Load, edit, save: what every command that changes the allowlist does, under one lock.

use super::context::Context;
use super::error::CommandError;
use super::report::Report;
use crate::allowlist::{Allowlist, Edit};
use crate::storage::{self, Locked, Save, Saved, StorageError};
use clap::Args;
use std::path::Path;

/// Options of every command that writes.
#[derive(Debug, Clone, Copy, Args)]
pub struct WriteArgs {
    /// Says what would be done, and writes nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Overwrites a file where the policy goes that keymoat did not write
    #[arg(long)]
    pub force: bool,
}

/// What a command makes of an allowlist.
pub struct Change {
    /// The edit, if there is something to edit.
    pub edit: Option<Edit>,
    /// What it does, a line each, for standard output.
    pub lines: Vec<String>,
}

/// Loads the allowlist, changes it and saves it with its policy. Where the allowlist could be saved and
/// the policy not, the answer is no, unless there is no range at all.
pub fn change(
    context: &Context,
    write: WriteArgs,
    decide: impl FnOnce(&Allowlist) -> Result<Change, CommandError>,
) -> Result<Report, CommandError> {
    let locked = Locked::take(&context.paths.allowlist)?;
    let opened = locked.open()?;
    let mut allowlist = opened.allowlist;
    let Change { edit, lines } = decide(&allowlist)?;
    if let Some(edit) = edit {
        allowlist.apply(edit)?;
        for loss in storage::losses(&context.paths.allowlist) {
            super::complain(&format!("keymoat: {loss}"));
        }
    }
    let save = Save {
        path: &context.paths.allowlist,
        allowlist: &allowlist,
        base: Some(&opened.content),
        today: context.today,
        force: write.force,
        dry_run: write.dry_run,
        state: Some(&context.paths.state),
    };
    let saved = save_both(&locked, &save)?;
    Ok(report(&save, &saved, lines))
}

/// Saves both, and the allowlist alone where something else stands in the policy's place.
pub fn save_both(locked: &Locked, save: &Save) -> Result<Saved, StorageError> {
    match locked.save(save) {
        Err(in_the_way @ (StorageError::Foreign { .. } | StorageError::IsTheAllowlist { .. })) => {
            let mut saved = locked.save_allowlist(save)?;
            saved.no_policy = Some(in_the_way.to_string());
            Ok(saved)
        }
        saved => saved,
    }
}

/// One line for each thing, or one for all where they are many: `removed 5314 ranges`.
pub fn each_or_all(lines: Vec<String>, verb: &str) -> Vec<String> {
    const MANY: usize = 20;
    if lines.len() <= MANY { lines } else { vec![format!("{verb} {} ranges", lines.len())] }
}

/// What was saved, in words behind what was done.
pub fn report(save: &Save, saved: &Saved, lines: Vec<String>) -> Report {
    let mut out = String::new();
    for line in lines.into_iter().chain(words(save, saved)) {
        out.push_str(&line);
        out.push('\n');
    }
    let mut report = Report::new(out);
    for note in &saved.notes {
        report = report.with_note(note.as_str());
    }
    report = kept(report, saved);
    let Some(reason) = &saved.no_policy else { return report };
    if save.allowlist.ranges().next().is_none() {
        return report.with_note(format!("no policy yet: {reason}"));
    }
    let wrote = match (save.dry_run, saved.allowlist_written) {
        (true, _) => "no policy would be written",
        (false, true) => "the allowlist was saved, but no policy was written",
        (false, false) => "no policy was written",
    };
    report.with_note(format!("{wrote}: {reason}")).answering(false)
}

/// A report with the answer no where a save could not be kept among the earlier versions.
pub fn kept(report: Report, saved: &Saved) -> Report {
    let Some(reason) = &saved.not_kept else { return report };
    report.with_note(format!("saved, but not kept among the earlier versions: {reason}")).answering(false)
}

fn words(save: &Save, saved: &Saved) -> Vec<String> {
    let verb = |done: &str, would: &str| if save.dry_run { would.to_owned() } else { done.to_owned() };
    let mut words = Vec::new();
    let name = save.path.file_name().unwrap_or(Path::new("allowlist.json").as_os_str()).to_string_lossy();
    let mut wrote: Vec<&str> = saved.policy_written.iter().map(String::as_str).collect();
    if saved.allowlist_written {
        wrote.insert(0, &name);
    }
    if !wrote.is_empty() {
        words.push(format!("{} {}", verb("wrote", "would write"), listed(&wrote)));
    }
    let removed: Vec<&str> = saved.policy_removed.iter().map(String::as_str).collect();
    if !removed.is_empty() {
        let what = "of an earlier split";
        words.push(format!("{} {} {what}", verb("removed", "would remove"), listed(&removed)));
    }
    if words.is_empty() {
        words.push("nothing to write".to_owned());
    }
    words
}

fn listed(names: &[&str]) -> String {
    let shown: Vec<String> = names.iter().map(|name| crate::text::quoted(name, 256)).collect();
    shown.join(", ")
}
