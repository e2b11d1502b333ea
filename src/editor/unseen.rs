//! What keys do while the window is too small to show what they do: nothing, but to leave where nothing is
//! lost by it.

use super::keymap::{Action, Context, Key};
use super::layout::LEAST;
use super::state::{Editor, Gesture, Input, Wish};
use ratatui::layout::Rect;

impl Editor {
    /// Whether the window is too small to show anything but a sentence.
    pub fn is_unseen(&self) -> bool {
        let Rect { width, height, .. } = self.area;
        // Before the first frame its size is not known.
        self.area != Rect::default() && (width < LEAST.0 || height < LEAST.1)
    }

    /// Takes what was typed in such a window.
    pub(super) fn handle_unseen(&mut self, input: &Input) {
        let key = match input {
            Input::Key(key) => key,
            // A border that is held is let go.
            Input::Mouse(mouse) if mouse.gesture == Gesture::Release => return self.handle_mouse(*mouse),
            Input::Mouse(_) | Input::Paste(_) | Input::Resize => return,
        };
        match self.keymap.action(Context::Main, key) {
            Some(Action::Quit) if self.quits_unseen(Key::of(key)) => self.wish = Some(Wish::Quit),
            Some(Action::Suspend) => self.wish = Some(Wish::Suspend),
            Some(Action::Redraw) => self.wish = Some(Wish::Redraw),
            _ => {}
        }
    }

    /// Whether a key that quits does so: where nothing is unsaved, and it is not meant for a dialog's text.
    fn quits_unseen(&self, key: Key) -> bool {
        !self.document.is_unsaved() && (self.layers.is_empty() || !key.types())
    }

    /// What stands in such a window: the size that is needed, and what can be done.
    pub fn unseen_words(&self) -> String {
        let least = format!("keymoat needs a window of at least {}x{}.", LEAST.0, LEAST.1);
        if self.document.is_unsaved() {
            return format!(
                "{least} Make it larger to save or to quit: changes are not saved. No key does that here."
            );
        }
        let keys = self.keymap.keys(Context::Main, Action::Quit);
        match keys.iter().find(|key| self.quits_unseen(**key)) {
            Some(key) => format!("{least} Until then only {key} does anything: it quits."),
            None => least,
        }
    }
}
