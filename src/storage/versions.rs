//! The last saved versions of an allowlist, in the state directory.
//!
//! A save keeps what stood there before (somebody may have changed it with another program) and what it
//! wrote. The newest version is compared with what is on disk, so that a save which was interrupted between
//! the two is made good by the next.

use super::error::shown;
use super::{StorageError, replace, state};
use crate::allowlist::Allowlist;
use crate::json::JsonError;
use std::fs;
use std::path::{Path, PathBuf};

/// How many versions are kept.
pub const VERSIONS: usize = 50;

/// An earlier version.
#[derive(Debug, Clone)]
pub struct Version {
    /// Its number: the higher, the later.
    pub id: u64,
    /// When it was saved: Unix time in seconds.
    pub saved: i64,
    /// The user who saved it; empty for what was found to be there.
    pub by: String,
    /// What it says.
    pub allowlist: Allowlist,
}

/// A version's file: the allowlist as its text, so that its bytes come back.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct VersionFile {
    saved: i64,
    by: String,
    allowlist: String,
}

const FOLDER: &str = "history";

/// A version that is kept, by its file: nothing of it has been read yet.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Its number: the higher, the later.
    pub id: u64,
    /// How large its file is, in bytes.
    pub size: u64,
    path: PathBuf,
}

/// A version that cannot be read any more.
#[derive(Debug, Clone)]
pub struct Unreadable {
    /// When it was saved, Unix time in seconds, where that can be read.
    pub saved: Option<i64>,
    /// In which file, where in it, and what is wrong; safe to print.
    pub error: String,
}

/// The versions that are kept of an allowlist file, the oldest first.
pub fn kept(state: &Path, allowlist: &Path) -> Result<Vec<Kept>, StorageError> {
    let folder = state.join(FOLDER).join(state::key(allowlist)?);
    let size = |path: &Path| fs::metadata(path).map_or(0, |file| file.len());
    Ok(numbered(&folder).into_iter().map(|(id, path)| Kept { id, size: size(&path), path }).collect())
}

impl Kept {
    /// Reads it.
    pub fn read(&self) -> Result<Version, Unreadable> {
        let file =
            read_version(&self.path).map_err(|error| Unreadable { saved: None, error: error.to_string() })?;
        let allowlist = Allowlist::from_json(file.allowlist.as_bytes()).map_err(|error| {
            let (path, place) = (shown(&self.path), format!("line {}, column {}", error.line, error.column));
            let error = format!("{path}: the text that it keeps is no allowlist: {place}: {}", error.message);
            Unreadable { saved: Some(file.saved), error }
        })?;
        Ok(Version { id: self.id, saved: file.saved, by: file.by, allowlist })
    }
}

/// Keeps what a save found and what it wrote.
pub(super) fn record(
    state: &Path,
    allowlist: &Path,
    before: Option<&[u8]>,
    after: &[u8],
    (now, user): (i64, &str),
) -> Result<(), StorageError> {
    let folder = state::folder(state, [FOLDER, &state::key(allowlist)?])?;
    replace::remove_leftovers(&folder)?;
    let mut kept = numbered(&folder);
    let newest =
        kept.last().and_then(|(_, path)| read_version(path).ok()).map(|file| file.allowlist.into_bytes());
    let before = before.filter(|before| newest.as_deref() != Some(before)).map(|bytes| (bytes, ""));
    let last = before.map(|(bytes, _)| bytes).or(newest.as_deref());
    let after = (last != Some(after)).then_some((after, user));
    for (bytes, by) in [before, after].into_iter().flatten() {
        let id = kept.last().map_or(1, |(id, _)| id + 1);
        let path = folder.join(format!("{id:06}.json"));
        let text = String::from_utf8_lossy(bytes).into_owned();
        let file = VersionFile { saved: now, by: by.to_owned(), allowlist: text };
        // Strings and a number: serializing them cannot fail.
        state::write(&path, &serde_json::to_vec(&file).unwrap_or_default())?;
        kept.push((id, path));
    }
    for (_, path) in kept.iter().rev().skip(VERSIONS) {
        replace::remove(path)?;
    }
    Ok(())
}

/// The numbered files of a folder, ascending; none where there is no folder.
fn numbered(folder: &Path) -> Vec<(u64, PathBuf)> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let number = |path: &Path| path.file_name()?.to_str()?.strip_suffix(".json")?.parse::<u64>().ok();
    let mut found: Vec<_> =
        entries.flatten().filter_map(|entry| Some((number(&entry.path())?, entry.path()))).collect();
    found.sort_unstable();
    found
}

