use super::*;
use crate::lexicon::{builtin, format};

/// Texts whose own words alone say what is thought.
fn corpus() -> Corpus {
    let part = ["rind", "paste", "wedge", "middle", "crust", "piece", "slice"];
    let text = |n: usize| -> (Box<str>, Class) {
        let (part, when) = (part[n / 3 % 7], ["today", "at home", "on rye", "with pears", "for lunch"][n / 21 % 5]);
        let (said, class) = [("crumbly", Class::Praise), ("squeaky", Class::Complaint), ("on the left", Class::Neutral)][n % 3];
        (format!("The {part} number {n} was {said} {when}.").into(), class)
    };
    let mut corpus = Corpus::default();
    corpus.add_set("cheese", 0, (0..210).map(text));
    corpus
}

/// A course over the built-in lexicon.
fn with_course<T>(corpus: &Corpus, ask: impl FnOnce(&Course) -> T) -> T {
    let sheets = builtin::sheets().unwrap();
    let base = Base { sheets: &sheets, language: "en", languages: &builtin::languages(), domains: &[] };
    ask(&Course::new(corpus, base, plan(corpus.texts.len(), 100), |_, _| true).unwrap())
}

#[test]
fn what_the_words_tell_is_found_on_texts_that_were_not_seen() {
    let corpus = corpus();
    let (study, again) = with_course(&corpus, |course| (course.study().unwrap(), course.study().unwrap()));
    assert_eq!(study, again);
    let [before, after, change] = study.macro_f1(&[0, 1, 2]);
    assert!(study.records == 210 && after.value > 0.9 && change.low > 0.1, "{before:?} {after:?} {change:?}");
    assert!((change.value - (after.value - before.value)).abs() < 2e-4);
    let (test, [one, other]) = (study.test(), study.accuracy());
    #[allow(clippy::cast_precision_loss)] // a few hundred
    let gained = (test.gained as f64 - test.lost as f64) / 210.0;
    assert!(test.p < 0.001 && (other.value - one.value - gained).abs() < 2e-4, "{test:?}");
}

#[test]
fn labels_that_say_nothing_teach_nothing() {
    let mut corpus = corpus();
    // Labels by lot; without neutral ones, since guessing is better than never naming a class.
    corpus.labels = (0..210).map(|n| if n * 7919 % 211 % 2 == 0 { Class::Praise } else { Class::Complaint }).collect();
    corpus.sets[0].two_class = true;
    let [_, _, change] = with_course(&corpus, |course| course.study().unwrap().macro_f1(&course.classes()));
    assert!(change.low <= 0.0, "{change:?}");
}

#[test]
fn the_file_says_what_the_lexicon_in_memory_says() {
    let corpus = corpus();
    let learned = with_course(&corpus, |course| course.learn(Strength { terms: 10.0, cues: 10.0 }));
    assert!(learned.terms.len() > 2 && learned.terms.len() <= 100);
    let page = learned.page(&[("language", "en")], None);
    let struck: String = page.lines().filter(|line| !line.starts_with("crumbly")).map(|line| format!("{line}\n")).collect();
    let scores = |sheet| {
        let sheets = builtin::sheets().unwrap().into_iter().chain([sheet]).collect();
        let analyzer = Analyzer::new(vec![Lexicon::compile(sheets, builtin::languages(), &[]).unwrap()], Some("en".to_owned()));
        let mut scratch = Scratch::default();
        corpus.texts.iter().map(|text| analyzer.analyze(None, Some(text), None, &mut scratch).outcome).collect::<Vec<_>>()
    };
    let in_memory = scores(learned.sheet("mine.tsv", "en"));
    assert_eq!(scores(format::read("mine.tsv", &page).unwrap()), in_memory);
    let less = scores(format::read("mine.tsv", &struck).unwrap());
    assert!(less.iter().zip(&in_memory).enumerate().all(|(n, (less, all))| n % 3 == 0 || less == all), "only what was struck is gone");
    assert_ne!(less, in_memory);
}

#[test]
fn large_sets_are_tested_in_part() {
    let small = corpus();
    with_course(&small, |course| assert_eq!((course.tested(), pairs(5).len(), pairs(1)), (5, 5, vec![[0, 1], [4, 0]])));
    assert_eq!((plan(300, 9).bar.texts, plan(200_000, 9).bar.texts), (5, 20));
}

#[test]
fn the_likeliest_class_is_the_answer() {
    use crate::learn::chances;
    for pull in [[0.2, -0.1], [-0.2, -0.1], [0.1, -0.3], [3.0, 1.0], [0.0, -1.0]] {
        let [complaint, neutral, praise] = chances(pull);
        let likeliest = match answer(pull) {
            label::Class::Positive => praise,
            label::Class::Neutral => neutral,
            label::Class::Negative | label::Class::Mixed => complaint,
        };
        assert!(likeliest >= complaint.max(neutral).max(praise), "{pull:?}");
    }
}
