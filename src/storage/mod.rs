//! Paths, the clock, load, lock, save: the only room that writes files or reads the environment.
//!
//! Reading: [`open`], [`policy_files`]. Writing: [`save`] for who has thought for a while (it compares
//! what is on disk with what was loaded), [`Locked`] for who loads, edits and saves in one go.

mod beside;
mod draft;
mod error;
mod export;
mod lock;
mod losses;
mod outside;
mod paths;
mod read;
mod reconcile;
mod replace;
mod save;
mod session;
mod settings;
mod state;
mod surroundings;
mod versions;

pub use beside::policy_files;
pub use draft::Draft;
pub use error::StorageError;
pub use export::write_export;
pub use lock::{Locked, folder_of};
pub use losses::losses;
pub use outside::{OutsideFile, external_editor};
pub use paths::{Paths, absolute, paths, today};
pub use read::{MAX_BYTES, Opened, open, read_bytes, read_stream, user_file};
pub use reconcile::reconcile;
pub use save::{Save, Saved, create, save};
pub use session::{CategoryName, Session};
pub use settings::{Settings, own_theme, own_themes};
pub use surroundings::{Surroundings, surroundings};
pub use versions::{Kept, Unreadable, VERSIONS, Version, kept};

#[cfg(test)]
mod tests;
