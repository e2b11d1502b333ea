//! The rules, one a file.

use super::{Finding, Place, Problem, Severity};
use crate::allowlist::{Allowlist, CidrField, Date};
use crate::policy::{Documents, NoPolicy, PolicyFile};

/// Every finding, in no particular order.
pub fn findings(
    allowlist: &Allowlist,
    _today: Date,
    policy: &Result<Documents, NoPolicy>,
    _on_disk: &[PolicyFile],
) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, .., range) in allowlist.ranges() {
        if let CidrField::Bad(bad) = &range.cidr {
            let (code, message) = (bad.1.code(), bad.1.to_string());
            let problem = Problem { code, severity: Severity::Error, message };
            found.push(Finding { problem, place: Some(Place::Range(at)), fix: None });
        }
    }
    if let Err(reason) = policy {
        let problem = Problem { code: "no-policy", severity: Severity::Error, message: reason.to_string() };
        found.push(Finding { problem, place: None, fix: None });
    }
    found
}
