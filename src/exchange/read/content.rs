//! A foreign file before any reader looks at it: its text, the outline of its JSON, places in it.
//!
//! The outline is made by one walk over the whole document, which refuses what no reader may let pass:
//! broken JSON, JSON that is too deep, and a key that stands twice in one object, also in parts that
//! keymoat does not know. So the readers may ignore unknown keys.

use super::Place;
use crate::json::{self, JsonError};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

/// A foreign file's text.
#[derive(Debug)]
pub struct Content<'a> {
    /// The text, without a BOM.
    pub text: &'a str,
    /// What the JSON looks like; `None` where it is not JSON.
    pub outline: Option<Outline>,
    /// The name of the list: of the file, without folder and ending; empty where there is none.
    pub name: &'a str,
    line_starts: Vec<usize>,
}

impl<'a> Content<'a> {
    /// Looks at a file: what starts with `{` or `[` is JSON.
    pub fn new(text: &'a str, name: &'a str) -> Result<Self, JsonError> {
        let outline = match text.trim_start().as_bytes().first() {
            Some(b'{' | b'[') => Some(json::read_str::<Outline>(text)?),
            _ => None,
        };
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Ok(Self { text, outline, name, line_starts })
    }

    /// The place of a part of [`Self::text`].
    pub fn place(&self, part: &str) -> Place {
        let at = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize).min(self.text.len());
        let line = self.line_starts.partition_point(|start| *start <= at);
        let start = self.line_starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        Place { line, column: Some(at - start + 1) }
    }

    /// The document read as `T`.
    pub fn json<T: Deserialize<'a>>(&self) -> Result<T, JsonError> {
        json::read_str(self.text)
    }

    /// The `source` of a format: with the list's name, where there is one.
    pub fn source(&self, format: &str) -> String {
        if self.name.is_empty() { format.to_owned() } else { format!("{format} {}", self.name) }
    }
}

/// A string of the document and where it stands.
#[derive(Debug, Clone)]
pub struct Str<'a> {
    /// Its characters.
    pub text: Cow<'a, str>,
    /// Its JSON, as a part of [`Content::text`].
    pub raw: &'a str,
}

impl<'de: 'a, 'a> Deserialize<'de> for Str<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&'de RawValue>::deserialize(deserializer)?.get();
        let text = part(raw)?;
        Ok(Self { text, raw })
    }
}

/// A part of the document read as `T`; positions in it stay parts of [`Content::text`].
fn part<'de, T: Deserialize<'de>, E: serde::de::Error>(raw: &'de str) -> Result<T, E> {
    json::read_str(raw).map_err(|error| E::custom(error.message))
}

/// One or many: AWS takes a single value in place of a list of one.
#[derive(Debug)]
pub struct OneOrMany<T>(pub Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&'de RawValue>::deserialize(deserializer)?.get();
        if raw.starts_with('[') { part(raw).map(Self) } else { part(raw).map(|one| Self(vec![one])) }
    }
}

/// What a document looks like, so far as recognising it needs: four levels of keys, of each list its
/// first item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Outline {
    /// An object's keys, in order.
    Object(Vec<(String, Outline)>),
    /// The first item of a list, where it has one.
    List(Option<Box<Outline>>),
    /// A short string.
    Text(String),
    /// Anything else, and what is not there.
    #[default]
    Other,
}

const NOTHING: &Outline = &Outline::Other;

impl Outline {
    /// The value of a key.
    pub fn get(&self, key: &str) -> &Self {
        match self {
            Self::Object(keys) => {
                keys.iter().find(|(name, _)| name == key).map_or(NOTHING, |(_, value)| value)
            }
            _ => NOTHING,
        }
    }

    /// Whether it is an object with this key.
    pub fn has(&self, key: &str) -> bool {
        matches!(self, Self::Object(keys) if keys.iter().any(|(name, _)| name == key))
    }

    /// The first item, where it is a list.
    pub fn first(&self) -> &Self {
        match self {
            Self::List(Some(first)) => first,
            _ => NOTHING,
        }
    }

    /// Whether it is a list.
    pub fn is_list(&self) -> bool {
        matches!(self, Self::List(_))
    }

    /// Its text; empty where it is none.
    pub fn text(&self) -> &str {
        if let Self::Text(text) = self { text } else { "" }
    }
}

impl<'de> Deserialize<'de> for Outline {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Walk { levels: 4 }.deserialize(deserializer)
    }
}

/// A walk over a value that refuses duplicate keys, and keeps the outline of so many levels.
#[derive(Clone, Copy)]
struct Walk {
    levels: u8,
}

impl<'de> DeserializeSeed<'de> for Walk {
    type Value = Outline;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Outline, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk {
    type Value = Outline;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Outline, A::Error> {
        let inner = Self { levels: self.levels.saturating_sub(1) };
        let (mut seen, mut keys) = (HashSet::new(), Vec::new());
        while let Some(Key(key)) = map.next_key::<Key<'de>>()? {
            if seen.contains(&key) {
                return Err(A::Error::custom(format!("duplicate field `{key}`")));
            }
            let value = map.next_value_seed(inner)?;
            if self.levels > 0 {
                keys.push((key.clone().into_owned(), value));
            }
            seen.insert(key);
        }
        Ok(Outline::Object(keys))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Outline, A::Error> {
        let first = list.next_element_seed(Self { levels: self.levels.saturating_sub(1) })?;
        if first.is_some() {
            while list.next_element_seed(Self { levels: 0 })?.is_some() {}
        }
        Ok(Outline::List(first.map(Box::new)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Outline, E> {
        if self.levels > 0 && text.len() <= 80 {
            Ok(Outline::Text(text.to_owned()))
        } else {
            Ok(Outline::Other)
        }
    }

    fn visit_bool<E>(self, _: bool) -> Result<Outline, E> {
        Ok(Outline::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Outline, E> {
        Ok(Outline::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Outline, E> {
        Ok(Outline::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Outline, E> {
        Ok(Outline::Other)
    }

    fn visit_unit<E>(self) -> Result<Outline, E> {
        Ok(Outline::Other)
    }
}

/// A key, borrowed where it is spelt without escapes.
struct Key<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a key")
            }
            fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(key)))
            }
            fn visit_str<E>(self, key: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(key.to_owned())))
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(text: &str) -> Result<Outline, String> {
        json::read_str::<Outline>(text).map_err(|e| e.to_string())
    }

    #[test]
    fn a_key_twice_is_refused_however_deep_and_however_spelt() {
        let error = outline("{\"a\": [1, {\"b\": {\"c\": 1,\n \"\\u0063\": 2}}]}").unwrap_err();
        assert!(error.starts_with("2:") && error.contains("duplicate key \"c\""), "{error}");
        assert!(outline("{\"a\": {\"x\": 1}, \"b\": {\"x\": 1}}").is_ok());
    }

    #[test]
    fn depth_has_a_limit() {
        let deep = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
        assert!(outline(&deep).unwrap_err().contains("recursion limit"));
    }

    #[test]
    fn places_are_those_of_the_document() {
        #[derive(serde::Deserialize)]
        struct Doc<'a> {
            #[serde(borrow)]
            list: OneOrMany<Str<'a>>,
        }
        let content = Content::new("{\n  \"list\": [\"a\",\n   \"\\u0062\"]}", "").unwrap();
        let doc: Doc = content.json().unwrap();
        let found: Vec<_> =
            doc.list.0.iter().map(|s| (s.text.as_ref(), content.place(s.raw).to_string())).collect();
        assert_eq!(found, [("a", "2:12".to_owned()), ("b", "3:4".to_owned())]);
    }
}
