//! The file's form with every default filled in.

use crate::allowlist::{Allowlist, Category, Date, Group, PolicySettings, Range};
use crate::review::Review;
use crate::text::{Setting, Text};
use serde::Serialize;

#[derive(Serialize)]
pub struct Shown<'a> {
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    schema: Option<&'a Text>,
    version: u32,
    policy: Policy<'a>,
    categories: Vec<ShownCategory<'a>>,
    totals: Totals,
}

#[derive(Serialize)]
struct Policy<'a> {
    name: &'a str,
    sid: String,
    target: &'static str,
    applies_to: Vec<&'a str>,
    resources: Vec<&'a str>,
    services: Vec<&'a str>,
    attach_to: AttachTo<'a>,
    exempt: Exempt<'a>,
    max_documents: u32,
    max_extra_addresses: u64,
}

#[derive(Serialize)]
struct AttachTo<'a> {
    group: Option<&'a str>,
    users: Vec<&'a str>,
}

#[derive(Serialize)]
struct Exempt<'a> {
    mfa: bool,
    aws_services: bool,
    vpcs: Vec<&'a str>,
    vpc_endpoints: Vec<&'a str>,
    principals: Vec<&'a str>,
    actions: Vec<&'a str>,
}

#[derive(Serialize)]
struct ShownCategory<'a> {
    kind: &'static str,
    name: &'a str,
    groups: Vec<ShownGroup<'a>>,
}

#[derive(Serialize)]
struct ShownGroup<'a> {
    name: &'a str,
    note: &'a Text,
    ranges: Vec<ShownRange<'a>>,
}

#[derive(Serialize)]
struct ShownRange<'a> {
    cidr: String,
    label: &'a Text,
    owner: &'a Text,
    ticket: &'a Text,
    note: &'a Text,
    source: &'a Text,
    added: Option<Date>,
    review_by: Option<Date>,
    expires: Option<Date>,
    enabled: bool,
}

/// Of what is admitted; addresses as decimal numbers, which may be more than a JSON number holds.
#[derive(Serialize)]
struct Totals {
    groups: usize,
    ranges: usize,
    enabled: usize,
    ipv4_addresses: String,
    ipv6_addresses: String,
}

/// Everything there is to an allowlist.
pub fn shown<'a>(allowlist: &'a Allowlist, review: &Review) -> Shown<'a> {
    Shown {
        schema: allowlist.schema(),
        version: 1,
        policy: policy(allowlist.policy()),
        categories: allowlist.categories().iter().map(category).collect(),
        totals: Totals {
            groups: review.totals.groups,
            ranges: review.totals.ranges,
            enabled: review.totals.enabled,
            ipv4_addresses: review.admitted.ipv4_count().to_string(),
            ipv6_addresses: review.admitted.ipv6_count(),
        },
    }
}

fn texts(list: &[Setting]) -> Vec<&str> {
    list.iter().map(Setting::as_str).collect()
}

fn policy(settings: &PolicySettings) -> Policy<'_> {
    let exempt = &settings.exempt;
    Policy {
        name: &settings.name,
        sid: settings.sid(),
        target: settings.target.as_str(),
        applies_to: settings.applies_to(),
        resources: settings.resources.as_deref().map_or_else(|| vec!["*"], texts),
        services: texts(&settings.services),
        attach_to: AttachTo {
            group: settings.attach_to.group.as_deref(),
            users: texts(&settings.attach_to.users),
        },
        exempt: Exempt {
            mfa: exempt.mfa,
            aws_services: exempt.aws_services,
            vpcs: texts(&exempt.vpcs),
            vpc_endpoints: texts(&exempt.vpc_endpoints),
            principals: texts(&exempt.principals),
            actions: texts(&exempt.actions),
        },
        max_documents: settings.max_documents(),
        max_extra_addresses: settings.max_extra_addresses,
    }
}

fn category(category: &Category) -> ShownCategory<'_> {
    let groups = category.groups.iter().map(group).collect();
    ShownCategory { kind: category.kind.as_str(), name: &category.name, groups }
}

fn group(group: &Group) -> ShownGroup<'_> {
    ShownGroup { name: &group.name, note: &group.note, ranges: group.ranges.iter().map(range).collect() }
}

fn range(range: &Range) -> ShownRange<'_> {
    ShownRange {
        cidr: range.cidr.to_string(),
        label: &range.label,
        owner: &range.owner,
        ticket: &range.ticket,
        note: &range.note,
        source: &range.source,
        added: range.added,
        review_by: range.review_by,
        expires: range.expires,
        enabled: range.enabled,
    }
}
