//! The policy's settings as a table of keys and texts: for `keymoat set`, for the form in the editor and
//! for the documentation.

use super::{PolicySettings, Target};
use crate::text::{Setting, TextError};

/// One setting: how it is read and written as text.
pub struct SettingKey {
    /// As in the file, with a dot for what is nested: `exempt.mfa`.
    pub key: &'static str,
    /// What it is, in one sentence.
    pub help: &'static str,
    /// What may be written.
    pub values: Values,
    get: fn(&PolicySettings) -> String,
    set: fn(&mut PolicySettings, &str) -> Result<(), SettingError>,
}

/// What a setting's text may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Values {
    /// Any text.
    Text,
    /// Texts, separated by commas.
    List,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Number,
    /// One of [`Target::ALL`].
    Target,
}

/// Why a setting was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingError {
    /// No such key.
    #[error("there is no setting {found:?}: expected one of {}", KEYS.iter().map(|k| k.key).collect::<Vec<_>>().join(", "))]
    UnknownKey {
        /// As written, safe to print.
        found: String,
    },
    /// Neither `true` nor `false`.
    #[error("{key}: found {found:?}, expected true or false")]
    NotBool {
        /// The key.
        key: &'static str,
        /// As written, safe to print.
        found: String,
    },
    /// Not a number in range.
    #[error("{key}: found {found:?}, expected a whole number from {least} to {most}")]
    NotNumber {
        /// The key.
        key: &'static str,
        /// As written, safe to print.
        found: String,
        /// The least that is taken.
        least: u64,
        /// The most that is taken.
        most: u64,
    },
    /// No target of this name.
    #[error("target: {0}")]
    Target(String),
    /// A text that may not come in.
    #[error("{key}: {error}")]
    Text {
        /// The key.
        key: &'static str,
        /// What is wrong.
        error: TextError,
    },
}

fn text(key: &'static str, value: &str) -> Result<Setting, SettingError> {
    Setting::new(value).map_err(|error| SettingError::Text { key, error })
}

fn optional(key: &'static str, value: &str) -> Result<Option<Setting>, SettingError> {
    if value.is_empty() { Ok(None) } else { text(key, value).map(Some) }
}

fn list(key: &'static str, value: &str) -> Result<Vec<Setting>, SettingError> {
    value.split(',').map(str::trim).filter(|item| !item.is_empty()).map(|item| text(key, item)).collect()
}

fn boolean(key: &'static str, value: &str, default: bool) -> Result<bool, SettingError> {
    match value {
        "" => Ok(default),
        "true" => Ok(true),
        "false" => Ok(false),
        other => Err(SettingError::NotBool { key, found: crate::text::quoted(other, 40) }),
    }
}

fn number(key: &'static str, value: &str, least: u64, most: u64) -> Result<Option<u64>, SettingError> {
    if value.is_empty() {
        return Ok(None);
    }
    let digits = value.bytes().all(|b| b.is_ascii_digit());
    let parsed = value.parse().ok().filter(|n| digits && (least..=most).contains(n));
    let found = || crate::text::quoted(value, 40);
    parsed.map(Some).ok_or_else(|| SettingError::NotNumber { key, found: found(), least, most })
}

fn joined(values: &[Setting]) -> String {
    values.iter().map(Setting::as_str).collect::<Vec<_>>().join(",")
}

macro_rules! list_key {
    ($key:literal, $help:literal, $($field:ident).+) => {
        SettingKey {
            key: $key,
            help: $help,
            values: Values::List,
            get: |p| joined(&p.$($field).+),
            set: |p, value| list($key, value).map(|v| p.$($field).+ = v),
        }
    };
}

macro_rules! bool_key {
    ($key:literal, $help:literal, $default:literal, $($field:ident).+) => {
        SettingKey {
            key: $key,
            help: $help,
            values: Values::Bool,
            get: |p| p.$($field).+.to_string(),
            set: |p, value| boolean($key, value, $default).map(|v| p.$($field).+ = v),
        }
    };
}

