//! Strict parsing of one CIDR. The address goes through std, which is strict (no octal, no short
//! forms), the prefix length through a rule of its own; `diagnose` then says what a refused text is. A
//! guess here would let a stranger in, so nothing is guessed.

use super::diagnose::{address_range, bad_character, diagnose, position_of};
use super::error::CidrError;
use ipnet::{IpNet, Ipv4Net};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr};
use std::str::FromStr;

/// One CIDR: a network without host bits, and whether it was written as a bare address.
///
/// Equality includes the spelling; compare [`Cidr::net`] for the same network. Prints in dotted or
/// RFC 5952 form, a bare address bare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cidr {
    net: IpNet,
    bare: bool,
}

impl Cidr {
    /// The network; its host bits are zero.
    pub fn net(self) -> IpNet {
        self.net
    }

    /// Whether it was written without a prefix length.
    pub fn is_bare(self) -> bool {
        self.bare
    }

    /// Whether it is one address.
    pub fn is_host(self) -> bool {
        self.net.prefix_len() == self.net.max_prefix_len()
    }
}

impl From<IpNet> for Cidr {
    /// The network of `net`, written with its length.
    fn from(net: IpNet) -> Self {
        Self { net: net.trunc(), bare: false }
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.bare {
            return self.net.addr().fmt(f);
        }
        self.net.fmt(f)
    }
}

impl FromStr for Cidr {
    type Err = CidrError;

    fn from_str(text: &str) -> Result<Self, CidrError> {
        if text.is_empty() {
            return Err(CidrError::Empty);
        }
        if let Some(error) = bad_character(text) {
            return Err(error);
        }
        let (address, length) = match text.split_once('/') {
            Some((address, length)) => (address, Some(length)),
            None => (text, None),
        };
        let address = match address.parse::<IpAddr>() {
            Ok(address) => address,
            Err(_) => return Err(diagnose(text, address)),
        };
        let limit: u8 = if address.is_ipv4() { 32 } else { 128 };
        let prefix = match length {
            None => limit,
            Some(length) => prefix_length(address, length, limit, text)?,
        };
        // `prefix` is at most `limit`, so the network exists.
        let net = IpNet::new_assert(address, prefix);
        if let Some(v4) = mapped(net) {
            return Err(CidrError::Mapped(v4));
        }
        if net.addr() != net.network() {
            let host = Cidr { net: IpNet::new_assert(address, limit), bare: false };
            return Err(CidrError::HostBits { network: Cidr::from(net), host });
        }
        Ok(Self { net, bare: length.is_none() })
    }
}

/// The prefix length behind the slash: decimal digits without a leading zero, at most `limit`.
fn prefix_length(address: IpAddr, length: &str, limit: u8, text: &str) -> Result<u8, CidrError> {
    let digits = !length.is_empty() && length.bytes().all(|b| b.is_ascii_digit());
    if digits {
        if length.len() > 1 && length.starts_with('0') {
            return Err(CidrError::LengthLeadingZero(length.to_owned()));
        }
        return match length.parse::<u8>() {
            Ok(n) if n <= limit => Ok(n),
            _ => Err(CidrError::LengthTooLong { found: crate::text::quoted(length, 24), limit }),
        };
    }
    if length.is_empty() {
        return Err(CidrError::LengthMissing { limit });
    }
    let address_part = text.len() - length.len() - 1;
    if let Some((_, rest)) = length.split_once('/') {
        let position = position_of(text, text.len() - rest.len() - 1);
        return Err(CidrError::SecondSlash { position });
    }
    if let (IpAddr::V4(address), true) = (address, length.contains('.')) {
        return Err(netmask(address, length));
    }
    if let Some(error) = address_range(&text[..address_part], length) {
        return Err(error);
    }
    Err(CidrError::Length { found: crate::text::quoted(length, 24), limit })
}

