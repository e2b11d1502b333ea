//! What every command needs: where things are, what day it is, whether to paint.

use super::error::CommandError;
use super::paint::Paint;
use crate::allowlist::{Allowlist, Date};
use crate::policy::PolicyFile;
use crate::review::{Review, review};
use crate::storage::{self, Opened, Paths};
use std::path::Path;

/// Where things are, what day it is, and whether to paint.
#[derive(Debug)]
pub struct Context {
    /// Where files are.
    pub paths: Paths,
    /// The UTC day.
    pub today: Date,
    /// For standard output.
    pub paint: Paint,
}

impl Context {
    /// From `-f` and the environment.
    pub fn new(file: Option<&Path>) -> Result<Self, CommandError> {
        Ok(Self { paths: storage::paths(file)?, today: storage::today()?, paint: Paint::for_stdout() })
    }

    /// The allowlist as it is on disk.
    pub fn load(&self) -> Result<Opened, CommandError> {
        Ok(storage::open(&self.paths.allowlist)?)
    }

    /// The policy files beside the allowlist.
    pub fn policy_files(&self, allowlist: &Allowlist) -> Vec<PolicyFile> {
        storage::policy_files(&self.paths.allowlist, allowlist)
    }

    /// Everything that follows from an allowlist here and today.
    pub fn review(&self, allowlist: &Allowlist) -> Review {
        review(allowlist, self.today, &self.policy_files(allowlist))
    }
}
