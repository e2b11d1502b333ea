//! The one strict JSON reader: for the allowlist, for policies, for imports.
//!
//! serde_json finds the place of an error and serde's derived types refuse unknown and duplicate keys
//! (also where a key is spelt with an escape); this adds what serde is lenient about: an object is an
//! object ([`Object`], since derived structs also take arrays), a key that stands there is not null
//! ([`present`]), a name is a string ([`from_string`]), nothing follows the document, and the words of
//! an error are safe to print.

use serde::de::{DeserializeOwned, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, de};
use std::fmt;
use std::marker::PhantomData;

/// Why a JSON text could not be read: the place, counted from 1, and one sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{line}:{column}: {message}")]
pub struct JsonError {
    /// Line, from 1.
    pub line: usize,
    /// Column in bytes, from 1.
    pub column: usize,
    /// What was found, in which key, and what was expected; safe to print.
    pub message: String,
}

/// Reads one JSON document and nothing behind it. A BOM is passed over.
pub fn read<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, JsonError> {
    read_str(utf8(bytes)?)
}

/// The same from text that has no BOM.
pub fn read_str<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, JsonError> {
    if text.trim_ascii().is_empty() {
        return Err(JsonError {
            line: 1,
            column: 1,
            message: "the file is empty: expected a JSON object".into(),
        });
    }
    parse(text).map_err(|plain| with_path::<T>(text).unwrap_or(plain))
}

/// Reads JSON documents one after another, at least one, each with its place in the text of [`utf8`].
pub fn read_many<T: DeserializeOwned>(bytes: &[u8]) -> Result<Vec<(T, std::ops::Range<usize>)>, JsonError> {
    let text = utf8(bytes)?;
    let mut reader = serde_json::Deserializer::from_str(text).into_iter::<T>();
    let (mut all, mut start) = (Vec::new(), 0);
    while let Some(value) = reader.next() {
        all.push((value.map_err(|e| describe(&e, ""))?, start..reader.byte_offset()));
        start = reader.byte_offset();
    }
    if all.is_empty() {
        return Err(JsonError {
            line: 1,
            column: 1,
            message: "the file is empty: expected a JSON object".into(),
        });
    }
    Ok(all)
}

/// The bytes as UTF-8, without a BOM; an error names the first bad byte.
pub fn utf8(bytes: &[u8]) -> Result<&str, JsonError> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let good = &bytes[..error.valid_up_to()];
        let line = good.iter().filter(|b| **b == b'\n').count() + 1;
        let column = good.iter().rev().take_while(|b| **b != b'\n').count() + 1;
        let byte = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
        let mend = match bytes {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => " but UTF-16: save the file as UTF-8",
            // No text has a NUL.
            _ if bytes.contains(&0) => ": the file is no text",
            _ => ": save the file as UTF-8",
        };
        JsonError { line, column, message: format!("byte 0x{byte:02X} is not UTF-8{mend}") }
    })
}

fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, JsonError> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = T::deserialize(&mut reader).map_err(|e| describe(&e, ""))?;
    reader.end().map_err(|e| describe(&e, ""))?;
    Ok(value)
}

/// The same once more, only to learn in which key the error is: slower, so not for the good case.
fn with_path<'a, T: Deserialize<'a>>(text: &'a str) -> Option<JsonError> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let error = serde_path_to_error::deserialize::<_, T>(&mut reader).err()?;
    let path = error.path().to_string();
    // `.` is the document itself; `?` is a place within what could not be read that far.
    let path = path.trim_end_matches('?').trim_end_matches('.');
    Some(describe(error.inner(), path))
}

fn describe(error: &serde_json::Error, path: &str) -> JsonError {
    let full = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let said = full.strip_suffix(&place).unwrap_or(&full);
    let said = said
        .replace("invalid type: ", "found ")
        .replace("invalid value: ", "found ")
        .replace("invalid length ", "found length ")
        .replace("unknown field", "unknown key")
        .replace("duplicate field", "duplicate key")
        .replace("missing field", "missing key")
        .replace("expected u32", "expected a whole number from 0 to 4294967295")
        .replace("expected u64", "expected a whole number from 0 to 18446744073709551615")
        .replace("expected a boolean", "expected true or false")
        .replace("trailing characters", "something follows the document, expected its end")
        .replace('`', "\"");
    // 600 characters hold every list of keys there is; what was found is cut by then.
    let mut message = crate::text::quoted(&said, 600);
    if !path.is_empty() {
        message = format!("{message}, in {}", crate::text::quoted(path, 200));
    }
    JsonError { line: error.line().max(1), column: error.column().max(1), message }
}

