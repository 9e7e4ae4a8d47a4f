use super::*;
use crate::input::Record;

/// Text, author, start and id of each record.
fn cues(text: &str) -> Vec<[String; 4]> {
    let sample = Sample { text: text.to_owned(), whole: true, ..Sample::default() };
    let dialect = detect(&sample).unwrap();
    let mut cuts = Vec::new();
    dialect.cutter().cut(text.as_bytes(), true, &mut cuts);
    let parser = dialect.parser(&[0, 1, 2, 4]);
    let mut row = Row::new();
    let read = |cut: &crate::input::Cut| {
        let record = &text[cut.start as usize..cut.end as usize];
        parser.parse(record, &mut row).unwrap();
        let found = Record::new(1, record, &row);
        [0, 1, 2, 3].map(|place| found.value(place).to_owned())
    };
    cuts.iter().map(read).collect()
}

fn row(parts: [&str; 4]) -> [String; 4] {
    parts.map(str::to_owned)
}

#[test]
fn cues_of_subrip() {
    let text = "\u{FEFF}1\r\n00:00:01,000 --> 00:00:02,000\r\n<i>Tom &amp; I</i> {\\an8}like it.\r\nYes!\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\n3 < 4\r\n\r\nstill here\r\n\r\n\r\n3\r\n00:00:05,000 --> 00:00:06,000\r\n42\r\n";
    let found = cues(text.trim_start_matches('\u{FEFF}'));
    assert_eq!(
        found,
        [
            row(["Tom & I like it. Yes!", "", "00:00:01,000", "1"]),
            row(["3 < 4 still here", "", "00:00:03,000", "2"]),
            row(["42", "", "00:00:05,000", "3"])
        ]
    );
}

#[test]
fn voices_of_webvtt() {
    let text = "WEBVTT - a talk\n\nSTYLE\n::cue { color: red }\n\nNOTE\nnot --> this\n00:01.000 --> 00:02.000\n\nintro\n00:01.000 --> 00:02.000 align:start\n<v Ann Lee>I like it.\n<v.loud Bo>I do not.</v>\n\n00:03.000 --> 00:04.000\nNOTE this is said\n";
    let found = cues(text);
    assert_eq!(
        found,
        [
            row(["I like it.", "Ann Lee", "00:01.000", "intro"]),
            row(["I do not.", "Bo", "", ""]),
            row(["NOTE this is said", "", "00:03.000", ""])
        ]
    );
}

#[test]
fn rolling_captions_count_once() {
    let text = "WEBVTT\nKind: captions\n\n00:00:00.100 --> 00:00:01.000 align:start\n \nhello<00:00:00.500><c> there</c>\n\n00:00:01.000 --> 00:00:01.010\nhello there\n \n\n00:00:01.010 --> 00:00:02.000\nhello there\nhow<c> are you</c>\n\n00:00:02.000 --> 00:00:02.010\nhow are you\n \n\n00:00:02.010 --> 00:00:03.000\nhow are you\nfine\n\n";
    let said: Vec<String> = cues(text).into_iter().map(|[text, ..]| text).collect();
    assert_eq!(said, ["hello there", "how are you", "fine"]);
    let again = "1\n00:01,000 --> 00:02,000\nGreat!\n\n2\n00:02,000 --> 00:03,000\nGreat!\n";
    assert_eq!(cues(again).len(), 2, "two people may say the same");
}

#[test]
fn what_is_no_transcript() {
    for text in ["", "1\nsome text\n", "WEBVTTX\n", "a --> b\n", "12:30 --> \n"] {
        assert!(detect(&Sample { text: text.to_owned(), whole: true, ..Sample::default() }).is_none(), "{text}");
    }
}
