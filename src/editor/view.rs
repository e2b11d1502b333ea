//! The screen.
//!
//! ```text
//!  keymoat  ~/.config/keymoat/allowlist.json * unsaved     4 groups, 12 ranges, 1,284 admitted
//! ┌>Exit points ────────┬ Office, ISP A · 2 ─────────────────────┬ [Policy] Findings !2  Differences ┐
//! │ 1 Corporate networks│  Range           Label        State    │{                                  │
//! │>   Office, ISP A ! 2│> 203.0.114.0/24  uplink       on       │  "Version": "2012-10-17",         │
//! │ 2 Data centers     -│ !10.0.0.0/8      lab          off      │  ...                              │
//! │                     │────────────────────────────────────────│                                   │
//! │                     │203.0.114.0/24 · 256 addresses · ...    │[####----] 1,234 of 6,144 · 21%    │
//! └─────────────────────┴────────────────────────────────────────┴───────────────────────────────────┘
//!  Added 1 range to Office, ISP A.
//!  a add  A new group  e edit  d delete  Space on/off  / filter  Ctrl-S save  ? help  q quit
//! ```
//!
//! `layout` says where each part is. Below 50x12 there is a sentence.

use super::canvas::Frame;
use super::footer;
use super::keymap::{Action, Context};
use super::layers::Hints;
use super::layout::{LEAST, Layout, below_heading};
use super::looks::Looks;
use super::messages::Shown;
use super::paint;
use super::panes::points::Point;
use super::panes::preview::{self, Tab};
use super::panes::{Dress, Pane, details};
use super::spots::Spot;
use super::stand_in;
use super::state::{Editor, Tone};
use super::theme::Theme;
use super::width;
use crate::review::{Finding, Severity};
use crate::storage::Paths;
use crate::text::quoted;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// From this width on it is said where what is cut can be read.
const WIDE: usize = 80;

/// Draws that a file is being read, where that takes a while.
pub fn draw_reading(frame: &mut Frame, theme: Theme, looks: &Looks, paths: &Paths) {
    let area = frame.area();
    let text = format!(" keymoat  reading {} …", quoted(&paths.allowlist.to_string_lossy(), 200));
    let buffer = frame.buffer_mut();
    buffer.set_style(area, theme.text());
    buffer.set_stringn(area.x, area.y, text, usize::from(area.width), Style::new());
    stand_in::apply(buffer, looks.abilities.characters);
}

/// Draws everything, with the characters that the terminal has.
pub fn draw(frame: &mut Frame, editor: &Editor) {
    let (area, text) = (frame.area(), editor.theme.text());
    if text != Style::new() {
        frame.buffer_mut().set_style(area, text);
    }
    draw_all(frame, editor);
    stand_in::apply(frame.buffer_mut(), editor.looks.abilities.characters);
}

fn draw_all(frame: &mut Frame, editor: &Editor) {
    let area = frame.area();
    editor.pointer.spots.clear();
    if area.width < LEAST.0 || area.height < LEAST.1 {
        return too_small(frame, area, &editor.unseen_words());
    }
    let layout = editor.layout;
    header(frame, editor, Rect { height: 1, ..area });
    if !editor.is_covered() {
        panes(frame, editor, &layout);
    }
    let below = Rect { y: area.bottom() - 2, height: 1, ..area };
    message(frame, editor, below);
    for layer in &editor.layers {
        // What is below a dialog cannot be clicked.
        editor.pointer.spots.clear();
        layer.draw(editor, frame, Rect { height: area.height - 2, ..area });
    }
    hints(frame, editor, Rect { y: area.bottom() - 1, height: 1, ..area });
}

fn too_small(frame: &mut Frame, area: Rect, sentence: &str) {
    let columns = usize::from(area.width.max(1));
    // Below that no word stays whole.
    let lines = if columns < 16 {
        (0..sentence.len()).step_by(columns).map(|from| width::window(sentence, from, columns)).collect()
    } else {
        width::wrap(sentence, columns, 0)
    };
    for (line, y) in lines.iter().zip(area.y..area.bottom()) {
        frame.buffer_mut().set_stringn(area.x, y, line, columns, Style::new());
    }
}

