//! The order of a condition. In: its lexemes. Out: an [`Expr`]. Separate because precedence is one idea:
//! `and` binds more than `or`, and parentheses more than both.

use super::lexer::{Lexeme, Lexer, Spot};
use super::quantity::{Written, threshold};
use super::{Clause, DEEPEST, Expr, Scope, Sign, Way};
use crate::gate::measures::{Change, MEASURES, Measure};
use crate::lexicon::similar::did_you_mean;
use crate::mention::query::SyntaxError;
use std::path::PathBuf;

/// What may stand before a colon.
const SCOPES: [&str; 4] = ["theme", "subject", "aspect", "group"];

/// Understands a condition.
pub fn parse(text: &str) -> Result<Expr, SyntaxError> {
    let mut parser = Parser { text, lexer: Lexer::new(text), depth: 0 };
    if parser.peek()?.0 == Lexeme::End {
        return wrong(0..text.len(), "found an empty condition, expected a measure", "write a condition: complaints > 30%");
    }
    let expr = parser.any()?;
    match parser.take()? {
        (Lexeme::End, _) => Ok(expr),
        (Lexeme::Close, spot) => wrong(spot, "found ) without its (, expected the end", "take it away, or write ( before"),
        (_, spot) => {
            let found = parser.shown(&spot);
            wrong(spot, format!("found {found}, expected and, or, or the end"), "write and or or between two conditions")
        }
    }
}

fn wrong<T>(range: Spot, message: impl Into<String>, advice: impl Into<String>) -> Result<T, SyntaxError> {
    Err(SyntaxError { range, message: message.into(), advice: advice.into() })
}

fn is(lexeme: Lexeme<'_>, word: &str) -> bool {
    matches!(lexeme, Lexeme::Word(found) if found.eq_ignore_ascii_case(word))
}

struct Parser<'c> {
    text: &'c str,
    lexer: Lexer<'c>,
    depth: usize,
}

impl<'c> Parser<'c> {
    fn take(&mut self) -> Result<(Lexeme<'c>, Spot), SyntaxError> {
        self.lexer.next()
    }

    /// What comes next, which is not taken.
    fn peek(&self) -> Result<(Lexeme<'c>, Spot), SyntaxError> {
        let mut ahead = self.lexer;
        ahead.next()
    }

    fn takes(&mut self, word: &str) -> Result<bool, SyntaxError> {
        let there = is(self.peek()?.0, word);
        if there {
            self.take()?;
        }
        Ok(there)
    }

    /// What was found, for a message.
    fn shown(&self, spot: &Spot) -> String {
        let found = self.text.get(spot.clone()).unwrap_or("");
        if found.is_empty() { "the end".to_owned() } else { found.chars().take(40).collect() }
    }

    fn any(&mut self) -> Result<Expr, SyntaxError> {
        let first = self.all()?;
        let mut any = vec![first];
        while self.takes("or")? {
            any.push(self.all()?);
        }
        Ok(if any.len() == 1 { any.remove(0) } else { Expr::Any(any) })
    }

    fn all(&mut self) -> Result<Expr, SyntaxError> {
        let first = self.one()?;
        let mut all = vec![first];
        while self.takes("and")? {
            all.push(self.one()?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Expr::All(all) })
    }

    fn one(&mut self) -> Result<Expr, SyntaxError> {
        let (lexeme, open) = self.peek()?;
        if lexeme != Lexeme::Open {
            return self.clause().map(Expr::One);
        }
        self.take()?;
        self.depth += 1;
        if self.depth > DEEPEST {
            return wrong(open, format!("found more than {DEEPEST} parentheses inside each other, expected fewer"), "divide the condition");
        }
        let inner = self.any()?;
        self.depth -= 1;
        match self.take()? {
            (Lexeme::Close, _) => Ok(inner),
            (Lexeme::End, _) => wrong(open, "found ( without its ), expected ) before the end", "write ) where the group ends"),
            (_, spot) => {
                let found = self.shown(&spot);
                wrong(spot, format!("found {found}, expected and, or, or )"), "write and or or between two conditions")
            }
        }
    }

