//! The earlier versions that saves have kept, the newest first, each with what going back to it would change of
//! what is open. Taking one is an edit like any other; nothing is written before the user saves.
//!
//! ```text
//! ┌ Earlier versions · 2 of 3 · UTC · + - ~: by going back ─────┐
//! │   2026-11-22 09:12  12 ranges  the same  today  by netops   │
//! │ > 2026-05-22 14:03  10 ranges  +1 -3 ~2  6 months ago       │
//! │   2026-01-02 10:30  x cannot be read                        │
//! │                                                             │
//! │ What going back to it changes                               │
//! │ 256 addresses more.                                         │
//! │ + admits 256 addresses more: 203.0.114.0/24                 │
//! └─────────────────────────────────────────────────────────────┘
//! ```

mod compare;

use super::{Flow, Hints, Layer, does, motion, popup};
use crate::allowlist::{Edit, minute};
use crate::editor::canvas::Frame;
use crate::editor::editing::ranges;
use crate::editor::keymap::Action;
use crate::editor::panes::preview::draw_line;
use crate::editor::panes::preview_lines::{LineKind, PreviewLine, line, wrapped};
use crate::editor::selection::Selection;
use crate::editor::state::{Editor, Input, Tone};
use crate::editor::theme::Theme;
use crate::editor::width;
use crate::editor::window::{Motion, Window};
use crate::storage::{self, Kept};
use compare::{Compared, Seen, Work, name};
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver};

/// Up to how many bytes of all versions it is not worth a thread.
const AT_ONCE: u64 = 512 << 10;

/// About how many bytes a range takes in a version's file.
const RANGE: u64 = 100;

/// How many rows there are for the differences where there is room.
const DIFFERENCES: u16 = 16;

struct History {
    /// The newest first.
    kept: Vec<Kept>,
    /// What is known of each, as far as it was looked at.
    seen: Vec<Option<Seen>>,
    coming: Receiver<(usize, Seen)>,
    /// Which one is to be looked at before the others.
    wanted: Arc<AtomicUsize>,
    window: Window,
    /// What is said of the chosen one.
    lines: Vec<PreviewLine>,
    below: Window,
    /// What `lines` were made for: which version, whether it was looked at, and how many columns there are.
    made_for: Option<(usize, bool, usize)>,
}

/// Opens the list of versions, or says that there are none.
pub fn open(editor: &mut Editor) {
    let paths = &editor.document.paths;
    let mut kept = match storage::kept(&paths.state, &paths.allowlist) {
        Ok(kept) => kept,
        Err(error) => return editor.say(Tone::Error, error.to_string()),
    };
    if kept.is_empty() {
        return editor
            .say(Tone::Info, "No earlier version of this allowlist is kept yet; each save keeps one.");
    }
    kept.reverse();
    let wanted = Arc::new(AtomicUsize::new(0));
    let work = Work {
        open: editor.document.snapshot(),
        today: editor.document.today,
        kept: kept.clone(),
        wanted: Arc::clone(&wanted),
    };
    let history = History {
        seen: kept.iter().map(|_| None).collect(),
        coming: start(editor, work),
        kept,
        wanted,
        window: Window::default(),
        lines: Vec::new(),
        below: Window::default(),
        made_for: None,
    };
    editor.layers.push(Box::new(history));
}

/// Has the versions looked at: here and now, or where much is kept in a thread, which ends with the dialog.
fn start(editor: &Editor, work: Work) -> Receiver<(usize, Seen)> {
    let (send, coming) = mpsc::channel();
    let size: u64 = work.kept.iter().map(|kept| kept.size).sum();
    if let Some(wake) = editor.wake.clone().filter(|_| size > AT_ONCE) {
        let (work, send) = (work.clone(), send.clone());
        let look = move || {
            work.run(|at, seen| {
                let is_waited_for = send.send((at, seen)).is_ok();
                wake();
                is_waited_for
            });
        };
        if std::thread::Builder::new().name("history".to_owned()).spawn(look).is_ok() {
            return coming;
        }
    }
    work.run(|at, seen| send.send((at, seen)).is_ok());
    coming
}

