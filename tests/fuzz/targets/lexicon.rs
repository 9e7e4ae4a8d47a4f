//! Any text as a lexicon: read, judged, compiled over the built-in one, and asked.
#![no_main]

use earful::lexicon::lint::{File, lint};
use earful::lexicon::{Languages, Lexicon, Reading, format};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    // Judging takes a hundred times as long: it compares with all that is shipped.
    if data.len() % 64 == 0 {
        let _ = lint(&[File { name: "any.tsv".to_owned(), bytes: data.to_vec() }], &[], true);
    }
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(sheet) = format::read("any.tsv", text) else { return };
    if let Ok(lexicon) = Lexicon::compile(vec![sheet], Languages::default(), &[]) {
        let mut reading = Reading::new();
        lexicon.read(text, &mut reading);
        lexicon.read("not good, but not bad either: would NOT buy again!", &mut reading);
    }
});
