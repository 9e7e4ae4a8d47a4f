//! One record to one analysis. In: title, text and stated language. Out: score, or why there is none.
//! Separate because it is the pure function that all threads share: same record, same answer.

use crate::extract::{self, Unwrapped, extract};
use crate::lexicon::{Lexicon, Reading, TELLING};
use crate::score::irony::{Cues, cues};
use crate::score::{Hits, Score, score};

/// Least evidence of a foreign language: a word that is in no other, and one that it shares with ours.
const EVIDENCE: u32 = 3;

/// Codes by which platforms say that they do not know.
const UNDETERMINED: [&str; 7] = ["", "und", "zxx", "qme", "qht", "qam", "unknown"];

/// Memory of one thread.
#[derive(Default)]
pub struct Scratch {
    reading: Reading,
    hits: Hits,
    title: Unwrapped,
    text: Unwrapped,
    joined: String,
}

impl Scratch {
    /// Scratch memory that keeps a record of every step.
    #[must_use]
    pub fn tracing() -> Self {
        Self { hits: Hits::tracing(), ..Self::default() }
    }

    /// The text last analysed, as units.
    #[must_use]
    pub const fn reading(&self) -> &Reading {
        &self.reading
    }

    /// The opinions of the text last analysed.
    #[must_use]
    pub const fn hits(&self) -> &Hits {
        &self.hits
    }
}

/// What came of a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// A score.
    Scored(Score),
    /// No score: there is no text.
    NoText,
    /// No score: no lexicon for its language.
    NoLexicon,
}

/// The analysis of one record.
#[derive(Clone, Copy, Debug)]
pub struct Analysis<'a> {
    /// Title and text as they were scored: as written, without what platforms wrapped around them.
    pub text: &'a str,
    /// Code of the language; `und` when it cannot be told.
    pub language: &'a str,
    /// Score, or why not.
    pub outcome: Outcome,
    /// The text as units; of the record before when there is no score.
    pub reading: &'a Reading,
    /// Its opinions; of the record before when there is no score.
    pub hits: &'a Hits,
}

impl Analysis<'_> {
    /// The signs of irony it shows; none without a score.
    #[must_use]
    pub fn irony(&self) -> Cues {
        match self.outcome {
            Outcome::Scored(_) => cues(self.language, self.text, self.reading, self.hits),
            Outcome::NoText | Outcome::NoLexicon => Cues::default(),
        }
    }
}

/// A text that was read: its language and the lexicon of that; or why there is no score.
type Read<'a> = Result<(&'a str, &'a Lexicon), (&'a str, Outcome)>;

/// Scores records, each with the lexicon of its language.
#[derive(Clone, Debug)]
pub struct Analyzer {
    lexicons: Vec<Lexicon>,
    language: Option<String>,
}

impl Analyzer {
    /// An analyzer; the first lexicon is for texts that do not tell their language. `language`, if
    /// given, is the language of all records.
    #[must_use]
    pub const fn new(lexicons: Vec<Lexicon>, language: Option<String>) -> Self {
        Self { lexicons, language }
    }

    /// The lexicons.
    #[must_use]
    pub fn lexicons(&self) -> &[Lexicon] {
        &self.lexicons
    }

    /// The lexicon of a language.
    #[must_use]
    pub fn lexicon_of(&self, code: &str) -> Option<&Lexicon> {
        self.lexicons.get(self.place_of(code)?)
    }

    /// The place of the lexicon of a language among [`Analyzer::lexicons`].
    #[must_use]
    pub fn place_of(&self, code: &str) -> Option<usize> {
        self.lexicons.iter().position(|lexicon| lexicon.covered().iter().any(|known| known.eq_ignore_ascii_case(code)))
    }

    /// Analyses a record: title and text as they were exported, and the language stated for them. Of a
    /// post with its translation, the one that can be scored counts.
    pub fn analyze<'a>(
        &'a self,
        title: Option<&'a str>,
        text: Option<&'a str>,
        stated: Option<&'a str>,
        scratch: &'a mut Scratch,
    ) -> Analysis<'a> {
        let Scratch { reading, hits, title: first, text: second, joined } = scratch;
        let speaks = |code: &str| self.lexicon_of(code).is_some();
        let title = title.map(|title| extract(title, &speaks, first).text);
        let text = text.map(|text| extract(text, &speaks, second));
        let translated = text.and_then(|text| text.language);
        let text = whole_text(title, text.map(|text| text.text), joined);
        let stated = self.language.as_deref().or(translated).or(stated).map(main_language).filter(|code| !UNDETERMINED.contains(code));
        let language = match stated {
            _ if text.is_empty() => Err(("und", Outcome::NoText)),
            Some(code) => self.read_as(code, text, reading),
            None => self.read(text, reading),
        };
        let (language, outcome) = match language {
            Ok((language, lexicon)) => (language, Outcome::Scored(score(lexicon.weights(), reading, text, hits))),
            Err(unscored) => unscored,
        };
        Analysis { text, language, outcome, reading, hits }
    }

    /// Reads a text in a language that is known.
    fn read_as<'a>(&'a self, code: &'a str, text: &str, reading: &mut Reading) -> Read<'a> {
        let lexicon = self.lexicon_of(code).ok_or((code, Outcome::NoLexicon))?;
        lexicon.read(text, reading);
        Ok((code, lexicon))
    }

    /// Reads a text in the language it tells, or in the first one when it tells none.
    fn read<'a>(&'a self, text: &str, reading: &mut Reading) -> Read<'a> {
        let home = self.lexicons.first().ok_or(("und", Outcome::NoLexicon))?;
        home.read(text, reading);
        match foreign(home, reading, text) {
            Some(code) => self.read_as(code, text, reading),
            None => Ok((home.covered().first().map_or("und", String::as_str), home)),
        }
    }
}

