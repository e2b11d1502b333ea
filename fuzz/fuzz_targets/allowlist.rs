//! Any bytes as an allowlist: what is read is written in a form that reads back equal and stays as it is,
//! and its review and policy hold what they promise.
#![no_main]

use keymoat::allowlist::Allowlist;
use keymoat::review::review;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    match Allowlist::from_json(bytes) {
        Err(error) => {
            let said = error.to_string();
            assert!(error.line >= 1 && error.column >= 1);
            assert!(!said.chars().any(keymoat::text::is_forbidden), "{said:?}");
            assert!(said.len() < 8_000);
        }
        Ok(allowlist) => {
            let text = allowlist.to_json();
            let again = Allowlist::from_json(text.as_bytes()).expect("what is written is readable");
            assert_eq!(again, allowlist);
            assert_eq!(again.to_json(), text);
            let review = review(&allowlist, "2026-11-22".parse().expect("a day"), &[]);
            if let Ok(policy) = &review.policy {
                assert!(policy.documents.iter().all(|document| document.size <= policy.quota.limit));
            }
            for finding in &review.findings {
                assert!(!finding.problem.message.chars().any(keymoat::text::is_forbidden));
            }
        }
    }
});
