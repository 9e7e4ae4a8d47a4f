use super::super::build::{Context, build};
use super::*;
use crate::mention::About;
use crate::report::{Ambiguous, Around, Looks, Report};
use crate::score::Score;
use crate::summary::mentions::Contest;
use crate::summary::{Facts, Place};

fn note(name: &str, kind: Kind) -> SubjectNote {
    SubjectNote { name: name.to_owned(), kind }
}

fn score(points: i32) -> Score {
    let polarity = match points.signum() {
        1 => Polarity::Positive,
        -1 => Polarity::Negative,
        _ => Polarity::Neutral,
    };
    Score { polarity, score: points, praise: points.max(0), complaint: (-points).max(0), confidence: 0, coverage: 5000 }
}

/// A record of a day that says this of these subjects.
fn record(summary: &mut Summary, day: i32, text: &str, said: &[(u32, i32)]) {
    let author = format!("someone {}", summary.read);
    let facts = Facts {
        place: Place { file: 0, record: summary.read + 1, line: 0 },
        author: Some(&author),
        day: Some(day),
        language: "en",
        ..Facts::default()
    };
    let about: Vec<About> = said.iter().map(|&(subject, points)| About { subject, mentions: 1, score: Some(score(points)) }).collect();
    summary.read += 1;
    summary.total.add(&score(said.first().map_or(0, |said| said.1)));
    summary.days.entry(day).or_default().add(&score(said.first().map_or(0, |said| said.1)));
    summary.mentions.add(&facts, text, &about, |subject| subject < 3);
}

fn report_of(summary: &Summary, subjects: &[SubjectNote]) -> Report {
    let context = Context {
        files: &[],
        groupings: &[],
        offered: 0,
        lexicons: &[],
        quotes: 3,
        fans: 5,
        critics: 5,
        least_posts: 3,
        period: None,
        unredacted: false,
        pseudonyms: None,
        show_authors: false,
        sample: None,
        subjects,
        handles: &crate::redact::NO_HANDLES,
    };
    build(summary, &context)
}

/// Two brands and a product, a subject and two aspects.
fn subjects() -> Vec<SubjectNote> {
    vec![
        note("Dell", Kind::Brand),
        note("HP", Kind::Competitor),
        note("XPS", Kind::Product),
        note("price", Kind::Subject),
        note("battery", Kind::Aspect),
        note("screen", Kind::Aspect),
    ]
}

fn heard() -> Summary {
    let mut summary = Summary::new(0, 6);
    for at in 0..20 {
        record(
            &mut summary,
            at,
            "the Dell has a great battery, call me at +49 30 1234567",
            &[(0, if at < 10 { -5000 } else { 5000 }), (4, 5000)],
        );
        record(&mut summary, at, "HP and its screen are bad, I sent it back after a week", &[(1, -5000), (5, -5000)]);
    }
    for at in 0..6 {
        record(&mut summary, at, "price matters to all of us", &[(3, 0)]);
    }
    for _ in 0..12 {
        summary.mentions.contest(0, 1, Contest::Better, Some("Battery"));
    }
    for _ in 0..5 {
        summary.mentions.contest(1, 0, Contest::Better, None);
    }
    summary.mentions.contest(1, 0, Contest::Better, Some("battery"));
    summary.mentions.contest(0, 1, Contest::Switch, None);
    summary.mentions.draw(1, 0);
    summary
}

fn heard_mentions() -> Mentions {
    report_of(&heard(), &subjects()).mentions.unwrap()
}

#[test]
fn nothing_is_said_when_nobody_listens() {
    assert_eq!(report_of(&Summary::new(0, 0), &[]).mentions, None);
}

#[test]
fn shares_of_comparable_subjects_add_up() {
    let mentions = heard_mentions();
    assert_eq!(mentions.records, 46);
    let names: Vec<&str> = mentions.subjects.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["Dell", "HP", "XPS", "price"]);
    let [dell, hp, xps, price] = mentions.subjects.as_slice() else { panic!("{names:?}") };
    assert_eq!((dell.voice.count, dell.voice.share.value), (20, 0.5));
    assert_eq!((dell.praise.share.value, dell.complaint.share.value), (1.0, 0.3333));
    assert_eq!((hp.complaint.count, hp.complaint.share.value), (20, 0.6667));
    assert_eq!((xps.posts, xps.few, xps.voice.share.value), (0, true, 0.0));
    assert_eq!((price.voice.share.value, price.few, price.change.as_ref()), (1.0, true, None));
    let aspects: Vec<(u64, f64)> = mentions.aspects.iter().map(|row| (row.voice.count, row.voice.share.value)).collect();
    assert_eq!(aspects, [(20, 0.5), (20, 0.5)]);
}

