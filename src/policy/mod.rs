//! Admitted addresses to AWS policy documents, and back.
//!
//! A [`Fence`] is an allowlist without errors on one day: only it can be written as [`Documents`].

mod check;
mod document;
mod fence;
mod own;
mod quota;

pub use check::{SettingProblem, check_settings};
pub use document::{Document, Documents, write};
pub use fence::{Fence, NoPolicy, Refusal, admitted};
pub use own::{is_own, own_sid};
pub use quota::Quota;

/// A policy file as it stands on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyFile {
    /// Its file name, without folder.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}
