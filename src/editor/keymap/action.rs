//! What can be done.

/// Something that a key or a name in the palette does in the main view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Up one row.
    Up,
    /// Down one row.
    Down,
    /// Close, or to the pane on the left.
    Left,
    /// Open, or to the pane on the right.
    Right,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// To the first row.
    First,
    /// To the last row.
    Last,
    /// To the next pane.
    NextPane,
    /// To the previous pane.
    PreviousPane,
    /// To the category of this number.
    Category,
    /// A new group.
    NewGroup,
    /// A new category.
    NewCategory,
    /// Ranges into a group.
    AddRanges,
    /// Ranges from another tool's file.
    Import,
    /// The properties of what is selected.
    EditSelected,
    /// What is selected, or the allowlist, in another program.
    EditOutside,
    /// Chooses a range for the next action.
    Mark,
    /// Chooses a run of ranges.
    MarkRun,
    /// Chooses all ranges that are shown.
    MarkAll,
    /// Moves ranges to another group, or a group to another category.
    Move,
    /// Moves what is selected down among its neighbours.
    MoveDown,
    /// Moves what is selected up among its neighbours.
    MoveUp,
    /// Takes out what is selected.
    Delete,
    /// Enables or disables what is selected.
    Toggle,
    /// Takes the fix that a finding offers.
    Mend,
    /// Undo.
    Undo,
    /// Redo.
    Redo,
    /// The review mode.
    Review,
    /// A range is still needed.
    Confirm,
    /// A range is looked at later.
    Snooze,
    /// A range is disabled, and the next one comes.
    Disable,
    /// The owner and the ticket of a range.
    Owner,
    /// The next range that nothing was decided of.
    NextUndecided,
    /// All ranges in the review mode, or those that need it.
    ReviewAll,
    /// Filter as you type.
    Filter,
    /// Copies something to the terminal's clipboard.
    Copy,
    /// Clears the filter.
    ClearFilter,
    /// Test an address.
    TestAddress,
    /// The policy's settings.
    PolicySettings,
    /// The next preview.
    NextPreview,
    /// The previous document of a split.
    PreviousDocument,
    /// The next document of a split.
    NextDocument,
    /// The focused pane narrower.
    Narrower,
    /// The focused pane wider.
    Wider,
    /// The mouse is the terminal's, or the editor's.
    Mouse,
    /// Help.
    Help,
    /// The command palette.
    Palette,
    /// The messages so far.
    Messages,
    /// Another theme.
    Theme,
    /// The earlier versions.
    History,
    /// Save.
    Save,
    /// Quit, asking where something is unsaved.
    Quit,
    /// Save and quit.
    SaveAndQuit,
    /// Quit without saving.
    QuitUnsaved,
    /// Back to the shell for a while.
    Suspend,
    /// Draw everything anew.
    Redraw,
    /// Takes what a dialog says.
    Take,
    /// The same, and saves.
    TakeAndSave,
    /// Leaves a dialog.
    Leave,
    /// To the next field of a dialog.
    NextField,
    /// To the previous field of a dialog.
    PreviousField,
    /// Completes what is typed.
    Complete,
    /// Offers the next one.
    NextOffer,
    /// Offers the one before.
    PreviousOffer,
    /// Takes the CIDRs that are offered for what is none.
    TakeOffer,
    /// Takes the other CIDRs that are offered.
    TakeOtherOffer,
    /// Brings back what the list says.
    PutBack,
    /// Begins a new line in a text.
    NewLine,
}
