use super::*;
use proptest::prelude::*;

fn cut_all(data: &[u8], delimiter: u8) -> Vec<(String, Option<Flaw>)> {
    let mut cuts = Vec::new();
    Rows { delimiter }.cut(data, true, &mut cuts);
    cuts.iter().map(|c| (String::from_utf8_lossy(&data[c.start as usize..c.end as usize]).into_owned(), c.flaw)).collect()
}

fn cells(row: &str) -> Vec<String> {
    let mut out = Vec::new();
    split(row, b',', |cell| out.push(cell.text(row)));
    out
}

#[test]
fn quoted_line_breaks_doubled_marks_and_blank_lines() {
    let rows = cut_all(b"a,\"b\nc\"\r\n\r\n\"x \"\"y\"\"\",z\rlast", b',');
    assert_eq!(rows.iter().map(|(r, _)| r.as_str()).collect::<Vec<_>>(), ["a,\"b\nc\"", "\"x \"\"y\"\"\",z", "last"]);
    assert_eq!(cells("\"x \"\"y\"\"\",z,,"), ["x \"y\"", "z", "", ""]);
    assert_eq!(cells("\"he said \"hi\" to me\",5\" wide"), ["he said \"hi\" to me", "5\" wide"]);
}

#[test]
fn an_unclosed_mark_costs_its_own_row_only() {
    let rows = cut_all(b"1,\"open\n2,\"fine\"\n3,plain\n", b',');
    assert_eq!(rows[0], ("1,\"open".to_owned(), Some(Flaw::UnclosedQuote)));
    assert_eq!(rows[1], ("2,\"fine\"".to_owned(), None));
    assert_eq!(rows.len(), 3);
    let rows = cut_all(b"1,fine\n2,\"open to the end\n3,plain\n", b',');
    assert_eq!(rows.iter().filter(|(_, flaw)| flaw.is_none()).count(), 2);
}

#[test]
fn doubled_marks_without_outer_ones_are_text() {
    let rows = cut_all(b"1,\"\"Great\"\" bread,5\n2,\"\"Fine, she said\",4\n3,\"\",3\n", b',');
    assert_eq!(rows.iter().map(|(_, flaw)| *flaw).collect::<Vec<_>>(), [None; 3]);
    assert_eq!(cells(&rows[0].0), ["1", "\"\"Great\"\" bread", "5"]);
    assert_eq!(cells(&rows[1].0), ["2", "\"Fine, she said", "4"]);
    assert_eq!(cells(&rows[2].0), ["3", "", "3"]);
}

#[test]
fn text_in_the_last_column_keeps_its_unquoted_commas() {
    let parser = Csv { delimiter: b',', header: 1, skip: 1, columns: vec!["id".into(), "text".into()], ..Csv::default() }.parser(&[1, 0]);
    let mut row = Row::new();
    let record = "7,good, but slow, sadly";
    parser.parse(record, &mut row).unwrap();
    assert_eq!(super::super::Record::new(1, record, &row).get(0), Some("good, but slow, sadly"));
    assert_eq!(parser.parse("7", &mut row), Err(Flaw::TooFewColumns));
}

#[test]
fn cells_that_hold_json_are_unwrapped() {
    let text = "id,comment\n1,\"{\"\"text\"\":\"\"So \\u0022good\\u0022, really\"\"}\"\n2,\"{\"\"text\"\":\"\"one\"\"},{\"\"text\"\":\"\" two\"\",\"\"mention\"\":{}}\"\n3,\n4,\"[{\"\"text\"\":\"\"list\"\"}]\"\n";
    let sample = super::super::Sample { text: text.to_owned(), whole: true, ..Default::default() };
    let dialect = detect::detect(&sample).unwrap();
    let parser = dialect.parser(&[1]);
    let mut cuts = Vec::new();
    dialect.cutter().cut(text.as_bytes(), true, &mut cuts);
    let mut row = Row::new();
    let mut read = |record: &str| {
        parser.parse(record, &mut row).unwrap();
        super::super::Record::new(1, record, &row).value(0).to_owned()
    };
    let found: Vec<String> = cuts.iter().map(|cut| read(&text[cut.start as usize..cut.end as usize])).collect();
    assert_eq!(found, ["So \"good\", really", "one two", "", "list"]);
    assert_eq!(read("5,{oops}"), "{oops}", "what cannot be read stays as it is");
}

#[test]
fn delimiters_and_headers_are_told() {
    let columns = |text: &str| {
        let dialect = detect::detect(&super::super::Sample { text: text.to_owned(), whole: true, ..Default::default() }).unwrap();
        (dialect.delimiter(), dialect.columns().join("/"))
    };
    assert_eq!(columns("id,text\n1,hello\n2,bye\n"), (Some(b','), "id/text".to_owned()));
    assert_eq!(columns("id;text;id\n1;a, b;2\n2;c, d;3\n"), (Some(b';'), "id/text/id_2".to_owned()));
    assert_eq!(columns("a\tb\n1\t2\n"), (Some(b'\t'), "a/b".to_owned()));
    assert_eq!(
        columns("positive,\"A long sentence that nobody would take for the name of any column.\"\nneutral,\"x\"\n"),
        (Some(b','), "#0/#1".to_owned())
    );
    let survey = columns("Timestamp,Score,\"Why did you give us that score? Please tell us in your own words.\"\n2026-01-02,5,Fine\n");
    assert!(survey.1.starts_with("Timestamp/Score/Why did"), "{survey:?}");
    assert_eq!(columns("I love it, really\nIt broke.\nMeh\n"), (Some(0), "#0".to_owned()));
}

/// Well-formed tables: what the csv crate writes.
fn table() -> impl Strategy<Value = Vec<Vec<String>>> {
    (2..5usize).prop_flat_map(|width| proptest::collection::vec(proptest::collection::vec("[a-c \"\n\r,;é]{0,8}", width), 1..12))
}

proptest! {
    /// On anything the csv crate writes, rows and cells are what the csv crate reads.
    #[test]
    fn equals_the_csv_crate(table in table()) {
        let mut writer = ::csv::WriterBuilder::new().quote_style(::csv::QuoteStyle::Always).from_writer(Vec::new());
        for row in &table {
            writer.write_record(row).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        let got: Vec<Vec<String>> = cut_all(&bytes, b',').iter().map(|(row, flaw)| { assert_eq!(*flaw, None); cells(row) }).collect();
        prop_assert_eq!(got, table);
    }

    /// Any bytes: cuts are ordered and inside, and cutting in pieces gives the same rows.
    #[test]
    fn any_bytes_in_any_pieces(data in "[ab\",\n\r]{0,60}", piece in 1..20usize) {
        let whole = cut_all(data.as_bytes(), b',');
        let mut rows = Rows { delimiter: b',' };
        let (mut got, mut rest, mut fed) = (Vec::new(), Vec::new(), 0);
        loop {
            let next = (fed + piece).min(data.len());
            rest.extend_from_slice(&data.as_bytes()[fed..next]);
            fed = next;
            let mut cuts = Vec::new();
            let taken = rows.cut(&rest, fed == data.len(), &mut cuts);
            got.extend(cuts.iter().map(|c| (String::from_utf8_lossy(&rest[c.start as usize..c.end as usize]).into_owned(), c.flaw)));
            rest.drain(..taken);
            if fed == data.len() { break; }
        }
        prop_assert_eq!(got, whole);
    }
}
