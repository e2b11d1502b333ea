//! Two ranges of a group that are the halves of one wider range.

use super::{Facts, Finding, Severity, on_range};
use crate::allowlist::GroupAt;
use crate::cidr::IpNet;
use std::collections::HashSet;

pub fn adjacent(facts: &Facts, found: &mut Vec<Finding>) {
    let mut active = Vec::new();
    for (at, .., range) in facts.allowlist.ranges() {
        if let (true, Some(net)) = (range.is_active(facts.today), range.net()) {
            active.push((at, net));
        }
    }
    let here: HashSet<(GroupAt, IpNet)> = active.iter().map(|(at, net)| (at.group, *net)).collect();
    for (at, net) in active {
        let Some(whole) = net.supernet() else { continue };
        // Said once, of the upper half.
        let lower = whole.network() == net.network();
        let Ok(other) = IpNet::new(whole.network(), net.prefix_len()) else { continue };
        if !lower && here.contains(&(at.group, other)) {
            let message = format!("and {other} of this group are together {whole}: one range could say both");
            found.push(on_range(at, "adjacent", Severity::Info, message));
        }
    }
}
