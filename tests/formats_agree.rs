//! All formats agree: every headline figure of the report as data stands in the terminal's text, in Markdown
//! and on the page, beside the name it belongs to. Formats write numbers in their own ways, so they are
//! brought into one form first; what a renderer leaves out for want of room is not asked for.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test says what is wrong by failing

mod common;

use common::{Place, shipped};
use earful::report::{self, Looks, Report, SubjectRow};
use earful::stats::Estimate;

const FORMATS: [&str; 3] = ["text", "md", "html"];

/// Characters behind a name within which its figures must stand; and those before it, for outcomes that stand in
/// front of what they are the outcome of.
const NEAR: usize = 900;
const BEFORE: usize = 24;
/// Subjects, aspects and themes that every format shows.
const SHOWN: usize = 8;

/// A figure: the section it is of, the name that it stands behind, and how it is written.
struct Figure {
    section: &'static str,
    name: String,
    shown: String,
}

#[derive(Default)]
struct Figures(Vec<Figure>);

impl Figures {
    fn add(&mut self, section: &'static str, name: &str, shown: String) {
        self.0.push(Figure { section, name: plain(name), shown });
    }

    fn count(&mut self, section: &'static str, name: &str, count: u64) {
        self.add(section, name, count.to_string());
    }

    fn share(&mut self, section: &'static str, name: &str, share: &Estimate) {
        self.add(section, name, format!("{:.1}", share.value * 100.0));
        self.add(section, name, format!("{:.1}", share.low * 100.0));
        self.add(section, name, format!("{:.1}", share.high * 100.0));
    }

    fn points(&mut self, section: &'static str, name: &str, net: &Estimate) {
        for bound in [net.value, net.low, net.high] {
            self.add(section, name, signed(bound * 100.0));
        }
    }
}

fn signed(x: f64) -> String {
    let text = format!("{x:+.1}");
    if text == "+0.0" || text == "-0.0" { "0.0".to_owned() } else { text }
}

/// Headline figures of a report.
fn figures(report: &Report) -> Figures {
    let mut all = Figures::default();
    let read = &report.read;
    for count in [read.records, read.scored, read.skipped, read.excluded] {
        all.count("read", "", count);
    }
    let s = &report.sentiment;
    for (name, part) in [("praise", s.positive), ("complaints", s.negative), ("mixed", s.mixed), ("neutral", s.neutral)] {
        all.count("balance", name, part.count);
        all.share("balance", name, &part.share);
    }
    all.points("balance", "net", &s.net);
    if let Some(stars) = &report.stars {
        for row in &stars.rows {
            all.count("stars", "stars against text", row.sentiment.records);
            all.share("stars", "stars against text", &row.sentiment.positive.share);
        }
        all.share("stars", "stars against text", &stars.agreement.share);
    }
    for group in &report.groups {
        for row in group.values.iter().take(SHOWN).filter(|row| row.sentiment.records > 0) {
            all.count("groups", &row.value, row.sentiment.records);
            all.share("groups", &row.value, &row.sentiment.positive.share);
            all.share("groups", &row.value, &row.sentiment.negative.share);
        }
    }
    if let Some(mentions) = &report.mentions {
        all.count("mentions", "", mentions.records);
        for row in mentions.subjects.iter().chain(mentions.aspects.iter().take(SHOWN)) {
            subject(row, &mut all);
        }
    }
    of_themes(report, &mut all);
    for spike in report.spikes.iter().flat_map(|spikes| &spikes.found) {
        all.count("spikes", &spike.what(), spike.observed);
        all.add("spikes", &spike.what(), format!("{:.1}", spike.expected));
    }
    for person in report.people.iter().flat_map(|people| people.fans.iter().chain(&people.critics)) {
        all.count("people", &person.author, person.posts);
        all.add("people", &person.author, format!("{:+.2}", person.score.value));
    }
    for verdict in &report.verdicts {
        all.add("verdicts", &verdict.name, verdict.word().to_owned());
        all.add("verdicts", &verdict.name, plain(&verdict.reason));
    }
    all
}

fn subject(row: &SubjectRow, all: &mut Figures) {
    all.count("mentions", &row.name, row.posts);
    all.add("mentions", &row.name, format!("{:.1}", row.voice.share.value * 100.0));
    if row.sentiment.records > 0 {
        all.add("mentions", &row.name, format!("{:.1}", row.sentiment.positive.share.value * 100.0));
        all.points("mentions", &row.name, &row.sentiment.net);
    }
}

fn of_themes(report: &Report, all: &mut Figures) {
    let Some(themes) = &report.themes else { return };
    for side in [&themes.complaint, &themes.praise, &themes.given] {
        for theme in side.iter().take(SHOWN) {
            all.count("themes", &theme.name, theme.records);
            all.share("themes", &theme.name, &theme.share);
        }
    }
}

