//! How well the themes read: contrast as WCAG 2.2 defines it (success criteria 1.4.3, 1.4.6 and 1.4.11), of RGB
//! themes on their own grounds, and of the default one on the palettes that terminals have.

use super::{Role, SHIPPED, Theme, mark, read, rgb_of};
use crate::review::Severity;
use ratatui::style::{Color, Style};

/// Frames and bars, which say nothing that a character does not say too; they still are to be seen.
const DECORATION: [Role; 4] = [Role::Border, Role::BorderFocused, Role::DialogBorder, Role::Gauge];
/// Marks of one character, whose meaning is in the character; held to what graphical objects are.
const MARKS: [Role; 5] =
    [Role::ErrorMark, Role::WarningMark, Role::InfoMark, Role::AddedMark, Role::RemovedMark];

/// A terminal's foreground and background, and its 16 colours.
type Palette = (&'static str, u32, u32, [u32; 16]);

#[rustfmt::skip]
const PALETTES: [Palette; 7] = [
    ("xterm on white", 0x000000, 0xffffff, XTERM),
    ("xterm on black", 0xe5e5e5, 0x000000, XTERM),
    ("Linux console", 0xaaaaaa, 0x000000, [
        0x000000, 0xaa0000, 0x00aa00, 0xaa5500, 0x0000aa, 0xaa00aa, 0x00aaaa, 0xaaaaaa,
        0x555555, 0xff5555, 0x55ff55, 0xffff55, 0x5555ff, 0xff55ff, 0x55ffff, 0xffffff,
    ]),
    ("Solarized dark", 0x839496, 0x002b36, SOLARIZED),
    ("Solarized light", 0x657b83, 0xfdf6e3, SOLARIZED),
    ("GitHub light", 0x24292f, 0xffffff, [
        0x24292f, 0xcf222e, 0x116329, 0x4d2d00, 0x0969da, 0x8250df, 0x1b7c83, 0x6e7781,
        0x57606a, 0xa40e26, 0x1a7f37, 0x633c01, 0x218bff, 0xa475f9, 0x3192aa, 0x8c959f,
    ]),
    ("GitHub dark", 0xc9d1d9, 0x0d1117, [
        0x484f58, 0xff7b72, 0x3fb950, 0xd29922, 0x58a6ff, 0xbc8cff, 0x39c5cf, 0xb1bac4,
        0x6e7681, 0xffa198, 0x56d364, 0xe3b341, 0x79c0ff, 0xd2a8ff, 0x56d4dd, 0xffffff,
    ]),
];

#[rustfmt::skip]
const XTERM: [u32; 16] = [
    0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
    0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
];

#[rustfmt::skip]
const SOLARIZED: [u32; 16] = [
    0x073642, 0xdc322f, 0x859900, 0xb58900, 0x268bd2, 0xd33682, 0x2aa198, 0xeee8d5,
    0x002b36, 0xcb4b16, 0x586e75, 0x657b83, 0x839496, 0x6c71c4, 0x93a1a1, 0xfdf6e3,
];

fn bytes(color: u32) -> [u8; 3] {
    let [_, r, g, b] = color.to_be_bytes();
    [r, g, b]
}

/// The relative luminance of a colour in sRGB.
fn luminance(color: [u8; 3]) -> f64 {
    let [r, g, b] = color.map(|value| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The least contrast of a role in a theme of this name.
fn least(theme: &str, role: Role) -> f64 {
    match role {
        _ if DECORATION.contains(&role) => 1.5,
        _ if theme == "contrast" => 7.0,
        _ => 4.5,
    }
}

fn shipped() -> impl Iterator<Item = (&'static str, Theme)> {
    SHIPPED.into_iter().map(|(name, ..)| (name, Theme::shipped(name).unwrap()))
}

#[test]
fn every_theme_has_every_role() {
    for (name, _, text) in SHIPPED {
        let styles = read::styles(text.as_bytes()).unwrap_or_else(|error| panic!("{name}.json:{error}"));
        for (role, style) in Role::ALL.into_iter().zip(styles) {
            assert!(style.is_some(), "{name}.json has no {}", role.name());
        }
    }
}

#[test]
fn a_theme_with_a_ground_of_its_own_reads_on_it_and_on_selected_rows() {
    for (name, theme) in shipped() {
        let text = theme.text();
        if text.bg.is_none() {
            continue;
        }
        let grounds = [Style::new(), theme.dialog(), theme.selected(true), theme.selected(false)];
        for role in Role::ALL {
            // No frame crosses a row.
            let grounds = if DECORATION.contains(&role) { &grounds[..2] } else { &grounds };
            for ground in grounds.iter().copied() {
                // A selected row that has a colour for its text has it for all of it.
                let shown = text.patch(theme.style(role)).patch(ground);
                let (fg, bg) = if ground.fg.is_some() && ground != theme.dialog() {
                    (shown.fg, shown.bg)
                } else {
                    let shown = text.patch(ground).patch(theme.style(role));
                    (shown.fg, shown.bg)
                };
                let of = |color: Option<Color>| match color.and_then(rgb_of) {
                    Some(color) => color,
                    None => panic!("{name} {}: {color:?} looks different everywhere", role.name()),
                };
                let found = contrast(of(fg), of(bg));
                assert!(found >= least(name, role), "{name}: {} on {:?} has {found:.2}", role.name(), of(bg));
            }
        }
    }
}

#[test]
fn a_theme_without_a_ground_colours_marks_alone_and_they_read_on_every_palette() {
    for (name, theme) in shipped().filter(|(_, theme)| theme.text().bg.is_none()) {
        for role in Role::ALL {
            let style = theme.style(role);
            assert!(matches!(style.bg, None | Some(Color::Reset)), "{name} {}", role.name());
            let index = match style.fg {
                None | Some(Color::Reset) => continue,
                Some(color) => XTERM.iter().position(|x| Some(bytes(*x)) == rgb_of(color)).unwrap(),
            };
            assert!(DECORATION.contains(&role) || MARKS.contains(&role), "{name} {} is text", role.name());
            let least = if MARKS.contains(&role) { 3.0 } else { 2.9 };
            for (palette, _, back, colors) in PALETTES {
                // Many terminals show bold as bright.
                for index in [index, index | 8] {
                    let found = contrast(bytes(colors[index]), bytes(back));
                    assert!(found >= least, "{name} {} in {palette}: {found:.2}", role.name());
                }
            }
        }
    }
}

#[test]
fn without_colours_nothing_has_one_and_the_selection_is_seen() {
    let plain = Theme::new(false);
    for role in Role::ALL {
        let style = plain.style(role);
        assert_eq!((style.fg, style.bg), (None, None), "{}", role.name());
    }
    for (name, theme) in shipped() {
        let [focused, aside] = [theme.selected(true), theme.selected(false)];
        assert!(!focused.add_modifier.is_empty(), "{name} tells the selection by a colour alone");
        assert_ne!(focused, aside, "{name}");
    }
}

#[test]
fn severities_differ_by_their_characters() {
    let marks = [Severity::Error, Severity::Warning, Severity::Info].map(mark);
    for (at, one) in marks.iter().enumerate() {
        assert!(!one.trim().is_empty() && !marks[at + 1..].contains(one), "{marks:?}");
    }
}
