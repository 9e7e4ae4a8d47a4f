//! The order of a query. In: its lexemes. Out: an [`Expr`]. Separate because precedence is one idea:
//! each operator has a binding power, and what binds more is read first (Pratt, 1973).

use super::lexer::{Lexeme, Lexer, Spot, Written, link};
use super::{DEEPEST, Expr, SyntaxError};
use crate::mention::Term;
use crate::mention::term::Fault;

/// How much operators bind.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Power {
    Comma,
    Or,
    And,
    Near,
}

/// Understands a query.
pub fn parse(text: &str) -> Result<Expr, SyntaxError> {
    let mut lexer = Lexer::new(text);
    let ahead = lexer.next()?;
    let mut parser = Parser { text, lexer, ahead, depth: 0 };
    if parser.ahead.0 == Lexeme::End {
        return Err(SyntaxError::new(
            0..text.len(),
            "found an empty query, expected a word",
            "write what to look for: acme, \"acme corp\", @acme",
        ));
    }
    let expr = parser.expression(Power::Comma)?;
    match parser.ahead {
        (Lexeme::End, _) => Ok(expr),
        (_, spot) => Err(SyntaxError::new(spot, "found ) without its (, expected the end", "take it away, or write ( before")),
    }
}

struct Parser<'q> {
    text: &'q str,
    lexer: Lexer<'q>,
    ahead: (Lexeme, Spot),
    depth: usize,
}

