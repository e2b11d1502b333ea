//! What the allowlist has already, for the words on what is typed again. Made once for a dialog, for a large
//! list beside it, so that the key that opens the dialog need not wait.

use super::among::Other;
use crate::allowlist::{Allowlist, Date, GroupAt, Range, RangeAt};
use crate::cidr::IpNet;
use crate::cidr::index::Index;
use std::sync::Arc;
use std::thread::JoinHandle;

/// Up to how many ranges it is not worth a thread.
const MADE_AT_ONCE: usize = 2_000;

/// The networks of an allowlist, seen from a group.
#[derive(Debug, Default)]
pub struct Known {
    /// The group.
    pub here: Option<GroupAt>,
    /// In order, each network once.
    networks: Vec<Network>,
    index: Index,
}

#[derive(Debug)]
struct Network {
    net: IpNet,
    is_here: bool,
    /// The first other group that has it.
    elsewhere: Option<GroupAt>,
    /// The first group that has it in force.
    active: Option<GroupAt>,
}

impl Known {
    /// The same as [`Self::of`]; for a large list it is empty, and the thread gives what is to come in its place.
    pub fn start(
        allowlist: &Arc<Allowlist>,
        group: GroupAt,
        today: Date,
    ) -> (Self, Option<JoinHandle<Self>>) {
        if allowlist.ranges().nth(MADE_AT_ONCE).is_some() {
            let work = Arc::clone(allowlist);
            let thread = std::thread::Builder::new().name("known".to_owned());
            if let Ok(thread) = thread.spawn(move || Self::of(&work, group, today)) {
                return (Self::default(), Some(thread));
            }
        }
        (Self::of(allowlist, group, today), None)
    }

    /// What an allowlist has on a day (UTC), seen from a group.
    pub fn of(allowlist: &Allowlist, group: GroupAt, today: Date) -> Self {
        let network = |(at, .., range): (RangeAt, _, _, &Range)| {
            let is_here = at.group == group;
            Some(Network {
                net: range.net()?,
                is_here,
                elsewhere: (!is_here).then_some(at.group),
                active: range.is_active(today).then_some(at.group),
            })
        };
        let mut networks: Vec<Network> = allowlist.ranges().filter_map(network).collect();
        // Stable: of several groups the first is named.
        networks.sort_by_key(|known| known.net);
        networks.dedup_by(|later, first| {
            let same = later.net == first.net;
            if same {
                first.is_here |= later.is_here;
                first.elsewhere = first.elsewhere.or(later.elsewhere);
                first.active = first.active.or(later.active);
            }
            same
        });
        let index = Index::new(networks.iter().map(|known| known.net));
        Self { here: Some(group), networks, index }
    }

    fn exactly(&self, net: IpNet) -> Option<&Network> {
        let at = self.networks.binary_search_by_key(&net, |known| known.net).ok()?;
        self.networks.get(at)
    }

    /// Whether the group itself has exactly this network.
    pub fn is_here(&self, net: IpNet) -> bool {
        self.exactly(net).is_some_and(|known| known.is_here)
    }

    /// Another group that has exactly this network.
    pub fn elsewhere(&self, net: IpNet) -> Option<GroupAt> {
        self.exactly(net)?.elsewhere
    }

    /// The narrowest wider network in force that holds this one, with a group that has it.
    pub fn around(&self, net: IpNet) -> Option<(IpNet, GroupAt)> {
        let around = self.index.holding(net.network()).filter_map(|at| self.networks.get(at));
        let mut wider = around.filter(|known| known.net.prefix_len() < net.prefix_len());
        wider.find_map(|known| Some((known.net, known.active?)))
    }

    /// The first narrower network in force that this one holds, with a group that has it.
    pub fn inside(&self, net: IpNet) -> Option<Other<GroupAt>> {
        let inside = self.index.within(net).filter_map(|at| self.networks.get(at));
        let narrower = inside.filter(|known| known.net != net);
        Other::first(narrower.filter_map(|known| Some((known.net, known.active?))))
    }
}
