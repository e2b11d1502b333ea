//! The allowlist or its policy in another tool's form: one file a format, and one table of them.

mod aws_cli;
mod cloudformation;
mod csv;
mod terraform;
#[cfg(test)]
mod testing;
mod text;
mod upload;

use crate::allowlist::{Allowlist, Date, Target};
use crate::policy::Documents;

/// What an export is made from.
#[derive(Debug, Clone, Copy)]
pub struct Export<'a> {
    /// The allowlist, for its ranges and its policy settings.
    pub allowlist: &'a Allowlist,
    /// Its policy; `None` where it has none. Formats that carry the policy need it.
    pub documents: Option<&'a Documents>,
    /// The day: ranges that have expired are not what is admitted.
    pub today: Date,
}

/// A format that keymoat exports.
#[derive(Debug)]
pub struct WriteFormat {
    /// As `--format` spells it.
    pub name: &'static str,
    /// What it is, for help.
    pub what: &'static str,
    /// Whether it carries the policy, so that there must be one.
    pub needs_policy: bool,
    write: fn(&Export) -> Result<String, ExportError>,
}

/// Every format, in the order of the help.
pub static FORMATS: [&WriteFormat; 5] =
    [&aws_cli::FORMAT, &terraform::FORMAT, &cloudformation::FORMAT, &csv::FORMAT, &text::FORMAT];

/// Why an export cannot be done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// `--format` names no format.
    #[error("unknown export format {found:?}, expected one of {known}")]
    UnknownFormat {
        /// As given, safe to print.
        found: String,
        /// All formats.
        known: String,
    },
    /// A format that the contract has and keymoat not yet.
    #[error("export format {0}: not yet")]
    NotYet(&'static str),
    /// The allowlist has no policy.
    #[error("there is no policy to export: `keymoat check` says why")]
    NoPolicy,
    /// The format has no form for this target.
    #[error("{format} has no form for the target {target}: {mend}", target = .target.as_str())]
    Target {
        /// The format.
        format: &'static str,
        /// The target.
        target: Target,
        /// What to do instead.
        mend: &'static str,
    },
    /// A setting that the format needs is not there.
    #[error("{format} needs {key}: set it with `keymoat set {key} VALUE`")]
    Missing {
        /// The format.
        format: &'static str,
        /// The setting's key.
        key: &'static str,
    },
}

/// The format of this name.
pub fn format_named(name: &str) -> Result<&'static WriteFormat, ExportError> {
    if name == "markdown" {
        return Err(ExportError::NotYet("markdown"));
    }
    FORMATS.into_iter().find(|format| format.name == name).ok_or_else(|| ExportError::UnknownFormat {
        found: crate::text::quoted(name, 40),
        known: FORMATS.map(|format| format.name).join(", "),
    })
}

/// Writes a format: the bytes of a file, with a line feed at the end. The same input gives the same bytes.
pub fn write(format: &WriteFormat, export: &Export) -> Result<String, ExportError> {
    if format.needs_policy && export.documents.is_none() {
        return Err(ExportError::NoPolicy);
    }
    (format.write)(export)
}
