//! What can be copied, as texts that are sent to the terminal's clipboard. None of them holds a control
//! character but line feeds, and CIDRs go without their labels: a paste into a shell runs nothing by surprise.

use super::document::Document;
use super::panes::Pane;
use super::panes::points::Point;
use super::panes::preview::Tab;
use super::panes::preview_lines;
use super::state::{Editor, Tone, Wish};
use super::{bulk, editing};
use crate::allowlist::{GroupAt, Range, RangeAt};
use crate::cidr::grouped;
use crate::exchange::write::{self, Export};
use crate::policy::Documents;
use crate::review::{Place, Severity};
use crate::storage;
use crate::text::is_forbidden;

/// The most bytes that are sent. The sequence is then 99,997 bytes long: four for three, and nine around them.
/// Beyond 100,000 some terminals take nothing and say nothing (hterm's `osc52.sh`).
pub const LIMIT: usize = 74_991;

/// No range is shorter than this in the file, so that too many are refused before they are written.
const SHORTEST: usize = r#"{"cidr": "::"}"#.len();

/// Something that can be copied, or why it cannot be now.
pub struct Choice {
    /// Its key in the menu.
    pub key: char,
    /// What it is: `3 CIDRs of Office`.
    pub what: String,
    /// The text, or the reason.
    pub text: Result<String, String>,
}

/// What the selection is about.
enum Subject {
    Ranges(Vec<RangeAt>),
    Group(GroupAt),
    Category(usize),
    Finding(usize),
}

/// All that can be copied now, what the focus suggests first.
pub fn choices(editor: &Editor) -> Vec<Choice> {
    let subject = subject(editor);
    let mut all = vec![entry(editor, &subject), policy(editor), json(editor, &subject), upload(editor)];
    if editor.focus == Pane::Preview && editor.preview.tab() != Tab::Findings {
        all.swap(0, 1);
    }
    for choice in &mut all {
        let refused =
            choice.text.as_ref().is_ok_and(|text| text.chars().any(|c| c != '\n' && is_forbidden(c)));
        if refused {
            choice.text = Err("it has a character that steers a terminal".to_owned());
        }
    }
    all
}

/// Copies, or says why not.
pub fn take(editor: &mut Editor, choice: &Choice) {
    match &choice.text {
        Ok(text) => {
            editor.wish = Some(Wish::Copy(text.clone()));
            let said = format!("Copied {}: sent to the terminal's clipboard (OSC 52).", choice.what);
            editor.say(Tone::Done, said);
        }
        Err(reason) => editor.say(Tone::Info, format!("Not copied, {}: {reason}.", choice.what)),
    }
}

fn subject(editor: &Editor) -> Subject {
    let point = match editor.points.selected() {
        Point::Group(at) => Subject::Group(at),
        Point::Category(at) => Subject::Category(at),
    };
    match (editor.focus, editor.ranges.selected()) {
        (Pane::Ranges, Some(at)) => Subject::Ranges(bulk::chosen(editor).unwrap_or_else(|| vec![at])),
        (Pane::Preview, _) if editor.preview.tab() == Tab::Findings && editor.document.is_reviewed() => {
            editor.preview.finding().map_or(point, Subject::Finding)
        }
        _ => point,
    }
}

/// The CIDRs, one a line, or the words of the finding.
fn entry(editor: &Editor, subject: &Subject) -> Choice {
    let allowlist = editor.document.allowlist();
    let all = |category: usize| allowlist.categories().get(category).map_or(&[][..], |c| &c.groups);
    let of = |name: Option<&str>| name.map_or_else(String::new, |name| format!(" of {name}"));
    match subject {
        Subject::Ranges(places) => {
            cidrs(&editor.document, "", places.iter().filter_map(|at| allowlist.range(*at)))
        }
        Subject::Group(at) => {
            let group = allowlist.group(*at);
            let of = of(group.map(|group| group.name.as_str()));
            cidrs(&editor.document, &of, group.into_iter().flat_map(|group| &group.ranges))
        }
        Subject::Category(at) => {
            let of = of(allowlist.categories().get(*at).map(|category| category.name.as_str()));
            cidrs(&editor.document, &of, all(*at).iter().flat_map(|group| &group.ranges))
        }
        Subject::Finding(at) => {
            let finding = editor.document.review().findings.get(*at);
            let text = finding.map(|finding| preview_lines::said(finding, allowlist));
            let what = "the finding".to_owned();
            Choice { key: 'e', what, text: text.ok_or_else(|| editing::STILL_CHECKING.to_owned()) }
        }
    }
}

fn cidrs<'a>(document: &Document, of: &str, ranges: impl Iterator<Item = &'a Range>) -> Choice {
    let (mut text, mut count, mut off, mut bad) = (String::new(), 0, 0, 0);
    for range in ranges {
        // A text that is no CIDR may be anything.
        let Some(cidr) = range.cidr.good() else {
            bad += 1;
            continue;
        };
        count += 1;
        off += usize::from(!range.is_active(document.today));
        if text.len() <= LIMIT {
            text.push_str(if text.is_empty() { "" } else { "\n" });
            text.push_str(&cidr.to_string());
        }
    }
    let number = |count: usize| grouped(&count.to_string());
    let mut what = format!("{} CIDR{}{of}", number(count), if count == 1 { "" } else { "s" });
    if off > 0 {
        what = format!("{what}, {} of them not let through", number(off));
    }
    if bad > 0 {
        what = format!("{what}, without {} that {} none", number(bad), if bad == 1 { "is" } else { "are" });
    }
    let text = if count == 0 { Err("there is no CIDR here yet".to_owned()) } else { Ok(text) };
    Choice { key: 'e', what, text: text.and_then(|text| fits(text, "`keymoat export --format text`")) }
}

