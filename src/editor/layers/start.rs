//! The first question where there is no file yet: what to start from.
//!
//! ```text
//! ┌ Welcome to keymoat ──────────────────────────────┐
//! │ There is no allowlist at allowlist.json yet. …   │
//! │                                                  │
//! │ > 1 Sessions with MFA from everywhere, all el…   │
//! │   2 Everything from the list only: MFA is no …   │
//! │   3 The example, to look around                  │
//! │   4 Empty                                        │
//! │                                                  │
//! │ Nothing is written before you save; P changes …  │
//! └──────────────────────────────────────────────────┘
//! ```

use super::{Flow, Hints, Layer, does, leaves, motion, popup};
use crate::allowlist::Starter;
use crate::editor::canvas::Frame;
use crate::editor::keymap::{Action, Context};
use crate::editor::spots::Spot;
use crate::editor::state::{Editor, Input, Tone, Wish};
use crate::editor::width;
use crate::editor::window::Motion;
use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const STARTERS: [(Starter, &str); 4] = [
    (Starter::MfaOrAddress, "Sessions with MFA from everywhere, all else from the list only"),
    (Starter::ProgrammaticUsers, "Everything from the list only: MFA is no exception"),
    (Starter::Example, "The example, to look around"),
    (Starter::Empty, "Empty"),
];

struct Start {
    chosen: usize,
}

/// Asks what to start from.
pub fn open(editor: &mut Editor) {
    editor.layers.push(Box::new(Start { chosen: 0 }));
}

/// There is nothing to lose yet, so what leaves a dialog quits too.
fn quits(editor: &Editor, key: &KeyEvent) -> bool {
    leaves(editor, key) || editor.keymap.action(Context::Main, key) == Some(Action::Quit)
}

impl Start {
    fn start(&self, editor: &mut Editor) -> Flow {
        let (starter, _) = STARTERS[self.chosen];
        editor.document.start_with(starter.allowlist(editor.document.today));
        editor.say(Tone::Info, "A makes a group, a adds ranges to it, Ctrl-S saves; ? shows every key.");
        Flow::Close
    }
}

impl Layer for Start {
    fn handle(&mut self, input: &Input, _: Option<&Input>, editor: &mut Editor) -> Flow {
        let Input::Key(key) = input else { return Flow::Stay };
        match key.code {
            KeyCode::Esc => self.chosen = STARTERS.len() - 1,
            KeyCode::Char(c @ '1'..='4') => self.chosen = usize::from(c as u8 - b'1'),
            _ if does(editor, key) == Some(Action::Take) => {}
            _ => {
                if quits(editor, key) {
                    editor.wish = Some(Wish::Quit);
                }
                match motion(editor, key) {
                    Some(Motion::Up) => self.chosen = self.chosen.saturating_sub(1),
                    Some(Motion::Down) => self.chosen = (self.chosen + 1).min(STARTERS.len() - 1),
                    _ => {}
                }
                return Flow::Stay;
            }
        }
        self.start(editor)
    }

    fn click(&mut self, row: usize, twice: bool, editor: &mut Editor) -> Flow {
        self.chosen = row.min(STARTERS.len() - 1);
        if twice { self.start(editor) } else { Flow::Stay }
    }

    fn draw(&self, editor: &Editor, frame: &mut Frame, area: Rect) {
        let theme = editor.theme;
        let columns = area.width.saturating_sub(2).min(78);
        let inside = usize::from(columns.saturating_sub(4));
        let path = &editor.shown_path;
        let mut lines: Vec<Line> = Vec::new();
        let welcome = format!("There is no allowlist at {path} yet. What is to be let through?");
        lines.extend(width::wrap(&welcome, inside, 0).into_iter().take(3).map(Line::raw));
        lines.push(Line::default());
        // The starter that each line speaks of.
        let mut starters = vec![None; lines.len()];
        for (at, (starter, title)) in STARTERS.iter().enumerate() {
            let pointer = if at == self.chosen { "> " } else { "  " };
            let style = if at == self.chosen { theme.selected(true) } else { theme.heading() };
            let title = width::clip(title, inside.saturating_sub(5));
            lines.push(Line::from(vec![
                Span::styled(pointer, theme.accent()),
                Span::styled(format!("{} ", at + 1), theme.key()),
                Span::styled(title, style),
            ]));
            if area.height >= 20 {
                let help = width::wrap(starter.help(), inside.saturating_sub(4), 0);
                lines.extend(
                    help.into_iter().take(2).map(|line| Line::styled(format!("    {line}"), theme.dim())),
                );
            }
            starters.resize(lines.len(), Some(at));
        }
        lines.push(Line::default());
        let later = match editor.keymap.keys(Context::Main, Action::PolicySettings).first() {
            Some(key) => format!("; {key} changes all of it later"),
            None => String::new(),
        };
        let later = format!("Nothing is written before you save{later}.");
        lines.push(Line::styled(width::clip(&later, inside), theme.dim()));
        let rows = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX);
        let inner = popup::draw(frame, area, theme, "Welcome to keymoat", (columns, rows));
        for (at, y) in starters.into_iter().zip(inner.y..inner.bottom()) {
            if let Some(at) = at {
                editor.pointer.spots.add(Rect { y, height: 1, ..inner }, Spot::Choice(at));
            }
        }
        popup::lines(frame, inner, lines);
    }

    fn hints(&self, hints: &mut Hints) {
        hints.keys(&[Action::Up, Action::Down], "choose").key(Action::Take, "start");
        hints.text("q", "quit").text("1-4", "start").text("Esc", "start empty");
    }
}
