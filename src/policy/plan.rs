//! How a policy is laid out: the addresses that it lets through, and each document's share of them.

use super::document::Lists;
use super::region::region;
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
    let chars: usize = prefixes.iter().map(|net| super::region::listed_chars(*net)).sum();
    let parts = if room.form_a + chars <= room.limit + 1 {
        vec![alone(admitted)]
    } else {
        parts(admitted, &cuts(&prefixes, room)?, room)
    };
    Some(Plan { admitted: admitted.clone(), extra: 0, parts })
}

/// The plan for at most so many documents that lets through the fewest others; `None` where there is none.
///
/// For one document it is exact. For several, the list is first widened evenly, by one price for a
/// character, until it fits, which sets the cuts; then each document alone is filled exactly.
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
        let (from, to) = (super::region::Edge::new(from), super::region::Edge::new(to));
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

/// Cuts for so many documents, from the least widening by one price that fits.
fn coarse(
    tree: &Tree,
    documents: usize,
    room: Room,
) -> Option<Vec<(super::region::Cut, super::region::Cut)>> {
    let fits = |price: f64| {
        let prefixes: Vec<IpNet> =
            tree.priced(price).into_iter().collect::<AddressSet>().prefixes().collect();
        let least: usize = prefixes.iter().map(|net| super::region::listed_chars(*net)).sum();
        let most = documents * (room.limit + 1).saturating_sub(room.form_a.min(room.form_b));
        // Looking for cuts takes longer than counting.
        if least > most { None } else { cuts(&prefixes, room).filter(|cuts| cuts.len() <= documents) }
    };
    // From a millionth of an address for a character to more than there are addresses, in equal ratios.
    let (mut low, mut high) = (-20i32, 8 * 70);
    let price = |step: i32| (f64::from(step) / 8.0).exp2();
    let mut best = fits(price(high))?;
    while high - low > 1 {
        let middle = (low + high) / 2;
        match fits(price(middle)) {
            Some(cuts) => (best, high) = (cuts, middle),
            None => low = middle,
        }
    }
    Some(best)
}

fn set(widened: &Widened) -> Option<AddressSet> {
    let set: AddressSet = widened.prefixes.iter().copied().collect();
    (!set.v4.is_full() && !set.v6.is_full()).then_some(set)
}

/// One document for everything.
fn alone(admitted: &AddressSet) -> Part {
    Part { region: AddressSet::everything(), lists: Lists { within: None, listed: spelt(admitted) } }
}
