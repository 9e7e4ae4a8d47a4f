//! The quotes of a page, by which figures find them. In: quotes in the order they are shown. Out: an anchor
//! for each, and the first that fits a word, an author, a period or a place. Separate because every figure
//! leads to its quotes, wherever on the page they stand.

use crate::report::QuoteNote;
use serde::Serialize;

/// A quote with its anchor.
#[derive(Clone, Debug, Serialize)]
pub struct Quoted<'r> {
    /// Its anchor.
    pub id: String,
    /// `praise` or `complaint`, for its looks.
    pub side: &'static str,
    /// Why it was chosen, if that is said.
    pub choice: &'r str,
    /// The quote.
    pub quote: &'r QuoteNote,
}

/// All quotes so far.
#[derive(Default)]
pub struct Quotes<'r> {
    all: Vec<(&'static str, &'r QuoteNote, String)>,
}

impl<'r> Quotes<'r> {
    /// Gives a quote its anchor.
    pub fn add(&mut self, quote: &'r QuoteNote, side: &'static str, choice: &'r str) -> Quoted<'r> {
        self.all.push((side, quote, quote.text.to_lowercase()));
        Quoted { id: anchor(self.all.len()), side, choice, quote }
    }

    /// Gives quotes their anchors, at most so many.
    pub fn list(&mut self, quotes: &'r [QuoteNote], side: &'static str, most: usize) -> Vec<Quoted<'r>> {
        quotes.iter().take(most).map(|quote| self.add(quote, side, "")).collect()
    }

    /// The first quote of a side with all these words beside each other.
    pub fn with(&self, words: &str, side: &str) -> Option<String> {
        let words = words.to_lowercase();
        let sought = words.strip_prefix("not ").or_else(|| words.strip_prefix("too ")).unwrap_or(&words);
        self.first(|(of, _, text)| *of == side && holds(text, sought))
    }

    /// The first quote of somebody.
    pub fn by(&self, author: &str) -> Option<String> {
        self.first(|(_, quote, _)| quote.author.as_deref() == Some(author))
    }

    /// The first quote of a side from `start` to before `end`, days as `YYYY-MM-DD`.
    pub fn between(&self, start: &str, end: Option<&str>, side: &str) -> Option<String> {
        let within = |day: &str| day >= start && end.is_none_or(|end| day < end);
        self.first(|(of, quote, _)| *of == side && quote.date.as_deref().is_some_and(within))
    }

    /// The first quote of a side with so many stars.
    pub fn starred(&self, stars: u8, side: &str) -> Option<String> {
        self.first(|(of, quote, _)| *of == side && quote.stars == Some(stars))
    }

    /// The quote from a place.
    pub fn at(&self, place: &str) -> Option<String> {
        self.first(|(_, quote, _)| quote.place == place)
    }

    fn first(&self, fits: impl Fn(&(&'static str, &'r QuoteNote, String)) -> bool) -> Option<String> {
        self.all.iter().position(fits).map(|at| anchor(at + 1))
    }
}

fn anchor(number: usize) -> String {
    format!("q{number}")
}

/// Whether a text has a phrase that neither begins nor ends inside a word.
fn holds(text: &str, phrase: &str) -> bool {
    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !phrase.is_empty()
        && text.match_indices(phrase).any(|(at, _)| {
            let (before, after) = (text.get(..at).unwrap_or(""), text.get(at + phrase.len()..).unwrap_or(""));
            !inside(before.chars().next_back()) && !inside(after.chars().next())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(text: &str, place: &str, date: &str) -> QuoteNote {
        let (text, place, date) = (text.to_owned(), place.to_owned(), Some(date.to_owned()));
        QuoteNote { text, place, author: Some("author 1".to_owned()), date, stars: None, score: 0.5, copies: 0 }
    }

    #[test]
    fn figures_find_their_quotes() {
        let (one, other) = (note("Badly burnt", "a.csv:1", "2026-01-31"), note("So bad, really", "a.csv:2", "2026-02-01"));
        let mut quotes = Quotes::default();
        quotes.add(&one, "complaint", "");
        quotes.add(&other, "complaint", "");
        assert_eq!(quotes.with("not bad", "complaint").as_deref(), Some("q2"));
        assert_eq!(quotes.with("bad", "praise"), None);
        assert_eq!(quotes.between("2026-02-01", None, "complaint").as_deref(), Some("q2"));
        assert_eq!(quotes.between("2026-01-01", Some("2026-01-31"), "complaint"), None);
        assert_eq!((quotes.at("a.csv:2").as_deref(), quotes.by("author 1").as_deref()), (Some("q2"), Some("q1")));
    }
}
