//! What somebody, or nobody in their senses, does: random keys, texts, pastes and sizes, in words that can be read
//! and typed again where one of them breaks something.

use super::starts::Start;
use super::{Session, frame, parse};
use crate::allowlist::Allowlist;
use crate::editor::keymap::{Keymap, TABLE};
use crate::editor::reviewer::Request;
use crate::editor::state::{Input, Wish};
use crate::editor::trace;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use proptest::prelude::*;
use proptest::sample::select;
use std::fmt;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};

/// Texts that are typed: for every field one that is right, and what is wide, joined, long or wrong.
const TEXTS: [&str; 16] = [
    "Office",
    "11.0.0.1",
    "11.0.0.9/24 # label",
    "東京支社",
    "👨\u{200d}👩\u{200d}👧🇯🇵",
    "e\u{301}\u{301}",
    "ｶﾞ",
    "+6m",
    "2027-05-22",
    "netops",
    "203.0.114.9",
    "true",
    "arn:aws:iam::111122223333:role/ci",
    "w",
    "a - b",
    "  ",
];

/// Texts that are pasted.
const PASTES: [&str; 9] = [
    "11.0.0.0/24 # first\r\n12.0.0.1\n\n13.0.0.9/24\n",
    "2001:db9::/32,2001:db9::1;198.51.100.7\t198.51.100.8",
    r#"{"NatGateways": [{"NatGatewayId": "nat-1", "State": "available", "ConnectivityType": "public", "VpcId": "vpc-1", "NatGatewayAddresses": [{"PublicIp": "52.0.0.1", "Status": "succeeded"}]}]}"#,
    r#"{"prefixes": [{"ip_prefix": "3.5.140.0/22", "region": "ap-northeast-2", "service": "EC2"}]}"#,
    "{\"a\": 1, \"a\": 2}",
    "\u{1b}[2J\u{1b}]0;title\u{7}\u{9b}31m\u{202e}desrever\u{200b}\u{feff}\r\n\0",
    "東京支社東京支社東京支社東京支社東京支社東京支社東京支社東京支社東京支社東京支社東京支社東京支社東京支社東京支社東京支社",
    "👨\u{200d}👩\u{200d}👧\u{301}\u{200c}\u{ad}\u{5d0}\u{5d1}\u{627}\u{644}",
    "",
];

/// Sequences that lead into what random keys seldom find.
const WAYS: [&str; 31] = [
    "R",
    "Rcsd n",
    "RaGc<PgUp>d",
    "Ra<Down>o",
    "Ra<Down>e",
    "AOffice<Enter>",
    "a11.0.0.1<Enter>",
    "a",
    "A",
    "C",
    "P",
    "t",
    "I",
    "?",
    ":",
    ":messages<Enter>",
    "<C-s>:history<Enter>",
    "H<Down><Enter>",
    "/",
    "/o<Enter>",
    "<Tab>e",
    "<Tab>X",
    "<Tab>Xe",
    "<Tab>m",
    "<Tab>d",
    "pp",
    "q",
    "1j",
    ":import /nonexistent<Enter>",
    "<Tab><Tab>p",
    "<Esc><Esc><Esc><Esc>",
];

/// Keys that mean something in dialogs.
const DIALOG_KEYS: &str = "<Enter><Enter><Esc><Esc><Tab><BTab><Up><Down><Left><Right><PgUp><PgDn><Home><End><BS><Del><C-w><C-u><C-k><C-t><C-y><C-o><C-n><C-p><C-a><C-e><C-s>ynsbrdfmt jk東0.#";

/// One thing that is done; a frame follows it.
#[derive(Clone)]
pub enum Step {
    /// Keys that came together.
    Keys(Vec<KeyEvent>),
    /// A paste.
    Paste(String),
    /// Another size, columns and rows.
    Resize(u16, u16),
    /// The review that was asked for last is done.
    Reviewed,
    /// Somebody else saves another list.
    Disk,
}

/// A session from its start to its end.
#[derive(Clone)]
pub struct Script {
    /// What it begins with.
    pub start: Start,
    /// The size that it begins with.
    pub size: (u16, u16),
    /// What is done.
    pub steps: Vec<Step>,
}

impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Keys(keys) => write!(f, "{}", keys.iter().map(spelled).collect::<String>()),
            Self::Paste(text) => write!(f, "paste {text:?}"),
            Self::Resize(columns, rows) => write!(f, "resize {columns}x{rows}"),
            Self::Reviewed => f.write_str("reviewed"),
            Self::Disk => f.write_str("saved by somebody else"),
        }
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} at {}x{}: {:?}", self.start, self.size.0, self.size.1, self.steps)
    }
}

/// A key as [`parse`] reads it.
fn spelled(key: &KeyEvent) -> String {
    match key.code {
        KeyCode::Char('<') => "<Lt>".to_owned(),
        KeyCode::Char(c) if key.modifiers.contains(KeyModifiers::CONTROL) => format!("<C-{c}>"),
        KeyCode::Char(c) => c.to_string(),
        KeyCode::Backspace => "<BS>".to_owned(),
        KeyCode::BackTab => "<BTab>".to_owned(),
        KeyCode::PageUp => "<PgUp>".to_owned(),
        KeyCode::PageDown => "<PgDn>".to_owned(),
        KeyCode::Delete => "<Del>".to_owned(),
        code => format!("<{code}>"),
    }
}

/// Every key of the key table, as far as they are typed one by one.
fn table_keys() -> Vec<KeyEvent> {
    let keymap = Keymap::default();
    let rows = TABLE.iter().flat_map(|row| row.contexts.iter().map(move |context| (*context, row.action)));
    rows.flat_map(|(context, action)| keymap.keys(context, action)).map(|key| key.event()).collect()
}

