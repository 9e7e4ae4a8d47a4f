//! Sheets to one table. In: lexicon sheets in order, later ones winning. Out: a [`Lexicon`]: words in
//! a flat table, phrases as a chain of edges behind their first word. Separate because terms are cut
//! by the tokenizer here, once, so that they meet texts in the same form.

use super::cue::Cue;
use super::cut::Cut;
use super::entries::{Entries, Item};
use super::entry::{Entry, Leaning, Meaning, Role, Sheet};
use super::languages::Languages;
use super::nodes::{ANY_NEGATOR, BLANK, Behind, Ends, Home, NONE, Node, Pair, Tilt, UNKNOWN, Word, bit_of};
use super::prefix::{self, Prefixes};
use super::steps::{Edge, Steps};
use super::table::Table;
use super::weights::Weights;
use crate::error::{Error, Result};
use crate::text::{Key, Token};
use std::borrow::Cow;

/// The language of sheets that serve every language.
const ANY: &str = "any";

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
        let mut paired = vec![Ends::default(); self.nodes.len()];
        for (first, second) in std::mem::take(&mut self.paired) {
            paired[first as usize] = paired[first as usize].and(Ends::FIRST);
            paired[second as usize] = paired[second as usize].and(Ends::SECOND);
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
                ends: paired[word.node as usize],
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

/// Nobody has four thousand million entries.
#[allow(clippy::cast_possible_truncation)]
const fn index(at: usize) -> u32 {
    at as u32
}
