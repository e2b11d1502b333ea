//! Dialogs: layers above the main view. The topmost takes what is typed.

pub mod add;
mod add_tokens;
mod form;
pub mod form_group;
pub mod form_many;
pub mod form_policy;
pub mod form_range;
pub mod help;
pub mod import;
mod import_plan;
pub mod messages;
pub mod move_to;
pub mod palette;
mod popup;
mod prompt;
pub mod prompts;
pub mod question;
pub mod start;
pub mod test_address;

use super::state::{Editor, Input};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Frame;
use ratatui::layout::Rect;

/// Whether a layer stays after something was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// It stays.
    Stay,
    /// It is done.
    Close,
}

/// A dialog.
pub trait Layer {
    /// Takes what was typed or pasted; `next` is what waits behind it.
    fn handle(&mut self, input: &Input, next: Option<&Input>, editor: &mut Editor) -> Flow;

    /// Brings itself up to date before a frame is drawn in `area`.
    fn refresh(&mut self, _editor: &Editor, _area: Rect) {}

    /// Draws itself over what is below.
    fn draw(&self, editor: &Editor, frame: &mut Frame, area: Rect);

    /// Its keys and what they do, for the footer.
    fn hints(&self) -> Vec<(String, String)>;
}

/// Esc or Ctrl-C, which leave every dialog.
fn leaves(key: &KeyEvent) -> bool {
    let control_c = key.code == KeyCode::Char('c') && key.modifiers == KeyModifiers::CONTROL;
    key.code == KeyCode::Esc || control_c
}

/// A key with Control.
fn is_control(key: &KeyEvent, c: char) -> bool {
    key.code == KeyCode::Char(c) && key.modifiers == KeyModifiers::CONTROL
}

fn hint(key: &str, words: &str) -> (String, String) {
    (key.to_owned(), words.to_owned())
}
