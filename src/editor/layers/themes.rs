//! The list of themes. The screen shows the one that is pointed at; leaving brings back the one before.
//!
//! ```text
//! ┌ Theme ──────────────────────────────────────┐
//! │> default    the terminal's own colours      │
//! │  dusk       light on dark                   │
//! │  mine       your own                        │
//! │                                             │
//! │ x error  ! warning  i remark  + new  - gone │
//! └─────────────────────────────────────────────┘
//! ```

use super::{Flow, Hints, Layer, does, motion, popup};
use crate::editor::canvas::Frame;
use crate::editor::keymap::Action;
use crate::editor::looks;
use crate::editor::state::{Editor, Input, Tone};
use crate::editor::theme::{Theme, mark};
use crate::editor::width;
use crate::editor::window::Window;
use crate::review::Severity;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

struct Themes {
    /// Their names, and what they are.
    names: Vec<(String, String)>,
    window: Window,
    /// What is shown again when the list is left.
    before: Theme,
    /// Why the one that is pointed at cannot be shown.
    error: Option<String>,
}

/// Opens the list, pointing at the theme that is shown.
pub fn open(editor: &mut Editor) {
    let names = looks::names(&editor.document.paths.config);
    let mut window = Window::default();
    window.cursor = names.iter().position(|(name, _)| *name == editor.looks.name).unwrap_or_default();
    editor.layers.push(Box::new(Themes { names, window, before: editor.theme, error: None }));
}

/// Shows the theme of a name and keeps it for the next time.
pub fn take(editor: &mut Editor, name: &str) -> Result<(), String> {
    if let Some(reason) = editor.looks.refusal() {
        return Err(format!("theme: {reason}."));
    }
    let config = &editor.document.paths.config;
    editor.theme = editor.looks.theme(config, name)?;
    let kept = looks::keep(config, name);
    editor.looks.name = name.to_owned();
    match kept {
        Ok(()) => editor.say(Tone::Done, format!("The theme is {name}, the next time too.")),
        Err(error) => editor.say(Tone::Error, format!("The theme is {name} until you quit: {error}")),
    }
    Ok(())
}

impl Themes {
    fn name(&self) -> &str {
        self.names.get(self.window.cursor).map_or("", |(name, _)| name)
    }

    fn take(&self, editor: &mut Editor) -> Flow {
        if self.error.is_some() {
            return Flow::Stay;
        }
        if let Err(reason) = take(editor, self.name()) {
            editor.say(Tone::Error, reason);
        }
        Flow::Close
    }

    fn preview(&mut self, editor: &mut Editor) {
        let theme = editor.looks.theme(&editor.document.paths.config, self.name());
        match theme {
            Ok(theme) => (editor.theme, self.error) = (theme, None),
            Err(error) => (editor.theme, self.error) = (self.before, Some(error)),
        }
    }
}

impl Layer for Themes {
    fn handle(&mut self, input: &Input, _: Option<&Input>, editor: &mut Editor) -> Flow {
        let Input::Key(key) = input else { return Flow::Stay };
        match does(editor, key) {
            Some(Action::Leave) => {
                editor.theme = self.before;
                return Flow::Close;
            }
            Some(Action::Take) => return self.take(editor),
            _ => {}
        }
        if let Some(motion) = motion(editor, key) {
            self.window.go(motion, self.names.len());
            self.preview(editor);
        }
        Flow::Stay
    }

    fn click(&mut self, row: usize, twice: bool, editor: &mut Editor) -> Flow {
        self.window.cursor = row.min(self.names.len().saturating_sub(1));
        self.preview(editor);
        if twice { self.take(editor) } else { Flow::Stay }
    }

    fn refresh(&mut self, _: &Editor, area: Rect) {
        self.window.settle(self.names.len(), usize::from(area.height.saturating_sub(7).clamp(1, 14)));
    }

    fn draw(&self, editor: &Editor, frame: &mut Frame, area: Rect) {
        let theme = editor.theme;
        // Small, so that much of what it is about can be seen.
        let columns = area.width.saturating_sub(2).min(50);
        let inside = usize::from(columns.saturating_sub(4));
        let below = match &self.error {
            Some(error) => {
                let lines = width::wrap(&format!("x {error}"), inside, 2).into_iter().take(3);
                lines.map(|line| Line::styled(line, theme.error())).collect()
            }
            None => vec![Line::default(), sample(theme)],
        };
        let shown = self.window.shown(self.names.len());
        let rows = u16::try_from(shown.len() + below.len() + 2).unwrap_or(u16::MAX);
        let inner = popup::draw(frame, area, theme, "Theme", (columns, rows));
        let names = self.names.iter().map(|(name, _)| width::columns(name)).max().unwrap_or_default();
        let names = names.min(inside / 2);
        editor.pointer.spots.choices(inner, shown.clone());
        let lines = shown.map(|at| {
            let (name, words) = &self.names[at];
            let chosen = at == self.window.cursor;
            let pointer = if chosen { "> " } else { "  " };
            Line::from(vec![
                Span::styled(pointer, theme.accent()),
                Span::styled(
                    width::pad(name, names + 2),
                    if chosen { theme.heading() } else { Style::new() },
                ),
                Span::styled(width::clip(words, inside.saturating_sub(names + 4)), theme.dim()),
            ])
        });
        let lines: Vec<Line> = lines.chain(below).collect();
        popup::lines(frame, inner, lines);
    }

    fn hints(&self, hints: &mut Hints) {
        hints.keys(&[Action::Up, Action::Down], "look at another");
        hints.key(Action::Take, "take it").key(Action::Leave, "leave it as it was");
    }
}

/// Every mark, as it looks.
fn sample(theme: Theme) -> Line<'static> {
    let severity = |severity| (mark(severity), theme.severity(severity));
    let marks = [
        (severity(Severity::Error), " error  "),
        (severity(Severity::Warning), " warning  "),
        (severity(Severity::Info), " remark  "),
        (("+", theme.added_mark()), " new  "),
        (("-", theme.removed_mark()), " gone"),
    ];
    let spans =
        marks.into_iter().flat_map(|((mark, style), word)| [Span::styled(mark, style), Span::raw(word)]);
    Line::from(spans.collect::<Vec<_>>())
}
