//! Commands whose rooms are not there yet: their arguments, so that they are not taken for typing errors.

use super::cli::Command;
use clap::Args;

/// The name of a command, as it is typed.
pub fn name(command: &Command) -> &'static str {
    match command {
        Command::Fit(_) => "fit",
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
