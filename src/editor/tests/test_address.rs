//! The dialog that tests an address, as one uses it: again and again.

use super::Session;
use super::keys::company;

#[test]
fn enter_leaves_the_verdict_in_the_message_line() {
    let mut session = company();
    session.resize(80, 24);
    session.typed("<C-s>t12.0.0.9<Enter>").sees_no("Test an address");
    session.sees(" 12.0.0.9 is let through by 12.0.0.0/24 in Corporate networks / Lab.");
    session.typed("t192.0.2.1<Enter>").sees(" 192.0.2.1 is denied: no range holds it.");
    session.typed(":messages<Enter>").sees("192.0.2.1 is denied: no range holds it. By statement 1");
    session.typed("<Esc>jj t12.0.0.9").sees("Test an address · unsaved changes included").typed("<Enter>");
    session.sees("12.0.0.9 is denied: 12.0.0.0/24 in Corporate networks / Lab (off:");
    session.resize(120, 24);
    session.typed("t10.1.2.3").sees("10.1.2.3 is private (RFC 1918): AWS never sees it").typed("<Esc>");
    session.typed("t<Tab> <BTab>1.1.1.1<Enter>");
    session.sees("A request without an address is denied. (no_address, unsaved changes included)");
    Session::empty().typed("t1.1.1.1<Enter>").sees("No policy can be written: ");
}

#[test]
fn the_last_request_is_offered_again_and_typing_replaces_it() {
    let mut session = company();
    session.typed("t12.0.0.9<Enter>t").sees("> 12.0.0.9").sees("typing replaces it");
    session
        .typed("9")
        .sees("> 9 ")
        .sees_no("typing replaces it")
        .typed(".9.9.9")
        .sees("- 9.9.9.9 is denied.");
    session.typed("<Esc>t<End>9").sees("> 9.9.9.99").typed("<Esc>t<BS>").sees_no("9.9.9").typed("<Esc>");
    session.typed("t1.1.1.1<Enter>t").paste("12.0.0.7").sees("+ 12.0.0.7 is let through.");
    session.typed("<Enter>t<Tab><Tab> <Enter>").sees("12.0.0.7 is let through by").sees("(mfa, unsaved");
}

#[test]
fn a_wrong_address_is_told_once_and_the_rest_is_explained() {
    let mut session = company();
    session.typed("t9.9");
    assert_eq!(session.screen().matches("is no address").count(), 1);
    session.sees("The rest is a plain request with an access key; change what differs.");
    session.typed("<Tab>").sees("> false").sees("through a VPC endpoint").typed("<BTab>").sees("> 9.9");
    session.sees("No verdict: this is not a request yet.");
    session.typed("<Tab><Tab><Tab><Tab><Tab><Tab>").sees("who calls: a made-up user by default");
}
