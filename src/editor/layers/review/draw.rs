//! The screen of the review mode: the list, and large the current entry.

use super::about::{self, Row};
use super::decide;
use super::queue::{Decision, Entry, Queue};
use crate::allowlist::Range;
use crate::cidr::grouped;
use crate::editor::canvas::Frame;
use crate::editor::keymap::{Action, Context};
use crate::editor::paint::put;
use crate::editor::state::Editor;
use crate::editor::theme::Theme;
use crate::editor::width;
use crate::review::due::{self, Why};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::symbols::merge::MergeStrategy;
use ratatui::text::Line;
use ratatui::widgets::{Block, Clear, Widget};

/// From how many columns on list and entry stand beside each other.
const BESIDE: u16 = 100;
/// The columns of the names of the rows, `finding` among them.
const NAMES: u16 = 9;
/// The columns of the longest progress bar.
const BAR: usize = 20;

/// Where things are.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    /// The two boxes.
    pub boxes: [Rect; 2],
    /// The rows of the list.
    pub list: Rect,
    /// The rows that say what is known of the current entry.
    pub about: Rect,
}

impl Layout {
    /// The layout of a screen: above it is the header, below it stand the message and the keys.
    pub fn of(screen: Rect) -> Self {
        let body = Rect { y: screen.y + 1, height: screen.height.saturating_sub(3), ..screen };
        // Neighbours share a border.
        let boxes = if body.width >= BESIDE {
            let left = (body.width * 2 / 5).clamp(52, 68);
            [
                Rect { width: left, ..body },
                Rect { x: body.x + left - 1, width: body.width - left + 1, ..body },
            ]
        } else {
            let upper = (body.height / 3).clamp(4, 14).min(body.height);
            let lower = body.height - upper;
            [
                Rect { height: upper, ..body },
                Rect { y: (body.y + upper).saturating_sub(1), height: lower + 1, ..body },
            ]
        };
        let inside = |outer: Rect| {
            let inner = Block::bordered().inner(outer);
            Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner }
        };
        Self { boxes, list: Block::bordered().inner(boxes[0]), about: inside(boxes[1]) }
    }
}

/// Draws it all.
pub fn draw(queue: &Queue, about: &[Row], editor: &Editor, frame: &mut Frame) {
    let layout = Layout::of(frame.area());
    let theme = editor.theme;
    let focused = editor.layers.last().is_some_and(|layer| layer.fills_the_screen());
    let room = |outer: Rect| usize::from(outer.width).saturating_sub(4);
    let titles = [progress(queue, room(layout.boxes[0])), entry_title(queue, editor, room(layout.boxes[1]))];
    editor.pointer.spots.choices(layout.list, queue.window.shown(queue.len()));
    let buffer = frame.buffer_mut();
    for (outer, title) in layout.boxes.into_iter().zip(titles) {
        let merged = Block::bordered().merge_borders(MergeStrategy::Exact);
        Clear.render(Block::bordered().inner(outer), buffer);
        let title = Line::styled(format!(" {title} "), theme.heading());
        merged.border_style(theme.border(focused)).title(title).render(outer, buffer);
    }
    list(queue, editor, layout.list, buffer);
    match queue.current() {
        None => sentences(&nothing(queue, editor), layout.about, buffer),
        Some(entry) => {
            let area = summary(queue, editor, layout.about, buffer);
            entry_rows(entry, about, editor, area, buffer);
        }
    }
}

/// `Review · 12 of 40 reviewed [######--------------] confirmed 10, deleted 2`, as much as there is room for.
fn progress(queue: &Queue, room: usize) -> String {
    let (decided, all) = (queue.decided(), queue.len());
    let number = |count: usize| grouped(&count.to_string());
    let mut title = format!("Review · {} of {} reviewed", number(decided), number(all));
    let left = room.saturating_sub(width::columns(&title) + 3);
    let bar = left.min(BAR);
    if bar >= 5 && all > 0 {
        let full = decided * bar / all;
        title = format!("{title} [{}{}]", "#".repeat(full), "-".repeat(bar - full));
    }
    let words = queue.tally().words();
    if !words.is_empty() && width::columns(&title) + words.len() < room {
        title = format!("{title} {words}");
    }
    width::clip(&title, room)
}

fn entry_title(queue: &Queue, editor: &Editor, room: usize) -> String {
    let Some(entry) = queue.current() else { return "Nothing is due".to_owned() };
    let range = entry.at.and_then(|at| editor.document.allowlist().range(at));
    let title = range.map_or_else(|| entry.cidr.to_string(), |range| about::heading(&editor.document, range));
    width::clip(&title, room)
}

fn list(queue: &Queue, editor: &Editor, area: Rect, buffer: &mut Buffer) {
    let theme = editor.theme;
    let cidrs = if area.width >= 56 { 22 } else { 18 };
    for (y, position) in (area.y..area.bottom()).zip(queue.window.shown(queue.len())) {
        let Some(entry) = queue.entry(position) else { continue };
        let range = entry.at.and_then(|at| editor.document.allowlist().range(at));
        let selected = position == queue.window.cursor;
        let pointer = if selected { ">" } else { " " };
        let (sign, words, style) = match (entry.decision, range) {
            (Some(decision), _) => decided(decision, theme),
            (None, Some(range)) => (" ", due_words(range, editor), Style::new()),
            (None, None) => (" ", "gone".to_owned(), theme.dim()),
        };
        let cidr = range.map_or_else(|| entry.cidr.to_string(), |range| range.cidr.to_string());
        let head = format!("{pointer}{sign} {}", width::pad(&cidr, cidrs));
        let x = put(buffer, (area.x, y), &head, area.width, Style::new());
        let room = area.right().saturating_sub(x + 1);
        put(buffer, (x + 1, y), &width::clip(&words, usize::from(room)), room, style);
        buffer.set_style(Rect::new(area.x + 1, y, 1, 1), style);
        if selected {
            buffer.set_style(Rect { y, height: 1, ..area }, theme.selected(true));
        }
    }
}

