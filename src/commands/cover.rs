//! `cover`: the fewest CIDRs for the same addresses, as a filter.

use super::error::CommandError;
use super::find;
use super::report::Report;
use crate::cidr::{AddressSet, Cidr, IpNet};
use crate::storage;
use clap::Args;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Arguments of `cover`.
#[derive(Debug, Args)]
pub struct CoverArgs {
    /// CIDRs, one a line; `-` or none: standard input
    #[arg(value_name = "LIST")]
    pub input: Option<PathBuf>,
}

/// The most that is read, in bytes: 1 GiB, some 60,000,000 CIDRs.
const MOST: u64 = 1 << 30;

/// CIDRs in, the fewest CIDRs for the same addresses out.
pub fn run(args: &CoverArgs) -> Result<Report, CommandError> {
    let input = args.input.as_deref().unwrap_or(Path::new("-"));
    let bytes = storage::read_stream(input, MOST)?;
    let set = AddressSet::from_prefixes(parse(&input.to_string_lossy(), &bytes)?);
    let mut out = Vec::with_capacity(bytes.len().min(1 << 24));
    for net in set.prefixes() {
        // Written to memory.
        let _ = writeln!(out, "{net}");
    }
    Ok(Report::new(out))
}

fn parse(file: &str, bytes: &[u8]) -> Result<Vec<IpNet>, CommandError> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut nets = Vec::with_capacity(bytes.len() / 16);
    let mut bad = Vec::new();
    for (number, line) in (1..).zip(bytes.split(|b| *b == b'\n')) {
        let said = |what: String| format!("{}:{number}: {what}", crate::text::quoted(file, 4096));
        let text = line.split(|b| *b == b'#').next().unwrap_or_default().trim_ascii();
        if text.is_empty() {
            continue;
        }
        match std::str::from_utf8(text).map(|text| (text, text.parse::<Cidr>())) {
            Ok((_, Ok(cidr))) => nets.push(cidr.net()),
            Ok((text, Err(error))) => bad.push(said(find::bad_cidr(text, &error))),
            Err(_) => bad.push(said("not UTF-8, so no CIDR".to_owned())),
        }
    }
    if bad.is_empty() { Ok(nets) } else { Err(CommandError::Line(find::shortened(&bad))) }
}
