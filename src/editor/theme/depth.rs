//! Colours on terminals that have fewer of them.

use super::{Role, Theme};
use ratatui::style::{Color, Modifier, Style};

/// How many colours a terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Depth {
    /// The 16 of its palette.
    Ansi,
    /// The 256 of xterm.
    Indexed,
    /// All of 24 bits.
    #[default]
    True,
}

/// A theme with the colours that there are. Where few are left, colours that differ may fall together: what
/// would not be read then has the colour of the text below it, and a selection is shown reversed.
pub(super) fn fit(mut theme: Theme, depth: Depth) -> Theme {
    if depth == Depth::True {
        return theme;
    }
    for role in Role::ALL {
        let mut style = theme.style(role);
        style.fg = style.fg.map(|color| nearest(color, depth));
        style.bg = style.bg.map(|color| nearest(color, depth));
        theme.set(role, style);
    }
    let text = theme.text();
    for role in [Role::Selected, Role::SelectedAside] {
        let style = theme.style(role);
        // Of 16, what is nearest to a ground is seldom one that the text reads on.
        if style.bg.is_some() && style.fg.is_none() && (depth == Depth::Ansi || style.bg == text.bg) {
            let modifier = if role == Role::Selected { Modifier::REVERSED } else { Modifier::BOLD };
            let fg = text.fg.filter(|_| role == Role::Selected);
            theme.set(role, Style { fg, ..Style::new().add_modifier(modifier) });
        }
    }
    let grounds = [Role::Text, Role::Dialog, Role::Selected, Role::SelectedAside].map(|r| theme.style(r).bg);
    for role in Role::ALL {
        let mut style = theme.style(role);
        // The console of Linux has a grey here that hardly reads on black.
        let is_grey = depth == Depth::Ansi
            && (style.fg, text.bg) == (Some(Color::DarkGray), Some(Color::Black))
            && role != Role::Border;
        if style.bg.is_none() && style.fg.is_some() && (is_grey || grounds.contains(&style.fg)) {
            style.fg = None;
            theme.set(role, style);
        }
    }
    theme
}

/// The colour that is closest to one, of those that there are.
pub fn nearest(color: Color, depth: Depth) -> Color {
    let closest = |from: u8, to: u8, wanted: [u8; 3]| {
        let distance = |index: &u8| distance(rgb(*index), wanted);
        (from..=to).min_by_key(distance).unwrap_or(from)
    };
    match (color, depth) {
        (Color::Rgb(r, g, b), Depth::Indexed) => Color::Indexed(closest(16, 255, [r, g, b])),
        (Color::Rgb(r, g, b), Depth::Ansi) => ansi(closest(0, 15, [r, g, b])),
        (Color::Indexed(index @ 16..), Depth::Ansi) => ansi(closest(0, 15, rgb(index))),
        (Color::Indexed(index @ 0..16), _) => ansi(index),
        _ => color,
    }
}

fn ansi(index: u8) -> Color {
    match index {
        0 => Color::Black,
        1 => Color::Red,
        2 => Color::Green,
        3 => Color::Yellow,
        4 => Color::Blue,
        5 => Color::Magenta,
        6 => Color::Cyan,
        7 => Color::Gray,
        8 => Color::DarkGray,
        9 => Color::LightRed,
        10 => Color::LightGreen,
        11 => Color::LightYellow,
        12 => Color::LightBlue,
        13 => Color::LightMagenta,
        14 => Color::LightCyan,
        _ => Color::White,
    }
}

/// xterm's colours: its 16 as they are by default, a cube of 6x6x6, and 24 greys (`256colres.pl`).
pub(super) fn rgb(index: u8) -> [u8; 3] {
    const FIRST: [u32; 16] = [
        0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000,
        0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
    ];
    let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    match index {
        0..16 => {
            let [_, r, g, b] = FIRST[usize::from(index)].to_be_bytes();
            [r, g, b]
        }
        16..232 => {
            let at = index - 16;
            [level(at / 36), level(at / 6 % 6), level(at % 6)]
        }
        232.. => [8 + 10 * (index - 232); 3],
    }
}

/// A colour as red, green and blue, as xterm has it; `None` for the one that a terminal writes with.
pub fn rgb_of(color: Color) -> Option<[u8; 3]> {
    match color {
        Color::Rgb(r, g, b) => Some([r, g, b]),
        Color::Indexed(index) => Some(rgb(index)),
        _ => (0..16).find(|index| ansi(*index) == color).map(rgb),
    }
}

/// How different two colours look: weighted by the mean of their red (compuphase.com/cmetric.htm).
fn distance(a: [u8; 3], b: [u8; 3]) -> i64 {
    let [dr, dg, db] = [0, 1, 2].map(|at| i64::from(a[at]) - i64::from(b[at]));
    let red = (i64::from(a[0]) + i64::from(b[0])) / 2;
    (((512 + red) * dr * dr) >> 8) + 4 * dg * dg + (((767 - red) * db * db) >> 8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::theme::SHIPPED;

    #[test]
    fn the_nearest_colour_is_found() {
        let rgb = Color::Rgb;
        assert_eq!(nearest(rgb(255, 0, 0), Depth::Indexed), Color::Indexed(196));
        assert_eq!(nearest(rgb(96, 136, 176), Depth::Indexed), Color::Indexed(67));
        assert_eq!(nearest(rgb(9, 9, 9), Depth::Indexed), Color::Indexed(232));
        assert_eq!(nearest(rgb(250, 10, 10), Depth::Ansi), Color::LightRed);
        assert_eq!(nearest(rgb(0, 0, 0), Depth::Ansi), Color::Black);
        assert_eq!(nearest(Color::Indexed(255), Depth::Ansi), Color::Gray);
        assert_eq!(nearest(Color::Indexed(9), Depth::Ansi), Color::LightRed);
        assert_eq!(nearest(rgb(1, 2, 3), Depth::True), rgb(1, 2, 3));
        assert_eq!(nearest(Color::Reset, Depth::Ansi), Color::Reset);
    }

    #[test]
    fn every_theme_can_be_read_with_few_colours() {
        for (name, _, text) in SHIPPED {
            for depth in [Depth::Ansi, Depth::Indexed] {
                let theme = Theme::read(text.as_bytes()).unwrap().at_depth(depth);
                let text = theme.text();
                let grounds = [theme.text(), theme.dialog(), theme.selected(true), theme.selected(false)];
                for role in Role::ALL {
                    let style = theme.style(role);
                    assert!(!matches!(style.fg, Some(Color::Rgb(..))), "{name} {}", role.name());
                    let same = |ground: &Style| style.fg.is_some() && style.fg == style.bg.or(ground.bg);
                    assert!(!grounds.iter().any(same), "{name} {} at {depth:?}", role.name());
                }
                assert_ne!(text.patch(theme.selected(true)), text.remove_modifier(Modifier::DIM), "{name}");
            }
        }
    }
}
