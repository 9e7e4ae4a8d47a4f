//! The words of a query. In: the query. Out: [`Lexeme`]s with their bytes. Separate because quotes,
//! signs and operators are told apart here, so that the parser sees nothing but their order.

use super::{Condition, SyntaxError};
use std::ops::Range;

/// What a query is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lexeme {
    /// A word as it stands.
    Word(Written),
    /// What stood in quotes.
    Quoted(Written),
    /// `author:ann`.
    Field(Condition),
    /// `AND`.
    And,
    /// `OR`.
    Or,
    /// `NOT` or `-`.
    Not,
    /// `!` before something.
    Bang,
    /// `NEAR/5`.
    Near(u32),
    /// `(`.
    Open,
    /// `)`.
    Close,
    /// `,`.
    Comma,
    /// Nothing more.
    End,
}

/// Words with the signs behind them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub text: String,
    /// `!`: only in this case.
    pub exact: bool,
    /// `*`: only the beginning.
    pub prefix: bool,
}

/// Where a lexeme stands.
pub type Spot = Range<usize>;

/// Most words between those of NEAR.
const FARTHEST: u32 = 1000;

/// The lexemes of a query, one at a time.
pub struct Lexer<'q> {
    text: &'q str,
    at: usize,
}

const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{AB}')
}

/// Whether `c` closes what `open` opened; word processors turn quotes as they like.
const fn closes(open: char, c: char) -> bool {
    if open == '\u{AB}' { c == '\u{BB}' } else { matches!(c, '"' | '\u{201C}' | '\u{201D}') }
}

const fn ends_word(c: char) -> bool {
    matches!(c, '(' | ')' | ',' | '\u{FF0C}') || is_quote(c)
}

impl<'q> Lexer<'q> {
    pub const fn new(text: &'q str) -> Self {
        Self { text, at: 0 }
    }

    fn rest(&self) -> &'q str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// The next lexeme.
    pub fn next(&mut self) -> Result<(Lexeme, Spot), SyntaxError> {
        let skipped = self.rest().len() - self.rest().trim_start().len();
        self.at += skipped;
        let start = self.at;
        let mut chars = self.rest().chars();
        let Some(c) = chars.next() else { return Ok((Lexeme::End, start..start)) };
        let goes_on = chars.next().is_some_and(|next| !next.is_whitespace() && !matches!(next, ')' | ','));
        let sign = match c {
            '(' => Some(Lexeme::Open),
            ')' => Some(Lexeme::Close),
            ',' | '\u{FF0C}' => Some(Lexeme::Comma),
            '-' if goes_on => Some(Lexeme::Not),
            '!' if goes_on => Some(Lexeme::Bang),
            _ => None,
        };
        let lexeme = match sign {
            Some(sign) => {
                self.at += c.len_utf8();
                sign
            }
            None if is_quote(c) => self.quoted(c)?,
            None => self.word()?,
        };
        Ok((lexeme, start..self.at))
    }

    /// Text in quotes, and what stands right behind it.
    fn quoted(&mut self, open: char) -> Result<Lexeme, SyntaxError> {
        let start = self.at;
        let text = self.text_in_quotes(open)?;
        if text.trim().is_empty() {
            return Err(SyntaxError::new(
                start..self.at,
                "found nothing in quotes, expected a phrase",
                "write the words between the quotes",
            ));
        }
        if self.rest().starts_with(':') {
            self.at += 1;
            return self.value(start, text);
        }
        let prefix = self.take('*');
        let exact = self.take('!');
        Ok(Lexeme::Quoted(Written { text: text.to_owned(), exact, prefix }))
    }

    fn text_in_quotes(&mut self, open: char) -> Result<&'q str, SyntaxError> {
        let start = self.at;
        let inner = self.rest().get(open.len_utf8()..).unwrap_or("");
        let Some((length, close)) = inner.char_indices().find(|&(_, c)| closes(open, c)) else {
            let close = if open == '"' {
                '"'
            } else if open == '\u{AB}' {
                '\u{BB}'
            } else {
                '\u{201D}'
            };
            let message = format!("found {open} without its end, expected {close} behind the phrase");
            self.at = self.text.len();
            return Err(SyntaxError::new(start..start + open.len_utf8(), message, format!("close the phrase with {close}")));
        };
        self.at += open.len_utf8() + length + close.len_utf8();
        Ok(inner.get(..length).unwrap_or(""))
    }

    fn take(&mut self, sign: char) -> bool {
        let there = self.rest().starts_with(sign);
        self.at += usize::from(there) * sign.len_utf8();
        there
    }

    /// The value behind `name:`.
    fn value(&mut self, start: usize, name: &str) -> Result<Lexeme, SyntaxError> {
        let value = match self.rest().chars().next() {
            Some(c) if is_quote(c) => self.text_in_quotes(c)?,
            _ => self.until_end_of_word(),
        };
        if value.trim().is_empty() {
            let message = format!("found no value behind {name}:, expected what stands in that column");
            return Err(SyntaxError::new(start..self.at, message, format!("write {name}:VALUE without a blank, or quotes around {name}:")));
        }
        Ok(Lexeme::Field(Condition::new(name.trim(), value.trim())))
    }

    fn until_end_of_word(&mut self) -> &'q str {
        let rest = self.rest();
        let length = rest.find(|c: char| c.is_whitespace() || ends_word(c)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or("")
    }

    fn word(&mut self) -> Result<Lexeme, SyntaxError> {
        let start = self.at;
        let word = self.until_end_of_word();
        match word {
            "AND" => return Ok(Lexeme::And),
            "OR" => return Ok(Lexeme::Or),
            "NOT" => return Ok(Lexeme::Not),
            "&&" | "||" | "&" | "|" | "+" => {
                let message = format!("found {word}, expected AND, OR or a word");
                let meant = if word.starts_with('|') { "OR" } else { "AND" };
                return Err(SyntaxError::new(start..self.at, message, format!("write {meant}")));
            }
            _ => {}
        }
        if let Some(number) = word.strip_prefix("NEAR").filter(|rest| rest.is_empty() || rest.starts_with('/')) {
            return match number.get(1..).and_then(|number| number.parse().ok()).filter(|number| *number <= FARTHEST) {
                Some(number) => Ok(Lexeme::Near(number)),
                None => Err(SyntaxError::new(
                    start..self.at,
                    format!("found {word}, expected NEAR/ and how many words may stand between, at most {FARTHEST}"),
                    "write NEAR/5, or \"NEAR\" in quotes for the word",
                )),
            };
        }
        if let Some((name, _)) = word.split_once(':').filter(|(name, _)| is_name(name)) {
            self.at = start + name.len() + 1;
            if self.rest().starts_with("//") {
                self.until_end_of_word();
                return Err(link(start..self.at));
            }
            return self.value(start, name);
        }
        let (text, exact) = word.strip_suffix('!').map_or((word, false), |text| (text, true));
        let (text, prefix) = text.strip_suffix('*').map_or((text, false), |text| (text, true));
        Ok(Lexeme::Word(Written { text: text.to_owned(), exact, prefix }))
    }
}

/// What is said of a link.
pub fn link(spot: Spot) -> SyntaxError {
    SyntaxError::new(
        spot,
        "found a link, expected a word: links in texts are not looked into",
        "write the name, or a column such as url:*acme*",
    )
}

/// Whether something before `:` may be the name of a column.
fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '/'))
}