    fn clause(&mut self) -> Result<Clause, SyntaxError> {
        let start = self.peek()?.1.start;
        let scope = self.scope()?;
        let measure = self.measure(&scope)?;
        let (lexeme, spot) = self.take()?;
        let (way, sign, threshold) = match lexeme {
            Lexeme::Sign(sign) => (Way::Level, sign, self.number(measure, Way::Level)?),
            Lexeme::Word(word) => {
                let way = match word.to_lowercase().as_str() {
                    "rose" | "rise" | "rises" | "risen" => Way::Rose,
                    "fell" | "fall" | "falls" | "fallen" => Way::Fell,
                    "changed" | "change" | "changes" => Way::Changed,
                    _ => return self.no_test(measure, spot),
                };
                if measure.change == Change::None {
                    let message = format!("found a change of {}, which cannot be held against another report", measure.name);
                    return wrong(spot, message, format!("write {} > 0", measure.name));
                }
                let (sign, threshold) = self.change(measure, way)?;
                (way, sign, threshold)
            }
            Lexeme::Equals => return wrong(spot, "found =, expected >, >=, < or <=", "measured figures are never equal: write >= or <="),
            _ => return self.no_test(measure, spot),
        };
        let against = self.against(way)?;
        let end = self.text.get(start..self.peek()?.1.start).map_or(start, |text| start + text.trim_end().len());
        Ok(Clause { scope, measure, way, sign, threshold, against, range: start..end })
    }

    fn scope(&mut self) -> Result<Scope, SyntaxError> {
        let (Lexeme::Scope(word), spot) = self.peek()? else { return Ok(Scope::All) };
        self.take()?;
        let kind = word.to_lowercase();
        if !SCOPES.contains(&kind.as_str()) {
            let advice = did_you_mean(&kind, SCOPES.into_iter()).unwrap_or_else(|| "write theme:\"battery drains\" share > 3%".to_owned());
            return wrong(spot, format!("found {word}:, expected one of: theme:, subject:, aspect:, group:"), advice);
        }
        if kind == "group" {
            let field = self.name("group:FIELD=VALUE", &spot)?;
            let (equals, at) = self.take()?;
            if equals != Lexeme::Equals {
                let found = self.shown(&at);
                return wrong(at, format!("found {found} behind group:{field}, expected = and a value"), "write group:FIELD=VALUE");
            }
            let value = self.name("group:FIELD=VALUE", &spot)?;
            return Ok(Scope::Group(field, value));
        }
        let name = self.name(&format!("{kind}:NAME"), &spot)?;
        Ok(match kind.as_str() {
            "theme" => Scope::Theme(name),
            "subject" => Scope::Subject(name),
            _ => Scope::Aspect(name),
        })
    }

    /// A name that follows without a blank.
    fn name(&mut self, form: &str, scope: &Spot) -> Result<String, SyntaxError> {
        let (name, spot) = self.lexer.raw(&['(', ')', '<', '>', '='])?;
        if name.is_empty() {
            let message = format!("found no name here, expected {form}");
            return wrong(scope.start..spot.end, message, format!("write {form} without a blank, a name of several words in quotes"));
        }
        Ok(name.to_owned())
    }

