//! What a command answers.

use serde::Serialize;

/// What goes to standard output and standard error, and whether the answer is yes.
#[derive(Debug, Default)]
pub struct Report {
    /// For standard output.
    pub out: Vec<u8>,
    /// For standard error, a line each.
    pub notes: Vec<String>,
    /// Whether the exit status is 0.
    pub yes: bool,
}

impl Report {
    /// A clean answer.
    pub fn new(out: impl Into<Vec<u8>>) -> Self {
        Self { out: out.into(), notes: Vec::new(), yes: true }
    }

    /// A clean answer as one JSON document.
    pub fn json(value: &impl Serialize) -> Self {
        // Values of strings, numbers and lists only: nothing of it can fail.
        let mut out = serde_json::to_vec_pretty(value).unwrap_or_default();
        out.push(b'\n');
        Self::new(out)
    }

    /// The same answer, with exit status 1 unless `yes`.
    #[must_use]
    pub fn answering(mut self, yes: bool) -> Self {
        self.yes &= yes;
        self
    }

    /// With something more for standard error.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(format!("keymoat: {}", note.into()));
        self
    }
}
