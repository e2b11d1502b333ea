//! What the mouse does: the same as the keys, at the place where it points. What is there, the last frame has
//! said ([`Spots`]).

use super::keymap::{Action, Context};
use super::layers::Flow;
use super::panes::Pane;
use super::sizes::Border;
use super::spots::{Spot, Spots};
use super::state::{Editor, Gesture, Input, Mouse, Tone};
use crate::storage::Settings;

/// What is known of the mouse.
#[derive(Debug)]
pub struct Pointer {
    /// Whether it is the editor's; else the terminal selects text with it.
    pub on: bool,
    /// What is where.
    pub spots: Spots,
    /// The border that is dragged.
    held: Option<Border>,
    /// How many dialogs were open at the last press.
    depth: usize,
}

impl Default for Pointer {
    fn default() -> Self {
        Self { on: true, spots: Spots::default(), held: None, depth: 0 }
    }
}

impl Editor {
    /// Whether something that came in changes nothing, so that no frame is drawn for it.
    pub fn ignores(&self, input: &Input) -> bool {
        let Input::Mouse(mouse) = input else { return false };
        let moves = matches!(mouse.gesture, Gesture::Drag | Gesture::Release);
        !self.pointer.on || (moves && self.pointer.held.is_none())
    }

    /// Does what the mouse says.
    pub(super) fn handle_mouse(&mut self, mouse: Mouse) {
        if !self.pointer.on {
            return;
        }
        match mouse.gesture {
            Gesture::Press { twice } => self.press(mouse.at, twice),
            Gesture::Release => self.pointer.held = None,
            Gesture::Drag => {
                if let Some(border) = self.pointer.held {
                    let column = mouse.at.0.saturating_sub(self.area.x);
                    self.sizes.put(border, column, self.area.width);
                }
            }
            Gesture::Scroll(rows) => self.scroll(mouse.at, isize::from(rows)),
        }
    }

    fn press(&mut self, at: (u16, u16), twice: bool) {
        let depth = std::mem::replace(&mut self.pointer.depth, self.layers.len());
        self.pointer.held = None;
        if twice && depth != self.layers.len() {
            // It was meant for what the first of the two clicks has opened or closed.
            return;
        }
        let Some((spot, column)) = self.pointer.spots.at(at) else { return };
        if let Spot::Key(key) = spot {
            return self.handle(Input::Key(key), None);
        }
        if let Some(mut layer) = self.layers.pop() {
            let below = self.layers.len();
            let flow = match spot {
                Spot::Choice(row) => layer.click(row, twice, self),
                Spot::Text(number) => {
                    if let Some(field) = layer.field(number) {
                        field.point_at(number, usize::from(column));
                    }
                    Flow::Stay
                }
                _ => Flow::Stay,
            };
            if flow == Flow::Stay {
                self.layers.insert(below.min(self.layers.len()), layer);
            }
            return;
        }
        self.messages.pass();
        self.press_main(spot, column, twice);
    }

    fn press_main(&mut self, spot: Spot, column: u16, twice: bool) {
        match spot {
            Spot::Pane(pane) => self.focus = pane,
            Spot::Border(border) => self.pointer.held = Some(border),
            Spot::Tab(tab) => {
                self.focus = Pane::Preview;
                if tab != self.preview.tab() {
                    self.preview.show(tab);
                }
            }
            Spot::Row(pane, row) => {
                self.focus = pane;
                if pane == Pane::Points && self.points.fold(row, usize::from(column)) {
                    return;
                }
                match pane {
                    Pane::Points => self.points.point_at(row),
                    Pane::Ranges => self.ranges.point_at(row),
                    Pane::Preview => self.preview.point_at(row),
                }
                if twice {
                    self.rebuild();
                    self.perform(Action::EditSelected);
                }
            }
            Spot::Choice(_) | Spot::Text(_) | Spot::Key(_) => {}
        }
    }

    /// Scrolls what is below the pointer. In the pane with the focus the cursor stays on the screen; in
    /// another one it stays where it is, since what it selects is not what one looks at.
    fn scroll(&mut self, at: (u16, u16), rows: isize) {
        if let Some(mut layer) = self.layers.pop() {
            let below = self.layers.len();
            if layer.scroll(rows, self) == Flow::Stay {
                self.layers.insert(below.min(self.layers.len()), layer);
            }
            return;
        }
        let pane = match self.pointer.spots.at(at) {
            Some((Spot::Pane(pane) | Spot::Row(pane, _), _)) => pane,
            Some((Spot::Tab(_), _)) => Pane::Preview,
            _ => return,
        };
        let follow = self.focus == pane;
        match pane {
            Pane::Points => self.points.scroll(rows, follow),
            Pane::Ranges => {
                self.ranges.scroll(rows, follow);
                self.moves = true;
            }
            Pane::Preview => self.preview.scroll(rows, follow),
        }
    }

    /// The mouse is whose it was the last time. What is wrong with the settings is said with the theme.
    pub fn recall_mouse(&mut self) {
        let settings = Settings::read(&self.document.paths.config).unwrap_or_default();
        self.pointer.on = settings.mouse.unwrap_or(true);
    }

    /// Leaves the mouse to the terminal, or takes it again, for the next time too.
    pub(super) fn turn_mouse(&mut self) {
        let on = !self.pointer.on;
        self.pointer.on = on;
        let keys = self.keymap.keys(Context::Main, Action::Mouse);
        let again = keys.first().map_or(":mouse".to_owned(), ToString::to_string);
        let words = if on {
            format!("The mouse selects, scrolls and drags here; {again} leaves it to the terminal.")
        } else {
            format!("The mouse is the terminal's now, to select text with; {again} takes it back.")
        };
        let keep = |settings: &mut Settings| settings.mouse = (!on).then_some(false);
        match Settings::change(&self.document.paths.config, keep) {
            Ok(()) => self.say(Tone::Done, words),
            Err(error) => self.say(Tone::Error, format!("{words} Until you quit: {error}")),
        }
    }
}