pub(super) fn netmask(address: Ipv4Addr, mask: &str) -> CidrError {
    let bad = || CidrError::BadMask { found: crate::text::quoted(mask, 24) };
    let Ok(mask) = mask.parse::<Ipv4Addr>() else { return bad() };
    let with_length = |length: u32| {
        // A count of bits in 32, so at most 32.
        let net = IpNet::V4(Ipv4Net::new_assert(address, length as u8));
        if net.addr() == net.network() {
            Ok(Cidr::from(net))
        } else {
            let host = Cidr::from(IpNet::V4(Ipv4Net::new_assert(address, 32)));
            Err(CidrError::HostBits { network: Cidr::from(net), host })
        }
    };
    let bits = mask.to_bits();
    if bits.leading_ones() + bits.trailing_zeros() == 32 || bits == u32::MAX || bits == 0 {
        return with_length(bits.leading_ones()).map_or_else(|e| e, CidrError::Netmask);
    }
    if bits.leading_zeros() + bits.trailing_ones() == 32 {
        return with_length(bits.leading_zeros()).map_or_else(|e| e, CidrError::WildcardMask);
    }
    bad()
}

/// The IPv4 form of a prefix whose address is IPv4-mapped (in `::ffff:0:0/96`, RFC 4291): the network where
/// its length says one, else the host.
pub(super) fn mapped(net: IpNet) -> Option<Cidr> {
    let IpNet::V6(v6) = net else { return None };
    let v4 = v6.addr().to_ipv4_mapped()?;
    // At most 128 less 96, so at most 32.
    let length = v6.prefix_len().checked_sub(96).unwrap_or(32);
    Some(Cidr::from(IpNet::V4(Ipv4Net::new_assert(v4, length))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ipnet::Ipv6Net;
    use proptest::prelude::*;
    use std::net::Ipv6Addr;

    fn error(text: &str) -> CidrError {
        text.parse::<Cidr>().expect_err(text)
    }

    fn cidr(text: &str) -> Cidr {
        text.parse().expect(text)
    }

    #[test]
    fn keeps_the_spelling_of_a_host() {
        for text in ["203.0.114.7", "203.0.114.7/32", "2001:db9::1", "2001:db9::1/128", "0.0.0.0/0", "::/0"] {
            assert_eq!(cidr(text).to_string(), text);
        }
        assert_eq!(cidr("2001:0DB9:0::/32").to_string(), "2001:db9::/32");
    }

    #[test]
    fn host_bits_offer_the_network_and_the_host() {
        assert_eq!(
            error("203.0.114.77/24").to_string(),
            "host bits set: the network is 203.0.114.0/24, the host 203.0.114.77/32"
        );
        assert_eq!(
            error("2001:db9::1/32").to_string(),
            "host bits set: the network is 2001:db9::/32, the host 2001:db9::1/128"
        );
    }

    #[test]
    fn says_what_each_wrong_text_is() {
        use CidrError as E;
        assert_eq!(error(""), E::Empty);
        assert_eq!(error("010.0.0.1"), E::LeadingZero { part: "010".into(), position: 1 });
        assert_eq!(error("10.0.00.1/8"), E::LeadingZero { part: "00".into(), position: 6 });
        assert_eq!(error("10.0.0.256"), E::OctetTooBig { part: "256".into(), position: 8 });
        assert_eq!(error("10.1/16"), E::Octets { found: 2 });
        assert_eq!(error("10..0.1"), E::Octets { found: 3 });
        assert_eq!(error("3405803783"), E::Integer);
        assert_eq!(error("0x7f.0.0.1"), E::Hexadecimal { position: 1 });
        assert_eq!(error("10.0.0.1."), E::TrailingDot);
        assert_eq!(error("10.0.0.*"), E::Wildcard);
        assert_eq!(error("fe80::1%eth0/64"), E::Zone { position: 8 });
        assert_eq!(error("[2001:db9::1]"), E::Brackets);
        assert_eq!(error("10.0.0.1:443"), E::Port { position: 9 });
        assert_eq!(error("https://10.0.0.1/"), E::Url);
        assert_eq!(error("vpn.example.com"), E::HostName("vpn.example.com".into()));
        assert_eq!(error("2001:db9:::/32"), E::Ipv6);
        assert_eq!(error("10.0.0.0/33"), E::LengthTooLong { found: "33".into(), limit: 32 });
        assert_eq!(error("10.0.0.0/256"), E::LengthTooLong { found: "256".into(), limit: 32 });
        assert_eq!(error("2001:db9::/129"), E::LengthTooLong { found: "129".into(), limit: 128 });
        assert_eq!(error("10.0.0.0/08"), E::LengthLeadingZero("08".into()));
        assert_eq!(error("10.0.0.0/-1"), E::Length { found: "-1".into(), limit: 32 });
        assert_eq!(error("10.0.0.0/+8"), E::Length { found: "+8".into(), limit: 32 });
        assert_eq!(error("10.0.0.0/"), E::LengthMissing { limit: 32 });
        assert_eq!(error("10.0.0.0/8/8"), E::SecondSlash { position: 11 });
        assert_eq!(error("10.0.0.0 /8"), E::WhiteSpace { position: 9 });
        assert_eq!(error("1\u{660}.0.0.0/8"), E::LookAlike { found: '\u{660}', like: '0', position: 2 });
        assert_eq!(error("10.0.0.0\u{ff0f}8"), E::LookAlike { found: '\u{ff0f}', like: '/', position: 9 });
        assert_eq!(error("10.0.0.0\u{200b}"), E::Character { found: '\u{200b}', position: 9 });
    }

    #[test]
    fn masks_and_ranges_come_with_the_cidrs_that_they_are() {
        assert_eq!(error("203.0.114.0/255.255.255.0"), CidrError::Netmask(cidr("203.0.114.0/24")));
        assert_eq!(error("203.0.114.0 255.255.255.0"), CidrError::Netmask(cidr("203.0.114.0/24")));
        assert_eq!(error("203.0.114.0/0.0.0.255"), CidrError::WildcardMask(cidr("203.0.114.0/24")));
        assert!(matches!(error("203.0.114.0/255.0.255.0"), CidrError::BadMask { .. }));
        assert!(matches!(error("203.0.114.9/255.255.255.0"), CidrError::HostBits { .. }));
        let range = error("203.0.114.1-203.0.114.2");
        assert_eq!(
            range.to_string(),
            "a range of addresses, not a CIDR: it is 203.0.114.1/32, 203.0.114.2/32"
        );
        assert_eq!(error("203.0.114.0-255").mends()[0].cidrs, [cidr("203.0.114.0/24")]);
        assert_eq!(error("203.0.114.9-203.0.114.2"), CidrError::RangeReversed);
    }

    #[test]
    fn ipv4_mapped_is_refused_with_its_ipv4_form() {
        assert_eq!(error("::ffff:203.0.114.0/120"), CidrError::Mapped(cidr("203.0.114.0/24")));
        assert_eq!(error("::ffff:cb00:7207"), CidrError::Mapped(cidr("203.0.114.7/32")));
        assert_eq!(error("::ffff:203.0.114.2/12"), CidrError::Mapped(cidr("203.0.114.2/32")));
        assert!("::/0".parse::<Cidr>().is_ok());
    }

    proptest! {
        #[test]
        fn whatever_parses_prints_and_parses_again(bits in any::<u128>(), v4 in any::<bool>(), length in 0u8..=128) {
            let net = if v4 {
                IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::from_bits(bits as u32), length % 33)).trunc()
            } else {
                IpNet::V6(Ipv6Net::new_assert(Ipv6Addr::from_bits(bits), length)).trunc()
            };
            let parsed = net.to_string().parse::<Cidr>();
            if mapped(net).is_none() {
                let parsed = parsed.unwrap();
                prop_assert_eq!(parsed.net(), net);
                prop_assert_eq!(parsed.to_string().parse::<Cidr>().unwrap(), parsed);
            }
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,40}", near in "[0-9a-fx:./%*\\[\\] -]{0,24}") {
            for text in [text, near] {
                if let Err(error) = text.parse::<Cidr>() {
                    prop_assert!(!error.to_string().is_empty());
                }
            }
        }
    }
}
