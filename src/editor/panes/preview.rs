//! The preview: the policy, the findings, or the differences from what is on disk, and below them how
//! much of the quota is used.
//!
//! ```text
//! ┌>[Policy] Findings !2 i1 Differences ──┐  ┌> Policy [Findings !2 i1] Differences ─┐
//! │{                                      │  │>! 10.0.0.0/8: is private (RFC 1918):  │
//! │  "Version": "2012-10-17",             │  │   AWS never sees it as a source; ...  │
//! │  ...                                  │  │ i 11.0.0.0/24: has no owner: say who  │
//! │[####---------] 1,234 of 6,144 · 21%   │  │   answers for it                      │
//! └───────────────────────────────────────┘  └───────────────────────────────────────┘
//! ```

use super::Dress;
use super::preview_lines::{self, LineKind, PreviewLine};
use crate::cidr::grouped;
use crate::editor::document::Document;
use crate::editor::paint;
use crate::editor::theme::Theme;
use crate::editor::width;
use crate::editor::window::{Motion, Window};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// What the preview shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// The policy documents.
    Policy,
    /// The findings.
    Findings,
    /// What saving would change.
    Differences,
}

impl Tab {
    /// All of them, in the order of `p`.
    pub const ALL: [Self; 3] = [Self::Policy, Self::Findings, Self::Differences];

    /// Its name in the title.
    pub fn name(self) -> &'static str {
        match self {
            Self::Policy => "Policy",
            Self::Findings => "Findings",
            Self::Differences => "Differences",
        }
    }
}

/// Columns for what points at the selected finding.
const POINTER: usize = 1;

/// The state of the preview.
#[derive(Debug)]
pub struct Preview {
    tab: Tab,
    window: Window,
    lines: Vec<PreviewLine>,
    /// Which document of a split is shown, from 0.
    chosen: usize,
    made_for: Option<(u64, Tab, usize, usize)>,
    /// How often the lines were made.
    built: u64,
}

impl Default for Preview {
    fn default() -> Self {
        Self {
            tab: Tab::Policy,
            window: Window::default(),
            lines: Vec::new(),
            chosen: 0,
            made_for: None,
            built: 0,
        }
    }
}

impl Preview {
    /// All that the pane shows, as far as it can change: the lines by the number of times they were made.
    pub fn look(&self) -> (u64, Tab, usize, Window) {
        (self.built, self.tab, self.chosen, self.window)
    }

    /// What it shows.
    pub fn tab(&self) -> Tab {
        self.tab
    }

    /// Shows the next one.
    pub fn next(&mut self) {
        let at = Tab::ALL.iter().position(|tab| *tab == self.tab).unwrap_or_default();
        self.show(Tab::ALL[(at + 1) % Tab::ALL.len()]);
    }

    /// Shows one of them.
    pub fn show(&mut self, tab: Tab) {
        self.tab = tab;
        (self.window.cursor, self.window.top) = (0, 0);
    }

    /// Which document of a split is shown, from 0.
    pub fn chosen(&self) -> usize {
        self.chosen
    }

    /// Shows the document of this number, from 0, in the preview of the policy.
    pub fn choose(&mut self, document: usize) {
        self.chosen = document;
        self.show(Tab::Policy);
    }

    /// Moves the cursor; on findings from one to the next.
    pub fn go(&mut self, motion: Motion) {
        let before = self.finding();
        self.window.go(motion, self.lines.len());
        while before.is_some() && self.finding() == before {
            let at = self.window.cursor;
            match motion {
                Motion::Down => self.window.go(motion, self.lines.len()),
                Motion::Up => self.window.go(motion, self.lines.len()),
                _ => break,
            }
            if self.window.cursor == at {
                break;
            }
        }
        self.rewind_to_finding();
    }

    fn rewind_to_finding(&mut self) {
        let finding = self.finding();
        while finding.is_some()
            && self.window.cursor > 0
            && self.lines.get(self.window.cursor - 1).is_some_and(|line| line.finding == finding)
        {
            self.window.cursor -= 1;
        }
    }

    /// The selected finding's position in the review.
    pub fn finding(&self) -> Option<usize> {
        self.lines.get(self.window.cursor).and_then(|line| line.finding)
    }

    /// Whether a line begins something, and does not go on with a finding.
    fn is_first_line(&self, position: usize) -> bool {
        let finding = self.lines.get(position).and_then(|line| line.finding);
        let before = position.checked_sub(1).and_then(|at| self.lines[at].finding);
        finding.is_none() || finding != before
    }

    /// The positions that are on the screen.
    pub fn shown(&self) -> std::ops::Range<usize> {
        self.window.shown(self.lines.len())
    }

    /// The cursor is to be on the screen, however it was scrolled.
    pub fn catch(&mut self) {
        self.window.catch();
    }

    /// Scrolls; with `follow` the cursor stays on the screen.
    pub fn scroll(&mut self, rows: isize, follow: bool) {
        self.window.scroll(rows, self.lines.len(), follow);
    }

    /// Brings the cursor to a line.
    pub fn point_at(&mut self, line: usize) {
        self.window.cursor = line.min(self.lines.len().saturating_sub(1));
        self.rewind_to_finding();
    }

