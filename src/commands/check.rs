//! `check`: findings, and with `--fix` what fixes them.

use super::context::Context;
use super::error::CommandError;
use super::report::Report;
use super::saving::{self, WriteArgs};
use crate::allowlist::Allowlist;
use crate::review::{Finding, Review, Severity};
use crate::storage::{Locked, Save};
use clap::Args;
use serde::Serialize;

/// How often fixing may uncover more to fix; a rule whose fix calls for itself would never end.
const ROUNDS: usize = 20;

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// One JSON document
    #[arg(long)]
    pub json: bool,
    /// Fixes what can be fixed without changing which addresses are meant, and saves
    #[arg(long)]
    pub fix: bool,
    /// Exit status 1 with a warning too
    #[arg(long)]
    pub strict: bool,
    /// How to write
    #[command(flatten)]
    pub write: WriteArgs,
}

/// Says what is to be said, after fixing where that is asked for.
pub fn run(context: &Context, args: &CheckArgs) -> Result<Report, CommandError> {
    let (allowlist, saved) =
        if args.fix { fix(context, args)? } else { (context.load()?.allowlist, Report::new("")) };
    let review = context.review(&allowlist);
    let clean = review.count(Severity::Error) == 0 && !(args.strict && review.count(Severity::Warning) > 0);
    let mut report = if args.json { json(&allowlist, &review) } else { words(context, &allowlist, &review) };
    report.notes = saved.notes;
    if args.fix && !args.json {
        report.out = [saved.out, report.out].concat();
    }
    Ok(report.answering(saved.yes && clean))
}

/// Fixes and saves; gives the allowlist as it is then and what saving said.
fn fix(context: &Context, args: &CheckArgs) -> Result<(Allowlist, Report), CommandError> {
    let locked = Locked::take(&context.paths.allowlist)?;
    let opened = locked.open()?;
    let mut allowlist = opened.allowlist;
    let mut fixed = 0;
    for _ in 0..ROUNDS {
        let review = context.review(&allowlist);
        let Some(edit) = review.fix_all(&allowlist) else { break };
        fixed += review.findings.iter().filter(|finding| finding.fix.is_some()).count();
        allowlist.apply(edit)?;
    }
    let save = Save {
        path: &context.paths.allowlist,
        allowlist: &allowlist,
        base: Some(&opened.content),
        today: context.today,
        force: args.write.force,
        dry_run: args.write.dry_run,
        state: Some(&context.paths.state),
    };
    let saved = saving::save_both(&locked, &save)?;
    let verb = if args.write.dry_run { "would fix" } else { "fixed" };
    let report = saving::report(&save, &saved, vec![format!("{verb} {}", count(fixed, "finding"))]);
    Ok((allowlist, report))
}

fn words(context: &Context, allowlist: &Allowlist, review: &Review) -> Report {
    let mut out = String::new();
    for finding in &review.findings {
        let severity = finding.severity();
        let label = format!("{:<8}", severity.as_str());
        let label = match severity {
            Severity::Error => context.paint.red(label),
            Severity::Warning => context.paint.yellow(label),
            Severity::Info => context.paint.dim(label),
        };
        let fix = finding.fix.as_ref().map(|fix| fix.words(allowlist).does());
        let fixable = fix.map_or_else(String::new, |does| context.paint.dim(format!(" (--fix {does})")));
        out.push_str(&format!("{label}{}{}{fixable}\n", place(finding, allowlist), finding.problem.message));
    }
    let counts = [Severity::Error, Severity::Warning, Severity::Info].map(|severity| review.count(severity));
    let summary = match counts {
        [0, 0, 0] => context.paint.green("nothing found"),
        [errors, warnings, infos] => {
            format!("{}, {}, {}", count(errors, "error"), count(warnings, "warning"), count(infos, "remark"))
        }
    };
    Report::new(format!("{out}{summary}\n"))
}

/// Category, group and CIDR in front of a message.
fn place(finding: &Finding, allowlist: &Allowlist) -> String {
    let (category, group, cidr) = finding.names(allowlist);
    let names: Vec<String> = [category, group, cidr].into_iter().flatten().collect();
    if names.is_empty() { String::new() } else { format!("{}: ", names.join(" / ")) }
}

fn count(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

#[derive(Serialize)]
struct Checked<'a> {
    findings: Vec<Found<'a>>,
    errors: usize,
    warnings: usize,
}

#[derive(Serialize)]
struct Found<'a> {
    code: &'static str,
    severity: Severity,
    message: &'a str,
    category: Option<String>,
    group: Option<String>,
    cidr: Option<String>,
    fix: bool,
}

fn json(allowlist: &Allowlist, review: &Review) -> Report {
    let found = |finding: &'_ Finding| {
        let (category, group, cidr) = finding.names(allowlist);
        (category, group, cidr, finding.fix.is_some())
    };
    let findings = review.findings.iter().map(|finding| {
        let (category, group, cidr, fix) = found(finding);
        let problem = &finding.problem;
        let (code, severity, message) = (problem.code, problem.severity, problem.message.as_str());
        Found { code, severity, message, category, group, cidr, fix }
    });
    Report::json(&Checked {
        findings: findings.collect(),
        errors: review.count(Severity::Error),
        warnings: review.count(Severity::Warning),
    })
}
