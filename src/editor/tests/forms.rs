//! Forms: what was typed into one that was left, what they say of a CIDR, and what they say they did.

use super::Session;

/// An office with these ranges, the first of them selected.
fn office(cidrs: &str) -> Session {
    let mut session = Session::empty();
    session.typed(&format!("AHQ<Enter>a{cidrs}<Enter>1j<Tab>"));
    session
}

#[test]
fn what_comes_back_from_a_form_that_was_left_is_marked_and_can_be_put_back() {
    let mut session = office("203.0.114.0/28");
    session.typed("e<C-u>203.0.112.0/20").sees_no("Not taken yet").typed("<Esc>");
    session.sees("Left without a change; what was typed is offered the next time.");
    session.typed("e").sees("* cidr").sees("Not taken yet: cidr. Ctrl-Z brings back what the list says.");
    session.sees("from the form you left; it is 203.0.114.0/28 in the list").sees("Ctrl-Z put back");
    session.typed("<Tab><Tab>netops").sees("* owner").sees("Not taken yet: cidr, owner.").typed("<C-z>");
    session.sees_no("* cidr").sees_no("* owner").sees_no("Not taken yet").typed("<Tab>NET-1<Enter>");
    session.sees("Changed 203.0.114.0/28: ticket is NET-1 now.");
    session.typed("e").sees_no("* cidr").sees_no("203.0.112.0/20").typed("<Esc>").sees_no("Left without");
}

#[test]
fn enter_takes_what_came_back_and_says_all_of_it() {
    let mut session = office("203.0.114.0/28");
    session.typed("e<C-u>203.0.112.0/20<Esc>e<Tab><Tab>netops<Enter>");
    session.sees("Changed 203.0.114.0/28: cidr is 203.0.112.0/20 now, owner is netops.");
    session.typed("u").sees("Undone: change 203.0.114.0/28: cidr to 203.0.112.0/20, owner to netops.");
}

#[test]
fn a_draft_follows_its_range_and_never_comes_to_its_twin() {
    let mut session = office("11.0.0.1,11.0.0.2");
    // Two ranges with equal fields, which only their places tell apart.
    session.typed("je<C-u>11.0.0.1<Enter>").sees("Changed 11.0.0.2: cidr is 11.0.0.1 now.");
    session.typed("ge<Tab>mine<Esc>je").sees_no("mine").typed("<Esc>");
    session.typed("kJe").sees("mine").typed("<Esc>").typed("ke").sees_no("mine").typed("<Esc>");
    // Once its range is gone, so is the draft.
    session.typed("jdge").sees_no("mine").typed("<Esc>");
    session.typed("u").typed("e").sees_no("mine");
}

#[test]
fn a_draft_for_several_ranges_comes_to_the_same_ones_only() {
    let mut session = office("11.0.0.1,11.0.0.2,11.0.0.3");
    session.typed("vje").sees("Change 2 ranges").typed("netops<Esc>").sees("Left without a change");
    session.typed("e").sees("> netops").sees("from the form you left; empty: each stays as it is");
    session.typed("<Esc><Esc><Esc>Gvke").sees("Change 2 ranges").sees_no("netops");
}

#[test]
fn the_cidr_of_a_form_has_the_offers_of_the_add_dialog() {
    let mut session = office("11.0.0.1");
    session.typed("e<C-u>11.0.0.9/24").sees("Ctrl-T the network 11.0.0.0/24 · Ctrl-Y the host 11.0.0.9/32");
    session.typed("<C-y>").sees("> 11.0.0.9/32").sees_no("the network").typed("<C-u>11.0.0.9/24<C-t><Enter>");
    assert_eq!(session.groups(), ["HQ: 11.0.0.0/24"]);
    session.typed("e<Tab>11.0.0.9/24").sees_no("Ctrl-T");
}

#[test]
fn a_form_says_where_a_cidr_is_already() {
    let mut session = office("203.0.114.0/24,11.0.0.1,12.0.0.1");
    session.typed("Ge<C-u>11.0.0.1/32").sees("! stands in HQ already");
    session.typed("<C-u>203.0.114.9").sees("! lies within 203.0.114.0/24 of HQ");
    session.typed("<C-u>203.0.112.0/22").sees("! holds 203.0.114.0/24 of HQ");
    session
        .typed("<C-u>203.0.0.0/8")
        .sees("! 16,777,216 addresses: far too wide? holds 203.0.114.0/24 of HQ");
    session.typed("<C-u>12.0.0.1/32").sees_no("already").sees_no("lies within");
}