fn header(frame: &mut Frame, editor: &Editor, area: Rect) {
    let (groups, ranges) = editor.document.size();
    let plural = |count: usize, what: &str| {
        let number = crate::cidr::grouped(&count.to_string());
        if count == 1 { format!("{number} {what}") } else { format!("{number} {what}s") }
    };
    let (groups, ranges) = (plural(groups, "group"), plural(ranges, "range"));
    let admitted = if editor.document.says_checking() {
        "checking …".to_owned()
    } else {
        format!("{} admitted", editor.document.admitted_words())
    };
    let unsaved = match (editor.document.is_unsaved(), editor.document.is_on_disk()) {
        (true, true) => " * unsaved",
        (true, false) => " * new, not saved yet",
        (false, _) if editor.document.is_policy_old() => " * policy not in step",
        (false, _) => "",
    };
    let rights = [
        format!("{groups}, {ranges}, {admitted} "),
        format!("{ranges}, {admitted} "),
        format!("{groups}, {ranges} "),
        format!("{ranges} "),
    ];
    // As much as leaves room for the path, else for the file's own name or some of it.
    let path = width::columns(&editor.shown_path);
    let file = editor.shown_path.rsplit('/').next().map_or(0, width::columns).min(22) + 2;
    let left = usize::from(area.width).saturating_sub(10 + unsaved.len() + 2);
    let fits = |right: &&String, beside: usize| width::columns(right) + beside <= left;
    let whole = rights[..3].iter().find(|right| fits(right, path));
    let right = whole.or_else(|| rights[1..].iter().find(|right| fits(right, file))).unwrap_or(&rights[3]);
    let room = usize::from(area.width).saturating_sub(width::columns(right) + 10 + unsaved.len() + 2);
    let line = Line::from(vec![
        Span::styled(" keymoat  ", editor.theme.accent()),
        Span::raw(clip_front(&editor.shown_path, room)),
        Span::styled(unsaved, editor.theme.warning()),
    ]);
    paint::spans(frame.buffer_mut(), area, &line);
    let x = area.right().saturating_sub(width::columns(right) as u16).max(area.x);
    paint::put(frame.buffer_mut(), (x, area.y), right, area.right() - x, editor.theme.dim());
}

/// The end of a path, which says more than its beginning.
fn clip_front(path: &str, room: usize) -> String {
    let columns = width::columns(path);
    if columns <= room {
        return path.to_owned();
    }
    format!("…{}", width::window(path, columns + 1 - room.max(1), room.saturating_sub(1)))
}

fn panes(frame: &mut Frame, editor: &Editor, layout: &Layout) {
    let theme = editor.theme;
    let focused = |pane: Pane| editor.focus == pane && editor.layers.is_empty();
    editor.pointer.spots.panes(editor, layout);
    let titles = [points_title(editor), ranges_title(editor, layout), preview_title(editor, layout.boxes[2])];
    let panes = [Pane::Points, Pane::Ranges, Pane::Preview];
    let mut all: Vec<_> = layout.boxes.into_iter().zip(panes).zip(titles).collect();
    let buffer = frame.buffer_mut();
    // The one with the focus is drawn last, so that its borders have its colour.
    all.sort_by_key(|((_, pane), _)| *pane == editor.focus);
    for ((outer, pane), title) in all {
        if outer.width == 0 {
            continue;
        }
        let title = title.style(theme.title(focused(pane)));
        paint::border(buffer, outer, theme.border(focused(pane)));
        paint::title(buffer, outer, &title);
    }
    if layout.points.width > 0 {
        editor.points.draw(&editor.document, dress(editor, Pane::Points), layout.points, buffer);
    }
    if layout.ranges.width > 0 {
        editor.ranges.draw(&editor.document, dress(editor, Pane::Ranges), layout.ranges, buffer);
        below_ranges(editor, layout, buffer);
        if editor.ranges.selected().is_some() && layout.rule.height > 0 {
            paint::rule(buffer, layout.rule, "─", theme.dim());
        }
    }
    if layout.preview.width > 0 {
        editor.preview.draw(dress(editor, Pane::Preview), layout.preview, buffer);
        if layout.gauge.height > 0 && editor.document.says_checking() {
            paint::spans(buffer, layout.gauge, &Line::styled("checking …", theme.dim()));
        } else if layout.gauge.height > 0 {
            let columns = usize::from(layout.gauge.width);
            let gauge = preview::gauge(&editor.document, editor.preview.chosen(), theme, columns);
            paint::spans(buffer, layout.gauge, &gauge);
        }
    }
}

fn dress(editor: &Editor, pane: Pane) -> Dress {
    let has_keys = editor.focus == pane;
    let pointer = if has_keys { ">" } else { "|" };
    Dress { theme: editor.theme, focused: has_keys && editor.layers.is_empty(), pointer }
}

/// Draws what of a row of the table or of the details lies in the buffer: what follows the cursor of the ranges.
pub fn draw_part(buffer: &mut Buffer, editor: &Editor, layout: &Layout, details: &[(String, Style)]) {
    let text = editor.theme.text();
    if text != Style::new() {
        buffer.set_style(buffer.area, text);
    }
    if buffer.area.y < layout.details.y {
        editor.ranges.draw(&editor.document, dress(editor, Pane::Ranges), layout.ranges, buffer);
    } else {
        details::draw(details, layout.details, buffer);
    }
    stand_in::apply(buffer, editor.looks.abilities.characters);
}

