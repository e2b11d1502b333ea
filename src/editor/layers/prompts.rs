//! The dialogs of one line: names of groups and categories, and the filter, which is typed below the panes.
//!
//! ```text
//! └─────────────────────┴──────────────────────────────┘
//! Filter > vpn
//!  Enter keep the filter  Esc clear it  Up Down move
//! ```

use super::prompt::{Prompt, Verdict, open};
use super::{Flow, Hints, Layer, add, does, group_names};
use crate::allowlist::{Category, Edit, Group, GroupAt, Kind};
use crate::editor::canvas::Frame;
use crate::editor::keymap::Action;
use crate::editor::paint;
use crate::editor::panes::Pane;
use crate::editor::panes::points::Point;
use crate::editor::state::{Editor, Input};
use crate::editor::text_field::TextField;
use crate::editor::width;
use crate::editor::window::Motion;
use crate::text::Name;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

fn name(text: &str) -> Result<Name, String> {
    Name::new(text.trim()).map_err(|error| error.to_string())
}

fn category_name(editor: &Editor, category: usize) -> String {
    editor.document.allowlist().categories().get(category).map_or_else(String::new, |c| c.name.to_string())
}

fn free_group_name(editor: &Editor, category: usize, text: &str) -> Result<Name, String> {
    let name = name(text)?;
    let taken = editor.document.allowlist().categories().get(category).and_then(|c| c.group_named(&name));
    match taken {
        Some(_) => Err(format!("there is a group {name} in this category already: choose another name")),
        None => Ok(name),
    }
}

/// Makes a group at the end of a category and selects it.
fn make_group(editor: &mut Editor, category: usize, name: Name) -> Result<(), String> {
    let groups = editor.document.allowlist().categories().get(category).map_or(0, |c| c.groups.len());
    let at = GroupAt { category, group: groups };
    let said = format!("Made the group {name}; a adds ranges to it.");
    let words = format!("add the group {name}");
    if !editor.edit(Edit::InsertGroup(at, Group::new(name)), words, said) {
        return Err(String::new());
    }
    editor.points.select(Point::Group(at));
    editor.focus = Pane::Points;
    editor.rebuild();
    Ok(())
}

/// `A`: a new group in the selected category.
pub fn new_group(editor: &mut Editor) {
    let category = editor.points.selected().category();
    let prompt = Prompt {
        title: format!("New group in {}", category_name(editor, category)),
        label: "Its name: a site, an ISP, an AWS account or a cloud project",
        draft: "new-group",
        enter: "make it",
        check: Box::new(move |editor, text| {
            let name = free_group_name(editor, category, text)?;
            let remark = group_names::remark(editor.document.allowlist(), category, None, &name);
            Ok(remark.map(|remark| format!("! {remark}")).into_iter().collect())
        }),
        done: Box::new(move |editor, text| {
            let name = free_group_name(editor, category, text)?;
            make_group(editor, category, name)
        }),
    };
    open(editor, prompt, "");
}

/// Asks for the group that ranges go to: a new one, or one that is there.
pub fn group_for_ranges(editor: &mut Editor, category: usize) {
    let existing = move |editor: &Editor, name: &str| {
        editor.document.allowlist().categories().get(category).and_then(|c| c.group_named(name))
    };
    let check = move |editor: &Editor, text: &str| -> Verdict {
        let name = name(text)?;
        if existing(editor, &name).is_some() {
            return Ok(vec!["this group is there already".to_owned()]);
        }
        let remark = group_names::address(&name).map(|remark| format!("! {remark}"));
        Ok(vec![remark.unwrap_or_else(|| "a new group".to_owned())])
    };
    let groups = editor.document.allowlist().categories().get(category).map_or(0, |c| c.groups.len());
    let prompt = Prompt {
        title: format!("Which group of {}?", category_name(editor, category)),
        label: if groups == 0 { "The name of a new group" } else { "The name of a group; a new one is made" },
        draft: "group-for-ranges",
        enter: "go on to the ranges",
        check: Box::new(check),
        done: Box::new(move |editor, text| {
            let name = name(text)?;
            match existing(editor, &name) {
                Some(group) => editor.points.select(Point::Group(GroupAt { category, group })),
                None => make_group(editor, category, name)?,
            }
            editor.focus = Pane::Points;
            add::open(editor, "");
            Ok(())
        }),
    };
    open(editor, prompt, "");
}

