//! Whom or what to look for. In: a flag or a table of a file. Out: a [`Subject`]. Separate because the
//! command line and files say the same thing.

use super::Query;
use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};

/// What a subject is, for reports that compare like with like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A company or its name.
    #[default]
    Brand,
    /// A thing it sells.
    Product,
    /// Another brand.
    Competitor,
    /// Something people talk of.
    Subject,
    /// Something that is meant to be said.
    Message,
    /// A part or side of a product or service: battery, delivery.
    Aspect,
    /// A theme that was given instead of found.
    Theme,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 7] = [Self::Brand, Self::Product, Self::Competitor, Self::Subject, Self::Message, Self::Aspect, Self::Theme];

    /// The name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Brand => "brand",
            Self::Product => "product",
            Self::Competitor => "competitor",
            Self::Subject => "subject",
            Self::Message => "message",
            Self::Aspect => "aspect",
            Self::Theme => "theme",
        }
    }

    /// Whether subjects of this kind hold others: a brand is praised for its aspects.
    #[must_use]
    pub const fn holds(self) -> bool {
        matches!(self, Self::Brand | Self::Product | Self::Competitor)
    }

    /// The kind of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Whom or what to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// What reports call it.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// How it is recognised.
    pub query: Query,
    /// Whether misspelt names are recognised too.
    pub fuzzy: bool,
    /// Texts that must mention it.
    pub must_match: Vec<String>,
    /// Texts that must not.
    pub must_not_match: Vec<String>,
}

impl Subject {
    /// A brand without examples.
    #[must_use]
    pub fn new(name: impl Into<String>, query: Query) -> Self {
        Self { name: name.into(), kind: Kind::default(), query, fuzzy: false, must_match: Vec::new(), must_not_match: Vec::new() }
    }

    /// The subject of `NAME: QUERY`, or of a query that is its own name: the first colon before a blank
    /// divides, unless it is in quotes.
    ///
    /// # Errors
    /// When there is no name, or the query is not understood.
    pub fn from_flag(flag: &str) -> Result<Self> {
        let (name, query) = match divide(flag) {
            Some((name, query)) => (name.trim(), query.trim()),
            None => (flag.trim(), flag.trim()),
        };
        let name = name.trim_matches(['"', '\u{201C}', '\u{201D}', '\u{201E}', '!', '*']).trim();
        let parsed = Query::parse(query).map_err(|error| error.of(query))?;
        if name.is_empty() {
            return Err(Error::usage("found no name before the colon, expected NAME: QUERY").advise("write 'Apple: apple, iphone'"));
        }
        Ok(Self::new(name, parsed))
    }
}

fn divide(flag: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    let mut chars = flag.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        quoted ^= c == '"';
        let blank = chars.peek().is_none_or(|(_, next)| next.is_whitespace());
        if c == ':' && !quoted && blank {
            return Some((flag.get(..at)?, flag.get(at + 1..)?));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_before_a_colon_and_a_blank() {
        let name = |flag: &str| Subject::from_flag(flag).map(|subject| (subject.name, subject.query.text().to_owned()));
        let pair = |a: &str, b: &str| Ok((a.to_owned(), b.to_owned()));
        assert_eq!(name("Dell"), pair("Dell", "Dell"));
        assert_eq!(name("\"Acme Corp\""), pair("Acme Corp", "\"Acme Corp\""));
        assert_eq!(name("Apple: apple, iphone"), pair("Apple", "apple, iphone"));
        assert_eq!(name("author:ann"), pair("author:ann", "author:ann"));
        assert_eq!(name("Ann: author:ann"), pair("Ann", "author:ann"));
        assert!(name(": x").is_err());
        assert!(name("Apple:").is_err());
    }

    #[test]
    fn kinds_go_by_their_names() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_name(kind.name()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
    }
}
