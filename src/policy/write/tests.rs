use super::*;
use crate::allowlist::Target;
use crate::cidr::IpNet;
use crate::policy::testing::{fence, parsed, settings, some_nets};
use crate::policy::{Evaluator, Request, Verdict, is_own, open_without, prove};
use proptest::prelude::*;
use std::net::IpAddr;

fn nets() -> impl Strategy<Value = Vec<String>> {
    let v4 = (any::<u32>(), 9u8..=32)
        .prop_map(|(a, l)| IpNet::new_assert(std::net::Ipv4Addr::from(a).into(), l).trunc().to_string());
    let host = any::<u32>().prop_map(|a| std::net::Ipv4Addr::from(a).to_string());
    // Not where an IPv4 address is mapped, which is no CIDR of an allowlist.
    let v6 = (any::<u128>(), 16u8..=128).prop_map(|(a, l)| {
        IpNet::new_assert(std::net::Ipv6Addr::from(a | 1 << 125).into(), l).trunc().to_string()
    });
    proptest::collection::vec(prop_oneof![3 => v4, 3 => host, 2 => v6], 1..400)
}

fn some_settings() -> impl Strategy<Value = PolicySettings> {
    let target =
        proptest::sample::select(vec!["managed-policy", "user-inline", "group-inline", "role-inline", "scp"]);
    let list = |values: &[&'static str]| {
        proptest::sample::subsequence(values.to_vec(), 0..=values.len()).prop_map(|chosen| chosen.join(","))
    };
    let vpcs = list(&[
        "vpc-0a1b2c3d",
        "vpc-0123456789abcdef0",
        "arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-0a1b2c3d",
    ]);
    let endpoints = list(&["vpce-0a1b2c3d", "vpce-0a1b2c3e"]);
    let arns = &[
        "arn:aws:iam::*:role/ops/*",
        "arn:aws:iam::111122223333:root",
        "arn:aws:iam::111122223333:user/a?b",
    ];
    let actions = list(&["sts:GetCallerIdentity", "es:ES*", "s3:Get*"]);
    let extra = proptest::sample::select(vec!["0", "100", "18446744073709551615"]);
    let rest = (list(arns), list(arns), actions, extra);
    (target, any::<bool>(), any::<bool>(), vpcs, endpoints, rest).prop_map(
        |(target, mfa, services, vpcs, endpoints, rest)| {
            settings(&[
                ("target", target),
                ("exempt.mfa", &mfa.to_string()),
                ("exempt.aws_services", &services.to_string()),
                ("exempt.vpcs", &vpcs),
                ("exempt.vpc_endpoints", &endpoints),
                ("exempt.principals", &rest.0),
                ("applies_to", &rest.1),
                ("exempt.actions", &rest.2),
                ("max_extra_addresses", rest.3),
            ])
        },
    )
}

/// The first and last address of each prefix, and those beside it.
fn edges(set: &AddressSet) -> Vec<IpAddr> {
    let step = |address: IpAddr, by: i8| -> IpAddr {
        match address {
            IpAddr::V4(a) => std::net::Ipv4Addr::from(a.to_bits().wrapping_add_signed(by.into())).into(),
            IpAddr::V6(a) => std::net::Ipv6Addr::from(a.to_bits().wrapping_add_signed(by.into())).into(),
        }
    };
    let around =
        |net: IpNet| [net.network(), net.broadcast(), step(net.network(), -1), step(net.broadcast(), 1)];
    set.prefixes().flat_map(around).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn whatever_is_written_is_right_and_whatever_is_not_is_told(nets in nets(), settings in some_settings()) {
        let fence = fence(&nets, settings);
        let written = match write(&fence) {
            Ok(written) => written,
            Err(NoPolicy::TooLarge { size, limit, documents, extra, .. }) => {
                prop_assert!(size > limit);
                let most = fence.settings().max_documents() as usize;
                prop_assert!(documents.is_none_or(|needed| needed > most));
                prop_assert!(extra.is_none_or(|extra| extra > fence.settings().max_extra_addresses));
                return Ok(());
            }
            Err(other) => return Err(TestCaseError::fail(other.to_string())),
        };
        let documents = parsed(&written);
        prop_assert!(prove(&documents, &fence).unwrap().equal());
        prop_assert_eq!(write(&fence).unwrap(), written.clone());
        prop_assert!(fence.admitted().difference(&written.admitted).is_empty());
        prop_assert_eq!(written.extra == 0, written.admitted == *fence.admitted());
        prop_assert!(written.extra <= fence.settings().max_extra_addresses);
        for document in &written.documents {
            prop_assert!(document.size <= written.quota.limit && document.text.is_ascii() && is_own(document.text.as_bytes()));
            prop_assert!(document.sid.chars().all(|c| c.is_ascii_alphanumeric()));
        }
        if written.documents.len() > 1 {
            prop_assert!(open_without(&documents).unwrap().iter().all(|open| !open.is_empty()));
        }
        let evaluator = Evaluator::new(&documents).unwrap();
        let root = Request::plain().by("arn:aws:iam::111122223333:user/aXb").unwrap();
        let applies = fence.settings().applies_to();
        let fenced = (applies.is_empty() || applies.iter().any(|arn| arn.ends_with("a?b") || arn.ends_with("user/*")))
            && !fence.settings().exempt.principals.iter().any(|arn| arn.ends_with("a?b"));
        for address in edges(&written.admitted) {
            let verdict = evaluator.verdict(&root.clone().from(address).action("ec2:RunInstances").unwrap()).unwrap();
            prop_assert_eq!(verdict == Verdict::Allowed, !fenced || written.admitted.contains(address), "{}", address);
        }
    }
}

