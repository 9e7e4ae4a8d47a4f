//! One bench per stage of the line, on invented posts: `cargo bench --bench stages`.
//!
//! Each stage gets what the stage before it gives, ready made, so that its own cost shows; the last
//! one is the whole line. The counter shows bytes of CSV per second for stages that read records and
//! bytes of text for stages that read texts. One thread; compare ratios, not figures of other machines.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use earful::analyze::{Analyzer, Outcome, Scratch};
use earful::input::{Cut, Dialect, FORMATS, Field, Record, Row, Sample};
use earful::lexicon::{Lexicon, Reading, Role, builtin};
use earful::mention::{Found, NoFields, Query, Subject, Subjects};
use earful::score::{Hits, score};
use earful::summary::{Facts, Place, Summary};
use earful::text::Tokens;
use std::fmt::Write as _;
use std::sync::LazyLock;

fn main() {
    divan::main();
}

/// Records of the block.
const RECORDS: usize = 6000;

/// Parts of the invented posts: openings, middles and ends, opinionated and plain, in the proportions
/// of real posts, with the signs that make tokenising hard.
const OPENINGS: [&str; 12] = [
    "Bought this in March and",
    "@brightcorp your app",
    "So the update came and",
    "Honestly, the battery",
    "My daughter says the keyboard",
    "Day 3 with the new phone:",
    "The café on Main St",
    "Ordered two,",
    "I’ve had it for a year,",
    "RT @someone:",
    "Third time this week",
    "Support told me that it",
];
const MIDDLES: [&str; 14] = [
    "works well but gets hot after an hour",
    "isn’t good at all",
    "is really great, no complaints",
    "crashes whenever I open the camera",
    "arrived on Tuesday in a plain box",
    "is okay I guess",
    "was cheaper than at the other shop",
    "would be perfect if it had a second port",
    "does exactly what it says",
    "is way too loud for a bedroom",
    "sits on the shelf next to the printer",
    "took 40 minutes to charge from 10 to 80",
    "has the same screen as last year’s model",
    "never let me down",
];
const ENDS: [&str; 12] = [
    "",
    ".",
    "!!",
    " 😡😡",
    " ❤️",
    " #NeverAgain",
    " https://t.co/AbC123xyz0",
    "... smh",
    ". 4/5",
    " and that's that.",
    ", sooooo happy",
    "? Asking for a friend",
];

/// Numbers that look random and are the same on every run.
struct Dice(u64);

impl Dice {
    fn pick<'t>(&mut self, list: &[&'t str]) -> &'t str {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let length = u64::try_from(list.len()).unwrap_or(1);
        list[usize::try_from((self.0 >> 33) % length).unwrap_or(0)]
    }
}

fn make_texts() -> Vec<String> {
    let mut dice = Dice(20);
    let mut sentence = || format!("{} {}{}", dice.pick(&OPENINGS), dice.pick(&MIDDLES), dice.pick(&ENDS));
    (0..RECORDS).map(|i| (0..=(i % 3)).map(|_| sentence()).collect::<Vec<_>>().join(if i % 10 == 0 { "\n" } else { " " })).collect()
}

fn make_csv(texts: &[String]) -> String {
    let mut csv = "id,author,date,product,rating,text\n".to_owned();
    for (i, text) in texts.iter().enumerate() {
        let product = ["Phone 3", "Tablet, large", "Buds"][i % 3];
        let _ = writeln!(csv, "{i},user{},2026-{:02}-{:02},\"{product}\",{},\"{text}\"", i % 900, 1 + i % 12, 1 + i % 28, 1 + i % 5);
    }
    csv
}

static TEXTS: LazyLock<Vec<String>> = LazyLock::new(make_texts);
static CSV: LazyLock<String> = LazyLock::new(|| make_csv(&TEXTS));
static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::new(vec![built_in()], None));

fn built_in() -> Lexicon {
    builtin::lexicon().expect("the built-in lexicon compiles, which a test holds")
}

fn dialect() -> Box<dyn Dialect> {
    let sample = Sample::new(CSV.as_bytes(), true);
    FORMATS.iter().find_map(|format| (format.detect)(&sample)).expect("a CSV file is recognised")
}

