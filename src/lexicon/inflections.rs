//! Forms of one term. In: a word or phrase. Out: forms that it may have by the endings of its language. Separate
//! because endings are data, `lexicons/inflections.tsv`, and only lint asks for them.

/// The endings, one line per language.
const ENDINGS: &str = include_str!("../../lexicons/inflections.tsv");
/// Shorter words share endings by chance.
const SHORTEST: usize = 4;

/// Forms that a word or phrase of a language may have, one word of it changed; some of them are none.
pub fn forms<'t>(language: &str, term: &'t str) -> impl Iterator<Item = String> + 't {
    let row = ENDINGS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
    let endings = row.into_iter().find(|(code, _)| *code == language).map_or("", |(_, endings)| endings);
    let words = term.split(' ').filter(|word| word.chars().count() >= SHORTEST && word.chars().all(char::is_alphabetic));
    words.flat_map(move |word| {
        let (before, after) = around(term, word);
        endings.split(' ').filter_map(move |ending| {
            let (stem, new) = match ending.split_once('>') {
                Some((old, new)) => (word.strip_suffix(old)?, new),
                None => (word, ending),
            };
            Some(format!("{before}{stem}{new}{after}")).filter(|_| !ending.is_empty())
        })
    })
}

/// What stands before and behind a word of a term.
fn around<'t>(term: &'t str, word: &str) -> (&'t str, &'t str) {
    let at = (word.as_ptr() as usize).wrapping_sub(term.as_ptr() as usize);
    (term.get(..at).unwrap_or(""), term.get(at.saturating_add(word.len())..).unwrap_or(""))
}

#[cfg(test)]
mod tests {
    use super::forms;

    #[test]
    fn endings_are_added_and_replaced() {
        assert!(forms("en", "excellent").any(|form| form == "excellently"));
        assert!(forms("en", "happy").any(|form| form == "happily"));
        assert!(forms("en", "love").any(|form| form == "loving"));
        assert!(forms("en", "work work great").any(|form| form == "work works great"));
        assert_eq!(forms("en", "bad").count() + forms("xx", "excellent").count() + forms("en", "so bad").count(), 0);
    }
}
