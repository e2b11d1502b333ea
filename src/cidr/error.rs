//! What is wrong with a text that is no CIDR, where, and what it may have meant.

use super::Cidr;
use crate::text::quoted;
use ipnet::IpNet;

/// Why a text is not a CIDR. The message says what was found and how to mend it; positions count
/// characters from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CidrError {
    /// Nothing there.
    #[error("empty: write an address such as 203.0.114.7, or a network such as 203.0.114.0/24")]
    Empty,
    /// White space in or around the text.
    #[error("white space at position {position}: remove it")]
    WhiteSpace {
        /// Where.
        position: usize,
    },
    /// The network address has bits set behind the prefix. It may be the network or the host.
    #[error("host bits set: the network is {network}, the host {host}")]
    HostBits {
        /// The network that holds the address.
        network: Cidr,
        /// The address alone, with its full length.
        host: Cidr,
    },
    /// `a-b`.
    #[error("a range of addresses, not a CIDR: it is {}", list(.prefixes))]
    Range {
        /// The fewest prefixes for exactly these addresses.
        prefixes: Vec<IpNet>,
    },
    /// `a-b` with `b` below `a` or of the other family.
    #[error("a range of addresses that ends before it starts, or in the other family: write its CIDRs")]
    RangeReversed,
    /// A netmask in place of the prefix length.
    #[error("a netmask in place of the prefix length: write {0}")]
    Netmask(Cidr),
    /// An inverted netmask (a Cisco wildcard mask) in place of the prefix length.
    #[error("a wildcard mask in place of the prefix length: write {0}")]
    WildcardMask(Cidr),
    /// Something dotted behind the slash that is no netmask.
    #[error("{found} behind the slash is no netmask: write a prefix length from 0 to 32")]
    BadMask {
        /// The text behind the slash.
        found: String,
    },
    /// An octet with a leading zero: octal for some programs, decimal for others (CVE-2021-29922).
    #[error(
        "leading zero in {part:?} at position {position}: some programs read it as octal; write it without"
    )]
    LeadingZero {
        /// The octet.
        part: String,
        /// Where it starts.
        position: usize,
    },
    /// An octet over 255.
    #[error("{part} at position {position} is over 255")]
    OctetTooBig {
        /// The octet.
        part: String,
        /// Where it starts.
        position: usize,
    },
    /// Not four octets.
    #[error("{found} of 4 octets: write all four, such as 203.0.114.0/24")]
    Octets {
        /// How many there are.
        found: usize,
    },
    /// One number, as `inet_aton` takes it.
    #[error("one number, not an address: write four octets")]
    Integer,
    /// Hexadecimal octets.
    #[error("a hexadecimal number at position {position}: write decimal octets")]
    Hexadecimal {
        /// Where.
        position: usize,
    },
    /// A dot at the end of the address.
    #[error("a dot at the end of the address: remove it")]
    TrailingDot,
    /// `203.0.114.*`.
    #[error("a wildcard is no address: write a prefix length, such as 203.0.114.0/24")]
    Wildcard,
    /// An IPv6 zone.
    #[error("a zone id at position {position} means nothing outside one machine: remove it")]
    Zone {
        /// Where the `%` stands.
        position: usize,
    },
    /// `[2001:db8::1]`, with or without a port.
    #[error("square brackets belong to URLs: write the address without them")]
    Brackets,
    /// `203.0.114.7:443`.
    #[error("a port at position {position}: a policy knows addresses only, remove it")]
    Port {
        /// Where the `:` stands.
        position: usize,
    },
    /// A scheme or a path.
    #[error("a URL: write the address itself")]
    Url,
    /// A character that looks like another one.
    #[error("U+{code:04X} at position {position} looks like {like:?} but is another character: type it anew", code = *.found as u32)]
    LookAlike {
        /// The character.
        found: char,
        /// What it looks like.
        like: char,
        /// Where.
        position: usize,
    },
    /// A character that no address has.
    #[error("U+{code:04X} at position {position} belongs in no address", code = *.found as u32)]
    Character {
        /// The character.
        found: char,
        /// Where.
        position: usize,
    },
    /// A name.
    #[error("a name, not an address: AWS compares addresses only; write the addresses that {} has", quoted(.0, 40))]
    HostName(String),
    /// IPv4-mapped IPv6 (RFC 4291, 2.5.5.2).
    #[error("IPv4-mapped IPv6 never matches an IPv4 client: write {0}")]
    Mapped(Cidr),
    /// A colon, but no IPv6 address.
    #[error("not an IPv6 address: expected up to eight groups of hexadecimal digits, such as 2001:db9::/32")]
    Ipv6,
    /// Nothing behind the slash.
    #[error("nothing behind the slash: write a prefix length from 0 to {limit}")]
    LengthMissing {
        /// The longest for this family.
        limit: u8,
    },
    /// `/08`.
    #[error("leading zero in the prefix length /{0}: write it without")]
    LengthLeadingZero(String),
    /// Over 32 or 128.
    #[error("prefix length /{found} is over {limit}")]
    LengthTooLong {
        /// As written.
        found: String,
        /// The longest for this family.
        limit: u8,
    },
    /// Not a number.
    #[error("/{found} is no prefix length: write a whole number from 0 to {limit}")]
    Length {
        /// As written.
        found: String,
        /// The longest for this family.
        limit: u8,
    },
    /// A second slash.
    #[error("a second slash at position {position}")]
    SecondSlash {
        /// Where.
        position: usize,
    },
}

/// CIDRs that a refused text may have meant, offered, never taken unasked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    /// What they are: `the network`, `the host`, `the same addresses`.
    pub what: &'static str,
    /// The CIDRs.
    pub cidrs: Vec<Cidr>,
    /// Whether the text can have meant nothing else, so that `check --fix` may take it.
    pub certain: bool,
}

impl CidrError {
    /// A short stable name of the kind of error for findings: `host-bits`, else `not-a-cidr`.
    pub fn code(&self) -> &'static str {
        if matches!(self, Self::HostBits { .. }) { "host-bits" } else { "not-a-cidr" }
    }

    /// What the text may have meant.
    pub fn mends(&self) -> Vec<Mend> {
        let same = |cidrs| vec![Mend { what: "the same addresses", cidrs, certain: true }];
        match self {
            Self::HostBits { network, host } => vec![
                Mend { what: "the network", cidrs: vec![*network], certain: false },
                Mend { what: "the host", cidrs: vec![*host], certain: false },
            ],
            Self::Range { prefixes } => same(prefixes.iter().map(|p| Cidr::from(*p)).collect()),
            Self::Netmask(cidr) | Self::WildcardMask(cidr) => same(vec![*cidr]),
            Self::Mapped(cidr) => vec![Mend { what: "the IPv4 form", cidrs: vec![*cidr], certain: false }],
            _ => Vec::new(),
        }
    }
}

fn list(prefixes: &[IpNet]) -> String {
    const SHOWN: usize = 4;
    let mut words: Vec<String> = prefixes.iter().take(SHOWN).map(ToString::to_string).collect();
    if prefixes.len() > SHOWN {
        words.push(format!("and {} more", prefixes.len() - SHOWN));
    }
    words.join(", ")
}
