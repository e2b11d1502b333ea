//! `github-meta`: <https://api.github.com/meta>: one key a list; new lists come without notice, so every
//! list of CIDRs is taken, whatever its key.

use super::content::{Content, OneOrMany, Str};
use super::{Draft, Found, ReadFormat, SameSource, words};
use crate::allowlist::Kind;
use crate::exchange::ImportError;
use serde_json::value::RawValue;

pub(super) static FORMAT: ReadFormat = ReadFormat {
    name: "github-meta",
    from: "https://api.github.com/meta",
    category: Some(Kind::OtherCloud),
    shared_by: Some("GitHub"),
    keys: &["list"],
    same_source: SameSource::Anywhere,
    recognise: |outline| {
        outline.has("verifiable_password_authentication")
            || (outline.get("hooks").is_list() && outline.get("actions").is_list())
    },
    read,
};

/// Lists of strings that are no addresses, as far as they are known.
const NO_ADDRESSES: [&str; 2] = ["ssh_keys", "domains"];

/// An object's keys in the order of the file.
struct Lists<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> serde::Deserialize<'de> for Lists<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;
        impl<'de> serde::de::Visitor<'de> for Keys {
            type Value = Vec<(String, &'de RawValue)>;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("an object { }")
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut keys = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    keys.push(entry);
                }
                Ok(keys)
            }
        }
        deserializer.deserialize_map(Keys).map(Self)
    }
}

fn read(content: &Content) -> Result<Found, ImportError> {
    let mut found = Found::default();
    for (list, value) in content.json::<Lists>()?.0 {
        if !value.get().starts_with('[') || NO_ADDRESSES.contains(&list.as_str()) {
            continue;
        }
        let Ok(OneOrMany(addresses)) = crate::json::read_str::<OneOrMany<Str>>(value.get()) else { continue };
        let source = words([FORMAT.name, &list]);
        found.knows_source(&source);
        for address in addresses {
            let draft = Draft::new(content.place(address.raw), address.text.as_ref()).label(list.as_str());
            found.push(
                draft.source(source.clone()).group(format!("GitHub {list}")).with("list", list.as_str()),
            );
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{lines, read_as};

    #[test]
    fn every_list_of_addresses() {
        let file = r#"{"verifiable_password_authentication": false, "ssh_keys": ["ssh-rsa A"], "hooks": ["203.0.114.0/26"],
 "new_list": ["2600:1f18::/36"], "domains": {"website": ["*.github.com"]}}"#;
        assert_eq!(lines(file), ["1 203.0.114.0/26 hooks", "2 2600:1f18::/36 new_list"]);
        assert_eq!(read_as(file, None).entries[0].group.as_deref(), Some("GitHub hooks"));
    }
}
