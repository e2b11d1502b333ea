//! Edits as values. Applying one gives its inverse, so undo and redo need nothing else.

use super::{Allowlist, Category, Group, Kind, PolicySettings, Range, RangeList};
use crate::text::{Name, Text};

/// The place of a group: positions of its category and of itself in it, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GroupAt {
    /// Position of the category.
    pub category: usize,
    /// Position in the category.
    pub group: usize,
}

/// The place of a range: its group's place and its own position in it, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RangeAt {
    /// The group's place.
    pub group: GroupAt,
    /// Position in the group.
    pub range: usize,
}

/// One change to an allowlist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Puts ranges into a group; each has, ascending, the position that it will have afterwards.
    InsertRanges(GroupAt, Vec<(usize, Range)>),
    /// Takes ranges out of a group, by ascending positions.
    RemoveRanges(GroupAt, Vec<usize>),
    /// Replaces ranges where they stand.
    ReplaceRanges(Vec<(RangeAt, Range)>),
    /// Puts a group at a place.
    InsertGroup(GroupAt, Group),
    /// Takes a group out with its ranges.
    RemoveGroup(GroupAt),
    /// Gives a group its name and note.
    DescribeGroup(GroupAt, Name, Text),
    /// Takes a group from its place to another, which it will have afterwards, be it in another category.
    MoveGroup(GroupAt, GroupAt),
    /// Takes the range at one position of a group to another, which it will have afterwards.
    MoveRange(GroupAt, usize, usize),
    /// Puts a custom category at a position behind the built-in ones.
    InsertCategory(usize, Category),
    /// Takes a custom category out with its groups.
    RemoveCategory(usize),
    /// Takes a custom category to another position behind the built-in ones.
    MoveCategory(usize, usize),
    /// Gives a category its name.
    RenameCategory(usize, Name),
    /// Replaces the policy's settings.
    SetPolicy(Box<PolicySettings>),
    /// Becomes another allowlist: an earlier version, a draft, a merge.
    Become(Box<Allowlist>),
    /// Several in turn as one step: all or none.
    All(Vec<Edit>),
}

/// Why an edit was not applied. Nothing is changed then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// Positions that are not there, or not ascending.
    #[error("there is nothing at that place any more: choose it again")]
    NoSuchPlace,
    /// A second group of one name.
    #[error("there is a group {0:?} in this category already: choose another name")]
    GroupNameTaken(String),
    /// A second category of one name.
    #[error("there is a category {0:?} already: choose another name")]
    CategoryNameTaken(String),
    /// The four built-in categories stay.
    #[error("the four built-in categories cannot be added, removed or moved")]
    BuiltIn,
}

impl Edit {
    /// Ranges at the end of a group.
    pub fn append(group: GroupAt, from: usize, ranges: Vec<Range>) -> Self {
        Self::InsertRanges(group, (from..).zip(ranges).collect())
    }

    /// What it does, for a message: `delete 3 ranges`.
    pub fn words(&self) -> String {
        let ranges = |n: usize| if n == 1 { "1 range".to_owned() } else { format!("{n} ranges") };
        match self {
            Self::InsertRanges(_, list) => format!("add {}", ranges(list.len())),
            Self::RemoveRanges(_, list) => format!("delete {}", ranges(list.len())),
            Self::ReplaceRanges(list) => format!("change {}", ranges(list.len())),
            Self::InsertGroup(_, group) => format!("add the group {}", group.name),
            Self::RemoveGroup(_) => "delete a group".to_owned(),
            Self::DescribeGroup(_, name, _) => format!("describe the group {name}"),
            Self::MoveGroup(..) => "move a group".to_owned(),
            Self::MoveRange(..) => "move 1 range".to_owned(),
            Self::MoveCategory(..) => "move a category".to_owned(),
            Self::InsertCategory(_, category) => format!("add the category {}", category.name),
            Self::RemoveCategory(_) => "delete a category".to_owned(),
            Self::RenameCategory(_, name) => format!("rename a category to {name}"),
            Self::SetPolicy(_) => "change the policy's settings".to_owned(),
            Self::Become(_) => "take another version".to_owned(),
            Self::All(edits) => match edits.as_slice() {
                [] => "nothing".to_owned(),
                [only] => only.words(),
                [first, rest @ ..] => format!("{}, and {} more", first.words(), rest.len()),
            },
        }
    }
}

