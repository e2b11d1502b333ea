use super::read::{format_named, read};
use super::*;
use crate::allowlist::{Allowlist, Date, Kind};
use crate::text::Name;

const GATEWAYS: &str = r#"{"NatGateways": [
 {"NatGatewayId": "nat-1", "State": "available", "Tags": [{"Key": "Name", "Value": "a"}], "NatGatewayAddresses":
  [{"PublicIp": "203.0.114.21", "Status": "succeeded", "AvailabilityZone": "eu-west-1a"}]},
 {"NatGatewayId": "nat-2", "State": "available", "NatGatewayAddresses":
  [{"PublicIp": "203.0.114.22", "Status": "succeeded"}]}]}"#;

fn today() -> Date {
    "2026-11-22".parse().unwrap()
}

fn planned(allowlist: &Allowlist, name: &str, file: &str, options: &Options) -> Result<Plan, String> {
    let reading = read(file.as_bytes(), name, None).map_err(|e| e.to_string())?;
    plan(allowlist, reading, options, today()).map_err(|e| e.to_string())
}

fn imported(allowlist: &mut Allowlist, name: &str, file: &str, options: &Options) -> Plan {
    let plan = planned(allowlist, name, file, options).unwrap();
    if let Some(edit) = plan.edit.clone() {
        assert!(matches!(edit, crate::allowlist::Edit::All(_)));
        let before = allowlist.clone();
        let inverse = allowlist.apply(edit).unwrap();
        let after = allowlist.clone();
        let again = allowlist.apply(inverse).unwrap();
        assert_eq!(*allowlist, before, "one edit, undone as one");
        allowlist.apply(again).unwrap();
        assert_eq!(*allowlist, after);
    }
    plan
}

fn shape(allowlist: &Allowlist) -> Vec<String> {
    let ranges = allowlist.ranges();
    ranges.map(|(_, c, g, r)| format!("{} / {} / {} {}", c.name, g.name, r.cidr, r.source)).collect()
}

fn home<'a>(category: &'a str, group: &str) -> Options<'a> {
    Options { category: Some(category), group: Some(Name::new(group).unwrap()), ..Options::default() }
}

#[test]
fn category_and_group_follow_from_the_source_and_the_second_time_adds_nothing() {
    let mut allowlist = Allowlist::default();
    let first = imported(&mut allowlist, "", GATEWAYS, &Options::default());
    assert_eq!((first.new.len(), first.groups_made.len(), first.summary()), (2, 1, "2 new".to_owned()));
    let both = "AWS accounts (NAT gateways) / eu-west-1 / 203.0.114.21 aws-nat-gateways eu-west-1";
    assert_eq!(shape(&allowlist), [both, &both.replace(".21", ".22")]);
    assert_eq!(allowlist.ranges().next().unwrap().3.added, Some(today()));
    let second = imported(&mut allowlist, "", GATEWAYS, &Options { sync: true, ..Options::default() });
    assert!(second.edit.is_none() && second.already_there.len() == 2 && second.gone.is_empty());
}

#[test]
fn what_left_the_source_is_said_and_taken_out_only_with_sync() {
    let mut allowlist = Allowlist::default();
    imported(&mut allowlist, "", "203.0.115.1", &home("data-center", "DC"));
    imported(&mut allowlist, "", GATEWAYS, &Options::default());
    // Without the gateway whose zone named the region.
    let fewer = r#"{"NatGateways": [{"NatGatewayId": "nat-2", "State": "available", "NatGatewayAddresses":
        [{"PublicIp": "203.0.114.22", "Status": "succeeded"}]}]}"#;
    let said = imported(&mut allowlist, "", fewer, &Options::default());
    assert!(said.edit.is_none() && said.gone.len() == 1, "{said:?}");
    let synced = imported(&mut allowlist, "", fewer, &Options { sync: true, ..Options::default() });
    assert_eq!(synced.gone[0].range.cidr.to_string(), "203.0.114.21");
    assert_eq!(shape(&allowlist).len(), 2);
    let none =
        planned(&allowlist, "", r#"{"NatGateways": []}"#, &Options { sync: true, ..Options::default() });
    assert!(none.unwrap().gone.is_empty(), "no group that the file is about");
}

#[test]
fn another_source_of_the_same_kind_is_left_alone_by_sync() {
    let mut allowlist = Allowlist::default();
    imported(&mut allowlist, "a.txt", "203.0.114.1\n203.0.114.2", &home("data-center", "A"));
    imported(&mut allowlist, "b.txt", "203.0.115.1", &home("data-center", "A"));
    imported(&mut allowlist, "a.txt", "203.0.116.1", &home("data-center", "Other"));
    let options = Options { sync: true, ..home("data-center", "A") };
    let plan = imported(&mut allowlist, "a.txt", "203.0.114.2\n203.0.114.3", &options);
    assert_eq!(plan.summary(), "1 new, 1 already there, 1 no longer in the source");
    let left: Vec<_> = allowlist.ranges().map(|(.., range)| range.cidr.to_string()).collect();
    assert_eq!(left, ["203.0.114.2", "203.0.115.1", "203.0.114.3", "203.0.116.1"]);
    let error = planned(&allowlist, "a.txt", "# none", &options).unwrap_err();
    assert!(error.contains("would take out all 2"), "{error}");
}

