//! What the environment says of the terminal.

use std::env;

/// What the environment says of the terminal, as it stands there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// Whether `NO_COLOR` is set and not empty (no-color.org).
    pub no_color: bool,
    /// `TERM`: which terminal it is.
    pub term: String,
    /// `COLORTERM`: `truecolor` or `24bit` where it shows all colours.
    pub colorterm: String,
    /// The locale of characters: the first of `LC_ALL`, `LC_CTYPE` and `LANG` that is not empty (POSIX, 8.2).
    pub locale: String,
    /// Whether `TMUX` or `STY` is set: between here and the terminal is tmux or screen.
    pub multiplexed: bool,
}

/// What the environment says of the terminal.
pub fn surroundings() -> Surroundings {
    let text = |name: &str| env::var_os(name).map(|value| value.to_string_lossy().into_owned());
    let said = |name: &str| text(name).filter(|value| !value.is_empty());
    Surroundings {
        no_color: said("NO_COLOR").is_some(),
        term: said("TERM").unwrap_or_default(),
        colorterm: said("COLORTERM").unwrap_or_default(),
        locale: ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(said).unwrap_or_default(),
        multiplexed: ["TMUX", "STY"].into_iter().any(|name| said(name).is_some()),
    }
}
