//! `prove` and `diff`.

use crate::desk::{Desk, POLICY};

#[test]
fn what_was_saved_is_proven() {
    let desk = Desk::with_office();
    desk.run("prove").exits(0).says("proven");
    let json = desk.run("prove --json").exits(0).json();
    assert_eq!(json, serde_json::json!({"equal": true, "missing": [], "extra": [], "reasons": []}));
    let from_stdin = desk.run_with("prove -", desk.read(POLICY).as_bytes());
    from_stdin.exits(0);
}

#[test]
fn a_split_is_proven_together_and_not_in_part() {
    let desk = Desk::with_office();
    let hosts: Vec<String> =
        (0..500).map(|i| format!("198.51.{}.{}", 102 + i / 100, 2 * (i % 100))).collect();
    let head = ["add", "--category", "data-center", "--group", "Farm"];
    desk.run_list(&head.into_iter().chain(hosts.iter().map(String::as_str)).collect::<Vec<_>>()).exits(0);
    desk.run("prove").exits(0).says("2 documents together");
    let part = desk.run("prove --json IP_Whitelist_AWS_API_Keys-1.json").exits(1).json();
    assert_eq!(part["equal"], false);
    assert!(!part["extra"].as_array().unwrap().is_empty());
    desk.run_list(&["diff", "IP_Whitelist_AWS_API_Keys-1.json", "IP_Whitelist_AWS_API_Keys-2.json"]).exits(0);
    let both = [desk.read("IP_Whitelist_AWS_API_Keys-1.json"), desk.read("IP_Whitelist_AWS_API_Keys-2.json")]
        .concat();
    desk.run_with("diff -", both.as_bytes()).exits(0).says("no difference");
}

#[test]
fn a_document_edited_by_hand_is_told_apart() {
    let desk = Desk::with_office();
    let policy = desk.read(POLICY);
    desk.write("wide.json", &policy.replace("203.0.114.0/24", "203.0.114.0/23"));
    let wide = desk.run("prove --json wide.json").exits(1).json();
    let upper: Vec<&str> =
        wide["extra"].as_array().unwrap().iter().filter_map(|cidr| cidr.as_str()).collect();
    assert_eq!((upper[0], upper.last()), ("203.0.115.0/30", Some(&"203.0.115.128/25")));
    assert_eq!(wide["missing"], serde_json::json!([]));
    desk.run("prove wide.json").exits(1).says("let through, which the allowlist denies");
    let diff = desk.run("diff --json wide.json").exits(1).json();
    assert_eq!(diff["no_longer"], wide["extra"]);
    assert_eq!(diff["admitted"], serde_json::json!([]));
    desk.write("plain.json", &policy.replace("BoolIfExists", "Bool"));
    let plain = desk.run("prove --json plain.json").exits(1).json();
    assert!(!plain["reasons"].as_array().unwrap().is_empty());
}

#[test]
fn prove_without_a_policy_is_exit_two() {
    let desk = Desk::with_office();
    desk.write("open.json", &desk.read(POLICY).replace("aws:SourceIp", "aws:${x}"));
    desk.run("prove open.json").exits(2).silent();
    std::fs::remove_file(desk.path(POLICY)).unwrap();
    desk.run("prove").exits(2).silent().warns("policy --write");
    desk.run("prove nowhere.json").exits(2).silent().warns("nowhere.json");
    desk.write("bad.json", "[]");
    let bad = desk.run("prove bad.json").exits(2).silent();
    assert!(bad.err.starts_with("bad.json:1:"), "{bad:?}");
    desk.run("change 203.0.114.0/24 203.0.115.7 --disable").exits(1);
    desk.run("prove bad.json").exits(2);
}

