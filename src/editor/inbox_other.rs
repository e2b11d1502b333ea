//! The inbox elsewhere: a thread reads the terminal and sends what was typed like everybody else.

use super::{Event, input};
use crate::editor::pointer::Clicks;
use crossterm::event;
use std::io;
use std::sync::mpsc::{Receiver, Sender};
use std::time::Duration;

/// Needs nothing: who waits, waits for what is sent.
#[derive(Clone)]
pub struct Bell;

/// The terminal, which the thread reads.
pub struct Terminal;

/// Starts the thread.
pub fn open(events: &Sender<Event>) -> io::Result<(Bell, Terminal)> {
    let events = events.clone();
    let work = move || {
        let mut clicks = Clicks::default();
        loop {
            let read = read(&mut clicks);
            let ends = read.is_err();
            if events.send(read.map_or_else(Event::Failed, Event::Typed)).is_err() || ends {
                return;
            }
        }
    };
    std::thread::Builder::new().name("terminal".to_owned()).spawn(work)?;
    Ok((Bell, Terminal))
}

impl Bell {
    pub fn ring(&self) {}
}

impl Terminal {
    pub(super) fn next(
        &mut self,
        events: &Receiver<Event>,
        patience: Option<Duration>,
    ) -> io::Result<Option<Event>> {
        let event = match patience {
            Some(patience) => events.recv_timeout(patience).ok(),
            None => events.recv().ok(),
        };
        match event {
            Some(Event::Failed(error)) => Err(error),
            event => Ok(event),
        }
    }
}

/// Waits for input and takes all that there is.
fn read(clicks: &mut Clicks) -> io::Result<Vec<super::Input>> {
    let mut typed = Vec::new();
    // Motion without a button is nothing, and wakes nobody.
    while typed.is_empty() || event::poll(Duration::ZERO)? {
        typed.extend(input(event::read()?, clicks));
    }
    Ok(typed)
}
