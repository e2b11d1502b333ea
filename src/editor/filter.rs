//! Which ranges a filter shows: those of which every word stands somewhere, be it with gaps (`ntops` finds
//! `netops`), or that hold the address. What looks like a part of an address is taken exactly.

use super::by_chunk::ByChunk;
use crate::allowlist::{Allowlist, GroupAt, Range, RangeAt};
use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use std::net::IpAddr;

/// Everything that is searched, made once, so that a key press only looks; and what was found last, so that an
/// edit looks only at what it touched.
#[derive(Debug, Default)]
pub struct Haystack {
    chunks: ByChunk<(), Texts>,
    /// The filter that was looked for last, and a number that is another for each.
    last: (String, u64),
}

/// What is searched of a chunk of ranges.
#[derive(Debug)]
struct Texts {
    texts: Vec<String>,
    /// The positions of those that were found.
    found: Vec<usize>,
    /// The filter's number, and which of its words stand in the group's name.
    found_for: Option<(u64, Vec<bool>)>,
}

impl Haystack {
    /// The places of the ranges that a filter shows, in the order of the file.
    pub fn find(&mut self, allowlist: &Allowlist, filter: &str) -> Vec<RangeAt> {
        let filter = filter.trim();
        if let Ok(address) = filter.parse::<IpAddr>() {
            let holds = |range: &Range| range.net().is_some_and(|net| net.contains(&address));
            return allowlist.ranges().filter(|(.., range)| holds(range)).map(|(at, ..)| at).collect();
        }
        if self.last.0 != filter {
            self.last = (filter.to_owned(), self.last.1 + 1);
        }
        let groups = allowlist.categories().iter().flat_map(|category| &category.groups);
        let chunks = groups.flat_map(|group| group.ranges.chunks());
        self.chunks.renew(chunks.map(|chunk| (chunk, ())), |ranges, ()| Texts::of(ranges));
        let words: Vec<Word> = filter.split_whitespace().map(Word::of).collect();
        let mut matcher = Matcher::new(Config::DEFAULT);
        let (mut found, mut chunks) = (Vec::new(), self.chunks.values_mut());
        for (category, value) in allowlist.categories().iter().enumerate() {
            for (group, value) in value.groups.iter().enumerate() {
                let name = value.name.to_lowercase();
                let in_name: Vec<bool> = words.iter().map(|word| word.is_in(&name, &mut matcher)).collect();
                let (group, mut start) = (GroupAt { category, group }, 0);
                // As many as the group has: they were made of them, in the same order.
                for texts in chunks.by_ref().take(value.ranges.chunks().count()) {
                    texts.find(&words, (self.last.1, &in_name), &mut matcher);
                    found.extend(texts.found.iter().map(|at| RangeAt { group, range: start + at }));
                    start += texts.texts.len();
                }
            }
        }
        found
    }
}

impl Texts {
    fn of(ranges: &[Range]) -> Self {
        let text = |range: &Range| {
            format!("{}\n{}\n{}\n{}", range.cidr, range.label, range.owner, range.ticket).to_lowercase()
        };
        Self { texts: ranges.iter().map(text).collect(), found: Vec::new(), found_for: None }
    }

    /// Finds those in which the words stand that are not in the group's name, unless they were looked for last.
    fn find(&mut self, words: &[Word], (filter, in_name): (u64, &[bool]), matcher: &mut Matcher) {
        if self.found_for.as_ref().is_some_and(|(last, there)| *last == filter && there == in_name) {
            return;
        }
        let mut matches = |text: &str| {
            words.iter().zip(in_name).all(|(word, in_name)| *in_name || word.is_in(text, matcher))
        };
        let found = self.texts.iter().enumerate().filter(|(_, text)| matches(text)).map(|(at, _)| at);
        (self.found, self.found_for) = (found.collect(), Some((filter, in_name.to_vec())));
    }
}

/// A word of a filter.
struct Word {
    exact: String,
    /// `None` where nothing but the word itself is meant.
    fuzzy: Option<Atom>,
}

impl Word {
    fn of(text: &str) -> Self {
        let exact = text.to_lowercase();
        let of_address = exact.bytes().all(|b| b.is_ascii_hexdigit() || b".:/".contains(&b))
            && exact.bytes().any(|b| b.is_ascii_digit() || b".:/".contains(&b));
        let atom = || Atom::new(&exact, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy, false);
        Self { fuzzy: (!of_address).then(atom), exact }
    }

    /// Whether it stands in one of the lines of a text.
    fn is_in(&self, text: &str, matcher: &mut Matcher) -> bool {
        if text.contains(&self.exact) {
            return true;
        }
        let Some(fuzzy) = &self.fuzzy else { return false };
        let mut characters = Vec::new();
        text.lines().any(|line| fuzzy.score(Utf32Str::new(line, &mut characters), matcher).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::allowlist::{Edit, Group};
    use crate::text::{Name, Text};
    use proptest::prelude::*;

    fn range(number: usize) -> Range {
        let mut range = Range::new(format!("11.0.{}.0/24", number % 200).parse().unwrap());
        range.label = Text::new(["uplink", "Netops", ""][number % 3]).unwrap();
        range
    }

    fn allowlist() -> Allowlist {
        let mut allowlist = Allowlist::default();
        for (group, name) in ["HQ", "netops", "ISP B"].into_iter().enumerate() {
            let new = Group { ranges: (0..700).map(range).collect(), ..Group::new(Name::new(name).unwrap()) };
            allowlist.apply(Edit::InsertGroup(GroupAt { category: 2, group }, new)).unwrap();
        }
        allowlist
    }

    fn edit(kind: usize, group: usize, at: usize) -> Edit {
        let place = GroupAt { category: 2, group };
        match kind {
            0 => Edit::RemoveRanges(place, vec![at]),
            1 => Edit::append(place, at, vec![range(at)]),
            2 => Edit::ReplaceRanges(vec![(RangeAt { group: place, range: at }, range(at + 1))]),
            3 => Edit::DescribeGroup(place, Name::new(format!("group {at}")).unwrap(), Text::default()),
            _ => Edit::MoveGroup(place, GroupAt { category: 2, group: at % 3 }),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn what_is_found_after_edits_is_what_is_found_anew(
            steps in proptest::collection::vec((0usize..5, 0usize..3, 0usize..900, 0usize..7), 1..8),
        ) {
            let mut now = allowlist();
            let mut haystack = Haystack::default();
            for (kind, group, at, filter) in steps {
                let _ = now.apply(edit(kind, group, at));
                let filter = ["", "netops", "11.0.7", "upl hq", "group", "11.0.7.9", "ntops 1"][filter];
                prop_assert_eq!(haystack.find(&now, filter), Haystack::default().find(&now, filter));
                let one_word = ["netops", "11.0.7"].contains(&filter);
                if one_word {
                    let holds = |text: &str| text.to_lowercase().contains(filter);
                    let found = now.ranges().filter(|(_, _, group, range)| {
                        holds(&group.name) || holds(&range.label) || holds(&range.cidr.to_string())
                    });
                    prop_assert_eq!(haystack.find(&now, filter), found.map(|(at, ..)| at).collect::<Vec<_>>());
                }
            }
        }
    }
}
