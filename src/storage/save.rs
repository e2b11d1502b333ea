//! Saving: the allowlist first, then the policy, which can always be made again.

use super::StorageError;
use super::beside::{files_of, same_file};
use super::lock::{Locked, parent, resolve};
use super::read::{parse, read_if_there};
use super::{paths, replace, versions};
use crate::allowlist::{Allowlist, Date};
use crate::policy::{self, Documents, PolicyFile};
use crate::review::{self, Severity};
use std::fs;
use std::path::{Path, PathBuf};

/// What is to be saved.
#[derive(Debug, Clone, Copy)]
pub struct Save<'a> {
    /// Where the allowlist goes; symbolic links are followed and kept.
    pub path: &'a Path,
    /// What it is to say.
    pub allowlist: &'a Allowlist,
    /// The bytes as they were loaded; `None`: there must be no file yet.
    pub base: Option<&'a [u8]>,
    /// The UTC day for which the policy is.
    pub today: Date,
    /// Whether files that keymoat did not write may be overwritten by the policy.
    pub force: bool,
    /// Whether to find out only what would be done.
    pub dry_run: bool,
    /// The state directory, where earlier versions are kept; `None`: none are.
    pub state: Option<&'a Path>,
}

/// What was saved, or would be in a dry run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Saved {
    /// The allowlist's bytes as they are on disk now.
    pub content: Vec<u8>,
    /// Whether the allowlist was written; not where it said the same already.
    pub allowlist_written: bool,
    /// The names of the policy files that were written; those that were the same already are not.
    pub policy_written: Vec<String>,
    /// The names of the files of an earlier split that were removed.
    pub policy_removed: Vec<String>,
    /// Why there is no policy, and which files stay as they are.
    pub no_policy: Option<String>,
    /// What else the user should know.
    pub notes: Vec<String>,
    /// Why the saved version could not be kept among the earlier ones. The save itself is done.
    pub not_kept: Option<String>,
}

/// Which parts are saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parts {
    /// The allowlist where it says something else, and the policy.
    Both,
    /// The allowlist where it says something else.
    Allowlist,
    /// The allowlist where its form is not the canonical one.
    Form,
    /// The policy.
    Policy,
}

/// Saves the allowlist and its policy: waits for the lock, compares what is on disk with `base`, checks
/// that everything can be written, and only then writes. A folder that is missing is made for a new file.
pub fn save(save: &Save) -> Result<Saved, StorageError> {
    if save.base.is_none() { create(save, Locked::save) } else { Locked::take(save.path)?.save(save) }
}

/// Saves an allowlist that must not be there yet, by `how` it is to be done; makes its folder first. A dry
/// run in a folder that is not there says only that the file would be written.
pub fn create(
    save: &Save,
    how: impl FnOnce(&Locked, &Save) -> Result<Saved, StorageError>,
) -> Result<Saved, StorageError> {
    let folder = parent(save.path);
    if !save.dry_run {
        fs::create_dir_all(folder).map_err(StorageError::io("make the folder", folder))?;
    } else if !folder.exists() {
        return Ok(Saved { allowlist_written: true, ..Saved::default() });
    }
    how(&Locked::take(save.path)?, save)
}

