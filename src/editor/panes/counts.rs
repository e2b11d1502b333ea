//! How many ranges the groups have, and how many of these are let through.

use super::points::Point;
use crate::allowlist::{Category, Date, Group};
use crate::cidr::grouped;

/// Of all groups and categories, counted once for each change.
#[derive(Debug, Default)]
pub struct Counts {
    /// The revision of the document that was counted.
    made_for: u64,
    /// Of each category, its groups.
    groups: Vec<Vec<Count>>,
    width: usize,
}

/// How many ranges there are.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    all: usize,
    /// Those that are on and have not expired.
    active: usize,
}

impl Count {
    fn of(group: &Group, today: Date) -> Self {
        let active = group.ranges.iter().filter(|range| range.is_active(today)).count();
        Self { all: group.ranges.len(), active }
    }

    fn sum(counts: &[Self]) -> Self {
        let add = |sum: Self, one: &Self| Self { all: sum.all + one.all, active: sum.active + one.active };
        counts.iter().fold(Self::default(), add)
    }

    fn words(self) -> String {
        let number = |count: usize| grouped(&count.to_string());
        match self {
            Self { all: 0, .. } => "-".to_owned(),
            Self { all, active } if all == active => number(all),
            Self { all, active } => format!("{}/{}", number(active), number(all)),
        }
    }
}

impl Counts {
    /// Counts anew where the revision is another.
    pub fn refresh(&mut self, revision: u64, categories: &[Category], today: Date) {
        if self.made_for == revision {
            return;
        }
        self.made_for = revision;
        let of = |category: &Category| category.groups.iter().map(|group| Count::of(group, today)).collect();
        self.groups = categories.iter().map(of).collect();
        let all = self.groups.iter().flat_map(|groups| {
            groups.iter().copied().chain([Count::sum(groups)]).map(|count| count.words().len())
        });
        self.width = all.max().unwrap_or(1);
    }

    /// What is said of a group or a category: `5`; `3/5` where only three of them are let through; `-`.
    pub fn words(&self, point: Point) -> String {
        let groups = self.groups.get(point.category()).map_or(&[][..], Vec::as_slice);
        match point {
            Point::Category(_) => Count::sum(groups),
            Point::Group(at) => groups.get(at.group).copied().unwrap_or_default(),
        }
        .words()
    }

    /// Columns of the longest of them.
    pub fn width(&self) -> usize {
        self.width
    }
}
