//! Which ranges a filter shows: those of which every word stands somewhere, be it with gaps (`ntops` finds
//! `netops`), or that hold the address. What looks like a part of an address is taken exactly.

use crate::allowlist::{Allowlist, RangeAt};
use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use std::net::IpAddr;

/// Everything that is searched, once for each state of the allowlist, so that a key press only looks.
#[derive(Debug, Default)]
pub struct Haystack {
    made_for: u64,
    texts: Vec<(RangeAt, String)>,
}

impl Haystack {
    /// The places of the ranges that a filter shows, in the order of the file. `revision` is that of the
    /// allowlist.
    pub fn find(&mut self, allowlist: &Allowlist, revision: u64, filter: &str) -> Vec<RangeAt> {
        let filter = filter.trim();
        if let Ok(address) = filter.parse::<IpAddr>() {
            let holds =
                |range: &crate::allowlist::Range| range.net().is_some_and(|net| net.contains(&address));
            return allowlist.ranges().filter(|(.., range)| holds(range)).map(|(at, ..)| at).collect();
        }
        if self.made_for != revision {
            self.texts = allowlist
                .ranges()
                .map(|(at, _, group, range)| {
                    let text = format!(
                        "{}\n{}\n{}\n{}\n{}",
                        range.cidr, range.label, range.owner, range.ticket, group.name
                    );
                    (at, text.to_lowercase())
                })
                .collect();
            self.made_for = revision;
        }
        let words: Vec<Word> = filter.split_whitespace().map(Word::of).collect();
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut matches = |text: &str| words.iter().all(|word| word.is_in(text, &mut matcher));
        self.texts.iter().filter(|(_, text)| matches(text)).map(|(at, _)| *at).collect()
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
