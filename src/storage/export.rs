//! Files that keymoat makes for other tools.

use super::beside::same_file;
use super::lock::{parent, resolve};
use super::save::check_writable;
use super::{StorageError, replace};
use std::fs;
use std::path::Path;

/// Writes a file for another tool, in place of what is there, whole or not at all; into a pipe or a device
/// as it comes. Never over the allowlist, nor over a read-only file. A dry run refuses the same and writes
/// nothing.
pub fn write_export(path: &Path, bytes: &[u8], allowlist: &Path, dry_run: bool) -> Result<(), StorageError> {
    let target = resolve(path)?;
    if same_file(&target, allowlist) {
        return Err(StorageError::OverTheAllowlist { path: path.to_path_buf() });
    }
    let there = fs::metadata(&target).ok();
    if there.as_ref().is_some_and(fs::Metadata::is_dir) {
        return Err(StorageError::NotAFile { path: path.to_path_buf(), what: "a folder" });
    }
    let is_stream = there.is_some_and(|there| !there.is_file());
    if !is_stream {
        check_writable(&target, path)?;
        // The folder has to be there: none is made.
        fs::metadata(parent(&target)).map_err(StorageError::io("write the file", path))?;
    }
    match (dry_run, is_stream) {
        (true, _) => Ok(()),
        (false, true) => fs::write(&target, bytes).map_err(StorageError::io("write to it", path)),
        (false, false) => replace::replace(&target, bytes),
    }
}
