//! `aws-cli`: a bash script that uploads the policy. The script's parts are the files in `aws_cli/`; what is
//! written here is its data, each value in single quotes, so that it is only text to the shell.

use super::upload::Upload;
use super::{Export, ExportError, WriteFormat};
use crate::allowlist::Target;
use crate::cidr::{AddressSet, Cidr, IpNet, Spans};
use serde_json::Value;
use std::fmt::Write as _;

pub(super) static FORMAT: WriteFormat = WriteFormat {
    name: "aws-cli",
    what: "a bash script that uploads the policy; --dry-run, --my-address A, --no-address-check, --undo",
    needs_policy: true,
    write,
};

const COMMON: &str = include_str!("aws_cli/common.sh");
const MEMBERS: &str = include_str!("aws_cli/members.sh");
const MANAGED: &str = include_str!("aws_cli/managed.sh");
const INLINE: &str = include_str!("aws_cli/inline.sh");
const ORGANIZATION: &str = include_str!("aws_cli/organization.sh");
const OTHERS: &str = include_str!("aws_cli/others.sh");
const MAIN: &str = include_str!("aws_cli/main.sh");

fn write(export: &Export) -> Result<String, ExportError> {
    let upload = Upload::of(export, FORMAT.name)?;
    let admitted = export.documents.map(|documents| spans(&documents.admitted)).unwrap_or_default();
    let mut script = Script(HEAD.to_owned());
    script.value("NAME", upload.name);
    script.value("ADMITTED", &admitted);
    script.list("DOCUMENTS", upload.policies.iter().map(|one| minified(&one.document.text)));
    let parts: &[&str] = match upload.target {
        Target::ManagedPolicy => {
            managed(&mut script, &upload);
            &[COMMON, MEMBERS, MANAGED, OTHERS]
        }
        Target::UserInline => {
            inline(&mut script, &upload, "user", upload.users.clone());
            &[COMMON, MEMBERS, INLINE, OTHERS]
        }
        Target::GroupInline => {
            let groups = upload.groups.iter().map(|group| group.name.as_str()).collect();
            inline(&mut script, &upload, "group", groups);
            &[COMMON, MEMBERS, INLINE, OTHERS]
        }
        Target::RoleInline => {
            inline(&mut script, &upload, "role", Vec::new());
            &[COMMON, MEMBERS, INLINE]
        }
        Target::Scp | Target::Rcp => {
            let kind = if upload.target == Target::Scp {
                "SERVICE_CONTROL_POLICY"
            } else {
                "RESOURCE_CONTROL_POLICY"
            };
            script.value("TYPE", kind);
            script.list("POLICY_NAMES", upload.policies.iter().map(|one| one.name.clone()));
            &[COMMON, ORGANIZATION]
        }
        Target::BucketPolicy => {
            let mend = "its upload replaces everything in the bucket's policy, so put the document into that by hand";
            return Err(ExportError::Target { format: FORMAT.name, target: upload.target, mend });
        }
    };
    for part in parts.iter().chain([&MAIN]) {
        script.0.push('\n');
        script.0.push_str(part);
    }
    Ok(script.0)
}

const HEAD: &str = "#!/usr/bin/env bash\n\
# Made by keymoat from an allowlist: uploads the policy that denies every address that is not in it.\n\
# Read it, then try --dry-run. Needs the AWS CLI and nothing else; --help lists what it takes.\n\
# What stands in single quotes is only text.\n\
# shellcheck disable=SC2016\n\
set -euo pipefail\n\
export LC_ALL=C AWS_PAGER=''\n\n";

/// The script as it grows.
struct Script(String);

impl Script {
    /// A variable of one value.
    fn value(&mut self, name: &str, value: &str) {
        // Writing to a String cannot fail, here and below.
        let _ = writeln!(self.0, "{name}={}", quoted(value));
    }

    /// A list, a value a line.
    fn list(&mut self, name: &str, values: impl IntoIterator<Item = String>) {
        let mut values = values.into_iter().peekable();
        if values.peek().is_none() {
            let _ = writeln!(self.0, "{name}=()");
            return;
        }
        let _ = writeln!(self.0, "{name}=(");
        for value in values {
            let _ = writeln!(self.0, "  {}", quoted(&value));
        }
        self.0.push_str(")\n");
    }
}

/// A text in single quotes, within which a shell knows nothing but their end.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// JSON without the white space between its tokens, its keys in their order.
fn minified(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let (mut in_string, mut escaped) = (false, false);
    for c in json.chars() {
        if in_string || !c.is_ascii_whitespace() {
            out.push(c);
        }
        in_string = if c == '"' && !escaped { !in_string } else { in_string };
        escaped = c == '\\' && !escaped;
    }
    out
}

