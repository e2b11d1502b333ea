//! A text field: one line or several, a cursor that stands between graphemes, and the keys that people
//! know from a shell. What it holds is not checked here: the dialog around it does that.

use super::width;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use unicode_segmentation::UnicodeSegmentation;

/// A text that is being typed.
#[derive(Debug, Clone)]
pub struct TextField {
    lines: Vec<String>,
    row: usize,
    /// Byte offset in the line, between two graphemes.
    at: usize,
    multiline: bool,
    revision: u64,
}

impl TextField {
    /// A field of one line with the cursor at its end.
    pub fn single(text: &str) -> Self {
        let mut field = Self { lines: vec![String::new()], row: 0, at: 0, multiline: false, revision: 0 };
        field.insert(text);
        field
    }

    /// A field of many lines with the cursor at its end.
    pub fn multi(text: &str) -> Self {
        let mut field = Self { lines: vec![String::new()], row: 0, at: 0, multiline: true, revision: 0 };
        field.insert(text);
        field
    }

    /// All of it, lines joined by line feeds.
    pub fn text(&self) -> String {
        self.lines.join("\n")
    }

    /// The first line, which is all of it where there can be only one.
    pub fn line(&self) -> &str {
        self.lines.first().map_or("", String::as_str)
    }

    /// Its lines; there is always one.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// Whether nothing has been typed.
    pub fn is_empty(&self) -> bool {
        self.lines.len() == 1 && self.lines[0].is_empty()
    }

    /// The line that the cursor is in, from 0.
    pub fn row(&self) -> usize {
        self.row
    }

    /// The column that the cursor is in, from 0, in columns of the terminal.
    pub fn column(&self) -> usize {
        width::columns(self.before_cursor())
    }

    /// What of its line is left of the cursor.
    pub fn before_cursor(&self) -> &str {
        &self.lines[self.row][..self.at]
    }

    /// A number that is another after each change of the text.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Puts a text in the place of all; the cursor stands behind it.
    pub fn set(&mut self, text: &str) {
        self.lines = vec![String::new()];
        (self.row, self.at) = (0, 0);
        self.insert(text);
    }

