//! What is where on the screen: whoever draws something that can be clicked says so here, so that there is
//! no second copy of the geometry. It is always that of the last frame.

use super::keymap::Key;
use super::layout::{Layout, below_heading};
use super::panes::Pane;
use super::panes::preview::Tab;
use super::sizes::Border;
use super::state::Editor;
use super::width;
use crossterm::event::KeyEvent;
use ratatui::layout::Rect;
use std::cell::RefCell;
use std::ops::Range;

/// Something that can be clicked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// A pane, where nothing else is in it.
    Pane(Pane),
    /// A row of a pane, by its position in the pane's list.
    Row(Pane, usize),
    /// A border between panes.
    Border(Border),
    /// The name of a preview.
    Tab(Tab),
    /// A row of a dialog, by a number that the dialog knows.
    Choice(usize),
    /// A text field of a dialog by its number, or a line of one.
    Text(usize),
    /// A hint: the key that it shows.
    Key(KeyEvent),
}

/// The spots of a frame, what is on top last.
#[derive(Debug, Default)]
pub struct Spots(RefCell<Vec<(Rect, Spot)>>);

impl Spots {
    /// There is none any more: what is drawn from now on covers all.
    pub fn clear(&self) {
        self.0.borrow_mut().clear();
    }

    /// Something is in an area.
    pub fn add(&self, area: Rect, spot: Spot) {
        self.0.borrow_mut().push((area, spot));
    }

    /// A dialog's rows of these numbers, one below the other from the top of an area on.
    pub fn choices(&self, area: Rect, numbers: Range<usize>) {
        for (number, y) in numbers.zip(area.y..area.bottom()) {
            self.add(Rect { y, height: 1, ..area }, Spot::Choice(number));
        }
    }

    /// A hint of the footer, if what it shows is one key.
    pub fn hint(&self, (x, y): (u16, u16), key: &str, columns: usize) {
        let written = if key.chars().count() > 1 { key.to_lowercase() } else { key.to_owned() };
        if let (Ok(key), Ok(columns)) = (written.parse::<Key>(), u16::try_from(columns)) {
            self.add(Rect::new(x, y, columns, 1), Spot::Key(key.event()));
        }
    }

    /// A part of the title of a pane with these borders, behind `before` columns of it.
    pub fn title(&self, pane: Rect, before: usize, text: &str, spot: Spot) {
        let Ok(before) = u16::try_from(before) else { return };
        let columns = u16::try_from(width::columns(text)).unwrap_or(u16::MAX);
        // Between the corners.
        let x = pane.x.saturating_add(1).saturating_add(before);
        let end = x.saturating_add(columns).min(pane.right().saturating_sub(1));
        self.add(Rect::new(x, pane.y, end.saturating_sub(x), 1), spot);
    }

    /// The panes with their rows and borders.
    pub fn panes(&self, editor: &Editor, layout: &Layout) {
        let lists = [
            (Pane::Points, layout.points, editor.points.shown()),
            (Pane::Ranges, below_heading(layout.ranges), editor.ranges.shown()),
            (Pane::Preview, layout.preview, editor.preview.shown()),
        ];
        for ((pane, list, rows), outer) in lists.into_iter().zip(layout.boxes) {
            if outer.width > 0 {
                self.add(outer, Spot::Pane(pane));
                for (row, y) in rows.zip(list.y..list.bottom()) {
                    self.add(Rect { y, height: 1, ..list }, Spot::Row(pane, row));
                }
            }
        }
        let body = layout.boxes.iter().find(|area| area.width > 0).copied().unwrap_or_default();
        for border in [Border::Left, Border::Right] {
            if let Some(column) = editor.sizes.column(border, editor.area.width) {
                self.add(Rect { x: editor.area.x + column, width: 1, ..body }, Spot::Border(border));
            }
        }
    }

    /// The rows of the ranges, where others are shown than before.
    pub fn rows(&self, editor: &Editor, layout: &Layout) {
        self.0.borrow_mut().retain(|(_, spot)| !matches!(spot, Spot::Row(Pane::Ranges, _)));
        let list = below_heading(layout.ranges);
        for (row, y) in editor.ranges.shown().zip(list.y..list.bottom()) {
            self.add(Rect { y, height: 1, ..list }, Spot::Row(Pane::Ranges, row));
        }
    }

    /// What is at a place, and how many columns into it that is.
    pub fn at(&self, (x, y): (u16, u16)) -> Option<(Spot, u16)> {
        let spots = self.0.borrow();
        let (area, spot) = spots.iter().rev().find(|(area, _)| area.contains((x, y).into()))?;
        Some((*spot, x - area.x))
    }
}
