//! The columns of the table of ranges: what its rows need, and what there is room for.

use super::ranges::state;
use super::rows::Rows;
use crate::allowlist::{Date, Range, RangeAt};
use crate::editor::by_chunk::ByChunk;
use crate::editor::document::Document;
use crate::editor::width;
use std::fmt::Write as _;

/// Columns in front of a row: the cursor, whether it is chosen, the sign of a finding, and a space.
const HEAD: usize = 4;
/// Of how many rows the texts are looked at, so that an edit of a long list stays quick.
const LOOKED_AT: usize = 5_000;
/// So much of a network is shown before anything else has room.
const LEAST_RANGE: usize = 18;
/// So much of a label is worth a column, and so much is good to read.
const LABEL: (usize, usize) = (6, 14);
/// The same of an owner.
const OWNER: (usize, usize) = (5, 8);
/// The same of a group's name, where the rows are of several.
const GROUP: (usize, usize) = (5, 12);
/// A day.
const DAY: usize = 10;

/// How wide the longest text of each column is; 0: no row has one.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Needs {
    range: usize,
    label: usize,
    owner: usize,
    review_by: usize,
    state: usize,
}

/// What each chunk of the table's ranges needs: by whether all of its texts are looked at, and the day.
pub type ChunkNeeds = ByChunk<(bool, Date), Needs>;

impl Needs {
    /// What these rows need. What `chunks` knows is not looked at again.
    pub fn of(rows: &Rows, document: &Document, chunks: &mut ChunkNeeds) -> Self {
        let (allowlist, today) = (document.allowlist(), document.today);
        let mut needs = Self { range: "Range".len(), state: "State".len(), ..Self::default() };
        match rows {
            Rows::Groups(groups) => {
                let mut start = 0;
                let lists = groups.iter().filter_map(|(at, _)| allowlist.group(*at));
                let all = lists.flat_map(|group| group.ranges.chunks()).map(|chunk| {
                    let is_first = start < LOOKED_AT;
                    start += chunk.len();
                    (chunk, (is_first, today))
                });
                chunks.renew(all, |ranges, (is_first, today)| {
                    if *is_first { Self::looked_at(ranges, *today) } else { Self::at_a_glance(ranges) }
                });
                chunks.values().for_each(|chunk| needs.grow(chunk));
            }
            Rows::Found(places) => {
                let (first, rest) = places.split_at(places.len().min(LOOKED_AT));
                let range = |at: &RangeAt| allowlist.range(*at);
                needs.grow(&Self::looked_at(first.iter().filter_map(range), today));
                needs.grow(&Self::at_a_glance(rest.iter().filter_map(range)));
            }
        }
        let heading = |columns: usize, name: &str| if columns > 0 { columns.max(name.len()) } else { 0 };
        Self { label: heading(needs.label, "Label"), owner: heading(needs.owner, "Owner"), ..needs }
    }

    /// Room for this too.
    fn grow(&mut self, other: &Self) {
        self.range = self.range.max(other.range);
        self.label = self.label.max(other.label);
        self.owner = self.owner.max(other.owner);
        self.review_by = self.review_by.max(other.review_by);
        self.state = self.state.max(other.state);
    }

    /// What the texts of these need.
    fn looked_at<'a>(ranges: impl IntoIterator<Item = &'a Range>, today: Date) -> Self {
        let (mut needs, mut cidr) = (Self::default(), String::new());
        for range in ranges {
            cidr.clear();
            // Into a text, which takes all.
            let _ = write!(cidr, "{}", range.cidr);
            needs.range = needs.range.max(width::columns(&cidr));
            needs.label = needs.label.max(width::columns(&range.label));
            needs.owner = needs.owner.max(width::columns(&range.owner));
            needs.review_by = if range.review_by.is_some() { DAY } else { needs.review_by };
            needs.state = needs.state.max(state(range, today).len());
        }
        needs
    }

    /// Of these it counts only whether there is something in a column.
    fn at_a_glance<'a>(ranges: impl IntoIterator<Item = &'a Range>) -> Self {
        let mut needs = Self::default();
        for range in ranges {
            (needs.range, needs.state) = (LEAST_RANGE, "expired".len());
            needs.label = needs.label.max(if range.label.is_empty() { 0 } else { LABEL.1 });
            needs.owner = needs.owner.max(if range.owner.is_empty() { 0 } else { OWNER.1 });
            needs.review_by = if range.review_by.is_some() { DAY } else { needs.review_by };
            if needs.label > 0 && needs.owner > 0 && needs.review_by > 0 {
                break;
            }
        }
        needs
    }
}

/// The column of the groups.
#[derive(Debug, Default, Clone, Copy)]
pub struct Groups {
    /// How wide the names are; 0: all rows are of one group.
    pub columns: usize,
    /// Whether the column comes before the owner, also where names are cut; else it comes last, and whole.
    pub comes_first: bool,
}

/// How wide the names of the groups of these rows are; 0: they are all of one.
pub fn groups_need(rows: &Rows, document: &Document) -> usize {
    let groups = rows.groups(LOOKED_AT);
    let last = rows.len().checked_sub(1).and_then(|last| rows.get(last));
    if groups.first() == last.map(|at| at.group).as_ref() {
        return 0;
    }
    let groups = groups.iter().take(LOOKED_AT).filter_map(|at| document.allowlist().group(*at));
    groups.map(|group| width::columns(&group.name)).max().unwrap_or_default().max("Group".len())
}

/// Columns that are free yet.
struct Room(usize);

