//! Which ranges hold another one or lie in it. The index is made once; later steps only move the places in
//! it, unless they bring networks that it does not know.

use crate::allowlist::{Range, RangeAt};
use crate::cidr::AddressSet;
use crate::cidr::index::Index;
use crate::editor::document::Document;

/// How many ranges that lie in another one are named.
const NAMED: usize = 6;

/// All networks, with the places of their ranges.
#[derive(Debug, Default)]
pub struct Neighbours {
    index: Index,
    /// Of each network of the index; `None`: it is gone.
    places: Vec<Option<RangeAt>>,
    /// How many steps of the document's journal are in it; `None`: it is to be made.
    followed: Option<usize>,
}

/// What has addresses in common with a range.
#[derive(Debug, Default)]
pub struct Others {
    /// Those that are wider and hold it, the narrowest first.
    pub around: Vec<RangeAt>,
    /// Those that lie in it or are the same network, as many as are named.
    pub inside: Vec<RangeAt>,
    /// How many those are.
    pub inside_count: usize,
    /// The addresses that only this range admits.
    pub left: AddressSet,
}

impl Neighbours {
    /// Brings it up to date.
    pub fn follow(&mut self, document: &Document) {
        let steps = document.moved().unwrap_or_default();
        let new = self.followed.and_then(|followed| steps.get(followed..));
        match new {
            Some(new) if !new.iter().any(|moved| moved.moves.brings_networks()) => {
                for moved in new.iter().filter(|moved| !moved.moves.keeps_places()) {
                    for place in &mut self.places {
                        *place = place.and_then(|at| moved.moves.follow(at));
                    }
                }
            }
            _ => {
                let all = document.allowlist().ranges();
                let (places, nets): (Vec<_>, Vec<_>) =
                    all.filter_map(|(at, .., range)| Some((Some(at), range.net()?))).unzip();
                (self.index, self.places) = (Index::new(nets), places);
            }
        }
        self.followed = Some(steps.len());
    }

    /// The others of the range at a place.
    pub fn of(&self, document: &Document, at: RangeAt) -> Others {
        let allowlist = document.allowlist();
        let Some(net) = allowlist.range(at).and_then(Range::net) else { return Others::default() };
        let place = |item: usize| self.places.get(item).copied().flatten().filter(|other| *other != at);
        let is_active =
            |other: &RangeAt| allowlist.range(*other).is_some_and(|range| range.is_active(document.today));
        let net_of = |other: &RangeAt| allowlist.range(*other).and_then(Range::net);
        let wider =
            |other: &RangeAt| net_of(other).is_some_and(|other| other.prefix_len() < net.prefix_len());
        let around: Vec<_> = self.index.holding(net.network()).filter_map(place).filter(wider).collect();
        let inside = || self.index.within(net).filter_map(place);
        let left = if around.iter().any(is_active) {
            AddressSet::empty()
        } else {
            let covered = inside().filter(is_active).filter_map(|other| net_of(&other));
            AddressSet::from_prefixes([net]).difference(&AddressSet::from_prefixes(covered))
        };
        Others { around, inside: inside().take(NAMED).collect(), inside_count: inside().count(), left }
    }
}
