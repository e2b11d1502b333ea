//! Two sides compared over all requests there are. Not sampled: the values of each context key, the actions
//! and the resources fall into finitely many classes that the patterns of both sides tell apart; for each
//! combination of classes the addresses that get through are computed as sets, over all of IPv4 and IPv6.
//!
//! Keys are taken as independent of each other, though some are not (`aws:SourceVpc` and its ARN): that
//! adds combinations which no request has and leaves none out, so what is found equal is equal.

use super::classes::{Class, classes};
use super::conditions::{Atom, KeyTest};
use super::evaluate::{Deny, Names, Place, Undecided};
use super::fence::admitted;
use super::pattern::Pattern;
use super::request::{Known, Request};
use super::sides::Side;
use crate::allowlist::{Allowlist, Date};
use crate::cidr::AddressSet;
use crate::text::quoted;
use std::collections::{BTreeSet, HashMap, HashSet};

/// How many times a statement is looked at for a key or a combination of classes; documents of keymoat
/// need some hundred.
const MOST_LOOKS: usize = 10_000_000;

/// Keys whose value is `true` or `false` and nothing else.
const BOOLEANS: &[&str] = &[
    "aws:assumedroot",
    "aws:multifactorauthpresent",
    "aws:principalisawsservice",
    "aws:securetransport",
    "aws:viaawsservice",
];

/// In what two sides differ for one class of requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    /// The class in words; empty for plain requests.
    pub words: Vec<String>,
    /// Addresses let through by the second side only.
    pub more: AddressSet,
    /// Addresses let through by the first side only.
    pub fewer: AddressSet,
    /// Whether a request without an address is let through, by the first and the second side.
    pub absent: (bool, bool),
}

/// What is found by comparing.
#[derive(Debug)]
pub(super) struct Compared {
    /// For the plain request, or, where that is not fenced on either side, the first class that is.
    pub main: Difference,
    /// For other classes, where they differ.
    pub others: Vec<Difference>,
}

/// Which of all Deny statements, of the first side and then of the second, are meant.
type Active = Vec<bool>;

/// One context key, the actions or the resources: its classes, the one of the plain request first.
struct Dimension {
    classes: Vec<(String, Active)>,
}

/// Compares two sides.
pub(super) fn compare(first: &Side, second: &Side) -> Result<Compared, Undecided> {
    let denies: Vec<&Deny> = first.denies.iter().chain(&second.denies).collect();
    let split = first.denies.len();
    let dimensions = dimensions(&denies)?;
    let combinations = combinations(&denies, &dimensions)?;
    let differences = combinations.iter().map(|(words, active)| difference(words, active, &denies, split));
    let mut differences = differences.collect::<Vec<_>>().into_iter();
    // The plain one stands first; where nobody fences it, the next is the main one.
    let nothing = || difference(&[], &vec![false; denies.len()], &denies, split);
    let main = differences.next().unwrap_or_else(nothing);
    let same = |other: &Difference| {
        let equal = other.more.is_empty() && other.fewer.is_empty() && other.absent.0 == other.absent.1;
        equal || (other.more == main.more && other.fewer == main.fewer && other.absent == main.absent)
    };
    let others = differences.filter(|other| !same(other)).collect();
    Ok(Compared { main, others })
}

fn difference(words: &[String], active: &Active, denies: &[&Deny], split: usize) -> Difference {
    let side = |range: std::ops::Range<usize>| {
        let chosen: Vec<&Deny> = range.filter(|at| active[*at]).map(|at| denies[at]).collect();
        (denied(chosen.iter().copied()), !chosen.iter().any(|deny| deny.source.absent))
    };
    let ((first, absent_first), (second, absent_second)) = (side(0..split), side(split..denies.len()));
    Difference {
        words: words.to_vec(),
        more: first.difference(&second),
        fewer: second.difference(&first),
        absent: (absent_first, absent_second),
    }
}

/// The addresses that any of these statements denies.
pub(super) fn denied<'a>(denies: impl Iterator<Item = &'a Deny>) -> AddressSet {
    let (mut v4, mut v6) = (Vec::new(), Vec::new());
    for deny in denies {
        v4.extend_from_slice(deny.source.addresses.v4.as_slice());
        v6.extend_from_slice(deny.source.addresses.v6.as_slice());
    }
    AddressSet { v4: crate::cidr::Spans::from_unsorted(v4), v6: crate::cidr::Spans::from_unsorted(v6) }
}

