//! The queue never means another range than it did, whoever takes which step.

use super::{Decision, Queue};
use crate::allowlist::{Allowlist, Date, Edit, Group, GroupAt, Range, RangeAt};
use crate::editor::document::Document;
use crate::editor::window::Motion;
use crate::text::{Name, Text};
use proptest::prelude::*;
use std::collections::HashMap;

fn today() -> Date {
    "2026-11-22".parse().unwrap()
}

/// A range that is told from others by its label.
fn range(number: usize) -> Range {
    let mut range = Range::new(format!("11.{}.{}.0/24", number / 250, number % 250).parse().unwrap());
    range.label = Text::new(number.to_string()).unwrap();
    // One in three needs no look.
    let day = if number % 3 == 2 { "2027-03-01" } else { "2026-05-22" };
    range.review_by = Some(day.parse().unwrap());
    range
}

/// A document with the queue of its review, and a model of what was decided.
struct Desk {
    document: Document,
    queue: Queue,
    /// The label of each entry of the queue.
    labels: Vec<String>,
    /// The steps so far with what each has decided of which range; those that are undone stay behind `done`.
    steps: Vec<Option<(String, Decision)>>,
    done: usize,
    number: usize,
}

impl Desk {
    fn new() -> Self {
        let mut allowlist = Allowlist::default();
        let mut number = 0;
        for (category, group) in [(0, 0), (0, 1), (1, 0)] {
            let mut new = Group::new(Name::new(format!("g{group}")).unwrap());
            new.ranges = (0..6).map(|n| range(number + n)).collect();
            number += 6;
            allowlist.apply(Edit::InsertGroup(GroupAt { category, group }, new)).unwrap();
        }
        let mut document = Document::unread("allowlist.json", allowlist, today());
        let queue = Queue::new(&mut document);
        let mut desk = Self { document, queue, labels: Vec::new(), steps: Vec::new(), done: 0, number };
        desk.look();
        desk
    }

    fn label(&self, at: RangeAt) -> String {
        self.document.allowlist().range(at).unwrap().label.to_string()
    }

    /// Takes a new step; one that is refused is none.
    fn step(&mut self, edit: Edit, decided: Option<(String, Decision)>) {
        if self.document.perform(edit, "a step".to_owned()).is_ok() {
            self.steps.truncate(self.done);
            self.steps.push(decided);
            self.done += 1;
        }
        self.queue.follow(&self.document);
    }

    fn decide(&mut self, kind: usize) {
        let Some(at) = self.queue.current().and_then(|entry| entry.at) else { return };
        let (label, old) = (self.label(at), self.document.allowlist().range(at).unwrap().clone());
        let day: Date = "2027-05-22".parse().unwrap();
        let (decision, edit) = match kind {
            0 => (
                Decision::Confirmed(day),
                Edit::ReplaceRanges(vec![(at, Range { review_by: Some(day), ..old })]),
            ),
            1 => {
                (Decision::Disabled, Edit::ReplaceRanges(vec![(at, Range { enabled: !old.enabled, ..old })]))
            }
            _ => (Decision::Deleted, Edit::RemoveRanges(at.group, vec![at.range])),
        };
        self.queue.expect(Some(decision));
        self.step(edit, Some((label, decision)));
        self.queue.go_to_undecided();
    }

    fn somebody_else(&mut self, kind: usize, pick: usize) {
        let group = GroupAt { category: pick % 2, group: pick / 2 % 2 };
        let number = self.number;
        self.number += 2;
        let edit = match kind {
            0 => {
                Edit::InsertRanges(group, vec![(pick % 3, range(number)), (pick % 3 + 2, range(number + 1))])
            }
            1 => Edit::RemoveRanges(group, vec![pick % 3, pick % 3 + 2]),
            2 => Edit::InsertGroup(
                GroupAt { group: 0, ..group },
                Group::new(Name::new(format!("n{number}")).unwrap()),
            ),
            3 => Edit::RemoveGroup(group),
            5 => Edit::MoveRange(group, pick % 3, 2 - pick % 3),
            6 => Edit::MoveGroup(group, GroupAt { category: 1 - group.category, group: 0 }),
            _ => {
                let mut merged = self.document.allowlist().clone();
                let _ = merged.apply(Edit::RemoveRanges(group, vec![pick % 4]));
                let _ = merged.apply(Edit::InsertRanges(group, vec![(0, range(number))]));
                Edit::Become(Box::new(merged))
            }
        };
        self.step(edit, None);
    }

