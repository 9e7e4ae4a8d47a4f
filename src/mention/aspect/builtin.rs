//! The vocabularies that are part of the program. In: nothing. Out: their text by domain. Separate because it
//! is the registry of domains: one line each, its file in `lexicons/en/aspects/`.

/// A domain with a built-in vocabulary.
#[derive(Clone, Copy, Debug)]
pub struct Domain {
    /// What `--aspects` calls it.
    pub name: &'static str,
    /// The file below `lexicons/`.
    pub file: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// Names and embeds the vocabularies of domains.
macro_rules! domains {
    ($($name:literal),* $(,)?) => {
        [$(Domain {
            name: $name,
            file: concat!("en/aspects/", $name, ".tsv"),
            text: include_str!(concat!("../../../lexicons/en/aspects/", $name, ".tsv")),
        }),*]
    };
}

/// Domains with a built-in vocabulary.
pub const DOMAINS: [Domain; 20] = domains![
    "airlines",
    "apps",
    "books",
    "cars",
    "education",
    "electronics",
    "fashion",
    "finance",
    "games",
    "general",
    "health",
    "home",
    "hotels",
    "jobs",
    "movies",
    "neighbourhood",
    "restaurants",
    "shops",
    "software",
    "telecom",
];

/// Frequent nouns that are no aspects, one a line.
const NOT_ASPECTS: (&str, &str) = ("en/aspects/not_aspects.txt", include_str!("../../../lexicons/en/aspects/not_aspects.txt"));

/// What other tools call aspects: lines of a name, tab and words that imply it, with commas between.
pub const CATEGORIES: &str = include_str!("../../../lexicons/en/aspects/categories.tsv");

/// Aspect words that are verbs or adjectives too, and what tells.
pub(super) const SENSES: &str = include_str!("../../../lexicons/en/aspects/senses.tsv");

/// The vocabularies by name and text.
pub fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    DOMAINS.iter().map(|domain| (domain.file, domain.text))
}

/// Names of all files about aspects.
pub fn names() -> impl Iterator<Item = &'static str> {
    files().map(|(name, _)| name).chain([NOT_ASPECTS.0, "en/aspects/categories.tsv", "en/aspects/senses.tsv"])
}

/// Frequent nouns that are no aspects.
pub fn not_aspects() -> impl Iterator<Item = &'static str> {
    NOT_ASPECTS.1.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

/// The domain of a name.
#[must_use]
pub fn domain(name: &str) -> Option<&'static Domain> {
    DOMAINS.iter().find(|domain| domain.name == name)
}
