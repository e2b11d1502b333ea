//! `terraform`: `terraform show -json` (Terraform's JSON output format, "State representation"): the public
//! addresses that it manages, in modules within modules too.

use super::content::{Content, Str};
use super::{CategoryHint, Draft, Found, Outline, ReadFormat, SameSource, segment_after, words};
use crate::allowlist::Kind;
use crate::exchange::ImportError;
use crate::json::Object;
use std::collections::BTreeMap;

pub(super) static FORMAT: ReadFormat = ReadFormat {
    name: "terraform",
    from: "`terraform show -json`",
    category: None,
    shared_by: None,
    keys: &["type", "module", "region", "account", "name"],
    same_source: SameSource::InGroups,
    recognise: |outline| outline.has("terraform_version") && (outline.has("values") || is_plan(outline)),
    read,
};

fn is_plan(outline: &Outline) -> bool {
    outline.has("planned_values")
}

#[derive(serde::Deserialize)]
struct State<'a> {
    /// Always there, also where nothing is managed: another object must not read as an empty state.
    #[serde(rename = "format_version")]
    _format_version: String,
    #[serde(borrow)]
    values: Option<Object<Values<'a>>>,
}

#[derive(serde::Deserialize)]
struct Values<'a> {
    #[serde(borrow)]
    root_module: Object<Module<'a>>,
}

#[derive(serde::Deserialize)]
struct Module<'a> {
    #[serde(default)]
    address: String,
    #[serde(borrow, default)]
    resources: Vec<Object<Resource<'a>>>,
    #[serde(borrow, default)]
    child_modules: Vec<Object<Module<'a>>>,
}

#[derive(serde::Deserialize)]
struct Resource<'a> {
    #[serde(default)]
    address: String,
    #[serde(default)]
    mode: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(borrow)]
    values: Option<&'a serde_json::value::RawValue>,
}

/// The attributes that are of use; each resource type has some of them.
#[derive(serde::Deserialize, Default)]
struct Attributes<'a> {
    #[serde(borrow)]
    public_ip: Option<Str<'a>>,
    #[serde(borrow)]
    address: Option<Str<'a>>,
    #[serde(borrow)]
    ip_address: Option<Str<'a>>,
    #[serde(borrow)]
    ip_prefix: Option<Str<'a>>,
    #[serde(borrow)]
    nat_ip: Option<Str<'a>>,
    #[serde(borrow, default)]
    secondary_public_ips: Option<Vec<Str<'a>>>,
    name: Option<String>,
    display_name: Option<String>,
    region: Option<String>,
    location: Option<String>,
    project: Option<String>,
    arn: Option<String>,
    id: Option<String>,
    address_type: Option<String>,
    connectivity_type: Option<String>,
    tags: Option<BTreeMap<String, String>>,
}

/// The resource types with a public address, and the category of each.
const TYPES: [(&str, Kind); 8] = [
    ("aws_eip", Kind::AwsAccount),
    ("aws_nat_gateway", Kind::AwsAccount),
    ("google_compute_address", Kind::OtherCloud),
    ("google_compute_global_address", Kind::OtherCloud),
    ("azurerm_public_ip", Kind::OtherCloud),
    ("azurerm_public_ip_prefix", Kind::OtherCloud),
    ("oci_core_nat_gateway", Kind::OtherCloud),
    ("oci_core_public_ip", Kind::OtherCloud),
];

fn read(content: &Content) -> Result<Found, ImportError> {
    if content.outline.as_ref().is_some_and(is_plan) {
        return Err(ImportError::whole(
            "a plan, not a state: its addresses may never exist; run `terraform show -json` without a file",
        ));
    }
    let Object(state) = content.json::<Object<State>>()?;
    let mut found = Found::default();
    found.knows_source(&content.source(FORMAT.name));
    let mut left = Left::default();
    if let Some(Object(values)) = &state.values {
        module(content, &values.root_module.0, &mut found, &mut left)?;
    }
    found.passed_over(
        &left.private,
        "resource without a public address",
        "resources without a public address",
    );
    found.passed_over(&left.data, "data source", "data sources");
    Ok(found)
}

/// What was passed over.
#[derive(Default)]
struct Left {
    private: Vec<String>,
    data: Vec<String>,
}

// As deep as the document, which serde_json limits.
fn module(
    content: &Content,
    module_of: &Module,
    found: &mut Found,
    left: &mut Left,
) -> Result<(), ImportError> {
    for Object(resource) in &module_of.resources {
        let Some((_, kind)) = TYPES.iter().find(|(name, _)| *name == resource.kind) else { continue };
        if resource.mode == "data" {
            left.data.push(resource.address.clone());
            continue;
        }
        let values = resource.values.map(|raw| crate::json::read_str::<Attributes>(raw.get())).transpose()?;
        let values = values.unwrap_or_default();
        let private = values.connectivity_type.as_deref() == Some("private")
            || values.address_type.as_deref() == Some("INTERNAL");
        let one = [&values.public_ip, &values.address, &values.ip_address, &values.ip_prefix, &values.nat_ip];
        let many = values.secondary_public_ips.iter().flatten();
        let addresses: Vec<&Str> =
            one.into_iter().flatten().chain(many).filter(|a| !a.text.is_empty()).collect();
        if private || addresses.is_empty() {
            left.private.push(resource.address.clone());
            continue;
        }
        for address in addresses {
            found.push(draft(content, address, resource, &values, &module_of.address, *kind));
        }
    }
    for Object(child) in &module_of.child_modules {
        module(content, child, found, left)?;
    }
    Ok(())
}

