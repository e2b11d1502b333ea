//! The terminal: taken over at the start, and given back however the program ends: at its end, on an
//! error, on a panic, on a signal, and for a while when it is suspended.

use super::canvas::{Canvas, Frame};
use super::keeper::Keeper;
use super::look::{Look, show};
use super::pointer::{LeaveMouse, TakeMouse};
use super::screen::Screen;
use super::state::Editor;
use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{cursor, execute, style};
use ratatui::layout::Size;
use std::cell::Cell;
use std::io::{self, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::{Duration, Instant};

/// Whether the terminal is taken. Held while a frame is written, so that nothing is written after it has
/// been given back.
static TAKEN: Mutex<bool> = Mutex::new(false);

/// Whether the mouse is taken with the terminal.
static MOUSE: AtomicBool = AtomicBool::new(false);

thread_local! {
    /// Whether this thread is within a frame.
    static DRAWING: Cell<bool> = const { Cell::new(false) };
}

/// Where frames are written to. Nothing is gained by another buffer that looks for the ends of lines.
#[cfg(unix)]
type Out = std::fs::File;
#[cfg(not(unix))]
type Out = io::Stdout;

#[cfg(unix)]
fn out() -> io::Result<Out> {
    use std::os::fd::AsFd as _;
    Ok(io::stdout().as_fd().try_clone_to_owned()?.into())
}

#[cfg(not(unix))]
fn out() -> io::Result<Out> {
    Ok(io::stdout())
}

/// The terminal while it is taken.
pub struct Terminal {
    inner: Canvas<Screen<Out>>,
    /// What the last frame was made of.
    look: Option<Look>,
    mouse: bool,
    /// Whether the terminal took a Ctrl-S for itself before it was taken over.
    pub swallowed_save: bool,
}

impl Terminal {
    /// Takes the terminal over. Whatever ends the program, `keeper` writes what is unsaved.
    pub fn take(keeper: &Arc<Keeper>) -> io::Result<Self> {
        let hook = std::panic::take_hook();
        let at_panic = Arc::clone(keeper);
        std::panic::set_hook(Box::new(move |info| {
            give_back();
            at_panic.settle();
            hook(info);
            // In another thread a panic would leave a program that does nothing any more. 101 is what a
            // panic ends with.
            std::process::exit(101);
        }));
        watch_signals(Arc::clone(keeper))?;
        let swallowed_save = is_stopped();
        enter().inspect_err(|_| give_back())?;
        let (size, out) = size().and_then(|size| Ok((size, out()?))).inspect_err(|_| give_back())?;
        let inner = Canvas::new(Screen::new(out, size), (size.width, size.height));
        Ok(Self { inner, look: None, mouse: false, swallowed_save })
    }

    /// Draws a frame, unless the terminal has been given back.
    pub fn draw(&mut self, draw: impl FnOnce(&mut Frame)) -> io::Result<()> {
        self.look = None;
        while_taken(|| self.inner.draw(draw))
    }

    /// Draws what there is to see of the editor, as far as it is another than on the last frame, unless the
    /// terminal has been given back.
    pub fn show(&mut self, editor: &mut Editor) -> io::Result<()> {
        while_taken(|| show(&mut self.inner, editor, &mut self.look))
    }

    /// Sends a text to the terminal's clipboard (OSC 52), unless the terminal has been given back. Whether
    /// the terminal takes it, it does not say.
    pub fn copy(&self, text: &str) -> io::Result<()> {
        let taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
        if *taken { execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text)) } else { Ok(()) }
    }

    /// Takes the mouse, or leaves it to the terminal, unless that is so already.
    pub fn set_mouse(&mut self, on: bool) -> io::Result<()> {
        if self.mouse == on {
            return Ok(());
        }
        self.mouse = on;
        let taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
        MOUSE.store(on, Ordering::Relaxed);
        match *taken {
            true if on => execute!(io::stdout(), TakeMouse),
            true => execute!(io::stdout(), LeaveMouse),
            // It is set when the terminal is taken again.
            false => Ok(()),
        }
    }

    /// Forgets what is on the screen, so that the next frame is drawn whole. Does not ask the terminal
    /// anything.
    pub fn forget(&mut self) -> io::Result<()> {
        let size = size()?;
        self.inner.backend_mut().renew(size);
        self.inner.forget((size.width, size.height));
        self.look = None;
        Ok(())
    }

    /// Gives the terminal back, stops the program until the shell continues it, and takes it again.
    pub fn suspend(&mut self) -> io::Result<()> {
        stop_and_continue();
        self.forget()
    }
}

