//! `check`.

use crate::desk::Desk;

#[test]
fn findings_name_their_place_and_set_the_exit_status() {
    let desk = Desk::with_office();
    desk.run("check").exits(0).says("has no label and no owner");
    desk.run("add --category data-center --group DC 10.0.0.0/24 --label x --owner y").exits(0);
    desk.run("check").exits(0).says("warning Data centers / DC / 10.0.0.0/24: ");
    desk.run("check --strict").exits(1);
    desk.write("a.json", &desk.read("a.json").replace("10.0.0.0/24", "10.0.0.1/24"));
    desk.run("check").exits(1).says("error   Data centers / DC / 10.0.0.1/24: host bits set");
}

#[test]
fn the_json_has_the_fields_that_are_fixed() {
    let desk = Desk::with_office();
    desk.write("a.json", &desk.read("a.json").replace("203.0.115.7", "203.0.115.7/8"));
    let answer = desk.run("check --json").exits(1);
    let json = answer.json();
    assert_eq!((&json["errors"], answer.err.as_str()), (&1.into(), ""));
    let first = &json["findings"][0];
    assert_eq!(first["code"], "host-bits");
    assert_eq!(first["severity"], "error");
    assert_eq!(first["category"], "Corporate networks");
    assert_eq!(first["group"], "Office");
    assert_eq!(first["cidr"], "203.0.115.7/8");
    assert_eq!(first["fix"], false);
    let empty = Desk::empty();
    empty.run("init").exits(0);
    let nobody = empty.run("check --json").exits(1).json();
    assert_eq!(nobody["findings"][0]["code"], "admits-nobody");
    assert!(nobody["findings"][0]["cidr"].is_null());
}

#[test]
fn fix_mends_what_is_certain_and_saves() {
    let desk = Desk::with_office();
    desk.write(
        "a.json",
        &desk.read("a.json").replace("203.0.115.7\"", "203.0.115.0 255.255.255.0\"").replace(" 255", "/255"),
    );
    desk.run("check --fix --dry-run").says("would fix 1 finding").says("would write a.json");
    assert!(desk.read("a.json").contains("/255.255.255.0"));
    desk.run("check --fix").exits(0).says("fixed").says("wrote a.json");
    assert!(desk.read("a.json").contains("203.0.11"), "{}", desk.read("a.json"));
    assert!(!desk.read("a.json").contains("/255"));
    desk.run("check --fix").exits(0).says("fixed 0 findings").says("nothing to write");
    assert_eq!(desk.run("check --fix --json").exits(0).json()["errors"], 0);
}

#[test]
fn fix_never_removes_a_good_range_for_a_hole() {
    let desk = Desk::with_office();
    desk.run("add --category data-center --group DC 12.0.4.0/24 12.0.5.0/28 12.0.5.0/24").exits(0);
    desk.run("check").says("12.0.5.0/28: lies within 12.0.5.0/24").says("(--fix removes 12.0.5.0/28)");
    desk.run("add --category data-center --group DC 0.0.0.0/0").exits(1);
    let answer = desk.run("check --json").exits(1).json();
    let first = &answer["findings"][0];
    assert_eq!((&first["code"], &first["cidr"]), (&"admits-everything".into(), &"0.0.0.0/0".into()));
    assert_eq!((&first["category"], &first["group"]), (&"Data centers".into(), &"DC".into()));
    desk.run("check --fix").exits(1).says("fixed 1 finding");
    let left = desk.read("a.json");
    assert!(left.contains("12.0.4.0/24") && left.contains("12.0.5.0/24") && left.contains("0.0.0.0/0"));
    assert!(!left.contains("12.0.5.0/28"), "{left}");
    desk.run("add --category data-center --group Half 0.0.0.0/1 128.0.0.0/1");
    desk.run("remove 0.0.0.0/0").exits(1);
    let together = desk.run("check --json").exits(1).json();
    assert_eq!(together["findings"][0]["code"], "admits-everything");
    assert!(together["findings"][0]["cidr"].is_null() && together["findings"][0]["group"].is_null());
}

#[test]
fn a_policy_edited_by_hand_is_a_warning_until_the_next_save() {
    let desk = Desk::with_office();
    let policy = desk.read(crate::desk::POLICY);
    desk.write(crate::desk::POLICY, &policy.replace("203.0.114.0/24", "203.0.112.0/20"));
    desk.run("check").exits(0).says("warning the policy on disk");
    desk.run("policy --check").exits(1).silent().warns(crate::desk::POLICY);
    desk.run("policy --write").exits(0).says("wrote IP_Whitelist");
    assert_eq!(desk.read(crate::desk::POLICY), policy);
    desk.run("policy --check").exits(0);
}
