//! The file form, read strictly: see [`crate::json`] for what strict means. What is readable but wrong
//! (a CIDR that is none, a name that AWS refuses) is kept, and is a finding.

use super::range_list::Builder;
use super::{
    Allowlist, AttachTo, Category, CidrField, Date, Exempt, Group, Kind, PolicySettings, Range, RangeList,
    Target,
};
use crate::json::{self, JsonError, Object, object, present, refused};
use crate::text::{Name, Setting, Text};
use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};
use std::collections::HashSet;
use std::fmt;

/// The one version of the file form.
const VERSION: u64 = 1;

impl Allowlist {
    /// Reads the file form. Errors name line, column, key and what was expected.
    pub fn from_json(bytes: &[u8]) -> Result<Self, JsonError> {
        json::read::<Object<File>>(bytes).map(|Object(file)| Self {
            schema: file.schema,
            policy: file.policy.map_or_else(PolicySettings::default, |p| p.0.into_settings()),
            categories: file.categories.0,
        })
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, expecting = "an allowlist object { }")]
struct File {
    #[serde(rename = "$schema", default, deserialize_with = "present")]
    schema: Option<Text>,
    #[serde(rename = "version", deserialize_with = "version")]
    _version: (),
    #[serde(default, deserialize_with = "present")]
    policy: Option<Object<PolicyKeys>>,
    categories: Categories,
}

