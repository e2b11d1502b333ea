//! A session as a text: what was typed, and the screen behind it, with how each part of it looks.
//!
//! ```text
//! ── A ── at 80x24
//!  keymoat  ~/keymoat/allowlist.json
//!     1-7 accent  10-33 dim
//! ```
//!
//! Below a line stand the columns, from 0, of what does not look like plain text: by the roles of the theme,
//! whatever these look like, or by colours and modifiers where the theme is a real one. Frames that run down
//! the screen are left out.

use super::{Session, parse};
use crate::editor::state::Input;
use crate::editor::theme::{Role, Theme};
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Style};
use std::fmt::Write as _;

/// A session that is written down.
pub struct Log {
    pub session: Session,
    text: String,
}

impl Log {
    /// Of a session whose screen shows roles instead of looks.
    pub fn of_roles(mut session: Session) -> Self {
        session.editor.theme = roles();
        session.editor.acts += 1;
        Self::of(session)
    }

    /// Of a session as it looks.
    pub fn of(session: Session) -> Self {
        Self { session, text: String::new() }
    }

    /// Types keys without a look at the screen.
    pub fn types(&mut self, keys: &str) -> &mut Self {
        let _ = writeln!(self.text, "── {keys} ──");
        self.session.typed(keys);
        self
    }

    /// Types keys and looks at the screen.
    pub fn looks(&mut self, keys: &str) -> &mut Self {
        for key in parse(keys) {
            self.session.editor.handle(Input::Key(key), None);
        }
        self.session.draw();
        let buffer = self.session.terminal.backend().buffer();
        let (columns, rows) = (buffer.area.width, buffer.area.height);
        let typed = if keys.is_empty() { "nothing typed" } else { keys };
        let _ = writeln!(self.text, "── {typed} ── at {columns}x{rows}");
        for (y, line) in (0..rows).zip(self.session.screen().lines()) {
            let _ = writeln!(self.text, "{line}");
            let looks = row(buffer, y);
            if !looks.is_empty() {
                let _ = writeln!(self.text, "    {}", looks.join("  "));
            }
        }
        self
    }

    /// All that was written down.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// A theme whose every colour is the number of a role, behind the 16 that have names.
fn roles() -> Theme {
    let mut theme = Theme::new(false);
    for (number, role) in (16..).zip(Role::ALL) {
        let color = Color::Indexed(number);
        let style = match role {
            // What lies below everything would be told everywhere.
            Role::Text | Role::Dialog => Style::new(),
            Role::Selected | Role::SelectedAside => Style::new().bg(color),
            _ => Style::new().fg(color),
        };
        theme.set(role, style);
    }
    theme
}

/// How the parts of a row look that are not plain.
fn row(buffer: &Buffer, y: u16) -> Vec<String> {
    let mut runs: Vec<(u16, u16, String)> = Vec::new();
    for x in 0..buffer.area.width {
        let cell = &buffer[(x, y)];
        let look = look(cell);
        match runs.last_mut() {
            Some((_, to, same)) if *same == look && *to + 1 == x => *to = x,
            _ => runs.push((x, x, look)),
        }
    }
    let told = runs.into_iter().filter(|(.., look)| !look.is_empty()).filter_map(|(from, to, look)| {
        // Of a blank only its ground is to be seen.
        let blank = |x: &u16| !grounded(&look) && buffer[(*x, y)].symbol() == " ";
        let from = (from..=to).find(|x| !blank(x))?;
        let to = (from..=to).rfind(|x| !blank(x))?;
        Some(if from == to { format!("{from} {look}") } else { format!("{from}-{to} {look}") })
    });
    told.collect()
}

fn grounded(look: &str) -> bool {
    ["on ", "reversed", "underlined"].iter().any(|word| look.contains(word))
}

fn look(cell: &Cell) -> String {
    if cell.symbol() == "│" {
        return String::new();
    }
    let mut words = Vec::new();
    if cell.fg != Color::Reset {
        words.push(color(cell.fg));
    }
    words.extend(cell.modifier.iter_names().map(|(name, _)| name.to_lowercase()));
    if cell.bg != Color::Reset {
        words.push(format!("on {}", color(cell.bg)));
    }
    words.join(" ")
}

fn color(color: Color) -> String {
    match color {
        Color::Indexed(number @ 16..) => {
            let role = Role::ALL.get(usize::from(number) - 16);
            role.map_or_else(|| color.to_string(), |role| role.name().to_owned())
        }
        color => color.to_string().to_lowercase(),
    }
}