#[test]
fn what_changed_is_told_from_what_did_not() {
    let mentions = heard_mentions();
    let change = mentions.subjects[0].change.as_ref().unwrap();
    assert_eq!((change.before.value, change.after.value, change.difference.value), (-1.0, 1.0, 2.0));
    assert_eq!((change.since.as_str(), change.records_before, change.records_since, change.direction()), ("1970-01-11", 10, 10, 1));
    assert_eq!(mentions.subjects[1].change.as_ref().unwrap().direction(), 0);
    assert_eq!(mentions.subjects[0].timeline.len(), 20);
}

#[test]
fn brands_are_praised_for_what_is_praised_beside_them() {
    let mentions = heard_mentions();
    assert_eq!(mentions.subjects[0].praised_for, [Count { name: "battery".to_owned(), count: 20 }]);
    assert_eq!(mentions.subjects[0].criticised_for, []);
    assert_eq!(mentions.subjects[1].criticised_for, [Count { name: "screen".to_owned(), count: 20 }]);
}

#[test]
fn the_matrix_shows_pairs_and_gaps() {
    let matrix = heard_mentions().matrix.unwrap();
    assert_eq!(matrix.columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>(), ["battery", "screen", "price"]);
    let cells = |at: usize| -> Vec<(&str, u64)> { matrix.rows[at].cells.iter().map(|cell| (cell.name.as_str(), cell.records)).collect() };
    assert_eq!((cells(0), cells(1), cells(2), cells(3)), (vec![("battery", 20)], vec![("screen", 20)], vec![], vec![("price", 6)]));
    assert_eq!(matrix.rows[3].name, None);
    // Of 46 posts on subjects 20 mention the brand: none of 20 is fewer, none of 6 may be chance.
    let gaps: Vec<_> = matrix.gaps.iter().map(|gap| (gap.name.as_str(), gap.records, gap.ours.count, gap.theirs, gap.alone)).collect();
    assert_eq!(gaps, [("screen", 20, 0, 20, 0), ("price", 6, 0, 0, 6)]);
}

#[test]
fn a_subject_and_an_aspect_may_have_the_same_name() {
    let mut subjects = subjects();
    subjects[3].name = "battery".to_owned();
    let mut summary = heard();
    record(&mut summary, 3, "the price of an HP", &[(1, 5000), (3, 5000)]);
    let matrix = report_of(&summary, &subjects).mentions.unwrap().matrix.unwrap();
    let found = |column: usize, row: usize| matrix.columns[column].of(&matrix.rows[row]).map(|cell| (cell.kind, cell.records));
    // HP is the first row, Dell the second.
    assert_eq!((found(0, 0), found(0, 1)), (None, Some((Kind::Aspect, 20))));
    assert_eq!((found(2, 0), found(2, 1), found(2, 3)), (Some((Kind::Subject, 1)), None, Some((Kind::Subject, 6))));
}

#[test]
fn where_nobody_names_the_brand_nothing_is_a_gap() {
    let mut summary = Summary::new(0, 6);
    (0..30).for_each(|at| record(&mut summary, at, "the battery is fine", &[(4, 5000)]));
    assert_eq!(report_of(&summary, &subjects()).mentions.unwrap().matrix.unwrap().gaps, []);
}

#[test]
fn comparisons_are_told_from_the_winner() {
    let mentions = heard_mentions();
    let [one] = mentions.comparisons.as_slice() else { panic!("{:?}", mentions.comparisons) };
    assert_eq!((one.name.as_str(), one.other.as_str(), one.wins.count, one.losses, one.draws), ("Dell", "HP", 12, 6, 1));
    assert_eq!((one.wins.share.value, one.few, one.switches_to, one.switches_from), (0.6667, false, 1, 0));
    let on: Vec<_> = one.on.iter().map(|ground| (ground.name.as_str(), ground.wins, ground.losses)).collect();
    assert_eq!(on, [("battery", 12, 1)]);
}

