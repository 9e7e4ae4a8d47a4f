//! Numbers with their units. In: the number and the unit as written, and what is measured. Out: the
//! threshold. Separate because a wrong unit is the likeliest mistake: 5 % of 30 % is not 5 points.

use super::Way;
use super::lexer::Spot;
use crate::gate::measures::{Change, Measure};
use crate::mention::query::SyntaxError;
use crate::report::Unit;

/// A unit as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// None.
    Nothing,
    /// `%`.
    Percent,
    /// `pp`, `points`.
    Points,
    /// `stars`.
    Stars,
    /// `records`.
    Records,
}

impl Written {
    /// The unit of a word.
    pub fn of(word: &str) -> Option<Self> {
        Some(match word.to_lowercase().as_str() {
            "percent" => Self::Percent,
            "pp" | "point" | "points" => Self::Points,
            "star" | "stars" => Self::Stars,
            "record" | "records" | "post" | "posts" => Self::Records,
            _ => return None,
        })
    }
}

/// The threshold, in the unit of what is held against it.
pub fn threshold(measure: &Measure, way: Way, number: f64, written: Written, spot: Spot) -> Result<f64, SyntaxError> {
    let shown = match written {
        Written::Nothing => number.to_string(),
        Written::Percent => format!("{number}%"),
        Written::Points => format!("{number}pp"),
        Written::Stars => format!("{number} stars"),
        Written::Records => format!("{number} records"),
    };
    let wrong = |expected: String, advice: String| {
        let message = format!("found {shown}, expected {expected}");
        Err(SyntaxError { range: spot.clone(), message, advice })
    };
    let name = measure.name;
    if way != Way::Level && number < 0.0 {
        return wrong("a change of more than 0".to_owned(), "write fell by > 5pp instead of rose by > -5pp".to_owned());
    }
    // What is nothing is so in all units.
    let no_unit = written == Written::Nothing;
    let bare = no_unit || number == 0.0;
    match (way, measure.change, measure.unit) {
        (Way::Level, _, Unit::Share) => {
            if written != Written::Percent && !bare || no_unit && number != 0.0 {
                let percent = if no_unit && number < 1.0 { round(number * 100.0) } else { number };
                return wrong(format!("{name} in percent"), format!("write {percent}%"));
            }
            within(number, 0.0, 100.0).map_or_else(|| wrong("0% to 100%".to_owned(), "write a share of the records".to_owned()), Ok)
        }
        (Way::Level, _, Unit::Points) => {
            if written != Written::Points && number != 0.0 {
                let points = if no_unit && number.abs() < 1.0 { round(number * 100.0) } else { number };
                return wrong(format!("{name} in points"), format!("write {points}pp"));
            }
            within(number, -100.0, 100.0)
                .map_or_else(|| wrong("-100pp to 100pp".to_owned(), "write a difference of two shares".to_owned()), Ok)
        }
        (_, Change::Growth, _) if way != Way::Level => {
            if written != Written::Percent && number != 0.0 {
                return wrong(format!("how {name} changed in percent"), format!("write {number}%"));
            }
            Ok(round(number) / 100.0)
        }
        (_, _, Unit::Share | Unit::Points) => {
            if written == Written::Percent && number != 0.0 {
                return wrong(
                    format!("how {name} changed in points, for percent of a percentage can be read in two ways"),
                    format!("write {number}pp"),
                );
            }
            if written != Written::Points && number != 0.0 {
                return wrong(format!("how {name} changed in points"), format!("write {number}pp"));
            }
            within(number, 0.0, 200.0).map_or_else(|| wrong("0pp to 200pp".to_owned(), "write a smaller change".to_owned()), Ok)
        }
        (_, _, Unit::Count) => {
            if !bare && written != Written::Records {
                return wrong(format!("{name} as a whole number"), format!("write {number}"));
            }
            if number < 0.0 || number.fract() != 0.0 {
                return wrong(format!("{name} as a whole number"), "write 0 or more, without a fraction".to_owned());
            }
            Ok(number)
        }
        (_, _, Unit::Score) => {
            if !bare {
                return wrong(format!("a {name} from -1 to 1"), format!("write {}", round(number / 100.0)));
            }
            if number.abs() > 1.0 {
                return wrong(format!("a {name} from -1 to 1"), "write a mean of scores, such as 0.1".to_owned());
            }
            Ok(number)
        }
        (_, _, Unit::Stars | Unit::Growth) => {
            if !bare && written != Written::Stars {
                return wrong(format!("{name} as a number"), "write 3.5".to_owned());
            }
            if !(0.0..=100.0).contains(&number) {
                return wrong(format!("{name} from 0 to 100"), "write 3.5".to_owned());
            }
            Ok(number)
        }
    }
}

/// A hundredth of a number within bounds.
fn within(number: f64, low: f64, high: f64) -> Option<f64> {
    (low..=high).contains(&number).then(|| round(number) / 100.0)
}

/// Without the dust of binary fractions.
fn round(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}
