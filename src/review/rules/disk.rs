//! Policy files on disk that do not say what the allowlist says.

use super::{Facts, Finding, Problem, Severity};
use crate::policy::is_own;
use crate::text::quoted;

pub fn stale(facts: &Facts, found: &mut Vec<Finding>) {
    let mut warn = |message: String| {
        let problem = Problem { code: "policy-stale", severity: Severity::Warning, message };
        found.push(Finding { problem, place: None, together: Vec::new(), fix: None });
    };
    let Ok(policy) = facts.policy else {
        let own = facts.on_disk.iter().filter(|file| is_own(&file.bytes));
        return own.for_each(|file| {
            warn(format!(
                "the policy on disk, {}, stays as it is, because none can be written: it may let through what the list does not",
                quoted(&file.name, 140)
            ));
        });
    };
    if facts.on_disk.is_empty() {
        return;
    }
    for document in &policy.documents {
        match facts.on_disk.iter().find(|file| file.name == document.file_name) {
            Some(file) if file.bytes == document.text.as_bytes() => {}
            Some(file) if !is_own(&file.bytes) => warn(format!(
                "{} stands where the policy goes and keymoat did not write it: no save overwrites it; move it away, or choose another policy name",
                quoted(&file.name, 140)
            )),
            Some(file) => warn(format!(
                "the policy on disk, {}, is older than the allowlist or was edited by hand: `keymoat prove` tells the difference, saving writes it anew",
                quoted(&file.name, 140)
            )),
            None => warn(format!(
                "the policy on disk lacks {}, one of its {} documents: saving writes it",
                document.file_name,
                policy.documents.len()
            )),
        }
    }
    for file in facts.on_disk {
        if !policy.documents.iter().any(|document| document.file_name == file.name) {
            warn(format!(
                "{} on disk is no longer one of the policy's documents: saving removes it where keymoat wrote it",
                quoted(&file.name, 140)
            ));
        }
    }
}
