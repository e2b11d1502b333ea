//! What a new allowlist may start from.

use super::{Allowlist, Date};

/// A starting point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Starter {
    /// The four categories and the default settings.
    Empty,
    /// For users whose keys run programs: every call is fenced.
    ProgrammaticUsers,
    /// For people: a call from elsewhere needs a session with MFA.
    MfaOrAddress,
    /// A company with exit points of every category.
    Example,
}

impl Starter {
    /// All of them, the plainest first.
    pub const ALL: [Self; 4] = [Self::Empty, Self::ProgrammaticUsers, Self::MfaOrAddress, Self::Example];

    /// As `--preset` spells the presets, and for the others a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::ProgrammaticUsers => "programmatic-users",
            Self::MfaOrAddress => "mfa-or-address",
            Self::Example => "example",
        }
    }

    /// What it is for, in one sentence.
    pub fn help(self) -> &'static str {
        match self {
            Self::Empty => "the four categories, empty, with the default settings",
            Self::ProgrammaticUsers => {
                "for users whose keys run programs; policy AWSAllowAccessFromIP, which in spite of its name grants nothing"
            }
            Self::MfaOrAddress => {
                "for people who sign in with MFA and have keys too; policy IP_Whitelist_AWS_API_Keys, for the group Whitelisted_Accounts"
            }
            Self::Example => "an invented company with groups and ranges in every category, to look around",
        }
    }

    /// The allowlist on the day that it is made: its ranges were added today and are to be reviewed in six
    /// months; what expires does so in twelve.
    pub fn allowlist(self, today: Date) -> Allowlist {
        let text = match self {
            Self::Empty => return Allowlist::default(),
            Self::ProgrammaticUsers => include_str!("../../assets/starters/programmatic-users.json"),
            Self::MfaOrAddress => include_str!("../../assets/starters/mfa-or-address.json"),
            Self::Example => include_str!("../../assets/starters/example.json"),
        };
        // A part of the program, which a test reads.
        let mut allowlist = Allowlist::from_json(text.as_bytes()).unwrap_or_default();
        let groups = allowlist.categories.iter_mut().flat_map(|c| &mut c.groups);
        let ranges = groups.flat_map(|group| group.ranges.iter_mut());
        for range in ranges {
            range.added = range.added.map(|_| today);
            range.review_by = range.review_by.and_then(|_| today.plus_months(6));
            range.expires = range.expires.and_then(|_| today.plus_months(12));
        }
        allowlist
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_starter_is_read_and_the_example_is_clean() {
        let today = "2030-01-31".parse().unwrap();
        let names = Starter::ALL.map(|starter| starter.allowlist(today).policy().name.to_string());
        let default = super::super::DEFAULT_NAME;
        assert_eq!(names, [default, "AWSAllowAccessFromIP", default, default]);
        assert!(Starter::MfaOrAddress.allowlist(today).policy().exempt.mfa);
        let example = Starter::Example.allowlist(today);
        assert!(example.categories().iter().all(|category| category.groups.len() >= 2));
        let review = crate::review::review(&example, today, &[]);
        assert_eq!(review.findings, []);
        assert!(review.policy.is_ok());
    }
}