pub(super) fn save_locked(locked: &Locked, save: &Save, parts: Parts) -> Result<Saved, StorageError> {
    let base = unchanged_base(locked, save)?;
    let new_content = content_to_write(save, base.as_ref(), parts);
    let plan = match parts {
        Parts::Both | Parts::Policy => plan(locked, save, base.as_ref())?,
        Parts::Allowlist | Parts::Form => Plan::default(),
    };
    if new_content.is_some() {
        check_writable(&locked.target, save.path)?;
    }
    for write in &plan.writes {
        check_writable(&write.target, &write.target)?;
    }
    let mut saved = Saved {
        allowlist_written: new_content.is_some(),
        policy_written: plan.writes.iter().map(|write| write.name.clone()).collect(),
        policy_removed: plan.removes.iter().map(|(name, _)| name.clone()).collect(),
        content: new_content.or_else(|| save.base.map(<[u8]>::to_vec)).unwrap_or_default(),
        no_policy: plan.no_policy,
        notes: plan.notes,
        not_kept: None,
    };
    if save.dry_run {
        return Ok(saved);
    }
    replace::remove_leftovers(parent(&locked.target))?;
    if saved.allowlist_written {
        replace::replace(&locked.target, &saved.content)?;
    }
    saved.policy_written.clear();
    saved.policy_removed.clear();
    match write_policy(locked, plan.writes, plan.removes, &mut saved) {
        // The allowlist is saved already, and that is what the answer has to say.
        Err(error) if saved.allowlist_written => saved.no_policy = Some(error.to_string()),
        written => written?,
    }
    if let Some(state) = save.state {
        let stamp = (paths::now(), &*paths::user());
        let kept = versions::record(state, save.path, save.base, &saved.content, stamp);
        saved.not_kept = kept.err().map(|error| error.to_string());
    }
    Ok(saved)
}

/// Writes the files of the policy, then removes those of an earlier split; `saved` has those that are done.
fn write_policy(
    locked: &Locked,
    writes: Vec<Write>,
    removes: Vec<(String, PathBuf)>,
    saved: &mut Saved,
) -> Result<(), StorageError> {
    for Write { name, target, bytes } in writes {
        // A file system that takes two spellings for one name shows it only once the file is there.
        if same_file(&target, &locked.target) {
            return Err(StorageError::IsTheAllowlist { path: target });
        }
        replace::replace(&target, &bytes)?;
        saved.policy_written.push(name);
    }
    for (name, file) in removes {
        replace::remove(&file)?;
        saved.policy_removed.push(name);
    }
    Ok(())
}

/// What `base` says, once it is sure that it is what is on disk.
fn unchanged_base(locked: &Locked, save: &Save) -> Result<Option<Allowlist>, StorageError> {
    let path = || save.path.to_path_buf();
    match (read_if_there(&locked.target)?, save.base) {
        (None, None) => Ok(None),
        (Some(_), None) => Err(StorageError::Exists { path: path() }),
        // What cannot be read is replaced only by who has read its bytes and means to.
        (Some(found), Some(base)) if found == base => Ok(parse(save.path, base).ok()),
        _ => Err(StorageError::Changed { path: path() }),
    }
}

/// The bytes to write, unless what stands there says the same: only `fmt` changes the form alone.
fn content_to_write(save: &Save, base: Option<&Allowlist>, parts: Parts) -> Option<Vec<u8>> {
    if parts == Parts::Policy || (parts != Parts::Form && base == Some(save.allowlist)) {
        return None;
    }
    let content = save.allowlist.to_json().into_bytes();
    (save.base != Some(content.as_slice())).then_some(content)
}

struct Write {
    name: String,
    target: PathBuf,
    bytes: Vec<u8>,
}

#[derive(Default)]
struct Plan {
    writes: Vec<Write>,
    removes: Vec<(String, PathBuf)>,
    no_policy: Option<String>,
    notes: Vec<String>,
}

fn plan(locked: &Locked, save: &Save, base: Option<&Allowlist>) -> Result<Plan, StorageError> {
    let settings = save.allowlist.policy();
    let on_disk = files_of(&locked.target, &settings.name);
    let mut plan = Plan { notes: names_left(locked, save, base), ..Plan::default() };
    match documents(save, &on_disk) {
        Ok(documents) => {
            plan.writes = writes(locked, save, &documents)?;
            remove_earlier_split(locked, &on_disk, &documents, &settings.sid(), &mut plan);
        }
        Err(reason) => plan.no_policy = Some(with_files_that_stay(reason, &on_disk)),
    }
    Ok(plan)
}

