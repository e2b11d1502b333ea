//! Whether documents do what an allowlist says, and in what they differ from others.

use super::compare::{Compared, Difference, compare, denied};
use super::evaluate::Undecided;
use super::parse::PolicyDocument;
use super::sides::{self, Side};
use super::{Fence, Quota};
use crate::allowlist::PolicySettings;
use crate::cidr::{AddressSet, grouped};
use crate::text::quoted;
use std::collections::HashSet;

/// What a proof found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Addresses that the allowlist admits and the documents deny.
    pub missing: AddressSet,
    /// Addresses that the documents let through and the allowlist does not admit.
    pub extra: AddressSet,
    /// What else differs, in sentences: classes of requests, grants, Sids, sizes.
    pub reasons: Vec<String>,
}

impl Proof {
    /// Whether the documents let through exactly what the allowlist says.
    pub fn equal(&self) -> bool {
        self.missing.is_empty() && self.extra.is_empty() && self.reasons.is_empty()
    }
}

/// What changed from one set of documents, or an allowlist, to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Addresses newly let through.
    pub admitted: AddressSet,
    /// Addresses no longer let through.
    pub no_longer: AddressSet,
    /// What else changed, in sentences: classes of requests, grants.
    pub reasons: Vec<String>,
}

impl Change {
    /// Whether nothing changed.
    pub fn equal(&self) -> bool {
        self.admitted.is_empty() && self.no_longer.is_empty() && self.reasons.is_empty()
    }
}

/// Proves that documents attached together let through exactly what a fence says, for every class of
/// request, or says in what they differ. Documents are to be those parsed back from their bytes.
pub fn prove(documents: &[PolicyDocument], fence: &Fence) -> Result<Proof, Undecided> {
    prove_for(documents, fence.settings(), &fence.let_through())
}

/// The same with the addresses that are to be let through.
pub(super) fn prove_for(
    documents: &[PolicyDocument],
    settings: &PolicySettings,
    admitted: &AddressSet,
) -> Result<Proof, Undecided> {
    let (wanted, found) = (sides::ideal(settings, admitted)?, sides::documents(documents)?);
    let compared = compare(&wanted, &found)?;
    let words = Words {
        more: "let through, which the allowlist denies",
        fewer: "denied, which the allowlist lets through",
    };
    let mut reasons = grants(&found);
    reasons.extend(faults(documents, settings));
    reasons.extend(words.reasons(&compared));
    Ok(Proof { missing: compared.main.fewer, extra: compared.main.more, reasons })
}

/// What changed from some documents to others.
pub fn compare_documents(from: &[PolicyDocument], to: &[PolicyDocument]) -> Result<Change, Undecided> {
    change(&sides::documents(from)?, &sides::documents(to)?)
}

/// What changed from deployed documents to what a fence says.
pub fn compare_with_fence(from: &[PolicyDocument], to: &Fence) -> Result<Change, Undecided> {
    change(&sides::documents(from)?, &sides::ideal(to.settings(), &to.let_through())?)
}

/// What changed from one fence to another.
pub fn compare_fences(from: &Fence, to: &Fence) -> Result<Change, Undecided> {
    let from = sides::ideal(from.settings(), &from.let_through())?;
    change(&from, &sides::ideal(to.settings(), &to.let_through())?)
}

fn change(from: &Side, to: &Side) -> Result<Change, Undecided> {
    let compared = compare(from, to)?;
    let words = Words { more: "newly let through", fewer: "no longer let through" };
    let mut reasons = grants(from);
    reasons.extend(grants(to));
    reasons.extend(words.reasons(&compared));
    Ok(Change { admitted: compared.main.more, no_longer: compared.main.fewer, reasons })
}

/// The addresses from which documents attached together deny a plain request nothing.
pub fn let_through(documents: &[PolicyDocument]) -> Result<AddressSet, Undecided> {
    // Without them everything is.
    Ok(compare_documents(documents, &[])?.admitted.complement())
}

