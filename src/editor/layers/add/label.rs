//! Labels in the lines of the add dialog: addresses that one has swallowed, and words that were to be one but
//! have no `#` before them.

use crate::cidr::{Cidr, CidrError};

/// What separates the CIDRs of a line.
pub fn separates(c: char) -> bool {
    c == ',' || c == ';' || c.is_whitespace()
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2013}' | '\u{2014}')
}

/// The words of a text with the places where they start.
fn words(text: &str, ends: impl Fn(char) -> bool) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    let all = text.split(ends).map(move |word| {
        let start = at;
        // Behind the word stands what ended it.
        at += word.len() + text[start + word.len()..].chars().next().map_or(0, char::len_utf8);
        (start, word)
    });
    all.filter(|(_, word)| !word.is_empty())
}

/// Where addresses stand in the label of a line, in bytes of the line. A line that has nothing but a label is
/// a remark, and may hold any.
pub fn addresses(line: &str) -> Vec<(usize, usize)> {
    let Some((list, label)) = line.split_once('#').filter(|(list, _)| !list.trim().is_empty()) else {
        return Vec::new();
    };
    let from = list.len() + 1;
    words(label, |c| separates(c) || c == '#')
        .filter(|(_, word)| word.contains(['.', ':']) && is_address(word))
        .map(|(start, word)| (from + start, from + start + word.len()))
        .collect()
}

/// The first address in what is to be a name.
pub fn address_in(name: &str) -> Option<&str> {
    let edges = |c: char| matches!(c, '"' | '\'' | '[' | ']' | '(' | ')');
    let mut all = words(name, separates).map(|(_, word)| word.trim_matches(edges));
    all.find(|word| word.contains(['.', ':']) && is_address(word))
}

/// Whether a word is a CIDR, or is none but can be made one.
fn is_address(word: &str) -> bool {
    word.parse::<Cidr>().map_or_else(|error| !error.mends().is_empty(), |_| true)
}

/// A line with the addresses of its label on lines of their own, each with the label that follows it.
/// Addresses with nothing between them stay together.
pub fn split(line: &str) -> String {
    let is_filler = |c: char| separates(c) || c == '#';
    let mut lists: Vec<(usize, usize)> = Vec::new();
    for (start, end) in addresses(line) {
        match lists.last_mut() {
            Some(last) if line[last.1..start].chars().all(|c| separates(c) || is_dash(c)) => last.1 = end,
            _ => lists.push((start, end)),
        }
    }
    let first = lists.first().map_or(line.len(), |list| list.0);
    let mut lines = vec![line[..first].trim_end_matches(is_filler).to_owned()];
    for (at, (start, end)) in lists.iter().enumerate() {
        let next = lists.get(at + 1).map_or(line.len(), |list| list.0);
        let label = line[*end..next].trim_matches(is_filler);
        let mark = if label.is_empty() { "" } else { " # " };
        lines.push(format!("{}{mark}{label}", &line[*start..*end]));
    }
    lines.join("\n")
}

/// Words behind a CIDR that no `#` makes a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bare {
    /// Where the last CIDR before them ends.
    pub behind: usize,
    /// Where they start.
    pub start: usize,
    /// Where they end.
    pub end: usize,
}

/// The words from a piece of a list on, where that piece is no CIDR but those before it are, the last of which
/// ends at `before`. None where one of them may be meant for an address.
pub fn bare(list: &str, piece: (usize, usize), before: Option<usize>) -> Option<Bare> {
    let text = &list[piece.0..piece.1];
    // `192.0.2.7 - office` is read as a range of addresses, and is none.
    let dashed = text
        .split_once(char::is_whitespace)
        .filter(|(first, rest)| rest.trim_start().starts_with(is_dash) && first.parse::<Cidr>().is_ok());
    let behind = dashed.map(|(first, _)| piece.0 + first.len()).or(before)?;
    let rest = list[behind..].trim_start_matches(|c| separates(c) || is_dash(c));
    let start = list.len() - rest.len();
    let rest = rest.trim_end_matches(separates);
    let is_label = words(rest, separates).all(|(_, word)| !may_be_address(word));
    let is_named = rest.split(separates).next().is_some_and(|word| word.contains(char::is_alphabetic));
    (is_label && is_named).then_some(Bare { behind, start, end: start + rest.len() })
}

/// Whether a word looks like an address or a host name: it has a colon, a slash, or a dot within.
fn may_be_address(word: &str) -> bool {
    let looks_so = matches!(
        word.parse::<Cidr>(),
        Ok(_) | Err(CidrError::LookAlike { like: '.' | ':' | '/' | '0'..='9', .. })
    );
    looks_so || word.contains([':', '/']) || word.trim_matches('.').contains('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_split_at_the_addresses_of_its_label() {
        for (line, split_line) in [
            (
                "52.94.0.1 # nat a, 52.94.0.2 # nat b, 52.94.0.3",
                "52.94.0.1 # nat a\n52.94.0.2 # nat b\n52.94.0.3",
            ),
            ("11.0.0.1 # 11.0.0.2 東京", "11.0.0.1\n11.0.0.2 # 東京"),
            ("11.0.0.1 # a; 11.0.0.2, 2001:db9::/32 # b#c", "11.0.0.1 # a\n11.0.0.2, 2001:db9::/32 # b#c"),
            ("11.0.0.1 # a 12.0.0.0 255.255.255.0 # b", "11.0.0.1 # a\n12.0.0.0 255.255.255.0 # b"),
            ("11.0.0.1 # a 12.0.0.1 - 12.0.0.9", "11.0.0.1 # a\n12.0.0.1 - 12.0.0.9"),
            ("11.0.0.1 # a, 12.0.0.9/24 # b", "11.0.0.1 # a\n12.0.0.9/24 # b"),
        ] {
            assert_eq!(split(line), split_line);
            assert!(split_line.split('\n').all(|line| addresses(line).is_empty()));
        }
    }

    #[test]
    fn a_label_without_an_address_stays_whole() {
        for line in ["11.0.0.1 # rack 2.1, since 2026: v1.2.3", "11.0.0.1", "# 11.0.0.2 # off", "11.0.0.1 #"]
        {
            assert_eq!(addresses(line), [], "{line}");
        }
    }

    #[test]
    fn words_behind_an_address_may_be_its_label() {
        let found = |list: &str, piece, before| {
            bare(list, piece, before).map(|bare| (bare.behind, list[bare.start..bare.end].to_owned()))
        };
        let of = |list: &str| {
            let start = list.find(separates).map_or(0, |at| at + 1);
            let end = start + list[start..].find(separates).unwrap_or(list.len() - start);
            found(list, (start, end), Some(start.saturating_sub(1)))
        };
        assert_eq!(of("11.0.0.1 vpn gateway 2 "), Some((8, "vpn gateway 2".to_owned())));
        assert_eq!(of("11.0.0.1 St. Gallen, 1st floor"), Some((8, "St. Gallen, 1st floor".to_owned())));
        assert_eq!(of("11.0.0.1 – 東京"), Some((8, "東京".to_owned())));
        assert_eq!(found("11.0.0.1 - vpn", (0, 14), None), Some((8, "vpn".to_owned())));
        for list in [
            "11.0.0.1 vpn.example.com",
            "11.0.0.1 vpn 11.0.0.2",
            "11.0.0.1 vpn 11.0.0",
            "11.0.0.1 24 office",
            "11.0.0.1 vpn ::1",
            "11.0.0.1 office/24",
            "11.0.0.1 vpn １１．０．０．２",
        ] {
            assert_eq!(of(list), None, "{list}");
        }
    }
}
