//! Policy documents, keymoat's and others', read strictly: a policy decides who gets in, so what AWS would
//! refuse, or what two readers could understand in two ways, is an error with its place.
//!
//! Source: IAM User Guide, "Grammar of the IAM JSON policy language".

use crate::json::{JsonError, Object, object, present, refused};
use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// A policy document as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyDocument {
    /// `Version`, where it stands.
    pub version: Option<String>,
    /// Its statements, at least one.
    pub statements: Vec<Statement>,
    /// Its size in characters, without the white space between its parts.
    pub size: usize,
}

/// Allow or deny.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Effect {
    /// Grants.
    Allow,
    /// Denies, whatever else grants.
    Deny,
}

/// A list of patterns, or all but those.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// The patterns, at least one.
    pub patterns: Vec<String>,
    /// True for `NotAction` and `NotResource`.
    pub inverted: bool,
}

/// One statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// `Sid`, where it stands.
    pub sid: Option<String>,
    /// `Effect`.
    pub effect: Effect,
    /// `Action` or `NotAction`.
    pub actions: Scope,
    /// `Resource` or `NotResource`.
    pub resources: Scope,
    /// One an operator and key, in the order of the document; all must hold.
    pub conditions: Vec<Condition>,
}

/// One line of a condition block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The operator as written, such as `NotIpAddress`.
    pub operator: String,
    /// The key as written, such as `aws:SourceIp`.
    pub key: String,
    /// The values, at least one.
    pub values: Vec<String>,
}

/// Reads one policy document, also within the envelope of `aws iam get-policy-version`.
pub fn parse_document(bytes: &[u8]) -> Result<PolicyDocument, JsonError> {
    let Outer(mut document, enveloped) = crate::json::read::<Object<Outer>>(bytes)?.0;
    document.size = size(crate::json::utf8(bytes)?, enveloped);
    Ok(document)
}

/// Reads policy documents one after another, at least one.
pub fn parse_documents(bytes: &[u8]) -> Result<Vec<PolicyDocument>, JsonError> {
    let text = crate::json::utf8(bytes)?;
    let all = crate::json::read_many::<Object<Outer>>(bytes)?;
    let sized = all.into_iter().map(|(Object(Outer(mut document, enveloped)), place)| {
        document.size = size(&text[place], enveloped);
        document
    });
    Ok(sized.collect())
}

/// The characters of a document that was read from `text`, without the white space outside of strings.
fn size(text: &str, enveloped: bool) -> usize {
    if enveloped && let Ok(whole) = serde_json::from_str::<serde_json::Value>(text) {
        return whole["PolicyVersion"]["Document"].to_string().chars().count();
    }
    let (mut count, mut inside, mut escaped) = (0, false, false);
    for c in text.chars() {
        count += usize::from(inside || !c.is_ascii_whitespace());
        if c == '"' && !escaped {
            inside = !inside;
        }
        escaped = inside && c == '\\' && !escaped;
    }
    count
}

#[derive(Debug)]
struct Outer(PolicyDocument, bool);

