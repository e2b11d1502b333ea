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
    session.sees("lies within 11.1.0.0/16 of line 1");
}

#[test]
fn what_is_cut_is_marked_and_free_columns_are_used() {
    let mut session = office();
    session.typed("a3.120.5.4, 3.120.5.5, 3.120.5.6, 3.120.5.7, 3.120.5.8, 3.120.5.9");
    session.sees("│ 3.120.5.4, 3.120.5.5, 3.120.5.6, 3.120.5.7, 3.120.5.8, 3.120.5.9").sees("+ 6 ranges");
    session.typed(", 3.120.5.10, 3.120.5.11, 3.120.5.12").sees("│ …").sees("+ 9 ranges");
    session.typed("<Home>").sees("│ 3.120.5.4, ").sees("… + 9 ranges");
}
