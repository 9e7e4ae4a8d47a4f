//! Any line as a query, any text behind it: an error that points into the query, or places inside the text.
#![no_main]

use earful::mention::{Found, NoFields, Query, Subject, Subjects};
use earful::text::Tokens;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| {
    let (line, text) = input.split_once('\n').unwrap_or((input, input));
    let query = match Query::parse(line) {
        Ok(query) => query,
        Err(error) => {
            assert!(line.get(error.range.clone()).is_some(), "{error:?}");
            return;
        }
    };
    let Ok(subjects) = Subjects::compile(vec![Subject { fuzzy: true, ..Subject::new("it", query) }]) else { return };
    let (tokens, mut found) = (Tokens::from_text(text), Found::new());
    subjects.find(text, &tokens, &NoFields, &|_| false, &mut found);
    let mut before = 0;
    for mention in found.mentions() {
        assert!(mention.start >= before && mention.end >= mention.start, "{mention:?} before {before}");
        assert!(text.get(mention.start as usize..mention.end as usize).is_some(), "{mention:?}");
        before = mention.end;
    }
});
