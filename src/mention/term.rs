//! One thing to look for in texts. In: a word or phrase of a query. Out: the tokens it must meet and
//! the signs between them. Separate because it is cut by the tokenizer of the texts, so that a term
//! always meets a text in the same form.

use super::forms::{Folded, compact, forms, is_apostrophe, is_invisible};
use crate::text::{Key, Kind, Script, Token, Tokens};

/// Most words in a phrase.
const MOST_PIECES: usize = 32;
/// Most bytes between two words of a phrase.
const WIDEST_GAP: usize = 64;

/// A word, phrase, handle or hashtag to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    text: String,
    pub(super) exact: bool,
    pub(super) prefix: bool,
    pub(super) sort: Sort,
    pub(super) pieces: Vec<Piece>,
    /// Signs right before and behind: `$TSLA`, `C++`.
    pub(super) lead: String,
    pub(super) trail: String,
}

/// How a term is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// By its tokens, and as handle and hashtag of that name.
    Plain,
    /// `@name`.
    Handle,
    /// `#name`, whatever words it is divided into.
    Tag,
    /// In running text: its script has no spaces.
    Running,
}

/// A token of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub text: String,
    pub folded: String,
    pub key: Key,
    pub kind: Kind,
    /// What stands between it and the piece before.
    pub gap: Gap,
}

/// What stands between two words of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Blanks or a hyphen.
    Plain,
    /// Signs of a sentence without a blank: `booking.com`.
    Exactly(String),
    /// Other signs, with blanks or without: `H&M`.
    Signs(String),
    /// A sign of a sentence before a blank, which may be left out: `Dr. Oetker`.
    Perhaps(String),
}

/// Why something is no term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It has no letters, digits or emoji.
    Nothing,
    /// It is a link.
    Link,
    /// It has too many words.
    Long,
    /// It is the beginning of nearly everything.
    Short,
}

/// Whether a character is of a script that does not divide words by spaces.
pub(super) fn is_running(c: char) -> bool {
    matches!(Script::of(c), Script::Han | Script::Kana | Script::Thai | Script::Hangul)
        || matches!(c as u32, 0xE80..=0xEFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x1950..=0x19DF)
}

pub(super) const fn is_silent(kind: Kind) -> bool {
    matches!(kind, Kind::Stop | Kind::Pause | Kind::Slash)
}

/// Signs that say nothing between words: blanks, hyphens, quotes, marks of emphasis.
const fn is_plain(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{A0}' | '\u{202F}' | '\u{2009}' | '\u{3000}' | '-' | '\u{2010}'..='\u{2015}')
        || matches!(c, '"' | '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{AB}' | '\u{BB}' | '*' | '_' | '~' | '\u{A1}' | '\u{BF}')
        || is_invisible(c)
        || is_apostrophe(c)
}

const fn ends_sentence(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | ',' | ':' | ';' | '\u{2026}')
}

impl Term {
    /// The term of a text; `exact` for this case and these forms only, `prefix` for every word that
    /// begins like its last one.
    ///
    /// # Errors
    /// When there is nothing in it that can be looked for.
    pub fn new(text: &str, exact: bool, prefix: bool) -> Result<Self, Fault> {
        let text = text.trim();
        let mut term =
            Self { text: text.to_owned(), exact, prefix, sort: Sort::Plain, pieces: Vec::new(), lead: String::new(), trail: String::new() };
        if let Some(body) = text.strip_prefix('#').filter(|body| !body.is_empty() && body.chars().all(|c| c.is_alphanumeric() || c == '_'))
        {
            return term.tag(body);
        }
        if text.chars().any(is_running) {
            term.sort = Sort::Running;
            term.pieces.push(Piece::whole(text, text.to_lowercase()));
            return Ok(term);
        }
        term.cut()?;
        Ok(term)
    }

    fn tag(mut self, body: &str) -> Result<Self, Fault> {
        let folded = Folded::tag(body).filter(|folded| folded.as_bytes().len() > 1).ok_or(Fault::Nothing)?;
        if self.prefix && folded.as_bytes().len() < 3 {
            return Err(Fault::Short);
        }
        self.sort = Sort::Tag;
        self.pieces.push(Piece::whole(&self.text, folded.as_str().to_owned()));
        Ok(self)
    }

    fn cut(&mut self) -> Result<(), Fault> {
        let tokens = Tokens::from_text(&self.text);
        let mut end = None;
        for token in tokens.as_slice().iter().filter(|token| !is_silent(token.kind)) {
            if token.kind == Kind::Link {
                return Err(Fault::Link);
            }
            let between = self.text.get(end.unwrap_or(0)..token.start as usize).unwrap_or("");
            let gap = if end.is_none() { Gap::Plain } else { Gap::of(between) };
            if end.is_none() {
                self.lead = between.chars().filter(|&c| !is_plain(c) && !matches!(c, '(' | ')' | '[' | ']')).collect();
            }
            self.pieces.push(Piece::of(token, &self.text, gap)?);
            end = Some(token.end as usize);
        }
        let rest = self.text.get(end.ok_or(Fault::Nothing)?..).unwrap_or("");
        self.trail = rest.chars().filter(|&c| !is_plain(c) && !ends_sentence(c) && !matches!(c, '(' | ')' | '[' | ']')).collect();
        if self.pieces.len() > MOST_PIECES {
            return Err(Fault::Long);
        }
        if self.prefix && self.pieces.last().is_some_and(|last| last.folded.trim_start_matches('@').chars().count() < 2) {
            return Err(Fault::Short);
        }
        if let [only] = self.pieces.as_slice()
            && only.kind == Kind::Handle
        {
            self.sort = Sort::Handle;
        }
        Ok(())
    }

