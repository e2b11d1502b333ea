//! The upload script against a fake AWS, with the real AWS CLI. Needs `UPLOAD_E2E`, the path of a harness
//! that runs a script against a moto server and prints what IAM then holds; without it nothing is checked.
//!
//! Every call is recorded and played back on a model, which proves with keymoat's own algebra that at each
//! step what is let through holds old ∩ new and lies within old ∪ new.

mod model;

use keymoat::allowlist::Allowlist;
use keymoat::cidr::{AddressSet, Cidr, IpNet};
use keymoat::exchange::write::{Export, format_named, write};
use keymoat::policy::{Document, Documents, Quota};
use model::check;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

const NAME: &str = "Test_Fence";
const USERS: &str = "aws iam create-user --user-name jenkins >/dev/null\n\
    aws iam create-access-key --user-name jenkins >/dev/null\n\
    aws iam create-user --user-name other >/dev/null\n\
    aws iam create-access-key --user-name other >/dev/null\n";

fn set(cidrs: &[&str]) -> AddressSet {
    cidrs.iter().map(|cidr| cidr.parse::<Cidr>().expect("a CIDR").net()).collect()
}

fn spelt(set: &AddressSet) -> Vec<String> {
    set.prefixes().map(|net: IpNet| net.to_string()).collect()
}

/// A policy split at these cuts (first octets; IPv6 belongs to the last region), in one of both forms.
struct Split {
    admitted: AddressSet,
    cuts: Vec<u32>,
    named_regions: bool,
}

impl Split {
    fn new(cidrs: &[&str], cuts: &[u32], named_regions: bool) -> Self {
        Self { admitted: set(cidrs), cuts: cuts.to_vec(), named_regions }
    }

    fn region(&self, i: usize) -> AddressSet {
        let first = if i == 0 { 0 } else { self.cuts[i - 1] << 24 };
        let last = self.cuts.get(i).map_or(u32::MAX, |cut| (cut << 24) - 1);
        let v4 = keymoat::cidr::prefixes_between(
            std::net::Ipv4Addr::from_bits(first).into(),
            std::net::Ipv4Addr::from_bits(last).into(),
        );
        let v6 = (i == self.cuts.len()).then(|| "::/0".parse().expect("a network"));
        v4.into_iter().chain(v6).collect()
    }

    fn documents(&self) -> Documents {
        let count = self.cuts.len() + 1;
        let documents = (0..count).map(|i| {
            let region = self.region(i);
            let within = self.admitted.intersection(&region);
            let condition = if count == 1 {
                json!({"NotIpAddress": {"aws:SourceIp": spelt(&self.admitted)}})
            } else if self.named_regions {
                json!({"IpAddressIfExists": {"aws:SourceIp": spelt(&region)}, "NotIpAddress": {"aws:SourceIp": spelt(&within)}})
            } else {
                json!({"NotIpAddress": {"aws:SourceIp": spelt(&within.union(&region.complement()))}})
            };
            let suffix = if count == 1 { String::new() } else { format!("-{}", i + 1) };
            let sid = format!("TestFence{}", i + 1);
            let json = json!({"Version": "2012-10-17", "Statement": [{"Sid": sid, "Effect": "Deny", "Action": "*",
                "Resource": "*", "Condition": condition}]});
            let text = format!("{json:#}\n");
            Document { file_name: format!("{NAME}{suffix}.json"), sid, size: json.to_string().len(), text, alone: region.difference(&self.admitted) }
        });
        let target = keymoat::allowlist::Target::ManagedPolicy;
        Documents {
            documents: documents.collect(),
            quota: Quota::of(target),
            admitted: self.admitted.clone(),
            extra: 0,
        }
    }

    fn script(&self) -> String {
        self.script_for("managed-policy")
    }

    fn script_for(&self, target: &str) -> String {
        let json = json!({"version": 1, "categories": [], "policy": {"name": NAME, "target": target,
            "attach_to": {"group": "Fenced", "users": ["jenkins"]}}});
        let allowlist = Allowlist::from_json(json.to_string().as_bytes()).expect("an allowlist");
        let documents = self.documents();
        let today = "2026-11-22".parse().expect("a day");
        let export = Export { allowlist: &allowlist, documents: Some(&documents), today };
        write(format_named("aws-cli").expect("a format"), &export).expect("a script")
    }
}

