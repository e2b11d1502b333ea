//! `merge`: a merge driver for git, entry by entry.

use super::error::CommandError;
use super::report::Report;
use crate::allowlist::{Allowlist, Side, merge};
use crate::storage::{self, Locked, Save, Saved};
use clap::Args;
use std::path::{Path, PathBuf};

/// Arguments of `merge`.
#[derive(Debug, Args)]
#[command(
    after_help = "For git, in .gitattributes: allowlist.json merge=keymoat\nand once: git config merge.keymoat.driver 'keymoat merge %O %A %B'"
)]
pub struct MergeArgs {
    /// The common ancestor
    pub base: PathBuf,
    /// Our version, which becomes the merged one
    pub ours: PathBuf,
    /// Their version
    pub theirs: PathBuf,
    /// Says what would be done, and writes nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// Merges into OURS. What both changed stays as it is in OURS, is told, and makes the answer no.
pub fn run(args: &MergeArgs) -> Result<Report, CommandError> {
    let locked = Locked::take(&args.ours)?;
    let base = ancestor(&args.base)?;
    let [ours, theirs] = [&args.ours, &args.theirs].map(|path: &PathBuf| storage::open(path));
    let (ours, theirs) = (ours?, theirs?);
    let merged = merge(&base, &ours.allowlist, &theirs.allowlist, &mut |_| Side::Ours);
    let saved = save(&locked, args, &ours.content, &merged.allowlist)?;
    let words = if args.dry_run && saved.allowlist_written {
        format!("would write {}\n", crate::text::quoted(&args.ours.to_string_lossy(), 4096))
    } else {
        String::new()
    };
    let mut report = Report::new(words).answering(merged.conflicts.is_empty());
    let gone = || "removed".to_owned();
    for (conflict, _) in merged.conflicts {
        let (ours, theirs) = (conflict.ours.unwrap_or_else(gone), conflict.theirs.unwrap_or_else(gone));
        report = report
            .with_note(format!("both changed {}: ours {ours}; theirs {theirs}; ours stands", conflict.what));
    }
    Ok(report)
}

/// The common ancestor. Where both sides have added the file there is none, and git hands over an empty file
/// (gitattributes, "Defining a custom merge driver").
fn ancestor(path: &Path) -> Result<Allowlist, CommandError> {
    if storage::read_bytes(path).is_ok_and(|bytes| bytes.is_empty()) {
        return Ok(Allowlist::default());
    }
    Ok(storage::open(path)?.allowlist)
}

/// git's temporary file is no place for a policy, nor for earlier versions.
fn save(
    locked: &Locked,
    args: &MergeArgs,
    base: &[u8],
    allowlist: &Allowlist,
) -> Result<Saved, CommandError> {
    let (path, today) = (args.ours.as_path(), storage::today()?);
    let (force, dry_run) = (false, args.dry_run);
    let save = Save { path, allowlist, base: Some(base), today, force, dry_run, state: None };
    Ok(locked.save_allowlist(&save)?)
}
