//! Short forms for the readers' tests.

use super::{Found, Place, ReadFormat, read};
use crate::allowlist::Range;

/// The file as it is recognised, or read as a format; its name is `list.x`.
pub(super) fn read_as(file: &str, format: Option<&'static ReadFormat>) -> Found {
    read(file.as_bytes(), "list.x", format).unwrap().found
}

/// The good entries: `LINE CIDR LABEL`. Where a column is named, the CIDR must stand there in quotes.
pub(super) fn lines(file: &str) -> Vec<String> {
    let found = read_as(file, None);
    let good = found.entries.iter().filter_map(|e| Some((e.place, e.range.as_ref().ok()?)));
    let line = |(place, range): (Place, &Range)| {
        if let Some(column) = place.column {
            let there = &file.lines().nth(place.line - 1).unwrap()[column - 1..];
            let address = range.net().unwrap().addr().to_string();
            assert!(there.starts_with(&format!("\"{address}")), "{place}: {there}");
        }
        format!("{} {} {}", place.line, range.cidr, range.label)
    };
    good.map(line).collect()
}

/// The refused entries: `PLACE REASON`.
pub(super) fn refusals(file: &str) -> Vec<String> {
    let found = read_as(file, None);
    found.entries.iter().filter_map(|e| Some(format!("{} {}", e.place, e.range.as_ref().err()?))).collect()
}

/// Why the file as a whole is refused: `PLACE: REASON`.
pub(super) fn error(file: &str) -> String {
    let error = read(file.as_bytes(), "list.x", None).unwrap_err();
    format!("{}: {error}", error.place().unwrap())
}
