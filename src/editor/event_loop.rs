//! The loop: wait for input, take all that is there, act on each, draw once.
//!
//! Everything comes in through one [`Inbox`]: what is typed; reviews; that something has changed on disk. The
//! loop waits for nothing else.

use super::EditorError;
use super::external;
use super::inbox::{Event, Inbox};
use super::outside::{self, Outside};
use super::state::{Editor, Input, Tone, Wish};
use super::terminal::Terminal;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// How long to wait for the rest of a paste that a terminal without bracketed paste sends in pieces. Only
/// waited behind an Enter that came together with other keys, faster than anybody types.
const REST_OF_PASTE: Duration = Duration::from_millis(15);

/// How long a frame after an edit waits for its review, so that marks do not flicker.
const GRACE: Duration = Duration::from_millis(4);
/// Up to how many ranges a review may take no longer than that.
const REVIEWED_SOON: usize = 5_000;

/// After how long it is said that the allowlist is being checked.
const LONG: Duration = Duration::from_millis(100);

/// How long a message that is no error is shown where nothing is typed.
const SHOWN: Duration = Duration::from_secs(5);

/// Runs until the user quits. Without input nothing is done and nothing written.
pub fn run(editor: &mut Editor, screen: &mut Terminal, inbox: &mut Inbox) -> Result<(), EditorError> {
    let mut queue = VecDeque::new();
    let mut fading = Fading::default();
    let (mut drawn, mut changed) = (false, true);
    loop {
        if drawn && changed {
            give_grace(editor, inbox, &mut queue)?;
        }
        screen.set_mouse(editor.pointer.on).map_err(EditorError::Terminal)?;
        if changed {
            draw(editor, screen)?;
        }
        // Behind the frame, which is waited for.
        editor.keep_draft();
        editor.keep_session();
        drawn = true;
        changed = wait(editor, inbox, &mut queue, &mut fading)?;
        if !queue.is_empty() && std::mem::take(&mut screen.swallowed_save) {
            give_back_save(&mut queue);
        }
        let mut resized = false;
        while let Some(input) = queue.pop_front() {
            if editor.ignores(&input) {
                continue;
            }
            if changed && input.is_press() {
                // A click means what is to be seen.
                draw(editor, screen)?;
            }
            changed = true;
            resized |= input == Input::Resize;
            editor.handle(input, queue.front());
            if editor.later.is_some() {
                draw(editor, screen)?;
                editor.work_off();
            }
            match editor.wish.take() {
                Some(Wish::Quit) => {
                    editor.give_up_draft();
                    editor.keep_session();
                    return Ok(());
                }
                Some(Wish::Suspend) => screen.suspend().map_err(EditorError::Terminal)?,
                Some(Wish::Redraw) => resized = true,
                Some(Wish::Outside(outside)) => {
                    edit_outside(editor, screen, *outside)?;
                    resized = true;
                }
                Some(Wish::Copy(text)) => {
                    if let Err(error) = screen.copy(&text) {
                        editor.say(Tone::Error, format!("The terminal's clipboard: {error}"));
                    }
                }
                None => {}
            }
        }
        if resized {
            screen.forget().map_err(EditorError::Terminal)?;
        }
    }
}

/// Has a text edited in the user's own editor, and takes it back.
fn edit_outside(editor: &mut Editor, screen: &mut Terminal, outside: Outside) -> Result<(), EditorError> {
    // Whatever happens meanwhile.
    editor.keep_draft();
    let ended = external::edit(screen, outside.file.path(), outside.line).map_err(EditorError::Terminal)?;
    outside::came_back(editor, outside, &ended);
    Ok(())
}

fn draw(editor: &mut Editor, terminal: &mut Terminal) -> Result<(), EditorError> {
    terminal.show(editor).map_err(EditorError::Terminal)
}

/// Waits a little for the review of an edit, where it may come so soon.
fn give_grace(
    editor: &mut Editor,
    inbox: &mut Inbox,
    queue: &mut VecDeque<Input>,
) -> Result<(), EditorError> {
    if !editor.document.refresh() || editor.document.size().1 > REVIEWED_SOON {
        return Ok(());
    }
    let until = Instant::now() + GRACE;
    while !editor.document.is_reviewed() {
        let left = until.saturating_duration_since(Instant::now());
        let Some(event) = next(inbox, Some(left))? else { break };
        take(event, editor, queue);
    }
    Ok(())
}

/// When the message that is shown goes by itself.
#[derive(Default)]
struct Fading {
    /// Of which message `at` is, by its number.
    message: Option<u64>,
    at: Option<Instant>,
}

impl Fading {
    /// How long the message is still shown; `None` where none goes by itself, so that nothing is waited for.
    fn left(&mut self, message: Option<u64>) -> Option<Duration> {
        if self.message != message {
            self.message = message;
            self.at = message.map(|_| Instant::now() + SHOWN);
        }
        self.at.map(|at| at.saturating_duration_since(Instant::now()))
    }
}

/// Waits for something to act on or for something to be due, and takes all that there is. True where something
/// else than input has come.
fn wait(
    editor: &mut Editor,
    inbox: &mut Inbox,
    queue: &mut VecDeque<Input>,
    fading: &mut Fading,
) -> Result<bool, EditorError> {
    let mut changed = false;
    if queue.is_empty() {
        let document = &editor.document;
        let is_waited_for = !document.is_reviewed() && !document.says_checking();
        let checking = is_waited_for.then_some(LONG);
        let fades = fading.left(editor.messages.passing());
        let first = [checking, fades].into_iter().flatten().min();
        match next(inbox, first)? {
            Some(event) => changed |= take(event, editor, queue),
            None => {
                changed = true;
                if first == fades { editor.fade() } else { editor.document.say_checking() }
            }
        }
    }
    loop {
        let wait = if is_cut_paste(queue) { REST_OF_PASTE } else { Duration::ZERO };
        match next(inbox, Some(wait))? {
            Some(event) => changed |= take(event, editor, queue),
            None => return Ok(changed),
        }
    }
}

fn next(inbox: &mut Inbox, patience: Option<Duration>) -> Result<Option<Event>, EditorError> {
    inbox.next(patience).map_err(EditorError::Terminal)
}

/// Takes what has come. True where it is something else than input.
fn take(event: Event, editor: &mut Editor, queue: &mut VecDeque<Input>) -> bool {
    match event {
        Event::Typed(typed) => {
            queue.extend(typed);
            return false;
        }
        Event::Reviewed(reviewed) => editor.document.take(*reviewed),
        Event::Disk => editor.disk_has_changed(),
        Event::Done => {}
    }
    editor.acts += 1;
    true
}

/// Puts the Ctrl-S that the terminal swallowed into what was typed ahead: at the end, but before a last
/// `q`, because nobody saves after quitting.
fn give_back_save(queue: &mut VecDeque<Input>) {
    let key = |code, modifiers| Input::Key(KeyEvent::new(code, modifiers));
    let quits = queue.back() == Some(&key(KeyCode::Char('q'), KeyModifiers::NONE));
    let at = queue.len() - usize::from(quits);
    queue.insert(at, key(KeyCode::Char('s'), KeyModifiers::CONTROL));
}

/// Whether the queue ends with an Enter that came with other keys before it.
fn is_cut_paste(queue: &VecDeque<Input>) -> bool {
    let is_enter = |input: &Input| matches!(input, Input::Key(key) if key.code == KeyCode::Enter || key.code == KeyCode::Char('j') && !key.modifiers.is_empty());
    queue.len() > 1 && queue.back().is_some_and(is_enter)
}
