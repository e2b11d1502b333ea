//! Every screen and every dialog at every size that matters, with what is typed into it.

use super::starts::Start;
use super::{Session, frame};
use std::sync::mpsc;

/// The least, where panes come and go and next to it, what people have, and the largest.
const SIZES: [(u16, u16); 10] = [
    (50, 12),
    (51, 13),
    (63, 24),
    (64, 24),
    (80, 24),
    (103, 30),
    (104, 30),
    (120, 40),
    (200, 50),
    (300, 100),
];

/// Where things scroll.
const NARROW: [(u16, u16); 3] = [(50, 12), (51, 13), (80, 24)];

const GATEWAY: &str = r#"{"NatGateways": [{"NatGatewayId": "nat-1", "State": "available", "ConnectivityType": "public", "VpcId": "vpc-1", "NatGatewayAddresses": [{"PublicIp": "52.0.0.1", "Status": "succeeded"}]}]}"#;

/// What opens each dialog in a list that has groups with ranges, and what its title begins with.
const DIALOGS: &[(&str, &str)] = &[
    ("R", "Review"),
    ("RacsdG d", "Review"),
    ("Rao", "Who answers for "),
    ("", ""),
    ("<Tab>", ""),
    ("<Tab><Tab>pp", ""),
    ("A", "New group in"),
    ("C", "New category"),
    ("e", "Category 1"),
    ("je", "Group "),
    ("ja", "Add ranges to"),
    ("CNew<Enter>a", "Which group of New?"),
    ("I", "Import"),
    ("<Tab>e", "Range "),
    ("<Tab>Xe", "Change "),
    ("<Tab>xm", "Move "),
    ("<Tab>/", ""),
    ("t", "Test an address"),
    ("P", "The policy's settings"),
    ("?", "Keys"),
    ("T", "Theme"),
    (":", "Commands"),
    (":messages<Enter>", "Messages"),
    ("<C-s>jdHj", "Earlier versions"),
    ("jy", "Copy"),
    ("CNew<Enter>q", "Quit?"),
];

#[track_caller]
fn is_whole(session: &Session, what: &str) {
    if let Err(error) = frame::check(session) {
        panic!("{error}\nbehind {what}:\n{}", session.screen());
    }
}

/// Draws what stands there at every size, goes through its fields and rows, and types too much into it.
#[track_caller]
fn at_every_size(mut session: Session, what: &str) {
    for (columns, rows) in SIZES {
        let what = format!("{what} at {columns}x{rows}");
        session.resize(columns, rows);
        is_whole(&session, &what);
    }
    for (columns, rows) in NARROW {
        let what = format!("too much in {what} at {columns}x{rows}");
        session.resize(columns, rows);
        session.paste(&"東e\u{301}".repeat(50));
        is_whole(&session, &what);
        for key in ["<Home>", "<End>", "<Left>", "<Up>", "<PgDn>"] {
            session.typed(key);
            is_whole(&session, &format!("{what}, and {key}"));
        }
    }
}

#[track_caller]
fn every_dialog_on(start: Start) {
    for (keys, title) in DIALOGS.iter().copied() {
        let mut session = start.session(mpsc::channel().0);
        session.typed(keys).sees(title);
        at_every_size(session, keys);
    }
}

#[test]
fn every_dialog_on_the_example() {
    every_dialog_on(Start::Example);
}

#[test]
fn every_dialog_on_the_longest_names() {
    every_dialog_on(Start::Longest);
}

#[test]
fn every_field_of_every_form_comes_into_sight() {
    for (keys, fields) in [("<Tab>e", 10), ("<Tab>Xe", 6), ("t", 9), ("P", 17), ("je", 2)] {
        for (columns, rows) in NARROW {
            let mut session = Session::example();
            session.resize(columns, rows);
            session.typed(keys);
            for _ in 0..fields {
                session.typed("<Tab>");
                is_whole(&session, &format!("{keys} at {columns}x{rows}"));
            }
        }
    }
}

#[test]
fn questions_and_imports() {
    let session = |start: Start| start.session(mpsc::channel().0);
    at_every_size(session(Start::Nothing), "the first start");
    at_every_size(session(Start::CutOff), "the question about a draft");
    let mut foreign = session(Start::CutOff);
    foreign.typed("<Esc>aLab<Enter>11.0.0.2<Enter><C-s>").sees("A file that is not keymoat's");
    at_every_size(foreign, "the question about a foreign file");
    let mut paste = session(Start::Example);
    paste.paste(GATEWAY).sees("Import the paste: where");
    at_every_size(paste, "the home of an import");
    let mut import = session(Start::Longest);
    import.paste(GATEWAY).typed("NAT<Enter>").sees("Import the paste · aws");
    at_every_size(import, "an import");
    let mut both = session(Start::Longest);
    let theirs = both.now().to_json().replacen("2027-05-22", "2027-05-23", 1);
    both.typed("<Tab>e<Tab><Tab><Tab><Tab><Tab><C-u>2027-05-21<Enter>");
    std::fs::write(both.path("allowlist.json"), theirs).unwrap();
    both.typed("<C-s>").sees("Both changed it");
    at_every_size(both, "a conflict");
}
