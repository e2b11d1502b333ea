//! The mouse as the terminal tells it: its modes, and its events as gestures.

use super::state::{Gesture, Mouse};
use crossterm::Command;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use std::fmt;
use std::time::{Duration, Instant};

/// Within how long two clicks on one cell are a double click.
const DOUBLE: Duration = Duration::from_millis(400);
/// How many rows a step of the wheel scrolls.
const STEP: i16 = 3;

/// Asks the terminal to tell of buttons and the wheel (1000), and of motion while a button is held (1002), with
/// places beyond column 223 (1006; xterm, "Mouse Tracking"). crossterm's own command asks for motion without a
/// button too, which nobody here needs.
#[derive(Debug, Clone, Copy)]
pub struct TakeMouse;

/// Leaves the mouse to the terminal again.
#[derive(Debug, Clone, Copy)]
pub struct LeaveMouse;

impl Command for TakeMouse {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        f.write_str("\x1b[?1000h\x1b[?1002h\x1b[?1006h")
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> std::io::Result<()> {
        crossterm::event::EnableMouseCapture.execute_winapi()
    }

    #[cfg(windows)]
    fn is_ansi_code_supported(&self) -> bool {
        false
    }
}

impl Command for LeaveMouse {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        f.write_str("\x1b[?1006l\x1b[?1002l\x1b[?1000l")
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> std::io::Result<()> {
        crossterm::event::DisableMouseCapture.execute_winapi()
    }

    #[cfg(windows)]
    fn is_ansi_code_supported(&self) -> bool {
        false
    }
}

/// Tells double clicks.
#[derive(Debug, Default)]
pub struct Clicks {
    last: Option<(Instant, (u16, u16))>,
}

impl Clicks {
    /// The gesture of an event at a time, if it is one.
    pub fn gesture(&mut self, event: &MouseEvent, now: Instant) -> Option<Mouse> {
        let at = (event.column, event.row);
        let gesture = match event.kind {
            MouseEventKind::Down(MouseButton::Left) => Gesture::Press { twice: self.is_second(at, now) },
            MouseEventKind::Drag(MouseButton::Left) => Gesture::Drag,
            MouseEventKind::Up(_) => Gesture::Release,
            MouseEventKind::ScrollUp => Gesture::Scroll(-STEP),
            MouseEventKind::ScrollDown => Gesture::Scroll(STEP),
            _ => return None,
        };
        Some(Mouse { at, gesture })
    }

    fn is_second(&mut self, at: (u16, u16), now: Instant) -> bool {
        let soon = |last: Instant| now.saturating_duration_since(last) <= DOUBLE;
        let second = self.last.is_some_and(|(last, place)| place == at && soon(last));
        // A third click is a first one again.
        self.last = (!second).then_some((now, at));
        second
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::KeyModifiers;

    #[test]
    fn two_clicks_on_one_cell_are_a_double_click_and_a_third_is_a_new_one() {
        let (mut clicks, start) = (Clicks::default(), Instant::now());
        let mut press = |column, millis| {
            let kind = MouseEventKind::Down(MouseButton::Left);
            let event = MouseEvent { kind, column, row: 3, modifiers: KeyModifiers::NONE };
            clicks.gesture(&event, start + Duration::from_millis(millis)).unwrap().gesture
        };
        let told = [(5, 0), (5, 300), (5, 400), (6, 500), (6, 901), (6, 1_301)].map(|(x, at)| press(x, at));
        let twice = [false, true, false, false, false, true].map(|twice| Gesture::Press { twice });
        assert_eq!(told, twice);
    }

    #[test]
    fn other_buttons_and_motion_are_nothing() {
        let mut clicks = Clicks::default();
        for kind in
            [MouseEventKind::Moved, MouseEventKind::Down(MouseButton::Right), MouseEventKind::ScrollLeft]
        {
            let event = MouseEvent { kind, column: 0, row: 0, modifiers: KeyModifiers::NONE };
            assert_eq!(clicks.gesture(&event, Instant::now()), None);
        }
    }
}
