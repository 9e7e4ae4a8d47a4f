use super::*;

fn columns(table: &[(&str, &[&str])]) -> Vec<ColumnSample> {
    table
        .iter()
        .map(|(name, values)| ColumnSample { name: (*name).to_owned(), values: values.iter().map(|v| (*v).to_owned()).collect() })
        .collect()
}

const LONG: [&str; 3] = [
    "The bread was lovely and the staff were kind to my dog.",
    "Queue too long, and sold out by noon again, sadly.",
    "Fine scones, dry cake, will try the other branch.",
];

#[test]
fn text_by_content_when_the_name_says_nothing() {
    let found = choose(&columns(&[("x1", &["1", "2", "3"]), ("x2", &LONG), ("x3", &["a", "b", "c"])]), &[]).unwrap();
    assert_eq!(found.of(Field::Text).unwrap().name, "x2");
    assert!(found.of(Field::Text).unwrap().reason.contains("content"));
}

#[test]
fn the_usual_names() {
    let table = columns(&[
        ("\u{FEFF}Review ID", &["r1", "r2", "r3"]),
        ("Date", &["2026-01-02", "2026-01-03", "2026-02-13"]),
        ("Source", &["Google", "Yelp", "Google"]),
        ("Rating", &["5", "1", "4"]),
        ("Title", &["Good", "Bad", "Ok then"]),
        ("Review", &LONG),
        ("Reviewer", &["Ann", "Bo", "Cy"]),
    ]);
    let found = choose(&table, &[]).unwrap();
    for (field, name) in [
        (Field::Text, "Review"),
        (Field::Title, "Title"),
        (Field::Rating, "Rating"),
        (Field::Author, "Reviewer"),
        (Field::Source, "Source"),
        (Field::Date, "Date"),
    ] {
        assert_eq!(found.of(field).map(|c| c.name.as_str()), Some(name));
    }
    assert_eq!(found.of(Field::Id).unwrap().column, 0);
}

#[test]
fn undecided_or_missing_text_names_candidates_and_the_flag() {
    let other: [&str; 3] = [
        "Another long column of sentences that people wrote here.",
        "It could be the text just as well as the first one.",
        "Nobody can tell which of the two is the right one.",
    ];
    let message = choose(&columns(&[("first", &LONG), ("second", &other)]), &[]).unwrap_err().to_string();
    assert!(message.contains("first") && message.contains("second") && message.contains("--text"), "{message}");
    let message = choose(&columns(&[("n", &["1", "2"])]), &[]).unwrap_err().to_string();
    assert!(message.contains("no column that holds text") && message.contains("--text"), "{message}");
    let message = choose(&columns(&[("comment", &LONG)]), &[(Field::Text, "coment".into())]).unwrap_err().to_string();
    assert!(message.contains("expected one of: comment") && message.contains("--text \"comment\""), "{message}");
}

#[test]
fn likes_called_score_are_no_rating_and_replies_are_no_text() {
    let table = columns(&[
        ("score", &["120", "3", "77"]),
        ("body", &LONG),
        (
            "developerResponse",
            &[
                "Dear customer, we are so sorry to hear that and want to help you as soon as we can.",
                "Thank you very much for your kind words about our company and products.",
                "Please write to our support team.",
            ],
        ),
    ]);
    let found = choose(&table, &[]).unwrap();
    assert_eq!(found.of(Field::Text).unwrap().name, "body");
    assert_eq!(found.of(Field::Rating), None);
}

#[test]
fn labels_are_found_and_take_nothing_from_other_fields() {
    let table = columns(&[
        ("id", &["1", "2", "3"]),
        ("text", &LONG),
        ("label", &["pos", "neg", "neu"]),
        ("target", &["Dell", "Dell", "Apple"]),
        ("score", &["5", "1", "3"]),
    ]);
    let found = choose(&table, &[]).unwrap();
    for (field, name) in [(Field::Label, "label"), (Field::Target, "target"), (Field::Rating, "score"), (Field::Text, "text")] {
        assert_eq!(found.of(field).map(|c| c.name.as_str()), Some(name));
    }
    let by_content = columns(&[("a", &["positive", "negative", "neutral"]), ("b", &LONG), ("c", &["yes", "no", "no"])]);
    let found = choose(&by_content, &[]).unwrap();
    assert_eq!(found.of(Field::Label).map(|c| (c.name.as_str(), c.reason.as_str())), Some(("a", "its content")));
    let category = columns(&[("category", &["1", "2", "3"]), ("text", &LONG), ("stars", &["5", "1", "3"])]);
    assert_eq!(choose(&category, &[]).unwrap().of(Field::Label), None);
    for values in [["-0.4", "0.9", "0.1"], ["battery", "price", "staff"]] {
        let table = columns(&[("sentiment", &values), ("text", &LONG), ("verified", &["true", "false", "true"])]);
        assert_eq!(choose(&table, &[]).unwrap().of(Field::Label), None, "{values:?}");
    }
}
