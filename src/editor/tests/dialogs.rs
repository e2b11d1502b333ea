//! The dialogs: what is typed is judged at once, nothing that was typed is lost, nothing wrong comes in.

use super::Session;
use crate::allowlist::Allowlist;

fn office() -> Session {
    let mut session = Session::empty();
    session.typed("AOffice<Enter>");
    session
}

#[test]
fn adding_without_a_group_asks_for_its_name_first() {
    let mut session = Session::empty();
    session.typed("a").sees("Which group of Corporate networks?");
    session.typed("Lab<Enter>").sees("Add ranges to Lab").typed("11.0.0.1<Enter>");
    assert_eq!(session.groups(), ["Lab: 11.0.0.1"]);
    session
        .typed("1A<Esc>AShop<Enter>1a")
        .sees("Which group")
        .typed("Lab")
        .sees("this group is there already");
    session.typed("<Enter>11.0.0.2<Enter>");
    assert_eq!(session.groups(), ["Lab: 11.0.0.1 11.0.0.2", "Shop:"]);
}

#[test]
fn each_token_says_what_it_is_while_it_is_typed() {
    let mut session = office();
    session.typed("a11.0.0.0/24").sees("+ 11.0.0.0/24, 256 addresses").sees("1 range to add");
    session.typed("<C-u>11.0.0.0/2").sees("x host bits set: the network is 0.0.0.0/2");
    session.typed("<C-u>2001:0DB9::/32").sees("+ 2001:db9::/32, 2^96 addresses");
    session.typed("<C-u>10.0.0.0/8").sees("! 10.0.0.0/8, never a public source: private");
    session.typed("<C-u>11.0.0.1 11.0.0.1").sees("left out");
}

#[test]
fn nothing_is_added_while_any_token_is_wrong() {
    let mut session = office();
    session.paste("11.0.0.1\n11.0.0.9/24\n").typed("<Enter>");
    session.sees("Nothing was added: line 2: host bits set");
    assert_eq!(session.groups(), ["Office:"]);
    session.sees("Ctrl-T the network 11.0.0.0/24").sees("Ctrl-Y the host 11.0.0.9/32");
    session.typed("<C-y><Enter>");
    assert_eq!(session.groups(), ["Office: 11.0.0.1 11.0.0.9/32"]);
}

#[test]
fn one_key_takes_the_cidrs_of_spans_and_netmasks() {
    let mut session = office();
    session.paste("11.0.0.0 - 11.0.0.2\n12.0.0.0 255.255.255.0\n13.0.0.0/0.0.0.255").sees("3 lines wrong");
    session.typed("<C-t>").sees("4 ranges to add").typed("<Enter>");
    assert_eq!(session.groups(), ["Office: 11.0.0.0/31 11.0.0.2/32 12.0.0.0/24 13.0.0.0/24"]);
    session.typed("u");
    assert_eq!(session.groups(), ["Office:"]);
}

#[test]
fn what_is_there_already_is_said_and_left_out() {
    let mut session = office();
    session.typed("a11.0.0.1<Enter>a11.0.0.1/32").sees("= in Office already: left out");
    session.typed("<Enter>").sees("All of them are there already.").typed(" 11.0.0.2<Enter>");
    session.sees("Added 1 range to Office; 1 was there already; Right goes to it.");
    session.typed("ALab<Enter>a11.0.0.2").sees("! 11.0.0.2, also in Office").typed("<Enter>");
    assert_eq!(session.groups(), ["Office: 11.0.0.1 11.0.0.2", "Lab: 11.0.0.2"]);
}

#[test]
fn a_paste_without_marks_keeps_its_lines() {
    let mut session = office();
    session.burst("a11.0.0.1 # one<Enter>11.0.0.2<Enter>11.0.0.3").sees("3 ranges to add");
    assert_eq!(session.groups(), ["Office:"]);
    session.burst("<Enter>");
    assert_eq!(session.groups(), ["Office: 11.0.0.1 11.0.0.2 11.0.0.3"]);
}

#[test]
fn the_text_of_a_dialog_that_was_left_comes_back() {
    let mut session = office();
    session.typed("a11.0.0.1<Esc>").sees("The text is kept for the next time.").typed("a").sees("11.0.0.1");
    session.typed("<Enter>a").sees_no("+ 11.0.0.1").typed("<Esc>");
    session.typed("ALa<Esc>").typed("A").sees("> La").typed("b<Enter>");
    assert_eq!(session.groups(), ["Office: 11.0.0.1", "Lab:"]);
    session.typed("kjke").sees("Group Office").typed("<Tab>new note<Esc>e").sees("new note").typed("<Enter>");
    assert_eq!(session.now().categories()[0].groups[0].note.as_str(), "new note");
    session.typed("P<C-u>Other<C-c>P").sees("> Other").typed("<Enter>");
    assert_eq!(session.now().policy().name.as_str(), "Other");
}

