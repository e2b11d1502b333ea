//! The rules, one a file. A rule is a function from [`Facts`] to findings; to add one, write its file and
//! list it in [`RULES`].

mod adjacent;
mod cidr;
mod dates;
mod described;
mod disk;
mod everybody;
mod overlap;
mod policy;
mod special;
mod split;
mod width;

use super::{Finding, Place, Problem, Severity};
use crate::allowlist::{Allowlist, Date, RangeAt};
use crate::policy::{Documents, NoPolicy, PolicyFile};

/// What the rules look at.
pub struct Facts<'a> {
    /// The allowlist.
    pub allowlist: &'a Allowlist,
    /// The day it is for.
    pub today: Date,
    /// Its policy, or why there is none.
    pub policy: &'a Result<Documents, NoPolicy>,
    /// The policy files as they stand on disk.
    pub on_disk: &'a [PolicyFile],
}

type Rule = fn(&Facts, &mut Vec<Finding>);

const RULES: &[Rule] = &[
    cidr::not_a_cidr,
    overlap::overlapping,
    special::special,
    width::too_wide,
    adjacent::adjacent,
    dates::overdue_or_expired,
    described::no_label_or_owner,
    policy::settings,
    everybody::admits_everything,
    policy::no_policy,
    split::all_needed,
    disk::stale,
];

/// Every finding, in no particular order.
pub fn findings(facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    for rule in RULES {
        rule(facts, &mut found);
    }
    found
}

/// A finding about a range that has no fix.
fn on_range(at: RangeAt, code: &'static str, severity: Severity, message: impl Into<String>) -> Finding {
    let problem = Problem { code, severity, message: message.into() };
    Finding { problem, place: Some(Place::Range(at)), together: Vec::new(), fix: None }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod wide_tests;
