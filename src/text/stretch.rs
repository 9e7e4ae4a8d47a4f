//! Stretched words, `soooo goooood`. In: a folded word. Out: the spellings it may have been stretched
//! from. Separate because only words that the lexicon does not know are ever asked about.

/// Letters of a word beyond this many are not looked at: nobody stretches a word of that length.
const LONGEST: usize = 64;
/// At most so many runs are tried both ways (single and double letter).
const RUNS: u32 = 4;

/// Whether some letter is written at least three times in a row.
#[must_use]
pub fn is_stretched(folded: &[u8]) -> bool {
    folded.windows(3).any(|w| w[0] == w[1] && w[1] == w[2] && w[0].is_ascii_alphabetic())
}

/// Calls `found` with each unstretched spelling (every run of three or more letters cut to two or to
/// one, fewest cuts first) until it returns true; whether it did.
pub fn unstretched(folded: &[u8], mut found: impl FnMut(&[u8]) -> bool) -> bool {
    let runs = runs(folded);
    for choice in 0..1u32 << runs.min(RUNS) {
        let (buffer, len) = spell(folded, choice);
        if found(&buffer[..len]) {
            return true;
        }
    }
    false
}

fn runs(folded: &[u8]) -> u32 {
    let mut count = 0;
    each_run(folded, |_, length| count += u32::from(length > 2));
    count
}

/// The spelling in which run number `n` is cut to one letter if bit `n` of `choice` is set, else to two.
fn spell(folded: &[u8], choice: u32) -> ([u8; LONGEST], usize) {
    let (mut out, mut len, mut run) = ([0u8; LONGEST], 0, 0);
    each_run(folded, |letter, length| {
        let mut keep = length;
        if length > 2 {
            keep = if choice >> run.min(RUNS) & 1 == 1 { 1 } else { 2 };
            run += 1;
        }
        for _ in 0..keep {
            if len < LONGEST {
                out[len] = letter;
                len += 1;
            }
        }
    });
    (out, len)
}

fn each_run(folded: &[u8], mut visit: impl FnMut(u8, usize)) {
    for run in folded.chunk_by(|a, b| a == b && a.is_ascii_alphabetic()) {
        visit(run[0], run.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(word: &str, wanted: &str) -> bool {
        unstretched(word.as_bytes(), |s| s == wanted.as_bytes())
    }

    #[test]
    fn each_run_may_have_been_one_letter_or_two() {
        for (word, wanted) in
            [("soooo", "so"), ("goooood", "good"), ("coooolll", "cool"), ("yessss", "yes"), ("loooove", "love"), ("happpyyy", "happy")]
        {
            assert!(is_stretched(word.as_bytes()), "{word}");
            assert!(finds(word, wanted), "{word} -> {wanted}");
        }
        assert!(!is_stretched(b"good") && !is_stretched(b"1000000"));
    }

    #[test]
    fn endless_words_are_harmless() {
        assert!(!finds(&"ab".repeat(100_000), "x"));
        assert!(finds(&format!("n{}", "o".repeat(100_000)), "no"));
    }
}
