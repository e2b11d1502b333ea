//! The state directory: drafts and earlier versions, a place for each allowlist file. 0600 in 0700, since
//! they hold what the allowlist holds and nobody else needs them.

use super::lock::resolve;
use super::{StorageError, replace};
use std::fs;
use std::path::{Path, PathBuf};

/// The name under which the state of one allowlist file is kept: its file name, for people, and a hash of
/// the path that it resolves to.
pub(super) fn key(allowlist: &Path) -> Result<String, StorageError> {
    let target = resolve(allowlist)?;
    let target = std::path::absolute(&target).unwrap_or(target);
    let stem = target.file_stem().unwrap_or_default().to_string_lossy();
    let stem: String =
        stem.chars().filter(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).take(40).collect();
    Ok(format!("{stem}-{:016x}", fnv1a(target.as_os_str().as_encoded_bytes())))
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo): stable from build to build, which std's hasher is not.
pub(super) fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// A folder in the state directory, made where it is not there yet.
pub(super) fn folder(state: &Path, names: [&str; 2]) -> Result<PathBuf, StorageError> {
    let folder =
        names.iter().filter(|name| !name.is_empty()).fold(state.to_path_buf(), |at, name| at.join(name));
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(&folder).map_err(StorageError::io("make the folder", &folder))?;
    Ok(folder)
}

/// Replaces or makes a private file of the state directory.
pub(super) fn write(file: &Path, bytes: &[u8]) -> Result<(), StorageError> {
    replace::replace_private(file, bytes)
}
