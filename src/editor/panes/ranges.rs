//! The pane of the ranges: a table of what is selected on the left, or of what the filter shows.
//!
//! ```text
//!     Range            Label            Owner    Review by  State
//! >   203.0.114.0/24   primary uplink   netops   2027-05-22 on
//!  *! 10.0.0.0/8       lab                                  off
//! ```
//!
//! Where a filter shows rows of several groups, the group stands behind the range; elsewhere it does where there
//! is room. A `*` in front stands for a range that is chosen for the next action; behind it stands the sign of
//! the worst that is found of it.

use super::Dress;
use super::columns::{ChunkNeeds, Columns, Groups, Needs, groups_need};
use super::points::Point;
use super::rows::Rows;
use crate::allowlist::{Date, Range, RangeAt};
use crate::editor::document::Document;
use crate::editor::filter::Haystack;
use crate::editor::paint::put;
use crate::editor::theme::mark;
use crate::editor::window::{Motion, Window};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::collections::HashSet;
use std::fmt::Write as _;

/// What the table is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Scope {
    Selected(Point),
    Filter(String),
}

/// The state of the pane.
#[derive(Debug, Default)]
pub struct Ranges {
    rows: Rows,
    /// What the rows need of each column.
    needs: Needs,
    chunks: ChunkNeeds,
    /// The column of their groups.
    groups: Groups,
    window: Window,
    made_for: Option<(u64, Scope)>,
    /// How often the rows were made.
    built: u64,
    haystack: Haystack,
    /// Those that are chosen for the next action, apart from the run.
    marked: HashSet<RangeAt>,
    /// The position of the row that a run of chosen ones began at; it ends at the cursor.
    run_from: Option<usize>,
}

impl Ranges {
    /// How often the rows were made: as long as it is the same, so are they.
    pub fn built(&self) -> u64 {
        self.built
    }

    /// Where the cursor and the part that is shown are.
    pub fn window(&self) -> Window {
        self.window
    }

    /// Whether any range may be chosen for the next action.
    pub fn has_chosen(&self) -> bool {
        !self.marked.is_empty() || self.run_from.is_some()
    }

    /// The place of the selected range, if there is one.
    pub fn selected(&self) -> Option<RangeAt> {
        self.rows.get(self.window.cursor)
    }

    /// The position of the cursor in the table.
    pub fn position(&self) -> usize {
        self.window.cursor
    }

    /// The places of all that is in the table.
    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    /// The places of the ranges that are chosen for the next action, in the order of the table.
    pub fn chosen(&self) -> Vec<RangeAt> {
        if !self.has_chosen() {
            return Vec::new();
        }
        let rows = self.rows.iter().enumerate();
        rows.filter(|(position, at)| self.is_chosen(*position, *at)).map(|(_, at)| at).collect()
    }

    fn is_chosen(&self, position: usize, at: RangeAt) -> bool {
        let cursor = self.window.cursor;
        let run = self.run_from.map(|from| from.min(cursor)..=from.max(cursor));
        run.is_some_and(|run| run.contains(&position)) || self.marked.contains(&at)
    }

    /// Chooses the selected range, or not any more, and goes to the next.
    pub fn mark(&mut self) {
        self.end_run();
        let Some(at) = self.selected() else { return };
        if !self.marked.remove(&at) {
            self.marked.insert(at);
        }
        self.go(Motion::Down);
    }

    /// Begins a run at the cursor, which grows as the cursor moves; or ends it.
    pub fn run(&mut self) {
        if self.run_from.is_none() {
            self.run_from = Some(self.window.cursor);
        } else {
            self.end_run();
        }
    }

    fn end_run(&mut self) {
        self.marked = self.chosen().into_iter().collect();
        self.run_from = None;
    }

    /// Chooses all of the table, or none where all are.
    pub fn mark_all(&mut self) {
        let all = self.chosen().len() == self.rows.len();
        self.clear_marks();
        if !all {
            self.marked = self.rows.iter().collect();
        }
    }

    /// Chooses these and no others.
    pub fn choose(&mut self, places: Vec<RangeAt>) {
        self.clear_marks();
        self.marked = places.into_iter().collect();
    }

    /// Chooses none.
    pub fn clear_marks(&mut self) {
        self.marked.clear();
        self.run_from = None;
    }

    /// Selects a range, if the table has it.
    pub fn select(&mut self, at: RangeAt) {
        if let Some(position) = self.rows.position(at) {
            self.window.cursor = position;
        }
    }

    /// Moves the selection.
    pub fn go(&mut self, motion: Motion) {
        self.window.go(motion, self.rows.len());
    }

