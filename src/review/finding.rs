//! A finding: what it says, how bad it is, where, and the edit that mends it.

use crate::allowlist::{Allowlist, GroupAt, PolicySettings, Range, RangeAt};
use serde::Serialize;

/// How bad a finding is; the worst is the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// No policy is written.
    Error,
    /// Probably not meant.
    Warning,
    /// Worth knowing.
    Info,
}

impl Severity {
    /// As `check --json` spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A setting of the policy, by its key.
    Setting(&'static str),
    /// A group.
    Group(GroupAt),
    /// A range.
    Range(RangeAt),
}

/// What is found: a stable code, a severity, one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// A stable name of the kind of finding, such as `host-bits`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What it is and how to mend it, in one sentence; safe to print.
    pub message: String,
}

/// Something to be said about an allowlist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub problem: Problem,
    /// About what; `None`: the whole.
    pub place: Option<Place>,
    /// Where several ranges do it together: all of them, ascending. `place` is then the widest of them, and
    /// the finding has no category, group or CIDR of its own.
    pub together: Vec<RangeAt>,
    /// What mends it without changing which addresses are meant, where there is such a thing.
    pub fix: Option<Fix>,
}

/// What mends a finding. Several at once become one edit by [`Review::fix_all`](super::Review::fix_all).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fix {
    /// Ranges in place of one; none: it goes.
    Replace(RangeAt, Vec<Range>),
    /// Other settings.
    Policy(Box<PolicySettings>),
}

impl Finding {
    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.problem.severity
    }

    /// The ranges that it is about: one, several that do it together, or none.
    pub fn ranges(&self) -> impl Iterator<Item = RangeAt> {
        let one = match self.place {
            Some(Place::Range(at)) if self.together.is_empty() => Some(at),
            _ => None,
        };
        one.into_iter().chain(self.together.iter().copied())
    }

    /// What it is about and what it says, as one sentence or as the CIDR and what is said of it.
    pub fn sentence(&self, allowlist: &Allowlist) -> String {
        let message = &self.problem.message;
        match (self.names(allowlist).2, self.severity()) {
            // What is wrong with a text is no verb.
            (Some(cidr), Severity::Error) if self.problem.code != "admits-everything" => {
                format!("{cidr}: {message}")
            }
            (Some(cidr), _) => format!("{cidr} {message}"),
            (None, _) => message.clone(),
        }
    }

    /// The names of its category, its group and its CIDR, as far as it has them.
    pub fn names(&self, allowlist: &Allowlist) -> (Option<String>, Option<String>, Option<String>) {
        let (group_at, cidr) = match self.place {
            _ if !self.together.is_empty() => return (None, None, None),
            Some(Place::Group(at)) => (at, None),
            Some(Place::Range(at)) => (at.group, allowlist.range(at).map(|range| range.cidr.to_string())),
            Some(Place::Setting(_)) | None => return (None, None, None),
        };
        let category = allowlist.categories().get(group_at.category).map(|c| c.name.to_string());
        (category, allowlist.group(group_at).map(|g| g.name.to_string()), cidr)
    }
}
