//! What policy documents say of one request. All is taken as allowed elsewhere, so a request is denied
//! where a Deny applies, and an Allow changes nothing.

use super::conditions::{self, KeyTest, SourceTest, Test};
use super::parse::{Effect, PolicyDocument, Scope, Statement};
use super::pattern::Pattern;
use super::request::Request;
use crate::cidr::AddressSet;
use crate::text::quoted;
use std::fmt;

/// The action that no policy denies: AWS STS API reference, `GetCallerIdentity`: "If an administrator attaches
/// a policy to your identity that explicitly denies access to the sts:GetCallerIdentity action, you can
/// still perform this operation." So it tests no policy.
const ALWAYS_ALLOWED: &str = "sts:GetCallerIdentity";

/// A statement's place, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The document, from 1.
    pub document: usize,
    /// The statement in it, from 1.
    pub statement: usize,
    /// Its Sid, safe to print.
    pub sid: Option<String>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "document {}, statement {}", self.document, self.statement)?;
        self.sid.as_ref().map_or(Ok(()), |sid| write!(f, " ({sid})"))
    }
}

/// What cannot be decided, and so is not guessed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: cannot decide {element}: {why}")]
pub struct Undecided {
    /// The statement.
    pub place: Place,
    /// The operator with its key, or the element, such as `NotIpAddress aws:SourceIp`.
    pub element: String,
    /// Why, in words.
    pub why: String,
}

/// What becomes of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// No Deny applies.
    Allowed,
    /// This one does, the first of those that do.
    Denied(Place),
}

/// A Deny statement, compiled. A request is denied by it where everything here holds.
#[derive(Debug, Clone)]
pub(super) struct Deny {
    pub place: Place,
    pub actions: Names,
    pub resources: Names,
    /// What all its conditions on `aws:SourceIp` together hold for.
    pub source: SourceTest,
    /// Its other conditions, each with the words that name it.
    pub keys: Vec<(KeyTest, String)>,
}

/// `Action`, `NotAction`, `Resource` or `NotResource`, compiled.
#[derive(Debug, Clone)]
pub(super) struct Names {
    pub patterns: Vec<Pattern>,
    pub inverted: bool,
}

impl Names {
    /// Whether it covers a name.
    pub fn covers(&self, name: &str) -> bool {
        self.patterns.iter().any(|pattern| pattern.matches(name)) != self.inverted
    }
}

/// Policy documents, ready to be asked about many requests.
#[derive(Debug, Clone)]
pub struct Evaluator {
    pub(super) denies: Vec<Deny>,
    allows: Vec<Place>,
}

impl Evaluator {
    /// Compiles documents. What could not be decided for some request is an error here, whatever the
    /// request; Allow statements are not looked into.
    pub fn new(documents: &[PolicyDocument]) -> Result<Self, Undecided> {
        let (mut denies, mut allows) = (Vec::new(), Vec::new());
        for (document, parsed) in (1..).zip(documents) {
            for (number, statement) in (1..).zip(&parsed.statements) {
                let sid = statement.sid.as_deref().map(|sid| quoted(sid, 80));
                let place = Place { document, statement: number, sid };
                match statement.effect {
                    Effect::Allow => allows.push(place),
                    Effect::Deny => denies.push(deny(place, statement)?),
                }
            }
        }
        Ok(Self { denies, allows })
    }

    /// The statements that allow something.
    pub fn allows(&self) -> &[Place] {
        &self.allows
    }

    /// What becomes of a request; an error where it hangs on something that nobody knows.
    pub fn verdict(&self, request: &Request) -> Result<Verdict, Undecided> {
        if request.action_name().eq_ignore_ascii_case(ALWAYS_ALLOWED) {
            return Ok(Verdict::Allowed);
        }
        let mut open = None;
        for deny in &self.denies {
            match applies(deny, request) {
                Ok(true) => return Ok(Verdict::Denied(deny.place.clone())),
                Ok(false) => {}
                Err(undecided) => open = open.or(Some(undecided)),
            }
        }
        open.map_or(Ok(Verdict::Allowed), Err)
    }
}

/// What documents attached together say of one request.
pub fn evaluate(documents: &[PolicyDocument], request: &Request) -> Result<Verdict, Undecided> {
    Evaluator::new(documents)?.verdict(request)
}

fn deny(place: Place, statement: &Statement) -> Result<Deny, Undecided> {
    let actions = names(&place, &statement.actions, "Action", true)?;
    let resources = names(&place, &statement.resources, "Resource", false)?;
    let mut source = SourceTest { addresses: AddressSet::everything(), absent: true };
    let mut keys = Vec::new();
    for condition in &statement.conditions {
        let words = format!("{} {}", quoted(&condition.operator, 60), quoted(&condition.key, 80));
        match conditions::compile(condition) {
            Ok(Test::Source(test)) => {
                source.addresses = source.addresses.intersection(&test.addresses);
                source.absent &= test.absent;
            }
            Ok(Test::Key(test)) => keys.push((test, words)),
            Err(why) => return Err(Undecided { place, element: words, why }),
        }
    }
    Ok(Deny { place, actions, resources, source, keys })
}

fn names(place: &Place, scope: &Scope, what: &str, fold: bool) -> Result<Names, Undecided> {
    let element = if scope.inverted { format!("Not{what}") } else { what.to_owned() };
    if let Some(pattern) = scope.patterns.iter().find(|pattern| pattern.contains("${")) {
        let why = format!("{:?} is or has a policy variable", quoted(pattern, 60));
        return Err(Undecided { place: place.clone(), element, why });
    }
    let patterns = scope.patterns.iter().map(|pattern| Pattern::text(pattern, fold)).collect();
    Ok(Names { patterns, inverted: scope.inverted })
}

fn applies(deny: &Deny, request: &Request) -> Result<bool, Undecided> {
    let from = request.source.map_or(deny.source.absent, |address| deny.source.addresses.contains(address));
    if !from || !deny.actions.covers(request.action_name()) {
        return Ok(false);
    }
    let mut open = None;
    for (test, words) in &deny.keys {
        match test.holds(request) {
            Some(true) => {}
            Some(false) => return Ok(false),
            None => {
                open = open.or(Some((words.clone(), "the request does not say what this key's value is")))
            }
        }
    }
    match covers_resource(&deny.resources, request.resource_arn()) {
        Some(false) => return Ok(false),
        Some(true) => {}
        None => {
            open = Some((
                "Resource".to_owned(),
                "engines differ on whether it covers this resource: name one with its full ARN",
            ))
        }
    }
    let Some((element, why)) = open else { return Ok(true) };
    Err(Undecided { place: deny.place.clone(), element, why: why.to_owned() })
}

/// Whether a resource is covered. `None` where readers differ: an action without resources (`*`) against
/// a pattern of ARNs.
fn covers_resource(resources: &Names, resource: &str) -> Option<bool> {
    if resource == "*" && !resources.patterns.iter().any(Pattern::is_everything) {
        return None;
    }
    Some(resources.covers(resource))
}

#[cfg(test)]
mod tests;