impl Allowlist {
    /// Applies an edit and returns its inverse. On an error nothing is changed.
    pub fn apply(&mut self, edit: Edit) -> Result<Edit, EditError> {
        match edit {
            Edit::InsertRanges(at, ranges) => self.insert_ranges(at, ranges),
            Edit::RemoveRanges(at, positions) => self.remove_ranges(at, &positions),
            Edit::ReplaceRanges(list) => self.replace_ranges(list),
            Edit::InsertGroup(at, group) => self.insert_group(at, group),
            Edit::RemoveGroup(at) => {
                let groups = self.groups_mut(at.category)?;
                if at.group >= groups.len() {
                    return Err(EditError::NoSuchPlace);
                }
                Ok(Edit::InsertGroup(at, groups.remove(at.group)))
            }
            Edit::DescribeGroup(at, name, note) => self.describe_group(at, name, note),
            Edit::MoveGroup(from, to) => self.move_group(from, to),
            Edit::MoveRange(at, from, to) => self.move_range(at, from, to),
            Edit::MoveCategory(from, to) => self.move_category(from, to),
            Edit::InsertCategory(at, category) => self.insert_category(at, category),
            Edit::RemoveCategory(at) => {
                let kind = self.categories.get(at).ok_or(EditError::NoSuchPlace)?.kind;
                if kind != Kind::Custom {
                    return Err(EditError::BuiltIn);
                }
                Ok(Edit::InsertCategory(at, self.categories.remove(at)))
            }
            Edit::RenameCategory(at, name) => self.rename_category(at, name),
            Edit::SetPolicy(settings) => {
                let new = settings.normalized();
                let old = std::mem::replace(&mut self.policy, new);
                Ok(Edit::SetPolicy(Box::new(old)))
            }
            Edit::Become(other) => Ok(Edit::Become(Box::new(std::mem::replace(self, *other)))),
            Edit::All(edits) => self.apply_all(edits),
        }
    }

    fn apply_all(&mut self, edits: Vec<Edit>) -> Result<Edit, EditError> {
        let mut inverses = Vec::with_capacity(edits.len());
        let mut failed = None;
        for edit in edits {
            match self.apply(edit) {
                Ok(inverse) => inverses.push(inverse),
                Err(error) => {
                    failed = Some(error);
                    break;
                }
            }
        }
        inverses.reverse();
        let Some(error) = failed else { return Ok(Edit::All(inverses)) };
        for inverse in inverses {
            // The inverse of what was just applied, in reverse order, always applies.
            let _ = self.apply(inverse);
        }
        Err(error)
    }

    fn groups_mut(&mut self, category: usize) -> Result<&mut Vec<Group>, EditError> {
        self.categories.get_mut(category).map(|c| &mut c.groups).ok_or(EditError::NoSuchPlace)
    }

    fn ranges_mut(&mut self, at: GroupAt) -> Result<&mut RangeList, EditError> {
        let group = self.groups_mut(at.category)?.get_mut(at.group);
        group.map(|g| &mut g.ranges).ok_or(EditError::NoSuchPlace)
    }

    fn insert_ranges(&mut self, at: GroupAt, new: Vec<(usize, Range)>) -> Result<Edit, EditError> {
        let ranges = self.ranges_mut(at)?;
        let total = ranges.len() + new.len();
        let ascending = new.windows(2).all(|pair| pair[0].0 < pair[1].0);
        if !ascending || new.last().is_some_and(|(position, _)| *position >= total) {
            return Err(EditError::NoSuchPlace);
        }
        let positions = new.iter().map(|(position, _)| *position).collect();
        ranges.insert(new);
        Ok(Edit::RemoveRanges(at, positions))
    }

    fn remove_ranges(&mut self, at: GroupAt, positions: &[usize]) -> Result<Edit, EditError> {
        let ranges = self.ranges_mut(at)?;
        let ascending = positions.windows(2).all(|pair| pair[0] < pair[1]);
        if !ascending || positions.last().is_some_and(|last| *last >= ranges.len()) {
            return Err(EditError::NoSuchPlace);
        }
        Ok(Edit::InsertRanges(at, ranges.remove(positions)))
    }

    fn replace_ranges(&mut self, list: Vec<(RangeAt, Range)>) -> Result<Edit, EditError> {
        if list.iter().any(|(at, _)| self.range(*at).is_none()) {
            return Err(EditError::NoSuchPlace);
        }
        let mut inverse = Vec::with_capacity(list.len());
        for (at, range) in list {
            let place = self.ranges_mut(at.group)?.get_mut(at.range).ok_or(EditError::NoSuchPlace)?;
            inverse.push((at, std::mem::replace(place, range)));
        }
        // Where one place is replaced twice, the first value must come back last.
        inverse.reverse();
        Ok(Edit::ReplaceRanges(inverse))
    }

