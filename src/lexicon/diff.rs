//! What differs between two lexicons. In: the sheets of both. Out: terms that were added, removed or
//! changed, those that change sides first. Separate because it compares what lexicons say and not how
//! their files are written: case, order and overridden lines make no difference.

use super::entries::Item;
use super::entry::{Entry, Meaning, Sheet};
use super::format::written;
use super::met::Met;
use crate::text::Tokens;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The language of sheets that serve all.
const ANY: &str = "any";

/// The differences.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Diff {
    /// Terms whose meaning differs: those that change sides first, then by how far they move.
    pub changed: Vec<Change>,
    /// Terms that only the second one has, the strongest first.
    pub added: Vec<Change>,
    /// Terms that only the first one has, the strongest first.
    pub removed: Vec<Change>,
    /// Terms that change sides, among those changed.
    pub flips: usize,
    /// Terms on which both agree.
    pub same: usize,
}

/// A term that differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The term.
    pub term: String,
    /// Domains it is limited to.
    pub domains: Vec<String>,
    /// What the first lexicon says.
    pub before: Option<Side>,
    /// What the second lexicon says.
    pub after: Option<Side>,
    /// Whether praise became complaint or complaint praise.
    pub flip: bool,
    /// How far the valence moves, in points.
    pub size: f64,
}

/// What one lexicon says of a term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Side {
    /// Valence or role, as in a file.
    pub meaning: String,
    /// File and line.
    pub origin: String,
}

/// A term within its domains.
type Place = (Met, Vec<String>, bool);

/// Compares two lexicons, each a list of sheets of which later ones win. With domains, what is in force in them is
/// compared, so that it makes no difference whether an entry is limited to them; without, each limited entry is
/// compared with those limited alike.
#[must_use]
pub fn diff(before: &[Sheet], after: &[Sheet], domains: &[String]) -> Diff {
    let mut tokens = Tokens::new();
    let mut codes: BTreeSet<&str> = before.iter().chain(after).map(|sheet| sheet.language.as_str()).filter(|code| *code != ANY).collect();
    if codes.is_empty() {
        codes.insert(ANY);
    }
    let mut found = Diff::default();
    let mut told = BTreeSet::new();
    for code in codes {
        let (old, new) = (in_force(before, code, domains, &mut tokens), in_force(after, code, domains, &mut tokens));
        let places: BTreeSet<&Place> = old.keys().chain(new.keys()).collect();
        for place in places {
            let (old, new) = (old.get(place).copied(), new.get(place).copied());
            // What serves all languages is told once.
            let origin = |entry: Option<&Entry>| entry.map(|entry| (entry.origin.file.clone(), entry.origin.line));
            if told.insert((place.clone(), origin(old), origin(new))) {
                found.add(old, new);
            }
        }
    }
    found.sort();
    found
}

/// The entries of a language that are in force, by what they meet; those that no text meets are not.
fn in_force<'s>(sheets: &'s [Sheet], code: &str, asked: &[String], tokens: &mut Tokens) -> BTreeMap<Place, &'s Entry> {
    let own = sheets.iter().filter(|sheet| sheet.language == code || sheet.language == ANY);
    let mut all = BTreeMap::new();
    for entry in own.flat_map(|sheet| &sheet.entries).filter(|entry| asked.is_empty() || entry.counts_in(asked)) {
        let mut domains = if asked.is_empty() { entry.domains.clone() } else { Vec::new() };
        domains.sort();
        let met = Met::of(&entry.term, tokens);
        if met.lost {
            continue;
        }
        // A new meaning takes with it what was learned about the old one.
        if !entry.meaning.is_leaning() {
            all.remove(&(met.clone(), domains.clone(), true));
        }
        all.insert((met, domains, entry.meaning.is_leaning()), entry);
    }
    all
}

