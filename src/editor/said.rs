//! What an edit of properties is called: before, for undo, and once it is done.

use super::width;
use crate::allowlist::{Date, Range};

/// How many columns of a value are said.
const VALUE: usize = 40;

/// One property with its new value.
struct Changed {
    name: &'static str,
    value: String,
}

impl Changed {
    fn new(name: &'static str, value: &str) -> Self {
        Self { name, value: width::clip(value, VALUE) }
    }
}

/// The words of a step (`change 203.0.114.0/28: cidr to 203.0.112.0/20, no owner`) and of its message
/// (`Changed 203.0.114.0/28: cidr is 203.0.112.0/20 now, owner is empty.`).
pub fn of_range(old: &Range, new: &Range) -> (String, String) {
    of(&old.cidr.to_string(), &differences(old, new))
}

/// The same for the name and the note of a group: each as it was and as it is.
pub fn of_group(name: (&str, &str), note: (&str, &str)) -> (String, String) {
    let pairs = [("name", name), ("note", note)].into_iter().filter(|(_, (old, new))| old != new);
    let changed: Vec<Changed> = pairs.map(|(what, (_, new))| Changed::new(what, new)).collect();
    of(&format!("the group {}", name.0), &changed)
}

fn of(what: &str, changed: &[Changed]) -> (String, String) {
    let step = changed.iter().map(|Changed { name, value }| match value.as_str() {
        "" => format!("no {name}"),
        value => format!("{name} to {value}"),
    });
    let said = changed.iter().enumerate().map(|(at, Changed { name, value })| {
        let value = if value.is_empty() { "empty" } else { value };
        format!("{name} is {value}{}", if at == 0 { " now" } else { "" })
    });
    let (step, said): (Vec<_>, Vec<_>) = (step.collect(), said.collect());
    (format!("change {what}: {}", step.join(", ")), format!("Changed {what}: {}.", said.join(", ")))
}

fn differences(old: &Range, new: &Range) -> Vec<Changed> {
    let day = |date: Option<Date>| date.map(|day| day.to_string()).unwrap_or_default();
    let [old, new] = [old, new].map(|range| {
        [
            ("cidr", range.cidr.to_string()),
            ("label", range.label.to_string()),
            ("owner", range.owner.to_string()),
            ("ticket", range.ticket.to_string()),
            ("note", range.note.to_string()),
            ("review_by", day(range.review_by)),
            ("expires", day(range.expires)),
            ("enabled", range.enabled.to_string()),
            ("added", day(range.added)),
            ("source", range.source.to_string()),
        ]
    });
    let pairs = old.into_iter().zip(new).filter(|(old, new)| old != new);
    pairs.map(|(_, (name, value))| Changed::new(name, &value)).collect()
}

/// What is set in many ranges, each property with its value: `the owner of 5 ranges to netops`, `the owner and
/// ticket of 5 ranges`.
pub fn of_many(set: &[(&str, String)], ranges: &str) -> String {
    match set {
        [(name, value)] => {
            let value = if value.is_empty() { "none" } else { value };
            format!("the {name} of {ranges} to {}", width::clip(value, VALUE))
        }
        _ => {
            let names: Vec<&str> = set.iter().map(|(name, _)| *name).collect();
            match names.split_last() {
                Some((last, before)) if !before.is_empty() => {
                    format!("the {} and {last} of {ranges}", before.join(", "))
                }
                _ => ranges.to_owned(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::allowlist::CidrField;
    use crate::text::Text;

    fn range(cidr: &str) -> Range {
        Range { owner: Text::new("noc").unwrap(), ..Range::new(cidr.parse().unwrap()) }
    }

    #[test]
    fn what_changed_is_named_with_the_old_cidr_first() {
        let old = range("203.0.114.0/28");
        let new = Range { cidr: CidrField::Good("203.0.112.0/20".parse().unwrap()), ..old.clone() };
        let none = Range { owner: Text::default(), expires: "2027-01-01".parse().ok(), ..new };
        assert_eq!(
            of_range(&old, &none),
            (
                "change 203.0.114.0/28: cidr to 203.0.112.0/20, no owner, expires to 2027-01-01".to_owned(),
                "Changed 203.0.114.0/28: cidr is 203.0.112.0/20 now, owner is empty, expires is 2027-01-01."
                    .to_owned()
            )
        );
        let renamed = of_group(("Office", "Head office"), ("", "")).1;
        assert_eq!(renamed, "Changed the group Office: name is Head office now.");
    }

    #[test]
    fn many_are_counted_and_the_properties_named() {
        let set = |names: &[&'static str]| -> Vec<(&'static str, String)> {
            names.iter().map(|name| (*name, "x".to_owned())).collect()
        };
        assert_eq!(of_many(&set(&["owner"]), "5 ranges"), "the owner of 5 ranges to x");
        assert_eq!(of_many(&[("owner", String::new())], "1 range"), "the owner of 1 range to none");
        assert_eq!(of_many(&set(&["owner", "ticket"]), "5 ranges"), "the owner and ticket of 5 ranges");
        assert_eq!(
            of_many(&set(&["owner", "ticket", "label"]), "5 ranges"),
            "the owner, ticket and label of 5 ranges"
        );
    }
}
