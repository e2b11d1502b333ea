//! Which ranges a filter shows: those that hold every word of it somewhere, or that hold the address.

use crate::allowlist::{Allowlist, RangeAt};
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
        let words: Vec<String> = filter.split_whitespace().map(str::to_lowercase).collect();
        let matches = |text: &str| words.iter().all(|word| text.contains(word.as_str()));
        self.texts.iter().filter(|(_, text)| matches(text)).map(|(at, _)| *at).collect()
    }
}
