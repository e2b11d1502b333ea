//! Which key does what. [`TABLE`] says what there is to do; the keys of each action come from
//! `assets/keys.json` and, above it, the user's `keys.json`. The footer, the help, the command palette and
//! the documentation are made from both.

mod action;
mod file;
mod keys;
mod table;
mod words;

pub use action::Action;
pub use file::Binding;
pub use keys::{Key, NoKey};
pub use table::{Row, TABLE, is_of_review_alone, row};
pub use words::{markdown, roff};

use crate::json::JsonError;
use crossterm::event::KeyEvent;
use std::fmt;

/// Where a key applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// The main view.
    Main,
    /// The review mode.
    Review,
    /// Dialogs, in whose fields other keys type.
    Dialog,
}

impl Context {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Main, Self::Review, Self::Dialog];

    /// Its name in `keys.json`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Review => "review",
            Self::Dialog => "dialog",
        }
    }
}

impl fmt::Display for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The bindings that keymoat comes with.
const DEFAULTS: &str = include_str!("../../../assets/keys.json");

/// What a key stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    /// What it does.
    pub action: Action,
    /// Which of the action's keys it is, from 0: the third key of `category` selects the third category.
    pub nth: usize,
}

/// The keys of every action.
#[derive(Debug)]
pub struct Keymap {
    bindings: Vec<Binding>,
    meanings: foldhash::HashMap<(Context, Key), Meaning>,
}

impl Default for Keymap {
    fn default() -> Self {
        // A test reads the defaults, which do not change at run time.
        Self::of(file::read(DEFAULTS.as_bytes(), &[]).unwrap_or_default())
    }
}

impl Keymap {
    /// The default keys, and above them those of a user's `keys.json`.
    pub fn with(users: &[u8]) -> Result<Self, JsonError> {
        let defaults = Self::default().bindings;
        file::read(users, &defaults).map(Self::of)
    }

    fn of(bindings: Vec<Binding>) -> Self {
        let meanings = bindings.iter().flat_map(|binding| {
            let meaning = |nth| Meaning { action: binding.action, nth };
            let keys = binding.keys.iter().enumerate();
            keys.map(move |(nth, key)| ((binding.context, *key), meaning(nth)))
        });
        Self { meanings: meanings.collect(), bindings }
    }

    /// What a key does in a place.
    pub fn meaning(&self, context: Context, key: &KeyEvent) -> Option<Meaning> {
        self.meanings.get(&(context, Key::of(key))).copied()
    }

    /// The same without which of the action's keys it is.
    pub fn action(&self, context: Context, key: &KeyEvent) -> Option<Action> {
        self.meaning(context, key).map(|meaning| meaning.action)
    }

    /// The keys of an action in a place, the first of which is the one to show where there is room for one.
    pub fn keys(&self, context: Context, action: Action) -> &[Key] {
        let found = self.bindings.iter().find(|b| (b.context, b.action) == (context, action));
        found.map_or(&[], |binding| &binding.keys)
    }

    /// The keys of an action as people read them: in the main view, or where else it applies.
    pub fn spelled(&self, row: &Row) -> String {
        self.spelled_in(Context::Main, row)
    }

    /// The same in a place; where it does not apply there, in the first in which it does.
    pub fn spelled_in(&self, context: Context, row: &Row) -> String {
        let there = row.contexts.contains(&context);
        let place = if there { Some(&context) } else { row.contexts.first() };
        match place.map_or(&[][..], |place| self.keys(*place, row.action)) {
            [first, .., last] if row.action == Action::Category => format!("{first} … {last}"),
            keys => keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" "),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_defaults_name_every_action_where_it_applies_and_nothing_else() {
        let defaults = file::read(DEFAULTS.as_bytes(), &[]).unwrap();
        let named: Vec<_> = defaults.iter().map(|binding| (binding.context, binding.action)).collect();
        let unique: HashSet<_> = named.iter().copied().collect();
        assert_eq!(unique.len(), named.len());
        let wanted: HashSet<_> =
            TABLE.iter().flat_map(|row| row.contexts.iter().map(|context| (*context, row.action))).collect();
        assert_eq!(unique, wanted);
    }

    #[test]
    fn every_action_has_a_key_or_a_name_that_is_typed() {
        let typed = [Action::Messages, Action::SaveAndQuit, Action::QuitUnsaved];
        let keymap = Keymap::default();
        for row in TABLE {
            assert_eq!(keymap.spelled(row).is_empty(), typed.contains(&row.action), "{}", row.name);
        }
    }

    fn keys(users: &str, action: Action) -> String {
        match Keymap::with(users.as_bytes()) {
            Ok(keymap) => keymap.spelled(row(action).unwrap()),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn users_keys_stand_in_for_those_of_the_action() {
        let swapped = r#"{"main": {"undo": ["ctrl-r"], "redo": ["u", "f5"]}}"#;
        assert_eq!(keys(swapped, Action::Undo), "Ctrl-R");
        assert_eq!(keys(swapped, Action::Redo), "u F5");
        assert_eq!(keys(swapped, Action::Save), "Ctrl-S");
        assert_eq!(keys(DEFAULTS, Action::Category), "1 … 9");
        assert_eq!(keys("{}", Action::Quit), "q Ctrl-C");
        assert_eq!(keys(r#"{"main": {"suspend": []}}"#, Action::Suspend), "");
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        for (users, expected) in [
            (
                "{\"main\": {\n \"undo\": [\"d\"]}}",
                "2:11: d stands for \"undo\" and for \"delete\": give one of them another key",
            ),
            (
                r#"{"main": {"undo": ["z"], "redo": ["z"]}}"#,
                "1:35: z stands for \"redo\" and for \"undo\": give one of them another key",
            ),
            (r#"{"main": {"undo": ["z", "z"]}}"#, "1:25: z stands twice for \"undo\": leave one out"),
            (r#"{"main": {"fly": ["z"]}}"#, "1:15: unknown action \"fly\""),
            (r#"{"main": {"undo": ["zz"]}}"#, "1:20: \"zz\": no key is called so"),
            (r#"{"main": {"undo": [7]}}"#, "1:20: found 7, expected a key in quotes"),
            (r#"{"main": {"undo": "z"}}"#, "1:19: found \"z\", expected a list of keys in [ ]"),
            (r#"{"dialog": {"leave": []}}"#, "1:22: \"leave\" needs a key"),
            (r#"{"dialog": {"leave": ["q"]}}"#, "1:23: q types a character in a dialog"),
            (r#"{"mian": {}}"#, "1:7: unknown place \"mian\", expected one of main, review, dialog"),
            (r#"{"main": {"undo": [], "undo": []}}"#, "duplicate key \"undo\""),
            ("[]", "expected an object"),
            ("", "1:1: the file is empty"),
        ] {
            let said = keys(users, Action::Undo);
            assert!(said.contains(expected), "{users}: {said}");
        }
    }
}
