//! What the previews say in words: what is proven of the policy, and what saving would change.

use super::preview_lines::{LineKind, PreviewLine, line, wrapped};
use crate::allowlist::{self, Allowlist, Exempt};
use crate::cidr::{AddressSet, grouped};
use crate::editor::document::Document;
use crate::policy::{self, Change, Documents, PolicyDocument, PolicyFile};
use crate::text::quoted;

/// How many networks, entries or classes of requests are listed; more are counted.
const LISTED: usize = 50;

/// What is proven, and what follows for requests without an address. The writer hands out no policy that
/// was not proven from its bytes.
pub fn proven(out: &mut Vec<PreviewLine>, documents: &Documents, exempt: &Exempt, columns: usize) {
    let count = documents.admitted.count_words();
    let those = if count == "1" { "this 1 address".to_owned() } else { format!("these {count} addresses") };
    let words = match documents.extra {
        0 => format!("proven: lets through exactly {those}"),
        1 => format!("proven: lets through {those}, of which 1 is in no range"),
        extra => {
            let extra = grouped(&extra.to_string());
            format!("proven: lets through {those}, of which {extra} are in no range (an IPv6 /64 counts 1)")
        }
    };
    wrapped(out, LineKind::Good, &words, columns);
    let by = if documents.documents.len() > 1 { "denied by every document" } else { "denied" };
    let except = exemptions(exempt).map_or_else(String::new, |words| format!(", except {words}"));
    wrapped(out, LineKind::Dim, &format!("a request without an address: {by}{except}"), columns);
}

