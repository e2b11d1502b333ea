//! What comes in for the event loop, in one thread: it waits for the terminal and for a bell that whoever
//! sends something rings.
//!
//! The terminal is read where it is waited for, so a key goes through no other thread, and while another
//! program has the terminal nothing here reads it.

use super::pointer::Clicks;
use super::reviewer::Reviewed;
use super::state::Input;
use crossterm::event::{self, KeyEventKind};
use std::io;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

#[cfg(not(unix))]
#[path = "inbox_other.rs"]
mod system;
#[cfg(unix)]
#[path = "inbox_unix.rs"]
mod system;

/// What the loop waits for.
#[derive(Debug)]
pub enum Event {
    /// This was typed or pasted, all that was there.
    Typed(Vec<Input>),
    /// Something was done beside the loop, and is to be shown.
    Done,
    /// A review is done.
    Reviewed(Box<Reviewed>),
    /// Something has changed in the folder of the allowlist.
    Disk,
    /// The terminal can be read no more.
    #[cfg(not(unix))]
    Failed(io::Error),
}

/// Where events are waited for.
pub struct Inbox {
    events: Receiver<Event>,
    terminal: system::Terminal,
}

/// Where events are sent to.
#[derive(Clone)]
pub struct Outbox {
    events: mpsc::Sender<Event>,
    bell: system::Bell,
}

/// An inbox, and what sends to it. The terminal is taken over already.
pub fn open() -> io::Result<(Outbox, Inbox)> {
    let (send, events) = mpsc::channel();
    let (bell, terminal) = system::open(&send)?;
    Ok((Outbox { events: send, bell }, Inbox { events, terminal }))
}

impl Outbox {
    /// Sends; where nobody waits any more, nobody needs it.
    pub fn send(&self, event: Event) {
        if self.events.send(event).is_ok() {
            self.bell.ring();
        }
    }
}

/// What crossterm has read, as far as it is ours.
fn input(event: event::Event, clicks: &mut Clicks) -> Option<Input> {
    match event {
        event::Event::Key(key) if key.kind == KeyEventKind::Press => Some(Input::Key(key)),
        event::Event::Paste(text) => Some(Input::Paste(text)),
        event::Event::Mouse(mouse) => clicks.gesture(&mouse, Instant::now()).map(Input::Mouse),
        event::Event::Resize(..) => Some(Input::Resize),
        _ => None,
    }
}

impl Inbox {
    /// The next event; `None` where there is none for so long, or `patience` is none and it was woken for
    /// nothing.
    pub fn next(&mut self, patience: Option<Duration>) -> io::Result<Option<Event>> {
        self.terminal.next(&self.events, patience)
    }
}
