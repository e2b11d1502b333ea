//! The draft: what is unsaved in the editor, kept in the state directory as an allowlist file.

use super::{StorageError, read_bytes, replace, state};
use crate::allowlist::Allowlist;
use std::path::{Path, PathBuf};

/// The place of one allowlist file's draft.
#[derive(Debug, Clone)]
pub struct Draft {
    state: PathBuf,
    file: PathBuf,
}

impl Draft {
    /// The draft of an allowlist file. Nothing is written yet.
    pub fn of(state: &Path, allowlist: &Path) -> Result<Self, StorageError> {
        let file = state.join(FOLDER).join(format!("{}.json", state::key(allowlist)?));
        Ok(Self { state: state.to_path_buf(), file })
    }

    /// Replaces the draft. Short enough for a signal thread: one write, one rename.
    pub fn write(&self, allowlist_json: &[u8]) -> Result<(), StorageError> {
        state::folder(&self.state, [FOLDER, ""])?;
        state::write(&self.file, allowlist_json)
    }

    /// The draft that there is, if it can be read.
    pub fn read(&self) -> Option<Allowlist> {
        Allowlist::from_json(&read_bytes(&self.file).ok()?).ok()
    }

    /// When it was written: Unix time in seconds.
    pub fn written(&self) -> Option<i64> {
        let time = std::fs::metadata(&self.file).and_then(|file| file.modified()).ok()?;
        let since = time.duration_since(std::time::UNIX_EPOCH).ok()?;
        i64::try_from(since.as_secs()).ok()
    }

    /// Takes the draft away: its work is saved, or was given up.
    pub fn remove(&self) -> Result<(), StorageError> {
        if self.file.exists() { replace::remove(&self.file) } else { Ok(()) }
    }
}

const FOLDER: &str = "drafts";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_comes_back_and_goes() {
        let folder = tempfile::tempdir().unwrap();
        let draft = Draft::of(&folder.path().join("state"), &folder.path().join("a.json")).unwrap();
        assert!(draft.read().is_none());
        draft.remove().unwrap();
        draft.write(Allowlist::default().to_json().as_bytes()).unwrap();
        draft.write(Allowlist::default().to_json().as_bytes()).unwrap();
        assert_eq!(draft.read(), Some(Allowlist::default()));
        assert!(draft.written().is_some());
        draft.remove().unwrap();
        assert!(draft.read().is_none());
    }
}