fn free_category_name(editor: &Editor, but: Option<usize>, text: &str) -> Result<Name, String> {
    let name = name(text)?;
    let mut others = editor.document.allowlist().categories().iter().enumerate();
    if others.any(|(at, category)| Some(at) != but && category.name == name) {
        return Err(format!("there is a category {name} already: choose another name"));
    }
    Ok(name)
}

/// `C`: a new category.
pub fn new_category(editor: &mut Editor) {
    let prompt = Prompt {
        title: "New category".to_owned(),
        label: "Its name: a kind of exit point that the others are not",
        draft: "new-category",
        enter: "make it",
        check: Box::new(|editor, text| free_category_name(editor, None, text).map(|_| Vec::new())),
        done: Box::new(|editor, text| {
            let name = free_category_name(editor, None, text)?;
            let at = editor.document.allowlist().categories().len();
            let (words, said) = (
                format!("add the category {name}"),
                format!("Made the category {name}; A makes a group in it."),
            );
            let category = Category { kind: Kind::Custom, name, groups: Vec::new() };
            if editor.edit(Edit::InsertCategory(at, category), words, said) {
                editor.points.select(Point::Category(at));
                editor.focus = Pane::Points;
            }
            Ok(())
        }),
    };
    open(editor, prompt, "");
}

/// `e` on a category: its name.
pub fn rename_category(editor: &mut Editor, at: usize) {
    let old = category_name(editor, at);
    let prompt = Prompt {
        title: format!("Category {}", at + 1),
        label: "Its name",
        draft: "category-name",
        enter: "rename it",
        check: Box::new(move |editor, text| free_category_name(editor, Some(at), text).map(|_| Vec::new())),
        done: Box::new(move |editor, text| {
            let name = free_category_name(editor, Some(at), text)?;
            if category_name(editor, at) != name.as_str() {
                let words = format!("rename a category to {name}");
                editor.edit(
                    Edit::RenameCategory(at, name.clone()),
                    words,
                    format!("The category is {name} now."),
                );
            }
            Ok(())
        }),
    };
    open(editor, prompt, &old);
}

/// `/`: the filter, which works while it is typed.
pub fn filter(editor: &mut Editor) {
    let field = TextField::single(&editor.filter);
    editor.focus = Pane::Ranges;
    editor.layers.push(Box::new(Filter { field }));
}

struct Filter {
    field: TextField,
}

impl Layer for Filter {
    fn handle(&mut self, input: &Input, _: Option<&Input>, editor: &mut Editor) -> Flow {
        match input {
            Input::Paste(text) => self.field.insert(text),
            Input::Key(key) => match does(editor, key) {
                Some(Action::Leave) => {
                    editor.filter.clear();
                    return Flow::Close;
                }
                Some(Action::Take) => return Flow::Close,
                Some(Action::Up) => editor.ranges.go(Motion::Up),
                Some(Action::Down) => editor.ranges.go(Motion::Down),
                _ => _ = self.field.key(key),
            },
            Input::Mouse(_) | Input::Resize => {}
        }
        editor.filter = self.field.text();
        Flow::Stay
    }

    fn field(&mut self, _: usize) -> Option<&mut TextField> {
        Some(&mut self.field)
    }

    fn draw(&self, editor: &Editor, frame: &mut Frame, area: Rect) {
        // In the row of the message.
        let row = Rect { y: area.bottom(), height: 1, ..area };
        Line::from(vec![Span::raw(" ".repeat(usize::from(row.width)))]).render(row, frame.buffer_mut());
        let words = "Filter ";
        Span::styled(words, editor.theme.heading()).render(row, frame.buffer_mut());
        let used = width::columns(words) as u16;
        let rest = Rect { x: row.x + used, width: row.width.saturating_sub(used), ..row };
        super::popup::field(frame, rest, &self.field, editor);
        if self.field.is_empty() {
            let room = rest.width.saturating_sub(2);
            let words = width::clip("text, or an address such as 203.0.114.9", usize::from(room));
            paint::put(frame.buffer_mut(), (rest.x + 2, rest.y), &words, room, editor.theme.dim());
        }
    }

    fn hints(&self, hints: &mut Hints) {
        hints.key(Action::Take, "keep the filter").key(Action::Leave, "clear it");
        hints.keys(&[Action::Up, Action::Down], "move");
    }
}
