//! The entries of a review with what was decided of each.
//!
//! An entry is remembered by its place, and places move: so each step of the document is followed, done,
//! undone or redone, whoever took it. A decision belongs to the step that carried it out, and comes and goes
//! with it.

use crate::allowlist::{CidrField, Date, RangeAt};
use crate::editor::document::Document;
use crate::editor::journal::{Moved, Way};
use crate::editor::window::{Motion, Window};
use crate::review::due::{self, Why};
use std::collections::{BTreeMap, HashMap, HashSet};

/// What was decided of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It is still needed, and looked at again by this day.
    Confirmed(Date),
    /// It is looked at again on this day, and nothing is said until then.
    Snoozed(Date),
    /// It admits nobody any more.
    Disabled,
    /// It is gone.
    Deleted,
    /// It was edited so that it needs no look any more.
    Changed,
}

/// One range that is to be looked at, or was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where it stands; `None`: it is gone.
    pub at: Option<RangeAt>,
    /// What it was called when it came into the queue.
    pub cidr: CidrField,
    /// What was decided of it.
    pub decision: Option<Decision>,
    /// Whether it needed a look when it came into the queue.
    pub due: bool,
}

impl Entry {
    /// Whether something was decided of it, and it is there or was deleted by that. What somebody else has
    /// taken out is of no interest any more.
    fn is_decided(&self) -> bool {
        self.decision.is_some_and(|decision| self.at.is_some() || decision == Decision::Deleted)
    }
}

/// A decision by the step that carried it out.
#[derive(Debug, Clone, Copy)]
struct Taken {
    entry: usize,
    before: Option<Decision>,
    after: Option<Decision>,
}

/// How many entries were decided, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Confirmed.
    pub confirmed: usize,
    /// Put off.
    pub snoozed: usize,
    /// Disabled.
    pub disabled: usize,
    /// Deleted.
    pub deleted: usize,
    /// Edited so that they need no look any more.
    pub changed: usize,
}

/// The queue.
#[derive(Debug, Default)]
pub struct Queue {
    /// All that ever were in it; positions here never change.
    entries: Vec<Entry>,
    /// Which of them are shown, in order.
    order: Vec<usize>,
    /// Whether all ranges are in it, or those that need a look.
    pub all: bool,
    /// The cursor in `order`.
    pub window: Window,
    tally: Tally,
    /// What the next new step carries out.
    pending: Option<(usize, Option<Decision>)>,
    steps: BTreeMap<usize, Taken>,
    /// Which entries a step has taken out, and where they stood before: by undoing it, and by doing it. The
    /// same step taken the other way brings them back.
    out: [BTreeMap<usize, Vec<(usize, RangeAt)>>; 2],
    /// How many entries of the document's journal were followed.
    followed: usize,
}

