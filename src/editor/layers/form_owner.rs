//! The small form for who answers for a range: its owner and its ticket.

use super::day;
use super::form::{self, About, Field, Form, Remark};
use crate::allowlist::{Edit, Range, RangeAt};
use crate::editor::said;
use crate::editor::state::Editor;
use crate::text::Text;

/// Opens the form for the range at a place.
pub fn open(editor: &mut Editor, at: RangeAt) {
    let Some(range) = editor.document.allowlist().range(at).cloned() else { return };
    let fields = vec![
        Field::text("owner", "who answers for it", range.owner.to_string()),
        Field::text("ticket", "the ticket that asked for it", range.ticket.to_string()),
    ];
    let form = Form {
        title: format!("Who answers for {}", range.cidr),
        fields,
        about: About::Ranges(vec![at]),
        draft: "owner",
        enter: form::CHANGES,
        takes_unchanged: false,
        check: Box::new(|editor, texts| {
            let of = |text: &String| match Text::new(text.trim()) {
                Ok(_) => day::stray(editor.document.today, text).map(Remark::Warning),
                Err(error) => Some(Remark::Error(error.to_string())),
            };
            texts.iter().map(of).collect()
        }),
        says: None,
        done: Box::new(move |editor, texts| {
            let text = |at: usize| Text::new(texts.get(at).map_or("", |text| text.trim()));
            let read = |at| text(at).map_err(|error| error.to_string());
            let new = Range { owner: read(0)?, ticket: read(1)?, ..range.clone() };
            if editor.document.allowlist().range(at) != Some(&range) {
                return Err("the range is not there any more".to_owned());
            }
            let (words, said) = said::of_range(&range, &new);
            editor.edit(Edit::ReplaceRanges(vec![(at, new)]), words, said);
            Ok(())
        }),
    };
    form::open(editor, form, 0);
}
