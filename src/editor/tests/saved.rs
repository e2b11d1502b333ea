//! What is said after a save: the policy first, at any width, and every file in the list of messages.

use super::Session;
use super::keys::{company, split};

#[test]
fn at_80_columns_the_policy_s_file_and_what_comes_next_are_not_cut() {
    let mut session = company();
    session.resize(80, 24);
    session
        .typed("<C-s>")
        .sees(" Saved, with the policy IP_Whitelist_AWS_API_Keys.json; y copies the upload.");
    session.typed(":messages<Enter>").sees("wrote ~/keymoat/allowlist.json");
    session.sees("in ~/keymoat").typed("<Esc>");
    session.resize(90, 24);
    session
        .typed("ALab 2<Enter><C-s>")
        .sees("Saved, with the policy as it was; y copies the upload command.");
    session.typed("<C-s>").sees("Nothing to save: the files say the same already");
    session.resize(240, 24);
    session.typed("u<C-s>").sees("y copies the upload command; wrote ~/keymoat/allowlist.json.");
}

#[test]
fn the_files_of_a_split_are_counted_and_those_that_go_are_said() {
    let mut session = split();
    session.resize(80, 24);
    session.typed("<C-s>").sees("Saved, with 3 policy files; y copies the upload command.");
    session.typed("2jd<C-s>").sees("Saved the list, but NO POLICY: ");
    session.typed("<Esc>ua12.0.0.1<Enter>").typed("<C-s>").sees("with 1 of 3 policy files");
    session.typed("P<C-u>Other<Enter><C-s>").sees("; :messages says more.");
    session.typed(":messages<Enter>").sees("the policy has another name now");
}

#[test]
fn a_save_without_a_policy_is_an_error_that_stays_and_begins_with_it() {
    let mut session = Session::empty();
    session.resize(80, 24);
    session.typed("ALab<Enter><C-s>").sees(" x Saved the list, but NO POLICY: ");
    session
        .typed("jk")
        .sees("NO POLICY")
        .typed("<C-s>")
        .sees("x The list was saved already, but NO POLICY: ");
    session.typed("<Esc><Esc>").sees_no("NO POLICY");
}

#[test]
fn that_there_is_no_policy_outlives_the_look_at_the_disk_and_stays_on_the_screen() {
    let mut session = super::keys::company();
    session.typed("<C-s>").sees("Saved, with the policy").sees_no("not in step");
    session.typed("1 2 <C-s>").sees("x Saved the list, but NO POLICY: ");
    // Its own save is seen as a change of the folder.
    session.editor.disk_has_changed();
    session.typed("j").sees("x Saved the list, but NO POLICY: ").typed("<Esc>").sees_no("NO POLICY");
    session.sees(" * policy not in step").typed("pp").sees("! No policy can be written: the one");
    session.sees("on disk stays. It lets through 515").sees_no("By the list");
    session.typed("t12.0.0.9").sees("! The policy on disk lets it through").typed("<Esc>");
    let mut session = super::Session::open(session.folder, (120, 34));
    session.sees("! The policy on disk does not say what the list says").sees("Ctrl-S save");
    session.typed("1 <C-s>").sees("Saved, with the policy").sees_no("not in step");
    session
        .typed("ja10.1.0.0/16<Enter>")
        .sees("Added 1 range")
        .typed("<C-s>")
        .sees(".json and 1 warning; y copies");
}