fn size() -> impl Strategy<Value = (u16, u16)> {
    prop_oneof![
        6 => (50u16..=130, 12u16..=30),
        2 => (50u16..=70, 12u16..=16),
        1 => (50u16..=300, 12u16..=100),
        1 => (0u16..=60, 0u16..=14),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let one = |keys: Vec<KeyEvent>| proptest::collection::vec(select(keys), 1..10).prop_map(Step::Keys);
    let typed = |texts: Vec<&'static str>| select(texts).prop_map(|text| Step::Keys(parse(text)));
    prop_oneof![
        8 => one(table_keys()),
        10 => one(parse(DIALOG_KEYS)),
        5 => typed(WAYS.into()),
        4 => typed(TEXTS.into()),
        2 => select(&PASTES[..]).prop_map(|text| Step::Paste(text.to_owned())),
        2 => size().prop_map(|(columns, rows)| Step::Resize(columns, rows)),
        1 => Just(Step::Reviewed),
        1 => Just(Step::Disk),
    ]
}

/// Any script of so many steps at most.
pub fn scripts(starts: &'static [Start], steps: usize) -> impl Strategy<Value = Script> {
    let steps = proptest::collection::vec(step(), 1..=steps);
    (select(starts), size(), steps).prop_map(|(start, size, steps)| Script { start, size, steps })
}

/// A session in which a script is played.
struct Play {
    session: Session,
    /// What the reviewer of large lists was asked for.
    asked: Receiver<Request>,
    /// The allowlist that undoing everything leads back to.
    origin: Arc<Allowlist>,
    keys: usize,
}

/// Plays a script and checks every frame, and at the end that all can be undone and left. Returns how many keys
/// were typed.
pub fn play(script: &Script) -> Result<usize, String> {
    let (ask, asked) = mpsc::channel();
    let session = script.start.session(ask);
    let origin = session.editor.document.snapshot();
    let mut play = Play { session, asked, origin, keys: 0 };
    play.step(&Step::Resize(script.size.0, script.size.1))?;
    for step in &script.steps {
        play.step(step).map_err(|error| format!("{error}\nbehind {step:?}:\n{}", play.session.screen()))?;
    }
    play.leave().map_err(|error| format!("{error}, at the end:\n{}", play.session.screen()))?;
    Ok(play.keys)
}

impl Play {
    fn step(&mut self, step: &Step) -> Result<(), String> {
        match step {
            Step::Keys(keys) => keys.iter().for_each(|key| self.key(*key)),
            Step::Paste(text) => self.session.editor.handle(Input::Paste(text.clone()), None),
            Step::Resize(columns, rows) => self.session.set_size(*columns, *rows),
            Step::Reviewed => {
                if let Some(request) = self.asked.try_iter().last() {
                    self.session.editor.document.take(request.review());
                }
            }
            Step::Disk => self.saved_by_somebody_else(),
        }
        self.session.draw();
        self.remember_origin();
        frame::check(&self.session)
    }

    fn key(&mut self, key: KeyEvent) {
        // A copy that `:w PATH` saves would be left in the folder that the tests run in.
        let drawn = trace::last();
        let commands = drawn.boxes.last().is_some_and(|(title, _)| title == " Commands ");
        if commands
            && key.code == KeyCode::Enter
            && drawn.field.is_some_and(|field| field.line.contains("w ") || field.line.contains("write "))
        {
            return;
        }
        self.keys += 1;
        self.session.editor.handle(Input::Key(key), None);
        self.session.editor.work_off();
        self.session.editor.wish = None;
        self.remember_origin();
        if commands || key.code == KeyCode::Char(':') {
            self.session.draw();
        }
    }

    /// A starter or a draft that was chosen is where everything begins.
    fn remember_origin(&mut self) {
        let document = &self.session.editor.document;
        if document.next_undo().is_none() && document.next_redo().is_none() {
            self.origin = document.snapshot();
        }
    }

    fn saved_by_somebody_else(&mut self) {
        let path = &self.session.editor.document.paths.allowlist;
        // Theirs is what stands there with one word changed.
        let Ok(text) = std::fs::read_to_string(path) else { return };
        let theirs = text.replacen("\"name\": \"", "\"name\": \"x", 1);
        if Allowlist::from_json(theirs.as_bytes()).is_ok() {
            std::fs::write(path, theirs).unwrap();
            self.session.editor.disk_has_changed();
        }
    }

    /// Four times Esc lead to the main view; from there q asks or quits, undo leads back to the start, and the
    /// file form of what is there reads back as the same.
    fn leave(&mut self) -> Result<(), String> {
        let again = Allowlist::from_json(self.session.now().to_json().as_bytes());
        if again.as_ref().ok() != Some(self.session.now()) {
            return Err(format!("what was made does not read back: {again:?}"));
        }
        self.step(&Step::Resize(80, 24))?;
        // Each of them takes one Esc more.
        self.session.editor.messages.read_all();
        self.step(&Step::Keys(parse("<Esc><Esc><Esc><Esc>")))?;
        if !self.session.editor.layers.is_empty() {
            return Err("a dialog is still there behind four times Esc".to_owned());
        }
        let document = &mut self.session.editor.document;
        while document.undo().is_some() {}
        if *document.allowlist() != *self.origin {
            return Err("undoing everything does not lead back to the start".to_owned());
        }
        self.session.draw();
        frame::check(&self.session)?;
        self.session.editor.handle(Input::Key(KeyEvent::new(KeyCode::Char('q'), KeyModifiers::NONE)), None);
        self.session.draw();
        let quits = self.session.editor.wish == Some(Wish::Quit);
        if !quits && !self.session.screen().contains("Quit?") {
            return Err("q neither asks nor quits".to_owned());
        }
        Ok(())
    }
}
