//! Handles that queries name. In: subjects. Out: names behind an `@` that are nobody's privacy, because somebody
//! listens for whom they name. Separate because what is masked in a report hangs on it, and nothing that is found.

use super::Subject;
use super::query::Expr;
use super::term::{Sort, Term};
use std::collections::BTreeSet;

/// The handles that these subjects are found by, in lower case and without their `@`: those that a query spells out,
/// and those of the names of brands, products and competitors. Words of other subjects name no account: who asks for
/// `mark` on a lens does not ask for `@mark`. What a query rules out is none either.
#[must_use]
pub fn handles(subjects: &[Subject]) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for subject in subjects {
        let (mut named, mut ruled_out) = (BTreeSet::new(), BTreeSet::new());
        gather(subject.query.expr(), subject.kind.holds(), &mut named, &mut ruled_out);
        all.extend(named.difference(&ruled_out).cloned());
    }
    all
}

fn gather(expr: &Expr, holds: bool, named: &mut BTreeSet<String>, ruled_out: &mut BTreeSet<String>) {
    match expr {
        Expr::Term(term) => named.extend(names(term, holds)),
        Expr::Field(_) => {}
        Expr::Near(one, other, _) => [one, other].into_iter().for_each(|expr| gather(expr, holds, named, ruled_out)),
        Expr::And(list) | Expr::Or(list) | Expr::List(list) => {
            list.iter().for_each(|expr| gather(expr, holds, named, ruled_out));
        }
        Expr::Not(expr) | Expr::Except(expr) => gather(expr, holds, ruled_out, named),
    }
}

/// The handles that a term is found by; the beginnings of handles are those of anybody.
fn names(term: &Term, holds: bool) -> impl Iterator<Item = String> {
    let wanted = !term.prefix && (term.sort == Sort::Handle || holds && term.sort == Sort::Plain);
    [Some(term.joined()), term.underscored()].into_iter().flatten().filter(move |name| wanted && !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::Kind;

    #[test]
    fn handles_are_those_that_queries_find_by_name() {
        for (flag, kind, expected) in [
            ("Delta", Kind::Brand, "delta"),
            ("Apple: apple, iphone, @AppleSupport, !\"apple pie\"", Kind::Competitor, "apple applesupport iphone"),
            ("Virgin America", Kind::Brand, "virgin_america virginamerica"),
            ("Apple: apple, !@apple", Kind::Brand, ""),
            ("Apple: apple AND NOT @jo", Kind::Brand, "apple"),
            ("Apple: apple*, @apple*", Kind::Brand, ""),
            ("Apple: Apple!, #apple, author:ann", Kind::Brand, ""),
            ("marks: mark, scratch, @lens", Kind::Subject, "lens"),
        ] {
            let subject = Subject { kind, ..Subject::from_flag(flag).unwrap() };
            assert_eq!(handles(&[subject]).into_iter().collect::<Vec<_>>().join(" "), expected, "{flag}");
        }
    }
}
