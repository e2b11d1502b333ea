//! Themes and terminals: what is chosen is kept, and every terminal shows what is meant.

use super::Session;
use crate::editor::abilities::{Abilities, Characters};
use crate::editor::looks::Looks;
use crate::editor::theme::{Depth, Theme};
use ratatui::style::Modifier;

fn of(abilities: Abilities) -> Session {
    let mut session = Session::example();
    let config = session.path("config");
    let (looks, theme, complaint) = Looks::at_start(&config, abilities);
    assert_eq!(complaint, None);
    (session.editor.looks, session.editor.theme) = (looks, theme);
    session.editor.acts += 1;
    session.draw();
    session
}

/// The looks that a start would find now.
fn next_start(session: &Session) -> (Theme, Option<String>) {
    let (_, theme, complaint) = Looks::at_start(&session.path("config"), Abilities::all());
    (theme, complaint)
}

fn named(name: &str) -> Theme {
    Theme::shipped(name).unwrap()
}

#[test]
fn a_theme_is_shown_while_it_is_pointed_at_and_kept_when_it_is_taken() {
    let mut session = of(Abilities::all());
    session.typed("T").sees("> default").sees("light on dark").typed("<Down>");
    assert_eq!(session.editor.theme, named("dusk"));
    session.typed("j").sees("> paper");
    assert_eq!(session.editor.theme, named("paper"));
    session.typed("<Esc>");
    assert_eq!(session.editor.theme, named("default"));
    assert_eq!(session.file("config/editor.json"), None);
    session.typed("Tj<Enter>").sees("The theme is dusk, the next time too.").typed("T").sees("> dusk");
    assert_eq!(session.file("config/editor.json").unwrap(), "{\n  \"theme\": \"dusk\"\n}\n");
    assert_eq!(next_start(&session), (named("dusk"), None));
    session.typed("<Esc>:theme paper<Enter>").sees("The theme is paper");
    assert_eq!(next_start(&session), (named("paper"), None));
    session
        .typed(":theme pink<Enter>")
        .sees("there is no theme \"pink\": default, dusk, paper, contrast, plain");
    assert_eq!(session.editor.theme, named("paper"));
}