    /// Inserts a text at the cursor. In a field of one line, a line break becomes a space.
    pub fn insert(&mut self, text: &str) {
        self.revision += 1;
        let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}'], "\n").replace('\t', " ");
        if !self.multiline {
            let text = text.trim_end_matches('\n').replace('\n', " ");
            self.lines[self.row].insert_str(self.at, &text);
            self.at += text.len();
            return;
        }
        let tail = self.lines[self.row].split_off(self.at);
        let mut parts = text.split('\n');
        self.lines[self.row].push_str(parts.next().unwrap_or_default());
        let mut new: Vec<String> = parts.map(str::to_owned).collect();
        let last_row = self.row + new.len();
        let behind = self.lines.split_off(self.row + 1);
        self.lines.append(&mut new);
        self.row = last_row;
        self.at = self.lines[last_row].len();
        self.lines[last_row].push_str(&tail);
        self.lines.extend(behind);
    }

    /// Replaces bytes `from..to` of a line and puts the cursor behind what is new.
    pub fn replace(&mut self, row: usize, from: usize, to: usize, text: &str) {
        self.revision += 1;
        self.lines[row].replace_range(from..to, text);
        (self.row, self.at) = (row, from + text.len());
    }

    /// Handles a key; false where it means nothing in a text.
    pub fn key(&mut self, key: &KeyEvent) -> bool {
        let control =
            key.modifiers.contains(KeyModifiers::CONTROL) && !key.modifiers.contains(KeyModifiers::ALT);
        match key.code {
            KeyCode::Char(c) if control => return self.control(c),
            KeyCode::Char(c) if !key.modifiers.contains(KeyModifiers::ALT) || !c.is_ascii_alphabetic() => {
                self.revision += 1;
                self.lines[self.row].insert(self.at, c);
                self.at += c.len_utf8();
            }
            KeyCode::Enter if self.multiline => self.insert("\n"),
            KeyCode::Backspace => self.erase_before(),
            KeyCode::Delete => self.erase_behind(),
            KeyCode::Left if control => self.at = self.word_before(),
            KeyCode::Left => self.left(),
            KeyCode::Right if control => self.at = self.word_behind(),
            KeyCode::Right => self.right(),
            KeyCode::Home => self.at = 0,
            KeyCode::End => self.at = self.lines[self.row].len(),
            KeyCode::Up if self.multiline => self.vertical(-1),
            KeyCode::Down if self.multiline => self.vertical(1),
            KeyCode::PageUp if self.multiline => self.vertical(-10),
            KeyCode::PageDown if self.multiline => self.vertical(10),
            _ => return false,
        }
        true
    }

    fn control(&mut self, c: char) -> bool {
        match c {
            'a' => self.at = 0,
            'e' => self.at = self.lines[self.row].len(),
            'b' => self.left(),
            'f' => self.right(),
            'h' => self.erase_before(),
            'd' => self.erase_behind(),
            'u' => self.erase(0, self.at),
            'k' => self.erase(self.at, self.lines[self.row].len()),
            'w' => self.erase(self.word_before(), self.at),
            _ => return false,
        }
        true
    }

    fn erase(&mut self, from: usize, to: usize) {
        self.replace(self.row, from, to, "");
    }

    fn before(&self) -> Option<usize> {
        let head = &self.lines[self.row][..self.at];
        head.grapheme_indices(true).next_back().map(|(start, _)| start)
    }

    fn behind(&self) -> Option<usize> {
        let tail = &self.lines[self.row][self.at..];
        tail.graphemes(true).next().map(|grapheme| self.at + grapheme.len())
    }

    fn left(&mut self) {
        if let Some(start) = self.before() {
            self.at = start;
        } else if self.row > 0 {
            self.row -= 1;
            self.at = self.lines[self.row].len();
        }
    }

    fn right(&mut self) {
        if let Some(end) = self.behind() {
            self.at = end;
        } else if self.row + 1 < self.lines.len() {
            (self.row, self.at) = (self.row + 1, 0);
        }
    }

    fn erase_before(&mut self) {
        if let Some(start) = self.before() {
            self.erase(start, self.at);
        } else if self.row > 0 {
            self.revision += 1;
            let line = self.lines.remove(self.row);
            self.row -= 1;
            self.at = self.lines[self.row].len();
            self.lines[self.row].push_str(&line);
        }
    }

    fn erase_behind(&mut self) {
        if let Some(end) = self.behind() {
            self.erase(self.at, end);
        } else if self.row + 1 < self.lines.len() {
            self.revision += 1;
            let line = self.lines.remove(self.row + 1);
            self.lines[self.row].push_str(&line);
        }
    }

    fn word_before(&self) -> usize {
        let head = self.lines[self.row][..self.at].trim_end();
        head.rfind(char::is_whitespace)
            .map_or(0, |at| at + head[at..].chars().next().map_or(0, char::len_utf8))
    }

    fn word_behind(&self) -> usize {
        let line = &self.lines[self.row];
        let start = line.len() - line[self.at..].trim_start().len();
        line[start..].find(char::is_whitespace).map_or(line.len(), |at| start + at)
    }

    fn vertical(&mut self, by: isize) {
        let column = self.column();
        self.row = self.row.saturating_add_signed(by).min(self.lines.len() - 1);
        self.at = self.lines[self.row].len();
        let mut used = 0;
        for (start, grapheme) in self.lines[self.row].grapheme_indices(true) {
            if used >= column {
                self.at = start;
                break;
            }
            used += width::columns(grapheme);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn press(field: &mut TextField, code: KeyCode) {
        field.key(&KeyEvent::new(code, KeyModifiers::NONE));
    }

    #[test]
    fn the_cursor_steps_over_whole_graphemes() {
        let mut field = TextField::single("a👨\u{200d}👩b");
        press(&mut field, KeyCode::Left);
        press(&mut field, KeyCode::Backspace);
        assert_eq!(field.line(), "ab");
        press(&mut field, KeyCode::Char('東'));
        assert_eq!((field.line(), field.column()), ("a東b", 3));
    }

    #[test]
    fn a_pasted_list_keeps_its_lines_only_where_there_may_be_some() {
        let mut one = TextField::single("");
        one.insert("a\r\nb\n");
        assert_eq!(one.line(), "a b");
        let mut many = TextField::multi("xy");
        press(&mut many, KeyCode::Left);
        many.insert("1\r\n2");
        assert_eq!(many.lines(), ["x1", "2y"]);
        press(&mut many, KeyCode::Home);
        press(&mut many, KeyCode::Backspace);
        assert_eq!(many.text(), "x12y");
    }

    proptest! {
        #[test]
        fn no_keys_break_it(text in "[a-c東é \n]{0,30}", keys in proptest::collection::vec(0usize..16, 0..60)) {
            let codes = [KeyCode::Left, KeyCode::Right, KeyCode::Up, KeyCode::Down, KeyCode::Home, KeyCode::End,
                KeyCode::Backspace, KeyCode::Delete, KeyCode::Enter, KeyCode::PageUp, KeyCode::PageDown, KeyCode::Char('\u{301}')];
            let mut field = TextField::multi(&text);
            for key in keys {
                match codes.get(key) {
                    Some(code) => press(&mut field, *code),
                    None => {
                        let c = ['w', 'u', 'k', 'd'][key - codes.len()];
                        field.key(&KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL));
                    }
                }
                prop_assert!(field.lines[field.row].is_char_boundary(field.at));
            }
        }
    }
}