fn draft(
    content: &Content,
    address: &Str,
    resource: &Resource,
    values: &Attributes,
    module: &str,
    kind: Kind,
) -> Draft {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let id = text(&values.id);
    // arn:aws:ec2:<region>:<account>:…
    let arn: Vec<&str> = values.arn.as_deref().unwrap_or_default().split(':').collect();
    let from_arn = |at: usize| arn.get(at).copied().unwrap_or_default().to_owned();
    let first = |candidates: [String; 3]| candidates.into_iter().find(|c| !c.is_empty()).unwrap_or_default();
    let region = first([text(&values.region), text(&values.location), from_arn(3)]);
    let region = super::last_segment(&region).to_owned();
    let account = first([text(&values.project), from_arn(4), segment_after(&id, "subscriptions").to_owned()]);
    let tag = |key: &str| {
        let tags = values.tags.iter().flatten();
        tags.into_iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(key))
            .map_or("", |(_, value)| value)
            .to_owned()
    };
    let name = first([tag("name"), text(&values.name), text(&values.display_name)]);
    let label = if name.is_empty() { resource.address.clone() } else { name.clone() };
    let provider = resource.kind.split('_').next().unwrap_or_default();
    let detail = words([account.as_str(), &region]);
    let group = if detail.is_empty() { words(["Terraform", provider, module]) } else { detail };
    let mut draft =
        Draft::new(content.place(address.raw), address.text.as_ref()).label(label).owner(tag("owner"));
    draft.category = Some(CategoryHint::Kind(kind));
    let draft = draft.source(content.source(FORMAT.name)).group(group).with("type", resource.kind.as_str());
    draft.with("module", module).with("region", region).with("account", account).with("name", name)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{error, lines, read_as};

    #[test]
    fn modules_within_modules() {
        let file = r#"{"format_version": "1.0", "terraform_version": "1.11.4", "values": {"root_module": {
 "resources": [{"address": "aws_eip.nat", "mode": "managed", "type": "aws_eip", "values": {"public_ip": "203.0.114.21",
   "arn": "arn:aws:ec2:eu-west-1:111122223333:elastic-ip/eipalloc-1", "tags": {"Name": "nat a"}}},
  {"address": "data.aws_eip.x", "mode": "data", "type": "aws_eip", "values": {"public_ip": "203.0.114.99"}},
  {"address": "aws_instance.x", "mode": "managed", "type": "aws_instance", "values": {"public_ip": "203.0.114.98", "tags": null}}],
 "child_modules": [{"address": "module.a", "child_modules": [{"address": "module.a.module.b", "resources": [
  {"address": "module.a.module.b.google_compute_address.n", "mode": "managed", "type": "google_compute_address",
   "values": {"address": "203.0.114.41", "name": "n", "region": "europe-west1", "project": "p", "tags": null}},
  {"address": "aws_nat_gateway.p", "mode": "managed", "type": "aws_nat_gateway", "values": {"connectivity_type": "private", "public_ip": ""}},
  {"address": "azurerm_public_ip.z", "mode": "managed", "type": "azurerm_public_ip", "values": {"ip_address": "203.0.114.90"}}]}]}]}}}"#;
        let expected = ["2 203.0.114.21 nat a", "8 203.0.114.41 n", "10 203.0.114.90 azurerm_public_ip.z"];
        assert_eq!(lines(file), expected);
        let found = read_as(file, None);
        let groups: Vec<_> = found.entries.iter().map(|e| e.group.as_deref().unwrap()).collect();
        assert_eq!(
            groups,
            ["111122223333 eu-west-1", "p europe-west1", "Terraform azurerm module.a.module.b"]
        );
        assert_eq!(found.notes.len(), 2, "{:?}", found.notes);
    }

    #[test]
    fn another_object_is_no_empty_state() {
        let format = super::super::format_named("terraform").unwrap();
        let refused = super::super::read(br#"{"NatGateways": []}"#, "x.json", Some(format)).unwrap_err();
        assert!(refused.to_string().contains("format_version"), "{refused}");
        assert!(super::super::read(br#"{"format_version": "1.0"}"#, "x.json", Some(format)).is_ok());
    }

    #[test]
    fn a_plan_is_no_state() {
        assert!(error(r#"{"terraform_version": "1", "planned_values": {}}"#).contains("a plan"));
    }
}
