//! A foreign file against an allowlist: what an import would do, as one edit.

use super::ImportError;
use super::home::{Home, Homes};
use super::only::{self, Only};
use super::read::{Entry, Place, Reading, SameSource};
use crate::allowlist::{Allowlist, Date, Edit, GroupAt, Range, RangeAt};
use crate::cidr::index::Index;
use crate::cidr::{Cidr, IpNet};
use crate::text::{Name, Text};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// How a file is to be imported.
#[derive(Debug, Clone, Default)]
pub struct Options<'a> {
    /// `--category`: a built-in kind, or the name of a category of the allowlist.
    pub category: Option<&'a str>,
    /// `--group`: made where it is not there.
    pub group: Option<Name>,
    /// `--sync`: take out what is no longer in the source.
    pub sync: bool,
    /// `--skip-bad`: import the good entries where some are refused.
    pub skip_bad: bool,
    /// `--only`.
    pub only: &'a [Only],
}

/// A range with the names of where it stands, or will stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The category's name.
    pub category: Name,
    /// The group's name.
    pub group: Name,
    /// The range.
    pub range: Range,
    /// The narrowest wider network that holds it already or comes along in the same file.
    pub covered_by: Option<IpNet>,
}

/// An entry that is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Where it stands in the file.
    pub place: Place,
    /// Why, in one sentence that is safe to print.
    pub reason: String,
}

/// What an import does.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The one edit: always an [`Edit::All`]. `None` where nothing changes, and where entries are refused
    /// without `--skip-bad`.
    pub edit: Option<Edit>,
    /// The ranges that are added; those in a wider network too, which may go one day.
    pub new: Vec<Placed>,
    /// The ranges of the allowlist with networks that the file has too, in any group; each once.
    pub already_there: Vec<Placed>,
    /// How many entries name a network that an earlier entry named.
    pub repeated: usize,
    /// The entries that are no ranges. Where there are some and `--skip-bad` is not given, nothing else
    /// is filled in.
    pub refused: Vec<Refused>,
    /// The ranges of the same source that are no longer in the file: taken out with `--sync` only.
    pub gone: Vec<Placed>,
    /// Category and name of each group that is made.
    pub groups_made: Vec<(Name, Name)>,
    /// The custom categories that are made.
    pub categories_made: Vec<Name>,
    /// What the reader passed over, and why.
    pub notes: Vec<String>,
    /// What the user should think about.
    pub warnings: Vec<String>,
}

/// Plans the import of a file that was read. Nothing is changed; [`Plan::edit`] is to be applied.
///
/// Repeatable: after the edit, the same file gives a plan without one. `today` becomes `added`, where the
/// file has no such day.
pub fn plan(
    allowlist: &Allowlist,
    reading: Reading,
    options: &Options,
    today: Date,
) -> Result<Plan, ImportError> {
    let Reading { format, found } = reading;
    let in_file: HashSet<IpNet> = found.entries.iter().filter_map(net).collect();
    let was_empty = found.entries.is_empty();
    let entries = only::keep(found.entries, options.only, format)?;
    let mut plan = Plan { notes: found.notes, ..Plan::default() };
    for entry in &entries {
        if let Err(reason) = &entry.range {
            plan.refused.push(Refused { place: entry.place, reason: reason.clone() });
        }
    }
    if !plan.refused.is_empty() && !options.skip_bad {
        return Ok(plan);
    }
    let mut homes = Homes::new(allowlist, options, format.category)?;
    let mut groups = there(allowlist, &entries, &mut plan, today);
    let mut known: HashSet<IpNet> = allowlist.ranges().filter_map(|(.., range)| range.net()).collect();
    let mut seen = HashSet::new();
    let mut new: BTreeMap<usize, Vec<Range>> = BTreeMap::new();
    for entry in entries {
        let Some(network) = net(&entry) else { continue };
        if !seen.insert(network) {
            plan.repeated += 1;
        } else if known.insert(network) {
            let home = homes.of(&entry);
            if let (Some(home), Ok(mut range)) = (home, entry.range) {
                range.added = range.added.or(Some(today));
                new.entry(home).or_default().push(range);
            }
        }
    }
    homes.check()?;
    groups.extend(homes.iter().filter_map(|home| home.at).chain(homes.given()));
    let gone = gone(allowlist, &in_file, &found.sources, format.name, format.same_source, &groups);
    if options.sync && was_empty && !gone.is_empty() {
        return Err(ImportError::NothingToSyncWith(gone.len()));
    }
    fill(&mut plan, allowlist, &homes, &new, &gone);
    if let Some(provider) = format.shared_by.filter(|_| !plan.new.is_empty()) {
        plan.warnings.push(format!(
            "all customers of {provider} share these addresses: whoever rents a machine there is let through, with a stolen key too"
        ));
    }
    plan.edit = edit(&homes, new, if options.sync { gone } else { Vec::new() });
    Ok(plan)
}

fn net(entry: &Entry) -> Option<IpNet> {
    entry.range.as_ref().ok().and_then(Range::net)
}

