//! `gcp-router-status`: `gcloud compute routers get-status` (Compute v1, RouterStatusNatStatus): the
//! addresses of Cloud NAT, those included that are being drained, since connections still use them.

use super::content::{Content, Str};
use super::{Draft, Found, ReadFormat, SameSource, segment_after, words};
use crate::allowlist::Kind;
use crate::exchange::ImportError;
use crate::json::Object;

pub(super) static FORMAT: ReadFormat = ReadFormat {
    name: "gcp-router-status",
    from: "`gcloud compute routers get-status ROUTER --region REGION --format=json`",
    category: Some(Kind::OtherCloud),
    shared_by: None,
    keys: &["region", "project", "name"],
    same_source: SameSource::InGroups,
    recognise: |outline| {
        outline.get("kind").text() == "compute#routerStatusResponse"
            || outline.get("result").get("natStatus").is_list()
    },
    read,
};

#[derive(serde::Deserialize)]
struct Output<'a> {
    #[serde(borrow)]
    result: Object<Status<'a>>,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Status<'a> {
    #[serde(default)]
    network: String,
    #[serde(borrow, default)]
    nat_status: Vec<Object<Nat<'a>>>,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Nat<'a> {
    #[serde(default)]
    name: String,
    #[serde(borrow, default)]
    user_allocated_nat_ips: Vec<Str<'a>>,
    #[serde(borrow, default)]
    auto_allocated_nat_ips: Vec<Str<'a>>,
    #[serde(borrow, default)]
    drain_user_allocated_nat_ips: Vec<Str<'a>>,
    #[serde(borrow, default)]
    drain_auto_allocated_nat_ips: Vec<Str<'a>>,
    #[serde(borrow, default)]
    drain_nat_ips: Vec<Str<'a>>,
    #[serde(default)]
    user_allocated_nat_ip_resources: Vec<String>,
}

fn read(content: &Content) -> Result<Found, ImportError> {
    let Object(output) = content.json::<Object<Output>>()?;
    let Object(status) = output.result;
    let project = segment_after(&status.network, "projects");
    let resources = status.nat_status.iter().flat_map(|Object(nat)| &nat.user_allocated_nat_ip_resources);
    let region =
        resources.map(|url| segment_after(url, "regions")).find(|r| !r.is_empty()).unwrap_or_default();
    let detail = words([project, region]);
    let mut found = Found::default();
    let source = words([FORMAT.name, &detail]);
    found.knows_source(&source);
    for Object(nat) in &status.nat_status {
        let drained =
            [&nat.drain_user_allocated_nat_ips, &nat.drain_auto_allocated_nat_ips, &nat.drain_nat_ips];
        let drained = drained.into_iter().flatten().map(|ip| (ip, true));
        let used = nat.user_allocated_nat_ips.iter().chain(&nat.auto_allocated_nat_ips).map(|ip| (ip, false));
        for (ip, is_drained) in used.chain(drained) {
            let label = if is_drained { format!("{} (being drained)", nat.name) } else { nat.name.clone() };
            let draft =
                Draft::new(content.place(ip.raw), ip.text.as_ref()).label(label).source(source.clone());
            let draft = draft.group(detail.as_str()).with("region", region).with("project", project);
            found.push(draft.with("name", nat.name.clone()));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{lines, read_as};

    #[test]
    fn drained_addresses_come_along_and_say_so() {
        let file = r#"{"kind": "compute#routerStatusResponse", "result": {"network": "https://x/projects/p/global/networks/d", "natStatus": [
 {"name": "m", "userAllocatedNatIpResources": ["https://x/projects/p/regions/europe-west1/addresses/a"],
  "userAllocatedNatIps": ["203.0.114.41"], "drainUserAllocatedNatIps": ["203.0.114.43"]},
 {"name": "a", "autoAllocatedNatIps": ["203.0.114.42"], "drainNatIps": ["203.0.114.44"]}]}}"#;
        let expected = [
            "3 203.0.114.41 m",
            "3 203.0.114.43 m (being drained)",
            "4 203.0.114.42 a",
            "4 203.0.114.44 a (being drained)",
        ];
        assert_eq!(lines(file), expected);
        assert_eq!(read_as(file, None).entries[3].group.as_deref(), Some("p europe-west1"));
    }
}
