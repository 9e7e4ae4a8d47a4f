//! What a column may hold. In and out: plain values. Separate because flags, detection, records and
//! reports all name the same fields.

/// A field that earful knows how to use.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Field {
    /// What was written; scored.
    Text,
    /// Its headline; scored with the text.
    Title,
    /// Stars or points given by the author.
    Rating,
    /// Who wrote it.
    Author,
    /// When.
    Date,
    /// What identifies the record.
    Id,
    /// What it is about: product, brand, app, place.
    Product,
    /// Where it was written: site, network, channel.
    Source,
    /// Its language.
    Lang,
    /// What the record itself names as its target.
    Target,
    /// What somebody says its sentiment truly is.
    Label,
}

impl Field {
    /// All fields, in the order they are shown.
    pub const ALL: [Self; 11] = [
        Self::Text,
        Self::Title,
        Self::Rating,
        Self::Author,
        Self::Date,
        Self::Id,
        Self::Product,
        Self::Source,
        Self::Lang,
        Self::Target,
        Self::Label,
    ];

    /// The name, which is also the flag.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Title => "title",
            Self::Rating => "rating",
            Self::Author => "author",
            Self::Date => "date",
            Self::Id => "id",
            Self::Product => "product",
            Self::Source => "source",
            Self::Lang => "lang",
            Self::Target => "target",
            Self::Label => "label",
        }
    }
}
