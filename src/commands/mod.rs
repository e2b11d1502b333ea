//! The command line: one file a subcommand.
//!
//! A command takes its arguments and a [`Context`], and gives a [`Report`] (what goes to standard output
//! and standard error, and whether the answer is yes) or an [`CommandError`]; only this file prints.

mod add;
mod category;
mod change;
mod check;
mod cli;
mod complete;
mod context;
mod cover;
mod diff;
mod documents;
mod edit;
mod error;
mod export;
mod find;
mod fit;
mod fmt;
mod group;
mod history;
mod import;
mod init;
mod merge;
mod paint;
mod paths;
mod policy;
mod prove;
mod remove;
mod report;
mod saving;
mod set;
mod show;
mod test;

use clap::{CommandFactory, Parser};
use cli::{Cli, Command};
use context::Context;
use error::CommandError;
use report::Report;
use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

/// Exit status: the answer is no.
const NO: u8 = 1;
/// Exit status: it could not be done.
const FAILED: u8 = 2;

/// Parses a command line, does what it says and prints what comes of it.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    match run(cli) {
        Ok(report) => print(&report),
        Err(error) => {
            complain(&error.to_string());
            ExitCode::from(error.exit_status())
        }
    }
}

/// The command line as clap knows it: for completions and the manual page.
fn definition() -> clap::Command {
    Cli::command()
}

fn run(cli: Cli) -> Result<Report, CommandError> {
    // Made where it is needed: `cover` and the like work where nobody has a home folder.
    let file = cli.file;
    let context = || Context::new(file.as_deref());
    match cli.command.unwrap_or(Command::Edit) {
        Command::Edit => edit::run(&context()?),
        Command::Init(args) => init::run(&context()?, &args),
        Command::Show(args) => show::run(&context()?, &args),
        Command::Add(args) => add::run(&context()?, args),
        Command::Remove(args) => remove::run(&context()?, &args),
        Command::Change(args) => change::run(&context()?, &args),
        Command::Group(args) => group::run(&context()?, args),
        Command::Category(args) => category::run(&context()?, args),
        Command::Set(args) => set::run(&context()?, &args),
        Command::Check(args) => check::run(&context()?, &args),
        Command::Policy(args) => policy::run(&context()?, &args),
        Command::Prove(args) => prove::run(&context()?, &args),
        Command::Diff(args) => diff::run(&context()?, &args),
        Command::Import(args) => import::run(&context()?, args),
        Command::Export(args) => export::run(&context()?, &args),
        Command::Fit(args) => fit::run(&context()?, &args),
        Command::Test(args) => test::run(&context()?, &args),
        Command::Fmt(args) => fmt::run(&context()?, &args),
        Command::History(args) => history::run(&context()?, &args),
        Command::Restore(args) => history::restore(&context()?, &args),
        Command::Paths => paths::run(&context()?),
        Command::Cover(args) => cover::run(&args),
        Command::Completions(args) => complete::completions(&args),
        Command::Man => complete::man(),
        Command::Merge(args) => merge::run(&args),
    }
}

/// Help and version go to standard output, usage errors to standard error with what was typed made safe.
fn usage(error: &clap::Error) -> ExitCode {
    let rendered = error.render();
    if error.use_stderr() {
        // A message is lost only where standard error is.
        let _ = write!(std::io::stderr(), "{}", crate::text::printable(&rendered.to_string()));
        return ExitCode::from(FAILED);
    }
    let text = if paint::on(&std::io::stdout()) { rendered.ansi().to_string() } else { rendered.to_string() };
    print(&Report::new(text))
}

fn print(report: &Report) -> ExitCode {
    let mut out = std::io::stdout().lock();
    if let Err(error) = out.write_all(&report.out).and_then(|()| out.flush())
        // Whoever reads has seen enough: `keymoat show | head`.
        && error.kind() != std::io::ErrorKind::BrokenPipe
    {
        complain(&format!("cannot write to standard output: {error}"));
        return ExitCode::from(FAILED);
    }
    for note in &report.notes {
        complain(note);
    }
    if report.yes { ExitCode::SUCCESS } else { ExitCode::from(NO) }
}

/// A message on standard error; one that begins with a place in a file is left so.
fn complain(message: &str) {
    let _ = writeln!(std::io::stderr(), "{}", crate::text::printable(message));
}
