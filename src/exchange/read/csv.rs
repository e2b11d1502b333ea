//! `csv`: a header with `cidr`, or no header and the CIDR in the first column.
//!
//! The csv crate takes quotes as leniently as spreadsheets do; [`check_quotes`] refuses what
//! RFC 4180 does not allow, because an open quote swallows the lines behind it.

use super::content::Content;
use super::text::cidrs;
use super::{CategoryHint, Draft, Found, Place, ReadFormat, SameSource, never};
use crate::allowlist::Kind;
use crate::cidr::{Cidr, CidrError};
use crate::exchange::ImportError;
use crate::exchange::cell;
use crate::text::{Name, quoted};

pub(super) static FORMAT: ReadFormat = ReadFormat {
    name: "csv",
    from: "a table with a column cidr, and category, group, label, owner, ticket, review_by, expires",
    category: None,
    shared_by: None,
    keys: &["category", "group", "owner", "ticket"],
    same_source: SameSource::InGroups,
    recognise: never,
    read,
};

/// The columns that are read. `description` and `comment` are what other tools call a label.
const COLUMNS: [&str; 12] = [
    "cidr",
    "category",
    "group",
    "label",
    "owner",
    "ticket",
    "note",
    "source",
    "added",
    "review_by",
    "expires",
    "enabled",
];
const LABELS: [&str; 3] = ["label", "description", "comment"];

/// Whether a text is CSV: a header with `cidr`, or a comma behind the first cell of every line.
pub(super) fn looks_like(text: &str) -> bool {
    let mut lines =
        text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).peekable();
    let Some(first) = lines.peek() else { return false };
    let header = first.split(delimiter(first)).map(|cell| cell.trim().trim_matches('"'));
    if header.clone().count() > 1 && header.clone().any(|cell| cell.eq_ignore_ascii_case("cidr")) {
        return true;
    }
    if first.eq_ignore_ascii_case("cidr") || first.starts_with('"') {
        return true;
    }
    !super::geofeed::looks_like(text)
        && text.contains('"')
        && lines.all(|line| line.split_once(',').is_some_and(|(cell, _)| !cell.contains(char::is_whitespace)))
}

/// What stands between the cells of this header: some spreadsheets write semicolons or tabs.
fn delimiter(header: &str) -> char {
    [',', ';', '\t'].into_iter().find(|mark| header.contains(*mark)).unwrap_or(',')
}

