//! `geofeed`: RFC 8805, `prefix,country,region,city,postal code`, and `#` comments.

use super::content::Content;
use super::{Draft, Found, Place, ReadFormat, SameSource, never, words};
use crate::exchange::ImportError;

pub(super) static FORMAT: ReadFormat = ReadFormat {
    name: "geofeed",
    from: "a geofeed (RFC 8805), as ISPs publish them",
    category: None,
    shared_by: None,
    keys: &["country", "region", "city"],
    same_source: SameSource::InGroups,
    recognise: never,
    read,
};

/// The lines that are no comments, with their numbers.
fn rows(text: &str) -> impl Iterator<Item = (usize, Vec<&str>)> {
    (1..).zip(text.lines()).filter_map(|(number, line)| {
        let data = line.split('#').next().unwrap_or_default().trim();
        (!data.is_empty()).then(|| (number, data.split(',').map(str::trim).collect()))
    })
}

/// Whether every line has a geofeed's cells: a country code or nothing, then an ISO 3166-2 code or nothing.
pub(super) fn looks_like(text: &str) -> bool {
    let mut any = false;
    rows(text).all(|(_, cells)| {
        any = true;
        let letters = |code: &str| code.len() == 2 && code.bytes().all(|b| b.is_ascii_alphabetic());
        let country = cells.get(1).copied().unwrap_or("?");
        let region = cells.get(2).copied().unwrap_or("?");
        let is_region = region.split_once('-').is_some_and(|(head, _)| letters(head));
        (3..=5).contains(&cells.len())
            && (country.is_empty() || letters(country))
            && (region.is_empty() || is_region)
    }) && any
}

fn read(content: &Content) -> Result<Found, ImportError> {
    let mut found = Found::default();
    let source = content.source(FORMAT.name);
    found.knows_source(&source);
    for (number, cells) in rows(content.text) {
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
        let label =
            words([cell(3), cell(2), cell(1)].into_iter().take(if cell(2).is_empty() { 3 } else { 2 }));
        let draft = Draft::new(Place::line(number), cell(0)).label(label).source(source.clone());
        let draft = draft.with("country", cell(1)).with("region", cell(2)).with("city", cell(3));
        if cells.len() > 5 {
            let mut entry = draft.finish();
            entry.range = Err(format!("{} cells, a geofeed has at most 5 (RFC 8805)", cells.len()));
            found.entries.push(entry);
        } else {
            found.push(draft);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{lines, read_as};

    #[test]
    fn the_example_of_the_rfc() {
        let file = "# a comment\n192.0.2.0/25,US,US-AL,,\n192.0.2.5,US,US-AL,Alabaster,\n2001:db8::/32,PL,,, # end\n\
                    2001:db8:cafe::/48,PL,PL-MZ,,02-784\n";
        let expected = [
            "2 192.0.2.0/25 US-AL",
            "3 192.0.2.5 Alabaster US-AL",
            "4 2001:db8::/32 PL",
            "5 2001:db8:cafe::/48 PL-MZ",
        ];
        assert_eq!(lines(file), expected);
        assert_eq!(read_as(file, None).entries[1].properties[2], ("city", "Alabaster".to_owned()));
    }
}
