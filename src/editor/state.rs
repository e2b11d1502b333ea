//! The state of the editor. It knows no terminal: [`Editor::handle`] takes what was typed, and
//! [`Editor::refresh`] and `view::draw` make a frame of it.

use super::document::Document;
use super::editing;
use super::keeper::Keeper;
use super::keymap::{Action, Context, Keymap};
use super::layers::Layer;
use super::layers::review::queue::Queue;
use super::layout::Layout;
use super::looks::Looks;
use super::messages::{Messages, Topic};
use super::mouse::Pointer;
use super::outside::Outside;
use super::panes::Pane;
use super::panes::points::Points;
use super::panes::preview::Preview;
use super::panes::ranges::Ranges;
use super::sizes::Sizes;
use super::theme::Theme;
use crate::allowlist::GroupAt;
use crate::storage::Session;
use crossterm::event::KeyEvent;
use ratatui::layout::Rect;
use std::collections::HashMap;
use std::sync::Arc;

/// What comes in from the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed.
    Key(KeyEvent),
    /// A text was pasted.
    Paste(String),
    /// The mouse was used.
    Mouse(Mouse),
    /// The size has changed, or all must be drawn anew.
    Resize,
}

impl Input {
    /// Whether the mouse was pressed.
    pub fn is_press(&self) -> bool {
        matches!(self, Self::Mouse(mouse) if matches!(mouse.gesture, Gesture::Press { .. }))
    }
}

/// What was done with the mouse, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    /// Column and row, from 0.
    pub at: (u16, u16),
    /// What was done.
    pub gesture: Gesture,
}

/// What can be done with the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gesture {
    /// The left button was pressed; `twice`: for the second time, soon after the first.
    Press {
        /// Whether it makes a double click.
        twice: bool,
    },
    /// The mouse was moved with the button held.
    Drag,
    /// A button was let go.
    Release,
    /// The wheel was turned by so many rows, downwards where above 0.
    Scroll(i16),
}

/// What a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// It goes with the next key, or by itself.
    Info,
    /// The same; something was done.
    Done,
    /// The same; something was done that has not the effect that one expects.
    Warning,
    /// It stays until it is read.
    Error,
}

/// What the event loop is to do next, apart from going on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// To end.
    Quit,
    /// To go to the shell for a while.
    Suspend,
    /// To draw everything anew.
    Redraw,
    /// To send this to the terminal's clipboard.
    Copy(String),
    /// To edit this in another program.
    Outside(Box<Outside>),
}

/// A text that was typed into a dialog and not taken, with what the dialog had started from: it comes
/// back only where it would start from the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What the fields said when the dialog was opened.
    pub original: Vec<String>,
    /// What was typed.
    pub typed: Vec<String>,
}

/// Something that takes a while, which is said before it is done.
pub struct Later {
    /// What is shown meanwhile.
    pub words: &'static str,
    does: Box<dyn FnOnce(&mut Editor)>,
}

/// Has a frame drawn, from another thread, for what that has done.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// From how many ranges on it is said what takes a while.
const LARGE: usize = 5_000;

/// Whether what is done with so many ranges may take so long that it is said before.
pub fn is_large(ranges: usize) -> bool {
    ranges >= LARGE
}