#[test]
fn quotes_are_masked_and_authors_numbered() {
    let mentions = heard_mentions();
    let quotes = &mentions.subjects[0].quotes;
    let [one] = quotes.praise.as_slice() else { panic!("{quotes:?}") };
    assert!(!one.text.contains("1234567") && one.author.as_deref().is_some_and(|name| name.starts_with("author ")), "{one:?}");
}

/// A report with a name that steers terminals, ends table cells, begins HTML and is a formula.
fn hostile() -> Report {
    let evil = "=cmd()|<script>\u{1B}[31m\u{202E}\n| x |";
    let subjects: Vec<SubjectNote> =
        subjects().into_iter().map(|note| SubjectNote { name: format!("{evil}{}", note.name), ..note }).collect();
    let mut summary = heard();
    (0..12).for_each(|_| summary.mentions.contest(2, 1, Contest::Better, Some(evil)));
    (0..5).for_each(|at| record(&mut summary, at, &format!("{evil} is what the product says of itself here"), &[(2, 5000)]));
    let mut report = report_of(&summary, &subjects);
    // Otherwise nothing is shown.
    report.read.scored = summary.total.records();
    report.mentions.as_mut().unwrap().ambiguous.push(Ambiguous {
        subject: evil.to_owned(),
        mentions: 3,
        of: 20,
        around: vec![Around { words: evil.to_owned(), count: 3 }],
        suggestion: evil.to_owned(),
    });
    report
}

fn shown(report: &Report, format: &str, width: usize) -> String {
    let mut out = Vec::new();
    (crate::report::by_name(format).unwrap().render)(report, Looks { width, ..Looks::default() }, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn hostile_names_and_texts_are_harmless_in_each_format() {
    let report = hostile();
    for format in ["text", "md", "csv", "json"] {
        let out = shown(&report, format, 100);
        assert!(out.contains("script"), "{format}");
        if format != "csv" {
            assert!(!out.contains(['\u{1B}']), "{format}");
        }
    }
    let text = shown(&report, "text", 100);
    assert!(!text.contains('\u{202E}') && text.contains("\\u{1b}"), "{text}");
    let md = shown(&report, "md", 100);
    assert!(!md.contains("<script") && !md.contains("()|"), "{md}");
    // Each row of a table has the cells of its head.
    let cells = |line: &str| line.replace("\\|", "").matches('|').count();
    let mut head = 0;
    for line in md.lines() {
        head = if !line.starts_with('|') {
            0
        } else if head == 0 {
            cells(line)
        } else {
            head
        };
        assert_eq!(if head == 0 { 0 } else { cells(line) }, head, "{line}");
    }
    let csv = shown(&report, "csv", 100);
    for record in csv::Reader::from_reader(csv.as_bytes()).records() {
        assert!(record.unwrap().iter().all(|cell| !cell.starts_with('=')), "{csv}");
    }
}

#[test]
fn lines_keep_to_the_terminal() {
    use unicode_width::UnicodeWidthStr;
    let long = |note: SubjectNote| SubjectNote {
        name: format!("{} 東京電力ホールディングス株式会社 and sons", note.name), ..note
    };
    let mut report = report_of(&heard(), &subjects().into_iter().map(long).collect::<Vec<_>>());
    report.read.scored = 46;
    for width in [40, 60, 66, 80, 100, 140] {
        let text = shown(&report, "text", width);
        let part = text.split("\nMentions\n").nth(1).unwrap();
        let wide: Vec<&str> = part.lines().filter(|line| line.width() > width).collect();
        assert!(wide.is_empty(), "{width}: {wide:#?}");
    }
    assert!(shown(&report, "text", 140).contains("posts over time") && !shown(&report, "text", 80).contains("posts over time"));
}

#[test]
fn few_posts_get_a_sign_and_a_footnote() {
    let mut report = report_of(&heard(), &subjects());
    report.read.scored = 46;
    for (format, sign, note) in [("text", "6*", "* fewer than ten"), ("md", "6\\*", "\\* Fewer than ten")] {
        let out = shown(&report, format, 100);
        assert!(out.contains(sign) && out.contains(note), "{out}");
    }
}
