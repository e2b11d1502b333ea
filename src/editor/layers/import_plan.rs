//! The preview of an import: what would be added, what is there, what is refused and why, what is gone.
//! Enter takes it as one step.
//!
//! ```text
//! ┌ Import nat.json · aws-nat-gateways ───────────────────────┐
//! │ 2 new, 1 already there, 1 no longer in the source         │
//! │ + 52.28.11.7/32 to eu-central-1 (AWS accounts), nat-a     │
//! │ - 52.28.11.9/32 no longer in the source: s takes it out   │
//! └───────────────────────────────────────────────────────────┘
//! ```

mod words;

pub use words::error as error_words;

use super::form::{self, About, Field, Form, Remark};
use super::{Flow, Hints, Layer, does, motion, popup};
use crate::allowlist::Kind;
use crate::editor::canvas::Frame;
use crate::editor::editing::ranges;
use crate::editor::keymap::Action;
use crate::editor::messages::Topic;
use crate::editor::panes::points::Point;
use crate::editor::state::{Editor, Input, Tone};
use crate::editor::theme::Theme;
use crate::editor::width;
use crate::editor::window::Window;
use crate::exchange::{self, ImportError, Options, Plan, read};
use crate::text::Name;
use crossterm::event::KeyCode;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use std::rc::Rc;

/// What is imported.
pub struct Source {
    /// As it is shown.
    pub shown: String,
    /// The file's name without folder; empty for a paste.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

struct Preview {
    source: Rc<Source>,
    category: Option<String>,
    group: Option<Name>,
    sync: bool,
    skip_bad: bool,
    format: &'static str,
    plan: Plan,
    /// How many entries are good.
    good: usize,
    /// Why what was asked for last cannot be done.
    error: Option<String>,
    /// Each with the sign that says what it is.
    lines: Vec<(char, String)>,
    /// The width that the lines are wrapped for; 0: they are to be made.
    columns: usize,
    window: Window,
}

/// Shows what an import would do. Where category or group do not follow from the source and are not
/// given, they are asked for first. An error is for the source as a whole.
pub fn open(
    editor: &mut Editor,
    source: Rc<Source>,
    category: Option<String>,
    group: Option<Name>,
) -> Result<(), ImportError> {
    open_with(editor, source, (category, group), Chosen::default())
}

/// What has been chosen in a preview.
#[derive(Debug, Clone, Copy, Default)]
struct Chosen {
    sync: bool,
    skip_bad: bool,
}

fn open_with(
    editor: &mut Editor,
    source: Rc<Source>,
    (category, group): (Option<String>, Option<Name>),
    chosen: Chosen,
) -> Result<(), ImportError> {
    let mut preview = Preview {
        source: Rc::clone(&source),
        category,
        group,
        sync: chosen.sync,
        skip_bad: chosen.skip_bad,
        format: "",
        plan: Plan::default(),
        good: 0,
        error: None,
        lines: Vec::new(),
        columns: 0,
        window: Window::default(),
    };
    match preview.replan(editor) {
        Err(ImportError::NoHome { missing, .. }) => ask_home(editor, source, missing, chosen),
        Err(error) => return Err(error),
        Ok(()) => editor.layers.push(Box::new(preview)),
    }
    Ok(())
}

/// Asks where ranges go whose source does not say it.
fn ask_home(editor: &mut Editor, source: Rc<Source>, missing: &str, chosen: Chosen) {
    let allowlist = editor.document.allowlist();
    let category = allowlist.categories().get(editor.points.selected().category());
    let category = category.map_or_else(String::new, |category| category.name.to_string());
    let group = match editor.points.selected() {
        // Where the source says the category, the selected group is hardly meant.
        Point::Group(at) if missing == "where" => {
            allowlist.group(at).map_or_else(String::new, |group| group.name.to_string())
        }
        _ => String::new(),
    };
    let category_field = Field::text("category", "the category that the new ranges belong in", category);
    let group_field = Field::text("group", "the group that they go to, made where it is not there", group);
    let (wants_category, wants_group) = match missing {
        "in which category" => (true, false),
        "to which group" => (false, true),
        _ => (true, true),
    };
    let wanted = [(wants_category, category_field), (wants_group, group_field)];
    let fields: Vec<_> = wanted.into_iter().filter(|(wanted, _)| *wanted).map(|(_, field)| field).collect();
    let last = fields.len() - 1;
    let split = move |texts: &[String]| {
        let mut texts = texts.iter().map(|text| text.trim().to_owned());
        let category = if wants_category { texts.next() } else { None };
        (category, if wants_group { texts.next() } else { None })
    };
    let form = Form {
        title: format!("Import {}: where do they belong?", source.shown),
        fields,
        about: About::Named(String::new()),
        draft: "import-home",
        enter: "go on",
        takes_unchanged: true,
        check: Box::new(move |editor, texts| {
            let (category, group) = split(texts);
            let category = category.map(|category| known_category(editor, &category));
            let group =
                group.map(|group| Name::new(group).err().map(|error| Remark::Error(error.to_string())));
            [category, group].into_iter().flatten().collect()
        }),
        says: None,
        done: Box::new(move |editor, texts| {
            let (category, group) = split(texts);
            let group = group.map(Name::new).transpose().map_err(|error| error.to_string())?;
            let home = (category, group);
            open_with(editor, Rc::clone(&source), home, chosen).map_err(|error| words::error(&error))
        }),
    };
    form::open(editor, form, last);
}

fn known_category(editor: &Editor, name: &str) -> Option<Remark> {
    let categories = editor.document.allowlist().categories();
    let known = categories.iter().any(|category| category.name.as_str() == name)
        || Kind::BUILT_IN.iter().any(|kind| kind.as_str() == name);
    let names: Vec<_> = categories.iter().map(|category| category.name.as_str()).collect();
    (!known).then(|| Remark::Error(format!("there is no such category: write one of {}", names.join(", "))))
}

impl Preview {
    /// Plans anew; on an error all stays as it was.
    fn replan(&mut self, editor: &Editor) -> Result<(), ImportError> {
        // What is refused is shown together with what could come in, as far as it is known where to.
        let plan = match self.plan_with(editor, true) {
            Err(ImportError::NoHome { .. }) if !self.skip_bad => self.plan_with(editor, false),
            plan => plan,
        };
        (self.plan, self.good, self.format) = plan?;
        self.columns = 0;
        Ok(())
    }

