use super::tags::{Piece, piece, unescape};
use super::*;
use crate::input::{Cut, Flaw, Record, Row};
use proptest::prelude::*;

fn sample(text: &str) -> Sample {
    Sample { text: text.to_owned(), whole: true, ..Sample::default() }
}

/// Columns, and per record the values or the flaw.
fn read(text: &str) -> (Vec<String>, Vec<Result<Vec<String>, Flaw>>) {
    let dialect = detect(&sample(text)).unwrap();
    let columns = dialect.columns().to_vec();
    let parser = dialect.parser(&(0..columns.len()).collect::<Vec<_>>());
    let mut cuts = Vec::new();
    dialect.cutter().cut(text.as_bytes(), true, &mut cuts);
    let mut row = Row::new();
    let mut one = |cut: &Cut| {
        let record = &text[cut.start as usize..cut.end as usize];
        cut.flaw.map_or(Ok(()), Err)?;
        parser.parse(record, &mut row)?;
        Ok((0..columns.len()).map(|place| Record::new(1, record, &row).value(place).to_owned()).collect())
    };
    let rows = cuts.iter().map(&mut one).collect();
    (columns, rows)
}

#[allow(clippy::unnecessary_wraps)] // compared with results
fn row(parts: &[&str]) -> Result<Vec<String>, Flaw> {
    Ok(parts.iter().map(|part| (*part).to_owned()).collect())
}

#[test]
fn attributes_paths_and_repeated_elements() {
    let text = "<?xml version='1.0'?><!-- <s> --><R><rev id=\"a>b\"><ss><s id='1'><t>I like &lt;it&gt; &amp; more</t><o p=\"+\"/><o p='-'/></s><s id='2'><t><![CDATA[a <b> & c]]></t></s></ss></rev></R>";
    let (columns, rows) = read(text);
    assert_eq!(columns, ["@id", "t", "o", "o.@p"]);
    assert_eq!(rows, [row(&["1", "I like <it> & more", "", "+, -"]), row(&["2", "a <b> & c", "", ""])]);
}

#[test]
fn pages_within_elements_are_one_text() {
    let text = "<feed><entry><title>One</title><content type=\"xhtml\"><div><p>Very good.</p><p>Really <b>very</b>.</p></div></content></entry></feed>";
    let (columns, rows) = read(text);
    assert_eq!(columns, ["title", "content"]);
    assert_eq!(rows[0].as_ref().unwrap()[1].split_whitespace().collect::<Vec<_>>(), ["Very", "good.", "Really", "very."]);
}

#[test]
fn elements_that_are_the_text() {
    let (columns, rows) = read("<reviews><review stars='5'>I like it.</review><review stars='1'>Not my thing.</review></reviews>");
    assert_eq!(columns, ["review", "@stars"]);
    assert_eq!(rows, [row(&["I like it.", "5"]), row(&["Not my thing.", "1"])]);
}

#[test]
fn nothing_grows_and_nothing_is_fetched() {
    let text = "<!DOCTYPE r [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]><r><p><t>&b; so much &x;</t></p><p><t>second one here</t></p></r>";
    assert_eq!(read(text).1[0], row(&["&b; so much &x;"]));
}

#[test]
fn faults_cost_their_record() {
    let text = "<r><p><t>one text here</t></p><p><t>two</p><p><t>three texts here</t></p><p><t>fo";
    let (_, rows) = read(text);
    assert_eq!(rows, [row(&["one text here"]), Err(Flaw::BadXml), row(&["three texts here"]), Err(Flaw::CutOff)]);
    assert!(detect(&sample("<!DOCTYPE html><html><p>a b</p></html>")).is_none());
    assert!(detect(&sample("<3 this, really\nlove it\n")).is_none());
}

#[test]
fn deep_and_wide_documents_end() {
    let deep =
        format!("<r><p><t>some text here</t>{}{}</p><p><t>more text here</t></p></r>", "<a>".repeat(100_000), "</a>".repeat(100_000));
    assert_eq!(read(&deep).1.len(), 2);
    let wide: String = (0..50_000).map(|n| format!("<k{n}>{n}</k{n}>")).collect();
    assert_eq!(read(&format!("<r><p><t>some text here</t>{wide}</p><p><t>more text here</t></p></r>")).1.len(), 2);
    let turns = "<a>x</a><b>y</b>".repeat(50_000);
    assert_eq!(read(&format!("<r><p><t>some text here</t>{turns}</p><p><t>more text here</t></p></r>")).1.len(), 2);
}

#[test]
fn entities_of_xml_and_numbers() {
    for (text, expected) in [
        ("a &amp;lt; b", "a &lt; b"),
        ("&#39;&#x2019;", "'’"),
        ("&nbsp; & &", "&nbsp; & &"),
        ("&#0;&#xD800;", "&#0;&#xD800;"),
        ("é&é;", "é&é;"),
    ] {
        let mut out = String::new();
        unescape(text, &mut out);
        assert_eq!(out, expected);
    }
}

proptest! {
    /// Pieces follow each other without gaps, and any text is read without a panic.
    #[test]
    fn any_text(text in "(<|>|/|a|b|\"|'|=|!|\\[|\\]|-|\\?| |&|;|é|<!--|-->|<!\\[CDATA\\[|\\]\\]>|<a>|</a>|<b/>|some text){0,24}", at in 0usize..40) {
        let mut place = 0;
        while let Some((found, next)) = piece(text.as_bytes(), place) {
            prop_assert!(next > place && next <= text.len(), "{found:?}");
            if let Piece::Text(start, end) = found {
                prop_assert_eq!((start, end), (place, next));
            }
            place = next;
        }
        let _ = find::columns([text.as_str()].into_iter());
        let parser = Fields::new("a", &["b".to_owned(), "b.@a".to_owned(), "a".to_owned()], &[0, 1, 2]);
        let mut row = Row::new();
        let mut cutter = Elements::new("a", "b");
        let mut cuts = Vec::new();
        let at = at.min(text.len());
        let taken = cutter.cut(&text.as_bytes()[..at], false, &mut cuts);
        prop_assert!(taken <= at);
        cutter.cut(text.as_bytes(), true, &mut cuts);
        for cut in cuts {
            let _ = text.get(cut.start as usize..cut.end as usize).map(|record| parser.parse(record, &mut row));
        }
    }
}
