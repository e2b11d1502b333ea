//! The signs of the screen and what they mean, for the help.

/// The heading that they stand under.
pub const SECTION: &str = "Signs";

/// Every sign with what it says, in the order of the help.
pub static SIGNS: [(&str, &str); 14] = [
    (">", "The row that the keys act on."),
    ("|", "The selected row of another pane."),
    ("*", "A range chosen for the next action; above: unsaved."),
    ("x", "An error: something is wrong and has to be put right."),
    ("!", "A warning: this is probably not meant."),
    ("i", "A remark: nothing is wrong, it could be better."),
    ("1+", "A category that is closed: its groups are not shown."),
    ("-", "In place of a number: there is no range in it."),
    ("2/5", "Of 5 ranges only 2 are let through: the others are off or have expired."),
    ("+ -", "In the differences: what is new, and what goes."),
    ("+", "While ranges are added: it will be added."),
    ("=", "While ranges are added: it is there already."),
    ("+ ~ - x", "In the review: confirmed, later, disabled, deleted."),
    ("[###---]", "How much of the size that AWS allows is used."),
];
