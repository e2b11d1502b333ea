//! What is edited: the allowlist with its history, what is on disk, and what follows from both.

mod saving;

use super::journal::{Journal, Moved, Way};
use super::reviewer::{Facts, Request, Reviewed};
use crate::allowlist::{Allowlist, Date, Edit, EditError, GroupAt, History, RangeAt};
use crate::policy::PolicyFile;
use crate::review::{Review, Severity, review};
use crate::storage::{self, Draft, Opened, Paths, StorageError};
pub use saving::Standing;
use saving::Stored;
use std::sync::Arc;
use std::sync::mpsc::Sender;

/// Up to how many ranges the review is not worth a thread.
const REVIEWED_AT_ONCE: usize = 500;

/// An allowlist that is being edited.
#[derive(Debug)]
pub struct Document {
    /// Where things are.
    pub paths: Paths,
    /// The day for which all is judged (UTC).
    pub today: Date,
    /// Shared with who reviews it and who keeps it as a draft; while they have it, an edit copies what it touches.
    allowlist: Arc<Allowlist>,
    history: History,
    stored: Stored,
    on_disk: Arc<Vec<PolicyFile>>,
    /// How many steps lead from what was opened to here, and where on that way the file stands; `None`
    /// where undo and redo do not lead there any more.
    steps: usize,
    saved_at: Option<usize>,
    revision: u64,
    review: Review,
    /// The revision that `review` is of; 0: of none.
    reviewed: u64,
    /// The revision for which a review was asked for last.
    asked: u64,
    /// Whether the review has taken so long that it is said.
    slow: bool,
    facts: Facts,
    /// Who reviews large allowlists; `None`: they are reviewed here.
    aside: Option<Sender<Request>>,
    journal: Journal,
}

impl Document {
    /// Opens the file, or starts with an empty allowlist where there is none.
    pub fn open(paths: Paths, today: Date) -> Result<Self, StorageError> {
        let (allowlist, base) = match storage::open(&paths.allowlist) {
            Ok(opened) => (opened.allowlist, Some(opened.content)),
            Err(StorageError::Missing { .. }) => (Allowlist::default(), None),
            Err(error) => return Err(error),
        };
        let on_disk = storage::policy_files(&paths.allowlist, &allowlist);
        let mut document = Self::of(paths, today, allowlist, base, on_disk);
        if document.size().1 <= REVIEWED_AT_ONCE {
            document.refresh();
        }
        Ok(document)
    }

    /// A document as if it had been read from a file of this name, for pictures.
    pub fn unread(name: &str, allowlist: Allowlist, today: Date) -> Self {
        let path = std::path::PathBuf::from(name);
        let content = allowlist.to_json().into_bytes();
        let none = std::path::PathBuf::new();
        let paths = Paths { allowlist: path, config: none.clone(), state: none.clone(), log: none };
        Self::of(paths, today, allowlist, Some(content), Vec::new())
    }

    fn of(
        paths: Paths,
        today: Date,
        allowlist: Allowlist,
        base: Option<Vec<u8>>,
        on_disk: Vec<PolicyFile>,
    ) -> Self {
        // Stands there until the first review.
        let review = review(&Allowlist::default(), today, &[]);
        Self {
            paths,
            today,
            allowlist: Arc::new(allowlist),
            history: History::default(),
            stored: Stored::new(base),
            on_disk: Arc::new(on_disk),
            steps: 0,
            saved_at: Some(0),
            revision: 1,
            review,
            reviewed: 0,
            asked: 0,
            slow: false,
            facts: Facts::default(),
            aside: None,
            journal: Journal::default(),
        }
    }

    /// From now on large allowlists are reviewed by who gets the requests; [`Self::take`] takes what it did.
    pub fn review_aside(&mut self, ask: Sender<Request>) {
        self.aside = Some(ask);
    }