/// For each document, the addresses that are open to fenced requests while it alone is not attached.
pub fn open_without(documents: &[PolicyDocument]) -> Result<Vec<AddressSet>, Undecided> {
    let side = sides::documents(documents)?;
    let by_document = |wanted: &dyn Fn(usize) -> bool| {
        denied(side.denies.iter().filter(|deny| wanted(deny.place.document)))
    };
    let open = (1..=documents.len())
        .map(|number| by_document(&|d| d == number).difference(&by_document(&|d| d != number)));
    Ok(open.collect())
}

fn grants(side: &Side) -> Vec<String> {
    let say = |place| format!("{place} allows something: the policy of an allowlist grants nothing");
    side.allows.iter().map(say).collect()
}

/// What AWS would refuse of documents.
fn faults(documents: &[PolicyDocument], settings: &PolicySettings) -> Vec<String> {
    let (quota, target) = (Quota::of(settings.target), settings.target.as_str());
    let mut faults = Vec::new();
    for (number, document) in (1..).zip(documents) {
        if document.version.as_deref() != Some("2012-10-17") {
            faults.push(format!("document {number} has not the Version 2012-10-17"));
        }
        if document.size > quota.limit {
            let (size, limit) = (document.size, quota.limit);
            faults.push(format!(
                "document {number} has {size} characters, over the {limit} that a {target} may have"
            ));
        }
        let mut seen = HashSet::new();
        for sid in document.statements.iter().filter_map(|statement| statement.sid.as_deref()) {
            let shown = quoted(sid, 60);
            if !sid.chars().all(|c| c.is_ascii_alphanumeric()) {
                faults.push(format!("document {number}: the Sid {shown:?} may only have letters and digits"));
            }
            if !seen.insert(sid) {
                faults.push(format!("document {number}: the Sid {shown:?} stands there twice"));
            }
        }
    }
    let most = settings.target.documents_limit() as usize;
    if documents.len() > most {
        faults.push(format!("{} documents, and AWS takes at most {most} of a {target}", documents.len()));
    }
    faults
}

/// How a difference is told.
struct Words {
    more: &'static str,
    fewer: &'static str,
}

impl Words {
    /// The differences that are not told as addresses of plain requests.
    fn reasons(&self, compared: &Compared) -> Vec<String> {
        let main = &compared.main;
        let mut reasons = Vec::new();
        let by_address = !main.more.is_empty() || !main.fewer.is_empty();
        if by_address && !main.words.is_empty() {
            reasons.push(format!("the addresses are those of {}", class(main)));
        }
        reasons.extend(self.absent(main));
        for other in &compared.others {
            for (set, verb) in [(&other.more, self.more), (&other.fewer, self.fewer)] {
                if !set.is_empty() {
                    reasons.push(format!("{}: {} {verb}", class(other), addresses(set)));
                }
            }
            reasons.extend(self.absent(other));
        }
        reasons
    }

    fn absent(&self, of: &Difference) -> Option<String> {
        let verb = match of.absent {
            (false, true) => self.more,
            (true, false) => self.fewer,
            _ => return None,
        };
        Some(format!("{} that carry no aws:SourceIp: {verb}", class(of)))
    }
}

fn class(of: &Difference) -> String {
    if of.words.is_empty() {
        "plain requests".to_owned()
    } else {
        format!("requests {}", of.words.join(", "))
    }
}

/// Addresses for a sentence: how many, and the first prefixes.
fn addresses(set: &AddressSet) -> String {
    if *set == AddressSet::everything() {
        return "every address is".to_owned();
    }
    if set.ipv4_count() == 1 && set.v6.is_empty() {
        return format!("1 address ({}) is", set.prefixes().map(super::region::short).collect::<String>());
    }
    let mut shown: Vec<String> = set.prefixes().take(4).map(|net| net.to_string()).collect();
    if shown.len() == 4 {
        shown[3] = format!("and {} more", grouped(&(set.prefixes().count() - 3).to_string()));
    }
    format!("{} ({}) are", set.address_words(), shown.join(", "))
}

#[cfg(test)]
mod tests;
