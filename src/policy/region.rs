//! Regions of the address line, and how many characters their prefixes take.
//!
//! The line is all of IPv4 followed by all of IPv6. A region is what lies between two cuts.

use crate::cidr::{AddressSet, IpNet, Spans, bounds};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The shortest spelling that AWS takes: a host without its length.
pub(super) fn short(net: IpNet) -> String {
    if net.prefix_len() == net.max_prefix_len() { net.addr().to_string() } else { net.to_string() }
}

/// The characters of a prefix in a JSON list: with its quotation marks and a comma.
pub(super) fn listed_chars(net: IpNet) -> usize {
    let address = match net {
        IpNet::V4(net) => net.addr().octets().into_iter().map(digits).sum::<usize>() + 3,
        IpNet::V6(net) => v6_chars(net.addr()),
    };
    let length = if net.prefix_len() == net.max_prefix_len() { 0 } else { 1 + digits(net.prefix_len()) };
    address + length + 3
}

fn digits(number: u8) -> usize {
    match number {
        0..=9 => 1,
        10..=99 => 2,
        100.. => 3,
    }
}

/// The characters of an address in RFC 5952 form, without writing it: the split asks for many.
fn v6_chars(address: Ipv6Addr) -> usize {
    let groups = address.segments();
    if groups[..5] == [0; 5] {
        // Where an IPv4 address may be spelt within.
        return address.to_string().len();
    }
    let (mut longest, mut run, mut chars) = (0, 0, 7);
    for group in groups {
        run = if group == 0 { run + 1 } else { 0 };
        longest = longest.max(run);
        chars += if group == 0 { 1 } else { group.ilog2() as usize / 4 + 1 };
    }
    // A run of n zeros is n digits and the n - 1 colons within; `::` stands for it and the colons around.
    let at_end = longest > 1 && (run == longest && first_longest(&groups, longest) + longest == 8);
    let at_start = longest > 1 && first_longest(&groups, longest) == 0;
    match longest {
        0 | 1 => chars,
        _ => chars + usize::from(at_start) + usize::from(at_end) - 2 * longest + 1,
    }
}

/// Where the first run of so many zeros starts.
fn first_longest(groups: &[u16; 8], longest: usize) -> usize {
    groups.windows(longest).position(|window| window.iter().all(|group| *group == 0)).unwrap_or(0)
}

/// A place between two addresses of the line, by the address behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cut {
    /// In front of this IPv4 address.
    V4(u32),
    /// In front of this IPv6 address.
    V6(u128),
    /// Behind the last address.
    End,
}

impl Cut {
    /// In front of the first address.
    pub const START: Self = Self::V4(0);

    /// In front of a prefix.
    pub fn place(net: IpNet) -> Self {
        match net {
            IpNet::V4(net) => Self::V4(net.network().to_bits()),
            IpNet::V6(net) => Self::V6(net.network().to_bits()),
        }
    }

    /// The roundest place between two prefixes that follow each other on the line: the one whose address
    /// has the most zeros behind. Any other place there takes at least as many prefixes to describe,
    /// seen from either side, so this one depends on the two prefixes alone and never on the rest.
    pub fn between(before: IpNet, after: IpNet) -> Self {
        match (before, after) {
            (IpNet::V4(_), IpNet::V6(_)) => Self::V6(0),
            // `round` stays within the family, because it is at most `first`.
            (IpNet::V4(_), IpNet::V4(after)) => {
                Self::V4(round(bounds(before).1, after.network().to_bits().into()) as u32)
            }
            (IpNet::V6(_), _) => Self::V6(round(bounds(before).1, bounds(after).0)),
        }
    }
}

/// The roundest number above `last` and not above `first`, where `last < first`.
fn round(last: u128, first: u128) -> u128 {
    let bit = (last ^ first).checked_ilog2().unwrap_or(0);
    first >> bit << bit
}

