//! Others at the same file, the draft, and the review beside the loop.

use super::Session;
use crate::allowlist::{Allowlist, Edit, Group, GroupAt, Range, RangeAt};
use crate::text::{Name, Text};

const OFFICE: GroupAt = GroupAt { category: 0, group: 0 };

fn range(cidr: &str) -> Range {
    Range::new(cidr.parse().unwrap())
}

fn office(cidrs: &[&str]) -> Allowlist {
    let mut allowlist = Allowlist::default();
    let mut group = Group::new(Name::new("Office").unwrap());
    group.ranges = cidrs.iter().map(|cidr| range(cidr)).collect();
    allowlist.apply(Edit::InsertGroup(OFFICE, group)).unwrap();
    allowlist
}

impl Session {
    /// Somebody else saves the file as it was opened, with an edit.
    fn other_saves(&self, edit: Edit) {
        let mut allowlist = Allowlist::from_json(self.editor.document.base().unwrap()).unwrap();
        allowlist.apply(edit).unwrap();
        std::fs::write(self.path("allowlist.json"), allowlist.to_json()).unwrap();
    }

    fn on_disk(&self) -> String {
        self.file("allowlist.json").unwrap()
    }

    fn disk_changes(&mut self) -> &mut Self {
        self.editor.disk_has_changed();
        self.draw();
        self
    }
}

fn added(cidr: &str) -> Edit {
    Edit::InsertRanges(OFFICE, vec![(0, range(cidr))])
}

fn labelled(label: &str) -> Edit {
    let label = Text::new(label).unwrap();
    let at = RangeAt { group: OFFICE, range: 0 };
    Edit::ReplaceRanges(vec![(at, Range { label, ..range("203.0.114.0/24") })])
}

#[test]
fn what_both_have_added_is_saved_in_one_step() {
    let mut session = Session::of(&office(&["203.0.114.0/24"]));
    session.typed("ja203.0.115.0/24<Enter>");
    session.other_saves(added("203.0.116.0/24"));
    session
        .typed("<C-s>")
        .sees("Saved. Merged what somebody else has saved: 256 addresses more; added 203.0.116.0/24 in");
    session.sees_no("unsaved");
    let all = ["203.0.114.0/24", "203.0.115.0/24", "203.0.116.0/24"];
    assert!(all.iter().all(|cidr| session.on_disk().contains(cidr)), "{}", session.on_disk());
    let policy = session.file("IP_Whitelist_AWS_API_Keys.json").unwrap();
    assert!(["203.0.114.0/23", "203.0.116.0/24"].iter().all(|cidr| policy.contains(cidr)), "{policy}");
    session.typed("u").sees("Undone: merge what somebody else has saved");
    assert_eq!(session.groups(), ["Office: 203.0.114.0/24 203.0.115.0/24"]);
}

#[test]
fn what_both_have_changed_is_asked_about() {
    for (key, kept) in [("m", "mine"), ("t", "theirs"), ("a", "mine"), ("b", "theirs")] {
        let mut session = Session::of(&office(&["203.0.114.0/24"]));
        session.editor.edit(labelled("mine"), "label it", "Labelled.");
        session.other_saves(labelled("theirs"));
        let theirs = session.on_disk();
        session.typed("<C-s>").sees("Both changed it (1 of 1)").sees("203.0.114.0/24").typed("n");
        assert_eq!(session.on_disk(), theirs, "nothing is saved before the answer");
        session.typed("<C-s>").typed(key).sees("Merged what somebody else has saved").sees_no("unsaved");
        assert!(session.on_disk().contains(kept), "{key}: {}", session.on_disk());
        assert_eq!(session.now().to_json(), session.on_disk());
    }
}

#[test]
fn a_file_that_is_gone_or_broken_is_asked_about() {
    let mut session = Session::of(&office(&["203.0.114.0/24"]));
    session.typed("ALab<Enter>");
    std::fs::write(session.path("allowlist.json"), "{").unwrap();
    session.typed("<C-s>").sees("cannot be merged").typed("n");
    assert_eq!(session.on_disk(), "{");
    session.typed("<C-s>o").sees("Saved");
    assert!(session.on_disk().contains("Lab"));
    session.typed("AAttic<Enter>");
    std::fs::remove_file(session.path("allowlist.json")).unwrap();
    session.typed("<C-s>").sees("cannot be merged").typed("o").sees("Saved");
    assert!(session.on_disk().contains("Attic"));
}

#[test]
fn a_change_on_disk_is_taken_at_once_where_nothing_is_unsaved() {
    let mut session = Session::of(&office(&["203.0.114.0/24", "203.0.115.0/24"]));
    session.typed("j<Tab>j");
    session.other_saves(added("203.0.113.0/25"));
    session
        .disk_changes()
        .sees("Changed on disk by somebody else, and read again: 128 addresses more; added 203.0.113.0/25");
    session.sees_no("unsaved");
    assert_eq!(session.editor.ranges.selected(), Some(RangeAt { group: OFFICE, range: 2 }));
    assert_eq!(session.now().to_json(), session.on_disk());
    session.typed("u").sees("unsaved");
    assert_eq!(session.groups(), ["Office: 203.0.114.0/24 203.0.115.0/24"]);
}

