//! Where ranges stand after an edit, so that whoever remembers a place never means another range.

use super::{Allowlist, Edit, GroupAt, Kind, Range, RangeAt};
use crate::cidr::IpNet;
use std::collections::HashMap;

/// How an edit moves what stands in the allowlist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moves {
    /// No range goes, comes or moves, nor has another network.
    Nothing,
    /// No range moves, but one at least has another network.
    Networks,
    /// Ranges come into a group at these positions, ascending, as they are afterwards.
    RangesIn(GroupAt, Vec<usize>),
    /// Ranges go from a group, by ascending positions.
    RangesOut(GroupAt, Vec<usize>),
    /// A group comes.
    GroupIn(GroupAt),
    /// A group goes with its ranges.
    GroupOut(GroupAt),
    /// A category comes.
    CategoryIn(usize),
    /// A category goes with its groups.
    CategoryOut(usize),
    /// A range goes from one position of its group to another, which it has afterwards.
    RangeTo(GroupAt, usize, usize),
    /// A group goes from one place to another, which it has afterwards.
    GroupTo(GroupAt, GroupAt),
    /// A category goes from one position to another, which it has afterwards.
    CategoryTo(usize, usize),
    /// Everything is replaced; where the same ranges stand then.
    Matched(HashMap<RangeAt, RangeAt>),
    /// Several in turn.
    All(Vec<Moves>),
}

impl Edit {
    /// How this moves what stands in `before`, to which it is applied.
    pub fn moves(&self, before: &Allowlist) -> Moves {
        if self.is_whole() {
            let mut after = before.clone();
            // Where it is refused, nothing moves: each range is matched with itself.
            let _ = after.apply(self.clone());
            return Moves::Matched(matched(before, &after));
        }
        match self {
            Self::InsertRanges(at, list) => {
                Moves::RangesIn(*at, list.iter().map(|(position, _)| *position).collect())
            }
            Self::RemoveRanges(at, positions) => Moves::RangesOut(*at, positions.clone()),
            Self::ReplaceRanges(list) => {
                let same = |old: &Range, new: &Range| old.cidr == new.cidr;
                let all = list.iter().all(|(at, new)| before.range(*at).is_some_and(|old| same(old, new)));
                if all { Moves::Nothing } else { Moves::Networks }
            }
            Self::InsertGroup(at, _) => Moves::GroupIn(*at),
            Self::RemoveGroup(at) => Moves::GroupOut(*at),
            Self::InsertCategory(at, _) => Moves::CategoryIn(*at),
            Self::RemoveCategory(at) => Moves::CategoryOut(*at),
            Self::MoveRange(at, from, to) => Moves::RangeTo(*at, *from, *to),
            Self::MoveGroup(from, to) => Moves::GroupTo(*from, *to),
            Self::MoveCategory(from, to) => Moves::CategoryTo(*from, *to),
            Self::DescribeGroup(..) | Self::RenameCategory(..) | Self::SetPolicy(_) | Self::Become(_) => {
                Moves::Nothing
            }
            Self::All(edits) => Moves::All(
                edits
                    .iter()
                    .map(|edit| match edit {
                        // Behind others, the places that it names are not those of `before`.
                        Self::ReplaceRanges(_) if edits.len() > 1 => Moves::Networks,
                        edit => edit.moves(before),
                    })
                    .collect(),
            ),
        }
    }

    /// Whether it puts another allowlist in the place of all.
    pub fn is_whole(&self) -> bool {
        match self {
            Self::Become(_) => true,
            Self::All(edits) => edits.iter().any(Self::is_whole),
            _ => false,
        }
    }
}

