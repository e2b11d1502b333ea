//! Any bytes as policy documents: what is evaluated and what is proven never contradict each other, and
//! documents are equal to themselves.
#![no_main]

use keymoat::allowlist::Allowlist;
use keymoat::policy::{Evaluator, Fence, Request, Verdict, compare_documents, parse_documents, prove};
use libfuzzer_sys::fuzz_target;
use std::net::IpAddr;

/// Admits 203.0.114.0/24 and 2600:1f00::/40; who signed in with MFA is exempt.
fn fence() -> Fence {
    let text = r#"{"version": 1, "policy": {"exempt": {"mfa": true}}, "categories": [{"kind": "data-center",
        "name": "DC", "groups": [{"name": "g", "ranges": [{"cidr": "203.0.114.0/24"}, {"cidr": "2600:1f00::/40"}]}]}]}"#;
    let allowlist = Allowlist::from_json(text.as_bytes()).expect("an allowlist");
    Fence::new(&allowlist, "2026-11-22".parse().expect("a day")).expect("without errors")
}

fuzz_target!(|bytes: &[u8]| {
    let documents = match parse_documents(bytes) {
        Ok(documents) => documents,
        Err(error) => {
            assert!(!error.to_string().chars().any(keymoat::text::is_forbidden));
            return;
        }
    };
    let evaluator = Evaluator::new(&documents);
    if let Ok(evaluator) = &evaluator {
        for address in ["203.0.114.7", "203.0.115.0", "2600:1f00::1", "::"] {
            let address: IpAddr = address.parse().expect("an address");
            let plain = evaluator.verdict(&Request::plain().from(address));
            let _ = evaluator.verdict(&Request::plain().from(address).with_mfa().via_aws_service());
            if let (Ok(proof), Ok(verdict)) = (prove(&documents, &fence()), plain) {
                let listed = fence().admitted().contains(address);
                if proof.equal() {
                    assert_eq!(verdict == Verdict::Allowed, listed, "{address}");
                }
            }
        }
    }
    if let Ok(change) = compare_documents(&documents, &documents) {
        assert!(change.equal());
    }
});
