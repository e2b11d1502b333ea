//! Text from outside: which characters may come in, and how anything is made safe to print.
//!
//! Refused are the characters that steer a terminal, reorder what is read, or cannot be seen:
//! C0, DEL and C1 controls, bidirectional controls (CVE-2021-42574), zero-width and tag characters.
//! U+200C and U+200D are text: scripts and emoji need them.

use std::fmt::Write as _;

/// The characters that no string of keymoat's may hold.
pub fn is_forbidden(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}'
        | '\u{e0000}'..='\u{e007f}')
}

/// Why a text is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// A character that steers a terminal, reorders text or is invisible.
    #[error("character U+{code:04X} ({what}) at position {position} is not allowed: remove it", what = describe(*.code))]
    Forbidden {
        /// The Unicode scalar value.
        code: u32,
        /// Counted in characters from 1.
        position: usize,
    },
    /// More characters than the field takes.
    #[error("{length} characters, at most {limit} are allowed: shorten it")]
    TooLong {
        /// Unicode scalars found.
        length: usize,
        /// Unicode scalars allowed.
        limit: usize,
    },
    /// Nothing where something is needed.
    #[error("it is empty: give it at least one character")]
    Empty,
}

fn describe(code: u32) -> &'static str {
    match code {
        0x1b => "escape",
        0x0a => "line feed",
        0x0d => "carriage return",
        0x09 => "tab",
        0..=0x1f | 0x7f => "control character",
        0x80..=0x9f => "C1 control character",
        0x61c | 0x200e | 0x200f | 0x202a..=0x202e | 0x2066..=0x2069 => "bidirectional control",
        0x2028 | 0x2029 => "line separator",
        _ => "invisible character",
    }
}

/// Checks a text against the forbidden characters and a length in Unicode scalars.
pub fn check(text: &str, limit: usize) -> Result<(), TextError> {
    let mut length = 0;
    for c in text.chars() {
        length += 1;
        if is_forbidden(c) {
            return Err(TextError::Forbidden { code: c as u32, position: length });
        }
    }
    if length > limit {
        return Err(TextError::TooLong { length, limit });
    }
    Ok(())
}

/// The same as [`check`], for names, which may not be empty either.
pub fn check_name(text: &str, limit: usize) -> Result<(), TextError> {
    if text.is_empty() {
        return Err(TextError::Empty);
    }
    check(text, limit)
}

/// `text` as it may go to a terminal: forbidden characters but the line feed as `\u{1b}`.
pub fn printable(text: &str) -> String {
    escape(text, |c| c == '\n')
}

/// `text` on one line and safe for a terminal, cut at `limit` characters, to be quoted in a message.
pub fn quoted(text: &str, limit: usize) -> String {
    let mut chars = text.chars();
    let head: String = chars.by_ref().take(limit).collect();
    let mut out = escape(&head, |_| false);
    if chars.next().is_some() {
        out.push('…');
    }
    out
}

fn escape(text: &str, keep: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_forbidden(c) && !keep(c) {
            // Writing to a String cannot fail.
            let _ = write!(out, "\\u{{{:x}}}", c as u32);
        } else {
            out.push(c);
        }
    }
    out
}

/// A text that has passed the door: no forbidden character, `MIN` to `MAX` Unicode scalars.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Bounded<const MIN: usize, const MAX: usize>(String);

/// A label, owner, ticket, note or source: at most 256 characters, maybe none.
pub type Text = Bounded<0, 256>;
/// The name of a category or a group: 1 to 128 characters.
pub type Name = Bounded<1, 128>;
/// A policy setting (name, Sid, ARN, id, action): not empty; whether AWS takes it is a finding. The cap
/// is that of an ARN, the longest of them (2,048: IAM and STS quotas, "ARN").
pub type Setting = Bounded<1, 2048>;

impl<const MIN: usize, const MAX: usize> Bounded<MIN, MAX> {
    /// Checks and takes a text.
    pub fn new(text: impl Into<String>) -> Result<Self, TextError> {
        let text = text.into();
        if MIN > 0 {
            check_name(&text, MAX)?;
        } else {
            check(&text, MAX)?;
        }
        Ok(Self(text))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is no character in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<const MAX: usize> Default for Bounded<0, MAX> {
    fn default() -> Self {
        Self(String::new())
    }
}

impl<const MIN: usize, const MAX: usize> std::ops::Deref for Bounded<MIN, MAX> {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl<const MIN: usize, const MAX: usize> std::fmt::Display for Bounded<MIN, MAX> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}

impl<const MIN: usize, const MAX: usize> std::str::FromStr for Bounded<MIN, MAX> {
    type Err = TextError;
    fn from_str(text: &str) -> Result<Self, TextError> {
        Self::new(text)
    }
}

impl<const MIN: usize, const MAX: usize> serde::Serialize for Bounded<MIN, MAX> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de, const MIN: usize, const MAX: usize> serde::Deserialize<'de> for Bounded<MIN, MAX> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::json::from_string(deserializer, "a string", |text| Self::new(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_are_refused_with_code_point_and_place() {
        let error = check("ab\u{1b}[2J", 256).unwrap_err();
        assert_eq!(error, TextError::Forbidden { code: 0x1b, position: 3 });
        assert!(error.to_string().contains("U+001B"));
    }

    #[test]
    fn joiners_and_combining_marks_are_text() {
        assert_eq!(check("👨\u{200d}👩 e\u{301} \u{200c}", 256), Ok(()));
    }

    #[test]
    fn length_counts_characters_not_bytes() {
        assert_eq!(check(&"ü".repeat(256), 256), Ok(()));
        assert_eq!(check(&"ü".repeat(257), 256), Err(TextError::TooLong { length: 257, limit: 256 }));
    }

    #[test]
    fn what_is_printed_holds_no_control() {
        assert_eq!(printable("a\u{1b}[31m\nb\u{9b}"), "a\\u{1b}[31m\nb\\u{9b}");
        assert_eq!(quoted("x\ny", 10), "x\\u{a}y");
        assert_eq!(quoted("abcdef", 3), "abc…");
    }
}
