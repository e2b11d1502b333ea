//! What a session begins with: files as they are, and as they should not be.

use super::Session;
use crate::allowlist::{Allowlist, Starter};
use crate::editor::reviewer::Request;
use std::sync::mpsc::Sender;

/// A start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// No file is there.
    Nothing,
    /// The example.
    Example,
    /// CIDRs that are none, and everything else that a list can have wrong.
    Errors,
    /// Every text at its longest, of wide characters.
    Longest,
    /// A policy of several documents.
    Split,
    /// 3,000 ranges.
    Many,
    /// Work that was cut off waits to be restored, and the policy's name is taken by a foreign file.
    CutOff,
}

impl Start {
    /// The session of it, with who is asked for the reviews of large lists.
    pub fn session(self, reviewer: Sender<Request>) -> Session {
        let list = match self {
            Self::Nothing => return Session::first_start(),
            Self::CutOff => return cut_off(),
            Self::Example => Starter::Example.allowlist("2026-11-22".parse().unwrap()),
            Self::Errors => errors(),
            Self::Longest => longest(),
            Self::Split => hosts(1_200),
            Self::Many => hosts(3_000),
        };
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("allowlist.json"), list.to_json()).unwrap();
        Session::opened(folder, (80, 24), Some(reviewer))
    }
}

fn read(text: &str) -> Allowlist {
    Allowlist::from_json(text.as_bytes()).unwrap()
}

fn errors() -> Allowlist {
    let cidrs = [
        "11.0.0.9/24",
        "nonsense",
        "11.0.0.0 - 11.0.0.5",
        "0.0.0.0/0",
        "::ffff:11.0.0.1",
        "東京",
        "10.0.0.0/8",
    ];
    let range = |cidr: &str| {
        format!(
            r#"{{"cidr": "{cidr}", "label": "e\u0301\u0301 👨‍👩‍👧 🇯🇵", "review_by": "2020-01-01", "expires": "2020-01-02"}}"#
        )
    };
    let ranges: Vec<_> = cidrs.into_iter().chain(cidrs).map(range).collect();
    read(&format!(
        r#"{{"version": 1, "policy": {{"name": "no name: 東京", "sid": "no sid", "target": "bucket-policy"}}, "categories": [
            {{"kind": "corporate-network", "name": "C", "groups": [{{"name": "Bad", "ranges": [{0}]}}, {{"name": "Worse", "ranges": [{0}]}}]}}]}}"#,
        ranges.join(", ")
    ))
}

fn longest() -> Allowlist {
    let (name, text) = ("東".repeat(127), "支社".repeat(128));
    let range = |n: usize| {
        format!(
            r#"{{"cidr": "2001:db9:{n:x}:ffff:ffff:ffff:ffff:fff{n:x}/128", "label": "{text}", "owner": "{text}", "ticket": "{text}", "note": "{text}", "source": "{text}", "added": "2026-11-22", "review_by": "2027-05-22", "expires": "2027-11-22"}}"#
        )
    };
    let ranges: Vec<_> = (1..9).map(range).collect();
    let group =
        |n: usize| format!(r#"{{"name": "{name}{n}", "note": "{text}", "ranges": [{}]}}"#, ranges.join(", "));
    let category = |n: usize| {
        let kind = if n == 0 { "corporate-network" } else { "custom" };
        format!(r#"{{"kind": "{kind}", "name": "{name}{n}", "groups": [{}, {}]}}"#, group(1), group(2))
    };
    let all: Vec<_> = (0..8).map(category).collect();
    read(&format!(r#"{{"version": 1, "categories": [{}]}}"#, all.join(", ")))
}

fn hosts(count: usize) -> Allowlist {
    let host = |n: usize| {
        format!(
            r#"{{"cidr": "11.{}.{}.{}", "owner": "team{}"}}"#,
            n / 10_000,
            n / 100 % 100,
            n % 100 * 2,
            n % 7
        )
    };
    let hosts: Vec<_> = (0..count).map(host).collect();
    let groups: Vec<_> = hosts
        .chunks(count / 4)
        .enumerate()
        .map(|(n, hosts)| format!(r#"{{"name": "Group {n}", "ranges": [{}]}}"#, hosts.join(", ")))
        .collect();
    read(&format!(
        r#"{{"version": 1, "categories": [{{"kind": "data-center", "name": "DC", "groups": [{}]}}]}}"#,
        groups.join(", ")
    ))
}

fn cut_off() -> Session {
    let mut session = Session::empty();
    std::fs::write(session.path("IP_Whitelist_AWS_API_Keys.json"), "somebody's").unwrap();
    session.typed("AOffice<Enter>a11.0.0.1<Enter>");
    let draft = session.editor.document.draft().unwrap();
    draft.write(Starter::Example.allowlist(session.editor.document.today).to_json().as_bytes()).unwrap();
    Session::open(session.folder, (120, 34))
}