/// All of the editor.
pub struct Editor {
    /// What is edited.
    pub document: Document,
    /// Where it is, as it is shown.
    pub shown_path: String,
    /// The left pane.
    pub points: Points,
    /// The middle pane.
    pub ranges: Ranges,
    /// The right pane.
    pub preview: Preview,
    /// The pane that keys go to.
    pub focus: Pane,
    /// How wide the panes are.
    pub sizes: Sizes,
    /// The filter; empty: none.
    pub filter: String,
    /// Dialogs, the topmost last.
    pub layers: Vec<Box<dyn Layer>>,
    /// Texts of dialogs that were left.
    pub drafts: HashMap<&'static str, Draft>,
    /// What was reviewed in the review mode, while it is left.
    pub reviewed: Option<Box<Queue>>,
    /// The theme that is shown.
    pub theme: Theme,
    /// Which one it is, and what the terminal can show.
    pub looks: Looks,
    /// What the event loop is to do.
    pub wish: Option<Wish>,
    /// Whether the terminal can be asked to keep something in its clipboard.
    pub has_clipboard: bool,
    /// What was run by its name, the last first.
    pub recent: Vec<Action>,
    /// What is said in the line below.
    pub messages: Messages,
    /// What is to be done once a frame has said so.
    pub later: Option<Later>,
    /// Whom to wake; `None`: nobody waits for other threads, so that all is done at once.
    pub wake: Option<Wake>,
    pub(super) keymap: Keymap,
    /// Who keeps the draft of what is unsaved.
    pub(super) keeper: Arc<Keeper>,
    /// The revision that the keeper knows of, where it has got one.
    pub(super) kept: Option<u64>,
    /// What was remembered when the session began.
    pub(super) recalled: Option<Session>,
    /// What the keeper is to remember, where it is something else.
    pub(super) session: Option<Session>,
    /// Whether somebody else has changed the file, and it is not looked at yet.
    pub(super) disk_changed: bool,
    /// Whether it may still be said at the start that ranges are due for review.
    pub(super) reminds: bool,
    /// The mouse.
    pub(super) pointer: Pointer,
    /// The screen of the last frame.
    pub(super) area: Rect,
    /// Where everything was on the last frame.
    pub(super) layout: Layout,
    /// How much was done, apart from moves in the ranges.
    pub(super) acts: u64,
    /// Whether what is being done is a move in the ranges and nothing else: of a frame it changes no more than the
    /// rows and what is said of the selected one.
    pub(super) moves: bool,
}

impl Editor {
    /// An editor of a document. Where there is no file yet, it asks first what to start from.
    pub fn new(document: Document, theme: Theme) -> Self {
        let shown_path = crate::text::quoted(&document.paths.allowlist.to_string_lossy(), 400);
        let mut editor = Self {
            shown_path,
            points: Points::default(),
            ranges: Ranges::default(),
            preview: Preview::default(),
            focus: Pane::Points,
            sizes: Sizes::default(),
            filter: String::new(),
            layers: Vec::new(),
            drafts: HashMap::new(),
            reviewed: None,
            theme,
            looks: Looks::default(),
            wish: None,
            has_clipboard: true,
            recent: Vec::new(),
            messages: Messages::default(),
            later: None,
            wake: None,
            keymap: Keymap::default(),
            keeper: Arc::default(),
            kept: None,
            recalled: None,
            session: None,
            disk_changed: false,
            reminds: true,
            pointer: Pointer::default(),
            area: Rect::default(),
            layout: Layout::default(),
            acts: 0,
            moves: false,
            document,
        };
        super::file::say_losses(&mut editor);
        if !editor.document.is_on_disk() {
            super::layers::start::open(&mut editor);
        }
        super::file::offer_draft(&mut editor);
        editor
    }

    /// Says something in the line below.
    pub fn say(&mut self, tone: Tone, text: impl Into<String>) {
        self.messages.say(tone, text.into());
    }

    /// Says an error, until it is read or something about the same succeeds.
    pub fn fail(&mut self, topic: Topic, text: impl Into<String>) {
        let text = text.into();
        self.messages.fail(topic, text.clone(), text);
    }

    /// Says something in short; `whole` takes its place where it fits into a line, and in the list of messages.
    pub fn say_in(&mut self, tone: Tone, short: String, whole: String) {
        let shown = self.fitting(short, &whole);
        self.messages.say_in(tone, shown, whole);
    }

