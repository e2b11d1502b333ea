//! What stands on disk, and how that differs from what is edited.

use super::Document;
use crate::allowlist::Allowlist;
use crate::editor::reviewer::Request;
use crate::review::Review;
use crate::storage::{self, Save, Saved, StorageError};
use std::path::Path;
use std::sync::Arc;

/// What is known of the files.
#[derive(Debug, Default)]
pub(super) struct Stored {
    /// The bytes of the file as they were last read or written; `None` where there is no file.
    base: Option<Arc<Vec<u8>>>,
    /// Whether what was reviewed last says the same.
    is_same: bool,
    /// Whether the policy on disk was that of the allowlist when that was saved or read.
    in_step: bool,
}

/// How a review stands to the files.
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    /// Whether the allowlist's file says the same.
    is_same: bool,
    /// Whether the policy on disk is that of the allowlist, where that is what was saved or read.
    in_step: Option<bool>,
}

impl Standing {
    /// That of a review.
    pub fn of(request: &Request, review: &Review) -> Self {
        let Request { allowlist, base, is_saved, .. } = request;
        let stale = || review.findings.iter().any(|finding| finding.problem.code == "policy-stale");
        Self {
            is_same: base.as_ref().is_some_and(|base| allowlist.is_written_as(base)),
            in_step: is_saved.then(|| !stale()),
        }
    }
}

impl Stored {
    /// With the bytes of the allowlist's file.
    pub fn new(base: Option<Vec<u8>>) -> Self {
        Self { base: base.map(Arc::new), ..Self::default() }
    }

    /// Another allowlist or another policy is there than the one that was reviewed.
    pub fn forget(&mut self) {
        (self.is_same, self.in_step) = (false, false);
    }

    pub fn take(&mut self, standing: Standing) {
        self.is_same = standing.is_same;
        self.in_step = standing.in_step.unwrap_or(self.in_step);
    }
}

impl Document {
    /// Whether the file says something else: steps lead away from what was saved, and the review has not
    /// found that they come to the same.
    pub fn is_unsaved(&self) -> bool {
        self.is_ahead() && !(self.is_reviewed() && self.stored.is_same)
    }

    /// Whether the policy on disk does not say what was saved or read.
    pub fn is_policy_old(&self) -> bool {
        self.is_reviewed() && !self.is_ahead() && !self.stored.in_step
    }

    fn is_ahead(&self) -> bool {
        self.saved_at != Some(self.steps)
    }

    /// Whether there is a file.
    pub fn is_on_disk(&self) -> bool {
        self.stored.base.is_some()
    }

    /// The bytes of the allowlist's file as last read or written.
    pub fn base(&self) -> Option<&[u8]> {
        self.stored.base.as_ref().map(|base| base.as_slice())
    }

    /// What is to be reviewed now.
    pub(super) fn request(&self) -> Request {
        let is_saved = !self.is_ahead();
        // A policy that was right when it was saved is not old or edited by others: what is here is unsaved.
        let on_disk =
            if self.stored.in_step && !is_saved { Arc::default() } else { Arc::clone(&self.on_disk) };
        let base = self.stored.base.clone().filter(|_| !is_saved);
        Request {
            revision: self.revision,
            allowlist: self.snapshot(),
            today: self.today,
            on_disk,
            base,
            is_saved,
        }
    }

    /// Saves the allowlist and the policy. `overwrite`: also where the file has changed since it was read;
    /// `force`: also over files that are not keymoat's.
    pub fn save(&mut self, overwrite: bool, force: bool) -> Result<Saved, StorageError> {
        let current;
        let base = if overwrite {
            current = storage::read_bytes(&self.paths.allowlist).ok();
            current.as_deref()
        } else {
            self.base()
        };
        let path = &self.paths.allowlist;
        let state = Some(self.paths.state.as_path());
        let save =
            Save { path, allowlist: &self.allowlist, base, today: self.today, force, dry_run: false, state };
        let saved = storage::save(&save)?;
        self.stored = Stored::new(Some(saved.content.clone()));
        self.saved_at = Some(self.steps);
        self.on_disk = Arc::new(storage::policy_files(path, &self.allowlist));
        // Findings speak of the policy on disk too.
        self.revision += 1;
        Ok(saved)
    }

    /// Saves a copy of the allowlist and its policy at another place.
    pub fn save_copy(&self, path: &Path) -> Result<Saved, StorageError> {
        let allowlist: &Allowlist = &self.allowlist;
        let (today, force, dry_run) = (self.today, false, false);
        storage::save(&Save { path, allowlist, base: None, today, force, dry_run, state: None })
    }
}