    /// The term as it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Keys of its last word: in all its forms, if forms are added.
    pub(super) fn endings(&self) -> Vec<Key> {
        match self.pieces.last() {
            Some(last) if self.adds_forms() && last.kind == Kind::Word => forms(&last.folded),
            Some(last) => vec![last.key],
            None => Vec::new(),
        }
    }

    /// Whether other forms of the name are meant too.
    pub(super) fn adds_forms(&self) -> bool {
        self.sort == Sort::Plain && !self.exact && !self.prefix && self.lead.is_empty() && self.trail.is_empty()
    }

    /// Its name as a handle or hashtag, without the sign; empty when it has none.
    pub(super) fn joined(&self) -> String {
        match self.sort {
            Sort::Handle | Sort::Tag => {
                self.pieces.first().map_or(String::new(), |piece| piece.folded.trim_start_matches(['@', '#']).to_owned())
            }
            Sort::Plain if self.adds_forms() => compact(&self.text),
            Sort::Plain | Sort::Running => String::new(),
        }
    }

    /// Its name as a handle that writes blanks as `_`; none if there are none.
    pub(super) fn underscored(&self) -> Option<String> {
        let words: Vec<&str> = self.pieces.iter().map(|piece| piece.folded.as_str()).collect();
        let name = words.join("_");
        let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        (plain && name.contains('_') && self.sort == Sort::Plain && self.adds_forms()).then_some(name)
    }

    /// Whether `other` has a place wherever this one has, within it: `apple pie` holds `apple`.
    pub(super) fn holds(&self, other: &Self) -> bool {
        let named = matches!(self.sort, Sort::Handle | Sort::Tag);
        if named || other.sort == Sort::Handle || other.sort == Sort::Tag {
            let (this, that) = (self.joined(), other.joined());
            let same_sign = self.sort == other.sort || other.sort == Sort::Plain;
            return named && same_sign && !that.is_empty() && (this == that || other.prefix && this.starts_with(&that));
        }
        if self.sort == Sort::Running || other.sort == Sort::Running {
            return self.text.to_lowercase().contains(&other.text.to_lowercase());
        }
        let endings = other.endings();
        let Some((last, before)) = other.pieces.split_last() else { return false };
        self.pieces.windows(other.pieces.len()).any(|window| {
            let Some((end, begin)) = window.split_last() else { return false };
            let ends = endings.contains(&end.key) || other.prefix && end.folded.starts_with(&last.folded);
            ends && begin.iter().zip(before).all(|(one, two)| one.key == two.key)
        })
    }
}

impl Piece {
    fn whole(text: &str, folded: String) -> Self {
        Self { text: text.to_owned(), key: Key::of(folded.as_bytes()), folded, kind: Kind::Word, gap: Gap::Plain }
    }

    fn of(token: &Token, text: &str, gap: Gap) -> Result<Self, Fault> {
        let written = token.of(text);
        let folded = match token.key.bytes() {
            Some((bytes, length)) => bytes.get(..length).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("").to_owned(),
            None => Folded::of(written).ok_or(Fault::Long)?.as_str().to_owned(),
        };
        Ok(Self { text: written.to_owned(), folded, key: token.key, kind: token.kind, gap })
    }

    /// Whether a token stands here exactly as written; apostrophes are all one.
    pub(super) fn is_exactly(&self, written: &str, prefix: bool) -> bool {
        let same = |(a, b): (char, char)| a == b || is_apostrophe(a) && is_apostrophe(b);
        let mut others = written.chars();
        self.text.chars().all(|c| others.next().is_some_and(|other| same((c, other)))) && (prefix || others.next().is_none())
    }
}

impl Gap {
    fn of(between: &str) -> Self {
        let signs: String = between.chars().filter(|&c| !is_plain(c)).collect();
        if signs.is_empty() {
            return Self::Plain;
        }
        if !signs.chars().all(ends_sentence) {
            return Self::Signs(signs);
        }
        if between.ends_with(char::is_whitespace) { Self::Perhaps(signs) } else { Self::Exactly(between.to_owned()) }
    }

    /// Whether what stands between two words of a text is what the phrase has there.
    pub(super) fn fits(&self, between: &str) -> bool {
        if between.len() > WIDEST_GAP {
            return false;
        }
        let mut signs = between.chars().filter(|&c| !is_plain(c));
        match self {
            Self::Plain => signs.all(|c| c == '#'),
            Self::Exactly(text) => between == text,
            Self::Signs(text) => signs.eq(text.chars()),
            Self::Perhaps(text) => signs.clone().next().is_none() || signs.eq(text.chars()),
        }
    }
}
