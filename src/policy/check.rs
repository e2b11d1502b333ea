//! Whether AWS would take the policy's settings: names, Sids, ARNs, ids, actions.

use crate::allowlist::PolicySettings;

/// A setting that AWS would refuse, or that does not mean what it seems to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingProblem {
    /// A stable name of the kind of problem, such as `bad-name`.
    pub code: &'static str,
    /// The setting's key, such as `exempt.vpcs`.
    pub key: &'static str,
    /// What is wrong and how to mend it, in one sentence.
    pub message: String,
    /// False for what AWS takes, but which probably is not meant.
    pub is_error: bool,
    /// The settings as they would be right, where there is only one way.
    pub mend: Option<Box<PolicySettings>>,
}

/// All problems of the settings, in the order of the keys.
pub fn check_settings(settings: &PolicySettings) -> Vec<SettingProblem> {
    let mut problems = Vec::new();
    let allowed = |c: char| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c);
    if settings.name.chars().count() > 128 || !settings.name.chars().all(allowed) {
        problems.push(SettingProblem {
            code: "bad-name",
            key: "name",
            message: "the policy's name may have 1 to 128 of A-Z a-z 0-9 _ + = , . @ -".to_owned(),
            is_error: true,
            mend: None,
        });
    }
    problems
}