impl Moves {
    /// Where the range at a place stands afterwards; `None`: it is gone. O(log n).
    pub fn follow(&self, at: RangeAt) -> Option<RangeAt> {
        match self {
            Self::Nothing | Self::Networks => Some(at),
            Self::RangesIn(group, positions) => Some(if at.group == *group {
                RangeAt { range: behind(positions, at.range), ..at }
            } else {
                at
            }),
            Self::RangesOut(group, positions) if at.group == *group => {
                let before = positions.binary_search(&at.range).err()?;
                Some(RangeAt { range: at.range - before, ..at })
            }
            Self::GroupIn(new) => Some(in_group(at, |group| {
                group + usize::from(at.group.category == new.category && group >= new.group)
            })),
            Self::GroupOut(old) if at.group == *old => None,
            Self::GroupOut(old) => Some(in_group(at, |group| {
                group - usize::from(at.group.category == old.category && group > old.group)
            })),
            Self::CategoryIn(new) => Some(in_category(at, |at| at + usize::from(at >= *new))),
            Self::CategoryOut(old) if at.group.category == *old => None,
            Self::CategoryOut(old) => Some(in_category(at, |at| at - usize::from(at > *old))),
            Self::RangeTo(group, from, to) if at.group == *group => {
                Some(RangeAt { range: taken_to(at.range, *from, *to), ..at })
            }
            Self::RangesOut(..) | Self::RangeTo(..) => Some(at),
            Self::GroupTo(from, to) if at.group == *from => Some(RangeAt { group: *to, ..at }),
            Self::GroupTo(from, to) => {
                Self::GroupOut(*from).follow(at).and_then(|at| Self::GroupIn(*to).follow(at))
            }
            Self::CategoryTo(from, to) => Some(in_category(at, |at| taken_to(at, *from, *to))),
            Self::Matched(places) => places.get(&at).copied(),
            Self::All(all) => all.iter().try_fold(at, |at, moves| moves.follow(at)),
        }
    }

    /// Where the group at a place stands afterwards; `None`: it is gone, or only its ranges are followed.
    pub fn follow_group(&self, at: GroupAt) -> Option<GroupAt> {
        match self {
            Self::RangesIn(..) | Self::RangesOut(..) | Self::RangeTo(..) => Some(at),
            Self::Matched(_) => None,
            Self::All(all) => all.iter().try_fold(at, |at, moves| moves.follow_group(at)),
            _ => self.follow(RangeAt { group: at, range: 0 }).map(|at| at.group),
        }
    }

    /// Where the category at a position stands afterwards; `None` as with [`Self::follow_group`].
    pub fn follow_category(&self, at: usize) -> Option<usize> {
        match self {
            Self::CategoryIn(_) | Self::CategoryOut(_) | Self::CategoryTo(..) => {
                let group = GroupAt { category: at, group: 0 };
                self.follow_group(group).map(|at| at.category)
            }
            Self::Matched(_) => None,
            Self::All(all) => all.iter().try_fold(at, |at, moves| moves.follow_category(at)),
            _ => Some(at),
        }
    }

    /// Whether every place stays as it is.
    pub fn keeps_places(&self) -> bool {
        match self {
            Self::Nothing | Self::Networks => true,
            Self::All(all) => all.iter().all(Self::keeps_places),
            _ => false,
        }
    }

    /// Whether there may be a network afterwards that there was not before.
    pub fn brings_networks(&self) -> bool {
        match self {
            Self::Networks
            | Self::RangesIn(..)
            | Self::GroupIn(_)
            | Self::CategoryIn(_)
            | Self::Matched(_) => true,
            Self::All(all) => all.iter().any(Self::brings_networks),
            _ => false,
        }
    }
}

/// The position of what stood at `old` once there is something new at these positions.
fn behind(positions: &[usize], old: usize) -> usize {
    // Of the new ones before the one at `position`, which is the n-th, position - n were there before.
    let (mut low, mut high) = (0, positions.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        if positions[middle] - middle <= old { low = middle + 1 } else { high = middle }
    }
    old + low
}

/// The position of what stood at `at` once what stood at `from` stands at `to`.
fn taken_to(at: usize, from: usize, to: usize) -> usize {
    if at == from {
        return to;
    }
    let rest = at - usize::from(at > from);
    rest + usize::from(rest >= to)
}

