//! The shape of a document: one Deny statement with one condition block. Values only ever become JSON
//! strings of serde's making, and element order is that of the structs.

use super::Quota;
use crate::allowlist::PolicySettings;
use crate::text::Setting;
use serde::Serialize;

/// The addresses of one document, as they are spelt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lists {
    /// The region that it is about, for `IpAddressIfExists`; `None`: everything.
    pub within: Option<Vec<String>>,
    /// What it lets through, for `NotIpAddress`.
    pub listed: Vec<String>,
}

/// A document's text and its size in characters as AWS counts them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rendered {
    pub text: String,
    pub size: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Policy<'a> {
    version: &'static str,
    statement: [Statement<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Statement<'a> {
    sid: &'a str,
    effect: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    not_action: Vec<&'a str>,
    resource: &'static str,
    condition: Condition<'a>,
}

/// All of it in one block, so that it is an AND: each exemption that applies switches the Deny off.
/// Operators that do not match on an absent key have `IfExists`, or a key's absence would exempt;
/// negated ones match on it in any case.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Condition<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    ip_address_if_exists: Option<SourceIp<'a>>,
    not_ip_address: SourceIp<'a>,
    #[serde(skip_serializing_if = "Bools::is_empty")]
    bool_if_exists: Bools,
    #[serde(skip_serializing_if = "Vpcs::is_empty")]
    string_not_equals_if_exists: Vpcs<'a>,
    #[serde(skip_serializing_if = "Arns::is_empty")]
    arn_not_like_if_exists: Arns<'a>,
    #[serde(skip_serializing_if = "Arns::is_empty")]
    arn_like: Arns<'a>,
}

#[derive(Serialize)]
struct SourceIp<'a> {
    #[serde(rename = "aws:SourceIp")]
    list: &'a [String],
}

#[derive(Serialize, PartialEq)]
struct Bools {
    #[serde(rename = "aws:ViaAWSService", skip_serializing_if = "Option::is_none")]
    via_aws_service: Option<&'static str>,
    #[serde(rename = "aws:MultiFactorAuthPresent", skip_serializing_if = "Option::is_none")]
    mfa: Option<&'static str>,
}

impl Bools {
    fn is_empty(&self) -> bool {
        self.via_aws_service.is_none() && self.mfa.is_none()
    }
}

#[derive(Serialize)]
struct Vpcs<'a> {
    #[serde(rename = "aws:SourceVpc", skip_serializing_if = "Vec::is_empty")]
    ids: Vec<&'a str>,
    #[serde(rename = "aws:SourceVpce", skip_serializing_if = "Vec::is_empty")]
    endpoints: Vec<&'a str>,
}

impl Vpcs<'_> {
    fn is_empty(&self) -> bool {
        self.ids.is_empty() && self.endpoints.is_empty()
    }
}

#[derive(Serialize)]
struct Arns<'a> {
    #[serde(rename = "aws:SourceVpcArn", skip_serializing_if = "Vec::is_empty")]
    vpcs: Vec<&'a str>,
    #[serde(rename = "aws:PrincipalArn", skip_serializing_if = "Vec::is_empty")]
    principals: Vec<&'a str>,
}

impl Arns<'_> {
    fn is_empty(&self) -> bool {
        self.vpcs.is_empty() && self.principals.is_empty()
    }
}

/// Writes one document.
pub(super) fn render(
    settings: &PolicySettings,
    sid: &str,
    lists: &Lists,
) -> Result<Rendered, serde_json::Error> {
    let exempt = &settings.exempt;
    let (vpc_arns, vpc_ids) = unique(&exempt.vpcs).into_iter().partition(|vpc| vpc.starts_with("arn:"));
    let not_action = unique(&exempt.actions);
    let statement = Statement {
        sid,
        effect: "Deny",
        action: not_action.is_empty().then_some("*"),
        not_action,
        resource: "*",
        condition: Condition {
            ip_address_if_exists: lists.within.as_ref().map(|list| SourceIp { list }),
            not_ip_address: SourceIp { list: &lists.listed },
            bool_if_exists: Bools {
                via_aws_service: exempt.aws_services.then_some("false"),
                mfa: exempt.mfa.then_some("false"),
            },
            string_not_equals_if_exists: Vpcs { ids: vpc_ids, endpoints: unique(&exempt.vpc_endpoints) },
            arn_not_like_if_exists: Arns { vpcs: vpc_arns, principals: unique(&exempt.principals) },
            arn_like: Arns { vpcs: Vec::new(), principals: settings.applies_to() },
        },
    };
    let policy = Policy { version: "2012-10-17", statement: [statement] };
    let minified = serde_json::to_string(&policy)?;
    let size = minified.chars().count();
    if Quota::of(settings.target).counts_white_space {
        return Ok(Rendered { text: minified, size });
    }
    let mut text = serde_json::to_string_pretty(&policy)?;
    text.push('\n');
    Ok(Rendered { text, size })
}

/// Each once, where it stands first.
fn unique(values: &[Setting]) -> Vec<&str> {
    let mut seen = std::collections::HashSet::new();
    values.iter().map(Setting::as_str).filter(|value| seen.insert(*value)).collect()
}