    /// The positions that are on the screen.
    pub fn shown(&self) -> std::ops::Range<usize> {
        self.window.shown(self.rows.len())
    }

    /// The cursor is to be on the screen, however it was scrolled.
    pub fn catch(&mut self) {
        self.window.catch();
    }

    /// Scrolls; with `follow` the selection stays on the screen.
    pub fn scroll(&mut self, rows: isize, follow: bool) {
        self.window.scroll(rows, self.rows.len(), follow);
    }

    /// Selects what is at a position.
    pub fn point_at(&mut self, position: usize) {
        self.window.cursor = position.min(self.rows.len().saturating_sub(1));
    }

    /// Brings the rows up to date.
    pub fn rebuild(&mut self, document: &Document, point: Point, filter: &str) {
        let scope =
            if filter.trim().is_empty() { Scope::Selected(point) } else { Scope::Filter(filter.to_owned()) };
        let revision = document.revision();
        if self.made_for.as_ref().is_some_and(|(made, old)| *made == revision && *old == scope) {
            return;
        }
        let same_scope = self.made_for.as_ref().is_some_and(|(_, old)| *old == scope);
        // An edit moves what stands behind it, and nobody acts on what is not to be seen.
        self.clear_marks();
        self.rows = match &scope {
            Scope::Selected(point) => Rows::of(document.allowlist(), *point),
            Scope::Filter(filter) => Rows::Found(self.haystack.find(document.allowlist(), filter)),
        };
        self.needs = Needs::of(&self.rows, document, &mut self.chunks);
        self.groups = Groups {
            columns: groups_need(&self.rows, document),
            // Of what a filter shows, the pane on the left does not say where it is.
            comes_first: matches!(scope, Scope::Filter(_)),
        };
        if !same_scope {
            (self.window.cursor, self.window.top) = (0, 0);
        }
        self.window.cursor = self.window.cursor.min(self.rows.len().saturating_sub(1));
        self.made_for = Some((revision, scope));
        self.built += 1;
    }

    /// Fits the window to the rows of the screen, `height` of which are for ranges.
    pub fn settle(&mut self, height: usize) {
        self.window.settle(self.rows.len(), height);
    }

    /// Draws the heading and the rows, as far as they are in the buffer.
    pub fn draw(
        &self,
        document: &Document,
        Dress { theme, focused, pointer: cursor }: Dress,
        area: Rect,
        buffer: &mut Buffer,
    ) {
        let drawn = buffer.area.top()..buffer.area.bottom();
        let wanted = |y: u16| drawn.contains(&y);
        let columns = Columns::fit(&self.needs, self.groups, usize::from(area.width));
        // One line and one text of each kind after the other: a frame has many.
        let text = String::with_capacity;
        let (mut line, mut cidr, mut review_by) = (text(2 * usize::from(area.width)), text(48), text(16));
        if wanted(area.y) {
            columns.row(&mut line, ["    "], ["Range", "Group", "Label", "Owner", "Review by", "State"]);
            put(buffer, (area.x, area.y), &line, area.width, theme.dim());
        }
        let rows = self.window.shown(self.rows.len());
        for (y, position) in (area.y + 1..area.bottom()).zip(rows).filter(|(y, _)| wanted(*y)) {
            let Some(at) = self.rows.get(position) else { continue };
            let Some(range) = document.allowlist().range(at) else { continue };
            let selected = position == self.window.cursor;
            let worst = document.range_mark(at);
            let pointer = if selected { cursor } else { " " };
            let chosen = if self.is_chosen(position, at) { "*" } else { " " };
            let state = state(range, document.today);
            cidr.clear();
            review_by.clear();
            // Into a text, which takes all.
            let _ = write!(cidr, "{}", range.cidr);
            let _ = range.review_by.map(|day| write!(review_by, "{day}"));
            let style = if range.is_active(document.today) { Style::new() } else { theme.dim() };
            let head = [pointer, chosen, worst.map_or(" ", mark), " "];
            let group = document.allowlist().group(at.group).map_or("", |group| &group.name);
            columns.row(&mut line, head, [&cidr, group, &range.label, &range.owner, &review_by, state]);
            put(buffer, (area.x, y), &line, area.width, style);
            if let Some(severity) = worst {
                buffer.set_style(Rect::new(area.x + 2, y, 1, 1), theme.severity(severity));
            }
            if selected {
                buffer.set_style(Rect { y, height: 1, ..area }, theme.selected(focused));
            }
        }
    }
}

/// A range's state in a word.
pub fn state(range: &Range, today: Date) -> &'static str {
    match (range.enabled, range.is_expired(today)) {
        (false, _) => "off",
        (true, true) => "expired",
        (true, false) => "on",
    }
}