/// Notes what is there already, and returns the groups where it is.
fn there(allowlist: &Allowlist, entries: &[Entry], plan: &mut Plan, today: Date) -> BTreeSet<GroupAt> {
    let wanted: HashSet<IpNet> = entries.iter().filter_map(net).collect();
    let mut groups = BTreeSet::new();
    let (mut named, mut active) = (HashSet::new(), HashSet::new());
    for (at, category, group, range) in allowlist.ranges() {
        let Some(network) = range.net().filter(|network| wanted.contains(network)) else { continue };
        groups.insert(at.group);
        if range.is_active(today) {
            active.insert(network);
        }
        if named.insert(network) {
            plan.already_there.push(placed(&category.name, &group.name, range));
        }
    }
    let idle = named.difference(&active).count();
    if idle > 0 {
        let (are, they) = if idle == 1 { ("is", "it is") } else { ("are", "they are") };
        plan.warnings.push(format!(
            "{idle} that {are} already there {are} disabled or expired, so {they} not let through"
        ));
    }
    groups
}

fn placed(category: &Name, group: &Name, range: &Range) -> Placed {
    Placed { category: category.clone(), group: group.clone(), range: range.clone(), covered_by: None }
}

/// The places of the ranges that come from the same source as the file, but are no longer in it.
fn gone(
    allowlist: &Allowlist,
    in_file: &HashSet<IpNet>,
    sources: &BTreeSet<Text>,
    format: &str,
    same: SameSource,
    groups: &BTreeSet<GroupAt>,
) -> Vec<RangeAt> {
    let bare = sources.iter().any(|source| source.as_str() == format);
    let is_of = |at: RangeAt, source: &Text| match same {
        SameSource::Anywhere => sources.contains(source),
        SameSource::InGroups => groups.contains(&at.group) && sources.contains(source),
        SameSource::InGroupsAnyRegion => {
            let of_format = source.split(' ').next() == Some(format);
            let any = of_format && (bare || source.as_str() == format);
            groups.contains(&at.group) && (sources.contains(source) || any)
        }
    };
    let ranges =
        allowlist.ranges().filter(|(at, .., range)| !range.source.is_empty() && is_of(*at, &range.source));
    ranges
        .filter(|(.., range)| range.net().is_some_and(|net| !in_file.contains(&net)))
        .map(|(at, ..)| at)
        .collect()
}

/// Fills in what the preview shows of the new and the gone ranges.
fn fill(
    plan: &mut Plan,
    allowlist: &Allowlist,
    homes: &Homes,
    new: &BTreeMap<usize, Vec<Range>>,
    gone: &[RangeAt],
) {
    for (home, ranges) in new {
        let Home { category, group, at, .. } = homes.get(*home);
        if at.is_none() {
            plan.groups_made.push((category.clone(), group.clone()));
        }
        plan.new.extend(ranges.iter().map(|range| placed(category, group, range)));
    }
    plan.categories_made = homes.categories_made();
    let old: Vec<IpNet> = allowlist.ranges().filter_map(|(.., range)| range.net()).collect();
    let all: Vec<IpNet> = plan.new.iter().filter_map(|p| p.range.net()).chain(old).collect();
    for (item, around) in Index::new(all.iter().copied()).nested() {
        if let (Some(new), Some(around)) = (plan.new.get_mut(item), around) {
            new.covered_by = all.get(around).copied();
        }
    }
    let gone: HashMap<RangeAt, ()> = gone.iter().map(|at| (*at, ())).collect();
    let ranges = allowlist.ranges().filter(|(at, ..)| gone.contains_key(at));
    plan.gone =
        ranges.map(|(_, category, group, range)| placed(&category.name, &group.name, range)).collect();
}

/// Everything as one edit: first what is added behind what is there, so that the places of what is taken
/// out stay right.
fn edit(homes: &Homes, new: BTreeMap<usize, Vec<Range>>, gone: Vec<RangeAt>) -> Option<Edit> {
    let mut edits = homes.edits(new);
    let mut by_group: BTreeMap<GroupAt, Vec<usize>> = BTreeMap::new();
    for at in gone {
        by_group.entry(at.group).or_default().push(at.range);
    }
    for (group, mut positions) in by_group {
        positions.sort_unstable();
        edits.push(Edit::RemoveRanges(group, positions));
    }
    (!edits.is_empty()).then_some(Edit::All(edits))
}

impl Plan {
    /// One line for a message: `3 new (1 within a wider range), 2 already there, 1 refused`.
    pub fn summary(&self) -> String {
        let covered = self.new.iter().filter(|new| new.covered_by.is_some()).count();
        let mut parts = vec![match covered {
            0 => format!("{} new", self.new.len()),
            n => format!("{} new ({n} within a wider range)", self.new.len()),
        }];
        let counts = [
            (self.already_there.len(), "already there"),
            (self.repeated, "repeated in the file"),
            (self.refused.len(), "refused"),
            (self.gone.len(), "no longer in the source"),
        ];
        parts.extend(counts.iter().filter(|(n, _)| *n > 0).map(|(n, words)| format!("{n} {words}")));
        parts.join(", ")
    }

    /// The networks that are added.
    pub fn added(&self) -> impl Iterator<Item = Cidr> + '_ {
        self.new.iter().filter_map(|new| new.range.cidr.good())
    }
}