fn documents(save: &Save, on_disk: &[PolicyFile]) -> Result<Documents, String> {
    let review = review::review(save.allowlist, save.today, on_disk);
    let error = review.findings.iter().find(|finding| finding.severity() == Severity::Error);
    let error = error.map(|finding| finding.problem.message.clone());
    let documents = review.policy.map_err(|reason| reason.to_string())?;
    // Whatever is found to be wrong keeps the policy from being written, known to the writer or not.
    error.map_or(Ok(documents), Err)
}

fn with_files_that_stay(reason: String, on_disk: &[PolicyFile]) -> String {
    let own = on_disk.iter().filter(|file| policy::is_own(&file.bytes));
    let names: Vec<&str> = own.map(|file| file.name.as_str()).collect();
    match names.as_slice() {
        [] => reason,
        [one] => format!("{reason}; {one} stays as it was and does not say what the allowlist says"),
        _ => {
            format!("{reason}; {} stay as they were and do not say what the allowlist says", names.join(", "))
        }
    }
}

/// The files whose bytes are others, after every refusal.
fn writes(locked: &Locked, save: &Save, documents: &Documents) -> Result<Vec<Write>, StorageError> {
    let (mut writes, mut foreign) = (Vec::new(), Vec::new());
    for document in &documents.documents {
        let path = parent(&locked.target).join(&document.file_name);
        let target = resolve(&path)?;
        if target == locked.target || same_file(&target, &locked.target) {
            return Err(StorageError::IsTheAllowlist { path });
        }
        let bytes = document.text.clone().into_bytes();
        match read_if_there(&target)? {
            Some(found) if found == bytes => continue,
            Some(found) if !save.force && !policy::is_own(&found) => foreign.push(path),
            _ => writes.push(Write { name: document.file_name.clone(), target, bytes }),
        }
    }
    if foreign.is_empty() { Ok(writes) } else { Err(StorageError::Foreign { files: foreign }) }
}

/// Files that keymoat wrote for this Sid when there were more documents, or one instead of several.
fn remove_earlier_split(
    locked: &Locked,
    on_disk: &[PolicyFile],
    now: &Documents,
    sid: &str,
    plan: &mut Plan,
) {
    let mut stay = Vec::new();
    for file in on_disk {
        let current = now.documents.iter().any(|document| document.file_name == file.name);
        if current || !policy::is_own(&file.bytes) {
            continue;
        }
        if policy::own_sid(&file.bytes).is_some_and(|found| has_stem(&found, sid)) {
            plan.removes.push((file.name.clone(), parent(&locked.target).join(&file.name)));
        } else {
            stay.push(file.name.as_str());
        }
    }
    if !stay.is_empty() {
        plan.notes.push(format!("left as it is, with another Sid: {}", stay.join(", ")));
    }
}

/// Whether a Sid is the stem, maybe with a document's number behind it.
fn has_stem(sid: &str, stem: &str) -> bool {
    sid.strip_prefix(stem).is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()))
}

/// After a change of the policy's name: its files under the old one.
fn names_left(locked: &Locked, save: &Save, base: Option<&Allowlist>) -> Vec<String> {
    let Some(old) = base.map(|base| &base.policy().name).filter(|old| **old != save.allowlist.policy().name)
    else {
        return Vec::new();
    };
    let own = files_of(&locked.target, old).into_iter().filter(|file| policy::is_own(&file.bytes));
    let names: Vec<String> = own.map(|file| file.name).collect();
    if names.is_empty() {
        return Vec::new();
    }
    vec![format!("the policy has another name now; under the old one there is still {}", names.join(", "))]
}

/// A file that nobody may write is not replaced either, although its folder would allow it.
pub(super) fn check_writable(target: &Path, shown: &Path) -> Result<(), StorageError> {
    let Ok(metadata) = fs::metadata(target) else { return Ok(()) };
    if metadata.permissions().readonly() {
        return Err(StorageError::ReadOnly { path: shown.to_path_buf() });
    }
    let opened = fs::OpenOptions::new().write(true).open(target);
    opened.map(drop).map_err(StorageError::io("write the file", shown))
}