/// A folder with a recording `aws` in it.
struct Bench {
    folder: tempfile::TempDir,
    harness: PathBuf,
}

impl Bench {
    fn new() -> Option<Self> {
        let Some(harness) = std::env::var_os("UPLOAD_E2E") else {
            eprintln!("skipped: UPLOAD_E2E names no harness");
            return None;
        };
        let folder = tempfile::tempdir().expect("a folder");
        let bench = Self { folder, harness: harness.into() };
        std::fs::create_dir(bench.path("bin")).expect("a folder");
        // One call a line, its arguments as JSON strings, then its answer's status.
        let shim = "#!/usr/bin/env python3\nimport json, os, subprocess, sys\n\
            path = os.environ['PATH'].split(':')\npath.remove(os.path.dirname(os.path.abspath(__file__)))\n\
            os.environ['PATH'] = ':'.join(path)\nstatus = subprocess.run(['aws'] + sys.argv[1:]).returncode\n\
            open(os.environ['CALLS'], 'a').write(json.dumps([status] + sys.argv[1:]) + '\\n')\nsys.exit(status)\n";
        bench.write("bin/aws", shim);
        let status = Command::new("chmod").arg("+x").arg(bench.path("bin/aws")).status().expect("chmod");
        assert!(status.success());
        Some(bench)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).expect("a file");
    }

    /// Runs shell lines in one session of the fake AWS; `{NAME}` before a script runs it. Gives what IAM
    /// holds at the end.
    fn run(&self, lines: &str) -> Value {
        let (bin, calls) = (self.path("bin"), self.path("calls"));
        let head = format!(
            "set -euo pipefail\nexport PATH={}:\"$PATH\" CALLS={}\ncd {}\n",
            bin.display(),
            calls.display(),
            self.folder.path().display()
        );
        self.write("session.sh", &format!("{head}{lines}"));
        let output =
            Command::new("bash").arg(&self.harness).arg(self.path("session.sh")).output().expect("bash");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{said}");
        eprintln!("{said}");
        serde_json::from_slice(&output.stdout).expect("the harness's JSON")
    }

    fn calls(&self) -> Vec<Vec<String>> {
        let text = std::fs::read_to_string(self.path("calls")).expect("the calls");
        let calls = text.lines().map(|line| serde_json::from_str::<Vec<Value>>(line).expect("a call"));
        let good = calls.filter(|call| call[0] == 0);
        good.map(|call| call[1..].iter().map(|word| word.as_str().unwrap_or_default().to_owned()).collect())
            .collect()
    }
}

fn policy<'a>(state: &'a Value, name: &str) -> &'a Value {
    let policies = state["policies"].as_array().expect("policies");
    policies.iter().find(|policy| policy["name"] == name).unwrap_or(&Value::Null)
}

/// Marks the end of a stage in the recorded calls.
const STAGE: &str = "aws iam list-account-aliases >/dev/null\n";

fn uploads(bench: &Bench, splits: &[&Split]) -> String {
    let mut lines = String::from(USERS);
    for (i, split) in splits.iter().enumerate() {
        bench.write(&format!("{i}.sh"), &split.script());
        lines += &format!("bash {i}.sh --no-address-check --undo-file undo\n{STAGE}");
    }
    lines
}

fn stages(splits: &[&Split]) -> Vec<AddressSet> {
    splits.iter().map(|split| split.admitted.clone()).collect()
}

