//! Ranges from which no request ever reaches AWS, or that are reserved for examples.

use super::{Facts, Finding, Severity, on_range};
use crate::cidr::special::{Special, special as special_block};

pub fn special(facts: &Facts, found: &mut Vec<Finding>) {
    for (at, .., range) in facts.allowlist.ranges() {
        if !range.is_active(facts.today) {
            continue;
        }
        let (code, message) = match range.net().and_then(special_block) {
            None => continue,
            Some(Special::Documentation) => {
                ("documentation", "is reserved for documentation: write the real range".to_owned())
            }
            Some(Special::NeverPublic(what)) => (
                "never-public",
                format!("is {what}: AWS never sees it as a source; write the public address behind it"),
            ),
        };
        found.push(on_range(at, code, Severity::Warning, message));
    }
}
