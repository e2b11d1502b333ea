//! Moving what is selected down or up among its neighbours. Each move is one step, and the selection goes
//! with what is moved.

use super::bulk;
use super::editing::ranges;
use super::panes::Pane;
use super::panes::points::Point;
use super::state::Editor;
use crate::allowlist::{Edit, GroupAt, Kind, RangeAt};

/// Which way something is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Towards the end.
    Down,
    /// Towards the start.
    Up,
}

impl Way {
    fn word(self) -> &'static str {
        match self {
            Self::Down => "down",
            Self::Up => "up",
        }
    }

    /// The position beside `at` in a list whose positions are `first` to before `end`, if there is one.
    fn beside(self, at: usize, first: usize, end: usize) -> Option<usize> {
        match self {
            Self::Down => Some(at + 1).filter(|next| *next < end),
            Self::Up => at.checked_sub(1).filter(|next| *next >= first),
        }
    }
}

/// What a move does.
struct Move {
    edit: Edit,
    /// What is moved, for messages.
    what: String,
    /// What is selected afterwards.
    then: Then,
}

enum Then {
    Point(Point),
    Ranges { selected: RangeAt, chosen: Vec<RangeAt> },
}

/// Why nothing can be moved that way, if so.
pub fn refusal(editor: &Editor, way: Way) -> Option<&'static str> {
    planned(editor, way).err()
}

/// Moves the selected category, group or range, or the chosen ranges.
pub fn go(editor: &mut Editor, way: Way) {
    let Ok(Move { edit, what, then }) = planned(editor, way) else { return };
    let words = format!("move {what} {}", way.word());
    if !editor.edit(edit, words, format!("Moved {what} {}.", way.word())) {
        return;
    }
    match then {
        Then::Point(point) => {
            if let (Point::Category(from), Point::Category(to)) = (editor.points.selected(), point) {
                editor.points.swap(from, to);
            }
            editor.points.select(point);
        }
        Then::Ranges { selected, chosen } => {
            editor.ranges.select(selected);
            editor.ranges.choose(chosen);
        }
    }
}

fn planned(editor: &Editor, way: Way) -> Result<Move, &'static str> {
    match (editor.focus, editor.points.selected()) {
        (Pane::Points, Point::Category(at)) => category(editor, at, way),
        (Pane::Points, Point::Group(at)) => group(editor, at, way),
        (Pane::Ranges, point) => in_group(editor, point, way),
        (Pane::Preview, _) => Err("select a group or a range first"),
    }
}

fn category(editor: &Editor, at: usize, way: Way) -> Result<Move, &'static str> {
    let categories = editor.document.allowlist().categories();
    let category = categories.get(at).ok_or("there is no category here")?;
    if category.kind != Kind::Custom {
        return Err("the four built-in categories stay in place");
    }
    let edge = match way {
        Way::Down => "it is the last category already",
        Way::Up => "it is the first of your own categories already; the built-in ones stay above",
    };
    let to = way.beside(at, Kind::BUILT_IN.len(), categories.len()).ok_or(edge)?;
    let what = format!("the category {}", category.name);
    Ok(Move { edit: Edit::MoveCategory(at, to), what, then: Then::Point(Point::Category(to)) })
}

fn group(editor: &Editor, at: GroupAt, way: Way) -> Result<Move, &'static str> {
    let allowlist = editor.document.allowlist();
    let group = allowlist.group(at).ok_or("there is no group here")?;
    let edge = match way {
        Way::Down => "it is the last group of its category already",
        Way::Up => "it is the first group of its category already",
    };
    let count = allowlist.categories()[at.category].groups.len();
    let to = GroupAt { group: way.beside(at.group, 0, count).ok_or(edge)?, ..at };
    let what = format!("the group {}", group.name);
    Ok(Move { edit: Edit::MoveGroup(at, to), what, then: Then::Point(Point::Group(to)) })
}

/// The selected range or all chosen ones, which have an order only within a group.
fn in_group(editor: &Editor, point: Point, way: Way) -> Result<Move, &'static str> {
    let selected = editor.ranges.selected().ok_or("there is no range here yet")?;
    if !editor.filter.trim().is_empty() {
        return Err("the filter hides the ranges between; clear it first");
    }
    let Point::Group(at) = point else {
        return Err("ranges have an order within their group; select one group on the left");
    };
    let allowlist = editor.document.allowlist();
    let count = allowlist.group(at).map_or(0, |group| group.ranges.len());
    let chosen = bulk::chosen(editor);
    // In the order of the table, which is that of the group.
    let positions: Vec<usize> = match &chosen {
        Some(chosen) => chosen.iter().map(|at| at.range).collect(),
        None => vec![selected.range],
    };
    let edge = match way {
        Way::Down => "it is the last range of its group already",
        Way::Up => "it is the first range of its group already",
    };
    let edit = moves(at, &positions, count, way).ok_or(edge)?;
    let what = match &chosen {
        Some(chosen) => ranges(chosen.len()),
        None => allowlist.range(selected).map(|range| range.cidr.to_string()).unwrap_or_default(),
    };
    // Every one of them goes by one; so does the cursor where it is on one of them.
    let by_one = |at: RangeAt| RangeAt { range: way.beside(at.range, 0, count).unwrap_or(at.range), ..at };
    let follows = positions.binary_search(&selected.range).is_ok();
    let selected = if follows { by_one(selected) } else { selected };
    let chosen = chosen.into_iter().flatten().map(by_one).collect();
    Ok(Move { edit, what, then: Then::Ranges { selected, chosen } })
}

/// The ranges at ascending positions by one: for each run of them, the neighbour goes to its other side.
/// `None` where one of them is at the edge.
fn moves(at: GroupAt, positions: &[usize], count: usize, way: Way) -> Option<Edit> {
    let mut edits = Vec::new();
    for run in positions.chunk_by(|one, next| one + 1 == *next) {
        let (first, last) = (*run.first()?, *run.last()?);
        edits.push(match way {
            Way::Down => Edit::MoveRange(at, way.beside(last, 0, count)?, first),
            Way::Up => Edit::MoveRange(at, way.beside(first, 0, count)?, last),
        });
    }
    if way == Way::Down {
        edits.reverse();
    }
    Some(Edit::All(edits))
}
