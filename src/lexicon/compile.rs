//! Sheets to one table. In: lexicon sheets in order, later ones winning. Out: a [`Lexicon`]: words in
//! a flat table, phrases as a chain of edges behind their first word. Separate because terms are cut
//! by the tokenizer here, once, so that they meet texts in the same form.

use super::cue::Cue;
use super::entries::{Entries, Item};
use super::entry::{Entry, Leaning, Meaning, Role, Sheet};
use super::languages::Languages;
use super::prefix::{self, Prefixes};
use super::steps::{Edge, Steps};
use super::table::Table;
use super::weights::Weights;
use crate::error::{Error, Result};
use crate::text::{Key, Kind, Token, Tokens};
use std::borrow::Cow;

/// No entry, no node.
pub const NONE: u32 = u32::MAX;
/// The node that stands for any negator, `NOT` in a term.
pub const ANY_NEGATOR: u32 = 0;
/// The language of sheets that serve every language.
const ANY: &str = "any";
/// How a term names any negator.
const NOT: &str = "NOT";

/// What every text asks of a word; held beside its key.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Number of its node.
    pub node: u32,
    /// Signature of the words by which phrases go on, see [`bit_of`].
    pub next: u32,
    /// What it does.
    pub role: Role,
    /// Whether it stands inside phrases, not only at their beginning.
    pub inside: bool,
    /// Where it belongs.
    pub home: Home,
    /// What it leans to by itself; nothing for opinions, whose leaning is subject to the rules.
    pub tilt: Tilt,
    /// Which end of pairs that lean it is.
    pub ends: Ends,
}

/// Which end of pairs a word is; two flags in a byte, so that a word and its key are half a cache line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ends(u8);

impl Ends {
    const FIRST: u8 = 1;
    const SECOND: u8 = 2;

    /// Whether it is the first of a pair that leans.
    #[inline]
    pub const fn opens(self) -> bool {
        self.0 & Self::FIRST != 0
    }

    /// Whether it is the second of a pair that leans.
    #[inline]
    pub const fn closes(self) -> bool {
        self.0 & Self::SECOND != 0
    }
}

/// A [`Leaning`] in little room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tilt {
    lean: i16,
    opinion: i16,
}

impl Tilt {
    #[allow(clippy::cast_possible_truncation)] // clamped; leanings are at most 20,000
    fn of(leaning: Leaning) -> Self {
        let short = |x: i32| x.clamp(-Leaning::MOST, Leaning::MOST) as i16;
        Self { lean: short(leaning.lean), opinion: short(leaning.opinion) }
    }

    /// The leaning.
    #[inline]
    pub const fn leaning(self) -> Leaning {
        Leaning { lean: self.lean as i32, opinion: self.opinion as i32 }
    }
}

/// A pair of words that leans.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pair {
    /// What it leans to, beside what its words do.
    pub tilt: Tilt,
    /// Index of its entry.
    pub entry: u32,
}

/// A word that is not there.
pub const UNKNOWN: Word =
    Word { node: NONE, next: 0, role: Role::None, inside: false, home: Home::Unknown, tilt: Tilt { lean: 0, opinion: 0 }, ends: Ends(0) };

impl Default for Word {
    fn default() -> Self {
        UNKNOWN
    }
}

/// What an entry says, at the end of a word or phrase.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// Index of the entry that ends here, or [`NONE`].
    pub entry: u32,
    /// Valence, or strength of the role, in thousandths.
    pub value: i32,
    /// Signature of the words by which phrases go on.
    pub next: u32,
    /// What it does.
    pub role: Role,
    /// Where it belongs.
    pub home: Home,
    /// What it leans to.
    pub tilt: Tilt,
    /// Index of the entry that tells its leaning, or [`NONE`].
    pub leans_by: u32,
}

/// What is behind a step in a phrase, in eight bytes: most steps need not look at the node.
#[derive(Clone, Copy, Debug, Default)]
pub struct Behind {
    /// The node, and in the lowest bit whether a phrase ends there.
    node: u32,
    /// As [`Node::next`].
    pub next: u32,
}

impl Behind {
    /// Nodes number less than 2³¹.
    const fn new(number: u32, node: &Node) -> Self {
        Self { node: number << 1 | (node.entry != NONE) as u32, next: node.next }
    }

    /// Number of the node.
    #[inline]
    pub const fn node(self) -> u32 {
        self.node >> 1
    }

    /// Whether a phrase ends at the node.
    #[inline]
    pub const fn ends(self) -> bool {
        self.node & 1 == 1
    }
}

