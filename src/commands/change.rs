//! `change`: the properties of ranges.

use super::context::Context;
use super::error::CommandError;
use super::find;
use super::report::Report;
use super::saving::{self, Change, WriteArgs};
use crate::allowlist::{Date, DateError, Edit, Range};
use crate::text::Text;
use clap::Args;
use std::str::FromStr;

/// Arguments of `change`.
#[derive(Debug, Args)]
pub struct ChangeArgs {
    /// Exactly the networks to change, however spelt
    #[arg(value_name = "CIDR", required = true)]
    pub cidrs: Vec<String>,
    /// What to change
    #[command(flatten)]
    pub properties: Properties,
    /// How to write
    #[command(flatten)]
    pub write: WriteArgs,
}

/// What to change: at least one; an empty text takes the property away.
#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub struct Properties {
    /// What they are
    #[arg(long, value_name = "TEXT")]
    pub label: Option<Text>,
    /// Who answers for them
    #[arg(long, value_name = "TEXT")]
    pub owner: Option<Text>,
    /// The ticket that asked for them
    #[arg(long, value_name = "TEXT")]
    pub ticket: Option<Text>,
    /// Anything else
    #[arg(long, value_name = "TEXT")]
    pub note: Option<Text>,
    /// By when somebody should look whether they are still needed; empty: no day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub review_by: Option<Day>,
    /// From this day on they are not in the policy; empty: never
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub expires: Option<Day>,
    /// Puts them into the policy
    #[arg(long, conflicts_with = "disable")]
    pub enable: bool,
    /// Takes them out of the policy
    #[arg(long)]
    pub disable: bool,
}

/// A day, or none.
#[derive(Debug, Clone, Copy)]
pub struct Day(Option<Date>);

impl FromStr for Day {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        if text.is_empty() { Ok(Self(None)) } else { text.parse().map(|day| Self(Some(day))) }
    }
}

/// Changes the properties of the ranges of exactly these networks, in all groups.
pub fn run(context: &Context, args: &ChangeArgs) -> Result<Report, CommandError> {
    let cidrs = find::cidrs(&args.cidrs)?;
    saving::change(context, args.write, |allowlist| {
        let places = find::ranges(allowlist, &cidrs)?;
        let verb = if args.write.dry_run { "would change" } else { "changed" };
        let (mut same, mut lines, mut replaced) = (Vec::new(), Vec::new(), Vec::new());
        for at in places {
            let (Some(range), Some(group)) = (allowlist.range(at), allowlist.group(at.group)) else {
                continue;
            };
            let new = args.properties.apply(range.clone());
            if new == *range {
                same.push(format!("already so: {} in {}", range.cidr, group.name));
                continue;
            }
            lines.push(format!("{verb} {} in {}", range.cidr, group.name));
            replaced.push((at, new));
        }
        lines = saving::each_or_all(lines, verb);
        lines.extend(saving::each_or_all(same, "already so:"));
        Ok(Change { edit: (!replaced.is_empty()).then_some(Edit::ReplaceRanges(replaced)), lines })
    })
}

impl Properties {
    fn apply(&self, range: Range) -> Range {
        let text = |new: &Option<Text>, old: Text| new.clone().unwrap_or(old);
        let day = |new: Option<Day>, old| new.map_or(old, |day| day.0);
        Range {
            label: text(&self.label, range.label),
            owner: text(&self.owner, range.owner),
            ticket: text(&self.ticket, range.ticket),
            note: text(&self.note, range.note),
            review_by: day(self.review_by, range.review_by),
            expires: day(self.expires, range.expires),
            enabled: (range.enabled || self.enable) && !self.disable,
            ..range
        }
    }
}
