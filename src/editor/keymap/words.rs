//! The key table in the documentation: as Markdown, and as a section of the manual page.

use super::{Context, Keymap, Row, TABLE};

/// The rows under their headings, each with the default keys of every place where it has some.
fn sections() -> Vec<(&'static str, Vec<(&'static Row, String)>)> {
    let keymap = Keymap::default();
    let mut sections: Vec<(&str, Vec<_>)> = Vec::new();
    for row in TABLE {
        if sections.last().is_none_or(|(section, _)| *section != row.section) {
            sections.push((row.section, Vec::new()));
        }
        if let Some((_, rows)) = sections.last_mut() {
            rows.push((row, keys(&keymap, row)));
        }
    }
    sections
}

fn keys(keymap: &Keymap, row: &Row) -> String {
    let spelled = keymap.spelled(row);
    if spelled.is_empty() { format!(":{}", row.aliases.first().unwrap_or(&row.name)) } else { spelled }
}

/// A table of every action: its keys, its name for `keys.json` and the palette, and what it does.
pub fn markdown() -> String {
    let mut text = HEAD.to_owned();
    for (section, rows) in sections() {
        text.push_str(&format!("\n## {section}\n\n| keys | name | applies in | does |\n|---|---|---|---|\n"));
        for (row, keys) in rows {
            let keys =
                keys.split(' ').map(|key| format!("`{}`", key.replace('|', "\\|"))).collect::<Vec<_>>();
            let places: Vec<_> = row.contexts.iter().map(|context| context.name()).collect();
            let line =
                format!("| {} | {} | {} | {} |\n", keys.join(" "), row.name, places.join(", "), row.sentence);
            text.push_str(&line);
        }
    }
    text
}

const HEAD: &str = "# Keys

Made from the key table by `cargo run --example keys`. The editor's help (`?`) says the same, with your own keys.

To bind other keys, write `keys.json` into the config folder (`keymoat paths` tells where it is): by the place
where they apply, the keys of each action. An action that is named there has these keys and no others.
[The default keys](keys.json) are a file of the same form.

    {
      \"main\": {
        \"save\": [\"ctrl-s\", \"f2\"],
        \"undo\": [\"u\", \"ctrl-u\"]
      }
    }

A key is one character, or `up`, `down`, `left`, `right`, `pgup`, `pgdn`, `home`, `end`, `tab`, `enter`, `esc`,
`space`, `backspace`, `delete`, `f1` to `f12`; with `ctrl-`, `alt-` or `shift-` in front where wanted. In a dialog
characters type, so a key there needs `ctrl-` or `alt-`, or is one with a name. A key that would stand for two
actions, or an action that there is not, is said with its place at the start, and then the default keys apply.
";

/// The section of the manual page, in roff.
pub fn roff() -> String {
    let mut text = ".SH KEYS\n".to_owned();
    for (section, rows) in sections() {
        text.push_str(&format!(".SS {section}\n"));
        for (row, keys) in rows {
            let keys = keys.replace('\\', "\\e").replace('-', "\\-");
            let place = if row.contexts.contains(&Context::Main) { "" } else { row.contexts[0].name() };
            let name = if place.is_empty() { row.name.to_owned() } else { format!("{}, {place}", row.name) };
            text.push_str(&format!(".TP\n\\fB{keys}\\fR ({name})\n{}\n", row.sentence.replace('\\', "\\e")));
        }
    }
    text
}
