//! `show`: the allowlist for reading, or with every default filled in for programs.

use super::context::Context;
use super::error::CommandError;
use super::report::Report;
use crate::allowlist::{Allowlist, Group, PolicySettings, Range};
use crate::review::Review;
use clap::Args;
use unicode_width::UnicodeWidthStr;

mod json;

/// Arguments of `show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// One JSON document: the file's form with every default, and totals
    #[arg(long)]
    pub json: bool,
}

/// Shows the allowlist.
pub fn run(context: &Context, args: &ShowArgs) -> Result<Report, CommandError> {
    let allowlist = context.load()?.allowlist;
    let review = context.review(&allowlist);
    if args.json {
        return Ok(Report::json(&json::shown(&allowlist, &review)));
    }
    let mut out = policy(context, allowlist.policy());
    for category in allowlist.categories() {
        out.push_str(&format!("\n{}\n", context.paint.bold(&category.name)));
        for shown in &category.groups {
            out.push_str(&group(context, shown));
        }
    }
    out.push_str(&format!("\n{}\n", totals(&allowlist, &review)));
    Ok(Report::new(out))
}

fn policy(context: &Context, settings: &PolicySettings) -> String {
    let mut out = format!("{} ({})\n", context.paint.bold(&settings.name), settings.target.as_str());
    let exempt = &settings.exempt;
    let mut spared = Vec::new();
    if exempt.mfa {
        spared.push("who signed in with MFA".to_owned());
    }
    if exempt.aws_services {
        spared.push("calls that AWS makes on the caller's behalf".to_owned());
    }
    for (what, list) in [
        ("VPCs", &exempt.vpcs),
        ("VPC endpoints", &exempt.vpc_endpoints),
        ("principals", &exempt.principals),
        ("actions", &exempt.actions),
    ] {
        if !list.is_empty() {
            spared.push(format!("{what} {}", joined(list)));
        }
    }
    if !spared.is_empty() {
        out.push_str(&format!("  exempt: {}\n", spared.join("; ")));
    }
    if let Some(group) = &settings.attach_to.group {
        out.push_str(&format!("  attached to the group {group}\n"));
    }
    if !settings.attach_to.users.is_empty() {
        out.push_str(&format!("  for the users {}\n", joined(&settings.attach_to.users)));
    }
    out
}

fn joined(list: &[crate::text::Setting]) -> String {
    list.iter().map(|item| item.as_str()).collect::<Vec<_>>().join(", ")
}

/// A group with its ranges as a table.
pub fn group(context: &Context, group: &Group) -> String {
    let note = if group.note.is_empty() { String::new() } else { format!(" ({})", group.note) };
    let mut out = format!("  {}{}\n", group.name, context.paint.dim(note));
    let rows: Vec<[String; 5]> = group.ranges.iter().map(|range| row(context, range)).collect();
    let mut widths = [0; 5];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width().min(40));
        }
    }
    for (row, range) in rows.iter().zip(&group.ranges) {
        let mut line = String::from("   ");
        for (cell, width) in row.iter().zip(widths).filter(|(_, width)| *width > 0) {
            line.push(' ');
            line.push_str(cell);
            line.push_str(&" ".repeat(width.saturating_sub(cell.width()) + 1));
        }
        let line = line.trim_end();
        let dim = !range.is_active(context.today);
        out.push_str(&if dim { context.paint.dim(line) } else { line.to_owned() });
        out.push('\n');
    }
    out
}

fn row(context: &Context, range: &Range) -> [String; 5] {
    let mut state = Vec::new();
    if range.cidr.good().is_none() {
        state.push("not a CIDR".to_owned());
    }
    if !range.enabled {
        state.push("disabled".to_owned());
    }
    match range.expires {
        Some(day) if range.is_expired(context.today) => state.push(format!("expired {day}")),
        Some(day) => state.push(format!("expires {day}")),
        None => {}
    }
    state.extend(range.review_by.map(|day| format!("review by {day}")));
    [
        range.cidr.to_string(),
        range.label.to_string(),
        range.owner.to_string(),
        range.ticket.to_string(),
        state.join(", "),
    ]
}

fn totals(allowlist: &Allowlist, review: &Review) -> String {
    let totals = review.totals;
    let count = |n: usize, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
    let mut out = format!(
        "{}, {}, {} admitted: {}",
        count(totals.groups, "group"),
        count(totals.ranges, "range"),
        totals.enabled,
        review.admitted.address_words()
    );
    match &review.policy {
        Ok(documents) => {
            let sizes: Vec<String> = documents.documents.iter().map(|d| d.size.to_string()).collect();
            let n = count(documents.documents.len(), "document");
            out.push_str(&format!("\n{n} of {} of {} characters", sizes.join(", "), documents.quota.limit));
        }
        Err(_) if allowlist.ranges().next().is_none() => out.push_str("\nno policy yet"),
        Err(reason) => out.push_str(&format!("\nno policy: {reason}")),
    }
    out
}
