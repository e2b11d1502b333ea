//! Ranges that let everybody in, and the mends that may not keep them.

use super::tests::{allowlist, described, look};
use crate::review::{Finding, Place, Severity};

fn list(cidrs: &[&str]) -> String {
    cidrs.iter().map(|cidr| described(cidr)).collect::<Vec<_>>().join(",")
}

#[test]
fn a_range_that_admits_everybody_is_named_and_has_its_place() {
    for (cidr, family) in [("0.0.0.0/0", "IPv4"), ("::/0", "IPv6")] {
        let allowlist = allowlist("{}", &list(&["203.0.114.0/24"]), &list(&[cidr]));
        let review = look(&allowlist);
        let finding = review.findings.iter().find(|f| f.problem.code == "admits-everything").unwrap();
        let named = ["Corp", "Two", cidr].map(|name| Some(name.to_owned()));
        assert_eq!(<[_; 3]>::from(finding.names(&allowlist)), named);
        assert_eq!(review.worst(finding.ranges().next().unwrap()), Some(Severity::Error));
        let said = format!("{cidr} admits every {family} address, so a leaked key");
        assert!(finding.sentence(&allowlist).starts_with(&said), "{said}");
    }
}

#[test]
fn ranges_that_admit_everybody_together_are_named_together() {
    let one = ["0.0.0.0/2", "64.0.0.0/2", "64.0.0.0/3", "2600::/32"];
    let allowlist = allowlist("{}", &list(&one), &list(&["128.0.0.0/1"]));
    let review = look(&allowlist);
    let all: Vec<_> = review.findings.iter().filter(|f| f.problem.code == "admits-everything").collect();
    let [finding] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!(finding.names(&allowlist), (None, None, None));
    let said = "128.0.0.0/1, 0.0.0.0/2 and 64.0.0.0/2 together admit every IPv4 address, so a leaked key";
    assert!(finding.sentence(&allowlist).starts_with(said), "{}", finding.sentence(&allowlist));
    let marked = allowlist.ranges().filter(|(at, ..)| review.worst(*at) == Some(Severity::Error));
    let marked: Vec<_> = marked.map(|(.., range)| range.cidr.to_string()).collect();
    assert_eq!(marked, ["0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/1"]);
    let second = allowlist.ranges().nth(1).unwrap().0;
    assert_eq!(review.together(second).next(), Some(*finding));
}

#[test]
fn no_mend_keeps_a_hole_in_place_of_a_good_range() {
    for (wide, narrow) in
        [("0.0.0.0/0", "51.15.64.0/22"), ("12.0.0.0/15", "12.0.4.0/24"), ("2600::/31", "2600::/48")]
    {
        let allowlist = allowlist("{}", &list(&[wide, narrow]), "");
        let review = look(&allowlist);
        let covered = review.findings.iter().find(|f| f.problem.code == "covered").unwrap();
        let said = format!("{narrow} lies within {wide} of this group: that one is far too wide");
        assert_eq!((covered.sentence(&allowlist), &covered.fix), (said, &None));
        assert!(review.fix_all(&allowlist).is_none());
    }
    // Of two that are the same, one is enough, however wide.
    let allowlist = allowlist("{}", &list(&["12.0.0.0/8", "12.0.0.0/8"]), "");
    assert!(look(&allowlist).fix_all(&allowlist).is_some());
}

#[test]
fn a_mend_says_what_it_does() {
    let words = |policy: &str, one: &str| {
        let allowlist = allowlist(policy, one, &described("203.0.116.0/24"));
        let review = look(&allowlist);
        let fix = review.findings.iter().find_map(|finding| finding.fix.clone()).unwrap();
        let words = fix.words(&allowlist);
        [words.command(), words.does(), words.done()]
    };
    assert_eq!(
        words("{}", &list(&["203.0.114.0/24", "203.0.114.64/28"])),
        ["remove 203.0.114.64/28", "removes 203.0.114.64/28", "Removed 203.0.114.64/28"]
    );
    assert_eq!(
        words("{}", &list(&["203.0.114.0-203.0.114.2"]))[0],
        "replace 203.0.114.0-203.0.114.2 by 203.0.114.0/31, 203.0.114.2/32"
    );
    assert_eq!(words(r#"{"sid": "Deny all"}"#, &list(&["203.0.114.0/24"]))[2], "Set sid to Denyall");
}

#[test]
fn what_is_said_of_a_range_is_all_that_has_its_place_the_worst_first() {
    let one = ["0.0.0.0/1", "10.0.0.0/8", "10.1.0.0/16", "10.1.0.0/16", "203.0.114.77/24", "52.10.0.0/22"];
    let undescribed = r#"{"cidr": "128.0.0.0/1"}, {"cidr": "10.1.2.3"}"#;
    let allowlist = allowlist("{}", &list(&one), undescribed);
    let review = look(&allowlist);
    let mut most = 0;
    for (at, ..) in allowlist.ranges() {
        let by_scan = review.findings.iter().filter(|finding| finding.place == Some(Place::Range(at)));
        let own: Vec<_> = review.own(at).collect();
        assert!(by_scan.eq(own.iter().copied()), "{own:?}");
        let about_it = review.findings.iter().filter(|finding| finding.ranges().any(|range| range == at));
        assert_eq!(review.worst(at), about_it.map(Finding::severity).min());
        most = most.max(own.len());
    }
    assert!(most > 2, "no range has much to be said of");
}
