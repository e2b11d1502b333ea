//! `text`: what is admitted, a CIDR a line with its label behind `#`; ranges that are disabled or expired
//! are comments, since a list has no other way to say so.

use super::{Export, ExportError, WriteFormat};
use std::fmt::Write as _;

pub(super) static FORMAT: WriteFormat =
    WriteFormat { name: "text", what: "a list: a CIDR a line, then its label", needs_policy: false, write };

fn write(export: &Export) -> Result<String, ExportError> {
    let mut out = String::new();
    let mut last = None;
    for (at, category, group, range) in export.allowlist.ranges() {
        if last != Some(at.group) {
            let line_feed = if last.is_some() { "\n" } else { "" };
            // Writing to a String cannot fail, here and below.
            let _ = writeln!(out, "{line_feed}# {}: {}", category.name, group.name);
            last = Some(at.group);
        }
        let idle = if range.cidr.good().is_none() {
            "# not a CIDR: "
        } else if !range.enabled {
            "# disabled: "
        } else if range.is_expired(export.today) {
            "# expired: "
        } else {
            ""
        };
        let label = if range.label.is_empty() { String::new() } else { format!("  # {}", range.label) };
        let _ = writeln!(out, "{idle}{}{label}", range.cidr);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::super::{Export, format_named, write};
    use crate::allowlist::Allowlist;
    use crate::exchange::read::read;

    #[test]
    fn what_is_not_admitted_is_a_comment_and_the_rest_can_be_imported() {
        let json = r#"{"version": 1, "categories": [{"kind": "data-center", "groups": [{"name": "DC", "ranges": [
            {"cidr": "203.0.114.0/24", "label": "x'; rm -rf ~; echo \"$(id)"}, {"cidr": "203.0.115.0/24", "enabled": false},
            {"cidr": "203.0.116.0/24", "expires": "2026-11-22"}, {"cidr": "203.0.117.9/24"}, {"cidr": "203.0.118.1", "label": "; #1"}]}]}]}"#;
        let allowlist = Allowlist::from_json(json.as_bytes()).unwrap();
        let today = "2026-11-22".parse().unwrap();
        let text =
            write(format_named("text").unwrap(), &Export { allowlist: &allowlist, documents: None, today })
                .unwrap();
        assert!(text.starts_with("# Data centers: DC\n203.0.114.0/24  # x'; rm"), "{text}");
        let reading = read(text.as_bytes(), "", None).unwrap();
        assert_eq!(reading.format.name, "text");
        let ranges = reading.found.entries.iter().map(|e| e.range.as_ref().unwrap());
        let lines: Vec<_> = ranges.map(|r| format!("{} {}", r.cidr, r.label)).collect();
        assert_eq!(lines, ["203.0.114.0/24 x'; rm -rf ~; echo \"$(id)", "203.0.118.1 ; #1"]);
    }
}
