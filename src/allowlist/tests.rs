//! The allowlist as a user's file and a user's edits.

use super::*;
use crate::text::{Name, Text};
use proptest::prelude::*;

const EXAMPLE: &str = r#"{
  "version": 1,
  "policy": {
    "attach_to": {
      "group": "Whitelisted_Accounts",
      "users": [
        "jenkins"
      ]
    },
    "exempt": {
      "mfa": true
    }
  },
  "categories": [
    {
      "kind": "corporate-network",
      "name": "Corporate networks",
      "groups": [
        {
          "name": "Head office, ISP A",
          "note": "contract 4711",
          "ranges": [
            {"cidr": "203.0.114.0/24", "label": "primary uplink", "owner": "netops", "ticket": "NET-12", "note": "n", "source": "s", "added": "2026-11-22", "review_by": "2027-05-22", "expires": "2027-11-22", "enabled": false},
            {"cidr": "203.0.115.7"}
          ]
        }
      ]
    },
    {
      "kind": "data-center",
      "name": "Data centers",
      "groups": []
    },
    {
      "kind": "aws-account",
      "name": "AWS accounts (NAT gateways)",
      "groups": [
        {
          "name": "empty",
          "ranges": []
        }
      ]
    },
    {
      "kind": "other-cloud",
      "name": "Other clouds (NAT gateways)",
      "groups": []
    },
    {
      "kind": "custom",
      "name": "VPN",
      "groups": []
    }
  ]
}
"#;

fn read(text: &str) -> Allowlist {
    Allowlist::from_json(text.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

fn error(text: &str) -> String {
    Allowlist::from_json(text.as_bytes()).expect_err(text).to_string()
}

/// A file with these categories.
fn with(categories: &str) -> String {
    format!("{{\"version\": 1, \"categories\": [\n{categories}]}}")
}

#[test]
fn a_canonical_file_keeps_its_bytes() {
    assert_eq!(read(EXAMPLE).to_json(), EXAMPLE);
    let schema = EXAMPLE.replacen("{\n", "{\n  \"$schema\": \"https://example.com/s.json\",\n", 1);
    assert_eq!(read(&schema).to_json(), schema);
}

#[test]
fn a_part_is_written_as_it_stands_in_the_file() {
    let allowlist = read(EXAMPLE);
    let category = &allowlist.categories()[0];
    let group = &category.groups[0];
    for part in [category.to_json(), group.to_json(), group.ranges[0].to_json()] {
        let lines: Vec<_> = part.lines().map(str::trim).collect();
        let file: Vec<_> = EXAMPLE.lines().map(|line| line.trim().trim_end_matches(',')).collect();
        let there =
            |found: &[&str]| found.iter().zip(&lines).all(|(file, line)| *file == line.trim_end_matches(','));
        assert!(file.windows(lines.len()).any(there), "{part}");
        assert!(serde_json::from_str::<serde_json::Value>(&part).is_ok());
    }
    let both = Range::list_to_json(&[&group.ranges[1], &group.ranges[1]]);
    assert_eq!(both, "[\n  {\"cidr\": \"203.0.115.7\"},\n  {\"cidr\": \"203.0.115.7\"}\n]");
}

#[test]
fn what_spells_out_its_default_is_left_out() {
    let text = r#"{"version": 1, "policy": {"name": "IP_Whitelist_AWS_API_Keys", "sid": "IPWhitelistAWSAPIKeys",
        "target": "managed-policy", "max_documents": 10, "applies_to": [], "resources": ["*"],
        "exempt": {"mfa": false, "aws_services": true, "vpcs": []}, "attach_to": {"users": []}}, "categories": []}"#;
    assert_eq!(read(text), Allowlist::default());
    assert!(!read(text).to_json().contains("policy"));
}

