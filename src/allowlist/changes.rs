//! What changed from one allowlist to another, entry by entry, in words.

use super::{Allowlist, Category, Group, KEYS, Range, RangeList};
use std::collections::HashMap;
use std::fmt;

/// One difference between two allowlists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Something that was not there.
    Added {
        /// What, and where: `203.0.114.0/24 in Corporate networks / Office`.
        what: String,
    },
    /// Something that is no longer there.
    Removed {
        /// What, and where it was.
        what: String,
    },
    /// Something that is there still, at another place.
    Moved {
        /// What, from where and to where: `the group HQ from Corporate networks to AWS accounts`.
        what: String,
    },
    /// A group that has another name.
    Renamed {
        /// Which, and its name now: `the group HQ to Office in Corporate networks`.
        what: String,
    },
    /// Entries that were there, in another order.
    Reordered {
        /// Which, and where: `the groups in Corporate networks`.
        what: String,
    },
    /// A property with another value.
    Changed {
        /// What of what: `owner of 203.0.114.0/24 in Corporate networks / Office`.
        what: String,
        /// As it was, maybe empty.
        from: String,
        /// As it is, maybe empty.
        to: String,
    },
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |value: &str| if value.is_empty() { "nothing".to_owned() } else { value.to_owned() };
        match self {
            Self::Added { what } => write!(f, "added {what}"),
            Self::Removed { what } => write!(f, "removed {what}"),
            Self::Moved { what } => write!(f, "moved {what}"),
            Self::Renamed { what } => write!(f, "renamed {what}"),
            Self::Reordered { what } => write!(f, "changed the order of {what}"),
            Self::Changed { what, from, to } => {
                write!(f, "changed {what} from {} to {}", shown(from), shown(to))
            }
        }
    }
}

impl Change {
    /// What it is of: several properties of one entry have it in common.
    fn entry(&self) -> &str {
        match self {
            // `owner of 203.0.114.0/24 in Corporate networks / Office`
            Self::Changed { what, .. } => what.split_once(" of ").map_or(what, |(_, entry)| entry),
            Self::Added { what }
            | Self::Removed { what }
            | Self::Moved { what }
            | Self::Renamed { what }
            | Self::Reordered { what } => what,
        }
    }

    /// Whether it may decide who is let through: what comes, what goes, what is on or off or expires, and the
    /// policy's settings.
    fn decides(&self) -> bool {
        match self {
            Self::Added { .. } | Self::Removed { .. } => true,
            Self::Moved { .. } | Self::Renamed { .. } | Self::Reordered { .. } => false,
            Self::Changed { what, .. } => DECIDING.iter().any(|begin| what.starts_with(begin)),
        }
    }
}

/// How properties begin that decide who is let through.
const DECIDING: [&str; 3] = ["state of ", "expires of ", "policy."];

/// Every difference. What may decide who is let through comes first: where a list is cut, it must be seen. Then
/// what has moved, then the rest in the order of `new`: categories, groups, ranges. What has changed within
/// what moved is said too.
pub fn changes(old: &Allowlist, new: &Allowlist) -> Vec<Change> {
    let (between, mut found) = super::changes_moved::moved(old, new);
    found.extend(changes_in_place(&between, new));
    deciding_first(found)
}

/// What decides comes first; what is said of one entry stays together.
fn deciding_first(found: Vec<Change>) -> Vec<Change> {
    let mut keys = Vec::with_capacity(found.len());
    for (at, of_one) in found.chunk_by(|one, next| one.entry() == next.entry()).enumerate() {
        let decides = of_one.iter().any(Change::decides);
        keys.extend(of_one.iter().map(|change| (!decides, at, !change.decides())));
    }
    let mut keyed: Vec<_> = keys.into_iter().zip(found).collect();
    keyed.sort_by_key(|(key, _)| *key);
    keyed.into_iter().map(|(_, change)| change).collect()
}

/// Every difference, in the order of `new`, where a range is the same one while its network and group are: what
/// has moved was removed and added.
pub fn changes_in_place(old: &Allowlist, new: &Allowlist) -> Vec<Change> {
    let mut found = Vec::new();
    for key in KEYS {
        property(
            &mut found,
            || format!("policy.{}", key.key),
            &key.get(old.policy()),
            &key.get(new.policy()),
        );
    }
    let before = |category: &Category| old.categories().iter().position(|c| same(c, category));
    if !ascending(new.categories().iter().filter_map(before)) {
        found.push(Change::Reordered { what: "the categories".to_owned() });
    }
    for category in new.categories() {
        let before = before(category).map(|at| &old.categories()[at]);
        match before {
            None => found.push(Change::Added { what: format!("the category {}", category.name) }),
            Some(before) => {
                let what = || format!("the name of the category {}", before.name);
                property(&mut found, what, &before.name, &category.name);
            }
        }
        groups(&mut found, category, before.map_or(&[], |c| &c.groups));
    }
    for category in old.categories().iter().filter(|c| !new.categories().iter().any(|n| same(c, n))) {
        found.push(Change::Removed { what: format!("the category {}", category.name) });
    }
    found
}

