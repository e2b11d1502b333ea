//! How things look: a table from role to style, of which several come with the program (`assets/themes`)
//! and more may stand in the user's config folder. No theme carries a meaning: whatever a colour says, a
//! character or a word says too.
//!
//! The default theme names none but the terminal's own colours, and those only for marks: there is no ANSI
//! colour that reads well on every palette, light and dark, so text has the terminal's foreground.

#[cfg(test)]
mod contrast;
mod depth;
mod read;
mod role;

pub use depth::{Depth, rgb_of};
pub use role::Role;

use crate::json::JsonError;
use crate::review::Severity;
use ratatui::style::{Color, Modifier, Style};

/// The themes that come with the program, the default first: the name, what it is, and the file.
pub const SHIPPED: [(&str, &str, &str); 5] = [
    ("default", "the terminal's own colours", include_str!("../../../assets/themes/default.json")),
    ("dusk", "light on dark", include_str!("../../../assets/themes/dusk.json")),
    ("paper", "dark on light", include_str!("../../../assets/themes/paper.json")),
    ("contrast", "as much contrast as there is", include_str!("../../../assets/themes/contrast.json")),
    ("plain", "no colours", include_str!("../../../assets/themes/plain.json")),
];

/// The styles of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    styles: [Style; Role::ALL.len()],
}

impl Theme {
    /// The default theme, or the one without colours (`NO_COLOR`).
    pub fn new(colored: bool) -> Self {
        Self::shipped(if colored { "default" } else { "plain" }).unwrap_or_else(Self::bare)
    }

    /// One of the themes that come with the program.
    pub fn shipped(name: &str) -> Option<Self> {
        let (_, _, text) = SHIPPED.iter().find(|(shipped, ..)| *shipped == name)?;
        // A test reads them all.
        Self::read(text.as_bytes()).ok()
    }

    /// Nothing but what marks the selection.
    fn bare() -> Self {
        let mut bare = Self { styles: [Style::new(); Role::ALL.len()] };
        bare.set(Role::Selected, Style::new().add_modifier(Modifier::REVERSED));
        bare
    }

    /// A theme as a file says it. A role that it leaves out looks as in the default theme.
    pub fn read(bytes: &[u8]) -> Result<Self, JsonError> {
        let styles = read::styles(bytes)?;
        let base = if styles.iter().all(Option::is_some) { Self::bare() } else { Self::new(true) };
        let mut theme = base;
        for (role, style) in Role::ALL.into_iter().zip(styles) {
            theme.set(role, style.unwrap_or(base.style(role)));
        }
        Ok(theme)
    }

    /// The same with the colours that a terminal can show.
    pub fn at_depth(self, depth: Depth) -> Self {
        depth::fit(self, depth)
    }

    /// The style of a role.
    pub fn style(&self, role: Role) -> Style {
        self.styles[role as usize]
    }

    pub(super) fn set(&mut self, role: Role, style: Style) {
        self.styles[role as usize] = style;
    }

    /// All of the screen, below everything else.
    pub fn text(self) -> Style {
        self.style(Role::Text)
    }

    /// The inside of a dialog, below what stands in it.
    pub fn dialog(self) -> Style {
        self.text().patch(self.style(Role::Dialog))
    }

    /// The frame of a dialog.
    pub fn dialog_border(self) -> Style {
        self.style(Role::DialogBorder)
    }

    /// What has the focus.
    pub fn accent(self) -> Style {
        self.style(Role::Accent)
    }

    /// A key in the hints and lists of keys.
    pub fn key(self) -> Style {
        self.style(Role::Key)
    }

    /// What stands in the background.
    pub fn dim(self) -> Style {
        self.style(Role::Dim)
    }

    /// A heading.
    pub fn heading(self) -> Style {
        self.style(Role::Heading)
    }

    /// What a pane is called, on its border.
    pub fn title(self, focused: bool) -> Style {
        self.on_border(if focused { self.accent() } else { Style::new() })
    }

    /// What a dialog is called, on its border.
    pub fn dialog_title(self) -> Style {
        self.on_border(self.heading())
    }

    /// A text on a border, which has nothing of it.
    fn on_border(self, style: Style) -> Style {
        let fg = style.fg.or(self.text().fg).unwrap_or(Color::Reset);
        style.fg(fg).remove_modifier(Modifier::DIM)
    }

    /// The border of a pane.
    pub fn border(self, focused: bool) -> Style {
        // Where panes share a border, that of the other one lies below.
        let over = self.style(Role::BorderFocused).remove_modifier(Modifier::DIM);
        if focused { over } else { self.style(Role::Border) }
    }

    /// The selected row of the pane that has the focus, or of another. It is one bar: what is dim in it is not
    /// so while it is selected.
    pub fn selected(self, focused: bool) -> Style {
        let style = self.style(if focused { Role::Selected } else { Role::SelectedAside });
        if focused { style.remove_modifier(Modifier::DIM) } else { style }
    }

    /// A text that is being typed, or one in another field.
    pub fn typed(self, focused: bool) -> Style {
        if focused { self.style(Role::Typed) } else { Style::new() }
    }

    /// A sentence on something that is right.
    pub fn good(self) -> Style {
        self.style(Role::Good)
    }

    /// A sentence on something that is wrong.
    pub fn error(self) -> Style {
        self.style(Role::Error)
    }

    /// A sentence on something that is probably not meant.
    pub fn warning(self) -> Style {
        self.style(Role::Warning)
    }

    /// The mark of a severity.
    pub fn severity(self, severity: Severity) -> Style {
        self.style(match severity {
            Severity::Error => Role::ErrorMark,
            Severity::Warning => Role::WarningMark,
            Severity::Info => Role::InfoMark,
        })
    }

    /// A sentence of a severity.
    pub fn sentence(self, severity: Severity) -> Style {
        match severity {
            Severity::Error => self.error(),
            Severity::Warning => self.warning(),
            Severity::Info => self.dim(),
        }
    }

    /// A key of a JSON object.
    pub fn json_key(self) -> Style {
        self.style(Role::JsonKey)
    }

    /// A string in JSON.
    pub fn json_string(self) -> Style {
        self.style(Role::JsonString)
    }

    /// A line that is new.
    pub fn added(self) -> Style {
        self.style(Role::Added)
    }

    /// A line that goes.
    pub fn removed(self) -> Style {
        self.style(Role::Removed)
    }

    /// The sign in front of a line that is new.
    pub fn added_mark(self) -> Style {
        self.style(Role::AddedMark)
    }

    /// The sign in front of a line that goes.
    pub fn removed_mark(self) -> Style {
        self.style(Role::RemovedMark)
    }

    /// The part of the gauge that is used, near the quota or not.
    pub fn gauge(self, full: bool) -> Style {
        if full { self.style(Role::WarningMark) } else { self.style(Role::Gauge) }
    }
}

/// The character that stands for a severity.
pub fn mark(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "x",
        Severity::Warning => "!",
        Severity::Info => "i",
    }
}