impl Room {
    /// A column of `wanted`, and the space behind it; one of less, but at least of `least`, where that is all
    /// there is; else none.
    fn column(&mut self, least: usize, wanted: usize) -> usize {
        let taken = if wanted > 0 && self.0 > least.min(wanted) { wanted.min(self.0 - 1) } else { 0 };
        self.0 -= if taken > 0 { taken + 1 } else { 0 };
        taken
    }

    /// Lets a column grow.
    fn grow(&mut self, column: &mut usize, wanted: usize) {
        if *column > 0 {
            let more = wanted.saturating_sub(*column).min(self.0);
            (*column, self.0) = (*column + more, self.0 - more);
        }
    }
}

/// How wide each column is; 0: it is left out.
#[derive(Debug, PartialEq, Eq)]
pub struct Columns([usize; 6]);

impl Columns {
    /// The range and the state stay; then come label, owner and review date, as far as there is room and any
    /// row has one.
    pub fn fit(needs: &Needs, group: Groups, width: usize) -> Self {
        let mut room = Room(width.saturating_sub(HEAD));
        let state = room.column(needs.state, needs.state);
        let mut range = room.column(1, needs.range.min(LEAST_RANGE));
        let mut label = room.column(LABEL.0, needs.label.min(LABEL.1));
        // A network is whole before anything comes beside its label.
        room.grow(&mut range, needs.range);
        let (group, comes_first) = (group.columns, group.comes_first);
        let mut in_group = if comes_first { room.column(GROUP.0, group.min(GROUP.1)) } else { 0 };
        let mut owner = room.column(OWNER.0, needs.owner.min(OWNER.1));
        let review_by = room.column(DAY, needs.review_by);
        if !comes_first {
            in_group = room.column(group, group);
        }
        room.grow(&mut label, needs.label);
        room.grow(&mut in_group, group);
        room.grow(&mut owner, needs.owner);
        // What is left keeps the states at the border.
        room.grow(if label > 0 { &mut label } else { &mut range }, usize::MAX);
        Self([range, in_group, label, owner, review_by, state])
    }

    /// Makes `row` the text of a row.
    pub fn row<const N: usize>(&self, row: &mut String, head: [&str; N], cells: [&str; 6]) {
        row.clear();
        row.extend(head);
        for (cell, wide) in cells.into_iter().zip(self.0).filter(|(_, wide)| *wide > 0) {
            width::push_padded(row, cell, wide);
            row.push(' ');
        }
        row.truncate(row.trim_end().len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit_with(columns: usize, comes_first: bool, needs: [usize; 5], width: usize) -> [usize; 6] {
        let [range, label, owner, review_by, state] = needs;
        Columns::fit(&Needs { range, label, owner, review_by, state }, Groups { columns, comes_first }, width)
            .0
    }

    /// Where all rows are of one group.
    fn fit(needs: [usize; 5], width: usize) -> [usize; 5] {
        let [range, group, label, owner, review_by, state] = fit_with(0, true, needs, width);
        assert_eq!(group, 0);
        [range, label, owner, review_by, state]
    }

    #[test]
    fn rows_of_several_groups_say_of_which_before_they_name_an_owner() {
        // Range, group, label, owner, review date, state.
        assert_eq!(fit_with(13, false, [16, 20, 8, 10, 5], 53), [16, 0, 16, 8, 0, 5]);
        assert_eq!(fit_with(13, false, [16, 20, 8, 10, 5], 90), [16, 13, 28, 8, 10, 5]);
        assert_eq!(fit_with(13, true, [16, 20, 8, 10, 5], 53), [16, 10, 14, 0, 0, 5]);
        assert_eq!(fit_with(13, true, [16, 20, 8, 10, 5], 90), [16, 13, 28, 8, 10, 5]);
        assert_eq!(fit_with(13, true, [16, 0, 0, 0, 5], 41), [16, 13, 0, 0, 0, 5]);
    }

    #[test]
    fn columns_come_by_use_and_what_no_row_has_leaves_its_room() {
        // Range, label, owner, review date, state: the owner comes before the review date.
        assert_eq!(fit([16, 20, 8, 10, 5], 53), [16, 16, 8, 0, 5]);
        assert_eq!(fit([16, 20, 8, 10, 5], 70), [16, 22, 8, 10, 5]);
        assert_eq!(fit([16, 20, 0, 0, 5], 53), [16, 25, 0, 0, 5]);
        assert_eq!(fit([16, 0, 0, 0, 5], 53), [42, 0, 0, 0, 5]);
        // A long network is whole before there is an owner.
        assert_eq!(fit([30, 20, 8, 10, 5], 60), [30, 18, 0, 0, 5]);
        assert_eq!(fit([43, 20, 8, 10, 7], 48), [20, 14, 0, 0, 7]);
    }

    #[test]
    fn every_width_is_used_and_a_label_goes_only_where_the_network_needs_the_room() {
        for needs in [[43, 40, 20, 10, 7], [12, 5, 0, 10, 5], [5, 0, 0, 0, 5], [18, 0, 12, 0, 5]] {
            for width in 30..200 {
                let columns = fit(needs, width);
                let shown = columns.iter().filter(|columns| **columns > 0);
                assert_eq!(shown.map(|columns| columns + 1).sum::<usize>(), width - HEAD, "{columns:?}");
                assert!(needs[1] == 0 || columns[1] > 0 || columns[0] <= needs[0], "{columns:?}");
            }
        }
    }
}
