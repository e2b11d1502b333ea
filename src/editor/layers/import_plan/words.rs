//! What the preview of an import says: each range with all that would come in with it, and what is wrong.

use crate::allowlist::Allowlist;
use crate::cidr::IpNet;
use crate::cidr::special::{Special, special};
use crate::exchange::read::Reading;
use crate::exchange::{ImportError, Placed, Plan};
use crate::review::wide;

/// How many of each kind are listed; more are counted.
const LISTED: usize = 500;

/// What is chosen for a plan.
#[derive(Debug, Clone, Copy)]
pub struct State {
    /// Whether what is gone is taken out.
    pub sync: bool,
    /// Whether entries that are refused keep all others out.
    pub is_blocked: bool,
    /// How many entries are good.
    pub good: usize,
}

/// Refuses networks that are every address, as the add dialog does: no policy could be written with them. One
/// that the list has already stays a range of the source.
pub fn refuse_everybody(reading: &mut Reading, allowlist: &Allowlist) {
    let is_everybody = |net: IpNet| net.prefix_len() == 0;
    for entry in &mut reading.found.entries {
        let net = entry.range.as_ref().ok().and_then(|range| range.net());
        let Some(net) = net.filter(|net| is_everybody(*net)) else { continue };
        if !allowlist.ranges().any(|(.., range)| range.net() == Some(net)) {
            entry.range = Err(format!("{net} is {}", wide::words(net).unwrap_or_default()));
        }
    }
}

/// The line above all others.
pub fn head(plan: &Plan, state: State) -> String {
    if !state.is_blocked {
        return plan.summary();
    }
    let (refused, good) = (plan.refused.len(), state.good);
    let could = match (plan.new.len(), good) {
        (_, 0) => return plan.summary(),
        (0, 1) => "1 is good".to_owned(),
        (0, good) => format!("{good} are good"),
        (new, _) => format!("{new} could come in"),
    };
    format!("{refused} refused, {could}: b passes over the bad")
}

/// Everything that is to be seen before it is taken; the sign at the front says what it is.
pub fn said(plan: &Plan, error: Option<&str>, state: State) -> Vec<String> {
    let mut lines: Vec<String> = error.iter().map(|error| format!("x {error}")).collect();
    let refused = plan.refused.iter().map(|bad| format!("x {}: {}", bad.place, bad.reason));
    list(&mut lines, plan.refused.len(), refused);
    if state.is_blocked {
        lines.push("x nothing is imported while entries are refused; b passes over them".to_owned());
    }
    lines.extend(plan.warnings.iter().map(|warning| format!("! {warning}")));
    lines.extend(plan.notes.iter().map(|note| format!("  {note}")));
    if !state.is_blocked {
        let made =
            plan.groups_made.iter().map(|(category, group)| format!("+ the group {group} in {category}"));
        list(&mut lines, plan.groups_made.len(), made);
    }
    let sign = if state.is_blocked { "  could come in:" } else { "+" };
    list(&mut lines, plan.new.len(), plan.new.iter().map(|new| format!("{sign} {}", new_words(new))));
    let gone = plan.gone.iter().map(|gone| {
        let (sign, what) = if state.sync { ("-", "is taken out") } else { ("!", "stays; s takes it out") };
        format!("{sign} {} no longer in the source: {what}", place_words(gone, "in"))
    });
    list(&mut lines, plan.gone.len(), gone);
    let there = plan.already_there.iter().map(|p| format!("  {}, already there", place_words(p, "in")));
    list(&mut lines, plan.already_there.len(), there);
    lines
}

fn place_words(placed: &Placed, join: &str) -> String {
    format!("{} {join} {} ({})", placed.range.cidr, placed.group, placed.category)
}

fn new_words(placed: &Placed) -> String {
    let range = &placed.range;
    let mut words = vec![place_words(placed, "to")];
    if !range.label.is_empty() {
        words.push(range.label.to_string());
    }
    for (name, text) in [("owner", &range.owner), ("ticket", &range.ticket)] {
        if !text.is_empty() {
            words.push(format!("{name} {text}"));
        }
    }
    for (name, day) in [("review by", range.review_by), ("expires", range.expires)] {
        words.extend(day.map(|day| format!("{name} {day}")));
    }
    if !range.enabled {
        words.push("disabled".to_owned());
    }
    words.extend(placed.covered_by.map(|net| format!("within {net}")));
    let doubt = range.net().and_then(doubt).map_or_else(String::new, |doubt| format!(" ! {doubt}"));
    format!("{}{doubt}", words.join(", "))
}

/// What is to be thought over of a network by itself.
fn doubt(net: IpNet) -> Option<String> {
    match special(net) {
        Some(Special::Documentation) => Some("reserved for documentation".to_owned()),
        Some(Special::NeverPublic(what)) => Some(format!("never a public source: {what}")),
        None => wide::words(net),
    }
}

/// Puts the first of many behind `lines`, and how many more there are.
fn list(lines: &mut Vec<String>, all: usize, words: impl Iterator<Item = String>) {
    lines.extend(words.take(LISTED));
    if all > LISTED {
        lines.push(format!("  and {} more", crate::cidr::grouped(&(all - LISTED).to_string())));
    }
}

/// Why a file cannot be imported, without the options of the command line, for which the editor has no field.
pub fn error(error: &ImportError) -> String {
    match error {
        ImportError::NotRecognised { known } => format!(
            "JSON of no format that keymoat knows by its content; it knows {known}; where it is one of them, \
             `keymoat import --format NAME FILE` reads it"
        ),
        ImportError::NotImported { what, mend } if mend.contains("--format") => {
            format!("this looks like {what}: nothing to import")
        }
        ImportError::NothingToSyncWith(count) => format!(
            "the file holds no range, so that would take out all {count} of its source: delete them by hand if \
             that is meant"
        ),
        _ => error.to_string(),
    }
}
