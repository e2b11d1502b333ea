//! What is said of an edit is what it does: whoever blocks an address is told where it is still let through.

use super::Session;
use crate::allowlist::Allowlist;

/// An office with a network and two hosts, one of them in the network, and a lab with a host in it.
fn session() -> Session {
    let text = r#"{"version": 1, "categories": [{"kind": "corporate-network", "name": "Corporate networks", "groups": [
        {"name": "Offices", "ranges": [{"cidr": "11.0.0.0/24"}, {"cidr": "11.0.0.7/32"}, {"cidr": "12.0.0.1"}]},
        {"name": "Lab", "ranges": [{"cidr": "11.0.0.8"}, {"cidr": "13.0.0.0/30", "expires": "2026-01-01"}]}]}]}"#;
    Session::of(&Allowlist::from_json(text.as_bytes()).unwrap())
}

#[test]
fn what_another_range_lets_through_is_not_said_to_be_blocked() {
    let held = "but 11.0.0.0/24 of Offices still lets all of it through";
    let mut session = session();
    session.typed("j<Tab>j ").sees(&format!("! Disabled 11.0.0.7/32, {held}."));
    session.typed("u").sees("Undone: disable 11.0.0.7/32.").typed("d");
    session.sees(&format!("! Deleted 11.0.0.7/32, {held}; u brings it back.")).typed(":messages<Enter>");
    session.sees("! Deleted 11.0.0.7/32").typed("<Esc>");
    session
        .typed("gd")
        .sees("! Deleted 11.0.0.0/24, but 11.0.0.8 of Lab still lets a part of it (1 address) through");
}

#[test]
fn in_a_narrow_window_it_is_still_seen() {
    let mut session = session();
    session.resize(60, 20);
    session.typed("j<Tab>j ").sees("! Disabled, but 11.0.0.0/24 of Offices still lets all");
}

#[test]
fn what_no_range_lets_through_any_more_is_said_so() {
    let mut session = session();
    session.typed("j<Tab>G ").sees(" Disabled 12.0.0.1: not let through any more.");
    session.typed(" ").sees(" Enabled 12.0.0.1: let through.").typed("d").sees(" Deleted 12.0.0.1; u brings");
}

#[test]
fn what_was_not_let_through_before_is_not_said_to_be_now() {
    let mut session = session();
    session.typed("jj<Tab>j ").sees("Disabled 13.0.0.0/30: not let through before either.");
    session.typed(" ").sees("Enabled 13.0.0.0/30: it stays expired.");
    session.typed("X ").sees("Disabled 2 ranges, but 11.0.0.0/24 of Offices still lets all of them through");
    session.typed("X ").sees("Enabled 2 ranges: let through, but 1 that expired or are no CIDR.");
}

#[test]
fn of_many_it_counts_what_those_that_stay_hold() {
    let mut session = session();
    session
        .typed("j<Tab>Vvj ")
        .sees("Disabled 2 ranges, but 11.0.0.8 of Lab still lets a part of them (1 address)");
    session.typed("u<Tab><Tab> ").sees("! Disabled 3 ranges, but 11.0.0.8 of Lab still lets a part of them");
    session.typed("ujd").sees("! Deleted the group Lab with 2 ranges, but 11.0.0.0/24 of Offices still lets");
}

#[test]
fn a_date_that_has_come_or_a_smaller_network_is_told_too() {
    let mut session = session();
    let held = "but 11.0.0.0/24 of Offices still lets all of it through";
    session.typed("j<Tab>je").typed("<Tab><Tab><Tab><Tab><Tab><Tab>2026-01-01<Enter>");
    session.sees(&format!("Changed 11.0.0.7/32: expires is 2026-01-01 now, {held}."));
    session.typed("ug").typed("e<End><BS><BS><BS>/28<Enter>");
    session.sees("Changed 11.0.0.0/24: cidr is 11.0.0.0/28 now.").sees_no("still lets");
    session.typed("uxjxe<BTab>2026-01-01<Enter>");
    session.sees(
        "! Changed, but 11.0.0.7/32 of Offices and 1 more still let a part of them (2 addresses) through.",
    );
}

#[test]
fn a_move_takes_nothing_from_anybody_and_says_nothing() {
    let mut session = session();
    session.typed("j<Tab>jm<Enter>").sees("Moved 11.0.0.7/32 to Lab.").sees_no("still lets");
}

#[test]
fn extra_addresses_of_the_policy_are_not_forgotten() {
    let mut allowlist = session().now().clone();
    let settings = crate::allowlist::PolicySettings { max_extra_addresses: 64, ..allowlist.policy().clone() };
    allowlist.apply(crate::allowlist::Edit::SetPolicy(Box::new(settings))).unwrap();
    let mut session = Session::of(&allowlist);
    session.typed("j<Tab>G ").sees("Disabled 12.0.0.1: in no range any more; t tells whether");
}
