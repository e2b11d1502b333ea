//! Ranges that admit every address of a family, alone or together.

use super::{Facts, Finding, Problem, Severity, on_range};
use crate::allowlist::RangeAt;
use crate::cidr::index::Index;
use crate::cidr::{AddressSet, IpNet};
use crate::review::{Place, wide};

const CODE: &str = "admits-everything";
const ADVICE: &str = "so a leaked key would work everywhere: write the ranges that are yours";

/// How many of those that do it together are named.
const NAMED: usize = 3;

pub fn admits_everything(facts: &Facts, found: &mut Vec<Finding>) {
    let active = facts.allowlist.ranges().filter(|(.., range)| range.is_active(facts.today));
    let all: Vec<(RangeAt, IpNet)> = active.filter_map(|(at, .., range)| Some((at, range.net()?))).collect();
    for family in ["IPv4", "IPv6"] {
        let of_family = || all.iter().copied().filter(|(_, net)| wide::family(*net) == family);
        let mut alone = of_family().filter(|(_, net)| net.prefix_len() == 0).peekable();
        if alone.peek().is_some() {
            let message = format!("admits every {family} address, {ADVICE}");
            found.extend(alone.map(|(at, _)| on_range(at, CODE, Severity::Error, message.clone())));
        } else if is_full(of_family().map(|(_, net)| net)) {
            found.push(together(family, &of_family().collect::<Vec<_>>()));
        }
    }
}

fn is_full(nets: impl Iterator<Item = IpNet>) -> bool {
    let set = AddressSet::from_prefixes(nets);
    set.v4.is_full() || set.v6.is_full()
}

/// What is said of ranges that admit all of a family together. Those in no other one do it, and each of them
/// is needed for it.
fn together(family: &str, all: &[(RangeAt, IpNet)]) -> Finding {
    let index = Index::new(all.iter().map(|(_, net)| *net));
    let outermost = index.nested().filter(|(_, outer)| outer.is_none());
    let mut those: Vec<(RangeAt, IpNet)> = outermost.map(|(item, _)| all[item]).collect();
    those.sort_by_key(|(_, net)| net.prefix_len());
    let widest = those.first().map(|(at, _)| Place::Range(*at));
    let named: Vec<String> = those.iter().take(NAMED).map(|(_, net)| net.to_string()).collect();
    let named = match (those.len().saturating_sub(NAMED), named.split_last()) {
        (0, Some((last, before))) => format!("{} and {last}", before.join(", ")),
        (more, _) => format!("{} and {more} more", named.join(", ")),
    };
    let message = format!("{named} together admit every {family} address, {ADVICE}");
    let mut together: Vec<RangeAt> = those.into_iter().map(|(at, _)| at).collect();
    together.sort_unstable();
    let problem = Problem { code: CODE, severity: Severity::Error, message };
    Finding { problem, place: widest, together, fix: None }
}
