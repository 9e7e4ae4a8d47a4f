//! Which phrases are the same theme. In: a phrase. Out: its ground form: side, thing and opinion without
//! inflection, order and choice of words. Separate because it is asked of each different phrase once, when a report is
//! made, and not of each record.

use super::synonyms::{Kind, Synonyms};
use super::{Order, Phrase};
use crate::lexicon::grammar::{Class, Grammar};
use crate::mention::aspect::singular;
use crate::text::Key;
use rust_stemmers::{Algorithm, Stemmer};
use std::sync::OnceLock;

/// The ground form of a phrase; two phrases of one theme have the same.
#[derive(Clone, PartialEq, Eq, Debug, PartialOrd, Ord, Hash)]
pub struct Ground {
    /// Whether it praises.
    pub praise: bool,
    /// The thing; empty if there is none, or if it is all that is reviewed.
    pub thing: String,
    /// The opinion.
    pub said: String,
}

impl Ground {
    /// As one string, by which a theme is known again.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}:{}:{}", if self.praise { "praise" } else { "complaint" }, self.thing, self.said)
    }
}

/// The thing of [`Ground`] that stands for all that is reviewed.
const WHOLE: &str = "*";

/// A folded word or phrase with each word cut to its stem (Porter 2001, "Snowball").
#[must_use]
pub fn stem(term: &str) -> String {
    static ENGLISH: OnceLock<Stemmer> = OnceLock::new();
    let stemmer = ENGLISH.get_or_init(|| Stemmer::create(Algorithm::English));
    term.split(' ').map(|word| stemmer.stem(word)).collect::<Vec<_>>().join(" ")
}

/// The ground form of a phrase; none for an opinion without a thing that is no theme by itself, such as `great`.
#[must_use]
pub fn ground(phrase: &Phrase, synonyms: &Synonyms) -> Option<Ground> {
    let Phrase { praise, order, thing, .. } = *phrase;
    let said = without_preposition(phrase.said);
    let alone = synonyms.row(Kind::Alone, said);
    let whole = whole_or_thing(thing, synonyms);
    let ground = |thing: &str, said: &str| Some(Ground { praise, thing: thing.to_owned(), said: said.to_owned() });
    match (order, alone, whole.as_deref()) {
        (Order::Alone, Some(alone), _) | (_, Some(alone), Some(WHOLE)) => ground("", alone),
        (Order::Alone, None, _) => {
            if said.trim_start_matches("not ").contains(' ') {
                ground("", &stem(said))
            } else {
                None
            }
        }
        (_, _, Some(thing)) => ground(thing, &opinion(said, synonyms)),
        (_, _, None) => None,
    }
}

/// The ground form of a thing; [`WHOLE`] for all that is reviewed. A thing of two words that is not known by
/// both goes by the last: `phone battery` is the battery.
fn whole_or_thing(thing: &str, synonyms: &Synonyms) -> Option<String> {
    let singular = one(thing);
    let last = singular.rsplit(' ').next()?;
    if last.is_empty() {
        return None;
    }
    for name in [singular.as_str(), last] {
        if synonyms.row(Kind::Whole, name).is_some() {
            return Some(WHOLE.to_owned());
        }
        if let Some(row) = synonyms.row(Kind::Thing, name) {
            return Some(row.to_owned());
        }
    }
    Some(singular)
}

/// The ground form of an opinion; one of several words that is not known goes by the first that is: `drains fast`
/// says that it drains.
fn opinion(said: &str, synonyms: &Synonyms) -> String {
    let row = |term: &str| synonyms.row(Kind::Said, term).map(str::to_owned);
    let denied = said.starts_with("not ") || said.starts_with("no ") || said.starts_with("never ");
    let first = || said.split(' ').filter(|_| !denied && said.contains(' ')).find_map(row);
    row(said).or_else(first).unwrap_or_else(|| stem(said))
}

/// A noun in the singular.
fn one(thing: &str) -> String {
    let (before, last) = thing.rsplit_once(' ').map_or(("", thing), |(before, last)| (before, last));
    let (stem, ending) = singular(last);
    let gap = if before.is_empty() { "" } else { " " };
    format!("{before}{gap}{stem}{ending}")
}

/// An opinion without the preposition that leads to its thing: `happy` for `happy with`.
fn without_preposition(said: &str) -> &str {
    let Some((before, last)) = said.rsplit_once(' ') else { return said };
    let leads = Grammar::english().class_of(Key::of(last.as_bytes())) == Some(Class::Preposition);
    if leads { before } else { said }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(praise: bool, order: Order, said: &str, thing: &str) -> Option<String> {
        ground(&Phrase { praise, order, said, thing }, Synonyms::english()).map(|ground| ground.key())
    }

    #[test]
    fn inflection_order_and_synonyms_make_no_difference() {
        let same = |phrases: &[(bool, Order, &str, &str)]| {
            let keys: Vec<_> = phrases.iter().map(|&(praise, order, said, thing)| of(praise, order, said, thing)).collect();
            assert!(keys.iter().all(|key| key.is_some() && *key == keys[0]), "{keys:?}");
        };
        same(&[
            (false, Order::Behind, "drains", "battery"),
            (false, Order::Behind, "drained", "batteries"),
            (false, Order::Before, "drain", "battery"),
            (false, Order::Governs, "draining", "phone battery"),
        ]);
        same(&[(true, Order::Before, "helpful", "staff"), (true, Order::Linked, "helpful", "employees")]);
        same(&[(true, Order::Governs, "happy with", "service"), (true, Order::Before, "happy", "service")]);
        same(&[(false, Order::Linked, "not helpful", "staff"), (false, Order::Before, "unhelpful", "staff")]);
    }

    #[test]
    fn different_themes_differ_and_bare_feelings_are_none() {
        assert_ne!(of(true, Order::Before, "helpful", "staff"), of(false, Order::Before, "rude", "staff"));
        assert_ne!(of(true, Order::Before, "great", "staff"), of(true, Order::Before, "great", "battery"));
        assert_eq!(of(true, Order::Alone, "great", ""), None);
        assert!(of(false, Order::Alone, "waste of money", "").is_some());
    }
}
