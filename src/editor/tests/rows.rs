//! Every key of every row of the help has its effect: what is to be seen behind the key is not to be seen
//! without it.

use super::Session;
use super::keys::{company, split};
use super::review_mode::mixed;
use crate::allowlist::Allowlist;
use crate::editor::keymap::{Action, Context, Key, Keymap, TABLE};
use crate::editor::panes::Pane;
use crate::editor::panes::points::Point;
use crate::editor::sizes::Border;
use crate::editor::state::{Input, Wish};

type Effect = dyn Fn(&Session, usize) -> bool;

/// How the effect of a key is seen.
struct Case {
    session: fn() -> Session,
    /// What is typed before the key.
    before: &'static str,
    /// What is typed behind it.
    behind: &'static str,
    /// What is true then, and is not where the key is left out. The number is that of the key in its row.
    effect: Box<Effect>,
}

impl Case {
    fn of(before: &'static str, effect: impl Fn(&Session) -> bool + 'static) -> Self {
        Self { session: saved, before, behind: "", effect: Box::new(move |session, _| effect(session)) }
    }

    fn sees(before: &'static str, text: &'static str) -> Self {
        Self::of(before, move |session| session.screen().contains(text))
    }

    fn behind(self, behind: &'static str) -> Self {
        Self { behind, ..self }
    }

    fn on(self, session: fn() -> Session) -> Self {
        Self { session, ..self }
    }

    fn holds(&self, key: Option<Key>, nth: usize) -> bool {
        let mut session = (self.session)();
        session.typed(self.before);
        if let Some(key) = key {
            session.editor.handle(Input::Key(key.event()), None);
            session.draw();
        }
        session.typed(self.behind);
        (self.effect)(&session, nth)
    }
}

fn cidr(session: &Session) -> String {
    let at = session.editor.ranges.selected().unwrap();
    session.now().range(at).unwrap().cidr.to_string()
}

fn at(cidr: &'static str) -> impl Fn(&Session) -> bool {
    move |session| self::cidr(session) == cidr
}

fn focus(pane: Pane) -> impl Fn(&Session) -> bool {
    move |session| session.editor.focus == pane
}

/// The column of the left border.
fn border(column: u16) -> impl Fn(&Session) -> bool {
    move |session| session.editor.sizes.column(Border::Left, session.editor.area.width) == Some(column)
}

fn wish(wish: Wish) -> impl Fn(&Session) -> bool {
    move |session| session.editor.wish.as_ref() == Some(&wish)
}

fn groups(line: &'static str) -> impl Fn(&Session) -> bool {
    move |session| session.groups().iter().any(|group| group == line)
}

/// More messages than a small screen has room for.
fn talkative() -> Session {
    let mut session = company();
    session.resize(50, 12);
    session.typed("uuuu<C-r><C-r><C-r><C-r>");
    session
}

fn one(ranges: &str, before: &str) -> Session {
    let text = format!(
        r#"{{"version": 1, "categories": [{before} {{"kind": "data-center", "name": "Data centers", "groups": [{{"name": "Carrier", "ranges": [{ranges}]}}]}}]}}"#
    );
    Session::of(&Allowlist::from_json(text.as_bytes()).unwrap())
}

/// The company as it was saved.
fn saved() -> Session {
    let offices = r#"{"kind": "corporate-network", "name": "Corporate networks", "groups": [
        {"name": "Office", "ranges": [{"cidr": "11.0.0.1"}, {"cidr": "11.0.0.2"}, {"cidr": "11.0.0.3"}]},
        {"name": "Lab", "ranges": [{"cidr": "12.0.0.0/24"}]}]},"#;
    one(r#"{"cidr": "13.0.0.0/24"}"#, offices)
}

