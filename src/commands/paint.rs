//! Colour, only on a terminal and never with `NO_COLOR` (no-color.org).

use clap::builder::styling::{AnsiColor, Style};
use std::fmt::Display;
use std::io::IsTerminal;

/// Whether a stream takes colour.
pub fn on(stream: &impl IsTerminal) -> bool {
    let unset = |name| std::env::var_os(name).is_none_or(|value| value.is_empty());
    unset("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb") && stream.is_terminal()
}

/// Paints, or does not.
#[derive(Debug, Clone, Copy)]
pub struct Paint(bool);

impl Paint {
    /// For standard output as it is.
    pub fn for_stdout() -> Self {
        Self(on(&std::io::stdout()))
    }

    /// A heading.
    pub fn bold(self, text: impl Display) -> String {
        self.with(Style::new().bold(), text)
    }

    /// Of less weight.
    pub fn dim(self, text: impl Display) -> String {
        self.with(Style::new().dimmed(), text)
    }

    /// Good.
    pub fn green(self, text: impl Display) -> String {
        self.with(AnsiColor::Green.on_default(), text)
    }

    /// Doubtful.
    pub fn yellow(self, text: impl Display) -> String {
        self.with(AnsiColor::Yellow.on_default(), text)
    }

    /// Bad.
    pub fn red(self, text: impl Display) -> String {
        self.with(AnsiColor::Red.on_default(), text)
    }

    fn with(self, style: Style, text: impl Display) -> String {
        if self.0 { format!("{style}{text}{style:#}") } else { text.to_string() }
    }
}
