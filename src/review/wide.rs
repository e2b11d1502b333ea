//! Networks so wide that they hardly belong to one company.

use crate::cidr::{IpNet, size_words};

/// The shortest prefix that is not called too wide: IPv4.
const IPV4_SHORTEST: u8 = 16;
/// The shortest prefix that is not called too wide: IPv6, what a registry gives one provider.
const IPV6_SHORTEST: u8 = 32;

/// The shortest prefix length that is not called too wide in the family of a network.
pub fn shortest(net: IpNet) -> u8 {
    if matches!(net, IpNet::V4(_)) { IPV4_SHORTEST } else { IPV6_SHORTEST }
}

/// Whether a network is far too wide: it would let strangers in.
pub fn is_too_wide(net: IpNet) -> bool {
    net.prefix_len() < shortest(net)
}

/// `IPv4` or `IPv6`.
pub fn family(net: IpNet) -> &'static str {
    if matches!(net, IpNet::V4(_)) { "IPv4" } else { "IPv6" }
}

/// What is to be said of a network that is too wide while it is typed: behind `is` where it is every address,
/// else behind a comma.
pub fn words(net: IpNet) -> Option<String> {
    if net.prefix_len() == 0 {
        let all = family(net);
        return Some(format!("every {all} address: no policy can be written with it"));
    }
    is_too_wide(net).then(|| format!("{} addresses: far too wide?", size_words(net)))
}
