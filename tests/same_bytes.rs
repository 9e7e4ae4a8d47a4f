//! Same input, same bytes: whatever the number of threads, file or standard input, packing, format,
//! encoding or order of columns. The records are enough for several blocks.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test says what is wrong by failing

mod common;

use common::{BAD, GOOD, Place, bare_places, gzip, sums_add_up, zst};
use serde_json::{Value, json};
use std::sync::OnceLock;

const FIELDS: [&str; 7] = ["id", "date", "stars", "author", "product", "title", "review"];

/// Reviews that differ in everything that is summed; Latin-1 letters, quotes, commas and line breaks.
fn records() -> &'static [[String; 7]] {
    static RECORDS: OnceLock<Vec<[String; 7]>> = OnceLock::new();
    RECORDS.get_or_init(|| (0..12_000).map(record).collect())
}

fn record(n: usize) -> [String; 7] {
    let texts = [
        GOOD.to_owned(),
        BAD.to_owned(),
        format!("Café crème was \"great\", but table {n} was filthy; we won't be back"),
        format!("I’d say number {n}: it crashes\nevery time, a waste of money"),
        "It is a phone.".to_owned(),
        format!("Absolutely loved it, naïve as I am, would buy again, thank you {n} times over and over again"),
        String::new(),
        "Die Lieferung war sehr schnell und ich bin wirklich nicht zufrieden".to_owned(),
    ];
    let padding = " and so on".repeat(n % 31);
    let text = format!("{}{padding}", texts[n * 5 % texts.len()]);
    let text = if texts[n * 5 % texts.len()].is_empty() { String::new() } else { text };
    let day = format!("2026-{:02}-{:02}", n % 9 + 1, n % 27 + 1);
    [format!("r{n}"), day, (n % 5 + 1).to_string(), format!("Zoë {}", n % 701), format!("product {}", n % 7), format!("Nº {n}"), text]
}

fn table(delimiter: u8, order: &[usize]) -> String {
    table_ending(csv::Terminator::Any(b'\n'), delimiter, order)
}

fn table_ending(end: csv::Terminator, delimiter: u8, order: &[usize]) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(end).delimiter(delimiter).from_writer(Vec::new());
    writer.write_record(order.iter().map(|&at| FIELDS[at])).unwrap();
    for record in records() {
        writer.write_record(order.iter().map(|&at| &record[at])).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

const ORDER: [usize; 7] = [0, 1, 2, 3, 4, 5, 6];

fn objects() -> Vec<Value> {
    records()
        .iter()
        .map(|record| {
            FIELDS.iter().zip(record).map(|(name, value)| ((*name).to_owned(), json!(value))).collect::<serde_json::Map<_, _>>().into()
        })
        .collect()
}

fn lines(objects: &[Value]) -> String {
    objects.iter().map(|object| format!("{object}\n")).collect()
}

/// A report without what may differ between copies of the same records: how the file is called, how
/// it is laid out, and where in it a record stands.
fn essence(mut report: Value) -> Value {
    sums_add_up(&report);
    for file in report["files"].as_array_mut().unwrap() {
        file["name"] = json!("");
        file["format"] = json!("");
    }
    let bare = |place: &str| place.rsplit_once(':').unwrap().1.split(' ').next().unwrap().to_owned();
    bare_places(&mut report);
    for reason in report["read"]["reasons"].as_array_mut().unwrap() {
        for place in reason["places"].as_array_mut().unwrap() {
            *place = json!(bare(place.as_str().unwrap()));
        }
    }
    report
}

fn report_of(name: &str, content: impl AsRef<[u8]>) -> Value {
    let place = Place::with(name, content);
    let run = place.run(&["report", "--format", "json", name, "--by", "stars"]);
    run.fine().json()
}

/// The report that all copies must give.
fn plain() -> &'static Value {
    static PLAIN: OnceLock<Value> = OnceLock::new();
    PLAIN.get_or_init(|| {
        let report = essence(report_of("rows.csv", table(b',', &ORDER)));
        assert_eq!(report["read"]["records"], 12_000);
        assert!(
            report["timeline"].is_object()
                && report["stars"].is_object()
                && report["groups"].as_array().is_some_and(|groups| groups.len() == 2),
            "{report}"
        );
        report
    })
}

#[test]
fn any_number_of_threads() {
    let table = table(b',', &ORDER);
    assert!(table.len() > 2 << 20, "several blocks: {}", table.len());
    let place = Place::with("rows.csv", table);
    for format in ["json", "text", "md", "csv"] {
        let one = place.run(&["report", "rows.csv", "--threads", "1", "--format", format, "--by", "product"]).fine();
        for threads in ["2", "3", "8"] {
            assert_eq!(
                place.run(&["report", "rows.csv", "--threads", threads, "--format", format, "--by", "product"]).fine().out,
                one.out,
                "{threads} threads, {format}"
            );
        }
    }
}

