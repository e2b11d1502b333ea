//! `:import`: asks for another tool's file, with its name completed, and reads it for the preview of what
//! an import would do.
//!
//! ```text
//! ┌ Import ──────────────────────────────────────────┐
//! │ The file: the output of aws, gcloud, az, oci, …  │
//! │ > gateways                                       │
//! │                                                  │
//! │ gateways-eu-west-1.json                          │
//! │ gateways-us-east-1.json                          │
//! └──────────────────────────────────────────────────┘
//! ```

use super::import_plan::{self, Source};
use super::{Flow, Hints, Layer, does, key_or_paste, paths, popup};
use crate::editor::canvas::Frame;
use crate::editor::keymap::Action;
use crate::editor::messages::Topic;
use crate::editor::state::{Draft, Editor, Input, is_large};
use crate::editor::text_field::TextField;
use crate::editor::width;
use crate::exchange::{ImportError, read};
use crate::storage;
use crate::text::quoted;
use ratatui::layout::Rect;
use ratatui::text::Line;
use std::path::Path;
use std::rc::Rc;

const DRAFT: &str = "import-path";
/// How many names are shown where several go on as the text does.
const SHOWN: usize = 8;
/// How many bytes of a file make about as much work as a range of the allowlist.
const BYTES_A_RANGE: usize = 128;

struct Ask {
    field: TextField,
    /// Why the file was not taken.
    error: Option<String>,
    /// The names that go on as the text does.
    offers: Vec<String>,
}

/// Asks for a file.
pub fn open(editor: &mut Editor) {
    let draft = editor.drafts.remove(DRAFT).and_then(|draft| draft.typed.into_iter().next());
    ask(editor, draft.as_deref().unwrap_or_default(), None);
}

fn ask(editor: &mut Editor, typed: &str, error: Option<String>) {
    editor.layers.push(Box::new(Ask { field: TextField::single(typed), error, offers: Vec::new() }));
}

/// Reads a file and shows what its import would do; or why it cannot be imported. What takes a while is done
/// behind a frame that says so; where it then fails, the file is asked for again.
pub fn read_file(editor: &mut Editor, typed: &str) -> Result<(), String> {
    let path = paths::path_of(typed);
    let bytes = storage::read_bytes(&path).map_err(|error| error.to_string())?;
    let ranges = editor.document.size().1 + bytes.len() / BYTES_A_RANGE;
    if !is_large(ranges) {
        return show_plan(editor, &path, bytes);
    }
    let typed = typed.to_owned();
    editor.work_on(ranges, "Reading the file", move |editor| {
        let error = show_plan(editor, &path, bytes).err();
        if error.is_some() {
            ask(editor, &typed, error);
        }
    });
    Ok(())
}

fn show_plan(editor: &mut Editor, path: &Path, bytes: Vec<u8>) -> Result<(), String> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let source = Source { shown: quoted(&name, 80), name, bytes };
    import_plan::open(editor, Rc::new(source), None, None).map_err(|error| match error.place() {
        Some(place) => {
            format!("{}:{place}: {}", quoted(&path.to_string_lossy(), 200), import_plan::error_words(&error))
        }
        None => import_plan::error_words(&error),
    })
}

/// Shows what the import of a pasted text would do, where it is another tool's JSON. False where it is
/// not, so that it is a list of ranges, or what is wrong with one.
pub fn pasted(editor: &mut Editor, text: &str) -> bool {
    if !text.trim_start().starts_with(['{', '[']) {
        return false;
    }
    match read::read(text.as_bytes(), "", None) {
        Ok(_) => {}
        Err(error @ ImportError::NotImported { .. }) => {
            editor.fail(Topic::Import, error.to_string());
            return true;
        }
        Err(_) => return false,
    }
    let source = Source { shown: "the paste".to_owned(), name: String::new(), bytes: text.as_bytes().into() };
    import_plan::open(editor, Rc::new(source), None, None).is_ok()
}

impl Ask {
    fn complete(&mut self) {
        self.error = None;
        let completed = paths::complete(self.field.line());
        match &completed.text {
            Some(text) => self.field.set(text),
            None => self.error = Some("no file goes on like this".to_owned()),
        }
        self.offers = completed.offers;
    }
}

impl Layer for Ask {
    fn handle(&mut self, input: &Input, _: Option<&Input>, editor: &mut Editor) -> Flow {
        let Some(key) = key_or_paste(input, &mut self.field) else { return Flow::Stay };
        match does(editor, key) {
            Some(Action::Leave) => {
                let draft = Draft { original: Vec::new(), typed: vec![self.field.text()] };
                editor.drafts.insert(DRAFT, draft);
                return Flow::Close;
            }
            Some(Action::NextField) => self.complete(),
            Some(Action::Take) if self.field.line().trim().is_empty() => {
                self.error = Some("no file is named".to_owned());
            }
            Some(Action::Take) => match read_file(editor, self.field.line()) {
                Ok(()) => return Flow::Close,
                Err(error) => self.error = Some(error),
            },
            _ => {
                self.field.key(key);
                (self.error, self.offers) = (None, Vec::new());
            }
        }
        Flow::Stay
    }

    fn field(&mut self, _: usize) -> Option<&mut TextField> {
        Some(&mut self.field)
    }

    fn draw(&self, editor: &Editor, frame: &mut Frame, area: Rect) {
        let theme = editor.theme;
        let columns = area.width.saturating_sub(2).min(90);
        let inside = usize::from(columns.saturating_sub(4));
        let mut below: Vec<Line> = Vec::new();
        if let Some(error) = &self.error {
            let lines = width::wrap(&format!("x {error}"), inside, 2).into_iter();
            below.extend(lines.map(|line| Line::styled(line, theme.error())));
        }
        let shown = self.offers.iter().take(SHOWN).map(|name| width::clip(name, inside));
        below.extend(shown.map(Line::raw));
        if let Some(more) = self.offers.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            below.push(Line::styled(format!("and {more} more"), theme.dim()));
        }
        if below.is_empty() {
            let words = "The format is recognised; nothing changes before you have seen what would.";
            let lines = width::wrap(words, inside, 0).into_iter();
            below.extend(lines.map(|line| Line::styled(line, theme.dim())));
        }
        let rows = u16::try_from(below.len() + 5).unwrap_or(u16::MAX);
        let inner = popup::draw(frame, area, theme, "Import", (columns, rows));
        let label = "The file: the output of aws, gcloud, az, oci, terraform, a list, CSV";
        popup::lines(frame, inner, [Line::styled(width::clip(label, inside), theme.dim())]);
        popup::field(frame, Rect { y: inner.y + 1, height: 1, ..inner }, &self.field, editor);
        let rest = Rect { y: inner.y + 3, height: inner.height.saturating_sub(3), ..inner };
        popup::lines(frame, rest, below);
    }

    fn hints(&self, hints: &mut Hints) {
        hints.key(Action::NextField, "complete").key(Action::Take, "look at it");
        hints.key(Action::Leave, "leave; the text is kept");
    }
}
