//! The one table of what can be done: its name, what it does in a sentence, and where. The keys stand in
//! `assets/keys.json`, in the form in which users write their own.

use super::Context::{self, *};
use super::action::Action;

/// One action with all that is said of it anywhere.
#[derive(Debug)]
pub struct Row {
    /// What it is.
    pub action: Action,
    /// Where it can have keys.
    pub contexts: &'static [Context],
    /// Its name in `keys.json`, in the palette and, with the keys, in the footer.
    pub name: &'static str,
    /// Other names that the palette takes, such as `w`.
    pub aliases: &'static [&'static str],
    /// What it does.
    pub sentence: &'static str,
    /// The heading that it stands under in the help.
    pub section: &'static str,
}

macro_rules! rows {
    ($($section:literal { $($action:ident [$($context:ident)*] $name:literal ($($alias:literal)*) $sentence:literal;)* })*) => {
        &[$($(Row {
            action: Action::$action,
            contexts: &[$($context),*],
            name: $name,
            aliases: &[$($alias),*],
            sentence: $sentence,
            section: $section,
        }),*),*]
    };
}

/// Every action, in the order of the help.
pub static TABLE: &[Row] = rows! {
    "Moving" {
        Up [Main Review Dialog] "up" () "Move up.";
        Down [Main Review Dialog] "down" () "Move down.";
        Left [Main] "left" () "Close a category, or go to the pane on the left.";
        Right [Main] "right" () "Open a category, or go to the pane on the right.";
        PageUp [Main Review Dialog] "page up" () "Move a page up.";
        PageDown [Main Review Dialog] "page down" () "Move a page down.";
        First [Main Review Dialog] "first" () "Go to the first row.";
        Last [Main Review Dialog] "last" () "Go to the last row.";
        NextPane [Main] "next pane" () "Go to the next pane.";
        PreviousPane [Main] "previous pane" () "Go to the previous pane.";
        Category [Main] "category" () "Select the category of that number.";
    }
    "Editing" {
        AddRanges [Main] "add" () "Add ranges to the selected group, one or many; a pasted list works too.";
        Import [Main] "import" () "Add ranges from another tool's file, after a look at them; :import PATH too.";
        NewGroup [Main] "new group" () "Make a group in the selected category.";
        NewCategory [Main] "new category" () "Make a category of your own.";
        EditSelected [Main Review] "edit" () "Edit what is selected; on a finding, go to what it is about.";
        EditOutside [Main] "edit outside" () "Edit the selected range as a text in $VISUAL or $EDITOR; elsewhere, the allowlist.";
        Delete [Main Review] "delete" () "Delete what is selected, or all chosen ranges; undo brings it back.";
        Move [Main] "move" () "Move the range, or all chosen ranges, to another group; a group to another category.";
        MoveDown [Main] "move down" () "Move the group, the range, all chosen ranges or a category of your own down.";
        MoveUp [Main] "move up" () "Move the group, the range, all chosen ranges or a category of your own up.";
        Toggle [Main Review] "on/off" () "Enable or disable the range; of chosen ones or a group all go off, or on where none is.";
        Mark [Main] "choose" () "Choose the range for the next action, or not any more, and go to the next.";
        MarkRun [Main] "choose from here" ("choose a run") "Choose all ranges from here to where you go; v again ends it.";
        MarkAll [Main] "choose all" () "Choose all ranges that are shown, or none.";
        Mend [Main] "fix" ("mend") "Take the fix of the selected finding, or of the selected range's.";
        Undo [Main Review] "undo" () "Take back the last change.";
        Redo [Main Review] "redo" () "Do again what was taken back.";
    }
    "Looking" {
        Filter [Main] "filter" () "Show only matching ranges as you type: CIDR, label, owner, ticket, group, or an address.";
        ClearFilter [Main] "clear" () "Choose no range any more; then show all ranges again; then leave the preview.";
        TestAddress [Main] "test" () "Test whether an address is let through, and by which range.";
        Copy [Main] "copy" () "Copy CIDRs, the policy, the entry or the upload command; the terminal must allow OSC 52 (tmux: set -g set-clipboard on).";
        NextPreview [Main] "next view" ("preview") "Turn the preview: policy, findings, differences from what is on disk.";
        PreviousDocument [Main] "previous document" () "Show the previous document of a policy that is split.";
        NextDocument [Main] "next document" () "Show the next document of a policy that is split.";
        Narrower [Main] "narrower" () "Make the focused pane narrower; the mouse can drag the borders.";
        Wider [Main] "wider" () "Make the focused pane wider.";
        Mouse [Main] "mouse" () "Leave the mouse to the terminal, to select text with, or take it back.";
        Review [Main] "review" () "Review the ranges that need a look, oldest first, with one key each.";
        Help [Main Review] "help" ("h") "Show every key.";
        Palette [Main] "commands" () "Run a command by its name; :w, :q, :wq and :q! work.";
        Messages [Main] "messages" () "Read the messages so far again.";
        Theme [Main] "theme" () "Choose how the editor looks; :theme NAME too.";
    }
    "Reviewing" {
        Confirm [Review] "confirm" () "The range is still needed: look at it again six months from today.";
        Snooze [Review] "snooze" () "Look at the range again a month from today.";
        Disable [Review] "disable" () "Disable the range and go to the next; on/off stays on it.";
        Owner [Review] "owner" () "Edit the range's owner and ticket.";
        NextUndecided [Review] "next" () "Go to the next range that nothing was decided of.";
        ReviewAll [Review] "all" () "Review all ranges, or only those that need it.";
    }
    "The policy and the file" {
        PolicySettings [Main] "settings" ("policy") "Edit the policy's settings: name, Sid, target, exemptions, group, users, limits.";
        History [Main] "history" ("versions") "Look at earlier versions of the allowlist, and go back to one.";
        Save [Main Review] "save" ("w" "write") "Save the allowlist and the policy; :write PATH saves a copy there.";
        Quit [Main] "quit" ("q") "Quit; asks first where something is unsaved.";
        SaveAndQuit [Main] "save and quit" ("wq" "x") "Save, then quit.";
        QuitUnsaved [Main] "quit without saving" ("q!") "Quit, and lose what is not saved.";
        Suspend [Main Review] "suspend" () "Go back to the shell for a while; fg returns.";
        Redraw [Main Review] "redraw" () "Draw the screen anew.";
    }
    "In a dialog" {
        Take [Dialog] "take" () "Take what the dialog says, or the chosen row of a list.";
        TakeAndSave [Dialog] "take and save" () "Take what a form says, and save at once.";
        Leave [Review Dialog] "leave" () "Leave the dialog or the review; what was typed is there again the next time.";
        NextField [Dialog] "next field" () "Go to the next field; in a path, complete it.";
        PreviousField [Dialog] "previous field" () "Go to the previous field.";
        Complete [Dialog] "complete" () "Take the owner, ticket, group or category that is offered behind what is typed.";
        NextOffer [Dialog] "next offer" () "Offer the next owner, ticket, group or category that goes on so.";
        PreviousOffer [Dialog] "previous offer" () "Offer the one before.";
        TakeOffer [Dialog] "take the offer" () "Take the CIDRs that are offered for what is none, such as the network.";
        TakeOtherOffer [Dialog] "take the other offer" () "The same, where there is another offer, such as the host.";
        PutBack [Dialog] "put back" () "In a form: bring back what the list says; while ranges are added: clear them, or bring them back.";
        NewLine [Dialog] "new line" () "While ranges are added: begin a new line.";
    }
};