/// The requests that are not fenced, in words.
fn exemptions(exempt: &Exempt) -> Option<String> {
    let named = [
        (exempt.mfa, "with MFA"),
        (exempt.aws_services, "through an AWS service"),
        (!exempt.vpcs.is_empty(), "from an exempt VPC"),
        (!exempt.vpc_endpoints.is_empty(), "through an exempt VPC endpoint"),
        (!exempt.principals.is_empty(), "by an exempt principal"),
        (!exempt.actions.is_empty(), "for an exempt action"),
    ];
    let words: Vec<_> = named.into_iter().filter(|(applies, _)| *applies).map(|(_, words)| words).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// What saving would change in the requests that the policy lets through.
pub fn effect(out: &mut Vec<PreviewLine>, document: &Document, columns: usize) {
    let on_disk = document.on_disk();
    let Ok(documents) = &document.review().policy else {
        if document.is_unsaved() {
            wrapped(out, LineKind::Plain, &format!("By the list: {}", by_the_list(document)), columns);
        }
        return stays(out, document, columns);
    };
    if on_disk.is_empty() {
        wrapped(out, LineKind::Plain, &by_the_list(document), columns);
        let words = "No policy is on disk yet: saving writes the first one.";
        return wrapped(out, LineKind::Plain, words, columns);
    }
    let foreign: Vec<_> = on_disk.iter().filter(|file| !policy::is_own(&file.bytes)).collect();
    if !foreign.is_empty() {
        wrapped(out, LineKind::Plain, &by_the_list(document), columns);
        for file in foreign {
            let name = quoted(&file.name, 80);
            let words = format!(
                "! {name} is not keymoat's, so nothing is compared with it; saving asks before it goes"
            );
            wrapped(out, LineKind::Removed, &words, columns);
        }
        return;
    }
    match compared(on_disk, documents) {
        Ok(change) => changed(out, &change, "as the one on disk", columns),
        Err(reason) => {
            wrapped(out, LineKind::Plain, &by_the_list(document), columns);
            let words = format!("! What changes for requests cannot be decided: {reason}");
            wrapped(out, LineKind::Removed, &words, columns);
        }
    }
}

/// What it means that no policy can be written: the one on disk stays, whatever the list says.
fn stays(out: &mut Vec<PreviewLine>, document: &Document, columns: usize) {
    let own = document.on_disk().iter().filter(|file| policy::is_own(&file.bytes));
    let parsed = own.map(|file| parsed(&file.name, &file.bytes)).collect::<Result<Vec<_>, _>>();
    let documents = parsed.unwrap_or_default();
    let Some(through) = policy::let_through(&documents).ok().filter(|_| !documents.is_empty()) else {
        let words = "No policy can be written, so nothing of that takes effect.";
        return wrapped(out, LineKind::Plain, words, columns);
    };
    let admitted = &document.review().admitted;
    let (open, shut) = (through.difference(admitted), admitted.difference(&through));
    let mut words = "! No policy can be written: the one on disk stays.".to_owned();
    if !open.is_empty() {
        words.push_str(&format!(" It lets through {} that the list does not.", open.address_words()));
    }
    if !shut.is_empty() {
        words.push_str(&format!(" It denies {} that the list lets through.", shut.address_words()));
    }
    wrapped(out, LineKind::Removed, &words, columns);
}

/// What saving would change in the addresses, where there is no policy to compare with.
fn by_the_list(document: &Document) -> String {
    let old = document.base().and_then(|base| Allowlist::from_json(base).ok()).unwrap_or_default();
    let old = policy::admitted(&old, document.today);
    let new = &document.review().admitted;
    policy::address_words(&new.difference(&old), &old.difference(new))
}

fn compared(on_disk: &[PolicyFile], documents: &Documents) -> Result<Change, String> {
    let old = on_disk.iter().map(|file| parsed(&file.name, &file.bytes));
    let old = old.collect::<Result<Vec<_>, _>>()?;
    let new = documents.documents.iter().map(|new| parsed(&new.file_name, new.text.as_bytes()));
    let new = new.collect::<Result<Vec<_>, _>>()?;
    policy::compare_documents(&old, &new).map_err(|undecided| undecided.to_string())
}

fn parsed(name: &str, bytes: &[u8]) -> Result<PolicyDocument, String> {
    policy::parse_document(bytes)
        .map_err(|error| format!("{}:{}:{}: {}", quoted(name, 80), error.line, error.column, error.message))
}

/// What changes in the requests that are let through; `same`: as what they are where nothing does.
pub fn changed(out: &mut Vec<PreviewLine>, change: &Change, same: &str, columns: usize) {
    let summary = policy::address_words(&change.admitted, &change.no_longer);
    if change.equal() {
        wrapped(out, LineKind::Good, &summary, columns);
        let words = format!("The policy lets through the same requests {same}.");
        return wrapped(out, LineKind::Good, &words, columns);
    }
    wrapped(out, LineKind::Plain, &summary, columns);
    addresses(out, LineKind::Added, "+ admits", "more", &change.admitted, columns);
    addresses(out, LineKind::Removed, "- no longer admits", "", &change.no_longer, columns);
    for reason in change.reasons.iter().take(LISTED) {
        wrapped(out, LineKind::Plain, &format!("! {reason}"), columns);
    }
    and_more(out, change.reasons.len());
}

fn addresses(
    out: &mut Vec<PreviewLine>,
    kind: LineKind,
    verb: &str,
    more: &str,
    set: &AddressSet,
    columns: usize,
) {
    if set.is_empty() {
        return;
    }
    let count = set.count_words();
    let noun = if count == "1" { "address" } else { "addresses" };
    let more = if more.is_empty() { String::new() } else { format!(" {more}") };
    let mut prefixes = set.prefixes();
    let shown: Vec<_> = prefixes.by_ref().take(LISTED).map(|net| net.to_string()).collect();
    let rest = match prefixes.count() {
        0 => String::new(),
        rest => format!(", and {} more", grouped(&rest.to_string())),
    };
    wrapped(out, kind, &format!("{verb} {count} {noun}{more}: {}{rest}", shown.join(", ")), columns);
}

/// What has changed in the entries since the file was read or written.
pub fn entries(out: &mut Vec<PreviewLine>, document: &Document, columns: usize) {
    // What was read once can be read again; there is nothing to compare with where there is no file.
    let Some(Ok(old)) = document.base().map(Allowlist::from_json) else { return };
    listed(out, &allowlist::changes(&old, document.allowlist()), columns);
}

/// Changes of entries, the first of many.
pub fn listed(out: &mut Vec<PreviewLine>, changes: &[allowlist::Change], columns: usize) {
    for change in changes.iter().take(LISTED) {
        let (kind, sign) = match change {
            allowlist::Change::Added { .. } => (LineKind::Added, "+"),
            allowlist::Change::Removed { .. } => (LineKind::Removed, "-"),
            _ => (LineKind::Plain, " "),
        };
        wrapped(out, kind, &format!("{sign} {change}"), columns);
    }
    and_more(out, changes.len());
}

fn and_more(out: &mut Vec<PreviewLine>, all: usize) {
    if let Some(more) = all.checked_sub(LISTED).filter(|more| *more > 0) {
        out.push(line(LineKind::Dim, format!("and {} more", grouped(&more.to_string()))));
    }
}
