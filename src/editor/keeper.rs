//! The keeper of the draft: what is unsaved reaches the state directory soon after the last edit, whatever
//! ends the program then.
//!
//! The event loop says what is unsaved ([`Keeper::keep`]); a thread writes it. A signal or a panic writes
//! what is not written yet ([`Keeper::settle`]). One lock is held while anything is written or removed, and
//! what is written is looked up under it, so an older state never follows a newer one.

use crate::allowlist::Allowlist;
use crate::storage::{Draft, Paths, Session, StorageError};
use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::Duration;

/// How long edits are collected before they are written: well within the second that is promised.
const COLLECTED: Duration = Duration::from_millis(300);

/// Work that is in no file yet, and where its draft goes.
type Work = (Draft, Arc<Allowlist>);

/// Keeps the draft of one document.
#[derive(Debug, Default)]
pub struct Keeper {
    newest: Mutex<Newest>,
    changed: Condvar,
    disk: Mutex<()>,
    session: Mutex<Option<(Paths, Session)>>,
}

#[derive(Debug, Default)]
struct Newest {
    /// What is not written yet.
    work: Option<Work>,
    /// Another after each change of `work`.
    number: u64,
}

impl Keeper {
    /// A keeper with the thread that writes.
    pub fn start() -> io::Result<Arc<Self>> {
        let keeper = Arc::new(Self::default());
        let kept = Arc::clone(&keeper);
        let work = move || {
            loop {
                kept.wait();
                std::thread::sleep(COLLECTED);
                kept.settle();
            }
        };
        std::thread::Builder::new().name("draft".to_owned()).spawn(work)?;
        Ok(keeper)
    }

    /// Says what is unsaved now; it is written soon.
    pub fn keep(&self, draft: Draft, allowlist: Arc<Allowlist>) {
        self.set(Some((draft, allowlist)));
        self.changed.notify_one();
    }

    /// Takes the draft away: its work is saved, or was given up.
    pub fn forget(&self, draft: &Draft) -> Result<(), StorageError> {
        self.set(None);
        let _disk = self.disk.lock().unwrap_or_else(PoisonError::into_inner);
        draft.remove()
    }

    /// Says what is to be remembered of the session when it ends; nothing where it is as it was.
    pub fn remember(&self, session: Option<(Paths, Session)>) {
        *self.session.lock().unwrap_or_else(PoisonError::into_inner) = session;
    }

    /// Writes what is to be remembered, once. Where that cannot be, nothing is lost, and nobody is told.
    pub fn write_session(&self) {
        let session = self.session.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some((paths, session)) = session {
            let _ = session.write(&paths.state, &paths.allowlist);
        }
    }

    /// Writes what is not written yet. An error is not told: the next edit tries again, and where the program
    /// is ending nobody could be told.
    pub fn settle(&self) {
        let Some(_disk) = self.disk_soon() else { return };
        let (work, number) = {
            let newest = self.newest();
            (newest.work.clone(), newest.number)
        };
        let Some((draft, allowlist)) = work else { return };
        let _ = draft.write(allowlist.to_json().as_bytes());
        let mut newest = self.newest();
        if newest.number == number {
            // Nothing holds on to the allowlist, so that its memory is free once it is another.
            newest.work = None;
        }
    }

    /// The lock on the draft, unless somebody has it for longer than any write takes: after a panic within a
    /// write that is the very thread that asks.
    fn disk_soon(&self) -> Option<MutexGuard<'_, ()>> {
        for _ in 0..100 {
            match self.disk.try_lock() {
                Ok(lock) => return Some(lock),
                Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
                Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(10)),
            }
        }
        None
    }

    fn wait(&self) {
        let nothing = |newest: &mut Newest| newest.work.is_none();
        drop(self.changed.wait_while(self.newest(), nothing).unwrap_or_else(PoisonError::into_inner));
    }

    fn set(&self, work: Option<Work>) {
        let mut newest = self.newest();
        newest.work = work;
        newest.number += 1;
    }

    fn newest(&self) -> MutexGuard<'_, Newest> {
        self.newest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::allowlist::Starter;

    #[test]
    fn the_newest_work_is_written_and_what_is_forgotten_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let draft = Draft::of(&folder.path().join("state"), &folder.path().join("a.json")).unwrap();
        let keeper = Keeper::default();
        let example = Arc::new(Starter::Example.allowlist("2026-11-22".parse().unwrap()));
        keeper.keep(draft.clone(), Arc::default());
        keeper.keep(draft.clone(), Arc::clone(&example));
        assert!(draft.read().is_none(), "written by the thread only");
        keeper.settle();
        assert_eq!(draft.read().as_ref(), Some(&*example));
        assert_eq!(Arc::strong_count(&example), 1, "what is written is let go");
        keeper.keep(draft.clone(), Arc::default());
        keeper.forget(&draft).unwrap();
        keeper.settle();
        assert!(draft.read().is_none());
    }

    #[test]
    fn a_panic_within_a_write_does_not_wait_for_itself() {
        let folder = tempfile::tempdir().unwrap();
        let draft = Draft::of(folder.path(), &folder.path().join("a.json")).unwrap();
        let keeper = Keeper::default();
        keeper.keep(draft.clone(), Arc::default());
        let lock = keeper.disk.lock().unwrap();
        keeper.settle();
        drop(lock);
        assert!(draft.read().is_none());
        keeper.settle();
        assert!(draft.read().is_some());
    }
}
