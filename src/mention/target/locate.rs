//! Where the target that a record names stands in its text. In: the name, as a column of the export has it,
//! and the text. Out: its places. Separate because such names are not queries: they may be a brand that the
//! text only tags, a product by its full name, or a category of a taxonomy that no text ever says.

use super::Span;
use crate::mention::aspect;
use crate::text::{Key, Kind, Token};
use hashbrown::HashMap;
use std::sync::OnceLock;

/// Shortest name, in bytes, that is looked for inside handles and tags, and shortest word of a name that
/// stands for all of it.
const INSIDE: usize = 4;
const PART: usize = 3;
/// Most words of a name of which one stands for all. Of a longer one, such as the title of a product in a
/// shop, a word is no mention: the whole text is about what it was written for.
const PARTS: usize = 2;
/// Most places.
const MOST: usize = 256;

/// What became of a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// Its places, in text order, apart from each other.
    pub spans: Vec<Span>,
    /// Whether it is a category, such as `SERVICE#GENERAL`; the places are those of words that imply it.
    pub category: bool,
    folded: String,
}

/// Words that imply a category, by its name.
type Categories = HashMap<&'static str, Vec<Key>>;

fn categories() -> &'static Categories {
    static CATEGORIES: OnceLock<Categories> = OnceLock::new();
    CATEGORIES.get_or_init(|| {
        let rows = aspect::CATEGORIES.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
        rows.map(|(name, terms)| (name, terms.split(", ").map(|term| Key::of(term.as_bytes())).collect())).collect()
    })
}

/// Finds a name in a text.
pub fn locate(name: &str, text: &str, tokens: &[Token], named: &mut Named) {
    let Named { spans, category, folded } = named;
    spans.clear();
    folded.clear();
    folded.extend(letters(name));
    *category = false;
    if folded.is_empty() {
        return;
    }
    let mut at = 0;
    while at < tokens.len() && spans.len() < MOST {
        let last = ends(folded, text, tokens, at);
        spans.extend(last.map(|last| span(at, last)));
        at = last.unwrap_or(at) + 1;
    }
    if !spans.is_empty() {
        return;
    }
    let word = |token: &Token| !matches!(token.kind, Kind::Link | Kind::Stop | Kind::Pause);
    let lower = name.trim().to_lowercase();
    let parts = || lower.split(|c: char| c == '#' || c == '/' || c.is_whitespace()).filter(|part| !part.is_empty());
    let implied = std::iter::once(lower.as_str()).chain(parts()).find_map(|name| categories().get(name));
    *category = implied.is_some();
    let mut keep = |wanted: &dyn Fn(&Token) -> bool| {
        let found = tokens.iter().enumerate().filter(|(_, token)| word(token) && wanted(token)).map(|(at, _)| span(at, at));
        spans.extend(found.take(MOST));
        !spans.is_empty()
    };
    let found = implied.is_some_and(|words| keep(&|token| words.contains(&token.key)))
        || (folded.len() >= INSIDE
            && keep(&|token| token.of(text).len() >= folded.len() && letters(token.of(text)).collect::<String>().contains(&**folded)));
    if !found && parts().count() <= PARTS {
        keep(&|token| parts().filter(|part| part.len() >= PART).any(|part| is_form(part, token.of(text))));
    }
}

fn span(first: usize, last: usize) -> Span {
    let index = crate::score::hits::index;
    Span { first: index(first), last: index(last) }
}

/// Letters and digits in lower case.
fn letters(text: &str) -> impl Iterator<Item = char> + Clone + '_ {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// Whether a token is a word, or its plural.
fn is_form(word: &str, token: &str) -> bool {
    let mut rest = letters(token);
    letters(word).all(|c| rest.next() == Some(c))
        && matches!((rest.next(), rest.next(), rest.next()), (None, ..) | (Some('s'), None, _) | (Some('e'), Some('s'), None))
}

/// The last token of a name that begins with token `at`, if it does: the same letters and digits, whatever
/// stands between them, or its plural.
fn ends(folded: &str, text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    let mut rest = folded.chars();
    for (last, token) in tokens.iter().enumerate().skip(at) {
        let mut own = letters(token.of(text));
        if last == at && own.clone().next().is_none() {
            return None;
        }
        loop {
            let before = rest.clone();
            match (own.next(), rest.next()) {
                (None, None) => return Some(last),
                (None, Some(_)) => {
                    rest = before;
                    break;
                }
                (Some('s'), None) => return own.next().is_none().then_some(last),
                (Some('e'), None) => return (own.next() == Some('s') && own.next().is_none()).then_some(last),
                (Some(one), Some(other)) if one == other => {}
                _ => return None,
            }
        }
    }
    rest.next().is_none().then(|| tokens.len().saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Tokens;

    fn found(name: &str, text: &str) -> (Vec<String>, bool) {
        let (tokens, mut named) = (Tokens::from_text(text), Named::default());
        locate(name, text, tokens.as_slice(), &mut named);
        let places = |span: &Span| {
            let (first, last) = (tokens.as_slice()[span.first as usize], tokens.as_slice()[span.last as usize]);
            text[first.start as usize..last.end as usize].to_owned()
        };
        (named.spans.iter().map(places).collect(), named.category)
    }

    #[test]
    fn names_are_found_however_they_are_written() {
        for (name, text, places) in [
            ("food", "The food is good, but the FOODS!", vec!["food", "FOODS"]),
            ("Virgin America", "@VirginAmerica thanks", vec!["@VirginAmerica"]),
            ("Virgin America", "I like Virgin  America's seats", vec!["Virgin  America's"]),
            ("hard drive", "a hard-drive, no harddrive", vec!["hard-drive", "harddrive"]),
            ("apple", "my @apple_support ticket", vec!["@apple_support"]),
            ("dell", "model citizens", vec![]),
            ("Apex player", "this player is fine", vec!["player"]),
            ("Apex AD2600 DVD player", "this player is fine", vec![]),
            ("", "x", vec![]),
            ("!!", "x !!", vec![]),
        ] {
            assert_eq!(found(name, text).0, places, "{name}: {text}");
        }
    }

    #[test]
    fn categories_are_found_by_the_words_that_imply_them() {
        assert_eq!(found("SERVICE#GENERAL", "Our waiter was rude"), (vec!["waiter".to_owned(), "rude".to_owned()], true));
        assert_eq!(found("LOCATION1 safety", "it is a rough area"), (vec!["rough".to_owned()], true));
        assert_eq!(found("service", "The service was slow"), (vec!["service".to_owned()], false));
    }
}
