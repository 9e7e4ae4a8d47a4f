//! Any text as tokens: in order, inside the text, at the bounds of characters.
#![no_main]

use earful::text::Tokens;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let tokens = Tokens::from_text(text);
    let mut end = 0;
    for token in tokens.as_slice() {
        assert!(token.start >= end && token.end >= token.start, "{token:?} behind {end}");
        assert!(text.get(token.start as usize..token.end as usize).is_some(), "{token:?}");
        end = token.end;
    }
});