    fn measure(&mut self, scope: &Scope) -> Result<&'static Measure, SyntaxError> {
        let (lexeme, spot) = self.take()?;
        let offered = || MEASURES.iter().filter(|measure| measure.has(scope)).map(|measure| measure.name);
        let list = offered().collect::<Vec<_>>().join(", ");
        let Lexeme::Word(word) = lexeme else {
            let found = self.shown(&spot);
            let advice = match lexeme {
                Lexeme::Number(_) => "write the measure first: complaints > 30%",
                Lexeme::Scope(_) => "write one scope before a measure: subject:Dell net < 0",
                _ => "write a condition: complaints > 30%",
            };
            return wrong(spot, format!("found {found}, expected a measure, one of: {list}"), advice);
        };
        let lower = word.to_lowercase();
        if lower == "not" {
            return wrong(spot, "found not, expected a measure", "turn the sign round: not complaints > 30% is complaints <= 30%");
        }
        let Some(measure) = MEASURES.iter().find(|measure| measure.name == lower || measure.others.contains(&lower.as_str())) else {
            let advice = did_you_mean(&lower, offered()).unwrap_or_else(|| "write a condition: complaints > 30%".to_owned());
            return wrong(spot, format!("found {word}, expected a measure, one of: {list}"), advice);
        };
        if !measure.has(scope) {
            let message = match scope {
                Scope::All => format!("found {word} of all records, expected one of: {list}"),
                _ => format!("found {word} of a {}, expected one of: {list}", scope.name()),
            };
            let of = measure.scopes.iter().find(|of| !of.is_empty());
            let advice = match (scope, of) {
                (Scope::All, Some(of)) => format!("say of what: {of}:NAME {}", measure.name),
                _ => format!("write {} without {}:", measure.name, scope.name()),
            };
            return wrong(spot, message, advice);
        }
        Ok(measure)
    }

    fn no_test<T>(&self, measure: &Measure, spot: Spot) -> Result<T, SyntaxError> {
        let found = self.shown(&spot);
        let signs = [("above", '>'), ("over", '>'), ("more", '>'), ("below", '<'), ("under", '<'), ("less", '<')];
        let advice = match signs.iter().find(|(word, _)| found.eq_ignore_ascii_case(word)) {
            Some((_, sign)) => format!("write {} {sign} and a number", measure.name),
            None => format!("write {} > and a number", measure.name),
        };
        wrong(spot, format!("found {found} behind {}, expected >, >=, <, <=, rose, fell or changed", measure.name), advice)
    }

    /// `by > 5pp`, or nothing for any change.
    fn change(&mut self, measure: &'static Measure, way: Way) -> Result<(Sign, f64), SyntaxError> {
        let by = self.takes("by")?;
        match self.peek()? {
            (Lexeme::Sign(sign), _) => {
                self.take()?;
                Ok((sign, self.number(measure, way)?))
            }
            (Lexeme::Number(_), spot) => {
                let found = self.shown(&spot);
                wrong(spot, format!("found {found} without a sign, expected > or <"), "write by > 5pp")
            }
            (_, spot) if by => {
                let found = self.shown(&spot);
                wrong(spot, format!("found {found} behind by, expected > or < and a number"), "write by > 5pp")
            }
            _ => Ok((Sign::More, 0.0)),
        }
    }

    fn number(&mut self, measure: &'static Measure, way: Way) -> Result<f64, SyntaxError> {
        let (lexeme, mut spot) = self.take()?;
        let Lexeme::Number(number) = lexeme else {
            let found = self.shown(&spot);
            return wrong(spot, format!("found {found}, expected a number"), "write the number behind the sign: complaints > 30%");
        };
        let (behind, at) = self.peek()?;
        let written = match behind {
            Lexeme::Percent => Written::Percent,
            Lexeme::Word(word) if !["and", "or", "against"].iter().any(|known| is(behind, known)) => {
                let Some(written) = Written::of(word) else {
                    let known = ["percent", "pp", "points", "stars", "records", "and", "or", "against"];
                    let advice =
                        did_you_mean(word, known.into_iter()).unwrap_or_else(|| "write 30% for a share, 5pp for points".to_owned());
                    return wrong(at, format!("found {word} behind a number, expected %, pp, and, or, against or the end"), advice);
                };
                written
            }
            _ => Written::Nothing,
        };
        if written != Written::Nothing {
            self.take()?;
            spot.end = at.end;
        }
        threshold(measure, way, number, written, spot)
    }

    fn against(&mut self, way: Way) -> Result<Option<PathBuf>, SyntaxError> {
        let (_, spot) = self.peek()?;
        if !self.takes("against")? {
            return Ok(None);
        }
        if way == Way::Level {
            return wrong(spot, "found against behind a level, expected it behind a change", "write complaints rose by > 5pp against FILE");
        }
        self.lexer.skip_blanks();
        let (path, at) = self.lexer.raw(&[')'])?;
        if path.is_empty() {
            return wrong(at, "found no file behind against, expected a saved report", "write against baseline.json");
        }
        Ok(Some(PathBuf::from(path)))
    }
}
