//! Whether a file is keymoat's own: it parses as one of the shapes that keymoat writes, of whatever Sid,
//! target and exemptions. Anything else may be somebody's work and is not overwritten unasked.

use crate::json::{self, Object, from_string};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;

/// Whether these bytes are a policy document of a shape that keymoat writes.
pub fn is_own(bytes: &[u8]) -> bool {
    own(bytes).is_some()
}

/// The Sid of a document that [is own](is_own).
pub fn own_sid(bytes: &[u8]) -> Option<String> {
    own(bytes).map(|statement| statement.sid)
}

fn own(bytes: &[u8]) -> Option<Statement> {
    let Object(document) = json::read::<Object<Document>>(bytes).ok()?;
    let [Object(statement)] = <[_; 1]>::try_from(document.statement).ok()?;
    statement.is_shape().then_some(statement)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(rename = "Version", deserialize_with = "version")]
    _version: (),
    #[serde(rename = "Statement")]
    statement: Vec<Object<Statement>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Statement {
    #[serde(rename = "Sid")]
    sid: String,
    #[serde(rename = "Effect", deserialize_with = "deny")]
    _effect: (),
    #[serde(rename = "Principal", default)]
    principal: Option<String>,
    #[serde(rename = "Action", default)]
    action: Option<OneOrMany>,
    #[serde(rename = "NotAction", default)]
    not_action: Option<OneOrMany>,
    #[serde(rename = "Resource")]
    resource: OneOrMany,
    #[serde(rename = "Condition")]
    condition: BTreeMap<String, BTreeMap<String, OneOrMany>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    fn all(&self, test: impl Fn(&str) -> bool) -> bool {
        match self {
            Self::One(value) => test(value),
            Self::Many(values) => !values.is_empty() && values.iter().all(|value| test(value)),
        }
    }
}

fn version<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
    exactly(deserializer, "2012-10-17")
}

fn deny<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
    exactly(deserializer, "Deny")
}

fn exactly<'de, D: Deserializer<'de>>(deserializer: D, expected: &'static str) -> Result<(), D::Error> {
    from_string(deserializer, expected, |text| if text == expected { Ok(()) } else { Err(expected) })
}

/// The condition operators that keymoat writes, each with its keys. `false` as the only value of a
/// Boolean, networks as those of the address.
const CONDITIONS: &[(&str, &[&str])] = &[
    ("NotIpAddress", &["aws:SourceIp"]),
    ("IpAddressIfExists", &["aws:SourceIp"]),
    ("BoolIfExists", &["aws:ViaAWSService", "aws:MultiFactorAuthPresent", "aws:PrincipalIsAWSService"]),
    ("StringNotEqualsIfExists", &["aws:SourceVpc", "aws:SourceVpce"]),
    ("ArnNotLike", &["aws:PrincipalArn"]),
    ("ArnNotLikeIfExists", &["aws:PrincipalArn", "aws:SourceVpcArn"]),
    ("ArnNotEqualsIfExists", &["aws:SourceVpcArn"]),
    ("ArnLike", &["aws:PrincipalArn"]),
];

impl Statement {
    fn is_shape(&self) -> bool {
        let sid = !self.sid.is_empty() && self.sid.bytes().all(|b| b.is_ascii_alphanumeric());
        let principal = self.principal.as_deref().is_none_or(|who| who == "*");
        // Only a policy of resources, which has a Principal, is about some services or resources alone.
        let narrowed = self.principal.is_some();
        let actions = match (&self.action, &self.not_action) {
            (Some(actions), None) => {
                actions.all(|action| action == "*")
                    || narrowed && actions.all(|action| action.ends_with(":*"))
            }
            (None, Some(spared)) => matches!(spared, OneOrMany::Many(list) if !list.is_empty()),
            _ => false,
        };
        let resources = narrowed || self.resource.all(|resource| resource == "*");
        let fenced = self.condition.contains_key("NotIpAddress");
        sid && principal && actions && resources && fenced && self.condition.iter().all(is_condition)
    }
}

