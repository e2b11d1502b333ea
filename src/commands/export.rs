//! `export`: the allowlist or its policy in another tool's form.

use super::context::Context;
use super::error::CommandError;
use super::report::Report;
use crate::exchange::write::{self, Export};
use crate::storage;
use crate::text::quoted;
use clap::Args;
use std::path::PathBuf;

/// Arguments of `export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The form: aws-cli, terraform, cloudformation, csv, text or markdown
    #[arg(long)]
    pub format: String,
    /// Where to write, in place of what is there [default: standard output]
    #[arg(long, value_name = "PATH")]
    pub output: Option<PathBuf>,
    /// With --output: says what would be done, and writes nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// Prints or writes the form.
pub fn run(context: &Context, args: &ExportArgs) -> Result<Report, CommandError> {
    let wrong = |error: write::ExportError| CommandError::Argument(error.to_string());
    let format = write::format_named(&args.format).map_err(wrong)?;
    let allowlist = context.load()?.allowlist;
    let review = context.review(&allowlist);
    let documents = super::policy::documents(&review);
    if let (true, Err(reason)) = (format.needs_policy, &documents) {
        return Err(CommandError::NoPolicy(reason.clone()));
    }
    let export = Export { allowlist: &allowlist, documents: documents.ok(), today: context.today };
    let text = write::write(format, &export).map_err(wrong)?;
    let Some(output) = &args.output else { return Ok(Report::new(text)) };
    storage::write_export(output, text.as_bytes(), &context.paths.allowlist, args.dry_run)?;
    let wrote = if args.dry_run { "would write" } else { "wrote" };
    Ok(Report::new(format!("{wrote} {}\n", quoted(&output.to_string_lossy(), 4096))))
}