#[test]
fn a_default_that_depends_on_the_target_does() {
    let scp = |applies| {
        format!(
            r#"{{"version": 1, "policy": {{"target": "scp", "applies_to": {applies}}}, "categories": []}}"#
        )
    };
    assert_eq!(read(&scp(r#"["arn:aws:iam::*:user/*"]"#)).policy().applies_to, None);
    let everybody = read(&scp("[]"));
    assert_eq!(everybody.policy().applies_to(), [""; 0]);
    assert_eq!(read(&everybody.to_json()), everybody);
}

#[test]
fn missing_and_disordered_categories_come_into_order() {
    let text = with(
        r#"{"kind": "custom", "name": "VPN", "groups": []}, {"kind": "data-center", "name": "DC", "groups": []}"#,
    );
    let names: Vec<_> = read(&text).categories().iter().map(|c| c.name.to_string()).collect();
    assert_eq!(
        names,
        ["Corporate networks", "DC", "AWS accounts (NAT gateways)", "Other clouds (NAT gateways)", "VPN"]
    );
}

#[test]
fn cidrs_are_written_in_their_canonical_form() {
    let text = with(
        r#"{"kind": "data-center", "name": "DC", "groups": [{"name": "g", "ranges": [
           {"cidr": "2600:1F00:0:0::/40"}, {"cidr": "203.0.114.7/32"}, {"cidr": "203.0.114.7"}, {"cidr": "10.0.0.300"}]}]}"#,
    );
    let cidrs: Vec<_> = read(&text).ranges().map(|(.., range)| range.cidr.to_string()).collect();
    assert_eq!(cidrs, ["2600:1f00::/40", "203.0.114.7/32", "203.0.114.7", "10.0.0.300"]);
}

