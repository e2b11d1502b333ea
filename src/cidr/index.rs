//! Which of many prefixes hold an address, and which lie in one another.
//!
//! Two prefixes are either nested or disjoint, so in the order (first address, shorter prefix first,
//! position) the narrowest prefix around each is the innermost one still open: one sort and one pass.

use super::set::bounds;
use ipnet::IpNet;
use std::net::IpAddr;

const NONE: u32 = u32::MAX;

#[derive(Debug, Clone)]
struct Entry {
    family: u8,
    first: u128,
    last: u128,
    item: u32,
    /// Position in `entries` of the narrowest entry that holds this one.
    around: u32,
}

/// An index over a slice of prefixes; answers are positions in that slice. At most 2^32 - 2 of them.
#[derive(Debug, Clone, Default)]
pub struct Index {
    entries: Vec<Entry>,
}

impl Index {
    /// Indexes prefixes; host bits are ignored. O(n log n).
    pub fn new(nets: impl IntoIterator<Item = IpNet>) -> Self {
        let mut entries: Vec<Entry> = nets
            .into_iter()
            .zip(0u32..)
            .map(|(net, item)| {
                let (first, last) = bounds(net);
                let family = if matches!(net, IpNet::V4(_)) { 4 } else { 6 };
                Entry { family, first, last, item, around: NONE }
            })
            .collect();
        entries.sort_unstable_by_key(|e| (e.family, e.first, std::cmp::Reverse(e.last), e.item));
        let mut open: Vec<u32> = Vec::new();
        for at in 0..entries.len() {
            let (family, first) = (entries[at].family, entries[at].first);
            while let Some(&top) = open.last() {
                let outer = &entries[top as usize];
                if outer.family == family && outer.last >= first {
                    break;
                }
                open.pop();
            }
            entries[at].around = open.last().copied().unwrap_or(NONE);
            // Fewer than 2^32 entries, as the struct's words say.
            open.push(at as u32);
        }
        Self { entries }
    }

    /// Positions of the prefixes in order of address, IPv4 first, wider before narrower, each with the
    /// position of the narrowest prefix around it: an equal one that stands earlier counts.
    pub fn nested(&self) -> impl Iterator<Item = (usize, Option<usize>)> + '_ {
        self.entries.iter().map(|e| {
            let around = self.entries.get(e.around as usize).map(|outer| outer.item as usize);
            (e.item as usize, around)
        })
    }

    /// Positions of all prefixes that hold `address`, the narrowest first.
    pub fn holding(&self, address: IpAddr) -> impl Iterator<Item = usize> + '_ {
        let (family, word) = match address {
            IpAddr::V4(a) => (4, u128::from(a.to_bits())),
            IpAddr::V6(a) => (6, a.to_bits()),
        };
        let after = self.entries.partition_point(|e| (e.family, e.first) <= (family, word));
        let mut at = after.checked_sub(1).map_or(NONE, |at| at as u32);
        std::iter::from_fn(move || {
            loop {
                let entry = self.entries.get(at as usize)?;
                at = entry.around;
                if entry.family == family && entry.first <= word && word <= entry.last {
                    return Some(entry.item as usize);
                }
            }
        })
    }

    /// Positions of all prefixes that lie in `net`, equal ones among them, in the order of [`Self::nested`].
    pub fn within(&self, net: IpNet) -> impl ExactSizeIterator<Item = usize> + '_ {
        let (first, last) = bounds(net);
        let family = if matches!(net, IpNet::V4(_)) { 4 } else { 6 };
        let wanted = (family, first, std::cmp::Reverse(last));
        let from = self.entries.partition_point(|e| (e.family, e.first, std::cmp::Reverse(e.last)) < wanted);
        let behind = self.entries.partition_point(|e| (e.family, e.first) <= (family, last));
        self.entries[from..behind.max(from)].iter().map(|e| e.item as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn nets(texts: &[&str]) -> Vec<IpNet> {
        texts.iter().map(|t| t.parse().unwrap()).collect()
    }

    #[test]
    fn finds_every_prefix_around_an_address_narrowest_first() {
        let index = Index::new(nets(&[
            "10.0.0.0/8",
            "10.1.0.0/16",
            "10.1.2.0/24",
            "11.0.0.0/8",
            "::/0",
            "10.1.0.0/16",
        ]));
        assert_eq!(index.holding("10.1.2.3".parse().unwrap()).collect::<Vec<_>>(), [2, 5, 1, 0]);
        assert_eq!(index.holding("10.1.3.3".parse().unwrap()).collect::<Vec<_>>(), [5, 1, 0]);
        assert_eq!(index.holding("12.0.0.0".parse().unwrap()).count(), 0);
        assert_eq!(index.holding("::1".parse().unwrap()).collect::<Vec<_>>(), [4]);
    }

    #[test]
    fn says_what_lies_in_what() {
        let index = Index::new(nets(&["10.1.2.0/24", "10.0.0.0/8", "10.1.2.0/24", "10.2.0.0/16"]));
        let nested: Vec<_> = index.nested().collect();
        assert_eq!(nested, [(1, None), (0, Some(1)), (2, Some(0)), (3, Some(1))]);
    }

    proptest! {
        #[test]
        fn agrees_with_looking_at_each(
            raw in proptest::collection::vec((0u32..64, 26u8..=32), 0..40),
            address in 0u32..64,
        ) {
            let nets: Vec<IpNet> = raw
                .iter()
                .map(|&(a, l)| IpNet::V4(ipnet::Ipv4Net::new_assert(a.into(), l)).trunc())
                .collect();
            let address = IpAddr::V4(address.into());
            let mut found: Vec<_> = Index::new(nets.clone()).holding(address).collect();
            prop_assert!(found.windows(2).all(|w| nets[w[0]].prefix_len() >= nets[w[1]].prefix_len()));
            found.sort_unstable();
            let each: Vec<_> = (0..nets.len()).filter(|&i| nets[i].contains(&address)).collect();
            prop_assert_eq!(found, each);
            for net in nets.iter().copied().chain(["0.0.0.0/27".parse().unwrap(), "::/0".parse().unwrap()]) {
                let mut found: Vec<_> = Index::new(nets.clone()).within(net).collect();
                found.sort_unstable();
                let each: Vec<_> = (0..nets.len()).filter(|&i| net.contains(&nets[i])).collect();
                prop_assert_eq!(found, each);
            }
        }
    }
}
