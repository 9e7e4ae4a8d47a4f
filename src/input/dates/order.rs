//! Day before month, or behind it. In: a column whose dates can be read either way. Out: both ways, and what single
//! values say of them. Separate because only what stands beside such a column can tell, and others look there.

use super::{DateFormat, date_of};

/// Which of day and month comes first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    /// `31/12/2026`.
    DayFirst,
    /// `12/31/2026`.
    MonthFirst,
}

impl Order {
    /// Both.
    pub const ALL: [Self; 2] = [Self::DayFirst, Self::MonthFirst];

    /// The order of a pattern, if it has both as numbers.
    #[must_use]
    pub fn of(pattern: &str) -> Option<Self> {
        let (day, month) = (pattern.find("%d")?, pattern.find("%m")?);
        Some(if day < month { Self::DayFirst } else { Self::MonthFirst })
    }
}

/// Day and month could be either way round: the patterns between which only a number over 12 decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undecided {
    month_first: &'static str,
    day_first: &'static str,
}

/// Pairs of patterns: month first, day first.
const TWINS: [(&str, &str); 3] = [("%m/%d/%Y", "%d/%m/%Y"), ("%m-%d-%Y", "%d-%m-%Y"), ("%m/%d/%y", "%d/%m/%y")];

impl Undecided {
    /// The pair that a pattern is one of.
    #[must_use]
    pub fn with(pattern: &str) -> Option<Self> {
        let (month_first, day_first) = TWINS.into_iter().find(|(one, other)| [*one, *other].contains(&pattern))?;
        Some(Self { month_first, day_first })
    }

    /// The pattern of an order.
    #[must_use]
    pub const fn pattern(&self, order: Order) -> &'static str {
        match order {
            Order::DayFirst => self.day_first,
            Order::MonthFirst => self.month_first,
        }
    }

    /// The format of an order.
    #[must_use]
    pub fn format(&self, order: Order) -> DateFormat {
        DateFormat::Pattern(self.pattern(order).to_owned())
    }

    /// The order in which more values are dates; none if both read as many.
    #[must_use]
    pub fn tell(&self, values: &[String]) -> Option<Order> {
        let count = |order: Order| {
            let format = self.format(order);
            values.iter().filter(|value| format.day(value).is_some()).count()
        };
        match (count(Order::DayFirst), count(Order::MonthFirst)) {
            (day, month) if day > month => Some(Order::DayFirst),
            (day, month) if month > day => Some(Order::MonthFirst),
            _ => None,
        }
    }

    /// Whether all values are the same day either way: `05/05/2026`.
    #[must_use]
    pub fn is_idle(&self, values: &[String]) -> bool {
        let [one, other] = Order::ALL.map(|order| self.format(order));
        values.iter().all(|value| one.day(value) == other.day(value))
    }

    /// Whether all values are of one day.
    #[must_use]
    pub fn is_one_day(&self, values: &[String]) -> bool {
        let format = self.format(Order::DayFirst);
        let mut days = values.iter().filter_map(|value| format.day(value));
        let first = days.next();
        days.all(|day| Some(day) == first)
    }

    /// The first few values that are read in two ways, with both days.
    #[must_use]
    pub fn examples(&self, values: &[String]) -> Vec<String> {
        const FEW: usize = 2;
        let [day_first, month_first] = Order::ALL.map(|order| self.format(order));
        let date = |format: &DateFormat, value: &str| format.day(value).and_then(date_of);
        let mut seen: Vec<&String> = Vec::new();
        let mut told = Vec::new();
        for value in values {
            if let (Some(one), Some(other)) = (date(&day_first, value), date(&month_first, value))
                && one != other
                && !seen.contains(&value)
            {
                seen.push(value);
                told.push(format!("{value:?} ({one} or {other})"));
                if told.len() == FEW {
                    break;
                }
            }
        }
        told
    }
}