#[test]
fn a_list_pasted_before_there_is_a_group_is_not_lost() {
    let mut session = Session::empty();
    session.paste("11.0.0.1\n11.0.0.2").sees("Which group").typed("<Esc>");
    session.typed("aLab<Enter>").sees("2 ranges to add").typed("<Enter>");
    assert_eq!(session.groups(), ["Lab: 11.0.0.1 11.0.0.2"]);
}

#[test]
fn a_draft_never_comes_back_to_another_range() {
    let mut session = office();
    session.typed("a11.0.0.1,11.0.0.2<Enter><Tab>e<Tab>mine<Esc>je").sees_no("mine").typed("<Esc>");
    assert_eq!(session.now().ranges().filter(|(.., range)| !range.label.is_empty()).count(), 0);
}

#[test]
fn a_form_takes_every_property_of_a_range() {
    let mut session = office();
    session.typed("a11.0.0.1<Enter><Tab>e<C-u>11.0.0.0/24<Tab>main<Tab>netops<Tab>NET-1<Tab>a note");
    session
        .typed("<Tab>+6m")
        .sees("that is 2027-05-22")
        .typed("<Tab>2027-11-22<Tab> <Tab><Tab>by hand<Enter>");
    let json = session.now().to_json();
    let range = r#"{"cidr": "11.0.0.0/24", "label": "main", "owner": "netops", "ticket": "NET-1", "note": "a note", "source": "by hand", "added": "2026-11-22", "review_by": "2027-05-22", "expires": "2027-11-22", "enabled": false}"#;
    assert!(json.contains(range), "{json}");
    session.typed("u");
    assert!(session.now().to_json().contains(r#"{"cidr": "11.0.0.1", "added": "2026-11-22"}"#));
}

#[test]
fn a_form_says_what_is_wrong_at_the_field_and_takes_nothing() {
    let mut session = office();
    session
        .typed("a11.0.0.1<Enter><Tab>e<C-u>11.0.0.1/24")
        .sees("x host bits set")
        .typed("<Enter>")
        .sees("x host bits set");
    session
        .typed("<C-u>11.0.0.1<Up><Up><Up><Up><C-u>tomorrow")
        .sees("is no date")
        .typed("<Enter>")
        .sees("is no date");
    session.typed("<Esc>");
    assert_eq!(session.groups(), ["Office: 11.0.0.1"]);
    session.typed(
        "P<Down><Down><Down><Down><Down><Down><Down><Down><Down><Down><Down><Down><Down><Down><C-u>99",
    );
    session.sees("expected a whole number from 1 to 20").typed("<Enter><Esc>");
    assert_eq!(session.now().policy(), Allowlist::default().policy());
}

#[test]
fn names_that_are_taken_are_refused_while_they_are_typed() {
    let mut session = office();
    session
        .typed("AOffice")
        .sees("there is a group Office in this category already")
        .typed("<Enter><C-u><Enter>");
    session.sees("it is empty").typed("<Esc>CData centers").sees("there is a category Data centers already");
    session.typed("<Enter><Esc>");
    assert_eq!(session.groups(), ["Office:"]);
    assert_eq!(session.now().categories().len(), 4);
}

#[test]
fn control_characters_are_shown_escaped_and_refused() {
    let mut session = office();
    session.paste("11.0.0.1 # a\u{1b}]0;x\u{7}b").sees("\\u{1b}").sees("U+001B (escape)").typed("<Enter>");
    assert_eq!(session.groups(), ["Office:"]);
}

#[test]
fn five_thousand_ranges_are_one_step() {
    let mut session = office();
    let list: String =
        (0..5_314).map(|n| format!("{}.{}.{}.0/24\n", 11 + n / 65_536, n / 256 % 256, n % 256)).collect();
    session
        .paste(&list)
        .sees("5,314 ranges to add")
        .typed("<Enter>")
        .sees("Added 5,314 ranges to Office; Right goes to them.");
    session.sees("Office · 5,314").typed("<Tab>G").sees("> i 11.20.193.0/24");
    session.typed("/11.20.19").sees("· 5 ").typed("<Esc>u").sees("Undone: add 5,314 ranges to Office.");
    assert_eq!(session.groups(), ["Office:"]);
}

#[test]
fn wide_characters_are_aligned() {
    let mut session = Session::empty();
    session.typed("A東京支社<Enter>a11.0.0.1 # 回線A<Enter>");
    insta::assert_snapshot!("wide_characters", session.screen());
}

#[test]
fn dialogs_at_80x24() {
    let mut session = office();
    session.resize(80, 24);
    session.paste("11.0.0.0/24 # first\n10.0.0.0/8\n11.0.0.77/24\n").typed("<Up>");
    insta::assert_snapshot!("add_80x24", session.screen());
    session.typed("<Esc>P");
    insta::assert_snapshot!("policy_80x24", session.screen());
    session.typed("<Esc>?");
    insta::assert_snapshot!("help_80x24", session.screen());
    session.typed("<Esc>:sa");
    insta::assert_snapshot!("palette_80x24", session.screen());
}

#[test]
fn owners_and_tickets_that_there_are_are_offered_while_they_are_typed() {
    let mut session = office();
    session.typed("a11.0.0.1,11.0.0.2<Enter><Tab>e<Tab><Tab>netops<Tab>NET-1<Enter>");
    session
        .typed("je<Tab><Tab>ne")
        .sees("> ne  (netops)")
        .typed("<Right><Tab>N<Left><Right>")
        .sees("> N  (NET-1)");
    session.typed("<Right>x<Right><Enter>");
    let range = session.now().ranges().nth(1).unwrap().3;
    assert_eq!((range.owner.as_str(), range.ticket.as_str()), ("netops", "NET-1x"));
    session.typed("e<Tab><Tab><C-u>ne<Enter>");
    assert_eq!(
        session.now().ranges().nth(1).unwrap().3.owner.as_str(),
        "ne",
        "an offer is not taken unasked"
    );
}

/// What `aws ec2 describe-nat-gateways` says of these public addresses, in one region.
fn gateways(addresses: &[&str]) -> String {
    let gateways = addresses.iter().map(|address| {
        format!(
            r#"{{"NatGatewayId": "nat-{address}", "State": "available", "ConnectivityType": "public", "VpcId": "vpc-1",
                "NatGatewayAddresses": [{{"PublicIp": "{address}", "Status": "succeeded"}}]}}"#
        )
    });
    format!(r#"{{"NatGateways": [{}]}}"#, gateways.collect::<Vec<_>>().join(", "))
}

#[test]
fn a_list_is_imported_with_its_name_completed_and_its_home_asked_for() {
    let mut session = office();
    std::fs::write(session.path("list-of-lab.txt"), "11.0.0.1 # one\n11.0.0.0/24\n11.0.0.1\n").unwrap();
    let start = session.path("list").display().to_string();
    session.typed(&format!("I{start}<Tab>")).sees("list-of-lab.txt").typed("<Enter>");
    session.sees("Import list-of-lab.txt: where do they belong?").sees("Corporate networks");
    session.typed("<C-u>Lab<BTab>s").sees("there is no such category").typed("<BS><Enter>");
    session
        .sees("Import list-of-lab.txt · text")
        .sees("2 new (1 within a wider range), 1 repeated in the file");
    session
        .sees("+ the group Lab in Corporate networks")
        .sees("+ 11.0.0.1 to Lab (Corporate networks), one, within");
    assert_eq!(session.groups(), ["Office:"]);
    session.typed("<Enter>").sees("Imported from list-of-lab.txt: 2 new");
    assert_eq!(session.groups(), ["Office:", "Lab: 11.0.0.1 11.0.0.0/24"]);
    session.typed("u").sees("Undone: import 2 ranges from list-of-lab.txt.");
    assert_eq!(session.groups(), ["Office:"]);
}

#[test]
fn a_pasted_output_of_a_tool_is_seen_before_it_is_taken() {
    let mut session = office();
    let both = gateways(&["52.0.0.1", "52.0.0.2"]);
    session.paste(&both).sees("Import the paste: where do they belong?");
    session.typed("<Enter>").sees("is empty").typed("NAT<Enter>").sees("Import the paste · aws-nat-gateways");
    session
        .sees("+ 52.0.0.1 to NAT (AWS accounts")
        .sees("2 new")
        .typed("<Esc>")
        .sees("Nothing was imported.");
    assert_eq!(session.groups(), ["Office:"]);
    session.paste(&both).typed("NAT<Enter><Enter>").sees("Imported from the paste: 2 new");
    session.paste(&gateways(&["52.0.0.1", "52.0.0.2"])).typed("<Enter>").sees("Nothing to import");
    session.paste(&gateways(&["52.0.0.2"])).sees("no longer in the source: stays; s takes it out");
    session.typed("s").sees("is taken out").typed("ss").sees("is taken out").typed("<Enter>");
    assert!(session.groups().iter().all(|group| !group.contains("52.0.0.1")), "{:?}", session.groups());
    session.typed("u").sees("take 1 range out");
    assert!(session.groups().iter().any(|group| group.contains("52.0.0.1")));
    session.paste("[1, 2]").sees("Add ranges to");
}

#[test]
fn bad_entries_of_a_file_are_shown_with_their_places_and_keep_it_out() {
    let mut session = office();
    let path = session.path("bad.csv");
    std::fs::write(&path, "cidr,category,group\n11.0.0.1,data-center,DC\n11.0.0.9/24,data-center,DC\n")
        .unwrap();
    session
        .typed(&format!(":import {}<Enter>", path.display()))
        .sees("1 refused")
        .sees("x 3")
        .sees("host bits");
    session.typed("<Enter>").sees("Nothing was imported: some entries are refused");
    session.typed("b").sees("+ 11.0.0.1 to DC (Data centers)").typed("<Enter>");
    assert_eq!(session.groups(), ["Office:", "DC: 11.0.0.1"]);
    std::fs::write(&path, "{\"a\": 1, \"a\": 2}").unwrap();
    session.typed(&format!(":import {}<Enter>", path.display())).sees("bad.csv:1:").typed("<Esc>");
    session.typed("I<C-u>/nonexistent<Enter>").sees("x ").typed("<C-u><Enter>").sees("no file is named");
    session.typed("/nonexistent/x<Tab>").sees("no file goes on like this");
}

#[test]
fn a_list_with_a_bad_line_asks_where_the_rest_belongs_once_that_is_passed_over() {
    let mut session = office();
    let path = session.path("list.txt");
    std::fs::write(&path, "11.0.0.1\n11.0.0.9/24\n").unwrap();
    session.typed(&format!("I{}<Enter>", path.display())).sees("1 refused").typed("b");
    session.sees("where do they belong?").typed("<C-u>Lab<Enter>").sees("+ 11.0.0.1 to Lab");
    session.sees("1 refused").typed("<Enter>");
    assert_eq!(session.groups(), ["Office:", "Lab: 11.0.0.1"]);
}

#[test]
fn what_is_offered_may_be_written_otherwise_and_there_may_be_several() {
    let mut session = office();
    session.typed("a11.0.0.1,11.0.0.2,11.0.0.3<Enter><Tab>e<Tab><Tab>Netops<Enter>je<Tab><Tab>netsec<Enter>");
    session.typed("je<Tab><Tab>").sees_no("take the offer").typed("NE").sees("> NE  (Netops)  1 of 2");
    session.typed("<C-n>").sees("(netsec)  2 of 2").typed("<C-n><C-p>").sees("2 of 2").typed("<Right>");
    session.sees("> netsec ").sees_no("of 2").typed("<Enter>");
    assert_eq!(session.now().ranges().nth(2).unwrap().3.owner.as_str(), "netsec");
    session.typed("e<Enter>").sees("Nothing was changed.");
}

#[test]
fn a_form_says_which_day_is_meant_and_what_enter_does() {
    let mut session = office();
    session.typed("a11.0.0.1<Enter><Tab>e<Tab><Tab><Tab><Tab><Tab>").sees("when to look at it again");
    session.typed("6m").sees("that is 2027-05-22, a Saturday, in 181 days").sees("Enter take the changes");
    session.typed("<Enter>e<Tab><Tab><Tab><Tab><Tab><C-u>+6m").sees("that is 2027-05-22, a Saturday");
    session.typed("<C-u>2027-5-2").sees("write 2027-05-02").typed("<Esc>t").sees("Enter keep the verdict");
}

#[test]
fn a_text_that_is_too_long_is_said_while_it_is_typed() {
    let mut session = office();
    session
        .typed("a11.0.0.1<Enter><Tab>e<Tab>")
        .paste(&"東".repeat(257))
        .sees("257 characters, at most 256 are allowed");
    session.typed("<Enter>").sees("at most 256").typed("<BS>").sees_no("at most 256").typed("<Enter>");
    assert_eq!(session.now().ranges().next().unwrap().3.label.chars().count(), 256);
}