/// Every set of statements that are meant by some request together, with the first class that has it in
/// words: one non-plain part after another. Where no statement is meant, both sides let everything through.
fn combinations(denies: &[&Deny], dimensions: &[Dimension]) -> Result<Vec<(Vec<String>, Active)>, Undecided> {
    let (mut level, mut looks) = (vec![(Vec::new(), vec![true; denies.len()])], 0);
    for dimension in dimensions {
        let (mut next, mut seen) = (Vec::new(), HashSet::new());
        for (name, class) in &dimension.classes {
            for (words, active) in &level {
                looks += denies.len();
                if looks > MOST_LOOKS {
                    return Err(too_many(denies));
                }
                let both: Active = active.iter().zip(class).map(|(a, b)| *a && *b).collect();
                if both.contains(&true) && seen.insert(both.clone()) {
                    let name = (!name.is_empty()).then(|| name.clone());
                    next.push((words.iter().cloned().chain(name).collect(), both));
                }
            }
        }
        level = next;
    }
    Ok(level)
}

fn too_many(denies: &[&Deny]) -> Undecided {
    let place =
        denies.last().map_or(Place { document: 0, statement: 0, sid: None }, |deny| deny.place.clone());
    let why = "there are too many different classes of requests to look at each".to_owned();
    Undecided { place, element: "the conditions together".to_owned(), why }
}

fn dimensions(denies: &[&Deny]) -> Result<Vec<Dimension>, Undecided> {
    let plain = Request::plain();
    let keys: BTreeSet<&str> =
        denies.iter().flat_map(|deny| &deny.keys).map(|(test, _)| test.key.as_str()).collect();
    let tests: usize = denies.iter().map(|deny| deny.keys.len()).sum();
    if keys.len() * (denies.len() + tests) > MOST_LOOKS {
        return Err(too_many(denies));
    }
    let mut all = Vec::new();
    for key in keys {
        all.push(key_dimension(key, denies, &plain)?);
    }
    let service = Pattern::text("*:*", true);
    let actions: Vec<&Names> = denies.iter().map(|deny| &deny.actions).collect();
    all.push(
        names_dimension("for the action", &actions, plain.action_name(), Some(&service))
            .ok_or_else(|| too_many(denies))?,
    );
    let resources: Vec<&Names> = denies.iter().map(|deny| &deny.resources).collect();
    all.push(
        names_dimension("on the resource", &resources, plain.resource_arn(), None)
            .ok_or_else(|| too_many(denies))?,
    );
    Ok(all)
}

fn key_dimension(key: &str, denies: &[&Deny], plain: &Request) -> Result<Dimension, Undecided> {
    let tests: Vec<Vec<&KeyTest>> = denies
        .iter()
        .map(|deny| deny.keys.iter().map(|(test, _)| test).filter(|test| test.key == key).collect())
        .collect();
    let mut patterns: Vec<&Pattern> = Vec::new();
    for (deny, (test, words)) in denies.iter().flat_map(|deny| deny.keys.iter().map(move |key| (deny, key))) {
        for atom in test.any.iter().filter(|_| test.key == key) {
            match atom {
                Atom::Text(pattern) => patterns.push(pattern),
                _ => {
                    let why = "numbers, dates and addresses of this key are not compared".to_owned();
                    return Err(Undecided { place: deny.place.clone(), element: words.clone(), why });
                }
            }
        }
    }
    unique(&mut patterns);
    let told = Told::new(&patterns);
    let mut values: Vec<Option<Class>> = Vec::new();
    if let Known::Value(value) = plain.known(key) {
        values.push(Some(told.class_of(value)));
    }
    values.push(None);
    if BOOLEANS.contains(&key) {
        values.extend(["false", "true"].map(|text| Some(told.class_of(text.to_owned()))));
    } else {
        values.extend(classes(&patterns, None).ok_or_else(|| too_many(denies))?.into_iter().map(Some));
    }
    let named = values.into_iter().enumerate().map(|(at, value)| {
        let holds = |test: &KeyTest| {
            let any = |vector| test.any.iter().any(|atom| told.matched(atom, vector));
            value.as_ref().map_or(test.absent, |(_, vector)| any(vector) != test.negated)
        };
        let active = tests.iter().map(|tests| tests.iter().all(|test| holds(test))).collect();
        // The first is the plain request's.
        (if at == 0 { String::new() } else { key_words(key, value.as_ref()) }, active)
    });
    Ok(Dimension { classes: merged(named) })
}

