//! Ranges whose day has come. PCI DSS 1.2.7 asks for a look at such rules at least every six months.

use super::{Facts, Finding, Severity, on_range};
use crate::review::due::Why;

pub fn overdue_or_expired(facts: &Facts, found: &mut Vec<Finding>) {
    for (at, .., range) in facts.allowlist.ranges() {
        if !range.enabled {
            continue;
        }
        match Why::of(range, facts.today) {
            Some(Why::Expired(day)) => {
                let message =
                    format!("expired on {day} and is not in the policy: remove it, or set a later day");
                found.push(on_range(at, "expired", Severity::Info, message));
            }
            Some(why @ Why::By(day)) if why.is_overdue(facts.today) => {
                let message = format!(
                    "was to be reviewed by {day}: see whether it is still needed, and set the next day"
                );
                found.push(on_range(at, "review-overdue", Severity::Info, message));
            }
            _ => {}
        }
    }
}
