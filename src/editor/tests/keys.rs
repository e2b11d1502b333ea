//! Every key of the main view does what the help says.

use super::Session;
use crate::allowlist::Allowlist;
use crate::editor::keymap::TABLE;
use crate::editor::panes::Pane;
use crate::editor::panes::points::Point;
use crate::editor::state::Wish;

/// A company with two groups in the first category and one in the second.
pub fn company() -> Session {
    let mut session = Session::empty();
    session.typed("AOffice<Enter>a11.0.0.1,11.0.0.2,11.0.0.3<Enter>");
    session.typed("ALab<Enter>a12.0.0.0/24<Enter>2ACarrier<Enter>a13.0.0.0/24<Enter>1");
    session
}

#[track_caller]
fn cidr(session: &Session) -> String {
    let at = session.editor.ranges.selected().unwrap();
    session.now().range(at).unwrap().cidr.to_string()
}

#[test]
fn up_and_down_by_one_a_page_and_to_the_ends() {
    for (down, up) in [("j", "k"), ("<Down>", "<Up>"), ("<PgDn>", "<PgUp>"), ("G", "g"), ("<End>", "<Home>")]
    {
        let mut session = company();
        session.typed("<Tab>");
        assert_eq!(cidr(&session), "11.0.0.1");
        session.typed(down);
        assert_eq!(
            cidr(&session),
            if down.len() == 1 && down != "G" || down == "<Down>" { "11.0.0.2" } else { "12.0.0.0/24" }
        );
        session.typed(up);
        assert_eq!(cidr(&session), "11.0.0.1");
    }
}

#[test]
fn left_and_right_close_open_and_go_to_the_pane_beside() {
    for (left, right) in [("h", "l"), ("<Left>", "<Right>")] {
        let mut session = company();
        session.sees("Office").typed(left).sees_no("│    Office");
        session.typed(right).sees("Office");
        assert_eq!(session.editor.focus, Pane::Points);
        session.typed(right);
        assert_eq!(session.editor.focus, Pane::Ranges);
        session.typed(right);
        assert_eq!(session.editor.focus, Pane::Preview);
        session.typed(left).typed(left).typed("j");
        assert!(matches!(session.editor.points.selected(), Point::Group(_)));
        session.typed(left);
        assert_eq!(session.editor.points.selected(), Point::Category(0));
    }
}

#[test]
fn tab_goes_round_the_panes() {
    let mut session = company();
    let mut seen = vec![session.editor.focus];
    for key in ["<Tab>", "<Tab>", "<Tab>", "<BTab>", "<BTab>"] {
        session.typed(key);
        seen.push(session.editor.focus);
    }
    use Pane::{Points, Preview, Ranges};
    assert_eq!(seen, [Points, Ranges, Preview, Points, Preview, Ranges]);
}

#[test]
fn digits_select_categories() {
    let mut session = company();
    for (digit, name) in [("2", "Data centers"), ("4", "Other clouds"), ("1", "Corporate networks")] {
        session.typed("<Tab>").typed(digit).sees(name);
        assert_eq!(session.editor.points.selected(), Point::Category(digit.parse::<usize>().unwrap() - 1));
        assert_eq!(session.editor.focus, Pane::Points);
    }
    session.typed("9").sees("There is no category 9; C makes one.");
    session.typed("CPartners<Enter>5").sees("Partners");
    assert_eq!(session.editor.points.selected(), Point::Category(4));
}

#[test]
fn e_and_enter_edit_what_is_selected() {
    for edit in ["e", "<Enter>"] {
        let mut session = company();
        session.typed(edit).sees("Category 1").typed("<C-u>Offices<Enter>").sees("Offices");
        session.typed("j").typed(edit).sees("Group Office").typed("s<Tab>two floors<Enter>");
        let group = &session.now().categories()[0].groups[0];
        assert_eq!((group.name.as_str(), group.note.as_str()), ("Offices", "two floors"));
        session.typed("<Tab>").typed(edit).sees("Range 11.0.0.1").typed("<Tab>uplink<Enter>").sees("uplink");
        session.typed("uuu");
        assert_eq!(session.now(), company().now());
    }
}

