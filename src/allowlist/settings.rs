//! The policy's settings. Strings stay as the user wrote them: whether AWS would take them is a finding,
//! so that the editor can open a file that has them wrong.

use crate::text::Setting;
use serde::{Serialize, Serializer};
use std::str::FromStr;

/// The policy's name where none is given.
pub const DEFAULT_NAME: &str = "IP_Whitelist_AWS_API_Keys";

/// What the policy is and where it goes; the keys of `policy` in the file, in their order there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicySettings {
    /// The IAM name, and the stem of the files' names.
    pub name: Setting,
    /// The Sid; `None`: the letters and digits of the name.
    pub sid: Option<Setting>,
    /// What kind of policy it is.
    pub target: Target,
    /// Principals that are fenced, as ARN patterns; `None`: the target's default; empty: all.
    pub applies_to: Option<Vec<Setting>>,
    /// Bucket ARNs, for a bucket policy; `None`: `*`.
    pub resources: Option<Vec<Setting>>,
    /// Services such as `s3`, for a resource control policy.
    pub services: Vec<Setting>,
    /// Whom the upload attaches it to.
    pub attach_to: AttachTo,
    /// Who and what is not fenced.
    pub exempt: Exempt,
    /// How many documents the user will attach; `None`: the target's default.
    pub max_documents: Option<u32>,
    /// By how many addresses the policy may be wider so that it fits (an IPv6 /64 counts 1).
    pub max_extra_addresses: u64,
}

/// Whom the upload attaches the policy to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AttachTo {
    /// An IAM group.
    pub group: Option<Setting>,
    /// IAM users that are to be its members.
    pub users: Vec<Setting>,
}

/// Who and what is not fenced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exempt {
    /// Who signed in with MFA.
    pub mfa: bool,
    /// Calls that AWS makes on the caller's behalf.
    pub aws_services: bool,
    /// VPC ids or ARNs.
    pub vpcs: Vec<Setting>,
    /// VPC endpoint ids.
    pub vpc_endpoints: Vec<Setting>,
    /// Principal ARNs, `*` within.
    pub principals: Vec<Setting>,
    /// Actions, which become `NotAction`.
    pub actions: Vec<Setting>,
}

impl Default for Exempt {
    fn default() -> Self {
        Self {
            mfa: false,
            aws_services: true,
            vpcs: Vec::new(),
            vpc_endpoints: Vec::new(),
            principals: Vec::new(),
            actions: Vec::new(),
        }
    }
}

impl Default for PolicySettings {
    fn default() -> Self {
        Self {
            // A constant of letters, digits and underscores.
            name: Setting::new(DEFAULT_NAME).unwrap_or_else(|_| unreachable!("the default name is a name")),
            sid: None,
            target: Target::ManagedPolicy,
            applies_to: None,
            resources: None,
            services: Vec::new(),
            attach_to: AttachTo::default(),
            exempt: Exempt::default(),
            max_documents: None,
            max_extra_addresses: 0,
        }
    }
}

impl PolicySettings {
    /// The Sid in force: the one set, else the letters and digits of the name.
    pub fn sid(&self) -> String {
        self.sid.as_deref().map_or_else(|| self.default_sid(), str::to_owned)
    }

    /// The Sid where none is set.
    pub fn default_sid(&self) -> String {
        self.name.chars().filter(char::is_ascii_alphanumeric).collect()
    }

    /// The principals in force that are fenced, as ARN patterns; none means all.
    pub fn applies_to(&self) -> Vec<&str> {
        match &self.applies_to {
            Some(patterns) => patterns.iter().map(Setting::as_str).collect(),
            None => self.target.default_applies_to().to_vec(),
        }
    }

    /// The documents in force that the user will attach.
    pub fn max_documents(&self) -> u32 {
        self.max_documents.unwrap_or_else(|| self.target.default_documents())
    }

    /// The same settings with each one that spells out its default left to it, so that equal settings
    /// are equal values and the file stays canonical.
    #[must_use]
    pub fn normalized(mut self) -> Self {
        if self.sid.as_deref() == Some(self.default_sid().as_str()) {
            self.sid = None;
        }
        let default = self.target.default_applies_to();
        if self
            .applies_to
            .as_ref()
            .is_some_and(|set| set.iter().map(Setting::as_str).eq(default.iter().copied()))
        {
            self.applies_to = None;
        }
        if self.resources.as_ref().is_some_and(|set| set.iter().map(Setting::as_str).eq(["*"])) {
            self.resources = None;
        }
        if self.max_documents == Some(self.target.default_documents()) {
            self.max_documents = None;
        }
        self
    }
}

/// What kind of policy it is: sets its quota and shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// A customer managed IAM policy.
    ManagedPolicy,
    /// An inline policy of a user.
    UserInline,
    /// An inline policy of a group.
    GroupInline,
    /// An inline policy of a role.
    RoleInline,
    /// A service control policy of an organization.
    Scp,
    /// A resource control policy of an organization.
    Rcp,
    /// A policy of S3 buckets.
    BucketPolicy,
}

impl Target {
    /// All of them, in the order of the contract.
    pub const ALL: [Self; 7] = [
        Self::ManagedPolicy,
        Self::UserInline,
        Self::GroupInline,
        Self::RoleInline,
        Self::Scp,
        Self::Rcp,
        Self::BucketPolicy,
    ];

    /// As the file spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ManagedPolicy => "managed-policy",
            Self::UserInline => "user-inline",
            Self::GroupInline => "group-inline",
            Self::RoleInline => "role-inline",
            Self::Scp => "scp",
            Self::Rcp => "rcp",
            Self::BucketPolicy => "bucket-policy",
        }
    }

    /// How many documents there may be where the user does not say.
    pub fn default_documents(self) -> u32 {
        match self {
            Self::ManagedPolicy => 10,
            Self::Scp => 9,
            Self::Rcp => 4,
            Self::UserInline | Self::GroupInline | Self::RoleInline | Self::BucketPolicy => 1,
        }
    }

    /// How many documents the user may ask for at most.
    pub fn documents_limit(self) -> u32 {
        if self == Self::ManagedPolicy { 20 } else { self.default_documents() }
    }

    /// Which principals are fenced where the user does not say; none means all.
    pub fn default_applies_to(self) -> &'static [&'static str] {
        match self {
            Self::Scp | Self::Rcp => &["arn:aws:iam::*:user/*"],
            _ => &[],
        }
    }
}

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|target| target.as_str() == text).ok_or_else(|| {
            let all = Self::ALL.map(Self::as_str).join(", ");
            format!("unknown target {:?}, expected one of {all}", crate::text::quoted(text, 40))
        })
    }
}

impl Serialize for Target {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
