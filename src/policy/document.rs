//! A fence as policy documents.

use super::{Fence, NoPolicy, Quota};
use crate::cidr::IpNet;
use serde_json::{Map, Value, json};

/// One policy document as it is written to its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The name of its file.
    pub file_name: String,
    /// The Sid of its statement.
    pub sid: String,
    /// The bytes of the file.
    pub text: String,
    /// Its size in characters as AWS counts them.
    pub size: usize,
}

/// The documents that together are the policy; all are needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Documents {
    /// In order; the file of one alone is `NAME.json`, of several `NAME-1.json` and so on.
    pub documents: Vec<Document>,
    /// The quota that each is within.
    pub quota: Quota,
}

/// Writes the policy of a fence.
pub fn write(fence: &Fence) -> Result<Documents, NoPolicy> {
    let settings = fence.settings();
    let quota = Quota::of(settings.target);
    let addresses: Vec<Value> = fence.admitted().prefixes().map(|net| Value::String(short(net))).collect();
    let mut bools = Map::new();
    if settings.exempt.aws_services {
        bools.insert("aws:ViaAWSService".into(), "false".into());
    }
    if settings.exempt.mfa {
        bools.insert("aws:MultiFactorAuthPresent".into(), "false".into());
    }
    let mut condition = Map::new();
    condition.insert("NotIpAddress".into(), json!({ "aws:SourceIp": addresses }));
    if !bools.is_empty() {
        condition.insert("BoolIfExists".into(), bools.into());
    }
    let sid = settings.sid();
    let document = json!({"Version": "2012-10-17", "Statement": [{
        "Sid": sid, "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": condition,
    }]});
    let size = document.to_string().chars().count();
    if size > quota.limit {
        return Err(NoPolicy::TooLarge { size, limit: quota.limit, target: settings.target });
    }
    let text = format!("{document:#}\n");
    let file_name = format!("{}.json", settings.name);
    Ok(Documents { documents: vec![Document { file_name, sid, text, size }], quota })
}

/// The shortest spelling that AWS takes: a host without its length.
fn short(net: IpNet) -> String {
    if net.prefix_len() == net.max_prefix_len() { net.addr().to_string() } else { net.to_string() }
}
