//! What is to be said of a group's name beside what refuses it: others that one takes for it, and addresses,
//! which are meant for its ranges.

use super::add;
use crate::allowlist::{Allowlist, GroupAt};
use crate::text::Name;

/// Of a name for the group at a place of a category, or for a new one.
pub fn remark(allowlist: &Allowlist, category: usize, own: Option<GroupAt>, name: &Name) -> Option<String> {
    address(name).or_else(|| alike(allowlist, category, own, name))
}

/// Of a name with an address in it.
pub fn address(name: &Name) -> Option<String> {
    add::address_in(name)
        .map(|address| format!("{address} would be a part of the name: ranges are added to a group"))
}

fn alike(allowlist: &Allowlist, category: usize, own: Option<GroupAt>, name: &Name) -> Option<String> {
    let fold = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let wanted = fold(name);
    let categories = allowlist.categories().iter().enumerate();
    let all = categories.flat_map(|(category, value)| {
        let groups = value.groups.iter().enumerate();
        groups.map(move |(group, of)| (GroupAt { category, group }, &value.name, &of.name))
    });
    let others: Vec<_> = all.filter(|(at, _, other)| Some(*at) != own && fold(other) == wanted).collect();
    // Those beside it are mixed up most easily.
    let (at, its, other) =
        others.iter().find(|(at, ..)| at.category == category).or_else(|| others.first())?;
    Some(if at.category == category {
        format!("there is a group {other} here already, which differs only in capitals or blanks")
    } else {
        format!("{its} has a group {other} too")
    })
}
