//! The form for many ranges at once: what is left empty stays as it is in each.
//!
//! ```text
//! ┌ Change 2 ranges ─────────────────────────────────┐
//! │ label       >                                    │
//! │ owner         netops                             │
//! │ ticket                                           │
//! │ note                                             │
//! │ review_by     +6m                                │
//! │ expires       -                                  │
//! │                                                  │
//! │ empty: each stays as it is; -: none              │
//! └──────────────────────────────────────────────────┘
//! ```

use super::day;
use super::form::{self, About, Field, Form, Remark};
use crate::allowlist::{Date, Edit, Range, RangeAt};
use crate::editor::bulk;
use crate::editor::effect::Said;
use crate::editor::said;
use crate::editor::state::{Editor, Tone};
use crate::text::Text;

/// What takes a property out.
const NONE: &str = "-";

/// The texts, in the order of the form for one range.
const TEXTS: [&str; 4] = ["label", "owner", "ticket", "note"];

/// Opens the form for the ranges at these places.
pub fn open(editor: &mut Editor, places: Vec<RangeAt>) {
    let text_help = "empty: each stays as it is; -: none";
    let date_help = "YYYY-MM-DD, or today, +6m, +2w, +1y; empty: each stays as it is; -: none";
    let field = |name, help| Field::text(name, help, String::new());
    let fields = vec![
        field("label", text_help),
        field("owner", text_help),
        field("ticket", text_help),
        field("note", text_help),
        field("review_by", date_help),
        field("expires", date_help),
    ];
    let all = editor.document.allowlist();
    let old: Vec<(RangeAt, Range)> =
        places.iter().filter_map(|at| Some((*at, all.range(*at)?.clone()))).collect();
    let form = Form {
        title: format!("Change {}", bulk::named(editor, &places)),
        fields,
        about: About::Ranges(old.iter().map(|(at, _)| *at).collect()),
        draft: "ranges",
        enter: form::CHANGES,
        takes_unchanged: false,
        check: Box::new(|editor, texts| read(editor.document.today, texts).1),
        says: None,
        done: Box::new(move |editor, texts| {
            let allowlist = editor.document.allowlist();
            if old.iter().any(|(at, range)| allowlist.range(*at) != Some(range)) {
                return Err("the ranges are not there any more".to_owned());
            }
            let (change, _) = read(editor.document.today, texts);
            let new = old.iter().map(|(at, range)| (*at, change.of(range)));
            let new: Vec<_> = new.zip(&old).filter(|(new, old)| new != *old).map(|(new, _)| new).collect();
            if new.is_empty() {
                editor.say(Tone::Info, "Nothing was changed: all of them say that already.");
                return Ok(());
            }
            let changed: Vec<RangeAt> = new.iter().map(|(at, _)| *at).collect();
            let what = said::of_many(&change.named(), &bulk::named(editor, &changed));
            let said = Said { done: format!("Changed {what}"), ..Said::default() };
            editor.edit_judged(Edit::ReplaceRanges(new), format!("change {what}"), &said);
            Ok(())
        }),
    };
    form::open(editor, form, 0);
}

/// What is set in each range; `None`: it stays.
#[derive(Default)]
struct Change {
    texts: [Option<Text>; TEXTS.len()],
    days: [Option<Option<Date>>; 2],
}

impl Change {
    /// What is set, each by its name with its value.
    fn named(&self) -> Vec<(&'static str, String)> {
        let texts = TEXTS.into_iter().zip(&self.texts);
        let texts = texts.filter_map(|(name, text)| Some((name, text.as_ref()?.to_string())));
        let shown = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let days = ["review_by", "expires"].into_iter().zip(self.days);
        texts.chain(days.filter_map(|(name, day)| Some((name, shown(day?))))).collect()
    }

    fn of(&self, range: &Range) -> Range {
        let mut range = range.clone();
        for (new, old) in
            self.texts.iter().zip([&mut range.label, &mut range.owner, &mut range.ticket, &mut range.note])
        {
            if let Some(new) = new {
                *old = new.clone();
            }
        }
        for (new, old) in self.days.iter().zip([&mut range.review_by, &mut range.expires]) {
            *old = new.unwrap_or(*old);
        }
        range
    }
}

/// What the texts say, and what is to be said of each.
fn read(today: Date, texts: &[String]) -> (Change, Vec<Option<Remark>>) {
    let (mut change, mut remarks) = (Change::default(), vec![None; texts.len()]);
    for (at, text) in texts.iter().enumerate() {
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        let value = if text == NONE { "" } else { text };
        let wrong = |error: String| Some(Remark::Error(error));
        if let Some(place) = change.texts.get_mut(at) {
            match Text::new(value) {
                Ok(text) => {
                    let names = matches!(TEXTS[at], "owner" | "ticket");
                    remarks[at] = day::stray(today, value).filter(|_| names).map(Remark::Warning);
                    *place = Some(text);
                }
                Err(error) => remarks[at] = wrong(error.to_string()),
            }
        } else if let Some(place) = change.days.get_mut(at - TEXTS.len()) {
            match day::read(today, value) {
                Ok(day) => {
                    (*place, remarks[at]) = (Some(day), day::note(today, value).map(Remark::Note));
                }
                Err(error) => remarks[at] = wrong(error),
            }
        }
    }
    (change, remarks)
}
