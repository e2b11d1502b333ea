//! What a merge does about places: which range is which, the order of the result, and groups that one side
//! has moved to another category.

use super::{Allowlist, Category, Edit, GroupAt, Kind, Range};
use crate::text::Name;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// Keys in our order, or in theirs where only they have another one than `base`; what only the other side
/// has goes behind the nearest one before it that both have.
pub(super) fn merged_order<K: Eq + Hash + Clone>(base: &[K], ours: &[K], theirs: &[K]) -> Vec<K> {
    if keeps_order(base, ours) && !keeps_order(base, theirs) {
        return woven(theirs, ours);
    }
    woven(ours, theirs)
}

/// Whether what a list has of `base` stands in the order of `base`.
fn keeps_order<K: Eq + Hash>(base: &[K], list: &[K]) -> bool {
    let places: HashMap<&K, usize> = base.iter().zip(0..).collect();
    let mut last = None;
    list.iter().filter_map(|key| places.get(key)).all(|at| last.replace(at) < Some(at))
}

/// The keys of `first` in their order, with those that only `second` has.
fn woven<K: Eq + Hash + Clone>(first: &[K], second: &[K]) -> Vec<K> {
    let known: HashSet<&K> = first.iter().collect();
    let mut behind: HashMap<Option<&K>, Vec<&K>> = HashMap::new();
    let mut anchor = None;
    for key in second {
        if known.contains(key) {
            anchor = Some(key);
        } else {
            behind.entry(anchor).or_default().push(key);
        }
    }
    let mut order = Vec::with_capacity(first.len() + second.len());
    // With no neighbour before it, what is new stands first there; here it goes last.
    let homeless = behind.remove(&None).unwrap_or_default();
    for key in first {
        order.push(key.clone());
        order.extend(behind.remove(&Some(key)).unwrap_or_default().into_iter().cloned());
    }
    order.extend(homeless.into_iter().cloned());
    order
}

/// A range is the same one while its network and spelling are. Of several of the same in one group the one
/// that says all that one of `base` says is that one, wherever it stands; the others are counted.
pub(super) fn range_keys(base: &[&Range], ranges: &[&Range]) -> Vec<(String, usize)> {
    let mut there: HashMap<String, Vec<&Range>> = HashMap::new();
    for range in base {
        there.entry(range.cidr.to_string()).or_default().push(range);
    }
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, range) in ranges.iter().enumerate() {
        places.entry(range.cidr.to_string()).or_default().push(at);
    }
    let mut keys = vec![(String::new(), 0); ranges.len()];
    for (cidr, places) in places {
        let numbers = match there.get(&cidr).map(Vec::as_slice) {
            None | Some([]) => (1..=places.len()).collect(),
            Some([_]) if places.len() == 1 => vec![1],
            Some(before) => numbered(before, places.iter().map(|at| ranges[*at])),
        };
        for (at, number) in places.into_iter().zip(numbers) {
            keys[at] = (cidr.clone(), number);
        }
    }
    keys
}

/// For each of several ranges of one network, which of those before it is, from 1.
fn numbered<'a>(before: &[&Range], ranges: impl Iterator<Item = &'a Range>) -> Vec<usize> {
    // Writing to memory cannot fail.
    let words = |range: &Range| serde_json::to_string(range).unwrap_or_default();
    let mut exact: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, range) in before.iter().enumerate().rev() {
        exact.entry(words(range)).or_default().push(at + 1);
    }
    let found: Vec<_> = ranges.map(|range| exact.get_mut(&words(range)).and_then(Vec::pop)).collect();
    let taken: HashSet<usize> = found.iter().flatten().copied().collect();
    let mut free = (1..).filter(|number| !taken.contains(number));
    found.into_iter().map(|number| number.or_else(|| free.next()).unwrap_or_default()).collect()
}

