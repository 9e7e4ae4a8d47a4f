//! Records whose stars and text say the opposite. In: the summary. Out: quotes with the likely reason. Separate
//! because it guesses at reasons.

use super::build::{Context, Pseudonyms, quote_note};
use super::model::Clash;
use crate::mention::aspect::builtin;
use crate::summary::Summary;
use crate::summary::clashes::Candidate;

/// Most clashes per side.
const CLASHES: usize = 5;
/// The weaker side of a text that says both, in ten-thousandths.
const BOTH: i32 = 1500;
/// A text that cannot be meant otherwise: few words, and next to nothing of the other side.
const FEW_WORDS: usize = 8;
const CLEAR: i32 = 6000;

/// The clearest of both sides, at most as many of each as there are quotes.
pub(super) fn clashes(summary: &Summary, context: &Context, names: &mut Pseudonyms<'_>) -> Vec<Clash> {
    let most = context.files.iter().filter_map(|file| file.most_stars).max().unwrap_or(5);
    let mut list = Vec::new();
    for (says, candidates) in [("praise", summary.clashes.praise()), ("complaint", summary.clashes.complaint())] {
        let mut seen: Vec<String> = Vec::new();
        for one in candidates {
            if seen.len() < context.quotes.min(CLASHES) {
                let clean = context.clean(&one.quote.text).into_owned();
                // Texts that differ in nothing but personal data are one; and what is not shown must not be the reason.
                if !seen.contains(&clean) {
                    let reason = reason(one, &clean, most);
                    list.push(Clash { quote: quote_note(&one.quote, &clean, context, names), says: says.to_owned(), reason });
                    seen.push(clean);
                }
            }
        }
    }
    list
}

/// What the record itself shows, the surest sign first. A reading can always be wrong; where nothing else shows, it
/// is what remains.
fn reason(one: &Candidate, text: &str, most: u8) -> String {
    let (weaker, stronger) = (one.praise.min(one.complaint), one.praise.max(one.complaint));
    let end = one.quote.stars.is_some_and(|stars| stars <= 1 || stars >= most);
    if let Some(cue) = &one.irony {
        format!("irony: {cue}")
    } else if let Some(thing) = beside(text) {
        let what = if one.complaint > one.praise { "complaint" } else { "stars" };
        format!("{what} about something else: {thing}")
    } else if weaker >= BOTH {
        "praise and complaint in one text".to_owned()
    } else if end && text.split_whitespace().count() <= FEW_WORDS && stronger >= CLEAR {
        "stars turned round".to_owned()
    } else {
        "the text may be read wrong".to_owned()
    }
}

/// What a text names beside the product: its delivery, in the words of the shipped vocabulary.
fn beside(text: &str) -> Option<&'static str> {
    let plain: String = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).flat_map(char::to_lowercase).collect();
    let words = format!(" {} ", plain.split_whitespace().collect::<Vec<_>>().join(" "));
    let names = |list: &str| list.split(',').any(|name| words.contains(&format!(" {} ", name.trim().replace('-', " "))));
    let rows = builtin::domain("general")?.text.lines().filter_map(|line| line.split_once('\t'));
    rows.filter(|(thing, _)| *thing == "delivery").find(|(_, list)| names(list)).map(|(thing, _)| thing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_beside_the_product() {
        assert_eq!(beside("Great phone. Next-day DELIVERY took a week!"), Some("delivery"));
        assert_eq!(beside("The courier threw it over the fence"), Some("delivery"));
        assert_eq!(beside("It delivers, a shippingless phone"), None);
    }
}
