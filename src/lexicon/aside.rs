//! What others know of words, beside what the lexicon does. In: values by words, once; then texts read with
//! the lexicon. Out: the value of each token. Separate because reading has found each word already: looking
//! for it once more, in another table, would cost as much as the first time.

use super::compile::Lexicon;
use super::reading::{ODD, PLACE, Reading, STRETCHED};
use super::table::{NOWHERE, Table};
use crate::text::Kind;

/// Values of words, beside those of one lexicon.
#[derive(Clone, Debug)]
pub struct Aside<V> {
    /// Numbers of values by the place that the word has in the lexicon. Small, so that what texts are full of
    /// stays in the cache.
    numbers: Vec<u16>,
    /// The first is that of all other words.
    values: Vec<V>,
    /// Values of words that are not in the lexicon.
    strange: Table<V>,
    /// Values of all words, for those that were found in another form.
    all: Table<V>,
}

impl<V: Copy + Default> Aside<V> {
    /// Puts values beside a lexicon.
    pub(crate) fn new(lexicon: &Lexicon, all: Table<V>) -> Self {
        let (mut numbers, mut values, mut strange) = (Vec::new(), vec![V::default()], Table::with_room(0));
        for (word, value) in all.iter() {
            let place = lexicon.find(word) as usize;
            if place == NOWHERE as usize {
                strange.insert(word, value);
            } else if let Ok(number) = u16::try_from(values.len()) {
                numbers.resize(numbers.len().max(place + 1), 0);
                numbers[place] = number;
                values.push(value);
            }
        }
        // With more values than numbers all words are looked up. So they are beside a lexicon with beginnings of
        // words, which finds some in the places of others.
        if lexicon.has_prefixes() || values.len() > u16::MAX.into() {
            (numbers, strange) = (Vec::new(), all.clone());
        }
        Self { numbers, values, strange, all }
    }

    /// The value of each token of a text that was read with that lexicon.
    #[must_use]
    pub fn of<'r>(&'r self, reading: &'r Reading) -> impl ExactSizeIterator<Item = V> + 'r {
        let known = !self.numbers.is_empty();
        reading.tokens().as_slice().iter().zip(reading.places()).map(move |(token, place)| {
            // In another form a word is in the place of its plain one.
            if token.shape.has_any(ODD) | (place & STRETCHED != 0) | (token.kind == Kind::Emoji) {
                return self.all.get(token.key).unwrap_or_default();
            }
            let place = place & PLACE;
            if (place == NOWHERE) | !known {
                return self.strange.get(token.key).unwrap_or_default();
            }
            let number = self.numbers.get(place as usize).copied().unwrap_or(0);
            self.values.get(usize::from(number)).copied().unwrap_or_default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{builtin, format};
    use crate::text::{Key, Tokens};

    /// Whatever form a token has, it has the value of its own word.
    #[test]
    fn tokens_have_the_values_of_their_own_words() {
        let with_beginnings = format::read("own.tsv", "batter*\t-2.0\ngood\t2.0\n").unwrap();
        for lexicon in [builtin::lexicon().unwrap(), Lexicon::compile(vec![with_beginnings], builtin::languages(), &[]).unwrap()] {
            let words = ["the", "good", "battery", "batteries", "zyxw", "it's", "so", "who"];
            let mut table = Table::with_room(0);
            (1..).zip(words).for_each(|(number, word)| table.insert(Key::of(word.as_bytes()), number));
            let aside = Aside::new(&lexicon, table.clone());
            let mut reading = Reading::new();
            lexicon.read("The GOOD batteries, goood battery's zyxw; it's sooo who's \u{1F44D}\u{1F3FD}", &mut reading);
            let own: Vec<u32> = reading.tokens().as_slice().iter().map(|token| table.get(token.key).unwrap_or_default()).collect();
            assert_eq!(aside.of(&reading).collect::<Vec<_>>(), own);
            assert_eq!(own.iter().filter(|value| **value > 0).count(), Tokens::from_text("the good batteries zyxw it's").as_slice().len());
        }
    }
}
