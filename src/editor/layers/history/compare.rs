//! What an earlier version says, and what going back to it would change of what is open. Where much is kept,
//! that is found out beside the event loop, one version after the other.

use crate::allowlist::{self, Allowlist, Change, Date, minute};
use crate::cidr::grouped;
use crate::editor::layers::review::ago;
use crate::editor::panes::preview_lines::{LineKind, PreviewLine, wrapped};
use crate::editor::panes::preview_words as words;
use crate::policy::{self, Fence};
use crate::storage::{Kept, Version};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Lines are broken where they are shown.
const UNBROKEN: usize = usize::MAX;

/// A version that was looked at. Of its ranges nothing is kept: fifty large lists are too much.
#[derive(Debug)]
pub struct Seen {
    /// When it was saved: `2026-05-22 14:03`, or its number where that is not known.
    pub name: String,
    /// What it says, or why it cannot be read.
    pub what: Result<Compared, String>,
}

/// What a version that can be read says.
#[derive(Debug)]
pub struct Compared {
    /// How long ago it was saved.
    pub ago: String,
    /// Who saved it; may be empty.
    pub by: String,
    /// How many ranges it has.
    pub ranges: usize,
    /// How much going back to it would change: `+3 -1 ~2`; `None`: nothing.
    pub counts: Option<String>,
    /// What that would change, in lines that are not broken yet.
    pub lines: Vec<PreviewLine>,
}

/// What is to be compared.
#[derive(Debug, Clone)]
pub struct Work {
    /// What is open.
    pub open: Arc<Allowlist>,
    /// The day to judge for (UTC).
    pub today: Date,
    /// The versions, in the order in which they are listed.
    pub kept: Vec<Kept>,
    /// Which of them is looked at next, unless it has been already.
    pub wanted: Arc<AtomicUsize>,
}

impl Work {
    /// Looks at each version. `done` gets its position and what it says, until it returns false.
    pub fn run(&self, done: impl Fn(usize, Seen) -> bool) {
        let mut left: Vec<usize> = (0..self.kept.len()).collect();
        while !left.is_empty() {
            let wanted = self.wanted.load(Ordering::Relaxed);
            let next = left.iter().position(|at| *at == wanted).unwrap_or_default();
            let at = left.remove(next);
            if !done(at, self.see(&self.kept[at])) {
                return;
            }
        }
    }

    fn see(&self, kept: &Kept) -> Seen {
        match kept.read() {
            Ok(version) => {
                Seen { name: name(kept.id, Some(version.saved)), what: Ok(self.compare(&version)) }
            }
            Err(unreadable) => Seen { name: name(kept.id, unreadable.saved), what: Err(unreadable.error) },
        }
    }

    fn compare(&self, version: &Version) -> Compared {
        let mut lines = Vec::new();
        let counts = if version.allowlist == *self.open {
            wrapped(&mut lines, LineKind::Good, "Nothing: it says what is open.", UNBROKEN);
            None
        } else {
            let changes = allowlist::changes(&self.open, &version.allowlist);
            self.effect(&mut lines, &version.allowlist);
            words::listed(&mut lines, &changes, UNBROKEN);
            Some(counted(&changes))
        };
        // A version that was saved since the session began is of no later day.
        let day = Date::from_unix(version.saved).map(|day| day.min(self.today));
        Compared {
            ago: day.map_or_else(String::new, |day| ago(self.today, day)),
            by: crate::text::quoted(&version.by, 64),
            ranges: version.allowlist.ranges().count(),
            counts,
            lines,
        }
    }

    /// What going back would change in what is let through.
    fn effect(&self, lines: &mut Vec<PreviewLine>, version: &Allowlist) {
        let to = match (Fence::new(&self.open, self.today), Fence::new(version, self.today)) {
            (Ok(from), Ok(to)) => {
                match policy::compare_fences(&from, &to) {
                    Ok(change) => words::changed(lines, &change, "as that of what is open", UNBROKEN),
                    Err(reason) => {
                        let words = format!("! What changes for requests cannot be decided: {reason}");
                        wrapped(lines, LineKind::Removed, &words, UNBROKEN);
                    }
                }
                return;
            }
            (_, to) => to,
        };
        let [from, admitted] = [&self.open, version].map(|list| policy::admitted(list, self.today));
        let words = policy::address_words(&admitted.difference(&from), &from.difference(&admitted));
        wrapped(lines, LineKind::Plain, &words, UNBROKEN);
        if let Err(reason) = to {
            let words = format!("! No policy can be written from it: {reason}");
            wrapped(lines, LineKind::Removed, &words, UNBROKEN);
        }
    }
}

/// What a version is called in the list: the minute in which it was saved, or its number where that is not known.
pub fn name(id: u64, saved: Option<i64>) -> String {
    saved.and_then(minute).unwrap_or_else(|| format!("version {id}"))
}

/// How many entries come and go, and of how many something else is another.
fn counted(changes: &[Change]) -> String {
    let added = changes.iter().filter(|change| matches!(change, Change::Added { .. })).count();
    let removed = changes.iter().filter(|change| matches!(change, Change::Removed { .. })).count();
    let mut others: Vec<&str> = changes.iter().filter_map(other).collect();
    // The properties of an entry follow one another.
    others.dedup();
    let counts = [("+", added), ("-", removed), ("~", others.len())];
    counts.map(|(sign, count)| format!("{sign}{}", grouped(&count.to_string()))).join(" ")
}

/// What a change is of that neither adds nor removes.
fn other(change: &Change) -> Option<&str> {
    match change {
        Change::Added { .. } | Change::Removed { .. } => None,
        // `owner of 203.0.114.0/24 in Corporate networks / Office`
        Change::Changed { what, .. } => Some(what.split_once(" of ").map_or(what, |(_, entry)| entry)),
        Change::Moved { what } | Change::Renamed { what } | Change::Reordered { what } => Some(what),
    }
}