/// Draws, unless the terminal has been given back.
fn while_taken(draw: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
    let taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
    if !*taken {
        return Ok(());
    }
    DRAWING.set(true);
    let drawn = draw();
    DRAWING.set(false);
    drawn
}

/// Who has the terminal while it is lent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lent {
    No,
    Yes,
    /// Until then. What the keys sent at the very end may be heard of only now.
    Until(Instant),
}

static LENT: Mutex<Lent> = Mutex::new(Lent::No);

/// How long after a loan a signal is taken for one that a key has sent before its end. With the terminal
/// taken, keys send none.
const LATE: Duration = Duration::from_secs(1);

fn lent() -> MutexGuard<'static, Lent> {
    LENT.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Terminal {
    /// Gives the terminal back while `borrow` runs another program in it, and takes it again. Signals that
    /// keys send (Ctrl-C, Ctrl-\) are that program's; one that stops it stops this one too.
    pub fn lend<T>(&mut self, borrow: impl FnOnce() -> T) -> io::Result<T> {
        *lent() = Lent::Yes;
        give_back();
        let result = borrow();
        *lent() = Lent::Until(Instant::now());
        enter()?;
        self.forget()?;
        Ok(result)
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

/// The size of the terminal, asked of the system.
fn size() -> io::Result<Size> {
    crossterm::terminal::size().map(Size::from)
}

/// Lets reads from the terminal return at once where nothing is there (termios, `VMIN`): behind an Esc the inbox
/// reads on, to see whether a control sequence follows.
#[cfg(unix)]
fn never_wait() -> io::Result<()> {
    use rustix::termios::{OptionalActions, SpecialCodeIndex, tcgetattr, tcsetattr};
    let stdin = io::stdin();
    let mut mode = tcgetattr(&stdin)?;
    mode.special_codes[SpecialCodeIndex::VMIN] = 0;
    mode.special_codes[SpecialCodeIndex::VTIME] = 0;
    Ok(tcsetattr(&stdin, OptionalActions::Now, &mode)?)
}

#[cfg(not(unix))]
fn never_wait() -> io::Result<()> {
    Ok(())
}

fn enter() -> io::Result<()> {
    let mut taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
    enable_raw_mode()?;
    *taken = true;
    never_wait()?;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, cursor::Hide)?;
    if MOUSE.load(Ordering::Relaxed) { execute!(io::stdout(), TakeMouse) } else { Ok(()) }
}

/// The lock on the terminal, once the frame that another thread may be writing is done. Not waited for by a
/// panic within a frame, whose own lock it is, nor for long: where the terminal is gone, the frame may never
/// be done.
fn taken_soon() -> Option<MutexGuard<'static, bool>> {
    let tries = if DRAWING.get() { 1 } else { 100 };
    for _ in 0..tries {
        match TAKEN.try_lock() {
            Ok(taken) => return Some(taken),
            Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(2)),
        }
    }
    None
}

/// Gives the terminal back. Errors are ignored: it may be gone.
fn give_back() {
    let mut taken = taken_soon();
    if taken.as_deref() == Some(&false) {
        return;
    }
    if let Some(taken) = taken.as_deref_mut() {
        *taken = false;
    }
    let mut out = io::stdout();
    let _ = execute!(
        out,
        LeaveMouse,
        DisableBracketedPaste,
        style::ResetColor,
        LeaveAlternateScreen,
        cursor::Show
    );
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
fn watch_signals(keeper: Arc<Keeper>) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP])?;
    let watch = move || {
        for signal in signals.forever() {
            let lent = *lent();
            let is_late = matches!(lent, Lent::Until(end) if end.elapsed() < LATE);
            match signal {
                SIGINT | SIGQUIT if lent == Lent::Yes || is_late => continue,
                SIGTSTP if is_late => continue,
                // As a whole: the shell gets the terminal, and later continues both.
                SIGTSTP if lent == Lent::Yes => {
                    let _ = signal_hook::low_level::emulate_default_handler(signal);
                    continue;
                }
                _ => {}
            }
            if signal == SIGTSTP {
                stop_and_continue();
                // The event loop takes a change of the size for the wish to draw everything.
                let _ = signal_hook::low_level::raise(signal_hook::consts::SIGWINCH);
                continue;
            }
            keeper.settle();
            give_back();
            keeper.write_session();
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    };
    std::thread::Builder::new().name("signals".to_owned()).spawn(watch).map(drop)
}

#[cfg(not(unix))]
fn watch_signals(_: Arc<Keeper>) -> io::Result<()> {
    Ok(())
}
