//! Patterns of principals, as `aws:PrincipalArn` is compared with them.
//!
//! Source: IAM User Guide, "AWS global condition context keys", `aws:PrincipalArn`: the ARN of the user,
//! of the role (never of the assumed-role session), of the federated user, or of the root user.

use super::shapes::{is_account, is_partition};
use crate::policy::pattern::matches_text;

/// What is to be said of a principal pattern; the worst first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Principal {
    /// Every user and role matches.
    Everybody,
    /// No principal ARN has this shape; the words say what is wrong.
    Bad(String),
    /// An assumed-role session's ARN, which `aws:PrincipalArn` never is; the role's ARN.
    Session(String),
    /// Every IAM user matches.
    EveryUser,
    /// Every role matches.
    EveryRole,
    /// Nothing is wrong.
    Fine,
}

/// Looks at one pattern.
pub fn principal(pattern: &str) -> Principal {
    // Nobody names these on purpose: what matches both of a kind matches all of it.
    let users = ["arn:aws:iam::908172635445:user/q7x", "arn:aws:iam::554433221109:user/z/k9/w"];
    let roles = ["arn:aws:iam::908172635445:role/q7x", "arn:aws:iam::554433221109:role/z/k9/w"];
    let all = |witnesses: [&str; 2]| witnesses.iter().all(|arn| matches_text(pattern, arn));
    let (every_user, every_role) = (all(users), all(roles));
    if every_user && every_role {
        return Principal::Everybody;
    }
    if let Some(wrong) = shape(pattern) {
        return Principal::Bad(wrong);
    }
    if let Some(role) = session(pattern) {
        return Principal::Session(role);
    }
    match (every_user, every_role) {
        (true, _) => Principal::EveryUser,
        (_, true) => Principal::EveryRole,
        _ => Principal::Fine,
    }
}

fn has_wildcard(text: &str) -> bool {
    text.contains(['*', '?'])
}

fn shape(pattern: &str) -> Option<String> {
    if let Some(c) =
        pattern.chars().find(|c| !c.is_ascii_graphic() || matches!(c, '"' | '\\' | '$' | '{' | '}'))
    {
        return Some(format!("the character {c:?} cannot stand in it"));
    }
    let parts: Vec<&str> = pattern.splitn(6, ':').collect();
    let [arn, partition, service, region, account, resource] = parts.as_slice() else {
        return Some("an ARN has six parts with colons between them".to_owned());
    };
    if *arn != "arn" {
        return Some("an ARN begins with arn:".to_owned());
    }
    if !is_partition(partition) && !has_wildcard(partition) {
        return Some("the partition behind arn: is aws, aws-cn or aws-us-gov".to_owned());
    }
    if !matches!(*service, "iam" | "sts") && !has_wildcard(service) {
        return Some("a principal's service is iam".to_owned());
    }
    if !region.is_empty() && *region != "*" {
        return Some("a principal's ARN has no region: write two colons behind iam".to_owned());
    }
    let digits = |b: u8| b.is_ascii_digit() || b == b'*' || b == b'?';
    let some_accounts = has_wildcard(account) && account.bytes().all(digits);
    if !is_account(account) && !some_accounts {
        return Some("the account is 12 digits, or *".to_owned());
    }
    let kind = resource.split('/').next().unwrap_or_default();
    let named = resource.len() > kind.len() + 1;
    match kind {
        "user" | "role" | "federated-user" | "assumed-role" if !named => {
            Some(format!("{kind}/ needs a name behind it, or *"))
        }
        "root" if named || resource.ends_with('/') => Some("nothing follows root".to_owned()),
        "user" | "role" | "federated-user" | "assumed-role" | "root" => None,
        other if has_wildcard(other) => None,
        _ => Some("a principal is user/NAME, role/NAME or root".to_owned()),
    }
}

/// The role of an assumed-role session's ARN.
fn session(pattern: &str) -> Option<String> {
    let (head, tail) = pattern.split_once(":assumed-role/")?;
    let parts: Vec<&str> = head.split(':').collect();
    let [_, partition, "sts", _, account] = parts.as_slice() else { return None };
    let role = tail.split('/').next()?;
    Some(format!("arn:{partition}:iam::{account}:role/{role}"))
}
