//! No size and no keys break the frame.

use super::{Session, parse};
use crate::editor::state::Input;
use proptest::prelude::*;

/// Keys that do something everywhere; no Ctrl-Z, which is the event loop's.
const KEYS: &str = "hjklgG aAedut/pP?:C123f[]IxvXmJKyy<Tab><BTab><Esc><Esc><Enter><Enter><Up><Down><Left><Right><PgUp><PgDn><Home><End><BS><Del><C-r><C-s><C-t><C-o><C-l>x東0.#";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_keys_at_any_size_draw_a_whole_frame(
        sizes in proptest::collection::vec((50u16..=300, 12u16..=100), 1..4),
        picks in proptest::collection::vec(0usize..1_000, 1..60),
        example in any::<bool>(),
    ) {
        let keys = parse(KEYS);
        let mut session = if example { Session::example() } else { Session::first_start() };
        for (step, pick) in picks.iter().enumerate() {
            if step % 16 == 0 {
                let (columns, rows) = sizes[step / 16 % sizes.len()];
                session.resize(columns, rows);
            }
            session.editor.handle(Input::Key(keys[pick % keys.len()]), None);
            session.editor.wish = None;
            session.draw();
            let screen = session.screen();
            prop_assert!(screen.lines().nth(1).is_some_and(|line| !line.is_empty()), "{screen}");
        }
        // Whatever was typed, undo leads back.
        session.typed("<Esc><Esc><Esc><Esc>");
        while session.editor.document.undo().is_some() {}
        session.draw();
    }

    #[test]
    fn below_the_least_size_there_is_a_sentence(columns in 1u16..50, rows in 1u16..12) {
        let mut session = Session::example();
        session.resize(columns, rows);
        session.typed("aA?<Esc><Esc>");
    }
}
