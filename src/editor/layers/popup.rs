//! The box that a dialog stands in.
//!
//! ```text
//! ┌ Title ───────────────────┐
//! │ > a text that is typed   │
//! └──────────────────────────┘
//! ```

use crate::editor::canvas::Frame;
use crate::editor::paint;
use crate::editor::spots::Spot;
use crate::editor::state::Editor;
use crate::editor::text_field::TextField;
use crate::editor::theme::Theme;
use crate::editor::width;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Widget};

/// Draws an empty box of at most this size in the middle of `area` and returns what is inside.
pub fn draw(frame: &mut Frame, area: Rect, theme: Theme, title: &str, size: (u16, u16)) -> Rect {
    // A gap too narrow to show anything is not left.
    let fit = |wanted: u16, all: u16, least: u16| if wanted + least >= all { all } else { wanted };
    let (columns, rows) = (fit(size.0, area.width, 6), fit(size.1, area.height, 2));
    let x = area.x + (area.width - columns) / 2;
    let y = area.y + (area.height - rows) / 2;
    let outer = Rect::new(x, y, columns, rows);
    let title = format!(" {} ", width::clip(title, usize::from(columns.saturating_sub(6))));
    #[cfg(test)]
    crate::editor::trace::boxed(&title, outer);
    let block = Block::bordered().border_style(theme.dialog_border());
    let inner = block.inner(outer);
    // What is left and right of the box keeps no half of a wide character.
    let around = Rect::new(x.saturating_sub(1).max(area.x), y, columns + 2, rows).intersection(area);
    for y in around.top()..around.bottom() {
        for x in [around.left(), around.right().saturating_sub(1)] {
            if let Some(cell) = frame.buffer_mut().cell_mut((x, y))
                && width::columns(cell.symbol()) > 1
            {
                cell.set_symbol(" ");
            }
        }
    }
    Clear.render(outer, frame.buffer_mut());
    frame.buffer_mut().set_style(outer, theme.dialog());
    block.render(outer, frame.buffer_mut());
    paint::title(frame.buffer_mut(), outer, &Line::styled(title, theme.dialog_title()));
    Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner }
}

/// Draws lines from the top of `area` on; what does not fit is left out. Returns the rows used.
pub fn lines(frame: &mut Frame, area: Rect, lines: impl IntoIterator<Item = Line<'static>>) -> u16 {
    let mut used = 0;
    for (line, y) in lines.into_iter().zip(area.y..area.bottom()) {
        paint::spans(frame.buffer_mut(), Rect { y, height: 1, ..area }, &line);
        used += 1;
    }
    used
}

/// Draws as many names as there is room for, and how many more there are.
pub fn names(frame: &mut Frame, area: Rect, theme: Theme, names: &[String]) {
    let (room, columns) = (usize::from(area.height), usize::from(area.width));
    let shown = if names.len() > room { room.saturating_sub(1) } else { names.len() };
    let more = names.len() - shown;
    let words = names.iter().take(shown).map(|name| Line::raw(width::clip(name, columns)));
    let rest = (more > 0).then(|| Line::styled(format!("and {more} more"), theme.dim()));
    lines(frame, area, words.chain(rest));
}

/// Draws the only text field of a dialog: the line in which the cursor is, and the cursor.
pub fn field(frame: &mut Frame, area: Rect, field: &TextField, editor: &Editor) {
    field_of(frame, area, field, editor, (0, true));
}

/// Draws one of several by its number, with the cursor where it has the focus.
pub fn field_of(
    frame: &mut Frame,
    area: Rect,
    field: &TextField,
    editor: &Editor,
    (number, focused): (usize, bool),
) {
    let theme = editor.theme;
    if area.width < 4 || area.height == 0 {
        return;
    }
    let pointer = if focused { "> " } else { "  " };
    Span::styled(pointer, theme.accent()).render(area, frame.buffer_mut());
    let text = Rect { x: area.x + 2, width: area.width - 2, ..area };
    let room = usize::from(text.width);
    let from = if focused { field.first_column(room) } else { field.to_start() };
    editor.pointer.spots.add(text, Spot::Text(number));
    let line = &field.lines()[field.row()];
    let shown = Line::styled(width::cut(line, from, room), theme.typed(focused));
    frame.buffer_mut().set_line(text.x, text.y, &shown, text.width);
    if focused {
        #[cfg(test)]
        crate::editor::trace::field(text, line, field.before_cursor());
        // Less than `room` is between them, so it is within the area.
        frame.set_cursor_position((text.x + (field.column() - from) as u16, text.y));
    }
}
