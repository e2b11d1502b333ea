//! Writes the pictures of the editor for the README into `assets/pictures`: `cargo run --example picture`.

use keymoat::editor::picture::{Ground, Scene, svg};
use std::path::Path;

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/pictures");
    std::fs::create_dir_all(&folder)?;
    for (scene, name) in [(Scene::Main, "editor"), (Scene::Add, "add")] {
        for (ground, suffix) in [(Ground::Light, "light"), (Ground::Dark, "dark")] {
            std::fs::write(folder.join(format!("{name}-{suffix}.svg")), svg(scene, ground))?;
        }
    }
    Ok(())
}
