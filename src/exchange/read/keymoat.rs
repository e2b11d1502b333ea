//! `keymoat`: another allowlist. Its categories, groups and everything known of a range come along, its
//! policy settings do not.

use super::content::{Content, Str};
use super::{CategoryHint, Entry, Found, Place, ReadFormat, SameSource};
use crate::allowlist::{Allowlist, Category, CidrField, Group, Kind, Range};
use crate::exchange::ImportError;
use crate::json::Object;
use crate::text::{Text, quoted};
use std::collections::HashMap;

pub(super) static FORMAT: ReadFormat = ReadFormat {
    name: "keymoat",
    from: "another allowlist of keymoat's",
    category: None,
    shared_by: None,
    keys: &["category", "group", "owner", "ticket"],
    same_source: SameSource::InGroups,
    recognise: |outline| outline.has("version") && outline.has("categories"),
    read,
};

/// The file once more, only for the places of its CIDRs.
#[derive(serde::Deserialize)]
struct Places<'a> {
    #[serde(borrow)]
    categories: Vec<Object<CategoryPlaces<'a>>>,
}

#[derive(serde::Deserialize)]
struct CategoryPlaces<'a> {
    kind: String,
    name: Option<String>,
    #[serde(borrow)]
    groups: Vec<Object<GroupPlaces<'a>>>,
}

#[derive(serde::Deserialize)]
struct GroupPlaces<'a> {
    name: String,
    #[serde(borrow)]
    ranges: Vec<Object<RangePlace<'a>>>,
}

#[derive(serde::Deserialize)]
struct RangePlace<'a> {
    #[serde(borrow)]
    cidr: Str<'a>,
}

fn read(content: &Content) -> Result<Found, ImportError> {
    let allowlist = Allowlist::from_json(content.text.as_bytes())?;
    let places: Object<Places> = content.json()?;
    let mut by_group: HashMap<(String, String), Vec<Place>> = HashMap::new();
    for Object(category) in places.0.categories {
        let kind = category.kind.parse::<Kind>().unwrap_or(Kind::Custom);
        let name = category.name.unwrap_or_else(|| kind.default_name().to_owned());
        for Object(group) in category.groups {
            let places = group.ranges.iter().map(|Object(range)| content.place(range.cidr.raw)).collect();
            by_group.insert((name.clone(), group.name), places);
        }
    }
    let mut found = Found::default();
    let source = source(&content.source(FORMAT.name));
    found.sources.insert(source.clone());
    for (at, category, group, range) in allowlist.ranges() {
        let places = by_group.get(&(category.name.to_string(), group.name.to_string()));
        let place = places.and_then(|places| places.get(at.range)).copied().unwrap_or(Place::START);
        found.entries.push(entry(place, category, group, range, &source));
    }
    Ok(found)
}

fn source(text: &str) -> Text {
    Text::new(text).unwrap_or_default()
}

fn entry(place: Place, category: &Category, group: &Group, range: &Range, source: &Text) -> Entry {
    let mut properties = vec![("category", category.name.to_string()), ("group", group.name.to_string())];
    if category.kind != Kind::Custom {
        properties.push(("category", category.kind.as_str().to_owned()));
    }
    properties.push(("owner", range.owner.to_string()));
    properties.push(("ticket", range.ticket.to_string()));
    let read = match &range.cidr {
        CidrField::Good(_) => {
            let mut range = range.clone();
            if range.source.is_empty() {
                range.source = source.clone();
            }
            Ok(range)
        }
        CidrField::Bad(bad) => Err(format!("{}: {}", quoted(&bad.0, 60), bad.1)),
    };
    let hint = match category.kind {
        Kind::Custom => CategoryHint::Named(category.name.clone()),
        kind => CategoryHint::Kind(kind),
    };
    Entry { place, range: read, category: Some(hint), group: Some(group.name.clone()), properties }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{lines, read_as, refusals};
    use crate::exchange::read::CategoryHint;

    const FILE: &str = r#"{"version": 1, "categories": [
 {"kind": "custom", "name": "Partners", "groups": [{"name": "P", "ranges": [
   {"cidr": "203.0.114.9/24"},
   {"cidr": "203.0.115.0/24", "label": "x", "source": "text a", "enabled": false}]}]},
 {"kind": "data-center", "groups": [{"name": "DC", "ranges": [
   {"cidr": "203.0.116.1"}]}]}]}"#;

    #[test]
    fn categories_groups_and_sources_come_along() {
        assert_eq!(lines(FILE), ["6 203.0.116.1 ", "4 203.0.115.0/24 x"]);
        assert!(refusals(FILE)[0].starts_with("3:13 203.0.114.9/24: host bits set"));
        let found = read_as(FILE, None);
        let range = found.entries[2].range.as_ref().unwrap();
        assert!(&*range.source == "text a" && !range.enabled);
        assert_eq!(&*found.entries[0].range.as_ref().unwrap().source, "keymoat list");
        assert!(matches!(&found.entries[2].category, Some(CategoryHint::Named(n)) if &**n == "Partners"));
    }
}
