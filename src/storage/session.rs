//! What the editor remembers of one allowlist file until it is opened again: where one was, by names, and how
//! the screen was divided. Kept in the state directory; a file that says anything else counts as none.

use super::{StorageError, read_bytes, state};
use crate::json::{self, Object};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};

/// What is remembered. Its names are those of an earlier day, and may be nobody's by now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Session {
    /// The selected category.
    pub category: Option<CategoryName>,
    /// The selected group in it.
    pub group: Option<String>,
    /// The selected range: its group's name and its CIDR.
    pub range: Option<(String, String)>,
    /// The position of that range in the table, from 0.
    pub row: Option<usize>,
    /// The categories that are closed.
    pub closed: Vec<CategoryName>,
    /// The widths of the panes: of the left and the right one of three, of the left one of two. In parts of
    /// 10,000 of the width; none: as the width suggests.
    pub sizes: [Option<u16>; 3],
    /// The preview.
    pub preview: String,
}

/// A category by its kind and its name; kinds are spelt as in the allowlist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CategoryName {
    /// Its kind.
    pub kind: String,
    /// Its name.
    pub name: String,
}

/// More than this nobody needs, and no file is believed that has it.
const MOST_BYTES: u64 = 64 << 10;
const FOLDER: &str = "sessions";

impl Session {
    /// What is remembered of an allowlist file, if anything is.
    pub fn read(state: &Path, allowlist: &Path) -> Option<Self> {
        let file = file(state, allowlist).ok()?;
        if fs::metadata(&file).ok()?.len() > MOST_BYTES {
            return None;
        }
        json::read::<Object<Self>>(&read_bytes(&file).ok()?).ok().map(|session| session.0)
    }

    /// Remembers it. What would be too long to be read again is not written.
    pub fn write(&self, state: &Path, allowlist: &Path) -> Result<(), StorageError> {
        // Strings and numbers are always JSON.
        let text = serde_json::to_string(self).unwrap_or_default();
        if text.is_empty() || text.len() as u64 > MOST_BYTES {
            return Ok(());
        }
        state::folder(state, [FOLDER, ""])?;
        state::write(&file(state, allowlist)?, text.as_bytes())
    }
}

fn file(state: &Path, allowlist: &Path) -> Result<PathBuf, StorageError> {
    Ok(state.join(FOLDER).join(format!("{}.json", state::key(allowlist)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_comes_back_for_its_own_file_alone() {
        let folder = tempfile::tempdir().unwrap();
        let (state, one, other) =
            (folder.path().join("state"), folder.path().join("a.json"), folder.path().join("b.json"));
        assert_eq!(Session::read(&state, &one), None);
        let category = Some(CategoryName { kind: "custom".to_owned(), name: "東京 \"1\"".to_owned() });
        let session =
            Session { category, sizes: [Some(1), None, Some(2)], row: Some(7), ..Session::default() };
        session.write(&state, &one).unwrap();
        session.write(&state, &one).unwrap();
        assert_eq!((Session::read(&state, &one), Session::read(&state, &other)), (Some(session), None));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&file(&state, &one).unwrap()), mode(&state.join(FOLDER))), (0o600, 0o700));
        }
    }

    #[test]
    fn what_is_not_a_session_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let (state, path) = (folder.path(), folder.path().join("a.json"));
        fs::create_dir(state.join(FOLDER)).unwrap();
        let file = file(state, &path).unwrap();
        let long = format!("{{\"group\": \"{}\"}}", "a".repeat(MOST_BYTES as usize));
        let wide = r#"{"sizes": [70000, null, null]}"#;
        for bad in [
            "",
            "[]",
            "{\"a\": 1}",
            "{\"row\": -1}",
            wide,
            "{\"preview\": 1}",
            "{\"group\": \"\u{0}\"}",
            &long,
        ] {
            fs::write(&file, bad).unwrap();
            assert_eq!(Session::read(state, &path), None, "{bad:.40}");
        }
        fs::write(&file, "{}").unwrap();
        assert_eq!(Session::read(state, &path), Some(Session::default()));
        fs::remove_file(&file).unwrap();
        fs::create_dir(&file).unwrap();
        assert_eq!(Session::read(state, &path), None);
        assert!(Session::default().write(state, &path).is_err());
    }

    #[test]
    fn what_is_too_long_is_not_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        let session = Session { group: Some("a".repeat(70_000)), ..Session::default() };
        session.write(folder.path(), &path).unwrap();
        assert!(!folder.path().join(FOLDER).exists());
    }
}
