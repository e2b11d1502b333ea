//! The add dialog as it is drawn.

use super::explain::explained;
use super::{Add, MOST_ROWS, words};
use crate::editor::canvas::Frame;
use crate::editor::keymap::{Action, Context};
use crate::editor::layers::popup;
use crate::editor::spots::Spot;
use crate::editor::state::Editor;
use crate::editor::theme::Theme;
use crate::editor::width;
use crate::review::Severity;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

const HELP: &str = "CIDRs, separated by commas, spaces or lines; what follows # on a line is its label";

/// How wide the parts of a line are.
struct Columns {
    /// The line's number with the space behind it; 0 where there is one line only.
    number: usize,
    text: usize,
    /// The words of the verdict, behind its sign.
    words: usize,
}

/// Columns within the box, which is as wide as there is room for: see [`popup::draw`].
fn inside(area: Rect) -> usize {
    usize::from(if area.width <= 106 { area.width } else { 100 }.saturating_sub(4))
}

impl Add {
    /// The text gets what its longest line needs, between two and three fifths; more where the verdicts leave it.
    fn columns(&self, inside: usize) -> Columns {
        let lines = self.field.lines().len();
        let number = if lines > 1 { lines.to_string().len() + 1 } else { 0 };
        let both = inside.saturating_sub(number);
        let free = both.saturating_sub(self.verdicts + 3);
        let text = (self.longest + 1).clamp(both * 2 / 5, free.max(both * 3 / 5));
        Columns { number, text, words: both.saturating_sub(text + 3) }
    }

    /// The columns of the longest verdict that may be in sight, in its shortest words: no more rows than these
    /// are drawn with the line of the cursor among them.
    pub(super) fn longest_verdict(&self, editor: &Editor) -> usize {
        let row = self.field.row();
        let near = row.saturating_sub(MOST_ROWS)..(row + MOST_ROWS).min(self.field.lines().len());
        near.filter_map(|line| self.verdict(editor, line)).map(|verdict| verdict.least()).max().unwrap_or(0)
    }

    fn verdict(&self, editor: &Editor, line: usize) -> Option<words::Line> {
        let text = &self.field.lines()[line];
        words::of_line(&self.tokens, line, text, editor.document.allowlist(), &self.known)
    }