    /// Brings all up to date before it is drawn in an area of this size.
    pub fn refresh(&mut self, document: &Document, columns: usize, height: usize) {
        self.chosen = self.chosen.min(documents(document).saturating_sub(1));
        let now = Some((document.revision(), self.tab, columns, self.chosen));
        if self.made_for != now {
            let same = self
                .made_for
                .is_some_and(|(revision, tab, ..)| (revision, tab) == (document.revision(), self.tab));
            let finding = self.finding();
            self.lines = match self.tab {
                Tab::Policy => preview_lines::policy(document, self.chosen, columns),
                Tab::Findings => preview_lines::findings(document, columns.saturating_sub(POINTER)),
                Tab::Differences => preview_lines::differences(document, columns),
            };
            // Another width breaks the lines elsewhere.
            if let (Some(finding), true) = (finding, same) {
                let first = self.lines.iter().position(|line| line.finding == Some(finding));
                self.window.cursor = first.unwrap_or(self.window.cursor);
            }
            self.made_for = now;
            self.built += 1;
        }
        self.window.settle(self.lines.len(), height);
    }

    /// Draws the lines.
    pub fn draw(&self, Dress { theme, focused, pointer }: Dress, area: Rect, buffer: &mut Buffer) {
        let rows = self.window.shown(self.lines.len());
        let chosen = self.finding();
        for (y, position) in (area.y..area.bottom()).zip(rows) {
            let row = Rect { y, height: 1, ..area };
            let line = &self.lines[position];
            let selected = position == self.window.cursor || (chosen.is_some() && line.finding == chosen);
            if self.tab == Tab::Findings {
                let first = self.is_first_line(position);
                let pointer = if selected && first { pointer } else { " " };
                let text = Rect { x: row.x + POINTER as u16, width: row.width - POINTER as u16, ..row };
                paint::line(buffer, row, [(pointer, Style::new())]);
                draw_line(line, theme, text, buffer);
            } else {
                draw_line(line, theme, row, buffer);
            }
            if focused && selected {
                buffer.set_style(row, theme.selected(focused));
            }
        }
    }
}

/// Draws a line of a preview.
pub fn draw_line(line: &PreviewLine, theme: Theme, row: Rect, buffer: &mut Buffer) {
    let text = width::clip(&line.text, usize::from(row.width));
    let style = match line.kind {
        LineKind::Json => return json(&text, theme, row, buffer),
        LineKind::Heading => theme.heading(),
        LineKind::Plain => Style::new(),
        LineKind::Dim => theme.dim(),
        LineKind::Added => return signed(&text, (theme.added_mark(), theme.added()), row, buffer),
        LineKind::Removed => return signed(&text, (theme.removed_mark(), theme.removed()), row, buffer),
        LineKind::Good => theme.good(),
        LineKind::Finding(severity) => {
            return signed(&text, (theme.severity(severity), Style::new()), row, buffer);
        }
    };
    paint::line(buffer, row, [(&*text, style)]);
}

/// A line that begins with a mark.
fn signed(text: &str, (mark, style): (Style, Style), row: Rect, buffer: &mut Buffer) {
    let (head, tail) = text.split_at(text.chars().next().map_or(0, char::len_utf8));
    paint::line(buffer, row, [(head, mark), (tail, style)]);
}

/// A line of JSON: strings that stand before a colon are keys.
fn json(text: &str, theme: Theme, row: Rect, buffer: &mut Buffer) {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('"') {
        let end = closing_quote(&rest[start + 1..]).map_or(rest.len(), |at| start + at + 2);
        parts.push((&rest[..start], Style::new()));
        let is_key = rest[end..].trim_start().starts_with(':');
        parts.push((&rest[start..end], if is_key { theme.json_key() } else { theme.json_string() }));
        rest = &rest[end..];
    }
    parts.push((rest, Style::new()));
    paint::line(buffer, row, parts);
}

fn closing_quote(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, c)| {
        let closes = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        closes.then_some(at)
    })
}

/// How many documents the policy has; 0: there is none.
pub fn documents(document: &Document) -> usize {
    document.review().policy.as_ref().map_or(0, |policy| policy.documents.len())
}

/// The gauge: a document against its quota.
pub fn gauge(document: &Document, chosen: usize, theme: Theme, columns: usize) -> Line<'static> {
    let Ok(policy) = &document.review().policy else {
        return Line::styled(width::clip("x no policy: see above", columns), theme.error());
    };
    let Some(size) = policy.documents.get(chosen).map(|document| document.size) else {
        return Line::default();
    };
    let limit = policy.quota.limit.max(1);
    let percent = (size * 100).div_ceil(limit);
    let count = policy.documents.len();
    let several = if count > 1 { format!("{} of {count}: ", chosen + 1) } else { String::new() };
    let (size_words, limit_words) = (grouped(&size.to_string()), grouped(&limit.to_string()));
    let words = |unit: &str| format!(" {several}{size_words} of {limit_words}{unit} · {percent}%");
    // With the unit, where that leaves room for the bar.
    let words =
        [words(" characters"), words("")].into_iter().find(|words| width::columns(words) + 12 <= columns);
    let words = words.unwrap_or_else(|| format!(" {several}{size_words} of {limit_words} · {percent}%"));
    let bar = columns.saturating_sub(width::columns(&words) + 2).min(30);
    if bar < 4 {
        return Line::raw(width::clip(words.trim_start(), columns));
    }
    let filled = (bar * size).div_ceil(limit).min(bar);
    let style = theme.gauge(percent > 90);
    Line::from(vec![
        Span::raw("["),
        Span::styled("#".repeat(filled), style),
        Span::styled("-".repeat(bar - filled), theme.dim()),
        Span::raw("]"),
        Span::raw(words),
    ])
}
