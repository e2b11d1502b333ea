//! The chooser of a group that ranges are moved to, filtered as you type.

use super::{Flow, Hints, Layer, does, popup};
use crate::allowlist::{GroupAt, RangeAt};
use crate::editor::bulk;
use crate::editor::editing::ranges;
use crate::editor::keymap::Action;
use crate::editor::state::{Editor, Input, Tone};
use crate::editor::text_field::TextField;
use crate::editor::width;
use crate::editor::window::{Motion, Window};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

struct Choose {
    places: Vec<RangeAt>,
    /// Every group with its category's name and its own.
    groups: Vec<(GroupAt, String)>,
    /// Those that match what is typed.
    shown: Vec<usize>,
    field: TextField,
    window: Window,
}

/// Asks where these ranges are to go.
pub fn open(editor: &mut Editor, places: Vec<RangeAt>) {
    let mut groups = Vec::new();
    for (category, value) in editor.document.allowlist().categories().iter().enumerate() {
        for (group, of) in value.groups.iter().enumerate() {
            groups.push((GroupAt { category, group }, format!("{} / {}", value.name, of.name)));
        }
    }
    // Where all of them are, they need not go.
    groups.retain(|(at, _)| places.iter().any(|place| place.group != *at));
    if groups.is_empty() {
        return editor.say(Tone::Info, "There is no other group yet; A makes one.");
    }
    let shown = (0..groups.len()).collect();
    let (field, window) = (TextField::single(""), Window::default());
    editor.layers.push(Box::new(Choose { places, groups, shown, field, window }));
}

impl Choose {
    fn find(&mut self) {
        let words: Vec<String> = self.field.line().split_whitespace().map(str::to_lowercase).collect();
        let fits = |name: &str| words.iter().all(|word| name.to_lowercase().contains(word.as_str()));
        self.shown = (0..self.groups.len()).filter(|at| fits(&self.groups[*at].1)).collect();
        self.window = Window::default();
    }
}

impl Layer for Choose {
    fn handle(&mut self, input: &Input, _: Option<&Input>, editor: &mut Editor) -> Flow {
        match input {
            Input::Paste(text) => {
                self.field.insert(text);
                self.find();
            }
            Input::Key(key) => match does(editor, key) {
                Some(Action::Leave) => return Flow::Close,
                Some(Action::Take) => {
                    let Some(chosen) = self.shown.get(self.window.cursor) else { return Flow::Stay };
                    bulk::move_to(editor, &self.places, self.groups[*chosen].0);
                    return Flow::Close;
                }
                Some(action @ (Action::Up | Action::Down | Action::PageUp | Action::PageDown)) => {
                    if let Some(motion) = Motion::of(action) {
                        self.window.go(motion, self.shown.len());
                    }
                }
                _ => {
                    if self.field.key(key) {
                        self.find();
                    }
                }
            },
            Input::Resize => {}
        }
        Flow::Stay
    }

    fn refresh(&mut self, _: &Editor, area: Rect) {
        self.window.settle(self.shown.len(), usize::from(area.height.saturating_sub(6).min(14)));
    }

    fn draw(&self, editor: &Editor, frame: &mut Frame, area: Rect) {
        let theme = editor.theme;
        let columns = area.width.saturating_sub(2).min(76);
        let rows = u16::try_from(self.groups.len().min(14) + 3).unwrap_or(u16::MAX);
        let title = format!("Move {} to which group?", ranges(self.places.len()));
        let inner = popup::draw(frame, area, theme, &title, (columns, rows));
        popup::field(frame, Rect { height: 1, ..inner }, &self.field, theme, true);
        let rest = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
        let room = usize::from(rest.width).saturating_sub(2);
        let lines = self.window.shown(self.shown.len()).map(|at| {
            let chosen = at == self.window.cursor;
            let name = width::clip(&self.groups[self.shown[at]].1, room);
            let line = Line::raw(format!("{} {name}", if chosen { ">" } else { " " }));
            if chosen { line.style(theme.heading()) } else { line }
        });
        popup::lines(frame, rest, lines.collect::<Vec<_>>());
    }

    fn hints(&self, hints: &mut Hints) {
        hints.key(Action::Take, "move them there").text("type", "search");
        hints.keys(&[Action::Up, Action::Down], "choose").key(Action::Leave, "leave");
    }
}
