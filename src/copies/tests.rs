//! Copies and what only looks like them.
#![allow(clippy::unwrap_used)]

use super::near::WINDOW;
use super::*;
use proptest::prelude::*;

fn print(text: &str) -> Print {
    Print::of(None, Some(text), &About::default())
}

fn by(author: &str, text: &str) -> Print {
    Print::of(None, Some(text), &About { author: Some(author), ..About::default() })
}

/// Which of these are copies, in turn.
fn judged(prints: &[Print]) -> Vec<bool> {
    let mut copies = Vec::new();
    Known::default().judge(prints, &mut copies);
    copies
}

fn is_copy(one: Print, other: Print) -> bool {
    let copies = judged(&[one, other]);
    assert_eq!((copies.len(), copies.first()), (2, Some(&false)));
    copies == [false, true]
}

const LONG: &str = "The delivery came two days late and nobody answered my mail";
const MEDIUM: &str = "the update broke my login";
const REVIEW: &str = "We stayed for a week in the old town and loved the quiet rooms, the friendly people at the desk and the \
    generous breakfast with fresh bread, but the lift was out of order and the walls are thin enough to hear every word.";

#[test]
fn dress_does_not_make_another_text() {
    for same in [
        "THE DELIVERY CAME TWO DAYS LATE AND NOBODY ANSWERED MY MAIL!!!",
        "The delivery came two days late... and nobody answered my mail 😡😡",
        "RT @jo_doe: The delivery came two days late and nobody answered my mail",
        "rt @a: RT @b: The delivery came two days late and nobody answered my mail",
        "The delivery came two days late and nobody answered my mail https://t.example/Ab1 via @jo_doe",
        "@shop The delivery came two days late and nobody answered my mail (www.shop.example/x?y)",
        "\n“The delivery came two days late – and nobody answered my mail”",
    ] {
        assert!(is_copy(print(LONG), print(same)), "{same}");
        assert!(is_copy(print(same), print(LONG)), "{same}");
    }
    assert!(is_copy(
        print("Die Tür ist hübsch, größer als ÄRGER über Öl und Übel"),
        print("die tür ist HÜBSCH größer als ärger über öl und übel.")
    ));
    assert!(is_copy(
        print("配送が二日も遅れて誰もメールに返事をくれませんでした"),
        print("配送が二日も遅れて、誰もメールに返事をくれませんでした！")
    ));
}

#[test]
fn words_numbers_and_order_make_another_text() {
    for other in [
        "The delivery came two days late and nobody answered my mails",
        "The delivery came 2 days late and nobody answered my mail",
        "Two days late came the delivery and nobody answered my mail",
        "The delivery came two days late and nobody answered",
        "Thedelivery came two days late and nobody answered my mail",
        "The delivery came two days late and nobody answered my máil",
        "🚚good The delivery came two days late and nobody answered my mail",
    ] {
        assert!(!is_copy(print(LONG), print(other)), "{other}");
    }
}

#[test]
fn short_texts_are_opinions_of_their_own() {
    for short in ["good", "great app", "love it so", "👍", "!!!", "", "很好用", "ดีมาก"] {
        assert!(!is_copy(by("ann", short), by("bob", short)), "{short}");
        assert!(!is_copy(by("ann", short), by("ann", short)), "{short}");
        let on = |product, date| About { author: Some("ann"), date: Some(date), product: Some(product), id: None };
        let print = |about: About| Print::of(None, Some(short), &about);
        let words = print(on("a", "1 May")) != Print::default();
        assert_eq!(is_copy(print(on("a", "1 May")), print(on("a", "1 May"))), words, "{short}");
        assert!(!is_copy(print(on("a", "1 May")), print(on("b", "1 May"))), "{short}");
        assert!(!is_copy(print(on("a", "1 May")), print(on("a", "2 May"))), "{short}");
    }
}