/// Where a document of a split denies, as the script compares it with the document that is there.
struct Region {
    /// The prefixes of the region where the document names it, a space behind each, as the script has them
    /// from `--output text`.
    named: String,
    /// The prefixes of everything outside, spelt as the documents do.
    outside: String,
}

impl Region {
    /// The two forms are those of the policy room: `IpAddressIfExists`, or `NotIpAddress` with everything
    /// outside in it.
    fn of(json: &str) -> Self {
        // keymoat's own document, which is JSON.
        let value: Value = serde_json::from_str(json).unwrap_or_default();
        let condition = &value["Statement"][0]["Condition"];
        let words = |operator: &str| -> Vec<String> {
            let list = condition[operator]["aws:SourceIp"].as_array().map_or(&[][..], Vec::as_slice);
            list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let set = |words: &[String]| -> AddressSet {
            words.iter().filter_map(|word| word.parse::<Cidr>().ok()).map(Cidr::net).collect()
        };
        let (named, listed) = (words("IpAddressIfExists"), words("NotIpAddress"));
        let outside =
            if named.is_empty() { around(&set(&listed).complement()) } else { set(&named).complement() };
        Self {
            named: named.iter().map(|word| format!("{word} ")).collect(),
            outside: outside.prefixes().map(short).collect::<Vec<_>>().join(" "),
        }
    }
}

/// As the documents spell a prefix: a host without its length.
fn short(net: IpNet) -> String {
    if net.prefix_len() == net.max_prefix_len() { net.addr().to_string() } else { net.to_string() }
}

/// What lies before the first and behind the last address of a set, on the line of all of IPv4 and then all
/// of IPv6.
fn around(set: &AddressSet) -> AddressSet {
    let (v4, v6) = (set.v4.as_slice(), set.v6.as_slice());
    let first4 = v4.first().map(|(first, _)| *first);
    let last6 = v6.last().map(|(_, last)| *last);
    let span4 = |from: Option<u32>, to: Option<u32>| from.zip(to).map_or(Vec::new(), |span| vec![span]);
    let span6 = |from: Option<u128>, to: Option<u128>| from.zip(to).map_or(Vec::new(), |span| vec![span]);
    let mut before4 = match first4 {
        Some(first) => span4(Some(0), first.checked_sub(1)),
        None => vec![(0, u32::MAX)],
    };
    let mut behind6 = match last6 {
        Some(last) => span6(last.checked_add(1), Some(u128::MAX)),
        None => vec![(0, u128::MAX)],
    };
    if let (true, Some((_, last))) = (v6.is_empty(), v4.last()) {
        before4.extend(span4(last.checked_add(1), Some(u32::MAX)));
    }
    if let (true, Some((first, _))) = (v4.is_empty(), v6.first()) {
        behind6.extend(span6(Some(0), first.checked_sub(1)));
    }
    AddressSet { v4: Spans::from_unsorted(before4), v6: Spans::from_unsorted(behind6) }
}

/// A name for the copy of a document, another for each content (FNV-1a, 32 bits).
fn copy_name(name: &str, json: &str) -> String {
    let hash =
        json.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("{name}-next-{hash:08x}")
}

/// What is admitted: a line `FIRST-LAST` of hexadecimal digits for each span of addresses.
fn spans(admitted: &AddressSet) -> String {
    let v4 = admitted.v4.as_slice().iter().map(|(first, last)| format!("{first:08x}-{last:08x}"));
    let v6 = admitted.v6.as_slice().iter().map(|(first, last)| format!("{first:032x}-{last:032x}"));
    v4.chain(v6).collect::<Vec<_>>().join("\n")
}

fn managed(script: &mut Script, upload: &Upload) {
    let policies = &upload.policies;
    script.list("POLICY_NAMES", policies.iter().map(|one| one.name.clone()));
    script.list("COPY_NAMES", policies.iter().map(|one| copy_name(upload.name, &one.document.text)));
    let regions: Vec<Region> = policies.iter().map(|one| Region::of(&one.document.text)).collect();
    script.list("REGIONS", regions.iter().map(|region| region.named.clone()));
    script.list("OUTSIDES", regions.iter().map(|region| region.outside.clone()));
    script.list("GROUP_NAMES", upload.groups.iter().map(|group| group.name.clone()));
    script.list("USERS", upload.users.iter().map(|user| (*user).to_owned()));
    let positions =
        |range: std::ops::Range<usize>| range.map(|i| i.to_string()).collect::<Vec<_>>().join(" ");
    if upload.groups.is_empty() {
        script.list("HOLDERS", upload.users.iter().map(|user| format!("user {user}")));
        script.list("POLICIES_OF", upload.users.iter().map(|_| positions(0..policies.len())));
    } else {
        script.list("HOLDERS", upload.groups.iter().map(|group| format!("group {}", group.name)));
        script.list("POLICIES_OF", upload.groups.iter().map(|group| positions(group.policies.clone())));
    }
}

fn inline(script: &mut Script, upload: &Upload, kind: &str, holders: Vec<&str>) {
    script.value("KIND", kind);
    script.list("HOLDER_NAMES", holders.into_iter().map(str::to_owned));
    // A policy in users or roles themselves needs no group.
    let groups = upload.groups.iter().filter(|_| kind == "group");
    script.list("GROUP_NAMES", groups.map(|group| group.name.clone()));
    let users = upload.users.iter().filter(|_| kind != "role");
    script.list("USERS", users.map(|user| (*user).to_owned()));
}

#[cfg(test)]
mod tests {
    use super::super::testing::{LABELS, exported, targets, tool};
    use super::*;

