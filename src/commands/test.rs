//! `test`: the verdict for addresses, from evaluating the policy documents themselves.

use super::context::Context;
use super::documents::{self, Parsed};
use super::error::CommandError;
use super::report::Report;
use crate::allowlist::{Allowlist, Category, Group, Range};
use crate::cidr::Cidr;
use crate::cidr::index::Index;
use crate::policy::{Evaluator, Request, RequestError, Verdict};
use crate::storage::StorageError;
use clap::Args;
use serde::Serialize;
use std::net::IpAddr;
use std::path::PathBuf;

/// Arguments of `test`.
#[derive(Debug, Args)]
pub struct TestArgs {
    /// One JSON document
    #[arg(long)]
    pub json: bool,
    /// Policy documents to evaluate [default: those that the allowlist says]
    #[arg(long = "policy", value_name = "FILE")]
    pub policies: Vec<PathBuf>,
    /// The caller signed in with MFA
    #[arg(long)]
    pub mfa: bool,
    /// AWS makes the call on the caller's behalf
    #[arg(long)]
    pub via_aws_service: bool,
    /// The VPC that the call comes from
    #[arg(long, value_name = "ID")]
    pub vpc: Option<String>,
    /// The VPC endpoint that the call goes through
    #[arg(long, value_name = "ID")]
    pub vpc_endpoint: Option<String>,
    /// The caller
    #[arg(long, value_name = "ARN", default_value = "arn:aws:iam::111122223333:user/jenkins")]
    pub principal: String,
    /// What is called
    #[arg(long, value_name = "A", default_value = "s3:ListAllMyBuckets")]
    pub action: String,
    /// On what
    #[arg(long, value_name = "R", default_value = "*")]
    pub resource: String,
    /// The call carries no address
    #[arg(long, conflicts_with = "addresses")]
    pub no_source_ip: bool,
    /// The addresses to test
    #[arg(value_name = "ADDRESS", required_unless_present = "no_source_ip")]
    pub addresses: Vec<String>,
}

/// The verdict for each address; 1 where one is denied.
pub fn run(context: &Context, args: &TestArgs) -> Result<Report, CommandError> {
    let addresses = args.addresses.iter().map(|text| address(text)).collect::<Result<Vec<_>, _>>()?;
    let request = request(args)?;
    let (allowlist, documents) = documents(context, &args.policies)?;
    let evaluator = Evaluator::new(&documents.parsed).map_err(|open| documents.undecided(&open))?;
    let admitting = Admitting::new(context, &allowlist);
    let sources = if args.no_source_ip { vec![None] } else { addresses.into_iter().map(Some).collect() };
    let mut results = Vec::with_capacity(sources.len());
    for source in sources {
        let request = source.map_or_else(|| request.clone(), |address| request.clone().from(address));
        let verdict = evaluator.verdict(&request).map_err(|open| documents.undecided(&open))?;
        results.push(admitting.result(source, verdict, &documents));
    }
    let allowed = results.iter().all(|result| result.verdict == "allowed");
    let report = if args.json { Report::json(&Results { results }) } else { words(context, &results) };
    Ok(report.answering(allowed))
}

fn address(text: &str) -> Result<IpAddr, CommandError> {
    text.parse().map_err(|_| {
        let why = match text.parse::<Cidr>() {
            Ok(_) => "it is a network: name one address of it".to_owned(),
            Err(error) => error.to_string(),
        };
        CommandError::Argument(format!("{:?} is no address: {why}", crate::text::quoted(text, 64)))
    })
}

fn request(args: &TestArgs) -> Result<Request, CommandError> {
    let wrong = |error: RequestError| CommandError::Argument(error.to_string());
    let mut request =
        Request::plain().by(&args.principal).and_then(|r| r.action(&args.action)).map_err(wrong)?;
    request = request.on(&args.resource);
    if args.mfa {
        request = request.with_mfa();
    }
    if args.via_aws_service {
        request = request.via_aws_service();
    }
    if let Some(vpc) = &args.vpc {
        request = request.from_vpc(vpc).map_err(wrong)?;
    }
    if let Some(endpoint) = &args.vpc_endpoint {
        request = request.from_vpc_endpoint(endpoint).map_err(wrong)?;
    }
    Ok(request)
}

/// The documents to evaluate and the allowlist that they are compared with; where documents are given,
/// there may be no allowlist.
fn documents(context: &Context, files: &[PathBuf]) -> Result<(Allowlist, Parsed), CommandError> {
    if files.is_empty() {
        let allowlist = context.load()?.allowlist;
        let parsed = documents::generated(&context.review(&allowlist))?;
        return Ok((allowlist, parsed));
    }
    let parsed = documents::given(files)?;
    match context.load() {
        Ok(opened) => Ok((opened.allowlist, parsed)),
        Err(CommandError::Storage(StorageError::Missing { .. })) => Ok((Allowlist::default(), parsed)),
        Err(error) => Err(error),
    }
}

/// Which range of the allowlist lets an address through.
struct Admitting<'a> {
    index: Index,
    active: Vec<(&'a Category, &'a Group, &'a Range)>,
}

impl<'a> Admitting<'a> {
    fn new(context: &Context, allowlist: &'a Allowlist) -> Self {
        let active = allowlist.ranges().filter(|(.., range)| range.is_active(context.today));
        let active: Vec<_> = active.filter_map(|(_, c, g, r)| r.net().map(|net| (net, (c, g, r)))).collect();
        let index = Index::new(active.iter().map(|(net, _)| *net));
        Self { index, active: active.into_iter().map(|(_, names)| names).collect() }
    }

    fn result(&self, source: Option<IpAddr>, verdict: Verdict, documents: &Parsed) -> Outcome {
        let address = source.map(|address| address.to_string());
        match verdict {
            Verdict::Denied(place) => {
                let by = Some(documents.place(&place));
                Outcome { address, verdict: "denied", category: None, group: None, cidr: None, by }
            }
            Verdict::Allowed => {
                let found = source.and_then(|address| self.index.holding(address).next());
                let names = found.and_then(|at| self.active.get(at));
                Outcome {
                    address,
                    verdict: "allowed",
                    category: names.map(|(category, ..)| category.name.to_string()),
                    group: names.map(|(_, group, _)| group.name.to_string()),
                    cidr: names.map(|(.., range)| range.cidr.to_string()),
                    by: None,
                }
            }
        }
    }
}

#[derive(Serialize)]
struct Results {
    results: Vec<Outcome>,
}

#[derive(Serialize)]
struct Outcome {
    address: Option<String>,
    verdict: &'static str,
    category: Option<String>,
    group: Option<String>,
    cidr: Option<String>,
    /// The document and the statement that denies it.
    by: Option<String>,
}

fn words(context: &Context, results: &[Outcome]) -> Report {
    let name = |result: &Outcome| result.address.clone().unwrap_or_else(|| "no address".to_owned());
    let width = results.iter().map(|result| name(result).len()).max().unwrap_or_default();
    let mut out = String::new();
    for result in results {
        let verdict = match result.verdict {
            "allowed" => context.paint.green("allowed"),
            _ => context.paint.red("denied "),
        };
        let why = match (&result.by, &result.category, &result.group, &result.cidr) {
            (Some(place), ..) => format!("by {place}"),
            (None, Some(category), Some(group), Some(cidr)) => format!("by {cidr} in {group} ({category})"),
            _ => "by no range of the allowlist: the request is exempt, or the documents say something else"
                .to_owned(),
        };
        out.push_str(&format!("{:width$}  {verdict}  {why}\n", name(result)));
    }
    Report::new(out)
}