fn cuts(dialect: &dyn Dialect) -> Vec<Cut> {
    let mut cuts = Vec::new();
    dialect.cutter().cut(CSV.as_bytes(), true, &mut cuts);
    cuts
}

fn of_csv() -> BytesCount {
    BytesCount::new(CSV.len())
}

fn of_texts() -> BytesCount {
    BytesCount::new(TEXTS.iter().map(String::len).sum::<usize>())
}

/// Columns in the order the pipeline wants them: the fields, as far as this file has them.
fn wanted() -> Vec<usize> {
    let column = |field: &Field| match field {
        Field::Text => 5,
        Field::Rating => 4,
        Field::Author => 1,
        Field::Date => 2,
        Field::Id => 0,
        Field::Product => 3,
        Field::Title | Field::Source | Field::Lang | Field::Target | Field::Label => usize::MAX,
    };
    Field::ALL.iter().map(column).collect()
}

/// Start-up: reading and compiling the built-in lexicon.
#[divan::bench]
fn a_compile_lexicon(bencher: Bencher) {
    bencher.bench_local(built_in);
}

/// Bytes to record bounds.
#[divan::bench]
fn b_split(bencher: Bencher) {
    let dialect = dialect();
    let mut cuts = Vec::with_capacity(RECORDS);
    bencher.counter(of_csv()).bench_local(|| {
        cuts.clear();
        dialect.cutter().cut(black_box(CSV.as_bytes()), true, &mut cuts)
    });
}

/// Records to fields.
#[divan::bench]
fn c_parse(bencher: Bencher) {
    let dialect = dialect();
    let (cuts, parser) = (cuts(dialect.as_ref()), dialect.parser(&wanted()));
    let mut row = Row::new();
    bencher.counter(of_csv()).bench_local(|| {
        let mut bytes = 0;
        for cut in &cuts {
            let record = &CSV[cut.start as usize..cut.end as usize];
            if parser.parse(record, &mut row).is_ok() {
                bytes += Record::new(1, record, &row).value(Field::Text as usize).len();
            }
        }
        bytes
    });
}

/// Texts to tokens.
#[divan::bench]
fn d_tokenise(bencher: Bencher) {
    let mut tokens = Tokens::new();
    bencher.counter(of_texts()).bench_local(|| {
        for text in TEXTS.iter() {
            tokens.read(black_box(text));
            black_box(tokens.as_slice());
        }
    });
}

/// Texts to units: tokens looked up and joined to phrases. Less `d_tokenise`, the cost of looking up.
#[divan::bench]
fn e_tokenise_and_look_up(bencher: Bencher) {
    let mut reading = Reading::new();
    bencher.counter(of_texts()).bench_local(|| {
        for text in TEXTS.iter() {
            ANALYZER.lexicons()[0].read(black_box(text), &mut reading);
            black_box(reading.units());
        }
    });
}

/// Units to scores.
#[divan::bench]
fn f_score(bencher: Bencher) {
    let read = |text: &String| {
        let mut reading = Reading::new();
        ANALYZER.lexicons()[0].read(text, &mut reading);
        reading
    };
    let readings: Vec<Reading> = TEXTS.iter().map(read).collect();
    let mut hits = Hits::new();
    bencher.counter(of_texts()).bench_local(|| {
        for (reading, text) in readings.iter().zip(TEXTS.iter()) {
            black_box(score(ANALYZER.lexicons()[0].weights(), black_box(reading), text, &mut hits));
        }
    });
}

/// Texts to outcomes: language, units and scores.
#[divan::bench]
fn g_analyse(bencher: Bencher) {
    let mut scratch = Scratch::default();
    bencher.counter(of_texts()).bench_local(|| {
        for text in TEXTS.iter() {
            black_box(ANALYZER.analyze(None, Some(black_box(text)), None, &mut scratch).outcome);
        }
    });
}