impl<'de> Deserialize<'de> for Outer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = RawOuter::deserialize(deserializer)?;
        let bare = raw.version.is_some() || raw.statement.is_some() || raw.id.is_some();
        let enveloped = raw.policy_version.is_some();
        let raw = match (raw.policy_version, bare) {
            (Some(_), true) => {
                return Err(refused("a policy and a PolicyVersion in one: expected one of them"));
            }
            (Some(version), false) => version.document,
            (None, _) => RawDocument { version: raw.version, statement: raw.statement, _id: raw.id },
        };
        let Some(Many(statements)) = raw.statement else {
            return Err(refused("no Statement: expected a policy document"));
        };
        if statements.is_empty() {
            return Err(refused("Statement is empty: expected at least one statement"));
        }
        Ok(Self(PolicyDocument { version: raw.version.map(String::from), statements, size: 0 }, enveloped))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct RawOuter {
    #[serde(default, deserialize_with = "present")]
    version: Option<Version>,
    #[serde(default, deserialize_with = "present")]
    id: Option<String>,
    #[serde(default, deserialize_with = "present")]
    statement: Option<Many<Statement>>,
    #[serde(default, deserialize_with = "present")]
    policy_version: Option<PolicyVersion>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PolicyVersion {
    #[serde(deserialize_with = "document")]
    document: RawDocument,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct RawDocument {
    #[serde(default, deserialize_with = "present")]
    version: Option<Version>,
    #[serde(default, deserialize_with = "present", rename = "Id")]
    _id: Option<String>,
    #[serde(default, deserialize_with = "present")]
    statement: Option<Many<Statement>>,
}

#[derive(Deserialize)]
enum Version {
    #[serde(rename = "2012-10-17")]
    Current,
    #[serde(rename = "2008-10-17")]
    Old,
}

impl From<Version> for String {
    fn from(version: Version) -> Self {
        match version {
            Version::Current => "2012-10-17".to_owned(),
            Version::Old => "2008-10-17".to_owned(),
        }
    }
}

fn document<'de, D: Deserializer<'de>>(deserializer: D) -> Result<RawDocument, D::Error> {
    struct Document;
    impl<'de> Visitor<'de> for Document {
        type Value = RawDocument;
        fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
            f.write_str(
                "the policy document as an object (the AWS CLI decodes it; a URL-encoded string is not read)",
            )
        }
        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawDocument, A::Error> {
            RawDocument::deserialize(de::value::MapAccessDeserializer::new(map))
        }
    }
    deserializer.deserialize_map(Document)
}

/// One, or a list.
struct Many<T>(Vec<T>);

impl<'de> Deserialize<'de> for Many<Statement> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrList;
        impl<'de> Visitor<'de> for OneOrList {
            type Value = Many<Statement>;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a statement or a list of statements")
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                let raw = RawStatement::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Statement::try_from(raw).map(|one| Many(vec![one])).map_err(refused)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let mut all = Vec::new();
                while let Some(Object(raw)) = list.next_element::<Object<RawStatement>>()? {
                    all.push(Statement::try_from(raw).map_err(refused)?);
                }
                Ok(Many(all))
            }
        }
        deserializer.deserialize_any(OneOrList)
    }
}

/// One text or a list of them, at least one. With `SCALARS`, JSON booleans and whole numbers are texts
/// too, as in the values of a condition.
struct Texts<const SCALARS: bool>(Vec<String>);

type Names = Texts<false>;
type Values = Texts<true>;

/// One item of [`Texts`].
struct Scalar<const SCALARS: bool>(String);

struct TextVisitor<const SCALARS: bool, const LIST: bool>;

impl<'de, const SCALARS: bool, const LIST: bool> Visitor<'de> for TextVisitor<SCALARS, LIST> {
    type Value = Vec<String>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match (SCALARS, LIST) {
            (true, true) => "a string, true, false, a whole number or a list of them",
            (true, false) => "a string, true, false or a whole number",
            (false, true) => "a string or a list of strings",
            (false, false) => "a string",
        })
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(vec![text.to_owned()])
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Self::Value, E> {
        let wrong = || de::Error::invalid_type(de::Unexpected::Bool(value), &self);
        if SCALARS { Ok(vec![value.to_string()]) } else { Err(wrong()) }
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Self::Value, E> {
        let wrong = || de::Error::invalid_type(de::Unexpected::Signed(value), &self);
        if SCALARS { Ok(vec![value.to_string()]) } else { Err(wrong()) }
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Self::Value, E> {
        let wrong = || de::Error::invalid_type(de::Unexpected::Unsigned(value), &self);
        if SCALARS { Ok(vec![value.to_string()]) } else { Err(wrong()) }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        if !LIST {
            return Err(de::Error::invalid_type(de::Unexpected::Seq, &self));
        }
        let mut all = Vec::new();
        while let Some(Scalar(text)) = list.next_element::<Scalar<SCALARS>>()? {
            all.push(text);
        }
        if all.is_empty() {
            return Err(refused("the list is empty: expected at least one value"));
        }
        Ok(all)
    }
}

impl<'de, const SCALARS: bool> Deserialize<'de> for Texts<SCALARS> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor::<SCALARS, true>).map(Self)
    }
}

