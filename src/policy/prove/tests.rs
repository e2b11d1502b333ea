use super::*;
use crate::policy::parse_document;
use crate::policy::testing::{fence, settings, some_nets, written};
use serde_json::{Value, json};

const EVERYTHING: &[(&str, &str)] = &[
    ("exempt.mfa", "true"),
    ("exempt.vpcs", "vpc-0a1b2c3d,vpc-0a1b2c3e,arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-0123456789abcdef0"),
    ("exempt.vpc_endpoints", "vpce-0a1b2c3d"),
    ("exempt.principals", "arn:aws:iam::111122223333:role/ops/*,arn:aws:iam::111122223333:user/root"),
    ("exempt.actions", "sts:GetCallerIdentity,es:ES*"),
    ("applies_to", "arn:aws:iam::*:user/*,arn:aws:iam::*:role/*"),
];

/// A fence of one document and one of two, with and without exemptions.
fn fences() -> Vec<Fence> {
    let mut fences = Vec::new();
    for changes in [&[][..], EVERYTHING] {
        for count in [7, 420] {
            fences.push(fence(&some_nets(count), settings(changes)));
        }
    }
    fences.push(fence(&some_nets(40), settings(&[("target", "scp")])));
    fences
}

fn values(fence: &Fence) -> Vec<Value> {
    let documents = crate::policy::write(fence).unwrap().documents;
    documents.iter().map(|document| serde_json::from_str(&document.text).unwrap()).collect()
}

/// What `prove` says of JSON documents; `None` where it is equal.
fn verdict(values: &[Value], fence: &Fence) -> Option<String> {
    let parsed: Result<Vec<_>, _> =
        values.iter().map(|value| parse_document(value.to_string().as_bytes())).collect();
    let parsed = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return Some(error.to_string()),
    };
    match prove(&parsed, fence) {
        Err(undecided) => Some(undecided.to_string()),
        Ok(proof) if proof.equal() => None,
        Ok(proof) => Some(format!(
            "-{} +{} {}",
            proof.missing.count_words(),
            proof.extra.count_words(),
            proof.reasons.join("; ")
        )),
    }
}

fn statement(values: &mut [Value], document: usize) -> &mut Value {
    &mut values[document]["Statement"][0]
}

#[test]
fn what_is_written_is_proven() {
    for fence in fences() {
        assert_eq!(verdict(&values(&fence), &fence), None);
        let (documents, change) = (written(&fence), compare_fences(&fence, &fence).unwrap());
        assert!(change.equal() && compare_with_fence(&documents, &fence).unwrap().equal());
        assert!(compare_documents(&documents, &documents).unwrap().equal());
    }
}

type Change = fn(&mut Value);

/// Every change of a statement that lets others through or locks out who was let through.
const CHANGES: &[(&str, Change)] = &[
    ("Allow for Deny", |s| s["Effect"] = json!("Allow")),
    ("narrowed Action", |s| {
        s.as_object_mut().unwrap().remove("NotAction");
        s["Action"] = json!("s3:*");
    }),
    ("another NotAction", |s| {
        s.as_object_mut().unwrap().remove("Action");
        s["NotAction"] = json!("iam:*");
    }),
    ("narrowed Resource", |s| s["Resource"] = json!("arn:aws:s3:::*")),
    ("NotResource", |s| {
        s.as_object_mut().unwrap().remove("Resource");
        s["NotResource"] = json!("arn:aws:s3:::*");
    }),
    ("a condition more", |s| s["Condition"]["StringEquals"] = json!({"aws:RequestedRegion": "eu-west-1"})),
    ("a condition on a date", |s| s["Condition"]["DateLessThan"] = json!({"aws:CurrentTime": "2030-01-01"})),
    ("a condition on a tag", |s| s["Condition"]["Null"] = json!({"aws:PrincipalTag/x": "true"})),
    ("no condition", |s| {
        s.as_object_mut().unwrap().remove("Condition");
    }),
    ("no list", |s| {
        s["Condition"].as_object_mut().unwrap().remove("NotIpAddress");
    }),
    ("IpAddress for NotIpAddress", |s| swap(s, "NotIpAddress", "IpAddress")),
    ("Bool for BoolIfExists", |s| swap(s, "BoolIfExists", "Bool")),
    ("true for false", |s| s["Condition"]["BoolIfExists"]["aws:ViaAWSService"] = json!("true")),
    ("a Sid with spaces", |s| s["Sid"] = json!("a b")),
    ("a variable", |s| s["Condition"]["StringNotLike"] = json!({"aws:username": "${aws:PrincipalTag/x}"})),
    ("no CIDR", |s| s["Condition"]["NotIpAddress"]["aws:SourceIp"][0] = json!("office")),
    ("an unknown operator", |s| s["Condition"]["NotIpAdress"] = json!({"aws:SourceIp": "10.0.0.1"})),
];

fn swap(statement: &mut Value, from: &str, to: &str) {
    let condition = statement["Condition"].as_object_mut().unwrap();
    let moved = condition.remove(from).unwrap();
    condition.insert(to.to_owned(), moved);
}

