use super::*;
use crate::input::{Flaw, Record, Row};
use proptest::prelude::*;

fn sample(text: &str) -> Sample {
    Sample { text: text.to_owned(), whole: true, ..Sample::default() }
}

fn elements(text: &str) -> Vec<(String, Option<Flaw>)> {
    let dialect = detect(&sample(text)).unwrap();
    let mut cuts = Vec::new();
    dialect.cutter().cut(text.as_bytes(), true, &mut cuts);
    cuts.iter().map(|c| (text[c.start as usize..c.end as usize].to_owned(), c.flaw)).collect()
}

#[test]
fn arrays_and_objects_that_hold_one() {
    let found = detect(&sample("{\"kind\":\"x\",\"page\":{\"n\":1},\"items\":[{\"a\":{\"b\":1}},{\"c\":2}],\"end\":0}")).unwrap();
    assert_eq!(found.columns(), ["a.b", "c"]);
    assert!(found.describe().contains("items"));
    assert_eq!(elements(" [ {\"a\":\"]\"} , {\"a\":2}\n]\n"), [("{\"a\":\"]\"}".to_owned(), None), ("{\"a\":2}".to_owned(), None)]);
    assert!(detect(&sample("{\"a\":1}\n{\"a\":2}\n")).is_none(), "JSON lines");
    assert!(detect(&sample("text,stars\n")).is_none());
}

#[test]
fn a_document_cut_in_the_middle_keeps_what_is_whole() {
    let rows = elements("[{\"a\":1},{\"a\":\"unfin");
    assert_eq!(rows[0].1, None);
    assert_eq!(rows[1].1, Some(Flaw::CutOff));
    let rows = elements("[{\"a\":1},oops,{\"a\":2}]");
    assert_eq!(rows.iter().filter(|(_, flaw)| flaw.is_none()).count(), 2);
    assert_eq!(rows[1].1, Some(Flaw::BadJson));
}

#[test]
fn fields_by_path_with_escapes_parts_and_nulls() {
    let columns: Vec<String> = ["text", "user.name", "stars", "gone", "parts"].map(String::from).to_vec();
    let parser = Objects::new(&columns, &[0, 1, 2, 3, 4]);
    let mut row = Row::new();
    let record = r#"{"x":[1,{"text":"no"}],"te\u0078t":"it\u2019s \"so\" 😂\ud83d\ude02","user":{"name":"bo"},"stars":4.5,"gone":null,"parts":["a ",{"type":"link","text":"b"}]}"#;
    parser.parse(record, &mut row).unwrap();
    let got: Vec<Option<&str>> = (0..5).map(|i| Record::new(1, record, &row).get(i)).collect();
    assert_eq!(got, [Some("it’s \"so\" 😂😂"), Some("bo"), Some("4.5"), None, Some("a b")]);
    for (bad, flaw) in [
        ("{\"text\":\"x\"", Flaw::CutOff),
        ("{\"text\" \"x\"}", Flaw::BadJson),
        ("[1]", Flaw::NotAnObject),
        ("{\"text\":tru}", Flaw::BadJson),
        ("{} {}", Flaw::BadJson),
    ] {
        assert_eq!(parser.parse(bad, &mut row), Err(flaw), "{bad}");
    }
}

#[test]
fn archives_of_x_are_data_and_nothing_is_executed() {
    let archive = "window.YTD.tweets.part0 = [ {\"tweet\":{\"id_str\":\"1\",\"full_text\":\"a b\"}}, {\"tweet\":{\"full_text\":\"c\"}} ]";
    let found = detect(&sample(archive)).unwrap();
    assert_eq!(found.columns(), ["id_str", "full_text"]);
    assert_eq!(elements(archive).len(), 2);
    assert_eq!(elements(&format!("{archive};\n")).len(), 2, "a semicolon ends it");
    let code = elements(&format!("{archive};\nalert(1); [{{\"tweet\":1}}]\nmore()"));
    assert_eq!(code[2], ("alert(1); [{\"tweet\":1}]".to_owned(), Some(Flaw::Trailing)));
    assert_eq!(code.len(), 3);
    assert_eq!(elements(&format!("{archive}\n{}", archive.replace("part0", "part1"))).len(), 4, "parts may follow each other");
    assert!(detect(&sample("window.YTD.tweets.part0 = fetch(\"x\")")).is_none());
    assert!(detect(&sample("window.location = [{\"a\":1}]")).is_none());
}

