//! Ranges so wide that they hardly belong to one company.

use super::{Facts, Finding, Severity, on_range};
use crate::cidr::{AddressSet, IpNet, grouped};

/// The shortest prefix that is not called too wide: IPv4.
const IPV4_SHORTEST: u8 = 16;
/// The shortest prefix that is not called too wide: IPv6, what a registry gives one provider.
const IPV6_SHORTEST: u8 = 32;

pub fn too_wide(facts: &Facts, found: &mut Vec<Finding>) {
    for (at, .., range) in facts.allowlist.ranges() {
        let Some(net) = range.net().filter(|_| range.is_active(facts.today)) else { continue };
        let shortest = if matches!(net, IpNet::V4(_)) { IPV4_SHORTEST } else { IPV6_SHORTEST };
        if net.prefix_len() >= shortest {
            continue;
        }
        let set = AddressSet::from_prefixes([net]);
        let count = match net {
            IpNet::V4(_) => grouped(&set.ipv4_count().to_string()),
            IpNet::V6(_) => grouped(&set.ipv6_count()),
        };
        let message =
            format!("admits {count} addresses, more than a /{shortest}: write the ranges that are yours");
        found.push(on_range(at, "too-wide", Severity::Warning, message));
    }
}
