//! `edit`: the editor.

use super::context::Context;
use super::error::CommandError;
use super::report::Report;

/// Opens the editor and waits for its end.
pub fn run(context: &Context) -> Result<Report, CommandError> {
    crate::editor::run(&context.paths, context.today)?;
    Ok(Report::new(""))
}
