//! Which ranges somebody should look at now, and why: the one place that says when a review is due.
//!
//! PCI DSS 4.0.1, 1.2.7: configurations of network security controls are reviewed at least once every six
//! months. So a range that was confirmed is looked at again [`MONTHS`] months later.

use crate::allowlist::{Allowlist, Date, Range, RangeAt};

/// The months from one review to the next (PCI DSS 4.0.1, 1.2.7).
pub const MONTHS: i32 = 6;

/// What comes so soon, in days, is looked at together with what has come: who looks twice a year should not
/// have to come back next week. Less than the month that a range is put off by.
pub const SOON: i32 = 14;

/// The months that a look is put off by.
pub const SNOOZED: i32 = 1;

/// The same day so many months on, the last of the month where it has no such day; today where the calendar
/// ends before.
pub fn after(today: Date, months: i32) -> Date {
    today.plus_months(months).unwrap_or(today)
}

/// Why somebody should look at a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It has expired and admits nobody any more: it can go, or needs a later day.
    Expired(Date),
    /// It is to be reviewed by this day, which has come or comes soon.
    By(Date),
    /// It has no day by which to look at it, so nobody is ever reminded; the day it was added, where known.
    NoDay(Option<Date>),
}

/// A range that needs a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// Where it stands.
    pub at: RangeAt,
    /// Why.
    pub why: Why,
}

impl Why {
    /// Why a range needs a look on a day; `None`: it does not. Whether it is enabled makes no difference: what
    /// is off can be switched on by one key, and what is dead should go.
    pub fn of(range: &Range, today: Date) -> Option<Self> {
        Self::until(range, today, soon(today))
    }

    fn until(range: &Range, today: Date, soon: Date) -> Option<Self> {
        match (range.expires, range.review_by) {
            (Some(day), _) if day <= today => Some(Self::Expired(day)),
            (_, Some(day)) => (day <= soon).then_some(Self::By(day)),
            (_, None) => Some(Self::NoDay(range.added)),
        }
    }

    /// Whether the day to look at it by is over.
    pub fn is_overdue(self, today: Date) -> bool {
        matches!(self, Self::By(day) if day < today)
    }

    /// Since when, or from when on, it needs the look. What has no day needed it [`MONTHS`] months after it
    /// was added; `None`: nobody knows how long, so it comes first.
    fn since(self) -> Option<Date> {
        match self {
            Self::Expired(day) | Self::By(day) => Some(day),
            Self::NoDay(added) => added.map(|day| after(day, MONTHS)),
        }
    }
}

/// The last day that is soon.
fn soon(today: Date) -> Date {
    today.plus_days(SOON).unwrap_or(today)
}

/// Every range that needs a look: what is enabled before what is not, what has waited longest first, then in
/// the order of the file.
pub fn due(allowlist: &Allowlist, today: Date) -> Vec<Due> {
    let soon = soon(today);
    let mut found: Vec<(bool, Option<Date>, Due)> = Vec::new();
    for (at, .., range) in allowlist.ranges() {
        if let Some(why) = Why::until(range, today, soon) {
            found.push((!range.enabled, why.since(), Due { at, why }));
        }
    }
    found.sort_by_key(|(disabled, since, _)| (*disabled, *since));
    found.into_iter().map(|(.., due)| due).collect()
}

/// How many ranges somebody should have looked at by now. Not what comes soon, nor what is off, nor what
/// nobody knows a day of: who is reminded must find work that cannot wait.
pub fn count(allowlist: &Allowlist, today: Date) -> usize {
    let enabled = allowlist.ranges().filter(|(.., range)| range.enabled);
    let since = enabled.filter_map(|(.., range)| Why::until(range, today, today)?.since());
    since.filter(|day| *day <= today).count()
}

/// The places of all ranges: those that need a look as in [`due`], then the others, of which what comes next
/// comes first.
pub fn all(allowlist: &Allowlist, today: Date) -> Vec<RangeAt> {
    let mut places: Vec<RangeAt> = due(allowlist, today).into_iter().map(|due| due.at).collect();
    let soon = soon(today);
    let others = allowlist.ranges().filter(|(.., range)| Why::until(range, today, soon).is_none());
    let mut others: Vec<_> =
        others.map(|(at, .., range)| ((!range.enabled, next_day(range, today)), at)).collect();
    others.sort_by_key(|(key, _)| *key);
    places.extend(others.into_iter().map(|(_, at)| at));
    places
}

