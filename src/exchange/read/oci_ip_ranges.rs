//! `oci-ip-ranges`: <https://docs.oracle.com/iaas/tools/public_ip_ranges.json>.

use super::content::{Content, Str};
use super::{Draft, Found, ReadFormat, SameSource, words};
use crate::allowlist::Kind;
use crate::exchange::ImportError;
use crate::json::Object;

pub(super) static FORMAT: ReadFormat = ReadFormat {
    name: "oci-ip-ranges",
    from: "https://docs.oracle.com/iaas/tools/public_ip_ranges.json",
    category: Some(Kind::OtherCloud),
    shared_by: Some("Oracle Cloud"),
    keys: &["region", "service"],
    same_source: SameSource::Anywhere,
    recognise: |outline| outline.get("regions").first().get("cidrs").is_list(),
    read,
};

#[derive(serde::Deserialize)]
struct Feed<'a> {
    #[serde(borrow)]
    regions: Vec<Object<Region<'a>>>,
}

#[derive(serde::Deserialize)]
struct Region<'a> {
    region: String,
    #[serde(borrow)]
    cidrs: Vec<Object<Block<'a>>>,
}

#[derive(serde::Deserialize)]
struct Block<'a> {
    #[serde(borrow)]
    cidr: Str<'a>,
    #[serde(default)]
    tags: Vec<String>,
}

fn read(content: &Content) -> Result<Found, ImportError> {
    let Object(feed) = content.json::<Object<Feed>>()?;
    let mut found = Found::default();
    for Object(region) in &feed.regions {
        let source = words([FORMAT.name, &region.region]);
        found.knows_source(&source);
        for Object(block) in &region.cidrs {
            let draft = Draft::new(content.place(block.cidr.raw), block.cidr.text.as_ref())
                .label(block.tags.join(", "));
            let mut draft = draft.source(source.clone()).group(format!("Oracle Cloud {}", region.region));
            draft = draft.with("region", region.region.clone());
            for tag in &block.tags {
                draft = draft.with("service", tag.clone());
            }
            found.push(draft);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::super::testing::lines;

    #[test]
    fn every_region() {
        let file = r#"{"last_updated_timestamp": "x", "regions": [{"region": "us-phoenix-1", "cidrs":
 [{"cidr": "203.0.114.0/24", "tags": ["OCI", "OSN"]}]}]}"#;
        assert_eq!(lines(file), ["2 203.0.114.0/24 OCI, OSN"]);
    }
}
