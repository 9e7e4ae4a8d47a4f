//! Who is mentioned and what is felt about them, through the program: rows of `score`, the report, files of
//! queries, and the laws that hold for any number of threads.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a test says what is wrong by failing

mod common;

use common::Place;
use serde_json::Value;
use std::fmt::Write as _;

/// The rows of some texts, with these arguments.
fn scored(texts: &[&str], args: &[&str]) -> Vec<Value> {
    let input = texts.iter().fold(String::new(), |mut input, text| {
        let _ = writeln!(input, "{}", serde_json::json!({ "text": text }));
        input
    });
    Place::new().pipe(&[&["score", "-", "--no-config", "--text", "text"], args].concat(), input).fine().rows()
}

/// What is felt about each subject of a text, by the first mention of each.
fn felt(text: &str, args: &[&str]) -> Vec<(String, String)> {
    let row = &scored(&[text], args)[0];
    let mut felt: Vec<(String, String)> = Vec::new();
    for mention in row["earful"]["mentions"].as_array().unwrap() {
        let of = |name: &str| mention[name].as_str().unwrap().to_owned();
        if !felt.iter().any(|(subject, _)| *subject == of("subject")) {
            felt.push((of("subject"), of("polarity")));
        }
    }
    felt
}

#[test]
fn sentiment_belongs_to_its_target() {
    let brands = ["--mention", "Dell", "--competitor", "HP", "--competitor", "Apple: apple, iphone"];
    for (text, expected) in [
        ("I love my Dell. The HP printer is terrible though.", vec![("Dell", "positive"), ("HP", "negative")]),
        ("Dell support was awful but my iPhone is great", vec![("Dell", "negative"), ("Apple", "positive")]),
        ("HP is worse than Dell", vec![("HP", "negative"), ("Dell", "positive")]),
        ("Dell is better than HP", vec![("Dell", "positive"), ("HP", "negative")]),
        ("@Dell your laptops are a joke", vec![("Dell", "negative")]),
    ] {
        let expected: Vec<(String, String)> = expected.into_iter().map(|(name, polarity)| (name.to_owned(), polarity.to_owned())).collect();
        assert_eq!(felt(text, &brands), expected, "{text}");
    }
}

/// What is felt about who was left, and who was gone to, is what is said of them; counting switches is another thing.
#[test]
fn who_was_switched_to_is_not_praised_by_that() {
    let brands = ["--mention", "Delta", "--competitor", "United"];
    for (text, expected) in [
        ("I switched to fly United from Delta this year and was very disappointed", vec![("United", "negative")]),
        ("Switched from Delta to United. United is awful, terrible service", vec![("United", "negative")]),
        ("I switched from Delta to United and United is great", vec![("United", "positive")]),
    ] {
        let felt = felt(text, &brands);
        for (name, polarity) in expected {
            assert!(felt.contains(&(name.to_owned(), polarity.to_owned())), "{text}: {felt:?}");
        }
    }
    let args = ["report", "-", "--no-config", "--mention", "Delta", "--competitor", "United", "--format", "json"];
    let report = Place::new().pipe(&args, "text\nI switched to fly United from Delta this year and was very disappointed\n").json();
    assert_eq!(report["mentions"]["comparisons"][0]["switches_to"], 1, "{report}");
}

#[test]
fn places_are_counted_in_characters_of_the_text() {
    let text = "😂 naïve, but my Dell’s fan is loud. I hate it";
    let row = &scored(&[text], &["--mention", "Dell"])[0];
    let mention = &row["earful"]["mentions"][0];
    let at = |name: &str| usize::try_from(mention[name].as_u64().unwrap()).unwrap();
    let part = |from: usize, to: usize| text.chars().skip(from).take(to - from).collect::<String>();
    assert_eq!(part(at("start"), at("end")), "Dell’s");
    let clause = mention["clause"].as_array().unwrap();
    let bound = |at: usize| usize::try_from(clause[at].as_u64().unwrap()).unwrap();
    assert_eq!(part(bound(0), bound(1)), "but my Dell’s fan is loud");
}

