//! Prefixes as AWS takes them in the fewest characters.

use crate::cidr::IpNet;

/// The shortest spelling that AWS takes: a host without its length.
pub(super) fn short(net: IpNet) -> String {
    if net.prefix_len() == net.max_prefix_len() { net.addr().to_string() } else { net.to_string() }
}
