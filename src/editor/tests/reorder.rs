//! Groups, ranges and categories are moved among their neighbours, and to other groups and categories.

use super::Session;
use crate::editor::panes::points::Point;

/// A group of four ranges, two more groups, and two categories of the user's own.
fn company() -> Session {
    let mut session = Session::empty();
    session.typed("AOffice<Enter>a11.0.0.1,11.0.0.2,11.0.0.3,11.0.0.4<Enter>");
    session.typed("ALab<Enter>a12.0.0.1<Enter>ADesk<Enter>CVPN<Enter>AOffice<Enter>CEdge<Enter>1j");
    session
}

fn groups(session: &Session) -> Vec<String> {
    let words = |category: &crate::allowlist::Category| {
        category.groups.iter().map(|group| group.name.to_string()).collect::<Vec<_>>().join(" ")
    };
    session.now().categories().iter().map(words).collect()
}

fn selected(session: &Session) -> String {
    let now = session.now();
    match session.editor.points.selected() {
        Point::Category(at) => now.categories()[at].name.to_string(),
        Point::Group(at) => now.group(at).unwrap().name.to_string(),
    }
}

fn cidrs(session: &Session) -> String {
    let ranges = session.now().categories()[0].groups[0].ranges.iter();
    ranges.map(|range| range.cidr.to_string().replace("11.0.0.", "")).collect::<Vec<_>>().join(" ")
}

fn cidr(session: &Session) -> String {
    session.now().range(session.editor.ranges.selected().unwrap()).unwrap().cidr.to_string()
}

#[test]
fn a_group_goes_down_and_up_in_its_category_and_the_selection_with_it() {
    for (down, up) in [("J", "K"), ("<S-Down>", "<S-Up>")] {
        let mut session = company();
        session.typed(down).sees("Moved the group Office down.");
        assert_eq!((&*groups(&session)[0], &*selected(&session)), ("Lab Office Desk", "Office"));
        session.typed(down);
        assert_eq!(groups(&session)[0], "Lab Desk Office");
        session.typed(down).sees("move down: it is the last group of its category already.");
        session.typed(up);
        assert_eq!(groups(&session)[0], "Lab Office Desk");
        session.typed("u").sees("Undone: move the group Office up.");
        assert_eq!((&*groups(&session)[0], &*selected(&session)), ("Lab Desk Office", "Office"));
        session.typed("uu").sees("Undone: move the group Office down.");
        assert_eq!((&*groups(&session)[0], &*selected(&session)), ("Office Lab Desk", "Office"));
        session.typed(up).sees("move up: it is the first group of its category already.");
        assert_eq!(session.now(), company().now());
        session.typed("<C-r>").sees("Done again: move the group Office down.");
        assert_eq!((&*groups(&session)[0], &*selected(&session)), ("Lab Office Desk", "Office"));
    }
}

#[test]
fn a_range_goes_down_and_up_in_its_group() {
    let mut session = company();
    session.typed("<Tab>J").sees("Moved 11.0.0.1 down.");
    assert_eq!((&*cidrs(&session), &*cidr(&session)), ("2 1 3 4", "11.0.0.1"));
    session.typed("JJ");
    assert_eq!(cidrs(&session), "2 3 4 1");
    session.typed("J").sees("move down: it is the last range of its group already.");
    session.typed("KK");
    assert_eq!((&*cidrs(&session), &*cidr(&session)), ("2 1 3 4", "11.0.0.1"));
    session.typed("uuuuu").sees("Undone: move 11.0.0.1 down.");
    assert_eq!((&*cidrs(&session), &*cidr(&session)), ("1 2 3 4", "11.0.0.1"));
    session.typed("K").sees("move up: it is the first range of its group already.");
}

#[test]
fn all_chosen_ranges_go_as_one_step_and_stay_chosen() {
    let mut session = company();
    session.typed("<Tab>vjJ").sees("Moved 2 ranges down.").sees("2 chosen");
    assert_eq!((&*cidrs(&session), &*cidr(&session)), ("3 1 2 4", "11.0.0.2"));
    session.typed("J");
    assert_eq!(cidrs(&session), "3 4 1 2");
    session.typed("J").sees("last range").typed("K");
    assert_eq!(cidrs(&session), "3 1 2 4");
    session.typed("uuu");
    assert_eq!(session.now(), company().now());
    // With gaps, each goes by one.
    session.typed("gxjxgJ").sees("2 chosen");
    assert_eq!(cidrs(&session), "2 1 4 3");
    session.typed("u").sees("Undone: move 2 ranges down.");
    assert_eq!(session.now(), company().now());
}

#[test]
fn ranges_have_an_order_within_one_group_only() {
    let mut session = company();
    session.typed("1<Tab>J").sees("select one group on the left");
    session.typed("<BTab>j<Tab>/11<Enter>J").sees("clear it first").typed("<Esc>J").sees("Moved 11.0.0.1");
    session.typed("<Tab>J").sees("move down: select a group or a range first.");
    session.typed("<BTab><BTab>jj<Tab>J").sees("there is no range here yet");
    session.typed(":move down<Enter>").sees("there is no range here yet");
}

#[test]
fn categories_of_ones_own_move_among_each_other() {
    let mut session = company();
    session.typed("1J").sees("the four built-in categories stay");
    session.typed("5K").sees("it is the first of your own categories");
    session.typed("J").sees("Moved the category VPN down.");
    let names = |session: &Session| -> Vec<String> {
        session.now().categories()[4..].iter().map(|category| category.name.to_string()).collect()
    };
    assert_eq!((names(&session), &*selected(&session)), (vec!["Edge".to_owned(), "VPN".to_owned()], "VPN"));
    session.typed("J").sees("it is the last category already").typed("u").sees("Undone: move the category");
    assert_eq!((session.now(), &*selected(&session)), (company().now(), "VPN"));
}

#[test]
fn a_closed_category_stays_closed_where_it_goes() {
    let mut session = company();
    session.typed("5hJ").sees("+VPN").sees_no("+Edge");
    session.typed("K").sees("+VPN").sees_no("+Edge");
}

#[test]
fn a_group_moves_to_another_category() {
    let mut session = company();
    session.typed("jm").sees("Move the group Lab to which category?").sees("AWS accounts").sees("Edge");
    session.typed("edg<Enter>").sees("Moved the group Lab to Edge.");
    assert_eq!(groups(&session), ["Office Desk", "", "", "", "Office", "Lab"]);
    assert_eq!(selected(&session), "Lab");
    session.typed("u").sees("Undone: move the group Lab to Edge.");
    assert_eq!((session.now(), &*selected(&session)), (company().now(), "Lab"));
    session.typed("1jm").sees("VPN (has a group of this name)").typed("vpn<Enter>");
    session.sees("VPN has a group Office already: rename one of them first (e).");
    assert_eq!(session.now(), company().now());
    session.typed("<Esc>m<Esc>1m").sees("move: select a group or a range first.");
}

#[test]
fn another_order_is_a_difference_that_is_said_and_saved() {
    let mut session = company();
    session.typed("<C-s>J").sees("* unsaved").typed("pp").sees("changed the order of the groups in");
    session.typed("<C-s>").sees("Saved");
    assert_eq!(session.file("allowlist.json").unwrap(), session.now().to_json());
}