    /// Starts from an allowlist that is in no file yet.
    pub fn start_with(&mut self, allowlist: Allowlist) {
        self.on_disk = Arc::new(storage::policy_files(&self.paths.allowlist, &allowlist));
        self.stored.forget();
        self.saved_at = (allowlist == Allowlist::default()).then_some(0);
        self.allowlist = Arc::new(allowlist);
        self.history = History::default();
        self.journal.stop();
        self.steps = 0;
        self.revision += 1;
    }

    /// Goes on with a draft of earlier work, which is not saved yet.
    pub fn restore(&mut self, draft: Allowlist) {
        self.start_with(draft);
        self.saved_at = None;
    }

    /// Where the draft of unsaved work is kept.
    pub fn draft(&self) -> Option<Draft> {
        Draft::of(&self.paths.state, &self.paths.allowlist).ok()
    }

    /// Goes over to what stands on disk, as one step that can be undone.
    pub fn adopt(&mut self, found: Opened) -> Result<(), EditError> {
        if found.allowlist != *self.allowlist {
            let words = "take what somebody else has saved".to_owned();
            self.perform(Edit::Become(Box::new(found.allowlist)), words)?;
        }
        self.stored = Stored::new(Some(found.content));
        self.saved_at = Some(self.steps);
        self.read_policy();
        Ok(())
    }

    /// Takes what was merged from here and from what stands on disk, as one step that can be undone. It is not
    /// saved yet.
    pub fn merge(&mut self, merged: Allowlist, found: Opened) -> Result<(), EditError> {
        if merged != *self.allowlist {
            let words = "merge what somebody else has saved".to_owned();
            self.perform(Edit::Become(Box::new(merged)), words)?;
        }
        self.stored = Stored::new(Some(found.content));
        self.saved_at = None;
        Ok(())
    }

    /// Looks again which policy stands on disk. True where it is another.
    pub fn read_policy(&mut self) -> bool {
        let on_disk = storage::policy_files(&self.paths.allowlist, &self.allowlist);
        let changed = on_disk != *self.on_disk;
        if changed {
            self.on_disk = Arc::new(on_disk);
            self.stored.forget();
            // Findings speak of it.
            self.revision += 1;
        }
        changed
    }

    /// The allowlist as it is now.
    pub fn allowlist(&self) -> &Allowlist {
        &self.allowlist
    }

    /// The same, to be kept.
    pub fn snapshot(&self) -> Arc<Allowlist> {
        Arc::clone(&self.allowlist)
    }

    /// How many groups and ranges there are.
    pub fn size(&self) -> (usize, usize) {
        let groups = || self.allowlist.categories().iter().flat_map(|category| &category.groups);
        (groups().count(), groups().map(|group| group.ranges.len()).sum())
    }

    /// What follows from the allowlist as it was at the last review. Its places are those of now only where
    /// [`Self::is_reviewed`].
    pub fn review(&self) -> &Review {
        &self.review
    }

    /// A number that is another after each change.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The policy's files as last read or written.
    pub fn on_disk(&self) -> &[PolicyFile] {
        &self.on_disk
    }

    /// Whether the review is of the allowlist as it is now.
    pub fn is_reviewed(&self) -> bool {
        self.reviewed == self.revision
    }

    /// Whether it is to be said that the review is not of now: there was none before, or it takes long.
    pub fn says_checking(&self) -> bool {
        !self.is_reviewed() && (self.reviewed == 0 || self.slow)
    }

    /// The review takes long.
    pub fn say_checking(&mut self) {
        self.slow = true;
    }

    /// The worst finding of a group's ranges and of itself, where that is known.
    pub fn group_mark(&self, at: GroupAt) -> Option<Severity> {
        self.facts.marks.get(&at).copied().filter(|_| self.is_reviewed())
    }

    /// The worst that is found of a range, where that is known.
    pub fn range_mark(&self, at: RangeAt) -> Option<Severity> {
        self.review.worst(at).filter(|_| self.is_reviewed())
    }

    /// How many findings of a severity there are.
    pub fn count(&self, severity: Severity) -> usize {
        self.facts.counts[severity as usize]
    }

