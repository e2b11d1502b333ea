//! `group`: renames, describes, removes, or shows one.

use super::context::Context;
use super::error::CommandError;
use super::find;
use super::report::Report;
use super::saving::{self, Change, WriteArgs};
use super::show;
use crate::allowlist::{Allowlist, Edit};
use crate::text::{Name, Text};
use clap::Args;

/// Arguments of `group`.
#[derive(Debug, Args)]
pub struct GroupArgs {
    /// A built-in kind, or a category's name
    #[arg(long, value_name = "C")]
    pub category: String,
    /// The group
    #[arg(long, value_name = "NAME")]
    pub group: Name,
    /// Another name
    #[arg(long, value_name = "NAME")]
    pub rename: Option<Name>,
    /// Anything else there is to say of it
    #[arg(long, value_name = "TEXT")]
    pub note: Option<Text>,
    /// Removes the group with its ranges
    #[arg(long, conflicts_with_all = ["rename", "note"])]
    pub remove: bool,
    /// How to write
    #[command(flatten)]
    pub write: WriteArgs,
}

/// Does with one group what the options say.
pub fn run(context: &Context, args: GroupArgs) -> Result<Report, CommandError> {
    if !args.remove && args.rename.is_none() && args.note.is_none() {
        let opened = context.load()?;
        let category = find::category(&opened.allowlist, &args.category)?;
        let at = find::group(&opened.allowlist, category, &args.group)?;
        let group = &opened.allowlist.categories()[category].groups[at.group];
        return Ok(Report::new(show::group(context, group)));
    }
    saving::change(context, args.write, |allowlist| decide(allowlist, &args))
}

fn decide(allowlist: &Allowlist, args: &GroupArgs) -> Result<Change, CommandError> {
    let category = find::category(allowlist, &args.category)?;
    let at = find::group(allowlist, category, &args.group)?;
    let group = &allowlist.categories()[category].groups[at.group];
    let would = if args.write.dry_run { "would be " } else { "" };
    if args.remove {
        let n = group.ranges.len();
        let line =
            format!("{} {would}removed, with {n} {}", group.name, if n == 1 { "range" } else { "ranges" });
        return Ok(Change { edit: Some(Edit::RemoveGroup(at)), lines: vec![line] });
    }
    let name = args.rename.clone().unwrap_or_else(|| group.name.clone());
    let note = args.note.clone().unwrap_or_else(|| group.note.clone());
    let mut lines = Vec::new();
    if name != group.name {
        lines.push(format!("{} {would}renamed to {name}", group.name));
    }
    if note != group.note {
        lines.push(format!("{name} {would}described"));
    }
    let edit = (!lines.is_empty()).then_some(Edit::DescribeGroup(at, name, note));
    if edit.is_none() {
        lines.push(format!("already so: {}", group.name));
    }
    Ok(Change { edit, lines })
}
