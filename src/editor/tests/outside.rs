//! The allowlist and its entries in another program: what it leaves is what these tests write.

use super::Session;
use super::keys::company;
use crate::editor::external::Ended;
use crate::editor::outside::{self, Outside};
use crate::editor::state::{Tone, Wish};

impl Session {
    /// What the other program is given.
    #[track_caller]
    fn given(&mut self) -> Box<Outside> {
        match self.editor.wish.take() {
            Some(Wish::Outside(outside)) => outside,
            other => panic!("{other:?} instead of an editor"),
        }
    }

    /// The other program makes its text another and ends.
    #[track_caller]
    fn edits(&mut self, edit: impl Fn(String) -> String) -> &mut Self {
        self.ends(edit, None)
    }

    #[track_caller]
    fn ends(&mut self, edit: impl Fn(String) -> String, failure: Option<&str>) -> &mut Self {
        let outside = self.given();
        let text = std::fs::read_to_string(outside.file.path()).unwrap();
        std::fs::write(outside.file.path(), edit(text)).unwrap();
        let ended = Ended { name: "vim".to_owned(), failure: failure.map(str::to_owned) };
        outside::came_back(&mut self.editor, *outside, &ended);
        self.editor.rebuild();
        self.draw();
        self
    }

    /// The texts that are kept.
    fn kept(&self) -> usize {
        std::fs::read_dir(self.path("state/outside")).map_or(0, Iterator::count)
    }
}

fn replaced(from: &'static str, to: &'static str) -> impl Fn(String) -> String {
    move |text| {
        assert!(text.contains(from), "{from:?} is not in {text}");
        text.replace(from, to)
    }
}

/// A company whose allowlist is saved.
fn company_session() -> Session {
    let mut session = company();
    session.typed("<C-s>");
    session
}

#[test]
fn the_allowlist_comes_back_as_one_step() {
    let mut session = company_session();
    session.typed("1ACellar<Enter>E");
    let before = session.now().clone();
    session.edits(replaced("Cellar", "Attic")).sees("Took the allowlist from vim").sees("unsaved");
    assert!(session.now().to_json().contains("Attic") && session.kept() == 0);
    session.typed("u").sees("Undone: edit the allowlist in vim");
    assert_eq!(session.now(), &before);
}

#[test]
fn an_entry_shows_every_key_and_comes_back_as_one_step() {
    let mut session = company_session();
    session.typed("<Tab>E");
    let at = session.editor.ranges.selected().unwrap();
    let cidr = session.now().range(at).unwrap().cidr.to_string();
    let every =
        ["cidr", "label", "owner", "ticket", "note", "source", "added", "review_by", "expires", "enabled"];
    session.edits(move |text| {
        assert!(every.iter().all(|key| text.contains(&format!("\"{key}\": "))), "{text}");
        text.replace("\"owner\": \"", "\"owner\": \"netops ")
    });
    session.sees(&format!("Took {cidr} from vim"));
    assert!(session.now().range(at).unwrap().owner.starts_with("netops "));
    session.typed("u").sees(&format!("Undone: edit {cidr} in vim"));
    assert_eq!(session.kept(), 0);
}

#[test]
fn what_is_left_as_it_was_is_no_step() {
    let mut session = company_session();
    session.typed("E").edits(|text| text).sees("vim has left the allowlist as it was.").sees_no("unsaved");
    session.typed("E").edits(|text| format!("{text}\n\n")).sees("but for its form").sees_no("unsaved");
    assert_eq!(session.kept(), 0);
}

#[test]
fn what_cannot_be_read_is_asked_about_and_edited_again_at_its_line() {
    let mut session = company_session();
    let good = session.now().to_json();
    session.typed("E").edits(replaced("\"version\": 1", "\"version\": one"));
    session.sees("It cannot be read").sees("line 2: ").sees("edit it again").sees_no("unsaved").typed("e");
    let again = session.given();
    assert_eq!(again.line, Some(2));
    let text = std::fs::read_to_string(again.file.path()).unwrap();
    let lines: Vec<_> = text.lines().take(3).collect();
    assert!(lines[1].contains("one") && lines[2].starts_with("// ^ column "), "{lines:?}");
    session.editor.wish = Some(Wish::Outside(again));
    // Another mistake: only that one is said then.
    session
        .edits(|text| text.replace("one", "1").replacen("\"name\"", "\"nmae\"", 1))
        .sees("nmae")
        .typed("e");
    session.edits(|text| {
        assert_eq!(text.matches("// ^").count(), 1, "{text}");
        text.replace("nmae", "name")
    });
    // As the comment lines are taken out, it is what it was.
    session.sees("vim has left the allowlist as it was.");
    assert_eq!((session.now().to_json(), session.kept()), (good, 0));
}

#[test]
fn a_text_that_is_left_is_kept_and_offered_again() {
    for leave in ["n", "<Esc>"] {
        let mut session = company_session();
        session.typed("E").edits(|_| "{\"version\": 1,\n".to_owned()).sees("The text is kept.").typed(leave);
        assert_eq!(session.kept(), 1);
        session.typed("E").sees("A kept text").typed("n");
        assert_eq!((session.kept(), session.editor.wish.take()), (1, None));
        session.typed("Ee");
        let text = "{\"version\": 1, \"categories\": []}";
        session.edits(move |kept| {
            assert_eq!(kept, "{\"version\": 1,\n");
            text.to_owned()
        });
        session.sees("Took the allowlist from vim");
        assert_eq!((session.groups().len(), session.kept()), (0, 0));
    }
}

#[test]
fn a_kept_text_can_be_given_up_for_what_is_here_now() {
    let mut session = company_session();
    let now = session.now().to_json();
    session.typed("E").edits(|_| "{".to_owned()).typed("n").typed("Ed");
    session.edits(move |text| {
        assert_eq!(text, now);
        text
    });
    assert_eq!(session.kept(), 0);
}

#[test]
fn an_editor_that_fails_changes_nothing_and_loses_nothing() {
    let mut session = company_session();
    session.typed("E").ends(|text| text, Some("ended with the status 1"));
    session.sees("x vim ended with the status 1. Nothing was changed.");
    assert_eq!(session.kept(), 0);
    session.typed("<Esc>E").ends(|_| "precious".to_owned(), Some("ended with the status 1"));
    let shown = session.editor.messages.shown().unwrap();
    assert!(shown.tone == Tone::Error && shown.text.contains("It is kept in "), "{shown:?}");
    assert_eq!(session.kept(), 1);
    session.typed("E").sees("A kept text").sees_no("unsaved");
}

#[test]
fn entries_and_the_allowlist_have_texts_of_their_own() {
    let mut session = company_session();
    session.typed("E").edits(|_| "{".to_owned()).typed("n");
    session.typed("<Tab>E").edits(|_| "[".to_owned()).sees("It cannot be read").typed("n");
    assert_eq!(session.kept(), 2);
    session.typed("jE").edits(|text| text).sees("as it was.");
    session.typed("kE").sees("A kept text");
}
