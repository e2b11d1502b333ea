//! No size and no keys break the frame.
//!
//! `KEYMOAT_KEYS=100000 cargo test --release --lib editor::tests::sizes` plays so many keys; without it there are
//! 10,000.

use super::script::{play, scripts};
use super::starts::Start;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use std::cell::Cell;

/// How many keys all the tests here play together.
fn all_keys() -> usize {
    std::env::var("KEYMOAT_KEYS").ok().and_then(|keys| keys.parse().ok()).unwrap_or(10_000)
}

/// Plays scripts until so many hundredths of all keys were typed.
#[track_caller]
fn any_keys(starts: &'static [Start], hundredths: usize) {
    let wanted = all_keys() * hundredths / 100;
    let typed = Cell::new(0);
    while typed.get() < wanted {
        let config =
            Config { cases: 8, failure_persistence: None, max_shrink_iters: 2_000, ..Config::default() };
        let played = TestRunner::new(config).run(&scripts(starts, 60), |script| {
            typed.set(typed.get() + play(&script).map_err(TestCaseError::fail)?);
            Ok(())
        });
        if let Err(error) = played {
            panic!("{error}");
        }
    }
}

#[test]
fn any_keys_on_what_a_user_has_draw_whole_frames() {
    any_keys(&[Start::Nothing, Start::Example, Start::CutOff], 60);
}

#[test]
fn any_keys_on_what_is_wrong_or_long_draw_whole_frames() {
    any_keys(&[Start::Errors, Start::Longest], 35);
}

#[test]
fn any_keys_on_what_is_large_draw_whole_frames() {
    any_keys(&[Start::Split, Start::Many], 5);
}
