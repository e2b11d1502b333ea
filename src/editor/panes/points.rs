//! The pane of the exit points: categories that open and close, and their groups.
//!
//! ```text
//!  1 Corporate networks    3
//! >   Head office, ISP A ! 2
//!     Branch             0/1
//!  2+Data centers          5
//! ```
//!
//! Behind a name stands how many ranges it has; `0/1`: none of that one is let through.

use super::Dress;
use super::counts::Counts;
use crate::allowlist::{Allowlist, GroupAt};
use crate::editor::document::Document;
use crate::editor::paint;
use crate::editor::theme::mark;
use crate::editor::width;
use crate::editor::window::{Motion, Window};
use crate::review::Severity;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::collections::HashSet;

/// What can be selected on the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Point {
    /// A category, by its position.
    Category(usize),
    /// A group.
    Group(GroupAt),
}

impl Point {
    /// The position of the category that it is or is in.
    pub fn category(self) -> usize {
        match self {
            Self::Category(at) => at,
            Self::Group(at) => at.category,
        }
    }
}

/// The state of the pane.
#[derive(Debug)]
pub struct Points {
    selected: Point,
    rows: Vec<Point>,
    closed: HashSet<usize>,
    window: Window,
    made_for: u64,
    /// How often the rows were made.
    built: u64,
    counts: Counts,
}

impl Default for Points {
    fn default() -> Self {
        let selected = Point::Category(0);
        Self {
            selected,
            rows: vec![selected],
            closed: HashSet::new(),
            window: Window::default(),
            made_for: 0,
            built: 0,
            counts: Counts::default(),
        }
    }
}

impl Points {
    /// All that the pane shows, as far as it can change: the rows by the number of times they were made.
    pub fn look(&self) -> (u64, Point, Window) {
        (self.built, self.selected, self.window)
    }

    /// What is selected.
    pub fn selected(&self) -> Point {
        self.selected
    }

    /// Selects something, opening its category where needed.
    pub fn select(&mut self, point: Point) {
        if let Point::Group(at) = point
            && self.closed.remove(&at.category)
        {
            self.made_for = 0;
        }
        self.selected = point;
    }

    /// Two categories change places; each stays open or closed.
    pub fn swap(&mut self, one: usize, other: usize) {
        if self.closed.contains(&one) != self.closed.contains(&other) {
            for at in [one, other] {
                if !self.closed.remove(&at) {
                    self.closed.insert(at);
                }
            }
            self.made_for = 0;
        }
    }

    /// Moves the selection.
    pub fn go(&mut self, motion: Motion, document: &Document) {
        self.rebuild(document);
        self.window.go(motion, self.rows.len());
        if let Some(point) = self.rows.get(self.window.cursor) {
            self.selected = *point;
        }
    }

    /// Closes the category, or goes from a group to its category. False where there is nothing to close.
    pub fn close(&mut self) -> bool {
        match self.selected {
            Point::Group(at) => self.selected = Point::Category(at.category),
            Point::Category(at) => {
                self.made_for = 0;
                return self.closed.insert(at);
            }
        }
        true
    }

    /// Whether a closed category is selected.
    pub fn is_closed(&self) -> bool {
        matches!(self.selected, Point::Category(at) if self.closed.contains(&at))
    }

    /// Opens the category. False where there is nothing to open.
    pub fn open(&mut self) -> bool {
        self.made_for = 0;
        matches!(self.selected, Point::Category(at) if self.closed.remove(&at))
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
        self.point_at(self.window.cursor);
    }

    /// Selects what is at a position.
    pub fn point_at(&mut self, position: usize) {
        if let Some(point) = self.rows.get(position) {
            (self.selected, self.window.cursor) = (*point, position);
        }
    }

    /// Closes or opens a category whose number and sign are at this position and column; false where there is
    /// something else.
    pub fn fold(&mut self, position: usize, column: usize) -> bool {
        let Some(Point::Category(at)) = self.rows.get(position).copied() else { return false };
        if column >= head(Point::Category(at), " ", false).len() {
            return false;
        }
        self.made_for = 0;
        if !self.closed.remove(&at) {
            self.closed.insert(at);
            if self.selected.category() == at {
                self.selected = Point::Category(at);
            }
        }
        true
    }

    /// The categories that are closed, by their positions in order.
    pub fn closed(&self) -> Vec<usize> {
        let mut closed: Vec<usize> = self.closed.iter().copied().collect();
        closed.sort_unstable();
        closed
    }

