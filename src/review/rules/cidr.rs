//! A range whose text is no CIDR, or one with host bits.

use super::{Facts, Finding, Severity, on_range};
use crate::allowlist::{CidrField, Range};
use crate::review::Fix;

pub fn not_a_cidr(facts: &Facts, found: &mut Vec<Finding>) {
    for (at, .., range) in facts.allowlist.ranges() {
        let CidrField::Bad(bad) = &range.cidr else { continue };
        let error = &bad.1;
        let mut finding = on_range(at, error.code(), Severity::Error, error.to_string());
        if let Some(mend) = error.mends().into_iter().find(|mend| mend.certain) {
            let instead =
                mend.cidrs.into_iter().map(|cidr| Range { cidr: CidrField::Good(cidr), ..range.clone() });
            finding.fix = Some(Fix::Replace(at, instead.collect()));
        }
        found.push(finding);
    }
}
