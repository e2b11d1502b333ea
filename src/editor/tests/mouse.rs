//! The mouse: it clicks, scrolls and drags what is to be seen.

use super::{Session, parse};
use crate::allowlist::{Allowlist, RangeAt, Starter};
use crate::editor::panes::Pane;
use crate::editor::panes::points::Point;
use crate::editor::panes::preview::Tab;
use crate::editor::sizes::Border;
use crate::editor::state::{Gesture, Input, Mouse};
use crate::editor::width;
use proptest::prelude::*;

impl Session {
    /// Where a text is on the screen.
    #[track_caller]
    fn find(&self, text: &str) -> (u16, u16) {
        let screen = self.screen();
        for (y, line) in screen.lines().enumerate() {
            if let Some(at) = line.find(text) {
                return (width::columns(&line[..at]) as u16, y as u16);
            }
        }
        panic!("{text:?} is not on the screen:\n{screen}");
    }

    fn mouse(&mut self, at: (u16, u16), gesture: Gesture) -> &mut Self {
        let input = Input::Mouse(Mouse { at, gesture });
        assert!(!self.editor.ignores(&input), "{gesture:?}");
        self.editor.handle(input, None);
        self.draw();
        self
    }

    #[track_caller]
    fn click(&mut self, text: &str) -> &mut Self {
        let at = self.find(text);
        self.mouse(at, Gesture::Press { twice: false })
    }

    #[track_caller]
    fn double_click(&mut self, text: &str) -> &mut Self {
        let at = self.find(text);
        self.mouse(at, Gesture::Press { twice: false });
        self.mouse(at, Gesture::Press { twice: true })
    }

    #[track_caller]
    fn wheel(&mut self, text: &str, rows: i16) -> &mut Self {
        let at = self.find(text);
        self.mouse(at, Gesture::Scroll(rows))
    }
}

/// Two groups of ranges, and one in the second category.
fn company() -> Session {
    let mut session = Session::empty();
    session.typed("AOffice<Enter>a11.0.0.1,11.0.0.2,11.0.0.3<Enter>");
    session.typed("ALab<Enter>a12.0.0.0/24<Enter>2ACarrier<Enter>a13.0.0.0/24<Enter>1");
    session
}

#[track_caller]
fn cidr(session: &Session) -> String {
    let at: RangeAt = session.editor.ranges.selected().unwrap();
    session.now().range(at).unwrap().cidr.to_string()
}

#[test]
fn a_click_in_a_text_places_the_cursor() {
    let mut session = company();
    session.typed("<Tab>e<Tab>uplink 東京").click("link").typed("X").sees("> upXlink 東京");
    let east = session.find("東京");
    session.mouse((east.0 + 3, east.1), Gesture::Press { twice: false }).typed("-").sees("upXlink 東-京");
    // Behind the text is its end, and another field gets the focus with it.
    session.mouse((east.0 + 20, east.1), Gesture::Press { twice: false }).typed("!").sees("東-京!");
    session.mouse((east.0 - 6, east.1 - 1), Gesture::Press { twice: false }).typed("0").sees("> 110.0.0.1");
    session.typed("<Esc>");
    session.typed("a11.0.0.7<C-o>11.0.0.8<C-o>").click(".0.7").typed("1").sees("11.01.0.7");
    session.click("0.8").typed("9").sees("11.0.90.8").typed("<Esc>");
    session.typed(":theme").click("eme").typed("<Del>").sees("> thme").typed("<Esc>");
    let filter = session.typed("/abc").find("> abc");
    session.mouse((filter.0 + 3, filter.1), Gesture::Press { twice: false }).typed("_").sees("> a_bc");
}

#[test]
fn a_click_in_a_long_text_means_the_part_that_is_shown() {
    let mut session = company();
    session.resize(50, 12);
    session.typed(&format!("<Tab>e<Tab>{}end", "0123456789".repeat(9))).click("6789end").typed("X");
    session.sees("5X6789end").typed("<Home>").click("3456").typed("Y").sees("> 012Y3456");
}

#[test]
fn a_click_selects_the_row_and_a_second_one_edits_it() {
    let mut session = company();
    session.click("Lab  ").sees("Lab · 1");
    assert_eq!(session.editor.focus, Pane::Points);
    session.click("Corporate").click("11.0.0.3");
    assert_eq!((session.editor.focus, cidr(&session)), (Pane::Ranges, "11.0.0.3".to_owned()));
    session.double_click("11.0.0.2").sees("Range 11.0.0.2").typed("<Esc>");
    session.double_click("Office").sees("Group Office").typed("<Esc>");
    session.click("\"NotIpAddress\"");
    assert_eq!(session.editor.focus, Pane::Preview);
    let below = session.find("2 Data centers");
    session.mouse((below.0, 30), Gesture::Press { twice: false });
    assert_eq!(session.editor.focus, Pane::Points, "an empty place is the pane's");
}

