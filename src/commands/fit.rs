//! `fit`: what each number of documents would cost.

use super::context::Context;
use super::error::CommandError;
use super::report::Report;
use crate::allowlist::PolicySettings;
use crate::cidr::grouped;
use crate::policy::{self, Fence, Fit, FitOption};
use clap::Args;
use serde::Serialize;

/// Arguments of `fit`.
#[derive(Debug, Args)]
pub struct FitArgs {
    /// One JSON document
    #[arg(long)]
    pub json: bool,
}

/// Says by how many addresses the policy would be wider with fewer documents.
pub fn run(context: &Context, args: &FitArgs) -> Result<Report, CommandError> {
    let allowlist = context.load()?.allowlist;
    let none = |reason: policy::NoPolicy| CommandError::NoPolicy(reason.to_string());
    let fence = Fence::new(&allowlist, context.today).map_err(none)?;
    let fit = policy::fit(&fence).map_err(none)?;
    Ok(if args.json { json(&fit) } else { words(context, &fit, allowlist.policy()) })
}

#[derive(Serialize)]
struct Fits {
    exact_documents: Option<usize>,
    options: Vec<Choice>,
}

#[derive(Serialize)]
struct Choice {
    documents: usize,
    /// A decimal number; null where it does not fit however wide.
    extra_addresses: Option<String>,
    fits: bool,
}

fn json(fit: &Fit) -> Report {
    let choice = |option: &FitOption| Choice {
        documents: option.documents,
        extra_addresses: option.extra.map(|extra| extra.to_string()),
        fits: option.allowed,
    };
    Report::json(&Fits {
        exact_documents: fit.exact_documents,
        options: fit.options.iter().map(choice).collect(),
    })
}

fn words(context: &Context, fit: &Fit, settings: &PolicySettings) -> Report {
    let mut out = match fit.exact_documents {
        Some(1) => "1 document holds exactly the allowlist\n".to_owned(),
        Some(n) => format!("{n} documents hold exactly the allowlist\n"),
        None => "no number of documents holds exactly the allowlist\n".to_owned(),
    };
    for option in &fit.options {
        let cost = match option.extra {
            None => "do not hold it, however wide".to_owned(),
            Some(0) => "no address more".to_owned(),
            Some(1) => "1 address more".to_owned(),
            Some(extra) => format!("{} addresses more", grouped(&extra.to_string())),
        };
        let allowed = if option.allowed { context.paint.green("  fits") } else { String::new() };
        out.push_str(&format!("{:>4}  {cost}{allowed}\n", option.documents));
    }
    out.push_str(&format!(
        "max_documents is {}, max_extra_addresses {} (an IPv6 /64 counts 1)\n",
        settings.max_documents(),
        grouped(&settings.max_extra_addresses.to_string())
    ));
    Report::new(out)
}
