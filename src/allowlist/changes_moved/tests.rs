use super::super::{Allowlist, Edit, GroupAt, Kind, RangeAt, changes, changes_in_place};
use super::Change;

/// `Corporate networks` with HQ of twelve ranges and Lab of two, `DC` with A of one.
fn company() -> Allowlist {
    let range = |n: usize| format!(r#"{{"cidr": "11.0.0.{n}"}}"#);
    let hq: Vec<_> = (1..=12).map(range).collect();
    let text = format!(
        r#"{{"version": 1, "categories": [{{"kind": "corporate-network", "name": "Corporate networks", "groups": [
            {{"name": "HQ", "ranges": [{}]}}, {{"name": "Lab", "ranges": [{{"cidr": "12.0.0.1"}}, {{"cidr": "12.0.0.2"}}]}}]}},
            {{"kind": "data-center", "name": "DC", "groups": [{{"name": "A", "ranges": [{{"cidr": "13.0.0.1"}}]}}]}}]}}"#,
        hq.join(", ")
    );
    Allowlist::from_json(text.as_bytes()).unwrap()
}

fn at(category: usize, group: usize) -> GroupAt {
    GroupAt { category, group }
}

fn words(old: &Allowlist, edits: Vec<Edit>) -> Vec<String> {
    let mut new = old.clone();
    new.apply(Edit::All(edits)).unwrap();
    changes(old, &new).iter().map(ToString::to_string).collect()
}

fn owned(list: &Allowlist, at: RangeAt) -> Edit {
    let mut range = list.range(at).unwrap().clone();
    range.owner = crate::text::Text::new("netops").unwrap();
    Edit::ReplaceRanges(vec![(at, range)])
}

#[test]
fn a_group_in_another_category_is_one_change_and_what_changed_in_it_is_said() {
    let old = company();
    let moved = Edit::MoveGroup(at(0, 0), at(1, 1));
    assert_eq!(words(&old, vec![moved.clone()]), ["moved the group HQ from Corporate networks to DC"]);
    let inside = vec![
        owned(&old, RangeAt { group: at(0, 0), range: 3 }),
        Edit::RemoveRanges(at(0, 0), vec![11]),
        moved,
    ];
    let expected = [
        "removed 11.0.0.12 in DC / HQ",
        "moved the group HQ from Corporate networks to DC",
        "changed owner of 11.0.0.4 in DC / HQ from nothing to netops",
    ];
    assert_eq!(words(&old, inside), expected);
}

#[test]
fn ranges_in_another_group_are_counted_by_where_they_come_from() {
    let old = company();
    let mut new = old.clone();
    let take = |list: &Allowlist, group, places: &[usize]| -> Vec<_> {
        places.iter().map(|range| list.range(RangeAt { group, range: *range }).unwrap().clone()).collect()
    };
    let three = take(&old, at(0, 0), &[0, 4, 5]);
    let one = take(&old, at(0, 1), &[0]);
    let edits = vec![
        Edit::RemoveRanges(at(0, 0), vec![0, 4, 5]),
        Edit::RemoveRanges(at(0, 1), vec![0]),
        Edit::InsertRanges(at(1, 0), three.into_iter().enumerate().collect()),
        Edit::InsertRanges(at(1, 0), vec![(4, one[0].clone())]),
    ];
    new.apply(Edit::All(edits)).unwrap();
    let said: Vec<_> = changes(&old, &new).iter().map(ToString::to_string).collect();
    let expected = [
        "moved 3 ranges from Corporate networks / HQ to DC / A",
        "moved 12.0.0.1 from Corporate networks / Lab to DC / A",
    ];
    assert_eq!(said, expected);
    assert_eq!(changes_in_place(&old, &new).len(), 8, "in place each is removed and added");
    // And back again.
    let back: Vec<_> = changes(&new, &old).iter().map(ToString::to_string).collect();
    assert_eq!(back[0], "moved 3 ranges from DC / A to Corporate networks / HQ");
    assert_eq!(back.len(), 2, "{back:?}");
}

#[test]
fn a_group_of_another_name_is_the_same_and_another_of_its_name_is_not() {
    let old = company();
    let mut new = old.clone();
    let name = |name: &str| crate::text::Name::new(name).unwrap();
    let mut other = super::Group::new(name("HQ"));
    other.ranges.push(super::Range::new("14.0.0.1".parse().unwrap()));
    new.apply(Edit::RemoveGroup(at(0, 0))).unwrap();
    new.apply(Edit::InsertGroup(at(1, 0), other)).unwrap();
    let said = changes(&old, &new);
    assert!(said.contains(&Change::Removed { what: "the group Corporate networks / HQ".to_owned() }));
    assert!(said.contains(&Change::Added { what: "the group DC / HQ".to_owned() }));
    let text = old.to_json().replace("\"HQ\"", "\"Head office\"");
    let renamed = Allowlist::from_json(text.as_bytes()).unwrap();
    let said: Vec<_> = changes(&old, &renamed).iter().map(ToString::to_string).collect();
    assert_eq!(said, ["renamed the group HQ to Head office in Corporate networks"]);
}

#[test]
fn groups_follow_a_category_that_is_new_and_leave_one_that_goes() {
    let old = company();
    let mut new = old.clone();
    let category = |name: &str| super::Category {
        kind: Kind::Custom,
        name: crate::text::Name::new(name).unwrap(),
        groups: Vec::new(),
    };
    let edits = vec![Edit::InsertCategory(4, category("X")), Edit::MoveGroup(at(0, 0), at(4, 0))];
    new.apply(Edit::All(edits)).unwrap();
    let said: Vec<_> = changes(&old, &new).iter().map(ToString::to_string).collect();
    assert_eq!(said, ["added the category X", "moved the group HQ from Corporate networks to X"]);
    let said: Vec<_> = changes(&new, &old).iter().map(ToString::to_string).collect();
    assert_eq!(said, ["removed the category X", "moved the group HQ from X to Corporate networks"]);
}
