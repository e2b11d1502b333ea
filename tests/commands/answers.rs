//! `show` and `cover`: what is read rather than changed.

use crate::desk::Desk;

#[test]
fn show_is_a_table_with_totals() {
    let desk = Desk::with_office();
    desk.run_list(&["change", "203.0.115.7", "--label", "VPN", "--owner", "netops", "--disable"]).exits(0);
    let shown = desk.run("show").exits(0);
    let expected = "\
IP_Whitelist_AWS_API_Keys (managed-policy)
  exempt: who signed in with MFA; calls that AWS makes on the caller's behalf
  attached to the group Whitelisted_Accounts

Corporate networks
  Office
    203.0.114.0/24
    203.0.115.7     VPN  netops  disabled

Data centers

AWS accounts (NAT gateways)

Other clouds (NAT gateways)

1 group, 2 ranges, 1 admitted: 256 addresses
";
    assert!(shown.out.starts_with(expected), "{}", shown.out);
}

#[test]
fn show_json_fills_in_every_default() {
    let desk = Desk::with_office();
    desk.run("add --category data-center --group DC 2001:db9::/32").exits(0);
    let json = desk.run("show --json").exits(0).json();
    assert_eq!(json["version"], 1);
    assert_eq!(json["policy"]["sid"], "IPWhitelistAWSAPIKeys");
    assert_eq!(json["policy"]["target"], "managed-policy");
    assert_eq!(json["policy"]["exempt"]["aws_services"], true);
    assert_eq!(json["policy"]["max_documents"], 10);
    assert_eq!(json["categories"][0]["groups"][0]["ranges"][1]["cidr"], "203.0.115.7");
    assert_eq!(json["categories"][0]["groups"][0]["ranges"][1]["enabled"], true);
    assert_eq!(json["categories"][0]["groups"][0]["note"], "");
    let totals = serde_json::json!({
        "groups": 2, "ranges": 3, "enabled": 3,
        "ipv4_addresses": "257", "ipv6_addresses": "79228162514264337593543950336",
    });
    assert_eq!(json["totals"], totals);
}

#[test]
fn show_json_keeps_what_the_file_says_of_its_schema() {
    let desk = Desk::with_office();
    assert!(desk.run("show --json").json().get("$schema").is_none());
    desk.write(
        "a.json",
        &desk.read("a.json").replacen('{', "{\"$schema\": \"https://example.com/s.json\",", 1),
    );
    assert_eq!(desk.run("show --json").exits(0).json()["$schema"], "https://example.com/s.json");
}

#[test]
fn cover_gives_the_fewest_cidrs_in_order() {
    let desk = Desk::empty();
    let input = b"\xef\xbb\xbf# a list\r\n\r\n2001:db9::1\r\n203.0.114.128/25 # upper half\n203.0.114.0/25\n 203.0.115.7 \n";
    let covered = desk.run_with("cover", input).exits(0);
    assert_eq!(covered.out, "203.0.114.0/24\n203.0.115.7/32\n2001:db9::1/128\n");
    assert_eq!(desk.run_with("cover -", input).out, covered.out);
    std::fs::write(desk.path("list"), input).unwrap();
    assert_eq!(desk.run("cover list").out, covered.out);
    assert_eq!(desk.run_with("cover", b"").exits(0).out, "");
}

#[test]
fn a_bad_line_is_named_and_nothing_is_printed() {
    let desk = Desk::empty();
    let bad = desk.run_with("cover", b"203.0.114.0/24\n\n203.0.114.1/24\n\x1b[2J\n\xff\n").exits(2).silent();
    assert!(bad.err.starts_with("-:3: "), "{bad:?}");
    assert!(!bad.err.contains('\u{1b}'), "{bad:?}");
    bad.warns("-:4: ").warns("-:5: ").warns("203.0.114.0/24");
    desk.run("cover nowhere").exits(2).silent().warns("nowhere");
    desk.run("cover .").exits(2).silent();
}
