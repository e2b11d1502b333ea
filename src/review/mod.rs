//! What is to be said about an allowlist, and everything derived from it: the one pure function
//! [`review`] from which the editor and the commands take findings, admitted addresses and documents.

pub mod due;
mod finding;
mod fix;
mod rules;
pub mod wide;

pub use finding::{Finding, Fix, Place, Problem, Severity};
pub use fix::FixWords;

use crate::allowlist::{Allowlist, Date, RangeAt};
use crate::cidr::AddressSet;
use crate::policy::{self, Documents, Fence, NoPolicy, PolicyFile};
use std::collections::HashMap;

/// Everything that follows from an allowlist, a day and the policy files on disk.
#[derive(Debug)]
pub struct Review {
    /// The day it is for.
    pub today: Date,
    /// The worst first, then in the order of the file.
    pub findings: Vec<Finding>,
    /// The addresses of the enabled, unexpired ranges.
    pub admitted: AddressSet,
    /// The policy, or why there is none.
    pub policy: Result<Documents, NoPolicy>,
    /// How much there is.
    pub totals: Totals,
    worst: HashMap<RangeAt, Severity>,
    /// The positions of the findings about several ranges that do it together: one a family at most.
    together: Vec<usize>,
}

/// How much there is in an allowlist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Groups.
    pub groups: usize,
    /// Ranges.
    pub ranges: usize,
    /// Ranges that are let through today: enabled and not expired.
    pub enabled: usize,
}

/// Derives everything from an allowlist, a day (UTC) and the policy files as they stand on disk.
pub fn review(allowlist: &Allowlist, today: Date, on_disk: &[PolicyFile]) -> Review {
    let admitted = policy::admitted(allowlist, today);
    let policy = Fence::new(allowlist, today).and_then(|fence| policy::write(&fence));
    let mut findings = rules::findings(&rules::Facts { allowlist, today, policy: &policy, on_disk });
    findings.sort_by_key(|finding| (finding.severity(), finding.place));
    let mut worst = HashMap::new();
    for finding in &findings {
        for at in finding.ranges() {
            let mark = worst.entry(at).or_insert(finding.severity());
            *mark = finding.severity().min(*mark);
        }
    }
    let is_together = |(at, finding): (usize, &Finding)| (!finding.together.is_empty()).then_some(at);
    let together = findings.iter().enumerate().filter_map(is_together).collect();
    let groups = allowlist.categories().iter().map(|category| category.groups.len()).sum();
    let mut totals = Totals { groups, ranges: 0, enabled: 0 };
    for (.., range) in allowlist.ranges() {
        totals.ranges += 1;
        totals.enabled += usize::from(range.is_active(today));
    }
    Review { today, findings, admitted, policy, totals, worst, together }
}

impl Review {
    /// The worst that is said of a range.
    pub fn worst(&self, at: RangeAt) -> Option<Severity> {
        self.worst.get(&at).copied()
    }

    /// What is said of a range together with others, where its place is another one's.
    pub fn together(&self, at: RangeAt) -> impl Iterator<Item = &Finding> {
        let findings = self.together.iter().filter_map(|position| self.findings.get(*position));
        findings.filter(move |finding| {
            finding.place != Some(Place::Range(at)) && finding.together.binary_search(&at).is_ok()
        })
    }

    /// How many findings of a severity there are.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity() == severity).count()
    }
}
