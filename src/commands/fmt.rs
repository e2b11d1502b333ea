//! `fmt`: the canonical form.

use super::context::Context;
use super::error::CommandError;
use super::report::Report;
use super::saving;
use crate::storage::{Locked, Save};
use clap::Args;

/// Arguments of `fmt`.
#[derive(Debug, Args)]
pub struct FmtArgs {
    /// Writes nothing; exit status 1 where the file is not in its canonical form
    #[arg(long)]
    pub check: bool,
    /// Says what would be done, and writes nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// Rewrites the allowlist in its canonical form, and nothing else.
pub fn run(context: &Context, args: &FmtArgs) -> Result<Report, CommandError> {
    let path = &context.paths.allowlist;
    let name = crate::text::quoted(&path.to_string_lossy(), 4096);
    if args.check {
        let opened = context.load()?;
        let canonical = opened.allowlist.to_json().into_bytes() == opened.content;
        let report = Report::new("").answering(canonical);
        return Ok(if canonical {
            report
        } else {
            report.with_note(format!("{name} is not in its canonical form"))
        });
    }
    let locked = Locked::take(path)?;
    let opened = locked.open()?;
    let saved = locked.rewrite(&Save {
        path,
        allowlist: &opened.allowlist,
        base: Some(&opened.content),
        today: context.today,
        force: false,
        dry_run: args.dry_run,
        state: Some(&context.paths.state),
    })?;
    let words = match (saved.allowlist_written, args.dry_run) {
        (false, _) => String::new(),
        (true, false) => format!("rewrote {name}\n"),
        (true, true) => format!("would rewrite {name}\n"),
    };
    Ok(saving::kept(Report::new(words), &saved))
}