fn is_condition((operator, keys): (&String, &BTreeMap<String, OneOrMany>)) -> bool {
    let Some((_, known)) = CONDITIONS.iter().find(|(known, _)| known == operator) else { return false };
    !keys.is_empty()
        && keys.iter().all(|(key, values)| {
            known.contains(&key.as_str())
                && match operator.as_str() {
                    "NotIpAddress" | "IpAddressIfExists" => values.all(is_network),
                    "BoolIfExists" => values.all(|value| value == "false"),
                    _ => values.all(|value| !value.is_empty()),
                }
        })
}

/// Also IPv4-mapped IPv6, which is outside of every list, and so in what a document of a split spares.
fn is_network(text: &str) -> bool {
    text.parse::<crate::cidr::IpNet>().is_ok() || text.parse::<std::net::IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = r#"{"Version": "2012-10-17", "Statement": [{"Sid": "P1", "Effect": "Deny", "Action": "*",
        "Resource": "*", "Condition": {"NotIpAddress": {"aws:SourceIp": ["203.0.114.0/24", "203.0.115.7"]},
        "BoolIfExists": {"aws:ViaAWSService": "false"}}}]}"#;

    #[test]
    fn whatever_keymoat_writes_is_its_own() {
        use crate::allowlist::{Allowlist, Edit, SettingKey, Starter};
        let today = "2026-11-22".parse().unwrap();
        let mut allowlist: Allowlist = Starter::Example.allowlist(today);
        let values = [
            ("sid", "Theirs"),
            ("exempt.mfa", "false"),
            ("exempt.aws_services", "false"),
            ("exempt.vpcs", "vpc-0a1b2c3d,arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-0a1b2c3d"),
            ("exempt.vpc_endpoints", "vpce-0a1b2c3d"),
            ("exempt.principals", "arn:aws:iam::111122223333:role/break-glass"),
            ("exempt.actions", "sts:GetCallerIdentity"),
            ("applies_to", "arn:aws:iam::*:user/*"),
            ("target", "scp"),
        ];
        for (key, value) in values {
            let settings = SettingKey::find(key).unwrap().with(allowlist.policy(), value).unwrap();
            allowlist.apply(Edit::SetPolicy(Box::new(settings))).unwrap();
            let documents = crate::review::review(&allowlist, today, &[]).policy.unwrap();
            for document in documents.documents {
                assert_eq!(own_sid(document.text.as_bytes()), Some(document.sid), "{key}");
            }
        }
    }

    #[test]
    fn every_other_shape_is_foreign() {
        assert_eq!(own_sid(OWN.as_bytes()).as_deref(), Some("P1"));
        for (old, new) in [
            ("\"Deny\"", "\"Allow\""),
            ("2012-10-17", "2008-10-17"),
            ("\"P1\"", "\"P 1\""),
            ("\"Sid\": \"P1\", ", ""),
            ("\"Action\": \"*\"", "\"Action\": \"s3:GetObject\""),
            ("\"Action\": \"*\"", "\"Action\": \"s3:*\""),
            ("\"Resource\": \"*\"", "\"Resource\": \"arn:aws:s3:::backup/*\""),
            ("\"Action\": \"*\"", "\"Action\": \"*\", \"NotAction\": [\"sts:GetCallerIdentity\"]"),
            ("BoolIfExists", "Bool"),
            ("\"false\"", "\"true\""),
            ("NotIpAddress", "IpAddress"),
            ("aws:SourceIp", "aws:VpcSourceIp"),
            ("203.0.115.7", "office"),
            ("\"Statement\": [", "\"Id\": \"x\", \"Statement\": ["),
            ("}}}]}", "}}}, {}]}"),
            ("}}}]}", "}}}]} x"),
        ] {
            let other = OWN.replacen(old, new, 1);
            assert_ne!(other, OWN, "{old}");
            assert!(!is_own(other.as_bytes()), "{other}");
        }
        assert!(!is_own(b"") && !is_own(b"{}") && !is_own(b"\xff"));
    }
}
