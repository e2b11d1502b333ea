//! The one table of keys: what each action is called, which keys it has, and what it does in a sentence.
//! The footer, the help and the command palette are made from it.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::collections::HashMap;

/// Something that a key or a name in the palette does in the main view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Up one row.
    Up,
    /// Down one row.
    Down,
    /// Close, or to the pane on the left.
    Left,
    /// Open, or to the pane on the right.
    Right,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// To the first row.
    First,
    /// To the last row.
    Last,
    /// To the next pane.
    NextPane,
    /// To the previous pane.
    PreviousPane,
    /// To the category of this number.
    Category,
    /// A new group.
    NewGroup,
    /// A new category.
    NewCategory,
    /// Ranges into a group.
    AddRanges,
    /// Ranges from another tool's file.
    Import,
    /// The properties of what is selected.
    EditSelected,
    /// Chooses a range for the next action.
    Mark,
    /// Chooses a run of ranges.
    MarkRun,
    /// Chooses all ranges that are shown.
    MarkAll,
    /// Moves ranges to another group.
    Move,
    /// Takes out what is selected.
    Delete,
    /// Enables or disables what is selected.
    Toggle,
    /// Takes the mend that a finding offers.
    Mend,
    /// Undo.
    Undo,
    /// Redo.
    Redo,
    /// Filter as you type.
    Filter,
    /// Clears the filter.
    ClearFilter,
    /// Test an address.
    TestAddress,
    /// The policy's settings.
    PolicySettings,
    /// The next preview.
    NextPreview,
    /// The previous document of a split.
    PreviousDocument,
    /// The next document of a split.
    NextDocument,
    /// Help.
    Help,
    /// The command palette.
    Palette,
    /// The messages so far.
    Messages,
    /// Save.
    Save,
    /// Quit, asking where something is unsaved.
    Quit,
    /// Save and quit.
    SaveAndQuit,
    /// Quit without saving.
    QuitUnsaved,
    /// Back to the shell for a while.
    Suspend,
    /// Draw everything anew.
    Redraw,
}

/// One action with all that is said of it anywhere.
pub struct Row {
    /// What it is.
    pub action: Action,
    /// Its keys in the main view.
    pub keys: &'static [&'static str],
    /// Its name in the palette and, with the keys, in the footer.
    pub name: &'static str,
    /// Other names that the palette takes, such as `w`.
    pub aliases: &'static [&'static str],
    /// What it does.
    pub sentence: &'static str,
    /// The heading that it stands under in the help.
    pub section: &'static str,
}

macro_rules! rows {
    ($($section:literal { $($action:ident [$($key:literal)*] $name:literal ($($alias:literal)*) $sentence:literal;)* })*) => {
        &[$($(Row {
            action: Action::$action,
            keys: &[$($key),*],
            name: $name,
            aliases: &[$($alias),*],
            sentence: $sentence,
            section: $section,
        }),*),*]
    };
}

/// Every action, in the order of the help.
pub static TABLE: &[Row] = rows! {
    "Moving" {
        Up ["up" "k"] "up" () "Move up.";
        Down ["down" "j"] "down" () "Move down.";
        Left ["left" "h"] "left" () "Close a category, or go to the pane on the left.";
        Right ["right" "l"] "right" () "Open a category, or go to the pane on the right.";
        PageUp ["pgup"] "page up" () "Move a page up.";
        PageDown ["pgdn"] "page down" () "Move a page down.";
        First ["home" "g"] "first" () "Go to the first row.";
        Last ["end" "G"] "last" () "Go to the last row.";
        NextPane ["tab"] "next pane" () "Go to the next pane.";
        PreviousPane ["shift-tab"] "previous pane" () "Go to the previous pane.";
        Category ["1" "2" "3" "4" "5" "6" "7" "8" "9"] "category" () "Select the category of that number.";
    }
    "Editing" {
        AddRanges ["a"] "add" () "Add ranges to the selected group, one or many; a pasted list works too.";
        Import ["I"] "import" () "Add ranges from another tool's file, after a look at them; :import PATH too.";
        NewGroup ["A"] "new group" () "Make a group in the selected category.";
        NewCategory ["C"] "new category" () "Make a category of your own.";
        EditSelected ["e" "enter"] "edit" () "Edit what is selected; on a finding, go to what it is about.";
        Delete ["d"] "delete" () "Delete what is selected, or all chosen ranges; undo brings it back.";
        Move ["m"] "move" () "Move the range, or all chosen ranges, to another group.";
        Toggle ["space"] "on/off" () "Enable or disable the range, all chosen ones, or all of the group.";
        Mark ["x"] "choose" () "Choose the range for the next action, or not any more.";
        MarkRun ["v"] "choose a run" () "Choose all ranges from here to where you go; v again ends it.";
        MarkAll ["X"] "choose all" () "Choose all ranges that are shown, or none.";
        Mend ["f"] "mend" () "Take the mend of the selected finding, or of the selected range's.";
        Undo ["u"] "undo" () "Take back the last change.";
        Redo ["ctrl-r"] "redo" () "Do again what was taken back.";
    }
    "Looking" {
        Filter ["/"] "filter" () "Show only matching ranges as you type: CIDR, label, owner, ticket, group, or an address.";
        ClearFilter ["esc"] "clear" () "Choose no range any more; then show all ranges again.";
        TestAddress ["t"] "test" () "Test whether an address is let through, and by which range.";
        NextPreview ["p"] "preview" () "Next preview: policy, findings, differences from what is on disk.";
        PreviousDocument ["["] "previous document" () "Show the previous document of a policy that is split.";
        NextDocument ["]"] "next document" () "Show the next document of a policy that is split.";
        Help ["?" "f1"] "help" ("h") "Show every key.";
        Palette [":"] "commands" () "Run a command by its name; :w, :q, :wq and :q! work.";
        Messages [] "messages" () "Read the messages so far again.";
    }
    "The policy and the file" {
        PolicySettings ["P"] "policy" () "Edit the policy's settings: name, Sid, target, exemptions, group, users, limits.";
        Save ["ctrl-s"] "save" ("w" "write") "Save the allowlist and the policy; :write PATH saves a copy there.";
        Quit ["q" "ctrl-c"] "quit" ("q") "Quit; asks first where something is unsaved.";
        SaveAndQuit [] "save and quit" ("wq" "x") "Save, then quit.";
        QuitUnsaved [] "quit without saving" ("q!") "Quit, and lose what is not saved.";
        Suspend ["ctrl-z"] "suspend" () "Go back to the shell for a while; fg returns.";
        Redraw ["ctrl-l"] "redraw" () "Draw the screen anew.";
    }
};