/// The language of a text that is not in that of `home`: by its script, or by words of another
/// language that outnumber those at home.
fn foreign<'a>(home: &'a Lexicon, reading: &Reading, text: &str) -> Option<&'a str> {
    if let Some(script) = reading.tokens().scripts().foreign(text) {
        return Some(script.language());
    }
    let (index, evidence) = reading.foreign()?;
    let clear = evidence >= EVIDENCE && evidence > reading.home_words() * u32::from(TELLING);
    #[allow(clippy::cast_possible_truncation)] // at most MOST_LANGUAGES
    clear.then(|| home.languages().code(index as u8))
}

/// `en` of `en-US` and `EN_us`.
fn main_language(code: &str) -> &str {
    code.split(['-', '_']).next().unwrap_or("").trim()
}

/// Title and text as one; only the longer if it begins with the other, which may have been cut short.
fn whole_text<'a>(title: Option<&'a str>, text: Option<&'a str>, joined: &'a mut String) -> &'a str {
    match (title, text) {
        (None, None) => "",
        (Some(one), None) | (None, Some(one)) => one,
        (Some(title), Some(text)) if text.starts_with(extract::without_tail(title)) => text,
        (Some(title), Some(text)) if text.len() < title.len() && cut_short(text).is_some_and(|head| title.starts_with(head)) => title,
        (Some(title), Some(text)) => {
            joined.clear();
            joined.push_str(title);
            joined.push('\n');
            joined.push_str(text);
            joined
        }
    }
}

/// The beginning of a text that says that it was cut.
fn cut_short(text: &str) -> Option<&str> {
    Some(extract::without_tail(text)).filter(|head| !head.is_empty() && (text.ends_with('…') || text.ends_with("...")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{builtin, format};

    fn outcome(text: &str, stated: Option<&str>) -> (String, Outcome) {
        let analyzer = Analyzer::new(vec![builtin::lexicon().unwrap()], None);
        let mut scratch = Scratch::default();
        let analysis = analyzer.analyze(None, Some(text), stated, &mut scratch);
        (analysis.language.to_owned(), analysis.outcome)
    }

    #[test]
    fn a_language_without_lexicon_is_unscored_and_never_neutral() {
        for (text, stated, language) in [
            ("とても良い製品です", None, "ja"),
            ("很好用", None, "zh"),
            ("정말 좋아요", None, "ko"),
            ("Отличный товар", None, "ru"),
            ("Die Lieferung war sehr schnell und ich bin wirklich zufrieden", None, "de"),
            ("El servicio es muy bueno pero la comida no está bien", None, "es"),
            ("great product", Some("fr"), "fr"),
        ] {
            assert_eq!(outcome(text, stated), (language.to_owned(), Outcome::NoLexicon), "{text}");
        }
    }

    #[test]
    fn english_is_scored_whatever_it_is_mixed_with() {
        for text in ["lol nice", "great 👍", "Très good coffee, I love it", "ok", "@user http://x.co", "12345"] {
            assert!(matches!(outcome(text, None).1, Outcome::Scored(_)), "{text}");
        }
        assert!(matches!(outcome("great", Some("en-US")).1, Outcome::Scored(_)));
        assert_eq!(outcome("", None).1, Outcome::NoText);
    }

    #[test]
    fn a_second_lexicon_scores_its_own_language() {
        let german = format::read("de.tsv", "# earful-lexicon: 1\n# language: de\n\nzufrieden\t2\nnicht\tnegator\n").unwrap();
        let text = "Die Lieferung war schnell und ich bin wirklich zufrieden";
        let both = builtin::sheets().unwrap().into_iter().chain([german.clone()]).collect();
        for (sheets, english) in [(both, true), (vec![german], false)] {
            let analyzer = Analyzer::new(Lexicon::compile_each(sheets, &builtin::languages(), &[]).unwrap(), None);
            let mut scratch = Scratch::default();
            let analysis = analyzer.analyze(None, Some(text), None, &mut scratch);
            assert_eq!(analysis.language, "de");
            assert!(matches!(analysis.outcome, Outcome::Scored(score) if score.score > 0));
            let analysis = analyzer.analyze(None, Some("They said that it would be here and it was not"), None, &mut scratch);
            assert_eq!((analysis.language, matches!(analysis.outcome, Outcome::Scored(_))), ("en", english));
        }
    }

    #[test]
    fn title_and_text_are_scored_together_but_once() {
        let mut joined = String::new();
        assert_eq!(whole_text(Some("Bad"), Some("It broke"), &mut joined), "Bad\nIt broke");
        for title in ["It broke…", "It broke...", "It broke", "It broke… Read more", "It broke...See more", "..."] {
            assert_eq!(whole_text(Some(title), Some("It broke after a day"), &mut joined), "It broke after a day", "{title}");
        }
        assert_eq!(whole_text(Some("It broke after a day"), Some("It broke…"), &mut joined), "It broke after a day");
        assert_eq!(whole_text(Some("More"), Some("It broke"), &mut joined), "More\nIt broke");
    }
}