#[test]
fn space_enables_and_disables_a_range_or_a_group() {
    let mut session = company();
    session.typed("<Tab> ").sees("Disabled 11.0.0.1: not let through any more.").sees("off");
    session.typed("<BTab>j ").sees("Disabled 2 of 3 ranges: not let through any more.");
    assert_eq!(session.editor.document.review().totals.enabled, 2);
    session.typed(" ").sees("Enabled 3 ranges: let through.");
}

#[test]
fn the_filter_works_while_it_is_typed() {
    let mut session = company();
    session.typed("/12.0").sees("Filter 12.0 · 1").sees("12.0.0.0/24");
    session.typed("<C-u>13.0.0.77").sees("13.0.0.0/24").sees_no("12.0.0.0/24 ");
    session.typed("<C-u>lab").sees("12.0.0.0/24");
    session.typed("<C-u>nothing").sees("No range matches the filter.");
    session.typed("<Esc>").sees("Corporate networks · 4");
    session.typed("/office<Enter>jd").sees("Deleted 11.0.0.2");
    session.typed("<Esc>").sees("Corporate networks · 3");
}

#[test]
fn many_ranges_are_chosen_and_acted_on_as_one_step() {
    let mut session = company();
    session.typed("x").sees("choose: go to the ranges first.");
    session.typed("<Tab>x").sees("4, 1 chosen").sees(" *i 11.0.0.1").typed("jx").sees("2 chosen");
    session.typed("d").sees("Deleted 2 ranges; u brings them back.").sees_no("chosen");
    assert_eq!(session.groups()[0], "Office: 11.0.0.2");
    session.typed("u").sees("Undone: delete 2 ranges.");
    assert_eq!(session.now(), company().now());
    session.typed("gvjj").sees("3 chosen").typed("v ").sees("Disabled 3 ranges: not let through any more.");
    session.typed("u/11.0.0<Enter>X").sees("3 chosen").typed("X").sees_no("chosen").typed("X<Esc>");
    session.sees_no("chosen").sees("Filter 11.0.0").typed("<Esc>").sees("Corporate networks · 4");
}

#[test]
fn many_ranges_are_changed_and_moved_as_one_step() {
    let mut session = company();
    session
        .typed("<Tab>Xe")
        .sees("Change 4 ranges")
        .typed("<Tab>netops<Tab>NET-1<Tab><Tab>+6m")
        .sees("2027-05-22");
    session.typed("<Enter>").sees("Changed the owner, ticket and review_by of 4 ranges.");
    let owned =
        |session: &Session| session.now().ranges().filter(|(.., r)| r.owner.as_str() == "netops").count();
    assert_eq!(owned(&session), 4);
    session.typed("gxe<Tab>-<Enter>");
    assert_eq!(owned(&session), 3);
    assert_eq!(session.now().ranges().next().unwrap().3.ticket.as_str(), "NET-1", "what is empty stays");
    session.sees("Changed the owner of 11.0.0.1 to none.").typed("uu");
    session.sees("Undone: change the owner, ticket and review_by of 4 ranges.");
    session
        .typed("gvjm")
        .sees("Move 2 ranges to which group?")
        .typed("carr<Enter>")
        .sees("Moved 2 ranges to Carrier.");
    assert_eq!(
        session.groups(),
        ["Office: 11.0.0.3", "Lab: 12.0.0.0/24", "Carrier: 13.0.0.0/24 11.0.0.1 11.0.0.2"]
    );
    session.typed("u").sees("Undone: move 2 ranges to Carrier.");
    assert_eq!(session.now(), company().now());
    session.typed("Gmoffice<Enter>").sees("Moved 12.0.0.0/24 to Office.");
    session.typed("u1jX").sees("go to the ranges first").typed("1m").sees("select a group or a range first");
}