/// Whether two categories are one: a built-in one may have another name.
pub(super) fn same(a: &Category, b: &Category) -> bool {
    a.kind == b.kind && (a.kind != super::Kind::Custom || a.name == b.name)
}

/// Whether each is behind the one before: what was there stands in the order that it had.
fn ascending(mut positions: impl Iterator<Item = usize>) -> bool {
    let mut last = None;
    positions.all(|at| last.replace(at) < Some(at))
}

fn groups(found: &mut Vec<Change>, category: &Category, before: &[Group]) {
    let old: HashMap<&str, usize> = before.iter().map(|group| group.name.as_str()).zip(0..).collect();
    if !ascending(category.groups.iter().filter_map(|group| old.get(group.name.as_str()).copied())) {
        found.push(Change::Reordered { what: format!("the groups in {}", category.name) });
    }
    for group in &category.groups {
        let place = format!("{} / {}", category.name, group.name);
        let was = old.get(group.name.as_str()).map(|at| &before[*at]);
        match was {
            None => found.push(Change::Added { what: format!("the group {place}") }),
            Some(was) => property(found, || format!("the note of {place}"), &was.note, &group.note),
        }
        ranges(found, &place, was.map_or(&NO_RANGES, |group| &group.ranges), &group.ranges);
    }
    for group in before.iter().filter(|group| category.group_named(&group.name).is_none()) {
        let place = format!("{} / {}", category.name, group.name);
        found.push(Change::Removed { what: format!("the group {place}") });
        ranges(found, &place, &group.ranges, &NO_RANGES);
    }
}

/// The ranges of a group that is not there.
pub(super) static NO_RANGES: RangeList = RangeList::new();

fn ranges(found: &mut Vec<Change>, place: &str, old: &RangeList, new: &RangeList) {
    let mut left: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, range) in old.iter().enumerate().rev() {
        left.entry(network(range)).or_default().push(at);
    }
    let mut kept = Vec::new();
    for range in new {
        match left.get_mut(&network(range)).and_then(Vec::pop) {
            None => found.push(Change::Added { what: format!("{} in {place}", range.cidr) }),
            Some(was) => {
                properties(found, place, &old[was], range);
                kept.push(was);
            }
        }
    }
    if !ascending(kept.into_iter()) {
        found.push(Change::Reordered { what: format!("the ranges in {place}") });
    }
    let gone = |range: &&Range| left.get_mut(&network(range)).is_some_and(|rest| rest.pop().is_some());
    for range in old.iter().filter(gone) {
        found.push(Change::Removed { what: format!("{} in {place}", range.cidr) });
    }
}

/// What makes a range the same one: its network, however spelt, or its text where it is none.
pub(super) fn network(range: &Range) -> String {
    range.net().map_or_else(|| range.cidr.to_string(), |net| net.to_string())
}

fn properties(found: &mut Vec<Change>, place: &str, old: &Range, new: &Range) {
    let day = |date: &Option<super::Date>| date.map(|d| d.to_string()).unwrap_or_default();
    let state = |range: &Range| if range.enabled { "enabled" } else { "disabled" }.to_owned();
    let pairs: [(&str, String, String); 10] = [
        ("spelling", old.cidr.to_string(), new.cidr.to_string()),
        ("label", old.label.to_string(), new.label.to_string()),
        ("owner", old.owner.to_string(), new.owner.to_string()),
        ("ticket", old.ticket.to_string(), new.ticket.to_string()),
        ("note", old.note.to_string(), new.note.to_string()),
        ("source", old.source.to_string(), new.source.to_string()),
        ("added", day(&old.added), day(&new.added)),
        ("review_by", day(&old.review_by), day(&new.review_by)),
        ("expires", day(&old.expires), day(&new.expires)),
        ("state", state(old), state(new)),
    ];
    if old != new {
        for (name, from, to) in &pairs {
            property(found, || format!("{name} of {} in {place}", new.cidr), from, to);
        }
    }
}

