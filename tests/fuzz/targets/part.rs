//! Any bytes as a part, and any content under a checksum that is right: refused, or merged with itself without a panic.
#![no_main]

use earful::part::{merge, read, seal};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let _ = read(input);
    let Ok(part) = seal(input).map_err(drop).and_then(|sealed| read(&sealed).map_err(drop)) else { return };
    let whole = merge(vec![("a".to_owned(), part.clone()), ("b".to_owned(), part)]);
    assert!(whole.is_ok_and(|whole| whole.notes().len() < 1 << 20));
});