#[test]
fn words_of_the_filter_are_found_with_gaps_but_addresses_are_exact() {
    let mut session = company();
    session
        .typed("/offc")
        .sees("Filter offc · 3")
        .typed("<C-u>crr")
        .sees("Filter crr · 1")
        .sees("13.0.0.0/24");
    session
        .typed("<C-u>11.02")
        .sees("No range matches the filter.")
        .typed("<C-u>zzz")
        .sees("No range matches");
}

#[test]
fn t_says_whether_an_address_is_let_through_and_by_what() {
    let mut session = company();
    session
        .typed("t12.0.0.9")
        .sees("+ 12.0.0.9 is let through.")
        .sees("12.0.0.0/24 in Corporate networks / Lab");
    session.typed("<C-u>9.9.9.9").sees("- 9.9.9.9 is denied.").sees("No range holds it.");
    session.typed("<C-u>9.9").sees("is no address").typed("<Esc>");
    session.typed("jj t<C-u>12.0.0.9").sees("is denied").sees("(off: does not count)");
}

#[test]
fn capital_p_edits_every_setting_of_the_policy() {
    let mut session = company();
    session.typed("P").sees("IP_Whitelist_AWS_API_Keys").sees("max_extra_addresses");
    session.typed("<C-u>Fence_1<Tab><Tab><Tab><Tab><Tab><Tab>Fenced<Tab><Tab> <Enter>");
    let policy = session.now().policy();
    assert_eq!(policy.name.as_str(), "Fence_1");
    assert_eq!(policy.sid(), "Fence1", "the Sid follows the name");
    assert_eq!(policy.attach_to.group.as_deref(), Some("Fenced"));
    assert!(policy.exempt.mfa);
    session.sees("Changed the policy's settings: name, sid, attach_to.group, exempt.mfa.");
}

#[test]
fn p_shows_the_next_preview() {
    let mut session = company();
    for shown in ["[Findings", "[Differences]", "[Policy]"] {
        session.typed("p").sees(shown);
    }
    session.resize(80, 24);
    session.sees_no("[Policy]").typed("p").sees("[Policy]").typed("p").sees("[Findings");
}

