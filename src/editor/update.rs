//! What each key does: a dialog on top takes it, else the table says which action it is, and each action
//! is one function.

use super::keymap::{Action, Context, Meaning, is_of_review_alone, row};
use super::layers::{
    Flow, add, copy_menu, form_group, form_policy, form_range, help, history, import, messages, palette,
    prompts, review, test_address, themes,
};
use super::layout::TWO_PANES;
use super::panes::Pane;
use super::panes::points::Point;
use super::panes::preview::{self, Tab};
use super::reorder::{self, Way};
use super::state::{Editor, Input, Tone, Wish};
use super::window::Motion;
use super::{bulk, editing, file, outside};
use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

impl Editor {
    /// Takes one thing that was typed or pasted. `next` is what waits behind it, if anything does.
    pub fn handle(&mut self, input: Input, next: Option<&Input>) {
        self.moves = false;
        let input = match input {
            Input::Key(key) if key.kind != KeyEventKind::Press => return,
            unseen if self.is_unseen() => return self.handle_unseen(&unseen),
            Input::Key(key) => Input::Key(as_enter(key)),
            Input::Mouse(mouse) => {
                self.handle_mouse(mouse);
                return self.after_input();
            }
            Input::Resize => return,
            paste => paste,
        };
        if let Some(mut layer) = self.layers.pop() {
            let below = self.layers.len();
            if layer.handle(&input, next, self) == Flow::Stay {
                self.layers.insert(below.min(self.layers.len()), layer);
            }
        } else {
            self.handle_main(input);
        }
        self.after_input();
    }

    fn after_input(&mut self) {
        self.acts += u64::from(!std::mem::take(&mut self.moves));
        self.look_at_disk();
        self.rebuild();
    }

    fn handle_main(&mut self, input: Input) {
        match input {
            Input::Paste(text) if import::pasted(self, &text) => {}
            Input::Paste(text) => add::open(self, &text),
            Input::Mouse(_) | Input::Resize => {}
            Input::Key(key) => {
                self.reminds = false;
                // An error has been read only where it was to be seen.
                if !self.messages.pass() && key.code == KeyCode::Esc {
                    self.messages.read_one();
                }
                match self.keymap.meaning(Context::Main, &key) {
                    Some(Meaning { action: Action::Category, nth }) => select_category(self, nth),
                    Some(Meaning { action, .. }) => self.perform(action),
                    None => self.say(Tone::Info, "That key does nothing here; ? shows all keys."),
                }
            }
        }
    }

    /// Why an action does not apply now, if it does not.
    pub fn refusal(&self, action: Action) -> Option<&'static str> {
        self.refusal_in(Context::Main, action)
    }

    /// The same of an action in a place.
    pub fn refusal_in(&self, context: Context, action: Action) -> Option<&'static str> {
        if context != Context::Review && is_of_review_alone(action) {
            return Some("in the review mode only");
        }
        let in_panes = context == Context::Main;
        match action {
            Action::Undo if self.document.next_undo().is_none() => Some("there is nothing to undo"),
            Action::Redo if self.document.next_redo().is_none() => Some("there is nothing to do again"),
            Action::ClearFilter
                if self.filter.is_empty() && bulk::chosen(self).is_none() && self.focus != Pane::Preview =>
            {
                Some("there is no filter and nothing is chosen")
            }
            Action::Mark | Action::MarkRun | Action::MarkAll => bulk::nothing_here(self),
            Action::Move => bulk::nothing_to_move(self),
            Action::MoveDown => reorder::refusal(self, Way::Down),
            Action::MoveUp => reorder::refusal(self, Way::Up),
            Action::Delete if in_panes => editing::nothing_to_delete(self),
            Action::Toggle if in_panes => editing::nothing_selected(self),
            Action::PreviousDocument | Action::NextDocument if preview::documents(&self.document) < 2 => {
                Some("the policy is not split")
            }
            Action::Copy if !self.has_clipboard => Some("this terminal has no clipboard"),
            Action::Narrower | Action::Wider if self.area.width < TWO_PANES => {
                Some("only one pane is shown in a window of this width")
            }
            Action::Category => Some("type the category's number"),
            Action::Theme => self.looks.refusal(),
            _ => None,
        }
    }

    /// Performs an action, or says why it does not apply.
    pub fn perform(&mut self, action: Action) {
        if let Some(reason) = self.refusal(action).filter(|_| action != Action::ClearFilter) {
            let name = row(action).map_or("", |row| row.name);
            return self.say(Tone::Info, format!("{name}: {reason}."));
        }
        if let Some(motion) = Motion::of(action) {
            return go(self, motion);
        }
        match action {
            Action::Left => left(self),
            Action::Right => right(self),
            Action::NextPane => next_pane(self, 1),
            Action::PreviousPane => next_pane(self, 2),
            Action::Category => {}
            Action::NewGroup => prompts::new_group(self),
            Action::NewCategory => prompts::new_category(self),
            Action::AddRanges => add::open(self, ""),
            Action::Import => import::open(self),
            Action::EditSelected => edit_selected(self),
            Action::EditOutside => outside::open(self),
            Action::Delete => match bulk::chosen(self) {
                Some(chosen) => bulk::delete(self, &chosen),
                None => editing::delete(self),
            },
            Action::Toggle => editing::toggle(self),
            Action::Mend => editing::mend(self),
            Action::Undo => editing::undo(self),
            Action::Redo => editing::redo(self),
            Action::Review => review::open(self),
            Action::Filter => prompts::filter(self),
            Action::ClearFilter if bulk::chosen(self).is_some() => self.ranges.clear_marks(),
            Action::ClearFilter if self.filter.is_empty() && self.focus == Pane::Preview => {
                self.focus = Pane::Ranges;
            }
            Action::ClearFilter => self.filter.clear(),
            Action::Mark => self.ranges.mark(),
            Action::MarkRun => self.ranges.run(),
            Action::MarkAll => self.ranges.mark_all(),
            Action::Move => bulk::ask_target(self),
            Action::MoveDown => reorder::go(self, Way::Down),
            Action::MoveUp => reorder::go(self, Way::Up),
            Action::TestAddress => test_address::open(self),
            Action::PolicySettings => form_policy::open(self, None),
            Action::Copy => copy_menu::open(self),
            Action::NextPreview => next_preview(self),
            Action::PreviousDocument => choose_document(self, false),
            Action::NextDocument => choose_document(self, true),
            Action::Narrower => resize(self, false),
            Action::Wider => resize(self, true),
            Action::Mouse => self.turn_mouse(),
            Action::Help => help::open(self),
            Action::Palette => palette::open(self),
            Action::Messages => messages::open(self),
            Action::Theme => themes::open(self),
            Action::History => history::open(self),
            Action::Save => file::save(self),
            Action::Quit => file::quit(self),
            Action::SaveAndQuit => file::save_and_quit(self),
            Action::QuitUnsaved => self.wish = Some(Wish::Quit),
            Action::Suspend => self.wish = Some(Wish::Suspend),
            Action::Redraw => self.wish = Some(Wish::Redraw),
            // The ways to go are done with; the rest is for dialogs and the review mode.
            _ => {}
        }
    }
}

