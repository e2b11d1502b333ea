//! All that is known of a range that is reviewed, in rows of a name and a text.

use super::neighbours::{Neighbours, Others};
use crate::allowlist::{Date, Range, RangeAt};
use crate::cidr::grouped;
use crate::editor::document::Document;
use crate::editor::panes::ranges::state;
use crate::editor::theme::mark;
use crate::review::Severity;
use crate::review::due::Why;

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is about.
    pub name: &'static str,
    /// What it says.
    pub text: String,
    /// How it is shown: as bad as a finding of this severity, or plainly.
    pub severity: Option<Severity>,
}

fn row(name: &'static str, text: impl Into<String>) -> Row {
    Row { name, text: text.into(), severity: None }
}

/// The CIDR, how many addresses that are, and whether they are let through.
pub fn heading(document: &Document, range: &Range) -> String {
    let count = range.net().map_or_else(String::new, |net| {
        let set: crate::cidr::AddressSet = [net].into_iter().collect();
        format!(" · {}", addresses(&set))
    });
    format!("{}{count} · {}", range.cidr, state(range, document.today))
}

fn addresses(set: &crate::cidr::AddressSet) -> String {
    match set.count_words().as_str() {
        "1" | "1 IPv6" => "1 address".to_owned(),
        count => format!("{count} addresses"),
    }
}

/// The rows of the range at a place, the most important first. `brief`: label, owner and ticket in one row.
pub fn rows(document: &Document, neighbours: &Neighbours, at: RangeAt, brief: bool) -> Vec<Row> {
    let allowlist = document.allowlist();
    let (Some(range), Some(group)) = (allowlist.range(at), allowlist.group(at.group)) else {
        return Vec::new();
    };
    let today = document.today;
    let mut rows = vec![review(range, today)];
    rows.push(row("in", place(document, at)));
    rows.extend(words(range, brief));
    let others = neighbours.of(document, at);
    rows.extend(effect(range, today, &others));
    rows.extend(overlaps(document, &others));
    // What is said of its days stands in the first row.
    let findings = document.range_findings(at).map(|finding| &finding.problem);
    for problem in findings.filter(|problem| !matches!(problem.code, "expired" | "review-overdue")) {
        let text = format!("{} {}", mark(problem.severity), problem.message);
        rows.push(Row { severity: Some(problem.severity), ..row("finding", text) });
    }
    if document.says_checking() {
        rows.push(row("finding", "checking …"));
    }
    let filled = |name, text: &str| (!text.is_empty()).then(|| row(name, text));
    rows.extend(filled("note", &range.note));
    rows.extend(filled("group", &group.note));
    rows.extend(range.added.map(|day| row("added", format!("{day}, {}", ago(today, day)))));
    let expires = range.expires.filter(|day| *day > today);
    rows.extend(expires.map(|day| row("expires", format!("{day}, {}", ago(today, day)))));
    rows.extend(filled("source", &range.source));
    rows
}

/// Why it is looked at.
fn review(range: &Range, today: Date) -> Row {
    let why = Why::of(range, today);
    let text = match (why, range.review_by) {
        (Some(Why::Expired(day)), _) => format!("expired {day}, {}", ago(today, day)),
        (Some(Why::NoDay(Some(day))), _) => format!("no day is set; added {day}, {}", ago(today, day)),
        (Some(Why::NoDay(None)), _) | (None, None) => "no day is set, nor when it was added".to_owned(),
        (_, Some(day)) | (Some(Why::By(day)), _) => format!("by {day}, {}", ago(today, day)),
    };
    let severity = why.filter(|why| *why != Why::By(today)).map(|why| match why {
        Why::By(day) if day > today => Severity::Info,
        _ => Severity::Warning,
    });
    Row { severity, ..row("review", text) }
}