/// `base` and `other` with those groups in another category that `side` has moved there, so that what the
/// other did to them is merged where they are now.
pub(super) fn moved_along(base: &Allowlist, side: &Allowlist, other: &Allowlist) -> (Allowlist, Allowlist) {
    let (mut base, mut other) = (base.clone(), other.clone());
    for category in &side.categories {
        let Some(before) = matching(&base, category) else { continue };
        let known: HashSet<&Name> = base.categories[before].groups.iter().map(|group| &group.name).collect();
        let new = category.groups.iter().filter(|group| !known.contains(&group.name));
        for name in new.map(|group| group.name.clone()).collect::<Vec<_>>() {
            let Some(from) = left_behind(&base, side, &name) else { continue };
            let from = Category { groups: Vec::new(), ..base.categories[from].clone() };
            let (Some(in_base), Some(in_other)) =
                (move_of(&base, &from, category, &name), move_of(&other, &from, category, &name))
            else {
                continue;
            };
            let Ok(back) = base.apply(in_base) else { continue };
            if other.apply(in_other).is_err() {
                // The inverse of what was just done.
                let _ = base.apply(back);
            }
        }
    }
    (base, other)
}

/// The category of `base` out of which `side` has taken the group of this name.
fn left_behind(base: &Allowlist, side: &Allowlist, name: &str) -> Option<usize> {
    let left = |category: &Category| {
        let there = matching(side, category).map(|at| &side.categories[at]);
        category.group_named(name).is_some() && there.is_some_and(|there| there.group_named(name).is_none())
    };
    let mut all = (0..base.categories.len()).filter(|at| left(&base.categories[*at]));
    // Where it was in several, nobody knows which one it is.
    all.next().filter(|_| all.next().is_none())
}

/// The move of a group from one category to the end of another, where the allowlist has all of them.
fn move_of(list: &Allowlist, from: &Category, to: &Category, name: &str) -> Option<Edit> {
    let category = matching(list, from)?;
    let group = list.categories[category].group_named(name)?;
    let to = matching(list, to)?;
    let end = GroupAt { category: to, group: list.categories[to].groups.len() };
    Some(Edit::MoveGroup(GroupAt { category, group }, end))
}

/// The position of the same category in an allowlist: of its kind, and of its name where that is its own.
fn matching(list: &Allowlist, category: &Category) -> Option<usize> {
    let same = |c: &Category| c.kind == category.kind && (c.kind != Kind::Custom || c.name == category.name);
    list.categories.iter().position(same)
}

#[cfg(test)]
mod tests {
    use super::super::{Conflict, Group, RangeAt, Side, merge};
    use super::*;
    use crate::text::Text;

    const A: GroupAt = GroupAt { category: 0, group: 0 };
    const B: GroupAt = GroupAt { category: 0, group: 1 };
    const C: GroupAt = GroupAt { category: 0, group: 2 };

    fn range(cidr: &str, label: &str) -> Range {
        Range { label: Text::new(label).unwrap(), ..Range::new(cidr.parse().unwrap()) }
    }

    fn base() -> Allowlist {
        let mut allowlist = Allowlist::default();
        for (at, name) in [(A, "A"), (B, "B"), (C, "C")] {
            allowlist.apply(Edit::InsertGroup(at, Group::new(Name::new(name).unwrap()))).unwrap();
        }
        let ranges = [("11.0.0.1", ""), ("11.0.0.2", "x"), ("11.0.0.2", "y"), ("11.0.0.3", "")];
        allowlist.apply(Edit::append(A, 0, ranges.map(|(cidr, label)| range(cidr, label)).to_vec())).unwrap();
        let custom = |name| Category { kind: Kind::Custom, name, groups: Vec::new() };
        allowlist.apply(Edit::InsertCategory(4, custom(Name::new("VPN").unwrap()))).unwrap();
        allowlist.apply(Edit::InsertCategory(5, custom(Name::new("Lab").unwrap()))).unwrap();
        allowlist
    }

    fn after(edits: Vec<Edit>) -> Allowlist {
        let mut allowlist = base();
        allowlist.apply(Edit::All(edits)).unwrap();
        allowlist
    }

    fn replaced(position: usize, cidr: &str, label: &str) -> Edit {
        Edit::ReplaceRanges(vec![(RangeAt { group: A, range: position }, range(cidr, label))])
    }

    /// `category: group(cidr label, ...)`, without categories that have no group.
    fn words(allowlist: &Allowlist) -> Vec<String> {
        let group = |group: &Group| {
            let ranges = group.ranges.iter().map(|range| format!("{} {}", range.cidr, range.label));
            let ranges: Vec<_> = ranges.map(|words| words.trim_end().to_owned()).collect();
            format!("{}({})", group.name, ranges.join(", "))
        };
        let all = allowlist.categories().iter().filter(|category| !category.groups.is_empty());
        all.map(|category| {
            format!("{}: {}", category.name, category.groups.iter().map(group).collect::<Vec<_>>().join(" "))
        })
        .collect()
    }

