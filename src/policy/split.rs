//! A list of any length as documents that are attached together.
//!
//! Two Deny statements with different `NotIpAddress` lists deny everybody, so the address line is cut into
//! regions, and document *i* denies what is in region *i* and not listed. It is written in the shorter of
//!
//! - (a) `NotIpAddress`: the list within the region, and everything outside of it;
//! - (b) `IpAddressIfExists`: the region, and `NotIpAddress`: the list within it.
//!
//! Both deny a request without an address, each document alone: a negated operator matches when its key
//! is absent, and so does `IfExists`.
//!
//! Which cuts? The fewest documents, then the fewest characters, found exactly by dynamic programming
//! over all places between two prefixes of the list: what the documents up to a place cost does not
//! depend on those behind it, and (documents, characters) is added up and compared as a pair, so the best
//! way to each place is the best way to an earlier one and one more document. Of the addresses between two
//! prefixes the roundest is taken, which is the shortest from both sides ([`Cut::between`]).
//!
//! The characters of the list itself are the same wherever the cuts are. What the choice minimizes is
//! only how the regions are spelt, so it goes to round addresses, and those do not move when an entry
//! is added or removed: a cut moves when a document overflows, or when a place that is rounder than
//! another becomes free.

use super::document::Lists;
use super::region::{Cut, Edge, listed_chars, region, short};
use crate::cidr::{AddressSet, IpNet};

/// What fits into a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// The most characters.
    pub limit: usize,
    /// Characters of form (a) with empty lists and no number behind the Sid.
    pub form_a: usize,
    /// The same of form (b).
    pub form_b: usize,
}

/// One document's share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// Its region.
    pub region: AddressSet,
    /// Its addresses as it spells them.
    pub lists: Lists,
}

/// The best way to a place.
#[derive(Debug, Clone, Copy)]
struct Way {
    documents: u32,
    /// Characters without those of the list, which are the same for every way.
    overhead: usize,
    /// The place before.
    from: usize,
}

/// How many documents a list needs, and where to cut; `None` where the room is too small for it however
/// many documents there are. The prefixes are those of a set: disjoint and in order.
pub(super) fn cuts(prefixes: &[IpNet], room: Room) -> Option<Vec<(Cut, Cut)>> {
    let edges = edges(prefixes);
    // Index k: the characters of the prefixes before place k.
    let mut total = vec![0usize; prefixes.len() + 1];
    for (at, net) in prefixes.iter().enumerate() {
        total[at + 1] = total[at] + listed_chars(*net);
    }
    let shorter = room.form_a.min(room.form_b);
    let mut ways: Vec<Option<Way>> = vec![Some(Way { documents: 0, overhead: 0, from: 0 })];
    let mut nearest = 0;
    for to in 1..=prefixes.len() {
        while shorter + total[to] - total[nearest] > room.limit + 1 {
            nearest += 1;
        }
        let mut best: Option<Way> = None;
        for from in nearest..to {
            let Some(way) = ways[from] else { continue };
            let documents = way.documents + 1;
            let digits = documents.ilog10() as usize + 1;
            let least = (documents, way.overhead + shorter + digits);
            if best.is_some_and(|best| (best.documents, best.overhead) <= least) {
                continue;
            }
            let overhead = digits + form(&edges[from], &edges[to], room).0;
            // The last prefix of a list has no comma behind it.
            if overhead + total[to] - total[from] > room.limit + 1 {
                continue;
            }
            let overhead = way.overhead + overhead;
            if best.is_none_or(|best| (documents, overhead) < (best.documents, best.overhead)) {
                best = Some(Way { documents, overhead, from });
            }
        }
        ways.push(best);
    }
    let mut found = Vec::new();
    let mut at = prefixes.len();
    while at > 0 {
        let from = ways[at]?.from;
        found.push((edges[from].cut, edges[at].cut));
        at = from;
    }
    found.reverse();
    Some(found)
}

/// The places where the line may be cut: its ends, and between each two prefixes.
fn edges(prefixes: &[IpNet]) -> Vec<Edge> {
    let inner = prefixes.windows(2).map(|pair| Cut::between(pair[0], pair[1]));
    let ends = (std::iter::once(Cut::START), std::iter::once(Cut::End));
    ends.0.chain(inner).chain(ends.1).map(Edge::new).collect()
}

/// The characters of a document about a region but for those of the list and its last comma, and
/// whether form (b) is the shorter.
pub(super) fn form(from: &Edge, to: &Edge, room: Room) -> (usize, bool) {
    let a = room.form_a + (from.before() + to.behind()) as usize;
    // The last prefix of the region has no comma behind it either.
    let b = room.form_b + (from.region(to) as usize).saturating_sub(1);
    if b < a { (b, true) } else { (a, false) }
}

/// The documents' shares of a list, for these cuts. A region with nothing to deny needs no document.
pub(super) fn parts(admitted: &AddressSet, cuts: &[(Cut, Cut)], room: Room) -> Vec<Part> {
    let shares = cuts.iter().filter_map(|&(from, to)| {
        let region = region(from, to);
        let within = region.intersection(admitted);
        if within == region {
            return None;
        }
        let b = form(&Edge::new(from), &Edge::new(to), room).1;
        let lists = if b {
            Lists { within: Some(spelt(&region)), listed: spelt(&within) }
        } else {
            Lists { within: None, listed: spelt(&within.union(&region.complement())) }
        };
        Some(Part { region, lists })
    });
    shares.collect()
}

/// The fewest prefixes of a set in their shortest spelling.
pub(super) fn spelt(set: &AddressSet) -> Vec<String> {
    set.prefixes().map(short).collect()
}

#[cfg(test)]
mod tests;
