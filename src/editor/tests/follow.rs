//! The cursor stays on what it is on, so that the next key is never about another range or group.

use super::Session;
use super::keys::company;

#[track_caller]
fn on(session: &mut Session, cidr: &str) {
    let at = session.editor.ranges.selected().unwrap();
    assert_eq!(session.now().range(at).unwrap().cidr.to_string(), cidr, "{}", session.screen());
}

#[track_caller]
fn in_group(session: &mut Session, category: usize, name: &str) {
    let at = session.editor.target_group().unwrap();
    let group = session.now().group(at).unwrap();
    assert_eq!((at.category, group.name.as_str()), (category, name), "{}", session.screen());
}

#[test]
fn behind_a_delete_of_chosen_ranges_it_is_on_the_range_it_was_on() {
    let mut session = company();
    session.typed("<Tab>xd").sees("Deleted 11.0.0.1; u brings it back.");
    on(&mut session, "11.0.0.2");
    session.typed("d").sees("Deleted 11.0.0.2");
    session.typed("uu");
    on(&mut session, "11.0.0.1");
    // Where its own range goes, the next that stays is next; at the end the one before.
    session.typed("gxjxkd");
    on(&mut session, "12.0.0.0/24");
    session.typed("uGvkd");
    on(&mut session, "11.0.0.2");
}

#[test]
fn behind_a_move_it_is_on_the_range_it_was_on() {
    let mut session = company();
    session.typed("j<Tab>xmlab<Enter>").sees("Moved 11.0.0.1 to Lab.");
    on(&mut session, "11.0.0.2");
    session.typed("u").sees("Undone: move 11.0.0.1 to Lab.");
    session.typed("jjk");
    on(&mut session, "11.0.0.2");
    session.typed("<C-r>");
    on(&mut session, "11.0.0.2");
}

#[test]
fn what_is_taken_back_elsewhere_moves_it_along() {
    let mut session = company();
    session.typed("<Tab>xxdG");
    on(&mut session, "12.0.0.0/24");
    session.typed("u").sees("Undone: delete 2 ranges.");
    on(&mut session, "12.0.0.0/24");
    session.typed("<C-r>");
    on(&mut session, "12.0.0.0/24");
    // What comes back alone to where it is, is what one looks for.
    session.typed("ukkkd").sees("Deleted 11.0.0.1").typed("u");
    on(&mut session, "11.0.0.1");
    session.typed("1jd").sees("Deleted the group Office").typed("1j");
    in_group(&mut session, 0, "Lab");
    session.typed("u");
    in_group(&mut session, 0, "Office");
    session.typed("djju");
    in_group(&mut session, 1, "Carrier");
}

#[test]
fn a_rename_that_is_taken_back_stays_with_its_group() {
    let mut session = company();
    session.typed("2jeOffice<Esc>").typed("2je<C-u>Office<Enter>").sees("name is Office now");
    in_group(&mut session, 1, "Office");
    session.typed("u").sees("Undone: change the group Carrier");
    in_group(&mut session, 1, "Carrier");
    session.typed("<C-r>");
    in_group(&mut session, 1, "Office");
}

#[test]
fn a_name_that_another_group_has_too_is_remarked_on() {
    let mut session = company();
    session.typed("2je<C-u>Office").sees("! Corporate networks has a group Office too").typed("<Esc>");
    session.typed("1Aoffice").sees("! there is a group Office here already, which differs only in");
    session.typed("<Esc>1A<C-u>carrier").sees("! Data centers has a group Carrier too").typed("<Enter>");
    session.sees("Made the group carrier");
}

#[test]
fn an_address_as_a_name_of_a_group_is_remarked_on() {
    let mut session = company();
    session
        .typed("1Adc 203.0.114.9")
        .sees("! 203.0.114.9 would be a part of the name: ranges are added to a");
    session.typed("<C-u>\"11.0.0.9/24\",").sees("! 11.0.0.9/24 would be");
    session.typed("<C-u>v1.2, room 3").sees_no("would be").typed("<Esc>");
    session.typed("<C-u>4a10.0.0.0/8").sees("Which group of").sees("! 10.0.0.0/8 would be");
    session.typed("<C-u>GCP").sees("a new group");
}
