//! Imports as they are seen first: what is good beside what is refused, and files that are none.

use super::Session;

/// Opens the preview of a file.
fn import(bytes: &[u8], name: &str) -> Session {
    let mut session = Session::empty();
    session.typed("AOffice<Enter>");
    let path = session.path(name);
    std::fs::write(&path, bytes).unwrap();
    session.typed(&format!("I{}<Enter>", path.display()));
    session
}

const LIST: &str = "cidr,category,group,label,owner,ticket,expires\n\
    11.0.0.1,data-center,DC,uplink,anna,NET-1,2027-05-31\n\
    11.0.0.9/24,data-center,DC,,,,\n\
    10.0.0.0/8,data-center,DC,,,,\n\
    0.0.0.0/0,data-center,DC,,,,\n";

#[test]
fn what_could_come_in_is_shown_beside_what_is_refused() {
    let mut session = import(LIST.as_bytes(), "list.csv");
    session.sees("2 refused, 2 could come in: b passes over the bad").sees("host bits");
    session
        .sees("could come in: 11.0.0.1 to DC (Data centers), uplink, owner anna, ticket NET-1, expires 2027");
    session.sees_no("+ ").typed("<Enter>").sees("Nothing was imported");
    assert_eq!(session.groups(), ["Office:"]);
    session.typed("b").sees("2 new").sees("+ 11.0.0.1 to DC").sees("+ the group DC").typed("<Enter>");
    assert_eq!(session.groups(), ["Office:", "DC: 11.0.0.1 10.0.0.0/8"]);
}

#[test]
fn every_address_is_refused_and_what_is_odd_is_said() {
    let mut session = import(LIST.as_bytes(), "list.csv");
    session.sees("x 5").sees("0.0.0.0/0 is every IPv4 address: no policy can be written with it");
    session.sees("10.0.0.0/8 to DC (Data centers) ! never a public source: private");
}

#[test]
fn the_good_lines_are_counted_where_it_is_not_known_where_to() {
    let mut session = import(b"11.0.0.1\n11.0.0.9/24\n11.0.0.2\n", "list.txt");
    session.sees("1 refused, 2 are good: b passes over the bad").typed("b").sees("where do they belong?");
}

#[test]
fn a_file_that_is_none_is_refused_without_options_that_the_dialog_has_not() {
    import(b"{\"x\": 1}", "x.json").sees("JSON of no format that keymoat knows").sees_no(" --format:");
    import(b"[]", "x.json").sees("x ").sees_no("with --format");
    import(b"\x7fELF\x02\x01\x00\xff\xfe", "x").sees("is not UTF-8: the file is no text");
    import(b"\xff\xfe1\x001\x00", "x.txt").sees("is not UTF-8 but UTF-16: save the");
    import(b"11.0.0.1 # caf\xe9\n", "x.txt").sees("is not UTF-8: save the file as UTF-8");
}
