//! Finding actions by what is typed: by a key that is typed or spelt, by name, by what they do.

use super::keymap::{Context, Key, Keymap, Row, TABLE};
use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// How well a text fits an action; the best is the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// It is a name of the action.
    Name,
    /// It is a key of the action.
    Key,
    /// A name of the action begins with it.
    BeginsName,
    /// Its letters stand in a name, be it with gaps.
    InName,
    /// Its words begin words of what the action does.
    InSentence,
}

/// The key that a text spells, as in `keys.json` or as it is shown.
pub fn key(text: &str) -> Option<Key> {
    text.parse().or_else(|_| text.to_lowercase().parse()).ok()
}

/// Whether one of the action's keys is this one, wherever it applies.
pub fn has_key(keymap: &Keymap, row: &Row, key: Key) -> bool {
    row.contexts.iter().any(|context| keymap.keys(*context, row.action).contains(&key))
}

/// The actions of the main view for a text, the best first: what is called so, or begins so, or has that key, before all;
/// then what applies before what does not.
pub fn actions(text: &str, keymap: &Keymap, applies: impl Fn(&Row) -> bool) -> Vec<&'static Row> {
    let (text, lower) = (text.trim(), text.trim().to_lowercase());
    let pattern = Pattern::new(text, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
    let (mut matcher, key) = (Matcher::new(Config::DEFAULT), key(text));
    let mut found = Vec::new();
    for row in TABLE.iter().filter(|row| row.contexts.contains(&Context::Main)) {
        let mut best = |name: &str| pattern.score(Utf32Str::new(name, &mut Vec::new()), &mut matcher);
        let score = names(row).filter_map(&mut best).max();
        let fit = if names(row).any(|name| name == text) {
            Fit::Name
        } else if key.is_some_and(|key| keymap.keys(Context::Main, row.action).contains(&key)) {
            Fit::Key
        } else if names(row).any(|name| name.starts_with(&lower)) {
            Fit::BeginsName
        } else if score.is_some() {
            Fit::InName
        } else if begins_words(text, row.sentence) {
            Fit::InSentence
        } else {
            continue;
        };
        // Who types the beginning of a name means it, and learns why it does not apply.
        let below = fit > Fit::BeginsName && !applies(row);
        // Of names that fit as well, the shorter one has less that was not typed.
        let length = score.map_or(0, |_| row.name.len());
        found.push(((below, fit, std::cmp::Reverse(score), length), row));
    }
    // Stable: of what fits as well, the table's order stays.
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, row)| row).collect()
}

fn names(row: &Row) -> impl Iterator<Item = &'static str> {
    std::iter::once(row.name).chain(row.aliases.iter().copied())
}

/// Whether each word of a text begins a word of another.
pub fn begins_words(text: &str, of: &str) -> bool {
    let of = of.to_lowercase();
    let words: Vec<&str> = of.split(|c: char| !c.is_alphanumeric()).collect();
    text.to_lowercase().split_whitespace().all(|typed| words.iter().any(|word| word.starts_with(typed)))
}

#[cfg(test)]
mod tests {
    use super::super::keymap::Action;
    use super::*;

    fn first(text: &str) -> Option<Action> {
        actions(text, &Keymap::default(), |_| true).first().map(|row| row.action)
    }

    #[test]
    fn vi_commands_do_what_they_do_elsewhere() {
        for (text, action) in [
            ("w", Action::Save),
            ("write", Action::Save),
            ("policy", Action::PolicySettings),
            ("mend", Action::Mend),
            ("choose a run", Action::MarkRun),
            ("q", Action::Quit),
            ("wq", Action::SaveAndQuit),
            ("x", Action::SaveAndQuit),
            ("q!", Action::QuitUnsaved),
        ] {
            assert_eq!(first(text), Some(action), "{text}");
            let none_applies = actions(text, &Keymap::default(), |_| false);
            assert_eq!(none_applies[0].action, action, "{text}");
        }
    }

    #[test]
    fn actions_are_found_by_name_by_key_and_by_what_they_do() {
        for (text, action) in [
            ("nwgrp", Action::NewGroup),
            ("group new", Action::NewGroup),
            ("ctrl-s", Action::Save),
            ("Ctrl-S", Action::Save),
            ("/", Action::Filter),
            ("u", Action::Undo),
            ("J", Action::MoveDown),
            ("j", Action::Down),
            ("shift-down", Action::MoveDown),
            ("tmux", Action::Copy),
            ("let through", Action::TestAddress),
        ] {
            assert_eq!(first(text), Some(action), "{text}");
        }
        assert_eq!(first("zzz"), None);
    }

    #[test]
    fn what_does_not_apply_stands_below_what_does() {
        let all = actions("do", &Keymap::default(), |row| row.action != Action::Redo);
        let names: Vec<_> = all.iter().map(|row| row.name).collect();
        assert_eq!(names[0], "down");
        assert!(names.contains(&"undo") && names.last() == Some(&"redo"), "{names:?}");
        let all = actions("Und", &Keymap::default(), |row| row.action != Action::Undo);
        assert_eq!(all[0].action, Action::Undo, "the beginning of a name is meant");
    }
}
