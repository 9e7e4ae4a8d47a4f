//! Whether a stretch of text praises. In: items, with the opinions of the text. Out: a sign. Separate
//! because it is the one place where comparisons ask the lexicon.

use super::find::Text;
use super::words::{NOT, RUN, SPEND, THING};
use crate::score::Hit;

impl Text<'_> {
    /// The tokens of the items from `from` to before `to`.
    fn tokens(&self, from: usize, to: usize) -> Option<(u32, u32)> {
        let items = self.items.list.get(from..to)?;
        Some((items.first()?.first, items.last()?.last))
    }

    /// The sum of opinions among items, in thousandths.
    fn opinions(&self, from: usize, to: usize, value: impl Fn(&Hit) -> i32) -> i32 {
        let Some((first, last)) = self.tokens(from, to) else { return 0 };
        let unit = |hit: &Hit| self.reading.units().get(hit.unit as usize);
        let hits = self.hits.as_slice();
        let start = hits.partition_point(|hit| unit(hit).is_some_and(|unit| unit.first < first));
        let inside = hits.get(start..).unwrap_or(&[]).iter().take_while(|hit| unit(hit).is_some_and(|unit| unit.last <= last));
        inside.map(value).sum()
    }

    /// What words mean by themselves, without negation and other rules.
    pub(super) fn opinion(&self, from: usize, to: usize) -> i32 {
        self.opinions(from, to, |hit| hit.base).signum()
    }

    /// Whether items praise or complain, after all rules of scoring; by what they do if they do neither.
    pub(super) fn mood(&self, from: usize, to: usize) -> i32 {
        let scored = self.opinions(from, to, |hit| hit.value).signum();
        if scored != 0 {
            return scored;
        }
        let does = |class| {
            let items = self.items.list.get(from..to).unwrap_or(&[]);
            items.iter().map(|item| item.sign(class)).find(|&sign| sign != 0)
        };
        let sign = does(RUN).or_else(|| does(SPEND)).or_else(|| does(THING)).unwrap_or(0);
        if self.items.count(from, to, NOT) % 2 == 1 { -sign } else { sign }
    }
}