/// Scores to a summary, with groups, words, quotes and authors.
#[divan::bench]
fn h_summarise(bencher: Bencher) {
    let analyse = |text: &String| {
        let (mut reading, mut hits) = (Reading::new(), Hits::new());
        ANALYZER.lexicons()[0].read(text, &mut reading);
        let score = score(ANALYZER.lexicons()[0].weights(), &reading, text, &mut hits);
        (reading, hits, score)
    };
    let analysed: Vec<_> = TEXTS.iter().map(analyse).collect();
    bencher.counter(of_texts()).bench_local(|| {
        let mut summary = Summary::new(1);
        for (i, ((reading, hits, score), text)) in analysed.iter().zip(TEXTS.iter()).enumerate() {
            summary.add(&facts(i), text, score, reading, hits, std::iter::once(Some("Phone 3")));
        }
        summary
    });
}

/// Two hundred subjects of five names each, a few of which are in the texts.
fn subjects(fuzzy: bool) -> Subjects {
    const MET: [&str; 8] = ["battery", "keyboard", "brightcorp", "camera", "Main St", "printer", "model", "support"];
    let query = |number: usize| {
        let first = MET.get(number / 25).filter(|_| number.is_multiple_of(25)).map_or(format!("brand{number}"), |met| (*met).to_owned());
        let text = format!("{first}, acme{number} corp, \"maker {number} of things\", @acme{number}, product{number}, !\"{first} pie\"");
        Subject { fuzzy, ..Subject::new(format!("q{number}"), Query::parse(&text).expect("a query that is understood")) }
    };
    Subjects::compile((0..200).map(query).collect()).expect("names of their own")
}

/// Tokens to mentions, of two hundred subjects; compare with `e_tokenise_and_look_up` and `f_score`.
#[divan::bench(args = [false, true])]
fn j_find_mentions(bencher: Bencher, fuzzy: bool) {
    let (subjects, lexicon) = (subjects(fuzzy), &ANALYZER.lexicons()[0]);
    let read = |text: &String| {
        let mut reading = Reading::new();
        lexicon.read(text, &mut reading);
        reading
    };
    let readings: Vec<Reading> = TEXTS.iter().map(read).collect();
    let (mut found, is_word) = (Found::new(), |token: &_| lexicon.role_of(token) != Role::None);
    bencher.counter(of_texts()).bench_local(|| {
        for (reading, text) in readings.iter().zip(TEXTS.iter()) {
            subjects.find(text, black_box(reading.tokens()), &NoFields, &is_word, &mut found);
            black_box(found.mentions());
        }
    });
}

/// What a record says of itself, invented.
fn facts(number: usize) -> Facts<'static> {
    const AUTHORS: [&str; 7] = ["ann", "bo", "cy", "di", "ed", "flo", "gus"];
    let day = i32::try_from(20_000 + number % 300).unwrap_or(0);
    let place = Place { file: 0, record: u64::try_from(number).unwrap_or(0), line: 0 };
    Facts { place, author: Some(AUTHORS[number % 7]), day: Some(day), leaning: 0, stars: Some(3), language: "en", ..Facts::default() }
}

/// The whole line on one thread: CSV to a summary.
#[divan::bench]
fn i_whole(bencher: Bencher) {
    let dialect = dialect();
    let parser = dialect.parser(&wanted());
    let (mut row, mut scratch, mut cuts) = (Row::new(), Scratch::default(), Vec::new());
    bencher.counter(of_csv()).bench_local(|| {
        let mut summary = Summary::new(1);
        cuts.clear();
        dialect.cutter().cut(black_box(CSV.as_bytes()), true, &mut cuts);
        for (i, cut) in cuts.iter().enumerate() {
            let raw = &CSV[cut.start as usize..cut.end as usize];
            if parser.parse(raw, &mut row).is_err() {
                continue;
            }
            let record = Record::new(1, raw, &row);
            let analysis = ANALYZER.analyze(None, record.get(Field::Text as usize), None, &mut scratch);
            if let Outcome::Scored(score) = analysis.outcome {
                let facts = Facts { author: record.get(Field::Author as usize), ..facts(i) };
                summary.add(
                    &facts,
                    analysis.text,
                    &score,
                    analysis.reading,
                    analysis.hits,
                    std::iter::once(record.get(Field::Product as usize)),
                );
            }
        }
        summary
    });
}
