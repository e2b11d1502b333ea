//! What each number of documents would cost.

use super::plan::{exact, widened};
use super::write::room;
use super::{Fence, NoPolicy};

/// What one number of documents would cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FitOption {
    /// The number of documents.
    pub documents: usize,
    /// By how many addresses the policy would have to be wider, an IPv6 /64 or part of one counting 1;
    /// `None`: it does not fit however wide.
    pub extra: Option<u64>,
    /// Whether the settings allow it: so many documents, and so many additional addresses.
    pub allowed: bool,
}

/// What each number of documents would cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    /// How many documents hold exactly the allowlist; `None`: no number does.
    pub exact_documents: Option<usize>,
    /// From one document to as many as are needed or as AWS takes.
    pub options: Vec<FitOption>,
}

/// What each number of documents would cost for a fence.
pub fn fit(fence: &Fence) -> Result<Fit, NoPolicy> {
    let (settings, room) = (fence.settings(), room(fence.settings())?);
    let exact_documents = exact(fence.admitted(), room).map(|plan| plan.parts.len());
    let most = settings.target.documents_limit() as usize;
    let options = (1..=exact_documents.unwrap_or(most).min(most)).map(|documents| {
        let extra = if Some(documents) == exact_documents {
            Some(0)
        } else {
            widened(fence.admitted(), documents, room).map(|plan| plan.extra)
        };
        let affordable = extra.is_some_and(|extra| extra <= settings.max_extra_addresses);
        FitOption { documents, extra, allowed: affordable && documents <= settings.max_documents() as usize }
    });
    Ok(Fit { exact_documents, options: options.collect() })
}
