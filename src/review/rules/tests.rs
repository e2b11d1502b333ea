use crate::allowlist::Allowlist;
use crate::policy::PolicyFile;
use crate::review::{Review, Severity, review};

/// An allowlist with two groups of corporate networks whose ranges are these JSON objects.
pub(super) fn allowlist(policy: &str, one: &str, two: &str) -> Allowlist {
    let text = format!(
        r#"{{"version": 1, "policy": {policy}, "categories": [{{"kind": "corporate-network", "name": "Corp", "groups": [
            {{"name": "One", "ranges": [{one}]}}, {{"name": "Two", "ranges": [{two}]}}]}}]}}"#
    );
    Allowlist::from_json(text.as_bytes()).unwrap()
}

pub(super) fn described(cidr: &str) -> String {
    format!(r#"{{"cidr": "{cidr}", "label": "l", "owner": "o"}}"#)
}

pub(super) fn look(allowlist: &Allowlist) -> Review {
    review(allowlist, "2026-11-22".parse().unwrap(), &[])
}

/// `severity code cidr: message` of each finding about these ranges.
fn said(one: &str, two: &str) -> Vec<String> {
    let allowlist = allowlist("{}", one, two);
    let lines = look(&allowlist).findings.into_iter().map(|f| {
        let cidr = f.names(&allowlist).2.unwrap_or_default();
        let fix = if f.fix.is_some() { " [fix]" } else { "" };
        format!("{} {} {cidr}: {}{fix}", f.severity().as_str(), f.problem.code, f.problem.message)
    });
    lines.collect()
}

fn codes(one: &[&str], two: &[&str]) -> Vec<String> {
    let list = |cidrs: &[&str]| cidrs.iter().map(|c| described(c)).collect::<Vec<_>>().join(",");
    let said = said(&list(one), &list(two));
    said.iter().map(|line| line.split(' ').nth(1).unwrap().to_owned()).collect()
}

#[test]
fn a_clean_list_has_nothing_to_say() {
    assert_eq!(codes(&["203.0.114.0/24", "2600:1f00::/40"], &["203.0.116.7"]), [""; 0]);
}

#[test]
fn a_text_that_is_no_cidr_is_an_error_with_its_mend() {
    let said = said(
        &[described("203.0.114.77/24"), described("203.0.114.0/255.255.255.0")].join(","),
        &described("203.0.116.1"),
    );
    assert_eq!(
        said,
        [
            "error host-bits 203.0.114.77/24: host bits set: the network is 203.0.114.0/24, the host 203.0.114.77/32",
            "error not-a-cidr 203.0.114.0/255.255.255.0: a netmask in place of the prefix length: write 203.0.114.0/24 [fix]",
        ]
    );
}

#[test]
fn overlaps_are_told_apart() {
    assert_eq!(codes(&["203.0.114.0/24", "203.0.114.0/24"], &[]), ["duplicate"]);
    assert_eq!(codes(&["203.0.114.0/24"], &["203.0.114.0/24"]), ["in-two-groups"]);
    assert_eq!(codes(&["203.0.114.9", "203.0.114.0/24"], &[]), ["covered"]);
    assert_eq!(codes(&["203.0.114.0/24"], &["203.0.114.9"]), ["covered"]);
    assert_eq!(codes(&["203.0.114.0/25", "203.0.114.128/25"], &[]), ["adjacent"]);
    assert_eq!(codes(&["203.0.114.0/25"], &["203.0.114.128/25"]), [""; 0]);
}

#[test]
fn a_range_that_is_off_overlaps_nothing() {
    let off = r#"{"cidr": "203.0.114.0/24", "label": "l", "owner": "o", "enabled": false}"#;
    let expired = r#"{"cidr": "203.0.114.0/24", "label": "l", "owner": "o", "expires": "2026-11-22"}"#;
    assert_eq!(said(&[off, &described("203.0.114.0/24")].join(","), ""), [""; 0]);
    let said = said(&[expired, &described("203.0.114.0/24")].join(","), "");
    assert_eq!(said.len(), 1);
    assert!(said[0].starts_with("info expired 203.0.114.0/24: expired on 2026-11-22"), "{said:?}");
}

#[test]
fn places_that_no_request_comes_from_are_warnings() {
    assert_eq!(codes(&["10.1.0.0/16", "203.0.116.1"], &[]), ["never-public"]);
    assert_eq!(codes(&["100.64.0.0/24", "203.0.116.1"], &[]), ["never-public"]);
    assert_eq!(codes(&["203.0.113.0/24"], &[]), ["documentation"]);
    assert_eq!(codes(&["239.1.1.0/24"], &[]), ["never-public"]);
    assert_eq!(codes(&["12.0.0.0/15"], &[]), ["too-wide"]);
    assert_eq!(codes(&["12.0.0.0/16", "2600::/32"], &["2a00::/31"]), ["too-wide"]);
    assert_eq!(codes(&["128.0.0.0/1"], &[]), ["too-wide"]);
}

#[test]
fn days_and_missing_words_are_told() {
    let overdue = r#"{"cidr": "203.0.114.0/24", "label": "l", "review_by": "2026-11-21"}"#;
    let due = r#"{"cidr": "203.0.116.0/24", "owner": "o", "review_by": "2026-11-22"}"#;
    let said = said(overdue, due);
    let starts: Vec<_> = said.iter().map(|s| s.split(':').next().unwrap()).collect();
    assert_eq!(
        starts,
        [
            "info review-overdue 203.0.114.0/24",
            "info no-owner 203.0.114.0/24",
            "info no-label 203.0.116.0/24",
        ]
    );
}

#[test]
fn admitting_everybody_or_nobody_is_an_error() {
    assert_eq!(codes(&["0.0.0.0/0"], &[]), ["admits-everything", "too-wide"]);
    let halves = codes(&["0.0.0.0/1"], &["128.0.0.0/1"]);
    assert_eq!(halves, ["admits-everything", "too-wide", "too-wide"]);
    assert_eq!(codes(&["::/0"], &["203.0.114.0/24"]), ["admits-everything", "too-wide"]);
    assert_eq!(codes(&[], &[]), ["admits-nobody"]);
}

#[test]
fn a_setting_that_aws_refuses_names_its_key() {
    let review = look(&allowlist(r#"{"name": "a b"}"#, &described("203.0.114.0/24"), ""));
    assert_eq!(review.findings[0].problem.code, "bad-name");
    assert!(review.findings[0].problem.message.starts_with("policy.name: "));
    assert!(review.policy.is_err());
}

#[test]
fn a_policy_on_disk_that_says_something_else_is_stale() {
    let allowlist = allowlist("{}", &described("203.0.114.0/24"), "");
    let today = "2026-11-22".parse().unwrap();
    let document = look(&allowlist).policy.unwrap().documents.remove(0);
    let mut file = PolicyFile { name: document.file_name, bytes: document.text.into_bytes() };
    assert_eq!(review(&allowlist, today, &[file.clone()]).count(Severity::Warning), 0);
    file.bytes.push(b' ');
    let stale = review(&allowlist, today, &[file]);
    assert_eq!(stale.findings[0].problem.code, "policy-stale");
}

#[test]
fn a_policy_on_disk_is_stale_too_where_none_can_be_written() {
    let today = "2026-11-22".parse().unwrap();
    let document =
        look(&allowlist("{}", &described("203.0.114.0/24"), "")).policy.unwrap().documents.remove(0);
    let file = PolicyFile { name: document.file_name, bytes: document.text.into_bytes() };
    let foreign = PolicyFile { name: "other.json".to_owned(), bytes: b"{}".to_vec() };
    let codes = |files: &[PolicyFile]| {
        let review = review(&allowlist("{}", "", ""), today, files);
        review.findings.iter().map(|finding| finding.problem.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(&[foreign]), ["admits-nobody"]);
    assert_eq!(codes(&[file]), ["admits-nobody", "policy-stale"]);
}

#[test]
fn fixes_change_no_address() {
    let bare = |cidr: &str| format!(r#"{{"cidr": "{cidr}"}}"#);
    let one = [
        described("203.0.114.0/24"),
        bare("203.0.114.0/24"),
        bare("203.0.114.9"),
        bare("203.0.120.0-203.0.120.5"),
        described("203.0.114.9").replace("\"l\"", "\"vpn\""),
        bare("203.0.121.0 255.255.255.0"),
    ];
    let mut allowlist = allowlist("{}", &one.join(","), "");
    let edit = look(&allowlist).fix_all(&allowlist).unwrap();
    let inverse = allowlist.apply(edit).unwrap();
    let cidrs: Vec<_> = allowlist.ranges().map(|(.., range)| range.cidr.to_string()).collect();
    assert_eq!(
        cidrs,
        ["203.0.114.0/24", "203.0.120.0/30", "203.0.120.4/31", "203.0.114.9", "203.0.121.0/24"]
    );
    assert!(look(&allowlist).fix_all(&allowlist).is_none());
    allowlist.apply(inverse).unwrap();
    assert_eq!(allowlist.ranges().count(), 6);
}

#[test]
fn a_split_says_that_all_of_it_is_needed_and_what_is_open_without_each() {
    let hosts: Vec<String> = (0..500u32)
        .map(|n| described(&std::net::Ipv4Addr::from_bits(0x5000_0000 + n * 7919).to_string()))
        .collect();
    let review = look(&allowlist("{}", &hosts.join(","), ""));
    assert_eq!(review.policy.unwrap().documents.len(), 2);
    let finding = review.findings.iter().find(|f| f.problem.code == "all-documents-needed").unwrap();
    assert_eq!(finding.severity(), Severity::Info);
    let message = &finding.problem.message;
    assert!(message.starts_with("2 documents, all needed"), "{message}");
    assert!(
        message.contains("Without IPWhitelistAWSAPIKeys1 opens")
            && message.contains("IPWhitelistAWSAPIKeys2 opens"),
        "{message}"
    );
}
