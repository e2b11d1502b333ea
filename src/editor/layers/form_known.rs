//! Whether a network that is typed for a range is in the list already.

use crate::allowlist::{Allowlist, Date, RangeAt};
use crate::cidr::IpNet;
use crate::editor::document::Document;
use std::cell::RefCell;

/// What was looked for last, and what was found: a frame must not look through the whole list.
#[derive(Default)]
pub struct Known(RefCell<Option<(u64, IpNet, Option<String>)>>);

impl Known {
    /// Which other range has the new network of the range at a place, holds it or lies in it; nothing is said of
    /// the network that it has.
    pub fn look(&self, document: &Document, at: RangeAt, old: Option<IpNet>, new: IpNet) -> Option<String> {
        if old == Some(new) {
            return None;
        }
        let mut last = self.0.borrow_mut();
        match &*last {
            Some((revision, net, found)) if (*revision, *net) == (document.revision(), new) => found.clone(),
            _ => {
                let found = other(document.allowlist(), document.today, at, new);
                *last = Some((document.revision(), new, found.clone()));
                found
            }
        }
    }
}

/// The narrowest other range around a network, in words; else the first in it. What is not in force on the day
/// counts only where it is the same network.
fn other(allowlist: &Allowlist, today: Date, at: RangeAt, net: IpNet) -> Option<String> {
    let (mut around, mut inside) = (None, None);
    for (_, _, group, range) in allowlist.ranges().filter(|(other, ..)| *other != at) {
        let Some(other) = range.net() else { continue };
        if other == net {
            return Some(format!("stands in {} already", group.name));
        }
        if other.contains(&net) && range.is_active(today) {
            let narrowest =
                around.is_none_or(|(_, found): (_, IpNet)| found.prefix_len() < other.prefix_len());
            around = if narrowest { Some((group, other)) } else { around };
        } else if inside.is_none() && net.contains(&other) && range.is_active(today) {
            inside = Some((group, other));
        }
    }
    let within = around.map(|(group, other)| format!("lies within {other} of {}", group.name));
    within.or_else(|| inside.map(|(group, other)| format!("holds {other} of {}", group.name)))
}
