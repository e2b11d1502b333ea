//! `import`: ranges from another tool's file.

use super::context::Context;
use super::error::CommandError;
use super::find;
use super::report::Report;
use super::saving::{self, Change, WriteArgs};
use crate::allowlist::Allowlist;
use crate::exchange::{self, ImportError, Only, Options, Placed, Plan, read};
use crate::storage;
use crate::text::{Name, quoted};
use clap::Args;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Arguments of `import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The file's format, recognised by its content where it is not given
    #[arg(long)]
    pub format: Option<String>,
    /// A built-in kind, or a category's name
    #[arg(long, value_name = "C")]
    pub category: Option<String>,
    /// The group, made where needed
    #[arg(long, value_name = "NAME")]
    pub group: Option<Name>,
    /// Keeps only the entries with this property; the same key again means or, another key means and
    #[arg(long, value_name = "KEY=VALUE")]
    pub only: Vec<Only>,
    /// Takes out what the same source no longer has
    #[arg(long)]
    pub sync: bool,
    /// Passes over bad entries
    #[arg(long)]
    pub skip_bad: bool,
    /// How to write
    #[command(flatten)]
    pub write: WriteArgs,
    /// The file; `-` is standard input
    #[arg(value_name = "INPUT")]
    pub input: PathBuf,
}

/// What is imported, and from where.
struct Source {
    /// As it is shown in messages.
    shown: String,
    /// Its name without folder; empty for standard input.
    name: String,
    bytes: Vec<u8>,
    format: Option<&'static read::ReadFormat>,
}

/// Adds the ranges of a file: all, or with a bad entry none, unless those are to be passed over.
pub fn run(context: &Context, mut args: ImportArgs) -> Result<Report, CommandError> {
    let source = source(&args)?;
    // Asked before the lock is taken: nobody waits while somebody thinks.
    if let Err(Failure::Home(error)) = plan(context, &context.load()?.allowlist, &args, &source) {
        ask(&mut args, &error)?;
    }
    let mut said = Vec::new();
    let mut report = saving::change(context, args.write, |allowlist| {
        let plan = plan(context, allowlist, &args, &source).map_err(Failure::into_error)?;
        said = remarks(&plan, &args, &source);
        let lines = lines(&plan, &args);
        Ok(Change { edit: plan.edit, lines })
    })?;
    report.notes.splice(0..0, said);
    Ok(report)
}

fn source(args: &ImportArgs) -> Result<Source, CommandError> {
    let format = args.format.as_deref().map(read::format_named).transpose();
    let format = format.map_err(|error| CommandError::Argument(error.to_string()))?;
    let name = if args.input == Path::new("-") { None } else { args.input.file_name() };
    Ok(Source {
        shown: quoted(&args.input.to_string_lossy(), 4096),
        name: name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        bytes: storage::read_stream(&args.input, storage::MAX_BYTES)?,
        format,
    })
}

/// Why there is no plan.
enum Failure {
    /// Category or group have to be given.
    Home(ImportError),
    Other(CommandError),
}

impl Failure {
    fn into_error(self) -> CommandError {
        match self {
            Self::Home(error) => CommandError::Argument(error.to_string()),
            Self::Other(error) => error,
        }
    }
}

fn plan(
    context: &Context,
    allowlist: &Allowlist,
    args: &ImportArgs,
    source: &Source,
) -> Result<Plan, Failure> {
    let failed = |error: ImportError| match (&error, error.place()) {
        (ImportError::NoHome { .. }, _) => Failure::Home(error),
        (_, Some(place)) => Failure::Other(CommandError::Line(format!("{}:{place}: {error}", source.shown))),
        _ => Failure::Other(CommandError::Argument(error.to_string())),
    };
    let options = Options {
        category: args.category.as_deref(),
        group: args.group.clone(),
        sync: args.sync,
        skip_bad: args.skip_bad,
        only: &args.only,
    };
    let reading = read::read(&source.bytes, &source.name, source.format).map_err(failed)?;
    let plan = exchange::plan(allowlist, reading, &options, context.today).map_err(failed)?;
    if plan.refused.is_empty() || args.skip_bad {
        return Ok(plan);
    }
    let mut refused = refused(&plan, source);
    refused.push(
        "keymoat: nothing was imported: fix these entries, or pass over them with --skip-bad".to_owned(),
    );
    Err(Failure::Other(CommandError::Line(refused.join("\n"))))
}

/// The entries that are refused, each with its place; the first of many.
fn refused(plan: &Plan, source: &Source) -> Vec<String> {
    let said =
        plan.refused.iter().map(|refused| format!("{}:{}: {}", source.shown, refused.place, refused.reason));
    find::shortened(&said.collect::<Vec<_>>()).lines().map(str::to_owned).collect()
}

/// Asks for what is missing, on a terminal; else that is the error.
fn ask(args: &mut ImportArgs, error: &ImportError) -> Result<(), CommandError> {
    let terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    if !terminal || args.input == Path::new("-") {
        return Err(CommandError::Argument(error.to_string()));
    }
    super::complain(&format!("keymoat: {error}"));
    if args.category.is_none() {
        args.category =
            Some(answer("Category (corporate-network, data-center, aws-account, other-cloud, or a name): "));
    }
    if args.group.is_none() {
        let name = Name::new(answer("Group: "));
        args.group = Some(name.map_err(|error| CommandError::Argument(format!("the group: {error}")))?);
    }
    Ok(())
}

fn answer(question: &str) -> String {
    // A question that cannot be shown, or an end of input, is an empty answer, which is refused.
    let _ = write!(std::io::stderr(), "{question}");
    let mut line = String::new();
    let _ = std::io::stdin().read_line(&mut line);
    line.trim().to_owned()
}

/// For standard error: what was passed over, and what to think about.
fn remarks(plan: &Plan, args: &ImportArgs, source: &Source) -> Vec<String> {
    let mut said = refused(plan, source);
    let notes = plan.notes.iter().chain(&plan.warnings).map(|note| format!("keymoat: {note}"));
    said.extend(find::shortened(&notes.collect::<Vec<_>>()).lines().map(str::to_owned));
    if !plan.gone.is_empty() && !args.sync {
        let n = plan.gone.len();
        let (are, them) =
            if n == 1 { ("range of this source is", "it") } else { ("ranges of this source are", "them") };
        said.push(format!("keymoat: {n} {are} no longer in the file: --sync takes {them} out"));
    }
    said
}

fn lines(plan: &Plan, args: &ImportArgs) -> Vec<String> {
    let dry = args.write.dry_run;
    let line = |verb: &str, join: &str, placed: &Placed| {
        format!("{verb} {} {join} {} ({})", placed.range.cidr, placed.group, placed.category)
    };
    let list = |verb: &str, join: &str, all: &[Placed]| {
        saving::each_or_all(all.iter().map(|placed| line(verb, join, placed)).collect(), verb)
    };
    let mut lines = list(if dry { "would add" } else { "added" }, "to", &plan.new);
    lines.extend(list("already there:", "in", &plan.already_there));
    let gone = match (args.sync, dry) {
        (false, _) => "no longer in the source:",
        (true, false) => "removed",
        (true, true) => "would remove",
    };
    lines.extend(list(gone, if args.sync { "from" } else { "in" }, &plan.gone));
    lines.push(plan.summary());
    lines
}
