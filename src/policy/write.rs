//! A fence as policy documents: one where it fits, else a split.

use super::document::{Lists, Rendered, render};
use super::parse::parse_document;
use super::plan::{Plan, exact, widened};
use super::prove::prove_for;
use super::region::listed_chars;
use super::split::{Room, spelt};
use super::{Fence, NoPolicy, Quota};
use crate::allowlist::PolicySettings;
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
    /// The addresses that it alone denies: open to everybody while it is not attached.
    pub alone: AddressSet,
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
    /// How many of those are in no range (an IPv6 /64 or part of one counts 1); at most
    /// `max_extra_addresses`.
    pub extra: u64,
}

/// Writes the policy of a fence.
pub fn write(fence: &Fence) -> Result<Documents, NoPolicy> {
    let settings = fence.settings();
    let plan = plan(fence)?;
    let sid = settings.sid();
    let one = plan.parts.len() == 1;
    let documents = (1..).zip(&plan.parts).map(|(number, part)| {
        let (stem, sid) = if one {
            (settings.name.to_string(), sid.clone())
        } else {
            (format!("{}-{number}", settings.name), format!("{sid}{number}"))
        };
        let Rendered { text, size } = rendered(settings, &sid, &part.lists)?;
        let alone = part.region.difference(&plan.admitted);
        Ok(Document { file_name: format!("{stem}.json"), sid, text, size, alone })
    });
    let documents = documents.collect::<Result<_, NoPolicy>>()?;
    let quota = Quota::of(settings.target);
    let written = Documents { documents, quota, admitted: plan.admitted, extra: plan.extra };
    proven(&written, settings)?;
    Ok(written)
}

/// How many prefixes a list may have so that a refusal says what widening would do, in some milliseconds.
const QUICK: usize = 1_500;

/// The layout of a fence's policy: exact where that fits, else as little wider as can be, where the
/// settings allow that.
pub(super) fn plan(fence: &Fence) -> Result<Plan, NoPolicy> {
    let (settings, admitted) = (fence.settings(), fence.admitted());
    let (room, allowed) = (room(settings)?, settings.max_documents());
    let least = least_documents(admitted, room);
    // The best cuts of a list that is far too long are of no use, and take long to find.
    let far_too_long = least.is_some_and(|least| least > settings.target.documents_limit() as usize);
    let exact = if far_too_long { None } else { exact(admitted, room) };
    let documents = if far_too_long { least } else { exact.as_ref().map(|plan| plan.parts.len()) };
    if let Some(plan) = exact.filter(|plan| plan.parts.len() <= allowed as usize) {
        return Ok(plan);
    }
    // Nobody asked for it, so it is not looked for where that takes long.
    let quick = settings.max_extra_addresses > 0 || admitted.prefixes().nth(QUICK).is_none();
    let wider = if quick { widened(admitted, allowed as usize, room) } else { None };
    let extra = wider.as_ref().map(|plan| plan.extra);
    if let Some(plan) = wider.filter(|plan| plan.extra <= settings.max_extra_addresses) {
        return Ok(plan);
    }
    let size = rendered(settings, &settings.sid(), &Lists { within: None, listed: spelt(admitted) })?.size;
    Err(NoPolicy::TooLarge { size, limit: room.limit, target: settings.target, documents, allowed, extra })
}

/// How many documents a list needs at least: the characters of its prefixes alone, over what a document without
/// any leaves; `None` where that is nothing.
fn least_documents(admitted: &AddressSet, room: Room) -> Option<usize> {
    let chars: usize = admitted.prefixes().map(listed_chars).sum();
    let left = (room.limit + 1).checked_sub(room.form_a.min(room.form_b)).filter(|left| *left > 0)?;
    Some(chars.div_ceil(left))
}

/// What fits into each document.
pub(super) fn room(settings: &PolicySettings) -> Result<Room, NoPolicy> {
    let empty = |within: Option<Vec<String>>| {
        rendered(settings, &settings.sid(), &Lists { within, listed: Vec::new() })
            .map(|document| document.size)
    };
    let limit = Quota::of(settings.target).limit;
    Ok(Room { limit, form_a: empty(None)?, form_b: empty(Some(Vec::new()))? })
}

fn rendered(settings: &PolicySettings, sid: &str, lists: &Lists) -> Result<Rendered, NoPolicy> {
    render(settings, sid, lists).map_err(|error| NoPolicy::Unproven(error.to_string()))
}

/// Nothing is handed out that was not read back from its bytes and proven.
fn proven(written: &Documents, settings: &PolicySettings) -> Result<(), NoPolicy> {
    let unproven = |why: &dyn std::fmt::Display| NoPolicy::Unproven(why.to_string());
    let parsed = written.documents.iter().map(|document| parse_document(document.text.as_bytes()));
    let parsed = parsed.collect::<Result<Vec<_>, _>>().map_err(|error| unproven(&error))?;
    let proof = prove_for(&parsed, settings, &written.admitted).map_err(|error| unproven(&error))?;
    for (document, parsed) in written.documents.iter().zip(&parsed) {
        if document.size > written.quota.limit || document.size != parsed.size || !document.text.is_ascii() {
            return Err(unproven(&format!("{} is not of the size that it should be", document.file_name)));
        }
    }
    if proof.equal() {
        return Ok(());
    }
    let counts = (proof.missing.count_words(), proof.extra.count_words());
    let mut why = proof.reasons;
    why.push(format!("{} addresses are missing and {} extra", counts.0, counts.1));
    Err(unproven(&why.join("; ")))
}

#[cfg(test)]
mod tests;
