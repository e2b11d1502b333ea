//! `prove`: whether documents let through exactly the allowlist.

use super::context::Context;
use super::documents::{self, Parsed};
use super::error::CommandError;
use super::report::Report;
use crate::cidr::AddressSet;
use crate::policy::{self, Fence, PolicyFile, Proof};
use clap::Args;
use serde::Serialize;
use std::path::PathBuf;

/// Arguments of `prove`.
#[derive(Debug, Args)]
pub struct ProveArgs {
    /// One JSON document
    #[arg(long)]
    pub json: bool,
    /// Policy documents [default: those beside the allowlist]; `-` is standard input
    #[arg(value_name = "POLICYFILE")]
    pub files: Vec<PathBuf>,
}

/// Proves the documents, or lists in what they differ.
pub fn run(context: &Context, args: &ProveArgs) -> Result<Report, CommandError> {
    let allowlist = context.load()?.allowlist;
    let fence =
        Fence::new(&allowlist, context.today).map_err(|reason| CommandError::NoPolicy(reason.to_string()))?;
    let documents = if args.files.is_empty() {
        on_disk(context.policy_files(&allowlist))?
    } else {
        documents::given(&args.files)?
    };
    let proof = policy::prove(&documents.parsed, &fence).map_err(|open| documents.undecided(&open))?;
    let equal = proof.equal();
    let report = if args.json { json(&proof) } else { words(context, &documents, &fence, &proof) };
    Ok(report.answering(equal))
}

fn on_disk(files: Vec<PolicyFile>) -> Result<Parsed, CommandError> {
    if files.is_empty() {
        let why = "there is no policy file beside the allowlist: `keymoat policy --write` writes it";
        return Err(CommandError::NoPolicy(why.to_owned()));
    }
    documents::of(files.iter().map(|file| (file.name.as_str(), file.bytes.as_slice())))
}

#[derive(Serialize)]
struct Proven {
    equal: bool,
    missing: Vec<String>,
    extra: Vec<String>,
    reasons: Vec<String>,
}

fn json(proof: &Proof) -> Report {
    let (missing, extra) = (cidrs(&proof.missing), cidrs(&proof.extra));
    Report::json(&Proven { equal: proof.equal(), missing, extra, reasons: proof.reasons.clone() })
}

fn words(context: &Context, documents: &Parsed, fence: &Fence, proof: &Proof) -> Report {
    let n = documents.parsed.len();
    let what = if n == 1 { "1 document lets".to_owned() } else { format!("{n} documents together let") };
    if proof.equal() {
        let proven = context.paint.green("proven");
        let more = fence.let_through().difference(fence.admitted());
        let more = if more.is_empty() {
            String::new()
        } else {
            format!(", and {} more, as max_extra_addresses allows", more.address_words())
        };
        return Report::new(format!("{proven}: {what} through exactly what the allowlist says{more}\n"));
    }
    let mut out = format!("{}: {what} through something else\n", context.paint.red("different"));
    out.push_str(&listed("denied, which the allowlist lets through", &proof.missing));
    out.push_str(&listed("let through, which the allowlist denies", &proof.extra));
    for reason in &proof.reasons {
        out.push_str(&format!("{reason}\n"));
    }
    Report::new(out)
}

/// The CIDRs of a set, the fewest, in order.
pub fn cidrs(set: &AddressSet) -> Vec<String> {
    set.prefixes().map(|net| net.to_string()).collect()
}

/// A set under a heading with its size; nothing for an empty one.
pub fn listed(heading: &str, set: &AddressSet) -> String {
    const SHOWN: usize = 50;
    if set.is_empty() {
        return String::new();
    }
    let mut out = format!("{heading}: {}\n", set.address_words());
    let mut prefixes = set.prefixes();
    for net in prefixes.by_ref().take(SHOWN) {
        out.push_str(&format!("  {net}\n"));
    }
    let more = prefixes.count();
    if more > 0 {
        out.push_str(&format!("  and {more} more (--json lists all)\n"));
    }
    out
}
