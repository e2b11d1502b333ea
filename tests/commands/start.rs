//! `init`, `paths`, and where the allowlist is looked for.

use crate::desk::{Desk, POLICY, answer};

#[test]
fn init_writes_a_starter_and_never_overwrites() {
    let desk = Desk::empty();
    desk.run("init").exits(0).says("wrote a.json");
    let text = desk.read("a.json");
    assert!(text.starts_with("{\n  \"version\": 1,\n  \"categories\": ["), "{text}");
    assert_eq!(desk.names(), ["a.json"]);
    desk.run("init --preset mfa-or-address").exits(2).silent().warns("not overwritten");
    desk.run("init --force").exits(2);
    assert_eq!(desk.read("a.json"), text);
}

#[test]
fn the_presets_are_the_two_recipes() {
    let desk = Desk::empty();
    desk.run("init --preset programmatic-users").exits(0);
    assert_eq!(desk.run("set name").out, "AWSAllowAccessFromIP\n");
    assert_eq!(desk.run("set exempt.mfa").out, "false\n");
    let desk = Desk::empty();
    desk.run("init --preset mfa-or-address").exits(0);
    assert_eq!(desk.run("set name").out, "IP_Whitelist_AWS_API_Keys\n");
    assert_eq!(desk.run("set attach_to.group").out, "Whitelisted_Accounts\n");
    assert_eq!(desk.run("set exempt.mfa").out, "true\n");
    desk.run("init --preset other").exits(2).warns("programmatic-users");
}

#[test]
fn the_example_is_clean_and_has_its_policy() {
    let desk = Desk::empty();
    desk.run("init --example").exits(0);
    assert_eq!(desk.names(), [POLICY, "a.json"]);
    desk.run("check --strict").exits(0).says("nothing found");
    desk.run("policy --check").exits(0);
    let with_preset = Desk::empty();
    with_preset.run("init --example --preset programmatic-users").exits(0);
    assert!(with_preset.names().contains(&"AWSAllowAccessFromIP.json".to_owned()));
}

#[test]
fn a_dry_run_writes_nothing() {
    let desk = Desk::empty();
    desk.run("init --example --dry-run").exits(0).says("would write a.json");
    assert!(desk.names().is_empty());
    answer(desk.command().args(["-f", "new/a.json", "init", "--dry-run"]).output().unwrap()).exits(0);
    assert!(desk.names().is_empty());
}

#[test]
fn the_default_is_in_the_config_folder_which_init_makes() {
    let desk = Desk::empty();
    answer(desk.command().arg("init").output().unwrap()).exits(0);
    assert!(desk.path("config/keymoat/allowlist.json").exists());
    let named = answer(desk.command().arg("show").env("KEYMOAT_FILE", "b.json").output().unwrap());
    named.exits(2).silent().warns("b.json").warns("keymoat init");
    let flag = desk.command().args(["show", "-f", "c.json"]).env("KEYMOAT_FILE", "b.json").output();
    answer(flag.unwrap()).exits(2).warns("c.json");
}

#[test]
fn paths_are_absolute_one_a_line() {
    let desk = Desk::with_office();
    let paths = desk.run("paths").exits(0).out;
    let lines: Vec<(&str, &str)> = paths.lines().map(|line| line.split_once('\t').unwrap()).collect();
    let path = |name: &str| desk.path(name).to_str().unwrap().to_owned();
    let expected = [
        ("allowlist", path("a.json")),
        ("config", path("config/keymoat")),
        ("policy", path(POLICY)),
        ("state", path("state/keymoat")),
        ("log", path("state/keymoat/keymoat.log")),
    ];
    assert_eq!(lines, expected.each_ref().map(|(name, path)| (*name, path.as_str())));
    Desk::empty().run("paths").exits(0).says("policy\t");
}

#[test]
fn the_day_is_that_of_the_epoch_or_an_error() {
    let desk = Desk::with_office();
    assert!(desk.read("a.json").contains("\"added\": \"2026-11-22\""));
    for bad in ["", "tomorrow", "-1", "1.5"] {
        let run = desk.command().args(["-f", "a.json", "show"]).env("SOURCE_DATE_EPOCH", bad).output();
        answer(run.unwrap()).exits(2).silent().warns("SOURCE_DATE_EPOCH");
    }
}
