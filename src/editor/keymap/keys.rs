//! One key, as it is written in `keys.json` and as people read it.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::fmt;
use std::str::FromStr;

/// A key with what is held down with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

/// A text that is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "no key is called so: expected one character, up, down, left, right, pgup, pgdn, home, end, tab, enter, esc, space, backspace, delete or f1 to f12, with ctrl-, alt- or shift- in front where wanted"
)]
pub struct NoKey;

/// The keys that have names, as they are written and as they are read.
const NAMES: [(KeyCode, &str, &str); 15] = [
    (KeyCode::Up, "up", "Up"),
    (KeyCode::Down, "down", "Down"),
    (KeyCode::Left, "left", "Left"),
    (KeyCode::Right, "right", "Right"),
    (KeyCode::PageUp, "pgup", "PgUp"),
    (KeyCode::PageDown, "pgdn", "PgDn"),
    (KeyCode::Home, "home", "Home"),
    (KeyCode::End, "end", "End"),
    (KeyCode::Tab, "tab", "Tab"),
    (KeyCode::BackTab, "shift-tab", "Shift-Tab"),
    (KeyCode::Enter, "enter", "Enter"),
    (KeyCode::Esc, "esc", "Esc"),
    (KeyCode::Char(' '), "space", "Space"),
    (KeyCode::Backspace, "backspace", "Backspace"),
    (KeyCode::Delete, "delete", "Delete"),
];

const MODIFIERS: [(KeyModifiers, &str, &str); 3] = [
    (KeyModifiers::CONTROL, "ctrl-", "Ctrl-"),
    (KeyModifiers::ALT, "alt-", "Alt-"),
    (KeyModifiers::SHIFT, "shift-", "Shift-"),
];

impl Key {
    /// The key of what was typed. Terminals tell Shift for some letters and not for others; the letter says
    /// it already.
    pub fn of(event: &KeyEvent) -> Self {
        Self::new(event.code, event.modifiers)
    }

    fn new(code: KeyCode, modifiers: KeyModifiers) -> Self {
        match code {
            KeyCode::Char(_) | KeyCode::BackTab => Self { code, modifiers: modifiers - KeyModifiers::SHIFT },
            _ => Self { code, modifiers },
        }
    }

    /// The event that typing it makes.
    pub fn event(self) -> KeyEvent {
        KeyEvent::new(self.code, self.modifiers)
    }

    /// Whether a text field takes it for a character.
    pub fn types(self) -> bool {
        matches!(self.code, KeyCode::Char(_)) && self.modifiers.is_empty()
    }
}

impl FromStr for Key {
    type Err = NoKey;

    fn from_str(text: &str) -> Result<Self, NoKey> {
        let (mut rest, mut modifiers) = (text, KeyModifiers::NONE);
        while let Some((modifier, behind)) = MODIFIERS
            .iter()
            .find_map(|(modifier, written, _)| Some((*modifier, rest.strip_prefix(written)?)))
            .filter(|(_, behind)| !behind.is_empty())
        {
            modifiers |= modifier;
            rest = behind;
        }
        let named = NAMES.iter().find(|(_, written, _)| *written == rest).map(|(code, ..)| *code);
        let code = match named.or_else(|| function_key(rest)).or_else(|| only_char(rest)).ok_or(NoKey)? {
            KeyCode::Tab if modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
            code => code,
        };
        Ok(Self::new(code, modifiers))
    }
}

fn function_key(text: &str) -> Option<KeyCode> {
    let number = text.strip_prefix('f')?.parse().ok()?;
    (1..=12).contains(&number).then_some(KeyCode::F(number))
}

fn only_char(text: &str) -> Option<KeyCode> {
    let mut chars = text.chars();
    let first = chars.next().filter(|c| !c.is_control() && !c.is_whitespace())?;
    chars.next().is_none().then_some(KeyCode::Char(first))
}

/// As people read it: `Ctrl-S`, `Space`, `G`. Arrows would need a font, so `Up`.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (modifier, _, read) in MODIFIERS {
            if self.modifiers.contains(modifier) {
                f.write_str(read)?;
            }
        }
        match self.code {
            KeyCode::F(number) => write!(f, "F{number}"),
            KeyCode::Char(c) if c != ' ' && self.modifiers.is_empty() => write!(f, "{c}"),
            KeyCode::Char(c) if c != ' ' => write!(f, "{}", c.to_uppercase()),
            code => {
                f.write_str(NAMES.iter().find(|(named, ..)| *named == code).map_or("?", |(.., read)| read))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        text.parse::<Key>().map_or_else(|_| "none".to_owned(), |key| key.to_string())
    }

    #[test]
    fn keys_read_as_people_write_them() {
        for (written, expected) in [
            ("ctrl-s", "Ctrl-S"),
            ("shift-tab", "Shift-Tab"),
            ("pgup", "PgUp"),
            ("G", "G"),
            ("space", "Space"),
            ("ctrl-alt-up", "Ctrl-Alt-Up"),
            ("f12", "F12"),
            ("-", "-"),
            ("ctrl--", "Ctrl--"),
            ("東", "東"),
        ] {
            assert_eq!(read(written), expected);
        }
        for bad in ["", "ctrl-", "f13", "f0", "Ctrl-s", "ab", " ", "\u{7}", "super-x"] {
            assert_eq!(read(bad), "none", "{bad:?}");
        }
    }

    #[test]
    fn a_letter_says_shift_by_itself() {
        let typed = KeyEvent::new(KeyCode::Char('G'), KeyModifiers::SHIFT);
        assert_eq!(Ok(Key::of(&typed)), "G".parse());
        assert_eq!(Key::of(&typed).event(), KeyEvent::new(KeyCode::Char('G'), KeyModifiers::NONE));
        assert!(Key::of(&typed).types());
        assert_eq!("ctrl-g".parse::<Key>().map(Key::types), Ok(false));
    }
}
