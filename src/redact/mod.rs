//! Personal data out of texts. In: a text that is about to leave. Out: the same text with e-mail
//! addresses, numbers of cards, phones, accounts and persons, addresses, handles and keys in links
//! replaced by their kind. Separate because privacy is decided in one place: every renderer gets texts
//! that have been through here.
//!
//! Each kind is a file of its own and a line of [`KINDS`]; their words and shapes are data, in
//! `lexicons/private.tsv`. All is a matter of pattern, check digits and the words before: names of
//! persons inside texts stay.

mod address;
mod card;
mod email;
mod groups;
mod handle;
mod iban;
mod id;
mod ip;
mod link;
mod look;
mod neighbours;
mod phone;
mod words;

use look::Look;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

/// A kind of personal data.
pub struct Kind {
    /// What stands in its place.
    pub mark: &'static str,
    /// Whether a text is worth a search, by what a quick look over it has seen.
    worth: fn(&Look) -> bool,
    /// The first of its kind that begins at a place or behind it. To be called again from where the
    /// last one ended, and linear over all calls together.
    find: fn(&str, usize) -> Option<Range<usize>>,
}

/// All kinds, in the order they are looked for: what one has replaced, the next does not see.
pub const KINDS: [Kind; 9] = [
    Kind { mark: link::MARK, worth: |look| look.equals || look.at, find: link::find },
    Kind { mark: "[e-mail]", worth: |look| look.at || look.spelled_at, find: email::find },
    Kind { mark: "[iban]", worth: |look| look.iban, find: iban::find },
    Kind { mark: "[card]", worth: |look| look.many_digits, find: card::find },
    Kind { mark: "[id]", worth: |look| look.id, find: id::find },
    Kind { mark: "[ip]", worth: |look| look.ip, find: ip::find },
    Kind { mark: "[phone]", worth: |look| look.many_digits, find: phone::find },
    Kind { mark: "[address]", worth: |look| look.short_number, find: address::find },
    Kind { mark: handle::MARK, worth: |look| look.at || look.user_path, find: handle::find },
];

/// What is masked can leave a neighbour that now stands free and is of a kind itself, so texts are gone
/// over until nothing changes; two rounds nearly always, and never more than this.
const ROUNDS: usize = 8;

/// No handles.
pub static NO_HANDLES: BTreeSet<String> = BTreeSet::new();

/// The text without personal data; borrowed when there was none. Redacting twice changes nothing more.
#[must_use]
pub fn redact(text: &str) -> Cow<'_, str> {
    redact_but(text, &NO_HANDLES)
}

/// The text without personal data but for handles that are nobody's privacy, because somebody listens for
/// whom they name: `apple` for `@Apple`, in lower case. Redacting twice with the same handles changes nothing more.
#[must_use]
pub fn redact_but<'t>(text: &'t str, handles: &BTreeSet<String>) -> Cow<'t, str> {
    let mut clean = Cow::Borrowed(text);
    for _ in 0..ROUNDS {
        let look = Look::at(&clean);
        if look == Look::default() {
            break;
        }
        let mut changed = false;
        for kind in KINDS.iter().filter(|kind| (kind.worth)(&look)) {
            if let Some(next) = replaced(kind, &clean, handles) {
                clean = Cow::Owned(next);
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    clean
}

/// A quick look: whether any kind may be there.
#[must_use]
pub fn may_hold_any(text: &str) -> bool {
    let look = Look::at(text);
    KINDS.iter().any(|kind| (kind.worth)(&look))
}

/// The text with all of a kind replaced but for these handles; none if there is none of it.
fn replaced(kind: &Kind, text: &str, handles: &BTreeSet<String>) -> Option<String> {
    let stays = |found: &Range<usize>| !handles.is_empty() && kind.mark == handle::MARK && handle::is_one_of(text, found, handles);
    let find = |mut from: usize| loop {
        match (kind.find)(text, from) {
            Some(found) if stays(&found) => from = found.end,
            found => return found,
        }
    };
    let mut found = find(0)?;
    let mut clean = String::with_capacity(text.len());
    let mut at = 0;
    loop {
        clean.push_str(text.get(at..found.start)?);
        clean.push_str(kind.mark);
        at = found.end;
        match find(at) {
            Some(next) => found = next,
            None => break,
        }
    }
    clean.push_str(text.get(at..)?);
    Some(clean)
}

#[cfg(test)]
mod tests;
