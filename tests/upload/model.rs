//! The recorded calls played back on a model of IAM, and what must hold after each of them.

use keymoat::cidr::{AddressSet, Cidr};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What the calls have made: the default document of each policy by name, and what is attached to the group.
#[derive(Default)]
struct Model {
    versions: BTreeMap<String, BTreeMap<String, Value>>,
    default: BTreeMap<String, String>,
    made: BTreeMap<String, usize>,
    attached: BTreeSet<String>,
}

fn value<'a>(call: &'a [String], flag: &str) -> &'a str {
    call.iter().position(|word| word == flag).and_then(|at| call.get(at + 1)).map_or("", String::as_str)
}

impl Model {
    fn apply(&mut self, call: &[String]) {
        let arn = value(call, "--policy-arn");
        let name = arn.rsplit('/').next().unwrap_or_default().to_owned();
        let document = || serde_json::from_str(value(call, "--policy-document")).expect("a document");
        match call[1].as_str() {
            "create-policy" => {
                let name = value(call, "--policy-name").to_owned();
                self.versions.insert(name.clone(), [("v1".to_owned(), document())].into());
                self.default.insert(name.clone(), "v1".to_owned());
                self.made.insert(name, 1);
            }
            "create-policy-version" => {
                let made = self.made.entry(name.clone()).or_default();
                *made += 1;
                let version = format!("v{made}");
                self.versions.entry(name.clone()).or_default().insert(version.clone(), document());
                self.default.insert(name, version);
            }
            "set-default-policy-version" => {
                self.default.insert(name, value(call, "--version-id").to_owned());
            }
            "attach-group-policy" => assert!(self.attached.insert(name)),
            "detach-group-policy" => assert!(self.attached.remove(&name)),
            _ => {}
        }
    }

    /// What is let through by everything attached.
    fn admitted(&self) -> AddressSet {
        let documents = self.attached.iter().map(|name| &self.versions[name][&self.default[name]]);
        documents.fold(AddressSet::everything(), |admitted, document| {
            let condition = &document["Statement"][0]["Condition"];
            let list = |operator: &str| -> Option<AddressSet> {
                let list = condition[operator]["aws:SourceIp"].as_array()?;
                Some(
                    list.iter()
                        .map(|cidr| cidr.as_str().unwrap_or_default().parse::<Cidr>().expect("a CIDR").net())
                        .collect(),
                )
            };
            let within = list("IpAddressIfExists").unwrap_or_else(AddressSet::everything);
            let denied = within.difference(&list("NotIpAddress").expect("a list"));
            admitted.difference(&denied)
        })
    }
}

fn holds(outer: &AddressSet, inner: &AddressSet) -> bool {
    inner.difference(outer).is_empty()
}

/// Plays the calls back; from `from` on to `to` every state must lie between.
pub fn check(calls: &[Vec<String>], stages: &[AddressSet]) {
    let mut model = Model::default();
    let mut stage = 0;
    for call in calls {
        if call[0] == "stage" || call[1] == "list-account-aliases" {
            assert_eq!(model.admitted(), stages[stage], "after stage {stage}");
            stage += 1;
            continue;
        }
        model.apply(call);
        let (old, new) = (&stages[stage.saturating_sub(1)], &stages[stage.min(stages.len() - 1)]);
        let old = if stage == 0 { &AddressSet::everything() } else { old };
        let now = model.admitted();
        assert!(holds(&now, &old.intersection(new)), "locks: {call:?}");
        assert!(holds(&old.union(new), &now), "opens: {call:?}");
    }
    assert_eq!(stage, stages.len());
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two documents of a split, attached; then `after`.
    fn play(after: &[&[&str]]) {
        let deny = |within: &str| {
            format!(
                "{{\"Statement\":[{{\"Condition\":{{\"IpAddressIfExists\":{{\"aws:SourceIp\":[\"{within}\"]}},\
                     \"NotIpAddress\":{{\"aws:SourceIp\":[\"20.0.0.0/24\",\"::/0\"]}}}}}}]}}"
            )
        };
        let (low, high) = (deny("0.0.0.0/1"), deny("128.0.0.0/1"));
        let before: [&[&str]; 5] = [
            &["iam", "create-policy", "--policy-name", "F-1", "--policy-document", &low],
            &["iam", "create-policy", "--policy-name", "F-2", "--policy-document", &high],
            &["iam", "attach-group-policy", "--policy-arn", "x/F-1"],
            &["iam", "attach-group-policy", "--policy-arn", "x/F-2"],
            &["iam", "list-account-aliases"],
        ];
        let calls =
            before.iter().chain(after).map(|call| call.iter().map(|word| (*word).to_owned()).collect());
        let admitted = ["20.0.0.0/24", "::/0"].map(|cidr| cidr.parse::<Cidr>().unwrap().net());
        let admitted = AddressSet::from_prefixes(admitted);
        check(&calls.collect::<Vec<_>>(), &[admitted.clone(), admitted]);
    }

    const END: &[&str] = &["iam", "list-account-aliases"];

    #[test]
    fn what_stays_between_passes() {
        play(&[END]);
    }

    #[test]
    #[should_panic(expected = "opens")]
    fn detaching_first_is_found() {
        play(&[
            &["iam", "detach-group-policy", "--policy-arn", "x/F-1"],
            &["iam", "attach-group-policy", "--policy-arn", "x/F-1"],
            END,
        ]);
    }

    #[test]
    #[should_panic(expected = "locks")]
    fn a_list_that_is_too_short_is_found() {
        let short =
            "{\"Statement\":[{\"Condition\":{\"NotIpAddress\":{\"aws:SourceIp\":[\"21.0.0.0/24\"]}}}]}";
        play(&[&["iam", "create-policy-version", "--policy-arn", "x/F-1", "--policy-document", short], END]);
    }
}
