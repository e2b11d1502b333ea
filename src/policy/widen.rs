//! The fewest additional addresses for which a list takes no more than a number of characters.
//!
//! The list's prefixes are the leaves of a binary tree by their common prefixes. Whatever covers the list in
//! fewer characters writes, for some subtrees, one prefix around all of it in place of its leaves; the best
//! choice for every number of characters follows, from the leaves up, from the best choices of the two
//! halves (a tree knapsack; Soldo, Markopoulou, Argyraki: Optimal Filtering of Source Address Prefixes). So
//! it is exact. Around a subtree there may be several prefixes: a longer one lets fewer others in, a shorter
//! one may take fewer characters.
//!
//! Addresses are counted as the contract does: an IPv4 address is 1, and so is an IPv6 /64 or a part of one.

use super::region::listed_chars;
use crate::cidr::{AddressSet, IpNet, bounds};

/// More than any number of addresses: no choice.
const NEVER: u64 = u64::MAX;

/// Prefixes that cover a list, and what they let in besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Widened {
    /// The prefixes, in order.
    pub prefixes: Vec<IpNet>,
    /// How many addresses are not in the list.
    pub extra: u64,
}

/// One prefix that may stand for a subtree.
#[derive(Debug, Clone, Copy)]
struct Around {
    net: IpNet,
    chars: usize,
    extra: u64,
}

/// A subtree.
#[derive(Debug)]
struct Node {
    /// Single prefixes around it, those that let in less first, each shorter to write than those before.
    around: Vec<Around>,
    halves: Option<Box<(Node, Node)>>,
    /// Whether its halves lie in one IPv6 /64, which counts once however much of it is let in.
    within_64: bool,
    /// The characters of its leaves.
    chars: usize,
}

/// A tree for each family.
#[derive(Debug)]
pub(super) struct Tree {
    roots: Vec<Node>,
}

impl Tree {
    /// The tree of a set's prefixes: disjoint and in order. Nothing around them leaves
    /// the region `within`.
    pub fn new(prefixes: &[IpNet], within: &AddressSet) -> Self {
        let split = prefixes.partition_point(|net| matches!(net, IpNet::V4(_)));
        let families = [&prefixes[..split], &prefixes[split..]];
        let roots = families.into_iter().filter(|list| !list.is_empty()).map(|list| node(list, 0, within).0);
        Self { roots: roots.collect() }
    }

    /// The prefixes that let in the fewest others, in at most `budget` characters with a comma behind each;
    /// `None` where no choice has so few.
    pub fn fit(&self, budget: usize) -> Option<Widened> {
        let tables: Vec<Table> = self.roots.iter().map(|root| table(root, budget)).collect();
        let (mut prefixes, left, right) = (Vec::new(), tables.first()?, tables.get(1));
        let Some(right) = right else {
            let extra = left.extra(budget).filter(|extra| *extra < NEVER)?;
            pick(&self.roots[0], left, budget, &mut prefixes);
            return Some(Widened { prefixes, extra });
        };
        let both = |chars: usize| {
            let (a, b) = (left.extra(chars)?, right.extra(budget - chars)?);
            a.checked_add(b).filter(|sum| a < NEVER && b < NEVER && *sum < NEVER)
        };
        let (extra, chars) =
            (0..=budget).filter_map(|chars| both(chars).map(|extra| (extra, chars))).min()?;
        pick(&self.roots[0], left, chars, &mut prefixes);
        pick(&self.roots[1], right, budget - chars, &mut prefixes);
        Some(Widened { prefixes, extra })
    }

    /// The best choice where a character costs as much as `price` addresses; with a price it needs one
    /// look at each subtree.
    pub fn priced(&self, price: f64) -> Vec<IpNet> {
        let mut prefixes = Vec::new();
        for root in &self.roots {
            prefixes.extend(priced(root, price).2);
        }
        prefixes
    }
}

/// Builds the subtree of a list with at least one prefix, around which prefixes of at least `shortest` bits
/// may stand. Also returns how many of the counted addresses the list holds.
fn node(list: &[IpNet], shortest: u8, within: &AddressSet) -> (Node, u64) {
    let (first, last) = (list[0], list[list.len() - 1]);
    if list.len() == 1 {
        let inside = counted(first);
        let around = around(first, first.prefix_len(), shortest, inside, within);
        return (Node { around, halves: None, within_64: false, chars: listed_chars(first) }, inside);
    }
    let width = u32::from(first.max_prefix_len());
    // Two disjoint prefixes differ in some bit.
    let bit = (bounds(first).0 ^ bounds(last).1).checked_ilog2().unwrap_or(0);
    let length = (width - bit - 1) as u8;
    let middle = bounds(last).1 >> bit << bit;
    let (low, high) = list.split_at(list.partition_point(|net| bounds(*net).0 < middle));
    let (low, in_low) = node(low, length + 1, within);
    let (high, in_high) = node(high, length + 1, within);
    let inside = in_low.saturating_add(in_high);
    let around = around(first, length, shortest, inside, within);
    let (chars, within_64) = (low.chars + high.chars, width == 128 && length >= 64);
    (Node { around, halves: Some(Box::new((low, high))), within_64, chars }, inside)
}

