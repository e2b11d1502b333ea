//! Where files are, and what day it is: the environment is read here and nowhere else.

use super::StorageError;
use crate::allowlist::Date;
use std::env;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Where keymoat's files are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// The allowlist; policies go beside it.
    pub allowlist: PathBuf,
    /// The folder of the user's own settings.
    pub config: PathBuf,
    /// The folder of drafts and history.
    pub state: PathBuf,
    /// The log.
    pub log: PathBuf,
}

/// The paths: the allowlist is the one of `-f`, else that of `KEYMOAT_FILE`, else `allowlist.json` in
/// the config folder. `XDG_CONFIG_HOME` and `XDG_STATE_HOME` count on every system.
pub fn paths(flag: Option<&Path>) -> Result<Paths, StorageError> {
    let known = directories::ProjectDirs::from("", "", "keymoat");
    let known =
        |pick: fn(&directories::ProjectDirs) -> &Path| known.as_ref().map(|dirs| pick(dirs).to_path_buf());
    let config = xdg("XDG_CONFIG_HOME").or_else(|| known(directories::ProjectDirs::config_dir));
    let state = xdg("XDG_STATE_HOME")
        .or_else(|| known(|dirs| dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir())));
    let (config, state) = config.zip(state).ok_or(StorageError::NoHome)?;
    let named = env::var_os("KEYMOAT_FILE").filter(|name| !name.is_empty()).map(PathBuf::from);
    let allowlist = flag.map(Path::to_path_buf).or(named).unwrap_or_else(|| config.join("allowlist.json"));
    let log = state.join("keymoat.log");
    Ok(Paths { allowlist, config, state, log })
}

/// The path from the root on, as it is seen from the current folder; as it is where that cannot be told.
pub fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}

/// A folder for keymoat in the one that a variable names; a relative one is passed over, as the XDG Base
/// Directory Specification has it.
fn xdg(variable: &str) -> Option<PathBuf> {
    env::var_os(variable)
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .map(|path| path.join("keymoat"))
}

/// The time: Unix time in seconds, or `SOURCE_DATE_EPOCH` where it is set.
pub(super) fn now() -> i64 {
    let epoch = env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
    let clock =
        || SystemTime::now().duration_since(UNIX_EPOCH).ok().and_then(|d| i64::try_from(d.as_secs()).ok());
    epoch.or_else(clock).unwrap_or_default()
}

/// The name of who uses keymoat, safe to print: behind sudo, who called it; `uid N` where nothing says a name.
pub(super) fn user() -> String {
    let names = ["SUDO_USER", "USER", "LOGNAME", "USERNAME"];
    let name = names.into_iter().filter_map(env::var_os).find(|name| !name.is_empty());
    name.map_or_else(user_id, |name| crate::text::quoted(&name.to_string_lossy(), 64))
}

#[cfg(unix)]
fn user_id() -> String {
    format!("uid {}", rustix::process::getuid().as_raw())
}

#[cfg(not(unix))]
fn user_id() -> String {
    String::new()
}

/// The UTC day, or that of `SOURCE_DATE_EPOCH` where it is set (reproducible-builds.org).
pub fn today() -> Result<Date, StorageError> {
    let Some(epoch) = env::var_os("SOURCE_DATE_EPOCH") else {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        return date_of(&now.to_string());
    };
    date_of(&epoch.to_string_lossy())
}

fn date_of(seconds: &str) -> Result<Date, StorageError> {
    let digits = !seconds.is_empty() && seconds.bytes().all(|b| b.is_ascii_digit());
    let day = seconds.parse().ok().filter(|_| digits).and_then(Date::from_unix);
    day.ok_or_else(|| StorageError::BadEpoch { found: crate::text::quoted(seconds, 40) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_epoch_is_seconds_and_nothing_else() {
        assert_eq!(date_of("1795305600").unwrap().to_string(), "2026-11-22");
        for bad in ["", "-1", "+1", " 1", "1.5", "yesterday", "99999999999999999999", "999999999999999"] {
            assert!(matches!(date_of(bad), Err(StorageError::BadEpoch { .. })), "{bad}");
        }
    }
}
