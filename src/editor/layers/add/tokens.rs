//! What is typed into the add dialog, token by token: what each will become, or what is wrong with it.

use super::among::Among;
use super::dress::{self, Dress};
use super::known::Known;
use super::label::{self, separates};
use crate::allowlist::{Date, Range};
use crate::cidr::{Cidr, CidrError, IpNet, grouped};
use crate::text::Text;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

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
    /// It is every address: nothing that can be added.
    Everybody(Cidr),
    /// It is a CIDR with something around it; `None`: there is nothing in it.
    Dressed(Dress, Option<Cidr>),
    /// It is no CIDR.
    Wrong(Box<CidrError>),
    /// Words that may be the label of the CIDRs before them, the last of which ends here.
    Bare(usize),
    /// The label behind `#` is refused.
    BadLabel(String),
}

/// Mends that change no address that is meant, so that one key makes all of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The same addresses, written as CIDRs.
    Same,
    /// A `#` before words.
    Label,
    /// An address without what stands around it.
    Undressed,
}

/// All tokens of a text.
#[derive(Debug, Default)]
pub struct Tokens {
    /// In the order of the text.
    pub tokens: Vec<Token>,
    labels: HashMap<usize, Text>,
    /// The lines in whose labels addresses stand, in order.
    swallowing: Vec<usize>,
    /// The first token for which nothing can be added.
    first_wrong: Option<usize>,
    counts: Counts,
    among: Among,
}

/// How many there are, counted once for a text.
#[derive(Debug, Default)]
struct Counts {
    fine: usize,
    left: usize,
    wrong_lines: usize,
    /// Of each kind of mends.
    same: usize,
    label: usize,
    undressed: usize,
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
            tokens.read_list(line, list, known, &mut seen);
            match Text::new(label) {
                Ok(label) if label.is_empty() => {}
                Ok(label) => _ = tokens.labels.insert(line, label),
                Err(error) => {
                    tokens.push(
                        line,
                        (list.len(), text.len()),
                        Verdict::BadLabel(format!("the label: {error}")),
                    );
                }
            }
            if !label::addresses(text).is_empty() {
                tokens.swallowing.push(line);
            }
        }
        tokens.among = Among::new(tokens.fine().map(|(line, cidr)| (cidr.net(), line)).collect());
        tokens
    }

    /// What will be added, with its lines.
    fn fine(&self) -> impl Iterator<Item = (usize, Cidr)> {
        self.tokens.iter().filter_map(|token| match token.verdict {
            Verdict::Fine(cidr) => Some((token.line, cidr)),
            _ => None,
        })
    }

    /// Which of them lie in one another.
    pub fn among(&self) -> &Among {
        &self.among
    }

    fn read_list(&mut self, line: usize, list: &str, known: &Known, seen: &mut HashMap<IpNet, usize>) {
        let mut judge = |cidr: Cidr| match seen.entry(cidr.net()) {
            _ if known.is_here(cidr.net()) => Verdict::Present(cidr),
            _ if cidr.net().prefix_len() == 0 => Verdict::Everybody(cidr),
            Entry::Occupied(first) => Verdict::Repeated(cidr, *first.get()),
            Entry::Vacant(new) => {
                new.insert(line);
                Verdict::Fine(cidr)
            }
        };
        // Where the last CIDR ends, as long as there is nothing else.
        let (mut before, mut is_good) = (None, true);
        for piece in pieces(list) {
            let error = match parse(&list[piece.0..piece.1]) {
                Ok(cidr) => {
                    before = Some(piece.1);
                    self.push(line, piece, judge(cidr));
                    continue;
                }
                Err(error) => error,
            };
            let error = match dress::undress(&list[piece.0..piece.1]) {
                Some((dress, Ok(cidr))) => {
                    before = Some(piece.1);
                    self.push(line, piece, Verdict::Dressed(dress, Some(cidr)));
                    continue;
                }
                Some((Dress::Nothing, _)) => {
                    self.push(line, piece, Verdict::Dressed(Dress::Nothing, None));
                    continue;
                }
                Some((_, Err(error))) => error,
                None => error,
            };
            if let Some(bare) = label::bare(list, piece, before).filter(|_| is_good) {
                // The piece may begin with a CIDR.
                if let Ok(cidr) = list[piece.0..bare.behind.max(piece.0)].parse() {
                    self.push(line, (piece.0, bare.behind), judge(cidr));
                }
                return self.push(line, (bare.start, bare.end), Verdict::Bare(bare.behind));
            }
            is_good = false;
            self.push(line, piece, Verdict::Wrong(Box::new(error)));
        }
    }

    fn push(&mut self, line: usize, (start, end): (usize, usize), verdict: Verdict) {
        let token = Token { line, start, end, verdict };
        match &token.verdict {
            Verdict::Fine(_) => self.counts.fine += 1,
            Verdict::Present(_) | Verdict::Repeated(..) => self.counts.left += 1,
            _ => {
                let is_first = !self.of_line(line).iter().any(Token::is_wrong);
                self.counts.wrong_lines += usize::from(is_first);
                self.first_wrong = self.first_wrong.or(Some(self.tokens.len()));
            }
        }
        match token.kind() {
            Some(Kind::Same) => self.counts.same += 1,
            Some(Kind::Label) => self.counts.label += 1,
            Some(Kind::Undressed) => self.counts.undressed += 1,
            None => {}
        }
        self.tokens.push(token);
    }

    /// The first token for which nothing can be added.
    pub fn first_wrong(&self) -> Option<&Token> {
        self.tokens.get(self.first_wrong?)
    }

    /// The first line in whose label an address stands.
    pub fn first_swallowing(&self) -> Option<usize> {
        self.swallowing.first().copied()
    }

    /// Whether an address stands in the label of a line.
    pub fn swallows(&self, line: usize) -> bool {
        self.swallowing.binary_search(&line).is_ok()
    }

    /// How many tokens have a mend of this kind.
    pub fn count(&self, kind: Kind) -> usize {
        match kind {
            Kind::Same => self.counts.same,
            Kind::Label => self.counts.label,
            Kind::Undressed => self.counts.undressed,
        }
    }

    /// The tokens of a line.
    pub fn of_line(&self, line: usize) -> &[Token] {
        let from = self.tokens.partition_point(|token| token.line < line);
        let to = self.tokens.partition_point(|token| token.line <= line);
        &self.tokens[from..to]
    }

    /// The label of a line, where it has one.
    pub fn label(&self, line: usize) -> Option<&Text> {
        self.labels.get(&line)
    }

    /// The ranges to add.
    pub fn ranges(&self, today: Date) -> Vec<Range> {
        let range = |(line, cidr)| {
            let label = self.labels.get(&line).cloned().unwrap_or_default();
            Range { label, added: Some(today), ..Range::new(cidr) }
        };
        self.fine().map(range).collect()
    }

    /// `12 ranges to add, 3 are there already, 1 line wrong`.
    pub fn summary(&self) -> String {
        let mut words = vec![format!("{} to add", crate::editor::editing::ranges(self.counts.fine))];
        match self.counts.left {
            0 => {}
            1 => words.push("1 is there already".to_owned()),
            left => words.push(format!("{} are there already", grouped(&left.to_string()))),
        }
        match self.counts.wrong_lines {
            0 => {}
            1 => words.push("1 line wrong".to_owned()),
            wrong => words.push(format!("{} lines wrong", grouped(&wrong.to_string()))),
        }
        words.join(", ")
    }
}

