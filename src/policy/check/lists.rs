//! The settings that are lists: whom the policy is for, and who and what is exempt.

use super::principals::{Principal, principal};
use super::{Found, shapes, shown};
use crate::allowlist::{PolicySettings, Target};
use crate::policy::pattern::matches_text;
use crate::text::Setting;

pub fn applies_to(found: &mut Found) {
    let Some(patterns) = &found.settings.applies_to else { return };
    for (position, pattern) in patterns.iter().enumerate() {
        let told = tell(found, "applies_to", pattern, |settings, new| {
            if let Some(list) = &mut settings.applies_to {
                list[position] = new;
            }
        });
        if told == Principal::Everybody {
            let message =
                format!("{} matches everybody: leave the list empty to fence everybody", shown(pattern));
            found.error("matches-everybody", "applies_to", message);
            found.mend(|settings| settings.applies_to = Some(Vec::new()));
        }
    }
}

pub fn exempt(found: &mut Found) {
    let exempt = &found.settings.exempt;
    for vpc in exempt.vpcs.iter().filter(|vpc| !shapes::is_id(vpc, "vpc-") && !shapes::is_vpc_arn(vpc)) {
        let message = format!(
            "{} is no VPC: write vpc- and 8 or 17 of 0-9 a-f, or arn:aws:ec2:REGION:ACCOUNT:vpc/vpc-…",
            shown(vpc)
        );
        let code = if vpc.starts_with("arn:") { "bad-arn" } else { "bad-id" };
        found.error(code, "exempt.vpcs", message);
    }
    for id in exempt.vpc_endpoints.iter().filter(|id| !shapes::is_id(id, "vpce-")) {
        let message = format!("{} is no VPC endpoint: write vpce- and 8 or 17 of 0-9 a-f", shown(id));
        found.error("bad-id", "exempt.vpc_endpoints", message);
    }
    principals(found);
    actions(found);
}

fn principals(found: &mut Found) {
    let key = "exempt.principals";
    for (position, pattern) in found.settings.exempt.principals.iter().enumerate() {
        let told = tell(found, key, pattern, |settings, new| settings.exempt.principals[position] = new);
        let wide = |who| format!("{} exempts {who}: name those that are meant", shown(pattern));
        match told {
            Principal::Everybody => found.error("matches-everybody", key, wide("everybody")),
            Principal::EveryUser => found.warning("exempts-every-user", key, wide("every IAM user")),
            Principal::EveryRole => found.warning("exempts-every-role", key, wide("every role")),
            Principal::Bad(_) | Principal::Session(_) | Principal::Fine => {}
        }
    }
}

/// Says what is wrong with one pattern wherever it stands; what depends on the place is returned.
fn tell(
    found: &mut Found,
    key: &'static str,
    pattern: &str,
    replace: impl FnOnce(&mut PolicySettings, Setting),
) -> Principal {
    let told = principal(pattern);
    match &told {
        Principal::Bad(wrong) => {
            let message = format!("{} is no principal's ARN: {wrong}", shown(pattern));
            found.error("bad-arn", key, message);
        }
        Principal::Session(role) => {
            let message =
                format!("{} never matches aws:PrincipalArn: write the role, {role}", shown(pattern));
            // What is exempt in vain is denied; who is fenced in vain is let through.
            if key == "applies_to" {
                found.error("never-matches", key, message);
            } else {
                found.warning("never-matches", key, message);
            }
            if let Ok(role) = Setting::new(role.as_str()) {
                found.mend(|settings| replace(settings, role));
            }
        }
        _ => {}
    }
    told
}

fn actions(found: &mut Found) {
    let (settings, key) = (found.settings, "exempt.actions");
    let actions = &settings.exempt.actions;
    if settings.target == Target::Rcp && !actions.is_empty() {
        let message = "a resource control policy cannot exempt actions (it takes no NotAction): remove them";
        found.error("wrong-target", key, message.to_owned());
        found.mend(|settings| settings.exempt.actions.clear());
    }
    for action in actions {
        // No action of any service has this name; what matches it matches all.
        if matches_text(action, "zz9-q7:K4w8") {
            let message = format!("{} exempts every action: name those that are meant", shown(action));
            found.error("matches-everybody", key, message);
        } else if !shapes::is_action(action) {
            let message =
                format!("{} is no action: write service:Name, such as sts:GetCallerIdentity", shown(action));
            found.error("bad-action", key, message);
        }
    }
}
