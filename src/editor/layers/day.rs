//! Days as they are typed into a form: written out, or so long from today.

use crate::allowlist::{Date, DateError};
use crate::text::quoted;

/// A day: `2027-05-22`, `today`, or so many days, weeks, months or years from today: `+10d`, `2w`, `+6 m`, `1y`.
pub fn read(today: Date, text: &str) -> Result<Option<Date>, String> {
    let typed = text.trim().to_lowercase();
    if typed.is_empty() {
        return Ok(None);
    }
    if typed == "today" {
        return Ok(Some(today));
    }
    if typed.starts_with('+') || is_relative(&typed) {
        return from_now(today, &typed).map(Some);
    }
    typed.parse().map(Some).map_err(|error: DateError| match with_zeros(&typed) {
        Some(day) => format!("{:?} has too few digits: write {day}", quoted(&typed, 24)),
        None => format!("{error}, or today, or a time from now such as +6m"),
    })
}

/// What day it is, for a text that does not say so itself.
pub fn note(today: Date, text: &str) -> Option<String> {
    let day = read(today, text).ok()??;
    let days = today.days_until(day);
    let when = match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        days if days > 0 => format!("in {days} days"),
        days => format!("{} days ago", -days),
    };
    let that = if text.trim() == day.to_string() { String::new() } else { format!("that is {day}, ") };
    Some(format!("{that}a {}, {when}", day.weekday()))
}

/// What is to be said of a day where somebody's name or a ticket belongs.
pub fn stray(today: Date, text: &str) -> Option<String> {
    read(today, text).ok()??;
    Some("this is a date: does it belong in review_by or expires?".to_owned())
}

/// A number and a letter behind it, which can be nothing else.
fn is_relative(typed: &str) -> bool {
    let unit = typed.strip_suffix(['d', 'w', 'm', 'y']).map(str::trim_end);
    unit.is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

fn from_now(today: Date, typed: &str) -> Result<Date, String> {
    let expected = || {
        let found = quoted(typed, 24);
        format!("{found:?} is no time from now: expected a number and d, w, m or y, such as +6m")
    };
    let relative = typed.trim_start_matches('+').trim_start();
    if typed.starts_with("++") || !is_relative(relative) {
        return Err(expected());
    }
    let (number, unit) = relative.split_at(relative.len() - 1);
    let number: i32 = number.trim_end().parse().ok().filter(|n| *n <= 99_999).ok_or_else(expected)?;
    let day = match unit {
        "d" => today.plus_days(number),
        "w" => today.plus_days(number * 7),
        "m" => today.plus_months(number),
        _ => today.plus_months(number * 12),
    };
    day.ok_or_else(|| "that is past the year 9999".to_owned())
}

/// The day that is meant where only zeros are missing; the year must stand in front, with all its digits.
fn with_zeros(typed: &str) -> Option<Date> {
    let parts: Vec<&str> = typed.split('-').collect();
    let [year, month, day] = parts[..] else { return None };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if year.len() != 4 || !digits(year) || !digits(month) || !digits(day) {
        return None;
    }
    format!("{year}-{month:0>2}-{day:0>2}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Date {
        "2026-11-22".parse().unwrap()
    }

    fn said(text: &str) -> Result<String, String> {
        read(today(), text).map(|day| day.map(|day| day.to_string()).unwrap_or_default())
    }

    #[test]
    fn a_day_may_be_said_from_today_on() {
        for (text, day) in [
            ("+6m", "2027-05-22"),
            ("6m", "2027-05-22"),
            ("+6 m", "2027-05-22"),
            (" +6M ", "2027-05-22"),
            ("+2w", "2026-12-06"),
            ("10d", "2026-12-02"),
            ("+1y", "2027-11-22"),
            ("today", "2026-11-22"),
            ("2027-05-22", "2027-05-22"),
            ("", ""),
        ] {
            assert_eq!(said(text).as_deref(), Ok(day), "{text}");
        }
        for bad in
            ["+", "+m", "m", "+-1m", "-1m", "++1m", "+6x", "6", "+99999999999m", "tomorrow", "+6ü", "6mm"]
        {
            assert!(said(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_day_with_too_few_digits_is_refused_with_what_is_meant() {
        assert_eq!(said("2027-5-2").unwrap_err(), "\"2027-5-2\" has too few digits: write 2027-05-02");
        for no in ["2027-13-2", "27-5-2", "2027-5", "2.5.2027", "20270502"] {
            assert!(!said(no).unwrap_err().contains("write 20"), "{no}");
        }
    }

    #[test]
    fn what_day_it_is_is_said() {
        let noted = |text: &str| note(today(), text).unwrap_or_default();
        assert_eq!(noted("+6m"), "that is 2027-05-22, a Saturday, in 181 days");
        assert_eq!(noted("2026-11-23"), "a Monday, tomorrow");
        assert_eq!(noted("2026-11-20"), "a Friday, 2 days ago");
        assert_eq!(noted("today"), "that is 2026-11-22, a Sunday, today");
        assert_eq!(noted(""), "");
        assert_eq!(noted("soon"), "");
    }
}