fn below_ranges(editor: &Editor, layout: &Layout, buffer: &mut Buffer) {
    if !editor.ranges.rows().is_empty() {
        return details::draw(&details_of(editor, layout), layout.details, buffer);
    }
    let at = below_heading(layout.ranges);
    for (line, y) in nothing_here(editor)
        .iter()
        .flat_map(|text| width::wrap(text, usize::from(at.width) - 2, 0))
        .zip(at.y..at.bottom())
    {
        buffer.set_string(at.x + 2, y, line, editor.theme.dim());
    }
}

/// What is said of the selected range below the table.
pub fn details_of(editor: &Editor, layout: &Layout) -> Vec<(String, Style)> {
    let lines = |at| details::lines(&editor.document, at, editor.theme, layout.details);
    editor.ranges.selected().map(lines).unwrap_or_default()
}

fn nothing_here(editor: &Editor) -> Vec<String> {
    if !editor.filter.trim().is_empty() {
        return vec!["No range matches the filter.".to_owned(), "Esc shows all again.".to_owned()];
    }
    match editor.points.selected() {
        Point::Group(_) => {
            vec!["No range here yet.".to_owned(), "a adds one or many; a pasted list works too.".to_owned()]
        }
        Point::Category(_) => {
            vec!["No range here yet.".to_owned(), "A makes a group, a adds ranges to it.".to_owned()]
        }
    }
}

fn points_title(editor: &Editor) -> Line<'static> {
    let pointer = if editor.focus == Pane::Points { ">" } else { " " };
    Line::raw(format!("{pointer}Exit points "))
}

fn ranges_title(editor: &Editor, layout: &Layout) -> Line<'static> {
    let allowlist = editor.document.allowlist();
    let count = crate::cidr::grouped(&editor.ranges.rows().len().to_string());
    let name = if editor.filter.trim().is_empty() {
        match editor.points.selected() {
            Point::Category(at) => allowlist.categories().get(at).map(|category| category.name.to_string()),
            Point::Group(at) => allowlist.group(at).map(|group| group.name.to_string()),
        }
        .unwrap_or_default()
    } else {
        format!("Filter {}", quoted(&editor.filter, 60))
    };
    let chosen = match editor.ranges.chosen().len() {
        0 => String::new(),
        chosen => format!(", {} chosen", crate::cidr::grouped(&chosen.to_string())),
    };
    let count = format!("{count}{chosen}");
    let end = match editor.keymap.keys(Context::Main, Action::ClearFilter).first() {
        Some(key) if !editor.filter.trim().is_empty() && chosen.is_empty() => format!(" ({key} ends it)"),
        _ => String::new(),
    };
    let pointer = if editor.focus == Pane::Ranges { ">" } else { " " };
    let tabs = match turning_key(editor) {
        Some(key) if layout.boxes[2].width == 0 => format!(" | {key}: preview"),
        _ => String::new(),
    };
    let room = usize::from(layout.boxes[1].width).saturating_sub(count.len() + end.len() + tabs.len() + 8);
    let title = format!("{pointer}{} · {count}{end}", width::clip(&name, room));
    editor.pointer.spots.title(layout.boxes[1], width::columns(&title), &tabs, Spot::Pane(Pane::Preview));
    Line::raw(format!("{title}{tabs} "))
}

/// The key that turns the previews.
fn turning_key(editor: &Editor) -> Option<String> {
    editor.keymap.keys(Context::Main, Action::NextPreview).first().map(ToString::to_string)
}

/// The tabs with what was found, in so many words as there is room for.
fn preview_title(editor: &Editor, outer: Rect) -> Line<'static> {
    let counted: Vec<_> = [Severity::Error, Severity::Warning, Severity::Info]
        .into_iter()
        .map(|severity| (super::theme::mark(severity), editor.document.count(severity)))
        .filter(|(_, count)| *count > 0)
        .collect();
    let words = |(mark, count): &(&str, usize)| format!("{mark}{}", crate::cidr::grouped(&count.to_string()));
    let all = counted.iter().map(words).collect::<Vec<_>>().join(" ");
    let worst = counted.first().map(words).unwrap_or_default();
    let mark = counted.first().map_or("", |(mark, _)| mark).to_owned();
    let key = turning_key(editor);
    let keys = [key.as_ref().map(|key| format!("{key}: ")), key.map(|key| format!("{key} "))];
    // With the pointer, the brackets, what is between them, and a blank at the end.
    let tabs: usize = 1 + 2 + Tab::ALL.iter().map(|tab| tab.name().len() + 1).sum::<usize>();
    let room = usize::from(outer.width).saturating_sub(tabs + 2);
    let titles = [all, worst, mark.clone()].into_iter().flat_map(|found| {
        let keys = keys.iter().flatten().map(String::clone);
        keys.map(move |keys| (keys, found.clone())).collect::<Vec<_>>()
    });
    let fits = |(keys, found): &(String, String)| width::columns(keys) + width::columns(found) < room;
    let (keys, found) = titles.into_iter().find(fits).unwrap_or((String::new(), mark));
    tabs_line(editor, outer, keys, &found)
}