/// A value that must be written as a JSON object.
#[derive(Debug)]
pub struct Object<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        object(deserializer).map(Object)
    }
}

/// For `deserialize_with`: a value that must be written as a JSON object.
pub fn object<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct OnlyMap<T>(PhantomData<T>);
    impl<'de, T: Deserialize<'de>> Visitor<'de> for OnlyMap<T> {
        type Value = T;
        fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
            f.write_str("an object { }")
        }
        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
            T::deserialize(de::value::MapAccessDeserializer::new(map))
        }
    }
    deserializer.deserialize_map(OnlyMap(PhantomData))
}

/// For `deserialize_with` on an `Option`: where the key stands, its value does too (`null` is none).
pub fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// A value made from a JSON string; the error of `make` becomes the error of the reader at that place.
pub fn from_string<'de, T, E: fmt::Display, D: Deserializer<'de>>(
    deserializer: D,
    expected: &'static str,
    make: impl FnOnce(&str) -> Result<T, E>,
) -> Result<T, D::Error> {
    struct Str<F>(F, &'static str);
    impl<T, E: fmt::Display, F: FnOnce(&str) -> Result<T, E>> Visitor<'_> for Str<F> {
        type Value = T;
        fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
            f.write_str(self.1)
        }
        fn visit_str<X: de::Error>(self, text: &str) -> Result<T, X> {
            (self.0)(text).map_err(X::custom)
        }
    }
    deserializer.deserialize_str(Str(make, expected))
}

/// An error for a value that was read but breaks a rule.
pub fn refused<E: de::Error>(message: impl fmt::Display) -> E {
    E::custom(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Point {
        x: u32,
        #[serde(default, deserialize_with = "present")]
        y: Option<u32>,
    }

    fn point(text: &str) -> Result<Point, String> {
        read::<Object<Point>>(text.as_bytes()).map(|o| o.0).map_err(|e| e.to_string())
    }

    #[test]
    fn a_place_and_a_key_are_named() {
        assert_eq!(point("\u{feff}{\"x\": 1}\r\n"), Ok(Point { x: 1, y: None }));
        let error = point("{\"x\": 1,\n \"y\": \"2\"}").unwrap_err();
        assert_eq!(error, "2:9: found string \"2\", expected a whole number from 0 to 4294967295, in y");
    }

    #[test]
    fn a_key_that_is_not_known_yet_is_not_named() {
        assert_eq!(point("{").unwrap_err(), "1:1: EOF while parsing an object");
        assert_eq!(point("{\"x\u{1}\": 1}").unwrap_err().matches(", in").count(), 0);
    }

    #[test]
    fn leniencies_of_serde_are_closed() {
        assert!(point("[1, 2]").unwrap_err().contains("expected an object"));
        assert!(point("{\"x\": 1, \"y\": null}").unwrap_err().contains("found null"));
        assert!(point("{\"x\": 1, \"\\u0078\": 2}").unwrap_err().contains("duplicate key \"x\""));
        assert!(point("{\"x\": 1} {}").unwrap_err().contains("follows the document"));
        assert!(point("{\"x\": 1.0}").unwrap_err().contains("expected a whole number"));
        assert!(point(" \n").unwrap_err().contains("empty"));
    }

    #[test]
    fn several_documents_are_read_with_their_places() {
        let all = read_many::<Object<Point>>(b"{\"x\": 1}\n {\"x\": 2}\n").unwrap();
        let found: Vec<_> = all.into_iter().map(|(point, place)| (point.0.x, place)).collect();
        assert_eq!(found, [(1, 0..8), (2, 8..18)]);
        assert_eq!(read_many::<Object<Point>>(b"{\"x\": 1}\n{\"y\": 2}").unwrap_err().line, 2);
        assert!(read_many::<Object<Point>>(b" \n").is_err());
    }

    #[test]
    fn words_of_an_error_are_safe_and_short() {
        let error = point("{\"\u{9b}31m\": 1}").unwrap_err();
        assert!(error.contains("\\u{9b}31m"), "{error}");
        let long = format!("{{\"x\": \"{}\"}}", "a".repeat(100_000));
        assert!(point(&long).unwrap_err().len() < 1000);
        assert!(read::<Object<Point>>(b"{\"x\": 1\xff}").unwrap_err().message.contains("0xFF"));
    }
}
