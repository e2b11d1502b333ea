//! Exact sets of IPv4 and IPv6 addresses.

use super::spans::Spans;
use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A set of addresses. IPv4 and IPv6 are separate spaces: an IPv4-mapped IPv6 address is an IPv6
/// address here, as it is for AWS.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct AddressSet {
    /// The IPv4 part.
    pub v4: Spans<u32>,
    /// The IPv6 part.
    pub v6: Spans<u128>,
}

impl AddressSet {
    /// No address.
    pub const fn empty() -> Self {
        Self { v4: Spans::empty(), v6: Spans::empty() }
    }

    /// Every IPv4 and every IPv6 address.
    pub fn everything() -> Self {
        Self { v4: Spans::full(), v6: Spans::full() }
    }

    /// The addresses of these prefixes, in any order. Host bits are ignored.
    pub fn from_prefixes(prefixes: impl IntoIterator<Item = IpNet>) -> Self {
        let (mut v4, mut v6) = (Vec::new(), Vec::new());
        for prefix in prefixes {
            match prefix {
                IpNet::V4(net) => v4.push((net.network().to_bits(), net.broadcast().to_bits())),
                IpNet::V6(net) => v6.push((net.network().to_bits(), net.broadcast().to_bits())),
            }
        }
        Self { v4: Spans::from_unsorted(v4), v6: Spans::from_unsorted(v6) }
    }

    /// Whether there is no address in it.
    pub fn is_empty(&self) -> bool {
        self.v4.is_empty() && self.v6.is_empty()
    }

    /// Whether `address` is in it.
    pub fn contains(&self, address: IpAddr) -> bool {
        match address {
            IpAddr::V4(a) => self.v4.contains(a.to_bits()),
            IpAddr::V6(a) => self.v6.contains(a.to_bits()),
        }
    }

    /// Addresses in either.
    pub fn union(&self, other: &Self) -> Self {
        Self { v4: self.v4.union(&other.v4), v6: self.v6.union(&other.v6) }
    }

    /// Addresses in both.
    pub fn intersection(&self, other: &Self) -> Self {
        Self { v4: self.v4.intersection(&other.v4), v6: self.v6.intersection(&other.v6) }
    }

    /// Addresses of `self` that are not in `other`.
    pub fn difference(&self, other: &Self) -> Self {
        Self { v4: self.v4.difference(&other.v4), v6: self.v6.difference(&other.v6) }
    }

    /// Addresses not in it.
    pub fn complement(&self) -> Self {
        Self { v4: self.v4.complement(), v6: self.v6.complement() }
    }

    /// The fewest prefixes for exactly these addresses: IPv4 before IPv6, each ascending.
    pub fn prefixes(&self) -> impl Iterator<Item = IpNet> + '_ {
        let v4 = self
            .v4
            .prefixes()
            .map(|(network, length)| IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::from_bits(network), length)));
        let v6 = self
            .v6
            .prefixes()
            .map(|(network, length)| IpNet::V6(Ipv6Net::new_assert(Ipv6Addr::from_bits(network), length)));
        v4.chain(v6)
    }

    /// How many IPv4 addresses, 0 to 2^32.
    pub fn ipv4_count(&self) -> u64 {
        self.v4.as_slice().iter().map(|(first, last)| u64::from(last - first) + 1).sum()
    }

    /// How many IPv6 addresses, as a decimal number: 0 to 2^128, which is one more than a `u128` holds.
    pub fn ipv6_count(&self) -> String {
        if self.v6.is_full() {
            return "340282366920938463463374607431768211456".to_owned();
        }
        // Below 2^128, because at least one address is missing.
        self.v6.as_slice().iter().map(|(first, last)| last - first + 1).sum::<u128>().to_string()
    }

    /// The addresses of both families as a decimal number with thousands separators, for reading:
    /// `1,284`, or `256 IPv4 and 65,536 IPv6` where there are both.
    pub fn count_words(&self) -> String {
        let (v4, v6) = (grouped(&self.ipv4_count().to_string()), grouped(&self.ipv6_count()));
        match (self.v4.is_empty(), self.v6.is_empty()) {
            (_, true) => v4,
            (true, false) => format!("{v6} IPv6"),
            (false, false) => format!("{v4} IPv4 and {v6} IPv6"),
        }
    }

    /// The same with what is counted: `1 address`, `256 addresses`.
    pub fn address_words(&self) -> String {
        let count = self.count_words();
        let plural = if matches!(&*count, "1" | "1 IPv6") { "" } else { "es" };
        format!("{count} address{plural}")
    }
}

impl Extend<IpNet> for AddressSet {
    fn extend<I: IntoIterator<Item = IpNet>>(&mut self, prefixes: I) {
        *self = self.union(&Self::from_prefixes(prefixes));
    }
}