#[test]
fn no_change_of_a_statement_is_taken_for_equal() {
    for fence in fences() {
        let right = values(&fence);
        for document in 0..right.len() {
            for (name, change) in CHANGES {
                let mut wrong = right.clone();
                change(statement(&mut wrong, document));
                assert!(verdict(&wrong, &fence).is_some(), "{name}");
            }
            let mut gone = right.clone();
            gone.remove(document);
            assert!(verdict(&gone, &fence).is_some(), "a document gone");
        }
        let mut two = right.clone();
        let copy = two[0]["Statement"][0].clone();
        two[0]["Statement"].as_array_mut().unwrap().push(copy);
        assert!(verdict(&two, &fence).unwrap().contains("stands there twice"));
    }
}

#[test]
fn no_exemption_can_be_dropped_or_added_or_changed() {
    let fence = fence(&some_nets(9), settings(EVERYTHING));
    let right = values(&fence);
    let condition = right[0]["Statement"][0]["Condition"].as_object().unwrap();
    let mut tried = 0;
    for (operator, keys) in condition.iter().filter(|(operator, _)| !operator.contains("IpAddress")) {
        for (key, value) in keys.as_object().unwrap() {
            let mut changed: Vec<Value> = vec![Value::Null, json!(["arn:aws:iam::*:user/extra"])];
            if let Some(list) = value.as_array() {
                for at in 0..list.len() {
                    let mut less = list.clone();
                    less.remove(at);
                    changed.push(less.into());
                    let mut wider = list.clone();
                    wider[at] = format!("{}*", list[at].as_str().unwrap()).into();
                    // An id is compared whole by StringNotEquals, so a star makes it another id.
                    changed.push(wider.into());
                }
            }
            for change in changed {
                let mut wrong = right.clone();
                let block = &mut statement(&mut wrong, 0)["Condition"][operator];
                if change.is_null() || change == json!([]) {
                    block.as_object_mut().unwrap().remove(key);
                } else {
                    block[key] = change.clone();
                }
                tried += 1;
                let same_patterns = change
                    .as_array()
                    .is_some_and(|list| list.iter().any(|v| v.as_str().unwrap().ends_with("**")));
                assert!(same_patterns || verdict(&wrong, &fence).is_some(), "{operator} {key} {change}");
            }
        }
    }
    assert!(tried > 25, "{tried}");
}

/// The addresses that a list of one document's operator holds, with one of them changed.
fn with_list(
    right: &[Value],
    document: usize,
    operator: &str,
    change: impl FnOnce(&mut Vec<Value>),
) -> Vec<Value> {
    let mut wrong = right.to_vec();
    let list = &mut statement(&mut wrong, document)["Condition"][operator]["aws:SourceIp"];
    change(list.as_array_mut().unwrap());
    wrong
}

#[test]
fn no_change_of_a_list_is_taken_for_equal_unless_it_changes_nothing() {
    for fence in fences() {
        let right = values(&fence);
        for document in 0..right.len() {
            for operator in ["NotIpAddress", "IpAddressIfExists"] {
                let list = &right[document]["Statement"][0]["Condition"][operator]["aws:SourceIp"];
                let Some(list) = list.as_array() else { continue };
                for at in (0..list.len()).step_by(list.len() / 4 + 1) {
                    let text = list[at].as_str().unwrap();
                    // Where the list also holds what lies outside of the region, a piece may change nothing.
                    let split_a = operator == "NotIpAddress"
                        && right.len() > 1
                        && right[document]["Statement"][0]["Condition"].get("IpAddressIfExists").is_none();
                    let gone = with_list(&right, document, operator, |list| drop(list.remove(at)));
                    assert!(split_a || verdict(&gone, &fence).is_some(), "{operator} without {text}");
                    let net = text.parse::<crate::cidr::Cidr>().unwrap().net();
                    let Some(wider) = net.supernet() else { continue };
                    let wide =
                        with_list(&right, document, operator, |list| list[at] = json!(wider.to_string()));
                    let changes = operator == "NotIpAddress" && !split_a;
                    assert!(!changes || verdict(&wide, &fence).is_some(), "{operator} {wider} for {text}");
                }
            }
            let more = with_list(&right, document, "NotIpAddress", |list| list.push(json!("198.18.77.0/24")));
            let proof = verdict(&more, &fence);
            assert!(right.len() > 1 || proof.unwrap().contains("+256"));
        }
    }
}

#[test]
fn a_naive_split_locks_everybody_out() {
    let (nets, fence) = (some_nets(10), fence(&some_nets(10), settings(&[])));
    let document = |nets: &[String]| {
        let condition =
            json!({"NotIpAddress": {"aws:SourceIp": nets}, "BoolIfExists": {"aws:ViaAWSService": "false"}});
        json!({"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": condition}]})
    };
    let naive = [document(&nets[..5]), document(&nets[5..])];
    let parsed: Vec<_> =
        naive.iter().map(|value| parse_document(value.to_string().as_bytes()).unwrap()).collect();
    let proof = prove(&parsed, &fence).unwrap();
    assert_eq!((&proof.missing, proof.extra.is_empty()), (fence.admitted(), true));
}

