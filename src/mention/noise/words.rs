//! The company of ordinary words and of names. In: `lexicons/LANGUAGE/noise.tsv`, once; then tokens around
//! a name. Out: how much speaks for either. Separate because it is data.

use crate::error::{Error, Result};
use crate::text::{Key, Token, Tokens};
use hashbrown::HashMap;

/// Files by the code of their language.
const FILES: [(&str, &str); 1] = [("en", include_str!("../../../lexicons/en/noise.tsv"))];
/// Words of up to so many bytes tell nothing unless right beside a name.
const SHORT: usize = 3;

/// A word or phrase that tells.
#[derive(Clone, Debug)]
struct Telling {
    keys: Vec<Key>,
    /// 1 for an ordinary word, -1 for a name.
    sign: i32,
}

/// What the names of a language are met with.
#[derive(Clone, Debug, Default)]
pub(super) struct Company {
    names: HashMap<Key, Vec<Telling>>,
    any: Vec<Telling>,
    articles: Vec<Key>,
    verbal: Vec<Key>,
}

impl Company {
    /// Of a language by its code.
    pub fn of(language: &str) -> Result<Option<Self>> {
        let file = FILES.iter().find(|(code, _)| *code == language);
        file.map(|(code, text)| Self::read(&format!("{code}/noise.tsv"), text)).transpose()
    }

    /// Reads a file.
    pub fn read(name: &str, text: &str) -> Result<Self> {
        let mut company = Self::default();
        for (at, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
            let bad = |what: &str| Error::usage(format!("{name}:{at}: {what}"));
            let mut cells = line.split('\t');
            let (Some(subject), Some(sign), Some(list), None) = (cells.next(), cells.next(), cells.next(), cells.next()) else {
                return Err(bad("expected three columns: name, sign, words"));
            };
            let keys = |phrase: &str| Tokens::from_text(phrase).as_slice().iter().map(|token| token.key).collect::<Vec<Key>>();
            let sign = match sign {
                "-" => 1,
                "+" => -1,
                "article" => {
                    company.articles.extend(list.split(", ").flat_map(keys));
                    continue;
                }
                "verb" => {
                    company.verbal.extend(list.split(", ").flat_map(keys));
                    continue;
                }
                _ => return Err(bad("found another sign, expected one of + - article verb")),
            };
            let telling = list.split(", ").map(|phrase| Telling { keys: keys(phrase), sign });
            if subject == "*" {
                company.any.extend(telling);
            } else {
                company.names.entry(Key::of(subject.as_bytes())).or_default().extend(telling);
            }
        }
        Ok(company)
    }

    /// Whether a name is an ordinary word too.
    pub fn knows(&self, name: Key) -> bool {
        self.names.contains_key(&name)
    }

    pub fn is_article(&self, word: Option<Key>) -> bool {
        word.is_some_and(|word| self.articles.contains(&word))
    }

    /// Whether the word behind is a verb.
    pub fn is_verbal(&self, word: Option<Key>) -> bool {
        word.is_some_and(|word| self.verbal.contains(&word))
    }

    /// What speaks for an ordinary word: right beside a mention of a name, and near it.
    pub fn weigh(&self, name: Key, tokens: &[Token], window: (usize, usize), mention: (usize, usize)) -> (i32, i32) {
        let own = self.names.get(&name).map_or(&[][..], Vec::as_slice);
        let (mut beside, mut near) = (0, 0);
        for (telling, general) in own.iter().map(|telling| (telling, false)).chain(self.any.iter().map(|telling| (telling, true))) {
            let length = telling.keys.len();
            for at in window.0..window.1 {
                let Some(found) = tokens.get(at..at + length) else { break };
                let meets = found.iter().zip(&telling.keys).all(|(token, key)| token.key == *key);
                let (from, to) = (at, at + length - 1);
                // The mention itself tells nothing.
                if !meets || from >= mention.0 && to <= mention.1 {
                    continue;
                }
                let touches = to + 1 >= mention.0 && from <= mention.1 + 1;
                let short = length == 1 && telling.keys.iter().all(|key| key.length() <= SHORT);
                if touches && !general {
                    beside += telling.sign;
                } else if !short {
                    near += telling.sign;
                }
            }
        }
        (beside, near)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_beside_and_near_is_told_apart() {
        let company = Company::read("x", "apple\t-\ttart, big apple, of\napple\t+\tiphone\n").unwrap();
        let weigh = |text: &str, at: usize| {
            let tokens = Tokens::from_text(text);
            company.weigh(Key::of(b"apple"), tokens.as_slice(), (0, tokens.as_slice().len()), (at, at))
        };
        assert_eq!(weigh("an apple tart", 1), (1, 0));
        assert_eq!(weigh("the big apple", 2), (1, 0));
        assert_eq!(weigh("apple made a tart", 0), (0, 1));
        assert_eq!(weigh("apple made a tart of an iphone", 0), (0, 0));
        assert_eq!(weigh("apple", 0), (0, 0));
    }

    #[test]
    fn what_is_not_understood_is_said() {
        for (text, part) in [("apple\t-\n", "x:1"), ("\napple\t?\tpie\n", "x:2")] {
            let message = Company::read("x", text).unwrap_err().to_string();
            assert!(message.contains(part), "{message}");
        }
        assert!(Company::of("en").unwrap().is_some() && Company::of("xx").unwrap().is_none());
    }
}
