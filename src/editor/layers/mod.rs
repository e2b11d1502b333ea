//! Dialogs: layers above the main view. The topmost takes what is typed.

pub mod add;
pub mod copy_menu;
mod day;
mod form;
pub mod form_group;
mod form_known;
pub mod form_many;
pub mod form_owner;
pub mod form_policy;
pub mod form_range;
mod group_names;
pub mod help;
pub mod history;
pub mod import;
mod import_plan;
pub mod messages;
pub mod move_to;
mod offers;
pub mod palette;
pub mod paths;
mod popup;
mod prompt;
pub mod prompts;
pub mod question;
pub mod review;
mod signs;
pub mod start;
pub mod test_address;
pub mod themes;

use super::keymap::{Action, Context, Key, Keymap};
use super::state::{Editor, Input};
use super::text_field::TextField;
use super::window::Motion;
use crate::editor::canvas::Frame;
use crossterm::event::KeyEvent;
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

    /// One of its rows was clicked, by the number that it was drawn with; `twice`: for the second time.
    fn click(&mut self, _row: usize, _twice: bool, _editor: &mut Editor) -> Flow {
        Flow::Stay
    }

    /// The text field of this number, or that has this line, which was clicked and has the focus from now on.
    fn field(&mut self, _number: usize) -> Option<&mut TextField> {
        None
    }

    /// The wheel was turned by so many rows: the same as keys, where a dialog does not know better.
    fn scroll(&mut self, rows: isize, editor: &mut Editor) -> Flow {
        let way = if rows < 0 { Action::Up } else { Action::Down };
        let Some(key) = editor.keymap.keys(Context::Dialog, way).first().map(|key| key.event()) else {
            return Flow::Stay;
        };
        for _ in 0..rows.unsigned_abs() {
            if self.handle(&Input::Key(key), None, editor) == Flow::Close {
                return Flow::Close;
            }
        }
        Flow::Stay
    }

    /// Brings itself up to date before a frame is drawn in `area`.
    fn refresh(&mut self, _editor: &Editor, _area: Rect) {}

    /// Draws itself over what is below, in an `area` that leaves the rows of the message and of the hints.
    fn draw(&self, editor: &Editor, frame: &mut Frame, area: Rect);

    /// Its keys and what they do, for the footer.
    fn hints(&self, hints: &mut Hints);

    /// Whether it covers the panes, so that they need not be drawn.
    fn fills_the_screen(&self) -> bool {
        false
    }
}

/// Keys with what they do, for the footer.
pub struct Hints<'a> {
    keymap: &'a Keymap,
    all: Vec<(String, String)>,
}

impl<'a> Hints<'a> {
    /// None yet.
    pub fn new(keymap: &'a Keymap) -> Self {
        Self { keymap, all: Vec::new() }
    }

    /// The key of an action in dialogs, with what it does here.
    pub fn key(&mut self, action: Action, words: &str) -> &mut Self {
        self.keys(&[action], words)
    }

    /// The keys of several actions that belong together.
    pub fn keys(&mut self, actions: &[Action], words: &str) -> &mut Self {
        let first = |action: &Action| self.keymap.keys(Context::Dialog, *action).first().map(Key::to_string);
        let keys: Vec<String> = actions.iter().filter_map(first).collect();
        if keys.is_empty() { self } else { self.text(&keys.join(" "), words) }
    }

    /// Something else that can be typed.
    pub fn text(&mut self, key: &str, words: &str) -> &mut Self {
        self.all.push((key.to_owned(), words.to_owned()));
        self
    }

    /// All of them.
    pub fn all(self) -> Vec<(String, String)> {
        self.all
    }
}

/// The key that was typed; what was pasted goes to the text field.
fn key_or_paste<'a>(input: &'a Input, field: &mut TextField) -> Option<&'a KeyEvent> {
    match input {
        Input::Key(key) => Some(key),
        Input::Paste(text) => {
            field.insert(text);
            None
        }
        Input::Mouse(_) | Input::Resize => None,
    }
}

/// What a key does in a dialog. What a dialog does not know goes to its text field.
fn does(editor: &Editor, key: &KeyEvent) -> Option<Action> {
    editor.keymap.action(Context::Dialog, key)
}

/// Whether a key leaves a dialog.
fn leaves(editor: &Editor, key: &KeyEvent) -> bool {
    does(editor, key) == Some(Action::Leave)
}

/// How a key moves in a dialog that has no text field: the keys of the main view do too.
fn motion(editor: &Editor, key: &KeyEvent) -> Option<Motion> {
    let main = || editor.keymap.action(Context::Main, key);
    does(editor, key).and_then(Motion::of).or_else(|| main().and_then(Motion::of))
}
