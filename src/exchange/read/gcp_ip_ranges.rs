//! `gcp-ip-ranges`: <https://www.gstatic.com/ipranges/cloud.json>, and `goog.json` beside it.

use super::content::{Content, Str};
use super::{Draft, Found, ReadFormat, SameSource, words};
use crate::allowlist::Kind;
use crate::exchange::ImportError;
use crate::json::Object;

pub(super) static FORMAT: ReadFormat = ReadFormat {
    name: "gcp-ip-ranges",
    from: "https://www.gstatic.com/ipranges/cloud.json",
    category: Some(Kind::OtherCloud),
    shared_by: Some("Google"),
    keys: &["region", "service"],
    same_source: SameSource::Anywhere,
    recognise: |outline| {
        let first = outline.get("prefixes").first();
        first.has("ipv4Prefix") || first.has("ipv6Prefix")
    },
    read,
};

#[derive(serde::Deserialize)]
struct Feed<'a> {
    #[serde(borrow)]
    prefixes: Vec<Object<Prefix<'a>>>,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Prefix<'a> {
    #[serde(borrow)]
    ipv4_prefix: Option<Str<'a>>,
    #[serde(borrow)]
    ipv6_prefix: Option<Str<'a>>,
    #[serde(default)]
    service: String,
    #[serde(default)]
    scope: String,
}

fn read(content: &Content) -> Result<Found, ImportError> {
    let Object(feed) = content.json::<Object<Feed>>()?;
    let mut found = Found::default();
    for Object(prefix) in &feed.prefixes {
        for cidr in [&prefix.ipv4_prefix, &prefix.ipv6_prefix].into_iter().flatten() {
            let draft =
                Draft::new(content.place(cidr.raw), cidr.text.as_ref()).label(prefix.service.as_str());
            let draft =
                draft.source(words([FORMAT.name, &prefix.scope])).group(words(["Google", &prefix.scope]));
            found.push(draft.with("region", prefix.scope.as_str()).with("service", prefix.service.as_str()));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::super::testing::lines;

    #[test]
    fn both_families() {
        let file = r#"{"prefixes": [{"ipv4Prefix": "203.0.114.64/27", "service": "Google Cloud", "scope": "europe-west1"},
 {"ipv6Prefix": "2600:1900::/44"}]}"#;
        assert_eq!(lines(file), ["1 203.0.114.64/27 Google Cloud", "2 2600:1900::/44 "]);
    }
}
