use super::*;

fn tell(values: &[&str]) -> std::result::Result<Option<DateFormat>, Undecided> {
    DateFormat::tell(&values.iter().map(|v| (*v).to_owned()).collect::<Vec<_>>())
}

#[test]
fn formats_of_real_exports() {
    let cases: [(&[&str], &str); 12] = [
        (&["2026-03-01", "2026-03-02T10:00:00Z"], "2026-03-01"),
        (&["2024-03-28 02:29:36"], "2024-03-28"),
        (&["1393545600"], "2014-02-28"),
        (&["1393545600000"], "2014-02-28"),
        (&["2/24/2015 11:35"], "2015-02-24"),
        (&["24/02/2015"], "2015-02-24"),
        (&["31-Jul-18"], "2018-07-31"),
        (&["02 28, 2014"], "2014-02-28"),
        (&["Tue Oct 18 21:53:25 +0000 2011"], "2011-10-18"),
        (&["Mon, 05 Jan 2026 10:00:00 GMT"], "2026-01-05"),
        (&["January 5, 2026"], "2026-01-05"),
        (&["05.01.2026"], "2026-01-05"),
    ];
    for (values, date) in cases {
        let format = tell(values).unwrap().unwrap_or_else(|| panic!("{values:?}"));
        assert_eq!(format.day(values[0]).and_then(date_of).map(|d| d.to_string()).as_deref(), Some(date), "{values:?} {format:?}");
    }
}

#[test]
fn day_and_month_are_told_by_the_column_or_not_at_all() {
    assert_eq!(tell(&["01/02/2026", "03/04/2026"]), Err(Undecided::with("%m/%d/%Y").unwrap()));
    assert_eq!(tell(&["01/02/2026", "13/04/2026"]).unwrap(), Some(DateFormat::Pattern("%d/%m/%Y".to_owned())));
    assert_eq!(tell(&["2026", "hello"]), Ok(None));
    assert_eq!(tell(&["2026-13-45"]), Ok(None));
    assert!(DateFormat::custom("%Q%").is_err());
    assert_eq!(DateFormat::custom("%d/%m/%Y").unwrap().day("02/01/1970"), Some(1));
}

fn told(format: &DateFormat, value: &str, clock: &Clock) -> Option<String> {
    match format.read(value, clock) {
        Told::Day(day) => date_of(day).map(|date| date.to_string()),
        Told::Relative => Some("relative".to_owned()),
        Told::Nothing => None,
    }
}

#[test]
fn dates_in_words() {
    for (value, date) in [
        ("5. M\u{e4}rz 2024", "2024-03-05"),
        ("5 janv. 2024 \u{e0} 10:00", "2024-01-05"),
        ("3 de mayo de 2024", "2024-05-03"),
        ("12 \u{444}\u{435}\u{432}\u{440}\u{430}\u{43b}\u{44f} 2024 \u{433}.", "2024-02-12"),
        ("mar. 5 mars 2024", "2024-03-05"),
        ("5 A\u{11f}ustos 2024", "2024-08-05"),
        ("March 5th, 2024", "2024-03-05"),
        ("Tuesday, 5 March 2024 at 10:00 PM", "2024-03-05"),
        ("Mon Apr 06 22:19:45 PDT 2009", "2009-04-06"),
        ("2024\u{5e74}3\u{6708}5\u{65e5} \u{4e0b}\u{5348}3:05", "2024-03-05"),
        ("2024\u{b144} 3\u{c6d4} 5\u{c77c}", "2024-03-05"),
        ("1 pa\u{17a}dziernika 2023", "2023-10-01"),
    ] {
        let format = tell(&[value, value]).unwrap().unwrap_or_else(|| panic!("{value}"));
        assert_eq!(told(&format, value, &Clock::default()).as_deref(), Some(date), "{value} {format:?}");
    }
    for text in ["I may come on 5", "the best of 2024", "march", "Product of the year 2024 number 5"] {
        assert_eq!(DateFormat::Words.day(text), None, "{text}");
    }
}

#[test]
fn days_are_counted_in_a_zone() {
    let clock = |zone: &str| Clock { zone: Some(parse_zone(zone).unwrap()), ..Clock::default() };
    for (format, value, zone, date) in [
        (DateFormat::Iso, "2024-03-05T23:30:00Z", "+02:00", "2024-03-06"),
        (DateFormat::Iso, "2024-03-05T23:30:00.123456789-07:00", "UTC", "2024-03-06"),
        (DateFormat::Iso, "2024-03-05T01:30:00+0900", "America/Los_Angeles", "2024-03-04"),
        (DateFormat::Iso, "2024-03-05 23:30:00", "America/Los_Angeles", "2024-03-05"),
        (DateFormat::Iso, "2024-03-05", "+14:00", "2024-03-05"),
        (DateFormat::Epoch, "1709681400", "Europe/Berlin", "2024-03-06"),
        (DateFormat::Epoch, "1709681400.123456", "UTC", "2024-03-05"),
        (DateFormat::Words, "Mon Apr 06 22:19:45 PDT 2009", "UTC", "2009-04-07"),
        (DateFormat::Pattern("%m/%d/%Y".to_owned()), "03/05/2024 11:30 PM EST", "UTC", "2024-03-06"),
        (DateFormat::Pattern("%a, %d %b %Y".to_owned()), "Mon, 05 Jan 2026 23:00:00 -0500", "UTC", "2026-01-06"),
    ] {
        assert_eq!(told(&format, value, &clock(zone)).as_deref(), Some(date), "{value} {zone}");
    }
    assert!(parse_zone("Nowhere/Town").is_err() && parse_day("soon").is_err());
}

