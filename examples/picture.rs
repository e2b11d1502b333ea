//! Writes the pictures of the editor for the README, and the film, into `assets/pictures`:
//! `cargo run --example picture`.

use keymoat::editor::picture::{Ground, Scene, film, svg};
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/pictures");
    std::fs::create_dir_all(&folder)?;
    for (ground, suffix) in [(Ground::Light, "light"), (Ground::Dark, "dark")] {
        for (scene, name) in Scene::ALL {
            std::fs::write(folder.join(format!("{name}-{suffix}.svg")), svg(scene, ground))?;
        }
        let saved = tempfile::tempdir()?;
        std::fs::write(folder.join(format!("session-{suffix}.svg")), film(ground, saved.path())?)?;
    }
    Ok(())
}
