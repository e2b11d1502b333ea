//! `azure-service-tags`: the weekly `ServiceTags_Public_*.json`, and `az network list-service-tags`.

use super::content::{Content, Str};
use super::{Draft, Found, ReadFormat, SameSource, words};
use crate::allowlist::Kind;
use crate::exchange::ImportError;
use crate::json::Object;

pub(super) static FORMAT: ReadFormat = ReadFormat {
    name: "azure-service-tags",
    from: "Azure's ServiceTags_Public_*.json, or `az network list-service-tags`",
    category: Some(Kind::OtherCloud),
    shared_by: Some("Azure"),
    keys: &["name", "region", "service"],
    same_source: SameSource::Anywhere,
    recognise: |outline| outline.get("values").first().get("properties").get("addressPrefixes").is_list(),
    read,
};

#[derive(serde::Deserialize)]
struct Feed<'a> {
    #[serde(borrow)]
    values: Vec<Object<Tag<'a>>>,
}

#[derive(serde::Deserialize)]
struct Tag<'a> {
    name: String,
    #[serde(borrow)]
    properties: Object<Properties<'a>>,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Properties<'a> {
    region: Option<String>,
    system_service: Option<String>,
    #[serde(borrow)]
    address_prefixes: Vec<Str<'a>>,
}

fn read(content: &Content) -> Result<Found, ImportError> {
    let Object(feed) = content.json::<Object<Feed>>()?;
    let mut found = Found::default();
    for Object(Tag { name, properties: Object(properties) }) in &feed.values {
        let source = words([FORMAT.name, name]);
        found.knows_source(&source);
        let region = properties.region.as_deref().unwrap_or_default();
        let service = properties.system_service.as_deref().unwrap_or_default();
        for prefix in &properties.address_prefixes {
            let draft = Draft::new(content.place(prefix.raw), prefix.text.as_ref()).label(name.as_str());
            let draft = draft.source(source.clone()).group(format!("Azure {name}"));
            found.push(draft.with("name", name.as_str()).with("region", region).with("service", service));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::super::testing::lines;

    #[test]
    fn every_tag() {
        let file = r#"{"changeNumber": 1, "values": [{"name": "AzureDevOps", "id": "AzureDevOps", "properties":
 {"region": "", "systemService": "AzureDevOps", "addressPrefixes": ["203.0.114.192/26", "2600:1f18::/46"]}}]}"#;
        assert_eq!(lines(file), ["2 203.0.114.192/26 AzureDevOps", "2 2600:1f18::/46 AzureDevOps"]);
    }
}
