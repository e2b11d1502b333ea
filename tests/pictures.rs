//! The pictures of the README and the documentation of the keys are of the editor as it is.

use keymoat::editor::picture::{Ground, Scene, svg};

#[test]
fn the_pictures_are_up_to_date() {
    for (scene, name) in [(Scene::Main, "editor"), (Scene::Add, "add")] {
        for (ground, suffix) in [(Ground::Light, "light"), (Ground::Dark, "dark")] {
            let path = format!("{}/assets/pictures/{name}-{suffix}.svg", env!("CARGO_MANIFEST_DIR"));
            let found = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(found == svg(scene, ground), "{path} is old: cargo run --example picture");
        }
    }
}

#[test]
fn the_documentation_of_the_keys_is_up_to_date() {
    let path = format!("{}/assets/keys.md", env!("CARGO_MANIFEST_DIR"));
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == keymoat::editor::keymap::markdown(), "{path} is old: cargo run --example keys");
}