fn tabs_line(editor: &Editor, outer: Rect, keys: String, found: &str) -> Line<'static> {
    let mut used = 1 + width::columns(&keys);
    let pointer = if editor.focus == Pane::Preview { ">" } else { " " };
    let mut spans = vec![Span::raw(pointer), Span::styled(keys, editor.theme.key())];
    for tab in Tab::ALL {
        let shown = tab == editor.preview.tab();
        let mut name = tab.name().to_owned();
        if tab == Tab::Findings && !found.is_empty() {
            name = format!("{name} {found}");
        }
        let name = if shown { format!("[{name}]") } else { name };
        editor.pointer.spots.title(outer, used, &name, Spot::Tab(tab));
        used += width::columns(&name) + 1;
        spans.push(Span::styled(name, if shown { editor.theme.heading() } else { editor.theme.dim() }));
        spans.push(Span::raw(" "));
    }
    Line::from(spans)
}

fn message(frame: &mut Frame, editor: &Editor, area: Rect) {
    let shown = editor.messages.shown();
    let (style, text, more) = match (&editor.later, shown) {
        (Some(later), _) => (Style::new(), format!(" {} …", later.words), 0),
        (None, Some(Shown { tone: Tone::Error, text, more })) => {
            (editor.theme.error(), format!(" x {text}"), more)
        }
        (None, Some(Shown { tone: Tone::Done, text, .. })) => (editor.theme.good(), format!(" {text}"), 0),
        (None, Some(Shown { tone: Tone::Warning, text, .. })) => {
            (editor.theme.warning(), format!(" ! {text}"), 0)
        }
        (None, Some(Shown { tone: Tone::Info, text, .. })) => (Style::new(), format!(" {text}"), 0),
        (None, None) => return silent(frame, editor, area),
    };
    let columns = usize::from(area.width);
    let tail = match more {
        // All of what is cut is there; in a narrow window what can be said needs the room itself.
        0 if columns >= WIDE && editor.later.is_none() && width::columns(&text) > columns => {
            "  (:messages)".to_owned()
        }
        0 => String::new(),
        more => format!("  ({more} more, :messages)"),
    };
    let text = width::clip(&text, columns.saturating_sub(tail.len()));
    paint::line(frame.buffer_mut(), area, [(&*text, style), (&*tail, style)]);
}

/// What is found of the selected range, where there is no room for the details and nothing is said.
pub fn finding_below<'a>(editor: &'a Editor, layout: &Layout) -> Option<&'a Finding> {
    let shows = editor.focus == Pane::Ranges && layout.details.height == 0 && editor.layers.is_empty();
    let at = editor.ranges.selected().filter(|_| shows && editor.messages.shown().is_none())?;
    editor.document.range_finding(at)
}

fn silent(frame: &mut Frame, editor: &Editor, area: Rect) {
    let Some(finding) = finding_below(editor, &editor.layout) else { return };
    let text = format!(" {} {}", super::theme::mark(finding.severity()), finding.problem.message);
    let text = width::clip(&text, usize::from(area.width));
    paint::line(frame.buffer_mut(), area, [(&*text, editor.theme.sentence(finding.severity()))]);
}

fn hints(frame: &mut Frame, editor: &Editor, area: Rect) {
    let (mut spans, mut x) = (vec![Span::raw(" ")], area.x + 1);
    for (key, words) in all_hints(editor) {
        let used = (width::columns(&key) + 1 + width::columns(&words)) as u16;
        // A shorter one behind it may still fit: most often the one that leaves.
        if used > area.right().saturating_sub(x) {
            continue;
        }
        editor.pointer.spots.hint((x, area.y), &key, usize::from(used));
        x += used + 2;
        spans.push(Span::styled(key, editor.theme.key()));
        spans.push(Span::styled(format!(" {words}  "), editor.theme.dim()));
    }
    paint::spans(frame.buffer_mut(), area, &Line::from(spans));
}

/// What can be done now, with its keys.
pub(super) fn all_hints(editor: &Editor) -> Vec<(String, String)> {
    let Some(layer) = editor.layers.last() else { return footer::hints(editor) };
    let mut hints = Hints::new(&editor.keymap);
    layer.hints(&mut hints);
    hints.all()
}
