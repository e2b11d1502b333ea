//! `test`: the verdict for addresses, from evaluating the policy documents themselves.

use super::context::Context;
use super::error::CommandError;
use super::report::Report;
use clap::Args;
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

/// The verdict for each address.
pub fn run(_context: &Context, _args: &TestArgs) -> Result<Report, CommandError> {
    Err(CommandError::NotYet("test"))
}
