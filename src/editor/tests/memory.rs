//! What a session leaves for the next one of the same file.

use super::Session;
use crate::allowlist::Starter;
use crate::editor::panes::Pane;
use crate::editor::panes::points::Point;
use crate::editor::panes::preview::Tab;
use crate::editor::sizes::Border;
use tempfile::TempDir;

impl Session {
    /// Ends it, as the program does.
    fn end(mut self) -> TempDir {
        self.editor.keep_session();
        self.editor.keeper.write_session();
        self.folder
    }

    /// Opens the file again.
    fn again(folder: TempDir) -> Self {
        Self::open(folder, (120, 34))
    }

    fn remembered(&self) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.path("state/sessions")) else { return Vec::new() };
        entries.map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap()).collect()
    }
}

#[track_caller]
fn cidr(session: &Session) -> String {
    session.now().range(session.editor.ranges.selected().unwrap()).unwrap().cidr.to_string()
}

/// The example, with the second range of a group selected, a category closed, a border moved, findings shown.
fn used() -> Session {
    let mut session = Session::example();
    session.typed("2<Left>1jjj<Right>j>>p").sees("2+Data centers").sees("[Findings").sees("Branch");
    session
}

#[test]
fn a_session_goes_on_where_the_last_one_ended() {
    let mut session = used();
    let (selected, border) = (cidr(&session), session.editor.sizes.column(Border::Right, 120));
    let screen = session.typed("<Left>").screen();
    let mut again = Session::again(session.end());
    assert_eq!(again.editor.focus, Pane::Points);
    assert_eq!((cidr(&again), again.editor.sizes.column(Border::Right, 120)), (selected, border));
    assert_eq!(again.editor.preview.tab(), Tab::Findings);
    let screens =
        [screen, again.screen()].map(|screen| screen.lines().take(31).collect::<Vec<_>>().join("\n"));
    assert_eq!(screens[0], screens[1]);
    again.typed("h").sees("1 Corporate").sees("2+Data centers");
}

#[test]
fn another_file_starts_on_the_first_category() {
    let (used, other) = (used().end(), Session::example().end());
    std::fs::rename(used.path().join("state"), other.path().join("state")).unwrap();
    let session = Session::again(other);
    assert_eq!(session.remembered().len(), 1);
    assert_eq!((session.editor.points.selected(), session.editor.focus), (Point::Category(0), Pane::Points));
    assert_eq!(session.editor.preview.tab(), Tab::Policy);
}

#[test]
fn what_is_gone_gives_way_to_what_is_nearest() {
    let folder = used().end();
    let file = folder.path().join("allowlist.json");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("Branch office North", "Branch office South")).unwrap();
    let session = Session::again(folder);
    assert_eq!(session.editor.points.selected(), Point::Category(0), "of the group that is gone");
    assert_eq!(session.editor.ranges.position(), 1, "the row");
    let folder = session.end();
    std::fs::write(&file, crate::allowlist::Allowlist::default().to_json()).unwrap();
    let session = Session::again(folder);
    assert_eq!(session.editor.ranges.selected(), None);
}

#[test]
fn a_session_without_a_change_of_it_leaves_nothing() {
    let mut session = Session::example();
    session.typed("j?<Esc>k");
    let session = Session::again(session.end());
    assert!(session.remembered().is_empty());
    let mut session = Session::again(used().end());
    let before = session.remembered();
    assert_eq!(before.len(), 1);
    session.typed("<Right>kj");
    assert_eq!(Session::again(session.end()).remembered(), before);
    let mut session = Session::again(tempfile::tempdir().unwrap());
    session.typed("3jj");
    let session = Session::again(session.end());
    assert!(session.remembered().is_empty(), "there is no file yet");
}

#[test]
fn where_nothing_can_be_written_or_read_nothing_happens() {
    let session = used();
    std::fs::write(session.path("state"), "in the way").unwrap();
    let session = Session::again(session.end());
    assert_eq!(session.editor.points.selected(), Point::Category(0));
    std::fs::remove_file(session.path("state")).unwrap();
    let folder = used().end();
    let sessions = folder.path().join("state/sessions");
    for entry in std::fs::read_dir(&sessions).unwrap() {
        std::fs::write(entry.unwrap().path(), "{\"preview\": \"\u{1b}[2J\"}").unwrap();
    }
    let session = Session::again(folder);
    assert_eq!(session.now(), &Starter::Example.allowlist("2026-11-22".parse().unwrap()));
    assert_eq!(session.editor.focus, Pane::Points);
}
