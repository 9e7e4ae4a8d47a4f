//! Did you mean? In: a word that is not known and those that are. Out: the closest ones. Separate
//! because roles, options, domains and terms are all misspelt in the same ways.

/// The known words closest to one that is not: at most `most`, closest first, then by the alphabet.
pub fn similar<'k>(word: &str, known: impl Iterator<Item = &'k str>, most: usize) -> Vec<&'k str> {
    let word = word.to_lowercase();
    let letters = word.chars().count();
    // One slip in a short word, two in a longer one.
    let reach = if letters < 3 { 0 } else { 1 + usize::from(letters > 5) };
    let mut near: Vec<(usize, &str)> = known
        .filter(|known| known.len().abs_diff(word.len()) <= 2 * reach)
        .map(|known| (strsim::osa_distance(&word, &known.to_lowercase()), known))
        .filter(|&(distance, _)| distance > 0 && distance <= reach)
        .collect();
    near.sort_unstable();
    near.dedup();
    near.into_iter().take(most).map(|(_, known)| known).collect()
}

/// A question with the closest word, or nothing.
pub fn did_you_mean<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> Option<String> {
    similar(word, known, 1).first().map(|known| format!("did you mean {known}?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found_and_strangers_are_not() {
        let known = ["negator", "booster", "great", "grate", "good"];
        assert_eq!(similar("negaotr", known.into_iter(), 3), ["negator"]);
        assert_eq!(similar("greate", known.into_iter(), 3), ["grate", "great"]);
        assert_eq!(similar("goood", known.into_iter(), 3), ["good"]);
        assert_eq!(similar("go", known.into_iter(), 3), [""; 0]);
        assert_eq!(did_you_mean("bosster", known.into_iter()).as_deref(), Some("did you mean booster?"));
        assert_eq!(did_you_mean("xyz", known.into_iter()), None);
    }
}
