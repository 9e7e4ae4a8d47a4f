//! Archives, compressions, workbooks and columnar files: each copy of the same records gives the same
//! report, members are told apart, and what is hostile or damaged costs only itself. All archives are
//! made here.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test says what is wrong by failing

mod common;

use common::{BAD, GOOD, Place, Run, bare_places, count, gzip, reviews, scored_and_skipped, sums_add_up, zst};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

type Member<'m> = (&'m str, &'m [u8]);

fn zip_by(method: CompressionMethod, members: &[Member]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn zipped(members: &[Member]) -> Vec<u8> {
    zip_by(CompressionMethod::Deflated, members)
}

fn tarred(members: &[Member]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, content) in members {
        let mut header = tar::Header::new_gnu();
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        builder.append(&header, *content).unwrap();
    }
    builder.into_inner().unwrap()
}

fn bz2(bytes: &[u8]) -> Vec<u8> {
    let mut writer = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let mut writer = lzma_rust2::XzWriter::new(Vec::new(), lzma_rust2::XzOptions::with_preset(1)).unwrap();
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

fn lzma(bytes: &[u8]) -> Vec<u8> {
    let options = lzma_rust2::LzmaOptions::with_preset(1);
    let mut writer = lzma_rust2::LzmaWriter::new_use_header(Vec::new(), &options, None).unwrap();
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

/// Cells of a sheet: numbers stay numbers, texts are shared, `=` begins a formula with a text, `!` an
/// error, and `@` a day of Excel's count.
fn xlsx(sheets: &[(&str, &[Vec<String>])]) -> Vec<u8> {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let mut shared = String::new();
    let mut texts = 0;
    let mut members: Vec<(String, String)> = Vec::new();
    for (number, (_, rows)) in sheets.iter().enumerate() {
        let mut xml = String::from("<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData>");
        for (row, cells) in rows.iter().enumerate() {
            write!(xml, "<row r=\"{}\">", row + 1).unwrap();
            for (column, cell) in cells.iter().enumerate() {
                let place = format!("{}{}", char::from(b'A' + u8::try_from(column).unwrap()), row + 1);
                match cell.as_bytes().first() {
                    None => {}
                    Some(b'@') => write!(xml, "<c r=\"{place}\" s=\"1\"><v>{}</v></c>", &cell[1..]).unwrap(),
                    Some(b'!') => write!(xml, "<c r=\"{place}\" t=\"e\"><v>#DIV/0!</v></c>").unwrap(),
                    Some(b'=') => {
                        write!(xml, "<c r=\"{place}\" t=\"str\"><f>A1&amp;B1</f><v>{}</v></c>", escape(&cell[1..])).unwrap();
                    }
                    Some(_) if cell.parse::<f64>().is_ok() => write!(xml, "<c r=\"{place}\"><v>{cell}</v></c>").unwrap(),
                    Some(_) => {
                        write!(xml, "<c r=\"{place}\" t=\"s\"><v>{texts}</v></c>").unwrap();
                        write!(shared, "<si><t xml:space=\"preserve\">{}</t></si>", escape(cell)).unwrap();
                        texts += 1;
                    }
                }
            }
            xml.push_str("</row>");
        }
        members.push((format!("xl/worksheets/sheet{}.xml", number + 1), xml + "</sheetData></worksheet>"));
    }
    let names: String = sheets
        .iter()
        .enumerate()
        .map(|(n, (name, _))| format!("<sheet name=\"{name}\" sheetId=\"{}\" r:id=\"r{}\"/>", n + 1, n + 1))
        .collect();
    let links: String = (1..=sheets.len())
        .map(|n| format!("<Relationship Id=\"r{n}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>"))
        .collect();
    members.extend([
        ("[Content_Types].xml".to_owned(), "<Types></Types>".to_owned()),
        ("_rels/.rels".to_owned(), "<Relationships><Relationship Id=\"w\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>".to_owned()),
        ("xl/workbook.xml".to_owned(), format!("<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>{names}</sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels".to_owned(), format!("<Relationships>{links}</Relationships>")),
        ("xl/styles.xml".to_owned(), "<styleSheet><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>".to_owned()),
        ("xl/sharedStrings.xml".to_owned(), format!("<sst uniqueCount=\"{texts}\">{shared}</sst>")),
    ]);
    let members: Vec<Member> = members.iter().map(|(name, xml)| (name.as_str(), xml.as_bytes())).collect();
    zipped(&members)
}

fn ods(rows: &[Vec<String>]) -> Vec<u8> {
    let mut xml = String::from(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet><table:table table:name=\"Reviews\">",
    );
    for cells in rows {
        xml.push_str("<table:table-row>");
        for cell in cells {
            if cell.is_empty() {
                xml.push_str("<table:table-cell></table:table-cell>");
            } else if cell.parse::<f64>().is_ok() {
                write!(
                    xml,
                    "<table:table-cell office:value-type=\"float\" office:value=\"{cell}\"><text:p>{cell}</text:p></table:table-cell>"
                )
                .unwrap();
            } else {
                let lines: String = cell.replace('&', "&amp;").split('\n').map(|line| format!("<text:p>{line}</text:p>")).collect();
                write!(xml, "<table:table-cell office:value-type=\"string\">{lines}</table:table-cell>").unwrap();
            }
        }
        xml.push_str("</table:table-row>");
    }
    xml.push_str("</table:table></office:spreadsheet></office:body></office:document-content>");
    zip_by(
        CompressionMethod::Stored,
        &[
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
            ("META-INF/manifest.xml", b"<manifest:manifest xmlns:manifest=\"m\"></manifest:manifest>"),
            ("content.xml", xml.as_bytes()),
        ],
    )
}

const FIELDS: [&str; 5] = ["id", "date", "stars", "product", "review"];

fn records() -> Vec<[String; 5]> {
    (0..4000usize)
        .map(|n| {
            let text = match n % 5 {
                0 => format!("{GOOD} Table {n}."),
                1 => format!("{BAD} \"Never\" again, number {n}; Zoë & co"),
                2 => format!("It crashes\nevery time, a waste of money ({n})"),
                3 => String::new(),
                _ => format!("It is phone number {n}."),
            };
            [
                format!("r{n}"),
                format!("2026-{:02}-{:02}", n % 9 + 1, n % 27 + 1),
                (n % 5 + 1).to_string(),
                format!("product {}", n % 7),
                text,
            ]
        })
        .collect()
}

fn table() -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(FIELDS).unwrap();
    records().iter().for_each(|record| writer.write_record(record).unwrap());
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

fn sheet_rows() -> Vec<Vec<String>> {
    let header = FIELDS.map(str::to_owned).to_vec();
    std::iter::once(header).chain(records().into_iter().map(|record| record.to_vec())).collect()
}

/// A report without what may differ between copies: the name, the layout, and the lines of records.
fn essence(mut report: Value) -> Value {
    sums_add_up(&report);
    for file in report["files"].as_array_mut().unwrap() {
        file["name"] = json!("");
        file["format"] = json!("");
    }
    let bare = |place: &Value| {
        let place = place.as_str().unwrap();
        place.rsplit_once(':').unwrap().1.split(' ').next().unwrap().to_owned()
    };
    bare_places(&mut report);
    for reason in report["read"]["reasons"].as_array_mut().unwrap() {
        for place in reason["places"].as_array_mut().unwrap() {
            *place = json!(bare(place));
        }
    }
    report
}

fn copies() -> Vec<(&'static str, Vec<u8>)> {
    let table = table();
    let bytes = table.as_bytes();
    let (first, last) = bytes.split_at(bytes.len() / 2);
    let rows = sheet_rows();
    let mut copies = vec![
        ("rows.csv.gz", [gzip(first), gzip(last)].concat()),
        ("rows.csv.zst", [zst(first), zst(last)].concat()),
        ("rows.csv.bz2", [bz2(first), bz2(last)].concat()),
        ("rows.csv.xz", [xz(first), xz(last)].concat()),
        ("rows.csv.lzma", lzma(bytes)),
        ("rows.csv.gz.xz", xz(&gzip(bytes))),
        ("rows.zip", zipped(&[("rows.csv", bytes)])),
        ("stored.zip", zip_by(CompressionMethod::Stored, &[("rows.csv", bytes)])),
        ("zstd.zip", zip_by(CompressionMethod::Zstd, &[("rows.csv", bytes)])),
        ("bzip2.zip", zip_by(CompressionMethod::Bzip2, &[("rows.csv", bytes)])),
        ("nested.zip", zipped(&[("inner.zip", &zipped(&[("a/rows.csv.gz", &gzip(bytes))]))])),
        ("rows.tar", tarred(&[("rows.csv", bytes)])),
        ("rows.tar.gz", gzip(&tarred(&[("rows.csv", bytes)]))),
        ("rows.tar.zst", zst(&tarred(&[("rows.csv", bytes)]))),
        ("rows.tar.xz", xz(&tarred(&[("rows.csv", bytes)]))),
        ("rows.xlsx", xlsx(&[("Reviews", &rows)])),
        ("xlsx.zip", zipped(&[("rows.xlsx", &xlsx(&[("Reviews", &rows)]))])),
        ("rows.ods", ods(&rows)),
    ];
    #[cfg(feature = "columnar")]
    copies.extend([
        ("rows.parquet", columnar::parquet()),
        ("rows.parquet.gz", gzip(&columnar::parquet())),
        ("rows.arrow", columnar::arrow_file()),
        ("rows.arrows", columnar::arrow_stream()),
    ]);
    copies
}

#[cfg(feature = "columnar")]
mod columnar {
    use super::{FIELDS, records};
    use arrow_array::{ArrayRef, Date32Array, Int64Array, RecordBatch, StringArray};
    use arrow_ipc::writer::{FileWriter, IpcWriteOptions, StreamWriter};
    use std::sync::Arc;

    fn batch() -> RecordBatch {
        let records = records();
        let text = |column: usize| -> ArrayRef {
            Arc::new(records.iter().map(|record| Some(record[column].clone()).filter(|text| !text.is_empty())).collect::<StringArray>())
        };
        let days = records.iter().map(|record| {
            let date: jiff::civil::Date = record[1].parse().unwrap();
            (date - jiff::civil::date(1970, 1, 1)).get_days()
        });
        let stars = Int64Array::from_iter_values(records.iter().map(|record| record[2].parse::<i64>().unwrap()));
        let columns: Vec<ArrayRef> = vec![text(0), Arc::new(Date32Array::from_iter_values(days)), Arc::new(stars), text(3), text(4)];
        RecordBatch::try_from_iter_with_nullable(FIELDS.into_iter().zip(columns).map(|(name, column)| (name, column, true))).unwrap()
    }

    pub fn parquet() -> Vec<u8> {
        let mut out = Vec::new();
        let mut writer = parquet::arrow::ArrowWriter::try_new(&mut out, batch().schema(), None).unwrap();
        // Several row groups, so that a sample ends within one.
        for start in (0..4000).step_by(1500) {
            writer.write(&batch().slice(start, 1500.min(4000 - start))).unwrap();
            writer.flush().unwrap();
        }
        writer.close().unwrap();
        out
    }

    pub fn arrow_file() -> Vec<u8> {
        arrow_file_by(IpcWriteOptions::default())
    }

    pub fn arrow_file_by(options: IpcWriteOptions) -> Vec<u8> {
        let mut writer = FileWriter::try_new_with_options(Vec::new(), &batch().schema(), options).unwrap();
        writer.write(&batch()).unwrap();
        writer.into_inner().unwrap()
    }

    pub fn arrow_stream() -> Vec<u8> {
        arrow_stream_by(IpcWriteOptions::default())
    }

    pub fn arrow_stream_by(options: IpcWriteOptions) -> Vec<u8> {
        let mut writer = StreamWriter::try_new_with_options(Vec::new(), &batch().schema(), options).unwrap();
        writer.write(&batch()).unwrap();
        writer.into_inner().unwrap()
    }

    pub fn lz4() -> IpcWriteOptions {
        IpcWriteOptions::default().try_with_compression(Some(arrow_ipc::CompressionType::LZ4_FRAME)).unwrap()
    }
}

#[test]
fn every_copy_gives_the_same_report() {
    let args = |name: &'static str, threads: &'static str| ["report", "--format", "json", "--by", "stars", "-j", threads, name];
    let plain = essence(Place::with("rows.csv", table()).run(&args("rows.csv", "2")).fine().json());
    assert_eq!(scored_and_skipped(&plain), (3200, 800));
    for (name, content) in copies() {
        let place = Place::with(name, &content);
        for threads in ["1", "3"] {
            assert_eq!(essence(place.run(&args(name, threads)).fine().json()), plain, "{name}");
        }
        assert_eq!(essence(place.pipe(&args("-", "2"), &content).fine().json()), plain, "{name} from standard input");
    }
}

#[test]
fn every_copy_gives_the_same_rows() {
    let plain = Place::with("rows.csv", table()).run(&["score", "rows.csv"]).fine().out;
    for (name, content) in copies() {
        let place = Place::with(name, &content);
        assert!(place.run(&["score", name]).fine().out == plain, "{name}");
        assert!(place.pipe(&["score"], &content).fine().out == plain, "{name} from standard input");
    }
}

// Members

fn names(report: &Value) -> Vec<&str> {
    report["files"].as_array().unwrap().iter().map(|file| file["name"].as_str().unwrap()).collect()
}

#[test]
fn members_are_files_of_their_own_and_what_is_no_data_is_passed_over() {
    let first = reviews(4);
    let second = reviews(3);
    let members: [Member; 9] = [
        ("b/reviews.csv", first.as_bytes()),
        ("__MACOSX/b/._reviews.csv", b"\0\x05\x16\x07"),
        (".DS_Store", b"\0\0\0\x01"),
        ("photo.jpg", b"\xFF\xD8\xFF\xE0"),
        ("README.md", b"# These are reviews."),
        ("../../etc/a.csv", second.as_bytes()),
        ("raw.dat", b"\0\x01\x02\x03\x04\x05"),
        ("list.txt", second.as_bytes()),
        ("c\u{1b}[31m.csv", first.as_bytes()),
    ];
    for (name, content) in [("all.zip", zipped(&members)), ("all.tar", tarred(&members)), ("all.tgz", gzip(&tarred(&members)))] {
        let place = Place::with(name, content);
        let report = place.report(&[name]);
        assert_eq!(scored_and_skipped(&report), (14, 0), "{name}");
        let expected: Vec<String> =
            ["b/reviews.csv", "../../etc/a.csv", "list.txt", "c\\u{1b}[31m.csv"].iter().map(|member| format!("{name}/{member}")).collect();
        assert_eq!(names(&report), expected);
        assert_eq!(count(&report, "/read/files"), 4);
        let note = report["notes"][0].as_str().unwrap();
        assert!(
            note.starts_with(&format!("{name}/b/reviews.csv: 5 members without data passed over: ")) && note.contains("raw.dat"),
            "{note}"
        );
        assert_eq!(place.files(), [name], "nothing is unpacked to disk");
        let run = place.run(&["score", name, "--keep", "id"]);
        assert_eq!((run.status, run.rows().len()), (0, 14), "{run:?}");
        assert!(run.err.contains("5 members without data passed over"), "{run:?}");
    }
}

#[test]
fn a_member_that_is_bad_costs_itself() {
    let good = reviews(4);
    let mut stored =
        zip_by(CompressionMethod::Stored, &[("a.csv", good.as_bytes()), ("b.csv", reviews(5).as_bytes()), ("c.csv", good.as_bytes())]);
    let at = stored.windows(5).position(|window| window == b"b.csv").unwrap() + 60;
    stored[at] ^= 1;
    let place = Place::with("all.zip", stored);
    let run =
        place.run(&["report", "--format", "json", "all.zip"]).fails(3, &["all.zip/b.csv: found damaged or cut off zip data", "try: "]);
    assert!(count(&run.json(), "/read/scored") >= 8);
    assert!(run.json()["files"][0]["fault"].is_null() && run.json()["files"][2]["fault"].is_null());
    place.run(&["score", "all.zip"]).fails(3, &["all.zip/b.csv"]);

    let place = Place::with("two.zip", zipped(&[("a.csv", good.as_bytes()), ("numbers.csv", b"a,b\n1,2\n3,4\n")]));
    let run = place.run(&["report", "--format", "json", "two.zip"]).fails(3, &["two.zip/numbers.csv: found no column that holds text"]);
    assert_eq!(count(&run.json(), "/read/scored"), 4);
}

#[test]
fn an_encrypted_member_is_told() {
    let mut archive = zip_by(CompressionMethod::Stored, &[("a.csv", reviews(4).as_bytes()), ("b.csv", reviews(3).as_bytes())]);
    for (signature, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let at = archive.windows(4).rposition(|window| window == signature).unwrap();
        archive[at + flags] |= 1;
    }
    let run = Place::with("x.zip", archive).run(&["report", "--format", "json", "x.zip"]);
    let run =
        run.fails(3, &["x.zip/b.csv: found an encrypted member, expected one without a password", "try: unpack it with its password"]);
    assert_eq!(count(&run.json(), "/read/scored"), 4);
}

#[test]
fn archives_cut_off_count_up_to_the_cut() {
    let table: String = (0..4000u64).map(|n| format!("{:x},\"{GOOD}\"\n", (n + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15))).collect();
    let table = format!("id,review\n{table}");
    let members: [Member; 2] = [("a.csv", table.as_bytes()), ("b.csv", table.as_bytes())];
    for (name, whole, kind) in [
        ("cut.zip", zipped(&members), "zip"),
        ("stored.zip", zip_by(CompressionMethod::Stored, &members), "zip"),
        ("cut.tar", tarred(&members), "tar"),
        ("cut.tar.gz", gzip(&tarred(&members)), "tar"),
        ("cut.tar.bz2", bz2(&tarred(&members)), "tar"),
    ] {
        let cut = &whole[..whole.len() * 3 / 4];
        let place = Place::with(name, cut);
        let run = place
            .run(&["report", "--format", "json", name])
            .fails(3, &[name, "found damaged or cut off", kind, "try: the file may be incomplete"]);
        let (scored, skipped) = scored_and_skipped(&run.json());
        assert!(scored > 4000 && scored < 8000 && skipped <= 1, "{name}: {scored} {skipped}");
        let piped = place.pipe(&["report", "--format", "json"], cut);
        assert_eq!(scored_and_skipped(&piped.json()), (scored, skipped), "{name}");
    }
}

#[test]
fn archives_without_data_are_told() {
    for (content, what) in [
        (zipped(&[]), "found an archive without members"),
        (zipped(&[("a.png", b"\x89PNG")]), "found an archive without data; 1 member without data passed over: a.png"),
        (tarred(&[("a.pdf", b"%PDF")]), "found an archive without data"),
        (b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0\x01\x02\x03\x04".repeat(20), "found damaged or cut off zip data"),
        (zipped(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")]), "found a text document or presentation"),
        (
            zipped(&[("i.zip", &zipped(&[("j.zip", &zipped(&[("a.csv", reviews(2).as_bytes())]))]))]),
            "archive within archives within archives",
        ),
    ] {
        Place::with("x.zip", content).run(&["report", "x.zip"]).fails(3, &["x.zip", what, "try: "]);
    }
}

#[test]
fn folders_and_globs_take_archives() {
    let place = Place::with("in/a.zip", zipped(&[("a.csv", reviews(2).as_bytes())]));
    place.write("in/b.csv.bz2", bz2(reviews(3).as_bytes()));
    place.write("in/c.tar.xz", xz(&tarred(&[("c.jsonl", b"{\"review\":\"The bread was lovely.\"}\n")])));
    place.write("in/note.pdf", b"%PDF");
    assert_eq!(scored_and_skipped(&place.report(&["in"])), (6, 0));
    assert_eq!(scored_and_skipped(&place.report(&["in/*.bz2", "in/a.*"])), (5, 0));
}

#[test]
fn inspect_names_what_is_around() {
    let place = Place::with("x.tar.gz", gzip(&tarred(&[("a.csv", reviews(2).as_bytes()), ("b.csv.xz", &xz(reviews(3).as_bytes()))])));
    let found = place.run(&["inspect", "--json", "x.tar.gz"]).fine().rows();
    assert_eq!(
        (&found[0]["file"], &found[0]["container"], &found[0]["compression"]),
        (&json!("x.tar.gz/a.csv"), &json!("tar"), &json!("gzip"))
    );
    assert_eq!((&found[1]["compression"], &found[1]["records"]), (&json!("xz in gzip"), &json!(3)));
    let text = Place::with("x.xlsx", xlsx(&[("Reviews", &sheet_rows())])).run(&["inspect", "x.xlsx"]).fine().out;
    for part in ["x.xlsx\n", "xlsx workbook, sheet \"Reviews\", with a header row", "container    xlsx", "compression  none"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

// Limits

#[test]
fn a_bomb_is_stopped_and_names_its_flag() {
    let mut packer = zstd::stream::write::Encoder::new(Vec::new(), 1).unwrap();
    packer.write_all(reviews(2).as_bytes()).unwrap();
    let blank = vec![b'\n'; 1 << 20];
    (0..100).for_each(|_| packer.write_all(&blank).unwrap());
    let bomb = packer.finish().unwrap();
    assert!(bomb.len() < 100_000);
    let place = Place::with("bomb.csv.zst", &bomb);
    place.write("bomb.tar.zst", zst(&tarred(&[("a.csv", &zstd::stream::decode_all(&bomb[..]).unwrap())])));
    for name in ["bomb.csv.zst", "bomb.tar.zst"] {
        place.run(&["report", name]).fails(3, &["expected at most 1000 times as much", "try: ", "--max-unpacked"]);
        assert_eq!(scored_and_skipped(&place.run(&["report", "--format", "json", name, "--max-unpacked", "1G"]).fine().json()), (2, 0));
    }
    let place = Place::with("a.zip", zipped(&[("a.csv", reviews(2000).as_bytes()), ("b.csv", reviews(2000).as_bytes())]));
    let run = place.run(&["report", "--format", "json", "a.zip", "--max-unpacked", "200k"]);
    let run = run.fails(3, &["found an archive that unpacks to more than 200K", "--max-unpacked 800K"]);
    assert!(count(&run.json(), "/read/scored") >= 2000);
    place.run(&["report", "a.zip", "--max-unpacked", "many"]).fails_usage(&["--max-unpacked", "512M"]);
}

trait FailsUsage {
    fn fails_usage(self, parts: &[&str]);
}

impl FailsUsage for Run {
    fn fails_usage(self, parts: &[&str]) {
        assert_eq!(self.status, 2, "{self:?}");
        parts.iter().for_each(|part| assert!(self.err.contains(part), "{part} {self:?}"));
    }
}

#[test]
fn a_long_window_needs_leave() {
    let mut packer = zstd::stream::write::Encoder::new(Vec::new(), 1).unwrap();
    packer.window_log(28).unwrap();
    packer.write_all(reviews(2).as_bytes()).unwrap();
    let place = Place::with("long.csv.zst", packer.finish().unwrap());
    place.run(&["report", "long.csv.zst"]).fails(
        3,
        &["long.csv.zst: found data packed with a long window that needs 256M of memory, expected at most 128M", "try: --max-window 256M"],
    );
    assert_eq!(
        scored_and_skipped(&place.run(&["report", "--format", "json", "long.csv.zst", "--max-window", "256M"]).fine().json()),
        (2, 0)
    );
}

#[test]
fn more_members_than_anyone_looks_at_are_refused() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for n in 0..100_001 {
        writer.start_file(n.to_string(), SimpleFileOptions::default().compression_method(CompressionMethod::Stored)).unwrap();
    }
    let archive = writer.finish().unwrap().into_inner();
    Place::with("many.zip", archive)
        .run(&["report", "many.zip"])
        .fails(3, &["many.zip: found an archive of more than 100000 members", "try: unpack"]);
}

// Workbooks

fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|&cell| cell.to_owned()).collect()
}

#[test]
fn a_sheet_is_found_by_its_header_and_cells_read_as_they_look() {
    let reviews = [
        row(&["Export of reviews"]),
        row(&[]),
        row(&["id", "date", "rating", "review", "score"]),
        row(&["1", "@45000", "5", GOOD, "!"]),
        row(&["2", "@45001.5", "1", "=The bread was awful.", "2.50"]),
    ];
    let more = [row(&["id", "date", "rating", "review", "score"]), row(&["3", "@45002", "4", GOOD, "7"])];
    let stores = [row(&["store", "city"]), row(&["A", "Bern"]), row(&["B", "Basel"])];
    let place = Place::with("x.xlsx", xlsx(&[("Stores", &stores), ("May", &reviews), ("June", &more)]));
    let rows: Vec<Value> = place.run(&["score", "x.xlsx", "--quiet"]).fine().rows();
    let told: Vec<Vec<&str>> =
        rows.iter().map(|row| ["id", "date", "rating", "review", "score"].map(|name| row[name].as_str().unwrap()).to_vec()).collect();
    assert_eq!(
        told,
        [
            ["1", "2023-03-15", "5", GOOD, ""],
            ["2", "2023-03-16T12:00:00", "1", "The bread was awful.", "2.5"],
            ["3", "2023-03-17", "4", GOOD, "7"]
        ]
    );
    let report = place.report(&["x.xlsx"]);
    assert_eq!(names(&report), ["x.xlsx/May", "x.xlsx/June"]);
    assert!(report["notes"][0].as_str().unwrap().contains("passed over: Stores"), "{report}");
    assert_eq!((&report["read"]["from"], &report["read"]["to"]), (&json!("2023-03-15"), &json!("2023-03-17")));
}

#[test]
fn further_rows_of_a_header_are_labels_in_a_workbook_too() {
    let cells = |rows: &[&str]| -> Vec<Vec<String>> { rows.iter().map(|line| line.split(';').map(str::to_owned).collect()).collect() };
    let rows = cells(&[
        "Respondent ID;Collector ID;Start Date;End Date;IP Address;What did you like?;;What went wrong?",
        ";;;;;Open-Ended Response;Parking;Open-Ended Response",
        "118600000001;400001;01/15/2024 09:10;01/15/2024 09:14;192.0.2.1;The guides were wonderful and funny;Parking;",
        "118600000002;400001;01/16/2024 19:10;01/16/2024 19:11;192.0.2.2;The garden was nice to look at;;The toilets were filthy and it rained",
    ]);
    let place = Place::with("survey.xlsx", xlsx(&[("Answers", &rows)]));
    let inspected = place.run(&["inspect", "--json", "survey.xlsx"]).fine().json();
    let names: Vec<&str> = inspected["columns"].as_array().unwrap().iter().map(|column| column["name"].as_str().unwrap()).collect();
    assert_eq!(names[5..], ["What did you like?", "What did you like?: Parking", "What went wrong?"], "{inspected}");
    assert_eq!((inspected["profile"]["id"].as_str(), inspected["records"].as_u64()), (Some("surveymonkey-csv"), Some(2)));
}

#[test]
fn hostile_workbooks_are_told() {
    let sound = xlsx(&[("Reviews", &sheet_rows()[..50])]);
    let mut archive = zip::ZipArchive::new(Cursor::new(sound.clone())).unwrap();
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for at in 0..archive.len() {
        let name = archive.name_for_index(at).unwrap().unwrap().into_owned();
        let mut bytes = Vec::new();
        std::io::copy(&mut archive.by_index(at).unwrap(), &mut bytes).unwrap();
        parts.push((name, bytes));
    }
    let with = |part: &str, change: &dyn Fn(String) -> String| {
        let parts: Vec<(String, Vec<u8>)> = parts
            .iter()
            .map(|(name, bytes)| {
                let text = String::from_utf8(bytes.clone()).unwrap();
                (name.clone(), if name.ends_with(part) { change(text).into_bytes() } else { text.into_bytes() })
            })
            .collect();
        zipped(&parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect::<Vec<_>>())
    };
    let many = with("sharedStrings.xml", &|text| text.replacen("uniqueCount=\"", "uniqueCount=\"9999999999", 1));
    Place::with("x.xlsx", many).run(&["report", "x.xlsx"]).fails(3, &["x.xlsx: found a workbook that announces", "try: "]);
    let endless = with("sheet1.xml", &|text| text.replacen("<v>", &format!("<v>{}", " ".repeat(70 << 20)), 1));
    Place::with("x.xlsx", endless).run(&["report", "x.xlsx"]).fails(3, &["x.xlsx: found", "expected at most", "try: "]);
    let cut = with("sheet1.xml", &|text| text[..text.len() * 3 / 4].to_owned());
    let run =
        Place::with("x.xlsx", cut).run(&["report", "--format", "json", "x.xlsx"]).fails(3, &["x.xlsx: found damaged or cut off xlsx data"]);
    assert!(count(&run.json(), "/read/records") > 20, "{run:?}");
    let far = with("sheet1.xml", &|text| text.replace("r=\"A3\"", "r=\"XFD3\"").replace("<row r=\"5\"", "<row r=\"1048576\""));
    assert!(count(&Place::with("x.xlsx", far).report(&["x.xlsx"]), "/read/records") >= 48);
    let ole: Vec<u8> =
        [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), vec![0; 600], "EncryptedPackage".bytes().flat_map(|b| [b, 0]).collect()].concat();
    Place::with("x.xlsx", ole).run(&["report", "x.xlsx"]).fails(3, &["x.xlsx: found an encrypted workbook", "try: open it and save it"]);
    let half = &sound[..sound.len() / 2];
    Place::with("x.xlsx", half).run(&["report", "x.xlsx"]).fails(3, &["x.xlsx", "found"]);
}

/// A ring of sectors once filled all memory: the workbook costs itself, a second copy that is sound counts.
#[test]
fn a_workbook_whose_sectors_form_a_ring_is_told() {
    let sound = std::fs::read("tests/fixtures/container-xls/input.xls").unwrap();
    let word = |at: usize| u32::from_le_bytes(sound[at..at + 4].try_into().unwrap());
    let (directory, table) = (word(48), word(76) as usize);
    let mut ring = sound.clone();
    let next = (table + 1) * 512 + 4 * directory as usize;
    ring[next..next + 4].copy_from_slice(&directory.to_le_bytes());
    let archive = zipped(&[("ring.xls", &ring), ("sound.xls", &sound)]);
    let told =
        ["ring.xls: found a damaged xls workbook: the sectors of the directory form a ring", "expected a chain that ends", "try: open it"];
    let run = Place::with("x.zip", archive).run(&["report", "--format", "json", "x.zip"]).fails(3, &told);
    assert!(count(&run.json(), "/read/records") >= 2, "{run:?}");
}

#[cfg(feature = "columnar")]
#[test]
fn hostile_columnar_files_are_told() {
    let whole = columnar::parquet();
    for content in [whole[..whole.len() / 2].to_vec(), b"PAR1".repeat(50), [b"PAR1".to_vec(), vec![0xFF; 300], b"PAR1".to_vec()].concat()] {
        Place::with("x.parquet", content)
            .run(&["report", "x.parquet"])
            .fails(3, &["x.parquet", "found damaged or cut off parquet data", "try: "]);
    }
    let stream = columnar::arrow_stream();
    Place::with("x.arrows", &stream[..stream.len() / 2]).run(&["report", "x.arrows"]).fails(3, &["x.arrows", "found damaged or cut off"]);
    // A buffer that claims to hold more than it can: nothing is reserved for it.
    for mut packed in [columnar::arrow_stream_by(columnar::lz4()), columnar::arrow_file_by(columnar::lz4())] {
        Place::with("x.arrow", &packed).run(&["report", "x.arrow"]).fine();
        let frames: Vec<usize> =
            packed.windows(4).enumerate().filter(|(_, mark)| *mark == [4, 0x22, 0x4D, 0x18]).map(|(at, _)| at).collect();
        assert!(!frames.is_empty());
        frames.iter().for_each(|&at| packed[at - 8..at].copy_from_slice(&(1i64 << 40).to_le_bytes()));
        Place::with("x.arrow", &packed)
            .run(&["report", "x.arrow"])
            .fails(3, &["x.arrow", "found damaged or cut off", "claims to hold 1099511627776"]);
    }
    // What its reader gives up on is told, and nothing else is said.
    for at in (0..700).step_by(7) {
        let mut hostile = stream.clone();
        hostile[at] = 0x7F;
        let run = Place::with("x.arrows", hostile).run(&["report", "x.arrows", "--quiet"]);
        assert!(matches!(run.status, 0 | 3) && !run.err.contains("panicked"), "{at}: {}", run.err);
    }
}
