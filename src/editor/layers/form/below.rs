//! What stands below the fields of a form, and what marks them.

use super::{CHANGES, Open, Remark, Takes};
use crate::editor::state::Editor;
use crate::editor::width;
use ratatui::text::{Line, Span};

impl Open {
    /// What stands before the name of a field: a sign where it says something else than the list.
    pub(super) fn star(&self, field: usize) -> &'static str {
        match self.form.enter == CHANGES {
            true if self.is_changed(field) => "* ",
            true => "  ",
            false => "",
        }
    }

    /// What is said of the field with the focus, in three lines at most.
    pub(super) fn below(&self, editor: &Editor, inside: usize) -> Vec<Line<'static>> {
        let theme = editor.theme;
        let field = &self.form.fields[self.focus];
        let (text, style) = match self.remarks.get(self.focus) {
            Some(Some(Remark::Error(error))) => (format!("x {error}"), theme.error()),
            Some(Some(Remark::Warning(text))) => (format!("! {text}"), theme.warning()),
            Some(Some(Remark::Note(note))) => (note.clone(), theme.good()),
            _ => (field.help.to_owned(), theme.dim()),
        };
        let choices = match &field.takes {
            Takes::Choice(words) => format!("one of {}", words.join(", ")),
            Takes::Text | Takes::Nothing => String::new(),
        };
        let mut lines = vec![Line::default()];
        let style_of_origin = theme.accent();
        match (self.origin(self.focus), self.remarks.get(self.focus)) {
            (Some(origin), Some(Some(_))) => {
                lines.extend(
                    [(text, style), (origin, style_of_origin)]
                        .map(|(text, style)| Line::styled(width::clip(&text, inside), style)),
                );
            }
            (origin, _) => {
                let (text, style) = origin.map_or((text, style), |origin| (origin, style_of_origin));
                let wrapped = width::wrap(&text, inside, 2).into_iter().take(2);
                lines.extend(wrapped.map(|line| Line::styled(line, style)));
            }
        }
        if !choices.is_empty() && lines.len() < 3 {
            lines.push(Line::from(Span::styled(width::clip(&choices, inside), theme.dim())));
        }
        lines
    }
}
