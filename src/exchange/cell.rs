//! A table's cell that no spreadsheet takes for a formula.
//!
//! Spreadsheets run cells that start with `=`, `+`, `-` or `@` (OWASP, "CSV Injection"). An apostrophe in
//! front makes them text; one that stands there already gets another, so that reading is the exact inverse.

fn looks_like_formula(text: &str) -> bool {
    text.trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
}

/// The cell for a text.
pub(super) fn write(text: &str) -> String {
    if looks_like_formula(text) { format!("'{text}") } else { text.to_owned() }
}

/// The text of a cell.
pub(super) fn read(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if looks_like_formula(text) => text,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn reading_is_the_inverse_of_writing(text in "['=+@a-]{0,6}") {
            let cell = write(&text);
            proptest::prop_assert_eq!(read(&cell), text.as_str());
            proptest::prop_assert!(!cell.starts_with(['=', '+', '-', '@']));
        }
    }
}
