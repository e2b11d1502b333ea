//! What goes to AWS: the policies, the groups that carry them, the users in those. One place for the
//! script, Terraform and CloudFormation, so that they agree.

use super::{Export, ExportError};
use crate::allowlist::Target;
use crate::policy::Document;

/// How many managed policies a group, a user or a role can have attached (IAM and STS quotas; more on
/// request).
pub(super) const ATTACHMENTS: usize = 10;

/// What goes to AWS.
#[derive(Debug)]
pub(super) struct Upload<'a> {
    /// What kind of policy it is.
    pub target: Target,
    /// The policy's name: the stem of the names of a split.
    pub name: &'a str,
    /// The documents, all of them needed.
    pub policies: Vec<Policy<'a>>,
    /// The groups: one for each [`ATTACHMENTS`] policies, since a user may be in several. Empty where the
    /// settings name no group.
    pub groups: Vec<Group>,
    /// The users that the settings name.
    pub users: Vec<&'a str>,
    /// The buckets of a bucket policy, by name.
    pub buckets: Vec<&'a str>,
}

/// One policy.
#[derive(Debug)]
pub(super) struct Policy<'a> {
    /// Its name in AWS.
    pub name: String,
    /// Its document.
    pub document: &'a Document,
}

/// One IAM group.
#[derive(Debug)]
pub(super) struct Group {
    /// Its name.
    pub name: String,
    /// Positions of the policies that it carries.
    pub policies: std::ops::Range<usize>,
}

impl<'a> Upload<'a> {
    /// Of an export that has a policy.
    pub fn of(export: &Export<'a>, format: &'static str) -> Result<Self, ExportError> {
        let settings = export.allowlist.policy();
        let documents = export.documents.ok_or(ExportError::NoPolicy)?;
        let stem = |document: &'a Document| document.file_name.trim_end_matches(".json").to_owned();
        let policies: Vec<Policy> =
            documents.documents.iter().map(|document| Policy { name: stem(document), document }).collect();
        let count = policies.len();
        let groups = settings.attach_to.group.iter().flat_map(|name| {
            (0..count).step_by(ATTACHMENTS).map(move |first| Group {
                name: if first == 0 {
                    name.to_string()
                } else {
                    format!("{name}-{}", first / ATTACHMENTS + 1)
                },
                policies: first..count.min(first + ATTACHMENTS),
            })
        });
        let resources = settings.resources.iter().flatten();
        let names = resources
            .filter_map(|arn| arn.rsplit(':').next())
            .map(|path| path.split('/').next().unwrap_or(path));
        let mut buckets: Vec<&str> = names.collect();
        buckets.dedup();
        let upload = Self {
            target: settings.target,
            name: &settings.name,
            policies,
            groups: groups.collect(),
            users: settings.attach_to.users.iter().map(|user| user.as_str()).collect(),
            buckets,
        };
        upload.check(format).map(|()| upload)
    }

    /// Whether the settings say where an inline policy goes.
    fn check(&self, format: &'static str) -> Result<(), ExportError> {
        let missing = match self.target {
            Target::UserInline if self.users.is_empty() => "attach_to.users",
            Target::GroupInline if self.groups.is_empty() => "attach_to.group",
            Target::BucketPolicy if self.buckets.is_empty() || self.buckets.contains(&"*") => "resources",
            _ => return Ok(()),
        };
        Err(ExportError::Missing { format, key: missing })
    }
}
