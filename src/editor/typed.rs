//! What `termina` makes of the bytes of a terminal, in the words of `crossterm`, which the editor speaks.
//!
//! crossterm reads and parses in one, and its readers have their ways: the level-triggered one looks at the
//! terminal only within a time, which a slow machine lets pass before each look; the edge-triggered one leaves
//! the rest of a long paste unread. termina's parser takes bytes.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use termina::event as read;

/// The event, if it is one that keys, a paste or the mouse make.
pub fn event(event: termina::Event) -> Option<Event> {
    match event {
        termina::Event::Key(key) if key.kind != read::KeyEventKind::Release => {
            Some(Event::Key(KeyEvent::new(code(key.code)?, modifiers(key.modifiers))))
        }
        termina::Event::Paste(text) => Some(Event::Paste(text)),
        termina::Event::Mouse(mouse) => Some(Event::Mouse(MouseEvent {
            kind: gesture(mouse.kind),
            column: mouse.column,
            row: mouse.row,
            modifiers: modifiers(mouse.modifiers),
        })),
        _ => None,
    }
}

fn code(code: read::KeyCode) -> Option<KeyCode> {
    Some(match code {
        read::KeyCode::Char(c) => KeyCode::Char(c),
        read::KeyCode::Enter => KeyCode::Enter,
        read::KeyCode::Backspace => KeyCode::Backspace,
        read::KeyCode::Tab => KeyCode::Tab,
        read::KeyCode::BackTab => KeyCode::BackTab,
        read::KeyCode::Escape => KeyCode::Esc,
        read::KeyCode::Left => KeyCode::Left,
        read::KeyCode::Right => KeyCode::Right,
        read::KeyCode::Up => KeyCode::Up,
        read::KeyCode::Down => KeyCode::Down,
        read::KeyCode::Home => KeyCode::Home,
        read::KeyCode::End => KeyCode::End,
        read::KeyCode::PageUp => KeyCode::PageUp,
        read::KeyCode::PageDown => KeyCode::PageDown,
        read::KeyCode::Insert => KeyCode::Insert,
        read::KeyCode::Delete => KeyCode::Delete,
        read::KeyCode::Function(number) => KeyCode::F(number),
        _ => return None,
    })
}

fn modifiers(modifiers: read::Modifiers) -> KeyModifiers {
    [
        (read::Modifiers::SHIFT, KeyModifiers::SHIFT),
        (read::Modifiers::ALT, KeyModifiers::ALT),
        (read::Modifiers::CONTROL, KeyModifiers::CONTROL),
        (read::Modifiers::SUPER, KeyModifiers::SUPER),
        (read::Modifiers::HYPER, KeyModifiers::HYPER),
        (read::Modifiers::META, KeyModifiers::META),
    ]
    .into_iter()
    .filter(|(read, _)| modifiers.contains(*read))
    .fold(KeyModifiers::NONE, |all, (_, modifier)| all | modifier)
}

fn gesture(kind: read::MouseEventKind) -> MouseEventKind {
    match kind {
        read::MouseEventKind::Down(with) => MouseEventKind::Down(button(with)),
        read::MouseEventKind::Up(with) => MouseEventKind::Up(button(with)),
        read::MouseEventKind::Drag(with) => MouseEventKind::Drag(button(with)),
        read::MouseEventKind::Moved => MouseEventKind::Moved,
        read::MouseEventKind::ScrollDown => MouseEventKind::ScrollDown,
        read::MouseEventKind::ScrollUp => MouseEventKind::ScrollUp,
        read::MouseEventKind::ScrollLeft => MouseEventKind::ScrollLeft,
        read::MouseEventKind::ScrollRight => MouseEventKind::ScrollRight,
    }
}

