//! What is known of the selected range, below the table: where it is first, then what somebody who reviews it
//! asks for, and the worst that is found of it.
//!
//! ```text
//! Office, Corporate networks · primary uplink
//! owner netops · review by 2027-05-22 · ticket NET-12
//! ! 10.0.0.0/8 is private (RFC 1918): AWS never sees it
//! ```

use crate::allowlist::{Date, RangeAt};
use crate::cidr::size_words;
use crate::editor::document::Document;
use crate::editor::paint;
use crate::editor::theme::{Theme, mark};
use crate::editor::width;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::fmt::{Display, Write as _};

/// How many lines a finding takes at most.
const FINDING: usize = 3;

/// The lines of what is known and of what is found, in so many columns and rows.
pub fn lines(document: &Document, at: RangeAt, theme: Theme, area: Rect) -> Vec<(String, Style)> {
    let (columns, rows) = (usize::from(area.width), usize::from(area.height));
    if rows == 0 {
        return Vec::new();
    }
    let known = flow(known(document, at).iter(), columns);
    let mut lines: Vec<(String, Style)> = Vec::new();
    if let Some(finding) = document.range_finding(at) {
        let text = format!("{} {}", mark(finding.severity()), finding.problem.message);
        // Two lines are for what is known.
        let room = rows.saturating_sub(known.len().min(2)).clamp(1, FINDING);
        let style = theme.sentence(finding.severity());
        let found = with_fix(fold(&text, columns, room), &fix(document, at), columns, room);
        lines.extend(found.into_iter().map(|line| (line, style)));
    }
    let known = known.into_iter().take(rows.saturating_sub(lines.len())).map(|line| (line, Style::new()));
    known.chain(lines).take(rows).collect()
}

/// Draws the lines that lie in the buffer.
pub fn draw(lines: &[(String, Style)], area: Rect, buffer: &mut Buffer) {
    for ((line, style), y) in lines.iter().zip(area.y..area.bottom()) {
        paint::put(buffer, (area.x, y), line, area.width, *style);
    }
}

/// `  f removes it`, where a finding of the range has a fix.
fn fix(document: &Document, at: RangeAt) -> String {
    let Some(fix) = document.range_mend(at).and_then(|finding| finding.fix.as_ref()) else {
        return String::new();
    };
    let allowlist = document.allowlist();
    let cidr = allowlist.range(at).map(|range| range.cidr.to_string()).unwrap_or_default();
    format!("  f {}", fix.words(allowlist).does().replacen(&cidr, "it", 1))
}

/// Puts the fix behind the lines, on one of its own where there is none beside them, or over their end.
fn with_fix(mut lines: Vec<String>, fix: &str, columns: usize, most: usize) -> Vec<String> {
    let left = columns.saturating_sub(width::columns(fix));
    let count = lines.len();
    match lines.last_mut() {
        _ if fix.is_empty() => {}
        Some(last) if width::columns(last) <= left || count >= most => {
            *last = width::clip(&format!("{}{fix}", width::clip(last, left)), columns);
        }
        _ => lines.push(width::clip(fix, columns)),
    }
    lines
}

/// A text on at most `most` lines, the last of which is cut where there is more.
fn fold(text: &str, columns: usize, most: usize) -> Vec<String> {
    let mut lines = width::wrap(text, columns, 2);
    if lines.len() > most {
        let rest: Vec<_> = lines.drain(most - 1..).collect();
        let rest = rest.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
        let indent = if most > 1 { "  " } else { "" };
        lines.push(width::clip(&format!("{indent}{rest}"), columns));
    }
    lines
}

/// Parts one behind the other, none broken over two lines.
fn flow<'a>(parts: impl Iterator<Item = &'a str>, columns: usize) -> Vec<String> {
    let (mut lines, mut used): (Vec<String>, usize) = (Vec::new(), 0);
    for part in parts {
        let part = width::clipped(part, columns);
        let wide = width::columns(&part);
        match lines.last_mut() {
            Some(line) if used + 3 + wide <= columns => {
                line.push_str(" · ");
                line.push_str(&part);
                used += 3 + wide;
            }
            _ => {
                let mut line = String::with_capacity(columns + columns / 2);
                line.push_str(&part);
                lines.push(line);
                used = wide;
            }
        }
    }
    lines
}

/// Texts in one, as a frame has many of them.
struct Parts {
    text: String,
    ends: Vec<usize>,
}

impl Parts {
    /// One more, unless it is nothing.
    fn add(&mut self, what: &str, part: impl Display) {
        let start = self.text.len();
        self.text.push_str(what);
        let from = self.text.len();
        // Into a text, which takes all.
        let _ = write!(self.text, "{part}");
        if self.text.len() > from { self.ends.push(self.text.len()) } else { self.text.truncate(start) }
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        let starts = [0].into_iter().chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.text[start..*end])
    }
}

/// All that is known of a range, the most asked for first.
fn known(document: &Document, at: RangeAt) -> Parts {
    let allowlist = document.allowlist();
    let mut parts = Parts { text: String::with_capacity(256), ends: Vec::with_capacity(12) };
    let Some(range) = allowlist.range(at) else { return parts };
    let category = allowlist.categories().get(at.group.category).map_or("", |c| c.name.as_str());
    let group = allowlist.group(at.group).map_or("", |g| g.name.as_str());
    parts.add("", format_args!("{group}, {category}"));
    parts.add("", &range.label);
    parts.add("owner ", &range.owner);
    let mut dated = |what: &str, day: Option<Date>| _ = day.map(|day| parts.add(what, day));
    dated("review by ", range.review_by);
    dated("expires ", range.expires);
    parts.add("ticket ", &range.ticket);
    parts.add("", &range.cidr);
    if let Some(net) = range.net() {
        let count = size_words(net);
        let plural = if count == "1" { "" } else { "es" };
        parts.add("", format_args!("{count} address{plural}"));
    }
    let _ = range.added.map(|day| parts.add("added ", day));
    parts.add("note ", &range.note);
    parts.add("source ", &range.source);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stay_whole_and_lines_are_filled() {
        let parts = ["Office, Corporate networks", "uplink", "owner netops", "a very long note indeed"];
        let lines = flow(parts.into_iter(), 36);
        assert_eq!(lines, ["Office, Corporate networks · uplink", "owner netops", "a very long note indeed"]);
        assert_eq!(flow(["much too long"].into_iter(), 8), ["much to…"]);
    }

    #[test]
    fn a_fix_is_never_what_is_cut() {
        let with = |lines: &[&str], most| {
            with_fix(lines.iter().map(|line| (*line).to_owned()).collect(), "  f removes it", 24, most)
        };
        assert_eq!(with(&["! short"], 1), ["! short  f removes it"]);
        assert_eq!(with(&["! longer than that"], 2), ["! longer than that", "  f removes it"]);
        assert_eq!(with(&["! longer than that"], 1), ["! longer …  f removes it"]);
    }

    #[test]
    fn a_text_is_folded_into_so_many_lines_and_cut_only_then() {
        let text = "! it is private: nobody sees it";
        assert_eq!(fold(text, 16, 3), ["! it is private:", "  nobody sees it"]);
        assert_eq!(fold(text, 16, 1), ["! it is private…"]);
        assert_eq!(fold(&format!("{text} at all"), 16, 2), ["! it is private:", "  nobody sees i…"]);
    }
}