/// A range that another of its group makes needless.
fn needless() -> Session {
    one(r#"{"cidr": "14.0.0.0/24"}, {"cidr": "14.0.0.7"}"#, "")
}

fn main_view(action: Action) -> Option<Case> {
    use Action as A;
    Some(match action {
        A::Up => Case::of("<Tab>j", at("11.0.0.1")),
        A::Down => Case::of("<Tab>", at("11.0.0.2")),
        A::PageUp | A::First => Case::of("<Tab>G", at("11.0.0.1")),
        A::PageDown | A::Last => Case::of("<Tab>", at("12.0.0.0/24")),
        A::Left => Case::of("", |session| !session.screen().contains("│    Office")),
        A::Right => Case::of("", focus(Pane::Ranges)),
        A::NextPane => Case::of("", focus(Pane::Ranges)),
        A::PreviousPane => Case::of("", focus(Pane::Preview)),
        A::Category => category(),
        A::AddRanges => Case::sees("j", "Add ranges to Office"),
        A::Import => Case::sees("", "look at it"),
        A::NewGroup => Case::sees("", "New group in Corporate networks"),
        A::NewCategory => Case::sees("", "New category"),
        A::EditSelected => Case::sees("<Tab>", "Range 11.0.0.1"),
        A::EditOutside => Case::of("", |session| matches!(session.editor.wish, Some(Wish::Outside(_)))),
        A::Delete => Case::of("<Tab>", groups("Office: 11.0.0.2 11.0.0.3")),
        A::Move => Case::sees("<Tab>", "Move 11.0.0.1 to which group?"),
        A::MoveDown => Case::of("j<Tab>", groups("Office: 11.0.0.2 11.0.0.1 11.0.0.3")),
        A::MoveUp => Case::of("j<Tab>j", groups("Office: 11.0.0.2 11.0.0.1 11.0.0.3")),
        A::Toggle => Case::of("<Tab>", |session| session.now().ranges().any(|(.., range)| !range.enabled)),
        A::Mark => Case::sees("<Tab>", "1 chosen"),
        A::MarkRun => Case::sees("<Tab>", "2 chosen").behind("j"),
        A::MarkAll => Case::sees("<Tab>", "4 chosen"),
        A::Mend => Case::sees("2<Tab>j", "Removed 14.0.0.7; u brings it back.").on(needless),
        A::Undo => Case::of("<Tab>d", groups("Office: 11.0.0.1 11.0.0.2 11.0.0.3")),
        A::Redo => Case::of("<Tab>du", groups("Office: 11.0.0.2 11.0.0.3")),
        A::Filter => Case::sees("", "Filter lab").behind("lab"),
        A::ClearFilter => Case::of("/lab<Enter>", |session| session.editor.filter.is_empty()),
        A::TestAddress => Case::sees("", "Test an address"),
        A::NextPreview => Case::sees("", "[Findings"),
        A::PreviousDocument => Case::sees("", "3 of 3: IP_").on(split),
        A::NextDocument => Case::sees("", "2 of 3: IP_").on(split),
        A::Copy => Case::sees("", "> e  4 CIDRs of Corporate networks"),
        A::Narrower => Case::of("", border(27)),
        A::Wider => Case::of("", border(31)),
        A::Mouse => Case::sees("", "The mouse is the terminal's now"),
        A::Review => Case::sees("", "0 of 5 reviewed"),
        A::Help => Case::sees("", "type to search"),
        A::Palette => Case::sees("", "Commands"),
        A::PolicySettings => Case::sees("", "max_extra_addresses"),
        A::History => Case::sees("<C-s>", "Earlier versions"),
        A::Save => Case::of("", |session| session.file("IP_Whitelist_AWS_API_Keys.json").is_some()),
        A::Quit => Case::sees("<Tab>d", "1 change is not saved"),
        A::Suspend => Case::of("", wish(Wish::Suspend)),
        A::Theme => Case::sees("", "light on dark"),
        A::Redraw => Case::of("", wish(Wish::Redraw)),
        _ => return None,
    })
}

fn review(action: Action) -> Option<Case> {
    use Action as A;
    let case = match action {
        A::Up => Case::sees("Rj", ">  12.0.0.0/24"),
        A::Down => Case::sees("R", ">  12.0.1.0/24"),
        A::PageUp | A::First => Case::sees("RG", ">  12.0.0.0/24"),
        A::PageDown | A::Last => Case::sees("R", ">  12.0.0.0/16"),
        A::Confirm => Case::sees("R", "+ 12.0.0.0/24        confirmed until 2027-05-22"),
        A::Snooze => Case::sees("R", "~ 12.0.0.0/24        snoozed until 2026-12-22"),
        A::Disable => Case::of("R", |session| {
            session.screen().contains("- 12.0.0.0/24        disabled")
                && session.screen().contains(">  12.0.1.0/24")
        }),
        A::Toggle => Case::sees("R", ">- 12.0.0.0/24        disabled"),
        A::Delete => Case::sees("R", "x 12.0.0.0/24        deleted"),
        A::Owner => Case::sees("R", "Who answers for 12.0.0.0/24"),
        A::EditSelected => Case::sees("R", "Range 12.0.0.0/24"),
        A::NextUndecided => Case::sees("Rck", ">  12.0.1.0/24"),
        A::ReviewAll => Case::sees("R", "0 of 7 reviewed"),
        A::Undo => Case::sees("Rc", "0 of 6 reviewed"),
        A::Redo => Case::sees("Rcu", "1 of 6 reviewed"),
        A::Save => Case::of("R", |session| session.file("IP_Whitelist_AWS_API_Keys.json").is_some()),
        A::Help => Case::sees("R", "type to search"),
        A::Suspend => Case::of("R", wish(Wish::Suspend)),
        A::Redraw => Case::of("R", wish(Wish::Redraw)),
        A::Leave => Case::of("R", |session| session.editor.layers.is_empty()),
        _ => return None,
    };
    Some(case.on(mixed))
}

fn category() -> Case {
    let effect = |session: &Session, nth: usize| {
        let selected = session.editor.points.selected() == Point::Category(nth);
        let refused = session.screen().contains(&format!("There is no category {}", nth + 1));
        refused || selected && session.editor.focus == Pane::Points
    };
    Case { session: saved, before: "<Tab>", behind: "", effect: Box::new(effect) }
}

fn dialog(action: Action) -> Option<Case> {
    use Action as A;
    Some(match action {
        A::Take => Case::of("AHall", groups("Hall:")),
        A::TakeAndSave => Case::of("je<C-u>Hall", |session| {
            session.file("allowlist.json").is_some_and(|text| text.contains("Hall"))
        }),
        A::Leave => Case::of("A", |session| session.editor.layers.is_empty()),
        A::NextField => {
            Case::of("je", |session| session.now().categories()[0].groups[0].note.as_str() == "x")
                .behind("x<Enter>")
        }
        A::PreviousField => {
            Case::of("je<Tab>", groups("Officex: 11.0.0.1 11.0.0.2 11.0.0.3")).behind("x<Enter>")
        }
        A::Complete => Case::of("<Tab>e<Tab><Tab>netops<Enter>je<Tab><Tab>ne", |session| {
            session.now().ranges().filter(|(.., range)| range.owner.as_str() == "netops").count() == 2
        })
        .behind("<Enter>"),
        A::NextOffer | A::PreviousOffer => {
            let owners = "<Tab>e<Tab><Tab>netops<Enter>je<Tab><Tab>netsec<Enter>je<Tab><Tab>ne";
            Case::of(owners, |session| {
                session.now().ranges().filter(|(.., range)| range.owner.as_str() == "netsec").count() == 2
            })
            .behind("<Right><Enter>")
        }
        A::TakeOffer => {
            Case::of("2ja14.0.0.1/24", groups("Carrier: 13.0.0.0/24 14.0.0.0/24")).behind("<Enter>")
        }
        A::TakeOtherOffer => {
            Case::of("2ja14.0.0.1/24", groups("Carrier: 13.0.0.0/24 14.0.0.1/32")).behind("<Enter>")
        }
        A::PutBack => Case::sees("<Tab>e<Tab>main", "Nothing was changed.").behind("<Enter>"),
        A::NewLine => Case::of("2ja14.0.0.1", groups("Carrier: 13.0.0.0/24 14.0.0.1 15.0.0.1"))
            .behind("15.0.0.1<Enter>"),
        A::Up => Case::of("/1<Down>", at("11.0.0.1")),
        A::Down => Case::of("/1", at("11.0.0.2")),
        A::PageUp | A::First => {
            Case::sees(":messages<Enter><End><PgUp>", "Done again: add 1 range to Carrier").on(talkative)
        }
        A::PageDown | A::Last => Case::sees(":messages<Enter><PgDn>", "Made the group Office").on(talkative),
        _ => return None,
    })
}

#[test]
fn every_key_of_every_row_has_its_effect() {
    let keymap = Keymap::default();
    let mut wrong = Vec::new();
    for row in TABLE {
        for context in row.contexts {
            let case = match context {
                Context::Main => main_view(row.action),
                Context::Dialog => dialog(row.action),
                Context::Review => review(row.action),
            };
            let keys = keymap.keys(*context, row.action);
            let Some(case) = case else {
                assert!(keys.is_empty(), "{} in {context} has keys and no case", row.name);
                continue;
            };
            for (nth, key) in keys.iter().enumerate() {
                if case.holds(None, nth) {
                    wrong.push(format!("{} in {context} is seen without {key}", row.name));
                }
                if !case.holds(Some(*key), nth) {
                    wrong.push(format!("{key} does not do {} in {context}", row.name));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_has_no_key_is_run_by_its_name() {
    for typed in [":wq", ":q!"] {
        let mut session = company();
        session.typed(typed);
        assert_ne!(session.editor.wish, Some(Wish::Quit));
        session.typed("<Enter>");
        assert_eq!(session.editor.wish, Some(Wish::Quit), "{typed}");
    }
    company().typed(":messages<Enter>").sees("Made the group Office");
}