/// Goes back to a version, as one step.
fn go_back(editor: &mut Editor, kept: &Kept) {
    let version = match kept.read() {
        Ok(version) => version,
        Err(unreadable) => return editor.say(Tone::Error, unreadable.error),
    };
    let minute = minute(version.saved);
    let name = minute.map_or_else(|| format!("version {}", kept.id), |at| format!("the version of {at}"));
    if version.allowlist == *editor.document.allowlist() {
        return editor.say(Tone::Info, format!("Nothing was changed: {name} says what is open."));
    }
    let selection = Selection::of(editor);
    let said = format!("Back at {name}; u undoes it, Ctrl-S saves it.");
    if editor.edit(Edit::Become(Box::new(version.allowlist)), format!("go back to {name}"), said) {
        selection.restore(editor, None);
    }
}

/// How the dialog is divided.
struct Layout {
    /// The size of the box.
    size: (u16, u16),
    /// The columns in it.
    columns: usize,
    /// The rows of versions, those between them and the heading, and those below that.
    rows: [u16; 3],
}

impl Layout {
    fn of(area: Rect, versions: usize) -> Self {
        let inside = area.height.saturating_sub(2);
        let versions = u16::try_from(versions).unwrap_or(u16::MAX).min((inside / 3).clamp(3, 14));
        let gap = u16::from(inside >= 14);
        // A gap that is too narrow is not left, as [`popup::draw`] has it.
        let fit = |most: u16, all: u16, least: u16| if most + least >= all { all } else { most };
        let columns = fit(108, area.width, 6);
        let rows = fit(versions + gap + DIFFERENCES + 3, area.height, 2);
        Self {
            size: (columns, rows),
            columns: usize::from(columns.saturating_sub(4)),
            rows: [versions, gap, rows.saturating_sub(versions + gap + 3)],
        }
    }
}

impl History {
    fn chosen(&self) -> Option<&Seen> {
        self.seen.get(self.window.cursor)?.as_ref()
    }

    fn take(&self, editor: &mut Editor) -> Flow {
        let Some(kept) = self.kept.get(self.window.cursor).cloned() else { return Flow::Stay };
        if self.chosen().is_some_and(|seen| seen.what.is_err()) {
            editor.say(Tone::Info, "That version cannot be read, so there is no going back to it.");
            return Flow::Stay;
        }
        let count = usize::try_from(kept.size / RANGE).unwrap_or(usize::MAX).max(editor.document.size().1);
        editor.work_on(count, "Reading the version", move |editor| go_back(editor, &kept));
        Flow::Close
    }

    fn say(&mut self, columns: usize) {
        let made_for = (self.window.cursor, self.chosen().is_some(), columns);
        if self.made_for == Some(made_for) {
            return;
        }
        if self.made_for.is_none_or(|(version, ..)| version != made_for.0) {
            self.below = Window::default();
        }
        let mut lines = Vec::new();
        match self.chosen().map(|seen| &seen.what) {
            None => lines.push(line(LineKind::Dim, "comparing …")),
            Some(Err(error)) => wrapped(&mut lines, LineKind::Plain, error, columns),
            Some(Ok(compared)) => {
                compared.lines.iter().for_each(|line| wrapped(&mut lines, line.kind, &line.text, columns));
            }
        }
        (self.lines, self.made_for) = (lines, Some(made_for));
    }

    /// A row of the list; `widths`: the columns of the numbers of ranges and of changes.
    fn row(&self, at: usize, theme: Theme, columns: usize, widths: [usize; 2]) -> Line<'static> {
        let is_chosen = at == self.window.cursor;
        let style = if is_chosen { theme.heading() } else { Style::new() };
        let (name, rest) = match &self.seen[at] {
            None => (name(self.kept[at].id, None), Span::styled("reading …", theme.dim())),
            Some(Seen { name, what: Err(_) }) => {
                (name.clone(), Span::styled("x cannot be read", theme.error()))
            }
            Some(Seen { name, what: Ok(compared) }) => {
                let words = words(compared, columns.saturating_sub(NAME + 4), widths);
                (name.clone(), Span::styled(words, style))
            }
        };
        let pointer = Span::styled(if is_chosen { "> " } else { "  " }, theme.accent());
        Line::from(vec![pointer, Span::styled(width::pad(&name, NAME + 2), style), rest])
    }
}

/// The columns of a version's name.
const NAME: usize = "2026-05-22 14:03".len();

fn counts(compared: &Compared) -> &str {
    compared.counts.as_deref().unwrap_or("the same")
}