#[test]
fn a_click_on_the_number_closes_and_opens_the_category() {
    let mut session = company();
    session.click("Office").click("1 Corporate").sees_no("│    Office").sees("1+Corporate");
    assert_eq!(session.editor.points.selected(), Point::Category(0));
    session.click("1+Corporate").sees("│    Office");
    session.click("2 Data").sees_no("Carrier");
    assert_eq!(session.editor.points.selected(), Point::Category(0), "another one stays selected");
    session.click("Data centers").sees("Data centers · 1");
}

#[test]
fn tabs_and_hints_are_clicked() {
    let mut session = company();
    for (name, tab) in
        [("Findings", Tab::Findings), ("Differences", Tab::Differences), ("Policy", Tab::Policy)]
    {
        session.click(name);
        assert_eq!((session.editor.preview.tab(), session.editor.focus), (tab, Pane::Preview));
    }
    session.click("Office").click("a add").sees("Add ranges to Office");
    session.typed("14.0.0.1").click("Esc leave").sees("The text is kept").sees_no("Add ranges to");
    session.typed("<C-s>").click("/ filter").typed("12.0").click("Enter keep").sees("Filter 12.0 · 1");
    session.typed("<Esc>").sees("Office · 3");
    session.resize(80, 24);
    session.sees_no("[Policy]").click("p: preview").sees("[Policy]").click("Office").sees_no("[Policy]");
}

#[test]
fn the_second_click_of_two_does_nothing_to_what_the_first_has_opened() {
    let mut session = company();
    // Behind the last hint of the main view stand other hints in the dialog.
    let at = session.find("a add");
    session.mouse(at, Gesture::Press { twice: false }).sees("Which group of");
    let before = session.screen();
    session.mouse(at, Gesture::Press { twice: true });
    assert_eq!(session.screen(), before);
}

#[test]
fn the_wheel_scrolls_what_is_below_the_pointer_and_selects_nothing_elsewhere() {
    let mut session = Session::empty();
    let hosts: Vec<String> = (1..=100).map(|host| format!("11.0.0.{host}")).collect();
    session.typed("AOffice<Enter>").paste(&hosts.join("\n")).typed("<Enter>");
    session.typed("<Home>").typed("j");
    let group = session.editor.points.selected();
    session.sees("i 11.0.0.1 ").wheel("i 11.0.0.5 ", 3).sees_no("i 11.0.0.3 ").sees("i 11.0.0.4 ");
    assert_eq!((session.editor.focus, cidr(&session)), (Pane::Points, "11.0.0.1".to_owned()));
    session.wheel("i 11.0.0.5 ", -9).sees("i 11.0.0.1 ").wheel("i 11.0.0.5 ", 9).sees_no("i 11.0.0.1 ");
    session.typed("<Tab>").sees("i 11.0.0.1 ");
    assert_eq!(session.editor.points.selected(), group);
    session.wheel("i 11.0.0.5 ", 6);
    assert_eq!(cidr(&session), "11.0.0.7", "with the focus the cursor stays on the screen");
    session.wheel("i 11.0.0.9 ", 500).sees("11.0.0.100");
    session.wheel("\"Version\"", 3).sees_no("proven:");
    assert_eq!(session.editor.focus, Pane::Ranges);
}

#[test]
fn a_border_is_dragged() {
    let mut session = company();
    let (width, border) = (120, |session: &Session, of| session.editor.sizes.column(of, 120));
    let at = border(&session, Border::Left).unwrap();
    session.mouse((at, 9), Gesture::Press { twice: false });
    session.mouse((at + 1, 9), Gesture::Drag).mouse((at + 11, 20), Gesture::Drag);
    session.mouse((at + 11, 20), Gesture::Release);
    assert_eq!(border(&session, Border::Left), Some(at + 11));
    let drag = Input::Mouse(Mouse { at: (50, 5), gesture: Gesture::Drag });
    assert!(session.editor.ignores(&drag), "nothing is held any more");
    let right = border(&session, Border::Right).unwrap();
    session.mouse((right, 3), Gesture::Press { twice: false }).mouse((width - 1, 3), Gesture::Drag);
    assert_eq!(border(&session, Border::Right), Some(92), "the preview stays usable");
    assert_eq!(border(&session, Border::Left), Some(at + 11));
    assert_eq!(session.editor.focus, Pane::Points);
}

