//! Settings that AWS would refuse, and why there is no policy.

use super::{Facts, Finding, Place, Problem, Severity};
use crate::policy::{NoPolicy, Refusal, check_settings};
use crate::review::Fix;

pub fn settings(facts: &Facts, found: &mut Vec<Finding>) {
    for problem in check_settings(facts.allowlist.policy()) {
        let severity = if problem.is_error { Severity::Error } else { Severity::Warning };
        found.push(Finding {
            problem: Problem {
                code: problem.code,
                severity,
                message: format!("policy.{}: {}", problem.key, problem.message),
            },
            place: Some(Place::Setting(problem.key)),
            together: Vec::new(),
            fix: problem.mend.map(Fix::Policy),
        });
    }
}

pub fn no_policy(facts: &Facts, found: &mut Vec<Finding>) {
    let Err(reason) = facts.policy else { return };
    let mut error = |code: &'static str, message: String| {
        let problem = Problem { code, severity: Severity::Error, message };
        found.push(Finding { problem, place: None, together: Vec::new(), fix: None });
    };
    match reason {
        NoPolicy::Refused(refusals) => {
            for refusal in refusals {
                match refusal {
                    // Each has its finding at its place.
                    Refusal::BadCidrs(_) | Refusal::Setting { .. } | Refusal::AdmitsEverything(_) => {}
                    Refusal::AdmitsNobody => error("admits-nobody", refusal.to_string()),
                }
            }
        }
        NoPolicy::TooLarge { .. } => error("too-large", reason.to_string()),
        NoPolicy::Unproven(_) => error("unproven", reason.to_string()),
        NoPolicy::NotYet(_) => error("not-yet", reason.to_string()),
    }
}