    /// What stands below the text: how much is to be added, and what is to be said of one line.
    pub(super) fn below(&self, editor: &Editor, area: Rect) -> Vec<Line<'static>> {
        let (theme, inside) = (editor.theme, inside(area));
        let mut below = vec![Line::styled(width::clip(&self.tokens.summary(), inside), theme.heading())];
        let (lines, row) = (self.field.lines(), self.field.row());
        let mut say = |sign: char, line: usize, words: &str| {
            let place = if lines.len() > 1 { format!("line {}: ", line + 1) } else { String::new() };
            let style = if sign == 'x' { theme.error() } else { theme.warning() };
            let said = width::wrap(&format!("{sign} {place}{words}"), inside, 2);
            below.extend(said.into_iter().take(4).map(|line| Line::styled(line, style)));
        };
        let Some(explained) = explained(&self.tokens, lines, row) else {
            // What has no room beside the line.
            let room = self.columns(inside).words;
            if let Some(verdict) = self.verdict(editor, row).filter(|verdict| verdict.sign == '!')
                && width::columns(verdict.longest()) > room
            {
                say(verdict.sign, row, verdict.longest());
            }
            return below;
        };
        let keys = [Action::TakeOffer, Action::TakeOtherOffer]
            .map(|action| editor.keymap.keys(Context::Dialog, action).first().map(ToString::to_string));
        let offers =
            || keys.iter().zip(&explained.offers).filter_map(|(key, offer)| Some((key.as_ref()?, offer)));
        let end = offers().find(|(_, offer)| offer.ends_sentence);
        let end = end.map_or_else(String::new, |(key, offer)| {
            let joint = if explained.words.ends_with('?') { "" } else { ":" };
            format!("{joint} {key} {}", offer.words)
        });
        say(explained.sign, explained.line, &format!("{}{end}", explained.words));
        for (key, offer) in offers().filter(|(_, offer)| !offer.ends_sentence) {
            let words = width::clip(&format!(" {}", offer.words), inside.saturating_sub(key.len() + 2));
            below.push(Line::from(vec![Span::styled(format!("  {key}"), theme.key()), Span::raw(words)]));
        }
        below
    }

    fn draw_line(&self, editor: &Editor, frame: &mut Frame, row: Rect, line: usize, columns: &Columns) {
        let theme = editor.theme;
        if columns.number > 0 {
            let number = format!("{:>1$}", line + 1, columns.number - 1);
            frame.buffer_mut().set_string(row.x, row.y, number, theme.dim());
        }
        // All of them are at most the width of the row.
        let x = row.x + columns.number as u16;
        let current = line == self.field.row();
        let text = &self.field.lines()[line];
        let area = Rect { x, width: columns.text as u16, ..row };
        editor.pointer.spots.add(area, Spot::Text(line));
        if current {
            let from = self.field.first_column(columns.text);
            let shown = width::cut(text, from, columns.text);
            frame.buffer_mut().set_string(x, row.y, shown, theme.typed(true));
            #[cfg(test)]
            crate::editor::trace::field(area, text, self.field.before_cursor());
            frame.set_cursor_position((x + (self.field.column() - from) as u16, row.y));
        } else {
            frame.buffer_mut().set_string(x, row.y, width::clip(text, columns.text), theme.typed(false));
        }
        let Some(verdict) = self.verdict(editor, line) else { return };
        let x = x + columns.text as u16 + 1;
        let line = Line::from(vec![
            Span::styled(format!("{} ", verdict.sign), sign(theme, verdict.sign)),
            Span::styled(verdict.fitting(columns.words), said(theme, verdict.sign)),
        ]);
        frame.buffer_mut().set_line(x, row.y, &line, row.right().saturating_sub(x));
    }

    pub(super) fn draw_all(&self, editor: &Editor, frame: &mut Frame, area: Rect) {
        let below = self.below(editor, area);
        let rows = u16::try_from(self.rows + below.len() + 2).unwrap_or(u16::MAX);
        let title = format!("Add ranges to {}", self.name);
        let inner = popup::draw(frame, area, editor.theme, &title, (area.width.min(100), rows));
        let columns = self.columns(usize::from(inner.width));
        let lines = self.top..(self.top + self.rows).min(self.field.lines().len());
        if columns.text > 0 {
            for (line, y) in lines.zip(inner.y..inner.bottom()) {
                self.draw_line(editor, frame, Rect { y, height: 1, ..inner }, line, &columns);
            }
        }
        if self.field.is_empty() {
            let help = width::wrap(HELP, usize::from(inner.width.saturating_sub(2)), 0);
            for (line, y) in help.iter().zip((inner.y..inner.bottom()).take(self.rows)) {
                let room = usize::from(inner.width.saturating_sub(2));
                frame.buffer_mut().set_string(inner.x + 2, y, width::clip(line, room), editor.theme.dim());
            }
        }
        let used = self.rows as u16;
        let rest = Rect { y: inner.y + used, height: inner.height.saturating_sub(used), ..inner };
        popup::lines(frame, rest, below);
    }
}

/// The style of the words behind a sign: what is to be looked at is not the faintest.
fn said(theme: Theme, sign: char) -> Style {
    match sign {
        'x' => theme.error(),
        '!' => theme.warning(),
        _ => theme.dim(),
    }
}

fn sign(theme: Theme, sign: char) -> Style {
    match sign {
        'x' => theme.severity(Severity::Error),
        '!' => theme.severity(Severity::Warning),
        '+' => theme.added_mark(),
        _ => theme.dim(),
    }
}
