use super::*;
use crate::allowlist::{Allowlist, Edit, Group, GroupAt, History, RangeAt};
use crate::text::{Name, Text};
use proptest::prelude::*;

fn range(number: usize) -> Range {
    let mut range = Range::new("203.0.114.0/24".parse().unwrap());
    range.label = Text::new(number.to_string()).unwrap();
    range
}

fn many(count: usize) -> Vec<Range> {
    (0..count).map(range).collect()
}

/// The same list, by all ways of reading it, and in chunks of the right size.
fn agree(list: &RangeList, plain: &[Range]) {
    assert!(list.iter().eq(plain) && list.iter().rev().eq(plain.iter().rev()));
    assert_eq!((list.len(), list.is_empty()), (plain.len(), plain.is_empty()));
    assert_eq!((list.iter().len(), list.get(plain.len())), (plain.len(), None));
    assert!((0..plain.len()).all(|at| list.get(at) == Some(&plain[at]) && list[at] == plain[at]));
    assert_eq!(list, &RangeList::from(plain.to_vec()));
    assert!(list.chunks.iter().all(|chunk| (1..=2 * CHUNK).contains(&chunk.ranges.len())));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn an_edited_list_is_the_same_as_an_edited_vector(
        count in 0usize..1_200,
        steps in proptest::collection::vec(
            (0usize..4, proptest::collection::btree_set(0usize..1_400, 0..600)), 0..8),
    ) {
        let (mut plain, mut list) = (many(count), RangeList::from(many(count)));
        let mut before = Vec::new();
        for (number, (kind, places)) in steps.into_iter().enumerate() {
            before.push((list.clone(), plain.clone()));
            match kind {
                0 => {
                    let there: Vec<_> = places.into_iter().filter(|at| *at < plain.len()).collect();
                    let gone = list.remove(&there);
                    for (at, range) in gone.iter().rev() {
                        prop_assert_eq!(&plain.remove(*at), range);
                    }
                    prop_assert!(gone.iter().map(|(at, _)| at).eq(&there));
                }
                1 => {
                    let mut new = Vec::new();
                    for at in places {
                        if at <= plain.len() {
                            plain.insert(at, range(number * 10_000 + at));
                            new.push((at, range(number * 10_000 + at)));
                        }
                    }
                    list.insert(new);
                }
                2 => {
                    for at in places {
                        let there = list.get_mut(at);
                        prop_assert_eq!(there.is_some(), at < plain.len());
                        if let Some(there) = there {
                            there.enabled = !there.enabled;
                            plain[at].enabled = there.enabled;
                        }
                    }
                }
                _ => {
                    for at in places {
                        list.push(range(at));
                        plain.push(range(at));
                    }
                }
            }
            agree(&list, &plain);
        }
        // What was copied before an edit stays as it was.
        for (list, plain) in before {
            agree(&list, &plain);
        }
    }
}

#[test]
fn an_edit_copies_one_chunk_and_shares_the_others() {
    let before = RangeList::from(many(100 * CHUNK));
    let shared = |after: &RangeList| {
        let is_there = |chunk: &&Chunk| before.chunks.iter().any(|b| Arc::ptr_eq(&b.ranges, &chunk.ranges));
        after.chunks.iter().filter(is_there).count()
    };
    let edits: [fn(&mut RangeList); 5] = [
        |list| list.get_mut(700).unwrap().enabled = false,
        |list| _ = list.remove(&[700]),
        |list| list.insert(vec![(700, range(1))]),
        |list| list.insert(vec![(100 * CHUNK, range(1))]),
        |list| list.push(range(1)),
    ];
    for edit in edits {
        let mut after = before.clone();
        assert_eq!(after, before);
        edit(&mut after);
        assert!(after != before && shared(&after) >= 99, "{}", shared(&after));
    }
}

#[test]
#[should_panic(expected = "index out of bounds")]
fn what_is_not_there_is_not_read() {
    let _ = &RangeList::from(many(3))[3];
}

const AT: GroupAt = GroupAt { category: 0, group: 0 };

/// An edit of the one group, and the same of a vector; `None` where it is refused.
fn edit(kind: usize, places: &[usize], number: usize, plain: &[Range]) -> (Edit, Option<Vec<Range>>) {
    let mut after = plain.to_vec();
    let last = places.last().copied().unwrap_or_default();
    match kind {
        0 => {
            let is_there = places.iter().all(|at| *at < plain.len());
            places.iter().rev().filter(|_| is_there).for_each(|at| _ = after.remove(*at));
            (Edit::RemoveRanges(AT, places.to_vec()), is_there.then_some(after))
        }
        1 => {
            let is_there = places.is_empty() || last < plain.len() + places.len();
            places.iter().filter(|_| is_there).for_each(|at| after.insert(*at, range(number + at)));
            let new = places.iter().map(|at| (*at, range(number + at))).collect();
            (Edit::InsertRanges(AT, new), is_there.then_some(after))
        }
        2 => {
            let is_there = places.is_empty() || last < plain.len();
            places.iter().filter(|_| is_there).for_each(|at| after[*at] = range(number + at));
            let new = places.iter().map(|at| (RangeAt { group: AT, range: *at }, range(number + at)));
            (Edit::ReplaceRanges(new.collect()), is_there.then_some(after))
        }
        _ => {
            let (from, to) = (places.first().copied().unwrap_or_default(), last);
            let (from, to) = if number.is_multiple_of(2) { (from, to) } else { (to, from) };
            let is_there = from.max(to) < plain.len();
            if is_there {
                let moved = after.remove(from);
                after.insert(to, moved);
            }
            (Edit::MoveRange(AT, from, to), is_there.then_some(after))
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn an_edited_long_list_is_the_same_as_an_edited_vector_and_so_it_is_undone(
        count in 0usize..1_200,
        steps in proptest::collection::vec(
            (0usize..4, proptest::collection::btree_set(0usize..1_200, 0..40)), 0..8),
    ) {
        let (mut now, mut history) = (Allowlist::default(), History::default());
        let group = Group { ranges: many(count).into(), ..Group::new(Name::new("long").unwrap()) };
        now.apply(Edit::InsertGroup(AT, group)).unwrap();
        let mut all = vec![(now.clone(), many(count))];
        for (number, (kind, places)) in steps.into_iter().enumerate() {
            let places: Vec<usize> = places.into_iter().collect();
            let (edit, after) = edit(kind, &places, number * 10_001, &all.last().unwrap().1);
            let done = history.perform(&mut now, edit);
            prop_assert_eq!(done.is_ok(), after.is_some());
            if let Some(after) = after {
                agree(&now.group(AT).unwrap().ranges, &after);
                all.push((now.clone(), after));
            }
            prop_assert_eq!(&now, &all.last().unwrap().0);
        }
        for (before, plain) in all.iter().rev().skip(1) {
            prop_assert!(history.undo(&mut now).is_some());
            agree(&now.group(AT).unwrap().ranges, plain);
            prop_assert_eq!(&now, before);
        }
        for (after, plain) in all.iter().skip(1) {
            prop_assert!(history.redo(&mut now).is_some());
            agree(&now.group(AT).unwrap().ranges, plain);
            prop_assert_eq!(&now, after);
        }
    }
}
