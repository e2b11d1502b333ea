//! A three-way merge of allowlists: what two people did to one file since `base`.
//!
//! Categories and groups are matched by kind and name, ranges by their network within a group, settings
//! one by one. What only one side touched is taken; what both touched differently is a [`Conflict`], on
//! which the caller decides. An order is never one: the result has theirs where only they changed it, else
//! ours, and what is new of the other side stands behind its neighbour. A group that one side moved to
//! another category is there, with what the other did to it.

use super::merge_order::{merged_order, moved_along, range_keys};
use super::{Allowlist, AttachTo, Category, Exempt, Group, Kind, PolicySettings, Range, SettingKey};
use crate::text::{Name, Text};
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// Which of two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// What we did.
    Ours,
    /// What stands there now.
    Theirs,
}

/// Something that both sides changed, each in its way; `None` on a side that removed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// What it is: `203.0.114.0/24 in Corporate networks / Head office`.
    pub what: String,
    /// How it is with us, for reading.
    pub ours: Option<String>,
    /// How it is with them, for reading.
    pub theirs: Option<String>,
}

/// A merged allowlist with the conflicts that `decide` was asked about, and how it decided.
#[derive(Debug)]
pub struct Merged {
    /// The result.
    pub allowlist: Allowlist,
    /// What both had changed.
    pub conflicts: Vec<(Conflict, Side)>,
}

/// Merges; `decide` is asked about each conflict.
pub fn merge(
    base: &Allowlist,
    ours: &Allowlist,
    theirs: &Allowlist,
    decide: &mut dyn FnMut(&Conflict) -> Side,
) -> Merged {
    let (base, theirs) = &moved_along(base, ours, theirs);
    let (base, ours) = &moved_along(base, theirs, ours);
    let mut merger = Merger { decide, conflicts: Vec::new() };
    let schema = pick(&base.schema, &ours.schema, &theirs.schema).unwrap_or_else(|| ours.schema.clone());
    let policy = merger.settings(&base.policy, &ours.policy, &theirs.policy);
    let categories = merger.categories(base, ours, theirs);
    Merged { allowlist: Allowlist { schema, policy, categories }, conflicts: merger.conflicts }
}

/// The value where at most one side changed it.
fn pick<T: PartialEq + Clone>(base: &T, ours: &T, theirs: &T) -> Option<T> {
    if ours == theirs || theirs == base {
        Some(ours.clone())
    } else if ours == base {
        Some(theirs.clone())
    } else {
        None
    }
}

struct Merger<'a> {
    decide: &'a mut dyn FnMut(&Conflict) -> Side,
    conflicts: Vec<(Conflict, Side)>,
}

