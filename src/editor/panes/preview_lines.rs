//! What the previews say, line by line: made once for each state of the allowlist, drawn by window.

use super::preview_words as words;
use crate::allowlist::Allowlist;
use crate::editor::document::Document;
use crate::editor::theme::mark;
use crate::editor::width;
use crate::review::{Finding, Place, Severity};
use std::borrow::Cow;

/// One line of a preview.
#[derive(Debug, Clone)]
pub struct PreviewLine {
    /// Its text, safe to show.
    pub text: String,
    /// What it is.
    pub kind: LineKind,
    /// For a finding, its position in the review.
    pub finding: Option<usize>,
}

/// What a line of a preview is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// A heading.
    Heading,
    /// JSON, to be highlighted.
    Json,
    /// Text.
    Plain,
    /// Text in the background.
    Dim,
    /// A line that is new.
    Added,
    /// A line that goes.
    Removed,
    /// A finding.
    Finding(Severity),
    /// Something that is right.
    Good,
}

/// How many findings are listed. Nobody reads more, and a list of 100,000 would be made at each edit.
const FINDINGS_SHOWN: usize = 1_000;

/// A line that is about no finding.
pub fn line(kind: LineKind, text: impl Into<String>) -> PreviewLine {
    PreviewLine { text: text.into(), kind, finding: None }
}

/// Puts a text behind `out`, in lines of so many columns.
pub fn wrapped(out: &mut Vec<PreviewLine>, kind: LineKind, text: &str, columns: usize) {
    out.extend(width::wrap(text, columns, 0).into_iter().map(|text| line(kind, text)));
}

/// What is proven and one of the policy's documents, or why there are none.
pub fn policy(document: &Document, chosen: usize, columns: usize) -> Vec<PreviewLine> {
    let mut out = Vec::new();
    match &document.review().policy {
        Ok(documents) => {
            let count = documents.documents.len();
            if count > 1 {
                wrapped(
                    &mut out,
                    LineKind::Heading,
                    &format!("{count} documents, all needed; [ ] choose"),
                    columns,
                );
            }
            words::proven(&mut out, documents, &document.allowlist().policy().exempt, columns);
            let Some(shown) = documents.documents.get(chosen) else { return out };
            let place = if count > 1 { format!("{} of {count}: ", chosen + 1) } else { String::new() };
            out.push(line(LineKind::Heading, format!("{place}{}", shown.file_name)));
            out.extend(shown.text.lines().map(|text| line(LineKind::Json, text)));
        }
        Err(reason) => {
            out.push(line(LineKind::Heading, "No policy can be written"));
            wrapped(&mut out, LineKind::Plain, &reason.to_string(), columns);
            out.push(line(LineKind::Plain, ""));
            wrapped(
                &mut out,
                LineKind::Dim,
                "The allowlist can still be saved. Policy files that are on disk stay as they are.",
                columns,
            );
        }
    }
    out
}

/// What a finding is about, and what it says.
pub fn said(finding: &Finding, allowlist: &Allowlist) -> String {
    let (_, group, cidr) = finding.names(allowlist);
    let about = match (finding.place, cidr, group) {
        (Some(Place::Setting(key)), ..) => format!("{key}: "),
        (_, Some(cidr), _) => format!("{cidr}: "),
        (_, None, Some(group)) => format!("{group}: "),
        _ => String::new(),
    };
    format!("{about}{}", finding.problem.message)
}