/// What lies between two cuts.
pub(super) fn region(from: Cut, to: Cut) -> AddressSet {
    let v4 = match (from, to) {
        (Cut::V4(first), Cut::V4(end)) => end.checked_sub(1).map(|last| (first, last)),
        (Cut::V4(first), _) => Some((first, u32::MAX)),
        _ => None,
    };
    let first = if let Cut::V6(first) = from { first } else { 0 };
    let v6 = match (from, to) {
        (Cut::End, _) | (_, Cut::V4(_)) => None,
        (_, Cut::V6(end)) => end.checked_sub(1).map(|last| (first, last)),
        (_, Cut::End) => Some((first, u128::MAX)),
    };
    AddressSet {
        v4: Spans::from_unsorted(v4.into_iter().collect()),
        v6: Spans::from_unsorted(v6.into_iter().collect()),
    }
}

/// A cut with the characters that prefixes up to it and from it take, so that the characters of any
/// region follow from its two cuts without listing its prefixes.
#[derive(Debug)]
pub(super) struct Edge {
    pub cut: Cut,
    /// Index b: the characters of the prefixes by which one climbs from the cut's address to the next
    /// multiple of 2^b.
    up: Vec<u32>,
    /// Index b: the characters of the prefixes from the last multiple of 2^b to the cut's address.
    down: Vec<u32>,
}

const V4: u32 = u32::BITS;
const V6: u32 = u128::BITS;

fn chars(width: u32, address: u128, bits: u32) -> u32 {
    let ip: IpAddr = if width == V4 {
        // Of 32 bits, as the width says.
        Ipv4Addr::from_bits(address as u32).into()
    } else {
        Ipv6Addr::from_bits(address).into()
    };
    // At most 128.
    listed_chars(IpNet::new_assert(ip, (width - bits) as u8)) as u32
}

impl Edge {
    pub fn new(cut: Cut) -> Self {
        let (width, address) = match cut {
            Cut::V4(address) => (V4, u128::from(address)),
            Cut::V6(address) => (V6, address),
            Cut::End => (V6, 0),
        };
        if address == 0 {
            return Self { cut, up: Vec::new(), down: Vec::new() };
        }
        let (mut up, mut down) = (vec![0; width as usize + 1], vec![0; width as usize + 1]);
        let low = address.trailing_zeros();
        for bit in 0..width {
            let set = address >> bit & 1 == 1;
            let climbs = if bit == low {
                Some(address)
            } else {
                (bit > low && !set).then(|| (address >> bit | 1) << bit)
            };
            let below = if set { chars(width, (address >> bit ^ 1) << bit, bit) } else { 0 };
            let at = bit as usize;
            up[at + 1] = up[at] + climbs.map_or(0, |address| chars(width, address, bit));
            down[at + 1] = down[at] + below;
        }
        Self { cut, up, down }
    }

    /// The characters of everything in front of it.
    pub fn before(&self) -> u32 {
        match self.cut {
            Cut::V4(_) => self.down.last().copied().unwrap_or(0),
            Cut::V6(_) => chars(V4, 0, V4) + self.down.last().copied().unwrap_or(0),
            Cut::End => chars(V4, 0, V4) + chars(V6, 0, V6),
        }
    }

    /// The characters of everything behind it.
    pub fn behind(&self) -> u32 {
        let up = self.up.last().copied();
        match self.cut {
            Cut::V4(_) => up.unwrap_or_else(|| chars(V4, 0, V4)) + chars(V6, 0, V6),
            Cut::V6(_) => up.unwrap_or_else(|| chars(V6, 0, V6)),
            Cut::End => 0,
        }
    }

    /// The characters of what lies between it and a later one.
    pub fn region(&self, to: &Self) -> u32 {
        let v4 = match (self.cut, to.cut) {
            (Cut::V4(first), Cut::V4(end)) => self.span(to, V4, first.into(), u128::from(end - 1)),
            (Cut::V4(first), _) => self.span(to, V4, first.into(), u32::MAX.into()),
            _ => 0,
        };
        let first = if let Cut::V6(first) = self.cut { first } else { 0 };
        let v6 = match to.cut {
            Cut::V6(end) if end > 0 => self.span(to, V6, first, end - 1),
            Cut::End => self.span(to, V6, first, u128::MAX),
            _ => 0,
        };
        v4 + v6
    }

