//! From what is typed to places in an allowlist.

use super::error::CommandError;
use crate::allowlist::{Allowlist, GroupAt, Kind, RangeAt};
use crate::cidr::{Cidr, CidrError, IpNet};
use crate::text::quoted;
use std::collections::{BTreeMap, HashMap};

/// How many lines a message has at most.
const SHOWN: usize = 10;

/// The category of a built-in kind or of a name.
pub fn category(allowlist: &Allowlist, asked: &str) -> Result<usize, CommandError> {
    let categories = allowlist.categories();
    let of_kind = categories.iter().position(|c| c.kind != Kind::Custom && c.kind.as_str() == asked);
    let found = of_kind.or_else(|| categories.iter().position(|c| c.name.as_str() == asked));
    found.ok_or_else(|| {
        let known = categories.iter().map(|c| match c.kind {
            Kind::Custom => format!("{:?}", c.name.as_str()),
            kind => kind.as_str().to_owned(),
        });
        let known: Vec<String> = known.collect();
        CommandError::Argument(format!(
            "there is no category {:?}: expected one of {} (`keymoat category --add NAME` makes one)",
            quoted(asked, 128),
            known.join(", ")
        ))
    })
}

/// The group of a name in a category.
pub fn group(allowlist: &Allowlist, category: usize, name: &str) -> Result<GroupAt, CommandError> {
    let found = allowlist.categories()[category].group_named(name);
    found.map(|group| GroupAt { category, group }).ok_or_else(|| {
        let category = &allowlist.categories()[category].name;
        CommandError::Absent(format!("there is no group {:?} in {category}", quoted(name, 128)))
    })
}

/// The CIDRs that are typed, each network once, in their order; or what is wrong with every bad one.
pub fn cidrs(typed: &[String]) -> Result<Vec<Cidr>, CommandError> {
    let (mut good, mut bad) = (Vec::with_capacity(typed.len()), Vec::new());
    for text in typed {
        match text.parse::<Cidr>() {
            Ok(cidr) => good.push(cidr),
            Err(error) => bad.push(bad_cidr(text, &error)),
        }
    }
    if bad.is_empty() {
        let mut seen = std::collections::HashSet::new();
        good.retain(|cidr| seen.insert(cidr.net()));
        return Ok(good);
    }
    Err(CommandError::Argument(shortened(&bad)))
}

/// What is wrong with a text that is no CIDR, and what it may have meant.
pub fn bad_cidr(text: &str, error: &CidrError) -> String {
    format!("{:?} is no CIDR: {error}", quoted(text, 64))
}

/// Lines, the first few of many.
pub fn shortened(lines: &[String]) -> String {
    let mut text = lines.iter().take(SHOWN).cloned().collect::<Vec<_>>().join("\n");
    if lines.len() > SHOWN {
        text.push_str(&format!("\nand {} more", lines.len() - SHOWN));
    }
    text
}

/// Where ranges of these networks stand, in the order of the file; or which of them stand nowhere.
pub fn ranges(allowlist: &Allowlist, cidrs: &[Cidr]) -> Result<Vec<RangeAt>, CommandError> {
    let mut wanted: HashMap<IpNet, bool> = cidrs.iter().map(|cidr| (cidr.net(), false)).collect();
    let mut places = Vec::new();
    for (at, .., range) in allowlist.ranges() {
        if let Some(found) = range.net().and_then(|net| wanted.get_mut(&net)) {
            *found = true;
            places.push(at);
        }
    }
    let absent = cidrs.iter().filter(|cidr| wanted.get(&cidr.net()) == Some(&false));
    let absent: Vec<String> = absent.map(|cidr| format!("there is no range {cidr}")).collect();
    if absent.is_empty() {
        return Ok(places);
    }
    Err(CommandError::Absent(format!("{}; nothing was changed", shortened(&absent))))
}

/// Places by group, positions ascending.
pub fn by_group(places: Vec<RangeAt>) -> BTreeMap<GroupAt, Vec<usize>> {
    let mut groups: BTreeMap<GroupAt, Vec<usize>> = BTreeMap::new();
    for at in places {
        groups.entry(at.group).or_default().push(at.range);
    }
    groups
}
