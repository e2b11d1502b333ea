//! Other tools' files in: one file a format, and one table of them.

mod aws_addresses;
mod aws_ip_ranges;
mod aws_nat_gateways;
mod aws_prefix_list;
mod azure_public_ips;
mod azure_service_tags;
mod cloudflare;
mod content;
mod csv;
mod entry;
mod gcp_addresses;
mod gcp_ip_ranges;
mod gcp_router_status;
mod geofeed;
mod github_meta;
mod iam_policy;
mod keymoat;
mod not_imported;
mod oci_ip_ranges;
mod oci_nat_gateways;
mod terraform;
#[cfg(test)]
mod testing;
mod text;

use super::ImportError;
use crate::allowlist::Kind;
use content::Content;
pub use content::Outline;
pub use entry::{CategoryHint, Draft, Entry, Found, Place};

/// A format that keymoat imports.
#[derive(Debug)]
pub struct ReadFormat {
    /// As `--format` spells it.
    pub name: &'static str,
    /// Where such a file comes from, for help: a command, or what it is.
    pub from: &'static str,
    /// The category of its ranges where neither the user nor the file says.
    pub category: Option<Kind>,
    /// Whose customers all share these addresses, where they do.
    pub shared_by: Option<&'static str>,
    /// The properties that `--only` knows.
    pub keys: &'static [&'static str],
    /// Which ranges of the allowlist come from the same source as a file of this format.
    pub same_source: SameSource,
    recognise: fn(&Outline) -> bool,
    read: for<'a> fn(&Content<'a>) -> Result<Found, ImportError>,
}

/// Which ranges of an allowlist come from the same source as a file, so that they should still be in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SameSource {
    /// Those whose `source` the file has too, wherever they stand: it names an account or a list.
    Anywhere,
    /// Those of them that stand in a group that the import is about: two files may have one name.
    InGroups,
    /// The same, where a `source` without its region, which not every output shows, is any region's.
    InGroupsAnyRegion,
}

/// A file that was read.
#[derive(Debug)]
pub struct Reading {
    /// Its format.
    pub format: &'static ReadFormat,
    /// What is in it.
    pub found: Found,
}

/// Every format, in the order of the help. Formats in JSON are recognised by the first that fits.
pub static FORMATS: [&ReadFormat; 19] = [
    &text::FORMAT,
    &csv::FORMAT,
    &geofeed::FORMAT,
    &keymoat::FORMAT,
    &iam_policy::FORMAT,
    &aws_nat_gateways::FORMAT,
    &aws_addresses::FORMAT,
    &aws_prefix_list::FORMAT,
    &aws_ip_ranges::FORMAT,
    &gcp_addresses::FORMAT,
    &gcp_router_status::FORMAT,
    &gcp_ip_ranges::FORMAT,
    &azure_public_ips::FORMAT,
    &azure_service_tags::FORMAT,
    &oci_nat_gateways::FORMAT,
    &oci_ip_ranges::FORMAT,
    &terraform::FORMAT,
    &github_meta::FORMAT,
    &cloudflare::FORMAT,
];

/// The format of this name.
pub fn format_named(name: &str) -> Result<&'static ReadFormat, ImportError> {
    FORMATS.into_iter().find(|format| format.name == name).ok_or_else(|| ImportError::UnknownFormat {
        found: crate::text::quoted(name, 40),
        known: FORMATS.map(|format| format.name).join(", "),
    })
}

/// Reads a foreign file. Without a format it is recognised by its content. `name` is the file's name
/// without its folder, empty for standard input or a paste: it names the list where the content does not.
///
/// Entries that are wrong come back as such, each with its place; an error is for the file as a whole.
pub fn read(bytes: &[u8], name: &str, format: Option<&'static ReadFormat>) -> Result<Reading, ImportError> {
    let text = crate::json::utf8(bytes)?;
    if text.trim().is_empty() {
        return Err(ImportError::Empty);
    }
    let content = Content::new(text, list_name(name))?;
    let format = match (format, &content.outline) {
        (Some(format), _) => format,
        (None, Some(outline)) => recognise(outline)?,
        (None, None) if csv::looks_like(text) => &csv::FORMAT,
        (None, None) if geofeed::looks_like(text) => &geofeed::FORMAT,
        (None, None) => &text::FORMAT,
    };
    let found = (format.read)(&content)?;
    Ok(Reading { format, found })
}

/// A file's name without its ending, where it may stand in a `source`.
fn list_name(file: &str) -> &str {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| if stem.is_empty() { file } else { stem });
    if crate::text::check(stem, 128).is_ok() { stem } else { "" }
}

fn recognise(outline: &Outline) -> Result<&'static ReadFormat, ImportError> {
    if let Some(format) = FORMATS.into_iter().find(|format| (format.recognise)(outline)) {
        return Ok(format);
    }
    Err(not_imported::say(outline))
}

/// For the formats that are not JSON.
fn never(_: &Outline) -> bool {
    false
}

/// The last segment of a resource's URL or id: `…/regions/europe-west1` is `europe-west1`.
fn last_segment(url: &str) -> &str {
    url.rsplit('/').next().unwrap_or_default()
}

/// The segment behind another in a resource's URL or id, in any case of letters.
fn segment_after<'a>(url: &'a str, key: &str) -> &'a str {
    let mut segments = url.split('/');
    segments.by_ref().find(|segment| segment.eq_ignore_ascii_case(key));
    segments.next().unwrap_or_default()
}

/// The parts that are not empty, with a space between.
fn words<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
