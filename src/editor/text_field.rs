//! A text field: one line or several, a cursor that stands between graphemes, and the keys that people
//! know from a shell. What it holds is not checked here: the dialog around it does that.

use super::width;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::cell::Cell;
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// A text that is being typed.
#[derive(Debug, Clone)]
pub struct TextField {
    lines: Vec<String>,
    row: usize,
    /// Byte offset in the line, between two graphemes.
    at: usize,
    multiline: bool,
    revision: u64,
    /// The first column that was drawn last.
    from: Cell<usize>,
}

impl TextField {
    /// A field of one line with the cursor at its end.
    pub fn single(text: &str) -> Self {
        Self::of(text, false)
    }

    /// A field of many lines with the cursor at its end.
    pub fn multi(text: &str) -> Self {
        Self::of(text, true)
    }

    fn of(text: &str, multiline: bool) -> Self {
        let lines = vec![String::new()];
        let mut field = Self { lines, row: 0, at: 0, multiline, revision: 0, from: Cell::default() };
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

    /// The first column to draw where there is room for so many, so that the cursor and what it stands on are
    /// in sight, and not below the marks of [`width::cut`]. It stays what it was as long as that will do.
    pub fn first_column(&self, room: usize) -> usize {
        let (column, line) = (self.column(), &self.lines[self.row]);
        let under = self.behind().map_or("", |end| &line[self.at..end]);
        let (used, all) = (width::columns(under).max(1), width::columns(line));
        let mark = usize::from(room >= width::LEAST_CUT);
        let goes_on = if column + used < all { mark } else { 0 };
        let least = (column + used + goes_on).saturating_sub(room);
        // Behind the text there is one column for the cursor, and no more is left unused.
        let most = (all + 1).saturating_sub(room);
        let before = column.saturating_sub(mark);
        let from = self.from.get().min(most).max(least).min(before);
        self.from.set(from);
        from
    }

    /// The same where it does not have the focus, and its start is shown.
    pub fn to_start(&self) -> usize {
        self.from.set(0);
        0
    }

    /// Puts the cursor where it was clicked: at a column of those of a line that were drawn last. Lines without
    /// the cursor are drawn from their start.
    pub fn point_at(&mut self, row: usize, column: usize) {
        let row = row.min(self.lines.len() - 1);
        if row != self.row {
            (self.row, _) = (row, self.to_start());
        }
        let (wanted, mut behind) = (self.from.get() + column, 0);
        let under = self.lines[row].grapheme_indices(true).find(|(_, grapheme)| {
            behind += width::columns(grapheme);
            behind > wanted
        });
        self.at = under.map_or(self.lines[row].len(), |(at, _)| at);
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
            return self.settle();
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
        self.settle();
    }

    /// What was typed or taken out may have joined what stands beside it: the cursor goes behind that.
    fn settle(&mut self) {
        self.at = self.boundary(self.at);
    }

    /// The end of the grapheme that a place is in, or the place itself between two.
    fn boundary(&self, at: usize) -> usize {
        let line = &self.lines[self.row];
        let mut cursor = GraphemeCursor::new(at, line.len(), true);
        match cursor.is_boundary(line, 0) {
            Ok(false) => cursor.next_boundary(line, 0).ok().flatten().unwrap_or(line.len()),
            // The whole line is there, so it is never asked for more.
            Ok(true) | Err(_) => at,
        }
    }

    /// Replaces bytes `from..to` of a line and puts the cursor behind what is new.
    pub fn replace(&mut self, row: usize, from: usize, to: usize, text: &str) {
        self.revision += 1;
        self.lines[row].replace_range(from..to, text);
        (self.row, self.at) = (row, from + text.len());
        self.settle();
    }

    /// Puts the cursor into a line, at that byte or the end of its grapheme; behind the line where there are fewer.
    pub fn place(&mut self, row: usize, at: usize) {
        self.row = row.min(self.lines.len() - 1);
        self.at = at.min(self.lines[self.row].len());
        self.settle();
    }

    /// Handles a key; false where it means nothing in a text.
    pub fn key(&mut self, key: &KeyEvent) -> bool {
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        let control = key.modifiers.contains(KeyModifiers::CONTROL) && !alt;
        let words = control || alt;
        match key.code {
            KeyCode::Char(c) if control => return self.control(c),
            KeyCode::Char(c) if alt && c.is_ascii_alphabetic() => return self.alt(c),
            KeyCode::Char(c) => self.replace(self.row, self.at, self.at, c.encode_utf8(&mut [0; 4])),
            KeyCode::Enter if self.multiline => self.insert("\n"),
            KeyCode::Backspace if words => self.erase(self.word_before(), self.at),
            KeyCode::Backspace => self.erase_before(),
            KeyCode::Delete if words => self.erase(self.at, self.word_behind()),
            KeyCode::Delete => self.erase_behind(),
            KeyCode::Left if words => self.at = self.word_before(),
            KeyCode::Left => self.left(),
            KeyCode::Right if words => self.at = self.word_behind(),
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

    fn alt(&mut self, c: char) -> bool {
        match c {
            'b' => self.at = self.word_before(),
            'f' => self.at = self.word_behind(),
            'd' => self.erase(self.at, self.word_behind()),
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
            self.settle();
        }
    }

    fn erase_behind(&mut self) {
        if let Some(end) = self.behind() {
            self.erase(self.at, end);
        } else if self.row + 1 < self.lines.len() {
            self.revision += 1;
            let line = self.lines.remove(self.row + 1);
            self.lines[self.row].push_str(&line);
            self.settle();
        }
    }

    fn word_before(&self) -> usize {
        let head = self.lines[self.row][..self.at].trim_end();
        let start = head
            .rfind(char::is_whitespace)
            .map_or(0, |at| at + head[at..].chars().next().map_or(0, char::len_utf8));
        self.boundary(start)
    }

    fn word_behind(&self) -> usize {
        let line = &self.lines[self.row];
        let start = line.len() - line[self.at..].trim_start().len();
        let end = line[start..].find(char::is_whitespace).map_or(line.len(), |at| start + at);
        self.boundary(end)
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
mod tests;