#[test]
fn rows_in_input_order_with_any_number_of_threads() {
    let place = Place::with("rows.csv", table(b',', &ORDER));
    for format in ["jsonl", "csv"] {
        let one = place.run(&["score", "rows.csv", "-j", "1", "--format", format]).fine();
        for threads in ["2", "3", "8"] {
            assert!(
                place.run(&["score", "rows.csv", "-j", threads, "--format", format]).fine().out == one.out,
                "{threads} threads, {format}"
            );
        }
    }
    let ids: Vec<String> =
        place.run(&["score", "rows.csv", "--keep", "id"]).fine().rows().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
    assert!(ids.iter().zip(records()).all(|(id, record)| *id == record[0]) && ids.len() == records().len());
}

#[test]
fn file_and_standard_input() {
    let table = table(b',', &ORDER);
    let place = Place::with("rows.csv", &table);
    let file = place.run(&["report", "rows.csv", "--format", "json"]).fine().json();
    assert_eq!(essence(place.pipe(&["report", "-", "--format", "json"], &table).fine().json()), essence(file.clone()));
    assert_eq!(essence(place.pipe(&["report", "--format", "json"], gzip(table.as_bytes())).fine().json()), essence(file));
    assert!(place.pipe(&["score", "-"], &table).fine().out == place.run(&["score", "rows.csv"]).fine().out);
}

#[test]
fn packed_and_plain() {
    let table = table(b',', &ORDER);
    let (first, last) = table.as_bytes().split_at(table.len() / 2);
    assert_eq!(&essence(report_of("rows.csv.gz", gzip(table.as_bytes()))), plain());
    assert_eq!(&essence(report_of("rows.csv.gz", [gzip(first), gzip(last)].concat())), plain(), "several members");
    assert_eq!(&essence(report_of("rows.csv.zst", zst(table.as_bytes()))), plain());
    assert_eq!(&essence(report_of("rows.csv.zst", [zst(first), zst(last)].concat())), plain(), "several frames");
}

#[test]
fn every_format() {
    let objects = objects();
    let array = serde_json::to_string(&objects).unwrap();
    let pretty = serde_json::to_string_pretty(&objects).unwrap();
    for (name, content) in [
        ("rows.tsv", table(b'\t', &ORDER)),
        ("rows.csv", table(b';', &ORDER)),
        ("rows.txt", table(b'|', &ORDER)),
        ("rows.csv", table_ending(csv::Terminator::CRLF, b',', &ORDER)),
        ("rows.jsonl", lines(&objects)),
        ("rows.json", lines(&objects)),
        ("rows.json", format!("{{\"kind\":\"page\",\"data\":{{\"items\":{array}}},\"next\":null}}")),
        ("rows.json", array),
        ("rows.json", pretty),
    ] {
        assert_eq!(&essence(report_of(name, &content)), plain(), "{name} {}", &content[..40]);
    }
}

#[test]
fn every_encoding() {
    let table = table(b',', &ORDER);
    let units: Vec<u16> = table.encode_utf16().collect();
    let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    let western: Vec<u8> = encoding_of_the_west(&table);
    for (name, bytes) in [
        ("UTF-8 with a mark", [b"\xEF\xBB\xBF".as_slice(), table.as_bytes()].concat()),
        ("UTF-16LE with a mark", [b"\xFF\xFE".as_slice(), &little].concat()),
        ("UTF-16BE with a mark", [b"\xFE\xFF".as_slice(), &big].concat()),
        ("UTF-16LE", little),
        ("UTF-16BE", big),
        ("Windows-1252", western),
    ] {
        assert_eq!(&essence(report_of("rows.csv", bytes)), plain(), "{name}");
    }
}

#[test]
fn every_encoding_of_asia() {
    use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, SHIFT_JIS};
    let languages: [(&[&Encoding], &str); 4] = [
        (&[SHIFT_JIS, EUC_JP], "とても良い製品でした。配送も早くて満足しています。"),
        (&[GB18030], "质量很好，物流也很快，客服态度不错，下次还会再来购买。"),
        (&[BIG5], "品質很好，物流也很快，客服態度不錯，下次還會再來購買。"),
        (&[EUC_KR], "배송이 빠르고 품질도 좋아요. 다음에도 또 구매할 생각입니다."),
    ];
    for (encodings, text) in languages {
        let review = |n| if n % 3 == 0 { text.to_owned() } else { format!("{GOOD} {n}") };
        let rows: String = (0..6000).map(|n| format!("{n},{},\"{}\"\n", n % 5 + 1, review(n))).collect();
        let table = format!("id,stars,review\n{rows}");
        let plain = essence(report_of("rows.csv", &table));
        assert_eq!((&plain["read"]["records"], &plain["read"]["scored"]), (&json!(6000), &json!(4000)));
        let units: Vec<u16> = table.encode_utf16().collect();
        let little = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        let encoded = encodings.iter().map(|encoding| (encoding.name(), encoding.encode(&table).0.into_owned()));
        for (name, bytes) in encoded.chain([("UTF-16LE", little), ("UTF-16BE", big)]) {
            assert_eq!(essence(report_of("rows.csv", bytes)), plain, "{name}");
        }
    }
}

