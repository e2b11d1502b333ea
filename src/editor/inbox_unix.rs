//! The inbox where terminals are files: `poll` on the terminal and on the bell (the crate `filedescriptor`,
//! since the `poll` of macOS does not know terminals).

use super::{Event, input};
use crate::editor::pointer::Clicks;
use crate::editor::state::Input;
use crossterm::event;
use filedescriptor::{POLLERR, POLLHUP, POLLIN, poll, pollfd};
use std::io::{self, Read as _, Write as _};
use std::os::fd::AsRawFd;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};
use std::time::{Duration, Instant};

/// How long crossterm is to look for more input. Not zero, since its level-triggered source (its feature
/// `use-dev-tty`) looks at nothing then; its edge-triggered one leaves the rest of a long paste unread.
const A_LOOK: Duration = Duration::from_micros(2);

/// How many looks in a row have to find nothing. One may have had no time: where the thread is interrupted
/// before it, [`A_LOOK`] is over when it begins. What is left in crossterm's own buffer wakes nobody.
const EMPTY_LOOKS: usize = 2;

/// Wakes who waits.
#[derive(Clone)]
pub struct Bell(Arc<UnixStream>);

/// The terminal, and the bell's other end.
pub struct Terminal {
    bell: UnixStream,
    clicks: Clicks,
}

/// The bell, and what it wakes. A change of the size rings it too.
pub fn open(_: &Sender<Event>) -> io::Result<(Bell, Terminal)> {
    let (bell, rung) = UnixStream::pair()?;
    bell.set_nonblocking(true)?;
    rung.set_nonblocking(true)?;
    // Starts crossterm's source, which has to hear of a change of the size before the bell rings: actions of
    // a signal run in the order in which they were registered (signal-hook-registry, `VecMap`).
    event::poll(Duration::ZERO)?;
    signal_hook::low_level::pipe::register(signal_hook::consts::SIGWINCH, bell.try_clone()?)?;
    Ok((Bell(Arc::new(bell)), Terminal { bell: rung, clicks: Clicks::default() }))
}

impl Bell {
    /// Rings. Where it has been rung so often that no more fits, it will be heard.
    pub fn ring(&self) {
        let _ = (&*self.0).write(&[0]);
    }
}

impl Terminal {
    pub(super) fn next(
        &mut self,
        events: &Receiver<Event>,
        patience: Option<Duration>,
    ) -> io::Result<Option<Event>> {
        let until = patience.map(|patience| Instant::now() + patience);
        loop {
            if let Ok(event) = events.try_recv() {
                return Ok(Some(event));
            }
            let left = until.map(|until| until.saturating_duration_since(Instant::now()));
            if !self.wait(left)? {
                return Ok(None);
            }
            let typed = read(&mut self.clicks)?;
            if !typed.is_empty() {
                return Ok(Some(Event::Typed(typed)));
            }
        }
    }

    /// Waits until there is something to look at; false where there is nothing for so long.
    fn wait(&mut self, patience: Option<Duration>) -> io::Result<bool> {
        // What is left of a millisecond is waited for too, or it would be waited for by looking again.
        let patience = patience.map(|patience| patience + Duration::from_micros(999));
        let mut fds = [readable(&io::stdin()), readable(&self.bell)];
        let ready = match poll(&mut fds, patience) {
            Ok(ready) => ready > 0,
            // A signal: crossterm may know more.
            Err(filedescriptor::Error::Poll(error)) if error.kind() == io::ErrorKind::Interrupted => true,
            Err(error) => return Err(io::Error::other(error)),
        };
        if fds[1].revents & POLLIN != 0 {
            // Until nothing is left, which is an error here.
            while self.bell.read(&mut [0; 64]).is_ok_and(|count| count > 0) {}
        }
        if fds[0].revents & (POLLHUP | POLLERR) != 0 {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "it is gone"));
        }
        Ok(ready)
    }
}

fn readable(file: &impl AsRawFd) -> pollfd {
    pollfd { fd: file.as_raw_fd(), events: POLLIN, revents: 0 }
}

/// Reads what was typed, all that is there.
fn read(clicks: &mut Clicks) -> io::Result<Vec<Input>> {
    let mut typed = Vec::new();
    let mut empty = 0;
    while empty < EMPTY_LOOKS {
        if event::poll(A_LOOK)? {
            typed.extend(input(event::read()?, clicks));
            empty = 0;
        } else {
            empty += 1;
        }
    }
    Ok(typed)
}
