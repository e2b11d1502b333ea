//! What is edited: the allowlist with its history, what is on disk, and what follows from both.

use crate::allowlist::{Allowlist, Date, Edit, EditError, GroupAt, History, RangeAt};
use crate::policy::PolicyFile;
use crate::review::{Finding, Place, Review, Severity, review};
use crate::storage::{self, Draft, Paths, Save, Saved, StorageError};
use std::collections::HashMap;
use std::path::Path;

/// An allowlist that is being edited.
#[derive(Debug)]
pub struct Document {
    /// Where things are.
    pub paths: Paths,
    /// The day for which all is judged (UTC).
    pub today: Date,
    allowlist: Allowlist,
    history: History,
    /// The bytes of the file as they were last read or written; `None` where there is no file.
    base: Option<Vec<u8>>,
    on_disk: Vec<PolicyFile>,
    /// How many steps lead from what was opened to here, and where on that way the file stands; `None`
    /// where undo and redo do not lead there any more.
    steps: usize,
    saved_at: Option<usize>,
    revision: u64,
    review: Review,
    reviewed: u64,
    facts: Facts,
}

/// What every frame says of the review, derived once.
#[derive(Debug, Default)]
struct Facts {
    marks: HashMap<GroupAt, Severity>,
    counts: [usize; 3],
    admitted: String,
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
        Ok(Self::of(paths, today, allowlist, base, on_disk))
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
        let review = review(&allowlist, today, &on_disk);
        let facts = Facts::of(&review);
        Self {
            paths,
            today,
            allowlist,
            history: History::default(),
            base,
            on_disk,
            steps: 0,
            saved_at: Some(0),
            revision: 1,
            review,
            reviewed: 1,
            facts,
        }
    }

    /// Starts from an allowlist that is in no file yet.
    pub fn start_with(&mut self, allowlist: Allowlist) {
        self.on_disk = storage::policy_files(&self.paths.allowlist, &allowlist);
        self.saved_at = (allowlist == Allowlist::default()).then_some(0);
        self.allowlist = allowlist;
        self.history = History::default();
        self.steps = 0;
        self.revision += 1;
        self.refresh();
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

    /// Reads the file again; what was not saved is lost, and so is the history.
    pub fn reload(&mut self) -> Result<(), StorageError> {
        let revision = self.revision;
        *self = Self::open(self.paths.clone(), self.today)?;
        (self.revision, self.reviewed) = (revision + 1, revision + 1);
        Ok(())
    }

    /// The allowlist as it is now.
    pub fn allowlist(&self) -> &Allowlist {
        &self.allowlist
    }

    /// What follows from the allowlist, as of the last [`Self::refresh`].
    pub fn review(&self) -> &Review {
        &self.review
    }

    /// A number that is another after each change.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether the file says something else.
    pub fn is_unsaved(&self) -> bool {
        self.saved_at != Some(self.steps)
    }

    /// Whether there is a file.
    pub fn is_on_disk(&self) -> bool {
        self.base.is_some()
    }

    /// The bytes of the allowlist's file as last read or written.
    pub fn base(&self) -> Option<&[u8]> {
        self.base.as_deref()
    }

    /// The policy's files as last read or written.
    pub fn on_disk(&self) -> &[PolicyFile] {
        &self.on_disk
    }

    /// The worst finding of a group's ranges and of itself.
    pub fn group_mark(&self, at: GroupAt) -> Option<Severity> {
        self.facts.marks.get(&at).copied()
    }

    /// How many findings of a severity there are.
    pub fn count(&self, severity: Severity) -> usize {
        self.facts.counts[severity as usize]
    }

    /// How many addresses are admitted, in words.
    pub fn admitted_words(&self) -> &str {
        &self.facts.admitted
    }

    /// The worst finding of a range.
    pub fn range_finding(&self, at: RangeAt) -> Option<&Finding> {
        let worst = self.review.worst(at)?;
        let place = Some(Place::Range(at));
        // The review's order: the worst first, then by place.
        let before = |finding: &Finding| (finding.severity(), finding.place) < (worst, place);
        let from = self.review.findings.partition_point(before);
        self.review.findings.get(from).filter(|finding| finding.place == place)
    }

    /// Derives everything anew where the allowlist has changed since.
    pub fn refresh(&mut self) {
        if self.reviewed != self.revision {
            self.review = review(&self.allowlist, self.today, &self.on_disk);
            self.facts = Facts::of(&self.review);
            self.reviewed = self.revision;
        }
    }

    /// Applies an edit as one step, with words of its own.
    pub fn perform(&mut self, edit: Edit, words: String) -> Result<(), EditError> {
        self.history.perform_as(&mut self.allowlist, edit, words)?;
        if self.saved_at.is_some_and(|saved| saved > self.steps) {
            self.saved_at = None;
        }
        self.steps += 1;
        self.revision += 1;
        Ok(())
    }

    /// Takes back the last step and says which.
    pub fn undo(&mut self) -> Option<String> {
        let words = self.history.undo(&mut self.allowlist)?;
        self.steps -= 1;
        self.revision += 1;
        Some(words)
    }

    /// Does again what was taken back last and says what.
    pub fn redo(&mut self) -> Option<String> {
        let words = self.history.redo(&mut self.allowlist)?;
        self.steps += 1;
        self.revision += 1;
        Some(words)
    }

    /// What [`Self::undo`] would take back.
    pub fn next_undo(&self) -> Option<&str> {
        self.history.next_undo()
    }

    /// What [`Self::redo`] would do again.
    pub fn next_redo(&self) -> Option<&str> {
        self.history.next_redo()
    }

    /// Saves the allowlist and the policy. `overwrite`: also where the file has changed since it was read;
    /// `force`: also over files that are not keymoat's.
    pub fn save(&mut self, overwrite: bool, force: bool) -> Result<Saved, StorageError> {
        let current;
        let base = if overwrite {
            current = std::fs::read(&self.paths.allowlist).ok();
            current.as_deref()
        } else {
            self.base.as_deref()
        };
        let path = &self.paths.allowlist;
        let state = Some(self.paths.state.as_path());
        let save =
            Save { path, allowlist: &self.allowlist, base, today: self.today, force, dry_run: false, state };
        let saved = storage::save(&save)?;
        self.base = Some(saved.content.clone());
        self.saved_at = Some(self.steps);
        self.on_disk = storage::policy_files(path, &self.allowlist);
        // Findings speak of the policy on disk too.
        self.revision += 1;
        Ok(saved)
    }

    /// Saves a copy of the allowlist and its policy at another place.
    pub fn save_copy(&self, path: &Path) -> Result<Saved, StorageError> {
        let save = Save {
            path,
            allowlist: &self.allowlist,
            base: None,
            today: self.today,
            force: false,
            dry_run: false,
            state: None,
        };
        storage::save(&save)
    }
}

impl Facts {
    fn of(review: &Review) -> Self {
        let mut facts = Self { admitted: review.admitted.count_words(), ..Self::default() };
        for finding in &review.findings {
            facts.counts[finding.severity() as usize] += 1;
            let at = match finding.place {
                Some(Place::Group(at)) => at,
                Some(Place::Range(at)) => at.group,
                Some(Place::Setting(_)) | None => continue,
            };
            let mark = facts.marks.entry(at).or_insert(finding.severity());
            *mark = finding.severity().min(*mark);
        }
        facts
    }
}