#[test]
fn one_bad_entry_and_nothing_is_added_unless_skipped() {
    let allowlist = Allowlist::default();
    let file = "203.0.114.0/24\n203.0.115.9/24\n";
    let plan = planned(&allowlist, "", file, &home("data-center", "A")).unwrap();
    assert!(plan.edit.is_none() && plan.new.is_empty());
    assert_eq!(plan.refused[0].place.to_string(), "2");
    let skipped =
        planned(&allowlist, "", file, &Options { skip_bad: true, ..home("data-center", "A") }).unwrap();
    assert!(skipped.edit.is_some() && skipped.new.len() == 1 && skipped.refused.len() == 1);
}

#[test]
fn only_filters_by_or_within_a_key_and_by_and_between_keys() {
    let feed = r#"{"prefixes": [
 {"ip_prefix": "203.0.114.0/26", "region": "eu-west-1", "service": "AMAZON"},
 {"ip_prefix": "203.0.114.0/26", "region": "eu-west-1", "service": "EC2"},
 {"ip_prefix": "203.0.115.0/26", "region": "us-east-1", "service": "EC2"},
 {"ip_prefix": "203.0.116.9/26", "region": "ap-east-1", "service": "EC2"}]}"#;
    let only = |texts: &[&str]| -> Vec<Only> { texts.iter().map(|text| text.parse().unwrap()).collect() };
    let with = |texts: &[&str]| {
        let only = only(texts);
        planned(&Allowlist::default(), "", feed, &Options { only: &only, ..Options::default() })
    };
    let plan = with(&["region=eu-west-1", "region=us-east-1", "service=EC2"]).unwrap();
    assert_eq!(plan.new.len(), 2);
    assert!(plan.warnings[0].contains("all customers of AWS"));
    assert!(with(&["region=ap-east-1"]).unwrap().refused.len() == 1, "a bad entry elsewhere does not matter");
    let nothing = with(&["region=mars"]).unwrap_err();
    assert!(nothing.contains("region=ap-east-1, region=eu-west-1"), "{nothing}");
    assert!(with(&["list=x"]).unwrap_err().contains("region, service"));
    assert!("region".parse::<Only>().is_err());
}

#[test]
fn a_filter_does_not_make_the_rest_of_the_source_gone() {
    let feed = r#"{"prefixes": [{"ip_prefix": "203.0.114.0/26", "region": "r", "service": "A"},
        {"ip_prefix": "203.0.115.0/26", "region": "r", "service": "B"}]}"#;
    let mut allowlist = Allowlist::default();
    imported(&mut allowlist, "", feed, &Options::default());
    let only = ["service=A".parse().unwrap()];
    let plan = imported(&mut allowlist, "", feed, &Options { only: &only, sync: true, ..Options::default() });
    assert!(plan.edit.is_none() && plan.gone.is_empty());
}

#[test]
fn text_needs_a_home_and_says_which() {
    let error =
        planned(&Allowlist::default(), "", "203.0.114.1\n203.0.114.1", &Options::default()).unwrap_err();
    assert_eq!(
        error,
        "the source does not say where 1 new range belongs: give --category C and --group NAME"
    );
    let unknown = planned(&Allowlist::default(), "", "203.0.114.1", &home("datacenter", "x")).unwrap_err();
    assert!(unknown.contains("unknown category \"datacenter\""), "{unknown}");
}

#[test]
fn covered_idle_and_repeated_ones_are_counted() {
    let mut allowlist = Allowlist::default();
    imported(
        &mut allowlist,
        "",
        "cidr,enabled\n203.0.114.0/24,\n203.0.115.0/24,false",
        &home("data-center", "A"),
    );
    let plan = imported(
        &mut allowlist,
        "",
        "203.0.114.7\n203.0.114.7/32\n203.0.115.0/24\n",
        &home("Data centers", "B"),
    );
    assert_eq!(plan.summary(), "1 new (1 within a wider range), 1 already there, 1 repeated in the file");
    assert_eq!(plan.new[0].covered_by.unwrap().to_string(), "203.0.114.0/24");
    assert!(plan.warnings[0].contains("1 that is already there is disabled or expired"));
}

#[test]
fn another_allowlist_brings_its_custom_categories() {
    let other = r#"{"version": 1, "categories": [{"kind": "custom", "name": "Partners", "groups": [
        {"name": "P", "ranges": [{"cidr": "203.0.114.0/24", "enabled": false}]}, {"name": "Q", "ranges": [{"cidr": "203.0.115.0/24"}]}]},
        {"kind": "data-center", "groups": [{"name": "DC", "ranges": [{"cidr": "203.0.116.1"}]}]}]}"#;
    let mut allowlist = Allowlist::default();
    let plan = imported(&mut allowlist, "theirs.json", other, &Options::default());
    assert_eq!(plan.categories_made.len(), 1);
    assert_eq!(allowlist.categories()[4].groups.len(), 2);
    assert!(!allowlist.categories()[4].groups[0].ranges[0].enabled);
    assert_eq!(allowlist.categories()[1].kind, Kind::DataCenter);
    assert_eq!(shape(&allowlist)[0], "Data centers / DC / 203.0.116.1 keymoat theirs");
}

#[test]
fn a_given_format_is_not_guessed_over() {
    let csv = format_named("csv").unwrap();
    let reading = read(b"203.0.114.0/24,x y\n", "", Some(csv)).unwrap();
    assert_eq!(reading.found.entries[0].range.as_ref().unwrap().label.as_str(), "x y");
    assert!(format_named("cvs").unwrap_err().to_string().contains("geofeed"));
    assert!(read(b" \n", "", None).is_err());
}
