//! `iam-policy`: the addresses that a policy document lets through: `NotIpAddress` in a Deny, or
//! `IpAddress` in an Allow; also in the envelopes of `aws iam get-policy-version` and of
//! `get-user-policy`, `get-group-policy` and `get-role-policy`.
//!
//! Condition keys are compared without regard to case (IAM User Guide, "IAM JSON policy elements:
//! Condition"). What says the opposite, or only a part, is refused by name.

use super::content::{Content, OneOrMany, Str};
use super::{Draft, Found, Outline, ReadFormat, SameSource};
use crate::cidr::{AddressSet, Cidr};
use crate::exchange::ImportError;
use crate::json::Object;
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

pub(super) static FORMAT: ReadFormat = ReadFormat {
    name: "iam-policy",
    from: "an IAM policy document, or the output of `aws iam get-policy-version`",
    category: None,
    shared_by: None,
    keys: &["sid"],
    same_source: SameSource::InGroups,
    recognise: |outline| document_of(outline).has("Statement"),
    read,
};

fn document_of(outline: &Outline) -> &Outline {
    if outline.has("PolicyVersion") {
        outline.get("PolicyVersion").get("Document")
    } else if outline.has("PolicyDocument") {
        outline.get("PolicyDocument")
    } else {
        outline
    }
}

#[derive(serde::Deserialize)]
struct Envelope<'a> {
    #[serde(borrow, rename = "PolicyVersion")]
    version: Option<Object<Version<'a>>>,
    #[serde(borrow, rename = "PolicyDocument")]
    document: Option<Object<Document<'a>>>,
    #[serde(borrow, rename = "Statement")]
    statements: Option<OneOrMany<Object<Statement<'a>>>>,
}

#[derive(serde::Deserialize)]
struct Version<'a> {
    #[serde(borrow, rename = "Document")]
    document: Object<Document<'a>>,
}

#[derive(serde::Deserialize)]
struct Document<'a> {
    #[serde(borrow, rename = "Statement")]
    statements: OneOrMany<Object<Statement<'a>>>,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Statement<'a> {
    #[serde(borrow)]
    effect: Str<'a>,
    #[serde(default)]
    sid: String,
    #[serde(borrow, default)]
    condition: BTreeMap<String, Operator<'a>>,
}

/// The keys of one operator; other keys than `aws:SourceIp` may have values of any kind.
#[derive(serde::Deserialize)]
#[serde(transparent)]
struct Operator<'a> {
    #[serde(borrow)]
    keys: BTreeMap<String, &'a serde_json::value::RawValue>,
}

impl<'a> Operator<'a> {
    fn source_ip(&self) -> Result<Option<Vec<Str<'a>>>, ImportError> {
        let mut keys = self.keys.iter().filter(|(key, _)| key.eq_ignore_ascii_case("aws:SourceIp"));
        let Some((_, value)) = keys.next() else { return Ok(None) };
        if keys.next().is_some() {
            return Err(ImportError::whole(
                "aws:SourceIp stands twice in one operator, in other cases of letters: leave one out",
            ));
        }
        Ok(Some(crate::json::read_str::<OneOrMany<Str>>(value.get())?.0))
    }
}

fn read(content: &Content) -> Result<Found, ImportError> {
    let Object(envelope) = content.json::<Object<Envelope>>()?;
    let statements = match (envelope.version, envelope.document, envelope.statements) {
        (Some(Object(version)), _, _) => version.document.0.statements.0,
        (_, Some(Object(document)), _) => document.statements.0,
        (_, _, Some(statements)) => statements.0,
        _ => return Err(ImportError::whole("no Statement in it: expected a policy document")),
    };
    let (mut denies, mut allows) = (Vec::new(), Vec::new());
    for Object(statement) in &statements {
        match statement.effect.text.as_ref() {
            "Deny" => denies.extend(deny(content, statement)?),
            "Allow" => allows.extend(allow(content, statement)?),
            _ => {
                return Err(ImportError::at(
                    content.place(statement.effect.raw),
                    &"an Effect that is neither Allow nor Deny",
                ));
            }
        }
    }
    if let [(_, first), rest @ ..] = denies.as_slice()
        && rest.iter().any(|(_, other)| set_of(other) != set_of(first))
    {
        return Err(ImportError::whole(
            "several Deny statements with different NotIpAddress lists: together they let through only what is in \
             every list; import the one that is meant",
        ));
    }
    let lists = if denies.is_empty() { allows } else { denies.into_iter().take(1).collect() };
    if lists.is_empty() {
        return Err(ImportError::whole(
            "no addresses that it lets through: expected a Deny with NotIpAddress, or an Allow with IpAddress, on aws:SourceIp",
        ));
    }
    let mut found = Found::default();
    for (statement, addresses) in lists {
        let list = if statement.sid.is_empty() { content.name } else { &statement.sid };
        let source = super::words([FORMAT.name, list]);
        for address in addresses {
            let draft = Draft::new(content.place(address.raw), address.text.as_ref());
            found.push(draft.source(source.clone()).with("sid", statement.sid.clone()));
        }
    }
    Ok(found)
}

