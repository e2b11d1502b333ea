//! `add`: ranges into a group.

use super::context::Context;
use super::error::CommandError;
use super::find;
use super::report::Report;
use super::saving::{self, Change, WriteArgs};
use crate::allowlist::{Allowlist, Date, Edit, Group, GroupAt, Range};
use crate::cidr::{Cidr, IpNet};
use crate::text::{Name, Text};
use clap::Args;
use std::collections::HashMap;

/// Arguments of `add`.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// A built-in kind (corporate-network, data-center, aws-account, other-cloud), or a category's name
    #[arg(long, value_name = "C")]
    pub category: String,
    /// The group, made where needed
    #[arg(long, value_name = "NAME")]
    pub group: Name,
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
    /// By when somebody should look whether they are still needed
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub review_by: Option<Date>,
    /// From this day on they are not in the policy
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub expires: Option<Date>,
    /// How to write
    #[command(flatten)]
    pub write: WriteArgs,
    /// Addresses or networks, such as 203.0.114.7 or 203.0.114.0/24
    #[arg(value_name = "CIDR", required = true)]
    pub cidrs: Vec<String>,
}

/// Adds the ranges that are not in the group yet.
pub fn run(context: &Context, args: AddArgs) -> Result<Report, CommandError> {
    let cidrs = find::cidrs(&args.cidrs)?;
    saving::change(context, args.write, |allowlist| {
        let category = find::category(allowlist, &args.category)?;
        let there = allowlist.categories()[category].group_named(&args.group);
        let group = there.and_then(|group| allowlist.group(GroupAt { category, group }));
        let (old, new) = split(cidrs, group);
        let mut lines = Vec::new();
        if !new.is_empty() {
            lines.push(words(&args, allowlist, category, group, &new));
        }
        lines.extend(saving::each_or_all(old, "already there:"));
        let ranges: Vec<Range> = new.into_iter().map(|cidr| range(context, &args, cidr)).collect();
        Ok(Change { edit: edit(allowlist, category, &args.group, there, ranges), lines })
    })
}

/// The CIDRs that are there already, each with what is to be said of it, and the new ones.
fn split(cidrs: Vec<Cidr>, group: Option<&Group>) -> (Vec<String>, Vec<Cidr>) {
    let ranges = group.into_iter().flat_map(|group| &group.ranges);
    let known: HashMap<IpNet, &Range> = ranges.filter_map(|range| Some((range.net()?, range))).collect();
    let (mut old, mut new) = (Vec::new(), Vec::new());
    for cidr in cidrs {
        match known.get(&cidr.net()) {
            Some(range) if range.enabled => old.push(format!("already there: {}", range.cidr)),
            Some(range) => old.push(format!("already there, but disabled: {}", range.cidr)),
            None => new.push(cidr),
        }
    }
    (old, new)
}

fn range(context: &Context, args: &AddArgs, cidr: Cidr) -> Range {
    Range {
        label: args.label.clone().unwrap_or_default(),
        owner: args.owner.clone().unwrap_or_default(),
        ticket: args.ticket.clone().unwrap_or_default(),
        note: args.note.clone().unwrap_or_default(),
        added: Some(context.today),
        review_by: args.review_by,
        expires: args.expires,
        ..Range::new(cidr)
    }
}

fn edit(
    allowlist: &Allowlist,
    category: usize,
    name: &Name,
    there: Option<usize>,
    ranges: Vec<Range>,
) -> Option<Edit> {
    if ranges.is_empty() {
        return None;
    }
    let groups = &allowlist.categories()[category].groups;
    Some(match there {
        Some(group) => Edit::append(GroupAt { category, group }, groups[group].ranges.len(), ranges),
        None => {
            let group = Group { ranges: ranges.into(), ..Group::new(name.clone()) };
            Edit::InsertGroup(GroupAt { category, group: groups.len() }, group)
        }
    })
}

fn words(
    args: &AddArgs,
    allowlist: &Allowlist,
    category: usize,
    group: Option<&Group>,
    new: &[Cidr],
) -> String {
    let verb = if args.write.dry_run { "would add" } else { "added" };
    let what = match new {
        [one] => one.to_string(),
        many => format!("{} ranges", many.len()),
    };
    let made = if group.is_some() { "" } else { ", a new group" };
    format!("{verb} {what} to {}{made} in {}", args.group, allowlist.categories()[category].name)
}
