//! `policy`: the documents; their files; whether the files are these.

use super::context::Context;
use super::error::CommandError;
use super::report::Report;
use super::saving;
use crate::allowlist::{Allowlist, Edit, SettingKey};
use crate::policy::{self, Documents, Fence, NoPolicy, PolicyFile};
use crate::review::{Review, Severity};
use crate::storage::{Locked, Save};
use clap::Args;
use std::ffi::OsStr;

/// Arguments of `policy`.
#[derive(Debug, Args)]
pub struct PolicyArgs {
    /// Writes the policy files, and not the allowlist
    #[arg(long, conflicts_with_all = ["check", "document"])]
    pub write: bool,
    /// Exit status 1 where the files on disk are not these bytes
    #[arg(long, conflicts_with = "document")]
    pub check: bool,
    /// Prints only this document, from 1
    #[arg(long, value_name = "N")]
    pub document: Option<usize>,
    /// How many documents there may be, this time
    #[arg(long, value_name = "N")]
    pub max_documents: Option<String>,
    /// With --write: says what would be done, and writes nothing
    #[arg(long, requires = "write")]
    pub dry_run: bool,
    /// With --write: overwrites files there that keymoat did not write
    #[arg(long, requires = "write")]
    pub force: bool,
}

/// Prints, writes or compares the policy.
pub fn run(context: &Context, args: &PolicyArgs) -> Result<Report, CommandError> {
    if args.write {
        return write(context, args);
    }
    let allowlist = limited(context, context.load()?.allowlist, args)?;
    let on_disk = context.policy_files(&allowlist);
    let review = context.review(&allowlist);
    let documents = match documents(&review) {
        Ok(documents) => documents,
        Err(reason) => return Ok(Report::new("").with_note(format!("no policy: {reason}")).answering(false)),
    };
    if args.check { Ok(compare(context, documents, &on_disk)) } else { print(documents, args.document) }
}

/// The allowlist with the number of documents that is asked for this time. A target that keymoat does not
/// write yet cannot be asked for its policy, which is not the answer no.
fn limited(
    context: &Context,
    mut allowlist: Allowlist,
    args: &PolicyArgs,
) -> Result<Allowlist, CommandError> {
    if let Err(reason @ NoPolicy::NotYet(_)) = Fence::new(&allowlist, context.today) {
        return Err(CommandError::NoPolicy(reason.to_string()));
    }
    if let Some(number) = &args.max_documents {
        let settings = SettingKey::find("max_documents")?.with(allowlist.policy(), number)?;
        allowlist.apply(Edit::SetPolicy(Box::new(settings)))?;
    }
    Ok(allowlist)
}

/// The documents, or why there are none: an error that the writer of policies does not know counts too.
pub fn documents(review: &Review) -> Result<&Documents, String> {
    let documents = review.policy.as_ref().map_err(ToString::to_string)?;
    let error = review.findings.iter().find(|finding| finding.severity() == Severity::Error);
    error.map_or(Ok(documents), |finding| Err(finding.problem.message.clone()))
}

fn print(documents: &Documents, only: Option<usize>) -> Result<Report, CommandError> {
    let all = &documents.documents;
    let shown = match only {
        None => all.as_slice(),
        Some(number) => {
            let one = number.checked_sub(1).and_then(|at| all.get(at..=at));
            one.ok_or_else(|| {
                CommandError::Argument(format!("there is no document {number}: expected 1 to {}", all.len()))
            })?
        }
    };
    let mut out = String::new();
    for document in shown {
        out.push_str(&document.text);
        if !document.text.ends_with('\n') {
            out.push('\n');
        }
    }
    Ok(Report::new(out))
}

const FIXES: &str = "`keymoat policy --write` fixes it";

fn compare(context: &Context, documents: &Documents, on_disk: &[PolicyFile]) -> Report {
    let allowlist = context.paths.allowlist.file_name();
    let mut differences = Vec::new();
    for document in &documents.documents {
        match on_disk.iter().find(|file| file.name == document.file_name) {
            None if allowlist == Some(OsStr::new(&document.file_name)) => differences.push(format!(
                "{} is the allowlist itself, where the policy would go: choose another policy name with `keymoat set name NAME`",
                document.file_name
            )),
            None => differences.push(format!("{} is missing: {FIXES}", document.file_name)),
            Some(file) if file.bytes == document.text.as_bytes() => {}
            Some(file) if policy::is_own(&file.bytes) => {
                differences.push(format!("{} is not what the allowlist says: {FIXES}", document.file_name));
            }
            Some(_) => differences.push(format!(
                "{} stands where the policy goes and keymoat did not write it: move it away, or overwrite it with `keymoat policy --write --force`",
                document.file_name
            )),
        }
    }
    for file in on_disk {
        let current = documents.documents.iter().any(|document| document.file_name == file.name);
        if !current && policy::is_own(&file.bytes) {
            differences.push(format!("{} is no longer one of the documents: {FIXES}", file.name));
        }
    }
    let clean = differences.is_empty();
    let mut report = Report::new("").answering(clean);
    for difference in differences {
        report = report.with_note(difference);
    }
    report
}

fn write(context: &Context, args: &PolicyArgs) -> Result<Report, CommandError> {
    let locked = Locked::take(&context.paths.allowlist)?;
    let opened = locked.open()?;
    let allowlist = limited(context, opened.allowlist, args)?;
    let save = Save {
        path: &context.paths.allowlist,
        allowlist: &allowlist,
        base: Some(&opened.content),
        today: context.today,
        force: args.force,
        dry_run: args.dry_run,
        state: Some(&context.paths.state),
    };
    let saved = locked.save_policy(&save)?;
    let report = saving::report(&save, &saved, Vec::new());
    Ok(report.answering(saved.no_policy.is_none()))
}
