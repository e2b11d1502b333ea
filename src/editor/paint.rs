//! Text onto the screen's cells. ASCII, which is nearly all there is, goes without a search for graphemes.

use super::width;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

/// Writes `text` at a place, at most `room` columns of it, and returns the column behind it.
pub fn put(buffer: &mut Buffer, (x, y): (u16, u16), text: &str, room: u16, style: Style) -> u16 {
    if !buffer.area.contains((x, y).into()) {
        return x;
    }
    let room = room.min(buffer.area.right() - x);
    let plain = text.bytes().all(|b| (0x20..0x7f).contains(&b));
    if !plain {
        let text = width::shown(text);
        return buffer.set_stringn(x, y, text, usize::from(room), style).0;
    }
    let start = buffer.index_of(x, y);
    let shown = text.len().min(usize::from(room));
    for (cell, byte) in buffer.content[start..start + shown].iter_mut().zip(text.bytes()) {
        cell.set_char(char::from(byte)).set_style(style);
    }
    // At most `room`, which is a column count.
    x + shown as u16
}

/// Writes a line with its style on the first row of `area`. Unlike the widgets of ratatui it counts every
/// grapheme as it is drawn, and leaves out what has no width.
pub fn spans(buffer: &mut Buffer, area: Rect, line: &Line) {
    buffer.set_style(Rect { height: area.height.min(1), ..area }, line.style);
    if !area.is_empty() {
        buffer.set_line(area.x, area.y, line, area.width);
    }
}

/// Writes a title on the upper border of `outer`, between the corners; what is cut is marked.
pub fn title(buffer: &mut Buffer, outer: Rect, line: &Line) {
    let room = usize::from(outer.width.saturating_sub(2));
    let columns: usize = line.spans.iter().map(|span| width::columns(&span.content)).sum();
    let inside = Rect { x: outer.x + 1, width: outer.width.saturating_sub(2), ..outer };
    buffer.set_line(inside.x, inside.y, line, inside.width);
    if columns > room && room > 0 {
        put(buffer, (inside.right() - 1, inside.y), "…", 1, line.style);
    }
}

/// Writes parts one behind the other on the first row of `area`.
pub fn line<'a>(buffer: &mut Buffer, area: Rect, parts: impl IntoIterator<Item = (&'a str, Style)>) {
    let mut x = area.x;
    for (text, style) in parts {
        x = put(buffer, (x, area.y), text, area.right().saturating_sub(x), style);
    }
}
