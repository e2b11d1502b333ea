//! `diff`: what changed from another allowlist, or from deployed documents, to this allowlist.

use super::context::Context;
use super::documents::{self, Parsed};
use super::error::CommandError;
use super::prove::{cidrs, listed};
use super::report::Report;
use crate::allowlist::{self, Allowlist};
use crate::json::JsonError;
use crate::policy::{self, Change, Fence};
use crate::storage::{self, StorageError};
use clap::Args;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// Arguments of `diff`.
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// One JSON document
    #[arg(long)]
    pub json: bool,
    /// An allowlist, or policy documents; `-` is standard input
    #[arg(value_name = "OTHER", required = true)]
    pub others: Vec<PathBuf>,
}

/// What this allowlist is compared with.
enum Other {
    Allowlist(Box<Allowlist>),
    Documents(Parsed),
}

/// What changed; 1 where something did.
pub fn run(context: &Context, args: &DiffArgs) -> Result<Report, CommandError> {
    let this = context.load()?.allowlist;
    let (entries, change) = match other(&args.others)? {
        Other::Allowlist(other) => {
            // Scripts read each entry; people what has happened.
            let entries = if args.json { allowlist::changes_in_place } else { allowlist::changes };
            (entries(&other, &this), between(context, &other, &this)?)
        }
        Other::Documents(documents) => {
            let fence = fence(context, &this)?;
            let change = policy::compare_with_fence(&documents.parsed, &fence);
            (Vec::new(), change.map_err(|open| documents.undecided(&open))?)
        }
    };
    // Another order of the same entries says the same.
    let equal = entries.iter().all(is_order) && change.equal();
    let entries = entries.iter().map(ToString::to_string).collect();
    let report = if args.json { json(equal, entries, &change) } else { words(context, entries, &change) };
    Ok(report.answering(equal))
}

fn fence(context: &Context, allowlist: &Allowlist) -> Result<Fence, CommandError> {
    Fence::new(allowlist, context.today).map_err(|reason| CommandError::NoPolicy(reason.to_string()))
}

fn other(files: &[PathBuf]) -> Result<Other, CommandError> {
    let mut read = Vec::with_capacity(files.len());
    for file in files {
        let bytes = storage::read_stream(file, storage::MAX_BYTES)?;
        if is_allowlist(&bytes) {
            let [_] = files else {
                let why = "an allowlist is compared with alone: name it and nothing else";
                return Err(CommandError::Argument(why.to_owned()));
            };
            let allowlist = Allowlist::from_json(&bytes).map_err(|error| unreadable(file, error))?;
            return Ok(Other::Allowlist(Box::new(allowlist)));
        }
        read.push((file.to_string_lossy().into_owned(), bytes));
    }
    let named = read.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
    documents::of(named).map(Other::Documents)
}

/// Whether a file is meant to be an allowlist: policy documents know no such key. One that is broken is
/// told apart by the same word.
fn is_allowlist(bytes: &[u8]) -> bool {
    #[derive(serde::Deserialize)]
    struct Keys {
        categories: Option<serde::de::IgnoredAny>,
    }
    match serde_json::from_slice::<Keys>(bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes)) {
        Ok(keys) => keys.categories.is_some(),
        Err(_) => bytes.windows(12).any(|window| window == b"\"categories\""),
    }
}

fn unreadable(file: &Path, error: JsonError) -> CommandError {
    let JsonError { line, column, message } = error;
    StorageError::Unreadable { path: file.to_path_buf(), line, column, message }.into()
}

fn is_order(change: &allowlist::Change) -> bool {
    matches!(change, allowlist::Change::Reordered { .. })
}

/// The change between two allowlists: for every class of request where both can be a policy, else in the
/// addresses of their ranges.
fn between(context: &Context, from: &Allowlist, to: &Allowlist) -> Result<Change, CommandError> {
    if let (Ok(from), Ok(to)) = (Fence::new(from, context.today), Fence::new(to, context.today)) {
        return policy::compare_fences(&from, &to).map_err(|open| CommandError::Argument(open.to_string()));
    }
    let (from, to) = (policy::admitted(from, context.today), policy::admitted(to, context.today));
    Ok(Change { admitted: to.difference(&from), no_longer: from.difference(&to), reasons: Vec::new() })
}

#[derive(Serialize)]
struct Different {
    equal: bool,
    admitted: Vec<String>,
    no_longer: Vec<String>,
    reasons: Vec<String>,
    /// What changed in the entries, between allowlists.
    entries: Vec<String>,
}

fn json(equal: bool, entries: Vec<String>, change: &Change) -> Report {
    Report::json(&Different {
        equal,
        admitted: cidrs(&change.admitted),
        no_longer: cidrs(&change.no_longer),
        reasons: change.reasons.clone(),
        entries,
    })
}

fn words(context: &Context, entries: Vec<String>, change: &Change) -> Report {
    let mut out = String::new();
    if !entries.is_empty() || !change.equal() {
        out.push_str(&format!("{}\n", policy::address_words(&change.admitted, &change.no_longer)));
    }
    for entry in entries {
        out.push_str(&format!("{entry}\n"));
    }
    out.push_str(&context.paint.green(listed("newly let through", &change.admitted)));
    out.push_str(&context.paint.red(listed("no longer let through", &change.no_longer)));
    for reason in &change.reasons {
        out.push_str(&format!("{reason}\n"));
    }
    if out.is_empty() {
        out.push_str("no difference\n");
    }
    Report::new(out)
}