type List<'s, 'a> = (&'s Statement<'a>, Vec<Str<'a>>);

/// The addresses that a Deny spares.
fn deny<'s, 'a>(
    content: &Content,
    statement: &'s Statement<'a>,
) -> Result<Option<List<'s, 'a>>, ImportError> {
    let place = content.place(statement.effect.raw);
    let (spared, denied) = operators(statement, place, "NotIpAddress", "IpAddress")?;
    let Some(spared) = spared else {
        return match denied {
            Some(_) => Err(ImportError::at(
                place,
                &"a Deny with IpAddress alone: its addresses are those that are denied, so they belong in no allowlist",
            )),
            None => Ok(None),
        };
    };
    if denied.is_some() {
        return Err(split(place));
    }
    let set = set_of(&spared);
    let ends: [IpAddr; 4] = [
        Ipv4Addr::UNSPECIFIED.into(),
        Ipv4Addr::BROADCAST.into(),
        Ipv6Addr::UNSPECIFIED.into(),
        Ipv6Addr::from_bits(u128::MAX).into(),
    ];
    // A list of real networks never holds the first or the last address of a family; what lies outside
    // a region of a split always does.
    if ends.into_iter().any(|end| set.contains(end)) {
        return Err(split(place));
    }
    Ok(Some((statement, spared)))
}

fn split(place: super::Place) -> ImportError {
    ImportError::at(
        place,
        &"one document of a split: it denies within its own region only, and lets everything else through; import \
          the allowlist that the split was made from",
    )
}

/// The addresses that an Allow asks for.
fn allow<'s, 'a>(
    content: &Content,
    statement: &'s Statement<'a>,
) -> Result<Option<List<'s, 'a>>, ImportError> {
    let place = content.place(statement.effect.raw);
    let (listed, _) = operators(statement, place, "IpAddress", "NotIpAddress")?;
    Ok(listed.map(|listed| (statement, listed)))
}

type Lists<'a> = (Option<Vec<Str<'a>>>, Option<Vec<Str<'a>>>);

/// The `aws:SourceIp` values of two operators, with or without `IfExists`.
fn operators<'a>(
    statement: &Statement<'a>,
    place: super::Place,
    first: &str,
    second: &str,
) -> Result<Lists<'a>, ImportError> {
    let (mut ours, mut theirs) = (None, None);
    for (operator, keys) in &statement.condition {
        let plain = operator.strip_suffix("IfExists").unwrap_or(operator);
        let list = if plain == first {
            &mut ours
        } else if plain == second {
            &mut theirs
        } else if plain.ends_with("IpAddress") && keys.source_ip()?.is_some() {
            let words =
                format!("the operator {operator:?} on aws:SourceIp: expected NotIpAddress or IpAddress");
            return Err(ImportError::at(place, &words));
        } else {
            continue;
        };
        match (keys.source_ip()?, &list) {
            (Some(_), Some(_)) => {
                let words = format!("two lists of {plain} in one Condition: leave one out");
                return Err(ImportError::at(place, &words));
            }
            (Some(values), None) => *list = Some(values),
            (None, _) => {}
        }
    }
    Ok((ours, theirs))
}