#[test]
fn times_of_a_source_are_in_its_zone() {
    let clock = |zone: Option<&str>| Clock {
        zone: zone.map(|zone| parse_zone(zone).unwrap()),
        written: Some(parse_zone("America/Los_Angeles").unwrap()),
        today: None,
    };
    let pattern = DateFormat::Pattern("%m/%d/%Y %H:%M".to_owned());
    for (format, value, zone, date) in [
        (&DateFormat::Iso, "2024-03-05 23:30:00", Some("UTC"), "2024-03-06"),
        (&DateFormat::Iso, "2024-03-05 15:59:00", Some("UTC"), "2024-03-05"),
        // In summer the day there begins an hour earlier by the clock of Greenwich.
        (&DateFormat::Iso, "2024-07-05 17:00:00", Some("UTC"), "2024-07-06"),
        (&DateFormat::Iso, "2024-03-05 16:30:00", Some("America/Los_Angeles"), "2024-03-05"),
        (&DateFormat::Iso, "2024-03-05 23:30:00Z", Some("UTC"), "2024-03-05"),
        (&DateFormat::Iso, "2024-03-05", Some("+14:00"), "2024-03-05"),
        (&DateFormat::Iso, "2024-03-05 23:30:00", None, "2024-03-05"),
        (&DateFormat::Words, "5 March 2024, 11:30 PM", Some("UTC"), "2024-03-06"),
        (&pattern, "03/05/2024 23:30", Some("UTC"), "2024-03-06"),
        // An hour that the clock of the source leaves out.
        (&pattern, "03/10/2024 02:30", Some("UTC"), "2024-03-10"),
        (&DateFormat::Epoch, "1709681400", Some("UTC"), "2024-03-05"),
    ] {
        assert_eq!(told(format, value, &clock(zone)).as_deref(), Some(date), "{value} {zone:?}");
    }
}

#[test]
fn relative_dates_take_a_day_to_count_from() {
    let clock = Clock { today: Some(parse_day("2024-03-31").unwrap()), ..Clock::default() };
    let cases = [
        ("2 weeks ago", "2024-03-17"),
        ("2 weeks ago (edited)", "2024-03-17"),
        ("a month ago", "2024-02-29"),
        ("5 hours ago", "2024-03-31"),
        ("yesterday", "2024-03-30"),
        ("vor 3 Tagen", "2024-03-28"),
        ("il y a 3 jours", "2024-03-28"),
        ("hace un a\u{f1}o", "2023-03-31"),
        ("\u{4eca}\u{5929} 08:07", "2024-03-31"),
        ("\u{4eca}\u{5929}08:07", "2024-03-31"),
        ("3 \u{5929}\u{524d}", "2024-03-28"),
        ("3\u{5929}\u{524d}", "2024-03-28"),
        ("10\u{6708}06\u{65e5} 15:50", "2023-10-06"),
        ("2 \u{434}\u{43d}\u{44f} \u{43d}\u{430}\u{437}\u{430}\u{434}", "2024-03-29"),
    ];
    for (value, date) in cases {
        assert_eq!(told(&DateFormat::Relative, value, &clock).as_deref(), Some(date), "{value}");
        assert_eq!(told(&DateFormat::Relative, value, &Clock::default()).as_deref(), Some("relative"), "{value}");
    }
    let values: Vec<String> = cases.iter().map(|(value, _)| (*value).to_owned()).collect();
    assert_eq!(DateFormat::tell_as(&values, true), Ok(Some(DateFormat::Relative)));
    for text in ["3 days", "great 2 go", "12", ""] {
        assert_eq!(told(&DateFormat::Relative, text, &clock), None, "{text}");
    }
}

#[test]
fn numbers_of_spreadsheets_only_where_dates_are_named() {
    let values = ["45321", "45321.5"].map(str::to_owned);
    assert_eq!(DateFormat::tell(&values), Ok(None));
    assert_eq!(DateFormat::tell_as(&values, true), Ok(Some(DateFormat::Serial)));
    assert_eq!(DateFormat::Serial.day("45321.5").and_then(date_of).unwrap().to_string(), "2024-01-30");
}

proptest::proptest! {
    #[test]
    fn any_value_is_read_without_fear(value in "\\PC{0,30}|[0-9:+./ -]{0,24}|([0-9]{1,4}|[ .,:年月日]|march|ago|pm|天|vor){0,8}") {
        let clock = Clock { zone: Some(jiff::tz::TimeZone::UTC), written: parse_zone("America/Los_Angeles").ok(), today: Some(19_000) };
        for format in [DateFormat::Iso, DateFormat::Epoch, DateFormat::Words, DateFormat::Serial, DateFormat::Relative, DateFormat::Pattern("%d.%m.%Y".to_owned())] {
            let _ = format.read(&value, &clock);
            let _ = format.day(&value);
        }
    }

    #[test]
    fn what_is_written_is_read(day in 7_300i32..30_000) {
        let date = date_of(day).unwrap();
        for pattern in ["%d %B %Y", "%A, %B %d, %Y at 10:00 PM", "%b %d %H:%M:%S %Y", "%Y年%m月%d日"] {
            let value = jiff::fmt::strtime::format(pattern, date.at(1, 2, 3, 0)).unwrap();
            proptest::prop_assert_eq!(DateFormat::Words.day(&value), Some(day), "{}", value);
        }
        proptest::prop_assert_eq!(DateFormat::Iso.day(&date.to_string()), Some(day));
        proptest::prop_assert_eq!(DateFormat::Serial.day(&(day + 25_569).to_string()).is_some(), (29_221..54_789).contains(&(day + 25_569)));
    }
}
