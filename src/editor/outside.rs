//! `E`: the allowlist, or one entry, as a text in the user's own editor, and back as one step. What cannot be
//! read comes back as a question, and nothing that was written is lost: its file stays until it is taken.

use super::external::Ended;
use super::layers::question::{self, Answer};
use super::messages::Topic;
use super::panes::Pane;
use super::selection::Selection;
use super::state::{Editor, Tone, Wish};
use crate::allowlist::{Allowlist, Edit, Range, RangeAt};
use crate::json::JsonError;
use crate::storage::{OutsideFile, StorageError};
use crate::text::quoted;

/// How the lines begin that say what is wrong. No line of JSON does.
const COMMENT: &str = "// ^ ";

/// A text that goes to another program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    about: About,
    /// What it says here.
    original: String,
    /// Where it is edited.
    pub file: OutsideFile,
    /// The line to go to, from 1.
    pub line: Option<usize>,
}

/// What a text is of.
#[derive(Debug, Clone, PartialEq, Eq)]
enum About {
    Allowlist,
    /// The range at a place, and what it is called.
    Range(RangeAt, String),
}

impl About {
    fn words(&self) -> &str {
        match self {
            Self::Allowlist => "the allowlist",
            Self::Range(_, name) => name,
        }
    }
}

/// Edits the selected range outside, or the whole allowlist where none has the focus.
pub fn open(editor: &mut Editor) {
    let outside = match prepare(editor) {
        Ok(outside) => outside,
        Err(error) => return editor.say(Tone::Error, error.to_string()),
    };
    if outside.file.exists() { offer_kept(editor, outside) } else { start_anew(editor, outside) }
}

fn prepare(editor: &Editor) -> Result<Outside, StorageError> {
    let document = &editor.document;
    let (paths, allowlist) = (&document.paths, document.allowlist());
    let selected = editor.ranges.selected().filter(|_| editor.focus == Pane::Ranges);
    let range = selected.and_then(|at| Some((at, allowlist.range(at)?, allowlist.group(at.group)?)));
    let Some((at, range, group)) = range else {
        let file = OutsideFile::of(&paths.state, &paths.allowlist, None)?;
        return Ok(Outside { about: About::Allowlist, original: allowlist.to_json(), file, line: None });
    };
    let cidr = range.cidr.to_string();
    let entry = format!("{}/{}/{cidr}", at.group.category, group.name);
    let file = OutsideFile::of(&paths.state, &paths.allowlist, Some(&entry))?;
    Ok(Outside { about: About::Range(at, quoted(&cidr, 60)), original: range.to_entry(), file, line: None })
}

fn start_anew(editor: &mut Editor, outside: Outside) {
    let text = outside.original.clone();
    start_with(editor, outside, text.as_bytes());
}

fn start_with(editor: &mut Editor, outside: Outside, text: &[u8]) {
    match outside.file.write(text) {
        Ok(()) => editor.wish = Some(Wish::Outside(Box::new(outside))),
        Err(error) => editor.say(Tone::Error, error.to_string()),
    }
}

/// A text of earlier was not taken.
fn offer_kept(editor: &mut Editor, outside: Outside) {
    let text = vec![
        format!(
            "{} was edited outside before, and that text was not taken. It is kept in",
            outside.about.words()
        ),
        format!("  {}", place(&outside)),
        "Taking it replaces what was changed here since; undo brings that back.".to_owned(),
    ];
    let (again, anew) = (outside.clone(), outside);
    let answers = vec![
        Answer::new('e', "edit it again", move |editor| {
            editor.wish = Some(Wish::Outside(Box::new(again.clone())));
        }),
        Answer::new('d', "delete it, and edit what is here now", move |editor| {
            start_anew(editor, anew.clone());
        }),
        Answer::new('n', "leave it there", |_| {}),
    ];
    question::open(editor, "A kept text", text, answers);
}

fn place(outside: &Outside) -> String {
    quoted(&outside.file.path().to_string_lossy(), 300)
}