    /// A plan, how many entries are good, and the name of the format.
    fn plan_with(&self, editor: &Editor, skip_bad: bool) -> Result<(Plan, usize, &'static str), ImportError> {
        let allowlist = editor.document.allowlist();
        let mut reading = read::read(&self.source.bytes, &self.source.name, None)?;
        words::refuse_everybody(&mut reading, allowlist);
        let options = Options {
            category: self.category.as_deref(),
            group: self.group.clone(),
            sync: self.sync,
            skip_bad,
            only: &[],
        };
        let good = reading.found.entries.iter().filter(|entry| entry.range.is_ok()).count();
        let format = reading.format.name;
        Ok((exchange::plan(allowlist, reading, &options, editor.document.today)?, good, format))
    }

    /// Whether entries that are refused keep all others out.
    fn is_blocked(&self) -> bool {
        !self.plan.refused.is_empty() && !self.skip_bad
    }

    fn state(&self) -> words::State {
        words::State { sync: self.sync, is_blocked: self.is_blocked(), good: self.good }
    }

    /// Turns one of the two choices over and plans anew. Where it is now to be asked where the ranges belong,
    /// that takes the place of this.
    fn turn(&mut self, editor: &mut Editor, choice: fn(&mut Self) -> &mut bool) -> Flow {
        *choice(self) ^= true;
        self.error = None;
        match self.replan(editor) {
            Ok(()) => {}
            Err(ImportError::NoHome { missing, .. }) => {
                let chosen = Chosen { sync: self.sync, skip_bad: self.skip_bad };
                ask_home(editor, Rc::clone(&self.source), missing, chosen);
                return Flow::Close;
            }
            Err(error) => {
                *choice(self) ^= true;
                self.error = Some(words::error(&error));
                self.columns = 0;
            }
        }
        Flow::Stay
    }

