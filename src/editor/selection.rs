//! What is selected, by its names: positions are others once somebody else's changes are in.

use super::panes::points::Point;
use super::state::Editor;
use crate::allowlist::{GroupAt, Kind, RangeAt};

/// A selection that survives a change of everything.
#[derive(Debug, PartialEq, Eq)]
pub struct Selection {
    /// The category, by kind and name.
    pub category: Option<(Kind, String)>,
    /// The group's name.
    pub group: Option<String>,
    /// The selected range's group and CIDR.
    pub range: Option<(String, String)>,
}

impl Selection {
    /// What is selected now.
    pub fn of(editor: &Editor) -> Self {
        let allowlist = editor.document.allowlist();
        let point = editor.points.selected();
        let category = allowlist.categories().get(point.category());
        let group = match point {
            Point::Group(at) => allowlist.group(at).map(|group| group.name.to_string()),
            Point::Category(_) => None,
        };
        let range = editor.ranges.selected().and_then(|at| {
            let group = allowlist.group(at.group)?.name.to_string();
            Some((group, allowlist.range(at)?.cidr.to_string()))
        });
        Self { category: category.map(|c| (c.kind, c.name.to_string())), group, range }
    }

    /// Selects it again, as far as it is there; `row`: the position where the range was in the table, and where
    /// the next best one is.
    pub fn restore(&self, editor: &mut Editor, row: Option<usize>) {
        if let Some(point) = self.point(editor) {
            editor.points.select(point);
        }
        editor.rebuild();
        if let Some(row) = row {
            editor.ranges.point_at(row);
            if editor.ranges.selected().is_some_and(|at| self.is_range(editor, at)) {
                return;
            }
        }
        if let Some(at) = self.range(editor) {
            editor.ranges.select(at);
        }
    }

    /// Selects it again where exactly it is somewhere else now; else the place stays selected.
    pub fn follow(&self, editor: &mut Editor) {
        editor.rebuild();
        if Self::of(editor) == *self {
            return;
        }
        let before = (editor.points.selected(), editor.ranges.selected());
        self.restore(editor, None);
        if Self::of(editor) != *self {
            editor.points.select(self.elsewhere(editor).unwrap_or(before.0));
            editor.rebuild();
            if let Some(at) = before.1 {
                editor.ranges.select(at);
            }
        }
    }

    /// The group in another category, where only one has its name.
    fn elsewhere(&self, editor: &Editor) -> Option<Point> {
        let name = self.group.as_ref()?;
        let categories = editor.document.allowlist().categories().iter().enumerate();
        let mut found = categories.filter_map(|(category, value)| {
            value.group_named(name).map(|group| Point::Group(GroupAt { category, group }))
        });
        found.next().filter(|_| found.next().is_none())
    }

    fn point(&self, editor: &Editor) -> Option<Point> {
        let (kind, name) = self.category.as_ref()?;
        let categories = editor.document.allowlist().categories();
        let same = |c: &crate::allowlist::Category| {
            c.kind == *kind && (*kind != Kind::Custom || c.name.as_str() == name)
        };
        let category = categories.iter().position(same)?;
        let group = self.group.as_ref().and_then(|name| {
            categories[category].groups.iter().position(|group| group.name.as_str() == name)
        });
        Some(group.map_or(Point::Category(category), |group| Point::Group(GroupAt { category, group })))
    }

    fn range(&self, editor: &Editor) -> Option<RangeAt> {
        self.range.as_ref()?;
        editor.ranges.rows().iter().find(|at| self.is_range(editor, *at))
    }

    fn is_range(&self, editor: &Editor, at: RangeAt) -> bool {
        let Some((group, cidr)) = self.range.as_ref() else { return false };
        let allowlist = editor.document.allowlist();
        allowlist.group(at.group).is_some_and(|found| found.name.as_str() == group)
            && allowlist.range(at).is_some_and(|range| range.cidr.to_string() == *cidr)
    }
}