#[test]
fn a_cidr_that_is_far_too_wide_is_said_while_it_is_typed() {
    let mut session = office("11.0.0.1");
    session
        .typed("e<C-u>0.0.0.0/0")
        .sees("x 0.0.0.0/0 is every IPv4 address: no policy can be written with it")
        .typed("<Enter>")
        .sees("x 0.0.0.0/0 is every");
    session.typed("<C-u>12.0.0.0/8").sees("! 16,777,216 addresses: far too wide?").typed("<C-z><Esc>");
    session.typed("a::/0").sees("x ::/0 is every IPv6 address: no policy can be");
    session.typed("<C-u>12.0.0.0/8").sees("! 12.0.0.0/8, 16,777,216 addresses: far too wide?");
    session.typed("<C-u>0.0.0.0/0").sees("x 0.0.0.0/0 is every IPv4 address").typed("<Enter>");
    assert_eq!(session.groups(), ["HQ: 11.0.0.1"]);
}

#[test]
fn the_form_for_many_has_the_fields_of_the_form_for_one_in_its_order() {
    let mut session = office("11.0.0.1,11.0.0.2");
    session.typed("Xelab<Tab>netops<Tab>NET-1<Tab>a note<Tab>+6m<Tab>2028-01-01<Enter>");
    let json = session.now().to_json();
    let all = r#""label": "lab", "owner": "netops", "ticket": "NET-1", "note": "a note", "added": "2026-11-22", "review_by": "2027-05-22", "expires": "2028-01-01"}"#;
    assert_eq!(json.matches(all).count(), 2, "{json}");
}

#[test]
fn a_cidr_out_of_code_loses_its_dress_in_the_form_too() {
    let mut session = office("11.0.0.1");
    session
        .typed("e<C-u>\"12.0.0.0 / 24\",")
        .sees_no("Ctrl-T")
        .typed("<BS>")
        .sees("Ctrl-T the address alone 12.0.0.0/24");
    session.typed("<C-t><Enter>");
    assert_eq!(session.groups(), ["HQ: 12.0.0.0/24"]);
    session
        .typed("e<C-u>'13.0.0.9/24'")
        .sees("Ctrl-T the network 13.0.0.0/24")
        .sees("Ctrl-Y the host 13.0.0.9/32");
}

#[test]
fn a_date_where_a_name_belongs_is_said() {
    let stray = "! this is a date: does it belong in review_by";
    let mut session = office("11.0.0.1,11.0.0.2");
    session
        .typed("Xe<Tab>2027-05-31")
        .sees(stray)
        .typed("<Tab>+6m")
        .sees(stray)
        .typed("<C-u>NET-1")
        .sees_no(stray);
    session.typed("<C-z><Esc><Esc>e<Tab><Tab>2027-05-31").sees(stray).typed("<C-u>anna").sees_no(stray);
}

#[test]
fn what_is_offered_cannot_pass_for_typed() {
    let mut session = office("11.0.0.1,11.0.0.2");
    session.typed("e<Tab><Tab>Anna<Enter>je<Tab><Tab>A").sees("> A  (Anna) ");
    session.typed("<Enter>");
    assert!(session.now().ranges().any(|(.., range)| range.owner.as_str() == "A"));
}

#[test]
fn a_text_that_is_cut_says_so_at_its_edge() {
    let mut session = office("11.0.0.1");
    session.resize(50, 12);
    session
        .typed("P")
        .sees("> …list_AWS_API_Keys ")
        .sees("IPWhitelistAWSAPIK… ")
        .typed("<Home>")
        .sees("> IP_Whitelist_AWS");
}

#[test]
fn quitting_counts_what_is_not_saved() {
    let mut session = office("11.0.0.1,11.0.0.2");
    session.typed("dq").sees("3 changes are not saved: the last is \"delete 11.0.0.1\"");
    session.sees("y  quit without saving; 3 changes are lost").typed("<Esc><C-s>").typed("dq");
    session.sees("1 change is not saved: \"delete 11.0.0.2\"").sees("quit without saving; it is lost");
    session.typed("<Esc><C-s>uuq").sees("2 undone changes are not saved: the last is \"delete 11.0.0.1\"");
}

#[test]
fn the_form_says_that_a_bare_address_is_one_with_its_length() {
    let mut session = office("11.0.0.1,11.0.0.2/32");
    session.typed("e").sees("a bare address is a /32 or /128, and stays as written");
}

#[test]
fn the_settings_say_what_is_denied() {
    let mut session = office("11.0.0.1");
    session.typed("P");
    for _ in 0..8 {
        session.sees_no("fenced").typed("<Down>");
    }
    session
        .sees("who signed in with MFA is not denied, from any address")
        .typed("<Down>")
        .sees("are not denied");
}
