//! Dates and times as a Vietnamese reader expects them: always Việt Nam time (UTC+7), `dd/mm/yyyy`, `HH:MM`.
//!
//! No clock is read here and no locale of the machine is asked, so the host and every browser write the same text.

use std::fmt;

/// Việt Nam has used UTC+7 without summer time since 1975.
const VIETNAM_OFFSET_MINUTES: i32 = 7 * 60;

/// A moment, with the offset from UTC that its author wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timestamp {
    /// Seconds since 1970-01-01T00:00:00Z.
    seconds: i64,
    offset_minutes: i32,
}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Timestamp {
    /// By the moment; the same moment written with two offsets is ordered by these, so that equal means alike.
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.seconds.cmp(&other.seconds).then(self.offset_minutes.cmp(&other.offset_minutes))
    }
}

/// A date and time of day on some clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Clock {
    year: i64,
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
    second: u32,
}

impl Timestamp {
    /// Reads RFC 3339 with an offset (`2020-10-10T17:00:00+07:00`, `…Z`); fractions of a second are dropped.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if !text.is_ascii() || bytes.len() < 20 {
            return None;
        }
        let number = |from: usize, to: usize| -> Option<u32> {
            let digits = text.get(from..to)?;
            digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())?
        };
        let separators = [(4, b'-'), (7, b'-'), (13, b':'), (16, b':')];
        if separators.iter().any(|&(at, byte)| bytes[at] != byte) || !matches!(bytes[10], b'T' | b't') {
            return None;
        }
        let clock = Clock {
            year: i64::from(number(0, 4)?),
            month: number(5, 7)?,
            day: number(8, 10)?,
            hour: number(11, 13)?,
            minute: number(14, 16)?,
            second: number(17, 19)?,
        };
        let mut rest = &text[19..];
        if let Some(fraction) = rest.strip_prefix('.') {
            let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
            rest = (digits > 0).then(|| &fraction[digits..])?;
        }
        let offset_minutes = parse_offset(rest)?;
        clock.is_real().then(|| Self { seconds: clock.to_seconds() - i64::from(offset_minutes) * 60, offset_minutes })
    }

    /// A moment in Việt Nam time.
    pub fn from_unix_seconds(seconds: i64) -> Self {
        Self { seconds, offset_minutes: VIETNAM_OFFSET_MINUTES }
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn unix_seconds(self) -> i64 {
        self.seconds
    }

    /// `10/10/2020`, in Việt Nam time.
    pub fn date(self) -> String {
        let Clock { year, month, day, .. } = self.in_vietnam();
        format!("{day:02}/{month:02}/{year:04}")
    }

    /// `17:00`, in Việt Nam time.
    pub fn time(self) -> String {
        let Clock { hour, minute, .. } = self.in_vietnam();
        format!("{hour:02}:{minute:02}")
    }

    /// The year in Việt Nam.
    pub fn year(self) -> u16 {
        u16::try_from(self.in_vietnam().year).unwrap_or_default()
    }

    /// Days since 1970 as its author counts them.
    pub fn days(self) -> i64 {
        (self.seconds + i64::from(self.offset_minutes) * 60).div_euclid(86_400)
    }

    /// Months since the year 0 as its author counts them.
    pub fn months(self) -> i64 {
        let clock = Clock::from_seconds(self.seconds + i64::from(self.offset_minutes) * 60);
        clock.year * 12 + i64::from(clock.month) - 1
    }

    /// `2020-10-10T17:00:00+07:00`, for `<time datetime>`: the same text wherever it is written.
    pub fn machine(self) -> String {
        Self { offset_minutes: VIETNAM_OFFSET_MINUTES, ..self }.to_string()
    }

    fn in_vietnam(self) -> Clock {
        Clock::from_seconds(self.seconds + i64::from(VIETNAM_OFFSET_MINUTES) * 60)
    }
}

impl fmt::Display for Timestamp {
    /// RFC 3339, with the offset as it was written.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Clock { year, month, day, hour, minute, second } =
            Clock::from_seconds(self.seconds + i64::from(self.offset_minutes) * 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")?;
        let sign = if self.offset_minutes < 0 { '-' } else { '+' };
        let offset = self.offset_minutes.abs();
        write!(f, "{sign}{:02}:{:02}", offset / 60, offset % 60)
    }
}

