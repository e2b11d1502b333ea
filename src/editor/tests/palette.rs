//! The command palette and the help: found by name, by key and by what is done.

use super::Session;
use super::keys::company;

/// The names that a list on the screen shows below a title, as far as they stand in it, in their order.
fn order(session: &Session, texts: &[&str]) -> Vec<usize> {
    let screen = session.screen();
    texts.iter().map(|text| screen.find(text).unwrap_or_else(|| panic!("{text:?}:\n{screen}"))).collect()
}

#[test]
fn the_palette_finds_actions_by_key_and_by_what_they_do() {
    let mut session = company();
    session.typed(":ctrl-s").sees("> save :w :write PATH").typed("<Enter>").sees("Saved");
    session.typed(":/<Enter>lab<Enter>").sees("Filter lab").typed("<Esc>");
    session.typed(":osc").sees("> copy").typed("<C-u>nwgr").sees("> new group").typed("<Enter>");
    session.sees("New group in Corporate networks");
}

#[test]
fn what_does_not_apply_is_dim_below_the_rest_and_says_why() {
    let mut session = company();
    session.typed(":do").sees("> down").sees("not now: there is nothing to do again");
    let places = order(&session, &["down ", "undo ", "redo "]);
    assert!(places.is_sorted(), "{places:?}");
    session.typed("<C-u>redo<Enter>").sees("x redo: there is nothing to do again.");
    // It stays open: what is typed next is a command too.
    session.typed("<C-u>help<Enter>").sees("Keys: type to search");
}

#[test]
fn tab_completes_a_name_and_leaves_room_for_what_goes_behind() {
    let mut session = company();
    session.typed(":nextv<Tab>").sees("> next view").typed("<Esc>");
    let copy = session.path("copy.json");
    session.typed(":wr<Tab>").sees("> write").sees("> save :w :write PATH");
    session.typed(&format!("{}<Enter>", copy.display())).sees("Saved a copy");
    assert_eq!(std::fs::read_to_string(copy).unwrap(), session.now().to_json());
    session.typed(":imp<Tab>nowhere").sees("import PATH").typed("<Enter>").sees("nowhere");
    session.typed("<C-u>save<Tab><Enter>").sees("Saved");
}

#[test]
fn tab_completes_the_path_behind_a_command() {
    let mut session = company();
    for name in ["list-one.txt", "list-two.txt", ".hidden"] {
        std::fs::write(session.path(name), "11.9.0.1 # x\n").unwrap();
    }
    std::fs::create_dir(session.path("lists")).unwrap();
    let folder = session.folder.path().display().to_string();
    session
        .typed(&format!(":import {folder}/li<Tab>"))
        .sees("lists/")
        .sees("list-one.txt")
        .sees_no(".hidden");
    assert!(order(&session, &["lists/", "list-one.txt", "list-two.txt"]).is_sorted());
    session.typed("-o<Tab>").sees("list-one.txt").sees_no("list-two.txt").sees("import PATH");
    session.typed("<Enter>").sees("Import list-one.txt: where do they belong?").typed("<Esc>");
    session.typed(&format!(":w {folder}/lists<Tab>copy.json<Enter>")).sees("Saved a copy");
    assert!(session.path("lists/copy.json").exists());
}

#[test]
fn what_was_run_last_stands_first() {
    let mut session = company();
    session.typed(":").sees("> up").typed("<Esc>");
    session.typed(":preview<Enter>:messages<Enter><Esc>:");
    assert!(order(&session, &["> messages", "  next view ", "  up "]).is_sorted());
    session.typed("<Enter>").sees("Messages").typed("<Esc>");
    session.typed(":preview<Enter>:").sees("> next view");
}

#[test]
fn the_help_shows_what_has_the_key_first_under_headings() {
    let mut session = company();
    session.typed("?").sees("Moving").sees("> Up k").typed("<C-u>u");
    assert!(order(&session, &["The key u", "> u                 Take back", "Moving"]).is_sorted());
    session.sees("Take back the last change.");
    session.typed("<C-u>ctrl-s").sees("The key Ctrl-S").sees("> Ctrl-S");
    session.typed("<C-u>osc").sees("Looking").sees("> y ").sees_no("Moving");
    session.typed("<Down><Up><Up><PgUp>").sees("> y ");
    session.typed("<C-u>zzz").sees_no("> y ").typed("<Down>");
    session.typed("<C-u>redo").sees("(there is nothing to do again)");
}

#[test]
fn the_help_shows_the_users_own_keys() {
    let mut session = company();
    session.editor.keymap =
        crate::editor::keymap::Keymap::with(br#"{"main": {"undo": ["f5"], "copy": ["u"]}}"#).unwrap();
    session
        .typed("?u")
        .sees("The key u")
        .sees("Copy CIDRs")
        .typed("<C-u>f5")
        .sees("Take back the last change.");
    session.typed("<Esc>:u").sees("> copy").typed("<C-u>f5").sees("> undo");
}

#[test]
fn what_cannot_be_run_stays_to_be_mended() {
    let mut session = company();
    let before = session.now().clone();
    session.typed(":foo").sees("nothing found").sees("An empty line lists all commands");
    session.typed("<Enter>").sees("x There is no command \"foo\".").typed(":q<Enter>eOffices:q<Enter>");
    session.sees("x There is no command \"foo:qeOffices:q\".").sees("Commands");
    assert_eq!(session.now(), &before);
    session.typed("<C-u>import /nowhere<Enter>").sees("> import PATH").sees("x ").sees("No such file");
    session
        .typed("/at all")
        .sees_no("No such file")
        .typed("<C-u>theme pink<Enter>")
        .sees("no theme \"pink\"");
    let folder = session.folder.path().display().to_string();
    session.typed(&format!("<C-u>w {folder}<Enter>")).sees("> save :w :write PATH").sees("x ");
    session.typed("<C-u>undo<Enter>").sees("Undone").sees_no("Commands");
    assert_eq!(session.editor.messages.shown().map(|shown| shown.more), Some(0), "no error is left behind");
}