/// The same rows as Meta writes them, byte by byte, and as a table that was saved twice.
#[test]
fn texts_that_were_decoded_twice() {
    let meta: Vec<Value> = objects()
        .into_iter()
        .map(|object| {
            let latin = |text: &str| text.bytes().map(char::from).collect::<String>();
            object.as_object().unwrap().iter().map(|(key, value)| (key.clone(), json!(latin(value.as_str().unwrap())))).collect()
        })
        .map(|object: serde_json::Map<_, _>| object.into())
        .collect();
    let table = table(b',', &ORDER);
    let twice = encoding_rs::WINDOWS_1252.decode(table.as_bytes()).0.into_owned();
    for (name, content) in [("rows.jsonl", lines(&meta)), ("rows.csv", twice)] {
        let mut report = report_of(name, content);
        let notes = report["notes"].as_array_mut().unwrap();
        let told = |note: &Value| note.as_str().unwrap().contains("had been decoded twice and repaired");
        assert!(notes.iter().any(told), "{notes:?}");
        notes.retain(|note| !told(note));
        assert_eq!(&essence(report), plain(), "{name}");
    }
}

#[test]
fn one_byte_of_windows_1252_far_behind_the_sample() {
    let plain = table(b',', &ORDER);
    let at = plain.rfind("I’d").unwrap();
    assert!(at > 1 << 20);
    let bytes = [&plain.as_bytes()[..=at], b"\x92", &plain.as_bytes()[at + 4..]].concat();
    let mut report = report_of("rows.csv", bytes);
    let notes = std::mem::replace(&mut report["notes"], json!([]));
    assert_eq!(notes.as_array().unwrap().len(), 1, "{notes}");
    assert!(
        notes[0].as_str().unwrap().contains("1 byte sequence was not UTF-8 and read as Windows-1252 (the first in record 1"),
        "{notes}"
    );
    assert_eq!(&essence(report), self::plain());
}

#[test]
fn zero_bytes_are_dropped_and_counted() {
    let table = table(b',', &ORDER);
    let bytes = table.replace("the staff", "the\0 staff").replace("loved it,", "loved it,\0\0");
    let zeros = bytes.len() - table.len();
    for name in ["rows.csv", "rows.txt"] {
        let mut report = report_of(name, &bytes);
        let notes = std::mem::replace(&mut report["notes"], json!([]));
        assert!(notes[0].as_str().unwrap().contains(&format!("{zeros} NUL bytes were dropped (the first in line 2)")), "{notes}");
        assert_eq!(&essence(report), plain());
    }
}

#[test]
fn small_files_in_every_encoding() {
    let table = format!("id,stars,review\n1,5,\"{GOOD} Voilà, naïve façade, crème brûlée.\"\n2,1,\"{BAD} Übel.\"\n");
    let units: Vec<u16> = table.encode_utf16().collect();
    let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let plain = essence(report_of("rows.csv", &table));
    for bytes in [encoding_of_the_west(&table), [b"\xFF\xFE".as_slice(), &little].concat(), little] {
        assert_eq!(essence(report_of("rows.csv", bytes)), plain);
    }
}

/// Windows-1252: Latin-1, and the typographic apostrophe.
fn encoding_of_the_west(text: &str) -> Vec<u8> {
    text.chars().map(|c| if c == '’' { 0x92 } else { u8::try_from(c).unwrap() }).collect()
}

#[test]
fn any_order_of_columns() {
    for order in [[6, 5, 4, 3, 2, 1, 0], [3, 0, 6, 2, 5, 1, 4]] {
        assert_eq!(&essence(report_of("rows.csv", table(b',', &order))), plain());
    }
    let turned: Vec<Value> = objects()
        .into_iter()
        .map(|object| object.as_object().unwrap().clone().into_iter().rev().collect::<serde_json::Map<_, _>>().into())
        .collect();
    assert_eq!(&essence(report_of("rows.jsonl", lines(&turned))), plain());
}

#[test]
fn one_file_or_its_parts() {
    let whole = table(b',', &ORDER);
    let place = Place::with("rows.csv", &whole);
    let header = whole.lines().next().unwrap();
    let objects = objects();
    place.write("parts/a.jsonl", lines(&objects[..2000]));
    place.write("parts/b.jsonl.gz", gzip(lines(&objects[2000..7000]).as_bytes()));
    place.write("parts/sub/c.csv", header.to_owned() + "\n" + &rows_from(7000));
    let report = place.report(&["parts"]);
    for path in [
        "/sentiment",
        "/words",
        "/stars/rows",
        "/stars/agreement",
        "/groups",
        "/timeline",
        "/spikes",
        "/people",
        "/read/authors",
        "/read/languages",
    ] {
        let one = place.report(&["rows.csv"]);
        assert_eq!(report.pointer(path), one.pointer(path), "{path}");
    }
    let quotes =
        |report: &Value| report["quotes"]["praise"].as_array().unwrap().iter().map(|quote| quote["text"].clone()).collect::<Vec<_>>();
    assert_eq!(quotes(&report).len(), 3);
}

fn rows_from(first: usize) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    records()[first..].iter().for_each(|record| writer.write_record(record).unwrap());
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}
