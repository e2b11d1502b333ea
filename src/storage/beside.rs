//! The policy files that stand beside an allowlist.

use super::lock::{parent, resolve};
use super::read::read_bytes;
use crate::allowlist::Allowlist;
use crate::policy::PolicyFile;
use std::fs;
use std::path::Path;

/// The policy files of the allowlist's policy name that stand beside it: `NAME.json`, then `NAME-1.json`
/// and so on, whoever wrote them. What is no file, cannot be read, or is the allowlist itself is left out.
pub fn policy_files(path: &Path, allowlist: &Allowlist) -> Vec<PolicyFile> {
    resolve(path).map(|target| files_of(&target, &allowlist.policy().name)).unwrap_or_default()
}

/// The same for a resolved path and any policy name.
pub(super) fn files_of(target: &Path, policy_name: &str) -> Vec<PolicyFile> {
    let Ok(entries) = fs::read_dir(parent(target)) else { return Vec::new() };
    let mut found: Vec<(u32, PolicyFile)> = entries
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let name = entry.file_name().into_string().ok()?;
            let number = number_of(&name, policy_name)?;
            if same_file(&entry.path(), target) {
                return None;
            }
            Some((number, PolicyFile { bytes: read_bytes(&entry.path()).ok()?, name }))
        })
        .collect();
    found.sort_by_key(|(number, _)| *number);
    found.into_iter().map(|(_, file)| file).collect()
}

/// Which document of a policy a file name stands for: 0 for `NAME.json`, else the number in it.
fn number_of(file_name: &str, policy_name: &str) -> Option<u32> {
    let rest = file_name.strip_prefix(policy_name)?.strip_suffix(".json")?;
    if rest.is_empty() {
        return Some(0);
    }
    let digits = rest.strip_prefix('-')?;
    let plain = !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|_| plain)
}

/// Whether two paths lead to one file: through links, or in another spelling where the file system does
/// not tell them apart.
pub(super) fn same_file(a: &Path, b: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let id = |path| fs::metadata(path).ok().map(|m| (m.dev(), m.ino()));
        let (a, b) = (id(a), id(b));
        a.is_some() && a == b
    }
    #[cfg(not(unix))]
    {
        let real = |path| fs::canonicalize(path).ok();
        let (a, b) = (real(a), real(b));
        a.is_some() && a == b
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_names_of_the_policy_are_its_files() {
        assert_eq!(number_of("P.json", "P"), Some(0));
        assert_eq!(number_of("P-12.json", "P"), Some(12));
        for other in [
            "P-0.json",
            "P-01.json",
            "P-.json",
            "P-x.json",
            "P-1.json.bak",
            "Q-1.json",
            "P-+1.json",
            "P1.json",
        ] {
            assert_eq!(number_of(other, "P"), None, "{other}");
        }
    }
}
