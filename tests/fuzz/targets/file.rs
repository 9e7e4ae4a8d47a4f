//! Any bytes as a file: unpacking, decoding, format, columns, records. Every record can be taken, none
//! overlaps another, and the number of the next is always one more.
#![no_main]

use earful::input::open::open;
use earful::input::{Block, Options, Row, Source};
use libfuzzer_sys::fuzz_target;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

fuzz_target!(|data: &[u8]| {
    let path = std::env::temp_dir().join(format!("earful-fuzz-{}", std::process::id()));
    if std::fs::write(&path, data).is_err() {
        return;
    }
    let options = Options::default();
    for member in open(&Source::file(&path), &options, &Arc::new(AtomicU64::new(0))) {
        let Ok(mut opened) = member.opened else { continue };
        opened.want_all();
        let (parser, mut blocks) = (opened.parser(), opened.blocks());
        let (mut block, mut row, mut next) = (Block::default(), Row::new(), 1);
        while let Ok(true) = blocks.next_into(&mut block) {
            let mut end = 0;
            for (number, cut, bytes) in block.records() {
                assert_eq!(number, next);
                assert!(cut.start >= end && cut.end >= cut.start, "{cut:?} behind {end}");
                (next, end) = (number + 1, cut.end);
                if let (None, Ok(text)) = (cut.flaw, std::str::from_utf8(bytes)) {
                    let _ = parser.parse(text, &mut row);
                }
            }
        }
    }
});
