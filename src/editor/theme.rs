//! How things look: the terminal's own palette, no background of ours, and every meaning carried by a
//! character too, so that it reads in 16 colours, without any, on light and on dark.

use crate::review::Severity;
use ratatui::style::{Color, Modifier, Style};

/// The styles of the screen.
#[derive(Debug, Clone, Copy)]
pub struct Theme {
    colored: bool,
}

impl Theme {
    /// With the terminal's colours, or with none (`NO_COLOR`).
    pub fn new(colored: bool) -> Self {
        Self { colored }
    }

    fn fg(self, color: Color) -> Style {
        if self.colored { Style::new().fg(color) } else { Style::new() }
    }

    /// What has the focus, and the keys in the hints.
    pub fn accent(self) -> Style {
        self.fg(Color::Cyan).add_modifier(Modifier::BOLD)
    }

    /// What stands in the background.
    pub fn dim(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// A heading.
    pub fn heading(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The border of a pane.
    pub fn border(self, focused: bool) -> Style {
        if focused { self.fg(Color::Cyan) } else { self.dim() }
    }

    /// The selected row of the pane that has the focus, or of another.
    pub fn selected(self, focused: bool) -> Style {
        if focused { Style::new().add_modifier(Modifier::REVERSED) } else { self.heading() }
    }

    /// A text that is being typed, or one in another field.
    pub fn typed(self, focused: bool) -> Style {
        if focused { Style::new().add_modifier(Modifier::UNDERLINED) } else { Style::new() }
    }

    /// Something that is right.
    pub fn good(self) -> Style {
        self.fg(Color::Green)
    }

    /// Something that is wrong.
    pub fn error(self) -> Style {
        self.fg(Color::Red).add_modifier(Modifier::BOLD)
    }

    /// Something that is probably not meant.
    pub fn warning(self) -> Style {
        self.fg(Color::Yellow)
    }

    /// A finding's severity.
    pub fn severity(self, severity: Severity) -> Style {
        match severity {
            Severity::Error => self.error(),
            Severity::Warning => self.warning(),
            Severity::Info => self.dim(),
        }
    }

    /// A key of a JSON object.
    pub fn json_key(self) -> Style {
        self.fg(Color::Blue)
    }

    /// A string in JSON.
    pub fn json_string(self) -> Style {
        self.fg(Color::Green)
    }

    /// A line that is new.
    pub fn added(self) -> Style {
        self.fg(Color::Green)
    }

    /// A line that goes.
    pub fn removed(self) -> Style {
        self.fg(Color::Red)
    }
}

/// The character that stands for a severity.
pub fn mark(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "x",
        Severity::Warning => "!",
        Severity::Info => "·",
    }
}
