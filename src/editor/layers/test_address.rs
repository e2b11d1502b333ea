//! The dialog that tests a request: the verdict of the policy documents themselves while it is typed, and
//! why: which ranges hold the address, or which document and statement deny it.
//!
//! ```text
//! ┌ Test an address ─────────────────────────────────┐
//! │ address        > 203.0.114.9                     │
//! │ The rest is a plain request with an access key … │
//! │ no_address       false                           │
//! │ ...                                              │
//! │                                                  │
//! │ the public address that the request comes from   │
//! │ + 203.0.114.9 is let through.                    │
//! │   203.0.114.0/24 in Corporate networks / Office  │
//! └──────────────────────────────────────────────────┘
//! ```

use super::form::{self, About, Field, Form, Remark, Takes};
use crate::allowlist::{Category, Group, Range};
use crate::cidr::special::{Special, special};
use crate::editor::editing::STILL_CHECKING;
use crate::editor::panes::ranges::state;
use crate::editor::state::{Editor, Tone};
use crate::policy::{
    Documents, Evaluator, PLAIN_PRINCIPAL, Request, Verdict, is_own, parse_document, parse_documents,
};
use crate::text::quoted;
use std::net::IpAddr;

/// How many of the ranges that hold the address are named.
const SHOWN: usize = 8;

const FIELDS: [(&str, &str); 9] = [
    ("address", "the public address that the request comes from"),
    ("no_address", "true: the request carries no address, as through a VPC endpoint"),
    ("mfa", "true: the caller signed in with MFA"),
    ("via_service", "true: an AWS service makes the call on the caller's behalf"),
    ("vpc", "the VPC that it comes from: its id or ARN; empty: none"),
    ("vpc_endpoint", "the VPC endpoint that it goes through: its id; empty: none"),
    (
        "principal",
        "who calls: a made-up user by default; only roles, and principals that the policy exempts or names, make a difference",
    ),
    ("action", "what is called, such as s3:ListAllMyBuckets"),
    ("resource", "on what: an ARN, or * for an action without one"),
];
const ADDRESS: usize = 0;
/// What stands behind the address.
const REST: &str = "The rest is a plain request with an access key; change what differs.";
const DRAFT: &str = "test-address";

/// Opens the dialog.
pub fn open(editor: &mut Editor) {
    let plain = Request::plain();
    let mut fields = FIELDS
        .map(|(name, help)| {
            let value = match name {
                "no_address" | "mfa" | "via_service" => {
                    let takes = Takes::Choice(vec!["false", "true"]);
                    return Field { name, help, takes, value: "false".to_owned() };
                }
                "principal" => PLAIN_PRINCIPAL,
                "action" => plain.action_name(),
                "resource" => plain.resource_arn(),
                _ => "",
            };
            Field::text(name, help, value.to_owned())
        })
        .to_vec();
    fields.insert(ADDRESS + 1, Field::line(REST));
    let original: Vec<String> = fields.iter().map(|field| field.value.clone()).collect();
    let names: Vec<&'static str> = fields.iter().map(|field| field.name).collect();
    let unsaved = if editor.document.is_unsaved() { UNSAVED } else { "" };
    let form = Form {
        title: format!("Test an address{unsaved}"),
        fields,
        about: About::Named(String::new()),
        draft: DRAFT,
        enter: "keep the verdict",
        takes_unchanged: false,
        check: Box::new(|_, texts| check(texts)),
        says: Some(Box::new(says)),
        done: Box::new(move |editor, texts| {
            form::keep_texts(editor, DRAFT, &original, texts);
            // What is not as in a plain request was set here, maybe a while ago.
            let others = (0..texts.len()).filter(|at| *at > ADDRESS && texts[*at] != original[*at]);
            say(editor, texts, others.map(|at| names[at]).collect());
            Ok(())
        }),
    };
    form::open_again(editor, form, ADDRESS);
}

/// The list as it stands here is tested, whatever is saved.
const UNSAVED: &str = " · unsaved changes included";

