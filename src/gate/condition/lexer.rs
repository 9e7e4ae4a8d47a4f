//! The words of a condition. In: the condition. Out: [`Lexeme`]s with their bytes. Separate because names
//! and files, which may hold any sign, are told from words here, so that the parser sees only their order.

use super::Sign;
use crate::mention::query::SyntaxError;
use std::ops::Range;

/// What a condition is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Lexeme<'c> {
    /// A word.
    Word(&'c str),
    /// A word with a colon behind it, whose name follows.
    Scope(&'c str),
    /// A number.
    Number(f64),
    /// `>`, `>=`, `<` or `<=`.
    Sign(Sign),
    /// `%`.
    Percent,
    /// `(`.
    Open,
    /// `)`.
    Close,
    /// `=`, `==` or `!=`.
    Equals,
    /// Anything else.
    Strange,
    /// Nothing more.
    End,
}

/// Where a lexeme stands.
pub type Spot = Range<usize>;

/// The lexemes of a condition, one at a time.
#[derive(Clone, Copy)]
pub struct Lexer<'c> {
    text: &'c str,
    at: usize,
}

/// Signs, longer ones before those they begin with.
const SIGNS: [(&str, Lexeme<'static>); 16] = [
    (">=", Lexeme::Sign(Sign::AtLeast)),
    ("=>", Lexeme::Sign(Sign::AtLeast)),
    ("\u{2265}", Lexeme::Sign(Sign::AtLeast)),
    ("<=", Lexeme::Sign(Sign::AtMost)),
    ("=<", Lexeme::Sign(Sign::AtMost)),
    ("\u{2264}", Lexeme::Sign(Sign::AtMost)),
    (">", Lexeme::Sign(Sign::More)),
    ("<", Lexeme::Sign(Sign::Less)),
    ("==", Lexeme::Equals),
    ("!=", Lexeme::Equals),
    ("=", Lexeme::Equals),
    ("%", Lexeme::Percent),
    ("(", Lexeme::Open),
    (")", Lexeme::Close),
    (":", Lexeme::Strange),
    ("!", Lexeme::Strange),
];

const QUOTES: [char; 5] = ['"', '\u{201C}', '\u{201D}', '\u{201E}', '\u{AB}'];

fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>' | '=' | '!' | '%' | ':' | '\u{2264}' | '\u{2265}') || QUOTES.contains(&c)
}

fn begins_number(rest: &str) -> bool {
    rest.trim_start_matches(['+', '-', '\u{2212}', '.']).starts_with(|c: char| c.is_ascii_digit())
        && rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '\u{2212}' | '.'))
}

impl<'c> Lexer<'c> {
    pub const fn new(text: &'c str) -> Self {
        Self { text, at: 0 }
    }

    fn rest(&self) -> &'c str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// Takes what ends before the first sign of `end`.
    fn until(&mut self, end: impl Fn(char) -> bool) -> &'c str {
        let rest = self.rest();
        let length = rest.find(end).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or("")
    }

    /// The next lexeme.
    pub fn next(&mut self) -> Result<(Lexeme<'c>, Spot), SyntaxError> {
        self.until(|c| !c.is_whitespace());
        let start = self.at;
        let rest = self.rest();
        let Some(c) = rest.chars().next() else { return Ok((Lexeme::End, start..start)) };
        if let Some((sign, lexeme)) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign)) {
            self.at += sign.len();
            return Ok((*lexeme, start..self.at));
        }
        if begins_number(rest) {
            return self.number().map(|number| (Lexeme::Number(number), start..self.at));
        }
        if QUOTES.contains(&c) {
            self.at += c.len_utf8();
            return Ok((Lexeme::Strange, start..self.at));
        }
        let word = self.until(ends_word);
        if self.rest().starts_with(':') {
            self.at += 1;
            return Ok((Lexeme::Scope(word), start..self.at));
        }
        Ok((Lexeme::Word(word), start..self.at))
    }

    fn number(&mut self) -> Result<f64, SyntaxError> {
        let start = self.at;
        let sign = self.until(|c| !matches!(c, '+' | '-' | '\u{2212}'));
        let digits = self.until(|c| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '_'));
        let number = format!("{}{digits}", sign.replace('\u{2212}', "-"));
        number.parse().map_err(|_| {
            let advice = match digits.replace(',', ".").parse::<f64>() {
                Ok(_) => format!("write {}", number.replace(',', ".")),
                Err(_) => "write digits with at most one stop: 2.5".to_owned(),
            };
            SyntaxError { range: start..self.at, message: format!("found {sign}{digits}, expected a number"), advice }
        })
    }

    /// The name or file that follows right here: in quotes, or up to a blank or one of `ends`.
    pub fn raw(&mut self, ends: &[char]) -> Result<(&'c str, Spot), SyntaxError> {
        let start = self.at;
        let Some(open) = self.rest().chars().next().filter(|c| QUOTES.contains(c)) else {
            let name = self.until(|c| c.is_whitespace() || ends.contains(&c));
            return Ok((name, start..self.at));
        };
        self.at += open.len_utf8();
        let inside = self.until(|c| if open == '\u{AB}' { c == '\u{BB}' } else { matches!(c, '"' | '\u{201C}' | '\u{201D}') });
        let Some(close) = self.rest().chars().next() else {
            let range = start..start + open.len_utf8();
            let message = format!("found {open} without its end, expected the same sign behind the name");
            return Err(SyntaxError { range, message, advice: "close the name with quotes".to_owned() });
        };
        self.at += close.len_utf8();
        Ok((inside.trim(), start..self.at))
    }

    /// Goes over blanks.
    pub fn skip_blanks(&mut self) {
        self.until(|c| !c.is_whitespace());
    }
}