const BLANK: Node =
    Node { entry: NONE, value: 0, next: 0, role: Role::None, home: Home::Unknown, tilt: Tilt { lean: 0, opinion: 0 }, leans_by: NONE };

/// The bit of a word in the signatures of what it may follow.
#[inline]
pub const fn bit_of(word: u32) -> u32 {
    1 << (word.wrapping_mul(0x9E37_79B1) >> 27)
}

/// Which languages a word belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// None that is known.
    Unknown,
    /// One that a lexicon covers.
    Covered,
    /// Others: [`Lexicon::languages_of`] tells which.
    Foreign,
    /// Several, ours among them, so that it tells little.
    Shared,
}

/// The compiled lexicon: read-only, shared by all threads.
#[derive(Clone, Debug)]
pub struct Lexicon {
    /// Words with what every text asks of them: half a cache line answers.
    words: Table<Word>,
    /// Steps from a node along a word, in phrases.
    steps: Steps<Behind>,
    /// Pairs of words that lean.
    pairs: Steps<Pair>,
    /// First and second words of those; used up by compiling.
    paired: Vec<(u32, u32)>,
    weights: Weights,
    prefixes: Prefixes,
    nodes: Vec<Node>,
    /// One bit per foreign language, by node.
    foreign: Vec<u32>,
    /// Nodes of words that stand inside phrases; used up by compiling.
    inside: Vec<u32>,
    entries: Entries,
    covered: Vec<String>,
    unreachable: Vec<Entry>,
    languages: Languages,
    /// Number of the first entry, where several lexicons are used together.
    base: u32,
}

impl Lexicon {
    /// Compiles sheets to one lexicon per language, in order of appearance; sheets for any language
    /// go into each. A word means in its language what it means there: `war` is no complaint in
    /// German. Entries are numbered through.
    ///
    /// # Errors
    /// As [`Lexicon::compile`].
    pub fn compile_each(sheets: Vec<Sheet>, languages: &Languages, domains: &[String]) -> Result<Vec<Self>> {
        let mut codes: Vec<String> = Vec::new();
        for sheet in sheets.iter().filter(|sheet| sheet.language != ANY) {
            if !codes.contains(&sheet.language) {
                codes.push(sheet.language.clone());
            }
        }
        if codes.len() < 2 {
            return Ok(vec![Self::compile(sheets, languages.clone(), domains)?]);
        }
        let mut lexicons: Vec<Self> = Vec::new();
        for code in codes {
            let own = sheets.iter().filter(|sheet| sheet.language == code || sheet.language == ANY).cloned().collect();
            let base = lexicons.last().map_or(0, |last| last.base + index(last.entries.len()));
            lexicons.push(Self::compile(own, languages.clone(), domains)?.numbered_from(base));
        }
        Ok(lexicons)
    }

    /// Numbers the entries from `base` on.
    fn numbered_from(mut self, base: u32) -> Self {
        self.base = base;
        for node in &mut self.nodes {
            for entry in [&mut node.entry, &mut node.leans_by].into_iter().filter(|entry| **entry != NONE) {
                *entry += base;
            }
        }
        self.pairs.values_mut().for_each(|pair| pair.entry += base);
        self.weights.number_from(base);
        self
    }

    /// Compiles sheets; an entry replaces an equal term of an earlier sheet. Entries limited to
    /// domains are left out unless one of theirs is in `domains`.
    ///
    /// Terms that the tokenizer would not give back as written are left out and listed by
    /// [`Lexicon::unreachable`].
    ///
    /// # Errors
    /// When a `*` stands where it cannot.
    pub fn compile(sheets: Vec<Sheet>, languages: Languages, domains: &[String]) -> Result<Self> {
        let mut compiler = Compiler::new(sheets.iter().map(|sheet| sheet.entries.len()).sum(), languages, domains);
        for sheet in sheets {
            compiler.cover(&sheet.language);
            for entry in sheet.entries {
                compiler.add(&sheet.language, entry)?;
            }
        }
        Ok(compiler.finish())
    }