/// Says the verdict in one line, when the dialog is left; all of it in the list of messages. `others`: what is
/// not as in a plain request.
fn say(editor: &mut Editor, texts: &[String], others: Vec<&'static str>) {
    let Ok(request) = request(texts) else { return };
    if !editor.document.is_reviewed() {
        return editor.say(Tone::Info, STILL_CHECKING);
    }
    let (mut lines, holding) = (verdict(editor, &request), holding(editor, &request));
    lines.extend(on_disk(editor, &request));
    lines.extend(never_seen(&request));
    let plain = |line: &String| line.trim_start_matches(['+', '-', '!', ' ']).to_owned();
    let first = lines.first().map(plain).unwrap_or_default();
    let sign = lines.first().and_then(|line| line.chars().next());
    let (allowed, denied) = (sign == Some('+'), sign == Some('-') && request.source.is_some());
    let admitted = request.source.is_some_and(|address| editor.document.review().admitted.contains(address));
    let bare = first.trim_end_matches('.');
    let more = match holding.len() {
        0 | 1 => String::new(),
        count => format!(", and {} more", count - 1),
    };
    let short = match holding.first() {
        Some(range) if allowed && admitted => format!("{bare} by {range}{more}."),
        Some(range) if denied && !admitted => format!("{bare}: {range}{more}."),
        None if denied => format!("{bare}: no range holds it."),
        _ => first,
    };
    let rest: Vec<String> = lines.iter().skip(1).map(plain).filter(|line| !short.contains(line)).collect();
    let mut notes = others;
    notes.extend(editor.document.is_unsaved().then_some("unsaved changes included"));
    let notes = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join(", ")) };
    let whole = format!("{short}{notes} {}", rest.join(" "));
    let tone = if allowed { Tone::Done } else { Tone::Info };
    editor.say_in(tone, format!("{short}{notes}"), whole.trim_end().to_owned());
}

/// The request that the texts say, or the field that is wrong and why.
fn request(texts: &[String]) -> Result<Request, (usize, String)> {
    let [address, _, no_address, mfa, via_service, vpc, endpoint, principal, action, resource] = texts else {
        return Ok(Request::plain());
    };
    let wrong = |at: usize| move |error: crate::policy::RequestError| (at, error.to_string());
    let mut request = Request::plain();
    if no_address != "true" {
        let text = address.trim();
        let source = text.parse::<IpAddr>().map_err(|_| {
            let found = quoted(text, 40);
            (ADDRESS, format!("{found:?} is no address: write one such as 203.0.114.7 or 2001:db9::7"))
        })?;
        request = request.from(source);
    }
    if mfa == "true" {
        request = request.with_mfa();
    }
    if via_service == "true" {
        request = request.via_aws_service();
    }
    if !vpc.trim().is_empty() {
        request = request.from_vpc(vpc.trim()).map_err(wrong(5))?;
    }
    if !endpoint.trim().is_empty() {
        request = request.from_vpc_endpoint(endpoint.trim()).map_err(wrong(6))?;
    }
    request = request.by(principal.trim()).map_err(wrong(7))?;
    Ok(request.action(action.trim()).map_err(wrong(8))?.on(resource.trim()))
}

fn check(texts: &[String]) -> Vec<Option<Remark>> {
    let mut remarks = vec![None; texts.len()];
    if let Err((at, error)) = request(texts)
        // Nothing typed yet is nothing wrong yet.
        && !(at == ADDRESS && texts[ADDRESS].is_empty())
    {
        remarks[at] = Some(Remark::Error(error));
    }
    remarks
}

fn says(editor: &Editor, texts: &[String]) -> Vec<String> {
    let request = match request(texts) {
        Ok(request) => request,
        Err((ADDRESS, _)) if texts[ADDRESS].is_empty() => return Vec::new(),
        // Why is said at the field.
        Err(_) => return vec!["  No verdict: this is not a request yet.".to_owned()],
    };
    if !editor.document.is_reviewed() {
        return vec!["checking …".to_owned()];
    }
    let mut lines = verdict(editor, &request);
    lines.extend(on_disk(editor, &request));
    lines.extend(never_seen(&request));
    let named = holding(editor, &request);
    if named.is_empty() && request.source.is_some() {
        lines.push("  No range holds it.".to_owned());
    }
    lines.extend(named.into_iter().take(SHOWN).map(|range| format!("  {range}")));
    lines
}

/// What the policy on disk says of a request, where that is not what is said here: that one may be attached.
fn on_disk(editor: &Editor, request: &Request) -> Option<String> {
    let document = &editor.document;
    let own = document.on_disk().iter().filter(|file| is_own(&file.bytes));
    let parsed: Vec<_> = own.map(|file| parse_document(&file.bytes)).collect::<Result<_, _>>().ok()?;
    if parsed.is_empty() {
        return None;
    }
    let there = Evaluator::new(&parsed).ok()?.verdict(request).ok()? == Verdict::Allowed;
    let here = match &document.review().policy {
        Ok(documents) => judged(documents, request).ok()?.0 == Verdict::Allowed,
        Err(_) => document.review().admitted.contains(request.source?),
    };
    let does = if there { "lets it through" } else { "denies it" };
    (there != here).then(|| format!("! The policy on disk {does}, as long as it stays."))
}

