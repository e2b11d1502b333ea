//! `--only KEY=VALUE`: the entries with a property. The same key again means or, another key means and.

use super::ImportError;
use super::read::{Entry, ReadFormat};
use crate::text::quoted;
use std::collections::BTreeSet;

/// One `KEY=VALUE`. Values are compared exactly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Only {
    key: String,
    value: String,
}

impl std::str::FromStr for Only {
    type Err = ImportError;

    fn from_str(text: &str) -> Result<Self, ImportError> {
        match text.split_once('=') {
            Some((key, value)) if !key.is_empty() => {
                Ok(Self { key: key.to_owned(), value: value.to_owned() })
            }
            _ => Err(ImportError::BadOnly(quoted(text, 60))),
        }
    }
}

/// The entries that all keys of `only` keep, or why none can be told.
pub(super) fn keep(
    entries: Vec<Entry>,
    only: &[Only],
    format: &'static ReadFormat,
) -> Result<Vec<Entry>, ImportError> {
    for Only { key, .. } in only {
        if !format.keys.contains(&key.as_str()) {
            let known = match format.keys {
                [] => "no properties".to_owned(),
                keys => keys.join(", "),
            };
            return Err(ImportError::UnknownKey { key: quoted(key, 40), format: format.name, known });
        }
    }
    let keys: BTreeSet<&str> = only.iter().map(|o| o.key.as_str()).collect();
    let wanted = |entry: &Entry, key: &str| {
        let has = |value: &str| entry.properties.iter().any(|(k, v)| *k == key && v == value);
        only.iter().filter(|o| o.key == key).any(|o| has(&o.value))
    };
    let (kept, left): (Vec<_>, Vec<_>) =
        entries.into_iter().partition(|entry| keys.iter().all(|key| wanted(entry, key)));
    if kept.is_empty() && !left.is_empty() {
        return Err(nothing(&left, only));
    }
    Ok(kept)
}

fn nothing(entries: &[Entry], only: &[Only]) -> ImportError {
    const SHOWN: usize = 12;
    let key = only.first().map_or("", |o| o.key.as_str());
    let properties = entries.iter().flat_map(|entry| &entry.properties).filter(|(k, _)| *k == key);
    let values: BTreeSet<String> = properties.map(|(_, value)| quoted(value, 40)).collect();
    let mut shown: Vec<String> = values.iter().take(SHOWN).map(|value| format!("{key}={value}")).collect();
    if values.len() > SHOWN {
        shown.push(format!("and {} more", values.len() - SHOWN));
    }
    if shown.is_empty() {
        shown.push(format!("no entry with a {key}"));
    }
    let wanted: Vec<String> = only.iter().map(|o| quoted(&format!("{}={}", o.key, o.value), 60)).collect();
    ImportError::NothingMatches { wanted: wanted.join(", "), values: shown.join(", ") }
}