#[test]
fn five_words_are_a_copy_by_the_same_author_or_passed_on() {
    assert!(is_copy(by("ann", MEDIUM), by("ann", &MEDIUM.to_uppercase())));
    assert!(!is_copy(by("ann", MEDIUM), by("bob", MEDIUM)));
    assert!(!is_copy(print(MEDIUM), print(MEDIUM)));
    let passed = format!("RT @ann: {MEDIUM}");
    assert!(is_copy(by("ann", MEDIUM), by("bob", &passed)));
    assert!(is_copy(by("bob", &passed), by("ann", MEDIUM)), "exports often begin with the newest");
    assert!(is_copy(by("bob", &passed), by("eve", &passed)));
    assert_eq!(judged(&[by("bob", &passed), by("eve", &passed), by("ann", MEDIUM), by("cat", MEDIUM)]), [false, true, true, true]);
}

#[test]
fn an_edited_record_keeps_its_id() {
    let about = |id, date| About { author: Some("ann"), date: Some(date), product: None, id: Some(id) };
    let review = |text: &str, about: About| Print::of(None, Some(text), &about);
    assert!(is_copy(review("good", about("r1", "1 May")), review("no longer good, it broke", about("r1", "1 May"))));
    assert!(!is_copy(review("good", about("r1", "1 May")), review("no longer good", about("r2", "1 May"))));
    assert!(!is_copy(review("good", about("r1", "1 May")), review("no longer good", about("r1", "2 May"))), "ids may be of authors");
    let bare = |id| About { id: Some(id), ..About::default() };
    assert!(!is_copy(review("good", bare("1")), review("bad", bare("1"))), "files may number their records");
    assert!(is_copy(review("good", bare("1")), review("Good!", bare("1"))));
}

#[test]
fn the_title_counts_once() {
    let of = |title, text| Print::of(Some(title), Some(text), &About::default());
    assert_eq!(of("The delivery came…", LONG), print(LONG));
    assert!(!is_copy(of("Five stars", LONG), of("One star", LONG)));
    assert!(is_copy(of("Five stars", LONG), of("FIVE STARS!", LONG)));
}

#[test]
fn near_copies_differ_in_a_few_words_and_no_number() {
    for near in [
        REVIEW.replace("friendly", "kind"),
        format!("{REVIEW} Recommended."),
        REVIEW.replace("We stayed", "Edit: we stayed"),
        REVIEW.replace(" enough to hear every word", ""),
    ] {
        assert!(is_copy(print(REVIEW), print(&near)), "{near}");
    }
    for other in [
        REVIEW.replace("a week", "7 nights"),
        REVIEW
            .replace("loved", "hated")
            .replace("quiet", "noisy")
            .replace("friendly", "rude")
            .replace("generous", "poor")
            .replace("fresh", "old"),
        REVIEW.split(' ').rev().collect::<Vec<_>>().join(" "),
        format!("{LONG}. {}", REVIEW.split_at(80).1),
    ] {
        assert!(!is_copy(print(REVIEW), print(&other)), "{other}");
    }
    let on = |product, text: &str| Print::of(None, Some(text), &About { product: Some(product), ..About::default() });
    let near = REVIEW.replace("friendly", "kind");
    assert!(is_copy(on("Inn", REVIEW), on("Inn", &near)));
    assert!(!is_copy(on("Inn", REVIEW), on("Court", &near)), "a template");
    assert!(!is_copy(print(&format!("{REVIEW} Room 12.")), print(&format!("{REVIEW} Room 13."))));
}

#[test]
fn copies_are_counted_for_the_first() {
    let mut known = Known::default();
    let near = REVIEW.replace("friendly", "kind");
    let prints = [print(LONG), print(REVIEW), print(LONG), print(&near), print(LONG), print(&near)];
    let mut copies = Vec::new();
    known.judge(&prints, &mut copies);
    assert_eq!(copies, [false, false, true, true, true, true]);
    assert_eq!([known.copies(print(LONG).keys), known.copies(print(REVIEW).keys), known.copies(print(MEDIUM).keys)], [2, 2, 0]);
    assert_eq!(known.copies(Keys::default()), 0);
}

