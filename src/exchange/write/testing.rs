//! An allowlist with hostile text and a policy of as many documents as a test wants.

use super::{Export, format_named, write};
use crate::allowlist::{Allowlist, Target};
use crate::cidr::{AddressSet, IpNet};
use crate::policy::{Document, Documents, Quota};
use serde_json::{Value, json};

pub(super) const LABELS: [&str; 3] = [
    "x'; rm -rf ~; echo \"$(id)",
    "${file(\"/etc/passwd\")}",
    "${a}%${file(\"/etc/passwd\")}$$${b}%%{if true}",
];

/// An allowlist of two ranges for a target; `settings` are further keys of `policy`.
pub(super) fn allowlist(settings: &Value) -> Allowlist {
    let json = json!({"version": 1, "policy": settings, "categories": [{"kind": "data-center", "groups": [
        {"name": LABELS[0], "note": LABELS[1], "ranges": [
            {"cidr": "203.0.114.0/24", "label": LABELS[0], "owner": LABELS[1]},
            {"cidr": "2600:1f18::/36", "label": LABELS[2], "owner": LABELS[2]}]}]}]});
    Allowlist::from_json(json.to_string().as_bytes()).unwrap()
}

/// So many documents, each sparing one region as a split does.
pub(super) fn documents(allowlist: &Allowlist, count: usize) -> Documents {
    let name = &allowlist.policy().name;
    let admitted: AddressSet = allowlist.ranges().filter_map(|(.., range)| range.net()).collect();
    let document = |i: usize| {
        let suffix = if count == 1 { String::new() } else { (i + 1).to_string() };
        let region = region(i, count);
        let outside = region.complement();
        let spared: Vec<String> =
            admitted.intersection(&region).union(&outside).prefixes().map(|net| net.to_string()).collect();
        let mut json = json!({"Version": "2012-10-17", "Statement": [{"Sid": format!("Fence{suffix}"), "Effect": "Deny",
            "Action": "*", "Resource": "*", "Condition": {"NotIpAddress": {"aws:SourceIp": spared},
            "StringNotEqualsIfExists": {"aws:PrincipalTag/x": LABELS}}}]});
        if allowlist.policy().target == Target::BucketPolicy {
            json["Statement"][0]["Principal"] = "*".into();
            json["Statement"][0]["Resource"] = json!(["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"]);
        }
        let dash = if count == 1 { "" } else { "-" };
        let text = format!("{json:#}\n");
        let size = json.to_string().chars().count();
        Document {
            file_name: format!("{name}{dash}{suffix}.json"),
            sid: format!("Fence{suffix}"),
            text,
            size,
            alone: region.difference(&admitted),
        }
    };
    Documents {
        documents: (0..count).map(document).collect(),
        quota: Quota::of(allowlist.policy().target),
        admitted: admitted.clone(),
        extra: 0,
    }
}

/// The i-th of `count` regions: together all addresses.
fn region(i: usize, count: usize) -> AddressSet {
    if count == 1 {
        return AddressSet::everything();
    }
    let before: Vec<IpNet> = (0..i).map(|k| format!("{}.0.0.0/8", 203 + k).parse().unwrap()).collect();
    let own: AddressSet = [format!("{}.0.0.0/8", 203 + i).parse::<IpNet>().unwrap()].into_iter().collect();
    if i + 1 == count { AddressSet::from_prefixes(before).complement() } else { own }
}

/// The export of so many documents for a target with these settings.
pub(super) fn exported(format: &str, settings: &Value, count: usize) -> String {
    let allowlist = allowlist(settings);
    let documents = documents(&allowlist, count);
    let today = "2026-11-22".parse().unwrap();
    let export = Export { allowlist: &allowlist, documents: Some(&documents), today };
    write(format_named(format).unwrap(), &export).unwrap()
}

/// Settings of every target that there is, with all that it needs.
pub(super) fn targets() -> Vec<Value> {
    let attach = json!({"group": "Whitelisted_Accounts", "users": ["jenkins", "o.k+=,.@-_"]});
    let with = |target: &str| {
        json!({"target": target, "attach_to": attach.clone(),
        "resources": ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"], "services": ["s3"]})
    };
    let targets =
        ["managed-policy", "user-inline", "group-inline", "role-inline", "scp", "rcp", "bucket-policy"];
    targets.map(with).to_vec()
}

/// Runs a program where the machine has it; otherwise says so and gives `None`.
pub(super) fn tool(program: &str, arguments: &[&str], input: &str) -> Option<(bool, String)> {
    use std::io::Write as _;
    use std::process::{Command, Stdio};
    let piped = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = piped else {
        eprintln!("skipped: no {program}");
        return None;
    };
    // A program that does not read its input is no error here.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    Some((output.status.success(), String::from_utf8_lossy(&said).into_owned()))
}
