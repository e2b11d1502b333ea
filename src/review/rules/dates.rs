//! Ranges whose day has come. PCI DSS 1.2.7 asks for a look at such rules at least every six months.

use super::{Facts, Finding, Severity, on_range};

pub fn overdue_or_expired(facts: &Facts, found: &mut Vec<Finding>) {
    for (at, .., range) in facts.allowlist.ranges() {
        if !range.enabled {
            continue;
        }
        if let Some(day) = range.expires.filter(|day| *day <= facts.today) {
            let message = format!("expired on {day} and is not in the policy: remove it, or set a later day");
            found.push(on_range(at, "expired", Severity::Info, message));
        } else if let Some(day) = range.review_by.filter(|day| *day < facts.today) {
            let message =
                format!("was to be reviewed by {day}: see whether it is still needed, and set the next day");
            found.push(on_range(at, "review-overdue", Severity::Info, message));
        }
    }
}