    fn act(&mut self, kind: usize, pick: usize) {
        match kind {
            0..3 => self.decide(kind),
            3 | 4 if self.document.undo().is_some() => self.done -= 1,
            5 | 6 if self.document.redo().is_some() => self.done += 1,
            7 => self.queue.go(if pick.is_multiple_of(2) { Motion::Down } else { Motion::PageUp }),
            8 => {
                self.queue.all = !self.queue.all;
                self.queue.fill(&self.document);
            }
            9..16 => self.somebody_else(kind - 9, pick),
            _ => {}
        }
        self.queue.follow(&self.document);
    }

    /// Notes the label of each new entry.
    fn look(&mut self) {
        for entry in &self.queue.entries[self.labels.len()..] {
            self.labels.push(entry.at.map(|at| self.label(at)).unwrap());
        }
    }

    fn is_right(&self) -> Result<(), TestCaseError> {
        let there: HashMap<String, RangeAt> =
            self.document.allowlist().ranges().map(|(at, .., range)| (range.label.to_string(), at)).collect();
        let decided: HashMap<&str, Decision> =
            self.steps[..self.done].iter().flatten().map(|(label, d)| (label.as_str(), *d)).collect();
        for (entry, label) in self.queue.entries.iter().zip(&self.labels) {
            prop_assert_eq!(entry.at, there.get(label).copied(), "the place of {}", label);
            prop_assert_eq!(entry.decision, decided.get(label.as_str()).copied(), "of {}", label);
        }
        let listed = || (0..self.queue.len()).filter_map(|position| self.queue.entry(position));
        prop_assert_eq!(listed().filter(|entry| entry.decision.is_some()).count(), self.queue.decided());
        prop_assert_eq!(
            self.queue.entries.iter().filter(|entry| entry.is_decided()).count(),
            self.queue.decided()
        );
        prop_assert!(listed().all(|entry| entry.at.is_some() || entry.decision == Some(Decision::Deleted)));
        Ok(())
    }
}

proptest! {
    #[test]
    fn an_entry_means_its_range_whatever_is_done_undone_and_redone(
        acts in proptest::collection::vec((0usize..16, 0usize..12), 1..60),
    ) {
        let mut desk = Desk::new();
        for (kind, pick) in acts {
            desk.act(kind, pick);
            desk.look();
            desk.is_right()?;
        }
        while desk.document.undo().is_some() {
            desk.queue.follow(&desk.document);
            desk.look();
        }
        desk.done = 0;
        desk.is_right()?;
        while desk.document.redo().is_some() {
            desk.queue.follow(&desk.document);
            desk.look();
        }
        desk.done = desk.steps.len();
        desk.is_right()?;
    }
}

#[test]
fn the_list_begins_with_what_was_decided_and_goes_on_with_what_is_due() {
    let mut desk = Desk::new();
    assert_eq!((desk.queue.len(), desk.queue.decided()), (12, 0));
    desk.decide(0);
    desk.decide(2);
    desk.queue.fill(&desk.document);
    assert_eq!((desk.queue.len(), desk.queue.decided()), (12, 2));
    assert_eq!(desk.queue.entry(1).unwrap().decision, Some(Decision::Deleted));
    assert_eq!(desk.queue.window.cursor, 2);
    desk.queue.all = true;
    desk.queue.fill(&desk.document);
    assert_eq!((desk.queue.len(), desk.queue.decided(), desk.queue.window.cursor), (18, 2, 2));
    assert_eq!(desk.queue.tally().words(), "confirmed 1, deleted 1");
}
