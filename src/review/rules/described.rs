//! Ranges of which nobody will know later what they are or whom to ask.

use super::{Facts, Finding, Severity, on_range};

pub fn no_label_or_owner(facts: &Facts, found: &mut Vec<Finding>) {
    for (at, .., range) in facts.allowlist.ranges() {
        let (code, message) = match (range.label.is_empty(), range.owner.is_empty()) {
            (false, false) => continue,
            (true, true) => ("no-label", "has no label and no owner: say what it is and who answers for it"),
            (true, false) => ("no-label", "has no label: say what it is"),
            (false, true) => ("no-owner", "has no owner: say who answers for it"),
        };
        found.push(on_range(at, code, Severity::Info, message));
    }
}
