//! Admitted addresses to AWS policy documents, and back.
//!
//! A [`Fence`] is an allowlist without errors on one day: only it can be written as [`Documents`].
//! Documents, keymoat's and others', are read by [`parse_document`] and asked by [`evaluate`].

mod check;
mod classes;
mod compare;
mod conditions;
mod document;
mod evaluate;
mod fence;
mod fit;
mod own;
mod parse;
mod pattern;
mod plan;
mod prove;
mod quota;
mod region;
mod request;
mod sides;
mod split;
#[cfg(test)]
mod testing;
mod widen;
mod write;

pub use check::{SettingProblem, check_settings};
pub use compare::{address_change, address_words};
pub use evaluate::{Evaluator, Place, Undecided, Verdict, evaluate};
pub use fence::{Fence, NoPolicy, Refusal, admitted};
pub use fit::{Fit, FitOption, fit};
pub use own::{is_own, own_sid};
pub use parse::{Condition, Effect, PolicyDocument, Scope, Statement, parse_document, parse_documents};
pub use prove::{
    Change, Proof, compare_documents, compare_fences, compare_with_fence, let_through, open_without, prove,
};
pub use quota::Quota;
pub use request::{Known, PLAIN_PRINCIPAL, Request, RequestError};
pub use write::{Document, Documents, write};

/// A policy file as it stands on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyFile {
    /// Its file name, without folder.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}