    fn move_range(&mut self, at: GroupAt, from: usize, to: usize) -> Result<Edit, EditError> {
        let ranges = self.ranges_mut(at)?;
        if from.max(to) >= ranges.len() {
            return Err(EditError::NoSuchPlace);
        }
        let moved = ranges.remove(&[from]);
        ranges.insert(moved.into_iter().map(|(_, range)| (to, range)).collect());
        Ok(Edit::MoveRange(at, to, from))
    }

    fn insert_group(&mut self, at: GroupAt, group: Group) -> Result<Edit, EditError> {
        let category = self.categories.get_mut(at.category).ok_or(EditError::NoSuchPlace)?;
        if at.group > category.groups.len() {
            return Err(EditError::NoSuchPlace);
        }
        if category.group_named(&group.name).is_some() {
            return Err(EditError::GroupNameTaken(group.name.to_string()));
        }
        category.groups.insert(at.group, group);
        Ok(Edit::RemoveGroup(at))
    }

    fn describe_group(&mut self, at: GroupAt, name: Name, note: Text) -> Result<Edit, EditError> {
        let category = self.categories.get_mut(at.category).ok_or(EditError::NoSuchPlace)?;
        if category.group_named(&name).is_some_and(|other| other != at.group) {
            return Err(EditError::GroupNameTaken(name.to_string()));
        }
        let group = category.groups.get_mut(at.group).ok_or(EditError::NoSuchPlace)?;
        let old = (std::mem::replace(&mut group.name, name), std::mem::replace(&mut group.note, note));
        Ok(Edit::DescribeGroup(at, old.0, old.1))
    }

    fn move_group(&mut self, from: GroupAt, to: GroupAt) -> Result<Edit, EditError> {
        let inverse = Edit::MoveGroup(to, from);
        if from.category == to.category {
            return move_within(self.groups_mut(from.category)?, from.group, to.group).map(|()| inverse);
        }
        let name = &self.group(from).ok_or(EditError::NoSuchPlace)?.name;
        let target = self.categories.get(to.category).filter(|target| to.group <= target.groups.len());
        if target.ok_or(EditError::NoSuchPlace)?.group_named(name).is_some() {
            return Err(EditError::GroupNameTaken(name.to_string()));
        }
        let group = self.groups_mut(from.category)?.remove(from.group);
        self.groups_mut(to.category)?.insert(to.group, group);
        Ok(inverse)
    }

    fn move_category(&mut self, from: usize, to: usize) -> Result<Edit, EditError> {
        let count = self.categories.len();
        if from >= count || to >= count {
            return Err(EditError::NoSuchPlace);
        }
        if from.min(to) < Kind::BUILT_IN.len() {
            return Err(EditError::BuiltIn);
        }
        move_within(&mut self.categories, from, to).map(|()| Edit::MoveCategory(to, from))
    }

    fn insert_category(&mut self, at: usize, category: Category) -> Result<Edit, EditError> {
        if category.kind != Kind::Custom {
            return Err(EditError::BuiltIn);
        }
        if at < Kind::BUILT_IN.len() || at > self.categories.len() {
            return Err(EditError::NoSuchPlace);
        }
        if self.categories.iter().any(|c| c.name == category.name) {
            return Err(EditError::CategoryNameTaken(category.name.to_string()));
        }
        self.categories.insert(at, category);
        Ok(Edit::RemoveCategory(at))
    }

    fn rename_category(&mut self, at: usize, name: Name) -> Result<Edit, EditError> {
        if at >= self.categories.len() {
            return Err(EditError::NoSuchPlace);
        }
        if self.categories.iter().enumerate().any(|(i, c)| i != at && c.name == name) {
            return Err(EditError::CategoryNameTaken(name.to_string()));
        }
        let old = std::mem::replace(&mut self.categories[at].name, name);
        Ok(Edit::RenameCategory(at, old))
    }
}

/// Takes what stands at one position to another; what is between moves up.
fn move_within<T>(list: &mut [T], from: usize, to: usize) -> Result<(), EditError> {
    let between = list.get_mut(from.min(to)..=from.max(to)).ok_or(EditError::NoSuchPlace)?;
    if from < to {
        between.rotate_left(1);
    } else if to < from {
        between.rotate_right(1);
    }
    Ok(())
}
