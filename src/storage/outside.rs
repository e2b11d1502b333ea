//! A text that another program edits: a file of the state directory, which stays until its text is taken.

use super::{StorageError, read_bytes, replace, state};
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The file in which a text is edited outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideFile {
    state: PathBuf,
    file: PathBuf,
}

impl OutsideFile {
    /// The file for the text of an allowlist, or of one entry of it that has this name. Nothing is written
    /// yet.
    pub fn of(state: &Path, allowlist: &Path, entry: Option<&str>) -> Result<Self, StorageError> {
        let mut name = state::key(allowlist)?;
        if let Some(entry) = entry {
            name.push_str(&format!("-{:016x}", state::fnv1a(entry.as_bytes())));
        }
        // The name's end tells the other program which language it is.
        let file = state.join(FOLDER).join(format!("{name}.json"));
        Ok(Self { state: state.to_path_buf(), file })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.file
    }

    /// Whether a text is kept there.
    pub fn exists(&self) -> bool {
        self.file.exists()
    }

    /// Writes the text, for its owner alone.
    pub fn write(&self, text: &[u8]) -> Result<(), StorageError> {
        state::folder(&self.state, [FOLDER, ""])?;
        // Not in the place of a file whose mode it would take over.
        self.remove()?;
        state::write(&self.file, text)
    }

    /// The text as it stands there.
    pub fn read(&self) -> Result<Vec<u8>, StorageError> {
        read_bytes(&self.file)
    }

    /// Takes it away: its text has been taken.
    pub fn remove(&self) -> Result<(), StorageError> {
        if self.exists() { replace::remove(&self.file) } else { Ok(()) }
    }
}

const FOLDER: &str = "outside";

/// The command of the user's editor: `VISUAL`, else `EDITOR`, else `vi` where there is one.
pub fn external_editor() -> Option<OsString> {
    let named = ["VISUAL", "EDITOR"].into_iter().filter_map(env::var_os).find(|name| !name.is_empty());
    let is_there = |folder: PathBuf| folder.join("vi").is_file();
    let has_vi = || env::var_os("PATH").is_some_and(|path| env::split_paths(&path).any(is_there));
    named.or_else(|| has_vi().then(|| OsString::from("vi")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_its_owner_s_alone_and_each_has_a_file_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let (state, allowlist) = (folder.path().join("state"), folder.path().join("a.json"));
        let of = |entry| OutsideFile::of(&state, &allowlist, entry).unwrap();
        let (whole, one, other) = (of(None), of(Some("one")), of(Some("other")));
        assert!(!whole.exists());
        whole.write(b"whole").unwrap();
        one.write(b"one").unwrap();
        assert!(!other.exists());
        assert_eq!((whole.read().unwrap(), one.read().unwrap()), (b"whole".to_vec(), b"one".to_vec()));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(whole.path()), mode(whole.path().parent().unwrap())), (0o600, 0o700));
            std::fs::set_permissions(whole.path(), std::fs::Permissions::from_mode(0o644)).unwrap();
            whole.write(b"again").unwrap();
            assert_eq!(mode(whole.path()), 0o600);
        }
        whole.remove().unwrap();
        assert!(!whole.exists() && one.exists());
    }
}