impl Queue {
    /// The entries that need a look now.
    pub fn new(document: &mut Document) -> Self {
        document.follow();
        let followed = document.moved().map_or(0, <[_]>::len);
        let mut queue = Self { followed, ..Self::default() };
        queue.fill(document);
        queue
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// The entry at a position of the list.
    pub fn entry(&self, position: usize) -> Option<&Entry> {
        self.entries.get(*self.order.get(position)?)
    }

    /// The entry at the cursor.
    pub fn current(&self) -> Option<&Entry> {
        self.entry(self.window.cursor)
    }

    /// How many were decided, and how.
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// How many were decided.
    pub fn decided(&self) -> usize {
        let Tally { confirmed, snoozed, disabled, deleted, changed } = self.tally;
        confirmed + snoozed + disabled + deleted + changed
    }

    /// Moves the cursor.
    pub fn go(&mut self, motion: Motion) {
        self.window.go(motion, self.order.len());
    }

    /// Goes to the next entry that nothing was decided of, from the end on from the start. False: there is
    /// none.
    pub fn go_to_undecided(&mut self) -> bool {
        let count = self.order.len();
        let open = |position: &usize| self.entry(*position).is_some_and(|entry| entry.decision.is_none());
        let ahead = (1..=count).map(|by| (self.window.cursor + by) % count);
        let found = ahead.into_iter().find(open);
        self.window.cursor = found.unwrap_or(self.window.cursor);
        found.is_some()
    }

    /// Notes what was decided of the entry at the cursor, where nothing was to be done for it.
    pub fn decide(&mut self, decision: Option<Decision>) {
        if let Some(&entry) = self.order.get(self.window.cursor) {
            self.set(entry, decision);
        }
    }

    /// Notes what the next new step will carry out of the entry at the cursor.
    pub fn expect(&mut self, decision: Option<Decision>) {
        self.pending = self.order.get(self.window.cursor).map(|entry| (*entry, decision));
    }

    fn carry_out(&mut self, entry: usize, after: Option<Decision>, step: usize) {
        let before = self.entries[entry].decision;
        self.steps.insert(step, Taken { entry, before, after });
        self.set(entry, after);
    }

    fn set(&mut self, entry: usize, decision: Option<Decision>) {
        let before = std::mem::replace(&mut self.entries[entry].decision, decision);
        if let Some(count) = before.map(|before| self.tally.of(before)) {
            *count = count.saturating_sub(1);
        }
        if let Some(count) = decision.map(|decision| self.tally.of(decision)) {
            *count += 1;
        }
    }

    /// Follows what the document has done since. Where that was an edit of the current entry by which it needs
    /// no look any more, that was the decision.
    pub fn follow(&mut self, document: &Document) {
        let steps = document.moved().and_then(|steps| steps.get(self.followed..)).unwrap_or_default();
        let mut other = false;
        for moved in steps {
            other |= self.take(moved);
        }
        self.followed += steps.len();
        self.pending = None;
        if other {
            self.fill(document);
        }
        let Some(last) = steps.last().filter(|last| last.way == Way::Done) else { return };
        let open = |entry: &&Entry| entry.due && entry.decision.is_none();
        let range = self.current().filter(open).and_then(|entry| document.allowlist().range(entry.at?));
        let settled = range.is_some_and(|range| Why::of(range, document.today).is_none());
        if let Some(&entry) = self.order.get(self.window.cursor).filter(|_| settled)
            && !self.steps.contains_key(&last.step)
        {
            self.carry_out(entry, Some(Decision::Changed), last.step);
        }
    }

    /// Follows one step. True where the list is another by it: places have moved, and not by a decision.
    fn take(&mut self, moved: &Moved) -> bool {
        let step = moved.step;
        if moved.way == Way::Done {
            // What had been undone is redone no more.
            self.steps.split_off(&step);
            self.out[0].split_off(&step);
            self.out[1].split_off(&step);
            if let Some((entry, decision)) = self.pending.take() {
                self.carry_out(entry, decision, step);
            }
        }
        if !moved.moves.keeps_places() {
            self.move_all(moved);
        }
        let Some(taken) = self.steps.get(&step).copied() else { return !moved.moves.keeps_places() };
        if moved.way != Way::Done {
            self.set(taken.entry, if moved.way == Way::Undone { taken.before } else { taken.after });
            match self.order.iter().position(|entry| *entry == taken.entry) {
                Some(position) => self.window.cursor = position,
                None => return true,
            }
        }
        false
    }

    fn move_all(&mut self, moved: &Moved) {
        let (step, forward) = (moved.step, moved.way != Way::Undone);
        let mut out = Vec::new();
        for (entry, number) in self.entries.iter_mut().zip(0..) {
            let Some(at) = entry.at else { continue };
            entry.at = moved.moves.follow(at);
            if entry.at.is_none() {
                out.push((number, at));
            }
        }
        for (entry, at) in self.out[usize::from(!forward)].remove(&step).unwrap_or_default() {
            self.entries[entry].at = Some(at);
        }
        self.out[usize::from(forward)].insert(step, out);
    }

    /// Makes the list anew: what was decided stays in front, then comes what is to be looked at now.
    pub fn fill(&mut self, document: &Document) {
        let allowlist = document.allowlist();
        let current = self.order.get(self.window.cursor).copied();
        let places = if self.all {
            due::all(allowlist, document.today)
        } else {
            due::due(allowlist, document.today).into_iter().map(|due| due.at).collect()
        };
        let entries = &self.entries;
        self.order.retain(|entry| entries[*entry].is_decided());
        let listed: HashSet<usize> = self.order.iter().copied().collect();
        let back = |(number, entry): &(usize, &Entry)| entry.is_decided() && !listed.contains(number);
        self.order.extend(entries.iter().enumerate().filter(back).map(|(number, _)| number));
        self.tally = Tally::default();
        for decision in self.order.iter().filter_map(|entry| entries[*entry].decision) {
            *self.tally.of(decision) += 1;
        }
        let known: HashMap<RangeAt, usize> =
            self.entries.iter().zip(0..).filter_map(|(entry, number)| Some((entry.at?, number))).collect();
        for at in places {
            let known = known.get(&at).copied();
            if known.is_some_and(|entry| self.entries[entry].decision.is_some()) {
                continue;
            }
            let Some(range) = allowlist.range(at) else { continue };
            self.order.push(known.unwrap_or(self.entries.len()));
            if known.is_none() {
                let cidr = range.cidr.clone();
                let due = Why::of(range, document.today).is_some();
                self.entries.push(Entry { at: Some(at), cidr, decision: None, due });
            }
        }
        let kept = current.and_then(|entry| self.order.iter().position(|other| *other == entry));
        self.window.cursor = kept.unwrap_or_default();
        if self.current().is_none_or(|entry| entry.decision.is_some()) {
            self.go_to_undecided();
        }
    }
}

impl Tally {
    fn of(&mut self, decision: Decision) -> &mut usize {
        match decision {
            Decision::Confirmed(_) => &mut self.confirmed,
            Decision::Snoozed(_) => &mut self.snoozed,
            Decision::Disabled => &mut self.disabled,
            Decision::Deleted => &mut self.deleted,
            Decision::Changed => &mut self.changed,
        }
    }

    /// `confirmed 31, snoozed 2`; empty where nothing was decided.
    pub fn words(self) -> String {
        let Self { confirmed, snoozed, disabled, deleted, changed } = self;
        let all = [
            ("confirmed", confirmed),
            ("snoozed", snoozed),
            ("disabled", disabled),
            ("deleted", deleted),
            ("changed", changed),
        ];
        let said = all.into_iter().filter(|(_, count)| *count > 0);
        said.map(|(what, count)| format!("{what} {}", crate::cidr::grouped(&count.to_string())))
            .collect::<Vec<_>>()
            .join(", ")
    }
}

#[cfg(test)]
mod tests;
