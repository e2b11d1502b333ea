//! Paths, the clock, load, lock, save: the only room that writes files or reads the environment.
//!
//! Reading: [`open`], [`policy_files`]. Writing: [`save`] for who has thought for a while (it compares
//! what is on disk with what was loaded), [`Locked`] for who loads, edits and saves in one go.

mod beside;
mod error;
mod lock;
mod losses;
mod paths;
mod read;
mod replace;
mod save;

pub use beside::policy_files;
pub use error::StorageError;
pub use lock::{Locked, folder_of};
pub use losses::losses;
pub use paths::{Paths, paths, today};
pub use read::{MAX_BYTES, Opened, open, read_bytes, read_stream};
pub use save::{Save, Saved, create, save};

#[cfg(test)]
mod tests;