fn read(content: &Content) -> Result<Found, ImportError> {
    let first = content
        .text
        .lines()
        .find(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .unwrap_or_default();
    let delimiter = delimiter(first);
    check_quotes(content.text, delimiter)?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .comment(Some(b'#'))
        // One of three ASCII characters.
        .delimiter(delimiter as u8)
        .from_reader(content.text.as_bytes());
    let mut found = Found::default();
    let source = content.source(FORMAT.name);
    found.knows_source(&source);
    let mut columns: Option<Columns> = None;
    for record in reader.records() {
        let record = record.map_err(|error| ImportError::at(Place::START, &error))?;
        let place = start(content, record.position().map_or(0, csv::Position::byte));
        let Some(known) = &columns else {
            let (new, is_header) = Columns::of(&record, place, &mut found)?;
            if !is_header {
                rows(&record, &new, place, &source, &mut found);
            }
            columns = Some(new);
            continue;
        };
        rows(&record, known, place, &source, &mut found);
    }
    Ok(found)
}

/// The line of a record: csv counts the empty lines and comments before it as a part of it.
fn start(content: &Content, byte: u64) -> Place {
    let mut rest = usize::try_from(byte).ok().and_then(|at| content.text.get(at..)).unwrap_or_default();
    loop {
        let line = rest.find('\n').map_or(rest.len(), |end| end + 1);
        if line == 0 || !(rest.starts_with('#') || rest[..line].trim_end_matches(['\r', '\n']).is_empty()) {
            return Place::line(content.place(rest).line);
        }
        rest = &rest[line..];
    }
}

/// Which cell is which.
struct Columns {
    at: [Option<usize>; COLUMNS.len()],
    cells: usize,
    has_header: bool,
}

impl Columns {
    /// From the first record: a header, or the first row of a table without one.
    fn of(record: &csv::StringRecord, place: Place, found: &mut Found) -> Result<(Self, bool), ImportError> {
        let names: Vec<String> = record.iter().map(|cell| cell.trim().to_ascii_lowercase()).collect();
        let mut at = [None; COLUMNS.len()];
        if !names.iter().any(|name| name == "cidr") {
            let first = record.get(0).unwrap_or_default().trim();
            let is_cidr = match first.parse::<Cidr>() {
                Ok(_) => true,
                Err(CidrError::HostName(_) | CidrError::Empty) => false,
                Err(_) => true,
            };
            if !is_cidr {
                return Err(ImportError::at(
                    place,
                    &"no column cidr in the header: name the column of the CIDRs so",
                ));
            }
            at[0] = Some(0);
            return Ok((Self { at, cells: record.len(), has_header: false }, false));
        }
        let mut unknown = Vec::new();
        for (cell, name) in names.iter().enumerate() {
            let column = if LABELS.contains(&name.as_str()) { "label" } else { name.as_str() };
            match COLUMNS.iter().position(|known| *known == column) {
                Some(known) if at[known].is_some() => {
                    let words = format!("two columns for {column} in the header: leave one out");
                    return Err(ImportError::at(place, &words));
                }
                Some(known) => at[known] = Some(cell),
                None if name.is_empty() => {}
                None => unknown.push(name.clone()),
            }
        }
        found.passed_over(&unknown, "column", "columns");
        Ok((Self { at, cells: names.len(), has_header: true }, true))
    }

    fn cell(&self, record: &csv::StringRecord, column: &str) -> String {
        let index = COLUMNS.iter().position(|known| *known == column).and_then(|known| self.at[known]);
        let written = index.and_then(|at| record.get(at)).unwrap_or_default().trim();
        cell::read(written).to_owned()
    }
}

/// The entries of one row: one, or the CIDRs of a range.
fn rows(record: &csv::StringRecord, columns: &Columns, place: Place, source: &str, found: &mut Found) {
    if record.iter().all(|cell| cell.trim().is_empty()) {
        return;
    }
    for cidr in cidrs(&columns.cell(record, "cidr")) {
        let mut entry = row(record, columns, Draft::new(place, cidr), source).finish();
        if columns.has_header && record.len() > columns.cells {
            entry.range = Err(format!(
                "{} cells, but the header has {}: quote what holds a comma",
                record.len(),
                columns.cells
            ));
        }
        if let Err(message) = enabled(&columns.cell(record, "enabled")) {
            entry.range = Err(message);
        }
        found.entries.push(entry);
    }
}

fn row(record: &csv::StringRecord, columns: &Columns, mut draft: Draft, source: &str) -> Draft {
    let cell = |column| columns.cell(record, column);
    draft.label = if columns.has_header {
        cell("label")
    } else {
        let rest: Vec<&str> = record.iter().skip(1).map(str::trim).filter(|cell| !cell.is_empty()).collect();
        rest.join(", ")
    };
    draft.group = cell("group");
    draft.owner = cell("owner");
    draft.ticket = cell("ticket");
    draft.note = cell("note");
    draft.source = Some(cell("source")).filter(|own| !own.is_empty()).unwrap_or_else(|| source.to_owned());
    draft.added = cell("added");
    draft.review_by = cell("review_by");
    draft.expires = cell("expires");
    draft.disabled = enabled(&cell("enabled")) == Ok(false);
    let category = cell("category");
    draft.category = match category.parse::<Kind>() {
        Ok(kind) if kind != Kind::Custom => Some(CategoryHint::Kind(kind)),
        _ => Name::new(category.clone()).ok().map(CategoryHint::Named),
    };
    let (group, owner, ticket) = (draft.group.clone(), draft.owner.clone(), draft.ticket.clone());
    draft.with("category", category).with("group", group).with("owner", owner).with("ticket", ticket)
}

fn enabled(cell: &str) -> Result<bool, String> {
    match cell.to_ascii_lowercase().as_str() {
        "" | "true" => Ok(true),
        "false" => Ok(false),
        other => Err(format!("enabled: found {:?}, expected true or false", quoted(other, 40))),
    }
}

/// Refuses quotes that RFC 4180 does not know: one that is never closed, one in the middle of a cell that
/// has none around it, and text behind a closing one.
fn check_quotes(text: &str, delimiter: char) -> Result<(), ImportError> {
    enum At {
        Start,
        Plain,
        Quoted,
        Closed,
    }
    let (mut at, mut line, mut opened) = (At::Start, 1, 1);
    let (mut comment, mut line_start) = (false, true);
    for c in text.chars() {
        comment |= line_start && matches!(at, At::Start) && c == '#';
        line_start = c == '\n';
        let ends = c == delimiter || c == '\n' || c == '\r';
        at = match at {
            _ if comment => At::Start,
            At::Start if c == '"' => {
                opened = line;
                At::Quoted
            }
            At::Quoted if c == '"' => At::Closed,
            At::Quoted => At::Quoted,
            At::Closed if c == '"' => At::Quoted,
            At::Closed if !ends => {
                return Err(ImportError::at(
                    Place::line(line),
                    &"text behind a closing quote: write \"\" for a quote",
                ));
            }
            At::Plain if c == '"' => {
                let words = "a quote within a cell: put quotes around the cell, and write \"\" for one in it";
                return Err(ImportError::at(Place::line(line), &words));
            }
            _ if ends => At::Start,
            _ => At::Plain,
        };
        if c == '\n' {
            line += 1;
            comment = false;
        }
    }
    if matches!(at, At::Quoted) {
        return Err(ImportError::at(Place::line(opened), &"a quote is opened here and never closed"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::CategoryHint;
    use super::super::testing::{error, lines, read_as, refusals};
    use crate::allowlist::Kind;

    #[test]
    fn a_header_in_any_order_and_case() {
        let file = "Label,CIDR,Category,group,provider,expires,enabled\n\"HQ, 3rd\",203.0.114.0/24,data-center,DC 1,x,2026-12-01,false\n\
                    ,203.0.115.4-203.0.115.5,Partners,P,,,\n";
        let found = read_as(file, None);
        assert_eq!(lines(file), ["2 203.0.114.0/24 HQ, 3rd", "3 203.0.115.4/31 "]);
        assert_eq!(found.entries[0].category, Some(CategoryHint::Kind(Kind::DataCenter)));
        assert_eq!(found.entries[0].group.as_deref(), Some("DC 1"));
        let range = found.entries[0].range.as_ref().unwrap();
        assert!(!range.enabled && range.expires.unwrap().to_string() == "2026-12-01");
        assert!(matches!(&found.entries[1].category, Some(CategoryHint::Named(n)) if &**n == "Partners"));
        assert!(found.notes[0].contains("provider"));
    }

    #[test]
    fn without_a_header_the_first_column_is_the_cidr() {
        assert_eq!(
            lines("203.0.114.0/24,\"HQ, Berlin\"\n203.0.115.1,b\n"),
            ["1 203.0.114.0/24 HQ, Berlin", "2 203.0.115.1 b"]
        );
    }

    #[test]
    fn quotes_are_strict() {
        assert!(
            error("cidr,label\n203.0.114.0/24,\"abc\n198.51.101.0/24,x\n")
                .starts_with("2: a quote is opened")
        );
        assert!(error("cidr,label\n203.0.114.0/24,a\"b\"\n").starts_with("2: a quote within"));
        assert!(error("cidr,label\n203.0.114.0/24,\"a\"b\n").starts_with("2: text behind"));
        assert_eq!(
            lines("cidr;label\r\n\r\n# \"open\r\n203.0.114.0/24;\"a \"\"b\"\"\"\n"),
            ["4 203.0.114.0/24 a \"b\""]
        );
    }

    #[test]
    fn bad_cells_are_named() {
        let refused = refusals(
            "cidr,expires,enabled\nx,,\n203.0.114.0/24,2026-02-30,\n203.0.115.0/24,,yes\n203.0.116.0/24,,,,\n",
        );
        assert_eq!(refused.len(), 4, "{refused:?}");
        assert!(
            refused[1].contains("expires")
                && refused[2].contains("true or false")
                && refused[3].contains("5 cells")
        );
        assert!(error("label,cidr,cidr\na,b,c\n").contains("two columns"));
    }
}
