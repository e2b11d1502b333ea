//! `azure-public-ips`: `az network public-ip list`, and `az network public-ip prefix list`.

use super::content::{Content, Str};
use super::{Draft, Found, Outline, ReadFormat, SameSource, last_segment, segment_after, words};
use crate::allowlist::Kind;
use crate::exchange::ImportError;
use crate::json::Object;
use std::collections::BTreeMap;

pub(super) static FORMAT: ReadFormat = ReadFormat {
    name: "azure-public-ips",
    from: "`az network public-ip list`, or `az network public-ip prefix list`",
    category: Some(Kind::OtherCloud),
    shared_by: None,
    keys: &["region", "subscription", "resource-group", "name"],
    same_source: SameSource::Anywhere,
    recognise,
    read,
};

fn recognise(outline: &Outline) -> bool {
    let first = outline.first();
    let kind = first.get("type").text();
    let is = |name: &str| kind.eq_ignore_ascii_case(&format!("Microsoft.Network/{name}"));
    let keys = ["publicIPAllocationMethod", "publicIpAllocationMethod", "ipPrefix"];
    is("publicIPAddresses") || is("publicIPPrefixes") || keys.into_iter().any(|key| first.has(key))
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct PublicIp<'a> {
    #[serde(default)]
    id: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    location: String,
    #[serde(borrow)]
    ip_address: Option<Str<'a>>,
    #[serde(borrow)]
    ip_prefix: Option<Str<'a>>,
    nat_gateway: Option<Object<Reference>>,
    tags: Option<BTreeMap<String, String>>,
}

#[derive(serde::Deserialize)]
struct Reference {
    #[serde(default)]
    id: String,
}

fn read(content: &Content) -> Result<Found, ImportError> {
    let list = content.json::<Vec<Object<PublicIp>>>()?;
    let mut found = Found::default();
    let mut none = Vec::new();
    for Object(ip) in &list {
        let subscription = segment_after(&ip.id, "subscriptions");
        let detail = words([subscription, &ip.location]);
        let source = words([FORMAT.name, &detail]);
        found.knows_source(&source);
        let Some(address) = ip.ip_address.as_ref().or(ip.ip_prefix.as_ref()) else {
            none.push(ip.name.clone());
            continue;
        };
        let label = match &ip.nat_gateway {
            Some(Object(gateway)) if !gateway.id.is_empty() => {
                format!("{} ({})", ip.name, last_segment(&gateway.id))
            }
            _ => ip.name.clone(),
        };
        let tags = ip.tags.iter().flatten();
        let owner = tags
            .into_iter()
            .find(|(key, _)| key.eq_ignore_ascii_case("owner"))
            .map_or("", |(_, value)| value);
        let draft = Draft::new(content.place(address.raw), address.text.as_ref()).label(label).owner(owner);
        let draft = draft.source(source).group(detail).with("region", ip.location.clone());
        let draft = draft.with("subscription", subscription).with("name", ip.name.clone());
        found.push(draft.with("resource-group", segment_after(&ip.id, "resourceGroups")));
    }
    found.passed_over(&none, "public IP that has no address yet", "public IPs that have no address yet");
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{error, lines, read_as};

    #[test]
    fn addresses_and_prefixes() {
        let id = "/subscriptions/0-1/resourceGroups/rg/providers/Microsoft.Network/publicIPAddresses/pip";
        let file = format!(
            "[{{\"id\": \"{id}\", \"name\": \"dyn\", \"type\": \"Microsoft.Network/publicIPAddresses\"}},\n\
             {{\"id\": \"{id}\", \"name\": \"pip\", \"location\": \"westeurope\", \"ipAddress\": \"203.0.114.90\", \
             \"natGateway\": {{\"id\": \"/x/nat1\"}}, \"tags\": {{\"Owner\": \"net\"}}}},\n{{\"name\": \"pre\", \"ipPrefix\": \"203.0.114.96/30\"}}]"
        );
        assert_eq!(lines(&file), ["2 203.0.114.90 pip (nat1)", "3 203.0.114.96/30 pre"]);
        let found = read_as(&file, None);
        assert_eq!(found.entries[0].group.as_deref(), Some("0-1 westeurope"));
        assert!(found.notes[0].contains("dyn"));
        assert!(found.entries[0].properties.contains(&("resource-group", "rg".to_owned())));
    }

    #[test]
    fn the_list_of_gateways_has_no_addresses_and_says_where_they_are() {
        let file = r#"[{"name": "nat1", "type": "Microsoft.Network/natGateways", "publicIpAddresses": [{"id": "/x"}]}]"#;
        assert!(error(file).contains("az network public-ip list"));
    }
}