    /// How many addresses are admitted, in words.
    pub fn admitted_words(&self) -> &str {
        &self.facts.admitted
    }

    /// How many ranges were due for review at the last review of the allowlist.
    pub fn due(&self) -> usize {
        self.facts.due
    }

    /// Derives everything anew where the allowlist has changed since, or asks for it. True where something
    /// was to be done.
    pub fn refresh(&mut self) -> bool {
        if self.asked == self.revision {
            return false;
        }
        self.asked = self.revision;
        self.slow = false;
        let request = self.request();
        let here = match &self.aside {
            Some(ask) if self.size().1 > REVIEWED_AT_ONCE => ask.send(request).err().map(|error| error.0),
            _ => Some(request),
        };
        if let Some(request) = here {
            self.take(request.review());
        }
        true
    }

    /// Takes a review, unless there is a newer one.
    pub fn take(&mut self, reviewed: Reviewed) {
        if reviewed.revision > self.reviewed {
            self.reviewed = reviewed.revision;
            self.review = reviewed.review;
            self.facts = reviewed.facts;
            self.stored.take(reviewed.stored);
        }
    }

    /// Applies an edit as one step, with words of its own.
    pub fn perform(&mut self, edit: Edit, words: String) -> Result<(), EditError> {
        let moves = self.journal.look(Some(&edit), &self.allowlist);
        self.history.perform_as(Arc::make_mut(&mut self.allowlist), edit, words)?;
        self.journal.keep(self.steps, Way::Done, moves);
        if self.saved_at.is_some_and(|saved| saved > self.steps) {
            self.saved_at = None;
        }
        self.steps += 1;
        self.revision += 1;
        Ok(())
    }

    /// Takes back the last step and says which.
    pub fn undo(&mut self) -> Option<String> {
        let moves = self.journal.look(self.history.undo_edit(), &self.allowlist);
        let words = self.history.undo(Arc::make_mut(&mut self.allowlist))?;
        self.steps -= 1;
        self.journal.keep(self.steps, Way::Undone, moves);
        self.revision += 1;
        Some(words)
    }

    /// Does again what was taken back last and says what.
    pub fn redo(&mut self) -> Option<String> {
        let moves = self.journal.look(self.history.redo_edit(), &self.allowlist);
        let words = self.history.redo(Arc::make_mut(&mut self.allowlist))?;
        self.journal.keep(self.steps, Way::Again, moves);
        self.steps += 1;
        self.revision += 1;
        Some(words)
    }

    /// From now on [`Self::moved`] tells what moves.
    pub fn follow(&mut self) {
        self.journal.start();
    }

    /// The steps since [`Self::follow`]; `None` where none are kept, or another allowlist was begun with.
    pub fn moved(&self) -> Option<&[Moved]> {
        self.journal.steps()
    }

    /// From now on the places of these ranges are followed, for whom this name stands.
    pub fn follow_places(&mut self, whose: &'static str, places: Vec<RangeAt>) {
        self.journal.follow(whose, places);
    }

    /// Where the ranges stand that are followed for somebody, while all of them are there.
    pub fn places_of(&self, whose: &str) -> Option<&Vec<RangeAt>> {
        self.journal.places(whose)
    }

    /// How many steps have been done since the file was saved, below 0 where they were undone; `None` where
    /// undo and redo do not lead to what the file says.
    pub fn steps_since_saved(&self) -> Option<isize> {
        self.saved_at.map(|saved| self.steps.wrapping_sub(saved).cast_signed())
    }

    /// The edit that takes back the last step: what was there before is in it.
    pub fn inverse(&self) -> Option<&Edit> {
        self.history.undo_edit()
    }

    /// The edit that does again what was taken back last.
    pub fn forward(&self) -> Option<&Edit> {
        self.history.redo_edit()
    }

    /// What [`Self::undo`] would take back.
    pub fn next_undo(&self) -> Option<&str> {
        self.history.next_undo()
    }

    /// What [`Self::redo`] would do again.
    pub fn next_redo(&self) -> Option<&str> {
        self.history.next_redo()
    }
}
