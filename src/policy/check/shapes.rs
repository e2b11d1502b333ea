//! The shapes of names, ids, ARNs and actions.
//!
//! Sources: IAM User Guide, "IAM and AWS STS quotas" (names, lengths), "Policy grammar" (characters);
//! Amazon EC2 API reference, "Resource IDs" (8 or 17 hexadecimal digits); Service Authorization
//! Reference (service prefixes, action names).

/// What is wrong with the name of a policy, group or user of at most `most` characters.
pub fn name(text: &str, most: usize) -> Option<String> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c);
    if let Some(c) = text.chars().find(|c| !allowed(*c)) {
        return Some(format!("the character {c:?} is not among A-Z a-z 0-9 _ + = , . @ -: leave it out"));
    }
    // All ASCII by now, so bytes are characters.
    (text.len() > most).then(|| format!("{} characters, at most {most} are allowed: shorten it", text.len()))
}

/// `vpc-` or `vpce-` with 8 or 17 lower-case hexadecimal digits.
pub fn is_id(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix).is_some_and(|digits| {
        matches!(digits.len(), 8 | 17) && digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    })
}

/// `arn:aws:ec2:REGION:ACCOUNT:vpc/vpc-…`, of any partition, without wildcards.
pub fn is_vpc_arn(text: &str) -> bool {
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    let [arn, partition, "ec2", region, account, resource] = parts.as_slice() else { return false };
    *arn == "arn"
        && is_partition(partition)
        && is_dashed(region)
        && is_account(account)
        && resource.strip_prefix("vpc/").is_some_and(|id| is_id(id, "vpc-"))
}

/// `aws`, `aws-cn`, `aws-us-gov` and the like.
pub fn is_partition(text: &str) -> bool {
    text == "aws" || (text.starts_with("aws-") && is_dashed(text))
}

/// Twelve digits.
pub fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_dashed(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    !text.is_empty() && text.bytes().all(allowed)
}

/// A service prefix such as `s3` or `execute-api`.
pub fn is_service(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    !text.is_empty() && text.bytes().all(allowed)
}

/// `service:Name`, wildcards in the name only, as IAM takes them.
pub fn is_action(text: &str) -> bool {
    let name = |b: u8| b.is_ascii_alphanumeric() || b == b'*' || b == b'?';
    text.split_once(':').is_some_and(|(service, action)| {
        is_service(service) && !action.is_empty() && action.bytes().all(name)
    })
}

/// `arn:aws:s3:::NAME` with or without a path, wildcards within.
pub fn is_bucket_arn(text: &str) -> bool {
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    let [arn, partition, "s3", "", "", resource] = parts.as_slice() else { return false };
    let path = |b: u8| b.is_ascii_graphic() && !matches!(b, b'"' | b'\\' | b'$');
    let bucket = resource.split('/').next().unwrap_or_default();
    *arn == "arn"
        && is_partition(partition)
        && !bucket.is_empty()
        && bucket.bytes().any(|b| b.is_ascii_alphanumeric())
        && resource.bytes().all(path)
}
