//! Real and realistic files of other tools, where they are: in the folder that `KEYMOAT_SHARED` names, else
//! in `shared` beside the project. Where it is absent, these tests say so and check nothing.

use keymoat::allowlist::Allowlist;
use keymoat::exchange::read::{Reading, read};
use keymoat::exchange::{Options, Plan, plan};
use keymoat::text::Name;
use std::path::{Path, PathBuf};

fn folder(name: &str) -> Option<PathBuf> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let folder = std::env::var_os("KEYMOAT_SHARED").map_or_else(beside, PathBuf::from).join(name);
    if !folder.is_dir() {
        eprintln!("skipped: no {}", folder.display());
        return None;
    }
    Some(folder)
}

fn reading(folder: &Path, file: &str) -> Result<Reading, String> {
    let bytes = std::fs::read(folder.join(file)).expect("a readable file");
    read(&bytes, file, None).map_err(|error| format!("{}: {error}", error.place().expect("a place")))
}

fn planned(reading: Reading) -> Plan {
    let options = Options {
        category: Some("data-center"),
        group: Some(Name::new("Imported").expect("a name")),
        ..Options::default()
    };
    let today = "2026-11-22".parse().expect("a day");
    plan(&Allowlist::default(), reading, &options, today).expect("a plan")
}

#[test]
fn every_sample_is_recognised_and_read_or_refused_by_name() {
    let Some(folder) = folder("samples") else { return };
    for (file, format, good, refused) in [
        ("aws-describe-addresses.json", "aws-addresses", 2, 0),
        ("aws-describe-nat-gateways.json", "aws-nat-gateways", 3, 0),
        ("aws-get-managed-prefix-list-entries.json", "aws-prefix-list", 3, 0),
        ("aws-iam-get-policy-version.json", "iam-policy", 3, 0),
        ("aws-ip-ranges.json", "aws-ip-ranges", 4, 0),
        ("az-network-public-ip-list.json", "azure-public-ips", 1, 0),
        ("az-network-public-ip-prefix-list.json", "azure-public-ips", 1, 0),
        ("azure-service-tags.json", "azure-service-tags", 2, 0),
        ("cloudflare-ips.json", "cloudflare", 1, 1),
        ("gcloud-compute-addresses-list.json", "gcp-addresses", 2, 0),
        ("gcloud-compute-routers-get-status.json", "gcp-router-status", 3, 0),
        ("github-meta.json", "github-meta", 8, 0),
        ("google-cloud.json", "gcp-ip-ranges", 2, 0),
        ("iam-policy-single-string.json", "iam-policy", 1, 0),
        ("iam-policy.json", "iam-policy", 3, 0),
        ("list.csv", "csv", 3, 0),
        ("list.txt", "text", 6, 1),
        ("oci-network-nat-gateway-list.json", "oci-nat-gateways", 1, 0),
        ("terraform-show.json", "terraform", 4, 0),
    ] {
        let reading = reading(&folder, file).unwrap_or_else(|error| panic!("{file}: {error}"));
        let entries = &reading.found.entries;
        let wrong: Vec<_> = entries.iter().filter_map(|e| e.range.as_ref().err()).collect();
        assert_eq!(reading.format.name, format, "{file}");
        assert_eq!((entries.len() - wrong.len(), wrong.len()), (good, refused), "{file}: {wrong:?}");
    }
    for (file, words) in [
        ("atlassian-ip-ranges.json", "Atlassian"),
        ("aws-describe-managed-prefix-lists.json", "get-managed-prefix-list-entries"),
        ("aws-wafv2-get-ip-set.json", "get-ip-set"),
        ("az-network-nat-gateway-list.json", "az network public-ip list"),
        ("cloudflare-list-items.json", "Cloudflare"),
        ("github-ip-allow-list-entries.json", "GitHub"),
        ("mongodb-atlas-access-list.json", "MongoDB"),
    ] {
        let error = reading(&folder, file).expect_err(file);
        assert!(error.contains(words), "{file}: {error}");
    }
}

#[test]
fn real_feeds_import_completely() {
    let Some(folder) = folder("feeds") else { return };
    for (file, format, entries) in [
        ("aws-ip-ranges.json", "aws-ip-ranges", 13_344),
        ("github-ip-ranges.json", "github-meta", 5_959),
        ("google-cloud-ip-ranges.json", "gcp-ip-ranges", 782),
    ] {
        let reading = reading(&folder, file).unwrap();
        assert_eq!((reading.format.name, reading.found.entries.len()), (format, entries), "{file}");
        let plan = planned(reading);
        assert!(plan.refused.is_empty() && plan.edit.is_some(), "{file}: {:?}", plan.refused);
        assert_eq!(plan.new.len() + plan.repeated, entries, "{file}");
        assert_eq!(plan.warnings.len(), 1, "{file}");
    }
}

#[test]
fn bad_inputs_are_refused_where_they_are_bad() {
    let Some(folder) = folder("badinputs") else { return };
    for (file, line) in [
        ("import-mixed.txt", 6),
        ("import-esc.txt", 1),
        ("import-esc-in-bad-line.txt", 1),
        ("import-nul.txt", 1),
        ("import-csv-unclosed.csv", 2),
        ("import-aws-dup-condition.json", 1),
        ("json-depth-20000.json", 1),
    ] {
        match reading(&folder, file) {
            Err(error) => assert!(error.starts_with(&format!("{line}:")), "{file}: {error}"),
            Ok(reading) => {
                let plan = planned(reading);
                assert!(plan.edit.is_none(), "{file}");
                let said: Vec<_> = plan.refused.iter().map(|r| r.place.line).collect();
                assert_eq!(said, [line], "{file}");
                assert!(!plan.refused[0].reason.chars().any(keymoat::text::is_forbidden), "{file}");
            }
        }
    }
    for (file, good) in [("import-crlf-bom.txt", 2), ("import-aws-key-case.json", 1)] {
        assert_eq!(planned(reading(&folder, file).unwrap()).new.len(), good, "{file}");
    }
}
