//! Fixes as one edit.

use super::{Fix, Review};
use crate::allowlist::{Allowlist, Edit, GroupAt, Range};
use std::collections::BTreeMap;

impl Review {
    /// One edit that mends everything that can be mended without changing which addresses are meant.
    /// `None` where there is nothing to mend. Mending may uncover more: review again.
    pub fn fix_all(&self, allowlist: &Allowlist) -> Option<Edit> {
        fixes(allowlist, self.findings.iter().filter_map(|finding| finding.fix.as_ref()))
    }
}

impl Fix {
    /// The edit that mends this alone.
    pub fn edit(&self, allowlist: &Allowlist) -> Option<Edit> {
        fixes(allowlist, [self])
    }
}

fn fixes<'a>(allowlist: &Allowlist, fixes: impl IntoIterator<Item = &'a Fix>) -> Option<Edit> {
    let mut edits = Vec::new();
    let mut groups: BTreeMap<GroupAt, BTreeMap<usize, &[Range]>> = BTreeMap::new();
    for fix in fixes {
        match fix {
            Fix::Policy(settings) => edits.push(Edit::SetPolicy(settings.clone())),
            Fix::Replace(at, ranges) => {
                groups.entry(at.group).or_default().entry(at.range).or_insert(ranges);
            }
        }
    }
    for (at, replaced) in groups {
        let length = allowlist.group(at)?.ranges.len();
        edits.push(Edit::RemoveRanges(at, replaced.keys().copied().collect()));
        edits.push(Edit::InsertRanges(at, insertions(length, &replaced)));
    }
    (!edits.is_empty()).then_some(Edit::All(edits))
}

/// The ranges that take the place of others, each with the position that it will have in the end.
fn insertions(length: usize, replaced: &BTreeMap<usize, &[Range]>) -> Vec<(usize, Range)> {
    let mut at = 0;
    let mut insertions = Vec::new();
    for position in 0..length {
        match replaced.get(&position) {
            None => at += 1,
            Some(ranges) => {
                insertions.extend((at..).zip(ranges.iter().cloned()));
                at += ranges.len();
            }
        }
    }
    insertions
}
