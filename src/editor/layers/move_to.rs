//! The chooser of a group that ranges are moved to, or of a category for a group, filtered as you type.
//!
//! ```text
//! ┌ Move 2 ranges to which group? ───────────────────┐
//! │ > office                                         │
//! │ > Corporate networks / Head office               │
//! │   Corporate networks / Branch office North       │
//! └──────────────────────────────────────────────────┘
//! ```

use super::{Flow, Hints, Layer, does, popup};
use crate::allowlist::{GroupAt, RangeAt};
use crate::editor::bulk;
use crate::editor::canvas::Frame;
use crate::editor::keymap::Action;
use crate::editor::state::{Editor, Input, Tone};
use crate::editor::text_field::TextField;
use crate::editor::width;
use crate::editor::window::{Motion, Window};
use ratatui::layout::Rect;
use ratatui::text::Line;

struct Choose {
    title: String,
    what: What,
    /// The names of the targets.
    names: Vec<String>,
    /// Those that match what is typed.
    shown: Vec<usize>,
    field: TextField,
    window: Window,
}

/// What is moved, and where it can go.
enum What {
    Ranges(Vec<RangeAt>, Vec<GroupAt>),
    Group(GroupAt, Vec<usize>),
}

/// Asks where these ranges are to go.
pub fn open(editor: &mut Editor, places: Vec<RangeAt>) {
    let (mut targets, mut names) = (Vec::new(), Vec::new());
    for (category, value) in editor.document.allowlist().categories().iter().enumerate() {
        for (group, of) in value.groups.iter().enumerate() {
            let at = GroupAt { category, group };
            // Where all of them are, they need not go.
            if places.iter().any(|place| place.group != at) {
                targets.push(at);
                names.push(format!("{} / {}", value.name, of.name));
            }
        }
    }
    if targets.is_empty() {
        return editor.say(Tone::Info, "There is no other group yet; A makes one.");
    }
    let title = format!("Move {} to which group?", bulk::named(editor, &places));
    push(editor, title, What::Ranges(places, targets), names);
}

/// Asks to which category a group is to go.
pub fn open_for_group(editor: &mut Editor, at: GroupAt) {
    let allowlist = editor.document.allowlist();
    let Some(name) = allowlist.group(at).map(|group| group.name.clone()) else { return };
    let others = allowlist.categories().iter().enumerate().filter(|(category, _)| *category != at.category);
    let (targets, names) = others
        .map(|(category, value)| {
            let taken = if value.group_named(&name).is_some() { " (has a group of this name)" } else { "" };
            (category, format!("{}{taken}", value.name))
        })
        .unzip();
    push(editor, format!("Move the group {name} to which category?"), What::Group(at, targets), names);
}

fn push(editor: &mut Editor, title: String, what: What, names: Vec<String>) {
    let shown = (0..names.len()).collect();
    let (field, window) = (TextField::single(""), Window::default());
    editor.layers.push(Box::new(Choose { title, what, names, shown, field, window }));
}

impl Choose {
    fn find(&mut self) {
        let words: Vec<String> = self.field.line().split_whitespace().map(str::to_lowercase).collect();
        let fits = |name: &str| words.iter().all(|word| name.to_lowercase().contains(word.as_str()));
        self.shown = (0..self.names.len()).filter(|at| fits(&self.names[*at])).collect();
        self.window = Window::default();
    }

    fn take(&self, editor: &mut Editor) -> Flow {
        let Some(chosen) = self.shown.get(self.window.cursor) else { return Flow::Stay };
        match &self.what {
            What::Ranges(places, to) => bulk::move_to(editor, places, to[*chosen]),
            What::Group(from, to) => bulk::move_group(editor, *from, to[*chosen]),
        }
        Flow::Close
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
                Some(Action::Take) => return self.take(editor),
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
            Input::Mouse(_) | Input::Resize => {}
        }
        Flow::Stay
    }

    fn refresh(&mut self, _: &Editor, area: Rect) {
        self.window.settle(self.shown.len(), usize::from(area.height.saturating_sub(6).min(14)));
    }

    fn click(&mut self, row: usize, twice: bool, editor: &mut Editor) -> Flow {
        self.window.cursor = row;
        if twice { self.take(editor) } else { Flow::Stay }
    }

    fn scroll(&mut self, rows: isize, _: &mut Editor) -> Flow {
        self.window.scroll(rows, self.shown.len(), true);
        Flow::Stay
    }

    fn field(&mut self, _: usize) -> Option<&mut TextField> {
        Some(&mut self.field)
    }

    fn draw(&self, editor: &Editor, frame: &mut Frame, area: Rect) {
        let theme = editor.theme;
        let columns = area.width.saturating_sub(2).min(76);
        let rows = u16::try_from(self.names.len().min(14) + 3).unwrap_or(u16::MAX);
        let inner = popup::draw(frame, area, theme, &self.title, (columns, rows));
        popup::field(frame, Rect { height: 1, ..inner }, &self.field, editor);
        let rest = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
        let room = usize::from(rest.width).saturating_sub(2);
        let lines = self.window.shown(self.shown.len()).map(|at| {
            let chosen = at == self.window.cursor;
            let name = width::clip(&self.names[self.shown[at]], room);
            let line = Line::raw(format!("{} {name}", if chosen { ">" } else { " " }));
            if chosen { line.style(theme.heading()) } else { line }
        });
        editor.pointer.spots.choices(rest, self.window.shown(self.shown.len()));
        popup::lines(frame, rest, lines.collect::<Vec<_>>());
    }

    fn hints(&self, hints: &mut Hints) {
        hints.key(Action::Take, "move there").text("type", "search");
        hints.keys(&[Action::Up, Action::Down], "choose").key(Action::Leave, "leave");
    }
}