/// Every setting, in the order of the file.
pub static KEYS: &[SettingKey] = &[
    SettingKey {
        key: "name",
        help: "the policy's name in IAM and the name of its file",
        values: Values::Text,
        get: |p| p.name.to_string(),
        set: |p, value| {
            optional("name", value).map(|v| p.name = v.unwrap_or_else(|| PolicySettings::default().name))
        },
    },
    SettingKey {
        key: "sid",
        help: "the statement's id, letters and digits; empty: those of the name",
        values: Values::Text,
        get: PolicySettings::sid,
        set: |p, value| optional("sid", value).map(|v| p.sid = v),
    },
    SettingKey {
        key: "target",
        help: "what kind of policy it is; sets its quota and shape",
        values: Values::Target,
        get: |p| p.target.as_str().to_owned(),
        set: |p, value| {
            let target = if value.is_empty() { Ok(Target::ManagedPolicy) } else { value.parse() };
            target.map(|t| p.target = t).map_err(SettingError::Target)
        },
    },
    SettingKey {
        key: "applies_to",
        help: "ARN patterns of the only principals that the policy is for; empty: the target's default",
        values: Values::List,
        get: |p| p.applies_to().join(","),
        set: |p, value| list("applies_to", value).map(|v| p.applies_to = (!v.is_empty()).then_some(v)),
    },
    SettingKey {
        key: "resources",
        help: "bucket ARNs, for a bucket policy",
        values: Values::List,
        get: |p| p.resources.as_ref().map_or_else(|| "*".to_owned(), |list| joined(list)),
        set: |p, value| list("resources", value).map(|v| p.resources = (!v.is_empty()).then_some(v)),
    },
    list_key!("services", "services such as s3, for a resource control policy", services),
    SettingKey {
        key: "attach_to.group",
        help: "the IAM group that the upload attaches the policy to",
        values: Values::Text,
        get: |p| p.attach_to.group.as_deref().unwrap_or_default().to_owned(),
        set: |p, value| optional("attach_to.group", value).map(|v| p.attach_to.group = v),
    },
    list_key!("attach_to.users", "IAM users that the upload makes members of the group", attach_to.users),
    bool_key!("exempt.mfa", "who signed in with MFA is not denied, from any address", false, exempt.mfa),
    bool_key!(
        "exempt.aws_services",
        "calls that AWS makes on the caller's behalf are not denied",
        true,
        exempt.aws_services
    ),
    list_key!("exempt.vpcs", "VPC ids or ARNs from which nothing is denied", exempt.vpcs),
    list_key!(
        "exempt.vpc_endpoints",
        "VPC endpoint ids through which nothing is denied",
        exempt.vpc_endpoints
    ),
    list_key!("exempt.principals", "principal ARNs that the policy is not for, * within", exempt.principals),
    list_key!(
        "exempt.actions",
        "actions that are never denied, such as sts:GetCallerIdentity",
        exempt.actions
    ),
    SettingKey {
        key: "max_documents",
        help: "how many documents you will attach at most; empty: the target's default",
        values: Values::Number,
        get: |p| p.max_documents().to_string(),
        set: |p, value| {
            let most = u64::from(p.target.documents_limit());
            // At most 20, so it fits.
            number("max_documents", value, 1, most).map(|v| p.max_documents = v.map(|n| n as u32))
        },
    },
    SettingKey {
        key: "max_extra_addresses",
        help: "by how many addresses the policy may be wider so that it fits",
        values: Values::Number,
        get: |p| p.max_extra_addresses.to_string(),
        set: |p, value| {
            let parsed = number("max_extra_addresses", value, 0, u64::MAX);
            parsed.map(|v| p.max_extra_addresses = v.unwrap_or(0))
        },
    },
];

impl SettingKey {
    /// The setting of this key.
    pub fn find(key: &str) -> Result<&'static Self, SettingError> {
        let found = KEYS.iter().find(|known| known.key == key);
        found.ok_or_else(|| SettingError::UnknownKey { found: crate::text::quoted(key, 40) })
    }

    /// Its value as text; a list is comma-separated.
    pub fn get(&self, settings: &PolicySettings) -> String {
        (self.get)(settings)
    }

    /// The settings with another value; an empty one is the default.
    pub fn with(&self, settings: &PolicySettings, value: &str) -> Result<PolicySettings, SettingError> {
        let mut changed = settings.clone();
        (self.set)(&mut changed, value)?;
        Ok(changed.normalized())
    }
}
