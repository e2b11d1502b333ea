//! What IANA's special-purpose registries say of a prefix.
//!
//! Sources: IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890 and its updates), RFC 5771
//! and RFC 4291 for multicast, RFC 4291 section 2.4 for what is global unicast (2000::/3).

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use std::net::{Ipv4Addr, Ipv6Addr};

/// A kind of address block that is never the public source of a request, or only by mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Special {
    /// Reserved for examples (RFC 5737, RFC 3849, RFC 9637).
    Documentation,
    /// Never a public source address; the words say what it is, with its RFC.
    NeverPublic(&'static str),
}

const fn v4([a, b, c, d]: [u8; 4], length: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), length)
}

const fn v6([a, b, c, d, e, f, g, h]: [u16; 8], length: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(a, b, c, d, e, f, g, h), length)
}

const V4: &[(Ipv4Net, Special)] = &[
    (v4([0, 0, 0, 0], 8), Special::NeverPublic("this network (RFC 791)")),
    (v4([10, 0, 0, 0], 8), Special::NeverPublic("private (RFC 1918)")),
    (v4([100, 64, 0, 0], 10), Special::NeverPublic("shared by carriers (RFC 6598)")),
    (v4([127, 0, 0, 0], 8), Special::NeverPublic("loopback (RFC 1122)")),
    (v4([169, 254, 0, 0], 16), Special::NeverPublic("link-local (RFC 3927)")),
    (v4([172, 16, 0, 0], 12), Special::NeverPublic("private (RFC 1918)")),
    (v4([192, 0, 0, 0], 24), Special::NeverPublic("protocol assignments (RFC 6890)")),
    (v4([192, 0, 2, 0], 24), Special::Documentation),
    (v4([192, 88, 99, 0], 24), Special::NeverPublic("6to4 relays, deprecated (RFC 7526)")),
    (v4([192, 168, 0, 0], 16), Special::NeverPublic("private (RFC 1918)")),
    (v4([198, 18, 0, 0], 15), Special::NeverPublic("benchmarking (RFC 2544)")),
    (v4([198, 51, 100, 0], 24), Special::Documentation),
    (v4([203, 0, 113, 0], 24), Special::Documentation),
    (v4([224, 0, 0, 0], 4), Special::NeverPublic("multicast (RFC 5771)")),
    (v4([240, 0, 0, 0], 4), Special::NeverPublic("reserved (RFC 1112)")),
];

const V6: &[(Ipv6Net, Special)] = &[
    (v6([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32), Special::Documentation),
    (v6([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20), Special::Documentation),
    (v6([0x2001, 0, 0, 0, 0, 0, 0, 0], 23), Special::NeverPublic("protocol assignments (RFC 2928)")),
    (v6([0x2002, 0, 0, 0, 0, 0, 0, 0], 16), Special::NeverPublic("6to4, deprecated (RFC 7526)")),
    (v6([0, 0, 0, 0, 0, 0, 0, 0], 128), Special::NeverPublic("the unspecified address (RFC 4291)")),
    (v6([0, 0, 0, 0, 0, 0, 0, 0x1], 128), Special::NeverPublic("loopback (RFC 4291)")),
    (v6([0x64, 0xff9b, 0, 0, 0, 0, 0, 0], 96), Special::NeverPublic("IPv4 translation (RFC 6052)")),
    (v6([0x64, 0xff9b, 0x1, 0, 0, 0, 0, 0], 48), Special::NeverPublic("local IPv4 translation (RFC 8215)")),
    (v6([0x100, 0, 0, 0, 0, 0, 0, 0], 64), Special::NeverPublic("discard only (RFC 6666)")),
    (v6([0x5f00, 0, 0, 0, 0, 0, 0, 0], 16), Special::NeverPublic("segment routing (RFC 9602)")),
    (v6([0xfc00, 0, 0, 0, 0, 0, 0, 0], 7), Special::NeverPublic("unique local, private (RFC 4193)")),
    (v6([0xfe80, 0, 0, 0, 0, 0, 0, 0], 10), Special::NeverPublic("link-local (RFC 4291)")),
    (v6([0xfec0, 0, 0, 0, 0, 0, 0, 0], 10), Special::NeverPublic("site-local, deprecated (RFC 3879)")),
    (v6([0xff00, 0, 0, 0, 0, 0, 0, 0], 8), Special::NeverPublic("multicast (RFC 4291)")),
];

/// The special block that holds all of `net`, if there is one; where `net` holds only part of one, it
/// may still have public addresses and is none.
pub fn special(net: IpNet) -> Option<Special> {
    let v6 = match net {
        IpNet::V4(v4) => return V4.iter().find(|(block, _)| block.contains(&v4)).map(|(_, what)| *what),
        IpNet::V6(v6) => v6,
    };
    if let Some((_, what)) = V6.iter().find(|(block, _)| block.contains(&v6)) {
        return Some(*what);
    }
    let outside = v6.prefix_len() >= 3 && v6.network().segments()[0] >> 13 != 1;
    outside.then_some(Special::NeverPublic("outside global unicast 2000::/3 (RFC 4291)"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn what(text: &str) -> Option<Special> {
        special(text.parse().unwrap())
    }

    #[test]
    fn no_block_of_the_tables_has_host_bits() {
        assert!(V4.iter().all(|(block, _)| block.trunc() == *block));
        assert!(V6.iter().all(|(block, _)| block.trunc() == *block));
    }

    #[test]
    fn private_and_documentation_blocks_are_known_and_their_neighbours_are_not() {
        assert_eq!(what("10.1.2.0/24"), Some(Special::NeverPublic("private (RFC 1918)")));
        assert_eq!(what("203.0.113.7/32"), Some(Special::Documentation));
        assert_eq!(what("203.0.114.0/24"), None);
        assert_eq!(what("100.63.255.0/24"), None);
        assert_eq!(what("8.0.0.0/5"), None);
        assert_eq!(what("2001:db8:1::/48"), Some(Special::Documentation));
        assert_eq!(what("2600::/16"), None);
        assert!(matches!(what("4000::/16"), Some(Special::NeverPublic(_))));
        assert!(matches!(what("fd00::/8"), Some(Special::NeverPublic(_))));
        assert_eq!(what("::/0"), None);
    }
}