#[test]
fn differences_are_named() {
    let (was, is) = (
        fence(&["203.0.114.0/24".into()], settings(&[("exempt.mfa", "true")])),
        fence(&["203.0.114.0/25".into(), "198.51.101.7".into()], settings(&[])),
    );
    let change = compare_documents(&written(&was), &written(&is)).unwrap();
    let prefixes = |set: &AddressSet| set.prefixes().map(|net| net.to_string()).collect::<Vec<_>>();
    assert_eq!(prefixes(&change.admitted), ["198.51.101.7/32"]);
    assert_eq!(prefixes(&change.no_longer), ["203.0.114.128/25"]);
    assert_eq!(change, compare_with_fence(&written(&was), &is).unwrap());
    assert_eq!(change, compare_fences(&was, &is).unwrap());
    let mfa = "requests with aws:MultiFactorAuthPresent true";
    assert_eq!(change.reasons.len(), 2, "{:?}", change.reasons);
    assert!(
        change.reasons[0].starts_with(mfa) && change.reasons[0].ends_with("no longer let through"),
        "{:?}",
        change.reasons
    );
    assert!(
        change.reasons[1].starts_with(&format!("{mfa} that carry no aws:SourceIp")),
        "{:?}",
        change.reasons
    );
}

#[test]
fn a_fence_for_others_than_the_plain_user_is_still_compared_by_address() {
    let only = settings(&[("applies_to", "arn:aws:iam::999999999999:user/ci/*")]);
    let (was, is) =
        (fence(&["203.0.114.0/24".into()], only.clone()), fence(&["203.0.114.0/25".into()], only));
    let proof = prove(&written(&was), &is).unwrap();
    assert_eq!(proof.extra.ipv4_count(), 128);
    assert!(
        proof.reasons[0].starts_with(
            "the addresses are those of requests with aws:PrincipalArn arn:aws:iam::999999999999:user/ci/"
        ),
        "{:?}",
        proof.reasons
    );
}

#[test]
fn all_documents_of_a_split_are_needed() {
    let fence = fence(&some_nets(420), settings(&[]));
    let documents = written(&fence);
    assert!(documents.len() > 1);
    let open = open_without(&documents).unwrap();
    assert!(open.iter().all(|set| !set.is_empty() && set.intersection(fence.admitted()).is_empty()));
    let all = open.iter().fold(AddressSet::empty(), |all, set| all.union(set));
    assert_eq!(all, fence.admitted().complement());
    let said: Vec<_> =
        crate::policy::write(&fence).unwrap().documents.into_iter().map(|document| document.alone).collect();
    assert_eq!(open, said);
}

#[test]
fn quotas_and_numbers_are_looked_at() {
    let settings = settings(&[("target", "user-inline")]);
    let few = fence(&some_nets(5), settings);
    let mut wrong = values(&few);
    let copies = vec![wrong[0].clone(); 2];
    assert!(verdict(&copies, &few).unwrap().contains("AWS takes at most 1"));
    let padding: Vec<String> = (0..200).map(|i| format!("s3:Get{i}*")).chain(["*".to_owned()]).collect();
    statement(&mut wrong, 0)["Action"] = json!(padding);
    assert!(verdict(&wrong, &few).unwrap().contains("over the 2048"));
    wrong[0]["Version"] = json!("2008-10-17");
    assert!(verdict(&wrong, &few).unwrap().contains("Version"));
}

#[test]
fn many_exemptions_are_still_told_apart() {
    let list =
        |count: usize, make: &dyn Fn(usize) -> String| (0..count).map(make).collect::<Vec<_>>().join(",");
    let changes = [
        ("target", "role-inline".to_owned()),
        ("exempt.vpcs", list(60, &|i| format!("vpc-{i:08x}"))),
        ("exempt.vpc_endpoints", list(40, &|i| format!("vpce-{i:017x}"))),
        ("exempt.principals", list(30, &|i| format!("arn:aws:iam::*:role/team{i}/*-ci"))),
        ("exempt.actions", list(40, &|i| format!("s{i}:Get*"))),
    ];
    let changes: Vec<(&str, &str)> = changes.iter().map(|(key, value)| (*key, value.as_str())).collect();
    let fence = fence(&some_nets(20), settings(&changes));
    assert_eq!(verdict(&values(&fence), &fence), None);
}

#[test]
fn hostile_documents_end() {
    let fence = fence(&some_nets(3), settings(&[]));
    let keys: serde_json::Map<String, Value> =
        (0..20_000).map(|i| (format!("aws:k{i}"), json!("true"))).collect();
    let mut wrong = values(&fence);
    statement(&mut wrong, 0)["Condition"]["Bool"] = keys.into();
    assert!(verdict(&wrong, &fence).is_some());
    statement(&mut wrong, 0)["Action"] = json!("*a?".repeat(20_000));
    assert!(verdict(&wrong, &fence).is_some());
    let actions: Vec<String> = (0..5_000).map(|i| format!("s3:Get{i}*")).collect();
    let mut many = values(&fence);
    statement(&mut many, 0)["Action"] = json!(actions);
    assert!(verdict(&many, &fence).is_some());
}
