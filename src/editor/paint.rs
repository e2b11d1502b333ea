//! Text onto the screen's cells. What is nearly all there is goes without a search for graphemes.

use super::width::{self, is_simple};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::symbols::merge::MergeStrategy;
use ratatui::text::Line;

/// Writes `text` at a place, at most `room` columns of it, and returns the column behind it.
pub fn put(buffer: &mut Buffer, (x, y): (u16, u16), text: &str, room: u16, style: Style) -> u16 {
    if !buffer.area.contains((x, y).into()) {
        return x;
    }
    let room = room.min(buffer.area.right() - x);
    if !text.chars().all(is_simple) {
        let text = width::shown(text);
        return buffer.set_stringn(x, y, text, usize::from(room), style).0;
    }
    let start = buffer.index_of(x, y);
    let (mut shown, plain) = (0, style == Style::new());
    for (cell, c) in buffer.content[start..start + usize::from(room)].iter_mut().zip(text.chars()) {
        cell.set_char(c);
        if !plain {
            cell.set_style(style);
        }
        shown += 1;
    }
    x + shown
}

/// Writes a title on the upper border of `outer`, between the corners; what is cut is marked.
pub fn title(buffer: &mut Buffer, outer: Rect, line: &Line) {
    let room = usize::from(outer.width.saturating_sub(2));
    let columns: usize = line.spans.iter().map(|span| width::columns(&span.content)).sum();
    let inside = Rect { x: outer.x + 1, width: outer.width.saturating_sub(2), ..outer };
    self::line(buffer, inside, styled(line));
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

/// Writes a line with its styles on the first row of `area`. Unlike the widgets of ratatui it counts every
/// grapheme as it is drawn, and leaves out what has no width.
pub fn spans(buffer: &mut Buffer, area: Rect, text: &Line) {
    if text.style != Style::new() {
        buffer.set_style(Rect { height: area.height.min(1), ..area }, text.style);
    }
    line(buffer, area, styled(text));
}

fn styled<'a>(line: &'a Line) -> impl Iterator<Item = (&'a str, Style)> {
    line.spans.iter().map(|span| (&*span.content, line.style.patch(span.style)))
}

/// Draws one character all along a row.
pub fn rule(buffer: &mut Buffer, row: Rect, symbol: &str, style: Style) {
    for x in row.left()..row.right() {
        if let Some(cell) = buffer.cell_mut((x, row.y)) {
            cell.set_symbol(symbol).set_style(style);
        }
    }
}

/// Draws the border of a box, joined to those that it meets. A `Block` would also go over all that is inside,
/// and look up each of its characters.
pub fn border(buffer: &mut Buffer, outer: Rect, style: Style) {
    if outer.width < 2 || outer.height < 2 {
        return;
    }
    let (right, bottom) = (outer.right() - 1, outer.bottom() - 1);
    let mut draw = |x: u16, y: u16, symbol: &str| {
        let Some(cell) = buffer.cell_mut((x, y)) else { return };
        match cell.symbol() {
            " " => _ = cell.set_symbol(symbol),
            same if same == symbol => {}
            _ => _ = cell.merge_symbol(symbol, MergeStrategy::Exact),
        }
        cell.set_style(style);
    };
    for x in outer.x + 1..right {
        draw(x, outer.y, "─");
        draw(x, bottom, "─");
    }
    for y in outer.y + 1..bottom {
        draw(outer.x, y, "│");
        draw(right, y, "│");
    }
    let corners =
        [(outer.x, outer.y, "┌"), (right, outer.y, "┐"), (outer.x, bottom, "└"), (right, bottom, "┘")];
    corners.into_iter().for_each(|(x, y, symbol)| draw(x, y, symbol));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_characters_are_as_wide_as_they_are_taken_for() {
        for c in ('\0'..='\u{ffff}').filter(|c| is_simple(*c)) {
            assert_eq!(width::columns(&c.to_string()), 1, "{c:?}");
        }
    }

    #[test]
    fn text_is_written_the_same_either_way() {
        for text in ["plain", "· é… ─│", "much longer than there is room for", "東 京", "e\u{301}x", ""]
        {
            let area = Rect::new(0, 0, 12, 2);
            let (mut ours, mut theirs) = (Buffer::empty(area), Buffer::empty(area));
            let style = Style::new().bold();
            let end = put(&mut ours, (2, 1), text, 20, style);
            assert_eq!(theirs.set_stringn(2, 1, text, 10, style).0, end, "{text}");
            assert_eq!(ours, theirs, "{text}");
        }
    }
}