    fn add(&mut self, entry: impl Item, covers: bool, cut: &mut Cut) -> Result<()> {
        if let Meaning::Leaning(leaning) = entry.meaning() {
            self.lean(entry, leaning, cut);
            return Ok(());
        }
        let fault = |message: &str| Err(Error::usage(format!("{message} in the term {:?}", entry.term())).at(entry.entry().origin));
        if let Some(stem) = super::met::stem(entry.term()) {
            let folded = stem.to_lowercase();
            if folded.len() < prefix::SHORTEST || folded.contains(' ') {
                return fault("found a * behind less than three letters or in a phrase, expected one word such as crash*");
            }
            // The stem with its star is a word that no text can hold; its place stands for all endings.
            let key = Key::of(format!("{folded}*").as_bytes());
            let node = self.word(key);
            self.enter(entry, covers, node);
            self.prefixes.insert(folded.as_bytes(), key);
            return Ok(());
        }
        if !cut.read(entry.term()) {
            self.unreachable.push(entry.entry());
            return Ok(());
        }
        let mut steps = cut.steps.iter();
        let Some(&first) = steps.next() else { return Ok(()) };
        let mut node = self.word_of_step(first);
        for &step in steps {
            let word = self.word_of_step(step);
            self.nodes[node as usize].next |= bit_of(word);
            self.inside.push(word);
            node = self.step_or_insert(node, word);
        }
        self.enter(entry, covers, node);
        Ok(())
    }

    /// Enters what a cue, a word, a pair of words or a listed phrase leans to. One that stands
    /// nowhere by itself, such as a longer phrase that no sheet before has listed, is unreachable.
    fn lean(&mut self, entry: impl Item, leaning: Leaning, cut: &mut Cut) {
        let (number, tilt) = (index(self.entries.len()), Tilt::of(leaning));
        if let Some(cue) = Cue::of_term(entry.term()) {
            self.weights.learn(cue, leaning, number);
            return entry.push_to(&mut self.entries);
        }
        let stem = super::met::stem(entry.term()).map(|stem| Key::of(format!("{}*", stem.to_lowercase()).as_bytes()));
        let mut reachable = cut.read(entry.term());
        if let Some(stem) = stem {
            reachable = true;
            cut.steps.clear();
            cut.steps.push(Some(stem));
        }
        cut.words.clear();
        cut.words.extend(cut.steps.iter().map(|&step| self.word_of_step(step)));
        let words = cut.words.as_slice();
        let alone = self.listed(words).or(if let [word] = *words { Some(word) } else { None });
        match (words, alone) {
            _ if !reachable => return self.unreachable.push(entry.entry()),
            (_, Some(node)) => (self.nodes[node as usize].tilt, self.nodes[node as usize].leans_by) = (tilt, number),
            (&[first, second], None) => {
                self.pairs.insert(Edge::new(first, second), Pair { tilt, entry: number });
                self.paired.push((first, second));
            }
            _ => return self.unreachable.push(entry.entry()),
        }
        entry.push_to(&mut self.entries);
    }

    /// The node of a phrase of several words that has an opinion.
    fn listed(&self, words: &[u32]) -> Option<u32> {
        let (&first, rest) = words.split_first().filter(|(_, rest)| !rest.is_empty())?;
        let node = rest.iter().try_fold(first, |node, &word| self.step(Edge::new(node, word)).map(Behind::node))?;
        (self.nodes.get(node as usize)?.role == Role::Opinion).then_some(node)
    }

    /// Writes an entry to a node. What was learned about an earlier meaning goes with it.
    fn enter(&mut self, entry: impl Item, covers: bool, node: u32) {
        let target = &mut self.nodes[node as usize];
        (target.role, target.value) = match entry.meaning() {
            Meaning::Valence(value) => (Role::Opinion, value),
            Meaning::Role(role, strength) => (role, strength),
            Meaning::Leaning(_) => return,
        };
        (target.tilt, target.leans_by) = (Tilt::default(), NONE);
        if covers {
            target.home = Home::Covered;
        }
        target.entry = index(self.entries.len());
        entry.push_to(&mut self.entries);
    }

    fn new_node(&mut self) -> u32 {
        self.nodes.push(BLANK);
        index(self.nodes.len()) - 1
    }

    fn word(&mut self, key: Key) -> u32 {
        if let Some(known) = self.words.get(key) {
            return known.node;
        }
        let node = self.new_node();
        self.words.insert(key, Word { node, ..UNKNOWN });
        node
    }

    fn word_of_step(&mut self, step: Option<Key>) -> u32 {
        step.map_or(ANY_NEGATOR, |key| self.word(key))
    }

    fn step_or_insert(&mut self, from: u32, word: u32) -> u32 {
        let edge = Edge::new(from, word);
        if let Some(known) = self.step(edge) {
            return known.node();
        }
        let node = self.new_node();
        self.steps.insert(edge, Behind::new(node, &BLANK));
        node
    }

