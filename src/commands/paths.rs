//! `paths`: where the files are.

use super::context::Context;
use super::error::CommandError;
use super::report::Report;
use crate::allowlist::Allowlist;
use std::path::{Path, PathBuf};

/// `NAME<TAB>PATH`, a line each.
pub fn run(context: &Context) -> Result<Report, CommandError> {
    let paths = &context.paths;
    // An allowlist that is not there, or cannot be read, still has a place for its policy.
    let allowlist = context.load().map(|opened| opened.allowlist).unwrap_or_default();
    let folder = crate::storage::folder_of(&paths.allowlist);
    let mut out = String::new();
    let mut line = |name: &str, path: &Path| {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| PathBuf::from(path));
        out.push_str(&format!("{name}\t{}\n", crate::text::quoted(&absolute.to_string_lossy(), 8192)));
    };
    line("allowlist", &paths.allowlist);
    line("config", &paths.config);
    for name in policy_names(context, &allowlist) {
        line("policy", &folder.join(name));
    }
    line("state", &paths.state);
    line("log", &paths.log);
    Ok(Report::new(out))
}

/// The files of the policy as it is now, else those on disk, else the one that there would be.
fn policy_names(context: &Context, allowlist: &Allowlist) -> Vec<String> {
    if let Ok(documents) = context.review(allowlist).policy {
        return documents.documents.into_iter().map(|document| document.file_name).collect();
    }
    let on_disk: Vec<String> = context.policy_files(allowlist).into_iter().map(|file| file.name).collect();
    if on_disk.is_empty() { vec![format!("{}.json", allowlist.policy().name)] } else { on_disk }
}