#[test]
fn an_unreadable_file_says_where_what_and_what_was_expected() {
    let range = |keys: &str| {
        with(&format!(
            "{{\"kind\": \"data-center\", \"name\": \"DC\", \"groups\": [{{\"name\": \"g\", \"ranges\": [\n{keys}]}}]}}"
        ))
    };
    for (text, expected) in [
        (
            range(r#"{"cidr": "a", "labell": "x"}"#),
            r#"3:22: unknown key "labell", expected one of "cidr", "label""#,
        ),
        (range(r#"{"cidr": "a", "cidr": "b"}"#), r#"duplicate key "cidr""#),
        (range(r#"{"label": "x"}"#), r#"missing key "cidr""#),
        (range("null"), "3:4: found null, expected an object"),
        (range(r#"["203.0.114.0/24"]"#), "expected an object"),
        (
            range(r#"{"cidr": "a", "enabled": "false"}"#),
            r#"found string "false", expected true or false, in categories[0].groups[0].ranges[0].enabled"#,
        ),
        (range(r#"{"cidr": "a", "expires": "2026-02-30"}"#), "2026-02-30\" is no date"),
        (range(r#"{"cidr": "a", "expires": null}"#), "found null, expected a day"),
        (range(r#"{"cidr": "a", "label": "x\u001b[2J"}"#), "U+001B (escape) at position 2"),
        (range(&format!(r#"{{"cidr": "a", "note": "{}"}}"#, "n".repeat(257))), "257 characters, at most 256"),
        (
            with(r#"{"kind": "datacenter", "name": "DC", "groups": []}"#),
            "unknown kind \"datacenter\", expected one of",
        ),
        (with(r#"{"kind": "custom", "name": "", "groups": []}"#), "it is empty"),
        (with(r#"{"kind": "custom", "name": "DC"}"#), r#"missing key "groups""#),
        (
            with(
                r#"{"kind": "data-center", "name": "A", "groups": []}, {"kind": "data-center", "name": "B", "groups": []}"#,
            ),
            "a second category of the kind data-center",
        ),
        (
            with(
                r#"{"kind": "custom", "name": "A", "groups": []}, {"kind": "custom", "name": "A", "groups": []}"#,
            ),
            "a second category of the name \"A\"",
        ),
        (
            with(r#"{"kind": "custom", "name": "Data centers", "groups": []}"#),
            "belongs to the category of the kind data-center",
        ),
        (
            with(
                r#"{"kind": "custom", "name": "A", "groups": [{"name": "g", "ranges": []}, {"name": "g", "ranges": []}]}"#,
            ),
            "a second group of the name \"g\"",
        ),
        (r#"{"version": 2, "categories": []}"#.into(), "version 2 is newer"),
        (r#"{"version": "1", "categories": []}"#.into(), "found string \"1\", expected a whole number"),
        (r#"{"version": 1}"#.into(), r#"missing key "categories""#),
        (r#"{"categories": []}"#.into(), r#"missing key "version""#),
        (r#"{"version": 1, "policy": null, "categories": []}"#.into(), "found null"),
        (
            r#"{"version": 1, "policy": {"target": "iam"}, "categories": []}"#.into(),
            "unknown target \"iam\", expected one of managed-policy",
        ),
        (r#"{"version": 1, "policy": {"name": ""}, "categories": []}"#.into(), "it is empty"),
        ("[]".into(), "expected an object"),
        ("null".into(), "found null"),
    ] {
        let said = error(&text);
        assert!(said.contains(expected), "{text}\n  says {said}\n  not  {expected}");
    }
}

#[test]
fn undo_takes_back_and_redo_does_again() {
    let mut allowlist = Allowlist::default();
    let mut history = History::default();
    let at = GroupAt { category: 0, group: 0 };
    history.perform(&mut allowlist, Edit::InsertGroup(at, Group::new(Name::new("Office").unwrap()))).unwrap();
    let ranges =
        vec![Range::new("203.0.114.0/24".parse().unwrap()), Range::new("203.0.115.7".parse().unwrap())];
    history.perform(&mut allowlist, Edit::append(at, 0, ranges)).unwrap();
    let full = allowlist.clone();
    assert_eq!(history.undo(&mut allowlist).as_deref(), Some("add 2 ranges"));
    assert_eq!(history.undo(&mut allowlist).as_deref(), Some("add the group Office"));
    assert_eq!(allowlist, Allowlist::default());
    assert_eq!(history.undo(&mut allowlist), None);
    assert_eq!(history.redo(&mut allowlist).as_deref(), Some("add the group Office"));
    assert_eq!(history.redo(&mut allowlist).as_deref(), Some("add 2 ranges"));
    assert_eq!(allowlist, full);
}

#[test]
fn an_edit_that_breaks_a_rule_changes_nothing() {
    let mut allowlist = read(EXAMPLE);
    let before = allowlist.clone();
    let at = GroupAt { category: 0, group: 1 };
    let twin = Group::new(Name::new("Head office, ISP A").unwrap());
    let fine = Edit::RenameCategory(0, Name::new("Offices").unwrap());
    let edit = Edit::All(vec![fine, Edit::InsertGroup(at, twin)]);
    assert_eq!(allowlist.apply(edit), Err(EditError::GroupNameTaken("Head office, ISP A".into())));
    assert_eq!(allowlist, before);
    assert_eq!(allowlist.apply(Edit::RemoveCategory(1)), Err(EditError::BuiltIn));
    assert_eq!(allowlist.apply(Edit::RemoveGroup(at)), Err(EditError::NoSuchPlace));
    let group = GroupAt { category: 0, group: 0 };
    assert_eq!(allowlist.apply(Edit::RemoveRanges(group, vec![1, 0])), Err(EditError::NoSuchPlace));
    assert_eq!(allowlist, before);
}

#[test]
fn every_setting_reads_back_what_it_was_given() {
    let given = [
        ("name", "Other"),
        ("sid", "Abc"),
        ("target", "scp"),
        ("applies_to", "arn:aws:iam::*:role/*"),
        ("resources", "a,b"),
        ("services", "s3,sts"),
        ("attach_to.group", "G"),
        ("attach_to.users", "u,v"),
        ("exempt.mfa", "true"),
        ("exempt.aws_services", "false"),
        ("exempt.vpcs", "vpc-1"),
        ("exempt.vpc_endpoints", "vpce-1"),
        ("exempt.principals", "p"),
        ("exempt.actions", "a:b"),
        ("max_documents", "3"),
        ("max_extra_addresses", "7"),
    ];
    assert_eq!(given.map(|(key, _)| key).as_slice(), KEYS.iter().map(|k| k.key).collect::<Vec<_>>());
    let mut settings = PolicySettings::default();
    for (key, value) in given {
        settings = SettingKey::find(key).unwrap().with(&settings, value).unwrap();
        assert_eq!(SettingKey::find(key).unwrap().get(&settings), value);
    }
    for (key, _) in given.iter().rev() {
        settings = SettingKey::find(key).unwrap().with(&settings, "").unwrap();
    }
    assert_eq!(settings, PolicySettings::default());
    let error = SettingKey::find("exempt.mfa").unwrap().with(&settings, "yes").unwrap_err();
    assert_eq!(error.to_string(), "exempt.mfa: found \"yes\", expected true or false");
    assert!(SettingKey::find("max_documents").unwrap().with(&settings, "21").is_err());
    assert!(SettingKey::find("mfa").is_err());
}

fn some_text() -> impl Strategy<Value = Text> {
    "[a-zA-Z\"\\\\é漢👩 {}:,/]{0,12}".prop_map(|text| Text::new(text).unwrap())
}

fn some_range() -> impl Strategy<Value = Range> {
    let cidr = prop_oneof![
        any::<u32>().prop_map(|bits| std::net::Ipv4Addr::from_bits(bits).to_string()),
        (any::<u128>(), 0u8..=128).prop_map(|(bits, length)| {
            ipnet::Ipv6Net::new_assert(std::net::Ipv6Addr::from_bits(bits), length).trunc().to_string()
        }),
        Just("not a cidr".to_owned()),
    ];
    let day = proptest::option::of(Just("2027-01-31".parse::<Date>().unwrap()));
    (cidr, some_text(), some_text(), day.clone(), day, any::<bool>()).prop_map(
        |(cidr, label, note, review_by, expires, enabled)| Range {
            label,
            note,
            review_by,
            expires,
            enabled,
            ..Range::with_field(CidrField::new(Text::new(cidr).unwrap()))
        },
    )
}

fn some_name() -> impl Strategy<Value = Name> {
    "[a-d]{1,2}".prop_map(|name| Name::new(name).unwrap())
}

fn some_group() -> impl Strategy<Value = Group> {
    (some_name(), some_text(), proptest::collection::vec(some_range(), 0..4))
        .prop_map(|(name, note, ranges)| Group { name, note, ranges: ranges.into() })
}

/// Edits at places that mostly exist.
fn some_edit() -> impl Strategy<Value = Edit> {
    let group_at = || (0usize..6, 0usize..3).prop_map(|(category, group)| GroupAt { category, group });
    let range_at = (group_at(), 0usize..4).prop_map(|(group, range)| RangeAt { group, range });
    let ascending = proptest::collection::btree_set(0usize..5, 0..4);
    let leaf = prop_oneof![
        (group_at(), proptest::collection::btree_map(0usize..5, some_range(), 0..4))
            .prop_map(|(at, ranges)| Edit::InsertRanges(at, ranges.into_iter().collect())),
        (group_at(), ascending)
            .prop_map(|(at, positions)| Edit::RemoveRanges(at, positions.into_iter().collect())),
        proptest::collection::vec((range_at, some_range()), 1..4).prop_map(Edit::ReplaceRanges),
        (group_at(), some_group()).prop_map(|(at, group)| Edit::InsertGroup(at, group)),
        group_at().prop_map(Edit::RemoveGroup),
        (group_at(), some_name(), some_text())
            .prop_map(|(at, name, note)| Edit::DescribeGroup(at, name, note)),
        (0usize..7, some_name(), proptest::collection::vec(some_group(), 0..1)).prop_map(
            |(at, name, groups)| { Edit::InsertCategory(at, Category { kind: Kind::Custom, name, groups }) }
        ),
        (0usize..7).prop_map(Edit::RemoveCategory),
        (0usize..7, some_name()).prop_map(|(at, name)| Edit::RenameCategory(at, name)),
        (group_at(), group_at()).prop_map(|(from, to)| Edit::MoveGroup(from, to)),
        (group_at(), 0usize..5, 0usize..5).prop_map(|(at, from, to)| Edit::MoveRange(at, from, to)),
        (0usize..8, 0usize..8).prop_map(|(from, to)| Edit::MoveCategory(from, to)),
        (any::<bool>(), 0u32..12).prop_map(|(mfa, documents)| {
            let exempt = Exempt { mfa, ..Exempt::default() };
            Edit::SetPolicy(Box::new(PolicySettings {
                exempt,
                max_documents: Some(documents),
                ..PolicySettings::default()
            }))
        }),
    ];
    leaf.prop_recursive(1, 4, 4, |edit| proptest::collection::vec(edit, 0..4).prop_map(Edit::All))
}

proptest! {
    #[test]
    fn any_edit_then_its_inverse_is_the_identity(edits in proptest::collection::vec(some_edit(), 0..24)) {
        let mut allowlist = Allowlist::default();
        let mut history = History::default();
        let mut states = vec![allowlist.clone()];
        for edit in edits {
            let before = allowlist.clone();
            match history.perform(&mut allowlist, edit) {
                Ok(()) => states.push(allowlist.clone()),
                Err(_) => prop_assert_eq!(&allowlist, &before),
            }
        }
        let last = states.pop().unwrap();
        for state in states.iter().rev() {
            prop_assert!(history.undo(&mut allowlist).is_some());
            prop_assert_eq!(&allowlist, state);
        }
        for _ in &states {
            prop_assert!(history.redo(&mut allowlist).is_some());
        }
        prop_assert_eq!(&allowlist, &last);
    }

    #[test]
    fn what_is_written_reads_back_equal(edits in proptest::collection::vec(some_edit(), 0..24)) {
        let mut allowlist = Allowlist::default();
        for edit in edits {
            let _ = allowlist.apply(edit);
        }
        let text = allowlist.to_json();
        let again = read(&text);
        prop_assert_eq!(&again, &allowlist);
        prop_assert_eq!(again.to_json(), text);
    }
}