    /// The characters of `first..=last` in one family. Where `first` is not this cut's own address it is
    /// the family's first, and `last` is then the one in front of `to` or the family's last.
    fn span(&self, to: &Self, width: u32, first: u128, last: u128) -> u32 {
        let Some(bit) = (first ^ last).checked_ilog2() else { return chars(width, first, 0) };
        let half = 1u128 << bit;
        let (at_start, at_end) = (first & (half - 1) == 0, last & (half - 1) == half - 1);
        if at_start && at_end {
            return chars(width, first, bit + 1);
        }
        let middle = last >> bit << bit;
        let left = if at_start { chars(width, first, bit) } else { self.up[bit as usize] };
        let right = if at_end { chars(width, middle, bit) } else { to.down[bit as usize] };
        left + right
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut() -> impl Strategy<Value = Cut> {
        let shift = |n: u128, bits: u32| n >> bits << bits;
        prop_oneof![
            (any::<u32>(), 0u32..32).prop_map(move |(n, bits)| Cut::V4(shift(n.into(), bits) as u32)),
            (any::<u128>(), 0u32..128).prop_map(move |(n, bits)| Cut::V6(shift(n, bits))),
            Just(Cut::START),
            Just(Cut::V6(0)),
            Just(Cut::End),
        ]
    }

    fn counted(set: &AddressSet) -> u32 {
        set.prefixes().map(|net| listed_chars(net) as u32).sum()
    }

    proptest! {
        #[test]
        fn characters_follow_from_the_two_cuts(a in cut(), b in cut()) {
            let (from, to) = (a.min(b), a.max(b));
            let (x, y) = (Edge::new(from), Edge::new(to));
            prop_assert_eq!(x.before(), counted(&region(Cut::START, from)));
            prop_assert_eq!(y.behind(), counted(&region(to, Cut::End)));
            if from < to {
                prop_assert_eq!(x.region(&y), counted(&region(from, to)));
            }
        }

        #[test]
        fn characters_are_those_of_the_text(groups in proptest::array::uniform8(prop_oneof![Just(0u16), any::<u16>(), 0u16..300]), length in 0u8..=128) {
            let v6 = IpNet::new_assert(Ipv6Addr::from(groups).into(), length);
            prop_assert_eq!(listed_chars(v6), short(v6).len() + 3, "{}", v6);
            let v4 = Ipv4Addr::from_bits(u32::from(groups[0]) << 16 | u32::from(groups[1]));
            let v4 = IpNet::new_assert(v4.into(), length % 33);
            prop_assert_eq!(listed_chars(v4), short(v4).len() + 3, "{}", v4);
        }

        #[test]
        fn regions_tile_the_line(a in cut(), b in cut()) {
            let (from, to) = (a.min(b), a.max(b));
            let parts = [region(Cut::START, from), region(from, to), region(to, Cut::End)];
            prop_assert_eq!(parts.iter().fold(AddressSet::empty(), |all, part| all.union(part)), AddressSet::everything());
            prop_assert!(parts[0].intersection(&parts[1]).is_empty() && parts[1].intersection(&parts[2]).is_empty());
        }
    }

    #[test]
    fn the_roundest_place_is_between() {
        let net = |text: &str| text.parse::<IpNet>().unwrap();
        let between = |a, b| Cut::between(net(a), net(b));
        let v4 = |text: &str| Cut::V4(text.parse::<Ipv4Addr>().unwrap().to_bits());
        assert_eq!(between("9.255.0.0/16", "20.1.2.3/32"), v4("16.0.0.0"));
        assert_eq!(between("10.0.0.0/25", "10.0.0.128/26"), v4("10.0.0.128"));
        assert_eq!(between("0.0.0.0/32", "255.0.0.0/32"), v4("128.0.0.0"));
        assert_eq!(between("200.0.0.0/8", "2001::/16"), Cut::V6(0));
    }
}