fn in_group(mut at: RangeAt, change: impl Fn(usize) -> usize) -> RangeAt {
    at.group.group = change(at.group.group);
    at
}

fn in_category(mut at: RangeAt, change: impl Fn(usize) -> usize) -> RangeAt {
    at.group.category = change(at.group.category);
    at
}

/// What makes a range the same one in two allowlists: its category and group, its network, and the how
/// manieth of them it is in its group.
#[derive(PartialEq, Eq, Hash)]
struct Identity<'a> {
    kind: Kind,
    category: &'a str,
    group: &'a str,
    network: Result<IpNet, String>,
    nth: usize,
}

/// Where each range of `before` stands in `after`.
fn matched(before: &Allowlist, after: &Allowlist) -> HashMap<RangeAt, RangeAt> {
    let there: HashMap<Identity, RangeAt> = identities(after).collect();
    identities(before).filter_map(|(identity, at)| Some((at, *there.get(&identity)?))).collect()
}

fn identities(allowlist: &Allowlist) -> impl Iterator<Item = (Identity<'_>, RangeAt)> {
    let mut seen: HashMap<(GroupAt, Result<IpNet, String>), usize> = HashMap::new();
    allowlist.ranges().map(move |(at, category, group, range)| {
        let network = range.net().ok_or_else(|| range.cidr.to_string());
        let nth = seen.entry((at.group, network.clone())).or_default();
        *nth += 1;
        // A built-in category is the same one by its kind, whatever it is called.
        let name = if category.kind == Kind::Custom { category.name.as_str() } else { "" };
        let identity =
            Identity { kind: category.kind, category: name, group: &group.name, network, nth: *nth };
        (identity, at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::allowlist::{Category, Group};
    use crate::text::{Name, Text};
    use proptest::prelude::*;

    /// Ranges that are told apart by their labels, two of each network.
    fn allowlist() -> Allowlist {
        let mut allowlist = Allowlist::default();
        let mut number = 0;
        for category in 0..2 {
            for group in 0..3 {
                let at = GroupAt { category, group };
                let mut new = Group::new(Name::new(format!("g{group}")).unwrap());
                for _ in 0..4 {
                    new.ranges.push(range(number));
                    number += 1;
                }
                allowlist.apply(Edit::InsertGroup(at, new)).unwrap();
            }
        }
        allowlist
    }

    fn range(number: usize) -> Range {
        let mut range = Range::new(format!("11.{}.{}.0/24", number / 500, number / 2 % 250).parse().unwrap());
        range.label = Text::new(number.to_string()).unwrap();
        range
    }

    fn places(allowlist: &Allowlist) -> HashMap<String, RangeAt> {
        allowlist.ranges().map(|(at, .., range)| (range.label.to_string(), at)).collect()
    }

    /// Most of these apply, and the others change nothing.
    fn edit(kind: usize, category: usize, group: usize, mut positions: Vec<usize>, number: usize) -> Edit {
        positions.sort_unstable();
        positions.dedup();
        let at = GroupAt { category, group };
        match kind {
            0 => Edit::RemoveRanges(at, positions),
            1 => Edit::InsertRanges(
                at,
                positions.into_iter().enumerate().map(|(n, at)| (at, range(number + n))).collect(),
            ),
            2 => Edit::RemoveGroup(at),
            3 => Edit::InsertGroup(at, Group::new(Name::new(format!("n{number}")).unwrap())),
            4 => {
                let name = |kind: &str| Name::new(format!("{kind}{number}")).unwrap();
                let mut inside = Group::new(name("i"));
                inside.ranges = vec![range(number)].into();
                Edit::InsertCategory(
                    4,
                    Category { kind: Kind::Custom, name: name("c"), groups: vec![inside] },
                )
            }
            5 => Edit::RemoveCategory(4),
            6 => Edit::All(vec![
                Edit::RemoveRanges(at, positions.clone()),
                Edit::RemoveGroup(GroupAt { group: 0, ..at }),
            ]),
            8 => Edit::MoveRange(at, number % 4, positions.first().copied().unwrap_or_default()),
            9 => Edit::MoveGroup(
                at,
                GroupAt { category: number % 2, group: positions.first().copied().unwrap_or_default() },
            ),
            10 => Edit::MoveCategory(4 + group % 2, 5 - group % 2),
            _ => Edit::ReplaceRanges(
                positions
                    .into_iter()
                    .enumerate()
                    .map(|(n, range)| (RangeAt { group: at, range }, self::range(number + n)))
                    .collect(),
            ),
        }
    }

    proptest! {
        #[test]
        fn a_place_that_is_followed_is_that_of_the_same_range(
            steps in proptest::collection::vec(
                (0usize..11, 0usize..2, 0usize..3, proptest::collection::vec(0usize..6, 0..4)), 1..12),
        ) {
            let mut now = allowlist();
            for (number, (kind, category, group, positions)) in steps.into_iter().enumerate() {
                let edit = edit(kind, category, group, positions, 1_000 + number * 10);
                let (before, moves) = (now.clone(), edit.moves(&now));
                let Ok(inverse) = now.apply(edit) else { continue };
                let back = inverse.moves(&now);
                let after = places(&now);
                let whole = Edit::Become(Box::new(now.clone())).moves(&before);
                for (label, at) in places(&before) {
                    // What is replaced keeps its place and may have another name.
                    if kind == 7 {
                        prop_assert_eq!(moves.follow(at), Some(at));
                        continue;
                    }
                    prop_assert_eq!(moves.follow(at), after.get(&label).copied());
                    if let Some(there) = moves.follow(at) {
                        prop_assert_eq!(back.follow(there), Some(at));
                    }
                    if let Some(there) = whole.follow(at) {
                        prop_assert_eq!(&now.range(there).unwrap().cidr, &before.range(at).unwrap().cidr);
                    }
                }
                prop_assert!(!moves.keeps_places() || before.ranges().all(|(at, ..)| moves.follow(at) == Some(at)));
            }
        }
    }

    #[test]
    fn whatever_becomes_another_is_matched_by_name_and_network_in_both_directions() {
        let before = allowlist();
        let mut after = before.clone();
        after.apply(Edit::RemoveRanges(GroupAt { category: 0, group: 1 }, vec![0, 3])).unwrap();
        after.apply(Edit::RemoveGroup(GroupAt { category: 0, group: 0 })).unwrap();
        let there = Edit::Become(Box::new(after.clone())).moves(&before);
        let back = Edit::All(vec![Edit::Become(Box::new(before.clone()))]).moves(&after);
        let at = |group, range| RangeAt { group: GroupAt { category: 0, group }, range };
        assert_eq!(there.follow(at(0, 0)), None);
        assert_eq!(there.follow(at(1, 2)), Some(at(0, 1)));
        assert_eq!(there.follow(at(2, 3)), Some(at(1, 3)));
        for (from, ..) in before.ranges() {
            if let Some(to) = there.follow(from) {
                assert_eq!(back.follow(to), Some(from));
            }
        }
        assert!(there.brings_networks() && !there.keeps_places());
    }

    #[test]
    fn only_another_network_counts_as_one() {
        let allowlist = allowlist();
        let at = RangeAt { group: GroupAt { category: 0, group: 0 }, range: 0 };
        let mut dated = allowlist.range(at).unwrap().clone();
        dated.review_by = Some("2027-05-22".parse().unwrap());
        assert_eq!(Edit::ReplaceRanges(vec![(at, dated)]).moves(&allowlist), Moves::Nothing);
        assert_eq!(Edit::ReplaceRanges(vec![(at, range(9))]).moves(&allowlist), Moves::Networks);
        assert!(!Edit::RemoveRanges(at.group, vec![0]).moves(&allowlist).brings_networks());
    }
}
