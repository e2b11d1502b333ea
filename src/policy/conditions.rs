//! Condition operators, compiled: what each says of a context key's value, or of its absence.
//!
//! Source: IAM User Guide, "Condition operators" and "Set operators for multi-valued context keys":
//! several values are an OR, and of a negated operator a NOR; without its key a positive operator does not
//! match and a negated one does; with `IfExists` both do. Operators and keys are compared without case.

use super::parse::Condition;
use super::pattern::Pattern;
use super::request::{Known, Request};
use crate::cidr::{AddressSet, Cidr};
use std::net::IpAddr;

/// A condition, ready to be asked.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Test {
    /// On `aws:SourceIp`.
    Source(SourceTest),
    /// On another key.
    Key(KeyTest),
}

/// For which sources a condition holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SourceTest {
    /// The addresses.
    pub addresses: AddressSet,
    /// Whether it holds for a request without an address.
    pub absent: bool,
}

/// A condition on one context key: whether its value is any of these, or none of them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct KeyTest {
    /// The key in lower case.
    pub key: String,
    /// What its value is compared with.
    pub any: Vec<Atom>,
    /// True where none may match.
    pub negated: bool,
    /// Whether it holds for a request without the key.
    pub absent: bool,
}

/// One comparison with one value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Atom {
    /// A text, exactly or with wildcards.
    Text(Pattern),
    /// A number.
    Number(Order, f64),
    /// A time in seconds since 1970.
    Time(Order, f64),
    /// An address.
    Address(AddressSet),
}

/// How numbers and times are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Order {
    fn holds(self, value: f64, limit: f64) -> bool {
        match self {
            Self::Equal => value == limit,
            Self::Less => value < limit,
            Self::LessOrEqual => value <= limit,
            Self::Greater => value > limit,
            Self::GreaterOrEqual => value >= limit,
        }
    }
}

impl Atom {
    /// Whether a value matches; `None` where it cannot be compared.
    pub fn matches(&self, value: &str) -> Option<bool> {
        match self {
            Self::Text(pattern) => Some(pattern.matches(value)),
            Self::Number(order, limit) => number(value).map(|value| order.holds(value, *limit)),
            Self::Time(order, limit) => time(value).map(|value| order.holds(value, *limit)),
            Self::Address(set) => value.parse::<IpAddr>().ok().map(|address| set.contains(address)),
        }
    }
}

impl KeyTest {
    /// Whether it holds for a request; `None` where nobody knows the key's value.
    pub fn holds(&self, request: &Request) -> Option<bool> {
        match request.known(&self.key) {
            Known::Unknown => None,
            Known::Absent => Some(self.absent),
            Known::Value(value) => self.holds_for(&value),
        }
    }

    /// Whether it holds for a value; `None` where that cannot be compared.
    pub fn holds_for(&self, value: &str) -> Option<bool> {
        let mut any = Some(false);
        for atom in &self.any {
            match atom.matches(value) {
                Some(true) => return Some(!self.negated),
                Some(false) => {}
                None => any = None,
            }
        }
        any.map(|any| any != self.negated)
    }
}

/// What an operator compares.
enum Kind {
    Text { fold: bool, wild: bool },
    Arn,
    Bool,
    Null,
    Address,
    Number(Order),
    Time(Order),
}

struct Operator {
    kind: Kind,
    negated: bool,
    /// What it says of an absent key.
    absent: bool,
}

impl Operator {
    /// Reads an operator's name; `None` where it is none that is known here.
    fn named(name: &str) -> Option<Self> {
        let lower = name.to_ascii_lowercase();
        let (set, rest) = match lower.split_once(':') {
            Some((set @ ("forallvalues" | "foranyvalue"), rest)) => (Some(set), rest),
            Some(_) => return None,
            None => (None, lower.as_str()),
        };
        let (base, if_exists) = match rest.strip_suffix("ifexists") {
            Some(base) => (base, true),
            None => (rest, false),
        };
        let (kind, negated) = kind(base)?;
        if matches!(kind, Kind::Null) && (if_exists || set.is_some()) {
            return None;
        }
        let absent = if_exists || set.map_or(negated, |set| set == "forallvalues");
        Some(Self { kind, negated, absent })
    }
}

fn kind(base: &str) -> Option<(Kind, bool)> {
    let text = |fold, wild| Kind::Text { fold, wild };
    Some(match base {
        "stringequals" => (text(false, false), false),
        "stringnotequals" => (text(false, false), true),
        "stringequalsignorecase" => (text(true, false), false),
        "stringnotequalsignorecase" => (text(true, false), true),
        "stringlike" => (text(false, true), false),
        "stringnotlike" => (text(false, true), true),
        "arnequals" | "arnlike" => (Kind::Arn, false),
        "arnnotequals" | "arnnotlike" => (Kind::Arn, true),
        "bool" => (Kind::Bool, false),
        "null" => (Kind::Null, false),
        "ipaddress" => (Kind::Address, false),
        "notipaddress" => (Kind::Address, true),
        other => return ordered(other),
    })
}

