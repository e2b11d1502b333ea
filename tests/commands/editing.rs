//! `group`, `category`, `set`, `fmt`.

use crate::desk::{Desk, POLICY};

#[test]
fn a_group_is_renamed_described_shown_and_removed() {
    let desk = Desk::with_office();
    let group = |rest: &str| desk.run(&format!("group --category corporate-network --group {rest}"));
    group("Office").exits(0).says("203.0.114.0/24");
    group("Office --rename HQ --note moved").exits(0).says("Office renamed to HQ");
    assert!(desk.read("a.json").contains("\"name\": \"HQ\",\n          \"note\": \"moved\""));
    group("Office --note x").exits(1).silent().warns("Office");
    group("Office").exits(1);
    desk.run("add --category corporate-network --group Other 198.51.102.0/24").exits(0);
    group("Other --rename HQ").exits(2).warns("HQ");
    group("HQ --remove --rename X").exits(2);
    group("HQ --remove").exits(0).says("2 ranges");
    assert!(!desk.read(POLICY).contains("203.0.114.0/24"));
    desk.run("group --category nowhere --group HQ").exits(2);
}

#[test]
fn custom_categories_come_and_go_and_the_built_in_ones_stay() {
    let desk = Desk::with_office();
    desk.run("category --add Partners").exits(0);
    desk.run("category --add Partners").exits(0).says("already there");
    desk.run("category --add data-center").exits(2).warns("built-in");
    desk.run("category --category Partners --rename Friends").exits(0);
    desk.run("category --category data-center --rename Cellar").exits(0);
    desk.run("category --category Friends --rename Cellar").exits(2).warns("Cellar");
    desk.run("category --category Friends --remove").exits(0);
    desk.run("category --category data-center --remove").exits(2).warns("built-in");
    desk.run("category --category Friends --remove").exits(2);
    desk.run("category").exits(2);
    assert!(desk.read("a.json").contains("\"name\": \"Cellar\""));
}

#[test]
fn settings_are_printed_and_changed() {
    let desk = Desk::with_office();
    desk.run("set").exits(0).says("name\tIP_Whitelist_AWS_API_Keys").says("exempt.mfa\ttrue");
    desk.run("set exempt.mfa false").exits(0).says("exempt.mfa is now false, was true");
    assert!(!desk.read(POLICY).contains("MultiFactorAuthPresent"));
    desk.run("set attach_to.users jenkins,deploy").exits(0);
    assert_eq!(desk.run("set attach_to.users").out, "jenkins,deploy\n");
    desk.run_list(&["set", "attach_to.users", ""]).exits(0).says("is now empty");
    assert_eq!(desk.run("set attach_to.users").out, "\n");
    desk.run("set exempt.mfa false").exits(0).says("already so");
    desk.run("set exempt.mfa perhaps").exits(2).warns("true or false");
    desk.run("set colour blue").exits(2).warns("max_documents");
    desk.run("set max_documents 99").exits(2);
}

#[test]
fn after_a_change_of_name_the_old_file_is_named_and_stays() {
    let desk = Desk::with_office();
    desk.run("set name Other").exits(0).says("wrote a.json, Other.json").warns(POLICY);
    assert_eq!(desk.names(), [POLICY, "Other.json", "a.json"]);
}

#[test]
fn a_setting_that_aws_refuses_is_saved_without_a_policy() {
    let desk = Desk::with_office();
    let policy = desk.read(POLICY);
    let refused = desk.run_list(&["set", "sid", "with spaces"]).exits(1);
    refused.says("wrote a.json").warns("the allowlist was saved").warns(POLICY);
    assert_eq!(desk.read(POLICY), policy);
    assert_eq!(desk.run("set sid").out, "with spaces\n");
}

#[test]
fn fmt_rewrites_the_form_and_nothing_else() {
    let desk = Desk::with_office();
    let canonical = desk.read("a.json");
    desk.run("fmt --check").exits(0).silent();
    desk.write("a.json", &format!("\u{feff}{}", canonical.replace('\n', "\r\n")));
    std::fs::remove_file(desk.path(POLICY)).unwrap();
    desk.run("fmt --check").exits(1).silent().warns("a.json");
    desk.run("fmt --dry-run").exits(0).says("would rewrite a.json");
    desk.run("fmt --check").exits(1);
    desk.run("fmt").exits(0).says("rewrote a.json");
    assert_eq!(desk.read("a.json"), canonical);
    assert_eq!(desk.names(), ["a.json"]);
    desk.run("fmt").exits(0).silent();
}

#[test]
fn an_edit_that_changes_nothing_leaves_the_form_as_it_is() {
    let desk = Desk::with_office();
    let loose = desk.read("a.json").replace("  ", "\t");
    desk.write("a.json", &loose);
    desk.run("set exempt.mfa true").exits(0).says("already so");
    assert_eq!(desk.read("a.json"), loose);
}
