//! `aws-nat-gateways`: `aws ec2 describe-nat-gateways` (EC2 API, shapes NatGateway, NatGatewayAddress).
//!
//! The output names neither account nor region; a region follows from the zones of its addresses, where
//! they are there.

use super::content::{Content, Str};
use super::{Draft, Found, ReadFormat, SameSource, words};
use crate::allowlist::Kind;
use crate::exchange::ImportError;
use crate::json::Object;
use std::collections::BTreeSet;

pub(super) static FORMAT: ReadFormat = ReadFormat {
    name: "aws-nat-gateways",
    from: "`aws ec2 describe-nat-gateways`",
    category: Some(Kind::AwsAccount),
    shared_by: None,
    keys: &["region", "vpc", "id", "name"],
    same_source: SameSource::InGroupsAnyRegion,
    recognise: |outline| outline.get("NatGateways").is_list(),
    read,
};

#[derive(serde::Deserialize)]
struct Output<'a> {
    #[serde(borrow, rename = "NatGateways")]
    gateways: Vec<Object<Gateway<'a>>>,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Gateway<'a> {
    #[serde(default)]
    nat_gateway_id: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    vpc_id: Option<String>,
    #[serde(default)]
    connectivity_type: String,
    #[serde(borrow, default)]
    nat_gateway_addresses: Vec<Object<Address<'a>>>,
    #[serde(default)]
    tags: Vec<Object<Tag>>,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Address<'a> {
    #[serde(borrow)]
    public_ip: Option<Str<'a>>,
    #[serde(default)]
    status: String,
    #[serde(default)]
    availability_zone: String,
}

/// A tag as EC2 writes it.
#[derive(serde::Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Tag {
    key: String,
    #[serde(default)]
    value: String,
}

/// The value of a tag, in any case of letters; empty where there is none.
pub(super) fn tag<'t>(tags: &'t [Object<Tag>], key: &str) -> &'t str {
    tags.iter().find(|Object(tag)| tag.key.eq_ignore_ascii_case(key)).map_or("", |Object(tag)| &tag.value)
}

/// The region of an availability or local zone: `eu-west-1a`, `us-west-2-lax-1a`.
pub(super) fn region_of(zone: &str) -> &str {
    let digit = zone.char_indices().find(|(_, c)| c.is_ascii_digit());
    digit.map_or("", |(at, _)| &zone[..=at])
}

fn read(content: &Content) -> Result<Found, ImportError> {
    let Object(output) = content.json::<Object<Output>>()?;
    let zones = output.gateways.iter().flat_map(|Object(g)| &g.nat_gateway_addresses);
    let regions: BTreeSet<&str> = zones
        .map(|Object(address)| region_of(&address.availability_zone))
        .filter(|r| !r.is_empty())
        .collect();
    // One call answers for one region: an address without a zone is in the same.
    let region = if regions.len() == 1 { regions.first().copied().unwrap_or_default() } else { "" };
    let mut found = Found::default();
    found.knows_source(&words([FORMAT.name, region]));
    let (mut private, mut gone, mut failed) = (Vec::new(), Vec::new(), Vec::new());
    for Object(gateway) in &output.gateways {
        let name =
            Some(tag(&gateway.tags, "Name")).filter(|n| !n.is_empty()).unwrap_or(&gateway.nat_gateway_id);
        if gateway.connectivity_type == "private" {
            private.push(name.to_owned());
            continue;
        }
        if !matches!(gateway.state.as_str(), "" | "available") {
            gone.push(format!("{name} ({})", gateway.state));
            continue;
        }
        for Object(address) in &gateway.nat_gateway_addresses {
            let own = Some(region_of(&address.availability_zone)).filter(|r| !r.is_empty()).unwrap_or(region);
            match &address.public_ip {
                Some(ip) if matches!(address.status.as_str(), "" | "succeeded") => {
                    let draft = Draft::new(content.place(ip.raw), ip.text.as_ref()).label(name);
                    let draft =
                        draft.owner(tag(&gateway.tags, "owner")).source(words([FORMAT.name, own])).group(own);
                    let draft =
                        draft.with("region", own).with("vpc", gateway.vpc_id.clone().unwrap_or_default());
                    found.push(draft.with("id", gateway.nat_gateway_id.clone()).with("name", name));
                }
                Some(ip) => failed.push(format!("{} of {name} ({})", ip.text, address.status)),
                None => failed.push(format!("an address of {name} ({})", address.status)),
            }
        }
    }
    found.passed_over(
        &private,
        "private gateway, which has no public address",
        "private gateways, which have no public address",
    );
    found.passed_over(&gone, "gateway that is not available", "gateways that are not available");
    found.passed_over(&failed, "address that is not in use", "addresses that are not in use");
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{lines, read_as, refusals};

    const FILE: &str = r#"{"NatGateways": [
  {"NatGatewayId": "nat-1", "State": "available", "ConnectivityType": "public", "VpcId": "vpc-1",
   "Tags": [{"Key": "Name", "Value": "prod a"}, {"Key": "Owner", "Value": "platform"}],
   "NatGatewayAddresses": [{"PublicIp": "203.0.114.21", "Status": "succeeded"},
     {"PublicIp": "203.0.114.22", "Status": "succeeded"}, {"PublicIp": "203.0.114.23", "Status": "failed"}]},
  {"NatGatewayId": "nat-2", "State": "available", "ConnectivityType": "private",
   "NatGatewayAddresses": [{"PrivateIp": "10.0.0.1", "Status": "succeeded"}]},
  {"NatGatewayId": "nat-3", "State": "deleted", "ConnectivityType": "public",
   "NatGatewayAddresses": [{"PublicIp": "203.0.114.25", "Status": "succeeded"}]},
  {"NatGatewayId": "nat-4", "State": "available", "ConnectivityType": "public",
   "NatGatewayAddresses": [{"PublicIp": "203.0.114.26", "Status": "succeeded", "AvailabilityZone": "us-west-2-lax-1a"}]}
]}"#;

    #[test]
    fn only_public_available_addresses_that_succeeded() {
        assert_eq!(lines(FILE), ["4 203.0.114.21 prod a", "5 203.0.114.22 prod a", "11 203.0.114.26 nat-4"]);
        let found = read_as(FILE, None);
        assert_eq!(found.notes.len(), 3, "{:?}", found.notes);
        assert!(
            found.notes[0].starts_with("1 private gateway, which has no public address, passed over: nat-2")
        );
        assert!(
            found.notes[1].contains("nat-3 (deleted)")
                && found.notes[2].contains("203.0.114.23 of prod a (failed)")
        );
        let range = found.entries[0].range.as_ref().unwrap();
        assert_eq!((&*range.owner, &*range.source), ("platform", "aws-nat-gateways us-west-2"));
        assert_eq!(found.entries[0].group.as_deref(), Some("us-west-2"));
    }

    #[test]
    fn a_tag_that_steers_terminals_is_refused_with_its_place() {
        let file = FILE.replace("prod a", "\\u001b[31m");
        assert!(refusals(&file)[0].starts_with("4:41 label: character U+001B"));
    }
}
