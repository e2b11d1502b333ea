//! The pictures of the README and the documentation of the keys are of the editor as it is.

use keymoat::editor::picture::{Ground, Scene, film, svg};

/// What is looked at over a network is small: at most so many bytes.
const MOST: usize = 400_000;

#[track_caller]
fn is_up_to_date(name: &str, picture: &str) {
    let path = format!("{}/assets/pictures/{name}.svg", env!("CARGO_MANIFEST_DIR"));
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == picture, "{path} is old: cargo run --example picture");
    assert!(found.len() <= MOST, "{path} has {} bytes", found.len());
}

#[test]
fn the_pictures_are_up_to_date() {
    for (ground, suffix) in [(Ground::Light, "light"), (Ground::Dark, "dark")] {
        for (scene, name) in Scene::ALL {
            is_up_to_date(&format!("{name}-{suffix}"), &svg(scene, ground));
        }
        let folder = tempfile::tempdir().unwrap();
        is_up_to_date(&format!("session-{suffix}"), &film(ground, folder.path()).unwrap());
    }
}

#[test]
fn the_documentation_of_the_keys_is_up_to_date() {
    let path = format!("{}/assets/keys.md", env!("CARGO_MANIFEST_DIR"));
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == keymoat::editor::keymap::markdown(), "{path} is old: cargo run --example keys");
}
