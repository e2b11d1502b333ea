//! The places of the ranges in the table. Those of groups are counted, not listed: an edit of a long list need
//! not make them anew.

use super::points::Point;
use crate::allowlist::{Allowlist, GroupAt, RangeAt};

/// The places, in the order of the table, which is that of the allowlist.
#[derive(Debug, PartialEq, Eq)]
pub enum Rows {
    /// All of some groups: each with the position behind its last range.
    Groups(Vec<(GroupAt, usize)>),
    /// These.
    Found(Vec<RangeAt>),
}

impl Default for Rows {
    fn default() -> Self {
        Self::Found(Vec::new())
    }
}

impl Rows {
    /// All ranges of a group, or of the groups of a category.
    pub fn of(allowlist: &Allowlist, point: Point) -> Self {
        let category = point.category();
        let groups = allowlist.categories().get(category).map_or(&[][..], |category| &category.groups);
        let mut end = 0;
        let all = groups.iter().enumerate().map(|(group, value)| (GroupAt { category, group }, value));
        let wanted = all.filter(|(at, _)| matches!(point, Point::Category(_)) || point == Point::Group(*at));
        let counted = wanted.map(|(at, value)| {
            end += value.ranges.len();
            (at, end)
        });
        Self::Groups(counted.collect())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Groups(groups) => groups.last().map_or(0, |(_, end)| *end),
            Self::Found(places) => places.len(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The place at a position of the table. O(log n).
    pub fn get(&self, position: usize) -> Option<RangeAt> {
        match self {
            Self::Groups(groups) => {
                let nth = groups.partition_point(|(_, end)| *end <= position);
                let group = groups.get(nth)?.0;
                Some(RangeAt { group, range: position - start(groups, nth) })
            }
            Self::Found(places) => places.get(position).copied(),
        }
    }

    /// The position of a place in the table. O(log n).
    pub fn position(&self, at: RangeAt) -> Option<usize> {
        match self {
            Self::Groups(groups) => {
                let nth = groups.binary_search_by_key(&at.group, |(group, _)| *group).ok()?;
                let position = start(groups, nth) + at.range;
                (position < groups[nth].1).then_some(position)
            }
            Self::Found(places) => places.binary_search(&at).ok(),
        }
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = RangeAt> {
        let (groups, found) = match self {
            Self::Groups(groups) => (groups.as_slice(), &[][..]),
            Self::Found(places) => (&[][..], places.as_slice()),
        };
        let counted = groups.iter().enumerate().flat_map(move |(nth, (group, end))| {
            (0..end - start(groups, nth)).map(|range| RangeAt { group: *group, range })
        });
        counted.chain(found.iter().copied())
    }

    /// The groups of the first `most` of them, or of all where the groups are counted. One stands there once for
    /// each run of its ranges.
    pub fn groups(&self, most: usize) -> Vec<GroupAt> {
        match self {
            Self::Groups(groups) => {
                let filled = (0..groups.len()).filter(|nth| start(groups, *nth) < groups[*nth].1);
                filled.map(|nth| groups[nth].0).collect()
            }
            Self::Found(places) => {
                let mut groups: Vec<_> = places.iter().take(most).map(|at| at.group).collect();
                groups.dedup();
                groups
            }
        }
    }
}

/// The position of the first range of the n-th group.
fn start(groups: &[(GroupAt, usize)], nth: usize) -> usize {
    nth.checked_sub(1).map_or(0, |before| groups[before].1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::allowlist::{Edit, Group, Range};
    use crate::text::Name;

    #[test]
    fn places_are_the_same_counted_and_listed() {
        let mut allowlist = Allowlist::default();
        for (group, count) in [0, 3, 0, 1, 300, 0].into_iter().enumerate() {
            let range = |n: usize| Range::new(format!("11.0.{}.{}", n / 250, n % 250).parse().unwrap());
            let name = Name::new(group.to_string()).unwrap();
            let new = Group { ranges: (0..count).map(range).collect(), ..Group::new(name) };
            allowlist.apply(Edit::InsertGroup(GroupAt { category: 1, group }, new)).unwrap();
        }
        let group = |group| Point::Group(GroupAt { category: 1, group });
        let points =
            [Point::Category(0), Point::Category(1), Point::Category(9), group(0), group(4), group(6)];
        for (point, count) in points.into_iter().zip([0, 304, 0, 0, 300, 0]) {
            let is_there = |at: &RangeAt| match point {
                Point::Category(category) => at.group.category == category,
                Point::Group(group) => at.group == group,
            };
            let listed: Vec<_> = allowlist.ranges().map(|(at, ..)| at).filter(is_there).collect();
            for rows in [Rows::of(&allowlist, point), Rows::Found(listed.clone())] {
                assert_eq!((rows.len(), rows.is_empty()), (count, count == 0));
                assert!(rows.iter().eq(listed.iter().copied()));
                let mut groups: Vec<_> = listed.iter().map(|at| at.group).collect();
                groups.dedup();
                assert_eq!(rows.groups(usize::MAX), groups);
                assert!((0..count + 2).all(|position| rows.get(position) == listed.get(position).copied()));
                for (at, ..) in allowlist.ranges() {
                    assert_eq!(rows.position(at), listed.iter().position(|there| *there == at));
                }
            }
        }
    }
}