#[test]
fn diff_tells_entries_and_addresses_between_allowlists() {
    let desk = Desk::with_office();
    desk.write("old.json", &desk.read("a.json"));
    desk.run("diff old.json").exits(0).says("no difference");
    desk.run("change 203.0.114.0/24 --owner netops").exits(0);
    let owner = desk.run("diff --json old.json").exits(1).json();
    assert_eq!((&owner["admitted"], &owner["no_longer"]), (&serde_json::json!([]), &serde_json::json!([])));
    desk.run("diff old.json").exits(1).says("owner of 203.0.114.0/24");
    desk.run("remove 203.0.115.7").exits(0);
    desk.run("add --category data-center --group DC 198.51.102.0/24").exits(0);
    let json = desk.run("diff --json old.json").exits(1).json();
    assert_eq!(json["admitted"], serde_json::json!(["198.51.102.0/24"]));
    assert_eq!(json["no_longer"], serde_json::json!(["203.0.115.7/32"]));
    desk.run("diff old.json a.json").exits(2).silent();
    desk.run("diff").exits(2);
    desk.write("old.json", "{\"version\": 1, \"categories\": [}");
    let broken = desk.run("diff old.json").exits(2).silent();
    assert!(broken.err.starts_with("old.json:1:"), "{broken:?}");
}

#[test]
fn diff_says_what_moved_and_json_each_entry_as_it_was() {
    let desk = Desk::with_office();
    desk.run("add --category data-center --group DC 198.51.102.0/24").exits(0);
    let old = desk.read("a.json");
    desk.write("old.json", &old);
    let (first, second) = ("203.0.114.0/24", "198.51.102.0/24");
    let new = old.replace(first, "x").replace(second, first).replace("\"x\"", &format!("{second:?}"));
    desk.write("a.json", &new);
    let moved = desk
        .run("diff old.json")
        .exits(1)
        .says("The same addresses are admitted.\nmoved 198.51.102.0/24 from");
    moved.says("moved 203.0.114.0/24 from").says(" to Data centers / DC");
    let json = desk.run("diff --json old.json").exits(1).json();
    let entries: Vec<&str> = json["entries"].as_array().unwrap().iter().filter_map(|e| e.as_str()).collect();
    assert!(
        entries.iter().all(|entry| entry.starts_with("added ") || entry.starts_with("removed ")),
        "{entries:?}"
    );
    assert_eq!(entries.len(), 4);
    desk.run("remove 203.0.115.7").exits(0);
    desk.run("diff old.json").exits(1).says("1 address fewer.");
}

#[test]
fn fit_says_what_each_number_of_documents_costs() {
    let desk = Desk::with_office();
    let one = desk.run("fit --json").exits(0).json();
    let expected = serde_json::json!({
        "exact_documents": 1, "options": [{"documents": 1, "extra_addresses": "0", "fits": true}],
    });
    assert_eq!(one, expected);
    let hosts: Vec<String> =
        (0..500).map(|i| format!("198.51.{}.{}", 102 + i / 100, 2 * (i % 100))).collect();
    let head = ["add", "--category", "data-center", "--group", "Farm"];
    desk.run_list(&head.into_iter().chain(hosts.iter().map(String::as_str)).collect::<Vec<_>>()).exits(0);
    let two = desk.run("fit --json").exits(0).json();
    assert_eq!((&two["exact_documents"], &two["options"][0]["fits"]), (&2.into(), &false.into()));
    assert_eq!(two["options"][1]["fits"], true);
    let extra = two["options"][0]["extra_addresses"].as_str().unwrap();
    assert!(extra.parse::<u64>().unwrap() > 0);
    desk.run("fit").exits(0).says("2 documents hold exactly the allowlist");
    desk.run(&format!("set max_extra_addresses {extra}")).exits(0);
    desk.run("set max_documents 1").exits(0);
    assert_eq!(desk.run("fit --json").json()["options"][0]["fits"], true);
    desk.run("prove").exits(0).says("addresses more, as max_extra_addresses allows");
    let empty = Desk::empty();
    empty.run("init").exits(0);
    empty.run("fit").exits(2).silent().warns("no address");
}