impl Parser<'_> {
    /// Takes the lexeme ahead.
    fn take(&mut self) -> Result<(Lexeme, Spot), SyntaxError> {
        let next = self.lexer.next()?;
        Ok(std::mem::replace(&mut self.ahead, next))
    }

    fn deeper<T>(&mut self, inner: impl FnOnce(&mut Self) -> Result<T, SyntaxError>) -> Result<T, SyntaxError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            let message = format!("found nesting deeper than {DEEPEST}, expected less");
            return Err(SyntaxError::new(self.ahead.1.clone(), message, "take away parentheses that are not needed"));
        }
        let result = inner(self);
        self.depth -= 1;
        result
    }

    /// An expression whose operators bind at least as much as `least`.
    fn expression(&mut self, least: Power) -> Result<Expr, SyntaxError> {
        let start = self.ahead.1.start;
        let mut left = self.operand()?;
        let mut nears = 0;
        loop {
            let power = match &self.ahead.0 {
                Lexeme::Comma => Power::Comma,
                Lexeme::Or => Power::Or,
                // A negation behind something needs no AND.
                Lexeme::And | Lexeme::Not | Lexeme::Bang => Power::And,
                Lexeme::Near(_) => Power::Near,
                Lexeme::End | Lexeme::Close => return Ok(left),
                _ => return Err(self.no_operator()),
            };
            if power < least {
                return Ok(left);
            }
            left = match power {
                Power::Comma => self.several(left, &Lexeme::Comma, Power::Or, Expr::List)?,
                Power::Or => self.several(left, &Lexeme::Or, Power::And, Expr::Or)?,
                Power::And => self.all(left)?,
                Power::Near => {
                    nears += 1;
                    let before = self.ahead.1.start;
                    self.near(left, start..before, nears)?
                }
            };
        }
    }

    /// `left`, and what follows behind each `sign`.
    fn several(&mut self, left: Expr, sign: &Lexeme, inner: Power, make: fn(Vec<Expr>) -> Expr) -> Result<Expr, SyntaxError> {
        let mut all = vec![left];
        while self.ahead.0 == *sign {
            self.take()?;
            // A comma too many at the end does no harm.
            if *sign == Lexeme::Comma && matches!(self.ahead.0, Lexeme::End | Lexeme::Close) {
                break;
            }
            all.push(self.expression(inner)?);
        }
        Ok(make(all))
    }

    fn all(&mut self, left: Expr) -> Result<Expr, SyntaxError> {
        let mut all = vec![left];
        loop {
            match self.ahead.0 {
                Lexeme::And => {
                    self.take()?;
                }
                Lexeme::Not | Lexeme::Bang => {}
                _ => return Ok(Expr::And(all)),
            }
            all.push(self.expression(Power::Near)?);
        }
    }

    fn near(&mut self, left: Expr, left_spot: Spot, nears: usize) -> Result<Expr, SyntaxError> {
        let (lexeme, spot) = self.take()?;
        let Lexeme::Near(words) = lexeme else { return Ok(left) };
        if self.depth + nears > DEEPEST {
            let message = format!("found more than {DEEPEST} of NEAR in a row, expected fewer");
            return Err(SyntaxError::new(spot, message, "divide the query"));
        }
        let right_start = self.ahead.1.start;
        let right = self.operand()?;
        let end = self.text.get(right_start..self.ahead.1.start).map_or(right_start, |text| right_start + text.trim_end().len());
        for (side, spot) in [(&left, left_spot), (&right, right_start..end)] {
            if !has_places_only(side) {
                let message = "found something beside NEAR that has no places, expected words, phrases, or several of them with OR";
                let spot = spot.start..spot.start + self.text.get(spot.clone()).map_or(0, |text| text.trim_end().len());
                return Err(SyntaxError::new(spot, message, "write (a OR b) NEAR/5 c, and other conditions with AND behind it"));
            }
        }
        Ok(Expr::Near(Box::new(left), Box::new(right), words))
    }

    fn operand(&mut self) -> Result<Expr, SyntaxError> {
        match &self.ahead.0 {
            Lexeme::Not | Lexeme::Bang => {
                let (sign, spot) = self.take()?;
                let dash = self.text.get(spot) == Some("-") && matches!(self.ahead.0, Lexeme::Word(_));
                let before = self.ahead.1.clone();
                let inner = self.deeper(|parser| parser.expression(Power::Near))?;
                if let (true, Expr::Term(term)) = (dash, &inner) {
                    self.one_word(term, &before)?;
                }
                let inner = Box::new(inner);
                Ok(if sign == Lexeme::Bang { Expr::Except(inner) } else { Expr::Not(inner) })
            }
            Lexeme::Open => self.group(),
            Lexeme::Word(_) => self.words(),
            Lexeme::Quoted(_) => {
                let (lexeme, spot) = self.take()?;
                let Lexeme::Quoted(written) = lexeme else { return Err(self.no_operand()) };
                term(&written, spot)
            }
            Lexeme::Field(_) => match self.take()?.0 {
                Lexeme::Field(condition) => Ok(Expr::Field(condition)),
                _ => Err(self.no_operand()),
            },
            Lexeme::And | Lexeme::Or | Lexeme::Near(_) | Lexeme::Close | Lexeme::Comma | Lexeme::End => Err(self.no_operand()),
        }
    }

    /// Behind a dash stands one word: whether more belong to it, people do not agree.
    fn one_word(&self, term: &Term, first: &Spot) -> Result<(), SyntaxError> {
        let behind = self.text.get(first.end..self.ahead.1.start).unwrap_or("");
        if !behind.contains(|c: char| !c.is_whitespace()) {
            return Ok(());
        }
        let spot = first.end + behind.len() - behind.trim_start().len()..first.end + behind.trim_end().len();
        let message = format!("found {} behind a negated word, expected AND, OR, a comma or the end", behind.trim());
        Err(SyntaxError::new(spot, message, format!("write -\"{}\" for the phrase, or AND between", term.text())))
    }

    fn group(&mut self) -> Result<Expr, SyntaxError> {
        let (_, open) = self.take()?;
        let inner = self.deeper(|parser| parser.expression(Power::Comma))?;
        if self.ahead.0 != Lexeme::Close {
            return Err(SyntaxError::new(open, "found ( without its ), expected ) before the end", "write ) where the group ends"));
        }
        self.take()?;
        Ok(inner)
    }

    /// Words side by side: a phrase.
    fn words(&mut self) -> Result<Expr, SyntaxError> {
        let mut whole = Written { text: String::new(), exact: false, prefix: false };
        let mut spot = self.ahead.1.clone();
        while let Lexeme::Word(_) = self.ahead.0 {
            let (Lexeme::Word(word), here) = self.take()? else { break };
            let alone = word.text.starts_with(['@', '#']);
            if !whole.text.is_empty() && (alone || whole.text.starts_with(['@', '#'])) {
                return Err(SyntaxError::new(
                    here,
                    format!("found {} beside another word, expected AND, OR or a comma between", word.text),
                    "write AND if both are wanted, a comma or OR if either is",
                ));
            }
            if whole.prefix {
                return Err(SyntaxError::new(
                    spot,
                    "found * inside a phrase, expected it behind the last word",
                    "write AND between, or take * away",
                ));
            }
            spot.end = here.end;
            if !whole.text.is_empty() {
                whole.text.push(' ');
            }
            whole.text.push_str(&word.text);
            whole.exact |= word.exact;
            whole.prefix = word.prefix;
        }
        term(&whole, spot)
    }

    fn no_operand(&self) -> SyntaxError {
        let (lexeme, spot) = &self.ahead;
        let found = self.text.get(spot.clone()).unwrap_or("");
        let (found, advice) = match lexeme {
            Lexeme::End => ("the end".to_owned(), "write what is missing, or take the last operator away".to_owned()),
            Lexeme::Close => (")".to_owned(), "write something inside the parentheses".to_owned()),
            Lexeme::Comma => (",".to_owned(), "take one comma away".to_owned()),
            _ => (found.to_owned(), format!("write a word before it, or \"{found}\" in quotes for the word")),
        };
        SyntaxError::new(spot.clone(), format!("found {found}, expected a word, a phrase or ("), advice)
    }

    fn no_operator(&self) -> SyntaxError {
        let (_, spot) = &self.ahead;
        let found = self.text.get(spot.clone()).unwrap_or("");
        let found: String = found.chars().take(40).collect();
        SyntaxError::new(
            spot.clone(),
            format!("found {found} with no operator before it, expected AND, OR or a comma"),
            "write AND if both are wanted, a comma or OR if either is",
        )
    }
}

fn term(written: &Written, spot: Spot) -> Result<Expr, SyntaxError> {
    Term::new(&written.text, written.exact, written.prefix).map(Expr::Term).map_err(|fault| {
        let (message, advice) = match fault {
            Fault::Nothing => {
                ("found nothing to look for, expected letters, digits or an emoji", "put signs together with a word: \"C++\"")
            }
            Fault::Link => return link(spot.clone()),
            Fault::Long => ("found a phrase of more than 32 words, expected fewer", "look for its most telling words"),
            Fault::Short => ("found * behind one letter, expected at least two", "write more of the word"),
        };
        SyntaxError::new(spot, message, advice)
    })
}

/// Whether an expression is made of terms alone, so that it is true where it has places.
fn has_places_only(expr: &Expr) -> bool {
    match expr {
        Expr::Term(_) | Expr::Near(..) => true,
        Expr::Or(all) | Expr::List(all) => all.iter().all(has_places_only),
        Expr::And(_) | Expr::Field(_) | Expr::Not(_) | Expr::Except(_) => false,
    }
}
