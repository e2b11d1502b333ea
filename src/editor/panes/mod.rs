//! The three panes of the main view; each keeps what it shows and draws it.

pub mod points;
pub mod preview;
pub mod preview_lines;
mod preview_words;
pub mod ranges;

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
