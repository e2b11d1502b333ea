use super::*;
use proptest::prelude::*;

const ROOM: Room = Room { limit: 160, form_a: 40, form_b: 80 };

fn set(nets: &[(u32, u8)]) -> AddressSet {
    nets.iter().map(|&(a, l)| IpNet::V4(ipnet::Ipv4Net::new_assert(a.into(), l)).trunc()).collect()
}

fn chars(lists: &Lists, room: Room, number: usize) -> usize {
    let list = |list: &[String]| list.iter().map(|text| text.len() + 3).sum::<usize>().saturating_sub(1);
    let base = if lists.within.is_some() { room.form_b } else { room.form_a };
    let within = lists.within.as_deref().map_or(0, list);
    base + number.to_string().len() + within + list(&lists.listed)
}

/// The best of all ways to cut, where every way is tried: documents, then characters.
fn exhaustive(set: &AddressSet, room: Room) -> Option<(usize, usize)> {
    let prefixes: Vec<IpNet> = set.prefixes().collect();
    let inner: Vec<Cut> = prefixes.windows(2).map(|pair| Cut::between(pair[0], pair[1])).collect();
    let mut best = None;
    for mask in 0..1u32 << inner.len() {
        let chosen = inner.iter().enumerate().filter(|(i, _)| mask >> i & 1 == 1).map(|(_, cut)| *cut);
        let all: Vec<Cut> = std::iter::once(Cut::START).chain(chosen).chain([Cut::End]).collect();
        let mut total = (all.len() - 1, 0);
        for (number, pair) in all.windows(2).enumerate() {
            let region = region(pair[0], pair[1]);
            let within = region.intersection(set);
            let a = Lists {
                within: None,
                listed: spelt(&within).into_iter().chain(spelt(&region.complement())).collect(),
            };
            let b = Lists { within: Some(spelt(&region)), listed: spelt(&within) };
            let chars = chars(&a, room, number + 1).min(chars(&b, room, number + 1));
            total.1 += if chars > room.limit { usize::MAX / 100 } else { chars };
        }
        if total.1 < usize::MAX / 100 && best.is_none_or(|best| total < best) {
            best = Some(total);
        }
    }
    best
}

fn nets(most: usize) -> impl Strategy<Value = Vec<(u32, u8)>> {
    proptest::collection::vec((any::<u32>(), prop_oneof![8u8..=32, Just(32u8), Just(24u8)]), 1..most)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_cuts_are_the_best_of_all(nets in nets(11), limit in 130usize..260) {
        let (set, room) = (set(&nets), Room { limit, ..ROOM });
        let prefixes: Vec<IpNet> = set.prefixes().collect();
        prop_assume!(prefixes.len() <= 12);
        let found = cuts(&prefixes, room).map(|cuts| {
            // The sum before neighbours that touch are written as one, as the search counts.
            let chars = (1..).zip(&cuts).map(|(number, &(from, to)): (usize, _)| {
                let share = region(from, to).intersection(&set);
                let list = share.prefixes().map(listed_chars).sum::<usize>() - 1;
                form(&Edge::new(from), &Edge::new(to), room).0 + number.to_string().len() + list
            });
            (cuts.len(), chars.sum::<usize>())
        });
        prop_assert_eq!(found, exhaustive(&set, room));
    }

    #[test]
    fn the_parts_deny_exactly_what_is_not_listed(nets in nets(60), limit in 150usize..700) {
        let (set, room) = (set(&nets), Room { limit, ..ROOM });
        let prefixes: Vec<IpNet> = set.prefixes().collect();
        let Some(cuts) = cuts(&prefixes, room) else { return Ok(()) };
        let parts = parts(&set, &cuts, room);
        let mut denied = AddressSet::empty();
        for (number, part) in (1..).zip(&parts) {
            prop_assert!(chars(&part.lists, room, number) <= limit);
            let read = |list: &[String]| list.iter().map(|text| text.parse::<crate::cidr::Cidr>().unwrap().net()).collect::<AddressSet>();
            let within = part.lists.within.as_deref().map_or_else(AddressSet::everything, read);
            let alone = within.difference(&read(&part.lists.listed));
            prop_assert!(denied.intersection(&alone).is_empty(), "every document is needed");
            denied = denied.union(&alone);
        }
        prop_assert_eq!(denied, set.complement());
    }
}

/// A list as companies have them: clustered hosts and networks.
fn realistic(count: u32) -> Vec<(u32, u8)> {
    (0..count)
        .map(|i| (i.wrapping_mul(2_654_435_761) & 0xffff_ff00 | (i % 7), if i % 3 == 0 { 24 } else { 32 }))
        .collect()
}

#[test]
fn a_small_edit_leaves_nearly_all_cuts_where_they_are() {
    let room = Room { limit: 2_500, form_a: 190, form_b: 240 };
    let nets = realistic(800);
    let cut = |nets: &[(u32, u8)]| cuts(&set(nets).prefixes().collect::<Vec<_>>(), room).unwrap();
    let whole = cut(&nets);
    let mut moved = 0;
    for gone in (0..nets.len()).step_by(80) {
        let mut less = nets.clone();
        less.remove(gone);
        moved += cut(&less).iter().filter(|region| !whole.contains(region)).count();
    }
    assert!(whole.len() >= 6, "{}", whole.len());
    assert!(moved <= 4, "{moved} regions moved in 10 edits of {} documents", whole.len());
}

#[test]
fn a_room_that_is_too_small_is_no_room() {
    let prefixes: Vec<IpNet> = set(&[(1 << 24, 8)]).prefixes().collect();
    assert!(cuts(&prefixes, Room { limit: 51, ..ROOM }).is_none());
    assert!(cuts(&prefixes, Room { limit: 52, ..ROOM }).is_some());
}
