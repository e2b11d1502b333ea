//! The loop: wait for input, take all that is there, act on each, draw once.

use super::EditorError;
use super::state::{Editor, Input, Wish};
use super::terminal::{self, Terminal};
use super::view;
use crate::storage::Draft;
use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use std::collections::VecDeque;
use std::time::Duration;

/// How long to wait for the rest of a paste that a terminal without bracketed paste sends in pieces. Only
/// waited behind an Enter that came together with other keys, faster than anybody types.
const REST_OF_PASTE: Duration = Duration::from_millis(15);

/// How long to look for more input. Not zero: crossterm's level-triggered source (its feature
/// `use-dev-tty`) looks at nothing then. The edge-triggered one leaves the rest of a long paste unread.
const A_LOOK: Duration = Duration::from_micros(5);

/// Runs until the user quits. Without input nothing is done and nothing written.
pub fn run(editor: &mut Editor, screen: &mut Terminal) -> Result<(), EditorError> {
    let mut queue = VecDeque::new();
    let mut kept = editor.document.revision();
    loop {
        draw(editor, screen)?;
        read(&mut queue)?;
        if std::mem::take(&mut screen.swallowed_save) {
            give_back_save(&mut queue);
        }
        let mut resized = false;
        while let Some(input) = queue.pop_front() {
            resized |= input == Input::Resize;
            editor.handle(input, queue.front());
            match editor.wish.take() {
                Some(Wish::Quit) => {
                    terminal::keep(None);
                    return Ok(());
                }
                Some(Wish::Suspend) => screen.suspend().map_err(EditorError::Terminal)?,
                Some(Wish::Redraw) => resized = true,
                None => {}
            }
        }
        if kept != editor.document.revision() {
            kept = editor.document.revision();
            terminal::keep(unsaved(editor));
        }
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

/// Waits for input and takes all that there is.
fn read(queue: &mut VecDeque<Input>) -> Result<(), EditorError> {
    push(queue, event::read().map_err(EditorError::Terminal)?);
    loop {
        let wait = if is_cut_paste(queue) { REST_OF_PASTE } else { A_LOOK };
        if !event::poll(wait).map_err(EditorError::Terminal)? {
            return Ok(());
        }
        push(queue, event::read().map_err(EditorError::Terminal)?);
    }
}

/// What a draft would say, where anything is unsaved.
fn unsaved(editor: &Editor) -> Option<(Draft, String)> {
    let draft = editor.document.is_unsaved().then(|| editor.document.draft())?;
    Some((draft?, editor.document.allowlist().to_json()))
}

/// Puts the Ctrl-S that the terminal swallowed into what was typed ahead: at the end, but before a last
/// `q`, because nobody saves after quitting.
fn give_back_save(queue: &mut VecDeque<Input>) {
    let key = |code, modifiers| Input::Key(KeyEvent::new(code, modifiers));
    let quits = queue.back() == Some(&key(KeyCode::Char('q'), KeyModifiers::NONE));
    let at = queue.len() - usize::from(quits);
    queue.insert(at, key(KeyCode::Char('s'), KeyModifiers::CONTROL));
}

fn push(queue: &mut VecDeque<Input>, event: Event) {
    match event {
        Event::Key(key) if key.kind == KeyEventKind::Press => queue.push_back(Input::Key(key)),
        Event::Paste(text) => queue.push_back(Input::Paste(text)),
        Event::Resize(..) => queue.push_back(Input::Resize),
        _ => {}
    }
}

/// Whether the queue ends with an Enter that came with other keys before it.
fn is_cut_paste(queue: &VecDeque<Input>) -> bool {
    let is_enter = |input: &Input| matches!(input, Input::Key(key) if key.code == KeyCode::Enter || key.code == KeyCode::Char('j') && !key.modifiers.is_empty());
    queue.len() > 1 && queue.back().is_some_and(is_enter)
}
