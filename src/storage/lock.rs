//! The lock over load, edit and save, and where a path really leads.

use super::read::{Opened, open};
use super::{Save, Saved, StorageError};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long a save waits for another one.
const PATIENCE: Duration = Duration::from_secs(5);

/// An allowlist that nobody else's keymoat saves as long as this lives.
///
/// The lock is on the folder that holds the file (behind symbolic links), since a save puts another
/// file in its place, and where the system can lock folders: it leaves nothing behind, excludes other
/// users too, and ends with the process.
#[derive(Debug)]
pub struct Locked {
    path: PathBuf,
    pub(super) target: PathBuf,
    _lock: Option<File>,
}

impl Locked {
    /// Waits for the lock, at most 5 seconds. `Missing` where there is no such folder.
    pub fn take(path: &Path) -> Result<Self, StorageError> {
        Self::take_within(path, PATIENCE)
    }

    pub(super) fn take_within(path: &Path, patience: Duration) -> Result<Self, StorageError> {
        let target = resolve(path)?;
        let directory = parent(&target);
        let missing = |error: &io::Error| error.kind() == io::ErrorKind::NotFound;
        let lock = match File::open(directory) {
            Ok(file) => wait(file, directory, patience)?,
            Err(error) if missing(&error) => return Err(StorageError::Missing { path: path.to_path_buf() }),
            // Windows opens no folders: there is no lock to be had there.
            Err(_) if cfg!(not(unix)) => None,
            Err(error) => return Err(StorageError::io("open the folder", directory)(error)),
        };
        Ok(Self { path: path.to_path_buf(), target, _lock: lock })
    }

    /// Reads the allowlist.
    pub fn open(&self) -> Result<Opened, StorageError> {
        open(&self.path)
    }

    /// Saves it, under this lock.
    pub fn save(&self, save: &Save) -> Result<Saved, StorageError> {
        super::save::save_locked(self, save, super::save::Parts::Both)
    }

    /// Saves only the allowlist in its canonical form, also where it says the same in another.
    pub fn rewrite(&self, save: &Save) -> Result<Saved, StorageError> {
        super::save::save_locked(self, save, super::save::Parts::Form)
    }

    /// Saves only the allowlist.
    pub fn save_allowlist(&self, save: &Save) -> Result<Saved, StorageError> {
        super::save::save_locked(self, save, super::save::Parts::Allowlist)
    }

    /// Saves only the policy.
    pub fn save_policy(&self, save: &Save) -> Result<Saved, StorageError> {
        super::save::save_locked(self, save, super::save::Parts::Policy)
    }
}

fn wait(file: File, directory: &Path, patience: Duration) -> Result<Option<File>, StorageError> {
    let start = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::WouldBlock) if start.elapsed() < patience => {
                std::thread::sleep(Duration::from_millis(10));
            }
            Err(TryLockError::WouldBlock) => {
                return Err(StorageError::Busy { directory: directory.to_path_buf() });
            }
            // Some file systems know no locks (NFS without its lock service): a save there compares what is
            // on disk all the same.
            Err(TryLockError::Error(_)) => return Ok(None),
        }
    }
}

/// The folder that holds a file.
pub(super) fn parent(file: &Path) -> &Path {
    file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The folder in which the policy of an allowlist stands: that of the file behind symbolic links.
pub fn folder_of(path: &Path) -> PathBuf {
    resolve(path).map_or_else(|_| parent(path).to_path_buf(), |target| parent(&target).to_path_buf())
}

/// Where a path leads behind symbolic links, also where there is no file yet.
pub(super) fn resolve(path: &Path) -> Result<PathBuf, StorageError> {
    let not_found = match fs::canonicalize(path) {
        Ok(found) => return Ok(found),
        Err(error) => error,
    };
    if !matches!(not_found.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) {
        return Err(StorageError::io("follow the path", path)(not_found));
    }
    let mut at = path.to_path_buf();
    // canonicalize has refused a loop already; Linux follows 40 links.
    for _ in 0..40 {
        let Ok(next) = fs::read_link(&at) else { break };
        at = parent(&at).join(next);
    }
    let name = at.file_name().map(|name| name.to_os_string());
    let name = name.ok_or_else(|| StorageError::NotAFile { path: path.to_path_buf(), what: "a folder" })?;
    Ok(fs::canonicalize(parent(&at)).map_or(at, |folder| folder.join(name)))
}
