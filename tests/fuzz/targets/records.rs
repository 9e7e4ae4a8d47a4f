//! Any text as records of each format in turn, whole and in two pieces: the same records either way.
#![no_main]

use earful::input::{Cut, Dialect, FORMATS, Row, Sample};
use libfuzzer_sys::fuzz_target;

/// The records of a text that comes in pieces of these lengths, as texts.
fn records(dialect: &dyn Dialect, text: &str, first: usize) -> Vec<String> {
    let mut cutter = dialect.cutter();
    let (mut cuts, mut all) = (Vec::<Cut>::new(), Vec::new());
    let mut from = 0;
    for end in [first, text.len()] {
        let data = &text.as_bytes()[from..end];
        cuts.clear();
        let taken = cutter.cut(data, end == text.len(), &mut cuts);
        assert!(taken <= data.len());
        all.extend(
            cuts.iter().map(|cut| format!("{:?} {}", cut.flaw, String::from_utf8_lossy(&data[cut.start as usize..cut.end as usize]))),
        );
        from += taken;
        if end == text.len() {
            break;
        }
    }
    all
}

fuzz_target!(|data: &[u8]| {
    let Some((&head, data)) = data.split_first() else { return };
    let Ok(text) = std::str::from_utf8(data) else { return };
    let sample = Sample::new(data, true);
    let Some(dialect) = (FORMATS[usize::from(head) % FORMATS.len()].detect)(&sample) else { return };
    let wanted: Vec<usize> = (0..dialect.columns().len().min(50)).collect();
    let parser = dialect.parser(&wanted);
    let mut row = Row::new();
    let mut cuts = Vec::new();
    dialect.cutter().cut(data, true, &mut cuts);
    for cut in &cuts {
        if let (None, Some(record)) = (cut.flaw, text.get(cut.start as usize..cut.end as usize)) {
            let _ = parser.parse(record, &mut row);
        }
    }
    let middle = (usize::from(head) * 7919) % (data.len() + 1);
    assert_eq!(records(dialect.as_ref(), text, data.len()), records(dialect.as_ref(), text, middle), "cut at {middle}");
});
