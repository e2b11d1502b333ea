//! `aws-prefix-list`: `aws ec2 get-managed-prefix-list-entries` (EC2 API, shape PrefixListEntry).

use super::content::{Content, Str};
use super::{Draft, Found, ReadFormat, SameSource};
use crate::allowlist::Kind;
use crate::exchange::ImportError;
use crate::json::Object;

pub(super) static FORMAT: ReadFormat = ReadFormat {
    name: "aws-prefix-list",
    from: "`aws ec2 get-managed-prefix-list-entries`",
    category: Some(Kind::AwsAccount),
    shared_by: None,
    keys: &[],
    same_source: SameSource::InGroups,
    recognise: |outline| outline.get("Entries").is_list() && !outline.get("Entries").first().has("CidrBlock"),
    read,
};

#[derive(serde::Deserialize)]
struct Output<'a> {
    #[serde(borrow, rename = "Entries")]
    entries: Vec<Object<PrefixListEntry<'a>>>,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PrefixListEntry<'a> {
    #[serde(borrow)]
    cidr: Str<'a>,
    description: Option<String>,
}

fn read(content: &Content) -> Result<Found, ImportError> {
    let Object(output) = content.json::<Object<Output>>()?;
    let mut found = Found::default();
    let source = content.source(FORMAT.name);
    found.knows_source(&source);
    for Object(entry) in &output.entries {
        let draft = Draft::new(content.place(entry.cidr.raw), entry.cidr.text.as_ref());
        found.push(draft.label(entry.description.clone().unwrap_or_default()).source(source.clone()));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::super::testing::lines;

    #[test]
    fn descriptions_are_labels() {
        let file =
            r#"{"Entries": [{"Cidr": "203.0.114.0/28", "Description": "HQ"}, {"Cidr": "203.0.115.9/32"}]}"#;
        assert_eq!(lines(file), ["1 203.0.114.0/28 HQ", "1 203.0.115.9/32 "]);
    }
}
