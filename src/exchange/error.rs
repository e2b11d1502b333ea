//! Why an import cannot be done.

use super::read::Place;
use crate::json::JsonError;
use std::fmt;

/// Why a foreign file, or the import of it, is refused as a whole. Displays as one sentence that is safe
/// to print; [`ImportError::place`] says where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Something in the file is wrong.
    #[error("{message}")]
    At {
        /// Where.
        place: Place,
        /// What was found and what was expected.
        message: String,
    },
    /// Nothing in the file: what a truncated download leaves.
    #[error("the file is empty: nothing to import")]
    Empty,
    /// `--format` names no format.
    #[error("unknown import format {found:?}, expected one of {known}")]
    UnknownFormat {
        /// As given, safe to print.
        found: String,
        /// All formats.
        known: String,
    },
    /// A known format that is not imported.
    #[error("this looks like {what}: {mend}")]
    NotImported {
        /// What it is.
        what: &'static str,
        /// What to do instead.
        mend: &'static str,
    },
    /// JSON of no known format.
    #[error("JSON of no format that keymoat knows by its content: name one with --format: {known}")]
    NotRecognised {
        /// All formats.
        known: String,
    },
    /// `--category` names none.
    #[error(
        "unknown category {0:?}: expected corporate-network, data-center, aws-account, other-cloud, or a category's name"
    )]
    UnknownCategory(String),
    /// Neither the source nor the user says where the ranges belong.
    #[error("the source does not say {missing} {entries}: give {options}")]
    NoHome {
        /// `in which category` or `to which group`.
        missing: &'static str,
        /// `3 new ranges belong`.
        entries: String,
        /// `--category and --group`.
        options: &'static str,
    },
    /// `--only` without `=`.
    #[error("--only {0:?}: expected KEY=VALUE, such as region=eu-west-1")]
    BadOnly(String),
    /// `--only` with a key that the format does not have.
    #[error("--only {key:?}: {format} has {known}")]
    UnknownKey {
        /// As given, safe to print.
        key: String,
        /// The format.
        format: &'static str,
        /// Its keys in words.
        known: String,
    },
    /// `--only` leaves nothing.
    #[error("no entry has {wanted}: there is {values}")]
    NothingMatches {
        /// What was asked for.
        wanted: String,
        /// Some values that there are.
        values: String,
    },
    /// A file without ranges, which would take out everything of its source.
    #[error(
        "the file holds no range, so --sync would take out all {0} of its source: remove them by hand if that is meant"
    )]
    NothingToSyncWith(usize),
}

impl ImportError {
    /// An error at a place; the words are made safe to print.
    pub(super) fn at(place: Place, message: &dyn fmt::Display) -> Self {
        Self::At { place, message: crate::text::quoted(&message.to_string(), 600) }
    }

    /// An error of the file as a whole.
    pub(super) fn whole(message: &str) -> Self {
        Self::at(Place::START, &message)
    }

    /// Where in the file; `None` where it is the command that is wrong and not the file.
    pub fn place(&self) -> Option<Place> {
        match self {
            Self::At { place, .. } => Some(*place),
            Self::Empty | Self::NotImported { .. } | Self::NotRecognised { .. } => Some(Place::START),
            _ => None,
        }
    }
}

impl From<JsonError> for ImportError {
    fn from(error: JsonError) -> Self {
        let place = Place { line: error.line, column: Some(error.column) };
        Self::At { place, message: error.message }
    }
}