/// The sign, the words and the style of a decision.
fn decided(decision: Decision, theme: Theme) -> (&'static str, String, Style) {
    match decision {
        Decision::Confirmed(day) => ("+", format!("confirmed until {day}"), theme.good()),
        Decision::Snoozed(day) => ("~", format!("snoozed until {day}"), theme.warning()),
        Decision::Disabled => ("-", "disabled".to_owned(), theme.warning()),
        Decision::Deleted => ("x", "deleted".to_owned(), theme.error()),
        Decision::Changed => ("*", "changed".to_owned(), theme.good()),
    }
}

/// Why it is due in few words, and whose it is.
fn due_words(range: &Range, editor: &Editor) -> String {
    let day = match (Why::of(range, editor.document.today), range.review_by) {
        (Some(Why::Expired(_)), _) => "expired      ".to_owned(),
        (_, Some(day)) => format!("by {day}"),
        (_, None) => "no day       ".to_owned(),
    };
    let state = if range.enabled { "" } else { "off" };
    let words = [state, range.owner.as_str(), range.label.as_str()].into_iter();
    let words: Vec<&str> = words.filter(|text| !text.is_empty()).collect();
    format!("{day}  {}", words.join(", ")).trim_end().to_owned()
}

/// Says in the first rows what was decided, once all is; returns the area below.
fn summary(queue: &Queue, editor: &Editor, area: Rect, buffer: &mut Buffer) -> Rect {
    if queue.decided() < queue.len() {
        return area;
    }
    let lines = [decide::done(queue, editor), queue.tally().words(), String::new()];
    let used = if area.height < 8 { 1 } else { 3 };
    for (line, y) in lines.iter().zip(area.y..area.y + used) {
        let room = usize::from(area.width);
        put(buffer, (area.x, y), &width::clip(line, room), area.width, editor.theme.good());
    }
    Rect { y: area.y + used, height: area.height.saturating_sub(used), ..area }
}

fn entry_rows(entry: &Entry, about: &[Row], editor: &Editor, area: Rect, buffer: &mut Buffer) {
    let theme = editor.theme;
    let mut y = area.y;
    if let Some(decision) = entry.decision {
        let (sign, words, style) = decided(decision, theme);
        let undo = editor.keymap.keys(Context::Review, Action::Undo).first();
        let back = undo.filter(|_| entry.at.is_none()).map(|key| format!("; {key} brings it back"));
        let text = format!("{sign} {words}{}", back.unwrap_or_default());
        put(buffer, (area.x, y), &text, area.width, style);
        y += 1;
    }
    let room = usize::from(area.width.saturating_sub(NAMES));
    let mut shown = "";
    for (at, row) in about.iter().enumerate() {
        // A name is said once for several rows of it.
        let name = if row.name == shown { "" } else { row.name };
        shown = row.name;
        let style = row.severity.map_or_else(Style::new, |severity| theme.severity(severity));
        // A long text may not push out what comes behind it where there is little room.
        let most = if area.height < 8 { 1 } else { 3 };
        let mut lines = width::wrap(&row.text, room, 0);
        if lines.len() > most {
            lines = vec![width::clip(&row.text, room)];
        }
        for (line, name) in lines.iter().zip([name].into_iter().chain(std::iter::repeat(""))) {
            if y >= area.bottom() {
                return;
            }
            let more = about.len() - at;
            if y + 1 == area.bottom() && more > 1 && area.height >= 8 {
                let text = format!("… and {more} rows more; a larger window shows them");
                put(
                    buffer,
                    (area.x, y),
                    &width::clip(&text, usize::from(area.width)),
                    area.width,
                    theme.dim(),
                );
                return;
            }
            put(buffer, (area.x, y), name, NAMES, theme.dim());
            put(buffer, (area.x + NAMES, y), line, area.width.saturating_sub(NAMES), style);
            y += 1;
        }
    }
}

/// What is said where there is nothing to review.
fn nothing(queue: &Queue, editor: &Editor) -> Vec<String> {
    let document = &editor.document;
    let ranges = document.size().1;
    if ranges == 0 {
        return vec!["There is no range yet.".to_owned()];
    }
    let mut lines = vec!["No range needs a look now.".to_owned()];
    if let Some((day, at)) = due::next_due(document.allowlist(), document.today) {
        let cidr = document.allowlist().range(at).map(|range| range.cidr.to_string()).unwrap_or_default();
        lines.push(format!("The next is {cidr} on {day}, {}.", about::ago(document.today, day)));
    }
    let all = editor.keymap.keys(Context::Review, Action::ReviewAll).first().filter(|_| !queue.all);
    lines.extend(all.map(|key| match ranges {
        1 => format!("{key} reviews the one range that there is."),
        ranges => format!("{key} reviews all {} ranges.", grouped(&ranges.to_string())),
    }));
    lines
}

fn sentences(lines: &[String], area: Rect, buffer: &mut Buffer) {
    let wrapped = lines.iter().flat_map(|line| width::wrap(line, usize::from(area.width), 0));
    for (line, y) in wrapped.zip(area.y..area.bottom()) {
        put(buffer, (area.x, y), &line, area.width, Style::new());
    }
}
