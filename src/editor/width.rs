//! Text in columns of a terminal: clipping, padding and wrapping by display width, with whatever may not
//! reach a terminal escaped on the way.

use ratatui::buffer::CellWidth;
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;

/// `text` on one line as it may be shown: forbidden characters escaped.
pub fn shown(text: &str) -> Cow<'_, str> {
    if text.chars().any(crate::text::is_forbidden) {
        Cow::Owned(crate::text::quoted(text, usize::MAX))
    } else {
        Cow::Borrowed(text)
    }
}

/// Columns that `text` takes when it is [`shown`].
pub fn columns(text: &str) -> usize {
    if text.is_ascii() && !text.bytes().any(|b| b < 0x20 || b == 0x7f) {
        return text.len();
    }
    cells(&shown(text))
}

/// Columns of a text that may be shown. As they are drawn: grapheme by grapheme, which for some texts is not
/// the width of the whole (`ｶﾞ` takes two columns, Arabic ligatures are not joined over cells).
fn cells(text: &str) -> usize {
    if text.chars().all(is_simple) {
        return text.chars().count();
    }
    text.graphemes(true).map(|grapheme| usize::from(grapheme.cell_width())).sum()
}

/// Whether a character takes one column and never joins another (Unicode Standard Annexes 11 and 29): ASCII,
/// Latin, and the few of our own.
pub fn is_simple(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '…' | '─'..='╿')
}

/// `text` in at most `width` columns; what is cut is marked with `…`.
pub fn clip(text: &str, width: usize) -> String {
    clipped(text, width).into_owned()
}

/// The same; a text that fits stays where it is.
pub fn clipped(text: &str, width: usize) -> Cow<'_, str> {
    if text.len() <= width && text.bytes().all(|b| (0x20..0x7f).contains(&b)) {
        return Cow::Borrowed(text);
    }
    let text = shown(text);
    if cells(&text) <= width {
        return text;
    }
    if width == 0 {
        return Cow::Borrowed("");
    }
    let mut out = window(&text, 0, width - 1);
    out.push('…');
    Cow::Owned(out)
}

/// `text` in exactly `width` columns: clipped, or padded with spaces on the right.
pub fn pad(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(width);
    push_padded(&mut out, text, width);
    out
}

/// The same, behind what stands in `out`.
pub fn push_padded(out: &mut String, text: &str, width: usize) {
    let used = if text.len() <= width && text.bytes().all(|b| (0x20..0x7f).contains(&b)) {
        out.push_str(text);
        text.len()
    } else {
        let clipped = clipped(text, width);
        out.push_str(&clipped);
        cells(&clipped)
    };
    out.extend(std::iter::repeat_n(' ', width.saturating_sub(used)));
}

/// The `width` columns of `text` from column `from` on. A wide character that is cut leaves a space.
pub fn window(text: &str, from: usize, width: usize) -> String {
    let text = shown(text);
    let (mut out, mut at) = (String::new(), 0);
    for grapheme in text.graphemes(true) {
        let next = at + usize::from(grapheme.cell_width());
        if next > from + width {
            break;
        }
        if at >= from {
            out.push_str(grapheme);
        } else if next > from {
            out.extend(std::iter::repeat_n(' ', next - from));
        }
        at = next;
    }
    out
}

/// The same, with a `…` in the place of the first or last column where text is left of it or goes on behind
/// it. Where there is room for a few columns only, they are all for the text.
pub fn cut(text: &str, from: usize, width: usize) -> String {
    if width < LEAST_CUT {
        return window(text, from, width);
    }
    let (left, right) = (usize::from(from > 0), usize::from(columns(text) > from + width));
    let mut out = if left > 0 { "…".to_owned() } else { String::new() };
    push_padded(&mut out, &window(text, from + left, width - left - right), width - left - right);
    if right > 0 {
        out.push('…');
    } else {
        out.truncate(out.trim_end_matches(' ').len());
    }
    out
}

/// In so many columns a wide character with the cursor on it has room between two marks.
pub const LEAST_CUT: usize = 6;

/// `text` broken into lines of at most `width` columns, between words where that is possible; the lines
/// behind the first are indented by `indent` columns.
pub fn wrap(text: &str, width: usize, indent: usize) -> Vec<String> {
    let width = width.max(indent + 8);
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in shown(text).split(' ') {
        let mut word = word;
        let mut need = cells(word);
        if need == 0 && used >= width {
            continue;
        }
        if used > indent && used + need > width {
            // A line of nothing but spaces need not stay.
            if lines.last().is_some_and(|line| line.trim().is_empty()) {
                lines.pop();
            }
            lines.push(" ".repeat(indent));
            used = indent;
        }
        // From here on there is room for eight columns at least, so something always fits.
        while used + need > width {
            let head = window(word, 0, width - used);
            word = &word[head.len()..];
            need = cells(word);
            push(&mut lines, &head);
            lines.push(" ".repeat(indent));
            used = indent;
        }
        push(&mut lines, word);
        push(&mut lines, " ");
        used += need + 1;
    }
    for line in &mut lines {
        line.truncate(line.trim_end().len());
    }
    lines
}

fn push(lines: &mut [String], text: &str) {
    if let Some(line) = lines.last_mut() {
        line.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(clip("東京支社", 5), "東京…");
        assert_eq!(pad("東", 4), "東  ");
        assert_eq!(window("東京", 1, 2), " ");
        assert_eq!(columns("東京"), 4);
        assert_eq!(cut("東京支社東京", 2, 8), "… 支社 …");
        assert_eq!(columns("ｶﾞ"), 2, "as it is drawn");
    }

    #[test]
    fn what_is_cut_is_marked_at_its_edge() {
        assert_eq!(cut("10.9.128.0/26", 0, 13), "10.9.128.0/26");
        assert_eq!(cut("10.9.128.0/26", 0, 8), "10.9.12…");
        assert_eq!(cut("10.9.128.0/26", 2, 8), "…9.128.…");
        assert_eq!(cut("10.9.128.0/26", 5, 9), "…28.0/26");
    }

    #[test]
    fn nothing_that_steers_a_terminal_is_shown() {
        assert_eq!(clip("a\u{1b}[2J", 80), "a\\u{1b}[2J");
        assert_eq!(columns("a\u{1b}"), 7);
    }

    #[test]
    fn words_stay_whole_where_they_can() {
        assert_eq!(wrap("one two three", 8, 0), ["one two", "three"]);
        assert_eq!(wrap("abcdefghijkl", 8, 0), ["abcdefgh", "ijkl"]);
        assert_eq!(wrap(&format!("{}ab", " ".repeat(20)), 8, 0), ["ab"]);
        assert_eq!(wrap("abcdefgh ", 8, 0), ["abcdefgh"]);
    }

    proptest! {
        #[test]
        fn what_is_clipped_padded_or_wrapped_fits(text in "(\\PC| |東|ｶﾞ){0,40}", width in 0usize..30, indent in 0usize..4) {
            prop_assert!(columns(&clip(&text, width)) <= width);
            prop_assert_eq!(columns(&pad(&text, width)), width);
            for line in wrap(&text, width, indent) {
                prop_assert!(columns(&line) <= width.max(indent + 8), "{line:?}");
            }
        }
    }
}