impl Diff {
    fn add(&mut self, old: Option<&Entry>, new: Option<&Entry>) {
        let side = |entry: &Entry| Side { meaning: written(entry.meaning), origin: entry.origin.to_string() };
        let value = |entry: Option<&Entry>| entry.map_or(0, |entry| valence(entry.meaning));
        let Some(either) = new.or(old) else { return };
        let change = Change {
            term: either.term.to_string(),
            domains: either.domains.clone(),
            before: old.map(side),
            after: new.map(side),
            flip: value(old) * value(new) < 0,
            size: f64::from(value(new).abs_diff(value(old))) / 1000.0,
        };
        match (old, new) {
            (Some(old), Some(new)) if old.meaning == new.meaning => self.same += 1,
            (Some(_), Some(_)) => {
                self.flips += usize::from(change.flip);
                self.changed.push(change);
            }
            (None, _) => self.added.push(change),
            (_, None) => self.removed.push(change),
        }
    }

    fn sort(&mut self) {
        for list in [&mut self.changed, &mut self.added, &mut self.removed] {
            list.sort_by(|a, b| {
                b.flip.cmp(&a.flip).then(b.size.total_cmp(&a.size)).then_with(|| (&a.term, &a.domains).cmp(&(&b.term, &b.domains)))
            });
        }
    }
}

fn valence(meaning: Meaning) -> i32 {
    match meaning {
        Meaning::Valence(value) => value.clamp(-10_000, 10_000),
        Meaning::Role(..) => 0,
        Meaning::Leaning(leaning) => leaning.lean,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::format;

    fn sheet(name: &str, language: &str, entries: &str) -> Sheet {
        format::read(name, &format!("# earful-lexicon: 1\n# language: {language}\n\n{entries}")).unwrap()
    }

    #[test]
    fn flips_come_first_then_what_moves_most() {
        let before = [sheet("a", "en", "sick\t-2\ngood\t1\nbad\t-1\nold\t1\nsame\t1\n")];
        let over = sheet("b", "en", "Sick\t1\ngood\t4\nbad\t-1.5\nnew\t2\nsame\t1\n");
        let found = diff(&before, &[before[0].clone(), over.clone()], &[]);
        assert_eq!(found.changed.iter().map(|change| change.term.as_str()).collect::<Vec<_>>(), ["Sick", "good", "bad"]);
        assert_eq!((found.flips, found.added.len(), found.removed.len(), found.same), (1, 1, 0, 2));
        let alone = diff(&before, &[over], &[]);
        assert_eq!((alone.removed[0].term.as_str(), alone.removed.len()), ("old", 1));
        assert_eq!(diff(&before, &before, &[]).same, 5);
    }

    #[test]
    fn what_is_in_force_in_a_domain_is_compared() {
        let before = [sheet("a", "en", "crispy\t-1\nlean\t1\n"), sheet("p", "en", "crispy\t2\tdomain=food\nlean\t-1\tdomain=cars\n")];
        let after = [before.as_slice(), &[sheet("b", "en", "crispy\t2\nlean\t1\n")]].concat();
        let counts = |domains: &[&str]| {
            let domains: Vec<String> = domains.iter().map(|domain| (*domain).to_owned()).collect();
            let found = diff(&before, &after, &domains);
            [found.changed.len(), found.added.len(), found.removed.len(), found.same]
        };
        assert_eq!(counts(&[]), [1, 0, 0, 3]);
        assert_eq!(counts(&["food"]), [0, 0, 0, 2]);
        assert_eq!(counts(&["cars"]), [2, 0, 0, 0]);
    }

    #[test]
    fn signs_that_serve_all_languages_are_told_once() {
        let common = sheet("any", "any", "👍\t2\n");
        let before = [common.clone(), sheet("en", "en", "good\t1\n"), sheet("de", "de", "gut\t1\n")];
        let after = [common, sheet("en", "en", "good\t1\n"), sheet("de", "de", "gut\t1\n"), sheet("x", "any", "👍\t-1\n")];
        let found = diff(&before, &after, &[]);
        assert_eq!((found.changed.len(), found.flips), (1, 1));
    }
}