/// The range that needs a look next of those that need none yet, and on which day.
pub fn next_due(allowlist: &Allowlist, today: Date) -> Option<(Date, RangeAt)> {
    let soon = soon(today);
    let others = allowlist.ranges().filter(|(.., range)| Why::until(range, today, soon).is_none());
    let days = others.filter_map(|(at, .., range)| Some((next_day(range, today)?, at)));
    days.min()
}

/// The day on which a range that needs no look yet will have one.
fn next_day(range: &Range, today: Date) -> Option<Date> {
    let expires = range.expires.filter(|day| *day > today);
    range.review_by.into_iter().chain(expires).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Date {
        "2026-11-22".parse().unwrap()
    }

    fn allowlist(ranges: &[(&str, &str)]) -> Allowlist {
        let ranges: Vec<_> =
            ranges.iter().map(|(cidr, rest)| format!(r#"{{"cidr": "{cidr}"{rest}}}"#)).collect();
        let text = format!(
            r#"{{"version": 1, "categories": [{{"kind": "data-center", "name": "DC", "groups": [{{"name": "A", "ranges": [{}]}}]}}]}}"#,
            ranges.join(", ")
        );
        Allowlist::from_json(text.as_bytes()).unwrap()
    }

    fn cidrs(allowlist: &Allowlist, places: impl IntoIterator<Item = RangeAt>) -> Vec<String> {
        places.into_iter().map(|at| allowlist.range(at).unwrap().cidr.to_string()).collect()
    }

    /// Nine ranges, of which two need no look.
    fn mixed() -> Allowlist {
        allowlist(&[
            ("11.0.0.1", r#", "review_by": "2026-12-07""#),
            ("11.0.0.2", r#", "review_by": "2026-12-06""#),
            ("11.0.0.3", r#", "review_by": "2026-05-22""#),
            ("11.0.0.4", r#", "added": "2025-10-01""#),
            ("11.0.0.5", ""),
            ("11.0.0.6", r#", "review_by": "2027-01-01", "expires": "2026-11-22""#),
            ("11.0.0.7", r#", "review_by": "2020-01-01", "enabled": false"#),
            ("11.0.0.8", r#", "added": "2026-11-22""#),
            ("11.0.0.9", r#", "review_by": "2027-05-22", "expires": "2026-11-23""#),
        ])
    }

    #[test]
    fn what_has_waited_longest_comes_first_and_what_is_off_last() {
        let mixed = mixed();
        let due = due(&mixed, today());
        let places = cidrs(&mixed, due.iter().map(|due| due.at));
        assert_eq!(
            places,
            ["11.0.0.5", "11.0.0.4", "11.0.0.3", "11.0.0.6", "11.0.0.2", "11.0.0.8", "11.0.0.7"]
        );
        let day = |text: &str| text.parse::<Date>().unwrap();
        let whys: Vec<_> = due.iter().map(|due| due.why).collect();
        assert_eq!(
            whys[..4],
            [
                Why::NoDay(None),
                Why::NoDay(Some(day("2025-10-01"))),
                Why::By(day("2026-05-22")),
                Why::Expired(day("2026-11-22"))
            ]
        );
        assert_eq!(whys.iter().filter(|why| why.is_overdue(today())).count(), 2);
    }

    #[test]
    fn who_is_reminded_is_told_of_what_is_on_and_whose_day_has_come() {
        // 11.0.0.3, whose day was in May; 11.0.0.4, added more than six months ago; 11.0.0.6, which has expired.
        assert_eq!(count(&mixed(), today()), 3);
        let day = |text: &str| count(&mixed(), text.parse().unwrap());
        assert_eq!((day("2026-04-01"), day("2026-12-05"), day("2026-12-06")), (1, 4, 5));
        assert_eq!(count(&Allowlist::default(), today()), 0);
    }

    #[test]
    fn all_are_those_that_need_it_and_then_the_others() {
        let mixed = mixed();
        let all = cidrs(&mixed, all(&mixed, today()));
        assert_eq!(all.len(), 9);
        assert_eq!(all[6..], ["11.0.0.7", "11.0.0.9", "11.0.0.1"]);
    }

    #[test]
    fn the_next_day_is_told_where_nothing_is_due() {
        let mixed = mixed();
        let (day, at) = next_due(&mixed, today()).unwrap();
        assert_eq!((day.to_string().as_str(), at.range), ("2026-11-23", 8));
        assert_eq!(next_due(&Allowlist::default(), today()), None);
    }

    #[test]
    fn what_was_put_off_by_a_month_is_not_soon() {
        for day in ["2027-01-31", "2026-02-01", "2026-11-22"] {
            let day: Date = day.parse().unwrap();
            assert!(after(day, SNOOZED) > soon(day));
        }
    }
}