/// What was typed before the program had the terminal comes with line feeds for Enter.
fn as_enter(mut key: KeyEvent) -> KeyEvent {
    if key.code == KeyCode::Char('j') && key.modifiers == KeyModifiers::CONTROL {
        (key.code, key.modifiers) = (KeyCode::Enter, KeyModifiers::NONE);
    }
    key
}

fn go(editor: &mut Editor, motion: Motion) {
    match editor.focus {
        Pane::Points => editor.points.go(motion, &editor.document),
        Pane::Ranges => {
            editor.ranges.go(motion);
            editor.moves = true;
        }
        Pane::Preview => editor.preview.go(motion),
    }
}

fn left(editor: &mut Editor) {
    match editor.focus {
        Pane::Points => _ = editor.points.close(),
        Pane::Ranges => editor.focus = Pane::Points,
        Pane::Preview => editor.focus = Pane::Ranges,
    }
}

fn right(editor: &mut Editor) {
    match editor.focus {
        Pane::Points if editor.points.open() => {}
        Pane::Points => editor.focus = Pane::Ranges,
        Pane::Ranges | Pane::Preview => editor.focus = Pane::Preview,
    }
}

fn next_pane(editor: &mut Editor, by: usize) {
    const PANES: [Pane; 3] = [Pane::Points, Pane::Ranges, Pane::Preview];
    let at = PANES.iter().position(|pane| *pane == editor.focus).unwrap_or_default();
    editor.focus = PANES[(at + by) % PANES.len()];
}

fn next_preview(editor: &mut Editor) {
    // Where there is no room for it beside the ranges, it is shown first.
    if super::layout::Layout::of(editor.area, editor).preview.width == 0 {
        editor.focus = Pane::Preview;
    } else {
        editor.preview.next();
    }
    editor.say(Tone::Info, format!("Preview: {}", editor.preview.tab().name()));
}

fn resize(editor: &mut Editor, wider: bool) {
    if !editor.sizes.step(editor.focus, wider, editor.area.width) {
        let most = if wider { "wider" } else { "narrower" };
        editor.say(Tone::Info, format!("This pane cannot be {most} in a window of this width."));
    }
}

/// Shows the document before or behind; from the last one it goes to the first.
fn choose_document(editor: &mut Editor, forward: bool) {
    let count = preview::documents(&editor.document);
    let at = editor.preview.chosen();
    if editor.preview.tab() == Tab::Policy {
        editor.preview.choose((if forward { at + 1 } else { at + count - 1 }) % count.max(1));
    } else {
        editor.preview.choose(at);
    }
    if super::layout::Layout::of(editor.area, editor).preview.width == 0 {
        editor.focus = Pane::Preview;
    }
    editor.say(Tone::Info, format!("Document {} of {count}, all needed.", editor.preview.chosen() + 1));
}

fn select_category(editor: &mut Editor, at: usize) {
    if at >= editor.document.allowlist().categories().len() {
        return editor.say(Tone::Info, format!("There is no category {}; C makes one.", at + 1));
    }
    editor.points.select(Point::Category(at));
    editor.focus = Pane::Points;
}

fn edit_selected(editor: &mut Editor) {
    if let Some(chosen) = bulk::chosen(editor) {
        return bulk::edit(editor, chosen);
    }
    match (editor.focus, editor.points.selected(), editor.ranges.selected()) {
        (Pane::Ranges, _, Some(at)) => form_range::open(editor, at, None),
        (Pane::Ranges, ..) => editor.say(Tone::Info, "There is no range here yet; a adds some."),
        (Pane::Preview, ..) => editing::go_to_finding(editor),
        (Pane::Points, Point::Group(at), _) => form_group::open(editor, at),
        (Pane::Points, Point::Category(at), _) => prompts::rename_category(editor, at),
    }
}
