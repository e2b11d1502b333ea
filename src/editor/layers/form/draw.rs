//! How parts of a form look: what is offered or selected, and what is said of a field.

use super::Open;
use crate::editor::canvas::Frame;
use crate::editor::theme::Theme;
use crate::editor::width;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The style of a line by the sign that it begins with.
pub(super) fn tone(theme: Theme, line: &str) -> Style {
    match line.as_bytes().first() {
        Some(b'+') => theme.good(),
        Some(b'-' | b'x') => theme.error(),
        Some(b'!') => theme.warning(),
        _ => Style::new(),
    }
}

impl Open {
    /// Shows that the text of a field is selected.
    pub(super) fn draw_selected(&self, theme: Theme, frame: &mut Frame, row: Rect) {
        if self.selected {
            let columns = width::columns(self.inputs[self.focus].line());
            let columns = u16::try_from(columns).unwrap_or(u16::MAX).min(row.width.saturating_sub(2));
            let text = Rect { x: row.x + 2, width: columns, ..row };
            frame.buffer_mut().set_style(text.intersection(row), theme.selected(true));
        }
    }

    /// Draws the offer in brackets behind what is typed: where nothing is drawn dim, it must not pass for typed.
    pub(super) fn draw_offer(&self, theme: Theme, frame: &mut Frame, row: Rect) {
        let Some(offer) = self.offer() else { return };
        let typed = self.inputs[self.focus].line();
        let goes_on = format!("  ({offer})");
        let place = self.offers.place().map(|(at, count)| format!("  {at} of {count}"));
        let goes_on = goes_on + &place.unwrap_or_default();
        let used = width::columns(typed) + 2;
        let room = usize::from(row.width).saturating_sub(used);
        if let Some(x) = u16::try_from(used).ok().filter(|_| room > 0) {
            let goes_on = width::clip(&goes_on, room);
            frame.buffer_mut().set_stringn(row.x + x, row.y, goes_on, room, theme.dim());
        }
    }
}
