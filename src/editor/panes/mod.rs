//! The three panes of the main view; each keeps what it shows and draws it.

mod columns;
mod counts;
pub mod details;
pub mod points;
pub mod preview;
pub mod preview_lines;
pub mod preview_words;
pub mod ranges;
mod rows;

use super::theme::Theme;

/// How a pane is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Dress {
    /// The styles.
    pub theme: Theme,
    /// Whether keys go to its rows now.
    pub focused: bool,
    /// What stands before the selected row: in one pane alone it points at what keys act on.
    pub pointer: &'static str,
}

/// The panes, from left to right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    /// The exit points: categories and groups.
    Points,
    /// The ranges of the selection.
    Ranges,
    /// The preview.
    Preview,
}