/// That no request comes from such an address: people try that of the machine that they sit at.
fn never_seen(request: &Request) -> Option<String> {
    let address = request.source?;
    match special(address.into())? {
        Special::NeverPublic(what) => {
            Some(format!("! {address} is {what}: AWS never sees it, but the public address behind it."))
        }
        Special::Documentation => None,
    }
}

/// The ranges that hold the address, those that count first.
fn holding(editor: &Editor, request: &Request) -> Vec<String> {
    let Some(address) = request.source else { return Vec::new() };
    let holds = |range: &Range| range.net().is_some_and(|net| net.contains(&address));
    let ranges = editor.document.allowlist().ranges().filter(|(.., range)| holds(range));
    let mut ranges: Vec<_> = ranges.collect();
    ranges.sort_by_key(|(.., range)| !range.is_active(editor.document.today));
    ranges
        .into_iter()
        .map(|(_, category, group, range)| range_words(editor, category, group, range))
        .collect()
}

fn range_words(editor: &Editor, category: &Category, group: &Group, range: &Range) -> String {
    let today = editor.document.today;
    let label = if range.label.is_empty() { String::new() } else { format!(", {}", range.label) };
    let state = if range.is_active(today) {
        String::new()
    } else {
        format!(" ({}: does not count)", state(range, today))
    };
    format!("{} in {} / {}{label}{state}", range.cidr, category.name, group.name)
}

fn verdict(editor: &Editor, request: &Request) -> Vec<String> {
    let review = editor.document.review();
    let documents = match &review.policy {
        Ok(documents) => documents,
        Err(reason) => {
            let mut lines = vec![format!("! No policy can be written: {reason}")];
            if let Some(address) = request.source {
                let would = if review.admitted.contains(address) { "let through" } else { "denied" };
                lines.push(format!("  By the allowlist alone {address} would be {would}."));
            }
            return lines;
        }
    };
    let who = request
        .source
        .map_or_else(|| "A request without an address".to_owned(), |address| address.to_string());
    match judged(documents, request) {
        Err(reason) => vec![format!("! It cannot be decided: {reason}")],
        Ok((Verdict::Allowed, _)) => {
            let mut lines = vec![format!("+ {who} is let through.")];
            if !request.source.is_some_and(|address| review.admitted.contains(address)) {
                lines.push(format!("  {}", why_allowed(documents, request)));
            }
            lines
        }
        Ok((Verdict::Denied(place), with_mfa)) => {
            let file = documents.documents.get(place.document.saturating_sub(1));
            let file = file.map_or("", |document| document.file_name.as_str());
            let sid = place.sid.map_or_else(String::new, |sid| format!(" ({sid})"));
            let mut lines = vec![
                format!("- {who} is denied."),
                format!("  By statement {}{sid} of {file}.", place.statement),
            ];
            if with_mfa {
                lines.push("  With a session that was signed in with MFA it is let through.".to_owned());
            }
            lines
        }
    }
}

/// Why documents let a request through whose address no range admits.
fn why_allowed(documents: &Documents, request: &Request) -> &'static str {
    if request.source.is_some_and(|address| documents.admitted.contains(address)) {
        "The policy is wider than the ranges, so that it fits (max_extra_addresses)."
    } else if request.action_name().eq_ignore_ascii_case("sts:GetCallerIdentity") {
        "AWS lets everybody do that, whatever a policy denies: it tests nothing."
    } else {
        "It is exempt, or no principal that the policy is for: P shows the settings."
    }
}

/// The verdict of the documents, and whether the same request with MFA is let through.
fn judged(documents: &Documents, request: &Request) -> Result<(Verdict, bool), String> {
    let mut parsed = Vec::new();
    for document in &documents.documents {
        parsed.extend(parse_documents(document.text.as_bytes()).map_err(|error| error.message)?);
    }
    let evaluator = Evaluator::new(&parsed).map_err(|open| open.to_string())?;
    let verdict = evaluator.verdict(request).map_err(|open| open.to_string())?;
    let with_mfa = evaluator.verdict(&request.clone().with_mfa());
    Ok((verdict, with_mfa == Ok(Verdict::Allowed)))
}