impl FromIterator<IpNet> for AddressSet {
    fn from_iter<I: IntoIterator<Item = IpNet>>(prefixes: I) -> Self {
        Self::from_prefixes(prefixes)
    }
}

/// A decimal number with a comma between thousands. Numbers of over 15 digits, which only IPv6 has, are said as
/// `2^n` or `about 2^n`, because nobody reads them.
pub fn grouped(digits: &str) -> String {
    if digits.len() > 15 {
        // Only 2^128 itself is too large for a u128.
        return digits.parse::<u128>().map_or_else(
            |_| "2^128".to_owned(),
            |number| {
                let about = if number.is_power_of_two() { "" } else { "about " };
                format!("{about}2^{}", number.ilog2())
            },
        );
    }
    if digits.len() < 4 {
        return digits.to_owned();
    }
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// How many addresses a prefix has, as [`grouped`] writes it.
pub fn size_words(net: IpNet) -> String {
    let bits = net.max_prefix_len() - net.prefix_len();
    // 2^49 is the largest of 15 digits.
    if bits < 50 { grouped(&(1u64 << bits).to_string()) } else { format!("2^{bits}") }
}

/// First and last address of a prefix as integers of its family, widened to 128 bits.
pub fn bounds(net: IpNet) -> (u128, u128) {
    match net {
        IpNet::V4(n) => (n.network().to_bits().into(), n.broadcast().to_bits().into()),
        IpNet::V6(n) => (n.network().to_bits(), n.broadcast().to_bits()),
    }
}

/// The fewest prefixes for the addresses `first..=last` of one family; empty where the families differ
/// or `first` is above `last`.
pub fn prefixes_between(first: IpAddr, last: IpAddr) -> Vec<IpNet> {
    match (first, last) {
        (IpAddr::V4(a), IpAddr::V4(b)) => {
            let set = Spans::from_unsorted(vec![(a.to_bits(), b.to_bits())]);
            AddressSet { v4: set, v6: Spans::empty() }.prefixes().collect()
        }
        (IpAddr::V6(a), IpAddr::V6(b)) => {
            let set = Spans::from_unsorted(vec![(a.to_bits(), b.to_bits())]);
            AddressSet { v4: Spans::empty(), v6: set }.prefixes().collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn net(text: &str) -> IpNet {
        text.parse().unwrap()
    }

    #[test]
    fn counts_reach_the_whole_space() {
        let all = AddressSet::everything();
        assert_eq!(all.ipv4_count(), 1 << 32);
        assert_eq!(all.ipv6_count(), "340282366920938463463374607431768211456");
        assert_eq!(AddressSet::from_prefixes([net("::/1")]).ipv6_count(), (1u128 << 127).to_string());
    }

    #[test]
    fn neighbours_become_one_prefix() {
        let set: AddressSet =
            [net("203.0.114.0/25"), net("203.0.114.128/25"), net("2001:db9::/32")].into_iter().collect();
        assert_eq!(set.prefixes().collect::<Vec<_>>(), [net("203.0.114.0/24"), net("2001:db9::/32")]);
        assert_eq!(set.count_words(), "256 IPv4 and 2^96 IPv6");
        assert_eq!(set.address_words(), "256 IPv4 and 2^96 IPv6 addresses");
        for (one, words) in [("203.0.114.1/32", "1 address"), ("2001:db9::1/128", "1 IPv6 address")] {
            assert_eq!(AddressSet::from_prefixes([net(one)]).address_words(), words);
        }
        assert_eq!(AddressSet::empty().address_words(), "0 addresses");
    }

    #[test]
    fn a_prefix_has_as_many_addresses_as_its_set() {
        for length in 0..=128 {
            let v6 = IpNet::V6(Ipv6Net::new_assert(Ipv6Addr::UNSPECIFIED, length));
            assert_eq!(size_words(v6), AddressSet::from_prefixes([v6]).count_words().replace(" IPv6", ""));
            let Ok(v4) = Ipv4Net::new(Ipv4Addr::UNSPECIFIED, length).map(IpNet::V4) else { continue };
            assert_eq!(size_words(v4), AddressSet::from_prefixes([v4]).count_words());
        }
    }

    #[test]
    fn thousands_are_separated() {
        assert_eq!(grouped("0"), "0");
        assert_eq!(grouped("1284"), "1,284");
        assert_eq!(grouped("1000000"), "1,000,000");
        assert_eq!(grouped("18446744073709551616"), "2^64");
        assert_eq!(grouped("18446744073709551617"), "about 2^64");
        assert_eq!(grouped("340282366920938463463374607431768211456"), "2^128");
    }

    #[test]
    fn a_span_of_addresses_is_its_fewest_prefixes() {
        let between = prefixes_between("10.0.0.1".parse().unwrap(), "10.0.0.6".parse().unwrap());
        assert_eq!(between, [net("10.0.0.1/32"), net("10.0.0.2/31"), net("10.0.0.4/31"), net("10.0.0.6/32")]);
    }
}
