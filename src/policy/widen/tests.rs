use super::*;
use proptest::prelude::*;

fn nets(raw: &[(u8, u8)], v6: bool) -> Vec<IpNet> {
    let net = |&(at, length): &(u8, u8)| {
        if v6 {
            // Two bits select the /64, six what lies in it.
            let address = (0x2001u128 << 112) | (u128::from(at >> 6) << 64) | (u128::from(at & 63) << 58);
            IpNet::new_assert(std::net::Ipv6Addr::from(address).into(), 62 + length % 9).trunc()
        } else {
            let address = 0x0a00_0000u32 | u32::from(at);
            IpNet::new_assert(std::net::Ipv4Addr::from(address).into(), 26 + length % 7).trunc()
        }
    };
    raw.iter().map(net).collect::<AddressSet>().prefixes().collect()
}

fn chars(list: &[IpNet]) -> usize {
    list.iter().map(|net| listed_chars(*net)).sum()
}

/// The contract's count of what is in one set and not in another.
fn count(extra: &AddressSet) -> u64 {
    let whole = |(first, last): &(u128, u128)| ((first >> 64) as u64, (last >> 64) as u64);
    let mut blocks: Vec<(u64, u64)> = extra.v6.as_slice().iter().map(whole).collect();
    blocks.dedup_by(|next, open| {
        let touches = next.0 <= open.1;
        open.1 = if touches { open.1.max(next.1) } else { open.1 };
        touches
    });
    extra.ipv4_count() + blocks.iter().map(|(first, last)| last - first + 1).sum::<u64>()
}

/// The fewest others for each way to write one prefix, of any length, around runs of the list.
fn exhaustive(list: &[IpNet], budget: usize) -> Option<u64> {
    let set: AddressSet = list.iter().copied().collect();
    let mut best = None;
    let mut runs = vec![(0usize, Vec::<IpNet>::new(), 0usize)];
    while let Some((at, chosen, chars)) = runs.pop() {
        if at == list.len() {
            let all: AddressSet = chosen.into_iter().collect();
            let extra = count(&all.difference(&set));
            best = Some(best.map_or(extra, |best: u64| best.min(extra)));
            continue;
        }
        for length in 1..=list[at].prefix_len() {
            let around = IpNet::new_assert(list[at].addr(), length).trunc();
            let next = at + list[at..].iter().take_while(|net| around.contains(*net)).count();
            let total = chars + listed_chars(around);
            if total <= budget && (chosen.is_empty() || bounds(around).0 > bounds(chosen[chosen.len() - 1]).1)
            {
                let mut chosen = chosen.clone();
                chosen.push(around);
                runs.push((next, chosen, total));
            }
        }
    }
    best
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn nothing_lets_in_fewer(raw in proptest::collection::vec(any::<(u8, u8)>(), 1..5), v6: bool, percent in 20usize..110) {
        let list = nets(&raw, v6);
        prop_assume!(list.len() <= 4);
        let tree = Tree::new(&list, &AddressSet::everything());
        let budget = chars(&list) * percent / 100;
        let found = tree.fit(budget);
        prop_assert_eq!(found.as_ref().map(|widened| widened.extra), exhaustive(&list, budget));
        if let Some(widened) = found {
            let (set, all) = (list.into_iter().collect::<AddressSet>(), widened.prefixes.iter().copied().collect::<AddressSet>());
            prop_assert!(set.difference(&all).is_empty());
            prop_assert_eq!(count(&all.difference(&set)), widened.extra);
            prop_assert!(chars(&widened.prefixes) <= budget);
        }
    }

    #[test]
    fn a_price_never_loses_an_address(raw in proptest::collection::vec(any::<(u8, u8)>(), 1..30), v6: bool, price in 0.001f64..1e6) {
        let list = nets(&raw, v6);
        let all: AddressSet = Tree::new(&list, &AddressSet::everything()).priced(price).into_iter().collect();
        prop_assert!(list.into_iter().collect::<AddressSet>().difference(&all).is_empty());
    }
}

#[test]
fn with_room_for_all_nothing_is_widened() {
    let list = nets(&[(1, 6), (9, 6), (77, 6)], false);
    let tree = Tree::new(&list, &AddressSet::everything());
    assert_eq!(tree.fit(chars(&list)), Some(Widened { prefixes: list, extra: 0 }));
}