#[test]
fn one_document_over_and_over() {
    let Some(bench) = Bench::new() else { return };
    let split = |i: usize| {
        Split::new(&[["203.0.114.0/24", "198.51.101.0/24"][i % 2], &format!("20.0.{i}.0/24")], &[], false)
    };
    let splits: Vec<Split> = (0..7).map(split).collect();
    let order: Vec<&Split> = splits.iter().chain(splits.last()).collect();
    let lines = uploads(&bench, &order);
    let state = bench.run(&lines);
    check(&bench.calls(), &stages(&order));
    let policy = policy(&state, NAME);
    assert_eq!(policy["versions"].as_array().expect("versions").len(), 5);
    assert_eq!((&policy["default_version"], &policy["attached_groups"]), (&json!("v7"), &json!(["Fenced"])));
    assert_eq!(policy["problems_moto_misses"], json!([]));
    assert_eq!(state["groups"][0]["members"], json!(["jenkins"]));
}

#[test]
fn splits_of_other_sizes_and_cuts_and_back() {
    let Some(bench) = Bench::new() else { return };
    let a = ["20.0.0.0/24", "60.0.0.0/24", "150.0.0.0/24", "2600:1f18::/36"];
    let b = ["20.0.0.0/24", "61.0.0.0/24", "151.0.0.0/24", "2600:1f19::/36"];
    let splits = [
        Split::new(&a, &[50, 100], false),
        Split::new(&b, &[70], false),
        Split::new(&a, &[30, 80, 160], true),
        Split::new(&b, &[30, 80, 160], true),
        Split::new(&a, &[], false),
    ];
    let order: Vec<&Split> = splits.iter().collect();
    let state = bench.run(&uploads(&bench, &order));
    check(&bench.calls(), &stages(&order));
    assert_eq!(state["groups"][0]["attached_policies"], json!([NAME]));
    let names: Vec<_> =
        state["policies"].as_array().expect("policies").iter().map(|p| p["name"].clone()).collect();
    assert!(!names.iter().any(|name| name.as_str().unwrap_or_default().contains("-next-")), "{names:?}");
}

#[test]
fn undo_goes_back_step_by_step() {
    let Some(bench) = Bench::new() else { return };
    let a = Split::new(&["20.0.0.0/24", "150.0.0.0/24"], &[50, 100], false);
    let b = Split::new(&["21.0.0.0/24", "151.0.0.0/24"], &[70], false);
    let lines = uploads(&bench, &[&a, &b]) + &format!("bash 1.sh --undo --undo-file undo\n{STAGE}");
    let state = bench.run(&lines);
    check(&bench.calls(), &[a.admitted.clone(), b.admitted.clone(), a.admitted.clone()]);
    assert_eq!(
        state["groups"][0]["attached_policies"],
        json!(["Test_Fence-1", "Test_Fence-2", "Test_Fence-3"])
    );
}

#[test]
fn a_second_run_changes_nothing_and_the_first_can_be_undone() {
    let Some(bench) = Bench::new() else { return };
    let split = Split::new(&["20.0.0.0/24"], &[], false);
    bench.write("0.sh", &split.script());
    let run = "bash 0.sh --my-address 20.0.0.7\n";
    let state = bench.run(&format!(
        "{USERS}bash 0.sh --my-address=20.0.0.7 --dry-run\n{run}echo second >>\"$CALLS.mark\"\n{run}"
    ));
    let writing = |call: &Vec<String>| !["get-", "list-"].iter().any(|start| call[1].starts_with(start));
    let written: Vec<_> = bench.calls().into_iter().filter(writing).map(|call| call[1].clone()).collect();
    let expected = ["create-group", "create-policy", "attach-group-policy", "add-user-to-group"];
    assert_eq!(written[4..], expected.map(str::to_owned));
    assert_eq!(policy(&state, NAME)["default_version"], "v1");
    let undone = bench.run(&format!("{USERS}{run}bash 0.sh --undo\n"));
    assert_eq!((&undone["policies"], &undone["groups"]), (&json!([]), &json!([])));
}

