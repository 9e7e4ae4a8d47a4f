use super::*;

fn column(name: &str, values: &[&str]) -> ColumnSample {
    ColumnSample { name: name.to_owned(), values: values.iter().map(|value| (*value).to_owned()).collect() }
}

fn plain(names: &[&str]) -> Vec<ColumnSample> {
    names.iter().map(|name| column(name, &["x"])).collect()
}

fn id(columns: &[ColumnSample], asked: Option<&[Arc<Profile>]>) -> Option<String> {
    choose(columns, None, asked).map(|found| found.profile.id.clone())
}

#[test]
fn shipped_profiles_are_sound() {
    let profiles = parse("profiles.toml", SHIPPED).unwrap();
    assert!(profiles.len() >= 50, "{}", profiles.len());
    assert_eq!(profiles.len(), shipped().len());
    for profile in &profiles {
        let Profile { id, name, signature, .. } = profile.as_ref();
        assert!(id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{id}");
        assert!(!name.is_empty() && signature.len() >= 2, "{id}");
        assert!(!profile.text.is_empty() && profile.domain.is_some(), "{id}");
        assert!(profile.date_format.iter().all(|format| super::super::dates::DateFormat::custom(format).is_ok()), "{id}");
        for field in Field::ALL.into_iter().filter(|field| profile.lacks(*field)) {
            assert!(profile.names(field).is_empty(), "{id} lacks and has {}", field.name());
        }
    }
}

/// Two profiles of one signature could not be told apart.
#[test]
fn no_shipped_profile_stands_for_another() {
    for profile in shipped() {
        let first = |name: &String| name.split(OR).next().unwrap_or("").to_owned();
        let names: Vec<String> = profile.signature.iter().map(first).collect();
        let columns: Vec<ColumnSample> = names.iter().map(|name| column(name, &["x"])).collect();
        assert_eq!(id(&columns, None).as_deref(), Some(profile.id.as_str()));
    }
}

#[test]
fn a_profile_fits_by_its_signature_in_any_order_and_case() {
    let columns = plain(&["star RATING", "x", "Review Submit Millis Since Epoch", "package_name"]);
    assert_eq!(id(&columns, None).as_deref(), Some("google-play-console-csv"));
    assert_eq!(id(&columns[..3], None), None);
    assert_eq!(id(&plain(&["text", "date", "rating", "author", "title", "id"]), None), None);
}

#[test]
fn the_longest_signature_wins_and_content_has_a_say() {
    let text = "[one]\nsignature = [\"a\", \"b\"]\n[two]\nsignature = [\"a\", \"b\", \"c|d\"]\nwhen = { c = [\"yes\", \"no\"] }\n";
    let profiles = parse("x", text).unwrap();
    assert_eq!(id(&plain(&["a", "b"]), Some(&profiles)).as_deref(), Some("one"));
    let with = |value| vec![column("b", &[]), column("a", &[]), column("c", &["no", value])];
    assert_eq!(id(&with("YES"), Some(&profiles)).as_deref(), Some("two"));
    assert_eq!(id(&with("maybe"), Some(&profiles)).as_deref(), Some("one"));
    assert_eq!(id(&plain(&["a"]), Some(&profiles)), None);
    assert_eq!(id(&plain(&["z"]), Some(&profiles[..1])).as_deref(), Some("one"), "the only one is taken whatever it says");
}

#[test]
fn keys_on_the_way_to_records_sign_too() {
    let columns = plain(&["Comment", "date"]);
    let found = choose(&columns, Some("Comment.Comments.CommentsList[]"), None).unwrap();
    assert_eq!(found.profile.id, "tiktok-download-your-data");
    assert_eq!(choose(&columns, Some("items[]"), None).map(|found| found.profile.id.clone()), None);
}

#[test]
fn what_is_wrong_with_a_profile_is_told_with_its_line() {
    for (text, line, says) in [
        ("[a]\nname = \"A\"\ntxt = [\"x\"]\n", "p.toml:3", "`txt`"),
        ("[a]\ntext = \"x\"\n", "p.toml:2", "sequence"),
        ("[a]\ntext = [\"x\"\n", "p.toml:", "TOML"),
        ("[a]\nlacks = [\"stars\"]\n", "p.toml:2", "rating"),
        ("# nothing\n", "p.toml", "[my-export]"),
    ] {
        let error = parse("p.toml", text).unwrap_err().to_string();
        assert!(error.contains(line) && error.contains(says) && error.contains("expected"), "{error}");
    }
    let error = named("brandwatch-bulk-mention").unwrap_err().to_string();
    assert!(error.contains("did you mean brandwatch-bulk-mentions?"), "{error}");
}
