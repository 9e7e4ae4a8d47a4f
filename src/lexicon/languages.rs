//! Words that tell the language. In: `languages.tsv`. Out: codes, names and the keys of their words.
//! Separate because it answers "which language?" only; a lexicon answers "which opinion?".

use crate::text::{Key, Tokens};

/// Most languages that can be told apart: one bit each.
pub const MOST_LANGUAGES: usize = 32;

/// Languages with the words that tell them.
#[derive(Clone, Debug, Default)]
pub struct Languages {
    codes: Vec<String>,
    words: Vec<(u8, Key)>,
}

impl Languages {
    /// The code under which words are listed that several languages share; it comes first.
    pub const SHARED: &str = "*";

    /// Reads lines of `code TAB name TAB words`; lines that are not so are passed over, languages
    /// beyond [`MOST_LANGUAGES`] too (a test holds the shipped file to the form).
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut languages = Self::default();
        let mut tokens = Tokens::new();
        let rows = text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
        for (code, rest) in rows.take(MOST_LANGUAGES) {
            let Some((_, words)) = rest.split_once('\t') else { continue };
            #[allow(clippy::cast_possible_truncation)] // at most 32
            let index = languages.codes.len() as u8;
            languages.codes.push(code.to_owned());
            tokens.read(words);
            languages.words.extend(tokens.as_slice().iter().map(|token| (index, token.key)));
        }
        languages
    }

    /// Language indexes with their words.
    #[must_use]
    pub fn words(&self) -> &[(u8, Key)] {
        &self.words
    }

    /// The code of a language by its index; `und` for none.
    #[must_use]
    pub fn code(&self, index: u8) -> &str {
        self.codes.get(index as usize).map_or("und", String::as_str)
    }
}
