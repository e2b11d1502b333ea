//! What the terminal can show, from what the environment says of it. The terminal itself is never asked: an
//! answer may take long, or never come.

use super::theme::Depth;
use crate::storage::Surroundings;

/// What a terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Abilities {
    /// How many colours; `None`: none are wanted, or it has none.
    pub colors: Option<Depth>,
    /// Which characters.
    pub characters: Characters,
}

/// Which characters a terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Characters {
    /// All of Unicode, as far as its font goes.
    #[default]
    All,
    /// Those that the console of Linux has without a font of its own: CP437, so frames too.
    Console,
    /// ASCII.
    Ascii,
}

impl Abilities {
    /// A terminal that shows everything.
    pub fn all() -> Self {
        Self { colors: Some(Depth::True), characters: Characters::All }
    }

    /// What the environment says.
    pub fn of(said: &Surroundings) -> Self {
        let none = said.no_color || matches!(said.term.as_str(), "" | "dumb") && !cfg!(windows);
        Self { colors: (!none).then(|| depth(said)), characters: characters(said) }
    }
}

fn depth(said: &Surroundings) -> Depth {
    let term = said.term.as_str();
    // The console of Linux takes all colours, and shows the nearest of 16.
    if term == "linux" {
        Depth::Ansi
    } else if matches!(said.colorterm.as_str(), "truecolor" | "24bit") || term.ends_with("-direct") {
        Depth::True
    } else if term.contains("256color") || ["kitty", "alacritty", "foot"].iter().any(|t| term.contains(t)) {
        Depth::Indexed
    } else {
        Depth::Ansi
    }
}

fn characters(said: &Surroundings) -> Characters {
    // Windows has no locale of this kind; what is written there is Unicode.
    if cfg!(windows) {
        return Characters::All;
    }
    let locale = said.locale.to_ascii_lowercase();
    // Where nothing is said, as in most containers, it is UTF-8 by now; but tmux and screen take it for
    // ASCII then (tmux(1), -u) and would show other characters as `_`.
    let unsaid = locale.is_empty() && !said.multiplexed;
    let utf8 = unsaid || ["utf-8", "utf8"].iter().any(|name| locale.contains(name));
    match said.term.as_str() {
        _ if !utf8 => Characters::Ascii,
        "dumb" => Characters::Ascii,
        "linux" => Characters::Console,
        _ => Characters::All,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(term: &str, colorterm: &str, locale: &str, multiplexed: bool) -> (Option<Depth>, Characters) {
        let texts = [term, colorterm, locale].map(str::to_owned);
        let [term, colorterm, locale] = texts;
        let found = Abilities::of(&Surroundings { no_color: false, term, colorterm, locale, multiplexed });
        (found.colors, found.characters)
    }

    fn of(term: &str, colorterm: &str, locale: &str) -> (Option<Depth>, Characters) {
        with(term, colorterm, locale, false)
    }

    #[test]
    fn colours_follow_from_the_terminal() {
        let colors = |term: &str, colorterm: &str| of(term, colorterm, "C.UTF-8").0;
        assert_eq!(colors("xterm-256color", "truecolor"), Some(Depth::True));
        assert_eq!(colors("tmux-256color", "24bit"), Some(Depth::True));
        assert_eq!(colors("xterm-direct", ""), Some(Depth::True));
        assert_eq!(colors("xterm-256color", ""), Some(Depth::Indexed));
        assert_eq!(colors("xterm-kitty", ""), Some(Depth::Indexed));
        assert_eq!(colors("xterm", ""), Some(Depth::Ansi));
        assert_eq!(colors("linux", "truecolor"), Some(Depth::Ansi));
        assert_eq!(colors("unheard-of", ""), Some(Depth::Ansi));
        assert_eq!(colors("dumb", "truecolor"), None);
        let no_color = Surroundings { no_color: true, term: "xterm".to_owned(), ..Surroundings::default() };
        assert_eq!(Abilities::of(&no_color).colors, None);
    }

    #[test]
    fn characters_follow_from_the_locale() {
        for utf8 in ["C.UTF-8", "en_GB.utf8", "ja_JP.UTF-8@x", "UTF-8"] {
            assert_eq!(of("xterm", "", utf8).1, Characters::All, "{utf8}");
            assert_eq!(of("linux", "", utf8).1, Characters::Console, "{utf8}");
            assert_eq!(of("dumb", "", utf8).1, Characters::Ascii, "{utf8}");
        }
        assert_eq!(of("xterm", "", "").1, Characters::All);
        assert_eq!(of("linux", "", "").1, Characters::Console);
        assert_eq!(with("tmux-256color", "", "", true).1, Characters::Ascii);
        assert_eq!(with("tmux-256color", "", "C.UTF-8", true).1, Characters::All);
        for other in ["C", "POSIX", "en_GB", "de_DE.ISO-8859-1"] {
            assert_eq!(of("xterm", "", other).1, Characters::Ascii, "{other}");
            assert_eq!(of("linux", "", other).1, Characters::Ascii, "{other}");
        }
    }
}