/// Where the row of each action is. Does not compile where an action has none.
static PLACES: [usize; TABLE.len()] = {
    let (mut places, mut at) = ([usize::MAX; TABLE.len()], 0);
    while at < TABLE.len() {
        places[TABLE[at].action as usize] = at;
        at += 1;
    }
    places
};

/// The row of an action.
pub fn row(action: Action) -> Option<&'static Row> {
    TABLE.get(PLACES[action as usize])
}

/// Whether an action is one of the review mode alone. The footer asks for each of many actions at each key, so
/// this does not look at their rows.
pub fn is_of_review_alone(action: Action) -> bool {
    OF_REVIEW_ALONE[action as usize]
}

static OF_REVIEW_ALONE: [bool; TABLE.len()] = {
    let (mut alone, mut at) = ([false; TABLE.len()], 0);
    while at < TABLE.len() {
        alone[TABLE[at].action as usize] = matches!(TABLE[at].contexts, [Review]);
        at += 1;
    }
    alone
};

/// The row of a name.
pub fn named(name: &str) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_has_words_and_a_name_of_its_own() {
        for (at, row) in TABLE.iter().enumerate() {
            assert!(row.sentence.ends_with('.') && !row.name.is_empty(), "{}", row.name);
            assert!(!row.contexts.is_empty(), "{}", row.name);
            let others = TABLE.iter().skip(at + 1);
            assert!(
                others.clone().all(|other| other.name != row.name && other.action != row.action),
                "{}",
                row.name
            );
            let words = || std::iter::once(&row.name).chain(row.aliases);
            for other in others {
                assert!(words().all(|word| !other.aliases.contains(word)), "{} and {}", row.name, other.name);
            }
        }
    }
}
