//! Why a command did not do what it was told, and the exit status that says so.

use crate::allowlist::{EditError, SettingError};
use crate::storage::StorageError;

/// Why a command did nothing.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// Files.
    #[error("{}{}", prefix(.0), .0)]
    Storage(#[from] StorageError),
    /// An edit that the allowlist does not take.
    #[error("keymoat: {0}")]
    Edit(#[from] EditError),
    /// A setting that is none.
    #[error("keymoat: {0}")]
    Setting(#[from] SettingError),
    /// An argument that makes no sense: a CIDR that is none, an unknown category.
    #[error("keymoat: {0}")]
    Argument(String),
    /// A bad line of a file: the message begins with the place.
    #[error("{0}")]
    Line(String),
    /// Something that is to be changed is not there; nothing was changed.
    #[error("keymoat: {0}")]
    Absent(String),
    /// An earlier version that is kept and cannot be read any more; nothing was changed.
    #[error("keymoat: {0}")]
    Lost(String),
    /// There is no policy to answer from.
    #[error("keymoat: no policy: {0}")]
    NoPolicy(String),
    /// The editor ended with an error.
    #[error("keymoat: {0}")]
    Editor(#[from] crate::editor::EditorError),
}

impl CommandError {
    /// 1 where the answer is no, 2 where it could not be done.
    pub fn exit_status(&self) -> u8 {
        if matches!(self, Self::Absent(_)) { super::NO } else { super::FAILED }
    }
}

/// A message about an unreadable file begins with its place and nothing else.
fn prefix(error: &StorageError) -> &'static str {
    if matches!(error, StorageError::Unreadable { .. }) { "" } else { "keymoat: " }
}
