//! The loop: wait for input, take all that is there, act on each, draw once.
//!
//! Everything comes in through one channel: what is typed, from a thread that reads the terminal; reviews;
//! that something has changed on disk. The loop waits for nothing else.

use super::EditorError;
use super::reviewer::Reviewed;
use super::state::{Editor, Input, Tone, Wish};
use super::terminal::Terminal;
use super::view;
use crossterm::event::{self, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use std::collections::VecDeque;
use std::io;
use std::sync::mpsc::{Receiver, Sender};
use std::time::{Duration, Instant};

/// What the loop waits for.
#[derive(Debug)]
pub enum Event {
    /// This was typed or pasted, all that was there.
    Typed(Vec<Input>),
    /// The terminal can be read no more.
    Failed(io::Error),
    /// A review is done.
    Reviewed(Box<Reviewed>),
    /// Something has changed in the folder of the allowlist.
    Disk,
}

/// How long to wait for the rest of a paste that a terminal without bracketed paste sends in pieces. Only
/// waited behind an Enter that came together with other keys, faster than anybody types.
const REST_OF_PASTE: Duration = Duration::from_millis(15);

/// How long to look for more input. Not zero: crossterm's level-triggered source (its feature
/// `use-dev-tty`) looks at nothing then. The edge-triggered one leaves the rest of a long paste unread.
const A_LOOK: Duration = Duration::from_micros(5);

/// How long a frame after an edit waits for its review, so that marks do not flicker.
const GRACE: Duration = Duration::from_millis(4);

/// After how long it is said that the allowlist is being checked.
const LONG: Duration = Duration::from_millis(100);

/// Reads the terminal in a thread, for the loop.
pub fn read_terminal(events: Sender<Event>) -> io::Result<()> {
    let work = move || {
        loop {
            let read = read_typed();
            let ends = read.is_err();
            if events.send(read.unwrap_or_else(Event::Failed)).is_err() || ends {
                return;
            }
        }
    };
    std::thread::Builder::new().name("terminal".to_owned()).spawn(work).map(drop)
}

/// Waits for input and takes all that there is.
fn read_typed() -> io::Result<Event> {
    let mut typed = Vec::new();
    typed.extend(input(event::read()?));
    while event::poll(A_LOOK)? {
        typed.extend(input(event::read()?));
    }
    Ok(Event::Typed(typed))
}

/// Runs until the user quits. Without input nothing is done and nothing written.
pub fn run(editor: &mut Editor, screen: &mut Terminal, events: &Receiver<Event>) -> Result<(), EditorError> {
    let mut queue = VecDeque::new();
    let mut drawn = false;
    loop {
        if drawn {
            give_grace(editor, events, &mut queue)?;
        }
        draw(editor, screen)?;
        drawn = true;
        wait(editor, events, &mut queue)?;
        if !queue.is_empty() && std::mem::take(&mut screen.swallowed_save) {
            give_back_save(&mut queue);
        }
        let mut resized = false;
        while let Some(input) = queue.pop_front() {
            resized |= input == Input::Resize;
            editor.handle(input, queue.front());
            match editor.wish.take() {
                Some(Wish::Quit) => {
                    editor.give_up_draft();
                    return Ok(());
                }
                Some(Wish::Suspend) => screen.suspend().map_err(EditorError::Terminal)?,
                Some(Wish::Redraw) => resized = true,
                Some(Wish::Copy(text)) => {
                    if let Err(error) = screen.copy(&text) {
                        editor.say(Tone::Error, format!("The terminal's clipboard: {error}"));
                    }
                }
                None => {}
            }
        }
        editor.keep_draft();
        if resized {
            screen.forget().map_err(EditorError::Terminal)?;
        }
    }
}

fn draw(editor: &mut Editor, terminal: &mut Terminal) -> Result<(), EditorError> {
    terminal
        .draw(|frame| {
            editor.refresh(frame.area());
            view::draw(frame, editor);
        })
        .map_err(EditorError::Terminal)
}

/// Waits a little for the review of an edit.
fn give_grace(
    editor: &mut Editor,
    events: &Receiver<Event>,
    queue: &mut VecDeque<Input>,
) -> Result<(), EditorError> {
    if !editor.document.refresh() {
        return Ok(());
    }
    let until = Instant::now() + GRACE;
    while !editor.document.is_reviewed() {
        let left = until.saturating_duration_since(Instant::now());
        let Ok(event) = events.recv_timeout(left) else { break };
        take(event, editor, queue)?;
    }
    Ok(())
}

/// Waits for something to act on, and takes all that there is.
fn wait(
    editor: &mut Editor,
    events: &Receiver<Event>,
    queue: &mut VecDeque<Input>,
) -> Result<(), EditorError> {
    if queue.is_empty() {
        let document = &editor.document;
        let first = if document.is_reviewed() || document.says_checking() {
            events.recv().ok()
        } else {
            events.recv_timeout(LONG).ok()
        };
        match first {
            Some(event) => take(event, editor, queue)?,
            None => editor.document.say_checking(),
        }
    }
    loop {
        let wait = if is_cut_paste(queue) { REST_OF_PASTE } else { Duration::ZERO };
        match events.recv_timeout(wait) {
            Ok(event) => take(event, editor, queue)?,
            Err(_) => return Ok(()),
        }
    }
}

fn take(event: Event, editor: &mut Editor, queue: &mut VecDeque<Input>) -> Result<(), EditorError> {
    match event {
        Event::Typed(typed) => queue.extend(typed),
        Event::Failed(error) => return Err(EditorError::Terminal(error)),
        Event::Reviewed(reviewed) => editor.document.take(*reviewed),
        Event::Disk => editor.disk_has_changed(),
    }
    Ok(())
}

/// Puts the Ctrl-S that the terminal swallowed into what was typed ahead: at the end, but before a last
/// `q`, because nobody saves after quitting.
fn give_back_save(queue: &mut VecDeque<Input>) {
    let key = |code, modifiers| Input::Key(KeyEvent::new(code, modifiers));
    let quits = queue.back() == Some(&key(KeyCode::Char('q'), KeyModifiers::NONE));
    let at = queue.len() - usize::from(quits);
    queue.insert(at, key(KeyCode::Char('s'), KeyModifiers::CONTROL));
}

fn input(event: event::Event) -> Option<Input> {
    match event {
        event::Event::Key(key) if key.kind == KeyEventKind::Press => Some(Input::Key(key)),
        event::Event::Paste(text) => Some(Input::Paste(text)),
        event::Event::Resize(..) => Some(Input::Resize),
        _ => None,
    }
}

/// Whether the queue ends with an Enter that came with other keys before it.
fn is_cut_paste(queue: &VecDeque<Input>) -> bool {
    let is_enter = |input: &Input| matches!(input, Input::Key(key) if key.code == KeyCode::Enter || key.code == KeyCode::Char('j') && !key.modifiers.is_empty());
    queue.len() > 1 && queue.back().is_some_and(is_enter)
}
