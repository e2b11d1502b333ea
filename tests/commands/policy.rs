//! `policy`: printing, writing, comparing.

use crate::desk::{Desk, POLICY};

#[test]
fn the_printed_document_is_the_file() {
    let desk = Desk::with_office();
    let printed = desk.run("policy").exits(0);
    assert_eq!((printed.out, printed.err), (desk.read(POLICY), String::new()));
    assert_eq!(desk.run("policy --document 1").exits(0).out, desk.read(POLICY));
    desk.run("policy --document 2").exits(2).silent().warns("1 to 1");
    desk.run("policy --document 0").exits(2).silent();
    desk.run("policy --max-documents 21").exits(2).silent();
    desk.run("policy --max-documents 1").exits(0);
    desk.run("policy --write --check").exits(2);
}

#[test]
fn scp_documents_are_minified_and_end_their_line() {
    let desk = Desk::with_office();
    desk.run("set target scp").exits(0);
    assert!(!desk.read(POLICY).contains(['\n', ' ']));
    assert_eq!(desk.run("policy").exits(0).out, format!("{}\n", desk.read(POLICY)));
}

#[test]
fn write_writes_the_policy_and_leaves_the_allowlist() {
    let desk = Desk::with_office();
    let loose = desk.read("a.json").replace("  ", " ");
    desk.write("a.json", &loose);
    std::fs::remove_file(desk.path(POLICY)).unwrap();
    desk.run("policy --check").exits(1).warns("is missing");
    desk.run("policy --write --dry-run").exits(0).says("would write IP_Whitelist");
    assert_eq!(desk.names(), ["a.json"]);
    desk.run("policy --write").exits(0).says("wrote IP_Whitelist");
    assert_eq!(desk.read("a.json"), loose);
    desk.run("policy --write").exits(0).says("nothing to write");
}

#[test]
fn no_policy_comes_of_an_allowlist_that_has_an_error() {
    let desk = Desk::with_office();
    let policy = desk.read(POLICY);
    for (bad, words) in [
        ("0.0.0.0/0", "every IPv4"),
        ("203.0.114.0/23 ", "CIDR"),
        ("::/0", "every IPv6"),
        ("203.0.114.1/24", "CIDR"),
    ] {
        let good = Desk::with_office().read("a.json");
        desk.write("a.json", &good.replace("203.0.114.0/24", bad));
        desk.run("policy").exits(1).silent().warns(words);
        desk.run("policy --write").exits(1).warns(POLICY);
        desk.run("policy --check").exits(1).silent();
        desk.run("test 8.8.8.8").exits(2).silent().warns(words);
        assert_eq!(desk.read(POLICY), policy, "{bad}");
    }
}

#[test]
fn an_empty_allowlist_has_no_policy_and_is_saved_all_the_same() {
    let desk = Desk::empty();
    desk.run("init").exits(0).warns("no policy yet");
    desk.run("policy").exits(1).silent().warns("locks everybody out".trim_start_matches("locks "));
    desk.run("category --add X").exits(0);
    let desk = Desk::with_office();
    desk.run("change 203.0.114.0/24 203.0.115.7 --disable")
        .exits(1)
        .warns("the allowlist was saved")
        .warns(POLICY);
    desk.run("remove 203.0.114.0/24 203.0.115.7").exits(0).warns(POLICY);
}

#[test]
fn a_target_to_come_is_no_answer_no() {
    for (target, key, value) in [("rcp", "services", "s3"), ("bucket-policy", "resources", "arn:aws:s3:::b")]
    {
        let desk = Desk::with_office();
        desk.run(&format!("set target {target}")).exits(1);
        desk.run(&format!("set {key} {value}")).exits(1).warns("not yet");
        std::fs::remove_file(desk.path(POLICY)).unwrap();
        for command in [
            "policy",
            "policy --check",
            "policy --write",
            "policy --document 1",
            "prove",
            "fit",
            "test 203.0.114.1",
            "export --format terraform",
        ] {
            desk.run(command).exits(2).silent().warns(&format!("target {target}: not yet"));
        }
        desk.run("check").exits(1).says("not yet");
        desk.run("export --format text").exits(0);
    }
}

#[test]
fn a_file_of_somebody_else_is_not_said_to_be_mended_by_a_save() {
    let desk = Desk::with_office();
    desk.write(POLICY, "{}");
    let check = desk.run("policy --check").exits(1).silent().warns("did not write it").warns("--force");
    assert!(!check.err.contains("fixes it"), "{check:?}");
    desk.run("check").exits(0).says("warning").says("did not write it");
}
