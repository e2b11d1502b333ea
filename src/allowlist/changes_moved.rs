//! What has moved from one allowlist to another: groups to another category or name, ranges to another group.
//!
//! All of it is done in a copy of the old one, which then differs from the new one in the rest.

use super::changes::{Change, NO_RANGES, network, same};
use super::{Allowlist, Category, Group, Range, RangeList};
use crate::cidr::grouped;
use std::collections::HashMap;

/// The old allowlist with everything where it is in the new one, and what was moved for that.
pub(super) fn moved(old: &Allowlist, new: &Allowlist) -> (Allowlist, Vec<Change>) {
    let (mut between, mut found) = (old.clone(), Vec::new());
    move_groups(&mut between, new, &mut found);
    move_ranges(&mut between, new, &mut found);
    (between, found)
}

/// A group by its category's and its own place.
type Place = (usize, usize);

/// A range that comes to a group: where it stands there, and where it comes from.
type Coming = (usize, Place, usize);

fn group(list: &Allowlist, (category, group): Place) -> &Group {
    &list.categories[category].groups[group]
}

fn category_in<'a>(list: &'a Allowlist, category: &Category) -> Option<&'a Category> {
    list.categories.iter().find(|other| same(other, category))
}

/// The groups of one that the other does not have.
fn only_in(one: &Allowlist, other: &Allowlist) -> Vec<Place> {
    let mut found = Vec::new();
    for (at, category) in one.categories.iter().enumerate() {
        let groups = category_in(other, category).map_or(&[][..], |category| &category.groups);
        let names: std::collections::HashSet<&str> = groups.iter().map(|group| group.name.as_str()).collect();
        let missing =
            (0..category.groups.len()).filter(|g| !names.contains(category.groups[*g].name.as_str()));
        found.extend(missing.map(|group| (at, group)));
    }
    found
}

fn move_groups(between: &mut Allowlist, new: &Allowlist, found: &mut Vec<Change>) {
    let (gone, come) = (only_in(between, new), only_in(new, between));
    if gone.is_empty() || come.is_empty() {
        return;
    }
    let pairs = pairs(between, new, &gone, &come);
    let mut taken: Vec<Place> = Vec::new();
    let mut put: Vec<(Place, Group)> = Vec::new();
    for (from, to) in pairs {
        let (old, now) = (&between.categories[from.0], &new.categories[to.0]);
        let (was, is) = (old.groups[from.1].clone(), &now.groups[to.1]);
        if same(old, now) {
            let what = format!("the group {} to {} in {}", was.name, is.name, now.name);
            found.push(Change::Renamed { what });
            between.categories[from.0].groups[from.1].name = is.name.clone();
        } else {
            let what = format!("the group {} from {} to {}", was.name, old.name, now.name);
            found.push(Change::Moved { what });
            taken.push(from);
            put.push((to, was));
        }
    }
    taken.sort_unstable();
    for (category, group) in taken.into_iter().rev() {
        between.categories[category].groups.remove(group);
    }
    put.sort_by_key(|(to, _)| *to);
    for (to, group) in put {
        let category = category_for(between, new, to.0, found);
        insert(&mut between.categories[category], &new.categories[to.0], to.1, group);
    }
}