fn parse_offset(text: &str) -> Option<i32> {
    if matches!(text, "Z" | "z") {
        return Some(0);
    }
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, minutes) = text[1..].split_once(':')?;
    let two_digits = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    if !two_digits(hours) || !two_digits(minutes) {
        return None;
    }
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours < 24 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

impl Clock {
    fn is_real(self) -> bool {
        let leap = self.year % 4 == 0 && (self.year % 100 != 0 || self.year % 400 == 0);
        let days = match self.month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return false,
        };
        (1..=days).contains(&self.day) && self.hour < 24 && self.minute < 60 && self.second < 61
    }

    /// Days since 1970 by counting from 1 March, so that the leap day ends a year; each 400 years have 146,097 days.
    fn to_seconds(self) -> i64 {
        let month_from_march = i64::from((self.month + 9) % 12);
        let year = self.year - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(self.day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        let days = era * 146_097 + day_of_era - 719_468;
        days * 86_400 + i64::from(self.hour) * 3_600 + i64::from(self.minute) * 60 + i64::from(self.second.min(59))
    }

    fn from_seconds(seconds: i64) -> Self {
        let days = seconds.div_euclid(86_400) + 719_468;
        let time = seconds.rem_euclid(86_400) as u32;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 } as u32;
        Self {
            year: year_of_era + era * 400 + i64::from(month <= 2),
            month,
            day: (day_of_year - (153 * month_from_march + 2) / 5 + 1) as u32,
            hour: time / 3_600,
            minute: time / 60 % 60,
            second: time % 60,
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl serde::Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl schemars::JsonSchema for Timestamp {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Timestamp".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "format": "date-time",
            "description": "A moment after RFC 3339 with an offset: `2020-10-10T17:00:00+07:00`."
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Timestamp {
        Timestamp::parse(text).expect("a valid timestamp")
    }

    #[test]
    fn shows_vietnam_time_whatever_the_offset() {
        for text in ["2020-10-10T17:00:00+07:00", "2020-10-10T10:00:00Z", "2020-10-10T05:00:00.25-05:00"] {
            assert_eq!((parsed(text).date(), parsed(text).time()), ("10/10/2020".into(), "17:00".into()), "{text}");
        }
        assert_eq!(parsed("2019-12-31T18:30:00Z").date(), "01/01/2020");
        assert_eq!(parsed("2019-12-31T18:30:00Z").year(), 2020);
    }

    #[test]
    fn refuses_what_is_not_a_moment() {
        for text in [
            "",
            "2020-10-10",
            "2020-10-10T17:00:00",
            "2020-10-10 17:00:00Z",
            "10/10/2020 | 17:00",
            "2020-02-30T00:00:00Z",
            "2021-02-29T00:00:00Z",
            "2020-13-01T00:00:00Z",
            "2020-10-10T24:00:00Z",
            "2020-10-10T17:00:00+7:00",
            "2020-10-10T17:00:00.Z",
            "+020-10-10T17:00:00Z",
        ] {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
    }

    #[test]
    fn agrees_with_an_established_library_over_six_centuries() {
        use time::{OffsetDateTime, format_description::well_known::Rfc3339};
        let mut seconds = -11_000_000_000_i64;
        while seconds < 9_000_000_000 {
            let text =
                OffsetDateTime::from_unix_timestamp(seconds).expect("in range").format(&Rfc3339).expect("formats");
            let own = parsed(&text);
            assert_eq!(own.unix_seconds(), seconds, "{text}");
            assert_eq!(own.to_string(), text.replace('Z', "+00:00"));
            seconds += 7_654_321;
        }
    }

    #[test]
    fn round_trips_the_offset() {
        assert_eq!(parsed("2020-10-10T17:00:00-03:30").to_string(), "2020-10-10T17:00:00-03:30");
        assert_eq!(parsed("2020-10-10T05:00:00-05:00").machine(), "2020-10-10T17:00:00+07:00");
    }
}
