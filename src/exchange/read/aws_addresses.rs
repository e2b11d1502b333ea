//! `aws-addresses`: `aws ec2 describe-addresses` (EC2 API, shape Address).

use super::aws_nat_gateways::{Tag, region_of, tag};
use super::content::{Content, Str};
use super::{Draft, Found, ReadFormat, SameSource, words};
use crate::allowlist::Kind;
use crate::exchange::ImportError;
use crate::json::Object;

pub(super) static FORMAT: ReadFormat = ReadFormat {
    name: "aws-addresses",
    from: "`aws ec2 describe-addresses`",
    category: Some(Kind::AwsAccount),
    shared_by: None,
    keys: &["region", "account", "id", "name"],
    same_source: SameSource::Anywhere,
    recognise: |outline| outline.get("Addresses").is_list(),
    read,
};

#[derive(serde::Deserialize)]
struct Output<'a> {
    #[serde(borrow, rename = "Addresses")]
    addresses: Vec<Object<Address<'a>>>,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Address<'a> {
    #[serde(borrow)]
    public_ip: Option<Str<'a>>,
    allocation_id: Option<String>,
    association_id: Option<String>,
    instance_id: Option<String>,
    network_interface_id: Option<String>,
    network_interface_owner_id: Option<String>,
    network_border_group: Option<String>,
    #[serde(default)]
    tags: Vec<Object<Tag>>,
}

impl Address<'_> {
    /// The account: that of the network interface. An address of one's own on somebody else's interface
    /// (a load balancer's) names that one.
    fn account(&self) -> &str {
        self.network_interface_owner_id
            .as_deref()
            .filter(|id| id.bytes().all(|b| b.is_ascii_digit()))
            .unwrap_or("")
    }

    fn is_associated(&self) -> bool {
        let ids = [&self.association_id, &self.network_interface_id, &self.instance_id];
        ids.into_iter().flatten().any(|id| !id.is_empty())
    }
}

fn read(content: &Content) -> Result<Found, ImportError> {
    let Object(output) = content.json::<Object<Output>>()?;
    let mut found = Found::default();
    let mut free = Vec::new();
    for Object(address) in &output.addresses {
        let region = address.network_border_group.as_deref().map_or("", region_of);
        let Some(ip) = &address.public_ip else { continue };
        let id = address.allocation_id.as_deref().unwrap_or_default();
        if !address.is_associated() {
            free.push(ip.text.to_string());
            continue;
        }
        let name = tag(&address.tags, "Name");
        let label = if name.is_empty() { address.instance_id.as_deref().unwrap_or(id) } else { name };
        let detail = words([address.account(), region]);
        let draft = Draft::new(content.place(ip.raw), ip.text.as_ref())
            .label(label)
            .owner(tag(&address.tags, "owner"));
        let draft = draft.source(words([FORMAT.name, &detail])).group(detail.as_str()).with("region", region);
        found.push(draft.with("account", address.account()).with("id", id).with("name", name));
    }
    let words = "which belongs to the account but is no exit";
    found.passed_over(
        &free,
        &format!("unassociated address, {words}"),
        &format!("unassociated addresses, {words}"),
    );
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{lines, read_as};

    #[test]
    fn unassociated_addresses_are_passed_over() {
        let file = r#"{"Addresses": [
{"PublicIp": "203.0.114.21", "AllocationId": "eipalloc-1", "AssociationId": "eipassoc-1", "NetworkInterfaceOwnerId": "111122223333",
 "NetworkBorderGroup": "eu-west-1", "Tags": [{"Key": "Name", "Value": "nat"}]},
{"PublicIp": "203.0.114.22", "AllocationId": "eipalloc-2", "NetworkBorderGroup": "eu-west-1"},
{"PublicIp": "203.0.114.23", "InstanceId": "i-1"}]}"#;
        assert_eq!(lines(file), ["2 203.0.114.21 nat", "5 203.0.114.23 i-1"]);
        let found = read_as(file, None);
        assert_eq!(found.entries[0].group.as_deref(), Some("111122223333 eu-west-1"));
        assert!(
            found.notes[0].starts_with("1 unassociated address") && found.notes[0].ends_with("203.0.114.22")
        );
    }
}