/// Which groups that are gone are which that have come: those of one name that share a network or have none,
/// and those of one category that share at least half of their networks.
fn pairs(old: &Allowlist, new: &Allowlist, gone: &[Place], come: &[Place]) -> Vec<(Place, Place)> {
    let mut by_network: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, place) in gone.iter().enumerate() {
        for range in &group(old, *place).ranges {
            by_network.entry(network(range)).or_default().push(at);
        }
    }
    let mut free = vec![true; gone.len()];
    let mut found = Vec::new();
    for to in come {
        let now = group(new, *to);
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for at in now.ranges.iter().filter_map(|range| by_network.get(&network(range))).flatten() {
            *shared.entry(*at).or_default() += 1;
        }
        let akin = |at: &usize| {
            let was = group(old, gone[*at]);
            let (shared, most) =
                (shared.get(at).copied().unwrap_or_default(), was.ranges.len().max(now.ranges.len()));
            let category = same(&old.categories[gone[*at].0], &new.categories[to.0]);
            free[*at]
                && if category {
                    shared > 0 && shared * 2 >= most
                } else {
                    was.name == now.name && (shared > 0 || most == 0)
                }
        };
        // Where nothing is shared, only the name tells.
        let mut candidates: Vec<usize> = if now.ranges.is_empty() {
            (0..gone.len()).filter(akin).collect()
        } else {
            shared.keys().copied().filter(akin).collect()
        };
        candidates.sort_unstable_by_key(|at| (group(old, gone[*at]).name != now.name, *at));
        if let Some(at) = candidates.first() {
            free[*at] = false;
            found.push((gone[*at], *to));
        }
    }
    found
}

/// The place of the new one's category, made where it is not there.
fn category_for(between: &mut Allowlist, new: &Allowlist, at: usize, found: &mut Vec<Change>) -> usize {
    let wanted = &new.categories[at];
    if let Some(there) = between.categories.iter().position(|category| same(category, wanted)) {
        return there;
    }
    let before = &new.categories[..at];
    let behind = between.categories.iter().rposition(|category| before.iter().any(|b| same(b, category)));
    let place = behind.map_or(0, |at| at + 1);
    let category = Category { kind: wanted.kind, name: wanted.name.clone(), groups: Vec::new() };
    between.categories.insert(place, category);
    found.push(Change::Added { what: format!("the category {}", wanted.name) });
    place
}

/// Puts a group where it does not change the order of the others.
fn insert(category: &mut Category, new: &Category, at: usize, group: Group) -> usize {
    let before: std::collections::HashSet<&str> =
        new.groups[..at].iter().map(|group| group.name.as_str()).collect();
    let behind = category.groups.iter().rposition(|group| before.contains(group.name.as_str()));
    let place = behind.map_or(0, |at| at + 1);
    category.groups.insert(place, group);
    place
}

/// How often each network stands in a group.
fn counts(ranges: &RangeList) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for range in ranges {
        *counts.entry(network(range)).or_default() += 1;
    }
    counts
}

/// The places of the ranges that are not among these, by group.
fn left_over(ranges: &RangeList, others: &RangeList) -> Vec<(usize, String)> {
    if ranges == others {
        return Vec::new();
    }
    let mut others = counts(others);
    let mut left = Vec::new();
    for (at, range) in ranges.iter().enumerate() {
        let network = network(range);
        match others.get_mut(&network).filter(|count| **count > 0) {
            Some(count) => *count -= 1,
            None => left.push((at, network)),
        }
    }
    left
}

/// The ranges of a group in the other allowlist, where it has that group.
fn ranges_in<'a>(list: &'a Allowlist, category: &Category, group: &Group) -> &'a RangeList {
    let there = category_in(list, category);
    let group = there.and_then(|there| there.groups.get(there.group_named(&group.name)?));
    group.map_or(&NO_RANGES, |group| &group.ranges)
}

fn all_left_over(one: &Allowlist, other: &Allowlist) -> Vec<(Place, usize, String)> {
    let mut left = Vec::new();
    for (c, category) in one.categories.iter().enumerate() {
        for (g, group) in category.groups.iter().enumerate() {
            let found = left_over(&group.ranges, ranges_in(other, category, group));
            left.extend(found.into_iter().map(|(at, network)| ((c, g), at, network)));
        }
    }
    left
}

