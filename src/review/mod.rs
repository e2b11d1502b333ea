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
use foldhash::{HashMap, HashMapExt as _};

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
    by_range: HashMap<RangeAt, Said>,
    /// The positions of the findings about several ranges that do it together: one a family at most.
    together: Vec<usize>,
}

/// What is said of a range.
#[derive(Debug, Clone, Copy)]
struct Said {
    /// The worst, also of what is said of it together with others.
    worst: Severity,
    /// By severity, the position of the first finding about it alone; others follow.
    own: [Option<usize>; 3],
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
    let is_together = |(at, finding): (usize, &Finding)| (!finding.together.is_empty()).then_some(at);
    let together = findings.iter().enumerate().filter_map(is_together).collect();
    let groups = allowlist.categories().iter().map(|category| category.groups.len()).sum();
    let mut totals = Totals { groups, ranges: 0, enabled: 0 };
    for (.., range) in allowlist.ranges() {
        totals.ranges += 1;
        totals.enabled += usize::from(range.is_active(today));
    }
    Review { today, by_range: by_range(&findings), findings, admitted, policy, totals, together }
}

impl Review {
    /// The worst that is said of a range.
    pub fn worst(&self, at: RangeAt) -> Option<Severity> {
        self.by_range.get(&at).map(|said| said.worst)
    }

    /// What is said of a range alone, the worst first.
    pub fn own(&self, at: RangeAt) -> impl Iterator<Item = &Finding> {
        let said = self.by_range.get(&at).map_or([None; 3], |said| said.own);
        said.into_iter().flatten().flat_map(move |first| {
            let severity = self.findings[first].severity();
            let place = Some(Place::Range(at));
            let all = self.findings[first..].iter();
            all.take_while(move |finding| (finding.severity(), finding.place) == (severity, place))
        })
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

/// Where what is said of each range stands.
fn by_range(findings: &[Finding]) -> HashMap<RangeAt, Said> {
    let mut all = HashMap::new();
    for (position, finding) in findings.iter().enumerate() {
        let severity = finding.severity();
        let own = match finding.place {
            Some(Place::Range(at)) => Some(at),
            _ => None,
        };
        for at in finding.ranges().chain(own) {
            let said = all.entry(at).or_insert(Said { worst: severity, own: [None; 3] });
            said.worst = said.worst.min(severity);
            if own == Some(at) {
                said.own[severity as usize].get_or_insert(position);
            }
        }
    }
    all
}
