//! One range as a text of its own: every key with its value, also where that is the default.

use super::{CidrField, Date, Range};
use crate::json::{self, JsonError, Object};
use crate::text::Text;
use serde::{Deserialize, Deserializer};

impl Range {
    /// The range as a JSON object, a key a line. A date that there is not is empty.
    pub fn to_entry(&self) -> String {
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let texts = [
            ("cidr", self.cidr.to_string()),
            ("label", self.label.to_string()),
            ("owner", self.owner.to_string()),
            ("ticket", self.ticket.to_string()),
            ("note", self.note.to_string()),
            ("source", self.source.to_string()),
            ("added", day(self.added)),
            ("review_by", day(self.review_by)),
            ("expires", day(self.expires)),
        ];
        let lines = texts.map(|(key, text)| format!("  \"{key}\": {},\n", serde_json::Value::String(text)));
        format!("{{\n{}  \"enabled\": {}\n}}\n", lines.concat(), self.enabled)
    }

    /// Reads such an object. A key that is left out has its default.
    pub fn from_entry(bytes: &[u8]) -> Result<Self, JsonError> {
        json::read(bytes).map(|Object(keys): Object<EntryKeys>| keys.into())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EntryKeys {
    cidr: Text,
    #[serde(default)]
    label: Text,
    #[serde(default)]
    owner: Text,
    #[serde(default)]
    ticket: Text,
    #[serde(default)]
    note: Text,
    #[serde(default)]
    source: Text,
    #[serde(default, deserialize_with = "day")]
    added: Option<Date>,
    #[serde(default, deserialize_with = "day")]
    review_by: Option<Date>,
    #[serde(default, deserialize_with = "day")]
    expires: Option<Date>,
    #[serde(default = "yes")]
    enabled: bool,
}

fn yes() -> bool {
    true
}

fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let make = |text: &str| if text.is_empty() { Ok(None) } else { text.parse().map(Some) };
    json::from_string(deserializer, "a date such as \"2026-11-22\", or \"\"", make)
}

impl From<EntryKeys> for Range {
    fn from(keys: EntryKeys) -> Self {
        let EntryKeys { cidr, label, owner, ticket, note, source, added, review_by, expires, enabled } = keys;
        let cidr = CidrField::new(cidr);
        Self { cidr, label, owner, ticket, note, source, added, review_by, expires, enabled }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::allowlist::Starter;

    #[test]
    fn an_entry_comes_back_as_it_was() {
        let example = Starter::Example.allowlist("2026-11-22".parse().unwrap());
        for (.., range) in example.ranges() {
            let text = range.to_entry();
            assert_eq!(text.lines().count(), 12, "{text}");
            assert_eq!(&Range::from_entry(text.as_bytes()).unwrap(), range, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let place = |text: &str| Range::from_entry(text.as_bytes()).map_err(|error| error.line);
        assert_eq!(place("{\"cidr\": \"11.0.0.0/8\"}").unwrap(), Range::new("11.0.0.0/8".parse().unwrap()));
        assert_eq!(place("{\n  \"cidr\": \"11.0.0.0/8\",\n  \"added\": \"soon\"\n}"), Err(3));
        assert_eq!(place("{\n  \"cdir\": \"11.0.0.0/8\"\n}"), Err(2));
        assert_eq!(place("{\n  \"cidr\": \"11.0.0.0/8\"\n"), Err(3));
    }
}
