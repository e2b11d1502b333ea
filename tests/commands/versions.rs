//! Earlier versions, the draft, and two people at one file.

use crate::desk::{Desk, POLICY};

#[test]
fn every_save_is_listed_with_what_it_changed_and_comes_back() {
    let desk = Desk::with_office();
    let before = (desk.read("a.json"), desk.read(POLICY));
    desk.run("change 203.0.115.7 --owner netops").exits(0);
    let list = desk.run("history").exits(0);
    let lines: Vec<&str> = list.out.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(
        lines[0]
            .contains("changed owner of 203.0.115.7 in Corporate networks / Office from nothing to netops")
    );
    assert!(lines[1].contains("added 203.0.114.0/24 in Corporate networks / Office"));
    desk.run("restore 2 --dry-run").exits(0).says("would restore 2");
    assert_ne!(desk.read("a.json"), before.0);
    desk.run("restore 2").exits(0).says("restored 2");
    assert_eq!((desk.read("a.json"), desk.read(POLICY)), before);
    assert_eq!(desk.run("history --json").json()["versions"][0]["id"], "4");
}

#[test]
fn what_changed_the_addresses_is_told_first() {
    let desk = Desk::with_office();
    let old = desk.read("a.json");
    let range = |cidr: &str| {
        old.lines().find(|line| line.contains(cidr)).unwrap().trim().trim_end_matches([',', '}'])
    };
    let (first, second) = (range("203.0.114.0/24"), range("203.0.115.7"));
    let by_hand = old
        .replace(first, &format!(r#"{first}, "label": "l", "owner": "o", "ticket": "t", "note": "n""#))
        .replace(second, &format!(r#"{second}, "enabled": false"#));
    desk.write("a.json", &by_hand);
    desk.run("change 203.0.115.7 --owner netops").exits(0);
    let list = desk.run("history").exits(0);
    let lines: Vec<&str> = list.out.lines().collect();
    let state = "changed state of 203.0.115.7 in Corporate networks / Office from enabled to disabled";
    assert!(lines[1].contains(&format!("  1 address fewer: {state}; ")), "{}", lines[1]);
    assert!(lines[1].ends_with("; and 2 more"), "{}", lines[1]);
    assert!(!lines[0].contains("fewer: "), "{}", lines[0]);
    let json = desk.run("history --json").json();
    assert_eq!(json["versions"][1]["addresses"], "1 address fewer");
    assert!(json["versions"][0].get("addresses").is_none());
}

#[test]
fn a_version_comes_back_in_place_of_a_file_that_is_broken_or_gone() {
    let desk = Desk::with_office();
    let before = desk.read("a.json");
    desk.write("a.json", "{\"version\": 1, \"cat");
    desk.run("restore 2").exits(0);
    assert_eq!(desk.read("a.json"), before);
    std::fs::remove_file(desk.path("a.json")).unwrap();
    desk.run("restore 2").exits(0);
    assert_eq!(desk.read("a.json"), before);
}

#[test]
fn what_another_program_wrote_is_kept_too() {
    let desk = Desk::with_office();
    let edited = desk.read("a.json").replace("203.0.115.7", "203.0.115.8");
    desk.write("a.json", &edited);
    desk.run("add --category data-center --group DC 203.0.120.0/24").exits(0);
    desk.run("restore 3").exits(0);
    assert_eq!(desk.read("a.json"), edited);
}

#[test]
fn an_unknown_version_or_no_draft_changes_nothing() {
    let desk = Desk::with_office();
    let before = desk.snapshot();
    desk.run("restore 99").exits(1).silent().warns("there is no earlier version");
    desk.run("restore draft").exits(1).silent();
    assert_eq!(desk.snapshot(), before);
}

#[test]
fn a_merge_takes_both_and_tells_what_both_changed() {
    let desk = Desk::with_office();
    let base = desk.read("a.json");
    desk.write("base.json", &base);
    desk.run("add --category data-center --group DC 203.0.120.0/24").exits(0);
    desk.run("change 203.0.115.7 --owner alpha").exits(0);
    desk.write("theirs.json", &base.replace("203.0.114.0/24", "203.0.116.0/24"));
    let before = desk.snapshot();
    desk.run("merge base.json a.json theirs.json --dry-run").exits(0).says("would write a.json");
    assert_eq!(desk.snapshot(), before);
    desk.run("merge base.json a.json theirs.json").exits(0).silent();
    let merged = desk.read("a.json");
    assert!(
        merged.contains("203.0.120.0/24") && merged.contains("203.0.116.0/24") && merged.contains("alpha")
    );
    assert!(!merged.contains("203.0.114.0/24"));

    let theirs = base.replace("\"cidr\": \"203.0.115.7\"", "\"cidr\": \"203.0.115.7\", \"owner\": \"beta\"");
    desk.write("theirs.json", &theirs);
    let ours = desk.read("a.json");
    desk.run("merge base.json a.json theirs.json").exits(1).warns("both changed 203.0.115.7");
    assert_eq!(desk.read("a.json"), ours);
}

#[test]
fn processes_at_the_same_time_lose_nothing() {
    let desk = Desk::empty();
    desk.run("init").exits(0);
    let add = |c: u8, d: u8| {
        let cidr = format!("203.{c}.114.{d}");
        let mut command = desk.command();
        command.args(["-f", "a.json", "add", "--category", "data-center", "--group", "DC", &cidr]);
        command.output().unwrap()
    };
    std::thread::scope(|scope| {
        for c in 0..2 {
            scope.spawn(move || (0..20).for_each(|d| assert!(add(c, d).status.success())));
        }
    });
    assert_eq!(desk.run("show --json").json()["totals"]["ranges"], 40);
}

#[test]
fn a_list_that_is_nowhere_is_missing_for_its_history_too() {
    let desk = Desk::empty();
    for command in ["history", "history --json", "restore 1", "restore draft"] {
        desk.run(command).exits(2).silent().warns("keymoat init");
    }
    let desk = Desk::with_office();
    std::fs::remove_file(desk.path("a.json")).unwrap();
    desk.run("history").exits(0).says("the first version kept");
    desk.run("restore 99").exits(2).silent();
}

#[test]
fn what_both_sides_have_added_has_no_ancestor() {
    let desk = Desk::with_office();
    desk.write("theirs.json", &desk.read("a.json").replace("203.0.115.7", "203.0.115.8"));
    desk.write("base.json", "");
    desk.run("merge base.json a.json theirs.json").exits(0);
    for cidr in ["203.0.114.0/24", "203.0.115.7", "203.0.115.8"] {
        assert_eq!(desk.read("a.json").matches(&format!("\"{cidr}\"")).count(), 1, "{cidr}");
    }
    desk.write("theirs.json", "");
    desk.run("merge base.json a.json theirs.json").exits(2).silent().warns("theirs.json:1:1:");
}

#[test]
fn a_version_that_cannot_be_read_is_listed_with_the_reason_and_not_brought_back() {
    let desk = Desk::with_office();
    desk.run("remove 203.0.115.7").exits(0);
    let kept = std::fs::read_dir(desk.path("state/keymoat/history")).unwrap().next().unwrap().unwrap();
    let newest = std::fs::read_dir(kept.path()).unwrap().map(|file| file.unwrap().path()).max().unwrap();
    std::fs::write(&newest, "{\"saved\": ").unwrap();
    let id = newest.file_stem().unwrap().to_str().unwrap().trim_start_matches('0').to_owned();
    desk.run("history").exits(0).says("cannot be read: ").says("the first version kept");
    let json = desk.run("history --json").json();
    assert_eq!(json["versions"][0]["id"], *id);
    assert!(json["versions"][0]["error"].as_str().unwrap().contains(":1:"), "{json}");
    let before = desk.snapshot();
    desk.run(&format!("restore {id}")).exits(2).silent().warns("cannot be read any more");
    assert_eq!(desk.snapshot(), before);
}

#[test]
fn the_draft_of_the_editor_is_listed_and_comes_back_once() {
    let desk = Desk::with_office();
    let state = desk.path("state/keymoat");
    let kept = std::fs::read_dir(state.join("history")).unwrap().next().unwrap().unwrap();
    let draft = state.join("drafts").join(kept.file_name()).with_added_extension("json");
    std::fs::create_dir(state.join("drafts")).unwrap();
    std::fs::write(&draft, desk.read("a.json").replace("203.0.115.7", "203.0.115.8")).unwrap();
    let list = desk.run("history").exits(0);
    assert!(list.out.trim_start().starts_with("draft "), "{list:?}");
    list.says("added 203.0.115.8 in Corporate networks / Office");
    assert_eq!(desk.run("history --json").json()["versions"][0]["id"], "draft");
    let before = desk.snapshot();
    desk.run("restore draft --dry-run").exits(0).says("would restore draft");
    assert!(draft.exists() && desk.snapshot() == before);
    desk.run("restore draft").exits(0).says("restored draft");
    assert!(!draft.exists() && desk.read("a.json").contains("203.0.115.8"));
    assert!(desk.read(POLICY).contains("203.0.115.8"));
    desk.run("restore draft").exits(1).silent();
}
