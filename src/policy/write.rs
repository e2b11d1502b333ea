//! A fence as policy documents.

use super::document::{Lists, render};
use super::region::short;
use super::{Fence, NoPolicy, Quota};
use crate::cidr::AddressSet;

/// One policy document as it is written to its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The name of its file.
    pub file_name: String,
    /// The Sid of its statement.
    pub sid: String,
    /// The bytes of the file.
    pub text: String,
    /// Its size in characters as AWS counts them.
    pub size: usize,
}

/// The documents that together are the policy; all are needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Documents {
    /// In order; the file of one alone is `NAME.json`, of several `NAME-1.json` and so on.
    pub documents: Vec<Document>,
    /// The quota that each is within.
    pub quota: Quota,
    /// The addresses that they let through together.
    pub admitted: AddressSet,
}

/// Writes the policy of a fence.
pub fn write(fence: &Fence) -> Result<Documents, NoPolicy> {
    let settings = fence.settings();
    let quota = Quota::of(settings.target);
    let admitted = fence.admitted().clone();
    let lists = Lists { within: None, listed: admitted.prefixes().map(short).collect() };
    let sid = settings.sid();
    let rendered = render(settings, &sid, &lists).map_err(|error| NoPolicy::Unproven(error.to_string()))?;
    if rendered.size > quota.limit {
        return Err(NoPolicy::TooLarge { size: rendered.size, limit: quota.limit, target: settings.target });
    }
    let file_name = format!("{}.json", settings.name);
    let document = Document { file_name, sid, text: rendered.text, size: rendered.size };
    Ok(Documents { documents: vec![document], quota, admitted })
}
