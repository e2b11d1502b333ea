//! Whether AWS would take the policy's settings: names, Sids, ARNs, ids, actions.
//!
//! Everything that reaches a document is ASCII without quotation marks, backslashes and policy variables
//! once it has passed here: each kind of value has a list of characters that it may have.

mod lists;
mod principals;
mod shapes;

use crate::allowlist::{PolicySettings, Target};
use crate::text::{Setting, quoted};

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
    let mut found = Found { settings, problems: Vec::new() };
    name(&mut found);
    sid(&mut found);
    lists::applies_to(&mut found);
    resources(&mut found);
    services(&mut found);
    attach_to(&mut found);
    lists::exempt(&mut found);
    limits(&mut found);
    found.problems
}

/// The problems so far, and the settings that they are of.
struct Found<'a> {
    settings: &'a PolicySettings,
    problems: Vec<SettingProblem>,
}

impl Found<'_> {
    fn add(&mut self, is_error: bool, code: &'static str, key: &'static str, message: String) {
        self.problems.push(SettingProblem { code, key, message, is_error, mend: None });
    }

    fn error(&mut self, code: &'static str, key: &'static str, message: String) {
        self.add(true, code, key, message);
    }

    fn warning(&mut self, code: &'static str, key: &'static str, message: String) {
        self.add(false, code, key, message);
    }

    /// Gives the problem added last its mend.
    fn mend(&mut self, change: impl FnOnce(&mut PolicySettings)) {
        if let Some(problem) = self.problems.last_mut() {
            let mut mended = self.settings.clone();
            change(&mut mended);
            problem.mend = Some(Box::new(mended.normalized()));
        }
    }
}

/// A value as a message quotes it.
fn shown(value: &str) -> String {
    format!("{:?}", quoted(value, 60))
}

fn name(found: &mut Found) {
    let name = &found.settings.name;
    if let Some(wrong) = shapes::name(name, 128) {
        found.error("bad-name", "name", format!("the policy's name {}: {wrong}", shown(name)));
    }
}

fn sid(found: &mut Found) {
    let settings = found.settings;
    let Some(sid) = &settings.sid else {
        if settings.default_sid().is_empty() {
            let message = "the policy's name has no letter or digit to make a Sid of: set sid";
            found.error("bad-sid", "sid", message.to_owned());
        }
        return;
    };
    if sid.chars().all(|c| c.is_ascii_alphanumeric()) {
        return;
    }
    let kept: String = sid.chars().filter(char::is_ascii_alphanumeric).collect();
    let mended = Setting::new(kept.as_str()).ok();
    let advice = if mended.is_some() { format!(": {kept}") } else { String::new() };
    let message = format!("the Sid {} may only have letters A-Z a-z and digits{advice}", shown(sid));
    found.error("bad-sid", "sid", message);
    if mended.is_some() {
        found.mend(|settings| settings.sid = mended);
    }
}

fn resources(found: &mut Found) {
    let target = found.settings.target;
    match &found.settings.resources {
        Some(_) if target != Target::BucketPolicy => {
            let message =
                format!("resources go with bucket-policy, not with {}: remove them", target.as_str());
            found.error("wrong-target", "resources", message);
            found.mend(|settings| settings.resources = None);
        }
        None if target == Target::BucketPolicy => {
            let message =
                "a bucket policy needs the ARNs of its buckets: set resources, such as arn:aws:s3:::NAME";
            found.error("no-resources", "resources", message.to_owned());
        }
        Some(arns) => {
            for arn in arns.iter().filter(|arn| !shapes::is_bucket_arn(arn)) {
                let message = format!(
                    "{} is no bucket ARN: write arn:aws:s3:::NAME or arn:aws:s3:::NAME/*",
                    shown(arn)
                );
                found.error("bad-arn", "resources", message);
            }
        }
        None => {}
    }
}

fn services(found: &mut Found) {
    let (services, target) = (&found.settings.services, found.settings.target);
    if target != Target::Rcp {
        if !services.is_empty() {
            let message = format!("services go with rcp, not with {}: remove them", target.as_str());
            found.error("wrong-target", "services", message);
            found.mend(|settings| settings.services.clear());
        }
        return;
    }
    if services.is_empty() {
        let message = "a resource control policy names its services: set services, such as s3,sts";
        found.error("no-services", "services", message.to_owned());
    }
    for service in services.iter().filter(|service| !shapes::is_service(service)) {
        let message = format!("{} is no service: write its prefix, such as s3, without *", shown(service));
        found.error("bad-service", "services", message);
    }
}

fn attach_to(found: &mut Found) {
    let settings = found.settings;
    let target = settings.target;
    if let Some(group) = &settings.attach_to.group {
        if let Some(wrong) = shapes::name(group, 128) {
            found.error("bad-name", "attach_to.group", format!("the group {}: {wrong}", shown(group)));
        }
        if !matches!(target, Target::ManagedPolicy | Target::GroupInline) {
            let message = format!("a {} is not attached to a group: this is passed over", target.as_str());
            found.warning("wrong-target", "attach_to.group", message);
            found.mend(|settings| settings.attach_to.group = None);
        }
    }
    for user in &settings.attach_to.users {
        if let Some(wrong) = shapes::name(user, 64) {
            found.error("bad-name", "attach_to.users", format!("the user {}: {wrong}", shown(user)));
        }
    }
    let has_users = matches!(target, Target::ManagedPolicy | Target::GroupInline | Target::UserInline);
    if !settings.attach_to.users.is_empty() && !has_users {
        let message = format!("a {} is not attached to users: this is passed over", target.as_str());
        found.warning("wrong-target", "attach_to.users", message);
        found.mend(|settings| settings.attach_to.users.clear());
    }
}

fn limits(found: &mut Found) {
    let settings = found.settings;
    let (most, set) = (settings.target.documents_limit(), settings.max_documents());
    if !(1..=most).contains(&set) {
        let target = settings.target.as_str();
        let message =
            format!("{set} documents: AWS attaches 1 to {most} of a {target}: set a number in between");
        found.error("bad-limit", "max_documents", message);
    }
}

#[cfg(test)]
mod tests;
