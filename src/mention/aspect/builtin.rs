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
pub const NOT_ASPECTS: (&str, &str) = ("en/aspects/not_aspects.txt", include_str!("../../../lexicons/en/aspects/not_aspects.txt"));

/// What other tools call aspects, with words that show each.
pub const CATEGORIES: (&str, &str) = ("en/aspects/categories.tsv", include_str!("../../../lexicons/en/aspects/categories.tsv"));

/// Aspect words that are verbs or adjectives too.
pub const SENSES: (&str, &str) = ("en/aspects/senses.tsv", include_str!("../../../lexicons/en/aspects/senses.tsv"));

/// All files about aspects, by name and text.
pub fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    DOMAINS.iter().map(|domain| (domain.file, domain.text)).chain([NOT_ASPECTS, CATEGORIES, SENSES])
}

/// The domain of a name.
#[must_use]
pub fn domain(name: &str) -> Option<&'static Domain> {
    DOMAINS.iter().find(|domain| domain.name == name)
}