#[test]
fn the_bytes_of_one_document() {
    let changes = [
        ("exempt.mfa", "true"),
        ("exempt.vpcs", "vpc-0a1b2c3d,arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-0a1b2c3d"),
        ("exempt.vpc_endpoints", "vpce-0a1b2c3d"),
        ("exempt.principals", "arn:aws:iam::111122223333:role/ops/*"),
        ("exempt.actions", "es:ES*"),
        ("target", "scp"),
    ];
    let nets = [
        "203.0.114.0/25".to_owned(),
        "203.0.114.128/25".to_owned(),
        "198.51.101.7/32".to_owned(),
        "2001:db9::/32".to_owned(),
    ];
    let scp = write(&fence(&nets, settings(&changes))).unwrap().documents;
    let minified = concat!(
        r#"{"Version":"2012-10-17","Statement":[{"Sid":"IPWhitelistAWSAPIKeys","Effect":"Deny","NotAction":["es:ES*"],"#,
        r#""Resource":"*","Condition":{"NotIpAddress":{"aws:SourceIp":["198.51.101.7","203.0.114.0/24","2001:db9::/32"]},"#,
        r#""BoolIfExists":{"aws:ViaAWSService":"false","aws:MultiFactorAuthPresent":"false"},"#,
        r#""StringNotEqualsIfExists":{"aws:SourceVpc":["vpc-0a1b2c3d"],"aws:SourceVpce":["vpce-0a1b2c3d"]},"#,
        r#""ArnNotLikeIfExists":{"aws:SourceVpcArn":["arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-0a1b2c3d"],"#,
        r#""aws:PrincipalArn":["arn:aws:iam::111122223333:role/ops/*"]},"ArnLike":{"aws:PrincipalArn":["arn:aws:iam::*:user/*"]}}}]}"#,
    );
    assert_eq!((scp[0].text.as_str(), scp[0].size), (minified, minified.len()));
    assert_eq!(scp[0].file_name, "IP_Whitelist_AWS_API_Keys.json");
    let plain = write(&fence(&nets[3..], settings(&[]))).unwrap().documents;
    assert_eq!(
        plain[0].text,
        "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {\n      \"Sid\": \"IPWhitelistAWSAPIKeys\",\n      \"Effect\": \"Deny\",\n      \"Action\": \"*\",\n      \"Resource\": \"*\",\n      \"Condition\": {\n        \"NotIpAddress\": {\n          \"aws:SourceIp\": [\n            \"2001:db9::/32\"\n          ]\n        },\n        \"BoolIfExists\": {\n          \"aws:ViaAWSService\": \"false\"\n        }\n      }\n    }\n  ]\n}\n"
    );
}

#[test]
fn documents_of_a_split_are_numbered() {
    let documents =
        write(&fence(&some_nets(420), settings(&[("name", "P_x"), ("sid", "S")]))).unwrap().documents;
    let named: Vec<_> = documents.iter().map(|d| (d.file_name.as_str(), d.sid.as_str())).collect();
    assert_eq!(named, [("P_x-1.json", "S1"), ("P_x-2.json", "S2")]);
}

#[test]
fn what_does_not_fit_says_what_would_do() {
    let inline = |extra: &str| {
        fence(&some_nets(120), settings(&[("target", "user-inline"), ("max_extra_addresses", extra)]))
    };
    let refused = write(&inline("0")).unwrap_err();
    let NoPolicy::TooLarge { extra: Some(extra), documents: Some(documents), allowed: 1, .. } = refused
    else {
        unreachable!("{refused}")
    };
    assert!(documents > 1 && extra > 0);
    assert!(refused.to_string().contains(&format!("set max_extra_addresses to {extra}")), "{refused}");
    assert_eq!(write(&inline(&extra.to_string())).unwrap().extra, extra);
    assert!(write(&inline(&(extra - 1).to_string())).is_err());
    let fitted = crate::policy::fit(&inline("0")).unwrap();
    assert_eq!((fitted.exact_documents, fitted.options[0].extra), (Some(documents), Some(extra)));
    let three = settings(&[("max_documents", "3")]);
    let refused = write(&fence(&some_nets(2_000), three)).unwrap_err().to_string();
    assert!(refused.contains("set max_documents to"), "{refused}");
    assert_eq!(Target::ManagedPolicy.documents_limit(), 20);
}
