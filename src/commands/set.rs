//! `set`: the policy's settings.

use super::context::Context;
use super::error::CommandError;
use super::report::Report;
use super::saving::{self, Change, WriteArgs};
use crate::allowlist::{Edit, KEYS, SettingKey};
use clap::Args;

/// Arguments of `set`.
#[derive(Debug, Args)]
pub struct SetArgs {
    /// The setting, such as exempt.mfa; without one, all are listed
    pub key: Option<String>,
    /// Its new value; a list is comma-separated; empty: the default. Without one, the value is printed
    pub value: Option<String>,
    /// How to write
    #[command(flatten)]
    pub write: WriteArgs,
}

/// Prints or changes a setting.
pub fn run(context: &Context, args: &SetArgs) -> Result<Report, CommandError> {
    let Some(key) = &args.key else {
        let opened = context.load()?;
        let settings = opened.allowlist.policy();
        let lines = KEYS.iter().map(|key| format!("{}\t{}\n", key.key, key.get(settings)));
        return Ok(Report::new(lines.collect::<String>()));
    };
    let key = SettingKey::find(key)?;
    let Some(value) = &args.value else {
        let opened = context.load()?;
        return Ok(Report::new(format!("{}\n", key.get(opened.allowlist.policy()))));
    };
    saving::change(context, args.write, |allowlist| {
        let old = allowlist.policy();
        let new = key.with(old, value)?;
        if new == *old {
            return Ok(Change {
                edit: None,
                lines: vec![format!("already so: {} is {}", key.key, shown(&key.get(old)))],
            });
        }
        let verb = if args.write.dry_run { "would be" } else { "is now" };
        let line = format!("{} {verb} {}, was {}", key.key, shown(&key.get(&new)), shown(&key.get(old)));
        Ok(Change { edit: Some(Edit::SetPolicy(Box::new(new))), lines: vec![line] })
    })
}

fn shown(value: &str) -> &str {
    if value.is_empty() { "empty" } else { value }
}
