//! `text`: a CIDR a line; the rest of the line, or what follows `#` or `;`, is its label.

use super::content::Content;
use super::{Draft, Found, Place, ReadFormat, SameSource, never};
use crate::cidr::{Cidr, CidrError};
use crate::exchange::ImportError;
use std::net::IpAddr;

pub(super) static FORMAT: ReadFormat = ReadFormat {
    name: "text",
    from: "a list: a CIDR a line, then its label",
    category: None,
    shared_by: None,
    keys: &[],
    same_source: SameSource::InGroups,
    recognise: never,
    read,
};

fn read(content: &Content) -> Result<Found, ImportError> {
    let mut found = Found::default();
    let source = content.source(FORMAT.name);
    found.knows_source(&source);
    for (number, line) in (1..).zip(content.text.lines()) {
        let line = line.trim();
        if line.is_empty() || line.starts_with(['#', ';']) {
            continue;
        }
        let (cidr, label) = split(line);
        let draft =
            |cidr: String| Draft::new(Place::line(number), cidr).label(label.clone()).source(source.clone());
        for cidr in cidrs(&cidr) {
            found.push(draft(cidr));
        }
    }
    Ok(found)
}

/// The CIDR of a line and its label. What may be a second network, a netmask or the end of a range
/// belongs to the first part: it must never pass as a label.
fn split(line: &str) -> (String, String) {
    let end = line.find(|c: char| c.is_whitespace() || ",;#".contains(c)).unwrap_or(line.len());
    let (first, rest) = line.split_at(end);
    let rest = rest.trim_start();
    let (marked, said) = match rest.strip_prefix(['#', ';']) {
        Some(said) => (true, said),
        None => (false, rest.strip_prefix(',').unwrap_or(rest)),
    };
    let said = said.trim();
    if !marked {
        if let Some(last) = said.strip_prefix('-').map(str::trim_start) {
            let (second, label) = split(last);
            if is_address(&second) {
                return (format!("{first}-{second}"), label);
            }
        }
        let second = said.split(|c: char| c.is_whitespace() || ",;#".contains(c)).next().unwrap_or_default();
        if is_network(second) {
            return (format!("{first} {second}"), String::new());
        }
    }
    let label = said.strip_prefix(['#', ';']).filter(|_| !marked).unwrap_or(said);
    (first.to_owned(), label.trim().replace('\t', " "))
}

fn is_address(text: &str) -> bool {
    text.parse::<IpAddr>().is_ok()
}

fn is_network(text: &str) -> bool {
    match text.parse::<Cidr>() {
        Ok(_) => true,
        Err(CidrError::HostBits { .. } | CidrError::Range { .. } | CidrError::Mapped(_)) => true,
        Err(_) => is_address(text),
    }
}

/// The CIDRs of `a-b`; of anything else the text itself.
pub(super) fn cidrs(text: &str) -> Vec<String> {
    match text.parse::<Cidr>() {
        Err(CidrError::Range { prefixes }) => prefixes.iter().map(ToString::to_string).collect(),
        _ => vec![text.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{lines, refusals};

    #[test]
    fn labels_comments_and_ranges() {
        let file = "\u{feff}203.0.114.0/24 office\r\n# note\n; old\n198.51.101.7\t# home\r\n\n2600:1f18::/36,lab\n\
                    203.0.115.10-203.0.115.13  # two\n203.0.115.20 - 203.0.115.21 ; b\n203.0.116.1 # #1\n";
        assert_eq!(
            lines(file),
            [
                "1 203.0.114.0/24 office",
                "4 198.51.101.7 home",
                "6 2600:1f18::/36 lab",
                "7 203.0.115.10/31 two",
                "7 203.0.115.12/31 two",
                "8 203.0.115.20/31 b",
                "9 203.0.116.1 #1"
            ]
        );
    }

    #[test]
    fn what_is_refused_names_its_line_and_the_mend() {
        let file = "203.0.114.9/24 # host bits\n999.1.1.1 bad\n203.0.114.0 255.255.255.0\n\
                    203.0.114.0/24 203.0.115.0/24\n203.0.114.0/24, 203.0.115.1\n203.0.116.0/24 \u{1b}[31mred\n";
        let refused = refusals(file);
        assert_eq!(refused.len(), 6, "{refused:?}");
        assert!(refused[0].starts_with("1 203.0.114.9/24: host bits set: the network is 203.0.114.0/24"));
        assert!(refused[1].starts_with("2 999.1.1.1: "));
        assert!(refused[2].contains("write 203.0.114.0/24"), "{refused:?}");
        assert!(refused[3].contains("white space"), "{refused:?}");
        assert!(refused[4].contains("white space"), "{refused:?}");
        assert!(refused[5].contains("U+001B"), "{refused:?}");
    }
}
