//! The dialog that tests an address: the verdict of the policy documents themselves, for a plain request
//! with an access key, and which ranges hold the address.

use super::prompt::{self, Prompt};
use crate::allowlist::{Category, Group, Range};
use crate::editor::panes::ranges::state;
use crate::editor::state::Editor;
use crate::policy::{Documents, Evaluator, Request, Verdict, parse_documents};
use std::net::IpAddr;

/// How many of the ranges that hold the address are named.
const SHOWN: usize = 8;

/// Opens the dialog.
pub fn open(editor: &mut Editor) {
    let prompt = Prompt {
        title: "Test an address".to_owned(),
        label: "The public address that a request comes from",
        draft: "test-address",
        enter: "done",
        check: Box::new(test),
        done: Box::new(|_, _| Ok(())),
    };
    prompt::open(editor, prompt, "");
}

fn test(editor: &Editor, text: &str) -> prompt::Verdict {
    let text = text.trim();
    let Ok(address) = text.parse::<IpAddr>() else {
        let found = crate::text::quoted(text, 40);
        return Err(format!("{found:?} is no address: write one such as 203.0.114.7 or 2001:db9::7"));
    };
    if !editor.document.is_reviewed() {
        return Ok(vec!["checking …".to_owned()]);
    }
    let mut lines = verdict(editor, address);
    let holds = |range: &Range| range.net().is_some_and(|net| net.contains(&address));
    let holding = editor.document.allowlist().ranges().filter(|(.., range)| holds(range));
    let named: Vec<String> = holding
        .take(SHOWN)
        .map(|(_, category, group, range)| words(editor, category, group, range))
        .collect();
    if named.is_empty() {
        lines.push("  No range holds it.".to_owned());
    }
    lines.extend(named);
    Ok(lines)
}

fn words(editor: &Editor, category: &Category, group: &Group, range: &Range) -> String {
    let today = editor.document.today;
    let label = if range.label.is_empty() { String::new() } else { format!(", {}", range.label) };
    let state = if range.is_active(today) {
        String::new()
    } else {
        format!(" ({}: does not count)", state(range, today))
    };
    format!("  {} in {} / {}{label}{state}", range.cidr, category.name, group.name)
}

fn verdict(editor: &Editor, address: IpAddr) -> Vec<String> {
    let review = editor.document.review();
    let documents = match &review.policy {
        Ok(documents) => documents,
        Err(reason) => {
            let would = if review.admitted.contains(address) { "let through" } else { "denied" };
            return vec![
                format!("! There is no policy, so nothing is fenced: {reason}"),
                format!("  By the allowlist alone {address} would be {would}."),
            ];
        }
    };
    match judged(documents, address) {
        Ok((true, _)) => vec![format!("+ {address} is let through.")],
        Ok((false, false)) => vec![format!("- {address} is denied.")],
        Ok((false, true)) => vec![
            format!("- {address} is denied."),
            "  With a session that was signed in with MFA it is let through.".to_owned(),
        ],
        Err(reason) => vec![format!("! It cannot be decided: {reason}")],
    }
}

/// Whether the documents let a plain request through, and one with MFA.
fn judged(documents: &Documents, address: IpAddr) -> Result<(bool, bool), String> {
    let mut parsed = Vec::new();
    for document in &documents.documents {
        parsed.extend(parse_documents(document.text.as_bytes()).map_err(|error| error.message)?);
    }
    let evaluator = Evaluator::new(&parsed).map_err(|open| open.to_string())?;
    let allowed = |request: &Request| {
        let verdict = evaluator.verdict(request).map_err(|open| open.to_string());
        verdict.map(|verdict| verdict == Verdict::Allowed)
    };
    let plain = Request::plain().from(address);
    Ok((allowed(&plain)?, allowed(&plain.with_mfa())?))
}
