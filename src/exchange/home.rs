//! Where imported ranges go: the category and the group that the user names, else those of the source.

use super::ImportError;
use super::plan::Options;
use super::read::{CategoryHint, Entry};
use crate::allowlist::{Allowlist, Category, Edit, Group, GroupAt, Kind, Range};
use crate::text::{Name, Text, quoted};
use std::collections::{BTreeMap, HashMap};

/// A group that ranges go to.
#[derive(Debug, Clone)]
pub(super) struct Home {
    /// The category's name.
    pub category: Name,
    /// Its position, where it exists.
    category_at: Option<usize>,
    /// The group's name.
    pub group: Name,
    /// The group's place, where it exists.
    pub at: Option<GroupAt>,
}

/// All groups that ranges go to, in the order in which they were first needed.
#[derive(Debug)]
pub(super) struct Homes<'a> {
    allowlist: &'a Allowlist,
    category: Option<CategoryHint>,
    group: Option<Name>,
    of_format: Option<CategoryHint>,
    homes: Vec<Home>,
    positions: HashMap<(Name, Name), usize>,
    without_category: usize,
    without_group: usize,
}

impl<'a> Homes<'a> {
    /// What the user said, checked.
    pub fn new(
        allowlist: &'a Allowlist,
        options: &Options,
        of_format: Option<Kind>,
    ) -> Result<Self, ImportError> {
        let category = match options.category {
            Some(name) => Some(category_named(allowlist, name)?),
            None => options.group.as_ref().and_then(|group| only_category_with(allowlist, group)),
        };
        Ok(Self {
            allowlist,
            category,
            group: options.group.clone(),
            of_format: of_format.map(CategoryHint::Kind),
            homes: Vec::new(),
            positions: HashMap::new(),
            without_category: 0,
            without_group: 0,
        })
    }

    /// The position of the home of an entry; `None` where neither user nor source says.
    pub fn of(&mut self, entry: &Entry) -> Option<usize> {
        let category = self.category.as_ref().or(entry.category.as_ref()).or(self.of_format.as_ref());
        let group = self.group.as_ref().or(entry.group.as_ref());
        self.without_category += usize::from(category.is_none());
        self.without_group += usize::from(group.is_none());
        let (category, group) = (category?.clone(), group?.clone());
        let categories = self.allowlist.categories();
        let category_at = match &category {
            CategoryHint::Kind(kind) => categories.iter().position(|c| c.kind == *kind),
            CategoryHint::Named(name) => categories.iter().position(|c| c.name == *name),
        };
        let name = match (category_at.and_then(|at| categories.get(at)), category) {
            (Some(known), _) => known.name.clone(),
            (None, CategoryHint::Named(name)) => name,
            // The built-in categories always exist.
            (None, CategoryHint::Kind(_)) => return None,
        };
        let key = (name, group);
        if let Some(known) = self.positions.get(&key) {
            return Some(*known);
        }
        let at = category_at.and_then(|category| {
            let group = categories.get(category)?.group_named(&key.1)?;
            Some(GroupAt { category, group })
        });
        self.homes.push(Home { category: key.0.clone(), category_at, group: key.1.clone(), at });
        self.positions.insert(key, self.homes.len() - 1);
        Some(self.homes.len() - 1)
    }

    /// Whether every entry had a home.
    pub fn check(&self) -> Result<(), ImportError> {
        let (missing, options, number) = match (self.without_category, self.without_group) {
            (0, 0) => return Ok(()),
            (0, n) => ("to which group", "--group NAME", n),
            (n, 0) => ("in which category", "--category C", n),
            (n, m) => ("where", "--category C and --group NAME", n.max(m)),
        };
        let entries = if number == 1 {
            "1 new range belongs".to_owned()
        } else {
            format!("{number} new ranges belong")
        };
        Err(ImportError::NoHome { missing, entries, options })
    }

    /// The group that the user names, where it exists.
    pub fn given(&self) -> Option<GroupAt> {
        let name = self.group.as_ref()?;
        let categories = self.allowlist.categories();
        let category = match self.category.as_ref().or(self.of_format.as_ref())? {
            CategoryHint::Kind(kind) => categories.iter().position(|c| c.kind == *kind),
            CategoryHint::Named(name) => categories.iter().position(|c| c.name == *name),
        }?;
        let group = categories.get(category)?.group_named(name)?;
        Some(GroupAt { category, group })
    }

    /// The homes.
    pub fn iter(&self) -> impl Iterator<Item = &Home> {
        self.homes.iter()
    }

    /// The home at a position that [`Self::of`] gave.
    pub fn get(&self, position: usize) -> &Home {
        &self.homes[position]
    }

    /// The categories that do not exist yet, in order.
    pub fn categories_made(&self) -> Vec<Name> {
        let mut made: Vec<Name> = Vec::new();
        for home in self.homes.iter().filter(|home| home.category_at.is_none()) {
            if !made.contains(&home.category) {
                made.push(home.category.clone());
            }
        }
        made
    }

    /// The edits that put ranges into their homes.
    pub fn edits(&self, new: BTreeMap<usize, Vec<Range>>) -> Vec<Edit> {
        let mut edits = Vec::new();
        let made = self.categories_made();
        let first_new = self.allowlist.categories().len();
        for (i, name) in made.iter().enumerate() {
            let category = Category { kind: Kind::Custom, name: name.clone(), groups: Vec::new() };
            edits.push(Edit::InsertCategory(first_new + i, category));
        }
        let mut sizes: HashMap<usize, usize> =
            self.allowlist.categories().iter().enumerate().map(|(at, c)| (at, c.groups.len())).collect();
        for (home, ranges) in new {
            let home = self.get(home);
            if let Some(at) = home.at {
                let there = self.allowlist.group(at).map_or(0, |group| group.ranges.len());
                edits.push(Edit::append(at, there, ranges));
                continue;
            }
            let made_at = made.iter().position(|name| *name == home.category).map(|i| first_new + i);
            let Some(category) = home.category_at.or(made_at) else { continue };
            let size = sizes.entry(category).or_default();
            let at = GroupAt { category, group: *size };
            *size += 1;
            edits.push(Edit::InsertGroup(
                at,
                Group { name: home.group.clone(), note: Text::default(), ranges: ranges.into() },
            ));
        }
        edits
    }
}

/// The category that the user means by a kind or a name.
fn category_named(allowlist: &Allowlist, name: &str) -> Result<CategoryHint, ImportError> {
    if let Some(kind) = Kind::BUILT_IN.into_iter().find(|kind| kind.as_str() == name) {
        return Ok(CategoryHint::Kind(kind));
    }
    let known = allowlist.categories().iter().find(|category| category.name.as_str() == name);
    known
        .map(|c| CategoryHint::Named(c.name.clone()))
        .ok_or_else(|| ImportError::UnknownCategory(quoted(name, 60)))
}

/// The category of a group that the user names alone, where there is just one such group.
fn only_category_with(allowlist: &Allowlist, group: &Name) -> Option<CategoryHint> {
    let mut with = allowlist.categories().iter().filter(|category| category.group_named(group).is_some());
    let first = with.next()?;
    with.next().is_none().then(|| CategoryHint::Named(first.name.clone()))
}
