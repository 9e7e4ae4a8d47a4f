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

#[cfg(test)]
mod tests {
    use super::plurals;

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
