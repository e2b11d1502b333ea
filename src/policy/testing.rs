//! Fences and documents for the tests of this room.

use super::{Documents, Fence, PolicyDocument, parse_document, write};
use crate::allowlist::{Allowlist, Edit, Group, GroupAt, PolicySettings, Range, SettingKey};
use crate::cidr::Cidr;

/// Settings from their keys and texts.
pub fn settings(changes: &[(&str, &str)]) -> PolicySettings {
    changes.iter().fold(PolicySettings::default(), |settings, (key, value)| {
        SettingKey::find(key).unwrap().with(&settings, value).unwrap()
    })
}

/// A fence of these networks and settings.
pub fn fence(nets: &[String], settings: PolicySettings) -> Fence {
    let mut group = Group::new("g".parse().unwrap());
    group.ranges = nets.iter().map(|net| Range::new(net.parse::<Cidr>().unwrap())).collect();
    let mut allowlist = Allowlist::default();
    let at = GroupAt { category: 0, group: 0 };
    allowlist.apply(Edit::InsertGroup(at, group)).unwrap();
    allowlist.apply(Edit::SetPolicy(Box::new(settings))).unwrap();
    Fence::new(&allowlist, "2026-11-22".parse().unwrap()).unwrap()
}

/// Some networks, of both families, for tests that need no particular ones.
pub fn some_nets(count: u32) -> Vec<String> {
    let spread = |i: u32| i.wrapping_mul(2_654_435_761);
    let net = |i: u32| {
        let [a, b, c, d] = spread(i + 1).to_be_bytes();
        match i % 5 {
            0 => format!("{}.{b}.{c}.0/24", a | 1),
            4 => format!("2001:{:x}:{:x}::/48", u16::from_be_bytes([a, b]) | 1, u16::from_be_bytes([c, d])),
            _ => format!("{}.{b}.{c}.{d}", a | 1),
        }
    };
    (0..count).map(net).collect()
}

/// The documents of a fence as read back.
pub fn parsed(documents: &Documents) -> Vec<PolicyDocument> {
    documents.documents.iter().map(|document| parse_document(document.text.as_bytes()).unwrap()).collect()
}

/// The documents of a fence, read back.
pub fn written(fence: &Fence) -> Vec<PolicyDocument> {
    parsed(&write(fence).unwrap())
}
