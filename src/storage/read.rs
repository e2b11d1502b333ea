//! Reading files that may not be files.

use super::{Paths, StorageError};
use crate::allowlist::Allowlist;
use std::fs::{File, FileType, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The most that a file may have, in bytes: 64 MiB, some 500,000 ranges with all their properties.
pub const MAX_BYTES: u64 = 64 << 20;

/// An allowlist as loaded.
#[derive(Debug, Clone)]
pub struct Opened {
    /// As it was asked for.
    pub path: PathBuf,
    /// What it says.
    pub allowlist: Allowlist,
    /// The bytes as read, to be handed to [`super::save`] as its `base`.
    pub content: Vec<u8>,
}

/// Reads an allowlist.
pub fn open(path: &Path) -> Result<Opened, StorageError> {
    let content = match read_bytes(path) {
        Err(StorageError::Io { source, .. }) if is_missing(&source) => {
            return Err(StorageError::Missing { path: path.to_path_buf() });
        }
        read => read?,
    };
    parse(path, &content).map(|allowlist| Opened { path: path.to_path_buf(), allowlist, content })
}

/// The allowlist that some bytes are.
pub(super) fn parse(path: &Path, content: &[u8]) -> Result<Allowlist, StorageError> {
    Allowlist::from_json(content).map_err(|error| StorageError::Unreadable {
        path: path.to_path_buf(),
        line: error.line,
        column: error.column,
        message: error.message,
    })
}

/// The bytes of a file of at most [`MAX_BYTES`]; never waits for a pipe or a device.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, StorageError> {
    let refused = StorageError::io("read it", path);
    // Looked at before it is opened, because opening a device can do something already; and after, because
    // it may be another one by then.
    let file = std::fs::metadata(path).and_then(|before| match what_else(before.file_type()) {
        Some(_) => Ok((None, before)),
        None => without_waiting(path).and_then(|file| file.metadata().map(|after| (Some(file), after))),
    });
    let (file, metadata) = file.map_err(refused)?;
    let Some(file) = file.filter(|_| metadata.is_file()) else {
        let what = what_else(metadata.file_type()).unwrap_or("something else");
        return Err(StorageError::NotAFile { path: path.to_path_buf(), what });
    };
    contents(path, file, &metadata)
}

fn contents(path: &Path, file: File, metadata: &Metadata) -> Result<Vec<u8>, StorageError> {
    let too_large = || StorageError::TooLarge { path: path.to_path_buf(), limit: MAX_BYTES };
    if metadata.len() > MAX_BYTES {
        return Err(too_large());
    }
    // Below the cap, so it fits.
    let mut bytes = Vec::with_capacity(metadata.len() as usize + 1);
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(StorageError::io("read it", path))?;
    if bytes.len() as u64 > MAX_BYTES { Err(too_large()) } else { Ok(bytes) }
}

/// What a file, a pipe, or with `-` standard input has to give, at most `limit` bytes: for what is often the
/// output of another program, so it waits as long as it takes.
pub fn read_stream(path: &Path, limit: u64) -> Result<Vec<u8>, StorageError> {
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        io::stdin().lock().take(limit + 1).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes))
    };
    read.map_err(StorageError::io("read it", path))?;
    let fits = bytes.len() as u64 <= limit;
    if fits { Ok(bytes) } else { Err(StorageError::TooLarge { path: path.to_path_buf(), limit }) }
}

/// A file of the user's own settings in the config folder, or nothing where there is none.
pub fn user_file(paths: &Paths, name: &str) -> Result<Option<Vec<u8>>, StorageError> {
    read_if_there(&paths.config.join(name))
}

/// The same as [`read_bytes`], or nothing where there is no file.
pub(super) fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, StorageError> {
    match read_bytes(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(StorageError::Io { source, .. }) if is_missing(&source) => Ok(None),
        Err(error) => Err(error),
    }
}

fn is_missing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// What a path is that is no file, with its article.
fn what_else(file_type: FileType) -> Option<&'static str> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if file_type.is_fifo() {
            return Some("a pipe");
        }
        if file_type.is_socket() {
            return Some("a socket");
        }
        if file_type.is_block_device() || file_type.is_char_device() {
            return Some("a device");
        }
    }
    file_type.is_dir().then_some("a folder")
}

fn without_waiting(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
        options.custom_flags(flags.bits().cast_signed());
    }
    options.open(path)
}
