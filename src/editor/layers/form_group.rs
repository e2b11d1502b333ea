//! The form for a group: its name and its note.
//!
//! ```text
//! ┌ Group Head office ───────────────────────────────┐
//! │ name   > Head office                             │
//! │ note     fibre, main entrance                    │
//! │                                                  │
//! │ a site, an ISP, an AWS account or a cloud …      │
//! └──────────────────────────────────────────────────┘
//! ```

use super::form::{self, About, Field, Form, Remark};
use super::group_names;
use crate::allowlist::{Edit, GroupAt};
use crate::editor::said;
use crate::editor::state::Editor;
use crate::text::{Name, Text};

/// Opens the form for a group.
pub fn open(editor: &mut Editor, at: GroupAt) {
    let Some(group) = editor.document.allowlist().group(at) else { return };
    let fields = vec![
        Field::text("name", "a site, an ISP, an AWS account or a cloud project", group.name.to_string()),
        Field::text("note", "anything else, such as a contract's number", group.note.to_string()),
    ];
    // The name of the group is a field, and no other group of its category has it.
    let category = editor.document.allowlist().categories().get(at.category);
    let category = category.map(|category| category.name.to_string()).unwrap_or_default();
    let old = (group.name.to_string(), group.note.to_string());
    let form = Form {
        title: format!("Group {}", group.name),
        fields,
        about: About::Named(category),
        draft: "group",
        enter: form::CHANGES,
        takes_unchanged: false,
        check: Box::new(move |editor, texts| match read(editor, at, texts) {
            (Err(name), Err(note)) => vec![Some(Remark::Error(name)), Some(Remark::Error(note))],
            (name, note) => {
                let remark =
                    |name| group_names::remark(editor.document.allowlist(), at.category, Some(at), &name);
                let name = name.map_or_else(
                    |error| Some(Remark::Error(error)),
                    |name| remark(name).map(Remark::Warning),
                );
                vec![name, note.err().map(Remark::Error)]
            }
        }),
        says: None,
        done: Box::new(move |editor, texts| {
            let (name, note) = read(editor, at, texts);
            let (name, note) = (name?, note?);
            let (words, said) = said::of_group((&old.0, &name), (&old.1, &note));
            editor.edit(Edit::DescribeGroup(at, name, note), words, said);
            Ok(())
        }),
    };
    form::open(editor, form, 0);
}

fn read(editor: &Editor, at: GroupAt, texts: &[String]) -> (Result<Name, String>, Result<Text, String>) {
    let text = |at: usize| texts.get(at).map_or("", |text| text.trim());
    let name = Name::new(text(0)).map_err(|error| error.to_string()).and_then(|name| {
        let category = editor.document.allowlist().categories().get(at.category);
        match category.and_then(|category| category.group_named(&name)) {
            Some(other) if other != at.group => {
                Err(format!("there is a group {name} in this category already"))
            }
            _ => Ok(name),
        }
    });
    (name, Text::new(text(1)).map_err(|error| error.to_string()))
}
