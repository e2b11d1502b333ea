//! The messages so far, the newest first.
//!
//! ```text
//! ┌ Messages ───────────────────────────────────────┐
//! │   Added 2 ranges to Office.                     │
//! │ x The file is read-only, so nothing was saved   │
//! └─────────────────────────────────────────────────┘
//! ```

use super::{Flow, Hints, Layer, motion, popup};
use crate::editor::canvas::Frame;
use crate::editor::keymap::Action;
use crate::editor::state::{Editor, Input, Tone};
use crate::editor::width;
use crate::editor::window::Window;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

struct Messages {
    lines: Vec<(Tone, String)>,
    columns: usize,
    window: Window,
}

/// Opens the list; the errors in it have been read then.
pub fn open(editor: &mut Editor) {
    editor.messages.read_all();
    editor.layers.push(Box::new(Messages { lines: Vec::new(), columns: 0, window: Window::default() }));
}

impl Layer for Messages {
    fn handle(&mut self, input: &Input, _: Option<&Input>, editor: &mut Editor) -> Flow {
        let Input::Key(key) = input else { return Flow::Stay };
        let Some(motion) = motion(editor, key) else { return Flow::Close };
        self.window.go(motion, self.lines.len());
        Flow::Stay
    }

    fn refresh(&mut self, editor: &Editor, area: Rect) {
        let columns = usize::from(area.width.saturating_sub(6).min(96));
        if self.columns != columns {
            self.columns = columns;
            let lines = editor.messages.newest_first().flat_map(|(tone, text)| {
                let sign = match tone {
                    Tone::Error => "x",
                    Tone::Warning => "!",
                    Tone::Done | Tone::Info => " ",
                };
                let lines = width::wrap(text, columns.saturating_sub(2), 0).into_iter().enumerate();
                lines.map(move |(at, line)| (*tone, format!("{} {line}", if at == 0 { sign } else { " " })))
            });
            self.lines = lines.collect();
        }
        self.window.settle(self.lines.len(), usize::from(area.height.saturating_sub(4)));
    }

    fn scroll(&mut self, rows: isize, _: &mut Editor) -> Flow {
        self.window.scroll(rows, self.lines.len(), true);
        Flow::Stay
    }

    fn draw(&self, editor: &Editor, frame: &mut Frame, area: Rect) {
        let columns = area.width.saturating_sub(2).min(100);
        let inner =
            popup::draw(frame, area, editor.theme, "Messages", (columns, area.height.saturating_sub(2)));
        let lines = self.window.shown(self.lines.len()).map(|at| {
            let (tone, text) = &self.lines[at];
            let style = match tone {
                Tone::Error => editor.theme.error(),
                Tone::Warning => editor.theme.warning(),
                Tone::Done => editor.theme.good(),
                Tone::Info => Style::new(),
            };
            Line::styled(text.clone(), style)
        });
        popup::lines(frame, inner, lines.collect::<Vec<_>>());
    }

    fn hints(&self, hints: &mut Hints) {
        hints.keys(&[Action::Up, Action::Down], "move").key(Action::Leave, "close");
    }
}
