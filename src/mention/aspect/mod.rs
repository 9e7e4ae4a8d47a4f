//! What people talk about within a product or service. In: `lexicons/en/aspects`. Out: its files. Separate
//! because the words are data, one file per domain.
/// The vocabularies by name and text.
pub fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().copied()
}
const FILES: &[(&str, &str)] = &[
    ("en/aspects/airlines.tsv", include_str!("../../../lexicons/en/aspects/airlines.tsv")),
    ("en/aspects/apps.tsv", include_str!("../../../lexicons/en/aspects/apps.tsv")),
    ("en/aspects/books.tsv", include_str!("../../../lexicons/en/aspects/books.tsv")),
    ("en/aspects/cars.tsv", include_str!("../../../lexicons/en/aspects/cars.tsv")),
    ("en/aspects/education.tsv", include_str!("../../../lexicons/en/aspects/education.tsv")),
    ("en/aspects/electronics.tsv", include_str!("../../../lexicons/en/aspects/electronics.tsv")),
    ("en/aspects/fashion.tsv", include_str!("../../../lexicons/en/aspects/fashion.tsv")),
    ("en/aspects/finance.tsv", include_str!("../../../lexicons/en/aspects/finance.tsv")),
    ("en/aspects/games.tsv", include_str!("../../../lexicons/en/aspects/games.tsv")),
    ("en/aspects/general.tsv", include_str!("../../../lexicons/en/aspects/general.tsv")),
    ("en/aspects/health.tsv", include_str!("../../../lexicons/en/aspects/health.tsv")),
    ("en/aspects/home.tsv", include_str!("../../../lexicons/en/aspects/home.tsv")),
    ("en/aspects/hotels.tsv", include_str!("../../../lexicons/en/aspects/hotels.tsv")),
    ("en/aspects/jobs.tsv", include_str!("../../../lexicons/en/aspects/jobs.tsv")),
    ("en/aspects/movies.tsv", include_str!("../../../lexicons/en/aspects/movies.tsv")),
    ("en/aspects/neighbourhood.tsv", include_str!("../../../lexicons/en/aspects/neighbourhood.tsv")),
    ("en/aspects/restaurants.tsv", include_str!("../../../lexicons/en/aspects/restaurants.tsv")),
    ("en/aspects/shops.tsv", include_str!("../../../lexicons/en/aspects/shops.tsv")),
    ("en/aspects/software.tsv", include_str!("../../../lexicons/en/aspects/software.tsv")),
    ("en/aspects/telecom.tsv", include_str!("../../../lexicons/en/aspects/telecom.tsv")),
];
/// Common nouns that are no aspects.
pub fn not_aspects() -> impl Iterator<Item = &'static str> {
    include_str!("../../../lexicons/en/aspects/not_aspects.txt").lines().filter(|l| !l.starts_with('#') && !l.is_empty())
}
/// Names of categories with words that imply them.
pub const CATEGORIES: &str = include_str!("../../../lexicons/en/aspects/categories.tsv");