#[test]
fn a_change_on_disk_waits_for_a_dialog_and_for_what_is_unsaved() {
    let mut session = Session::of(&office(&["203.0.114.0/24"]));
    session.typed("j<Tab>e");
    session.other_saves(added("203.0.116.0/24"));
    session.disk_changes().sees_no("somebody else");
    session.typed("<Esc>").sees("and read again");
    assert_eq!(session.groups(), ["Office: 203.0.116.0/24 203.0.114.0/24"]);
    session.typed("ALab<Enter>k");
    session.other_saves(added("203.0.117.0/24"));
    session.disk_changes().sees("Changed on disk by somebody else: Ctrl-S merges.");
    assert!(!session.now().to_json().contains("203.0.117.0/24"));
}

#[test]
fn one_s_own_save_is_no_change_by_somebody_else() {
    let mut session = Session::of(&office(&["203.0.114.0/24"]));
    session.typed("ALab<Enter><C-s>").disk_changes().sees("Saved").sees_no("somebody else");
}

#[test]
fn work_that_cannot_be_saved_can_be_saved_elsewhere() {
    let mut session = Session::of(&office(&["203.0.114.0/24"]));
    session.typed("ALab<Enter>");
    std::fs::remove_file(session.path("allowlist.json")).unwrap();
    std::fs::create_dir(session.path("allowlist.json")).unwrap();
    session.typed("<C-s>");
    assert!(session.editor.messages.shown().unwrap().text.contains(":write PATH saves it elsewhere"));
    let elsewhere = session.path("elsewhere/copy.json");
    session.typed(&format!(":write {}<Enter>", elsewhere.display()));
    assert!(std::fs::read_to_string(elsewhere).unwrap().contains("Lab"));
    session.sees("unsaved");
}

#[test]
fn what_saving_will_change_is_said_at_the_start() {
    let session = Session::of(&office(&["203.0.114.0/24"]));
    std::fs::hard_link(session.path("allowlist.json"), session.path("other")).unwrap();
    let again = Session::open(session.folder, (120, 34));
    assert!(again.editor.messages.shown().unwrap().text.contains("another hard link"));
}

#[test]
fn the_draft_follows_what_is_unsaved() {
    let mut session = Session::of(&office(&["203.0.114.0/24"]));
    let draft = session.editor.document.draft().unwrap();
    let kept = |session: &mut Session, keys: &str| {
        session.typed(keys);
        session.editor.keep_draft();
        session.editor.keeper.settle();
        draft.read()
    };
    assert_eq!(kept(&mut session, "j"), None);
    assert_eq!(kept(&mut session, "ALab<Enter>").as_ref(), Some(session.now()));
    assert_eq!(kept(&mut session, "u"), None, "undone to what is saved");
    assert!(kept(&mut session, "<C-r>").is_some());
    assert_eq!(kept(&mut session, "<C-s>"), None, "saved");
    assert!(kept(&mut session, "AAttic<Enter>").is_some());
    session.typed("qy");
    session.editor.give_up_draft();
    assert_eq!(draft.read(), None, "given up");
}

#[test]
fn a_draft_that_is_not_decided_about_stays() {
    let session = Session::of(&office(&["203.0.114.0/24"]));
    let draft = session.editor.document.draft().unwrap();
    draft.write(Allowlist::default().to_json().as_bytes()).unwrap();
    let mut again = Session::open(session.folder, (120, 34));
    again.typed("nq");
    again.editor.keep_draft();
    again.editor.give_up_draft();
    assert!(again.has_quit() && draft.read().is_some());
}

#[test]
fn a_large_allowlist_is_reviewed_aside_and_its_places_are_not_mixed_up() {
    let list: Vec<String> = (0..600).map(|n| format!("10.{}.{}.0/24", n / 200, n % 200)).collect();
    let list: Vec<&str> = list.iter().map(String::as_str).collect();
    let mut session = Session::of(&office(&list));
    let (ask, requests) = std::sync::mpsc::channel();
    session.editor.document.review_aside(ask);
    let first = RangeAt { group: OFFICE, range: 0 };
    assert!(session.editor.document.range_mark(first).is_some(), "private");
    session.typed("j<Tab>d");
    let document = &session.editor.document;
    assert!(!document.is_reviewed() && !document.says_checking());
    assert_eq!((document.range_mark(first), document.group_mark(OFFICE)), (None, None));
    session.typed("f").sees("still being checked");
    session.editor.document.say_checking();
    session.draw();
    session.sees("599 ranges, checking …");
    let old = requests.try_recv().unwrap().review();
    session.typed("d");
    session.editor.document.take(old);
    assert!(!session.editor.document.is_reviewed(), "of an earlier state");
    let new = requests.try_recv().unwrap().review();
    session.editor.document.take(new);
    session.draw();
    session.sees("598 ranges").sees_no("checking");
    assert!(session.editor.document.range_mark(first).is_some());
}