#[test]
fn dialogs_are_clicked_and_lose_no_text() {
    let mut session = company();
    session.typed(":new").click("new category").sees("> new category");
    session.double_click("new category").sees("New category").typed("Partners");
    session.mouse((2, 5), Gesture::Press { twice: false }).sees("Partners").typed("<Enter>");
    session.sees("Made the category Partners");
    session.click("Corporate").click("i 11.0.0.1").typed("m").double_click("Data centers / Carrier");
    session.sees("Moved 11.0.0.1 to Carrier.");
    session.click("i 11.0.0.2").typed("e").click("owner").typed("netops<Enter>");
    let at = session.editor.ranges.selected().unwrap();
    assert_eq!(session.now().range(at).unwrap().owner.as_str(), "netops");
    session.typed("T").click("dusk").sees("> dusk").double_click("default").sees("The theme is default");
    session.typed("?").wheel("Move up.", 60).sees("Draw the screen anew.").typed("<Esc>");
    session.typed("q").sees("Quit?").click("stay").sees_no("Quit?");
    assert!(!session.has_quit());
    session.typed("q").click("quit without saving");
    assert!(session.has_quit());
}

#[test]
fn a_start_is_clicked() {
    let mut session = Session::first_start();
    session.click("The example").sees("Welcome to keymoat").double_click("The example");
    assert_eq!(session.now(), &Starter::Example.allowlist("2026-11-22".parse().unwrap()));
}

#[test]
fn with_the_mouse_off_it_does_nothing() {
    let mut session = company();
    session.typed("M").sees("The mouse is the terminal's now, to select text with; M takes it back.");
    let press = Input::Mouse(Mouse { at: (60, 5), gesture: Gesture::Press { twice: false } });
    assert!(session.editor.ignores(&press));
    session.editor.handle(press, None);
    assert_eq!(session.editor.focus, Pane::Points);
    assert_eq!(session.file("config/editor.json").unwrap(), "{\n  \"mouse\": false\n}\n");
    session.editor.pointer.on = true;
    session.editor.recall_mouse();
    assert!(!session.editor.pointer.on, "the next time too");
    session.typed(":mouse<Enter>").sees("The mouse selects, scrolls and drags here").click("11.0.0.2");
    assert_eq!(session.editor.focus, Pane::Ranges);
}

fn gesture() -> impl Strategy<Value = Gesture> {
    prop_oneof![
        3 => any::<bool>().prop_map(|twice| Gesture::Press { twice }),
        2 => Just(Gesture::Drag),
        1 => Just(Gesture::Release),
        2 => (-40i16..40).prop_map(Gesture::Scroll),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_mouse_at_any_place_and_size_draws_a_whole_frame(
        sizes in proptest::collection::vec((1u16..=300, 1u16..=100), 1..4),
        steps in proptest::collection::vec(((0u16..310, 0u16..110), gesture(), 0usize..400, any::<bool>()), 1..80),
        start in any::<bool>(),
    ) {
        let keys = parse("<Tab>?:tPAaed/mIxvp <Esc><Esc><Enter><Down><Up>Mq");
        let mut session = if start { Session::first_start() } else { Session::example() };
        for (step, (at, gesture, key, draws)) in steps.into_iter().enumerate() {
            if step % 16 == 0 {
                let (columns, rows) = sizes[step / 16 % sizes.len()];
                session.resize(columns, rows);
            }
            let area = session.editor.area;
            let within = (at.0 % (area.width + 3), at.1 % (area.height + 3));
            session.editor.handle(Input::Mouse(Mouse { at: within, gesture }), None);
            if let Some(key) = keys.get(key) {
                session.editor.handle(Input::Key(*key), None);
            }
            session.editor.wish = None;
            if draws {
                session.draw();
            }
        }
        session.draw();
        prop_assert!(!session.screen().trim().is_empty());
    }
}

#[test]
fn marks_stay_when_the_wheel_turns_elsewhere() {
    let mut session = Session::empty();
    for group in 0..40 {
        session.typed(&format!("AGroup {group}<Enter>"));
    }
    session.typed("a11.0.0.1,11.0.0.2<Enter><Tab>x").sees("1 chosen");
    session.wheel("Group 30", -30).sees("Group 1 ").sees("1 chosen");
    session.typed("d").sees("Deleted 11.0.0.1; u brings it back.");
    assert_ne!(session.now(), &Allowlist::default());
}

#[test]
fn a_theme_is_looked_at_with_a_click_and_taken_with_two() {
    let mut session = company();
    session.typed("T").click("dusk").sees("> dusk").double_click("paper").sees("The theme is paper");
    assert_eq!(session.editor.looks.name, "paper");
}