    /// Closes these categories and no others.
    pub fn close_all(&mut self, categories: impl IntoIterator<Item = usize>) {
        self.made_for = 0;
        self.closed = categories.into_iter().collect();
    }

    /// Brings the rows up to date.
    pub fn rebuild(&mut self, document: &Document) {
        let categories = document.allowlist().categories();
        self.selected = nearest(self.selected, document.allowlist());
        if self.made_for != document.revision() {
            self.made_for = document.revision();
            self.built += 1;
            self.rows.clear();
            self.counts.refresh(document.revision(), categories, document.today);
            for (category, value) in categories.iter().enumerate() {
                self.rows.push(Point::Category(category));
                if !self.closed.contains(&category) {
                    self.rows.extend(
                        (0..value.groups.len()).map(|group| Point::Group(GroupAt { category, group })),
                    );
                }
            }
        }
        if self.rows.get(self.window.cursor) != Some(&self.selected) {
            self.window.cursor = self.rows.iter().position(|row| *row == self.selected).unwrap_or_default();
        }
    }

    /// Brings all up to date before it is drawn on `height` rows.
    pub fn refresh(&mut self, document: &Document, height: usize) {
        self.rebuild(document);
        self.window.settle(self.rows.len(), height);
    }

    /// Draws the rows.
    pub fn draw(&self, document: &Document, dress: Dress, area: Rect, buffer: &mut Buffer) {
        let rows = self.window.shown(self.rows.len());
        for (y, position) in (area.y..area.bottom()).zip(rows) {
            let row = Rect { y, height: 1, ..area };
            let selected = position == self.window.cursor;
            self.line(self.rows[position], document, dress, selected, row, buffer);
            if selected {
                buffer.set_style(row, dress.theme.selected(dress.focused));
            }
        }
    }

    fn line(
        &self,
        point: Point,
        document: &Document,
        Dress { theme, pointer, .. }: Dress,
        selected: bool,
        row: Rect,
        buffer: &mut Buffer,
    ) {
        let width = usize::from(row.width);
        let pointer = if selected { pointer } else { " " };
        let allowlist = document.allowlist();
        let (head, name, worst) = match point {
            Point::Category(at) => {
                let Some(category) = allowlist.categories().get(at) else { return };
                let closed = self.closed.contains(&at);
                let worst = if closed { worst_of(document, at, category.groups.len()) } else { None };
                (head(point, pointer, closed), category.name.to_string(), worst)
            }
            Point::Group(at) => {
                let Some(group) = allowlist.group(at) else { return };
                (head(point, pointer, false), group.name.to_string(), document.group_mark(at))
            }
        };
        let count = self.counts.words(point);
        // What a row has no sign or digits for is its name's.
        let (gap, sign, style, columns) = match worst {
            Some(severity) => (" ", mark(severity), theme.severity(severity), self.counts.width()),
            None => ("", "", theme.dim(), 0),
        };
        let tail = format!(" {count:>columns$}");
        let room = width.saturating_sub(head.len() + gap.len() + sign.len() + tail.len());
        let name_style = if matches!(point, Point::Category(_)) { theme.heading() } else { Style::new() };
        let plain = Style::new();
        let name = width::pad(&name, room);
        let parts =
            [(&*head, plain), (&*name, name_style), (gap, plain), (sign, style), (&*tail, theme.dim())];
        paint::line(buffer, row, parts);
    }
}

/// What stands before a name: the pointer, and a category's number and sign.
fn head(point: Point, pointer: &str, closed: bool) -> String {
    match point {
        Point::Category(at) => format!("{pointer}{}{}", at + 1, if closed { "+" } else { " " }),
        Point::Group(_) => format!("{pointer}   "),
    }
}

fn worst_of(document: &Document, category: usize, groups: usize) -> Option<Severity> {
    (0..groups).filter_map(|group| document.group_mark(GroupAt { category, group })).min()
}

/// The place itself where it still is, else what is closest to it.
fn nearest(point: Point, allowlist: &Allowlist) -> Point {
    let categories = allowlist.categories();
    let category = point.category().min(categories.len().saturating_sub(1));
    match point {
        Point::Group(at) if at.category == category && !categories[category].groups.is_empty() => {
            let last = categories[category].groups.len() - 1;
            Point::Group(GroupAt { category, group: at.group.min(last) })
        }
        _ => Point::Category(category),
    }
}