fn read_version(path: &Path) -> Result<VersionFile, StorageError> {
    let bytes = super::read_bytes(path)?;
    let file = crate::json::read::<crate::json::Object<VersionFile>>(&bytes);
    file.map(|file| file.0).map_err(|JsonError { line, column, message }| StorageError::Unreadable {
        path: path.to_path_buf(),
        line,
        column,
        message,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(n: usize) -> Vec<u8> {
        format!("{{\"version\": 1, \"policy\": {{\"name\": \"P{n}\"}}, \"categories\": []}}").into_bytes()
    }

    fn names(state: &Path, file: &Path) -> Vec<(u64, String, String)> {
        let versions = kept(state, file).unwrap().into_iter().filter_map(|kept| kept.read().ok());
        versions.map(|v| (v.id, v.by, v.allowlist.policy().name.to_string())).collect()
    }

    #[test]
    fn a_save_keeps_what_it_found_and_what_it_wrote() {
        let folder = tempfile::tempdir().unwrap();
        let (state, file) = (folder.path().join("state"), folder.path().join("a.json"));
        let save = |before: Option<usize>, after| {
            let before = before.map(text);
            record(&state, &file, before.as_deref(), &text(after), (0, "me")).unwrap();
        };
        save(Some(1), 2);
        save(Some(2), 3);
        save(Some(3), 3);
        save(Some(9), 4);
        let entry = |id, by: &str, n| (id, by.to_owned(), format!("P{n}"));
        let expected =
            [entry(1, "", 1), entry(2, "me", 2), entry(3, "me", 3), entry(4, "", 9), entry(5, "me", 4)];
        assert_eq!(names(&state, &file), expected);
        assert!(names(&state, &folder.path().join("b.json")).is_empty());
    }

    #[test]
    fn an_interrupted_save_is_made_good_by_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let (state, file) = (folder.path().join("state"), folder.path().join("a.json"));
        record(&state, &file, None, &text(1), (0, "me")).unwrap();
        // Version 2 was written to the allowlist, and then the machine stopped.
        record(&state, &file, Some(&text(2)), &text(2), (0, "me")).unwrap();
        assert_eq!(names(&state, &file).len(), 2);
    }

    #[test]
    fn only_the_last_fifty_stay() {
        let folder = tempfile::tempdir().unwrap();
        let (state, file) = (folder.path().join("state"), folder.path().join("a.json"));
        for n in 0..60 {
            record(&state, &file, (n > 0).then(|| text(n - 1)).as_deref(), &text(n), (0, "me")).unwrap();
        }
        let names = names(&state, &file);
        assert_eq!((names.len(), names[0].0, names[49].0), (VERSIONS, 11, 60));
    }

    #[test]
    fn what_cannot_be_read_says_so_and_when_it_was_saved() {
        let folder = tempfile::tempdir().unwrap();
        let (state, file) = (folder.path().join("state"), folder.path().join("a.json"));
        let save = |text: &[u8]| record(&state, &file, None, text, (7, "me")).unwrap();
        [&text(1)[..], b"{\n \"version\": 9}", &text(3)].into_iter().for_each(save);
        let all = kept(&state, &file).unwrap();
        fs::write(&all[2].path, "{\"saved\": ").unwrap();
        let read: Vec<_> = all.iter().map(Kept::read).collect();
        assert_eq!(read[0].as_ref().unwrap().allowlist.policy().name.as_str(), "P1");
        let no_list = read[1].as_ref().unwrap_err();
        assert_eq!(no_list.saved, Some(7));
        assert!(
            no_list.error.contains("000002.json: the text that it keeps is no allowlist: line 2, column")
        );
        let cut = read[2].as_ref().unwrap_err();
        assert_eq!(cut.saved, None);
        assert!(cut.error.contains("000003.json:1:"), "{}", cut.error);
        assert_eq!(names(&state, &file).len(), 1);
        fs::remove_file(&all[0].path).unwrap();
        assert!(all[0].read().unwrap_err().error.contains("cannot read it"));
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_read_them() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (state, file) = (folder.path().join("state"), folder.path().join("a.json"));
        record(&state, &file, None, &text(1), (0, "me")).unwrap();
        let versions = state.join(FOLDER).join(state::key(&file).unwrap());
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(
            (mode(&state), mode(&versions), mode(&versions.join("000001.json"))),
            (0o700, 0o700, 0o600)
        );
    }
}