    #[test]
    fn every_script_passes_the_linters() {
        for settings in targets().iter().filter(|settings| settings["target"] != "bucket-policy") {
            for count in [1, 3, 12] {
                let script = exported("aws-cli", settings, count);
                if let Some((ok, said)) = tool("bash", &["-n"], &script) {
                    assert!(ok, "{settings}: {said}");
                }
                if let Some((ok, said)) = tool("shellcheck", &["-"], &script) {
                    assert!(ok, "{settings}: {said}");
                }
            }
        }
    }

    #[test]
    fn what_is_in_single_quotes_is_only_text_to_the_shell() {
        for label in LABELS.into_iter().chain(["", "'", "''", "\\'", "`id`", "a\\"]) {
            let script = format!("printf %s {}", quoted(label));
            if let Some((ok, said)) = tool("bash", &["-s"], &script) {
                assert!(ok && said == label, "{said}");
            }
        }
    }

    #[test]
    fn a_document_denies_in_its_own_region_only() {
        use crate::policy::Fence;
        let range = |i: u32| serde_json::json!({"cidr": std::net::Ipv4Addr::from_bits(0x1400_0000 + i * 0x1_0103).to_string()});
        let ranges: Vec<_> = (0..1500).map(range).collect();
        let json = serde_json::json!({"version": 1, "categories": [
            {"kind": "data-center", "groups": [{"name": "DC", "ranges": ranges}]}]});
        let allowlist = crate::allowlist::Allowlist::from_json(json.to_string().as_bytes()).unwrap();
        let fence = Fence::new(&allowlist, "2026-11-22".parse().unwrap()).unwrap();
        let documents = crate::policy::write(&fence).unwrap().documents;
        assert!(documents.len() > 3);
        for document in documents {
            let region = Region::of(&document.text);
            let listed: Value = serde_json::from_str(&document.text).unwrap();
            let listed = &listed["Statement"][0]["Condition"]["NotIpAddress"]["aws:SourceIp"];
            let has = |prefix: &str| listed.as_array().unwrap().iter().any(|word| word == prefix);
            assert!(!region.named.is_empty() || region.outside.split(' ').all(has), "{}", document.text);
            assert!(!region.outside.is_empty());
        }
    }

    #[test]
    fn what_lies_around_a_set_on_the_line() {
        let around = |cidrs: &[&str]| -> Vec<String> {
            let set: AddressSet = cidrs.iter().map(|cidr| cidr.parse::<Cidr>().unwrap().net()).collect();
            around(&set).prefixes().map(short).collect()
        };
        assert_eq!(around(&["64.0.0.0/2", "192.0.0.0/3"]), ["0.0.0.0/2", "224.0.0.0/3", "::/0"]);
        assert_eq!(around(&["128.0.0.0/1", "::/1", "f000::/4"]), ["0.0.0.0/1"]);
        assert_eq!(around(&["4000::/2"]), ["0.0.0.0/0", "::/2", "8000::/1"]);
        assert!(around(&["0.0.0.0/0", "::/0"]).is_empty());
    }

    #[test]
    fn minified_keeps_strings_and_the_order_of_keys() {
        assert_eq!(
            minified("{ \"b\" : \"x \\\" y\",\n \"a\": [1, 2] }\n"),
            "{\"b\":\"x \\\" y\",\"a\":[1,2]}"
        );
    }
}
