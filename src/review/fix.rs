//! Fixes as one edit.

use super::{Fix, Review};
use crate::allowlist::{Allowlist, Edit, GroupAt, KEYS, Range};
use crate::text::quoted;
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

    /// What it does, in words.
    pub fn words(&self, allowlist: &Allowlist) -> FixWords {
        match self {
            Self::Replace(at, ranges) => {
                let cidr = allowlist.range(*at).map(|range| range.cidr.to_string()).unwrap_or_default();
                if ranges.is_empty() {
                    return FixWords { verbs: ["remove", "removes", "Removed"], what: cidr };
                }
                let what = format!("{cidr} by {}", listed(ranges));
                FixWords { verbs: ["replace", "replaces", "Replaced"], what }
            }
            Self::Policy(settings) => {
                let changed = KEYS.iter().filter_map(|key| {
                    let new = key.get(settings);
                    let is_other = new != key.get(allowlist.policy());
                    let to = if new.is_empty() { "nothing".to_owned() } else { quoted(&new, 60) };
                    is_other.then(|| format!("{} to {to}", key.key))
                });
                let what = changed.collect::<Vec<_>>().join(" and ");
                FixWords { verbs: ["set", "sets", "Set"], what }
            }
        }
    }
}

/// What a fix does, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixWords {
    /// As a command, of the key that does it, and once it is done.
    verbs: [&'static str; 3],
    what: String,
}

impl FixWords {
    /// `remove 203.0.114.0/24`.
    pub fn command(&self) -> String {
        format!("{} {}", self.verbs[0], self.what)
    }

    /// `removes 203.0.114.0/24`.
    pub fn does(&self) -> String {
        format!("{} {}", self.verbs[1], self.what)
    }

    /// `Removed 203.0.114.0/24`.
    pub fn done(&self) -> String {
        format!("{} {}", self.verbs[2], self.what)
    }
}

/// The CIDRs of some ranges, the first ones where they are many.
fn listed(ranges: &[Range]) -> String {
    const SHOWN: usize = 4;
    let mut words: Vec<String> = ranges.iter().take(SHOWN).map(|range| range.cidr.to_string()).collect();
    if ranges.len() > SHOWN {
        words.push(format!("and {} more", ranges.len() - SHOWN));
    }
    words.join(", ")
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
