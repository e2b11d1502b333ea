//! The form of `keys.json`: by where they apply, the keys of each action.
//!
//! ```json
//! {
//!   "main": {
//!     "undo": ["u", "ctrl-z"]
//!   }
//! }
//! ```
//!
//! An action that is named there has these keys and no others; one that is not keeps its own.

use super::Context;
use super::action::Action;
use super::keys::Key;
use super::table::{self, Row};
use crate::json::{self, JsonError, Object};
use crate::text::quoted;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;

/// The keys of one action in one place, in the order in which they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// Where they apply.
    pub context: Context,
    /// What they do.
    pub action: Action,
    /// The keys.
    pub keys: Vec<Key>,
}

/// Reads bindings that stand in for those of `below`. A key that would stand for two actions, an action or a
/// key that there is not, and one that cannot be there are errors with their place.
pub fn read(bytes: &[u8], below: &[Binding]) -> Result<Vec<Binding>, JsonError> {
    let text = json::utf8(bytes)?;
    let Object(Map(contexts)) = json::read_str::<Object<Map<Context, Map<Named, &RawValue>>>>(text)?;
    let written: Vec<Written> = contexts
        .into_iter()
        .flat_map(|(context, Map(actions))| {
            actions.into_iter().map(move |(Named(row), list)| Written::read(text, context, row, list))
        })
        .collect::<Result<_, _>>()?;
    let mut all = Vec::new();
    for entry in &written {
        all.push(entry.binding(text)?);
    }
    let kept = below.iter().filter(|binding| {
        !written.iter().any(|w| (w.context, w.row.action) == (binding.context, binding.action))
    });
    let mut taken: HashMap<(Context, Key), Action> = HashMap::new();
    for binding in kept.clone() {
        taken.extend(binding.keys.iter().map(|key| ((binding.context, *key), binding.action)));
    }
    for (entry, binding) in written.iter().zip(&all) {
        for (raw, key) in entry.keys.iter().zip(&binding.keys) {
            if let Some(other) = taken.insert((binding.context, *key), binding.action) {
                return Err(place(text, raw, clash(*key, entry, other)));
            }
        }
    }
    let kept: Vec<Binding> = kept.cloned().collect();
    all.extend(kept);
    Ok(all)
}

fn clash(key: Key, entry: &Written, other: Action) -> String {
    let name = entry.row.name;
    if other == entry.row.action {
        return format!("{key} stands twice for {name:?}: leave one out");
    }
    let other = table::row(other).map_or("", |row| row.name);
    format!("{key} stands for {name:?} and for {other:?}: give one of them another key")
}

/// What cannot be without a key.
const NEEDED: [(Context, Action); 3] =
    [(Context::Main, Action::Palette), (Context::Dialog, Action::Take), (Context::Dialog, Action::Leave)];

/// What the file says of one action.
struct Written<'a> {
    context: Context,
    row: &'static Row,
    keys: Vec<&'a RawValue>,
}

impl<'a> Written<'a> {
    fn read(text: &str, context: Context, row: &'static Row, list: &'a RawValue) -> Result<Self, JsonError> {
        let expected = || format!("found {}, expected a list of keys in [ ]", quoted(list.get(), 40));
        let keys: Vec<&RawValue> =
            serde_json::from_str(list.get()).map_err(|_| place(text, list, expected()))?;
        if keys.is_empty() && NEEDED.contains(&(context, row.action)) {
            return Err(place(text, list, format!("{:?} needs a key, or there is no way out", row.name)));
        }
        Ok(Self { context, row, keys })
    }

    fn binding(&self, text: &str) -> Result<Binding, JsonError> {
        let (context, action) = (self.context, self.row.action);
        let keys = self.keys.iter().map(|raw| self.key(raw).map_err(|message| place(text, raw, message)));
        Ok(Binding { context, action, keys: keys.collect::<Result<_, _>>()? })
    }

    fn key(&self, raw: &RawValue) -> Result<Key, String> {
        let written: String = serde_json::from_str(raw.get())
            .map_err(|_| format!("found {}, expected a key in quotes", quoted(raw.get(), 40)))?;
        let key: Key = written.parse().map_err(|error| format!("{:?}: {error}", quoted(&written, 40)))?;
        if self.context == Context::Dialog && key.types() {
            return Err(format!("{key} types a character in a dialog: hold ctrl or alt with it"));
        }
        Ok(key)
    }
}

/// An error at a part of the text that was read from it.
fn place(text: &str, part: &RawValue, message: String) -> JsonError {
    // `part` is a slice of `text`; were it not, the place would be the start.
    let offset = (part.get().as_ptr() as usize).checked_sub(text.as_ptr() as usize);
    let before = offset.and_then(|offset| text.get(..offset)).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1) + 1;
    JsonError { line, column, message }
}

/// An object in its order, whose keys are read as `K`; none may stand twice.
struct Map<K, V>(Vec<(K, V)>);

impl<'de, K: Deserialize<'de> + PartialEq + fmt::Display, V: Deserialize<'de>> Deserialize<'de>
    for Map<K, V>
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder<K, V>(PhantomData<(K, V)>);
        impl<'de, K: Deserialize<'de> + PartialEq + fmt::Display, V: Deserialize<'de>> Visitor<'de>
            for InOrder<K, V>
        {
            type Value = Map<K, V>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object { }")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut all: Vec<(K, V)> = Vec::new();
                while let Some(key) = map.next_key::<K>()? {
                    if all.iter().any(|(other, _)| *other == key) {
                        return Err(json::refused(format!("duplicate key \"{key}\"")));
                    }
                    all.push((key, map.next_value()?));
                }
                Ok(Map(all))
            }
        }
        deserializer.deserialize_map(InOrder(PhantomData))
    }
}

impl<'de> Deserialize<'de> for Context {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::from_string(deserializer, "a place where keys apply", |text| {
            let known = Self::ALL.into_iter().find(|context| context.name() == text);
            let names = Self::ALL.map(Self::name).join(", ");
            known.ok_or(format!("unknown place {:?}, expected one of {names}", quoted(text, 40)))
        })
    }
}

/// An action by its name.
#[derive(Debug, PartialEq)]
struct Named(&'static Row);

impl PartialEq for Row {
    fn eq(&self, other: &Self) -> bool {
        self.action == other.action
    }
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name)
    }
}

impl<'de> Deserialize<'de> for Named {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::from_string(deserializer, "the name of an action", |text| {
            let unknown = || format!("unknown action {:?}: the help (?) has their names", quoted(text, 40));
            table::named(text).map(Named).ok_or_else(unknown)
        })
    }
}