/// The document that is shown, in the bytes that a save writes.
fn policy(editor: &Editor) -> Choice {
    let of = |documents: &Documents| {
        let count = documents.documents.len();
        let at = editor.preview.chosen().min(count.saturating_sub(1));
        let document = documents.documents.get(at)?;
        let place =
            if count > 1 { format!("document {} of {count}, ", at + 1) } else { "policy ".to_owned() };
        Some((format!("the {place}{}", document.file_name), document.text.clone()))
    };
    let found = documents(&editor.document).map(of);
    let (what, text) = match found {
        Ok(Some((what, text))) => (what, fits(text, "`keymoat policy --document N`")),
        Ok(None) => ("the policy".to_owned(), Err("it has no document".to_owned())),
        Err(reason) => ("the policy".to_owned(), Err(reason)),
    };
    Choice { key: 'p', what, text }
}

/// The policy that a save would write, or why there is none.
fn documents(document: &Document) -> Result<&Documents, String> {
    if !document.is_reviewed() {
        return Err(sentence(editing::STILL_CHECKING));
    }
    let documents = document.review().policy.as_ref().map_err(|reason| sentence(&reason.to_string()))?;
    // Whatever is found to be wrong keeps the policy from being written, known to the writer or not.
    let error = document.review().findings.iter().find(|finding| finding.severity() == Severity::Error);
    error.map_or(Ok(documents), |finding| Err(sentence(&finding.problem.message)))
}

/// A sentence to stand at the end of another.
fn sentence(text: &str) -> String {
    text.trim_end_matches('.').to_owned()
}

/// The entry as it stands in the file.
fn json(editor: &Editor, subject: &Subject) -> Choice {
    let allowlist = editor.document.allowlist();
    let about;
    let subject = match subject {
        Subject::Finding(at) => {
            let place = editor.document.review().findings.get(*at).and_then(|finding| finding.place);
            about = match place {
                Some(Place::Range(at)) => Subject::Ranges(vec![at]),
                Some(Place::Group(at)) => Subject::Group(at),
                Some(Place::Setting(_)) | None => return no_entry(),
            };
            &about
        }
        other => other,
    };
    let short = |count: usize| count * SHORTEST <= LIMIT;
    let (what, text) = match subject {
        Subject::Ranges(places) => {
            let ranges: Vec<&Range> = places.iter().filter_map(|at| allowlist.range(*at)).collect();
            let text = match ranges.as_slice() {
                [only] => Some(only.to_json()),
                several => short(several.len()).then(|| Range::list_to_json(several)),
            };
            (editing::ranges(ranges.len()), text)
        }
        Subject::Group(at) => {
            let Some(group) = allowlist.group(*at) else { return no_entry() };
            (format!("the group {}", group.name), short(group.ranges.len()).then(|| group.to_json()))
        }
        Subject::Category(at) => {
            let Some(category) = allowlist.categories().get(*at) else { return no_entry() };
            let count = category.groups.iter().map(|group| group.ranges.len()).sum();
            (format!("the category {}", category.name), short(count).then(|| category.to_json()))
        }
        Subject::Finding(_) => return no_entry(),
    };
    let instead = "`keymoat show --json`, or the file";
    let text = text.map_or_else(|| Err(too_much(instead)), |text| fits(text, instead));
    Choice { key: 'j', what: format!("{what} as JSON"), text }
}

fn no_entry() -> Choice {
    let text = Err("the finding is about no entry".to_owned());
    Choice { key: 'j', what: "an entry as JSON".to_owned(), text }
}

/// A shell line that uploads the policy of the file.
fn upload(editor: &Editor) -> Choice {
    let document = &editor.document;
    let line = || {
        if document.is_unsaved() || !document.is_on_disk() {
            return Err("save first: the command reads the file".to_owned());
        }
        let documents = documents(document)?;
        let path = storage::absolute(&document.paths.allowlist);
        let path = path.to_str().ok_or("the file's path is no UTF-8: use `keymoat export` by hand")?;
        let export =
            Export { allowlist: document.allowlist(), documents: Some(documents), today: document.today };
        write::upload_command(&export, path).map_err(|error| error.to_string())
    };
    let text = line().and_then(|line| fits(line, "`keymoat export --format aws-cli`"));
    Choice { key: 'u', what: "the upload command (a dry run first, then it asks)".to_owned(), text }
}

fn fits(text: String, instead: &str) -> Result<String, String> {
    if text.len() > LIMIT { Err(too_much(instead)) } else { Ok(text) }
}

fn too_much(instead: &str) -> String {
    format!("terminals take {} bytes at most; use {instead}", grouped(&LIMIT.to_string()))
}
