//! Whether a network that is typed for a range is in the list already.

use crate::allowlist::{Allowlist, RangeAt};
use crate::cidr::IpNet;
use crate::editor::document::Document;
use std::cell::RefCell;

/// What was looked for last, and what was found: a frame must not look through the whole list.
#[derive(Default)]
pub struct Known(RefCell<Option<(u64, IpNet, Option<String>)>>);

impl Known {
    /// Which other range the new network of the range at a place stands or lies in; nothing is said of the one
    /// that it has.
    pub fn look(&self, document: &Document, at: RangeAt, old: Option<IpNet>, new: IpNet) -> Option<String> {
        if old == Some(new) {
            return None;
        }
        let mut last = self.0.borrow_mut();
        match &*last {
            Some((revision, net, found)) if (*revision, *net) == (document.revision(), new) => found.clone(),
            _ => {
                let found = around(document.allowlist(), at, new);
                *last = Some((document.revision(), new, found.clone()));
                found
            }
        }
    }
}

/// The narrowest other range around a network, in words.
fn around(allowlist: &Allowlist, at: RangeAt, net: IpNet) -> Option<String> {
    let others = allowlist.ranges().filter(|(other, ..)| *other != at);
    let around = others.filter_map(|(_, _, group, range)| {
        let other = range.net().filter(|other| other.contains(&net))?;
        Some((group, other))
    });
    let (group, other) = around.min_by_key(|(_, other)| std::cmp::Reverse(other.prefix_len()))?;
    Some(if other == net {
        format!("stands in {} already", group.name)
    } else {
        format!("lies within {other} of {}", group.name)
    })
}
