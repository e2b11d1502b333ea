//! What is typed into the add dialog, token by token: what each will become, or what is wrong with it.

use crate::allowlist::{Allowlist, Date, GroupAt, Range};
use crate::cidr::special::{Special, special};
use crate::cidr::{AddressSet, Cidr, CidrError, IpNet, grouped};
use crate::review::wide;
use crate::text::{Text, quoted};
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

/// One token.
#[derive(Debug, Clone)]
pub struct Token {
    /// Its line, from 0.
    pub line: usize,
    /// Where it starts in the line, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What it is.
    pub verdict: Verdict,
}

/// What a token is.
#[derive(Debug, Clone)]
pub enum Verdict {
    /// It will be added.
    Fine(Cidr),
    /// The group has it already: it is left out.
    Present(Cidr),
    /// It stood in an earlier line, counted from 0: it is left out.
    Repeated(Cidr, usize),
    /// It is no CIDR.
    Wrong(Box<CidrError>),
    /// The label behind `#` is refused.
    BadLabel(String),
}

/// What there is already, for the words on duplicates.
#[derive(Debug, Default)]
pub struct Known {
    here: HashSet<IpNet>,
    elsewhere: HashMap<IpNet, GroupAt>,
}

impl Known {
    /// What an allowlist has, seen from a group.
    pub fn of(allowlist: &Allowlist, group: GroupAt) -> Self {
        let mut known = Self::default();
        for (at, .., range) in allowlist.ranges() {
            let Some(net) = range.net() else { continue };
            if at.group == group {
                known.here.insert(net);
            } else {
                known.elsewhere.entry(net).or_insert(at.group);
            }
        }
        known
    }

    /// Another group that has exactly this network.
    pub fn elsewhere(&self, net: IpNet) -> Option<GroupAt> {
        self.elsewhere.get(&net).copied()
    }
}

/// All tokens of a text.
#[derive(Debug, Default)]
pub struct Tokens {
    /// In the order of the text.
    pub tokens: Vec<Token>,
    labels: HashMap<usize, Text>,
}

impl Tokens {
    /// Reads the lines of a text.
    pub fn read(lines: &[String], known: &Known) -> Self {
        let mut tokens = Self::default();
        let mut seen: HashMap<IpNet, usize> = HashMap::new();
        for (line, text) in lines.iter().enumerate() {
            let (list, label) = match text.split_once('#') {
                Some((list, label)) => (list, label.trim()),
                None => (text.as_str(), ""),
            };
            for (start, end) in pieces(list) {
                let verdict = match parse(&list[start..end]) {
                    Err(error) => Verdict::Wrong(Box::new(error)),
                    Ok(cidr) if known.here.contains(&cidr.net()) => Verdict::Present(cidr),
                    Ok(cidr) => match seen.entry(cidr.net()) {
                        Entry::Occupied(first) => Verdict::Repeated(cidr, *first.get()),
                        Entry::Vacant(new) => {
                            new.insert(line);
                            Verdict::Fine(cidr)
                        }
                    },
                };
                tokens.tokens.push(Token { line, start, end, verdict });
            }
            match Text::new(label) {
                Ok(label) if label.is_empty() => {}
                Ok(label) => _ = tokens.labels.insert(line, label),
                Err(error) => {
                    let verdict = Verdict::BadLabel(format!("the label: {error}"));
                    tokens.tokens.push(Token { line, start: list.len(), end: text.len(), verdict });
                }
            }
        }
        tokens
    }

    /// The first token for which nothing can be added.
    pub fn first_wrong(&self) -> Option<&Token> {
        self.tokens.iter().find(|token| token.is_wrong())
    }

    /// The tokens of a line.
    pub fn of_line(&self, line: usize) -> &[Token] {
        let from = self.tokens.partition_point(|token| token.line < line);
        let to = self.tokens.partition_point(|token| token.line <= line);
        &self.tokens[from..to]
    }

    /// The ranges to add.
    pub fn ranges(&self, today: Date) -> Vec<Range> {
        let fine = self.tokens.iter().filter_map(|token| match token.verdict {
            Verdict::Fine(cidr) => Some((token.line, cidr)),
            _ => None,
        });
        fine.map(|(line, cidr)| {
            let label = self.labels.get(&line).cloned().unwrap_or_default();
            Range { label, added: Some(today), ..Range::new(cidr) }
        })
        .collect()
    }

    /// `12 ranges to add, 3 already there, 1 wrong`.
    pub fn summary(&self) -> String {
        let count =
            |what: fn(&Verdict) -> bool| self.tokens.iter().filter(|token| what(&token.verdict)).count();
        let fine = count(|v| matches!(v, Verdict::Fine(_)));
        let left = count(|v| matches!(v, Verdict::Present(_) | Verdict::Repeated(..)));
        let wrong = count(|v| matches!(v, Verdict::Wrong(_) | Verdict::BadLabel(_)));
        let mut words = vec![format!("{} to add", crate::editor::editing::ranges(fine))];
        if left > 0 {
            words.push(format!("{left} there already, left out"));
        }
        if wrong > 0 {
            words.push(format!("{wrong} wrong"));
        }
        words.join(", ")
    }
}

impl Token {
    /// Whether it keeps everything from being added.
    pub fn is_wrong(&self) -> bool {
        matches!(self.verdict, Verdict::Wrong(_) | Verdict::BadLabel(_))
    }

