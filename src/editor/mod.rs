//! The terminal editor: the only room that knows ratatui.

use crate::allowlist::Date;
use crate::storage::Paths;

/// Why the editor ended without being asked to.
#[derive(Debug, thiserror::Error)]
pub enum EditorError {
    /// There is none.
    #[error("the editor is not there yet: use the commands, `keymoat help` lists them")]
    Missing,
}

/// Edits the allowlist in the terminal until the user quits.
pub fn run(_paths: &Paths, _today: Date) -> Result<(), EditorError> {
    Err(EditorError::Missing)
}
