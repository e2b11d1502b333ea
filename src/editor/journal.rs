//! What has moved since somebody began to follow places: one entry a step, done, undone or done again.

use crate::allowlist::{Allowlist, Edit, Moves};

/// Which way a step was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It is new; what had been undone can be redone no more.
    Done,
    /// It was taken back.
    Undone,
    /// It was done again.
    Again,
}

/// One step that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// How many steps lead from what was opened to before it. That number is the step's own until another
    /// is done in its place.
    pub step: usize,
    /// Which way it was taken.
    pub way: Way,
    /// What that has moved.
    pub moves: Moves,
}

/// The steps since somebody began to follow them, in the order in which they were taken.
#[derive(Debug, Default)]
pub struct Journal(Option<Vec<Moved>>);

impl Journal {
    /// From now on steps are kept.
    pub fn start(&mut self) {
        self.0.get_or_insert_default();
    }

    /// No steps lead from what there was to what there is now: whoever followed starts anew.
    pub fn stop(&mut self) {
        self.0 = None;
    }

    /// The steps; `None` where they are not kept.
    pub fn steps(&self) -> Option<&[Moved]> {
        self.0.as_deref()
    }

    /// What an edit that is about to be applied will move, where that is of interest.
    pub fn look(&self, edit: Option<&Edit>, before: &Allowlist) -> Option<Moves> {
        self.0.as_ref().and(edit).map(|edit| edit.moves(before))
    }

    /// Keeps a step that has been taken.
    pub fn keep(&mut self, step: usize, way: Way, moves: Option<Moves>) {
        if let (Some(steps), Some(moves)) = (&mut self.0, moves) {
            steps.push(Moved { step, way, moves });
        }
    }
}