fn property(found: &mut Vec<Change>, what: impl FnOnce() -> String, from: &str, to: &str) {
    if from != to {
        found.push(Change::Changed { what: what(), from: from.to_owned(), to: to.to_owned() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowlist(policy: &str, ranges: &str) -> Allowlist {
        let text = format!(
            r#"{{"version": 1, "policy": {policy}, "categories": [{{"kind": "data-center", "name": "DC", "groups": [
                {{"name": "A", "ranges": [{ranges}]}}]}}]}}"#
        );
        Allowlist::from_json(text.as_bytes()).unwrap()
    }

    #[test]
    fn every_difference_has_its_words() {
        let old = allowlist(
            "{}",
            r#"{"cidr": "203.0.114.0/24"}, {"cidr": "203.0.115.7"}, {"cidr": "203.0.116.7"}"#,
        );
        let new = allowlist(
            r#"{"exempt": {"mfa": true}}"#,
            r#"{"cidr": "203.0.114.0/24", "owner": "netops", "enabled": false}, {"cidr": "203.0.116.7/32"}, {"cidr": "203.0.117.0/24"}"#,
        );
        let words: Vec<_> = changes(&old, &new).iter().map(ToString::to_string).collect();
        assert_eq!(
            words,
            [
                "changed policy.exempt.mfa from false to true",
                "changed state of 203.0.114.0/24 in DC / A from enabled to disabled",
                "changed owner of 203.0.114.0/24 in DC / A from nothing to netops",
                "added 203.0.117.0/24 in DC / A",
                "removed 203.0.115.7 in DC / A",
                "changed spelling of 203.0.116.7/32 in DC / A from 203.0.116.7 to 203.0.116.7/32",
            ]
        );
        assert_eq!(changes(&old, &old), []);
    }

    #[test]
    fn what_decides_who_is_let_through_comes_first() {
        let range = |n: usize, rest: &str| format!(r#"{{"cidr": "203.0.{n}.0/24"{rest}}}"#);
        let all =
            |rest: [&str; 4]| rest.iter().zip(114..).map(|(rest, n)| range(n, rest)).collect::<Vec<_>>();
        let old = allowlist("{}", &all([""; 4]).join(", "));
        let by = r#", "review_by": "2027-05-22""#;
        let new =
            [by, by, r#", "enabled": false"#, r#", "review_by": "2027-05-22", "expires": "2026-01-01""#];
        let new = allowlist(r#"{"exempt": {"mfa": true}}"#, &all(new).join(", "));
        let words: Vec<_> = changes(&old, &new).iter().map(|change| change.to_string()).collect();
        let begin =
            ["changed policy.exempt.mfa", "changed state of 203.0.116", "changed expires of 203.0.117"];
        assert!(words.iter().zip(begin).all(|(words, begin)| words.starts_with(begin)), "{words:?}");
        assert_eq!(words.len(), 6);
    }

    #[test]
    fn a_second_of_the_same_network_counts() {
        let one = allowlist("{}", r#"{"cidr": "203.0.114.0/24"}"#);
        let two = allowlist("{}", r#"{"cidr": "203.0.114.0/24"}, {"cidr": "203.0.114.0/24"}"#);
        assert_eq!(changes(&one, &two), [Change::Added { what: "203.0.114.0/24 in DC / A".into() }]);
        assert_eq!(changes(&two, &one), [Change::Removed { what: "203.0.114.0/24 in DC / A".into() }]);
    }

    #[test]
    fn another_order_is_said_once_for_each_list() {
        use super::super::{Edit, GroupAt};
        let old = allowlist(
            "{}",
            r#"{"cidr": "203.0.114.0/24"}, {"cidr": "203.0.115.7"}, {"cidr": "203.0.116.7"}"#,
        );
        let group = |name: &str| Group::new(crate::text::Name::new(name).unwrap());
        let at = |group| GroupAt { category: 1, group };
        let category = |name: &str| Category {
            kind: super::super::Kind::Custom,
            name: crate::text::Name::new(name).unwrap(),
            groups: Vec::new(),
        };
        let mut old = old;
        let more = vec![
            Edit::InsertGroup(at(1), group("B")),
            Edit::InsertCategory(4, category("X")),
            Edit::InsertCategory(5, category("Y")),
        ];
        old.apply(Edit::All(more)).unwrap();
        let mut new = old.clone();
        let moves = vec![
            Edit::MoveRange(at(0), 2, 0),
            Edit::RemoveRanges(at(0), vec![1]),
            Edit::MoveGroup(at(0), at(1)),
            Edit::MoveCategory(4, 5),
        ];
        new.apply(Edit::All(moves)).unwrap();
        let words: Vec<_> = changes(&old, &new).iter().map(ToString::to_string).collect();
        let expected = [
            "removed 203.0.114.0/24 in DC / A",
            "changed the order of the categories",
            "changed the order of the groups in DC",
            "changed the order of the ranges in DC / A",
        ];
        assert_eq!(words, expected);
    }

    #[test]
    fn a_group_takes_its_ranges_along() {
        let old = Allowlist::default();
        let new = allowlist("{}", r#"{"cidr": "203.0.114.0/24"}"#);
        let words: Vec<_> = changes(&old, &new).iter().map(ToString::to_string).collect();
        let expected = [
            "added the group DC / A",
            "added 203.0.114.0/24 in DC / A",
            "changed the name of the category Data centers from Data centers to DC",
        ];
        assert_eq!(words, expected);
        assert_eq!(changes(&new, &old).len(), 3);
    }
}