fn version<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
    match u64::deserialize(deserializer)? {
        VERSION => Ok(()),
        0 => Err(refused("found version 0, expected 1")),
        newer => {
            Err(refused(format!("version {newer} is newer than this keymoat knows (1): use a newer keymoat")))
        }
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyKeys {
    #[serde(default, deserialize_with = "present")]
    name: Option<Setting>,
    #[serde(default, deserialize_with = "present")]
    sid: Option<Setting>,
    #[serde(default, deserialize_with = "target")]
    target: Option<Target>,
    #[serde(default, deserialize_with = "present")]
    applies_to: Option<Vec<Setting>>,
    #[serde(default, deserialize_with = "present")]
    resources: Option<Vec<Setting>>,
    #[serde(default)]
    services: Vec<Setting>,
    #[serde(default, deserialize_with = "present")]
    attach_to: Option<Object<AttachToKeys>>,
    #[serde(default, deserialize_with = "present")]
    exempt: Option<Object<ExemptKeys>>,
    #[serde(default, deserialize_with = "present")]
    max_documents: Option<u32>,
    #[serde(default)]
    max_extra_addresses: u64,
}

fn target<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Target>, D::Error> {
    json::from_string(deserializer, "a target such as \"managed-policy\"", str::parse).map(Some)
}

impl PolicyKeys {
    fn into_settings(self) -> PolicySettings {
        let default = PolicySettings::default();
        PolicySettings {
            name: self.name.unwrap_or(default.name),
            sid: self.sid,
            target: self.target.unwrap_or(default.target),
            applies_to: self.applies_to,
            resources: self.resources,
            services: self.services,
            attach_to: self
                .attach_to
                .map_or_else(AttachTo::default, |Object(a)| AttachTo { group: a.group, users: a.users }),
            exempt: self.exempt.map_or_else(Exempt::default, |Object(e)| e.into()),
            max_documents: self.max_documents,
            max_extra_addresses: self.max_extra_addresses,
        }
        .normalized()
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct AttachToKeys {
    #[serde(default, deserialize_with = "present")]
    group: Option<Setting>,
    #[serde(default)]
    users: Vec<Setting>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ExemptKeys {
    #[serde(default)]
    mfa: bool,
    #[serde(default = "yes")]
    aws_services: bool,
    #[serde(default)]
    vpcs: Vec<Setting>,
    #[serde(default)]
    vpc_endpoints: Vec<Setting>,
    #[serde(default)]
    principals: Vec<Setting>,
    #[serde(default)]
    actions: Vec<Setting>,
}

impl From<ExemptKeys> for Exempt {
    fn from(keys: ExemptKeys) -> Self {
        let ExemptKeys { mfa, aws_services, vpcs, vpc_endpoints, principals, actions } = keys;
        Self { mfa, aws_services, vpcs, vpc_endpoints, principals, actions }
    }
}

fn yes() -> bool {
    true
}

/// A list that is checked entry by entry, so that an error has the entry's place.
trait Checked: Sized {
    type Entry: for<'de> Deserialize<'de>;
    const EXPECTED: &'static str;
    fn empty() -> Self;
    fn push(&mut self, entry: Self::Entry) -> Result<(), String>;
    fn finish(self) -> Result<Self, String>;
}

struct CheckedVisitor<C>(std::marker::PhantomData<C>);

impl<'de, C: Checked> Visitor<'de> for CheckedVisitor<C> {
    type Value = C;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(C::EXPECTED)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<C, A::Error> {
        let mut checked = C::empty();
        while let Some(entry) = list.next_element::<C::Entry>()? {
            checked.push(entry).map_err(refused)?;
        }
        checked.finish().map_err(refused)
    }
}

/// The categories, in the order that an [`Allowlist`] keeps.
struct Categories(Vec<Category>);

impl Checked for Categories {
    type Entry = Object<CategoryKeys>;
    const EXPECTED: &'static str = "a list of categories [ ]";

    fn empty() -> Self {
        Self(Vec::new())
    }

    fn push(&mut self, Object(entry): Self::Entry) -> Result<(), String> {
        let kind = entry.kind;
        if kind != Kind::Custom && self.0.iter().any(|c| c.kind == kind) {
            return Err(format!("a second category of the kind {}: expected one", kind.as_str()));
        }
        let name = match entry.name {
            Some(name) => name,
            None if kind == Kind::Custom => {
                return Err("missing key \"name\" of a custom category".to_owned());
            }
            None => Category::built_in(kind).name,
        };
        if self.0.iter().any(|c| c.name == name) {
            return Err(format!("a second category of the name {:?}: expected another name", &*name));
        }
        self.0.push(Category { kind, name, groups: entry.groups.groups });
        Ok(())
    }

    fn finish(self) -> Result<Self, String> {
        let mut found = self.0;
        let mut ordered = Vec::with_capacity(found.len().max(Kind::BUILT_IN.len()));
        for kind in Kind::BUILT_IN {
            match found.iter().position(|c| c.kind == kind) {
                Some(at) => ordered.push(found.remove(at)),
                None => {
                    let new = Category::built_in(kind);
                    if found.iter().chain(&ordered).any(|c| c.name == new.name) {
                        let (name, kind) = (&*new.name, kind.as_str());
                        return Err(format!(
                            "the name {name:?} belongs to the category of the kind {kind}, which the file leaves out: \
                             expected another name, or that category"
                        ));
                    }
                    ordered.push(new);
                }
            }
        }
        ordered.append(&mut found);
        Ok(Self(ordered))
    }
}

impl<'de> Deserialize<'de> for Categories {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(CheckedVisitor(std::marker::PhantomData))
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct CategoryKeys {
    #[serde(deserialize_with = "kind")]
    kind: Kind,
    #[serde(default, deserialize_with = "present")]
    name: Option<Name>,
    groups: Groups,
}

fn kind<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Kind, D::Error> {
    json::from_string(deserializer, "a kind such as \"data-center\"", str::parse)
}

#[derive(Default)]
struct Groups {
    groups: Vec<Group>,
    names: HashSet<Name>,
}

impl Checked for Groups {
    type Entry = Object<GroupKeys>;
    const EXPECTED: &'static str = "a list of groups [ ]";

    fn empty() -> Self {
        Self::default()
    }

    fn push(&mut self, Object(entry): Self::Entry) -> Result<(), String> {
        if !self.names.insert(entry.name.clone()) {
            return Err(format!(
                "a second group of the name {:?} in one category: expected another name",
                &*entry.name
            ));
        }
        self.groups.push(Group { name: entry.name, note: entry.note, ranges: entry.ranges.0 });
        Ok(())
    }

    fn finish(self) -> Result<Self, String> {
        Ok(self)
    }
}

impl<'de> Deserialize<'de> for Groups {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(CheckedVisitor(std::marker::PhantomData))
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupKeys {
    name: Name,
    #[serde(default)]
    note: Text,
    ranges: Ranges,
}

/// The ranges of a group, each made as it is read: a long list is not in memory twice.
struct Ranges(RangeList);

struct RangesVisitor;

impl<'de> Visitor<'de> for RangesVisitor {
    type Value = Ranges;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list of ranges [ ]")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Ranges, A::Error> {
        let mut ranges = Builder::default();
        while let Some(RangeObject(keys)) = list.next_element()? {
            ranges.push(keys.into());
        }
        Ok(Ranges(ranges.finish()))
    }
}

impl<'de> Deserialize<'de> for Ranges {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(RangesVisitor)
    }
}

/// A range, as an object only.
struct RangeObject(RangeKeys);

impl<'de> Deserialize<'de> for RangeObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        object(deserializer).map(Self)
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct RangeKeys {
    cidr: Text,
    #[serde(default)]
    label: Text,
    #[serde(default)]
    owner: Text,
    #[serde(default)]
    ticket: Text,
    #[serde(default)]
    note: Text,
    #[serde(default)]
    source: Text,
    #[serde(default, deserialize_with = "present")]
    added: Option<Date>,
    #[serde(default, deserialize_with = "present")]
    review_by: Option<Date>,
    #[serde(default, deserialize_with = "present")]
    expires: Option<Date>,
    #[serde(default = "yes")]
    enabled: bool,
}

impl From<RangeKeys> for Range {
    #[inline]
    fn from(keys: RangeKeys) -> Self {
        let RangeKeys { cidr, label, owner, ticket, note, source, added, review_by, expires, enabled } = keys;
        let cidr = CidrField::new(cidr);
        Self { cidr, label, owner, ticket, note, source, added, review_by, expires, enabled }
    }
}
