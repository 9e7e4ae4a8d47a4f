//! Forms of one word. In: a word. Out: forms that it may have by the endings of its language. Separate
//! because endings are data, `lexicons/inflections.tsv`, and only lint asks for them.

/// The endings, one line per language.
const ENDINGS: &str = include_str!("../../lexicons/inflections.tsv");
/// Shorter words share endings by chance.
const SHORTEST: usize = 4;

/// Forms that a word of a language may have; some of them are no words.
pub fn forms<'w>(language: &str, word: &'w str) -> impl Iterator<Item = String> + 'w {
    let row = ENDINGS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
    let endings = row.into_iter().find(|(code, _)| *code == language).map_or("", |(_, endings)| endings);
    let long = word.chars().count() >= SHORTEST && word.chars().all(char::is_alphabetic);
    endings.split(' ').filter(move |ending| long && !ending.is_empty()).filter_map(move |ending| match ending.split_once('>') {
        Some((old, new)) => word.strip_suffix(old).map(|stem| format!("{stem}{new}")),
        None => Some(format!("{word}{ending}")),
    })
}

#[cfg(test)]
mod tests {
    use super::forms;

    #[test]
    fn endings_are_added_and_replaced() {
        assert!(forms("en", "excellent").any(|form| form == "excellently"));
        assert!(forms("en", "happy").any(|form| form == "happily"));
        assert!(forms("en", "love").any(|form| form == "loving"));
        assert_eq!(forms("en", "bad").count() + forms("xx", "excellent").count() + forms("en", "so good").count(), 0);
    }
}