#[test]
fn a_theme_of_one_s_own_stands_in_the_list_and_says_what_is_wrong_with_it() {
    let mut session = of(Abilities::all());
    std::fs::create_dir_all(session.path("config/themes")).unwrap();
    let write = |session: &Session, name: &str, text: &str| {
        std::fs::write(session.path(&format!("config/themes/{name}.json")), text).unwrap();
    };
    write(&session, "mine", r##"{"text": {"fg": "#102030"}}"##);
    write(&session, "broken", "{\n  \"text\": {\"fg\": \"pink\"}}");
    session.typed("TG").sees("> mine").sees("your own");
    assert_eq!(session.editor.theme, Theme::read(br##"{"text": {"fg": "#102030"}}"##).unwrap());
    session.typed("k").sees("> broken").sees("broken.json:2:").typed("<Enter>").sees("> broken");
    assert_eq!(session.editor.theme, named("default"));
    session.typed("j<Enter>");
    assert!(session.file("config/editor.json").unwrap().contains("mine"));
    write(&session, "mine", "{\"txt\": {}}");
    let (theme, complaint) = next_start(&session);
    assert_eq!(theme, named("default"));
    let complaint = complaint.unwrap();
    assert!(
        complaint.contains("mine.json:1:6: unknown key \"txt\"")
            && complaint.ends_with("the default theme is shown"),
        "{complaint}"
    );
}

#[test]
fn settings_that_cannot_be_read_are_said_and_never_overwritten() {
    let mut session = of(Abilities::all());
    std::fs::create_dir_all(session.path("config")).unwrap();
    std::fs::write(session.path("config/editor.json"), "{\n  \"themes\": \"dusk\"\n}\n").unwrap();
    let (theme, complaint) = next_start(&session);
    assert_eq!(theme, named("default"));
    assert!(complaint.unwrap().contains("editor.json:2:10: unknown key \"themes\""));
    session.typed(":theme dusk<Enter>").sees("The theme is dusk until you quit:").sees("editor.json:2:10");
    assert!(session.file("config/editor.json").unwrap().contains("themes"));
    std::fs::write(session.path("config/editor.json"), "{\"theme\": \"gone\"}").unwrap();
    assert!(next_start(&session).1.unwrap().contains("there is no theme \"gone\""));
}

#[test]
fn without_colours_no_theme_is_chosen_and_none_is_shown() {
    let mut session = of(Abilities { colors: None, characters: Characters::All });
    session
        .typed("T")
        .sees("theme: the terminal has no colours")
        .typed(":theme dusk<Enter>")
        .sees("no colours");
    assert_eq!(session.editor.theme, named("plain"));
    assert_eq!(session.file("config/editor.json"), None);
}

#[test]
fn few_colours_show_the_nearest() {
    let mut session = of(Abilities { colors: Some(Depth::Ansi), characters: Characters::Console });
    session.typed(":theme dusk<Enter>");
    assert_eq!(session.editor.theme, named("dusk").at_depth(Depth::Ansi));
    assert!(session.editor.theme.selected(true).add_modifier.contains(Modifier::REVERSED));
}

#[test]
fn a_terminal_without_utf_8_gets_ascii_alone() {
    let mut session = of(Abilities { colors: Some(Depth::Ansi), characters: Characters::Ascii });
    session.typed("A東京支社<Enter>");
    for keys in ["", "<Tab>", "?", "<Esc>P", "<Esc>:", "<Esc>a", "<Esc>T", "<Esc>t", "<Esc>m", "<Esc>Ipp"] {
        for (columns, rows) in [(120, 34), (64, 20), (50, 12)] {
            session.resize(columns, rows);
            let screen = session.typed(keys).screen();
            assert!(screen.is_ascii(), "{screen}");
            assert!(screen.contains("+-") && screen.contains('|'), "{screen}");
        }
    }
}

#[test]
fn the_console_of_linux_gets_frames_and_no_sign_that_its_font_has_not() {
    let mut session = of(Abilities { colors: Some(Depth::Ansi), characters: Characters::Console });
    session.resize(50, 12);
    for keys in ["", "<Tab>", "?", "<Esc>P", "<Esc>:"] {
        let screen = session.typed(keys).screen();
        assert!(screen.contains("┌") && !screen.contains(['…', '×']), "{screen}");
    }
}

#[test]
fn a_theme_s_grounds_lie_below_everything() {
    let mut session = of(Abilities::all());
    session.typed(":theme dusk<Enter>?");
    let (text, dialog) = (named("dusk").text(), named("dusk").dialog());
    let buffer = session.terminal.backend().buffer();
    assert_eq!(buffer[(0, 0)].style().bg, text.bg);
    assert_eq!(buffer[(60, 20)].style().bg, dialog.bg);
    assert!(buffer.content.iter().all(|cell| cell.bg == text.bg.unwrap()
        || cell.bg == dialog.bg.unwrap()
        || Some(cell.bg) == named("dusk").selected(true).bg
        || Some(cell.bg) == named("dusk").selected(false).bg));
}

#[test]
fn no_frame_without_colours_has_one() {
    let mut session = of(Abilities { colors: None, characters: Characters::All });
    for keys in ["", "<Tab>", "vj", "<Esc>?", "<Esc>P", "<Esc>:", "<Esc>a1.2.3.4/5", "<Esc><Tab>p"] {
        session.typed(keys);
        let buffer = session.terminal.backend().buffer();
        let default = ratatui::style::Color::Reset;
        assert!(
            buffer.content.iter().all(|cell| (cell.fg, cell.bg) == (default, default)),
            "{}",
            session.screen()
        );
    }
}

#[test]
fn the_frame_of_the_pane_with_the_focus_is_nowhere_dim() {
    let mut session = of(Abilities::all());
    for _ in 0..3 {
        let buffer = session.terminal.backend().buffer();
        let focused = named("default").border(true).fg.unwrap();
        let dim = |cell: &&ratatui::buffer::Cell| cell.fg == focused && cell.modifier.contains(Modifier::DIM);
        assert_eq!(buffer.content.iter().find(dim), None, "{}", session.screen());
        session.typed("<Tab>");
    }
}
