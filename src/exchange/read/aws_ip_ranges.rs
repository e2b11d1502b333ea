//! `aws-ip-ranges`: <https://ip-ranges.amazonaws.com/ip-ranges.json> (AWS VPC User Guide, "AWS IP address
//! ranges"). One prefix stands there once for each service that uses it.

use super::content::{Content, Str};
use super::{Draft, Found, ReadFormat, SameSource, words};
use crate::allowlist::Kind;
use crate::exchange::ImportError;
use crate::json::Object;

pub(super) static FORMAT: ReadFormat = ReadFormat {
    name: "aws-ip-ranges",
    from: "https://ip-ranges.amazonaws.com/ip-ranges.json",
    category: Some(Kind::AwsAccount),
    shared_by: Some("AWS"),
    keys: &["region", "service", "network_border_group"],
    same_source: SameSource::Anywhere,
    recognise: |outline| {
        outline.get("prefixes").first().has("ip_prefix") || outline.get("ipv6_prefixes").is_list()
    },
    read,
};

#[derive(serde::Deserialize)]
struct Feed<'a> {
    #[serde(borrow, default)]
    prefixes: Vec<Object<Prefix<'a>>>,
    #[serde(borrow, default)]
    ipv6_prefixes: Vec<Object<Prefix<'a>>>,
}

#[derive(serde::Deserialize)]
struct Prefix<'a> {
    #[serde(borrow, alias = "ipv6_prefix")]
    ip_prefix: Str<'a>,
    region: String,
    service: String,
    #[serde(default)]
    network_border_group: String,
}

fn read(content: &Content) -> Result<Found, ImportError> {
    let Object(feed) = content.json::<Object<Feed>>()?;
    let mut found = Found::default();
    for Object(prefix) in feed.prefixes.iter().chain(&feed.ipv6_prefixes) {
        let draft = Draft::new(content.place(prefix.ip_prefix.raw), prefix.ip_prefix.text.as_ref());
        let draft = draft.label(prefix.service.as_str()).source(words([FORMAT.name, &prefix.region]));
        let draft = draft.group(format!("AWS {}", prefix.region)).with("region", prefix.region.as_str());
        let draft = draft.with("service", prefix.service.as_str());
        found.push(draft.with("network_border_group", prefix.network_border_group.as_str()));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{lines, read_as};

    #[test]
    fn both_families_with_duplicates() {
        let file = r#"{"syncToken": "1", "prefixes": [
 {"ip_prefix": "203.0.114.0/26", "region": "eu-west-1", "service": "AMAZON", "network_border_group": "eu-west-1"},
 {"ip_prefix": "203.0.114.0/26", "region": "eu-west-1", "service": "EC2", "network_border_group": "eu-west-1"}],
 "ipv6_prefixes": [{"ipv6_prefix": "2600:1f18::/36", "region": "us-east-1", "service": "EC2"}]}"#;
        assert_eq!(lines(file), ["2 203.0.114.0/26 AMAZON", "3 203.0.114.0/26 EC2", "4 2600:1f18::/36 EC2"]);
        assert_eq!(read_as(file, None).sources.len(), 2);
    }
}