/// What is said of a version in its row, as far as there is room for it.
fn words(compared: &Compared, columns: usize, [ranges_width, counts_width]: [usize; 2]) -> String {
    let count = width::pad(&ranges(compared.ranges), ranges_width);
    let mut words = format!("{count}  {}", width::pad(counts(compared), counts_width));
    let by = if compared.by.is_empty() { String::new() } else { format!("by {}", compared.by) };
    for more in [&compared.ago, &by] {
        if width::columns(&words) + 2 + width::columns(more) <= columns {
            words = format!("{words}  {more}");
        }
    }
    width::clip(words.trim_end(), columns)
}

impl Layer for History {
    fn handle(&mut self, input: &Input, _: Option<&Input>, editor: &mut Editor) -> Flow {
        let Input::Key(key) = input else { return Flow::Stay };
        match does(editor, key) {
            Some(Action::Leave) => return Flow::Close,
            Some(Action::Take) => return self.take(editor),
            _ => {}
        }
        match motion(editor, key) {
            Some(motion @ (Motion::PageUp | Motion::PageDown)) => {
                let page = self.below.shown(self.lines.len()).len().saturating_sub(1).max(1).cast_signed();
                let rows = if motion == Motion::PageUp { -page } else { page };
                self.below.scroll(rows, self.lines.len(), true);
            }
            Some(motion) => self.window.go(motion, self.kept.len()),
            None => {}
        }
        Flow::Stay
    }

    fn click(&mut self, row: usize, twice: bool, editor: &mut Editor) -> Flow {
        self.window.cursor = row.min(self.kept.len().saturating_sub(1));
        if twice { self.take(editor) } else { Flow::Stay }
    }

    fn scroll(&mut self, rows: isize, _: &mut Editor) -> Flow {
        self.window.scroll(rows, self.kept.len(), true);
        Flow::Stay
    }

    fn refresh(&mut self, _: &Editor, screen: Rect) {
        for (at, seen) in self.coming.try_iter() {
            self.seen[at] = Some(seen);
        }
        // As it is drawn: without the rows of the message and of the hints.
        let area = Rect { height: screen.height.saturating_sub(2), ..screen };
        let layout = Layout::of(area, self.kept.len());
        let [versions, _, rest] = layout.rows;
        self.window.settle(self.kept.len(), usize::from(versions));
        self.wanted.store(self.window.cursor, Ordering::Relaxed);
        self.say(layout.columns);
        self.below.settle(self.lines.len(), usize::from(rest));
    }

    fn draw(&self, editor: &Editor, frame: &mut Frame, area: Rect) {
        let theme = editor.theme;
        let Layout { size, columns, rows: [versions, gap, _] } = Layout::of(area, self.kept.len());
        let title = format!(
            "Earlier versions · {} of {} · UTC · + - ~: by going back",
            self.window.cursor + 1,
            self.kept.len()
        );
        let inner = popup::draw(frame, area, theme, &title, size);
        let shown = self.window.shown(self.kept.len());
        let readable = || self.seen.iter().flatten().filter_map(|seen| seen.what.as_ref().ok());
        let widths = [
            readable().map(|seen| ranges(seen.ranges).len()).max().unwrap_or_default(),
            readable().map(|seen| counts(seen).len()).max().unwrap_or_default(),
        ];
        editor.pointer.spots.choices(Rect { height: versions.min(inner.height), ..inner }, shown.clone());
        popup::lines(frame, inner, shown.map(|at| self.row(at, theme, columns, widths)).collect::<Vec<_>>());
        let y = inner.y + versions + gap;
        let heading = match self.chosen().map(|seen| &seen.what) {
            Some(Err(_)) => "It cannot be read",
            _ => "What going back to it changes",
        };
        let rest = Rect { y, height: inner.bottom().saturating_sub(y), ..inner };
        popup::lines(frame, rest, [Line::styled(heading, theme.heading())]);
        for (y, at) in (y + 1..inner.bottom()).zip(self.below.shown(self.lines.len())) {
            draw_line(&self.lines[at], theme, Rect { y, height: 1, ..inner }, frame.buffer_mut());
        }
    }

    fn hints(&self, hints: &mut Hints) {
        hints.key(Action::Take, "go back to it").keys(&[Action::Up, Action::Down], "choose");
        hints.keys(&[Action::PageUp, Action::PageDown], "scroll").key(Action::Leave, "leave");
    }
}
