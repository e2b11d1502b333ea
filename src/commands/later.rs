//! Commands whose rooms are not there yet: their arguments, so that they are not taken for typing errors.

use super::cli::Command;
use super::saving::WriteArgs;
use clap::Args;
use std::path::PathBuf;

/// The name of a command, as it is typed.
pub fn name(command: &Command) -> &'static str {
    match command {
        Command::Fit(_) => "fit",
        Command::Prove(_) => "prove",
        Command::Diff(_) => "diff",
        Command::Import(_) => "import",
        Command::Export(_) => "export",
        _ => "this",
    }
}

/// Arguments of `fit`.
#[derive(Debug, Args)]
pub struct FitArgs {
    /// One JSON document
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `prove`.
#[derive(Debug, Args)]
pub struct ProveArgs {
    /// One JSON document
    #[arg(long)]
    pub json: bool,
    /// Policy documents [default: those beside the allowlist]
    #[arg(value_name = "POLICYFILE")]
    pub files: Vec<PathBuf>,
}

/// Arguments of `diff`.
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// One JSON document
    #[arg(long)]
    pub json: bool,
    /// An allowlist, or policy documents; `-` is standard input
    #[arg(value_name = "OTHER", required = true)]
    pub others: Vec<PathBuf>,
}

/// Arguments of `import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The file's format, recognised where it is not given
    #[arg(long)]
    pub format: Option<String>,
    /// A built-in kind, or a category's name
    #[arg(long, value_name = "C")]
    pub category: Option<String>,
    /// The group, made where needed
    #[arg(long, value_name = "NAME")]
    pub group: Option<String>,
    /// Keeps only the entries with this property
    #[arg(long, value_name = "KEY=VALUE")]
    pub only: Vec<String>,
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
    #[arg(value_name = "FILE")]
    pub input: PathBuf,
}

/// Arguments of `export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The form
    #[arg(long)]
    pub format: String,
    /// Where to write [default: standard output]
    #[arg(long, value_name = "PATH")]
    pub output: Option<PathBuf>,
}
