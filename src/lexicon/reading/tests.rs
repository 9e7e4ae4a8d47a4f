use super::*;
use crate::lexicon::{Languages, format};

fn lexicon(entries: &str) -> Lexicon {
    let sheet = format::read("test.tsv", &format!("# earful-lexicon: 1\n# language: en\n\n{entries}")).unwrap();
    Lexicon::compile(vec![sheet], Languages::default(), &[]).unwrap()
}

fn terms(lexicon: &Lexicon, text: &str) -> String {
    let mut reading = Reading::new();
    lexicon.read(text, &mut reading);
    reading.units().iter().filter_map(|u| lexicon.entry(u.entry)).map(|e| e.term.to_string()).collect::<Vec<_>>().join("|")
}

#[test]
fn the_longest_phrase_wins_and_is_not_counted_twice() {
    let lexicon = lexicon("fed\t0.1\nfed up\t-2\nfed up with it\t-3\nkiller\t-2\nkiller deal\t2.5\nwell made\t2\nlol\t1\n");
    assert_eq!(terms(&lexicon, "I am fed up with this"), "fed up");
    assert_eq!(terms(&lexicon, "Fed up with it"), "fed up with it");
    assert_eq!(terms(&lexicon, "fed the killer"), "fed|killer");
    assert_eq!(terms(&lexicon, "a KILLER   deal, well-made"), "killer deal|well made");
}

#[test]
fn not_stands_for_every_negator() {
    let lexicon = lexicon(
        "not\tnegator\ndoesn't\tnegator\nno\tabsence\nno longer\tnegator\neven\tbooster:1.1\nNOT work\t-2\nwould NOT buy\t-3\nwork\tscale\n",
    );
    for text in ["not work", "doesn’t work", "doesn't even work", "no longer work"] {
        assert_eq!(terms(&lexicon, text), "NOT work", "{text}");
    }
    assert_eq!(terms(&lexicon, "I would not buy"), "would NOT buy");
    assert_eq!(terms(&lexicon, "not a work"), "not|work");
}

#[test]
fn stretched_possessive_prefixed_tagged_words_are_found() {
    let lexicon = lexicon("good\t2\nso\tbooster\ncrash*\t-2\nnever\tnegator\nagain\tscale\nbest\t3\nday\tscale\n🤷\t-0.5\n");
    assert_eq!(terms(&lexicon, "sooooo goooood"), "so|good");
    assert_eq!(terms(&lexicon, "it's crashing, good's"), "crash*|good");
    assert_eq!(terms(&lexicon, "#NeverAgain #neveragain #bestday"), "never|again|never|again|best|day");
    assert_eq!(terms(&lexicon, "🤷‍♀️"), "🤷");
}

#[test]
fn later_sheets_win_and_domains_limit() {
    let read = |text: &str| format::read("t", &format!("# earful-lexicon: 1\n\n{text}")).unwrap();
    let compile = |domains: &[String]| {
        Lexicon::compile(vec![read("sick\t-2\n"), read("sick\t2\tdomain=music\n")], Languages::default(), domains).unwrap()
    };
    let value = |lexicon: &Lexicon| {
        let mut reading = Reading::new();
        lexicon.read("sick", &mut reading);
        reading.units()[0].value
    };
    assert_eq!(value(&compile(&[])), -2000);
    assert_eq!(value(&compile(&["music".to_owned()])), 2000);
}
