//! A text as rules see it. In: its tokens and mentions. Out: items: names, words of comparisons, other
//! words, ends of clauses. Separate because rules speak of items and never of tokens, so that a phrase is
//! as easy to meet as a word.

use super::words::{AND, BOTH, Classes, Entry, Words};
use crate::mention::{Mention, Told};
use crate::text::{Kind, Shape, Token};

/// Longest sentence, to either side of an item: what is farther off is not looked at.
const LONGEST: usize = 64;
/// Most names in a row.
const ROW: usize = 16;

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A word or a phrase of comparisons.
    Word,
    /// One name or several joined by `and`: a range of [`Items::names`].
    Name(u32, u32),
    /// The end of a clause.
    Pause,
    /// The end of a sentence, and whether it asks.
    Stop(bool),
}

/// A part of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    pub what: What,
    /// What its word or phrase is for.
    pub entry: &'static Entry,
    /// Its tokens.
    pub first: u32,
    pub last: u32,
}

impl Item {
    /// Whether it is of one of these classes.
    pub const fn is(&self, classes: Classes) -> bool {
        self.entry.classes & classes != 0
    }

    /// Its sign in a class: 1, -1 or 0.
    pub const fn sign(&self, class: Classes) -> i32 {
        (self.entry.plus & class != 0) as i32 - (self.entry.minus & class != 0) as i32
    }

    /// Its names.
    pub const fn names(&self) -> Option<(u32, u32)> {
        match self.what {
            What::Name(from, to) => Some((from, to)),
            _ => None,
        }
    }
}

/// The items of a text; memory that is reused.
#[derive(Clone, Debug, Default)]
pub(super) struct Items {
    pub list: Vec<Item>,
    /// Subjects of names, in text order.
    pub names: Vec<u32>,
    /// Which items are names.
    pub named: Vec<usize>,
}

/// Texts have less than 2³¹ tokens.
#[allow(clippy::cast_possible_truncation)]
const fn narrow(at: usize) -> u32 {
    at as u32
}

impl Items {
    /// Reads a text.
    pub fn read(&mut self, words: &'static Words, told: Told, mentions: &[Mention]) {
        let (text, tokens) = (told.text, told.reading.tokens().as_slice());
        self.list.clear();
        self.names.clear();
        let (mut at, mut mentions) = (0, mentions.iter().peekable());
        while let Some(token) = tokens.get(at) {
            while mentions.next_if(|mention| (mention.last as usize) < at || (mention.first as usize) < at).is_some() {}
            let (mut item, mut length) = (Item { what: What::Word, entry: &Entry::NONE, first: narrow(at), last: narrow(at) }, 1);
            if let Some(mention) = mentions.next_if(|mention| mention.first as usize == at) {
                self.sign(words, text, tokens, at);
                let from = narrow(self.names.len());
                self.names.push(mention.subject);
                item.what = What::Name(from, from + 1);
                length = (mention.last as usize + 1).saturating_sub(at).max(1);
            } else {
                match token.kind {
                    Kind::Stop if token.of(text).trim().is_empty() => item.what = What::Stop(false),
                    Kind::Stop => item.what = What::Stop(token.shape.has(Shape::ASKS)),
                    Kind::Pause | Kind::Emoji | Kind::Emoticon => item.what = What::Pause,
                    _ => {
                        let limit = mentions.peek().map_or(tokens.len(), |mention| mention.first as usize);
                        let begins = told.glosses.get(at).map_or(0, |gloss| gloss.begins);
                        if let Some((entry, tokens)) = words.longest(begins, tokens.get(at + 1..limit).unwrap_or(&[])) {
                            (item.entry, length) = (entry, tokens);
                        }
                    }
                }
            }
            item.last = narrow(at + length - 1);
            self.list.push(item);
            at += length;
        }
        self.join();
        self.named.clear();
        self.named.extend((0..).zip(&self.list).filter(|(_, item)| item.names().is_some()).map(|(at, _)| at));
    }

    /// A sign such as `>` before token `at`, which is no token: one beats the other.
    fn sign(&mut self, words: &'static Words, text: &str, tokens: &[Token], at: usize) {
        let (Some(before), Some(token)) = (at.checked_sub(1).and_then(|at| tokens.get(at)), tokens.get(at)) else { return };
        let gap = text.get(before.end as usize..token.start as usize).unwrap_or("").trim();
        let all = |sign: char| !gap.is_empty() && gap.len() < 6 && gap.chars().all(|c| c == sign);
        if let Some((_, entry)) = ['>', '<'].into_iter().zip(&words.signs).find(|(sign, _)| all(*sign)) {
            self.list.push(Item { what: What::Word, entry, first: narrow(at - 1), last: narrow(at - 1) });
        }
    }

