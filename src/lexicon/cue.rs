//! What a text shows apart from its words: length, links, handles, marks. In: nothing. Out: names.
//! Separate because lexicon files give cues their weight under these names, as if they were words.

/// A cue, written `<name>` in lexicon files.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Cue {
    /// Every text.
    Base,
    /// The share of praise by opinions and rules, 0 to 1.
    Praise,
    /// The share of complaint by opinions and rules, 0 to 1.
    Complaint,
    /// No opinion by opinions and rules.
    NoOpinion,
    /// Praise and no complaint.
    OnlyPraise,
    /// Complaint and no praise.
    OnlyComplaint,
    /// Both praise and complaint.
    Both,
    /// At most two words.
    Words2,
    /// 3 to 5 words.
    Words5,
    /// 6 to 10 words.
    Words10,
    /// 11 to 20 words.
    Words20,
    /// 21 to 40 words.
    Words40,
    /// 41 to 80 words.
    Words80,
    /// 81 to 160 words.
    Words160,
    /// More words.
    WordsMore,
    /// At most one word in fifty begins with a capital: as in chats.
    FewCapitals,
    /// More than three words in twenty do.
    Capitals15,
    /// More than three in ten do: as in headlines and lists of names.
    Capitals30,
    /// More than six in ten do.
    Capitals60,
    /// No sentence ends.
    NoStop,
    /// More than one sentence ends.
    Stops2,
    /// More than three do.
    Stops4,
    /// A link or an e-mail address.
    Link,
    /// A handle.
    Handle,
    /// A hashtag.
    Hashtag,
    /// A number.
    Number,
    /// A shouted word.
    Shouted,
    /// An exclamation mark.
    Exclaims,
    /// A question mark.
    Asks,
    /// An emoji or emoticon.
    Picture,
    /// A negator.
    Negator,
    /// No text shows it: the least share of either side of a mixed text, see [`super::Mixed`].
    MixedEach,
    /// No text shows it: the greatest score, either way, of a mixed text.
    MixedBalance,
}

/// All cues by their names in lexicon files, in the order of the enumeration.
pub const CUES: [(&str, Cue); 33] = [
    ("<text>", Cue::Base),
    ("<praise>", Cue::Praise),
    ("<complaint>", Cue::Complaint),
    ("<no opinion>", Cue::NoOpinion),
    ("<only praise>", Cue::OnlyPraise),
    ("<only complaint>", Cue::OnlyComplaint),
    ("<praise and complaint>", Cue::Both),
    ("<up to 2 words>", Cue::Words2),
    ("<3 to 5 words>", Cue::Words5),
    ("<6 to 10 words>", Cue::Words10),
    ("<11 to 20 words>", Cue::Words20),
    ("<21 to 40 words>", Cue::Words40),
    ("<41 to 80 words>", Cue::Words80),
    ("<81 to 160 words>", Cue::Words160),
    ("<over 160 words>", Cue::WordsMore),
    ("<up to 2% capitals>", Cue::FewCapitals),
    ("<over 15% capitals>", Cue::Capitals15),
    ("<over 30% capitals>", Cue::Capitals30),
    ("<over 60% capitals>", Cue::Capitals60),
    ("<no end of a sentence>", Cue::NoStop),
    ("<2 or more sentences>", Cue::Stops2),
    ("<4 or more sentences>", Cue::Stops4),
    ("<link>", Cue::Link),
    ("<handle>", Cue::Handle),
    ("<hashtag>", Cue::Hashtag),
    ("<number>", Cue::Number),
    ("<shouted word>", Cue::Shouted),
    ("<exclamation mark>", Cue::Exclaims),
    ("<question mark>", Cue::Asks),
    ("<emoji>", Cue::Picture),
    ("<negator>", Cue::Negator),
    ("<mixed each>", Cue::MixedEach),
    ("<mixed balance>", Cue::MixedBalance),
];

impl Cue {
    /// How many cues texts show: those before the limits of a mixed text.
    pub const OF_TEXTS: usize = Self::MixedEach as usize;

    /// The cue that a term names.
    #[must_use]
    pub fn of_term(term: &str) -> Option<Self> {
        if !term.starts_with('<') {
            return None;
        }
        CUES.iter().find(|(name, _)| *name == term).map(|&(_, cue)| cue)
    }

    /// The name in lexicon files.
    #[must_use]
    pub fn name(self) -> &'static str {
        CUES.get(self as usize).map_or("", |(name, _)| name)
    }

    /// The cue of a length.
    #[must_use]
    pub const fn of_length(words: u32) -> Self {
        match words {
            0..=2 => Self::Words2,
            3..=5 => Self::Words5,
            6..=10 => Self::Words10,
            11..=20 => Self::Words20,
            21..=40 => Self::Words40,
            41..=80 => Self::Words80,
            81..=160 => Self::Words160,
            _ => Self::WordsMore,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_the_order_of_the_enumeration() {
        for (at, (name, cue)) in CUES.iter().enumerate() {
            assert_eq!((*cue as usize, cue.name(), Cue::of_term(name)), (at, *name, Some(*cue)));
        }
        assert_eq!(Cue::of_term("<3"), None);
    }
}
