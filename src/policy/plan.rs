//! How a policy is laid out: the addresses that it lets through, and each document's share of them.

use super::document::Lists;
use super::region::{Cut, Edge, listed_chars, region};
use super::split::{Part, Room, cuts, form, parts, spelt};
use super::widen::{Tree, Widened};
use crate::cidr::{AddressSet, IpNet};

/// A layout that fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plan {
    /// What is let through.
    pub admitted: AddressSet,
    /// How many addresses of it are in no range; an IPv6 /64 or part of one counts 1.
    pub extra: u64,
    /// The documents' shares.
    pub parts: Vec<Part>,
}

/// The plan that lets through exactly these addresses, in as few documents as can be; `None` where no number
/// of documents holds it.
pub(super) fn exact(admitted: &AddressSet, room: Room) -> Option<Plan> {
    let prefixes: Vec<IpNet> = admitted.prefixes().collect();
    let chars: usize = prefixes.iter().map(|net| listed_chars(*net)).sum();
    let parts = if room.form_a + chars <= room.limit + 1 {
        vec![alone(admitted)]
    } else {
        parts(admitted, &cuts(&prefixes, room)?, room)
    };
    Some(Plan { admitted: admitted.clone(), extra: 0, parts })
}

/// The plan for at most so many documents that lets through the fewest others; `None` where there is none.
///
/// For one document it is exact. For several, the list is first widened by one price for a character until it
/// fits, which sets the cuts; then each document alone is filled exactly. That is the least for these cuts;
/// others might let in somewhat fewer, so it is close to the least of all, and never above what is allowed.
pub(super) fn widened(admitted: &AddressSet, documents: usize, room: Room) -> Option<Plan> {
    let prefixes: Vec<IpNet> = admitted.prefixes().collect();
    let tree = Tree::new(&prefixes, &AddressSet::everything());
    if documents <= 1 {
        let widened = tree.fit((room.limit + 1).checked_sub(room.form_a)?)?;
        let admitted = set(&widened)?;
        return Some(Plan { parts: vec![alone(&admitted)], admitted, extra: widened.extra });
    }
    let cuts = coarse(&tree, documents, room)?;
    let (mut all, mut extra) = (AddressSet::empty(), 0u64);
    for (number, &(from, to)) in (1u32..).zip(&cuts) {
        let region = region(from, to);
        let share: Vec<IpNet> = admitted.intersection(&region).prefixes().collect();
        let (from, to) = (Edge::new(from), Edge::new(to));
        let overhead = form(&from, &to, room).0 + number.ilog10() as usize + 1;
        let filled = Tree::new(&share, &region).fit((room.limit + 1).checked_sub(overhead)?)?;
        extra = extra.checked_add(filled.extra)?;
        all = all.union(&filled.prefixes.iter().copied().collect());
    }
    if all.v4.is_full() || all.v6.is_full() {
        return None;
    }
    let parts = parts(&all, &cuts, room);
    Some(Plan { admitted: all, extra, parts })
}

type Cuts = Vec<(Cut, Cut)>;

/// Cuts for so many documents: those of the list widened by the least price for a character that fits, and
/// only as far along the line as it must be, because many choices have one price.
fn coarse(tree: &Tree, documents: usize, room: Room) -> Option<Cuts> {
    let fits = |prefixes: Vec<IpNet>| -> Option<Cuts> {
        let prefixes: Vec<IpNet> = prefixes.into_iter().collect::<AddressSet>().prefixes().collect();
        let least: usize = prefixes.iter().map(|net| listed_chars(*net)).sum();
        let most = documents * (room.limit + 1).saturating_sub(room.form_a.min(room.form_b));
        // Looking for cuts takes longer than counting.
        if least > most { None } else { cuts(&prefixes, room).filter(|cuts| cuts.len() <= documents) }
    };
    // From a sixth of an address for a character to more than there are addresses, in equal ratios.
    let price = |step: usize| (step as f64 / 8.0 - 2.5).exp2();
    let (at, best) = least(8 * 70, |step| fits(tree.priced(price(step))))?;
    let finer = tree.priced(at.checked_sub(1).map_or(0.0, price));
    let coarser = tree.priced(price(at));
    let mixed = |wide: usize| -> Vec<IpNet> {
        let end = wide.checked_sub(1).map(|last| coarser[last]);
        let behind = |net: &&IpNet| end.is_none_or(|end| Cut::place(**net) > Cut::place(end));
        coarser[..wide].iter().chain(finer.iter().filter(behind)).copied().collect()
    };
    Some(least(coarser.len(), |wide| fits(mixed(wide))).map_or(best, |(_, cuts)| cuts))
}

/// The least number up to `most` for which there is something, by halving, where there is for all above it.
fn least<T>(most: usize, find: impl Fn(usize) -> Option<T>) -> Option<(usize, T)> {
    if let Some(found) = find(0) {
        return Some((0, found));
    }
    let (mut low, mut high, mut best) = (0, most, find(most)?);
    while high - low > 1 {
        let middle = (low + high) / 2;
        match find(middle) {
            Some(found) => (best, high) = (found, middle),
            None => low = middle,
        }
    }
    Some((high, best))
}

fn set(widened: &Widened) -> Option<AddressSet> {
    let set: AddressSet = widened.prefixes.iter().copied().collect();
    (!set.v4.is_full() && !set.v6.is_full()).then_some(set)
}

/// One document for everything.
fn alone(admitted: &AddressSet) -> Part {
    Part { region: AddressSet::everything(), lists: Lists { within: None, listed: spelt(admitted) } }
}