#[test]
fn records_are_found_by_content() {
    let path = |text: &str| detect(&sample(text)).unwrap().describe();
    let post = |n: usize| format!("{{\"id\":\"{n}\",\"author_id\":\"9{n}\",\"text\":\"This is what I think of it, number {n}.\"}}");
    let user = |n: usize| {
        format!("{{\"id\":\"9{n}\",\"username\":\"u{n}\",\"description\":\"A long story about who I am and what I like to do {n}\"}}")
    };
    let answer = format!(
        "{{\"errors\":[{{\"detail\":\"Could not find tweet with id 5.\",\"title\":\"Not Found\"}}],\"includes\":{{\"users\":[{},{},{}]}},\"data\":[{},{}]}}",
        user(1),
        user(2),
        user(3),
        post(1),
        post(2)
    );
    assert!(path(&answer).contains("\"data[]\""), "{}", path(&answer));
    let lone = "{\"feed\":{\"link\":[{\"rel\":\"self\",\"href\":\"https://example.org/a\"}],\"entry\":{\"content\":\"I like it very much indeed.\",\"id\":\"1\"}}}";
    assert!(path(lone).contains("\"feed.entry\""), "{}", path(lone));
    let two = "{\"c\":[{\"t\":1,\"data\":[{\"comment\":{\"comment\":\"So good to see it\",\"author\":\"Al\"}}]},{\"t\":2},{\"t\":3,\"data\":{\"comment\":{\"comment\":\"Not for me\"}}}]}";
    assert!(path(two).contains("\"c.data[]\""), "{}", path(two));
    assert_eq!(elements(two).len(), 2);
    let tweet = "{\"text\":\"What a lovely day it is\",\"entities\":{\"hashtags\":[{\"text\":\"lovely\"},{\"text\":\"day\"}]}}\n";
    assert!(detect(&sample(tweet)).is_none(), "one line of JSON lines");
    let named = Sample { records: Some("includes.users[]".into()), ..sample(&answer) };
    assert!(detect(&named).unwrap().columns().contains(&"username".to_owned()));
}

#[test]
fn names_of_authors_stand_beside_the_records() {
    let text = "{\"data\":[{\"id\":\"1\",\"author_id\":\"7\",\"text\":\"a b c\"},{\"id\":\"2\",\"author_id\":\"8\",\"text\":\"d e f\"}],\"includes\":{\"users\":[{\"name\":\"Bo B.\",\"id\":\"7\",\"username\":\"b\\u006f\"}]}}";
    let mut dialect = detect(&sample(text)).unwrap();
    assert!(dialect.refers());
    dialect.refer(text);
    assert_eq!(dialect.columns(), ["id", "author_id", "text", "author_id.username"]);
    let parser = dialect.parser(&[3, 1]);
    let mut row = Row::new();
    for ((record, _), names) in elements(text).iter().zip([["bo", "7"], ["8", "8"]]) {
        parser.parse(record, &mut row).unwrap();
        let found = Record::new(1, record, &row);
        assert_eq!([found.value(0), found.value(1)], names, "an id without a name stays");
    }
}

