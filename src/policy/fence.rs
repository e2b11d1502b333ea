//! What an allowlist says on one day, once nothing is wrong with it.

use super::check::check_settings;
use crate::allowlist::{Allowlist, Date, PolicySettings, Target};
use crate::cidr::AddressSet;

/// An allowlist without errors on one day: its settings, checked, and the addresses that it admits, which
/// are some, and not all of either family. The only thing that a policy can be written from.
#[derive(Debug, Clone)]
pub struct Fence {
    settings: PolicySettings,
    admitted: AddressSet,
}

/// One reason why no policy can be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Ranges whose CIDR is none.
    #[error("{0} of the ranges have no valid CIDR: fix or remove them")]
    BadCidrs(usize),
    /// Every address of a family is admitted.
    #[error(
        "the ranges admit every {0} address, so a leaked key would work everywhere: remove the range that is too wide"
    )]
    AdmitsEverything(&'static str),
    /// No address is admitted.
    #[error("the ranges admit no address, so the policy would lock everybody out: enable or add a range")]
    AdmitsNobody,
    /// A setting that AWS would refuse.
    #[error("{key}: {message}")]
    Setting {
        /// The setting's key.
        key: &'static str,
        /// What is wrong with it.
        message: String,
    },
}

/// Why there is no policy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoPolicy {
    /// The allowlist has errors.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Refused(Vec<Refusal>),
    /// It does not fit.
    #[error("{}", too_large(*.size, *.limit, *.target, *.documents, *.allowed, *.extra))]
    TooLarge {
        /// The characters of the policy as one document, as AWS counts them.
        size: usize,
        /// The most that a document may have.
        limit: usize,
        /// The target whose quota it is.
        target: Target,
        /// How many documents it needs, or at least needs where that is more than AWS takes; `None`: no number
        /// is enough.
        documents: Option<usize>,
        /// How many there may be: `max_documents`.
        allowed: u32,
        /// By how many addresses it would have to be wider to fit into those, where that was looked for.
        extra: Option<u64>,
    },
    /// What was written does not do what it should. Nothing is handed out then.
    #[error("the policy could not be proven, so none is written: {0}; please report this with the allowlist")]
    Unproven(String),
    /// A target that keymoat does not write yet.
    #[error("target {}: not yet", .0.as_str())]
    NotYet(Target),
}

fn too_large(
    size: usize,
    limit: usize,
    target: Target,
    documents: Option<usize>,
    allowed: u32,
    extra: Option<u64>,
) -> String {
    let (most, name) = (target.documents_limit() as usize, target.as_str());
    let over = size.saturating_sub(limit);
    let one = format!(
        "in one document the policy has {size} characters, {over} over the {limit} that a {name} may have"
    );
    let extra = extra.map_or_else(String::new, |extra| {
        format!(", or set max_extra_addresses to {extra}, and so many others are let through")
    });
    let wider =
        format!("combine or remove ranges{extra}; keymoat fit says what each number of documents costs");
    match documents {
        None => format!(
            "{one}; it fits into no number of them, because the exemptions take most of it: exempt fewer"
        ),
        Some(needed) if needed <= most => format!(
            "{one}; it needs {needed} documents, and max_documents is {allowed}: set max_documents to {needed}, or {wider}"
        ),
        Some(needed) => {
            format!("{one}; it needs at least {needed} documents, and AWS takes at most {most}: {wider}")
        }
    }
}

impl Fence {
    /// The fence of an allowlist on a day, or every reason why there is none.
    pub fn new(allowlist: &Allowlist, today: Date) -> Result<Self, NoPolicy> {
        let settings = allowlist.policy().clone();
        if matches!(settings.target, Target::Rcp | Target::BucketPolicy) {
            return Err(NoPolicy::NotYet(settings.target));
        }
        let mut refusals: Vec<Refusal> = check_settings(&settings)
            .into_iter()
            .filter(|problem| problem.is_error)
            .map(|problem| Refusal::Setting { key: problem.key, message: problem.message })
            .collect();
        let bad = allowlist.ranges().filter(|(.., range)| range.net().is_none()).count();
        if bad > 0 {
            refusals.push(Refusal::BadCidrs(bad));
        }
        let admitted = admitted(allowlist, today);
        if admitted.v4.is_full() {
            refusals.push(Refusal::AdmitsEverything("IPv4"));
        }
        if admitted.v6.is_full() {
            refusals.push(Refusal::AdmitsEverything("IPv6"));
        }
        if admitted.is_empty() {
            refusals.push(Refusal::AdmitsNobody);
        }
        if refusals.is_empty() { Ok(Self { settings, admitted }) } else { Err(NoPolicy::Refused(refusals)) }
    }

    /// The settings, which AWS would take.
    pub fn settings(&self) -> &PolicySettings {
        &self.settings
    }

    /// The addresses of the enabled, unexpired ranges.
    pub fn admitted(&self) -> &AddressSet {
        &self.admitted
    }

    /// The addresses that the policy is to let through: those admitted, and where they do not fit as few
    /// more as can be, as far as the settings allow that.
    pub fn let_through(&self) -> AddressSet {
        if self.settings.max_extra_addresses == 0 {
            return self.admitted.clone();
        }
        super::write::plan(self).map_or_else(|_| self.admitted.clone(), |plan| plan.admitted)
    }
}

/// The addresses of the enabled, unexpired ranges.
pub fn admitted(allowlist: &Allowlist, today: Date) -> AddressSet {
    let active = allowlist.ranges().filter(|(.., range)| range.is_active(today));
    active.filter_map(|(.., range)| range.net()).collect()
}