    /// Joins names in a row, `Dell and HP` or `Dell, HP and Lenovo`, to one item.
    fn join(&mut self) {
        if !self.list.iter().any(|item| item.is(AND)) {
            return;
        }
        let mut kept = 0;
        let mut at = 0;
        while let Some(&item) = self.list.get(at) {
            let mut item = item;
            if item.is(BOTH) && self.row(at + 1).is_some() {
                at += 1;
                continue;
            }
            let mut next = at + 1;
            if let Some((from, _)) = item.names()
                && let Some((end, last)) = self.row(at)
            {
                (item.what, item.last, next) = (What::Name(from, end), last, self.after(last, at));
            }
            if let Some(slot) = self.list.get_mut(kept) {
                *slot = item;
                kept += 1;
            }
            at = next;
        }
        self.list.truncate(kept);
    }

    /// The names of a row that begins with item `at`: the end of its names and its last token. There must
    /// be an `and` before the last of them.
    fn row(&self, at: usize) -> Option<(u32, u32)> {
        let (_, first) = self.list.get(at)?.names()?;
        let (mut next, mut best, mut names) = (at + 1, None, first);
        for _ in 0..ROW {
            let mut and = false;
            let mut linked = false;
            while let Some(item) = self.list.get(next) {
                let link = item.is(AND);
                if !link && item.what != What::Pause {
                    break;
                }
                and |= link;
                linked = true;
                next += 1;
            }
            while self.list.get(next).is_some_and(|item| linked && item.what == What::Word && Self::is_article(item)) {
                next += 1;
            }
            let Some(item) = self.list.get(next).filter(|_| linked) else { break };
            let Some((_, end)) = item.names() else { break };
            names = names.max(end);
            if and {
                best = Some((names, item.last));
            }
            next += 1;
        }
        best
    }

    fn is_article(item: &Item) -> bool {
        item.is(super::words::ARTICLE)
    }

    /// The item behind token `last`, from item `at` on.
    fn after(&self, last: u32, at: usize) -> usize {
        let rest = self.list.get(at..).unwrap_or(&[]);
        at + rest.iter().take_while(|item| item.first <= last).count()
    }

    /// The subjects of a range of names.
    pub fn subjects(&self, (from, to): (u32, u32)) -> &[u32] {
        self.names.get(from as usize..to as usize).unwrap_or(&[])
    }

    /// The item at a place.
    pub fn get(&self, at: usize) -> Option<&Item> {
        self.list.get(at)
    }

    /// Where the sentence of item `at` begins.
    pub fn sentence_start(&self, at: usize) -> usize {
        self.start(at, |item| matches!(item.what, What::Stop(_)))
    }

    /// Where the sentence of item `at` ends: at its stop.
    pub fn sentence_end(&self, at: usize) -> usize {
        let rest = self.list.get(at..).unwrap_or(&[]);
        at + rest.iter().take(LONGEST).take_while(|item| !matches!(item.what, What::Stop(_))).count()
    }

    /// Where the clause of item `at` begins: behind a pause or a word that joins clauses.
    pub fn clause_start(&self, at: usize) -> usize {
        self.start(at, |item| item.what != What::Word && item.names().is_none() || item.is(super::words::BUT))
    }

    fn start(&self, at: usize, ends: impl Fn(&Item) -> bool) -> usize {
        let from = at.saturating_sub(LONGEST);
        let before = self.list.get(from..at).unwrap_or(&[]);
        from + before.iter().rposition(ends).map_or(0, |end| end + 1)
    }

    /// Whether the sentence of item `at` asks.
    pub fn asks(&self, at: usize) -> bool {
        self.list.get(self.sentence_end(at)).is_some_and(|item| item.what == What::Stop(true))
    }

    /// The nearest name before item `at` in its sentence, at most `most` items away.
    pub fn name_before(&self, at: usize, most: usize) -> Option<usize> {
        let start = self.sentence_start(at).max(at.saturating_sub(most));
        (start..at).rev().find(|&at| self.list.get(at).is_some_and(|item| item.names().is_some()))
    }

    /// Whether some item of a range is of a class.
    pub fn any(&self, from: usize, to: usize, classes: Classes) -> bool {
        self.count(from, to, classes) > 0
    }

    /// How many items of a range are of a class.
    pub fn count(&self, from: usize, to: usize, classes: Classes) -> usize {
        self.list.get(from..to).unwrap_or(&[]).iter().filter(|item| item.is(classes)).count()
    }
}
