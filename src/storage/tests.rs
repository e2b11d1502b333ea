//! Each rule of saving, on files.

use super::*;
use crate::allowlist::{Allowlist, Date, Edit, Group, GroupAt, Kind, Range, SettingKey};
use crate::text::Name;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn names(&self) -> Vec<String> {
        let names =
            fs::read_dir(self.0.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    fn save(&self, allowlist: &Allowlist, base: Option<&[u8]>) -> Result<Saved, StorageError> {
        save(&self.order(&self.path("a.json"), allowlist, base))
    }

    fn order<'a>(&self, path: &'a Path, allowlist: &'a Allowlist, base: Option<&'a [u8]>) -> Save<'a> {
        Save { path, allowlist, base, today: today(), force: false, dry_run: false, state: None }
    }
}

fn today() -> Date {
    "2026-11-22".parse().unwrap()
}

/// An allowlist of so many hosts that do not touch, in one group.
fn hosts(n: u32) -> Allowlist {
    let cidrs =
        (0..n).map(|i| std::net::Ipv4Addr::from_bits(0xcb00_7200 + 2 * i).to_string().parse().unwrap());
    let group = Group { ranges: cidrs.map(Range::new).collect(), ..Group::new(Name::new("G").unwrap()) };
    let mut allowlist = Allowlist::default();
    allowlist.apply(Edit::InsertGroup(GroupAt { category: 0, group: 0 }, group)).unwrap();
    set(allowlist, "name", "P")
}

fn set(mut allowlist: Allowlist, key: &str, value: &str) -> Allowlist {
    let settings = SettingKey::find(key).unwrap().with(allowlist.policy(), value).unwrap();
    allowlist.apply(Edit::SetPolicy(Box::new(settings))).unwrap();
    allowlist
}

#[test]
fn the_allowlist_and_its_policy_are_written_and_then_nothing_is() {
    let folder = Folder::new();
    let saved = folder.save(&hosts(2), None).unwrap();
    assert!(saved.allowlist_written);
    assert_eq!(saved.policy_written, ["P.json"]);
    assert_eq!(fs::read(folder.path("a.json")).unwrap(), saved.content);
    assert_eq!(open(&folder.path("a.json")).unwrap().allowlist, hosts(2));
    assert_eq!(policy_files(&folder.path("a.json"), &hosts(2))[0].name, "P.json");
    let again = folder.save(&hosts(2), Some(&saved.content)).unwrap();
    assert_eq!((again.allowlist_written, again.policy_written), (false, vec![]));
    assert_eq!(again.content, saved.content);
    assert_eq!(folder.names(), ["P.json", "a.json"]);
}

#[test]
fn what_is_on_disk_has_to_be_what_was_loaded() {
    let folder = Folder::new();
    let base = folder.save(&hosts(2), None).unwrap().content;
    assert!(matches!(folder.save(&hosts(3), None), Err(StorageError::Exists { .. })));
    folder.save(&hosts(3), Some(&base)).unwrap();
    assert!(matches!(folder.save(&hosts(4), Some(&base)), Err(StorageError::Changed { .. })));
    fs::remove_file(folder.path("a.json")).unwrap();
    assert!(matches!(folder.save(&hosts(4), Some(&base)), Err(StorageError::Changed { .. })));
    assert_eq!(folder.names(), ["P.json"]);
}

#[test]
fn a_dry_run_tells_the_same_and_writes_nothing() {
    let folder = Folder::new();
    let (path, allowlist) = (folder.path("new/a.json"), hosts(2));
    let order = Save { dry_run: true, ..folder.order(&path, &allowlist, None) };
    assert!(save(&order).unwrap().allowlist_written);
    assert!(folder.names().is_empty());
    save(&Save { dry_run: false, ..order }).unwrap();
    assert!(path.exists());
}

#[test]
fn a_save_waits_for_another_one_and_then_says_busy() {
    let folder = Folder::new();
    folder.save(&hosts(2), None).unwrap();
    let path = folder.path("a.json");
    let held = Locked::take(&path).unwrap();
    assert!(matches!(Locked::take_within(&path, Duration::ZERO), Err(StorageError::Busy { .. })));
    drop(held);
    Locked::take_within(&path, Duration::ZERO).unwrap();
}

#[test]
fn files_of_an_earlier_split_go_and_others_stay() {
    let folder = Folder::new();
    let many = hosts(1000);
    let base = folder.save(&many, None).unwrap().content;
    let split = folder.names();
    assert!(split.contains(&"P-3.json".to_owned()) && !split.contains(&"P.json".to_owned()), "{split:?}");
    let other_sid = fs::read_to_string(folder.path("P-3.json")).unwrap().replace("\"P3\"", "\"Other3\"");
    fs::write(folder.path("P-8.json"), other_sid).unwrap();
    fs::write(folder.path("P-9.json"), "{}").unwrap();

    let saved = folder.save(&hosts(2), Some(&base)).unwrap();
    assert_eq!(saved.policy_written, ["P.json"]);
    assert_eq!(saved.policy_removed, ["P-1.json", "P-2.json", "P-3.json"]);
    assert_eq!(saved.notes.len(), 1);
    assert!(saved.notes[0].contains("P-8.json"), "{:?}", saved.notes);
    assert_eq!(folder.names(), ["P-8.json", "P-9.json", "P.json", "a.json"]);

    let back = folder.save(&many, Some(&saved.content)).unwrap();
    assert_eq!(back.policy_removed, ["P.json"]);
}

