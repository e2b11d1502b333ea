//! How wide the panes are. A border that was moved is kept as a share of the width, so that it stays in its
//! place as far as another size of the window lets it; each pane always keeps a usable width.

use super::layout::{THREE_PANES, TWO_PANES};
use super::panes::Pane;

/// The least columns of the panes, borders included.
const LEAST: (u16, u16, u16) = (20, 32, 28);
/// How many columns a key moves a border.
const STEP: u16 = 2;
/// What a share is a part of: fine enough for each column of the widest terminal.
const WHOLE: u32 = 10_000;

/// A border between two panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Border {
    /// Between the exit points and what is beside them.
    Left,
    /// Between the ranges and the preview.
    Right,
}

/// The widths of the panes that were chosen, in parts of [`WHOLE`]; `None`: as the width suggests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sizes {
    /// The left pane of three.
    pub points: Option<u16>,
    /// The right pane of three.
    pub preview: Option<u16>,
    /// The left pane of two.
    pub points_of_two: Option<u16>,
}

impl Sizes {
    /// The columns of the left and of the right of three panes, borders included. The middle has the rest,
    /// and shares its borders.
    pub fn of_three(&self, width: u16) -> (u16, u16) {
        let left = columns(self.points, width).unwrap_or((width / 4).clamp(26, 42));
        let right = columns(self.preview, width).unwrap_or((width * 8 / 25).clamp(38, 90));
        let left = between(left, LEAST.0, width + 2 - LEAST.1 - LEAST.2);
        (left, between(right, LEAST.2, width + 2 - LEAST.1 - left))
    }

    /// The columns of the left one of two panes, borders included.
    pub fn of_two(&self, width: u16) -> u16 {
        let left = columns(self.points_of_two, width).unwrap_or((width / 3).min(32));
        between(left, LEAST.0, width + 1 - LEAST.1)
    }

    /// The column of a border in a window of `width` columns, if it is there.
    pub fn column(&self, border: Border, width: u16) -> Option<u16> {
        match border {
            Border::Left if width >= THREE_PANES => Some(self.of_three(width).0 - 1),
            Border::Left if width >= TWO_PANES => Some(self.of_two(width) - 1),
            Border::Right if width >= THREE_PANES => Some(width - self.of_three(width).1),
            _ => None,
        }
    }

    /// Moves a border towards a column, as far as the panes beside it can go. True where it has moved.
    pub fn put(&mut self, border: Border, column: u16, width: u16) -> bool {
        let before = self.column(border, width);
        let Some(at) = before.filter(|at| *at != column) else { return false };
        if width < THREE_PANES {
            let left = between(column.saturating_add(1), LEAST.0, width + 1 - LEAST.1);
            self.points_of_two = Some(share(left, width));
        } else {
            // The pane beyond the other border keeps its width.
            let (left, right) = self.of_three(width);
            if border == Border::Left {
                let left = between(column.saturating_add(1), LEAST.0, width + 2 - LEAST.1 - right);
                self.points = Some(share(left, width));
                self.preview = Some(share(right, width));
            } else {
                let wanted = width.saturating_sub(column);
                let right = between(wanted, LEAST.2, width + 2 - LEAST.1 - left);
                self.preview = Some(share(right, width));
            }
        }
        self.column(border, width) != Some(at)
    }

    /// Makes a pane narrower or wider by a step. False where it cannot be.
    pub fn step(&mut self, pane: Pane, wider: bool, width: u16) -> bool {
        let ways: &[(Border, bool)] = match pane {
            Pane::Points => &[(Border::Left, true)],
            Pane::Preview if width >= THREE_PANES => &[(Border::Right, false)],
            Pane::Ranges if width >= THREE_PANES => &[(Border::Right, true), (Border::Left, false)],
            Pane::Ranges | Pane::Preview => &[(Border::Left, false)],
        };
        ways.iter().any(|(border, grows_to_the_right)| {
            let Some(at) = self.column(*border, width) else { return false };
            let right = *grows_to_the_right == wider;
            self.put(*border, if right { at + STEP } else { at.saturating_sub(STEP) }, width)
        })
    }
}

fn columns(share: Option<u16>, width: u16) -> Option<u16> {
    // Where a share is more than the whole, which a file may say, there is a most anyway.
    let columns = |share: u16| (u32::from(share) * u32::from(width) + WHOLE / 2) / WHOLE;
    share.map(|share| u16::try_from(columns(share)).unwrap_or(u16::MAX))
}

fn share(columns: u16, width: u16) -> u16 {
    let share = (u32::from(columns) * WHOLE + u32::from(width) / 2) / u32::from(width.max(1));
    u16::try_from(share).unwrap_or(u16::MAX)
}

/// `value` between the two, of which the lower one counts more.
fn between(value: u16, least: u16, most: u16) -> u16 {
    value.min(most).max(least)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn usable(sizes: &Sizes, width: u16) {
        if width >= THREE_PANES {
            let (left, right) = sizes.of_three(width);
            assert!(left >= LEAST.0 && right >= LEAST.2, "{left} {right}");
            assert!(width + 2 - left - right >= LEAST.1, "{left} {right} of {width}");
        } else {
            let left = sizes.of_two(width);
            assert!(left >= LEAST.0 && width + 1 - left >= LEAST.1, "{left} of {width}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_chosen_each_pane_keeps_a_usable_width(
            shares in any::<(Option<u16>, Option<u16>, Option<u16>)>(),
            moves in proptest::collection::vec((any::<bool>(), any::<u16>(), TWO_PANES..=400), 1..20),
        ) {
            let mut sizes = Sizes { points: shares.0, preview: shares.1, points_of_two: shares.2 };
            for (left, column, width) in moves {
                usable(&sizes, width);
                sizes.put(if left { Border::Left } else { Border::Right }, column, width);
                usable(&sizes, width);
            }
        }

        #[test]
        fn a_border_goes_to_the_column_where_it_is_put(column in 40u16..60, width in 140u16..=500) {
            let mut sizes = Sizes::default();
            sizes.put(Border::Left, column, width);
            prop_assert_eq!(sizes.column(Border::Left, width), Some(column));
            sizes.put(Border::Right, column + 50, width);
            prop_assert_eq!(sizes.column(Border::Right, width), Some(column + 50));
            prop_assert_eq!(sizes.column(Border::Left, width), Some(column));
        }
    }

    #[test]
    fn a_pane_is_made_narrower_and_wider_until_it_cannot_be() {
        for (pane, width) in
            [(Pane::Points, 120), (Pane::Ranges, 120), (Pane::Preview, 80), (Pane::Points, 80)]
        {
            let mut sizes = Sizes::default();
            for wider in [true, false, true] {
                let steps = (0..200).take_while(|_| sizes.step(pane, wider, width)).count();
                assert!((1..100).contains(&steps), "{pane:?} of {width}: {steps}");
            }
        }
        assert!(!Sizes::default().step(Pane::Points, true, 60));
    }
}
