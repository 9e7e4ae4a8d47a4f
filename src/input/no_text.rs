//! What stands where a text is gone: `[deleted]`. In: records. Out: the same, without such texts. Separate because any
//! format may hold them, and what they are is data: `lexicons/no_text.tsv`.

use super::record::Span;
use super::{Flaw, Parser, Row};
use std::sync::OnceLock;

const TABLE: &str = include_str!("../../lexicons/no_text.tsv");
/// What all of them begin with.
const SIGN: char = '[';

fn table() -> &'static [&'static str] {
    static TABLE_READ: OnceLock<Vec<&'static str>> = OnceLock::new();
    TABLE_READ.get_or_init(|| {
        let rows = TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
        rows.map(|(_, text)| text).collect()
    })
}

/// Whether a text only says that it is gone.
#[must_use]
#[inline]
pub fn is_gone(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(SIGN) && table().iter().any(|known| text.eq_ignore_ascii_case(known))
}

/// Leaves out texts, in the first place of a row, that only say that they are gone.
pub struct Present(pub Box<dyn Parser>);

impl Parser for Present {
    fn parse(&self, record: &str, row: &mut Row) -> Result<(), Flaw> {
        self.0.parse(record, row)?;
        if row.get(0, record).is_some_and(is_gone) {
            row.set(0, Span::Missing);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{SIGN, is_gone, table};

    #[test]
    fn only_whole_texts_that_say_so_are_gone() {
        assert!(table().iter().all(|text| text.starts_with(SIGN) && is_gone(text)));
        assert!(is_gone(" [Removed]\n"));
        for text in ["", "[", "deleted", "[deleted] and I am glad", "[deleted", "I was [removed]"] {
            assert!(!is_gone(text), "{text}");
        }
    }
}
