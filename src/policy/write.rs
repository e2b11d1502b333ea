//! A fence as policy documents: one where it fits, else a split.

use super::document::{Lists, Rendered, render};
use super::parse::parse_document;
use super::prove::prove_for;
use super::split::{Part, Room, cuts, parts, spelt};
use super::{Fence, NoPolicy, Quota};
use crate::allowlist::PolicySettings;
use crate::cidr::{AddressSet, IpNet};

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
    let (settings, admitted) = (fence.settings(), fence.admitted());
    let quota = Quota::of(settings.target);
    let whole = Lists { within: None, listed: spelt(admitted) };
    let sid = settings.sid();
    let one = rendered(settings, &sid, &whole)?;
    let documents = if one.size <= quota.limit {
        let file_name = format!("{}.json", settings.name);
        vec![Document { file_name, sid, text: one.text, size: one.size }]
    } else {
        split(settings, admitted, one.size)?
    };
    let written = Documents { documents, quota, admitted: admitted.clone() };
    proven(&written, settings)?;
    Ok(written)
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

fn split(settings: &PolicySettings, admitted: &AddressSet, size: usize) -> Result<Vec<Document>, NoPolicy> {
    let (room, allowed) = (room(settings)?, settings.max_documents());
    let prefixes: Vec<IpNet> = admitted.prefixes().collect();
    let parts = cuts(&prefixes, room).map(|cuts| parts(admitted, &cuts, room));
    let needed = parts.as_ref().map(Vec::len);
    match parts {
        Some(parts) if parts.len() <= allowed as usize => numbered(settings, &parts),
        _ => {
            let (limit, target) = (room.limit, settings.target);
            Err(NoPolicy::TooLarge { size, limit, target, documents: needed, allowed })
        }
    }
}

/// What fits into each document of a split.
pub(super) fn room(settings: &PolicySettings) -> Result<Room, NoPolicy> {
    let empty = |within: Option<Vec<String>>| {
        rendered(settings, &settings.sid(), &Lists { within, listed: Vec::new() })
            .map(|document| document.size)
    };
    let limit = Quota::of(settings.target).limit;
    Ok(Room { limit, form_a: empty(None)?, form_b: empty(Some(Vec::new()))? })
}

fn numbered(settings: &PolicySettings, parts: &[Part]) -> Result<Vec<Document>, NoPolicy> {
    let documents = (1..).zip(parts).map(|(number, part)| {
        let sid = format!("{}{number}", settings.sid());
        let Rendered { text, size } = rendered(settings, &sid, &part.lists)?;
        Ok(Document { file_name: format!("{}-{number}.json", settings.name), sid, text, size })
    });
    documents.collect()
}

fn rendered(settings: &PolicySettings, sid: &str, lists: &Lists) -> Result<Rendered, NoPolicy> {
    render(settings, sid, lists).map_err(|error| NoPolicy::Unproven(error.to_string()))
}
