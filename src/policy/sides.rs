//! What two sets of documents, or documents and an allowlist, are compared as: their Deny statements. An
//! allowlist is one ideal statement, made here from the contract's words and not from what is written.

use super::conditions::{Atom, KeyTest, SourceTest};
use super::evaluate::{Deny, Evaluator, Names, Place, Undecided};
use super::parse::PolicyDocument;
use super::pattern::Pattern;
use crate::allowlist::PolicySettings;
use crate::cidr::AddressSet;
use crate::text::Setting;

/// One of the two that are compared.
#[derive(Debug)]
pub(super) struct Side {
    pub denies: Vec<Deny>,
    /// Statements that grant.
    pub allows: Vec<Place>,
}

/// Documents that are attached together.
pub(super) fn documents(documents: &[PolicyDocument]) -> Result<Side, Undecided> {
    let evaluator = Evaluator::new(documents)?;
    let allows = evaluator.allows().to_vec();
    Ok(Side { denies: evaluator.denies, allows })
}

/// What settings and admitted addresses ask for: everything is denied, but what comes from an admitted
/// address, and what is exempt.
pub(super) fn ideal(settings: &PolicySettings, admitted: &AddressSet) -> Result<Side, Undecided> {
    let place = Place { document: 0, statement: 0, sid: None };
    let exempt = &settings.exempt;
    let source = SourceTest { addresses: admitted.complement(), absent: true };
    let mut keys = Vec::new();
    let yes = || vec![Pattern::literal("true", false)];
    if exempt.aws_services {
        keys.push(unless("aws:viaawsservice", yes()));
    }
    if exempt.mfa {
        keys.push(unless("aws:multifactorauthpresent", yes()));
    }
    let texts = |list: &[Setting], arns: bool| -> Vec<Pattern> {
        let chosen = list.iter().filter(|text| text.starts_with("arn:") == arns);
        chosen.map(|text| Pattern::literal(text, false)).collect()
    };
    keys.push(unless("aws:sourcevpc", texts(&exempt.vpcs, false)));
    keys.push(unless("aws:sourcevpcarn", texts(&exempt.vpcs, true)));
    keys.push(unless("aws:sourcevpce", texts(&exempt.vpc_endpoints, false)));
    let principals =
        exempt.principals.iter().map(|arn| arn_pattern(arn, &place)).collect::<Result<_, _>>()?;
    keys.push(unless("aws:principalarn", principals));
    let fenced: Vec<Pattern> =
        settings.applies_to().into_iter().map(|arn| arn_pattern(arn, &place)).collect::<Result<_, _>>()?;
    if !fenced.is_empty() {
        let any = fenced.into_iter().map(Atom::Text).collect();
        keys.push(KeyTest { key: "aws:principalarn".to_owned(), any, negated: false, absent: false });
    }
    keys.retain(|test| !test.any.is_empty());
    let keys = keys.into_iter().map(|test| (test, "the allowlist".to_owned())).collect();
    let spared = exempt.actions.iter().map(|action| Pattern::text(action, true)).collect();
    let actions = Names { patterns: spared, inverted: true };
    let resources = Names { patterns: Vec::new(), inverted: true };
    Ok(Side { denies: vec![Deny { place, actions, resources, source, keys }], allows: Vec::new() })
}

/// Holds unless the key is there and matches one of these.
fn unless(key: &str, patterns: Vec<Pattern>) -> KeyTest {
    let any = patterns.into_iter().map(Atom::Text).collect();
    KeyTest { key: key.to_owned(), any, negated: true, absent: true }
}

fn arn_pattern(text: &str, place: &Place) -> Result<Pattern, Undecided> {
    Pattern::arn(text).ok_or_else(|| Undecided {
        place: place.clone(),
        element: "the allowlist's principals".to_owned(),
        why: format!("{:?} is no ARN of six parts", crate::text::quoted(text, 60)),
    })
}
