//! Which of the networks that are typed in the add dialog lie in one another.

use crate::cidr::IpNet;
use crate::cidr::index::Index;

/// The networks that will be added, each with its line, from 0.
#[derive(Debug, Default)]
pub struct Among {
    networks: Vec<(IpNet, usize)>,
    index: Index,
}

/// A network that lies in another, or holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Other<At> {
    /// It.
    pub net: IpNet,
    /// Where it stands.
    pub at: At,
    /// Whether there are more.
    pub more: bool,
}

impl<At> Other<At> {
    /// The first of those that are found.
    pub fn first(mut found: impl Iterator<Item = (IpNet, At)>) -> Option<Self> {
        let (net, at) = found.next()?;
        Some(Self { net, at, more: found.next().is_some() })
    }
}

impl Among {
    /// Of networks, each different, with their lines.
    pub fn new(networks: Vec<(IpNet, usize)>) -> Self {
        let index = Index::new(networks.iter().map(|(net, _)| *net));
        Self { networks, index }
    }

    /// The narrowest wider network around this one.
    pub fn around(&self, net: IpNet) -> Option<(IpNet, usize)> {
        let mut around = self.index.holding(net.network()).filter_map(|at| self.networks.get(at).copied());
        around.find(|(other, _)| other.prefix_len() < net.prefix_len())
    }

    /// The first narrower network in this one.
    pub fn inside(&self, net: IpNet) -> Option<Other<usize>> {
        let inside = self.index.within(net).filter_map(|at| self.networks.get(at).copied());
        Other::first(inside.filter(|(other, _)| *other != net))
    }
}
