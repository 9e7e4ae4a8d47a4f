//! What a lexicon file says of itself. In: its text. Out: format, title, language, source, licence.
//! Separate because scoring does not need it and people who pass a lexicon on do.

use super::format::{self, Line};

/// The header of a lexicon file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// Name of the format.
    pub format: &'static str,
    /// What it calls itself.
    pub title: Option<String>,
    /// Where its entries come from.
    pub source: Option<String>,
    /// On what terms it may be passed on.
    pub licence: Option<String>,
}

impl Heading {
    /// Reads the header lines of a file; lines that cannot be read say nothing.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let format = format::of(text);
        let mut heading = Self { format: format.name, ..Self::default() };
        for line in text.lines() {
            if let Ok(Line::Header(key, value)) = (format.line)(line) {
                heading.note(key, value);
            }
        }
        heading
    }

    fn note(&mut self, key: &str, value: &str) {
        let place = match key {
            "title" => &mut self.title,
            "source" => &mut self.source,
            "licence" | "license" => &mut self.licence,
            _ => return,
        };
        if !value.is_empty() {
            place.get_or_insert_with(|| value.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_is_read_and_the_first_line_of_a_kind_counts() {
        let heading = Heading::read("# earful-lexicon: 1\n# title: Mine\n# license: MIT\n# source:\n\n# title: a section\ngood\t1\n");
        assert_eq!((heading.format, heading.title.as_deref()), ("earful", Some("Mine")));
        assert_eq!((heading.licence.as_deref(), heading.source), (Some("MIT"), None));
        assert_eq!(Heading::read("good\t1\n").format, "afinn");
    }
}
