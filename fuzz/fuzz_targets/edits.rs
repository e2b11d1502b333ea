//! Any sequence of edits, undone and done again: undo is the identity, a refused edit changes nothing, and
//! whatever comes out is a file that reads back equal.
#![no_main]

use arbitrary::Arbitrary;
use keymoat::allowlist::{
    Allowlist, Category, CidrField, Edit, Group, GroupAt, History, Kind, Range, RangeAt, SettingKey, KEYS,
};
use keymoat::text::{Name, Text};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
enum Step {
    Insert { group: (u8, u8), ranges: Vec<(u8, String, String)> },
    Remove { group: (u8, u8), positions: Vec<u8> },
    Replace { places: Vec<((u8, u8), u8, String)> },
    AddGroup { at: (u8, u8), name: String },
    RemoveGroup { at: (u8, u8) },
    Describe { at: (u8, u8), name: String, note: String },
    AddCategory { at: u8, name: String },
    RemoveCategory { at: u8 },
    RenameCategory { at: u8, name: String },
    MoveGroup { from: (u8, u8), to: (u8, u8) },
    MoveRange { group: (u8, u8), from: u8, to: u8 },
    MoveCategory { from: u8, to: u8 },
    Set { key: u8, value: String },
    Undo,
    Redo,
}

fn group_at((category, group): (u8, u8)) -> GroupAt {
    GroupAt { category: usize::from(category % 7), group: usize::from(group % 4) }
}

fn range(cidr: String, label: String) -> Option<Range> {
    let label = Text::new(label).ok()?;
    Some(Range { label, ..Range::with_field(CidrField::new(Text::new(cidr).ok()?)) })
}

fn edit(step: Step, allowlist: &Allowlist) -> Option<Edit> {
    Some(match step {
        Step::Insert { group, ranges } => {
            let ranges = ranges.into_iter().filter_map(|(at, cidr, label)| Some((at.into(), range(cidr, label)?)));
            Edit::InsertRanges(group_at(group), ranges.collect())
        }
        Step::Remove { group, positions } => {
            Edit::RemoveRanges(group_at(group), positions.into_iter().map(usize::from).collect())
        }
        Step::Replace { places } => {
            let places = places.into_iter().filter_map(|(group, at, cidr)| {
                let at = RangeAt { group: group_at(group), range: at.into() };
                Some((at, range(cidr, String::new())?))
            });
            Edit::ReplaceRanges(places.collect())
        }
        Step::AddGroup { at, name } => Edit::InsertGroup(group_at(at), Group::new(Name::new(name).ok()?)),
        Step::RemoveGroup { at } => Edit::RemoveGroup(group_at(at)),
        Step::Describe { at, name, note } => {
            Edit::DescribeGroup(group_at(at), Name::new(name).ok()?, Text::new(note).ok()?)
        }
        Step::AddCategory { at, name } => {
            let category = Category { kind: Kind::Custom, name: Name::new(name).ok()?, groups: Vec::new() };
            Edit::InsertCategory(usize::from(at % 8), category)
        }
        Step::RemoveCategory { at } => Edit::RemoveCategory(usize::from(at % 8)),
        Step::RenameCategory { at, name } => Edit::RenameCategory(usize::from(at % 8), Name::new(name).ok()?),
        Step::MoveGroup { from, to } => Edit::MoveGroup(group_at(from), group_at(to)),
        Step::MoveRange { group, from, to } => Edit::MoveRange(group_at(group), from.into(), to.into()),
        Step::MoveCategory { from, to } => Edit::MoveCategory(usize::from(from % 8), usize::from(to % 8)),
        Step::Set { key, value } => {
            let key: &SettingKey = KEYS.get(usize::from(key) % KEYS.len())?;
            Edit::SetPolicy(Box::new(key.with(allowlist.policy(), &value).ok()?))
        }
        Step::Undo | Step::Redo => return None,
    })
}

fuzz_target!(|steps: Vec<Step>| {
    let mut allowlist = Allowlist::default();
    let mut history = History::default();
    for step in steps {
        let before = allowlist.clone();
        match step {
            Step::Undo => {
                if history.undo(&mut allowlist).is_some() {
                    let undone = allowlist.clone();
                    assert!(history.redo(&mut allowlist).is_some());
                    assert_eq!(allowlist, before);
                    assert!(history.undo(&mut allowlist).is_some());
                    assert_eq!(allowlist, undone);
                }
            }
            Step::Redo => {
                history.redo(&mut allowlist);
            }
            step => {
                let Some(edit) = edit(step, &allowlist) else { continue };
                match history.perform(&mut allowlist, edit) {
                    Err(_) => assert_eq!(allowlist, before),
                    Ok(()) => {
                        let after = allowlist.clone();
                        assert!(history.undo(&mut allowlist).is_some());
                        assert_eq!(allowlist, before);
                        assert!(history.redo(&mut allowlist).is_some());
                        assert_eq!(allowlist, after);
                    }
                }
            }
        }
    }
    let text = allowlist.to_json();
    assert_eq!(Allowlist::from_json(text.as_bytes()).expect("an allowlist that edits made is readable"), allowlist);
});
