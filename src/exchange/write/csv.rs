//! `csv`: every range with everything that is known of it. Importing it gives the same ranges again.

use super::{Export, ExportError, WriteFormat};
use crate::allowlist::{Date, Kind};
use crate::exchange::cell;

pub(super) static FORMAT: WriteFormat =
    WriteFormat { name: "csv", what: "a table of all ranges, for spreadsheets", needs_policy: false, write };

const HEADER: [&str; 12] = [
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

fn write(export: &Export) -> Result<String, ExportError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail, nor can records of one length.
    let _ = writer.write_record(HEADER);
    for (_, category, group, range) in export.allowlist.ranges() {
        let kind =
            if category.kind == Kind::Custom { category.name.as_str() } else { category.kind.as_str() };
        let day = |date: Option<Date>| date.map(|day| day.to_string()).unwrap_or_default();
        let enabled = if range.enabled { "" } else { "false" };
        let record = [
            cell::write(&range.cidr.to_string()),
            cell::write(kind),
            cell::write(&group.name),
            cell::write(&range.label),
            cell::write(&range.owner),
            cell::write(&range.ticket),
            cell::write(&range.note),
            cell::write(&range.source),
            day(range.added),
            day(range.review_by),
            day(range.expires),
            enabled.to_owned(),
        ];
        let _ = writer.write_record(record);
    }
    // Only UTF-8 was written.
    Ok(writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::super::{Export, format_named, write};
    use crate::allowlist::Allowlist;
    use crate::exchange::{Options, plan, read::read};
    use proptest::prelude::*;

    fn allowlist(label: &str, group: &str, category: &str) -> Allowlist {
        let json = serde_json::json!({"version": 1, "categories": [
            {"kind": "data-center", "groups": [{"name": group, "ranges": [
                {"cidr": "203.0.114.0/24", "label": label, "owner": label, "ticket": "T", "note": "n", "source": "text a",
                 "added": "2026-01-02", "review_by": "2027-01-02", "expires": "2028-01-02", "enabled": false},
                {"cidr": "2600:1f18::1", "added": "2026-01-02", "source": "csv"}]}]},
            {"kind": "custom", "name": category, "groups": [{"name": group, "ranges": [
                {"cidr": "203.0.115.1", "added": "2026-01-02", "source": "csv"}]}]}]});
        Allowlist::from_json(json.to_string().as_bytes()).unwrap()
    }

    fn round_trip(before: &Allowlist) -> Allowlist {
        let today = "2026-11-22".parse().unwrap();
        let format = format_named("csv").unwrap();
        let csv = write(format, &Export { allowlist: before, documents: None, today }).unwrap();
        let reading = read(csv.as_bytes(), "", None).unwrap();
        assert_eq!(reading.format.name, "csv");
        let mut after = Allowlist::default();
        let plan = plan(&after, reading, &Options::default(), today).unwrap();
        assert!(plan.refused.is_empty(), "{:?}\n{csv}", plan.refused);
        after.apply(plan.edit.unwrap()).unwrap();
        after
    }

    proptest! {
        #[test]
        fn importing_the_export_gives_the_same_ranges(
            label in "[a-z'\"=+@,;#\\-$({`\\\\é]{0,12}",
            group in "[a-z'\"=+@,;#\\-]{1,12}",
            category in "P[a-z'\"=+@,;#\\-]{1,12}",
        ) {
            let before = allowlist(&label, &group, &category);
            let after = round_trip(&before);
            prop_assert_eq!(after.categories(), before.categories());
        }
    }

    #[test]
    fn no_cell_is_a_formula() {
        let list = allowlist("=1+2", "@x", "-c");
        let today = "2026-11-22".parse().unwrap();
        let csv = write(format_named("csv").unwrap(), &Export { allowlist: &list, documents: None, today })
            .unwrap();
        assert!(csv.contains(",'@x,'=1+2,'=1+2,T,"), "{csv}");
        assert!(csv.contains(",'-c,"), "{csv}");
    }
}
