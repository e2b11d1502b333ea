//! `init`: a starter allowlist.

use super::context::Context;
use super::error::CommandError;
use super::report::Report;
use super::saving::{self, WriteArgs};
use crate::allowlist::{Allowlist, Edit, Starter};
use crate::storage::{self, Save};
use clap::{Args, ValueEnum};

/// Arguments of `init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// The settings of a known recipe
    #[arg(long, value_name = "P")]
    pub preset: Option<Preset>,
    /// An invented company with groups and ranges in every category, to look around
    #[arg(long)]
    pub example: bool,
    /// How to write
    #[command(flatten)]
    pub write: WriteArgs,
}

/// A known recipe.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Preset {
    /// Policy AWSAllowAccessFromIP, for users whose keys run programs: MFA is no exception
    ProgrammaticUsers,
    /// Policy IP_Whitelist_AWS_API_Keys for the group Whitelisted_Accounts, exempt with MFA
    MfaOrAddress,
}

/// Writes a starter allowlist, and its policy where it has ranges.
pub fn run(context: &Context, args: &InitArgs) -> Result<Report, CommandError> {
    let allowlist = starter(context, args)?;
    let path = &context.paths.allowlist;
    let save = Save {
        path,
        allowlist: &allowlist,
        base: None,
        today: context.today,
        force: args.write.force,
        dry_run: args.write.dry_run,
        state: Some(&context.paths.state),
    };
    let saved = storage::create(&save, saving::save_both)?;
    Ok(saving::report(&save, &saved, Vec::new()))
}

fn starter(context: &Context, args: &InitArgs) -> Result<Allowlist, CommandError> {
    let preset = match args.preset {
        None => None,
        Some(Preset::ProgrammaticUsers) => Some(Starter::ProgrammaticUsers),
        Some(Preset::MfaOrAddress) => Some(Starter::MfaOrAddress),
    };
    let preset = preset.map(|preset| preset.allowlist(context.today));
    if !args.example {
        return Ok(preset.unwrap_or_default());
    }
    let mut example = Starter::Example.allowlist(context.today);
    if let Some(preset) = preset {
        example.apply(Edit::SetPolicy(Box::new(preset.policy().clone())))?;
    }
    Ok(example)
}
