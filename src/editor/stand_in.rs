//! Characters that a terminal does not have, replaced in the finished frame, so that nothing else needs to
//! know of them.

use super::abilities::Characters;
use ratatui::buffer::{Buffer, Cell};

/// Puts what can be shown in the place of what cannot.
pub fn apply(buffer: &mut Buffer, characters: Characters) {
    if characters == Characters::All {
        return;
    }
    let columns = usize::from(buffer.area.width).max(1);
    for row in buffer.content.chunks_mut(columns) {
        for at in 0..row.len() {
            let symbol = row[at].symbol();
            if symbol.is_ascii() {
                continue;
            }
            if symbol == "…" {
                let is_word = at > 0 && row[at - 1].symbol() == " ";
                ellipsis(&mut row[at..], is_word);
            } else if let Some(other) = stand_in(symbol, characters) {
                row[at].set_symbol(other);
            }
        }
    }
}

/// Three dots where it stands for itself and there is room for them; else the one sign that something is left out.
fn ellipsis(row: &mut [Cell], is_word: bool) {
    let is_free = |at: usize| row.get(at).is_some_and(|cell| cell.symbol() == " ");
    // What stands behind two blanks is another thing; a pane's border is its end, as it is where it is drawn alone.
    let ends = |cell: &Cell| matches!(cell.symbol(), " " | "│");
    let long = is_word && is_free(1) && is_free(2) && row.get(3).is_none_or(ends);
    let dots = if long { &["."; 3][..] } else { &["~"] };
    for (cell, dot) in row.iter_mut().zip(dots) {
        cell.set_symbol(dot);
    }
}

/// What stands for a symbol; `None`: it can be shown. The console shows what CP437 and Latin-1 share with our
/// own; of the user's text it shows what its font has.
fn stand_in(symbol: &str, characters: Characters) -> Option<&'static str> {
    if characters == Characters::Console {
        return (symbol == "×").then_some("x");
    }
    Some(match symbol {
        "─" => "-",
        "│" => "|",
        "┌" | "┐" | "└" | "┘" | "├" | "┤" | "┬" | "┴" | "┼" => "+",
        "·" => ".",
        "×" => "x",
        _ => "?",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    fn shown(text: &str, columns: u16, characters: Characters) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns, 1));
        buffer.set_string(0, 0, text, Style::new());
        apply(&mut buffer, characters);
        buffer.content.iter().map(Cell::symbol).collect()
    }

    #[test]
    fn frames_and_signs_become_ascii() {
        assert_eq!(shown("┌─┬┐│├·2×", 9, Characters::Ascii), "+-++|+.2x");
        assert_eq!(shown("┌─┬┐│├·2×", 9, Characters::Console), "┌─┬┐│├·2x");
        assert_eq!(shown("┌─┬┐│├·2×", 9, Characters::All), "┌─┬┐│├·2×");
    }

    #[test]
    fn what_is_left_out_is_marked() {
        for characters in [Characters::Ascii, Characters::Console] {
            assert_eq!(shown("checking …", 13, characters), "checking ... ");
            assert_eq!(shown("checking …", 12, characters), "checking ...");
            assert_eq!(shown("checking …", 11, characters), "checking ~ ");
            assert_eq!(shown("ab… on", 6, characters), "ab~ on");
            assert_eq!(shown("ab…   7", 7, characters), "ab~   7");
            assert_eq!(shown("…t/a", 4, characters), "~t/a");
            assert_eq!(shown("ab…|", 4, characters), "ab~|", "one mark, whatever stands beside it");
        }
    }

    #[test]
    fn the_user_s_text_stays_where_it_can_be_shown() {
        assert_eq!(shown("é東b", 4, Characters::Ascii), "?? b");
        assert_eq!(shown("é東b", 4, Characters::Console), "é東 b");
    }
}