impl Merger<'_> {
    fn ask(&mut self, what: String, ours: Option<String>, theirs: Option<String>) -> Side {
        let conflict = Conflict { what, ours, theirs };
        let side = (self.decide)(&conflict);
        self.conflicts.push((conflict, side));
        side
    }

    fn settings(
        &mut self,
        base: &PolicySettings,
        ours: &PolicySettings,
        theirs: &PolicySettings,
    ) -> PolicySettings {
        let text = |key, settings| SettingKey::find(key).ok().map(|key| key.get(settings));
        macro_rules! field {
            ($key:literal, $($field:ident).+) => {
                match pick(&base.$($field).+, &ours.$($field).+, &theirs.$($field).+) {
                    Some(value) => value,
                    None => match self.ask(format!("policy.{}", $key), text($key, ours), text($key, theirs)) {
                        Side::Ours => ours.$($field).+.clone(),
                        Side::Theirs => theirs.$($field).+.clone(),
                    },
                }
            };
        }
        PolicySettings {
            name: field!("name", name),
            sid: field!("sid", sid),
            target: field!("target", target),
            applies_to: field!("applies_to", applies_to),
            resources: field!("resources", resources),
            services: field!("services", services),
            attach_to: AttachTo {
                group: field!("attach_to.group", attach_to.group),
                users: field!("attach_to.users", attach_to.users),
            },
            exempt: Exempt {
                mfa: field!("exempt.mfa", exempt.mfa),
                aws_services: field!("exempt.aws_services", exempt.aws_services),
                vpcs: field!("exempt.vpcs", exempt.vpcs),
                vpc_endpoints: field!("exempt.vpc_endpoints", exempt.vpc_endpoints),
                principals: field!("exempt.principals", exempt.principals),
                actions: field!("exempt.actions", exempt.actions),
            },
            max_documents: field!("max_documents", max_documents),
            max_extra_addresses: field!("max_extra_addresses", max_extra_addresses),
        }
        .normalized()
    }

    /// The entries of one list: `both` merges one that both sides have, `what` and `words` are for the
    /// question about one that a side removed and the other changed.
    fn list<T: PartialEq + Clone, K: Eq + Hash + Clone>(
        &mut self,
        [base, ours, theirs]: [Vec<&T>; 3],
        keys: impl Fn(&[&T], &[&T]) -> Vec<K>,
        mut both: impl FnMut(&mut Self, Option<&T>, &T, &T) -> T,
        question: impl Fn(&T) -> (String, String),
    ) -> Vec<T> {
        let [base_keys, our_keys, their_keys] = [&base, &ours, &theirs].map(|list| keys(&base, list));
        let by_key = |list: &[&T], keys: &[K]| -> HashMap<K, usize> {
            debug_assert_eq!(list.len(), keys.len());
            keys.iter().cloned().zip(0..).collect()
        };
        let (b, o, t) = (by_key(&base, &base_keys), by_key(&ours, &our_keys), by_key(&theirs, &their_keys));
        let mut merged = Vec::with_capacity(ours.len());
        for key in merged_order(&base_keys, &our_keys, &their_keys) {
            let before = b.get(&key).map(|at| base[*at]);
            match (o.get(&key).map(|at| ours[*at]), t.get(&key).map(|at| theirs[*at])) {
                (Some(ours), Some(theirs)) if ours == theirs => merged.push(ours.clone()),
                (Some(ours), Some(theirs)) => merged.push(both(self, before, ours, theirs)),
                (Some(kept), None) => merged.extend(self.removed(before, kept, Side::Ours, &question)),
                (None, Some(kept)) => merged.extend(self.removed(before, kept, Side::Theirs, &question)),
                (None, None) => {}
            }
        }
        merged
    }

    /// An entry that only the side `of` has: new there, or removed by the other.
    fn removed<T: PartialEq + Clone>(
        &mut self,
        before: Option<&T>,
        kept: &T,
        of: Side,
        question: impl Fn(&T) -> (String, String),
    ) -> Option<T> {
        match before {
            None => return Some(kept.clone()),
            Some(before) if before == kept => return None,
            Some(_) => {}
        }
        let (what, words) = question(kept);
        let side = match of {
            Side::Ours => self.ask(what, Some(words), None),
            Side::Theirs => self.ask(what, None, Some(words)),
        };
        (side == of).then(|| kept.clone())
    }

    fn categories(&mut self, base: &Allowlist, ours: &Allowlist, theirs: &Allowlist) -> Vec<Category> {
        let keys = |_: &[&Category], list: &[&Category]| -> Vec<(Kind, Option<Name>)> {
            list.iter().map(|c| (c.kind, (c.kind == Kind::Custom).then(|| c.name.clone()))).collect()
        };
        let question =
            |c: &Category| (format!("the category {}", c.name), format!("{} groups", c.groups.len()));
        let lists = [base, ours, theirs].map(|list| list.categories.iter().collect());
        let mut merged = self.list(lists, keys, Self::category, question);
        self.make_names_unique(&mut merged);
        merged
    }

    fn category(&mut self, base: Option<&Category>, ours: &Category, theirs: &Category) -> Category {
        let base_name = base.map_or(&ours.name, |base| &base.name);
        let name = pick(base_name, &ours.name, &theirs.name).unwrap_or_else(|| {
            let what = format!("the name of the category {base_name}");
            match self.ask(what, Some(ours.name.to_string()), Some(theirs.name.to_string())) {
                Side::Ours => ours.name.clone(),
                Side::Theirs => theirs.name.clone(),
            }
        });
        let keys = |_: &[&Group], list: &[&Group]| list.iter().map(|group| group.name.clone()).collect();
        let question =
            |g: &Group| (format!("the group {name} / {}", g.name), format!("{} ranges", g.ranges.len()));
        let lists =
            [base, Some(ours), Some(theirs)].map(|side| side.iter().flat_map(|side| &side.groups).collect());
        let groups = self.list(lists, keys, |merger, b, o, t| merger.group(&name, b, o, t), question);
        Category { kind: ours.kind, name, groups }
    }

    fn group(&mut self, category: &Name, base: Option<&Group>, ours: &Group, theirs: &Group) -> Group {
        let place = format!("{category} / {}", ours.name);
        let empty = Text::default();
        let note =
            pick(base.map_or(&empty, |base| &base.note), &ours.note, &theirs.note).unwrap_or_else(|| {
                let (our, their) = (Some(ours.note.to_string()), Some(theirs.note.to_string()));
                match self.ask(format!("the note of {place}"), our, their) {
                    Side::Ours => ours.note.clone(),
                    Side::Theirs => theirs.note.clone(),
                }
            });
        let words = |range: &Range| serde_json::to_string(range).unwrap_or_default();
        let question = |range: &Range| (format!("{} in {place}", range.cidr), words(range));
        let both = |merger: &mut Self, base: Option<&Range>, ours: &Range, theirs: &Range| {
            let one_side = base.and_then(|base| pick(base, ours, theirs));
            one_side.unwrap_or_else(|| {
                match merger.ask(question(ours).0, Some(words(ours)), Some(words(theirs))) {
                    Side::Ours => ours.clone(),
                    Side::Theirs => theirs.clone(),
                }
            })
        };
        let lists =
            [base, Some(ours), Some(theirs)].map(|side| side.iter().flat_map(|side| &side.ranges).collect());
        let ranges = self.list(lists, range_keys, both, question).into();
        Group { name: ours.name.clone(), note, ranges }
    }

    /// A built-in category that one side renamed may now have the name of a custom one that the other
    /// added: the custom one gets a number.
    fn make_names_unique(&mut self, categories: &mut [Category]) {
        let mut taken: HashSet<Name> = HashSet::new();
        for category in categories {
            let wanted = category.name.clone();
            let mut number = 2;
            while !taken.insert(category.name.clone()) {
                let head: String = wanted.chars().take(110).collect();
                // At most 110 characters and a number: shorter than 128.
                if let Ok(name) = Name::new(format!("{head} ({number})")) {
                    category.name = name;
                }
                number += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Edit, GroupAt, RangeAt};
    use super::*;

    const OFFICE: GroupAt = GroupAt { category: 0, group: 0 };

    fn base() -> Allowlist {
        let mut allowlist = Allowlist::default();
        let mut group = Group::new(Name::new("Office").unwrap());
        group.ranges =
            ["203.0.114.0/24", "203.0.115.0/24", "203.0.116.0/24"].map(range).into_iter().collect();
        allowlist.apply(Edit::InsertGroup(OFFICE, group)).unwrap();
        allowlist
    }

    fn range(cidr: &str) -> Range {
        Range::new(cidr.parse().unwrap())
    }

    fn after(edits: Vec<Edit>) -> Allowlist {
        let mut allowlist = base();
        allowlist.apply(Edit::All(edits)).unwrap();
        allowlist
    }

    fn labelled(position: usize, label: &str) -> Edit {
        let at = RangeAt { group: OFFICE, range: position };
        let range = Range { label: Text::new(label).unwrap(), ..base().range(at).unwrap().clone() };
        Edit::ReplaceRanges(vec![(at, range)])
    }

    fn merged(ours: &Allowlist, theirs: &Allowlist, side: Side) -> (Allowlist, Vec<String>) {
        let merged = merge(&base(), ours, theirs, &mut |_| side);
        (merged.allowlist, merged.conflicts.into_iter().map(|(conflict, _)| conflict.what).collect())
    }

    fn cidrs(allowlist: &Allowlist) -> Vec<String> {
        allowlist.ranges().map(|(.., range)| format!("{}{}", range.cidr, &*range.label)).collect()
    }

    #[test]
    fn edits_of_different_entries_go_together() {
        let ours = after(vec![labelled(0, "mine"), Edit::append(OFFICE, 3, vec![range("203.0.120.0/24")])]);
        let insert = Edit::InsertRanges(OFFICE, vec![(1, range("203.0.130.0/24"))]);
        let theirs = after(vec![Edit::RemoveRanges(OFFICE, vec![1]), insert, labelled(2, "theirs")]);
        let (both, conflicts) = merged(&ours, &theirs, Side::Ours);
        assert_eq!(conflicts, [""; 0]);
        assert_eq!(
            cidrs(&both),
            ["203.0.114.0/24mine", "203.0.130.0/24", "203.0.116.0/24theirs", "203.0.120.0/24"]
        );
        assert_eq!(Allowlist::from_json(both.to_json().as_bytes()).unwrap(), both);
    }

    #[test]
    fn edits_of_one_entry_are_asked_about() {
        let (ours, theirs) = (after(vec![labelled(0, "mine")]), after(vec![labelled(0, "theirs")]));
        let (mine, conflicts) = merged(&ours, &theirs, Side::Ours);
        assert_eq!(conflicts, ["203.0.114.0/24 in Corporate networks / Office"]);
        assert_eq!(mine, ours);
        assert_eq!(merged(&ours, &theirs, Side::Theirs).0, theirs);
    }

    #[test]
    fn what_one_removed_and_the_other_changed_is_asked_about() {
        let (ours, theirs) = (after(vec![Edit::RemoveGroup(OFFICE)]), after(vec![labelled(0, "theirs")]));
        let (gone, conflicts) = merged(&ours, &theirs, Side::Ours);
        assert_eq!(conflicts, ["the group Corporate networks / Office"]);
        assert_eq!(gone, ours);
        assert_eq!(merged(&ours, &theirs, Side::Theirs).0, theirs);
        assert_eq!(merged(&ours, &base(), Side::Theirs).0, ours);
    }

    #[test]
    fn settings_are_merged_one_by_one() {
        let set = |key: &str, value: &str| {
            let settings = SettingKey::find(key).unwrap().with(base().policy(), value).unwrap();
            after(vec![Edit::SetPolicy(Box::new(settings))])
        };
        let (both, conflicts) = merged(&set("exempt.mfa", "true"), &set("attach_to.group", "G"), Side::Ours);
        assert!(conflicts.is_empty() && both.policy().exempt.mfa && both.policy().attach_to.group.is_some());
        let (mine, conflicts) = merged(&set("name", "A"), &set("name", "B"), Side::Theirs);
        assert_eq!((conflicts, mine.policy().name.as_str()), (vec!["policy.name".to_owned()], "B"));
    }

    #[test]
    fn a_merge_keeps_the_names_unique() {
        let custom = Category { kind: Kind::Custom, name: Name::new("X").unwrap(), groups: Vec::new() };
        let ours = after(vec![Edit::RenameCategory(1, Name::new("X").unwrap())]);
        let theirs = after(vec![Edit::InsertCategory(4, custom)]);
        let (both, _) = merged(&ours, &theirs, Side::Ours);
        let names: Vec<_> = both.categories().iter().map(|c| c.name.to_string()).collect();
        assert_eq!((names[1].as_str(), names[4].as_str()), ("X", "X (2)"));
    }
}
