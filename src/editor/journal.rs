//! What has moved since somebody began to follow places: one entry a step, done, undone or done again.

use crate::allowlist::{Allowlist, Edit, Moves, RangeAt};
use std::collections::HashMap;

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

/// The steps since somebody began to follow them, in the order in which they were taken, and the places of
/// ranges that are followed.
#[derive(Debug, Default)]
pub struct Journal {
    steps: Option<Vec<Moved>>,
    places: HashMap<&'static str, Vec<RangeAt>>,
}

impl Journal {
    /// From now on steps are kept.
    pub fn start(&mut self) {
        self.steps.get_or_insert_default();
    }

    /// No steps lead from what there was to what there is now: whoever followed starts anew.
    pub fn stop(&mut self) {
        *self = Self::default();
    }

    /// The steps; `None` where they are not kept.
    pub fn steps(&self) -> Option<&[Moved]> {
        self.steps.as_deref()
    }

    /// From now on these places are followed, for whom this name stands.
    pub fn follow(&mut self, whose: &'static str, places: Vec<RangeAt>) {
        self.places.insert(whose, places);
    }

    /// Where those ranges stand now; `None` where one of them has gone.
    pub fn places(&self, whose: &str) -> Option<&Vec<RangeAt>> {
        self.places.get(whose)
    }

    /// What an edit that is about to be applied will move, where that is of interest.
    pub fn look(&self, edit: Option<&Edit>, before: &Allowlist) -> Option<Moves> {
        let is_followed = self.steps.is_some() || !self.places.is_empty();
        edit.filter(|_| is_followed).map(|edit| edit.moves(before))
    }

    /// Keeps a step that has been taken.
    pub fn keep(&mut self, step: usize, way: Way, moves: Option<Moves>) {
        let Some(moves) = moves else { return };
        if !moves.keeps_places() {
            self.places.retain(|_, places| {
                let new: Option<Vec<_>> = places.iter().map(|at| moves.follow(*at)).collect();
                new.map(|new| *places = new).is_some()
            });
        }
        if let Some(steps) = &mut self.steps {
            steps.push(Moved { step, way, moves });
        }
    }
}
