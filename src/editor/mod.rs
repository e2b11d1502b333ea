//! The editor: a state that takes keys and draws frames, and around it the terminal. The only room that
//! knows ratatui.
//!
//! - [`keymap`]: the one table of keys; [`update`](state::Editor::handle): what each does;
//! - [`state`]: everything, none of it the terminal's; [`document`]: the allowlist that is edited;
//! - [`view`]: the screen; [`panes`]: its three panes; [`layers`]: dialogs;
//! - [`terminal`] and [`event_loop`]: the real terminal, taken and given back.

mod document;
mod editing;
mod event_loop;
mod file;
mod filter;
pub mod keymap;
mod layers;
mod paint;
mod panes;
pub mod picture;
mod state;
mod terminal;
mod text_field;
mod theme;
mod update;
mod view;
mod width;
mod window;

#[cfg(test)]
mod tests;

use crate::allowlist::Date;
use crate::storage::{Paths, StorageError};
use document::Document;
use state::Editor;
use std::io::{self, IsTerminal as _};
use terminal::Terminal;
use theme::Theme;

/// Why the editor could not be opened or go on.
#[derive(Debug, thiserror::Error)]
pub enum EditorError {
    /// Standard input or output is a file or a pipe.
    #[error("the editor needs a terminal: run it in one, or use the commands (keymoat --help)")]
    NoTerminal,
    /// The terminal failed.
    #[error("the terminal: {0}")]
    Terminal(#[source] io::Error),
    /// The allowlist could not be read.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Opens the editor on the allowlist and waits until the user quits.
pub fn run(paths: &Paths, today: Date) -> Result<(), EditorError> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(EditorError::NoTerminal);
    }
    let document = Document::open(paths.clone(), today)?;
    let colored = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let mut editor = Editor::new(document, Theme::new(colored));
    let mut terminal = Terminal::take().map_err(EditorError::Terminal)?;
    let result = event_loop::run(&mut editor, &mut terminal);
    drop(terminal);
    if result.is_err() {
        // The terminal is gone, the work need not be.
        terminal::write_draft();
    }
    result
}