#[test]
fn elements_of_arrays_by_path() {
    let columns: Vec<String> =
        ["langs[0]", "langs", "items[].text", "items[1].n", "items[].deep[].x", "gone[2]"].map(String::from).to_vec();
    let parser = Objects::new(&columns, &[0, 1, 2, 3, 4, 5]);
    let mut row = Row::new();
    let record = r#"{"langs":["en","d\u0065"],"items":[{"text":"a","n":1},{"text":"b\n","n":2,"deep":[{"x":3},{"x":null},{"x":4}]},null,{"text":null}],"gone":[1]}"#;
    parser.parse(record, &mut row).unwrap();
    let got: Vec<&str> = (0..6).map(|i| Record::new(1, record, &row).value(i)).collect();
    assert_eq!(got, ["en", "en, de", "a, b\n", "2", "3, 4", ""]);
}

#[test]
fn what_is_no_review_is_told_apart() {
    let columns: Vec<String> = ["type", "text", "im:artist.label"].map(String::from).to_vec();
    let parser = Objects::new(&columns, &[1]);
    let mut row = Row::new();
    for (record, result) in [
        (r#"{"type":"service","action":"pin_message","text":""}"#, Err(Flaw::NoReview)),
        (r#"{"type":"service","text":"We want better service"}"#, Ok(())),
        (r#"{"type":"message","action":"none","text":"hi"}"#, Ok(())),
        (r#"{"im:artist":{"label":"Maker"},"im:contentType":{"attributes":{}},"title":{}}"#, Err(Flaw::NoReview)),
        ("null", Err(Flaw::NoReview)),
    ] {
        assert_eq!(parser.parse(record, &mut row), result, "{record}");
    }
}

proptest! {
    /// However a document is cut into pieces, its sound records are the same.
    #[test]
    fn pieces_make_no_difference(text in "(\\[|\\]|\\{|\\}|\"a\":|\"b\":|,|1|\"a\"| |null|;|\\{\"a\":[12]\\}|\\\\){0,24}", at in 0usize..60, keys in 0usize..3) {
        let keys = vec!["a".to_owned(); keys];
        let all = |pieces: &[usize]| {
            let mut cutter = Records::new(&keys);
            let (mut found, mut begin) = (Vec::new(), 0);
            for &end in pieces {
                let mut cuts = Vec::new();
                let data = &text.as_bytes()[begin..end];
                let taken = cutter.cut(data, end == text.len(), &mut cuts);
                found.extend(cuts.iter().filter(|cut| cut.flaw.is_none()).map(|cut| (begin + cut.start as usize, begin + cut.end as usize)));
                begin += taken;
            }
            found
        };
        let at = (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        let pieces = if at == text.len() { vec![at] } else { vec![at, text.len()] };
        prop_assert_eq!(all(&pieces), all(&[text.len()]));
    }

    /// What the walk finds is what serde_json finds.
    #[test]
    fn equals_serde_json(text in "\\PC{0,20}", other in "\\PC{0,10}", number in any::<i32>()) {
        let value = serde_json::json!({"o": {"k": [other.clone(), {"t": 1}]}, "n": number, "t": text.clone()});
        let record = value.to_string();
        let columns = vec!["t".to_owned(), "n".to_owned()];
        let mut row = Row::new();
        Objects::new(&columns, &[0, 1]).parse(&record, &mut row).unwrap();
        let found = Record::new(1, &record, &row);
        prop_assert_eq!(found.get(0).unwrap_or(""), text.trim());
        let digits = number.to_string();
        prop_assert_eq!(found.get(1), Some(digits.as_str()));
    }

    /// Any bytes are cut and parsed without a panic.
    #[test]
    fn any_text(text in "[\\[\\]{}\",:a1\\\\ nul]{0,60}") {
        let mut cuts = Vec::new();
        Records::new(&[]).cut(text.as_bytes(), true, &mut cuts);
        let mut row = Row::new();
        for cut in cuts {
            let _ = Objects::new(&["a".to_owned()], &[0]).parse(&text[cut.start as usize..cut.end as usize], &mut row);
        }
    }
}
