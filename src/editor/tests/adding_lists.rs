//! The add dialog and lists as people have them: what overlaps, what is every address, what comes out of code.

use super::Session;

fn office() -> Session {
    let mut session = Session::empty();
    session.typed("AOffice<Enter>");
    session.resize(100, 24);
    session
}

#[test]
fn every_address_is_not_added() {
    let mut session = office();
    session.paste("11.0.0.1\n0.0.0.0/0\n::/0").sees("1 range to add, 2 lines wrong");
    session.sees("x line 3: ::/0 is every IPv6 address: no policy can be written with it").typed("<Enter>");
    session.sees("Nothing was added: line 2: 0.0.0.0/0 is every IPv4 address");
    assert_eq!(session.groups(), ["Office:"]);
}

#[test]
fn overlaps_within_a_paste_are_seen_both_ways() {
    let mut session = office();
    session.paste("52.10.9.0/24\n52.10.8.0/21\n52.10.10.7, 52.10.10.0/24\n12.0.0.1");
    session.sees("! 52.10.9.0/24, lies within 52.10.8.0/21 of line 2");
    session.sees("! 52.10.8.0/21, holds 52.10.9.0/24 of line 1 and more");
    session.sees("! 52.10.10.7, lies within 52.10.10.0/24 of this line").sees("+ 12.0.0.1, 1 address");
    session.sees("5 ranges to add").typed("<Enter>").sees("Added 5 ranges");
}

#[test]
fn what_holds_ranges_of_the_list_says_so() {
    let mut session = office();
    session.typed("a203.0.114.0/24, 203.0.115.0/25<Enter>ALab<Enter>a203.0.114.0/23");
    session.sees("! 203.0.114.0/23, holds 203.0.114.0/24 of Office and more");
    session.typed("<C-u>203.0.115.0/24").sees("! 203.0.115.0/24, holds 203.0.115.0/25 of Office ");
    session
        .typed("<C-u><Esc><C-u>1<Down><Tab>d<BTab>")
        .typed("<Down>a203.0.114.0/24")
        .sees("+ 203.0.114.0/24, 256");
}

#[test]
fn a_long_paste_of_nested_networks_is_judged() {
    let mut session = office();
    let list: Vec<String> = (0..5_313).map(|at| format!("11.1.{}.{}", at / 250, at % 250)).collect();
    session.paste(&format!("11.1.0.0/16\n{}", list.join("\n"))).sees("5,314 ranges to add");
    session.sees("lies within 11.1.0.0/16 of line 1").typed("<C-z>").sees_no("5,314");
}

#[test]
fn lists_out_of_code_lose_their_dress_with_one_key() {
    let mut session = office();
    session.paste("198.51.99.7 / 32\n\"1.2.3.4\",\n- 1.2.3.6\n- '1.2.3.7/32' # lab\n{ \"CidrIp\": \"11.0.0.0/24\" },\n12.0.0.1");
    session
        .sees("1 range to add, 5 lines wrong")
        .sees("x blanks in 198.51.99.7/32")
        .sees("x a dash or a point before 1.2.3.6");
    session
        .typed("<Up><Up><Up><Up>")
        .sees("x line 2: quotes or brackets around 1.2.3.4: Ctrl-T takes them out, and so in 7");
    session.typed("<C-t>").sees("6 ranges to add").sees_no("wrong").typed("<Enter>");
    assert_eq!(session.groups(), ["Office: 198.51.99.7/32 1.2.3.4 1.2.3.6 1.2.3.7/32 11.0.0.0/24 12.0.0.1"]);
}

#[test]
fn a_dressed_address_with_host_bits_has_its_own_offers() {
    let mut session = office();
    session.typed("a\"11.0.0.9/24\"").sees("x host bits set").sees("Ctrl-T the network 11.0.0.0/24");
    session.typed("<C-y><C-o>11.0.0.9 / 24").sees("x line 2: host bits set").typed("<C-t><Enter>");
    assert_eq!(session.groups(), ["Office: 11.0.0.9/32 11.0.0.0/24"]);
}

#[test]
fn what_is_cut_is_marked_and_free_columns_are_used() {
    let mut session = office();
    session.typed("a3.120.5.4, 3.120.5.5, 3.120.5.6, 3.120.5.7, 3.120.5.8, 3.120.5.9");
    session.sees("│ 3.120.5.4, 3.120.5.5, 3.120.5.6, 3.120.5.7, 3.120.5.8, 3.120.5.9").sees("+ 6 ranges");
    session.typed(", 3.120.5.10, 3.120.5.11, 3.120.5.12").sees("│ …").sees("+ 9 ranges");
    session.typed("<Home>").sees("│ 3.120.5.4, ").sees("… + 9 ranges");
}

#[test]
fn a_text_that_was_left_is_cleared_at_once_and_comes_back() {
    let mut session = office();
    session.paste(&"bad\n".repeat(24)).typed("<Esc>a").sees("24 lines wrong");
    session.sees("The text that was left is here again; Ctrl-Z clears it.").typed("<C-z>");
    session.sees("0 ranges to add").sees("Ctrl-Z bring back").typed("<C-z>").sees("24 lines wrong");
    session.typed("<C-z><Esc>a").sees_no("left is here").sees_no("wrong");
    let mut session = Session::empty();
    session.paste("11.0.0.1").typed("Office<Enter>").sees("1 range to add").sees_no("left is here");
}

#[test]
fn what_the_filter_hides_is_said() {
    let mut session = office();
    session.typed("a11.0.0.1 # anna<Enter>/anna<Enter>a12.0.0.1<Enter>");
    session.sees("Added 1 range to Office; the filter hides it: Esc shows all ranges.").sees_no("12.0.0.1");
    session.typed("a12.0.0.2, 12.0.0.3<Enter>").sees("the filter hides them");
    session.typed("a12.0.0.4, 12.0.0.5<C-o>12.0.0.6 # anna<Enter>").sees("the filter hides 2 of them");
    session.typed("<Esc>a12.0.0.7<Enter>").sees_no("hides");
}

#[test]
fn what_is_shown_of_several_groups_says_of_which() {
    let mut session = office();
    session.typed("a11.0.0.1 # anna<Enter>ALab<Enter>a12.0.0.1 # anna<Enter>");
    session.sees_no("Group ").typed("1").sees("Range    Group  Label");
    session
        .typed("/anna<Enter>")
        .sees("11.0.0.1 Office anna")
        .sees("12.0.0.1 Lab    anna")
        .typed("<Esc>/12<Enter>")
        .sees_no("Group ");
}
