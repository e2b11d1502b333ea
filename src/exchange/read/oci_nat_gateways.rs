//! `oci-nat-gateways`: `oci network nat-gateway list` (OCI Core Services, NatGateway).

use super::content::{Content, Str};
use super::{Draft, Found, ReadFormat, SameSource, words};
use crate::allowlist::Kind;
use crate::exchange::ImportError;
use crate::json::Object;
use std::collections::BTreeMap;

pub(super) static FORMAT: ReadFormat = ReadFormat {
    name: "oci-nat-gateways",
    from: "`oci network nat-gateway list`",
    category: Some(Kind::OtherCloud),
    shared_by: None,
    keys: &["region", "compartment", "name"],
    same_source: SameSource::Anywhere,
    recognise: |outline| outline.get("data").first().has("nat-ip"),
    read,
};

#[derive(serde::Deserialize)]
struct Output<'a> {
    #[serde(borrow)]
    data: Vec<Object<Gateway<'a>>>,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Gateway<'a> {
    #[serde(default)]
    id: String,
    #[serde(default)]
    display_name: String,
    #[serde(default)]
    compartment_id: String,
    #[serde(default)]
    lifecycle_state: String,
    block_traffic: Option<bool>,
    #[serde(borrow)]
    nat_ip: Option<Str<'a>>,
    freeform_tags: Option<BTreeMap<String, String>>,
}

fn read(content: &Content) -> Result<Found, ImportError> {
    let Object(output) = content.json::<Object<Output>>()?;
    let mut found = Found::default();
    let (mut gone, mut blocked) = (Vec::new(), Vec::new());
    for Object(gateway) in &output.data {
        // An OCID is ocid1.<type>.<realm>.<region>.<unique id>.
        let region = gateway.id.split('.').nth(3).unwrap_or_default();
        let source = words([FORMAT.name, &gateway.compartment_id, region]);
        found.knows_source(&source);
        let ip =
            gateway.nat_ip.as_ref().filter(|_| matches!(gateway.lifecycle_state.as_str(), "" | "AVAILABLE"));
        let Some(ip) = ip else {
            gone.push(format!("{} ({})", gateway.display_name, gateway.lifecycle_state));
            continue;
        };
        if gateway.block_traffic == Some(true) {
            blocked.push(gateway.display_name.clone());
            continue;
        }
        let tags = gateway.freeform_tags.iter().flatten();
        let owner = tags
            .into_iter()
            .find(|(key, _)| key.eq_ignore_ascii_case("owner"))
            .map_or("", |(_, value)| value);
        let draft = Draft::new(content.place(ip.raw), ip.text.as_ref()).label(gateway.display_name.as_str());
        let draft = draft.owner(owner).source(source).group(region).with("region", region);
        found.push(
            draft
                .with("compartment", gateway.compartment_id.clone())
                .with("name", gateway.display_name.clone()),
        );
    }
    found.passed_over(&gone, "gateway that is not available", "gateways that are not available");
    found.passed_over(&blocked, "gateway that blocks all traffic", "gateways that block all traffic");
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{lines, read_as};

    #[test]
    fn available_gateways_that_let_traffic_through() {
        let file = r#"{"data": [{"id": "ocid1.natgateway.oc1.eu-frankfurt-1.a", "display-name": "nat", "nat-ip": "203.0.114.130",
 "lifecycle-state": "AVAILABLE", "compartment-id": "c", "block-traffic": false, "freeform-tags": {"owner": "o"}},
 {"display-name": "off", "nat-ip": "203.0.114.131", "lifecycle-state": "TERMINATED"},
 {"display-name": "shut", "nat-ip": "203.0.114.132", "lifecycle-state": "AVAILABLE", "block-traffic": true}]}"#;
        assert_eq!(lines(file), ["1 203.0.114.130 nat"]);
        let found = read_as(file, None);
        assert_eq!(found.entries[0].group.as_deref(), Some("eu-frankfurt-1"));
        assert!(found.notes[0].contains("off (TERMINATED)") && found.notes[1].contains("shut"));
    }
}