    /// Merged both ways round, without a question.
    #[track_caller]
    fn merged(ours: &Allowlist, theirs: &Allowlist) -> [Allowlist; 2] {
        [(ours, theirs), (theirs, ours)].map(|(ours, theirs)| {
            let mut never = |conflict: &Conflict| -> Side { panic!("{conflict:?}") };
            let merged = merge(&base(), ours, theirs, &mut never).allowlist;
            assert_eq!(Allowlist::from_json(merged.to_json().as_bytes()).unwrap(), merged);
            merged
        })
    }

    #[test]
    fn the_order_that_one_side_changed_is_kept_with_what_the_other_did() {
        let moves = vec![Edit::MoveRange(A, 3, 0), Edit::MoveGroup(A, C), Edit::MoveCategory(5, 4)];
        let ours = after(moves);
        let new = Edit::InsertRanges(A, vec![(1, range("11.0.0.9", ""))]);
        let theirs = after(vec![replaced(0, "11.0.0.1", "mine"), new, Edit::RemoveRanges(A, vec![4])]);
        for both in merged(&ours, &theirs) {
            let expected = "Corporate networks: B() C() A(11.0.0.1 mine, 11.0.0.9, 11.0.0.2 x, 11.0.0.2 y)";
            assert_eq!(words(&both), [expected]);
            assert_eq!(both.categories()[4].name.as_str(), "Lab");
        }
    }

    #[test]
    fn where_both_changed_the_order_ours_counts_and_nothing_is_lost() {
        let ours = after(vec![Edit::MoveRange(A, 0, 3), Edit::MoveGroup(C, A)]);
        let theirs = after(vec![Edit::MoveRange(A, 3, 0), Edit::MoveGroup(B, A)]);
        let [mine, yours] = merged(&ours, &theirs);
        assert_eq!((words(&mine), words(&yours)), (words(&ours), words(&theirs)));
    }

    #[test]
    fn several_of_one_network_are_told_apart_wherever_they_stand() {
        let ours = after(vec![Edit::MoveRange(A, 1, 2)]);
        let theirs = after(vec![replaced(1, "11.0.0.2", "changed")]);
        for both in merged(&ours, &theirs) {
            let expected = "Corporate networks: A(11.0.0.1, 11.0.0.2 y, 11.0.0.2 changed, 11.0.0.3) B() C()";
            assert_eq!(words(&both), [expected]);
        }
        let without = after(vec![Edit::RemoveRanges(A, vec![1])]);
        let theirs = after(vec![replaced(2, "11.0.0.2", "changed")]);
        for both in merged(&without, &theirs) {
            let expected = "Corporate networks: A(11.0.0.1, 11.0.0.2 changed, 11.0.0.3) B() C()";
            assert_eq!(words(&both), [expected]);
        }
    }

    #[test]
    fn a_group_in_another_category_keeps_what_the_other_did_to_it() {
        let ours = after(vec![Edit::MoveGroup(A, GroupAt { category: 4, group: 0 })]);
        let theirs = after(vec![
            Edit::append(A, 4, vec![range("11.0.0.9", "")]),
            replaced(0, "11.0.0.1", "mine"),
            Edit::MoveGroup(C, B),
        ]);
        for both in merged(&ours, &theirs) {
            let vpn = "VPN: A(11.0.0.1 mine, 11.0.0.2 x, 11.0.0.2 y, 11.0.0.3, 11.0.0.9)";
            assert_eq!(words(&both), ["Corporate networks: C() B()", vpn]);
        }
    }

    #[test]
    fn a_group_that_both_moved_is_where_each_put_it() {
        let to = |category| after(vec![Edit::MoveGroup(A, GroupAt { category, group: 0 })]);
        for both in merged(&to(4), &to(5)) {
            let all = "A(11.0.0.1, 11.0.0.2 x, 11.0.0.2 y, 11.0.0.3)";
            let mut found = words(&both);
            found.sort();
            assert_eq!(
                found,
                ["Corporate networks: B() C()".to_owned(), format!("Lab: {all}"), format!("VPN: {all}")]
            );
        }
        assert_eq!(merged(&to(4), &to(4))[0], to(4));
    }
}
