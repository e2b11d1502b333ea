//! What is said: what goes by itself, what stays until it is read, and what is said while something takes long.

use super::Session;
use crate::allowlist::{Allowlist, Edit, Group, GroupAt, Range};
use crate::editor::state::{Input, Tone};
use crate::text::Name;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

impl Session {
    /// The message has been shown for long enough.
    fn fades(&mut self) -> &mut Self {
        self.editor.fade();
        self.draw();
        self
    }

    fn fails(&mut self, text: &str) -> &mut Self {
        self.editor.say(Tone::Error, text);
        self.draw();
        self
    }
}

#[test]
fn a_short_message_goes_with_the_next_key_or_by_itself() {
    let mut session = Session::example();
    assert_eq!(session.editor.messages.passing(), None, "no timer runs");
    session.typed("p").sees("Preview: Findings").typed("j").sees_no("Preview: Findings");
    session.typed("p").sees("Preview: Differences").fades().sees_no("Preview: Differences");
    assert_eq!(session.editor.messages.passing(), None, "no timer runs any more");
}

#[test]
fn an_error_stays_until_it_is_read() {
    let mut session = Session::example();
    session.fails("It burns.").typed("jk").fades().sees("x It burns.");
    session.typed("p").sees("Preview: Findings").sees_no("It burns.");
    session.typed("<Esc>").sees("x It burns.").typed("<Esc>").sees_no("It burns.");
}

#[test]
fn of_several_errors_the_newest_is_shown_and_how_many_more_there_are() {
    let mut session = Session::example();
    session.fails("One.").fails("Two.").fails("Three.").sees("x Three.  (2 more, :messages)");
    session.typed("<Esc>").sees("x Two.  (1 more, :messages)").typed("<Esc>").sees("x One.");
    session.sees_no("more, :messages").fails("Four.").typed(":messages<Enter>");
    for text in ["x Four.", "x Three.", "x Two.", "x One."] {
        session.sees(text);
    }
    session.typed("<Esc>").sees_no("Four.").sees_no("One.");
}

#[test]
fn a_save_is_confirmed_next_to_an_error_before_or_behind() {
    let mut session = Session::example();
    session.fails("Before.").typed("1ALab<Enter><C-s>").sees("Saved").fails("Behind.").sees("Saved");
    session.typed("j").sees("x Behind.  (1 more, :messages)").typed("<Esc>").sees("x Before.");
}

#[test]
fn an_error_that_a_success_has_mended_does_not_come_back() {
    let mut session = Session::example();
    session.fails("Another.").typed("1jaoffice<Enter>").sees("x Nothing was added: line 1");
    session
        .typed("<C-u>198.51.99.7<Enter>")
        .sees("Added 1 range")
        .typed("j")
        .sees("x Another.")
        .sees_no("more");
    session.typed("<Esc>:messages<Enter>").sees("x Nothing was added: line 1");
}

#[test]
fn what_a_save_has_merged_is_no_error_any_more() {
    let mut session = Session::empty();
    session.typed("ALab<Enter>a203.0.113.7<Enter>");
    let mut theirs = Allowlist::default();
    theirs.apply(Edit::InsertGroup(LAB, Group::new(Name::new("Attic").unwrap()))).unwrap();
    std::fs::write(session.path("allowlist.json"), theirs.to_json()).unwrap();
    session.editor.disk_has_changed();
    session.typed("j").sees("x Changed on disk by somebody else: Ctrl-S merges.").typed("<C-s>");
    session.sees("Merged what somebody else has saved").typed("j").sees_no("Changed on disk by");
}

#[test]
fn a_merge_without_a_policy_says_so() {
    let mut session = Session::empty();
    session.typed("ALab<Enter>");
    let mut theirs = Allowlist::default();
    theirs.apply(Edit::InsertGroup(LAB, Group::new(Name::new("Attic").unwrap()))).unwrap();
    std::fs::write(session.path("allowlist.json"), theirs.to_json()).unwrap();
    session.typed("<C-s>").sees("x Saved the list, but NO POLICY: ");
    let shown = session.editor.messages.shown().unwrap();
    assert!(shown.tone == Tone::Error && shown.text.starts_with("Saved the list, but"), "{shown:?}");
    session.typed(":messages<Enter>").sees("Merged what somebody else has saved: added the group");
}

const LAB: GroupAt = GroupAt { category: 0, group: 0 };

#[test]
fn saving_a_large_allowlist_is_said_before_it_is_done() {
    let mut large = Allowlist::default();
    let mut group = Group::new(Name::new("Lab").unwrap());
    let cidr = |n: usize| format!("11.{}.{}.0/24", n / 256, n % 256).parse().unwrap();
    group.ranges = (0..5_000).map(|n| Range::new(cidr(n))).collect();
    large.apply(Edit::InsertGroup(LAB, group)).unwrap();
    let mut session = Session::of(&large);
    session.typed("1AAttic<Enter>");
    let save = KeyEvent::new(KeyCode::Char('s'), KeyModifiers::CONTROL);
    session.editor.handle(Input::Key(save), None);
    session.draw();
    session.sees("Saving …").sees("unsaved");
    session.editor.work_off();
    session.draw();
    session.sees_no("Saving …").sees("Saved").sees_no("unsaved");
}