fn button(button: read::MouseButton) -> MouseButton {
    match button {
        read::MouseButton::Left => MouseButton::Left,
        read::MouseButton::Right => MouseButton::Right,
        read::MouseButton::Middle => MouseButton::Middle,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read of bytes that come in these pieces.
    fn read(pieces: &[&str]) -> Vec<Event> {
        let mut parser = termina::Parser::default();
        pieces.iter().for_each(|piece| parser.parse(piece.as_bytes(), false));
        std::iter::from_fn(|| parser.pop()).filter_map(event).collect()
    }

    fn key(code: KeyCode, modifiers: KeyModifiers) -> Event {
        Event::Key(KeyEvent::new(code, modifiers))
    }

    #[test]
    fn keys_are_read_as_terminals_send_them() {
        use KeyCode as K;
        let (none, shift, alt, control) =
            (KeyModifiers::NONE, KeyModifiers::SHIFT, KeyModifiers::ALT, KeyModifiers::CONTROL);
        for (sent, code, modifiers) in [
            ("j", K::Char('j'), none),
            ("G", K::Char('G'), shift),
            ("東", K::Char('東'), none),
            ("\r", K::Enter, none),
            ("\n", K::Char('j'), control),
            ("\t", K::Tab, none),
            ("\x1b[Z", K::BackTab, shift),
            ("\x7f", K::Backspace, none),
            ("\x08", K::Char('h'), control),
            ("\x13", K::Char('s'), control),
            ("\x1b", K::Esc, none),
            ("\x1bx", K::Char('x'), alt),
            ("\x1b[A", K::Up, none),
            ("\x1bOA", K::Up, none),
            ("\x1b[1;2B", K::Down, shift),
            ("\x1b[1;5C", K::Right, control),
            ("\x1b[5~", K::PageUp, none),
            ("\x1b[6~", K::PageDown, none),
            ("\x1b[H", K::Home, none),
            ("\x1b[1~", K::Home, none),
            ("\x1b[F", K::End, none),
            ("\x1b[2~", K::Insert, none),
            ("\x1b[3~", K::Delete, none),
            ("\x1bOP", K::F(1), none),
            ("\x1b[[A", K::F(1), none),
            ("\x1b[15~", K::F(5), none),
            ("\x1b[24~", K::F(12), none),
        ] {
            assert_eq!(read(&[sent]), [key(code, modifiers)], "{sent:?}");
        }
    }

    #[test]
    fn what_comes_in_pieces_is_one() {
        assert_eq!(read(&["\x1b[", "A"]), [key(KeyCode::Up, KeyModifiers::NONE)]);
        assert_eq!(read(&["\u{6771}"; 2]), read(&["東東"]));
        assert_eq!(
            read(&["\x1b[200~10.0.0.0/8\n", "x\x1b[20", "1~q"]),
            [Event::Paste("10.0.0.0/8\nx".to_owned()), key(KeyCode::Char('q'), KeyModifiers::NONE)]
        );
    }

    #[test]
    fn the_mouse_is_where_it_is_even_where_no_cell_is() {
        let press = |column, row| {
            let kind = MouseEventKind::Down(MouseButton::Left);
            Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE })
        };
        assert_eq!(read(&["\x1b[<0;7;3M"]), [press(6, 2)]);
        assert_eq!(read(&["\x1b[<0;0;0M"]), [press(0, 0)]);
        let kinds = |sent: &str| match read(&[sent])[..] {
            [Event::Mouse(mouse)] => mouse.kind,
            _ => panic!("{sent:?}"),
        };
        assert_eq!(kinds("\x1b[<0;7;3m"), MouseEventKind::Up(MouseButton::Left));
        assert_eq!(kinds("\x1b[<32;7;3M"), MouseEventKind::Drag(MouseButton::Left));
        assert_eq!(kinds("\x1b[<64;7;3M"), MouseEventKind::ScrollUp);
        assert_eq!(kinds("\x1b[<65;7;3M"), MouseEventKind::ScrollDown);
    }

    #[test]
    fn answers_of_a_terminal_are_no_keys() {
        for answer in
            ["\x1b[?62;22c", "\x1b[?0u", "\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\", "\x1b[I", "\x1b[24;80R"]
        {
            assert_eq!(read(&[answer]), [], "{answer:?}");
        }
    }
}