impl Token {
    /// Whether it keeps everything from being added.
    pub fn is_wrong(&self) -> bool {
        !matches!(self.verdict, Verdict::Fine(_) | Verdict::Present(_) | Verdict::Repeated(..))
    }

    /// The kind of its first mend, where that changes no address.
    pub fn kind(&self) -> Option<Kind> {
        match &self.verdict {
            Verdict::Wrong(error) if error.mends().first().is_some_and(|mend| mend.certain) => {
                Some(Kind::Same)
            }
            Verdict::Bare(_) => Some(Kind::Label),
            Verdict::Dressed(..) => Some(Kind::Undressed),
            _ => None,
        }
    }
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
    if text.starts_with('-') || before.ends_with('-') || dress::joins(before, text) {
        return true;
    }
    if !(text.starts_with("255.") || text.starts_with("0.")) {
        return false;
    }
    let together = format!("{before} {text}").parse::<Cidr>();
    matches!(together, Err(CidrError::Netmask(_) | CidrError::WildcardMask(_) | CidrError::HostBits { .. }))
}

#[cfg(test)]
mod tests {
    use super::super::words;
    use super::*;
    use crate::allowlist::Allowlist;

    fn read(text: &str) -> Vec<String> {
        let lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        let tokens = Tokens::read(&lines, &Known::default());
        tokens
            .tokens
            .iter()
            .map(|token| {
                words::of(token, &lines[token.line], &tokens, &Allowlist::default(), &Known::default()).full()
            })
            .collect()
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
                "11.0.0.1/32, in line 1 already: left out",
                "11.0.0.2, 1 address",
                "11.0.0.2, in line 2 already: left out"
            ]
        );
    }
}
