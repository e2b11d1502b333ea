//! Policy documents for the commands that ask them: those that the allowlist says, or given ones.

use super::error::CommandError;
use crate::policy::{Place, PolicyDocument, Undecided, parse_documents};
use crate::review::Review;
use crate::storage::{self, StorageError};
use std::path::{Path, PathBuf};

/// Documents as parsed from their bytes, each with the name of its file.
#[derive(Debug, Default)]
pub struct Parsed {
    /// The documents.
    pub parsed: Vec<PolicyDocument>,
    names: Vec<String>,
}

/// The documents that the allowlist says, or why there are none.
pub fn generated(review: &Review) -> Result<Parsed, CommandError> {
    let documents = super::policy::documents(review).map_err(CommandError::NoPolicy)?;
    of(documents.documents.iter().map(|document| (document.file_name.as_str(), document.text.as_bytes())))
}

/// The documents in files, several in each maybe; `-` is standard input.
pub fn given(files: &[PathBuf]) -> Result<Parsed, CommandError> {
    let mut all = Parsed::default();
    for file in files {
        all.read(file, &storage::read_stream(file, storage::MAX_BYTES)?)?;
    }
    Ok(all)
}

/// The documents in bytes, each with the name of its file.
pub fn of<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Result<Parsed, CommandError> {
    let mut all = Parsed::default();
    for (name, bytes) in files {
        all.read(Path::new(name), bytes)?;
    }
    Ok(all)
}

impl Parsed {
    fn read(&mut self, file: &Path, bytes: &[u8]) -> Result<(), CommandError> {
        let found = parse_documents(bytes).map_err(|error| StorageError::Unreadable {
            path: file.to_path_buf(),
            line: error.line,
            column: error.column,
            message: error.message,
        })?;
        let name = crate::text::quoted(&file.to_string_lossy(), 4096);
        let several = found.len() > 1;
        for (number, document) in (1..).zip(found) {
            self.names.push(if several { format!("{name} (document {number})") } else { name.clone() });
            self.parsed.push(document);
        }
        Ok(())
    }

    /// A statement, by the name of its file.
    pub fn place(&self, place: &Place) -> String {
        let name = place.document.checked_sub(1).and_then(|at| self.names.get(at));
        let sid = place.sid.as_ref().map(|sid| format!(" ({sid})")).unwrap_or_default();
        format!("{}, statement {}{sid}", name.map_or("the policy", String::as_str), place.statement)
    }

    /// What could not be decided.
    pub fn undecided(&self, open: &Undecided) -> CommandError {
        CommandError::Argument(format!(
            "{}: cannot decide {}: {}",
            self.place(&open.place),
            open.element,
            open.why
        ))
    }
}
