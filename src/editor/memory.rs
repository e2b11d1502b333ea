//! What is remembered of a file from session to session: the selection, closed categories, the widths of the
//! panes and the preview. Not the focus: the same keys do the same at each start. The keeper writes it when
//! the session ends.

use super::panes::preview::Tab;
use super::selection::Selection;
use super::sizes::Sizes;
use super::state::Editor;
use crate::allowlist::{Category, Kind};
use crate::storage::{CategoryName, Session};

/// More closed categories than these are not remembered.
const CLOSED: usize = 60;

impl Editor {
    /// Goes on where the last session of this file ended, as far as what it names is still there.
    pub fn recall(&mut self) {
        let paths = &self.document.paths;
        if self.document.is_on_disk()
            && let Some(session) = Session::read(&paths.state, &paths.allowlist)
        {
            restore(self, &session);
        }
        self.rebuild();
        self.recalled = Some(session(self));
    }

    /// Hands what is to be remembered to the keeper, where it is not what was recalled.
    pub fn keep_session(&mut self) {
        let now = session(self);
        if self.session.as_ref() == Some(&now) {
            return;
        }
        let keeps = self.document.is_on_disk() && self.recalled.as_ref() != Some(&now);
        self.keeper.remember(keeps.then(|| (self.document.paths.clone(), now.clone())));
        self.session = keeps.then_some(now);
    }
}

fn session(editor: &Editor) -> Session {
    let Selection { category, group, range } = Selection::of(editor);
    let name = |kind: Kind, name: String| CategoryName { kind: kind.as_str().to_owned(), name };
    let categories = editor.document.allowlist().categories();
    let closed = editor.points.closed().into_iter().filter_map(|at| categories.get(at)).take(CLOSED);
    // Where the filter shows others, the position says nothing.
    let row = editor.filter.trim().is_empty().then(|| editor.ranges.position());
    let sizes = editor.sizes;
    Session {
        category: category.map(|(kind, text)| name(kind, text)),
        group,
        row: row.filter(|_| range.is_some()),
        range,
        closed: closed.map(|category| name(category.kind, category.name.to_string())).collect(),
        sizes: [sizes.points, sizes.preview, sizes.points_of_two],
        preview: editor.preview.tab().name().to_owned(),
    }
}

fn restore(editor: &mut Editor, session: &Session) {
    let [points, preview, points_of_two] = session.sizes;
    editor.sizes = Sizes { points, preview, points_of_two };
    if let Some(tab) = Tab::ALL.into_iter().find(|tab| tab.name() == session.preview) {
        editor.preview.show(tab);
    }
    let categories = editor.document.allowlist().categories().iter().enumerate();
    let is_closed = |category: &Category| session.closed.iter().any(|name| is(category, name));
    let closed: Vec<usize> = categories.filter(|(_, c)| is_closed(c)).map(|(at, _)| at).collect();
    editor.points.close_all(closed);
    let category = session.category.as_ref().and_then(|name| {
        let all = Kind::BUILT_IN.into_iter().chain([Kind::Custom]);
        Some((all.into_iter().find(|kind| kind.as_str() == name.kind)?, name.name.clone()))
    });
    let selection = Selection { category, group: session.group.clone(), range: session.range.clone() };
    selection.restore(editor, session.row);
}

/// Built-in categories may have got another name.
fn is(category: &Category, name: &CategoryName) -> bool {
    category.kind.as_str() == name.kind
        && (category.kind != Kind::Custom || category.name.as_str() == name.name)
}
