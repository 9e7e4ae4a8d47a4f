//! Terms to the words that texts meet them by. In: a term. Out: the keys of its words. Separate because
//! terms must be cut as texts are, and nearly all of them can be cut without the tokenizer.

use crate::text::{Key, Kind, Token, Tokens};

/// How a term names any negator.
const NOT: &str = "NOT";

/// A term cut into words. Its memory is reused.
#[derive(Default)]
pub struct Cut {
    tokens: Tokens,
    /// The keys of its words, none for any negator.
    pub steps: Vec<Option<Key>>,
    /// Their nodes.
    pub words: Vec<u32>,
}

impl Cut {
    /// Cuts a term; whether a text can meet it.
    pub fn read(&mut self, term: &str) -> bool {
        self.steps.clear();
        if self.read_plain(term).is_some() {
            return true;
        }
        self.steps.clear();
        self.tokens.read(term);
        self.steps.extend(self.tokens.as_slice().iter().map(|token| (token.of(term) != NOT).then_some(token.key)));
        is_reachable(term, self.tokens.as_slice())
    }

    /// Cuts a term of short lower-case words with single blanks between them, as nearly all are: what
    /// the tokenizer makes of those is known, and it is made for long texts.
    fn read_plain(&mut self, term: &str) -> Option<()> {
        let (mut halves, mut len) = ([0u64; 2], 0);
        for &b in term.as_bytes().iter().chain(b" ") {
            match b {
                b'a'..=b'z' if len < 15 => {
                    halves[len / 8] |= u64::from(b) << (len % 8 * 8);
                    len += 1;
                }
                b' ' if len > 0 => {
                    self.steps.push(Some(Key::short(halves[0], halves[1], len)));
                    (halves, len) = ([0; 2], 0);
                }
                _ => return None,
            }
        }
        Some(())
    }
}

/// Whether the tokens hold every sign of the term but those that mean nothing, and not only stops.
pub fn is_reachable(term: &str, tokens: &[Token]) -> bool {
    let mut rest = 0;
    let silent = |gap: &str| gap.chars().all(|c| matches!(c, ' ' | '-' | '#' | '\'' | '"'));
    let gapless = tokens.iter().all(|token| {
        let gap = term.get(rest..token.start as usize).unwrap_or("?");
        rest = token.end as usize;
        silent(gap)
    });
    let says_something = tokens.iter().any(|token| !token.ends_clause() && !matches!(token.kind, Kind::Slash | Kind::Link));
    gapless && silent(term.get(rest..).unwrap_or("?")) && says_something
}
