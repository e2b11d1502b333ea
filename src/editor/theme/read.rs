//! A theme's file: an object of roles, each an object such as `{"fg": "bright-blue", "bold": true}`.

use super::role::{Form, Role};
use crate::json::{self, JsonError, Object, present};
use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;
use serde::de::{self, Deserializer, Visitor};
use std::fmt;

/// A style as a file says it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Look {
    #[serde(default, deserialize_with = "present")]
    fg: Option<Paint>,
    #[serde(default, deserialize_with = "present")]
    bg: Option<Paint>,
    #[serde(default)]
    bold: bool,
    #[serde(default)]
    dim: bool,
    #[serde(default)]
    italic: bool,
    #[serde(default)]
    underlined: bool,
    #[serde(default)]
    reversed: bool,
}

impl Look {
    fn style(&self) -> Style {
        let modifiers = [
            (self.bold, Modifier::BOLD),
            (self.dim, Modifier::DIM),
            (self.italic, Modifier::ITALIC),
            (self.underlined, Modifier::UNDERLINED),
            (self.reversed, Modifier::REVERSED),
        ];
        let (mut style, paint) = (Style::new(), |paint: &Paint| paint.0);
        (style.fg, style.bg) = (self.fg.as_ref().map(paint), self.bg.as_ref().map(paint));
        let on = modifiers.into_iter().filter(|(on, _)| *on);
        on.fold(style, |style, (_, modifier)| style.add_modifier(modifier))
    }
}

/// The styles of a file, in the order of the roles; `None` where it leaves one out.
pub(super) fn styles(bytes: &[u8]) -> Result<[Option<Style>; Role::ALL.len()], JsonError> {
    let form: Object<Form> = json::read(bytes)?;
    Ok(form.0.looks().map(|look| look.map(|look| look.style())))
}

/// The terminal's own colours, by number; `default` is the colour that it writes with.
const NAMES: [(&str, Color); 17] = [
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("white", Color::Gray),
    ("bright-black", Color::DarkGray),
    ("bright-red", Color::LightRed),
    ("bright-green", Color::LightGreen),
    ("bright-yellow", Color::LightYellow),
    ("bright-blue", Color::LightBlue),
    ("bright-magenta", Color::LightMagenta),
    ("bright-cyan", Color::LightCyan),
    ("bright-white", Color::White),
    ("default", Color::Reset),
];

/// A colour.
#[derive(Debug)]
struct Paint(Color);

impl<'de> Deserialize<'de> for Paint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OfColor).map(Self)
    }
}

struct OfColor;

impl Visitor<'_> for OfColor {
    type Value = Color;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(
            "a colour: black, red, green, yellow, blue, magenta, cyan or white, also as bright-red and so on, \
             default, a number from 0 to 255, or \"#rrggbb\"",
        )
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Color, E> {
        let named = NAMES.iter().find(|(name, _)| *name == text).map(|(_, color)| *color);
        named.or_else(|| rgb(text)).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Color, E> {
        let index = u8::try_from(number);
        index.map(Color::Indexed).map_err(|_| E::invalid_value(de::Unexpected::Unsigned(number), &self))
    }
}

fn rgb(text: &str) -> Option<Color> {
    let digits =
        text.strip_prefix('#').filter(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let [_, r, g, b] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    Some(Color::Rgb(r, g, b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::theme::Theme;

    fn error(text: &str) -> String {
        Theme::read(text.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn a_style_is_made_of_colours_and_modifiers() {
        let text = r##"{"text": {"fg": "#0a0B0c", "bg": 17}, "key": {"fg": "bright-red", "bold": true}, "dim": {}}"##;
        let theme = Theme::read(text.as_bytes()).unwrap();
        assert_eq!(theme.text(), Style::new().fg(Color::Rgb(10, 11, 12)).bg(Color::Indexed(17)));
        assert_eq!(theme.key(), Style::new().fg(Color::LightRed).add_modifier(Modifier::BOLD));
        assert_eq!(theme.dim(), Style::new());
        assert_eq!(theme.error(), Theme::new(true).error(), "what is left out looks as in the default");
    }

    #[test]
    fn what_is_not_known_is_an_error_with_its_place() {
        assert!(error("{\"text\": {},\n \"txt\": {}}").starts_with("2:6: unknown key \"txt\""));
        assert!(error("{\"text\": {\"colour\": 1}}").contains("unknown key \"colour\""));
        for bad in [r#""pink""#, "256", "-1", "1.5", r##""#12345""##, r##""#12345g""##, "null", "true"] {
            let error = error(&format!("{{\n\"text\": {{\"fg\": {bad}}}}}"));
            assert!(error.starts_with("2:") && error.contains("expected a colour"), "{error}");
            assert!(error.contains("in text.fg"), "{error}");
        }
        assert!(error("{\"text\": []}").contains("expected an object"));
        assert!(error("{\"text\": {}, \"text\": {}}").contains("duplicate key"));
        assert!(error("{\"text\": {\"bold\": 1}}").contains("expected true or false"));
    }
}