fn ordered(base: &str) -> Option<(Kind, bool)> {
    let (kind, order): (fn(Order) -> Kind, &str) = match base.strip_prefix("numeric") {
        Some(order) => (Kind::Number, order),
        None => (Kind::Time, base.strip_prefix("date")?),
    };
    Some(match order {
        "equals" => (kind(Order::Equal), false),
        "notequals" => (kind(Order::Equal), true),
        "lessthan" => (kind(Order::Less), false),
        "lessthanequals" => (kind(Order::LessOrEqual), false),
        "greaterthan" => (kind(Order::Greater), false),
        "greaterthanequals" => (kind(Order::GreaterOrEqual), false),
        _ => return None,
    })
}

/// Compiles a condition. The error says what cannot be decided, safe to print.
pub(super) fn compile(condition: &Condition) -> Result<Test, String> {
    let operator = Operator::named(&condition.operator).ok_or("it is no operator that keymoat knows")?;
    let key = condition.key.to_ascii_lowercase();
    if let Some(value) = condition.values.iter().find(|value| value.contains("${")) {
        return Err(format!("{:?} is or has a policy variable", shown(value)));
    }
    if key == "aws:sourceip" {
        return source(&operator, &condition.values).map(Test::Source);
    }
    if matches!(operator.kind, Kind::Null) {
        return null(key, &condition.values).map(Test::Key);
    }
    let any = condition.values.iter().map(|value| atom(&operator.kind, value)).collect::<Result<_, _>>()?;
    Ok(Test::Key(KeyTest { key, any, negated: operator.negated, absent: operator.absent }))
}

fn shown(value: &str) -> String {
    crate::text::quoted(value, 60)
}

fn source(operator: &Operator, values: &[String]) -> Result<SourceTest, String> {
    match operator.kind {
        Kind::Address => {
            let listed = addresses(values)?;
            let addresses = if operator.negated { listed.complement() } else { listed };
            Ok(SourceTest { addresses, absent: operator.absent })
        }
        Kind::Null => {
            let (absent, there) = null_values(values)?;
            let addresses = if there { AddressSet::everything() } else { AddressSet::empty() };
            Ok(SourceTest { addresses, absent })
        }
        _ => Err("aws:SourceIp is compared as a text, which engines spell in several ways".to_owned()),
    }
}

fn addresses(values: &[String]) -> Result<AddressSet, String> {
    let mut nets = Vec::with_capacity(values.len());
    for value in values {
        let cidr: Cidr = value.parse().map_err(|error| format!("{:?} is no CIDR: {error}", shown(value)))?;
        nets.push(cidr.net());
    }
    Ok(AddressSet::from_prefixes(nets))
}

/// Whether `Null` with these values holds for an absent key, and for one that is there.
fn null_values(values: &[String]) -> Result<(bool, bool), String> {
    let (mut absent, mut there) = (false, false);
    for value in values {
        match value.as_str() {
            "true" => absent = true,
            "false" => there = true,
            other => return Err(format!("{:?} is neither true nor false", shown(other))),
        }
    }
    Ok((absent, there))
}

fn null(key: String, values: &[String]) -> Result<KeyTest, String> {
    let (absent, there) = null_values(values)?;
    Ok(KeyTest { key, any: vec![Atom::Text(Pattern::text("*", false))], negated: !there, absent })
}

fn atom(kind: &Kind, value: &str) -> Result<Atom, String> {
    let wrong = |what: &str| format!("{:?} is no {what}", shown(value));
    Ok(match kind {
        Kind::Text { fold, wild: true } => Atom::Text(Pattern::text(value, *fold)),
        Kind::Text { fold, wild: false } => Atom::Text(Pattern::literal(value, *fold)),
        Kind::Arn => Atom::Text(Pattern::arn(value).ok_or_else(|| wrong("ARN of six parts"))?),
        Kind::Bool | Kind::Null => match value {
            "true" | "false" => Atom::Text(Pattern::literal(value, false)),
            _ => return Err(format!("{:?} is neither true nor false", shown(value))),
        },
        Kind::Address => Atom::Address(addresses(std::slice::from_ref(&value.to_owned()))?),
        Kind::Number(order) => Atom::Number(*order, number(value).ok_or_else(|| wrong("number"))?),
        Kind::Time(order) => Atom::Time(*order, time(value).ok_or_else(|| wrong("date"))?),
    })
}

fn number(text: &str) -> Option<f64> {
    let plain = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'.'));
    text.parse().ok().filter(|_| plain)
}

/// `2027-05-22`, `2027-05-22T10:00:00Z` or seconds since 1970.
fn time(text: &str) -> Option<f64> {
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        return number(text);
    }
    let whole = if text.len() == 10 { format!("{text}T00:00:00Z") } else { text.to_owned() };
    whole
        .parse::<jiff::Timestamp>()
        .ok()
        .map(|at| at.as_second() as f64 + f64::from(at.subsec_nanosecond()) / 1e9)
}

#[cfg(test)]
mod tests;
