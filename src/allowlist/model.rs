//! The allowlist as a value.

use super::{Date, PolicySettings, RangeList};
use crate::cidr::{Cidr, CidrError, IpNet};
use crate::text::{Name, Text};
use serde::{Serialize, Serializer};
use std::fmt;

/// The whole: the policy's settings and the categories.
///
/// Always holds: the four built-in categories stand first, once, in the order of [`Kind::BUILT_IN`];
/// custom ones follow; no two categories have one name, nor two groups of a category. It changes
/// through [`Allowlist::apply`](Allowlist::apply) only, which keeps that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowlist {
    pub(super) schema: Option<Text>,
    pub(super) policy: PolicySettings,
    pub(super) categories: Vec<Category>,
}

impl Default for Allowlist {
    /// The four categories, empty, and the default settings.
    fn default() -> Self {
        Self {
            schema: None,
            policy: PolicySettings::default(),
            categories: Kind::BUILT_IN.into_iter().map(Category::built_in).collect(),
        }
    }
}

impl Allowlist {
    /// What `$schema` says: kept, and not read.
    pub fn schema(&self) -> Option<&Text> {
        self.schema.as_ref()
    }

    /// The policy's settings.
    pub fn policy(&self) -> &PolicySettings {
        &self.policy
    }

    /// The categories: the four built-in ones, then the custom ones.
    pub fn categories(&self) -> &[Category] {
        &self.categories
    }

    /// Every range with the category and group that it stands in, in the order of the file.
    pub fn ranges(&self) -> impl Iterator<Item = (super::RangeAt, &Category, &Group, &Range)> {
        self.categories.iter().enumerate().flat_map(|(c, category)| {
            category.groups.iter().enumerate().flat_map(move |(g, group)| {
                group.ranges.iter().enumerate().map(move |(r, range)| {
                    let at = super::RangeAt { group: super::GroupAt { category: c, group: g }, range: r };
                    (at, category, group, range)
                })
            })
        })
    }

    /// The group at a place, if there is one.
    pub fn group(&self, at: super::GroupAt) -> Option<&Group> {
        self.categories.get(at.category)?.groups.get(at.group)
    }

    /// The range at a place, if there is one.
    pub fn range(&self, at: super::RangeAt) -> Option<&Range> {
        self.group(at.group)?.ranges.get(at.range)
    }
}

/// What kind of exit point a category holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Offices and their ISPs.
    CorporateNetwork,
    /// Data centers.
    DataCenter,
    /// NAT gateways of AWS accounts.
    AwsAccount,
    /// NAT gateways of other clouds.
    OtherCloud,
    /// Whatever the user calls it.
    Custom,
}

impl Kind {
    /// The kinds of which there is always one category, in order.
    pub const BUILT_IN: [Self; 4] =
        [Self::CorporateNetwork, Self::DataCenter, Self::AwsAccount, Self::OtherCloud];

    /// As the file and `--category` spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CorporateNetwork => "corporate-network",
            Self::DataCenter => "data-center",
            Self::AwsAccount => "aws-account",
            Self::OtherCloud => "other-cloud",
            Self::Custom => "custom",
        }
    }

    /// The name that a new category of this kind has.
    pub fn default_name(self) -> &'static str {
        match self {
            Self::CorporateNetwork => "Corporate networks",
            Self::DataCenter => "Data centers",
            Self::AwsAccount => "AWS accounts (NAT gateways)",
            Self::OtherCloud => "Other clouds (NAT gateways)",
            Self::Custom => "Custom",
        }
    }
}

impl std::str::FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = Self::BUILT_IN.into_iter().chain([Self::Custom]);
        known.into_iter().find(|kind| kind.as_str() == text).ok_or_else(|| {
            let all: Vec<_> = Self::BUILT_IN.into_iter().chain([Self::Custom]).map(Self::as_str).collect();
            format!("unknown kind {:?}, expected one of {}", crate::text::quoted(text, 40), all.join(", "))
        })
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// One kind of exit point with its groups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Category {
    /// Its kind.
    pub kind: Kind,
    /// Its name, unique in the allowlist.
    pub name: Name,
    /// Its groups, in the user's order.
    pub groups: Vec<Group>,
}

