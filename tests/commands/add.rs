//! `add`, `remove`, `change`.

use crate::desk::{Desk, POLICY};

#[test]
fn ranges_go_into_a_group_that_is_made_where_needed() {
    let desk = Desk::with_office();
    let text = desk.read("a.json");
    assert!(text.contains(r#"{"cidr": "203.0.114.0/24", "added": "2026-11-22"}"#), "{text}");
    assert!(desk.read(POLICY).contains("\"203.0.115.7\""));
    let more = "add --category other-cloud --group G --label L --owner O --ticket T --review-by 2027-01-01 \
                --expires 2027-02-01 2001:DB9::/32";
    desk.run(more).exits(0).says("added 2001:db9::/32 to G, a new group in Other clouds");
    let range = r#"{"cidr": "2001:db9::/32", "label": "L", "owner": "O", "ticket": "T", "added": "2026-11-22", "review_by": "2027-01-01", "expires": "2027-02-01"}"#;
    assert!(desk.read("a.json").contains(range));
    assert!(desk.read(POLICY).contains("2001:db9::/32"));
}

#[test]
fn what_is_there_already_is_said_and_left() {
    let desk = Desk::with_office();
    let before = desk.snapshot();
    let again = desk.run("add --category corporate-network --group Office 203.0.115.7/32 --label other");
    again.exits(0).says("already there: 203.0.115.7");
    assert_eq!(desk.snapshot(), before);
    let both =
        desk.run("add --category corporate-network --group Office 203.0.115.7 203.0.116.0/24 203.0.116.0/24");
    both.exits(0).says("added 203.0.116.0/24").says("already there: 203.0.115.7");
    assert_eq!(desk.read("a.json").matches("203.0.116.0/24").count(), 1);
}

#[test]
fn one_bad_argument_and_nothing_is_added() {
    let desk = Desk::with_office();
    let before = desk.snapshot();
    let add = |rest: &str| {
        desk.run(&format!("add --category corporate-network --group Office 198.51.102.0/24 {rest}"))
    };
    add("198.51.103.77/24").exits(2).silent().warns("198.51.103.0/24").warns("198.51.103.77/32");
    add("300.0.0.1").exits(2).warns("300");
    add("10.0.0.1-10.0.0.2").exits(2).warns("10.0.0.1/32");
    add("--review-by 2027-02-30").exits(2).warns("2027-02-30");
    desk.run("add --category nowhere --group Office 198.51.102.0/24").exits(2).warns("corporate-network");
    desk.run("add --category corporate-network --group Office").exits(2);
    desk.run_list(&["add", "--category", "corporate-network", "--group", "", "198.51.102.0/24"]).exits(2);
    let label = desk.run_list(&[
        "add",
        "--category",
        "data-center",
        "--group",
        "a",
        "--label",
        "x\u{1b}[2J",
        "198.51.102.0/24",
    ]);
    assert!(!label.err.contains('\u{1b}'), "{label:?}");
    label.exits(2).warns("U+001B");
    assert_eq!(desk.snapshot(), before);
}

#[test]
fn a_category_goes_by_its_kind_or_by_its_name() {
    let desk = Desk::with_office();
    desk.run_list(&["add", "--category", "Data centers", "--group", "DC", "198.51.102.0/24"]).exits(0);
    desk.run("category --add Partners").exits(0).says("added the category Partners");
    desk.run("add --category Partners --group X 198.51.103.0/24").exits(0).says("in Partners");
}

#[test]
fn a_network_is_removed_however_it_is_spelt() {
    let desk = Desk::with_office();
    desk.run("add --category data-center --group DC 203.0.115.7/32").exits(0);
    desk.run("remove 203.0.115.7").exits(0).says("from Office").says("from DC");
    assert!(!desk.read("a.json").contains("203.0.115.7"));
    assert!(!desk.read(POLICY).contains("203.0.115.7"));
}

#[test]
fn nothing_is_removed_or_changed_where_one_network_is_absent() {
    let desk = Desk::with_office();
    let before = desk.snapshot();
    desk.run("remove 203.0.115.7 198.51.102.0/24").exits(1).silent().warns("198.51.102.0/24");
    desk.run("remove 203.0.114.0/25").exits(1);
    desk.run("change 203.0.115.7 198.51.102.0/24 --disable").exits(1).silent().warns("198.51.102.0/24");
    desk.run("remove nonsense").exits(2);
    desk.run("remove").exits(2);
    assert_eq!(desk.snapshot(), before);
}

#[test]
fn the_properties_of_a_range_change() {
    let desk = Desk::with_office();
    desk.run("change 203.0.115.7/32 --label VPN --owner netops --expires 2027-01-01")
        .exits(0)
        .says("changed 203.0.115.7");
    assert!(desk.read("a.json").contains(r#"{"cidr": "203.0.115.7", "label": "VPN", "owner": "netops", "added": "2026-11-22", "expires": "2027-01-01"}"#));
    desk.run("change 203.0.115.7 --disable").exits(0);
    assert!(!desk.read(POLICY).contains("203.0.115.7"));
    desk.run("change 203.0.115.7 --disable").exits(0).says("already so");
    desk.run_list(&["change", "203.0.115.7", "--enable", "--expires", "", "--label", ""]).exits(0);
    assert!(
        desk.read("a.json").contains(r#"{"cidr": "203.0.115.7", "owner": "netops", "added": "2026-11-22"}"#)
    );
    assert!(desk.read(POLICY).contains("203.0.115.7"));
    desk.run("change 203.0.115.7").exits(2);
    desk.run("change 203.0.115.7 --enable --disable").exits(2);
}

#[test]
fn dry_runs_say_what_they_would_do() {
    let desk = Desk::with_office();
    let before = desk.snapshot();
    for (arguments, words) in [
        ("add --category data-center --group DC 198.51.102.0/24 --dry-run", "would add 198.51.102.0/24"),
        ("remove 203.0.115.7 --dry-run", "would remove 203.0.115.7"),
        ("change 203.0.115.7 --disable --dry-run", "would change 203.0.115.7"),
        ("group --category corporate-network --group Office --remove --dry-run", "would be removed"),
        ("category --add P --dry-run", "would add the category P"),
        ("set exempt.mfa false --dry-run", "would be false"),
    ] {
        desk.run(arguments).says(words).says("would write a.json");
        assert_eq!(desk.snapshot(), before, "{arguments}");
    }
}

#[test]
fn many_ranges_are_one_step_and_quick() {
    let desk = Desk::with_office();
    let ranges: Vec<String> =
        (0..20_000u32).map(|i| format!("203.{}.{}.{}", 64 + (i >> 14), (i >> 7) & 127, i & 127)).collect();
    for part in ranges.chunks(5_000) {
        let arguments: Vec<&str> = ["add", "--category", "data-center", "--group", "Farm"]
            .into_iter()
            .chain(part.iter().map(String::as_str))
            .collect();
        desk.run_list(&arguments).says("added 5000 ranges to Farm");
    }
    assert_eq!(desk.run("show --json").json()["totals"]["ranges"], 20_002);
}
