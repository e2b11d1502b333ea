//! Which theme is shown: the one that the settings name, as far as the terminal can show it.

use super::abilities::Abilities;
use super::theme::{SHIPPED, Theme};
use crate::storage::{self, Settings};
use crate::text::{Name, quoted};
use std::path::Path;

/// How the editor looks.
#[derive(Debug, Clone)]
pub struct Looks {
    /// What the terminal can show.
    pub abilities: Abilities,
    /// The name of the theme that is shown.
    pub name: String,
}

impl Default for Looks {
    fn default() -> Self {
        Self { abilities: Abilities::all(), name: SHIPPED[0].0.to_owned() }
    }
}

impl Looks {
    /// The looks that the settings in a config folder name, their theme, and what is wrong with the settings.
    pub fn at_start(config: &Path, abilities: Abilities) -> (Self, Theme, Option<String>) {
        let mut looks = Self { abilities, ..Self::default() };
        let named = Settings::read(config).map_err(|error| error.to_string()).and_then(|settings| {
            let Some(name) = settings.theme else { return Ok(None) };
            looks.theme(config, &name).map(|theme| Some((name, theme)))
        });
        match named {
            Ok(Some((name, theme))) => {
                looks.name = name.to_string();
                (looks, theme, None)
            }
            Ok(None) => (looks.clone(), looks.shown(Theme::new(true)), None),
            Err(error) => {
                let error = format!("{error}; until then the default theme is shown");
                (looks.clone(), looks.shown(Theme::new(true)), Some(error))
            }
        }
    }

    /// Why no theme can be chosen, where none can.
    pub fn refusal(&self) -> Option<&'static str> {
        self.abilities.colors.is_none().then_some("the terminal has no colours, or NO_COLOR is set")
    }

    /// A theme as far as the terminal can show it; without colours it is always the plain one.
    fn shown(&self, theme: Theme) -> Theme {
        self.abilities.colors.map_or_else(|| Theme::new(false), |depth| theme.at_depth(depth))
    }

    /// The theme of a name: the user's own, else one that comes with the program.
    pub fn theme(&self, config: &Path, name: &str) -> Result<Theme, String> {
        let own = storage::own_theme(config, name, Theme::read).map_err(|error| error.to_string())?;
        let found = own.or_else(|| Theme::shipped(name));
        let theme = found.ok_or_else(|| {
            let names = names(config).into_iter().map(|(name, _)| name);
            format!("there is no theme {:?}: {}", quoted(name, 60), names.collect::<Vec<_>>().join(", "))
        });
        theme.map(|theme| self.shown(theme))
    }
}

/// The names of all themes with what they are, those that come with the program first.
pub fn names(config: &Path) -> Vec<(String, String)> {
    let own = storage::own_themes(config);
    let shipped = SHIPPED.iter().filter(|(name, ..)| !own.iter().any(|own| own == name));
    let mut names: Vec<_> =
        shipped.map(|(name, words, _)| ((*name).to_owned(), (*words).to_owned())).collect();
    names.extend(own.into_iter().map(|name| (name, "your own".to_owned())));
    names
}

/// Keeps a theme for the next time.
pub fn keep(config: &Path, name: &str) -> Result<(), String> {
    let name = Name::new(name).map_err(|error| error.to_string())?;
    Settings::change(config, |settings| settings.theme = Some(name)).map_err(|error| error.to_string())
}
