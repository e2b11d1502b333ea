//! What follows from a policy that is more than one document.

use super::{Facts, Finding, Problem, Severity};
use crate::policy::Document;

pub fn all_needed(facts: &Facts, found: &mut Vec<Finding>) {
    let Ok(policy) = facts.policy else { return };
    let documents = policy.documents.len();
    if documents < 2 {
        return;
    }
    let open = |document: &Document| format!("{} opens {}", document.sid, document.alone.count_words());
    let open: Vec<String> = policy.documents.iter().map(open).collect();
    let message = format!(
        "{documents} documents, all needed: while one is not attached, its region is open to every address in it. \
         Without {} addresses",
        open.join(", without ")
    );
    found.push(Finding {
        problem: Problem { code: "all-documents-needed", severity: Severity::Info, message },
        place: None,
        together: Vec::new(),
        fix: None,
    });
}