    /// What it is, in words, with the character that stands for it.
    pub fn words(&self, allowlist: &Allowlist, known: &Known) -> (char, String) {
        match &self.verdict {
            Verdict::Fine(cidr) => {
                let also = known.elsewhere(cidr.net()).and_then(|at| allowlist.group(at));
                let wide = wide::words(cidr.net()).unwrap_or_default();
                match (also, special(cidr.net())) {
                    _ if cidr.net().prefix_len() == 0 => ('x', format!("{cidr} is {wide}")),
                    (Some(group), _) => ('!', format!("{cidr}, also in {}", group.name)),
                    (None, Some(Special::Documentation)) => {
                        ('!', format!("{cidr}, reserved for documentation"))
                    }
                    (None, Some(Special::NeverPublic(what))) => {
                        ('!', format!("{cidr}, never a public source: {what}"))
                    }
                    (None, None) if !wide.is_empty() => ('!', format!("{cidr}, {wide}")),
                    (None, None) => ('+', format!("{cidr}, {}", size(*cidr))),
                }
            }
            Verdict::Present(cidr) => ('=', format!("{cidr} is in this group already: left out")),
            Verdict::Repeated(cidr, line) => {
                ('=', format!("{cidr} stands in line {} already: left out", line + 1))
            }
            Verdict::Wrong(error) => ('x', error.to_string()),
            Verdict::BadLabel(error) => ('x', error.clone()),
        }
    }
}

fn size(cidr: Cidr) -> String {
    if cidr.is_host() {
        return "1 address".to_owned();
    }
    let set: AddressSet = [cidr.net()].into_iter().collect();
    let count = if set.v6.is_empty() { set.ipv4_count().to_string() } else { set.ipv6_count() };
    format!("{} addresses", grouped(&count))
}

/// `a - b` is read without its spaces.
fn parse(text: &str) -> Result<Cidr, CidrError> {
    if text.contains('-') && text.contains(char::is_whitespace) {
        return text.split_whitespace().collect::<String>().parse();
    }
    text.parse()
}

/// Where the tokens of a list are: separated by commas, semicolons and spaces, but `a - b` and an address
/// with the netmask behind it are one, as otherwise the netmask would pass for an address.
fn pieces(list: &str) -> Vec<(usize, usize)> {
    let mut pieces: Vec<(usize, usize)> = Vec::new();
    let separates = |c: char| c == ',' || c == ';' || c.is_whitespace();
    let mut at = 0;
    for piece in list.split(separates) {
        let (start, end) = (at, at + piece.len());
        at = end + list[end..].chars().next().map_or(0, char::len_utf8);
        if piece.is_empty() {
            continue;
        }
        match pieces.last_mut() {
            Some(last) if belongs(list, *last, (start, end)) => last.1 = end,
            _ => pieces.push((start, end)),
        }
    }
    pieces
}

fn belongs(list: &str, last: (usize, usize), piece: (usize, usize)) -> bool {
    let (before, text) = (&list[last.0..last.1], &list[piece.0..piece.1]);
    if !list[last.1..piece.0].chars().all(char::is_whitespace) {
        return false;
    }
    if text.starts_with('-') || before.ends_with('-') {
        return true;
    }
    if !(text.starts_with("255.") || text.starts_with("0.")) {
        return false;
    }
    let together = format!("{before} {text}").parse::<Cidr>();
    matches!(together, Err(CidrError::Netmask(_) | CidrError::WildcardMask(_) | CidrError::HostBits { .. }))
}

/// What a wrong token offers, in words for the key that takes it.
pub fn offers(error: &CidrError) -> Vec<(String, String)> {
    let mends = error.mends();
    mends
        .into_iter()
        .map(|mend| {
            let cidrs: Vec<String> = mend.cidrs.iter().map(ToString::to_string).collect();
            let text = cidrs.join(", ");
            (format!("{} {}", mend.what, quoted(&text, 60)), text)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        let tokens = Tokens::read(&lines, &Known::default());
        tokens.tokens.iter().map(|token| token.words(&Allowlist::default(), &Known::default()).1).collect()
    }

    #[test]
    fn commas_spaces_and_lines_separate() {
        assert_eq!(
            read("198.18.4.0/30,11.0.0.1  12.0.0.0/8\n2001:0DB9::/32 # lab"),
            [
                "198.18.4.0/30, never a public source: benchmarking (RFC 2544)",
                "11.0.0.1, 1 address",
                "12.0.0.0/8, 16,777,216 addresses: far too wide?",
                "2001:db9::/32, 2^96 addresses"
            ]
        );
    }

    #[test]
    fn a_netmask_or_a_range_with_spaces_is_never_two_addresses() {
        assert_eq!(
            read("11.0.0.0 255.255.255.0"),
            ["a netmask in place of the prefix length: write 11.0.0.0/24"]
        );
        assert_eq!(read("11.0.0.0 - 11.0.0.3"), ["a range of addresses, not a CIDR: it is 11.0.0.0/30"]);
        assert_eq!(read("11.0.0.9 0.0.0.255").len(), 1);
    }

    #[test]
    fn what_is_repeated_is_left_out_and_said() {
        assert_eq!(
            read("11.0.0.1\n11.0.0.1/32 11.0.0.2 11.0.0.2")[1..],
            [
                "11.0.0.1/32 stands in line 1 already: left out",
                "11.0.0.2, 1 address",
                "11.0.0.2 stands in line 2 already: left out"
            ]
        );
    }
}
