//! Cells of columns: dates, ratings and labels out of any text.
#![no_main]

use earful::input::dates::DateFormat;
use earful::input::label::Labels;
use earful::input::rating::Scale;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let cells: Vec<String> = text.lines().take(50).map(str::to_owned).collect();
    if let Ok(Some(format)) = DateFormat::tell(&cells) {
        for cell in &cells {
            let _ = format.day(cell);
        }
        let _ = format.describe();
    }
    if let Some(scale) = Scale::tell(&cells) {
        assert!(cells.iter().filter_map(|cell| scale.read(cell)).all(|stars| stars <= scale.most()));
    }
    if let Some(first) = cells.first() {
        let _ = DateFormat::custom(first);
        let _ = Labels::with(std::slice::from_ref(first));
    }
    let labels = Labels::default();
    for cell in &cells {
        let _ = labels.read(cell);
    }
});
