//! Writing systems. In: letters beyond ASCII. Out: how many letters of each script a text has.
//! Separate because a script settles the language of many texts at no cost.

/// A writing system, told from one letter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Script {
    /// Latin letters, with or without accents.
    Latin,
    /// Cyrillic.
    Cyrillic,
    /// Greek.
    Greek,
    /// Arabic and its extensions.
    Arabic,
    /// Hebrew.
    Hebrew,
    /// Devanagari.
    Devanagari,
    /// Thai.
    Thai,
    /// Hangul, for Korean.
    Hangul,
    /// Hiragana and Katakana, for Japanese.
    Kana,
    /// Chinese characters, also used in Japanese.
    Han,
    /// Any other letters.
    Other,
}

/// Number of scripts that are told apart.
const SCRIPTS: usize = Script::Other as usize + 1;

impl Script {
    /// The script of a letter.
    #[must_use]
    pub const fn of(letter: char) -> Self {
        match letter as u32 {
            0..=0x24F | 0x1E00..=0x1EFF | 0xFB00..=0xFB06 | 0xFF21..=0xFF5A => Self::Latin,
            0x370..=0x3FF | 0x1F00..=0x1FFF => Self::Greek,
            0x400..=0x52F => Self::Cyrillic,
            0x590..=0x5FF => Self::Hebrew,
            0x600..=0x6FF | 0x750..=0x77F | 0x8A0..=0x8FF | 0xFB50..=0xFDFF | 0xFE70..=0xFEFF => Self::Arabic,
            0x900..=0x97F => Self::Devanagari,
            0xE00..=0xE7F => Self::Thai,
            0x1100..=0x11FF | 0x3130..=0x318F | 0xAC00..=0xD7AF => Self::Hangul,
            0x3040..=0x30FF | 0x31F0..=0x31FF | 0xFF66..=0xFF9D => Self::Kana,
            0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF => Self::Han,
            _ => Self::Other,
        }
    }

    /// The language that a text in this script is most likely in, as ISO 639-1; `und` when the
    /// script alone does not tell.
    #[must_use]
    pub const fn language(self) -> &'static str {
        match self {
            Self::Cyrillic => "ru",
            Self::Greek => "el",
            Self::Arabic => "ar",
            Self::Hebrew => "he",
            Self::Devanagari => "hi",
            Self::Thai => "th",
            Self::Hangul => "ko",
            Self::Kana => "ja",
            Self::Han => "zh",
            Self::Latin | Self::Other => "und",
        }
    }
}

/// Letters beyond ASCII seen per script. One letter of an ideographic script counts for three: it says as much.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub struct ScriptCount([u32; SCRIPTS]);

impl ScriptCount {
    /// Counts a letter beyond ASCII.
    #[inline]
    pub const fn add(&mut self, script: Script) {
        let weight = if matches!(script, Script::Han | Script::Kana | Script::Hangul) { 3 } else { 1 };
        let at = script as usize;
        self.0[at] = self.0[at].saturating_add(weight);
    }

    /// The script, other than Latin, that most letters of `text` are in; none if Latin letters prevail
    /// or there are no letters. A tenth of Kana makes a text Japanese, whatever its share of Chinese
    /// characters. ASCII letters are counted only here, when there are others to weigh them against.
    #[must_use]
    pub fn foreign(&self, text: &str) -> Option<Script> {
        const ALL: [Script; SCRIPTS - 1] = [
            Script::Cyrillic,
            Script::Greek,
            Script::Arabic,
            Script::Hebrew,
            Script::Devanagari,
            Script::Thai,
            Script::Hangul,
            Script::Kana,
            Script::Han,
            Script::Other,
        ];
        let count = |script: Script| self.0[script as usize];
        let east = count(Script::Kana) + count(Script::Han);
        let total: u32 = ALL.iter().fold(0u32, |sum, &s| sum.saturating_add(count(s)));
        if total == 0 {
            return None;
        }
        let ascii = u32::try_from(text.bytes().filter(u8::is_ascii_alphabetic).count()).unwrap_or(u32::MAX);
        if total <= count(Script::Latin).saturating_add(ascii) {
            return None;
        }
        let most = ALL.into_iter().max_by_key(|&s| count(s))?;
        let japanese = matches!(most, Script::Han | Script::Kana) && count(Script::Kana).saturating_mul(10) >= east;
        Some(if japanese { Script::Kana } else { most })
    }
}
