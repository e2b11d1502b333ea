//! Calendar days, as `YYYY-MM-DD` and in no other form.

use std::fmt;
use std::str::FromStr;

/// A day of the proleptic Gregorian calendar, 0000-01-01 to 9999-12-31. Today is always handed in:
/// nothing here reads a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

/// A text that is no day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{found:?} is no date: expected a day as YYYY-MM-DD, such as 2027-05-22")]
pub struct DateError {
    found: String,
}

impl Date {
    /// The UTC day of a Unix time in seconds; `None` outside the calendar.
    pub fn from_unix(seconds: i64) -> Option<Self> {
        let time = jiff::Timestamp::from_second(seconds).ok()?;
        Some(Self(time.to_zoned(jiff::tz::TimeZone::UTC).date()))
    }

    /// The same day so many months on; the last of the month where it has no such day. `None` past 9999.
    pub fn plus_months(self, months: i32) -> Option<Self> {
        self.0.checked_add(jiff::Span::new().try_months(months).ok()?).ok().map(Self)
    }

    /// How many days it is to another day; below 0 where that is earlier.
    pub fn days_until(self, other: Self) -> i32 {
        // Both are within 10,000 years, so the span is at most 3,652,424 days.
        self.0.until(other.0).map_or(0, |span| span.get_days())
    }

    /// The English name of its day of the week.
    pub fn weekday(self) -> &'static str {
        const NAMES: [&str; 7] =
            ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        let from_monday = self.0.weekday().to_monday_zero_offset();
        usize::try_from(from_monday).ok().and_then(|at| NAMES.get(at)).copied().unwrap_or_default()
    }

    /// So many days on. `None` past 9999.
    pub fn plus_days(self, days: i32) -> Option<Self> {
        self.0.checked_add(jiff::Span::new().try_days(days).ok()?).ok().map(Self)
    }
}

/// The minute of a Unix time in seconds (UTC), such as `2026-05-22 14:03`; `None` outside the calendar.
pub fn minute(seconds: i64) -> Option<String> {
    let time = jiff::Timestamp::from_second(seconds).ok()?;
    Some(time.strftime("%Y-%m-%d %H:%M").to_string())
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let parse = || {
            let bytes = text.as_bytes();
            let shape = bytes.len() == 10
                && bytes
                    .iter()
                    .enumerate()
                    .all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() });
            if !shape {
                return None;
            }
            let (y, m, d) = (text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?);
            jiff::civil::Date::new(y, m, d).ok().map(Self)
        };
        parse().ok_or_else(|| DateError { found: crate::text::quoted(text, 24) })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::json::from_string(deserializer, "a day as YYYY-MM-DD", str::parse)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_days_in_the_one_form_are_dates() {
        assert_eq!("2026-11-22".parse::<Date>().unwrap().to_string(), "2026-11-22");
        for text in [
            "2026-02-29",
            "2026-13-01",
            "2026-1-1",
            "20261122",
            "+026-11-22",
            "2026-11-22T00:00",
            "",
            "2026‐11‐22",
        ] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
        assert!("2028-02-29".parse::<Date>().is_ok());
    }

    #[test]
    fn months_end_at_the_last_day() {
        let day: Date = "2026-08-31".parse().unwrap();
        assert_eq!(day.plus_months(6).unwrap().to_string(), "2027-02-28");
        assert_eq!((day.days_until(day.plus_months(6).unwrap()), day.days_until(day)), (181, 0));
        assert_eq!(day.days_until(Date::from_unix(0).unwrap()), -20_696);
        assert_eq!(Date::from_unix(0).unwrap().to_string(), "1970-01-01");
    }
}
