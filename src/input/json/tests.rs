use super::*;
use crate::input::Record;
use proptest::prelude::*;

fn sample(text: &str) -> Sample {
    Sample { text: text.to_owned(), whole: true }
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

proptest! {
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
        Elements::new(0).cut(text.as_bytes(), true, &mut cuts);
        let mut row = Row::new();
        for cut in cuts {
            let _ = Objects::new(&["a".to_owned()], &[0]).parse(&text[cut.start as usize..cut.end as usize], &mut row);
        }
    }
}
