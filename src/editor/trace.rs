//! What a frame has drawn where: dialogs and text fields say it here while they are drawn, so that a test knows
//! it from the layout and need not guess it from the characters. Nothing of this is in the program.

use ratatui::layout::Rect;
use std::cell::RefCell;

/// A text field that was drawn with the focus.
#[derive(Debug, Clone)]
pub struct FieldDrawn {
    /// Where its text is.
    pub area: Rect,
    /// The line that is drawn.
    pub line: String,
    /// What of it is left of the cursor.
    pub before: String,
}

/// The dialogs and fields of a frame.
#[derive(Debug, Clone, Default)]
pub struct Drawn {
    /// The boxes with their titles, the topmost last.
    pub boxes: Vec<(String, Rect)>,
    /// The field with the focus that was drawn since the last box; the cursor stands in it.
    pub field: Option<FieldDrawn>,
}

thread_local!(static DRAWN: RefCell<Drawn> = RefCell::default());

/// A frame begins.
pub fn begin() {
    DRAWN.take();
}

/// A box was drawn.
pub fn boxed(title: &str, outer: Rect) {
    DRAWN.with_borrow_mut(|drawn| {
        drawn.boxes.push((title.to_owned(), outer));
        drawn.field = None;
    });
}

/// A text field was drawn that has the focus.
pub fn field(area: Rect, line: &str, before: &str) {
    let field = FieldDrawn { area, line: line.to_owned(), before: before.to_owned() };
    DRAWN.with_borrow_mut(|drawn| drawn.field = Some(field));
}

/// What the last frame has drawn.
pub fn last() -> Drawn {
    DRAWN.with_borrow(Drawn::clone)
}