impl Category {
    /// An empty category of a kind with its default name.
    pub fn built_in(kind: Kind) -> Self {
        // The default names are short and plain; a test reads each.
        let name = Name::new(kind.default_name()).unwrap_or_else(|_| unreachable!("default names are names"));
        Self { kind, name, groups: Vec::new() }
    }

    /// The position of the group of this name.
    pub fn group_named(&self, name: &str) -> Option<usize> {
        self.groups.iter().position(|group| group.name.as_str() == name)
    }
}

/// One site, ISP, AWS account or cloud project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// Its name, unique in its category.
    pub name: Name,
    /// Anything else.
    #[serde(skip_serializing_if = "Text::is_empty")]
    pub note: Text,
    /// Its ranges, in the user's order.
    pub ranges: RangeList,
}

impl Group {
    /// A group without ranges.
    pub fn new(name: Name) -> Self {
        Self { name, note: Text::default(), ranges: RangeList::new() }
    }
}

/// One CIDR range with what is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Range {
    /// The network, or a text that is none and waits to be mended.
    pub cidr: CidrField,
    /// What it is.
    #[serde(skip_serializing_if = "Text::is_empty")]
    pub label: Text,
    /// Who answers for it.
    #[serde(skip_serializing_if = "Text::is_empty")]
    pub owner: Text,
    /// The ticket that asked for it.
    #[serde(skip_serializing_if = "Text::is_empty")]
    pub ticket: Text,
    /// Anything else.
    #[serde(skip_serializing_if = "Text::is_empty")]
    pub note: Text,
    /// Where an import had it from.
    #[serde(skip_serializing_if = "Text::is_empty")]
    pub source: Text,
    /// The day it was added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub added: Option<Date>,
    /// The day by which somebody should look whether it is still needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review_by: Option<Date>,
    /// From this day on it is not in the policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<Date>,
    /// Whether it is in the policy at all.
    #[serde(skip_serializing_if = "is_true")]
    pub enabled: bool,
}

fn is_true(value: &bool) -> bool {
    *value
}

impl Range {
    /// An enabled range of which nothing else is known.
    pub fn new(cidr: Cidr) -> Self {
        Self::with_field(CidrField::Good(cidr))
    }

    /// The same from a field that may be no CIDR.
    pub fn with_field(cidr: CidrField) -> Self {
        Self {
            cidr,
            label: Text::default(),
            owner: Text::default(),
            ticket: Text::default(),
            note: Text::default(),
            source: Text::default(),
            added: None,
            review_by: None,
            expires: None,
            enabled: true,
        }
    }

    /// Whether `expires` has come.
    pub fn is_expired(&self, today: Date) -> bool {
        self.expires.is_some_and(|day| day <= today)
    }

    /// Whether it is let through today: enabled and not expired.
    pub fn is_active(&self, today: Date) -> bool {
        self.enabled && !self.is_expired(today)
    }

    /// The network, where the field holds one.
    pub fn net(&self) -> Option<IpNet> {
        self.cidr.good().map(Cidr::net)
    }
}

/// The `cidr` of a range: a parsed network, or a text that is none, kept so that it can be mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CidrField {
    /// A network.
    Good(Cidr),
    /// A text that is no CIDR, and why.
    Bad(Box<(Text, CidrError)>),
}

impl CidrField {
    /// Parses a text; one that is no CIDR is kept with its error.
    pub fn new(text: Text) -> Self {
        match text.parse() {
            Ok(cidr) => Self::Good(cidr),
            Err(error) => Self::Bad(Box::new((text, error))),
        }
    }

    /// The network, if it is one.
    pub fn good(&self) -> Option<Cidr> {
        match self {
            Self::Good(cidr) => Some(*cidr),
            Self::Bad(_) => None,
        }
    }
}

impl fmt::Display for CidrField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Good(cidr) => cidr.fmt(f),
            Self::Bad(bad) => f.write_str(&bad.0),
        }
    }
}

impl Serialize for CidrField {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
