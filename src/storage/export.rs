//! Files that keymoat makes for other tools.

use super::beside::same_file;
use super::lock::resolve;
use super::{StorageError, replace};
use std::fs;
use std::path::Path;

/// Writes a file for another tool, in place of what is there, whole or not at all; into a pipe or a device
/// as it comes. Never over the allowlist.
pub fn write_export(path: &Path, bytes: &[u8], allowlist: &Path) -> Result<(), StorageError> {
    let target = resolve(path)?;
    if same_file(&target, allowlist) {
        return Err(StorageError::OverTheAllowlist { path: path.to_path_buf() });
    }
    match fs::metadata(&target) {
        Ok(there) if there.is_dir() => {
            Err(StorageError::NotAFile { path: path.to_path_buf(), what: "a folder" })
        }
        Ok(there) if !there.is_file() => {
            fs::write(&target, bytes).map_err(StorageError::io("write to it", path))
        }
        _ => replace::replace(&target, bytes),
    }
}