#[test]
fn the_target_a_record_names_has_a_score_of_its_own() {
    let input = concat!(
        r#"{"id":1,"text":"The battery is great but the screen is awful.","about":"screen"}"#,
        "\n",
        r#"{"id":2,"text":"The waiter was rude","about":"SERVICE#GENERAL"}"#,
        "\n",
        r#"{"id":3,"text":"","about":"screen"}"#,
        "\n",
        r#"{"id":4,"text":"Great food"}"#,
        "\n"
    );
    let rows = Place::new().pipe(&["score", "-", "--no-config", "--target", "about", "--keep", "id"], input).rows();
    let target = |at: usize| &rows[at]["earful"]["target"];
    assert_eq!((target(0)["subject"].as_str(), target(0)["polarity"].as_str()), (Some("screen"), Some("negative")));
    assert_eq!((target(1)["found"].as_bool(), target(1)["polarity"].as_str()), (Some(true), Some("negative")));
    assert_eq!((target(2)["found"].as_bool(), target(2)["polarity"].as_str()), (Some(false), Some("unscored")));
    assert!(target(3).is_null());
    let csv = Place::new().pipe(&["score", "-", "--no-config", "--target", "about", "--keep", "id", "--format", "csv"], input).out;
    assert!(csv.lines().next().unwrap().ends_with(",earful_target_score,earful_target_polarity"), "{csv}");
    assert!(csv.lines().nth(1).unwrap().ends_with(",negative"), "{csv}");
}

#[test]
fn queries_ask_for_columns_whatever_is_kept() {
    let input = "id,text,country,lang\n1,My Dell is great,de,en\n2,My Dell is great,us,en\n";
    for keep in ["all", "id", "none"] {
        let rows =
            Place::new().pipe(&["score", "-", "--no-config", "--keep", keep, "--mention", "Dell: dell AND country:DE"], input).rows();
        let counts: Vec<usize> = rows.iter().map(|row| row["earful"]["mentions"].as_array().unwrap().len()).collect();
        assert_eq!(counts, [1, 0], "{keep}");
    }
    let args = ["report", "-", "--no-config", "--by", "lang", "--mention", "Dell: dell AND country:de", "--format", "json"];
    let report = Place::new().pipe(&args, input).json();
    assert_eq!(report["mentions"]["subjects"][0]["posts"], 1);
    assert_eq!(report["groups"].as_array().unwrap().len(), 1, "a column that only a query asks for is no group");
}

#[test]
fn the_report_is_the_same_for_any_number_of_threads() {
    let texts: [&str; 6] = [
        "Dell is better than HP, the battery lasts",
        "HP's screen is awful",
        "I switched from HP to Dell and love it",
        "the dell behind the house is lovely",
        "my keyboard rattles, thanks Dell",
        "nothing here",
    ];
    let mut input = String::from("text,author,date\n");
    for number in 0..3000 {
        let _ = writeln!(input, "\"{} {number}\",a{},2026-03-{:02}", texts[number % 6], number % 97, 1 + number % 28);
    }
    let run = |threads: &str| {
        let args = [
            "report",
            "-",
            "--no-config",
            "--mention",
            "Dell",
            "--competitor",
            "HP",
            "--aspects",
            "electronics",
            "--format",
            "json",
            "-j",
            threads,
        ];
        Place::new().pipe(&args, &input).fine().out
    };
    let one = run("1");
    assert_eq!(one, run("3"));
    let report: Value = serde_json::from_str(&one).unwrap();
    let mentions = &report["mentions"];
    let posts: u64 = mentions["subjects"].as_array().unwrap().iter().map(|subject| subject["posts"].as_u64().unwrap()).sum();
    assert_eq!(posts, 3500, "{mentions}");
    assert!(mentions["comparisons"].as_array().is_some_and(|pairs| !pairs.is_empty()), "{mentions}");
}

#[test]
fn earful_toml_is_found_upwards_and_faults_name_their_place() {
    let place = Place::with("posts.csv", "text\nI love Acme rockets\n");
    place.write("a/b/posts.csv", "text\nI love Acme rockets\n");
    place.write("earful.toml", "[[mention]]\nname = \"Acme\"\nquery = 'acme'\n");
    let inside = |args: &[&str]| {
        let output = place.command(args).current_dir(place.path("a/b")).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(inside(&["score", "posts.csv"]).contains("\"subject\":\"Acme\""));
    assert!(!inside(&["score", "posts.csv", "--no-config"]).contains("\"subject\""));
    place.write("earful.toml", "[[mention]]\nname = \"Acme\"\nquery = 'acme AND'\n");
    place.run(&["score", "posts.csv"]).fails(2, &["earful.toml", "^"]);
    place.run(&["report", "posts.csv", "--no-config", "--mention", "Dell", "--mention", "Dell"]).fails(2, &["twice"]);
}
