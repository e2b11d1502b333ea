//! `test`: verdicts from the documents themselves.

use crate::desk::{Desk, POLICY};

#[test]
fn addresses_are_allowed_or_denied_and_it_is_said_why() {
    let desk = Desk::with_office();
    desk.run("test 203.0.114.9")
        .exits(0)
        .says("allowed")
        .says("by 203.0.114.0/24 in Office (Corporate networks)");
    let both = desk.run("test 203.0.115.7 203.0.115.8").exits(1);
    both.says("203.0.115.7  allowed")
        .says("203.0.115.8  denied   by IP_Whitelist_AWS_API_Keys.json, statement 1");
    let json = desk.run("test --json 203.0.115.7 2001:db9::1").exits(1).json();
    assert_eq!(json["results"][0]["verdict"], "allowed");
    assert_eq!(json["results"][0]["group"], "Office");
    assert_eq!(json["results"][0]["cidr"], "203.0.115.7");
    assert_eq!(json["results"][1]["address"], "2001:db9::1");
    assert_eq!(json["results"][1]["verdict"], "denied");
    assert!(json["results"][1]["category"].is_null());
}

#[test]
fn exemptions_and_a_missing_address_count() {
    let desk = Desk::with_office();
    desk.run("test 8.8.8.8 --mfa").exits(0).says("by no range");
    desk.run("test 8.8.8.8 --via-aws-service").exits(0);
    let nowhere = desk.run("test --no-source-ip --json").exits(1).json();
    assert!(nowhere["results"][0]["address"].is_null());
    assert_eq!(nowhere["results"].as_array().unwrap().len(), 1);
    desk.run("test --no-source-ip --mfa").exits(0);
    desk.run("set exempt.vpcs vpc-0a1b2c3d").exits(0);
    desk.run("test 8.8.8.8 --vpc vpc-0a1b2c3d").exits(0);
    desk.run("test 8.8.8.8 --vpc vpc-11111111").exits(1);
}

#[test]
fn given_documents_are_evaluated_without_an_allowlist_too() {
    let desk = Desk::with_office();
    desk.run("change 203.0.115.7 --disable --dry-run").exits(0);
    std::fs::rename(desk.path(POLICY), desk.path("deployed.json")).unwrap();
    desk.run("remove 203.0.115.7").exits(0);
    desk.run("test 203.0.115.7").exits(1);
    desk.run("test 203.0.115.7 --policy deployed.json").exits(0).says("by no range");
    std::fs::remove_file(desk.path("a.json")).unwrap();
    desk.run("test 203.0.115.7 --policy deployed.json").exits(0);
    desk.run("test 203.0.115.7").exits(2).silent().warns("keymoat init");
    desk.write("bad.json", "{\n  \"Version\": 1");
    desk.run("test 203.0.115.7 --policy bad.json").exits(2).silent().warns("bad.json:2:");
    desk.run("test 203.0.115.7 --policy nowhere.json").exits(2).silent().warns("nowhere.json");
}

#[test]
fn what_cannot_be_decided_or_read_is_an_error() {
    let desk = Desk::with_office();
    let open = desk.read(POLICY).replace("\"aws:ViaAWSService\"", "\"aws:RequestedRegion\"");
    desk.write("open.json", &open);
    desk.run("test 8.8.8.8 --policy open.json").exits(2).silent().warns("open.json, statement 1");
    desk.run("test").exits(2);
    desk.run("test 203.0.114.0/24").exits(2).silent().warns("network");
    desk.run("test 203.0.114").exits(2).silent();
    desk.run("test 8.8.8.8 --no-source-ip").exits(2);
    desk.run("test 8.8.8.8 --principal nobody").exits(2).silent();
    desk.run("test 8.8.8.8 --action ListBuckets").exits(2).silent();
}
