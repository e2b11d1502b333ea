//! What an edit does to who is let through: a range that is taken out, off or smaller takes nothing away
//! where another one holds the same addresses.

use super::document::Document;
use super::state::{Editor, Tone};
use super::width;
use crate::allowlist::{Date, Edit, EditError, Range, RangeAt};
use crate::cidr::index::Index;
use crate::cidr::{AddressSet, IpNet};

/// How many columns of a group's name are said.
const NAME: usize = 30;

/// What has become of the addresses of the ranges that an edit has taken out or changed.
#[derive(Debug, PartialEq, Eq)]
pub enum Effect {
    /// The edit takes no address from a range that was let through.
    Nothing,
    /// No range lets them through any more.
    Denied,
    /// Other ranges still let through all or a part of them.
    Held(Held),
}

/// Who still lets through what an edit has taken from a range.
#[derive(Debug, PartialEq, Eq)]
pub struct Held {
    /// The widest of those ranges, with its group.
    by: String,
    /// How many more there are.
    more: usize,
    /// How many of the addresses, in words; `None`: all.
    part: Option<String>,
    /// Whether the addresses were taken from one range.
    from_one: bool,
}

impl Held {
    /// `203.0.114.0/24 of Offices still lets all of it through`.
    pub fn words(&self) -> String {
        let (by, lets) = match self.more {
            0 => (self.by.clone(), "lets"),
            1 => (format!("{} and 1 more", self.by), "let"),
            more => (format!("{} and {} more", self.by, crate::cidr::grouped(&more.to_string())), "let"),
        };
        let what = match (&self.part, self.from_one) {
            (None, true) => "all of it".to_owned(),
            (None, false) => "all of them".to_owned(),
            (Some(count), true) => format!("a part of it ({count})"),
            (Some(count), false) => format!("a part of them ({count})"),
        };
        format!("{by} still {lets} {what} through")
    }
}

/// What is said of an edit.
#[derive(Debug, Default)]
pub struct Said {
    /// What was done, such as `Disabled 203.0.114.0/28`.
    pub done: String,
    /// What is said behind it where no range holds the addresses any more.
    pub denied: &'static str,
    /// The same where the edit takes no address from what was let through.
    pub nothing: &'static str,
    /// What is said at the end.
    pub end: &'static str,
}

impl Said {
    /// How the effect is to be said: in short, and in whole.
    pub fn with(&self, effect: &Effect) -> (Tone, String, String) {
        let Self { done, denied, nothing, end } = self;
        let plain = |words: &str| format!("{done}{words}{end}.");
        match effect {
            Effect::Nothing => (Tone::Done, plain(nothing), plain(nothing)),
            Effect::Denied => (Tone::Done, plain(denied), plain(denied)),
            Effect::Held(held) => {
                let verb = done.split_whitespace().next().unwrap_or_default();
                let held = held.words();
                (Tone::Warning, format!("{verb}, but {held}."), format!("{done}, but {held}{end}."))
            }
        }
    }
}

impl Document {
    /// What is said behind `Disabled …` where no range holds the addresses any more. A policy that may admit
    /// more addresses than the ranges so that it fits may let them through all the same.
    pub fn denied_words(&self) -> &'static str {
        match self.allowlist().policy().max_extra_addresses {
            0 => ": not let through any more",
            _ => ": in no range any more; t tells whether the policy's extra addresses hold it",
        }
    }
}

impl Editor {
    /// Applies an edit as one step and says what it does to who is let through.
    pub fn edit_judged(&mut self, edit: Edit, words: impl Into<String>, said: &Said) -> bool {
        match judged(&mut self.document, edit, words.into()) {
            Ok(effect) => {
                let (tone, short, whole) = said.with(&effect);
                self.say_in(tone, short, whole);
            }
            Err(error) => {
                self.say(Tone::Error, error.to_string());
                return false;
            }
        }
        self.rebuild();
        true
    }
}

/// Applies an edit as one step and tells its effect. O(n), as an edit is.
pub fn judged(document: &mut Document, edit: Edit, words: String) -> Result<Effect, EditError> {
    let today = document.today;
    let mut new = Vec::new();
    active(&edit, today, &mut new);
    document.perform(edit, words)?;
    // The inverse holds all that was there before, as it was.
    let mut old = Vec::new();
    let count = document.inverse().map_or(0, |inverse| active(inverse, today, &mut old));
    let taken = AddressSet::from_prefixes(old).difference(&AddressSet::from_prefixes(new));
    if taken.is_empty() {
        return Ok(Effect::Nothing);
    }
    let nets: Vec<IpNet> = taken.prefixes().collect();
    let index = Index::new(nets);
    let touches = |net: IpNet| index.holding(net.network()).next().is_some() || index.within(net).len() > 0;
    let holders = document.allowlist().ranges().filter(|(.., range)| range.is_active(today));
    let holders: Vec<(IpNet, RangeAt)> = holders
        .filter_map(|(at, .., range)| Some((range.net()?, at)))
        .filter(|(net, _)| touches(*net))
        .collect();
    let held = AddressSet::from_prefixes(holders.iter().map(|(net, _)| *net)).intersection(&taken);
    // Of several of one width the first in the file.
    let Some((net, at)) = holders.iter().min_by_key(|(net, _)| net.prefix_len()) else {
        return Ok(Effect::Denied);
    };
    let allowlist = document.allowlist();
    let group = allowlist.group(at.group).map_or("", |group| group.name.as_str());
    let cidr = allowlist.range(*at).map(|range| range.cidr.to_string()).unwrap_or_default();
    let alone = AddressSet::from_prefixes([*net]).intersection(&taken) == held;
    Ok(Effect::Held(Held {
        by: format!("{cidr} of {}", width::clip(group, NAME)),
        more: if alone { 0 } else { holders.len() - 1 },
        part: (held != taken).then(|| addresses(&held)),
        from_one: count == 1,
    }))
}

fn addresses(set: &AddressSet) -> String {
    let count = set.count_words();
    if count == "1" { "1 address".to_owned() } else { format!("{count} addresses") }
}

/// The networks that are let through of all ranges that an edit brings; how many ranges those are.
fn active(edit: &Edit, today: Date, nets: &mut Vec<IpNet>) -> usize {
    let mut count = 0;
    let mut take = |range: &Range| {
        count += 1;
        nets.extend(range.net().filter(|_| range.is_active(today)));
    };
    match edit {
        Edit::InsertRanges(_, ranges) => ranges.iter().for_each(|(_, range)| take(range)),
        Edit::ReplaceRanges(ranges) => ranges.iter().for_each(|(_, range)| take(range)),
        Edit::InsertGroup(_, group) => group.ranges.iter().for_each(take),
        Edit::InsertCategory(_, category) => {
            category.groups.iter().flat_map(|group| &group.ranges).for_each(take);
        }
        Edit::All(edits) => return edits.iter().map(|edit| active(edit, today, nets)).sum(),
        _ => {}
    }
    count
}