/// The findings, the worst first.
pub fn findings(document: &Document, columns: usize) -> Vec<PreviewLine> {
    let review = document.review();
    let mut out = Vec::new();
    if review.findings.is_empty() {
        wrapped(&mut out, LineKind::Good, "Nothing to be said: all is well.", columns);
    }
    for (position, finding) in review.findings.iter().enumerate().take(FINDINGS_SHOWN) {
        let fixes =
            finding.fix.as_ref().map(|fix| format!(" (f {})", fix.words(document.allowlist()).does()));
        let can_fix = fixes.unwrap_or_default();
        let severity = finding.severity();
        let text = format!("{} {}{can_fix}", mark(severity), said(finding, document.allowlist()));
        for text in width::wrap(&text, columns, 2) {
            out.push(PreviewLine { text, kind: LineKind::Finding(severity), finding: Some(position) });
        }
    }
    if let Some(more) = review.findings.len().checked_sub(FINDINGS_SHOWN).filter(|more| *more > 0) {
        out.push(line(LineKind::Dim, format!("and {} more", crate::cidr::grouped(&more.to_string()))));
    }
    out
}

/// What saving would change on disk.
pub fn differences(document: &Document, columns: usize) -> Vec<PreviewLine> {
    let mut out = Vec::new();
    let new = document.allowlist().to_json();
    let old = document.base().map(String::from_utf8_lossy);
    let name = document.paths.allowlist.file_name().map(|name| name.to_string_lossy().into_owned());
    file(&mut out, name.as_deref().unwrap_or("allowlist"), old, Some(&new));
    match &document.review().policy {
        Ok(documents) => {
            for policy in &documents.documents {
                let on_disk = document.on_disk().iter().find(|file| file.name == policy.file_name);
                let old = on_disk.map(|file| String::from_utf8_lossy(&file.bytes));
                file(&mut out, &policy.file_name, old, Some(&policy.text));
            }
            let written = |name: &str| documents.documents.iter().any(|policy| policy.file_name == name);
            for stale in document.on_disk().iter().filter(|file| !written(&file.name)) {
                out.push(line(LineKind::Heading, stale.name.clone()));
                wrapped(&mut out, LineKind::Dim, "not one of the documents any more", columns);
            }
        }
        Err(reason) => {
            out.push(line(LineKind::Heading, "No policy will be written"));
            wrapped(&mut out, LineKind::Plain, &reason.to_string(), columns);
        }
    }
    if out.is_empty() {
        wrapped(&mut out, LineKind::Good, "Nothing: the files on disk say the same.", columns);
        return out;
    }
    let mut said = Vec::new();
    words::effect(&mut said, document, columns);
    words::entries(&mut said, document, columns);
    said.extend(out);
    said
}

/// A line of JSON with a quarter of its indentation, so that it fits.
fn dedented(text: &str) -> String {
    let trimmed = text.trim_start_matches(' ');
    format!("{}{}", " ".repeat((text.len() - trimmed.len()) / 4), width::shown(trimmed))
}

fn file(out: &mut Vec<PreviewLine>, name: &str, old: Option<Cow<str>>, new: Option<&String>) {
    let (before, after) = (old.as_deref().unwrap_or_default(), new.map_or("", String::as_str));
    if before == after {
        return;
    }
    let title = if old.is_none() { format!("{name} (new)") } else { name.to_owned() };
    out.push(line(LineKind::Heading, title));
    if old.is_none() {
        out.extend(after.lines().map(|text| line(LineKind::Added, format!("+ {}", dedented(text)))));
        return;
    }
    let deadline = std::time::Duration::from_millis(100);
    let diff = similar::TextDiff::configure().timeout(deadline).diff_lines(before, after);
    for (position, hunk) in diff.grouped_ops(2).iter().enumerate() {
        if position > 0 {
            out.push(line(LineKind::Dim, "  ..."));
        }
        for change in hunk.iter().flat_map(|op| diff.iter_changes(op)) {
            let text = change.value().trim_end_matches(['\n', '\r']);
            let (kind, sign) = match change.tag() {
                similar::ChangeTag::Delete => (LineKind::Removed, "-"),
                similar::ChangeTag::Insert => (LineKind::Added, "+"),
                similar::ChangeTag::Equal => (LineKind::Dim, " "),
            };
            out.push(line(kind, format!("{sign} {}", dedented(text))));
        }
    }
}
