//! Sets of integers as sorted, disjoint, never adjacent inclusive spans: the algebra below
//! [`AddressSet`](super::AddressSet), once for 32-bit and once for 128-bit addresses.

/// An address of one family as an unsigned integer.
pub trait Word: Copy + Ord + std::fmt::Debug {
    /// Bits in an address of this family: 32 or 128.
    const BITS: u8;
    /// The lowest address.
    const MIN: Self;
    /// The highest address.
    const MAX: Self;
    /// The next higher address, if there is one.
    fn succ(self) -> Option<Self>;
    /// The next lower address, if there is one.
    fn pred(self) -> Option<Self>;
    /// How many low bits are zero; [`Self::BITS`] for zero itself.
    fn low_zeros(self) -> u8;
    /// The highest address of the block of `2^host_bits` addresses that starts at `self`.
    fn block_end(self, host_bits: u8) -> Self;
}

macro_rules! word {
    ($t:ty) => {
        impl Word for $t {
            const BITS: u8 = <$t>::BITS as u8;
            const MIN: Self = 0;
            const MAX: Self = <$t>::MAX;
            fn succ(self) -> Option<Self> {
                self.checked_add(1)
            }
            fn pred(self) -> Option<Self> {
                self.checked_sub(1)
            }
            fn low_zeros(self) -> u8 {
                self.trailing_zeros() as u8
            }
            fn block_end(self, host_bits: u8) -> Self {
                let mask = if u32::from(host_bits) >= <$t>::BITS { <$t>::MAX } else { (1 << host_bits) - 1 };
                self | mask
            }
        }
    };
}
word!(u32);
word!(u128);

/// A set of addresses of one family: inclusive spans, ascending, disjoint and not adjacent, so that
/// equal sets have equal spans.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Spans<W> {
    spans: Vec<(W, W)>,
}

impl<W: Word> Spans<W> {
    /// No address.
    pub const fn empty() -> Self {
        Self { spans: Vec::new() }
    }

    /// Every address of the family.
    pub fn full() -> Self {
        Self { spans: vec![(W::MIN, W::MAX)] }
    }

    /// The union of inclusive spans in any order, overlapping or not.
    ///
    /// A span whose first address is above its last holds nothing.
    pub fn from_unsorted(mut spans: Vec<(W, W)>) -> Self {
        spans.retain(|(first, last)| first <= last);
        if !spans.is_sorted() {
            spans.sort_unstable();
        }
        let mut merged: Vec<(W, W)> = Vec::with_capacity(spans.len());
        for (first, last) in spans {
            match merged.last_mut() {
                Some(open) if open.1.succ().is_none_or(|next| first <= next) => open.1 = open.1.max(last),
                _ => merged.push((first, last)),
            }
        }
        Self { spans: merged }
    }

    /// The spans, ascending.
    pub fn as_slice(&self) -> &[(W, W)] {
        &self.spans
    }

    /// Whether there is no address in it.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Whether every address of the family is in it.
    pub fn is_full(&self) -> bool {
        self.spans.as_slice() == [(W::MIN, W::MAX)]
    }

    /// Whether `address` is in it.
    pub fn contains(&self, address: W) -> bool {
        let after = self.spans.partition_point(|(first, _)| *first <= address);
        after > 0 && address <= self.spans[after - 1].1
    }

    /// Addresses in either.
    pub fn union(&self, other: &Self) -> Self {
        let mut all = Vec::with_capacity(self.spans.len() + other.spans.len());
        all.extend_from_slice(&self.spans);
        all.extend_from_slice(&other.spans);
        Self::from_unsorted(all)
    }

    /// Addresses not in it.
    pub fn complement(&self) -> Self {
        let mut gaps = Vec::with_capacity(self.spans.len() + 1);
        let mut next = Some(W::MIN);
        for &(first, last) in &self.spans {
            if let (Some(from), Some(to)) = (next, first.pred())
                && from <= to
            {
                gaps.push((from, to));
            }
            next = last.succ();
        }
        if let Some(from) = next {
            gaps.push((from, W::MAX));
        }
        Self { spans: gaps }
    }