fn words(range: &Range, brief: bool) -> Vec<Row> {
    let named = [("label", &range.label), ("owner", &range.owner), ("ticket", &range.ticket)];
    if brief {
        let there = named.iter().filter(|(_, text)| !text.is_empty());
        let said: Vec<String> = there.map(|(name, text)| format!("{name} {}", text.as_str())).collect();
        return vec![row(
            "what",
            if said.is_empty() { "nobody wrote it".to_owned() } else { said.join(" · ") },
        )];
    }
    let rows = named.into_iter().map(|(name, text)| match text.as_str() {
        "" => Row { severity: Some(Severity::Info), ..row(name, "none") },
        text => row(name, text),
    });
    rows.collect()
}

/// What would change for those who come from there if it went.
fn effect(range: &Range, today: Date, others: &Others) -> Option<Row> {
    let net = range.net()?;
    let own: crate::cidr::AddressSet = [net].into_iter().collect();
    let text = if !range.is_active(today) {
        "deleting it denies nobody: it admits nobody as it is".to_owned()
    } else if others.left.is_empty() {
        "deleting it denies nobody: other ranges admit all of it".to_owned()
    } else if others.left == own {
        format!("deleting it denies {}", addresses(&own))
    } else {
        format!("deleting it denies {} of its {}", others.left.count_words(), addresses(&own))
    };
    Some(row("effect", text))
}

fn overlaps(document: &Document, others: &Others) -> Vec<Row> {
    let named = |at: &RangeAt| {
        let range = document.allowlist().range(*at)?;
        let state = match state(range, document.today) {
            "on" => String::new(),
            state => format!(" ({state})"),
        };
        Some(format!("{} in {}{state}", range.cidr, place(document, *at)))
    };
    let around = others.around.iter().filter_map(named).map(|text| row("lies in", text));
    let mut rows: Vec<Row> = around.collect();
    rows.extend(others.inside.iter().filter_map(named).map(|text| row("holds", text)));
    let more = others.inside_count - others.inside.len();
    if more > 0 {
        rows.push(row("holds", format!("and {} more", grouped(&more.to_string()))));
    }
    rows
}

/// `Corporate networks / Head office`.
fn place(document: &Document, at: RangeAt) -> String {
    let category = document.allowlist().categories().get(at.group.category);
    let group = document.allowlist().group(at.group);
    format!(
        "{} / {}",
        category.map_or("", |category| category.name.as_str()),
        group.map_or("", |group| group.name.as_str())
    )
}

/// `9 days ago`, `in 6 months`: whole ones.
pub fn ago(today: Date, day: Date) -> String {
    let days = today.days_until(day);
    let months = months(today.min(day), today.max(day));
    let (count, unit) = match (days.abs(), months) {
        (0, _) => return "today".to_owned(),
        (count @ ..60, _) | (count, 0..2) => (count, "day"),
        (_, count @ ..24) => (count, "month"),
        (_, count) => (count / 12, "year"),
    };
    let plural = if count == 1 { "" } else { "s" };
    if days < 0 { format!("{count} {unit}{plural} ago") } else { format!("in {count} {unit}{plural}") }
}

/// How many whole months lie between two days.
fn months(from: Date, to: Date) -> i32 {
    let mut months = from.days_until(to) / 28;
    while months > 0 && from.plus_months(months).is_none_or(|day| day > to) {
        months -= 1;
    }
    months
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_said_as_people_say_them() {
        let today: Date = "2026-11-22".parse().unwrap();
        let said = |day: &str| ago(today, day.parse().unwrap());
        for (day, words) in [
            ("2026-11-22", "today"),
            ("2026-11-21", "1 day ago"),
            ("2026-12-06", "in 14 days"),
            ("2027-05-22", "in 6 months"),
            ("2026-05-22", "6 months ago"),
            ("2024-11-23", "23 months ago"),
            ("2026-05-04", "6 months ago"),
            ("2026-09-22", "2 months ago"),
            ("2026-09-24", "59 days ago"),
            ("2024-11-22", "2 years ago"),
            ("2016-11-22", "10 years ago"),
        ] {
            assert_eq!(said(day), words, "{day}");
        }
    }
}