/// Patterns by their positions in the vectors of classes.
struct Told<'a> {
    patterns: &'a [&'a Pattern],
    positions: HashMap<&'a Pattern, usize>,
}

impl<'a> Told<'a> {
    fn new(patterns: &'a [&'a Pattern]) -> Self {
        Self {
            patterns,
            positions: patterns.iter().enumerate().map(|(at, pattern)| (*pattern, at)).collect(),
        }
    }

    fn class_of(&self, text: String) -> Class {
        let vector = self.patterns.iter().map(|pattern| pattern.matches(&text)).collect();
        (text, vector)
    }

    fn has(&self, pattern: &Pattern, vector: &[bool]) -> bool {
        self.positions.get(pattern).is_some_and(|at| vector[*at])
    }

    /// Whether all texts of a class match; only texts are told apart here.
    fn matched(&self, atom: &Atom, vector: &[bool]) -> bool {
        matches!(atom, Atom::Text(pattern) if self.has(pattern, vector))
    }
}

fn key_words(key: &str, class: Option<&Class>) -> String {
    let name = spelt(key);
    match class {
        None => format!("without {name}"),
        Some((value, vector)) if vector.contains(&true) || BOOLEANS.contains(&key) => {
            format!("with {name} {}", quoted(value, 100))
        }
        Some(_) => format!("with any other {name}"),
    }
}

/// A key as AWS spells it, where it is one of keymoat's.
fn spelt(key: &str) -> String {
    let known = [
        "aws:MultiFactorAuthPresent",
        "aws:PrincipalArn",
        "aws:SourceVpc",
        "aws:SourceVpcArn",
        "aws:SourceVpce",
        "aws:ViaAWSService",
    ];
    let found = known.into_iter().find(|name| name.eq_ignore_ascii_case(key));
    found.map_or_else(|| quoted(key, 80), str::to_owned)
}

fn names_dimension(
    what: &str,
    names: &[&Names],
    plain: &str,
    universe: Option<&Pattern>,
) -> Option<Dimension> {
    let mut patterns: Vec<&Pattern> = names.iter().flat_map(|names| &names.patterns).collect();
    unique(&mut patterns);
    let told = Told::new(&patterns);
    let all = std::iter::once(told.class_of(plain.to_owned())).chain(classes(&patterns, universe)?);
    let named = all.enumerate().map(|(at, (text, vector))| {
        let covers = |names: &&Names| {
            names.patterns.iter().any(|pattern| told.has(pattern, &vector)) != names.inverted
        };
        let active = names.iter().map(covers).collect();
        let other = if vector.contains(&true) { "" } else { " or any other" };
        (if at == 0 { String::new() } else { format!("{what} {}{other}", quoted(&text, 100)) }, active)
    });
    Some(Dimension { classes: merged(named) })
}

/// Each once, so that what all documents of a split share is looked at once.
fn unique(patterns: &mut Vec<&Pattern>) {
    let mut seen = HashSet::new();
    patterns.retain(|pattern| seen.insert(*pattern));
}

/// One class for all that mean the same statements: the first.
fn merged(classes: impl Iterator<Item = (String, Active)>) -> Vec<(String, Active)> {
    let mut seen = HashSet::new();
    classes.filter(|(_, active)| seen.insert(active.clone())).collect()
}

/// What changes in the addresses that are admitted, in a sentence: `256 addresses more, 16 fewer.`
pub fn address_words(admitted: &AddressSet, no_longer: &AddressSet) -> String {
    let count = |set: &AddressSet| {
        let count = set.count_words();
        let noun = if count == "1" { "address" } else { "addresses" };
        (count.clone(), format!("{count} {noun}"))
    };
    match (admitted.is_empty(), no_longer.is_empty()) {
        (true, true) => "The same addresses are admitted.".to_owned(),
        (false, true) => format!("{} more.", count(admitted).1),
        (true, false) => format!("{} fewer.", count(no_longer).1),
        (false, false) => format!("{} more, {} fewer.", count(admitted).1, count(no_longer).0),
    }
}

/// The same of two allowlists on a day (UTC), by their ranges alone, without the full stop; `None` where the
/// same addresses are admitted.
pub fn address_change(old: &Allowlist, new: &Allowlist, day: Date) -> Option<String> {
    let (old, new) = (admitted(old, day), admitted(new, day));
    let (more, fewer) = (new.difference(&old), old.difference(&new));
    let words = address_words(&more, &fewer);
    (!more.is_empty() || !fewer.is_empty()).then(|| words.trim_end_matches('.').to_owned())
}
