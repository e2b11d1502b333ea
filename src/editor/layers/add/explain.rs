//! What is wrong with one line of the add dialog, in full, and what one key would put in its place.

use super::label;
use super::tokens::{Kind, Token, Tokens, Verdict};
use super::words::{bare, dressed, everybody, swallowed};
use crate::cidr::Mend;
use crate::text::quoted;

/// What is said of a line.
#[derive(Debug)]
pub struct Explained {
    /// The line, from 0.
    pub line: usize,
    /// The character that stands for it.
    pub sign: char,
    /// What is wrong with it.
    pub words: String,
    /// What the keys would do, the first with the first key.
    pub offers: Vec<Offer>,
}

/// What a key would do.
#[derive(Debug)]
pub struct Offer {
    /// In words.
    pub words: String,
    /// Whether they end the sentence on the line.
    pub ends_sentence: bool,
}

/// Bytes of a line, and what comes in their place.
#[derive(Debug)]
pub struct Change {
    /// The line, from 0.
    pub line: usize,
    /// The first byte.
    pub start: usize,
    /// Behind the last byte.
    pub end: usize,
    /// What comes there; it may have several lines.
    pub text: String,
}

/// The line that is explained while the cursor is in line `row`, with what is wrong in it; `None` there: an
/// address stands in its label. What is wrong elsewhere comes before a label elsewhere.
fn target(tokens: &Tokens, row: usize) -> Option<(usize, Option<&Token>)> {
    let here = tokens.of_line(row).iter().find(|token| token.is_wrong());
    if here.is_some() || tokens.swallows(row) {
        return Some((row, here));
    }
    let wrong = tokens.first_wrong().map(|token| (token.line, Some(token)));
    wrong.or_else(|| Some((tokens.first_swallowing()?, None)))
}

/// What is said while the cursor is in line `row`.
pub fn explained(tokens: &Tokens, lines: &[String], row: usize) -> Option<Explained> {
    let (line, token) = target(tokens, row)?;
    let text = &lines[line];
    let others = |kind: Kind| match tokens.count(kind) - 1 {
        0 => String::new(),
        1 => ", and so in 1 other place".to_owned(),
        others => format!(", and so in {others} other places"),
    };
    let goes_on = |words: String| vec![Offer { words, ends_sentence: true }];
    let alone = match label::addresses(text).len() {
        0 => Vec::new(),
        1 => goes_on("puts it on a line of its own".to_owned()),
        _ => goes_on("puts each on a line of its own".to_owned()),
    };
    let Some(token) = token else {
        return Some(Explained { line, sign: '!', words: swallowed(text), offers: alone });
    };
    let (words, offers) = match &token.verdict {
        Verdict::Bare(_) => (
            bare(&text[token.start..token.end]),
            goes_on(format!("writes # before it{}", others(Kind::Label))),
        ),
        Verdict::BadLabel(error) if !alone.is_empty() => (format!("{error}; {}", swallowed(text)), alone),
        Verdict::BadLabel(error) => (error.clone(), Vec::new()),
        Verdict::Dressed(dress, cidr) => {
            (dressed(*dress, *cidr), goes_on(format!("takes them out{}", others(Kind::Undressed))))
        }
        Verdict::Everybody(cidr) => (everybody(*cidr), Vec::new()),
        Verdict::Wrong(error) => {
            let also = match token.kind() {
                Some(kind) if tokens.count(kind) > 1 => format!("{}:", others(kind)),
                _ => String::new(),
            };
            let words = |mend: Mend| format!("{}{also} {}", mend.what, cidrs(&mend));
            let offers =
                error.mends().into_iter().map(|mend| Offer { words: words(mend), ends_sentence: false });
            (error.to_string(), offers.collect())
        }
        // They are not wrong.
        Verdict::Fine(_) | Verdict::Present(_) | Verdict::Repeated(..) => return None,
    };
    Some(Explained { line, sign: 'x', words, offers })
}

/// What a key changes, in the order of the text, by the number of its offer; the line that it is offered for.
pub fn changes(tokens: &Tokens, lines: &[String], row: usize, offer: usize) -> Option<(usize, Vec<Change>)> {
    let (line, token) = target(tokens, row)?;
    let whole = || {
        let text = &lines[line];
        let swallows = offer == 0 && tokens.swallows(line);
        swallows.then(|| Change { line, start: 0, end: text.len(), text: label::split(text) })
    };
    let changes = match token {
        None => whole().into_iter().collect(),
        Some(token) if matches!(token.verdict, Verdict::BadLabel(_)) => whole().into_iter().collect(),
        Some(token) => match token.kind().filter(|_| offer == 0) {
            Some(kind) => {
                let alike = tokens.tokens.iter().filter(|other| other.kind() == Some(kind));
                alike.filter_map(|other| change(other, 0)).collect()
            }
            None => change(token, offer).into_iter().collect(),
        },
    };
    Some((line, changes))
}

fn change(token: &Token, offer: usize) -> Option<Change> {
    let Token { line, start, end, .. } = *token;
    match &token.verdict {
        Verdict::Bare(behind) => Some(Change { line, start: *behind, end: start, text: " # ".to_owned() }),
        Verdict::Wrong(error) => {
            let mend = error.mends().into_iter().nth(offer)?;
            let text: Vec<String> = mend.cidrs.iter().map(ToString::to_string).collect();
            Some(Change { line, start, end, text: text.join(", ") })
        }
        Verdict::Dressed(_, cidr) => {
            let text = cidr.map_or_else(String::new, |cidr| cidr.to_string());
            Some(Change { line, start, end, text })
        }
        _ => None,
    }
}

fn cidrs(mend: &Mend) -> String {
    let cidrs: Vec<String> = mend.cidrs.iter().map(ToString::to_string).collect();
    quoted(&cidrs.join(", "), 60)
}