/// How many counted addresses are wholly in a prefix.
fn counted(net: IpNet) -> u64 {
    let bits = match net {
        IpNet::V4(net) => 32 - net.prefix_len(),
        // Fewer than a whole /64 are never whole: the list would have the /64.
        IpNet::V6(net) if net.prefix_len() > 64 => return 0,
        IpNet::V6(net) => 64 - net.prefix_len(),
    };
    1u64.checked_shl(bits.into()).unwrap_or(NEVER)
}

/// Prefixes around `net` of `longest` to `shortest` bits that are worth a look. The whole of a family is none.
fn around(net: IpNet, longest: u8, shortest: u8, inside: u64, within: &AddressSet) -> Vec<Around> {
    let mut found: Vec<Around> = Vec::new();
    for length in (shortest.max(1)..=longest).rev() {
        let wider = IpNet::new_assert(net.addr(), length).trunc();
        let chars = listed_chars(wider);
        if found.last().is_some_and(|known| known.chars <= chars) {
            continue;
        }
        if !holds(within, wider) {
            break;
        }
        let exact = wider == net;
        let extra = match wider {
            _ if exact => 0,
            IpNet::V6(_) if length > 64 => 1,
            _ => counted(wider).saturating_sub(inside),
        };
        found.push(Around { net: wider, chars, extra });
    }
    found
}

/// Whether all of a prefix is within a region, which is one run of addresses in each family.
fn holds(region: &AddressSet, net: IpNet) -> bool {
    region.contains(net.network()) && region.contains(net.broadcast())
}

/// For a subtree and each number of characters, the fewest others let in, and how many of the characters
/// the lower half then has.
struct Table {
    /// Index: characters. Never rising; behind its end it goes on as it ends.
    extra: Vec<u64>,
    low: Vec<u32>,
    halves: Option<Box<(Table, Table)>>,
}

/// In `low`: one prefix stands for the whole subtree.
const WHOLE: u32 = u32::MAX;

impl Table {
    fn extra(&self, chars: usize) -> Option<u64> {
        self.extra.get(chars.min(self.extra.len() - 1)).copied()
    }

    /// The numbers of characters at which fewer others are let in than with one less.
    fn steps(&self) -> Vec<(usize, u64)> {
        let mut before = NEVER;
        let mut steps = Vec::new();
        for (chars, extra) in self.extra.iter().enumerate() {
            if *extra < before {
                steps.push((chars, *extra));
                before = *extra;
            }
        }
        steps
    }
}

fn table(node: &Node, budget: usize) -> Table {
    let most = node.chars.max(node.around.first().map_or(0, |first| first.chars)).min(budget);
    let (mut extra, mut low) = (vec![NEVER; most + 1], vec![WHOLE; most + 1]);
    for around in node.around.iter().filter(|around| around.chars <= most) {
        extra[around.chars] = extra[around.chars].min(around.extra);
    }
    let halves = node.halves.as_ref().map(|halves| {
        let both = (table(&halves.0, budget), table(&halves.1, budget));
        let high = both.1.steps();
        for (a, in_low) in both.0.steps() {
            for (b, in_high) in high.iter().take_while(|(b, _)| a + b <= most) {
                let sum = if node.within_64 { in_low.max(*in_high) } else { in_low.saturating_add(*in_high) };
                if sum < extra[a + b] {
                    extra[a + b] = sum;
                    // Characters of a document.
                    low[a + b] = a as u32;
                }
            }
        }
        Box::new(both)
    });
    for chars in 1..=most {
        if extra[chars - 1] <= extra[chars] {
            extra[chars] = extra[chars - 1];
            low[chars] = low[chars - 1];
        }
    }
    Table { extra, low, halves }
}

/// Writes down the choice that a table stands for.
fn pick(node: &Node, table: &Table, chars: usize, prefixes: &mut Vec<IpNet>) {
    let chars = chars.min(table.extra.len() - 1);
    match (&node.halves, &table.halves) {
        (Some(nodes), Some(tables)) if table.low[chars] != WHOLE => {
            let low = table.low[chars] as usize;
            pick(&nodes.0, &tables.0, low, prefixes);
            pick(&nodes.1, &tables.1, chars - low, prefixes);
        }
        _ => {
            let fits = node.around.iter().find(|around| around.chars <= chars);
            prefixes.extend(fits.map(|around| around.net));
        }
    }
}

fn priced(node: &Node, price: f64) -> (f64, f64, Vec<IpNet>) {
    let cost = |extra: f64, chars: usize| extra + price * chars as f64;
    let whole = node.around.iter().map(|around| (cost(around.extra as f64, around.chars), around));
    let whole = whole.min_by(|a, b| a.0.total_cmp(&b.0));
    let halves = node.halves.as_ref().map(|halves| {
        let (low, high) = (priced(&halves.0, price), priced(&halves.1, price));
        let shared = if node.within_64 { low.1.min(high.1) } else { 0.0 };
        let prefixes = low.2.into_iter().chain(high.2).collect();
        (low.0 + high.0 - shared, low.1 + high.1 - shared, prefixes)
    });
    match (whole, halves) {
        (Some((whole, around)), Some(halves)) if whole < halves.0 => {
            (whole, around.extra as f64, vec![around.net])
        }
        (_, Some(halves)) => halves,
        (Some((whole, around)), None) => (whole, around.extra as f64, vec![around.net]),
        (None, None) => (0.0, 0.0, Vec::new()),
    }
}

#[cfg(test)]
mod tests;