    /// Words that tell languages. Those of the language covered are at home; words that the lexicon
    /// lists tell no other.
    fn mark_languages(&mut self) {
        let home = self.covered.first().cloned().unwrap_or_default();
        let words = self.languages.words().to_vec();
        for (code, key) in words {
            let at = self.word(key) as usize;
            self.foreign.resize(self.nodes.len(), 0);
            let told = self.languages.code(code);
            let (is_home, is_shared) = (told == home, told == Languages::SHARED);
            let node = &mut self.nodes[at];
            if is_shared {
                node.home = Home::Shared;
            } else if is_home && node.home != Home::Shared {
                node.home = Home::Covered;
            } else if !is_home {
                self.foreign[at] |= 1 << code;
                if node.home == Home::Unknown {
                    node.home = Home::Foreign;
                }
            }
        }
    }

    /// One bit per foreign language that uses the word of a node.
    pub(super) fn languages_of(&self, node: u32) -> u32 {
        self.foreign.get(node as usize).copied().unwrap_or(0)
    }

    /// Copies to words and steps what their nodes have become.
    fn finish_words(&mut self) {
        let mut inside = vec![false; self.nodes.len()];
        std::mem::take(&mut self.inside).into_iter().for_each(|node| inside[node as usize] = true);
        let mut paired = vec![0; self.nodes.len()];
        for (first, second) in std::mem::take(&mut self.paired) {
            paired[first as usize] |= Ends::FIRST;
            paired[second as usize] |= Ends::SECOND;
        }
        let Self { words, steps, nodes, .. } = self;
        for behind in steps.values_mut() {
            *behind = Behind::new(behind.node(), &nodes[behind.node() as usize]);
        }
        for word in words.values_mut() {
            let node = nodes[word.node as usize];
            *word = Word {
                node: word.node,
                next: node.next,
                role: node.role,
                inside: inside[word.node as usize],
                home: node.home,
                tilt: if node.role == Role::Opinion { Tilt::default() } else { node.tilt },
                ends: Ends(paired[word.node as usize]),
            };
        }
    }

    /// Place of a word, [`NOWHERE`] if it is not there.
    #[inline]
    pub(super) fn find(&self, key: Key) -> u32 {
        self.words.find(key)
    }

    /// What is known of the word in a place.
    #[inline]
    pub(super) fn word_at(&self, place: u32) -> &Word {
        self.words.at(place).unwrap_or(&UNKNOWN)
    }

    /// Whether there may be a step from a node along a word.
    #[inline]
    pub(super) fn may_step(&self, edge: Edge) -> bool {
        self.steps.may(edge)
    }

    /// Whether two words may be a pair that leans.
    #[inline]
    pub(super) fn may_pair(&self, edge: Edge) -> bool {
        self.pairs.may(edge)
    }

    /// The pair of two words, if it leans.
    #[inline]
    pub(super) fn pair(&self, edge: Edge) -> Option<Pair> {
        if self.pairs.may(edge) { self.pairs.get(edge) } else { None }
    }

    /// For the entry of each word or phrase that also leans, the entry that tells so.
    #[must_use]
    pub fn leaning_entries(&self) -> std::collections::HashMap<u32, u32> {
        let both = self.nodes.iter().filter(|node| node.entry != NONE && node.leans_by != NONE);
        both.map(|node| (node.entry, node.leans_by)).collect()
    }

    /// What cues weigh.
    #[inline]
    #[must_use]
    pub const fn weights(&self) -> &Weights {
        &self.weights
    }

    /// What is behind a node along a word.
    #[inline]
    pub(super) fn step(&self, edge: Edge) -> Option<Behind> {
        self.steps.get(edge)
    }

    #[inline]
    pub(super) const fn has_prefixes(&self) -> bool {
        !self.prefixes.is_empty()
    }

    /// Place of the entry for the longest listed beginning of a word.
    pub(super) fn find_prefix(&self, word: &[u8]) -> Option<u32> {
        self.prefixes.get(word).map(|key| self.find(key))
    }

    /// What is known of a node.
    #[inline]
    pub(super) fn node(&self, at: u32) -> &Node {
        self.nodes.get(at as usize).unwrap_or(&BLANK)
    }

    /// What a word does when it stands alone.
    #[must_use]
    pub fn role_of(&self, token: &Token) -> Role {
        self.word_at(self.find(token.key)).role
    }

    /// The entry of a [`super::Unit`].
    #[must_use]
    pub fn entry(&self, at: u32) -> Option<Cow<'_, Entry>> {
        self.entries.get(at.checked_sub(self.base)? as usize)
    }

    /// How many entries there are.
    #[must_use]
    pub const fn size(&self) -> usize {
        self.entries.len()
    }

    /// All entries, in the order they were read. Those that are part of the program are read again for
    /// this.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        self.entries.all()
    }

    /// Entries that no text can meet: the tokenizer drops some sign of their term.
    #[must_use]
    pub fn unreachable(&self) -> &[Entry] {
        &self.unreachable
    }

    /// Codes of the languages that lexicons were given for.
    #[must_use]
    pub fn covered(&self) -> &[String] {
        &self.covered
    }

    /// The languages that can be told.
    #[must_use]
    pub const fn languages(&self) -> &Languages {
        &self.languages
    }
}

