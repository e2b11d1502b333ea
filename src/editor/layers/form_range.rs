//! The form for a range: every property of it.
//!
//! ```text
//! ┌ Range 203.0.114.0/24 ────────────────────────────┐
//! │ cidr        > 203.0.114.0/24                     │
//! │ label         primary uplink                     │
//! │ owner         netops                             │
//! │ ...                                              │
//! │ enabled       true                               │
//! │                                                  │
//! │ such as 203.0.114.0/24; a bare address is a /32  │
//! │   or /128, and stays as written                  │
//! └──────────────────────────────────────────────────┘
//! ```

use super::day;
use super::form::{self, About, Field, Form, Remark, Takes};
use super::form_known::Known;
use crate::allowlist::{CidrField, Date, Edit, Range, RangeAt};
use crate::cidr::IpNet;
use crate::cidr::special::{Special, special};
use crate::editor::effect::Said;
use crate::editor::said;
use crate::editor::state::Editor;
use crate::review::wide;
use crate::text::Text;

const CIDR: usize = 0;

/// Opens the form for the range at a place, with the focus on the field of this name.
pub fn open(editor: &mut Editor, at: RangeAt, focus: Option<&str>) {
    let Some(range) = editor.document.allowlist().range(at) else { return };
    let shown = |date: Option<Date>| date.map(|day| day.to_string()).unwrap_or_default();
    let fields = vec![
        Field::text(
            "cidr",
            "such as 203.0.114.0/24; a bare address is a /32 or /128, and stays as written",
            range.cidr.to_string(),
        ),
        Field::text("label", "what it is", range.label.to_string()),
        Field::text("owner", "who answers for it", range.owner.to_string()),
        Field::text("ticket", "the ticket that asked for it", range.ticket.to_string()),
        Field::text("note", "anything else", range.note.to_string()),
        Field::text(
            "review_by",
            "when to look at it again: YYYY-MM-DD, today, +6m, +2w, +1y; empty: never",
            shown(range.review_by),
        ),
        Field::text(
            "expires",
            "from this day on it is not in the policy: YYYY-MM-DD, +6m, +2w, +1y; empty: never",
            shown(range.expires),
        ),
        Field {
            name: "enabled",
            help: "whether it is in the policy at all",
            takes: Takes::Choice(vec!["true", "false"]),
            value: range.enabled.to_string(),
        },
        Field::text("added", "when it came in: YYYY-MM-DD or today; empty: not known", shown(range.added)),
        Field::text("source", "where an import had it from", range.source.to_string()),
    ];
    let focus = focus.and_then(|name| fields.iter().position(|field| field.name == name)).unwrap_or(CIDR);
    let old = range.clone();
    let title = format!("Range {}", range.cidr);
    let known = Known::default();
    let (for_check, for_done) = (old.clone(), old);
    let form = Form {
        title,
        fields,
        about: About::Ranges(vec![at]),
        draft: "range",
        enter: form::CHANGES,
        takes_unchanged: false,
        check: Box::new(move |editor, texts| check(editor, (at, &for_check), &known, texts)),
        says: None,
        done: Box::new(move |editor, texts| {
            let (range, _) = read(editor.document.today, &for_done, texts);
            if editor.document.allowlist().range(at) != Some(&for_done) {
                return Err("the range is not there any more".to_owned());
            }
            let (words, said) = said::of_range(&for_done, &range);
            let said = Said { done: said.trim_end_matches('.').to_owned(), ..Said::default() };
            editor.edit_judged(Edit::ReplaceRanges(vec![(at, range)]), words, &said);
            Ok(())
        }),
    };
    form::open(editor, form, focus);
}

/// What is to be said of each text for the range at a place.
fn check(
    editor: &Editor,
    (at, old): (RangeAt, &Range),
    known: &Known,
    texts: &[String],
) -> Vec<Option<Remark>> {
    let (new, mut remarks) = read(editor.document.today, old, texts);
    let Some(net) = new.net().filter(|_| remarks[CIDR].is_none()) else { return remarks };
    remarks[CIDR] = if new.net() != old.net() && is_everybody(&new) {
        of_net(net, || None).map(Remark::Error)
    } else {
        of_net(net, || known.look(&editor.document, at, old.net(), net)).map(Remark::Warning)
    };
    remarks
}

/// Whether a range is every address, with which no policy can be written.
fn is_everybody(range: &Range) -> bool {
    range.net().is_some_and(|net| net.prefix_len() == 0)
}

/// What is to be said of a network; `already`: of others that hold it.
fn of_net(net: IpNet, already: impl FnOnce() -> Option<String>) -> Option<String> {
    let wide = wide::words(net);
    if net.prefix_len() == 0 {
        return wide.map(|words| format!("{net} is {words}"));
    }
    let reserved = || {
        special(net).map(|what| match what {
            Special::Documentation => "reserved for documentation: nobody comes from there".to_owned(),
            Special::NeverPublic(what) => format!("{what}: never the public source of a request"),
        })
    };
    match (already(), wide) {
        (Some(already), Some(wide)) => Some(format!("{wide} {already}")),
        (already, wide) => already.or_else(reserved).or(wide),
    }
}

/// Remarks on a day where a name or a ticket belongs.
fn remark_on_day(today: Date, text: &str, remark: &mut Option<Remark>) {
    *remark = remark.take().or_else(|| day::stray(today, text).map(Remark::Warning));
}

/// The range that the texts say, and what is wrong with each; what is wrong stays as it was.
fn read(today: Date, old: &Range, texts: &[String]) -> (Range, Vec<Option<Remark>>) {
    let mut range = old.clone();
    let mut remarks: Vec<Option<Remark>> = vec![None; texts.len()];
    let wrong = |error: String| Some(Remark::Error(error));
    let [cidr, label, owner, ticket, note, review_by, expires, enabled, added, source] = texts else {
        return (range, remarks);
    };
    match cidr.trim().parse() {
        Ok(good) => range.cidr = CidrField::Good(good),
        // A text that was wrong before may stay until it is mended.
        Err(_) if *cidr == old.cidr.to_string() && old.net().is_none() => {
            remarks[CIDR] =
                cidr.parse::<crate::cidr::Cidr>().err().map(|error| Remark::Warning(error.to_string()));
        }
        Err(error) => remarks[CIDR] = wrong(error.to_string()),
    }
    for (at, text, place) in [
        (1, label, &mut range.label),
        (2, owner, &mut range.owner),
        (3, ticket, &mut range.ticket),
        (4, note, &mut range.note),
        (9, source, &mut range.source),
    ] {
        match Text::new(text.trim()) {
            Ok(text) => *place = text,
            Err(error) => remarks[at] = wrong(error.to_string()),
        }
    }
    (2..4).for_each(|at| remark_on_day(today, &texts[at], &mut remarks[at]));
    for (at, text, place) in
        [(5, review_by, &mut range.review_by), (6, expires, &mut range.expires), (8, added, &mut range.added)]
    {
        match day::read(today, text) {
            Ok(day) => {
                // What stands there already needs no words; the help does.
                if text.trim() != place.map(|day| day.to_string()).unwrap_or_default() {
                    remarks[at] = day::note(today, text).map(Remark::Note);
                }
                *place = day;
            }
            Err(error) => remarks[at] = wrong(error),
        }
    }
    range.enabled = enabled != "false";
    if range.is_expired(today) && !matches!(remarks[6], Some(Remark::Error(_))) {
        remarks[6] = Some(Remark::Warning("that day has come: the range is not in the policy".to_owned()));
    }
    (range, remarks)
}