impl<'de, const SCALARS: bool> Deserialize<'de> for Scalar<SCALARS> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let texts = deserializer.deserialize_any(TextVisitor::<SCALARS, false>)?;
        // The visitor of one item gives exactly one.
        Ok(Self(texts.into_iter().next().unwrap_or_default()))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct RawStatement {
    #[serde(default, deserialize_with = "present")]
    sid: Option<String>,
    effect: Effect,
    #[serde(default, deserialize_with = "present")]
    action: Option<Names>,
    #[serde(default, deserialize_with = "present")]
    not_action: Option<Names>,
    #[serde(default, deserialize_with = "present")]
    resource: Option<Names>,
    #[serde(default, deserialize_with = "present")]
    not_resource: Option<Names>,
    #[serde(default, deserialize_with = "present")]
    condition: Option<Block>,
    #[serde(default, deserialize_with = "no_principal", rename = "Principal")]
    _principal: (),
    #[serde(default, deserialize_with = "no_principal", rename = "NotPrincipal")]
    _not_principal: (),
}

fn no_principal<'de, D: Deserializer<'de>>(_: D) -> Result<(), D::Error> {
    Err(refused(
        "a Principal, so it is a policy of a resource: expected a policy of users, groups, roles or accounts",
    ))
}

impl TryFrom<RawStatement> for Statement {
    type Error = &'static str;

    fn try_from(raw: RawStatement) -> Result<Self, Self::Error> {
        let scope = |plain: Option<Names>, not: Option<Names>| match (plain, not) {
            (Some(names), None) => Ok(Scope { patterns: names.0, inverted: false }),
            (None, Some(names)) => Ok(Scope { patterns: names.0, inverted: true }),
            (Some(_), Some(_)) | (None, None) => Err(()),
        };
        let actions = scope(raw.action, raw.not_action).map_err(
            |()| "a statement without, or with both of, Action and NotAction: expected one of them",
        )?;
        let resources = scope(raw.resource, raw.not_resource).map_err(
            |()| "a statement without, or with both of, Resource and NotResource: expected one of them",
        )?;
        let conditions = raw.condition.map(|block| block.0).unwrap_or_default();
        Ok(Self { sid: raw.sid, effect: raw.effect, actions, resources, conditions })
    }
}

/// A condition block, flat.
struct Block(Vec<Condition>);

impl<'de> Deserialize<'de> for Block {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let operators: Keyed<Keyed<Values>> = object(deserializer)?;
        let mut conditions = Vec::new();
        for (operator, keys) in operators.0 {
            for (key, Texts(values)) in keys.0 {
                conditions.push(Condition { operator: operator.clone(), key, values });
            }
        }
        Ok(Self(conditions))
    }
}

/// An object with any keys, none of them twice in whatever case: AWS compares operators and condition
/// keys without case, and which of two would count nobody says.
struct Keyed<T>(Vec<(String, T)>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Keyed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Pairs<T> {
            type Value = Keyed<T>;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object { }")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keyed<T>, A::Error> {
                let (mut pairs, mut seen) = (Vec::new(), std::collections::HashSet::new());
                while let Some(key) = map.next_key::<String>()? {
                    if !seen.insert(key.to_ascii_lowercase()) {
                        return Err(refused(format!("duplicate key `{key}`")));
                    }
                    pairs.push((key, map.next_value()?));
                }
                Ok(Keyed(pairs))
            }
        }
        deserializer.deserialize_map(Pairs(std::marker::PhantomData))
    }
}

#[cfg(test)]
mod tests;
