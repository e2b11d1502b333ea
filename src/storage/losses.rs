//! What a save cannot keep of a file that it replaces: to be said before anything is written.

use super::error::shown;
use super::lock::resolve;
use std::fs;
use std::path::Path;

/// What saving this file will change besides its content, and who else may change it; a sentence each.
/// Nothing where there is no file yet.
pub fn losses(path: &Path) -> Vec<String> {
    let Ok(target) = resolve(path) else { return Vec::new() };
    fs::metadata(&target).map(|metadata| of(path, &metadata)).unwrap_or_default()
}

#[cfg(unix)]
fn of(path: &Path, metadata: &fs::Metadata) -> Vec<String> {
    use std::os::unix::fs::MetadataExt;
    let (name, mut said) = (shown(path), Vec::new());
    let me = rustix::process::geteuid();
    if !me.is_root() && metadata.uid() != me.as_raw() {
        said.push(format!("{name} belongs to another user (uid {}), and will belong to you", metadata.uid()));
    }
    if !me.is_root() && !is_my_group(metadata.gid()) {
        let gid = metadata.gid();
        said.push(format!(
            "{name} belongs to a group that you are not in (gid {gid}), and will belong to yours"
        ));
    }
    if metadata.nlink() > 1 {
        said.push(format!("{name} has another hard link, which will keep the old content"));
    }
    if metadata.mode() & 0o002 != 0 {
        said.push(format!("{name} may be changed by everybody on this machine: chmod o-w fixes that"));
    }
    said
}

#[cfg(unix)]
fn is_my_group(gid: u32) -> bool {
    let mine = rustix::process::getgroups().unwrap_or_default();
    rustix::process::getegid().as_raw() == gid || mine.iter().any(|group| group.as_raw() == gid)
}

#[cfg(not(unix))]
fn of(_path: &Path, _metadata: &fs::Metadata) -> Vec<String> {
    Vec::new()
}
