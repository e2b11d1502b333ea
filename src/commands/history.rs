//! `history` and `restore`: earlier saved versions, and the editor's draft.

use super::context::Context;
use super::error::CommandError;
use super::report::Report;
use super::saving::{self, Change, WriteArgs};
use crate::allowlist::{Allowlist, Date, Edit, changes};
use crate::policy;
use crate::storage::{self, Draft, Kept, Locked, Save, StorageError, Unreadable, Version};
use clap::Args;
use serde::Serialize;

/// Arguments of `history`.
#[derive(Debug, Args)]
pub struct HistoryArgs {
    /// One JSON document
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `restore`.
#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// How to write
    #[command(flatten)]
    pub write: WriteArgs,
    /// As `history` lists it, or `draft`
    pub id: String,
}

#[derive(Serialize)]
struct Entry {
    id: String,
    saved: String,
    by: String,
    changes: Vec<String>,
    /// Why it cannot be read any more, where it cannot.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    /// What became of the addresses, where something did.
    #[serde(skip_serializing_if = "Option::is_none")]
    addresses: Option<String>,
}

/// How many of an entry's changes are told where a person reads.
const SHOWN: usize = 3;

/// Lists the versions, the newest first, each with what it changed; the draft before them.
pub fn run(context: &Context, args: &HistoryArgs) -> Result<Report, CommandError> {
    let mut entries = Vec::new();
    // Two at a time: each may be as large as the allowlist.
    let mut before = None;
    for kept in storage::kept(&context.paths.state, &context.paths.allowlist)? {
        match kept.read() {
            Ok(version) => {
                entries.push(entry(&version, before.as_ref()));
                before = Some(version);
            }
            Err(error) => entries.push(unreadable(&kept, error)),
        }
    }
    entries.extend(draft(context)?);
    entries.reverse();
    if entries.is_empty() {
        missing(context)?;
    }
    if args.json {
        return Ok(Report::json(&serde_json::json!({ "versions": entries })));
    }
    let mut out = String::new();
    for Entry { id, saved, by, changes, addresses, error } in &entries {
        let error = error.as_ref().map(|error| format!("cannot be read: {error}"));
        let mut words: Vec<&str> = changes.iter().chain(&error).take(SHOWN).map(String::as_str).collect();
        let more = changes.len().saturating_sub(SHOWN);
        let more = format!("and {more} more");
        if changes.len() > SHOWN {
            words.push(&more);
        }
        let addresses = addresses.as_ref().map(|words| format!("{words}: ")).unwrap_or_default();
        let by = if by.is_empty() { "-" } else { by };
        out.push_str(&format!("{id:>6}  {saved}  {by:<10}  {addresses}{}\n", words.join("; ")));
    }
    Ok(Report::new(out))
}

/// Where nothing is kept of an allowlist that is not there either, that it is not there is the answer.
fn missing(context: &Context) -> Result<(), CommandError> {
    match context.load() {
        Err(missing @ CommandError::Storage(StorageError::Missing { .. })) => Err(missing),
        _ => Ok(()),
    }
}

fn entry(version: &Version, before: Option<&Version>) -> Entry {
    let (changes, addresses) = match before {
        None => (vec!["the first version kept".to_owned()], None),
        Some(before) => {
            let (old, new) = (&before.allowlist, &version.allowlist);
            // What had expired by then had gone by itself.
            let day = Date::from_unix(version.saved);
            (words(old, new), day.and_then(|day| policy::address_change(old, new, day)))
        }
    };
    let (id, saved) = (version.id.to_string(), time(version.saved));
    Entry { id, saved, by: version.by.clone(), changes, addresses, error: None }
}

fn unreadable(kept: &Kept, Unreadable { saved, error }: Unreadable) -> Entry {
    let (id, saved) = (kept.id.to_string(), saved.map_or_else(|| "-".to_owned(), time));
    Entry { id, saved, by: String::new(), changes: Vec::new(), addresses: None, error: Some(error) }
}

fn draft(context: &Context) -> Result<Option<Entry>, CommandError> {
    let draft = Draft::of(&context.paths.state, &context.paths.allowlist)?;
    let Some(allowlist) = draft.read() else { return Ok(None) };
    let saved = context.load().map(|opened| opened.allowlist).unwrap_or_default();
    let (id, by) = ("draft".to_owned(), String::new());
    let saved_at = draft.written().map(time).unwrap_or_default();
    let addresses = policy::address_change(&saved, &allowlist, context.today);
    Ok(Some(Entry { id, saved: saved_at, by, changes: words(&saved, &allowlist), addresses, error: None }))
}

fn words(old: &Allowlist, new: &Allowlist) -> Vec<String> {
    let words: Vec<String> = changes(old, new).iter().map(ToString::to_string).collect();
    if words.is_empty() { vec!["nothing but its form".to_owned()] } else { words }
}

fn time(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).map(|time| time.to_string()).unwrap_or_default()
}

fn lost(Unreadable { error, .. }: Unreadable) -> CommandError {
    CommandError::Lost(format!("this version cannot be read any more: {error}; nothing was changed"))
}

/// Brings a version or the draft back and saves it.
pub fn restore(context: &Context, args: &RestoreArgs) -> Result<Report, CommandError> {
    let draft = Draft::of(&context.paths.state, &context.paths.allowlist)?;
    let is_draft = args.id == "draft";
    let found = if is_draft {
        draft.read()
    } else {
        let versions = storage::kept(&context.paths.state, &context.paths.allowlist)?;
        let kept = versions.into_iter().find(|kept| kept.id.to_string() == args.id);
        kept.map(|kept| kept.read().map(|version| version.allowlist).map_err(lost)).transpose()?
    };
    let shown = crate::text::quoted(&args.id, 40);
    let Some(found) = found else {
        missing(context)?;
        return Err(CommandError::Absent(format!(
            "there is no earlier version {shown:?}; nothing was changed (`keymoat history` lists them)"
        )));
    };
    let report = bring_back(context, args.write, &shown, found)?;
    if is_draft && !args.write.dry_run {
        draft.remove()?;
    }
    Ok(report)
}

/// Saves a version in place of what is there: also where that is gone or cannot be read.
fn bring_back(
    context: &Context,
    write: WriteArgs,
    id: &str,
    found: Allowlist,
) -> Result<Report, CommandError> {
    let line = format!("{} {id}", if write.dry_run { "would restore" } else { "restored" });
    let path = &context.paths.allowlist;
    let save = |base| Save {
        path,
        allowlist: &found,
        base,
        today: context.today,
        force: write.force,
        dry_run: write.dry_run,
        state: Some(&context.paths.state),
    };
    match storage::open(path) {
        Ok(_) => saving::change(context, write, |allowlist| {
            let words = changes(allowlist, &found).into_iter().map(|change| format!("  {change}"));
            let lines = std::iter::once(line).chain(words).collect();
            Ok(Change { edit: Some(Edit::Become(Box::new(found))), lines })
        }),
        Err(StorageError::Missing { .. }) => {
            let save = save(None);
            let saved = storage::create(&save, saving::save_both)?;
            Ok(saving::report(&save, &saved, vec![line]))
        }
        Err(StorageError::Unreadable { .. }) => {
            let locked = Locked::take(path)?;
            let base = storage::read_bytes(path)?;
            let save = save(Some(&base));
            let saved = saving::save_both(&locked, &save)?;
            Ok(saving::report(&save, &saved, vec![line]))
        }
        Err(other) => Err(other.into()),
    }
}