#[test]
fn what_would_lock_out_or_has_no_room_is_refused_and_equal_cuts_need_none() {
    let Some(bench) = Bench::new() else { return };
    let a = Split::new(&["20.0.0.0/24", "150.0.0.0/24"], &[10, 20, 30, 40, 50, 60], false);
    let b = Split::new(&["21.0.0.0/24", "151.0.0.0/24"], &[11, 21, 31, 41, 51, 61], false);
    bench.write("1.sh", &b.script());
    let c = Split::new(&["21.0.0.0/24", "25.0.0.0/24", "151.0.0.0/24"], &[10, 20, 30, 40, 50, 60], false);
    bench.write("2.sh", &c.script());
    let lines = uploads(&bench, &[&a])
        + "if bash 1.sh --my-address 8.8.8.8; then exit 9; fi\nif bash 1.sh --my-address 2001:db8::1; then exit 9; fi\n\
           if bash 1.sh --my-address 21.0.0.300; then exit 9; fi\nif bash 1.sh --no-address-check; then exit 9; fi\n";
    let same_cuts = format!("bash 2.sh --no-address-check\n{STAGE}");
    let state = bench.run(&(lines + STAGE + &same_cuts));
    check(&bench.calls(), &[a.admitted.clone(), a.admitted.clone(), c.admitted.clone()]);
    assert_eq!(state["groups"][0]["attached_policies"].as_array().map(Vec::len), Some(7));
    assert!(Path::new(&bench.path("undo")).exists());
}

#[test]
fn inline_and_organization_policies_go_up_and_back() {
    let Some(bench) = Bench::new() else { return };
    let a = Split::new(&["20.0.0.0/24"], &[], false);
    let b = Split::new(&["20.0.0.0/24", "150.0.0.0/24"], &[], false);
    let mut lines = String::from(USERS);
    lines += "aws iam create-role --role-name worker --assume-role-policy-document '{\"Version\":\"2012-10-17\",\"Statement\":[]}' >/dev/null\n\
        aws organizations create-organization >/dev/null\nroot=$(aws organizations list-roots --query 'Roots[0].Id' --output text)\n\
        aws organizations enable-policy-type --root-id \"$root\" --policy-type SERVICE_CONTROL_POLICY >/dev/null || true\n";
    for (target, to, look) in [
        ("user-inline", "", "iam get-user-policy --user-name jenkins"),
        ("group-inline", "", "iam get-group-policy --group-name Fenced"),
        ("role-inline", "--to worker", "iam get-role-policy --role-name worker"),
    ] {
        bench.write(&format!("{target}-a.sh"), &a.script_for(target));
        bench.write(&format!("{target}-b.sh"), &b.script_for(target));
        let look =
            format!("aws {look} --policy-name {NAME} --query PolicyDocument --output json | tr -d ' \\n'");
        lines += &format!(
            "bash {target}-a.sh --no-address-check --undo-file u {to}\n[[ $({look}) != *150.0.0.0* ]]\n\
             bash {target}-b.sh --no-address-check --undo-file u {to}\n[[ $({look}) == *150.0.0.0* ]]\n\
             [[ $(bash {target}-b.sh --no-address-check --undo-file u {to}) == *'Nothing to change'* ]]\n\
             bash {target}-b.sh --undo --undo-file u\n[[ $({look}) != *150.0.0.0* ]]\n"
        );
    }
    bench.write("scp-a.sh", &a.script_for("scp"));
    bench.write("scp-b.sh", &b.script_for("scp"));
    let look = format!(
        "aws organizations describe-policy --policy-id \"$(aws organizations list-policies --filter SERVICE_CONTROL_POLICY \
         --query \"Policies[?Name=='{NAME}'].Id\" --output text)\" --query Policy.Content --output text"
    );
    lines += &format!(
        "bash scp-a.sh --no-address-check --undo-file u --to \"$root\"\n[[ $({look}) != *150.0.0.0* ]]\n\
         bash scp-b.sh --no-address-check --undo-file u --to \"$root\"\n[[ $({look}) == *150.0.0.0* ]]\n\
         [[ $(aws organizations list-policies-for-target --target-id \"$root\" --filter SERVICE_CONTROL_POLICY) == *{NAME}* ]]\n\
         [[ $(bash scp-b.sh --no-address-check --undo-file u --to \"$root\") == *'Nothing to change'* ]]\n\
         bash scp-b.sh --undo --undo-file u\n[[ $({look}) != *150.0.0.0* ]]\n"
    );
    let state = bench.run(&lines);
    assert_eq!(state["groups"][0]["members"], json!(["jenkins"]));
}
