//! Ranges so wide that they hardly belong to one company.

use super::{Facts, Finding, Severity, on_range};
use crate::cidr::size_words;
use crate::review::wide;

pub fn too_wide(facts: &Facts, found: &mut Vec<Finding>) {
    for (at, .., range) in facts.allowlist.ranges() {
        let Some(net) = range.net().filter(|_| range.is_active(facts.today)) else { continue };
        if wide::is_too_wide(net) {
            let (count, shortest) = (size_words(net), wide::shortest(net));
            let message =
                format!("admits {count} addresses, more than a /{shortest}: write the ranges that are yours");
            found.push(on_range(at, "too-wide", Severity::Warning, message));
        }
    }
}