/// Entries to a lexicon, one at a time: what is part of the program is not gathered in sheets first.
pub(super) struct Compiler<'d> {
    lexicon: Lexicon,
    domains: &'d [String],
    cut: Cut,
}

impl<'d> Compiler<'d> {
    /// For about so many entries, those limited to other domains left out. The room is that for words
    /// and phrases as they are spread in the shipped lexicon; more are held, too.
    pub(super) fn new(room: usize, languages: Languages, domains: &'d [String]) -> Self {
        let lexicon = Lexicon {
            words: Table::with_room(room / 3 + languages.words().len()),
            steps: Steps::with_room(room / 2),
            pairs: Steps::with_room(room / 8),
            paired: Vec::new(),
            weights: Weights::default(),
            prefixes: Prefixes::default(),
            nodes: vec![BLANK],
            foreign: Vec::new(),
            inside: Vec::new(),
            entries: Entries::default(),
            covered: Vec::new(),
            unreachable: Vec::new(),
            languages,
            base: 0,
        };
        Self { lexicon, domains, cut: Cut::default() }
    }

    /// Notes a language that entries are given for.
    pub(super) fn cover(&mut self, language: &str) {
        if language != ANY && !self.lexicon.covered.iter().any(|covered| covered == language) {
            self.lexicon.covered.push(language.to_owned());
        }
    }

    /// Adds an entry of a sheet in this language.
    ///
    /// # Errors
    /// As [`Lexicon::compile`].
    pub(super) fn add(&mut self, language: &str, entry: impl Item) -> Result<()> {
        if entry.counts_in(self.domains) {
            self.lexicon.add(entry, language != ANY, &mut self.cut)?;
        }
        Ok(())
    }

    /// The lexicon of the entries added.
    pub(super) fn finish(mut self) -> Lexicon {
        self.lexicon.mark_languages();
        self.lexicon.finish_words();
        self.lexicon
    }
}

/// A term cut into words. Its memory is reused.
#[derive(Default)]
struct Cut {
    tokens: Tokens,
    /// The keys of its words, none for any negator.
    steps: Vec<Option<Key>>,
    /// Their nodes.
    words: Vec<u32>,
}

impl Cut {
    /// Cuts a term; whether a text can meet it.
    fn read(&mut self, term: &str) -> bool {
        self.steps.clear();
        if self.read_plain(term).is_some() {
            return true;
        }
        self.steps.clear();
        self.tokens.read(term);
        self.steps.extend(self.tokens.as_slice().iter().map(|token| (token.of(term) != NOT).then_some(token.key)));
        is_reachable(term, self.tokens.as_slice())
    }

    /// Cuts a term of short lower-case words with single blanks between them, as nearly all are: what
    /// the tokenizer makes of those is known, and it is made for long texts.
    fn read_plain(&mut self, term: &str) -> Option<()> {
        let (mut halves, mut len) = ([0u64; 2], 0);
        for &b in term.as_bytes().iter().chain(b" ") {
            match b {
                b'a'..=b'z' if len < 15 => {
                    halves[len / 8] |= u64::from(b) << (len % 8 * 8);
                    len += 1;
                }
                b' ' if len > 0 => {
                    self.steps.push(Some(Key::short(halves[0], halves[1], len)));
                    (halves, len) = ([0; 2], 0);
                }
                _ => return None,
            }
        }
        Some(())
    }
}

/// Whether the tokens hold every sign of the term but those that mean nothing, and not only stops.
pub(super) fn is_reachable(term: &str, tokens: &[Token]) -> bool {
    let mut rest = 0;
    let silent = |gap: &str| gap.chars().all(|c| matches!(c, ' ' | '-' | '#' | '\'' | '"'));
    let gapless = tokens.iter().all(|token| {
        let gap = term.get(rest..token.start as usize).unwrap_or("?");
        rest = token.end as usize;
        silent(gap)
    });
    let says_something = tokens.iter().any(|token| !token.ends_clause() && !matches!(token.kind, Kind::Slash | Kind::Link));
    gapless && silent(term.get(rest..).unwrap_or("?")) && says_something
}

/// Nobody has four thousand million entries.
#[allow(clippy::cast_possible_truncation)]
const fn index(at: usize) -> u32 {
    at as u32
}