/// A policy of three documents, in a file that asks for at most 20.
pub fn split() -> Session {
    let hosts: Vec<_> =
        (0..1_200).map(|n| format!(r#"{{"cidr": "11.0.{}.{}"}}"#, n / 100, n % 100 * 2)).collect();
    let text = format!(
        r#"{{"version": 1, "policy": {{"exempt": {{"mfa": true}}}}, "categories": [{{"kind": "data-center", "name": "DC", "groups": [{{"name": "A", "ranges": [{}]}}]}}]}}"#,
        hosts.join(", ")
    );
    Session::of(&Allowlist::from_json(text.as_bytes()).unwrap())
}

#[test]
fn brackets_choose_the_document_of_a_split() {
    let mut session = split();
    session.sees("3 documents, all needed").sees("proven: lets through exactly").sees("1,200 addresses");
    session.sees("by every document, except with MFA").sees("1 of 3: IP_Whitelist_AWS_API_K");
    session
        .sees("1 of 3: ")
        .typed("]")
        .sees("2 of 3: IP_White")
        .sees("2 of 3: ")
        .typed("]]")
        .sees("1 of 3: ");
    session.typed("[").sees("3 of 3: IP_White").sees("Document 3 of 3, all needed.");
    session.typed("pp[").sees("[Policy]").sees("3 of 3");
    session.resize(80, 24);
    session.typed("<Tab>").sees_no("[Policy]").typed("]").sees("[Policy]").sees("1 of 3");
    company().typed("]").sees("next document: the policy is not split.");
}

#[test]
fn t_judges_any_request_and_names_the_document_that_denies_it() {
    let mut session = split();
    session
        .typed("t11.0.0.1")
        .sees("- 11.0.0.1 is denied.")
        .sees("By statement 1 (IPWhitelistAWSAPIKeys1) of");
    session.sees("With a session that was signed in with MFA");
    session.typed("<Tab><Tab> ").sees("+ 11.0.0.1 is let through.").sees("It is exempt");
    session.typed(" <BTab> ").sees("- A request without an address is denied.");
    session.typed("<Tab><Tab> ").sees("+ A request without an address is let through.").typed(" ");
    session.typed("<Tab>vpc-").sees("is no VPC").sees("this is not a request yet").typed("1a<Tab>vpce-2b");
    session.sees("is denied.").typed("<Tab><C-u>somebody").sees("is no principal's ARN");
    session.typed("<C-u>arn:aws:iam::111122223333:role/ci<Tab><C-u>list").sees("is no action");
    session.typed("<C-u>sts:GetCallerIdentity").sees("it tests nothing").typed("<Enter>").sees_no("Test an");
    session.resize(50, 12);
    session.typed("t<Tab> <BTab><C-u>11.0.0.2").sees("+ 11.0.0.2 is let through.");
}

#[test]
fn the_help_holds_every_row_of_the_table() {
    for help in ["?", ":help<Enter>"] {
        let mut session = company();
        session.resize(120, 100);
        session.typed(help);
        for row in TABLE {
            session.sees(row.sentence.get(..20).unwrap_or(row.sentence));
        }
        session.typed("redo").sees("Do again what was taken back.").sees_no("Move up.");
        session.typed("<Esc>").sees_no("Do again what was taken back.");
    }
}

#[test]
fn save_suspend_and_redraw() {
    let mut session = company();
    session.typed("<C-s>").sees("Saved, with the policy IP_Whitelist_AWS_API_Keys.json");
    session.typed("<C-z>");
    assert_eq!(session.editor.wish.take(), Some(Wish::Suspend));
    session.typed("<C-l>");
    assert_eq!(session.editor.wish.take(), Some(Wish::Redraw));
    session.typed("z").sees("That key does nothing here; ? shows all keys.");
}

#[test]
fn the_palette_runs_actions_by_name_and_writes_copies() {
    let mut session = company();
    session.typed(":w<Enter>").sees("Saved");
    let copy = session.path("copy.json");
    session.typed(&format!(":write {}<Enter>", copy.display())).sees("Saved a copy");
    assert_eq!(std::fs::read_to_string(copy).unwrap(), session.now().to_json());
    session.typed(":new group<Enter>").sees("New group in").typed("<Esc>");
    session.typed(":undo<Enter>").sees("Undone");
    session.typed(":xyzzy<Enter>").sees("There is no command").typed("<Esc>");
    session.typed(":messages<Enter>").sees("Undone: add 1 range to Carrier.").sees("Made the group Office");
    session.typed("<Esc>:<BS>").sees_no("Commands");
}

#[test]
fn a_finding_leads_to_what_it_is_about_and_is_mended_with_a_key() {
    let mut session = company();
    session.typed("1ja 11.0.0.0/30<Enter>p<Tab><Tab>").sees("[Findings");
    let all = session.editor.document.review().findings.len();
    session.typed("<Enter>");
    assert_ne!(session.editor.focus, Pane::Preview);
    session.typed("<Tab>f");
    if session.editor.focus == Pane::Preview {
        assert!(session.editor.document.review().findings.len() <= all);
    }
}

#[test]
fn a_paste_in_the_main_view_opens_the_add_dialog() {
    let mut session = company();
    session
        .typed("2")
        .paste("14.0.0.0/24 # new\r\n15.0.0.1\n")
        .sees("Add ranges to Carrier")
        .sees("2 ranges to add");
    session.typed("<Enter>").sees("Added 2 ranges to Carrier");
    assert_eq!(session.groups()[2], "Carrier: 13.0.0.0/24 14.0.0.0/24 15.0.0.1");
    assert_eq!(session.now().categories()[1].groups[0].ranges[1].label.as_str(), "new");
}
