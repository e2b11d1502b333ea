//! The inbox where terminals are files: `poll` on the terminal and on the bell (the crate `filedescriptor`,
//! since the `poll` of macOS does not know terminals).

use super::{Event, input};
use crate::editor::pointer::Clicks;
use crate::editor::state::Input;
use crate::editor::typed;
use filedescriptor::{POLLERR, POLLHUP, POLLIN, poll, pollfd};
use std::io::{self, Read as _, Write as _};
use std::mem::MaybeUninit;
use std::os::fd::AsRawFd;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender};
use std::time::{Duration, Instant};
use termina::Parser;

/// How much is read at once: what a terminal of Linux has at most (n_tty, `N_TTY_BUF_SIZE`).
const PIECE: usize = 4096;

/// Wakes who waits.
#[derive(Clone)]
pub struct Bell(Arc<UnixStream>);

/// The terminal, and the bell's other end.
pub struct Terminal {
    bell: UnixStream,
    /// Whether the size has changed.
    resized: Arc<AtomicBool>,
    parser: Parser,
    clicks: Clicks,
    /// Whether the last look took all that was there, so that another at once would be for nothing.
    drained: bool,
}

/// The bell, and what it wakes. A change of the size rings it too.
pub fn open(_: &Sender<Event>) -> io::Result<(Bell, Terminal)> {
    let (bell, rung) = UnixStream::pair()?;
    bell.set_nonblocking(true)?;
    rung.set_nonblocking(true)?;
    let resized = Arc::new(AtomicBool::new(false));
    // The flag before the bell: actions of a signal run in the order in which they were registered
    // (signal-hook-registry, `VecMap`).
    signal_hook::flag::register(signal_hook::consts::SIGWINCH, Arc::clone(&resized))?;
    signal_hook::low_level::pipe::register(signal_hook::consts::SIGWINCH, bell.try_clone()?)?;
    let (parser, clicks) = (Parser::default(), Clicks::default());
    let terminal = Terminal { bell: rung, resized, parser, clicks, drained: false };
    Ok((Bell(Arc::new(bell)), terminal))
}

impl Bell {
    /// Rings. Where it has been rung so often that no more fits, it will be heard.
    pub fn ring(&self) {
        let _ = (&*self.0).write(&[0]);
    }
}

/// Of what there is something.
#[derive(Clone, Copy)]
struct Ready {
    anything: bool,
    keys: bool,
}

impl Terminal {
    pub(super) fn next(
        &mut self,
        events: &Receiver<Event>,
        patience: Option<Duration>,
    ) -> io::Result<Option<Event>> {
        let was_drained = std::mem::take(&mut self.drained);
        let until = patience.map(|patience| Instant::now() + patience);
        loop {
            if let Ok(event) = events.try_recv() {
                return Ok(Some(event));
            }
            if was_drained && patience == Some(Duration::ZERO) {
                return Ok(None);
            }
            let left = until.map(|until| until.saturating_duration_since(Instant::now()));
            let ready = self.wait(left)?;
            if !ready.anything {
                return Ok(None);
            }
            let mut typed = if ready.keys { self.read()? } else { Vec::new() };
            if self.resized.swap(false, Ordering::Relaxed) {
                typed.push(Input::Resize);
            }
            if !typed.is_empty() {
                return Ok(Some(Event::Typed(typed)));
            }
        }
    }

    /// Waits until there is something to look at, or for so long.
    fn wait(&mut self, patience: Option<Duration>) -> io::Result<Ready> {
        // What is left of a millisecond is waited for too, or it would be waited for by looking again.
        let patience = patience.map(|patience| patience + Duration::from_micros(999));
        let mut fds = [readable(&io::stdin()), readable(&self.bell)];
        let anything = match poll(&mut fds, patience) {
            Ok(ready) => ready > 0,
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
        Ok(Ready { anything, keys: fds[0].revents & POLLIN != 0 })
    }

    /// Reads what was typed, all that is there.
    fn read(&mut self) -> io::Result<Vec<Input>> {
        // Not filled with zeros first: that would take longer than to read a key.
        let (mut piece, mut typed) = ([MaybeUninit::uninit(); PIECE], Vec::new());
        loop {
            let read: &[u8] = match rustix::io::read(io::stdin(), &mut piece[..]) {
                Ok((read, _)) => read,
                Err(rustix::io::Errno::INTR) => continue,
                Err(rustix::io::Errno::AGAIN) => &[],
                Err(error) => return Err(error.into()),
            };
            // An Esc is a key only where nothing follows it. The terminal never waits (`VMIN`), so where
            // nothing follows, this is seen at once.
            let ends = read.len() < PIECE && read.last() != Some(&0x1b);
            self.parser.parse(read, !ends && !read.is_empty());
            while let Some(event) = self.parser.pop() {
                typed.extend(typed::event(event).and_then(|event| input(event, &mut self.clicks)));
            }
            if ends || read.is_empty() {
                self.drained = true;
                return Ok(typed);
            }
        }
    }
}

fn readable(file: &impl AsRawFd) -> pollfd {
    pollfd { fd: file.as_raw_fd(), events: POLLIN, revents: 0 }
}