#[test]
fn where_there_is_no_policy_its_files_stay_and_are_named() {
    let folder = Folder::new();
    let base = folder.save(&hosts(2), None).unwrap().content;
    let policy = fs::read(folder.path("P.json")).unwrap();
    let saved = folder.save(&set(hosts(700), "max_documents", "1"), Some(&base)).unwrap();
    assert!(saved.allowlist_written);
    assert!(saved.no_policy.unwrap().contains("P.json stays as it was"));
    assert_eq!(fs::read(folder.path("P.json")).unwrap(), policy);
}

#[test]
fn a_file_of_somebody_elses_is_replaced_only_when_told() {
    let folder = Folder::new();
    fs::write(folder.path("P.json"), "mine").unwrap();
    let (path, allowlist) = (folder.path("a.json"), hosts(2));
    let order = folder.order(&path, &allowlist, None);
    assert!(matches!(save(&order), Err(StorageError::Foreign { files }) if files.len() == 1));
    assert_eq!(folder.names(), ["P.json"]);
    assert_eq!(fs::read_to_string(folder.path("P.json")).unwrap(), "mine");
    save(&Save { force: true, ..order }).unwrap();
    assert!(crate::policy::is_own(&fs::read(folder.path("P.json")).unwrap()));
}

#[test]
fn the_allowlist_is_not_overwritten_even_when_told() {
    let folder = Folder::new();
    let (path, allowlist) = (folder.path("P.json"), hosts(2));
    let order = Save { force: true, ..folder.order(&path, &allowlist, None) };
    assert!(matches!(save(&order), Err(StorageError::IsTheAllowlist { .. })));
    let alone = Locked::take(&path).unwrap().save_allowlist(&order).unwrap();
    assert!(alone.allowlist_written);
    assert!(policy_files(&path, &allowlist).is_empty());
}

#[test]
fn after_a_change_of_name_the_old_files_are_named() {
    let folder = Folder::new();
    let base = folder.save(&hosts(2), None).unwrap().content;
    let saved = folder.save(&set(hosts(2), "name", "Q"), Some(&base)).unwrap();
    assert_eq!(saved.policy_written, ["Q.json"]);
    assert!(saved.notes[0].contains("P.json"), "{:?}", saved.notes);
    assert_eq!(folder.names(), ["P.json", "Q.json", "a.json"]);
}

#[test]
fn only_an_edit_or_fmt_changes_the_form() {
    let folder = Folder::new();
    let canonical = folder.save(&hosts(2), None).unwrap().content;
    let loose = [b"\n".as_slice(), &canonical].concat();
    fs::write(folder.path("a.json"), &loose).unwrap();
    let saved = folder.save(&hosts(2), Some(&loose)).unwrap();
    assert_eq!((saved.allowlist_written, saved.content), (false, loose.clone()));
    let (path, allowlist) = (folder.path("a.json"), hosts(2));
    let locked = Locked::take(&path).unwrap();
    assert_eq!(locked.rewrite(&folder.order(&path, &allowlist, Some(&loose))).unwrap().content, canonical);
}

#[test]
fn what_an_interrupted_save_left_is_removed() {
    let folder = Folder::new();
    let base = folder.save(&hosts(2), None).unwrap().content;
    for name in [".a.json.keymoat-tmp", ".P-4.json.keymoat-tmp", ".keep", "keep.keymoat-tmp"] {
        fs::write(folder.path(name), "x").unwrap();
    }
    folder.save(&hosts(2), Some(&base)).unwrap();
    assert_eq!(folder.names(), [".keep", "P.json", "a.json", "keep.keymoat-tmp"]);
}

#[cfg(unix)]
#[test]
fn modes_and_links_are_kept() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let folder = Folder::new();
    fs::create_dir(folder.path("real")).unwrap();
    symlink("real/list", folder.path("a.json")).unwrap();
    let base = folder.save(&hosts(2), None).unwrap().content;
    let policy = folder.path("real/P.json");
    fs::set_permissions(folder.path("real/list"), fs::Permissions::from_mode(0o600)).unwrap();
    fs::rename(&policy, folder.path("elsewhere.json")).unwrap();
    symlink("../elsewhere.json", &policy).unwrap();
    fs::set_permissions(&policy, fs::Permissions::from_mode(0o666)).unwrap();
    folder.save(&hosts(3), Some(&base)).unwrap();
    assert_eq!(fs::read_link(folder.path("a.json")).unwrap(), Path::new("real/list"));
    assert_eq!(fs::read_link(&policy).unwrap(), Path::new("../elsewhere.json"));
    assert_eq!(mode(&folder.path("real/list")), 0o600);
    assert_eq!(mode(&folder.path("elsewhere.json")), 0o666);
    assert_eq!(losses(&policy).len(), 1);
    assert_eq!(folder.names(), ["a.json", "elsewhere.json", "real"]);
}

#[test]
fn a_long_name_has_a_temporary_too() {
    let folder = Folder::new();
    let path = folder.path(&format!("{}.json", "ü".repeat(120)));
    let allowlist = hosts(2);
    let base = save(&folder.order(&path, &allowlist, None)).unwrap().content;
    save(&folder.order(&path, &hosts(3), Some(&base))).unwrap();
    assert_eq!(folder.names().len(), 2);
}

#[test]
fn categories_alone_are_saved_without_a_policy() {
    let folder = Folder::new();
    let saved = folder.save(&Allowlist::default(), None).unwrap();
    assert!(saved.no_policy.is_some());
    assert_eq!(folder.names(), ["a.json"]);
    assert_eq!(open(&folder.path("a.json")).unwrap().allowlist.categories().len(), Kind::BUILT_IN.len());
}