#[test]
fn memory_is_bounded_and_the_newest_are_kept() {
    let mut known = Known::default();
    let mut copies = Vec::new();
    let key = |n: u64| Print { keys: Keys { own: mix(n), ..Keys::default() }, ..Print::default() };
    let many = 3 * seen::MOST as u64 / 2;
    known.judge(&(1..=many).map(key).collect::<Vec<_>>(), &mut copies);
    assert!(copies.iter().filter(|copy| **copy).count() <= 1);
    assert!(known.forgotten() >= many - seen::MOST as u64);
    known.judge(&(many - 1_000_000..=many).map(key).collect::<Vec<_>>(), &mut copies);
    assert!(copies.iter().filter(|copy| **copy).count() > 980_000);
    known.judge(&[key(many)], &mut copies);
    assert_eq!(copies, [true]);
}

#[test]
fn nothing_is_forgotten_of_a_million() {
    let mut seen = Seen::default();
    (1..=1_000_000).for_each(|n| seen.insert(mix(n)));
    assert_eq!(seen.forgotten(), 0);
    assert!((1..=1_000_000).all(|n| seen.add_copy(mix(n)) && seen.copies(mix(n)) == 1));
    assert!(!(1_000_001..=2_000_000).any(|n| seen.add_copy(mix(n))));
    (0..70_000).for_each(|_| assert!(seen.add_copy(mix(1))));
    assert_eq!(seen.copies(mix(1)), 65_535, "and no neighbour is touched");
    assert_eq!(seen.copies(mix(2)), 1);
}

#[test]
fn the_window_of_near_copies_moves() {
    let mut near = Near::default();
    let sketch = |n: u64| {
        let mut bytes = [0; near::BINS];
        bytes.chunks_mut(8).zip(4 * n..).for_each(|(chunk, n)| chunk.copy_from_slice(&mix(n).to_le_bytes()));
        bytes
    };
    let last = WINDOW as u64 + 1000;
    (0..last).for_each(|n| near.insert(sketch(n), n + 1));
    assert_eq!(near.find(&sketch(5)), None, "it was forgotten");
    let found = (last - 10_000..last).filter(|&n| near.find(&sketch(n)) == Some(n + 1)).count();
    assert!(found > 9_500, "{found}");
}

proptest! {
    /// Whatever the text, nothing panics, and shouting it is the same text.
    #[test]
    fn any_text_has_a_print(text in "\\PC{0,80}", other in "[a-z ]{0,40}(RT @|www\\.|://|@)?\\PC{0,40}") {
        let shouted = |text: &str| text.bytes().map(|b| char::from(b.to_ascii_uppercase())).collect::<String>();
        let ascii: String = text.chars().filter(char::is_ascii).collect();
        prop_assert_eq!(print(&ascii), print(&shouted(&ascii)));
        print(&text);
        print(&other);
    }

    /// Cut into blocks anywhere, the same records are copies.
    #[test]
    fn blocks_do_not_matter(texts in prop::collection::vec(0_usize..12, 1..60), cuts in prop::collection::vec(1_usize..9, 1..30)) {
        let prints: Vec<Print> = texts.iter().map(|n| by(&format!("author {}", n % 3), &format!("{MEDIUM} {}", "again and ".repeat(*n)))).collect();
        let whole = judged(&prints);
        let (mut known, mut parts, mut at) = (Known::default(), Vec::new(), 0);
        for cut in cuts.iter().cycle() {
            let end = (at + cut).min(prints.len());
            let mut copies = Vec::new();
            known.judge(&prints[at..end], &mut copies);
            parts.extend(copies);
            at = end;
            if at == prints.len() {
                break;
            }
        }
        prop_assert_eq!(parts, whole);
    }
}
