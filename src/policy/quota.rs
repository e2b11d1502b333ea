//! How large a document of each target may be, as AWS counts it.
//!
//! Sources: IAM and STS quotas (IAM User Guide), "IAM doesn't count white space"; quotas of AWS
//! Organizations for SCPs (10,240 since May 2026) and RCPs; S3 bucket policy quota (20 KB).

use crate::allowlist::Target;

/// A size quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// The most that one document may have, in characters as counted.
    pub limit: usize,
    /// Whether white space between JSON tokens counts; documents are then written minified.
    pub counts_white_space: bool,
}

impl Quota {
    /// The quota of a target.
    pub fn of(target: Target) -> Self {
        let (limit, counts_white_space) = match target {
            Target::ManagedPolicy => (6_144, false),
            Target::UserInline => (2_048, false),
            Target::GroupInline => (5_120, false),
            Target::RoleInline => (10_240, false),
            Target::Scp => (10_240, true),
            Target::Rcp => (5_120, true),
            Target::BucketPolicy => (20_480, true),
        };
        Self { limit, counts_white_space }
    }
}
