//! A cursor in a long list and the part of the list that is on the screen.

use super::keymap::Action;

/// A way to go in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// One up.
    Up,
    /// One down.
    Down,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// To the first.
    First,
    /// To the last.
    Last,
}

impl Motion {
    /// The way that an action goes.
    pub fn of(action: Action) -> Option<Self> {
        Some(match action {
            Action::Up => Self::Up,
            Action::Down => Self::Down,
            Action::PageUp => Self::PageUp,
            Action::PageDown => Self::PageDown,
            Action::First => Self::First,
            Action::Last => Self::Last,
            _ => return None,
        })
    }
}

/// Where the cursor is, what is the first row on the screen, and how many rows there are on it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Window {
    /// Position of the cursor in the list.
    pub cursor: usize,
    /// Position of the first row that is shown.
    pub top: usize,
    height: usize,
    /// Where the cursor was when it was scrolled away from: until it is elsewhere it may be off the screen.
    left: Option<usize>,
}

impl Window {
    /// Whether both show the same rows of a list.
    pub fn shows_the_rows_of(&self, other: &Self) -> bool {
        (self.top, self.height) == (other.top, other.height)
    }

    /// Moves the cursor in a list of `len`.
    pub fn go(&mut self, motion: Motion, len: usize) {
        let page = self.height.saturating_sub(1).max(1);
        let last = len.saturating_sub(1);
        self.cursor = match motion {
            Motion::Up => self.cursor.saturating_sub(1),
            Motion::Down => self.cursor + 1,
            Motion::PageUp => self.cursor.saturating_sub(page),
            Motion::PageDown => self.cursor + page,
            Motion::First => 0,
            Motion::Last => last,
        }
        .min(last);
    }

    /// Scrolls by rows in a list of `len`. `follow`: the cursor stays on the screen; else it stays in its place
    /// until it moves or [`Self::catch`] calls the screen back to it.
    pub fn scroll(&mut self, rows: isize, len: usize, follow: bool) {
        self.top = self.top.saturating_add_signed(rows).min(len.saturating_sub(self.height));
        if follow {
            let last = (self.top + self.height).min(len).saturating_sub(1);
            self.cursor = self.cursor.min(last).max(self.top.min(last));
        }
        self.left = (!follow).then_some(self.cursor);
    }

    /// The cursor is to be on the screen again.
    pub fn catch(&mut self) {
        self.left = None;
    }

    /// Brings the cursor into the list and onto the screen. Where it left the screen, the screen moves by
    /// half its height, so that most moves change two rows and not all of them.
    pub fn settle(&mut self, len: usize, height: usize) {
        self.height = height;
        self.cursor = self.cursor.min(len.saturating_sub(1));
        if self.left == Some(self.cursor) {
            self.top = self.top.min(len.saturating_sub(height));
            return;
        }
        self.left = None;
        if self.cursor < self.top || self.cursor >= self.top + height {
            self.top = self.cursor.saturating_sub(height / 2);
        }
        self.top = self.top.min(len.saturating_sub(height));
        if self.cursor < height / 2 && self.cursor < self.top {
            self.top = 0;
        }
    }

    /// The positions that are on the screen.
    pub fn shown(&self, len: usize) -> std::ops::Range<usize> {
        self.top.min(len)..(self.top + self.height).min(len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_cursor_is_always_on_the_screen(
            steps in proptest::collection::vec((0usize..6, 1usize..60, 1usize..20), 1..80),
        ) {
            let motions = [Motion::Up, Motion::Down, Motion::PageUp, Motion::PageDown, Motion::First, Motion::Last];
            let mut window = Window::default();
            for (motion, len, height) in steps {
                window.settle(len, height);
                window.go(motions[motion], len);
                window.settle(len, height);
                prop_assert!(window.shown(len).contains(&window.cursor));
                prop_assert!(len < height || window.shown(len).len() == height, "no row stays unused");
            }
        }
    }
}
