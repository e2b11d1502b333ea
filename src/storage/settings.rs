//! The editor's own settings, `editor.json` in the config folder, and the user's themes beside it.

use super::read::read_if_there;
use super::{StorageError, replace};
use crate::json::{self, JsonError, Object, present};
use crate::text::Name;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};

/// What the editor keeps for the next time. What is not set stays out of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The name of the theme.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub theme: Option<Name>,
    /// Whether the mouse is the editor's; it is where nothing is said.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub mouse: Option<bool>,
}

impl Settings {
    /// The settings in a config folder; where there is no file, none is set. An error says the file and the
    /// place in it.
    pub fn read(config: &Path) -> Result<Self, StorageError> {
        let file = file(config);
        let Some(bytes) = read_if_there(&file)? else { return Ok(Self::default()) };
        let settings: Result<Object<Self>, _> = json::read(&bytes);
        settings.map(|settings| settings.0).map_err(unreadable(&file))
    }

    /// Changes some settings and keeps the others. A file that cannot be read is not overwritten.
    pub fn change(config: &Path, change: impl FnOnce(&mut Self)) -> Result<(), StorageError> {
        let mut settings = Self::read(config)?;
        let before = settings.clone();
        change(&mut settings);
        if settings == before {
            return Ok(());
        }
        fs::create_dir_all(config).map_err(StorageError::io("make the folder", config))?;
        // Names and flags are always JSON.
        let mut text = serde_json::to_string_pretty(&settings).unwrap_or_default();
        text.push('\n');
        let file = file(config);
        // Where it is a link, what it leads to is replaced.
        replace::replace(&fs::canonicalize(&file).unwrap_or(file), text.as_bytes())
    }
}

fn file(config: &Path) -> PathBuf {
    config.join("editor.json")
}

fn unreadable(file: &Path) -> impl FnOnce(JsonError) -> StorageError {
    let path = file.to_path_buf();
    |error| StorageError::Unreadable { path, line: error.line, column: error.column, message: error.message }
}

/// The names of the user's own themes, in order: the files `themes/NAME.json` in the config folder.
pub fn own_themes(config: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(themes(config)) else { return Vec::new() };
    let names = entries.flatten().filter_map(|entry| {
        let name = entry.file_name();
        let name = name.to_str()?.strip_suffix(".json")?;
        // A name that the settings cannot keep is none.
        (!name.starts_with('.') && Name::new(name).is_ok()).then(|| name.to_owned())
    });
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

/// What `parse` makes of the user's own theme of a name; `None` where there is none. An error says the file
/// and the place in it.
pub fn own_theme<T>(
    config: &Path,
    name: &str,
    parse: impl FnOnce(&[u8]) -> Result<T, JsonError>,
) -> Result<Option<T>, StorageError> {
    if !own_themes(config).iter().any(|own| own == name) {
        return Ok(None);
    }
    let file = themes(config).join(format!("{name}.json"));
    let Some(bytes) = read_if_there(&file)? else { return Ok(None) };
    parse(&bytes).map(Some).map_err(unreadable(&file))
}

fn themes(config: &Path) -> PathBuf {
    config.join("themes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_is_kept_and_the_rest_stays() {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("config");
        assert_eq!(Settings::read(&config).unwrap(), Settings::default());
        Settings::change(&config, |_| {}).unwrap();
        assert!(!config.exists(), "nothing is written where nothing has changed");
        let dusk = || Some(Name::new("dusk").unwrap());
        Settings::change(&config, |settings| settings.theme = dusk()).unwrap();
        assert_eq!(fs::read_to_string(file(&config)).unwrap(), "{\n  \"theme\": \"dusk\"\n}\n");
        assert_eq!(Settings::read(&config).unwrap().theme, dusk());
        Settings::change(&config, |settings| settings.theme = None).unwrap();
        assert_eq!(fs::read_to_string(file(&config)).unwrap(), "{}\n");
        Settings::change(&config, |settings| settings.mouse = Some(false)).unwrap();
        assert_eq!(fs::read_to_string(file(&config)).unwrap(), "{\n  \"mouse\": false\n}\n");
        assert_eq!(Settings::read(&config).unwrap().mouse, Some(false));
    }

    #[test]
    fn a_file_that_says_something_else_is_an_error_with_its_place_and_stays() {
        let folder = tempfile::tempdir().unwrap();
        for bad in ["{\n \"them\": \"dusk\"}", "{\n \"theme\": 1}", "{\n \"theme\": \"\"}", "{\n[}"] {
            fs::write(file(folder.path()), bad).unwrap();
            let error = Settings::read(folder.path()).unwrap_err().to_string();
            assert!(error.contains("editor.json:2:"), "{error}");
            assert!(Settings::change(folder.path(), |settings| settings.theme = None).is_err());
            assert_eq!(fs::read_to_string(file(folder.path())).unwrap(), bad);
        }
    }

    #[test]
    fn own_themes_are_found_by_their_names_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(themes(folder.path())).unwrap();
        for name in ["b.json", "a.json", ".hidden.json", "note.txt", "a\u{7}.json"] {
            fs::write(themes(folder.path()).join(name), "{}").unwrap();
        }
        fs::write(folder.path().join("c.json"), "{}").unwrap();
        assert_eq!(own_themes(folder.path()), ["a", "b"]);
        let found = |name: &str| own_theme(folder.path(), name, |_| Ok(())).unwrap().is_some();
        assert!(found("a") && !found("../c") && !found("c") && !found(".hidden"));
    }
}
