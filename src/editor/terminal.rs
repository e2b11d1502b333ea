//! The terminal: taken over at the start, and given back however the program ends: at its end, on an
//! error, on a panic, on a signal, and for a while when it is suspended.

use crate::storage::Draft;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{cursor, execute, style};
use ratatui::backend::CrosstermBackend;
use std::io::{self, BufWriter, Stdout, Write as _};
use std::sync::{Mutex, PoisonError};

/// What frames are written to: all of a frame in one write.
pub type Backend = CrosstermBackend<BufWriter<Stdout>>;

/// Whether the terminal is taken. Held while a frame is written, so that nothing is written after it has
/// been given back.
static TAKEN: Mutex<bool> = Mutex::new(false);

/// What is unsaved and where it goes should the program be ended from outside.
static UNSAVED: Mutex<Option<(Draft, String)>> = Mutex::new(None);

/// Says what is unsaved now.
pub fn keep(unsaved: Option<(Draft, String)>) {
    *UNSAVED.lock().unwrap_or_else(PoisonError::into_inner) = unsaved;
}

/// Writes what is unsaved as a draft. Errors are ignored: the program is ending, and nobody could be told.
pub fn write_draft() {
    if let Ok(unsaved) = UNSAVED.try_lock()
        && let Some((draft, json)) = &*unsaved
    {
        let _ = draft.write(json.as_bytes());
    }
}

/// The terminal while it is taken.
pub struct Terminal {
    inner: ratatui::Terminal<Backend>,
    /// Whether the terminal took a Ctrl-S for itself before it was taken over.
    pub swallowed_save: bool,
}

impl Terminal {
    /// Takes the terminal over.
    pub fn take() -> io::Result<Self> {
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            give_back();
            write_draft();
            hook(info);
        }));
        watch_signals()?;
        let swallowed_save = is_stopped();
        enter()?;
        let backend = CrosstermBackend::new(BufWriter::with_capacity(1 << 16, io::stdout()));
        let inner = ratatui::Terminal::new(backend).inspect_err(|_| give_back())?;
        Ok(Self { inner, swallowed_save })
    }

    /// Draws a frame, unless the terminal has been given back.
    pub fn draw(&mut self, draw: impl FnOnce(&mut ratatui::Frame)) -> io::Result<()> {
        let taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
        if *taken {
            self.inner.draw(draw)?;
        }
        Ok(())
    }

    /// Forgets what is on the screen, so that the next frame is drawn whole. Does not ask the terminal
    /// anything.
    pub fn forget(&mut self) -> io::Result<()> {
        let (columns, rows) = crossterm::terminal::size()?;
        self.inner.resize(ratatui::layout::Rect::new(0, 0, columns, rows))
    }

    /// Gives the terminal back, stops the program until the shell continues it, and takes it again.
    pub fn suspend(&mut self) -> io::Result<()> {
        stop_and_continue();
        self.forget()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        give_back();
    }
}

/// Whether the terminal's output is stopped. Before a program takes it, the terminal itself acts on a
/// Ctrl-S that is typed ahead: it stops the output (termios, `IXON`) and hands nothing on. Taking the
/// terminal starts the output again. Only a pseudo-terminal tells; elsewhere the answer is no.
#[cfg(unix)]
fn is_stopped() -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let out = io::stdout();
    let mut fds = [PollFd::new(&out, PollFlags::OUT)];
    let now = Timespec { tv_sec: 0, tv_nsec: 0 };
    poll(&mut fds, Some(&now)).is_ok_and(|ready| ready == 0)
}

#[cfg(not(unix))]
fn is_stopped() -> bool {
    false
}

fn enter() -> io::Result<()> {
    let mut taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
    enable_raw_mode()?;
    *taken = true;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, cursor::Hide)
}

/// Gives the terminal back. Errors are ignored: it may be gone.
fn give_back() {
    // A panic within a frame holds the lock; waiting for it would wait for ever.
    let mut taken = match TAKEN.try_lock() {
        Ok(taken) => Some(taken),
        Err(std::sync::TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
        Err(std::sync::TryLockError::WouldBlock) => None,
    };
    if taken.as_deref() == Some(&false) {
        return;
    }
    if let Some(taken) = taken.as_deref_mut() {
        *taken = false;
    }
    let mut out = io::stdout();
    let _ = execute!(out, DisableBracketedPaste, style::ResetColor, LeaveAlternateScreen, cursor::Show);
    let _ = out.flush();
    let _ = disable_raw_mode();
}

#[cfg(unix)]
fn stop_and_continue() {
    give_back();
    let _ = signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP);
    let _ = enter();
}

#[cfg(not(unix))]
fn stop_and_continue() {}

/// A thread that gives the terminal back before a signal ends or stops the program. A flag that the event
/// loop looks at would not do: where the terminal is gone, the loop may wait for it.
#[cfg(unix)]
fn watch_signals() -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP])?;
    let watch = move || {
        for signal in signals.forever() {
            if signal == SIGTSTP {
                stop_and_continue();
                // The event loop takes a change of the size for the wish to draw everything.
                let _ = signal_hook::low_level::raise(signal_hook::consts::SIGWINCH);
                continue;
            }
            write_draft();
            give_back();
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    };
    std::thread::Builder::new().name("signals".to_owned()).spawn(watch).map(drop)
}

#[cfg(not(unix))]
fn watch_signals() -> io::Result<()> {
    Ok(())
}