fn move_ranges(between: &mut Allowlist, new: &Allowlist, found: &mut Vec<Change>) {
    let gone = all_left_over(between, new);
    if gone.is_empty() {
        return;
    }
    let mut gone_by: HashMap<String, Vec<(Place, usize)>> = HashMap::new();
    for (place, at, network) in gone.into_iter().rev() {
        gone_by.entry(network).or_default().push((place, at));
    }
    // Each way in the order of the new one: the place to, with what comes from where.
    let mut ways: Vec<(Place, Vec<Coming>)> = Vec::new();
    for (to, at, network) in all_left_over(new, between) {
        let Some((from, was)) = gone_by.get_mut(&network).and_then(Vec::pop) else { continue };
        match ways.last_mut().filter(|(place, _)| *place == to) {
            Some((_, come)) => come.push((at, from, was)),
            None => ways.push((to, vec![(at, from, was)])),
        }
    }
    for (to, come) in &ways {
        say(between, new, *to, come, found);
    }
    carry(between, new, ways, found);
}

/// Says what comes to a group, by where it comes from.
fn say(between: &Allowlist, new: &Allowlist, to: Place, come: &[Coming], found: &mut Vec<Change>) {
    let name = |list: &Allowlist, place: Place| {
        format!("{} / {}", list.categories[place.0].name, group(list, place).name)
    };
    let mut from: Vec<(Place, usize, usize)> = Vec::new();
    for (at, place, _) in come {
        match from.iter_mut().find(|(known, ..)| known == place) {
            Some((.., count)) => *count += 1,
            None => from.push((*place, *at, 1)),
        }
    }
    for (place, at, count) in from {
        let what = match count {
            1 => group(new, to).ranges[at].cidr.to_string(),
            count => format!("{} ranges", grouped(&count.to_string())),
        };
        let what = format!("{what} from {} to {}", name(between, place), name(new, to));
        found.push(Change::Moved { what });
    }
}

/// Moves the ranges, each to where it does not change the order of the others.
fn carry(between: &mut Allowlist, new: &Allowlist, ways: Vec<(Place, Vec<Coming>)>, found: &mut Vec<Change>) {
    let mut out: Vec<(Place, usize)> = Vec::new();
    let mut into: Vec<(Place, Vec<(usize, Range)>)> = Vec::new();
    for (to, come) in ways {
        let ranges = come.iter().map(|(at, from, was)| (*at, group(between, *from).ranges[*was].clone()));
        into.push((to, ranges.collect()));
        out.extend(come.iter().map(|(_, from, was)| (*from, *was)));
    }
    out.sort_unstable();
    for (c, category) in between.categories.iter_mut().enumerate() {
        for (g, group) in category.groups.iter_mut().enumerate() {
            let from = out.partition_point(|way| *way < ((c, g), 0));
            if out.get(from).is_some_and(|(place, _)| *place == (c, g)) {
                let goes = out[from..].iter().take_while(|(place, _)| *place == (c, g));
                group.ranges.remove(&goes.map(|(_, at)| *at).collect::<Vec<_>>());
            }
        }
    }
    for (to, come) in into {
        let category = category_for(between, new, to.0, found);
        let now = group(new, to);
        let there = between.categories[category].groups.iter().position(|group| group.name == now.name);
        let place = there.unwrap_or_else(|| {
            found.push(Change::Added {
                what: format!("the group {} / {}", new.categories[to.0].name, now.name),
            });
            let empty = Group { ranges: RangeList::new(), ..now.clone() };
            insert(&mut between.categories[category], &new.categories[to.0], to.1, empty)
        });
        let group = &mut between.categories[category].groups[place];
        group.ranges = merged(&group.ranges, come, &now.ranges);
    }
}

/// The ranges of a group with those that come, which stand where they are in the new group.
fn merged(ranges: &RangeList, come: Vec<(usize, Range)>, now: &RangeList) -> RangeList {
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, range) in now.iter().enumerate().rev() {
        places.entry(network(range)).or_default().push(at);
    }
    let mut out = RangeList::new();
    let mut come = come.into_iter().peekable();
    for range in ranges {
        let at = places.get_mut(&network(range)).and_then(Vec::pop);
        while let Some((_, comes)) = come.next_if(|(place, _)| at.is_some_and(|at| *place < at)) {
            out.push(comes);
        }
        out.push(range.clone());
    }
    come.for_each(|(_, range)| out.push(range));
    out
}

#[cfg(test)]
mod tests;
