//! What stands to the right of a line of the add dialog: what it will become, or what is wrong with it.

use super::dress::Dress;
use super::known::Known;
use super::label;
use super::tokens::{Token, Tokens, Verdict};
use crate::allowlist::Allowlist;
use crate::cidr::special::{Special, special};
use crate::cidr::{Cidr, size_words};
use crate::editor::width;
use crate::review::wide;
use crate::text::quoted;

/// What a token is, in words.
#[derive(Debug)]
pub struct Words {
    /// The character that stands for it.
    pub sign: char,
    cidr: Option<Cidr>,
    text: String,
}

impl Words {
    /// With the CIDR.
    pub fn full(&self) -> String {
        match self.cidr {
            Some(cidr) => format!("{cidr}, {}", self.text),
            None => self.text.clone(),
        }
    }
}

/// A verdict on a line: the sign, and words from the longest to the shortest.
#[derive(Debug)]
pub struct Line {
    /// The character that stands for it.
    pub sign: char,
    words: Vec<String>,
}

impl Line {
    /// The longest words that fit; else as much of the shortest as does.
    pub fn fitting(&self, room: usize) -> String {
        let fit = self.words.iter().find(|words| width::columns(words) <= room);
        fit.cloned().unwrap_or_else(|| width::clip(self.words.last().map_or("", String::as_str), room))
    }

    /// The columns of the shortest words.
    pub fn least(&self) -> usize {
        self.words.iter().map(|words| width::columns(words)).min().unwrap_or(0)
    }

    /// The longest words.
    pub fn longest(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }
}

/// What a token of a line is.
pub fn of(token: &Token, text: &str, tokens: &Tokens, allowlist: &Allowlist, known: &Known) -> Words {
    let group = |at| allowlist.group(at).map_or("", |group| &group.name);
    let (sign, cidr, text) = match &token.verdict {
        Verdict::Fine(cidr) => {
            let (sign, text) = match doubt(*cidr, allowlist, known)
                .or_else(|| overlap(token, *cidr, tokens, allowlist, known))
            {
                Some(doubt) => ('!', doubt),
                None => ('+', size(*cidr)),
            };
            (sign, Some(*cidr), text)
        }
        Verdict::Present(cidr) => {
            let here = known.here.map_or("", group);
            ('=', Some(*cidr), format!("in {here} already: left out"))
        }
        Verdict::Repeated(cidr, line) => {
            ('=', Some(*cidr), format!("in line {} already: left out", line + 1))
        }
        Verdict::Everybody(cidr) => ('x', None, everybody(*cidr)),
        Verdict::Dressed(dress, cidr) => ('x', None, dressed(*dress, *cidr)),
        Verdict::Wrong(error) => ('x', None, error.to_string()),
        Verdict::Bare(_) => ('x', None, bare(&text[token.start..token.end])),
        Verdict::BadLabel(error) => ('x', None, error.clone()),
    };
    Words { sign, cidr, text }
}

/// What is to be thought over of a network that will be added.
fn doubt(cidr: Cidr, allowlist: &Allowlist, known: &Known) -> Option<String> {
    let group = |at| allowlist.group(at).map_or("", |group| &group.name);
    if let Some(at) = known.elsewhere(cidr.net()) {
        return Some(format!("also in {}", group(at)));
    }
    match special(cidr.net()) {
        Some(Special::Documentation) => return Some("reserved for documentation".to_owned()),
        Some(Special::NeverPublic(what)) => return Some(format!("never a public source: {what}")),
        None => {}
    }
    let within = known.around(cidr.net()).map(|(net, at)| format!("lies within {net} of {}", group(at)));
    within.or_else(|| wide::words(cidr.net()))
}

/// Which other networks it lies in or holds, of the list or of what is typed.
fn overlap(
    token: &Token,
    cidr: Cidr,
    tokens: &Tokens,
    allowlist: &Allowlist,
    known: &Known,
) -> Option<String> {
    let line = |line: usize| match line == token.line {
        true => "this line".to_owned(),
        false => format!("line {}", line + 1),
    };
    if let Some((net, at)) = tokens.among().around(cidr.net()) {
        return Some(format!("lies within {net} of {}", line(at)));
    }
    let group = |at| allowlist.group(at).map_or_else(String::new, |group| group.name.to_string());
    let listed = known.inside(cidr.net()).map(|inside| (inside.net, group(inside.at), inside.more));
    let typed = || tokens.among().inside(cidr.net()).map(|inside| (inside.net, line(inside.at), inside.more));
    let (net, place, more) = listed.or_else(typed)?;
    let more = if more { " and more" } else { "" };
    Some(format!("holds {net} of {place}{more}"))
}

/// Of a network that is every address.
pub fn everybody(cidr: Cidr) -> String {
    format!("{cidr} is {}", wide::words(cidr.net()).unwrap_or_default())
}

/// Of an address with something around it.
pub fn dressed(dress: Dress, cidr: Option<Cidr>) -> String {
    let what = match dress {
        Dress::Bullet => "a dash or a point before",
        Dress::Quotes => "quotes or brackets around",
        Dress::Blanks => "blanks in",
        Dress::Nothing => "brackets or quotes, and no address",
    };
    cidr.map_or_else(|| what.to_owned(), |cidr| format!("{what} {cidr}"))
}

/// Of words that may be a label.
pub fn bare(words: &str) -> String {
    format!("\"{}\" is no address; is it the label?", quoted(words, 40))
}

/// Of a label in which addresses stand.
pub fn swallowed(text: &str) -> String {
    let addresses = label::addresses(text);
    let first = addresses.first().map_or("", |(start, end)| &text[*start..*end]);
    let first = quoted(first, 60);
    match addresses.len() {
        1 => format!("the label holds an address, {first}"),
        count => format!("the label holds {count} addresses, the first {first}"),
    }
}

/// The verdict on a line.
pub fn of_line(
    tokens: &Tokens,
    line: usize,
    text: &str,
    allowlist: &Allowlist,
    known: &Known,
) -> Option<Line> {
    let all = tokens.of_line(line);
    if let Some(wrong) = all.iter().find(|token| token.is_wrong()) {
        return Some(Line { sign: 'x', words: vec![of(wrong, text, tokens, allowlist, known).text] });
    }
    if tokens.swallows(line) {
        return Some(Line { sign: '!', words: vec![swallowed(text)] });
    }
    if all.is_empty() && text.trim_start().starts_with('#') {
        return Some(Line { sign: '=', words: vec!["a remark: adds nothing".to_owned()] });
    }
    let each: Vec<Words> = all.iter().map(|token| of(token, text, tokens, allowlist, known)).collect();
    let with = |sign| each.iter().find(|words| words.sign == sign);
    // What is to be looked at comes first.
    let words = with('!').or_else(|| with('=')).or(each.last())?;
    let label = match tokens.label(line) {
        Some(label) if words.sign != '=' => format!(", \"{}\"", quoted(label, 256)),
        _ => String::new(),
    };
    let (full, short, sign, count) = (words.full(), &words.text, words.sign, each.len());
    let words = match (count, sign) {
        // The line itself says which.
        (1, '=') => vec![short.clone()],
        (1, _) => vec![format!("{full}{label}"), format!("{short}{label}")],
        (_, '+') => vec![format!("{count} ranges, the last {full}{label}"), format!("{count} ranges{label}")],
        _ => vec![format!("{count} CIDRs; {full}{label}"), format!("{full}{label}")],
    };
    Some(Line { sign, words })
}

fn size(cidr: Cidr) -> String {
    if cidr.is_host() {
        return "1 address".to_owned();
    }
    format!("{} addresses", size_words(cidr.net()))
}
