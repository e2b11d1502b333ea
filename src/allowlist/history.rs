//! Undo and redo: the inverses of what was done, with words.

use super::{Allowlist, Edit, EditError};

/// What was done and undone since the allowlist was loaded. Saving does not touch it.
#[derive(Debug, Default)]
pub struct History {
    done: Vec<(String, Edit)>,
    undone: Vec<(String, Edit)>,
}

impl History {
    /// Applies an edit as one step; what was undone before is forgotten.
    pub fn perform(&mut self, allowlist: &mut Allowlist, edit: Edit) -> Result<(), EditError> {
        let words = edit.words();
        self.perform_as(allowlist, edit, words)
    }

    /// The same with words of the caller's: `delete 3 ranges`.
    pub fn perform_as(
        &mut self,
        allowlist: &mut Allowlist,
        edit: Edit,
        words: String,
    ) -> Result<(), EditError> {
        let inverse = allowlist.apply(edit)?;
        self.done.push((words, inverse));
        self.undone.clear();
        Ok(())
    }

    /// Takes back the last step and says which; `None` where there is none.
    pub fn undo(&mut self, allowlist: &mut Allowlist) -> Option<String> {
        step(&mut self.done, &mut self.undone, allowlist)
    }

    /// Does again what was taken back last and says what; `None` where there is none.
    pub fn redo(&mut self, allowlist: &mut Allowlist) -> Option<String> {
        step(&mut self.undone, &mut self.done, allowlist)
    }

    /// The edit that [`Self::undo`] would apply.
    pub fn undo_edit(&self) -> Option<&Edit> {
        self.done.last().map(|(_, edit)| edit)
    }

    /// The edit that [`Self::redo`] would apply.
    pub fn redo_edit(&self) -> Option<&Edit> {
        self.undone.last().map(|(_, edit)| edit)
    }

    /// What [`Self::undo`] would take back.
    pub fn next_undo(&self) -> Option<&str> {
        self.done.last().map(|(words, _)| words.as_str())
    }

    /// What [`Self::redo`] would do again.
    pub fn next_redo(&self) -> Option<&str> {
        self.undone.last().map(|(words, _)| words.as_str())
    }
}

fn step(
    from: &mut Vec<(String, Edit)>,
    to: &mut Vec<(String, Edit)>,
    allowlist: &mut Allowlist,
) -> Option<String> {
    let (words, edit) = from.pop()?;
    // The inverse of the last step applied to what that step left: it always applies.
    let inverse = allowlist.apply(edit).ok()?;
    to.push((words.clone(), inverse));
    Some(words)
}
