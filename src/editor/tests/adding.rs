//! The add dialog: what somebody writes who does not know it yet, and what it makes of it.

use super::Session;

fn office() -> Session {
    let mut session = Session::empty();
    session.typed("AOffice<Enter>");
    session.resize(80, 24);
    session
}

fn labels(session: &Session) -> Vec<String> {
    let ranges = session.now().ranges();
    ranges.map(|(.., range)| format!("{} {}", range.cidr, range.label).trim_end().to_owned()).collect()
}

#[test]
fn the_empty_field_says_all_that_can_be_written() {
    let mut session = office();
    session.typed("a").sees("what follows # on a").sees("its label");
    session.resize(50, 12);
    session.sees("follows # on a line is its label").typed("1").sees_no("follows #");
}

#[test]
fn the_verdict_shows_the_label() {
    let mut session = office();
    session.typed("a8.8.8.0/24 # edge fw").sees(r#"+ 8.8.8.0/24, 256 addresses, "edge fw""#);
    session.resize(50, 12);
    session.sees("8.8.8.0/24 # edge fw").sees(r#"+ 256 addresses, "edge"#);
}

#[test]
fn a_label_that_swallows_addresses_gives_them_back() {
    let mut session = office();
    session.typed("a52.94.0.1 # nat a, 52.94.0.2 # nat b");
    session.sees("! the label holds an address, 52.94.0.2: Ctrl-T puts it on a line of its own");
    session
        .typed(", 52.94.0.3")
        .sees("! the label holds 2 addresses, the first 52.94.0.2: Ctrl-T puts each on");
    session.sees("Ctrl-T take the offer").typed("<C-t>").sees("3 ranges to add").sees_no("Ctrl-T");
    session.typed(" # nat c<Enter>");
    assert_eq!(labels(&session), ["52.94.0.1 nat a", "52.94.0.2 nat b", "52.94.0.3 nat c"]);
}

#[test]
fn a_label_may_hold_an_address_where_it_is_meant() {
    let mut session = office();
    session.typed("a11.0.0.1 # was 11.0.0.9").sees("! the label holds").typed("<Enter>");
    assert_eq!(labels(&session), ["11.0.0.1 was 11.0.0.9"]);
    session.typed("a# 11.0.0.2 # off").sees("= a remark: adds nothing").sees_no("Ctrl-T");
}

#[test]
fn a_label_that_is_too_long_for_its_addresses_gives_them_back() {
    let mut session = office();
    session.typed("a").paste(&format!("11.0.0.1 # {}, 11.0.0.2", "x".repeat(250)));
    session
        .sees("x the label: 260 characters")
        .sees("holds an address, 11.0.0.2: Ctrl-T")
        .typed("<C-t><Enter>");
    assert_eq!(session.groups(), ["Office: 11.0.0.1 11.0.0.2"]);
}

#[test]
fn words_without_a_number_sign_may_be_the_label() {
    let mut session = office();
    session.typed("a62.210.1.7 vpn gateway");
    session.sees(r#"x "vpn gateway" is no address; is it the label? Ctrl-T writes # before it"#);
    session.sees("1 line wrong").typed("<C-t>").sees(r#"1 address, "vpn gateway""#);
    session.typed(" 2<Enter>");
    assert_eq!(labels(&session), ["62.210.1.7 vpn gateway 2"]);
}

#[test]
fn one_key_marks_the_labels_of_a_whole_list() {
    let mut session = office();
    session.paste("11.0.0.1 vpn gateway one\n11.0.0.2 - nat\n11.0.0.3 # lab\n11.0.0.4; fw, east");
    session.sees("4 ranges to add, 3 lines wrong").sees("and so in 2 other places").typed("<C-t><Enter>");
    let expected = ["11.0.0.1 vpn gateway one", "11.0.0.2 nat", "11.0.0.3 lab", "11.0.0.4 fw, east"];
    assert_eq!(labels(&session), expected);
}

#[test]
fn a_host_name_is_no_label() {
    let mut session = office();
    session.typed("a62.210.1.7 vpn.example.com").sees("x a name, not an address").sees("vpn.example.com has");
    session.sees_no("is it the label").sees_no("Ctrl-T");
    session.typed("<C-u>vpn gateway").sees("x a name, not an address").sees("1 line wrong");
}

#[test]
fn the_line_of_the_cursor_is_explained_else_the_first_wrong_one() {
    let mut session = office();
    session.paste("11.0.0.9/24\n12.0.0.1\n13.0.0.9/24").sees("x line 3: host bits set");
    session
        .typed("<Up>")
        .sees("x line 1: host bits set")
        .typed("<Up>")
        .sees("Ctrl-T the network 11.0.0.0/24");
    session.typed("<Down><Down><Home><Right><Right><C-y>").sees("x line 1:").typed("9");
    session.sees("3 139.0.0.9/32").sees("x line 1:");
}

#[test]
fn an_offer_for_another_line_takes_the_cursor_there() {
    let mut session = office();
    session.paste("11.0.0.9/24\n12.0.0.1").typed("<C-t> # lab").sees("1 11.0.0.0/24 # lab").typed("<Enter>");
    assert_eq!(labels(&session), ["11.0.0.0/24 lab", "12.0.0.1"]);
}

#[test]
fn an_offer_with_another_meaning_stays_in_its_line() {
    let mut session = office();
    session.paste("11.0.0.0-11.0.0.1\n12.0.0.9/24").typed("<C-t>").sees("2 12.0.0.0/24");
    session
        .sees("1 11.0.0.0-11.0.0.1")
        .sees("x line 1: a range")
        .sees("Ctrl-T the same addresses 11.0.0.0/31");
    session.typed("<C-t>").sees("2 ranges to add");
}

#[test]
fn enter_goes_to_the_first_wrong_line() {
    let mut session = office();
    session.paste("11.0.0.1\n11.0.0.300\n11.0.0.2").typed("<Enter>");
    session.sees("Nothing was added: line 2: 300 at position 8 is over 255").typed("<BS><Enter>");
    assert_eq!(session.groups(), ["Office: 11.0.0.1 11.0.0.30 11.0.0.2"]);
}

#[test]
fn only_what_has_an_offer_has_its_key_in_the_footer() {
    let mut session = office();
    session.paste("11.0.0.300\n11.0.0.9/24").sees("Ctrl-T take the offer").sees("Esc leave");
    session.typed("<Up>").sees("x line 1: 300").sees_no("Ctrl-T").sees("Esc leave");
    session.resize(50, 12);
    session.sees("Esc leave");
}

#[test]
fn lines_are_numbered_where_there_are_several() {
    let mut session = office();
    session.typed("a11.0.0.1").sees("│ 11.0.0.1 ").typed("<C-o>11.0.0.2").sees("│ 1 11.0.0.1 ");
    session.paste(&"\n12.0.0.1".repeat(8)).sees("│ 10 12.0.0.1 ").sees("│  9 12.0.0.1 ");
}

#[test]
fn a_long_line_leaves_room_for_its_verdict_and_the_other_way_round() {
    let mut session = office();
    session.typed("a203.0.113.128/25 # branch office in the north, uplink B");
    session.sees("h office in the north, uplink B ").sees("! reserved for documentation");
    session.resize(50, 12);
    session.sees("the north, uplink B ").sees("! reserved for d");
    session.sees("! 203.0.113.128/25, reserved for").sees("documentation, \"branch office in the north,");
    session.typed("<Home>").sees("203.0.113.128/25 # branc");
    session.typed("<End><C-o>1").sees("1 203.0.113.128/25 # branch… ");
}

#[test]
fn what_is_there_already_says_where() {
    let mut session = office();
    session.typed("a203.0.114.0/24,11.0.0.1<Enter>ALab<Enter>a11.0.0.1").sees("! 11.0.0.1, also in Office");
    session.typed("<C-u>203.0.114.7").sees("! 203.0.114.7, lies within 203.0.114.0/24 of Office");
    session.typed("<C-u>203.0.114.0/24").sees("also in Office");
    session.typed("<C-u>203.0.112.0/22").sees("! 203.0.112.0/22, holds 203.0.114.0/24 of Office");
    session.typed("<C-u>203.0.116.0/22").sees("+ 203.0.116.0/22, 1,024 addresses");
    session.typed("<C-u>11.0.0.2<Enter>a11.0.0.2").sees("= in Lab already: left out");
    session.typed(" 11.0.0.3 203.0.114.7").sees("! 3 CIDRs; 203.0.114.7, lies within").typed("<Enter>");
    session.sees("Added 2 ranges to Lab; 1 was there already");
}

#[test]
fn what_is_off_holds_nothing() {
    let mut session = office();
    session.typed("a203.0.114.0/24<Enter><Tab> <Tab><Tab>a203.0.114.7").sees("+ 203.0.114.7, 1 address");
}

#[test]
fn a_long_list_is_known_as_well() {
    let mut session = office();
    let list: Vec<String> = (0..2_500).map(|at| format!("11.1.{}.{}", at / 250, at % 250)).collect();
    session.paste(&list.join("\n")).sees("2,500 ranges to add").typed("<Enter>");
    session.typed("a11.1.9.249").sees("= in Office already: left out").typed("<C-u><Esc>");
    session.paste("11.1.0.0\n11.1.0.255").sees("1 range to add, 1 is there already");
}