/// Text in one form: small letters, no markup and no escapes, plain signs, no groups of digits, single blanks.
fn plain(text: &str) -> String {
    let escaped = earful::escape::terminal(text)
        .to_lowercase()
        .replace('−', "-")
        .replace(['\u{202f}', '\u{a0}', '↑', '↓', '→'], " ")
        .replace('\\', "");
    let chars: Vec<char> = escaped.chars().collect();
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let groups = |at: usize| chars[at] == ',' && at > 0 && digit(at - 1) && (1..=3).all(|n| digit(at + n)) && !digit(at + 4);
    let whole: String = chars.iter().enumerate().filter(|&(at, _)| !groups(at)).map(|(_, &c)| c).collect();
    let noughts = whole.replace("-0.0 ", "0.0 ").replace("+0.0 ", "0.0 ").replace("+0.0)", "0.0)").replace("-0.0)", "0.0)");
    noughts.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a format shows, in that form.
fn shown(report: &Report, format: &str) -> String {
    let mut out = Vec::new();
    let looks = Looks { colour: false, width: 160 };
    (report::by_name(format).unwrap().render)(report, looks, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    plain(&match format {
        "html" => without_tags(&text),
        "md" => without_entities(&text.replace('|', " ").replace("**", "")),
        _ => text,
    })
}

/// The text of a page, charts, style and script left out.
fn without_tags(page: &str) -> String {
    let mut out = String::new();
    let mut rest = page;
    while let Some((text, tag)) = rest.split_once('<') {
        out.push_str(text);
        let end = ["style", "script", "svg"].into_iter().find(|name| tag.starts_with(name)).map(|name| format!("</{name}>"));
        rest = match end {
            // Charts hold charts.
            Some(end) if end == "</svg>" => after_chart(tag),
            Some(end) => tag.split_once(&end).unwrap().1,
            None => tag.split_once('>').unwrap().1,
        };
        if !tag.starts_with("bdi") && !tag.starts_with("/bdi") {
            out.push(' ');
        }
    }
    without_entities(&out)
}

fn after_chart(mut rest: &str) -> &str {
    let mut depth = 1;
    while depth > 0 {
        let (open, close) = (rest.find("<svg").unwrap_or(usize::MAX), rest.find("</svg>").unwrap());
        let at = open.min(close);
        depth = if open < close { depth + 1 } else { depth - 1 };
        rest = &rest[at + if open < close { 4 } else { 6 }..];
    }
    rest
}

fn without_entities(text: &str) -> String {
    let plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    plain.replace("&#8239;", " ").replace("&amp;", "&")
}

/// Whether a figure stands behind some place of its name, as a number of its own.
fn stands(text: &str, figure: &Figure) -> bool {
    let before = if figure.section == "verdicts" { BEFORE } else { 0 };
    let near = |from: usize| {
        let rest = &text[text.floor_char_boundary(from.saturating_sub(before))..];
        &rest[..rest.char_indices().nth(NEAR).map_or(rest.len(), |(end, _)| end)]
    };
    let part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || c == '.');
    let whole = |window: &str| {
        window.match_indices(&figure.shown).any(|(at, _)| {
            let after = window[at + figure.shown.len()..].strip_prefix('.').unwrap_or(&window[at + figure.shown.len()..]);
            !part(window[..at].chars().next_back()) && !part(after.chars().next())
        })
    };
    if figure.name.is_empty() {
        return whole(text);
    }
    // The terminal cuts names that are too long for their column.
    let name: String = figure.name.chars().take(20).collect();
    text.match_indices(name.trim_end()).any(|(at, _)| whole(near(at)))
}

fn agree(report: &Report, what: &str) {
    let figures = figures(report);
    for format in FORMATS {
        let text = shown(report, format);
        let missing: Vec<String> = figures
            .0
            .iter()
            .filter(|figure| !stands(&text, figure))
            .map(|figure| format!("{}: {} of {:?}", figure.section, figure.shown, figure.name))
            .collect();
        assert!(missing.is_empty(), "{format} of {what} lacks {missing:#?}\n{text}");
    }
}

#[test]
fn formats_agree_on_a_full_report() {
    let report = std::fs::read_to_string(shipped("tests/fixtures/full-report.json")).unwrap();
    agree(&serde_json::from_str(&report).unwrap(), "the full report");
}

#[test]
fn formats_agree_on_the_examples() {
    let place = Place::new();
    let example = |name: &str| shipped(&format!("examples/{name}")).to_string_lossy().into_owned();
    let (bakery, laptop) = (example("bakery-reviews.csv"), example("laptop-posts.jsonl"));
    let listening =
        ["--mention", "Dell", "--competitor", "Apple: apple, macbook*", "--subject", "price: price*", "--aspects", "electronics"];
    let runs: [&[&str]; 3] = [&[&bakery], &[&bakery, &laptop, "--by", "lang"], &[&[laptop.as_str()][..], &listening].concat()];
    for files in runs {
        agree(&serde_json::from_value(place.report(files)).unwrap(), &files.join(" "));
    }
}

/// A figure that is another in one format is found to be missing.
#[test]
fn a_wrong_figure_is_noticed() {
    let text = plain("praise 1,366 55.5\u{202f}% (53.5 to 57.5) net −0.0 points");
    let figure = |shown: &str| Figure { section: "balance", name: "praise".to_owned(), shown: shown.to_owned() };
    for (shown, there) in [("1366", true), ("55.5", true), ("55.6", false), ("5.5", false), ("136", false), ("0.0", true)] {
        assert_eq!(stands(&text, &figure(shown)), there, "{shown}");
    }
}

/// Wide signs count as two columns, marks as none.
#[test]
fn every_line_fits_the_terminal() {
    use unicode_width::UnicodeWidthStr;
    let full = std::fs::read_to_string(shipped("tests/fixtures/full-report.json")).unwrap();
    let full: Report = serde_json::from_str(&full).unwrap();
    let renderer = earful::report::by_name("text").unwrap();
    for width in [80, 100, 140] {
        let mut out = Vec::new();
        (renderer.render)(&full, Looks { colour: false, width }, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let long: Vec<&str> = text.lines().filter(|line| line.width() > width).collect();
        assert!(long.is_empty(), "{width} columns: {long:#?}");
    }
}
