//! The editor: a state that takes keys and draws frames, and around it the terminal. The only room that
//! knows ratatui.
//!
//! - [`keymap`]: the one table of keys; [`update`](state::Editor::handle): what each does;
//! - [`state`]: everything, none of it the terminal's; [`document`]: the allowlist that is edited;
//! - [`view`]: the screen; [`panes`]: its three panes; [`layers`]: dialogs;
//! - [`terminal`] and [`event_loop`]: the real terminal, taken and given back.

mod abilities;
mod bulk;
mod by_chunk;
mod canvas;
mod copy;
mod document;
mod editing;
mod effect;
mod event_loop;
mod external;
mod file;
mod filter;
mod findings;
mod follow;
mod footer;
mod glyphs;
mod inbox;
mod journal;
mod keeper;
pub mod keymap;
mod layers;
mod layout;
mod look;
mod looks;
mod memory;
mod messages;
mod mouse;
mod outside;
mod paint;
mod panes;
pub mod picture;
mod pointer;
mod reorder;
mod reviewer;
mod said;
mod saved_words;
mod screen;
mod search;
mod selection;
mod sgr;
mod sizes;
mod spots;
mod stand_in;
mod state;
mod terminal;
mod text_field;
mod theme;
mod together;
#[cfg(test)]
mod trace;
#[cfg(unix)]
mod typed;
mod unseen;
mod update;
mod view;
mod watch;
mod width;
mod window;

#[cfg(test)]
mod tests;

use crate::allowlist::Date;
use crate::json::JsonError;
use crate::storage::{self, Paths, StorageError};
use abilities::Abilities;
use canvas::Frame;
use document::Document;
use inbox::{Event, Outbox};
use keeper::Keeper;
use keymap::Keymap;
use looks::Looks;
use state::{Editor, Tone};
use std::io::{self, IsTerminal as _};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;
use terminal::Terminal;

/// Why the editor could not be opened or go on.
#[derive(Debug, thiserror::Error)]
pub enum EditorError {
    /// Standard input or output is a file or a pipe.
    #[error("the editor needs a terminal: run it in one, or use the commands (keymoat --help)")]
    NoTerminal,
    /// The terminal failed.
    #[error("the terminal: {0}")]
    Terminal(#[source] io::Error),
    /// The allowlist could not be read.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Opens the editor on the allowlist and waits until the user quits.
pub fn run(paths: &Paths, today: Date) -> Result<(), EditorError> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(EditorError::NoTerminal);
    }
    let surroundings = storage::surroundings();
    let abilities = Abilities::of(&surroundings);
    let (looks, theme, complaint) = Looks::at_start(&paths.config, abilities);
    let opening = open_aside(paths.clone(), today);
    let keeper = Keeper::start().map_err(EditorError::Terminal)?;
    let mut terminal = Terminal::take(&keeper).map_err(EditorError::Terminal)?;
    let mut document =
        wait_for(&opening, &mut terminal, &|frame| view::draw_reading(frame, theme, &looks, paths))?;
    let (outbox, mut inbox) = inbox::open().map_err(EditorError::Terminal)?;
    start_producers(&mut document, &outbox).map_err(EditorError::Terminal)?;
    let mut editor = Editor::new(document, theme);
    editor.looks = looks;
    if let Some(complaint) = complaint {
        editor.say(Tone::Error, complaint);
    }
    editor.keeper = keeper.clone();
    // Nothing typed: there is something else to be drawn.
    editor.wake = Some(Arc::new(move || outbox.send(Event::Done)));
    // The Linux console has none, and older ones show what they do not know.
    editor.has_clipboard = surroundings.term != "linux";
    own_keys(&mut editor);
    editor.recall_mouse();
    editor.recall();
    let result = event_loop::run(&mut editor, &mut terminal, &mut inbox);
    drop(terminal);
    // Where the terminal is gone, the work need not be.
    keeper.settle();
    if result.is_ok() {
        keeper.write_session();
    }
    result
}

/// Takes the user's own keys. Where their file cannot be read, the default keys stay, and it is said.
fn own_keys(editor: &mut Editor) {
    let paths = &editor.document.paths;
    let unreadable = |error: JsonError| {
        let path = paths.config.join(KEYS);
        StorageError::Unreadable { path, line: error.line, column: error.column, message: error.message }
    };
    let keymap = crate::storage::user_file(paths, KEYS)
        .and_then(|keys| keys.map(|keys| Keymap::with(&keys).map_err(unreadable)).transpose());
    match keymap {
        Ok(keymap) => editor.keymap = keymap.unwrap_or_default(),
        Err(error) => editor.say(Tone::Error, format!("{error}; until then the default keys apply")),
    }
}

/// The file of the user's own keys, in the config folder.
const KEYS: &str = "keys.json";

/// Starts what sends to the event loop.
fn start_producers(document: &mut Document, outbox: &Outbox) -> io::Result<()> {
    let reviewed = outbox.clone();
    let done = move |review| reviewed.send(Event::Reviewed(Box::new(review)));
    document.review_aside(reviewer::start(done)?);
    let changed = outbox.clone();
    let folder = crate::storage::folder_of(&document.paths.allowlist);
    watch::start(folder, move || changed.send(Event::Disk));
    Ok(())
}

/// How long the first frame waits for the allowlist, before it says that it is being read.
const SOON: Duration = Duration::from_millis(12);

type Opening = Receiver<Result<Document, StorageError>>;

/// Reads and reviews the allowlist in a thread, while the terminal is taken over.
fn open_aside(paths: Paths, today: Date) -> Opening {
    let (send, receive) = mpsc::sync_channel(1);
    // Where nobody waits any more, nobody needs it.
    std::thread::spawn(move || _ = send.send(Document::open(paths, today)));
    receive
}

fn wait_for(
    opening: &Opening,
    terminal: &mut Terminal,
    draw: &dyn Fn(&mut Frame),
) -> Result<Document, EditorError> {
    let document = match opening.recv_timeout(SOON) {
        Ok(document) => document,
        Err(_) => {
            terminal.draw(draw).map_err(EditorError::Terminal)?;
            // The thread always sends, unless it panics; that has been said by then.
            let ended = |_| io::Error::other("reading the allowlist ended early");
            opening.recv().map_err(ended).map_err(EditorError::Terminal)?
        }
    };
    document.map_err(EditorError::Storage)
}
