//! Writes the documentation of the keys into `assets/keys.md`: `cargo run --example keys`.

fn main() -> std::io::Result<()> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/keys.md");
    std::fs::write(path, keymoat::editor::keymap::markdown())
}
