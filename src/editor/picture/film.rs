//! A short film: from a first start to a saved policy. What does not change from one frame to the next is drawn
//! once; the rest is shown and hidden by CSS. Where nothing moves, because it cannot or is not wanted to, the last
//! frame stands.

use super::paint::{self, CELL, MARGIN, Palette, escaped};
use super::{Ground, draw, paste, press, today};
use crate::editor::document::Document;
use crate::editor::state::Editor;
use crate::storage::{Paths, StorageError};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Columns and rows of the film.
const SIZE: (u16, u16) = (112, 28);
/// Room for what is pressed, in pixels.
const BELOW: f32 = 34.0;

/// How a frame is reached from the one before.
struct Step {
    /// The keys that are pressed, and what is pasted then.
    keys: &'static [&'static str],
    paste: &'static str,
    /// What is said of it: the keys, and what they do.
    words: (&'static str, &'static str),
    /// How long it stands, in seconds.
    stands: f32,
}

const RANGES: &str = "203.0.114.0/26 # primary uplink\n198.51.102.77/29 # backup uplink\n203.0.114.16/28";

const STEPS: [Step; 11] = [
    Step { keys: &[], paste: "", words: ("keymoat", "starts with a question"), stands: 2.5 },
    Step { keys: &["1", "A"], paste: "Head office", words: ("A", "makes a group"), stands: 2.5 },
    Step {
        keys: &["enter", "a"],
        paste: RANGES,
        words: ("a", "adds ranges; each line is judged while it is typed"),
        stands: 4.0,
    },
    Step { keys: &["ctrl-t"], paste: "", words: ("Ctrl-T", "takes the network that was meant"), stands: 3.0 },
    Step {
        keys: &["enter"],
        paste: "",
        words: ("Enter", "adds them; the policy follows, and is proven"),
        stands: 3.5,
    },
    Step {
        keys: &["p", "tab", "tab"],
        paste: "",
        words: ("p", "shows what is to be said about them"),
        stands: 3.5,
    },
    Step {
        keys: &["f"],
        paste: "",
        words: ("f", "fixes the selected finding; u would take it back"),
        stands: 3.5,
    },
    Step {
        keys: &["t"],
        paste: "198.51.102.75",
        words: ("t", "tests an address against the policy itself"),
        stands: 3.5,
    },
    Step { keys: &["esc", "p"], paste: "", words: ("p", "shows what saving changes"), stands: 3.0 },
    Step {
        keys: &["ctrl-s"],
        paste: "",
        words: ("Ctrl-S", "saves the allowlist and the policy"),
        stands: 2.5,
    },
    Step {
        keys: &["p"],
        paste: "",
        words: ("keymoat", "the policy denies everything from elsewhere"),
        stands: 6.0,
    },
];

/// The film. What it saves goes to `folder`, which is empty before.
pub fn film(ground: Ground, folder: &Path) -> Result<String, StorageError> {
    let at = |name: &str| folder.join(name);
    let paths =
        Paths { allowlist: at("allowlist.json"), config: at("config"), state: at("state"), log: at("log") };
    let mut editor = Editor::new(Document::open(paths, today())?, ground.theme());
    editor.shown_path = "allowlist.json".to_owned();
    let palette = Palette::of(ground.theme());
    let accent = paint::hex_of(ground.theme().key());
    let mut frames = Vec::new();
    for step in STEPS {
        press(&mut editor, step.keys, SIZE);
        paste(&mut editor, step.paste);
        let buffer = draw(&mut editor, SIZE);
        let mut rows: Vec<String> = (0..SIZE.1).map(|y| paint::row(&buffer, y, &palette)).collect();
        rows.push(caption(step.words, &accent));
        frames.push(rows);
    }
    let mut out = paint::head(SIZE, BELOW, &palette);
    let rows = parts(&frames);
    let shown: Vec<u32> = rows.iter().map(|(shown, _)| *shown).collect();
    out.push_str(&style(&shown));
    for (shown, row) in rows {
        let _ = writeln!(out, "<g class=\"f{shown:x}\">\n{row}</g>");
    }
    out.push_str("</svg>\n");
    Ok(out)
}

/// What is pressed and what it does, below the screen.
fn caption((key, words): (&str, &str), accent: &str) -> String {
    let y = MARGIN + f32::from(SIZE.1) * CELL.1 + BELOW / 2.0 + 7.0;
    let x = MARGIN + CELL.0;
    let behind = x + (key.len() + 2) as f32 * CELL.0;
    let (key, words) = (escaped(key), escaped(words));
    format!(
        "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"16\" font-weight=\"bold\" fill=\"{accent}\">{key}</text>\n\
         <text x=\"{:.1}\" y=\"{y:.1}\" font-size=\"16\">{words}</text>\n",
        behind + 8.0
    )
}

/// Every row as it looks in some frames, with these frames as bits, the first the lowest.
fn parts(frames: &[Vec<String>]) -> Vec<(u32, &str)> {
    let mut parts: BTreeMap<(usize, &str), u32> = BTreeMap::new();
    for (number, frame) in frames.iter().enumerate() {
        for (y, row) in frame.iter().enumerate().filter(|(_, row)| !row.is_empty()) {
            *parts.entry((y, row)).or_default() |= 1 << number;
        }
    }
    parts.into_iter().map(|((_, row), shown)| (shown, row)).collect()
}

/// When what stands in some frames is shown.
fn style(all: &[u32]) -> String {
    let long: f32 = STEPS.iter().map(|step| step.stands).sum();
    let visible = |shown: u32, frame: usize| if shown >> frame & 1 == 1 { "visible" } else { "hidden" };
    let (last, always) = (STEPS.len() - 1, (1 << STEPS.len()) - 1);
    let mut all: Vec<u32> = all.iter().copied().filter(|shown| *shown != always).collect();
    all.sort_unstable();
    all.dedup();
    let mut out = "<style>\n".to_owned();
    for shown in all {
        let _ = write!(
            out,
            ".f{shown:x}{{visibility:{};animation:k{shown:x} {long}s step-end infinite}}",
            visible(shown, last)
        );
        let _ = write!(out, "@keyframes k{shown:x}{{");
        let mut from = 0.0;
        for (frame, step) in STEPS.iter().enumerate() {
            if frame == 0 || visible(shown, frame) != visible(shown, frame - 1) {
                let _ = write!(out, "{:.2}%{{visibility:{}}}", from / long * 100.0, visible(shown, frame));
            }
            from += step.stands;
        }
        out.push_str("}\n");
    }
    out.push_str("@media (prefers-reduced-motion:reduce){g{animation:none!important}}\n</style>\n");
    out
}
