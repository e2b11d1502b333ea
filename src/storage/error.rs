//! What can go wrong with files, in words that say what to do.

use std::io;
use std::path::{Path, PathBuf};

/// Why something was not read or not saved.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// There is no such file.
    #[error("{}: there is no allowlist here: make one with `keymoat init`, or name another with -f", shown(.path))]
    Missing {
        /// As it was asked for.
        path: PathBuf,
    },
    /// A file that has to be new is there already.
    #[error("{}: there is a file already, and it is not overwritten: choose another name with -f", shown(.path))]
    Exists {
        /// As it was asked for.
        path: PathBuf,
    },
    /// It is no allowlist. Line and column count from 1, the column in bytes.
    #[error("{}:{line}:{column}: {message}", shown(.path))]
    Unreadable {
        /// As it was asked for.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// Column in bytes, from 1.
        column: usize,
        /// What was found, in which key, and what was expected; safe to print.
        message: String,
    },
    /// What is on disk is not what was loaded.
    #[error("{}: somebody else has changed the file since it was loaded: nothing was saved; load it again", shown(.path))]
    Changed {
        /// As it was asked for.
        path: PathBuf,
    },
    /// Files where the policy would go that keymoat did not write.
    #[error(
        "{} {} where the policy goes and keymoat did not write {}: move it away, choose another policy name with \
         `keymoat set name NAME`, or overwrite it with --force",
        list(.files), if .files.len() == 1 { "stands" } else { "stand" }, if .files.len() == 1 { "it" } else { "them" }
    )]
    Foreign {
        /// Their paths.
        files: Vec<PathBuf>,
    },
    /// The policy would overwrite the allowlist.
    #[error(
        "{} is the allowlist itself, where the policy would go: choose another policy name with \
         `keymoat set name NAME`, or another file for the allowlist",
        shown(.path)
    )]
    IsTheAllowlist {
        /// Where the policy would go.
        path: PathBuf,
    },
    /// A file for another tool would overwrite the allowlist.
    #[error("{} is the allowlist itself, which is not overwritten: choose another file", shown(.path))]
    OverTheAllowlist {
        /// Where the file would go.
        path: PathBuf,
    },
    /// Somebody else has held the lock for too long.
    #[error("{}: busy: another keymoat is saving in this folder, and nothing was changed; try again", shown(.directory))]
    Busy {
        /// The folder that is locked.
        directory: PathBuf,
    },
    /// A folder, a pipe, a device or a socket.
    #[error("{}: this is {what}, not a file", shown(.path))]
    NotAFile {
        /// As it was asked for.
        path: PathBuf,
        /// What it is, with its article.
        what: &'static str,
    },
    /// Over a cap, such as [`super::MAX_BYTES`].
    #[error("{}: larger than {} MiB, which is the most that keymoat reads", shown(.path), .limit >> 20)]
    TooLarge {
        /// As it was asked for.
        path: PathBuf,
        /// The cap in bytes.
        limit: u64,
    },
    /// The file may not be written to.
    #[error("{}: the file is read-only, so nothing was saved: make it writable (chmod u+w)", shown(.path))]
    ReadOnly {
        /// As it was asked for.
        path: PathBuf,
    },
    /// A value of `SOURCE_DATE_EPOCH` that is no time.
    #[error("SOURCE_DATE_EPOCH is {found:?}: expected seconds since 1970 as a whole number")]
    BadEpoch {
        /// As it stands there, safe to print.
        found: String,
    },
    /// Nothing says where the user's files are.
    #[error("no home folder is known: set HOME, or name the allowlist with -f")]
    NoHome,
    /// The system refused.
    #[error("{}: cannot {what}: {source}{}", shown(.path), advice(.source))]
    Io {
        /// What was tried: `write the file`.
        what: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl StorageError {
    /// For `map_err`: the system refused to do `what` to `path`.
    pub(super) fn io(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { what, path: path.to_path_buf(), source }
    }
}

/// A path as it may be printed.
pub(super) fn shown(path: &Path) -> String {
    crate::text::quoted(&path.to_string_lossy(), 4096)
}

fn list(files: &[PathBuf]) -> String {
    files.iter().map(|file| shown(file)).collect::<Vec<_>>().join(", ")
}

fn advice(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ": free some space, then save again",
        io::ErrorKind::FileTooLarge => ": raise the limit on file sizes (ulimit -f), then save again",
        io::ErrorKind::ReadOnlyFilesystem => ": save to another place with -f",
        io::ErrorKind::PermissionDenied => ": look at who may do that (ls -ld)",
        _ => "",
    }
}
