//! `gcp-addresses`: `gcloud compute addresses list --format=json` (Compute v1, schema Address).

use super::content::{Content, Str};
use super::{Draft, Found, ReadFormat, SameSource, last_segment, segment_after, words};
use crate::allowlist::Kind;
use crate::exchange::ImportError;
use crate::json::Object;

pub(super) static FORMAT: ReadFormat = ReadFormat {
    name: "gcp-addresses",
    from: "`gcloud compute addresses list --format=json`",
    category: Some(Kind::OtherCloud),
    shared_by: None,
    keys: &["region", "project", "name"],
    same_source: SameSource::Anywhere,
    recognise: |outline| {
        let first = outline.first();
        first.get("kind").text() == "compute#address" || first.has("addressType") && first.has("selfLink")
    },
    read,
};

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Address<'a> {
    #[serde(borrow)]
    address: Option<Str<'a>>,
    address_type: Option<String>,
    prefix_length: Option<u8>,
    #[serde(default)]
    name: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    region: String,
    #[serde(default)]
    self_link: String,
    #[serde(default)]
    status: String,
}

fn read(content: &Content) -> Result<Found, ImportError> {
    let list = content.json::<Vec<Object<Address>>>()?;
    let mut found = Found::default();
    let (mut internal, mut free) = (Vec::new(), Vec::new());
    for Object(address) in &list {
        let project = segment_after(&address.self_link, "projects");
        let region = if address.region.is_empty() { "global" } else { last_segment(&address.region) };
        let detail = words([project, region]);
        found.knows_source(&words([FORMAT.name, &detail]));
        if address.address_type.as_deref() == Some("INTERNAL") {
            internal.push(address.name.clone());
            continue;
        }
        let Some(ip) = address.address.as_ref().filter(|_| matches!(address.status.as_str(), "" | "IN_USE"))
        else {
            free.push(format!("{} ({})", address.name, address.status));
            continue;
        };
        // An external IPv6 address is a prefix, of which the address is the first.
        let cidr = match address.prefix_length {
            Some(length) if !ip.text.contains('/') && length > 0 => format!("{}/{length}", ip.text),
            _ => ip.text.to_string(),
        };
        let label = if address.description.is_empty() { &address.name } else { &address.description };
        let draft = Draft::new(content.place(ip.raw), cidr).label(label.as_str());
        let draft = draft.source(words([FORMAT.name, &detail])).group(detail).with("region", region);
        found.push(draft.with("project", project).with("name", address.name.clone()));
    }
    found.passed_over(&internal, "internal address", "internal addresses");
    found.passed_over(
        &free,
        "address that is reserved but not in use",
        "addresses that are reserved but not in use",
    );
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{lines, read_as};

    #[test]
    fn external_addresses_in_use() {
        let file = r#"[{"kind": "compute#address", "address": "203.0.114.41", "addressType": "EXTERNAL", "name": "nat-1", "status": "IN_USE",
  "region": "https://www.googleapis.com/compute/v1/projects/p/regions/europe-west1",
  "selfLink": "https://www.googleapis.com/compute/v1/projects/p/regions/europe-west1/addresses/nat-1"},
 {"address": "10.132.0.9", "addressType": "INTERNAL", "name": "ilb", "status": "RESERVED"},
 {"address": "203.0.114.43", "addressType": "EXTERNAL", "name": "old", "status": "RESERVED"},
 {"address": "2600:1900::", "prefixLength": 96, "addressType": "EXTERNAL", "name": "six", "status": "IN_USE"}]"#;
        assert_eq!(lines(file), ["1 203.0.114.41 nat-1", "6 2600:1900::/96 six"]);
        let found = read_as(file, None);
        assert_eq!(found.entries[0].group.as_deref(), Some("p europe-west1"));
        assert!(found.notes[0].contains("ilb") && found.notes[1].contains("old (RESERVED)"));
    }
}