    /// Addresses in both.
    pub fn intersection(&self, other: &Self) -> Self {
        let (mut i, mut j, mut both) = (0, 0, Vec::new());
        while let (Some(&(a, b)), Some(&(c, d))) = (self.spans.get(i), other.spans.get(j)) {
            let (first, last) = (a.max(c), b.min(d));
            if first <= last {
                both.push((first, last));
            }
            if b < d {
                i += 1;
            } else {
                j += 1;
            }
        }
        Self { spans: both }
    }

    /// Addresses of `self` that are not in `other`.
    pub fn difference(&self, other: &Self) -> Self {
        self.intersection(&other.complement())
    }

    /// The fewest prefixes that hold exactly these addresses, as (network, prefix length), ascending.
    pub fn prefixes(&self) -> impl Iterator<Item = (W, u8)> + '_ {
        self.spans.iter().flat_map(|&(first, last)| span_prefixes(first, last))
    }
}

/// The fewest prefixes that hold exactly `first..=last`: from the low end, always the largest
/// aligned block that does not pass `last`.
pub fn span_prefixes<W: Word>(first: W, last: W) -> impl Iterator<Item = (W, u8)> {
    let mut next = (first <= last).then_some(first);
    std::iter::from_fn(move || {
        let at = next?;
        let mut host_bits = at.low_zeros();
        while at.block_end(host_bits) > last {
            host_bits -= 1;
        }
        let end = at.block_end(host_bits);
        next = end.succ().filter(|following| *following <= last);
        Some((at, W::BITS - host_bits))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn small() -> impl Strategy<Value = Vec<(u32, u32)>> {
        let near_an_end = prop_oneof![0u32..40, (u32::MAX - 40)..=u32::MAX];
        proptest::collection::vec((near_an_end.clone(), near_an_end), 0..8)
    }

    fn probes() -> impl Iterator<Item = u32> {
        (0..=45).chain(u32::MAX - 45..=u32::MAX)
    }

    proptest! {
        #[test]
        fn algebra_agrees_with_membership(a in small(), b in small()) {
            let holds = |v: &[(u32, u32)], x: u32| v.iter().any(|&(f, l)| f <= x && x <= l);
            let (sa, sb) = (Spans::from_unsorted(a.clone()), Spans::from_unsorted(b.clone()));
            for x in probes() {
                let (ina, inb) = (holds(&a, x), holds(&b, x));
                prop_assert_eq!(sa.contains(x), ina);
                prop_assert_eq!(sa.union(&sb).contains(x), ina || inb);
                prop_assert_eq!(sa.intersection(&sb).contains(x), ina && inb);
                prop_assert_eq!(sa.difference(&sb).contains(x), ina && !inb);
                prop_assert_eq!(sa.complement().contains(x), !ina);
            }
            prop_assert_eq!(sa.complement().complement(), sa);
        }

        #[test]
        fn prefixes_hold_exactly_the_set(a in small()) {
            let set = Spans::from_unsorted(a);
            let blocks: Vec<_> = set.prefixes().map(|(n, l)| (n, n.block_end(32 - l))).collect();
            for (network, length) in set.prefixes() {
                prop_assert!(network.low_zeros() >= 32 - length);
            }
            prop_assert_eq!(Spans::from_unsorted(blocks), set);
        }
    }

    #[test]
    fn the_whole_space_is_one_prefix_of_length_zero() {
        assert_eq!(Spans::<u128>::full().prefixes().collect::<Vec<_>>(), [(0, 0)]);
        assert!(Spans::<u128>::full().complement().is_empty());
        assert!(Spans::<u32>::empty().complement().is_full());
    }
}
