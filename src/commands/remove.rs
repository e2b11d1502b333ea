//! `remove`: ranges out of all groups.

use super::context::Context;
use super::error::CommandError;
use super::find;
use super::report::Report;
use super::saving::{self, Change, WriteArgs};
use crate::allowlist::Edit;
use clap::Args;

/// Arguments of `remove`.
#[derive(Debug, Args)]
pub struct RemoveArgs {
    /// How to write
    #[command(flatten)]
    pub write: WriteArgs,
    /// Exactly the networks to remove, however spelt
    #[arg(value_name = "CIDR", required = true)]
    pub cidrs: Vec<String>,
}

/// Removes the ranges of exactly these networks.
pub fn run(context: &Context, args: &RemoveArgs) -> Result<Report, CommandError> {
    let cidrs = find::cidrs(&args.cidrs)?;
    saving::change(context, args.write, |allowlist| {
        let places = find::ranges(allowlist, &cidrs)?;
        let verb = if args.write.dry_run { "would remove" } else { "removed" };
        let line = |at: &_| {
            Some(format!("{verb} {} from {}", allowlist.range(*at)?.cidr, allowlist.group(at.group)?.name))
        };
        let lines = saving::each_or_all(places.iter().filter_map(line).collect(), verb);
        let edits =
            find::by_group(places).into_iter().map(|(group, ranges)| Edit::RemoveRanges(group, ranges));
        Ok(Change { edit: Some(Edit::All(edits.collect())), lines })
    })
}
