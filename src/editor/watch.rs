//! Watching the folder of the allowlist, so that a change by somebody else is shown when it happens. Nothing
//! is polled: a thread sleeps until the system says something (inotify). Where there is no such thing, saving
//! still compares what is on disk.

use std::path::PathBuf;

/// Starts the thread; `changed` is called after a file of the folder has changed that may be one of ours.
#[cfg(target_os = "linux")]
pub fn start(folder: PathBuf, changed: impl Fn() + Send + 'static) {
    // Where there is no thread to be had, a change is found out on saving.
    let _ = std::thread::Builder::new().name("watch".to_owned()).spawn(move || {
        // The same where the folder cannot be watched: it may not be there yet.
        let _ = watch(&folder, &changed);
    });
}

/// Does nothing here.
#[cfg(not(target_os = "linux"))]
pub fn start(_: PathBuf, _: impl Fn() + Send + 'static) {}

#[cfg(target_os = "linux")]
fn watch(folder: &std::path::Path, changed: &impl Fn()) -> rustix::io::Result<()> {
    use rustix::fs::inotify::{CreateFlags, Reader, WatchFlags, add_watch, init};
    let notices = init(CreateFlags::CLOEXEC)?;
    let flags = WatchFlags::CLOSE_WRITE | WatchFlags::MOVED_TO | WatchFlags::DELETE | WatchFlags::ONLYDIR;
    add_watch(&notices, folder, flags)?;
    // What has changed between reading the file and here.
    changed();
    let mut buffer = [std::mem::MaybeUninit::uninit(); 4096];
    let mut reader = Reader::new(&notices, &mut buffer);
    loop {
        let mut ours = may_be_ours(reader.next()?.file_name());
        while !reader.is_buffer_empty() {
            ours |= may_be_ours(reader.next()?.file_name());
        }
        if ours {
            // The policy follows the allowlist at once; both are looked at together.
            std::thread::sleep(std::time::Duration::from_millis(100));
            changed();
        }
    }
}

/// Whether a file may be an allowlist or a policy: not the temporary that takes its place.
#[cfg(target_os = "linux")]
fn may_be_ours(name: Option<&std::ffi::CStr>) -> bool {
    // An event without a name says that events were lost.
    name.is_none_or(|name| !name.to_bytes().starts_with(b".") && !name.to_bytes().ends_with(b"~"))
}