    fn take(&mut self, editor: &mut Editor) -> Flow {
        if self.is_blocked() {
            editor.say(Tone::Info, "Nothing was imported: some entries are refused; b passes over them.");
            return Flow::Stay;
        }
        let summary = self.plan.summary();
        let Some(edit) = self.plan.edit.take() else {
            editor.say(Tone::Info, format!("Nothing to import from {}: {summary}.", self.source.shown));
            return Flow::Close;
        };
        let gone = if self.sync { self.plan.gone.len() } else { 0 };
        let out = if gone == 0 { String::new() } else { format!(", take {} out", ranges(gone)) };
        let words = format!("import {} from {}{out}", ranges(self.plan.new.len()), self.source.shown);
        if editor.edit(edit, words, format!("Imported from {}: {summary}.", self.source.shown)) {
            editor.messages.settle(Topic::Import);
        }
        Flow::Close
    }
}

fn tone(theme: Theme, sign: char) -> Style {
    match sign {
        '+' => theme.added(),
        '-' => theme.removed(),
        'x' => theme.error(),
        '!' => theme.warning(),
        _ => theme.dim(),
    }
}

impl Layer for Preview {
    fn handle(&mut self, input: &Input, _: Option<&Input>, editor: &mut Editor) -> Flow {
        let Input::Key(key) = input else { return Flow::Stay };
        match (does(editor, key), key.code) {
            (Some(Action::Leave), _) => {
                editor.say(Tone::Info, "Nothing was imported.");
                return Flow::Close;
            }
            (Some(Action::Take), _) => return self.take(editor),
            (_, KeyCode::Char('s')) => return self.turn(editor, |preview| &mut preview.sync),
            (_, KeyCode::Char('b')) => return self.turn(editor, |preview| &mut preview.skip_bad),
            _ => {
                if let Some(motion) = motion(editor, key) {
                    self.window.go(motion, self.lines.len());
                }
            }
        }
        Flow::Stay
    }

    fn refresh(&mut self, _: &Editor, area: Rect) {
        let columns = usize::from(area.width.saturating_sub(6).min(104)).max(1);
        if self.columns != columns {
            self.columns = columns;
            let wrapped = |line: String| {
                let sign = line.chars().next().unwrap_or(' ');
                width::wrap(&line, columns, 2).into_iter().map(move |line| (sign, line))
            };
            let said = words::said(&self.plan, self.error.as_deref(), self.state());
            self.lines = said.into_iter().flat_map(wrapped).collect();
        }
        self.window.settle(self.lines.len(), usize::from(area.height.saturating_sub(6)));
    }

    fn scroll(&mut self, rows: isize, _: &mut Editor) -> Flow {
        self.window.scroll(rows, self.lines.len(), true);
        Flow::Stay
    }

    fn draw(&self, editor: &Editor, frame: &mut Frame, area: Rect) {
        let theme = editor.theme;
        let columns = area.width.saturating_sub(2).min(108);
        let rows = u16::try_from(self.lines.len() + 4).unwrap_or(u16::MAX).min(area.height.saturating_sub(2));
        let title = format!("Import {} · {}", self.source.shown, self.format);
        let inner = popup::draw(frame, area, theme, &title, (columns, rows));
        let head = width::clip(&words::head(&self.plan, self.state()), usize::from(inner.width));
        popup::lines(frame, inner, [Line::styled(head, theme.heading())]);
        let rest = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
        let shown = self.window.shown(self.lines.len()).map(|at| {
            let (sign, line) = &self.lines[at];
            let pointed = at == self.window.cursor && self.lines.len() > usize::from(rest.height);
            let style = tone(theme, *sign);
            Line::styled(line.clone(), if pointed { style.patch(theme.heading()) } else { style })
        });
        popup::lines(frame, rest, shown.collect::<Vec<_>>());
    }

    fn hints(&self, hints: &mut Hints) {
        hints.key(Action::Take, "import");
        if !self.plan.gone.is_empty() {
            hints.text("s", if self.sync { "keep what is gone" } else { "take out what is gone" });
        }
        if !self.plan.refused.is_empty() {
            hints.text("b", if self.skip_bad { "refuse all again" } else { "pass over the bad" });
        }
        hints.keys(&[Action::Up, Action::Down], "move").key(Action::Leave, "leave");
    }
}
