//! Putting a file in another's place so that at each moment the old or the new one is there, whole.
//!
//! A temporary of one fixed name a target is created exclusively beside it, with its mode, written,
//! synced, and renamed over it; then the folder is synced. What an interrupted run left is removed first.

use super::StorageError;
use super::lock::parent;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

const SUFFIX: &str = ".keymoat-tmp";

/// Replaces or makes the file at `target`, which is no symbolic link, and keeps its mode, and its owner,
/// group and access list as far as the system lets it.
pub(super) fn replace(target: &Path, bytes: &[u8]) -> Result<(), StorageError> {
    replace_with(target, bytes, 0o666)
}

/// The same for a file that only its owner may read.
pub(super) fn replace_private(target: &Path, bytes: &[u8]) -> Result<(), StorageError> {
    replace_with(target, bytes, 0o600)
}

/// `mode`, less the umask, is that of a new file.
fn replace_with(target: &Path, bytes: &[u8], mode: u32) -> Result<(), StorageError> {
    let temporary = temporary(target);
    remove_if_there(&temporary)?;
    let old = existing(target)?;
    let done = write_new(&temporary, bytes, old.as_ref().map(|old| (target, old)), mode)
        .map_err(StorageError::io("write the file", target))
        .and_then(|()| fs::rename(&temporary, target).map_err(StorageError::io("replace the file", target)));
    if done.is_err() {
        // The first error is the one to report; what stays is removed by the next save.
        let _ = fs::remove_file(&temporary);
    }
    done?;
    sync(parent(target))
}

/// Removes a file, if it is there, and makes sure that it stays removed.
pub(super) fn remove(target: &Path) -> Result<(), StorageError> {
    remove_if_there(target)?;
    sync(parent(target))
}

/// Removes what interrupted saves left in a folder; the caller has the lock on it, so nobody needs it.
pub(super) fn remove_leftovers(folder: &Path) -> Result<(), StorageError> {
    let entries = fs::read_dir(folder).map_err(StorageError::io("list the folder", folder))?;
    for entry in entries {
        let entry = entry.map_err(StorageError::io("list the folder", folder))?;
        if is_temporary(&entry.file_name().to_string_lossy()) {
            remove_if_there(&entry.path())?;
        }
    }
    Ok(())
}

fn is_temporary(name: &str) -> bool {
    name.starts_with('.') && name.ends_with(SUFFIX)
}

fn temporary(target: &Path) -> PathBuf {
    // A name has at most 255 bytes; the head of a long one will do, as the folder is locked.
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let end = (0..=name.len().min(200)).rev().find(|end| name.is_char_boundary(*end)).unwrap_or(0);
    parent(target).join(OsString::from(format!(".{}{SUFFIX}", &name[..end])))
}

fn existing(target: &Path) -> Result<Option<fs::Metadata>, StorageError> {
    match fs::metadata(target) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StorageError::io("look at the file", target)(error)),
    }
}

fn write_new(
    temporary: &Path,
    bytes: &[u8],
    old: Option<(&Path, &fs::Metadata)>,
    mode: u32,
) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
        options.mode(old.map_or(mode, |(_, old)| old.mode() & 0o777));
    }
    let mut file = options.open(temporary)?;
    if let Some((target, old)) = old {
        keep(&file, target, old)?;
    }
    file.write_all(bytes)?;
    file.sync_all()
}

/// Owner, group, mode and access list, as far as the system lets it: what it does not is in
/// [`losses`](super::losses()).
#[cfg(unix)]
fn keep(file: &File, target: &Path, old: &fs::Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let new = file.metadata()?;
    if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
        // Only root may give a file away; others may give it to a group of their own.
        let (owner, group) = (rustix::fs::Uid::from_raw(old.uid()), rustix::fs::Gid::from_raw(old.gid()));
        if rustix::fs::fchown(file, Some(owner), Some(group)).is_err() {
            let _ = rustix::fs::fchown(file, None, Some(group));
        }
    }
    let mut mode = old.mode() & 0o7777;
    let new = file.metadata()?;
    if new.gid() != old.gid() {
        // What the old group was allowed is not for another one, beyond what everybody is.
        mode = (mode & !0o070) | ((mode & 0o007) << 3);
    }
    if new.mode() & 0o7777 != mode {
        file.set_permissions(fs::Permissions::from_mode(mode))?;
    }
    keep_access_list(file, target);
    Ok(())
}

/// Access lists are rare, and many file systems have none: what is not there cannot be kept.
#[cfg(target_os = "linux")]
fn keep_access_list(file: &File, target: &Path) {
    const NAME: &str = "system.posix_acl_access";
    let mut list = vec![0; 64 << 10];
    if let Ok(length) = rustix::fs::getxattr(target, NAME, &mut list) {
        let _ = rustix::fs::fsetxattr(file, NAME, &list[..length], rustix::fs::XattrFlags::empty());
    }
}

#[cfg(all(unix, not(target_os = "linux")))]
fn keep_access_list(_file: &File, _target: &Path) {}

#[cfg(not(unix))]
fn keep(_file: &File, _target: &Path, _old: &fs::Metadata) -> io::Result<()> {
    Ok(())
}

fn remove_if_there(path: &Path) -> Result<(), StorageError> {
    // Looked at first: unlink on a read-only disk fails even where there is nothing.
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        _ => fs::remove_file(path).map_err(StorageError::io("remove the file", path)),
    }
}

/// Makes renames and removals in a folder last.
fn sync(folder: &Path) -> Result<(), StorageError> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(StorageError::io("sync the folder", folder))
}
