//! Hashtags. In: the body of a hashtag. Out: its parts by capitals, digits and underscores.
//! Separate because a tag is a sentence without spaces; tags in one case are split by the lexicon's
//! own words instead (see [`crate::lexicon`]).

/// Calls `part` with the byte range of each part of `body`: `NeverAgain` gives `Never` and `Again`,
/// `BESTDay` gives `BEST` and `Day`, `best_day2020` gives `best`, `day` and `2020`.
pub fn split(body: &str, mut part: impl FnMut(usize, usize)) {
    let mut start = 0;
    let mut chars = body.char_indices().peekable();
    let mut before: Option<char> = None;
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, n)| n);
        let cut = before.is_some_and(|b| is_bound(b, c, next));
        if (cut || c == '_') && at > start {
            part(start, at);
            start = at;
        }
        if c == '_' {
            start = at + 1;
        }
        before = Some(c);
    }
    if body.len() > start {
        part(start, body.len());
    }
}

fn is_bound(before: char, c: char, next: Option<char>) -> bool {
    let hump = before.is_lowercase() && c.is_uppercase();
    let acronym_ends = before.is_uppercase() && c.is_uppercase() && next.is_some_and(char::is_lowercase);
    let digits = before.is_ascii_digit() != c.is_ascii_digit() && before != '_';
    hump || acronym_ends || digits
}

#[cfg(test)]
mod tests {
    #[test]
    fn humps_digits_and_underscores_divide() {
        for (tag, parts) in [
            ("NeverAgain", "Never Again"),
            ("BESTDay", "BEST Day"),
            ("best_day2020", "best day 2020"),
            ("fail", "fail"),
            ("FAIL", "FAIL"),
            ("ÉtéParfait", "Été Parfait"),
            ("__a__", "a"),
            ("", ""),
        ] {
            let mut got = Vec::new();
            super::split(tag, |from, to| got.push(&tag[from..to]));
            assert_eq!(got.join(" "), parts);
        }
    }
}
