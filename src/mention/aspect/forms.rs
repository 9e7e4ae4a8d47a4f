//! Plurals. In: a folded noun. Out: what it may be in the plural. Separate from the forms of names because a
//! noun that ends in s is a plural already, and because twenty thousand are made while a user waits: nothing
//! is allocated.

/// Longest word that gets a plural, in bytes.
const LONGEST: usize = 40;

/// Calls `each` with the regular plurals of a folded noun: none for what ends in a single s.
pub fn plurals(noun: &[u8], mut each: impl FnMut(&[u8])) {
    let mut word = [0u8; LONGEST + 3];
    let (Some(room), Some(last)) = (word.get_mut(..noun.len()), noun.last()) else { return };
    if noun.len() > LONGEST || noun.len() < 2 || !last.is_ascii_alphabetic() {
        return;
    }
    room.copy_from_slice(noun);
    let mut give = |cut: usize, ending: &[u8]| {
        let stem = noun.len() - cut;
        let end = stem + ending.len();
        if let Some(room) = word.get_mut(stem..end) {
            room.copy_from_slice(ending);
            each(word.get(..end).unwrap_or(&[]));
        }
        if let (Some(room), Some(ending)) = (word.get_mut(stem..noun.len()), noun.get(stem..)) {
            room.copy_from_slice(ending);
        }
    };
    let ends = |ending: &[u8]| noun.ends_with(ending);
    let vowel = noun.iter().rev().nth(1).is_some_and(|letter| b"aeiou".contains(letter));
    match last {
        b's' if !(ends(b"ss") || ends(b"us")) => {}
        b's' | b'x' | b'z' => give(0, b"es"),
        b'h' if ends(b"ch") || ends(b"sh") => give(0, b"es"),
        b'y' if !vowel => give(1, b"ies"),
        b'o' if !vowel => {
            give(0, b"s");
            give(0, b"es");
        }
        b'f' if !ends(b"ff") => {
            give(0, b"s");
            give(1, b"ves");
        }
        b'e' if ends(b"fe") => {
            give(0, b"s");
            give(2, b"ves");
        }
        _ => give(0, b"s"),
    }
}

/// The singular of a folded noun that ends like a plural: what it begins with and what is put to that, as
/// `batteri-es` is `batter` and `y`; a noun of another ending is itself.
#[must_use]
pub fn singular(noun: &str) -> (&str, &'static str) {
    const HISSES: [&str; 5] = ["ss", "x", "z", "ch", "sh"];
    let short = noun.len() < 4;
    if short || !noun.ends_with('s') || ["ss", "us", "is"].iter().any(|end| noun.ends_with(end)) {
        return (noun, "");
    }
    if let Some(stem) = noun.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        return (stem, "y");
    }
    match noun.strip_suffix("es").filter(|stem| HISSES.iter().any(|hiss| stem.ends_with(hiss))) {
        Some(stem) => (stem, ""),
        None => (noun.strip_suffix('s').unwrap_or(noun), ""),
    }
}

/// The plural of a folded noun or phrase: the first that is regular; itself if there is none.
#[must_use]
pub fn plural(noun: &str) -> String {
    let word = noun.rfind(' ').map_or(0, |blank| blank + 1);
    let (before, word) = noun.split_at(word);
    let mut plural = None;
    plurals(word.as_bytes(), |form| {
        plural.get_or_insert_with(|| format!("{before}{}", String::from_utf8_lossy(form)));
    });
    plural.unwrap_or_else(|| noun.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{plural, plurals, singular};

    #[test]
    fn plurals_get_their_singulars() {
        for (noun, expected) in [
            ("fans", "fan"),
            ("batteries", "battery"),
            ("dishes", "dish"),
            ("glasses", "glass"),
            ("faces", "face"),
            ("ties", "tie"),
            ("glass", "glass"),
            ("bus", "bus"),
            ("gas", "gas"),
            ("fan", "fan"),
        ] {
            let (stem, ending) = singular(noun);
            assert_eq!(format!("{stem}{ending}"), expected);
            assert!(noun == expected || plural(&format!("wide {expected}")) == format!("wide {noun}"), "{noun}");
        }
    }

    #[test]
    fn nouns_get_their_plurals() {
        for (noun, expected) in [
            ("screen", "screens"),
            ("battery", "batteries"),
            ("display", "displays"),
            ("glass", "glasses"),
            ("box", "boxes"),
            ("dish", "dishes"),
            ("potato", "potatos potatoes"),
            ("radio", "radios"),
            ("shelf", "shelfs shelves"),
            ("knife", "knifes knives"),
            ("staff", "staffs"),
            ("effects", ""),
            ("6", ""),
            ("x", ""),
        ] {
            let mut found = Vec::new();
            plurals(noun.as_bytes(), |plural| found.push(String::from_utf8(plural.to_vec()).unwrap()));
            assert_eq!(found.join(" "), expected, "{noun}");
        }
        plurals("a".repeat(100).as_bytes(), |_| unreachable!());
    }
}
