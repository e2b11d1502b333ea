//! What to do where the file is no longer what was loaded: merge, or say what both changed.

use super::{Opened, StorageError, open, read};
use crate::allowlist::{Allowlist, Conflict, Merged, Side, merge};
use std::path::Path;

/// Merges what was done to `base` here with what stands on disk now; `decide` is asked about what both
/// changed. Nothing is written: the result goes through [`super::save`] with the content on disk, which is
/// handed back, as its base.
pub fn reconcile(
    path: &Path,
    base: &[u8],
    ours: &Allowlist,
    decide: &mut dyn FnMut(&Conflict) -> Side,
) -> Result<(Merged, Opened), StorageError> {
    let base = read::parse(path, base)?;
    let theirs = open(path)?;
    Ok((merge(&base, ours, &theirs.allowlist, decide), theirs))
}
