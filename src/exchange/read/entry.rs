//! What a reader hands on: ranges with their places, properties and hints, all of it checked.

use crate::allowlist::{Date, Kind, Range};
use crate::text::{Name, Text, quoted};
use std::collections::BTreeSet;
use std::fmt;

/// A place in the file that is read, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column in bytes, where it is known.
    pub column: Option<usize>,
}

impl Place {
    /// The start of the file: for what is wrong with the whole of it.
    pub const START: Self = Self { line: 1, column: Some(1) };

    /// A line as a whole.
    pub fn line(line: usize) -> Self {
        Self { line, column: None }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.column {
            Some(column) => write!(f, "{}:{column}", self.line),
            None => self.line.fmt(f),
        }
    }
}

/// The category that an entry's source names.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CategoryHint {
    /// The built-in category of this kind.
    Kind(Kind),
    /// The category of this name; a custom one is made where there is none.
    Named(Name),
}

/// One entry of a foreign file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where it stands.
    pub place: Place,
    /// The range, or why it is refused, in one sentence that is safe to print.
    pub range: Result<Range, String>,
    /// Where it belongs, if the source says so.
    pub category: Option<CategoryHint>,
    /// The group that it belongs to, if the source says so.
    pub group: Option<Name>,
    /// What `--only` can ask for.
    pub properties: Vec<(&'static str, String)>,
}

/// What a reader found in a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// The entries, in the order of the file; one network may be there several times.
    pub entries: Vec<Entry>,
    /// The `source` of everything that the file speaks of, also of what was passed over.
    pub sources: BTreeSet<Text>,
    /// What was passed over and why: sentences that are safe to print.
    pub notes: Vec<String>,
}

impl Found {
    /// Takes an entry, and its source with it.
    pub fn push(&mut self, draft: Draft) {
        self.knows_source(&draft.source);
        self.entries.push(draft.finish());
    }

    /// Notes that the file speaks of a source, though maybe of no range of it.
    pub fn knows_source(&mut self, source: &str) {
        if let Ok(source) = Text::new(source)
            && !self.sources.contains(&source)
        {
            self.sources.insert(source);
        }
    }

    /// One sentence for all things that were passed over for one reason; none for none.
    pub fn passed_over(&mut self, names: &[String], one: &str, many: &str) {
        const SHOWN: usize = 5;
        if names.is_empty() {
            return;
        }
        let shown: Vec<String> = names.iter().take(SHOWN).map(|name| quoted(name, 60)).collect();
        let more =
            if names.len() > SHOWN { format!(" and {} more", names.len() - SHOWN) } else { String::new() };
        let words = if names.len() == 1 { format!("1 {one}") } else { format!("{} {many}", names.len()) };
        self.notes.push(format!("{words}, passed over: {}{more}", shown.join(", ")));
    }
}

/// An entry as the source spells it; [`Draft::finish`] checks every part.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    place: Option<Place>,
    cidr: String,
    pub(super) label: String,
    pub(super) owner: String,
    pub(super) ticket: String,
    pub(super) note: String,
    pub(super) source: String,
    pub(super) added: String,
    pub(super) review_by: String,
    pub(super) expires: String,
    pub(super) disabled: bool,
    pub(super) category: Option<CategoryHint>,
    pub(super) group: String,
    pub(super) properties: Vec<(&'static str, String)>,
}

impl Draft {
    pub(super) fn new(place: Place, cidr: impl Into<String>) -> Self {
        Self { place: Some(place), cidr: cidr.into(), ..Self::default() }
    }

    pub(super) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    pub(super) fn owner(mut self, owner: impl Into<String>) -> Self {
        self.owner = owner.into();
        self
    }

    pub(super) fn source(mut self, source: impl Into<String>) -> Self {
        self.source = source.into();
        self
    }

    pub(super) fn group(mut self, group: impl Into<String>) -> Self {
        self.group = group.into();
        self
    }

    /// A property, where it has a value.
    pub(super) fn with(mut self, key: &'static str, value: impl Into<String>) -> Self {
        let value = value.into();
        if !value.is_empty() {
            self.properties.push((key, value));
        }
        self
    }

    pub(super) fn finish(mut self) -> Entry {
        let group = match std::mem::take(&mut self.group) {
            group if group.is_empty() => Ok(None),
            group => Name::new(group).map(Some).map_err(|e| format!("group: {e}")),
        };
        let range = group.as_ref().map_err(String::clone).and_then(|_| self.range());
        Entry {
            place: self.place.unwrap_or(Place::START),
            range,
            category: self.category,
            group: group.unwrap_or_default(),
            properties: self.properties,
        }
    }

    fn range(&self) -> Result<Range, String> {
        let cidr = self.cidr.parse().map_err(|error| match self.cidr.is_empty() {
            true => format!("{error}"),
            false => format!("{}: {error}", quoted(&self.cidr, 60)),
        })?;
        let mut range = Range::new(cidr);
        range.label = text("label", &self.label)?;
        range.owner = text("owner", &self.owner)?;
        range.ticket = text("ticket", &self.ticket)?;
        range.note = text("note", &self.note)?;
        range.source = text("source", &self.source)?;
        range.added = date("added", &self.added)?;
        range.review_by = date("review_by", &self.review_by)?;
        range.expires = date("expires", &self.expires)?;
        range.enabled = !self.disabled;
        Ok(range)
    }
}

fn text(what: &str, text: &str) -> Result<Text, String> {
    Text::new(text).map_err(|error| format!("{what}: {error}"))
}

fn date(what: &str, text: &str) -> Result<Option<Date>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|error| format!("{what}: {error}"))
}