fn set_of(values: &[Str]) -> AddressSet {
    values.iter().filter_map(|value| value.text.parse::<Cidr>().ok()).map(Cidr::net).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{error, lines, read_as};

    fn deny(condition: &str) -> String {
        format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Sid":"Fence","Effect":"Deny","Action":"*","Resource":"*","Condition":{condition}}}]}}"#
        )
    }

    #[test]
    fn a_deny_by_not_ip_address_in_every_spelling() {
        let list = deny(
            "{\"NotIpAddress\":{\"AWS:sourceip\":[\"203.0.114.0/24\",\n\"2600:1f18::/36\"]},\"Bool\":{\"aws:ViaAWSService\":\"false\"}}",
        );
        assert_eq!(lines(&list), ["1 203.0.114.0/24 ", "2 2600:1f18::/36 "]);
        assert_eq!(&*read_as(&list, None).entries[0].range.as_ref().unwrap().source, "iam-policy Fence");
        let single = r#"{"Statement":{"Effect":"Deny","Condition":{"NotIpAddressIfExists":{"aws:SourceIp":"203.0.114.9"}}}}"#;
        assert_eq!(lines(single).len(), 1);
        let envelope = format!("{{\"PolicyVersion\":{{\"Document\":{list},\"VersionId\":\"v3\"}}}}");
        assert_eq!(lines(&envelope).len(), 2);
        let inline = format!("{{\"UserName\":\"a\",\"PolicyName\":\"b\",\"PolicyDocument\":{list}}}");
        assert_eq!(lines(&inline).len(), 2);
    }

    #[test]
    fn an_allow_by_ip_address() {
        let allow = r#"{"Statement":[{"Effect":"Allow","Condition":{"IpAddress":{"aws:SourceIp":"203.0.114.9"}}},
            {"Effect":"Allow","Condition":{"StringEquals":{"aws:PrincipalTag/a":["1"]}}}]}"#;
        assert_eq!(lines(allow).len(), 1);
    }

    #[test]
    fn the_opposite_and_a_part_are_refused_by_name() {
        assert!(
            error(&deny(r#"{"IpAddress":{"aws:SourceIp":["203.0.114.0/24"]}}"#))
                .contains("a Deny with IpAddress alone")
        );
        let b = deny(
            r#"{"IpAddressIfExists":{"aws:SourceIp":["0.0.0.0/1"]},"NotIpAddress":{"aws:SourceIp":["1.2.3.4"]}}"#,
        );
        assert!(error(&b).contains("one document of a split"));
        let a = deny(r#"{"NotIpAddress":{"aws:SourceIp":["1.2.3.4","128.0.0.0/1","::/0"]}}"#);
        assert!(error(&a).contains("one document of a split"));
        assert!(
            error(&deny(r#"{"NotIpAddress":{"aws:SourceIp":[]},"NotIpAddress":{}}"#))
                .contains("duplicate key")
        );
        assert!(
            error(&deny(r#"{"NotIpAddress":{"aws:SourceIp":"1.2.3.4","aws:sourceip":"1.2.3.5"}}"#))
                .contains("twice")
        );
        assert!(error(&deny(r#"{"Bool":{"aws:ViaAWSService":false}}"#)).contains("no addresses"));
        assert!(
            error(&deny(r#"{"ForAllValues:NotIpAddress":{"aws:SourceIp":"1.2.3.4"}}"#))
                .contains("the operator")
        );
    }

    #[test]
    fn denies_with_different_lists_intersect_and_are_refused() {
        let two = r#"{"Statement":[{"Effect":"Deny","Condition":{"NotIpAddress":{"aws:SourceIp":"203.0.114.9"}}},
            {"Effect":"Deny","Condition":{"NotIpAddress":{"aws:SourceIp":"203.0.114.8"}}}]}"#;
        assert!(error(two).contains("several Deny"));
    }

    #[test]
    fn our_own_policy_comes_back_and_each_document_of_a_split_is_refused() {
        use crate::allowlist::Allowlist;
        use crate::policy::{Fence, write};
        let policy = |hosts: u32| {
            let range = |i: u32| serde_json::json!({"cidr": std::net::Ipv4Addr::from_bits(0x1400_0000 + i * 515).to_string()});
            let ranges: Vec<_> = (0..hosts).map(range).collect();
            let json = serde_json::json!({"version": 1, "categories": [
                {"kind": "data-center", "groups": [{"name": "DC", "ranges": ranges}]}]});
            let allowlist = Allowlist::from_json(json.to_string().as_bytes()).unwrap();
            write(&Fence::new(&allowlist, "2026-11-22".parse().unwrap()).unwrap()).unwrap().documents
        };
        let one = policy(20);
        assert_eq!((one.len(), lines(&one[0].text).len()), (1, 20));
        let split = policy(1000);
        assert!(split.len() > 2);
        for document in split {
            assert!(error(&document.text).contains("one document of a split"), "{}", document.text);
        }
    }
}