    /// Says once, before anything is typed, that the policy on disk is not that of the list, else that ranges are due
    /// for review; the header and the footer go on saying it.
    fn remind(&mut self) {
        let is_silent = self.layers.is_empty() && self.messages.shown().is_none();
        if !(self.reminds && is_silent && self.document.is_reviewed()) {
            return;
        }
        self.reminds = false;
        if self.document.is_policy_old() {
            let words = "The policy on disk does not say what the list says: the view Differences tells.";
            return self.say(Tone::Warning, words);
        }
        let due = self.document.due();
        let Some(key) = self.keymap.keys(Context::Main, Action::Review).first().filter(|_| due > 0) else {
            return;
        };
        let are = if due == 1 { "is" } else { "are" };
        let words =
            format!("{} {are} due for review: {key} goes through them, oldest first.", editing::ranges(due));
        self.say(Tone::Info, words);
    }

    /// Both of [`Self::fail`] and [`Self::say_in`].
    pub fn fail_in(&mut self, topic: Topic, short: String, whole: String) {
        let shown = self.fitting(short, &whole);
        self.messages.fail(topic, shown, whole);
    }

    fn fitting(&self, short: String, whole: &str) -> String {
        let room = usize::from(self.area.width).saturating_sub(4);
        if super::width::columns(whole) <= room { whole.to_owned() } else { short }
    }

    /// Takes away a message that has been shown for long enough, unless it is an error.
    pub fn fade(&mut self) {
        self.messages.pass();
    }

    /// Does something that takes a while with a large allowlist: at once, or behind a frame that says so.
    pub fn work(&mut self, words: &'static str, does: impl FnOnce(&mut Self) + 'static) {
        self.work_on(self.document.size().1, words, does);
    }

    /// The same with so many ranges.
    pub fn work_on(&mut self, ranges: usize, words: &'static str, does: impl FnOnce(&mut Self) + 'static) {
        if !is_large(ranges) {
            does(self);
        } else {
            self.later = Some(Later { words, does: Box::new(does) });
        }
    }

    /// Does what the last frame has said.
    pub fn work_off(&mut self) {
        while let Some(later) = self.later.take() {
            (later.does)(self);
            self.rebuild();
        }
    }

    /// The group that is selected on the left, or that the selected range is in where the middle has the
    /// focus.
    pub fn target_group(&self) -> Option<GroupAt> {
        use super::panes::points::Point;
        match (self.points.selected(), self.focus) {
            (_, Pane::Ranges) if self.ranges.selected().is_some() => {
                self.ranges.selected().map(|at| at.group)
            }
            (Point::Group(at), _) => Some(at),
            (Point::Category(_), _) => None,
        }
    }

    /// Whether a dialog covers the panes.
    pub fn is_covered(&self) -> bool {
        self.layers.iter().any(|layer| layer.fills_the_screen())
    }

    /// Brings the panes up to date with the allowlist, without regard to the screen.
    pub fn rebuild(&mut self) {
        self.points.rebuild(&self.document);
        self.ranges.rebuild(&self.document, self.points.selected(), &self.filter);
    }

    /// Brings everything up to date before a frame is drawn in `area`.
    pub fn refresh(&mut self, area: Rect) {
        self.document.refresh();
        self.remind();
        self.area = area;
        let layout = Layout::of(area, self);
        self.layout = layout;
        match self.focus {
            Pane::Points => self.points.catch(),
            Pane::Ranges => self.ranges.catch(),
            Pane::Preview => self.preview.catch(),
        }
        self.points.refresh(&self.document, usize::from(layout.points.height));
        self.ranges.rebuild(&self.document, self.points.selected(), &self.filter);
        self.ranges.settle(usize::from(layout.ranges.height.saturating_sub(1)));
        // Places in a review of earlier are not those of now: until the next one the preview stays.
        let seen = layout.preview.width > 0 && !self.is_covered();
        if seen && self.document.is_reviewed() {
            self.preview.refresh(
                &self.document,
                usize::from(layout.preview.width),
                usize::from(layout.preview.height),
            );
        }
        let mut layers = std::mem::take(&mut self.layers);
        for layer in &mut layers {
            layer.refresh(self, area);
        }
        self.layers = layers;
    }
}
