//! Ranges that hold the same addresses: twice in a group, in two groups, or one within another.
//! Only ranges that are let through today count.

use super::{Facts, Finding, Severity, on_range};
use crate::allowlist::{Group, Range, RangeAt};
use crate::cidr::IpNet;
use crate::cidr::index::Index;
use crate::review::{Fix, wide};

struct Active<'a> {
    at: RangeAt,
    category: &'a str,
    group: &'a Group,
    range: &'a Range,
}

pub fn overlapping(facts: &Facts, found: &mut Vec<Finding>) {
    let mut nets = Vec::new();
    let mut active = Vec::new();
    for (at, category, group, range) in facts.allowlist.ranges() {
        if let (true, Some(net)) = (range.is_active(facts.today), range.net()) {
            nets.push(net);
            active.push(Active { at, category: &category.name, group, range });
        }
    }
    for (inner, outer) in Index::new(nets.iter().copied()).nested() {
        let Some(outer) = outer else { continue };
        found.push(overlap((&active[inner], nets[inner]), (&active[outer], nets[outer])));
    }
}

fn overlap((inner, net): (&Active, IpNet), (outer, around): (&Active, IpNet)) -> Finding {
    let same = net == around;
    // To keep the wide one and remove the narrow one would keep the hole.
    let is_hole = !same && wide::is_too_wide(around);
    let advice = if is_hole { "that one is far too wide" } else { "remove one of the two" };
    let same_group = inner.at.group == outer.at.group;
    let place = format!("{} / {}", outer.category, outer.group.name);
    let (code, message) = match (same, same_group) {
        (true, true) => ("duplicate", "stands in this group already: remove one of the two".to_owned()),
        (true, false) => ("in-two-groups", format!("is in {place} too: keep it where its owner is")),
        (false, true) => ("covered", format!("lies within {} of this group: {advice}", outer.range.cidr)),
        (false, false) => ("covered", format!("lies within {} of {place}: {advice}", outer.range.cidr)),
    };
    let mut finding = on_range(inner.at, code, Severity::Warning, message);
    if same_group && !is_hole && loses_nothing(inner.range, outer.range) {
        finding.fix = Some(Fix::Replace(inner.at, Vec::new()));
    }
    finding
}

/// Whether `gone` can go while `kept` stays: no address is denied by it, today or later, and no words
/// are lost.
fn loses_nothing(gone: &Range, kept: &Range) -> bool {
    let outlasts = match (kept.expires, gone.expires) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(kept), Some(gone)) => kept >= gone,
    };
    let said = |gone: &str, kept: &str| gone.is_empty() || gone == kept;
    outlasts
        && said(&gone.label, &kept.label)
        && said(&gone.owner, &kept.owner)
        && said(&gone.ticket, &kept.ticket)
        && said(&gone.note, &kept.note)
        && said(&gone.source, &kept.source)
        && (gone.review_by.is_none() || gone.review_by == kept.review_by)
}