/// The row of an action.
pub fn row(action: Action) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.action == action)
}

/// Which key does what in the main view.
#[derive(Debug)]
pub struct Keymap {
    keys: HashMap<(KeyCode, KeyModifiers), Action>,
}

impl Default for Keymap {
    fn default() -> Self {
        let all = TABLE.iter().flat_map(|row| row.keys.iter().map(move |key| (key, row.action)));
        let keys = all.filter_map(|(key, action)| Some((parse(key)?, action))).collect();
        Self { keys }
    }
}

impl Keymap {
    /// What a key does.
    pub fn action(&self, key: &KeyEvent) -> Option<Action> {
        self.keys.get(&normal(key.code, key.modifiers)).copied()
    }
}

/// A key as the table spells it: `ctrl-s`, `shift-tab`, `G`, `space`.
pub fn parse(text: &str) -> Option<(KeyCode, KeyModifiers)> {
    let (mut rest, mut modifiers) = (text, KeyModifiers::NONE);
    loop {
        let (modifier, behind) = match rest.split_once('-') {
            Some(("ctrl", behind)) => (KeyModifiers::CONTROL, behind),
            Some(("alt", behind)) => (KeyModifiers::ALT, behind),
            Some(("shift", behind)) => (KeyModifiers::SHIFT, behind),
            _ => break,
        };
        modifiers |= modifier;
        rest = behind;
    }
    let code = match rest {
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "pgup" => KeyCode::PageUp,
        "pgdn" => KeyCode::PageDown,
        "home" => KeyCode::Home,
        "end" => KeyCode::End,
        "tab" if modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
        "tab" => KeyCode::Tab,
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "space" => KeyCode::Char(' '),
        "backspace" => KeyCode::Backspace,
        "delete" => KeyCode::Delete,
        _ => function_key(rest).or_else(|| only_char(rest).map(KeyCode::Char))?,
    };
    Some(normal(code, modifiers))
}

fn function_key(text: &str) -> Option<KeyCode> {
    let number = text.strip_prefix('f')?.parse().ok()?;
    (1..=12).contains(&number).then_some(KeyCode::F(number))
}

fn only_char(text: &str) -> Option<char> {
    let mut chars = text.chars();
    let first = chars.next()?;
    chars.next().is_none().then_some(first)
}

/// Terminals tell Shift for some letters and not for others; the letter says it already.
fn normal(code: KeyCode, modifiers: KeyModifiers) -> (KeyCode, KeyModifiers) {
    match code {
        KeyCode::Char(_) | KeyCode::BackTab => (code, modifiers - KeyModifiers::SHIFT),
        _ => (code, modifiers),
    }
}

/// A key as people read it: `Ctrl-S`, `Space`, `G`, `↑` would need a font, so `Up`.
pub fn spelled(key: &str) -> String {
    if key.chars().count() == 1 {
        return key.to_owned();
    }
    let mut words = Vec::new();
    for part in key.split('-') {
        let mut chars = part.chars();
        let first = chars.next().map(|c| c.to_ascii_uppercase());
        words.push(first.into_iter().chain(chars).collect::<String>());
    }
    match words.join("-").as_str() {
        "Pgup" => "PgUp".to_owned(),
        "Pgdn" => "PgDn".to_owned(),
        other => other.to_owned(),
    }
}

/// The keys of an action as people read them.
pub fn spelled_keys(row: &Row) -> String {
    match row.keys {
        [first, .., last] if row.keys.len() > 3 => format!("{} … {}", spelled(first), spelled(last)),
        keys => keys.iter().map(|key| spelled(key)).collect::<Vec<_>>().join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_one_and_does_one_thing() {
        let mut seen = HashMap::new();
        for row in TABLE {
            for key in row.keys {
                let parsed = parse(key).unwrap_or_else(|| panic!("{key}"));
                assert_eq!(seen.insert(parsed, row.name), None, "{key} stands for two actions");
            }
        }
    }

    #[test]
    fn every_action_has_words_and_a_name_of_its_own() {
        for (at, row) in TABLE.iter().enumerate() {
            assert!(row.sentence.ends_with('.') && !row.name.is_empty(), "{}", row.name);
            let others = TABLE.iter().skip(at + 1);
            assert!(
                others.clone().all(|other| other.name != row.name && other.action != row.action),
                "{}",
                row.name
            );
        }
    }

    #[test]
    fn keys_read_as_people_write_them() {
        let words: Vec<_> = ["ctrl-s", "shift-tab", "pgup", "G", "space"].into_iter().map(spelled).collect();
        assert_eq!(words, ["Ctrl-S", "Shift-Tab", "PgUp", "G", "Space"]);
    }
}