/// Takes the text back, as far as it can be taken.
pub fn came_back(editor: &mut Editor, outside: Outside, ended: &Ended) {
    let text = match outside.file.read() {
        Ok(text) => without_comments(&text),
        Err(error) => return editor.fail(Topic::Outside, format!("{error}. Nothing was changed here.")),
    };
    let is_changed = text != outside.original.as_bytes();
    let (name, what) = (&ended.name, outside.about.words());
    match &ended.failure {
        Some(failure) if is_changed => {
            let place = place(&outside);
            let kept = "Nothing was taken from the text; E offers it again. It is kept in";
            editor.fail(Topic::Outside, format!("{name} {failure}. {kept} {place}"));
        }
        Some(failure) => {
            done_with(editor, &outside);
            editor.fail(Topic::Outside, format!("{name} {failure}. Nothing was changed."));
        }
        None if !is_changed => {
            done_with(editor, &outside);
            editor.say(Tone::Info, format!("{name} has left {what} as it was."));
        }
        None => match edit_of(editor, &outside, &text) {
            Ok(edit) => take(editor, &outside, edit, name),
            Err(error) => ask(editor, outside, text, &error),
        },
    }
}

/// The text as an edit; `None` where it changes nothing.
fn edit_of(editor: &Editor, outside: &Outside, text: &[u8]) -> Result<Option<Edit>, JsonError> {
    let now = editor.document.allowlist();
    Ok(match &outside.about {
        About::Allowlist => {
            let new = Allowlist::from_json(text)?;
            (new != *now).then(|| Edit::Become(Box::new(new)))
        }
        About::Range(at, _) => {
            let new = Range::from_entry(text)?;
            (now.range(*at) != Some(&new)).then(|| Edit::ReplaceRanges(vec![(*at, new)]))
        }
    })
}

fn take(editor: &mut Editor, outside: &Outside, edit: Option<Edit>, name: &str) {
    let what = outside.about.words();
    let Some(edit) = edit else {
        done_with(editor, outside);
        return editor.say(Tone::Info, format!("{name} has left {what} as it was, but for its form."));
    };
    let selection = Selection::of(editor);
    let said = format!("Took {what} from {name}; u brings back what was.");
    if editor.edit(edit, format!("edit {what} in {name}"), said) {
        editor.messages.settle(Topic::Outside);
        selection.follow(editor);
        done_with(editor, outside);
    } else {
        editor.fail(Topic::Outside, format!("The text is kept in {}; E offers it again.", place(outside)));
    }
}

fn done_with(editor: &mut Editor, outside: &Outside) {
    if let Err(error) = outside.file.remove() {
        editor.say(Tone::Error, error.to_string());
    }
}

/// Says what cannot be read, and asks what to do.
fn ask(editor: &mut Editor, outside: Outside, text: Vec<u8>, error: &JsonError) {
    let lines = vec![
        "Nothing was taken, since the text cannot be read:".to_owned(),
        format!("  line {}: {}", error.line, error.message),
        "The text is kept. E offers it again, also later, from".to_owned(),
        format!("  {}", place(&outside)),
    ];
    let commented = with_comment(&text, error);
    let again = Outside { line: Some(error.line), ..outside };
    let answers = vec![
        Answer::new('e', "edit it again, at that line", move |editor| {
            start_with(editor, again.clone(), &commented);
        }),
        Answer::new('n', "leave it there", |_| {}),
    ];
    question::open(editor, "It cannot be read", lines, answers);
}

/// The text with what is wrong below the line that is.
fn with_comment(text: &[u8], error: &JsonError) -> Vec<u8> {
    let comment = format!("{COMMENT}column {}: {}\n", error.column, error.message);
    let mut out = Vec::with_capacity(text.len() + comment.len() + 1);
    let mut lines = text.split_inclusive(|byte| *byte == b'\n');
    out.extend(lines.by_ref().take(error.line).flatten());
    if !out.is_empty() && !out.ends_with(b"\n") {
        out.push(b'\n');
    }
    out.extend(comment.bytes());
    out.extend(lines.flatten());
    out
}

/// The text without the lines that say what was wrong.
fn without_comments(text: &[u8]) -> Vec<u8> {
    let is_text = |line: &&[u8]| !line.trim_ascii_start().starts_with(COMMENT.trim_end().as_bytes());
    text.split_inclusive(|byte| *byte == b'\n').filter(is_text).flatten().copied().collect()
}
