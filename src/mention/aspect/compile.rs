//! Vocabularies made ready. In: files, once. Out: [`Aspects`], a tree of words. Separate because everything
//! that can be decided before the first text is decided here: plurals, senses, which file wins.

use super::builtin::{DOMAINS, domain};
use super::file::{self, Row};
use super::forms::plurals;
use super::senses::{Sense, Senses};
use crate::error::{Error, Result};
use crate::lexicon::similar::did_you_mean;
use crate::lexicon::table::{NOWHERE, Table};
use crate::text::{Key, Kind, Tokens};
use hashbrown::HashMap;

/// No aspect ends here.
const NO_ASPECT: u32 = u32::MAX;
/// Bytes of a line of terms per node of the tree, for the room that is made: less is not seen.
const BYTES_A_NODE: usize = 12;

/// Where a vocabulary comes from.
#[derive(Clone, Copy, Debug)]
pub enum Source<'s> {
    /// A built-in domain, by name.
    Domain(&'s str),
    /// A file of the user's: its name and its text.
    File(&'s str, &'s str),
}

/// An aspect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aspect {
    /// What reports call it.
    pub name: String,
    /// How many terms name it, plurals not counted.
    pub terms: u32,
}

/// A place in the tree of words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    /// The aspect that the words up to here name.
    pub aspect: u32,
    /// What a single word is besides.
    pub sense: Sense,
    /// Whether longer terms go on.
    pub goes_on: bool,
    /// Number of the file it is from, from 1.
    file: u32,
}

/// Vocabularies, ready. All threads share one.
#[derive(Clone, Debug)]
pub struct Aspects {
    list: Vec<Aspect>,
    nodes: Vec<Node>,
    /// First words.
    roots: Table<u32>,
    /// Further words by the node before.
    edges: HashMap<(u32, Key), u32>,
}

impl Aspects {
    /// Makes vocabularies ready; of a term in several the last one's aspect counts, and aspects of one
    /// name are one.
    ///
    /// # Errors
    /// Domains that there are not, and faults in files: with file and line.
    pub fn new(sources: &[Source<'_>]) -> Result<Self> {
        let texts = sources.iter().map(|&source| text_of(source)).collect::<Result<Vec<_>>>()?;
        let size = texts.iter().map(|(_, text)| text.len()).sum::<usize>() / BYTES_A_NODE;
        let mut compiler = Compiler::with_room(size);
        for (number, (name, text)) in (1..).zip(texts) {
            (compiler.file, compiler.current) = (number, (0, NO_ASPECT));
            file::read(name, text, |row| compiler.add(row))?;
        }
        Ok(compiler.finish())
    }

    /// The aspects, in the order of their first terms.
    #[must_use]
    pub fn list(&self) -> &[Aspect] {
        &self.list
    }

    /// The node of a first word.
    #[inline]
    pub(super) fn root(&self, word: Key) -> Option<u32> {
        let place = self.roots.find(word);
        if place == NOWHERE { None } else { self.roots.at(place).copied() }
    }

    /// The node of a word behind another.
    pub(super) fn next(&self, node: u32, word: Key) -> Option<u32> {
        self.edges.get(&(node, word)).copied()
    }

    pub(super) fn node(&self, node: u32) -> Option<&Node> {
        self.nodes.get(node as usize)
    }
}

impl Node {
    /// The aspect, if one ends here.
    pub const fn named(&self) -> Option<u32> {
        if self.aspect == NO_ASPECT { None } else { Some(self.aspect) }
    }
}

fn text_of(source: Source<'_>) -> Result<(&str, &str)> {
    let name = match source {
        Source::File(name, text) => return Ok((name, text)),
        Source::Domain(name) => name,
    };
    if let Some(domain) = domain(name) {
        return Ok((domain.file, domain.text));
    }
    let names = || DOMAINS.iter().map(|domain| domain.name);
    let message = format!("found the domain {name:?} of aspects, expected one of: {}", names().collect::<Vec<_>>().join(", "));
    let advice = did_you_mean(name, names()).unwrap_or_else(|| "name a domain, or a file that begins with # earful-aspects: 1".to_owned());
    Err(Error::usage(message).advise(advice))
}

struct Compiler {
    aspects: Aspects,
    names: HashMap<String, u32>,
    /// The line of this file that is read, and its aspect.
    current: (usize, u32),
    file: u32,
    /// Terms by node: the node before the last word, that word and where it is written.
    ends: Vec<(u32, u32)>,
    words: Vec<u8>,
    spans: Vec<(u32, u32)>,
    tokens: Tokens,
    senses: &'static Senses,
}

/// The node before all first words.
const ROOT: u32 = u32::MAX;

impl Compiler {
    fn with_room(nodes: usize) -> Self {
        let roots = Table::with_room(nodes);
        let aspects = Aspects { list: Vec::new(), nodes: Vec::with_capacity(nodes), roots, edges: HashMap::with_capacity(nodes) };
        Self {
            aspects,
            names: HashMap::new(),
            current: (0, NO_ASPECT),
            file: 0,
            ends: Vec::with_capacity(nodes),
            words: Vec::with_capacity(nodes * 6),
            spans: Vec::with_capacity(nodes),
            tokens: Tokens::new(),
            senses: Senses::english(),
        }
    }

    #[allow(clippy::cast_possible_truncation)] // files have less than 2³² terms
    fn aspect(&mut self, row: &Row<'_>) -> u32 {
        if self.current.0 == row.line {
            return self.current.1;
        }
        let number = if row.aspect == file::NONE {
            NO_ASPECT
        } else if let Some(&number) = self.names.get(row.aspect) {
            number
        } else {
            let number = self.aspects.list.len() as u32;
            self.names.insert(row.aspect.to_owned(), number);
            self.aspects.list.push(Aspect { name: row.aspect.to_owned(), terms: 0 });
            number
        };
        self.current = (row.line, number);
        number
    }

    /// Enters a term.
    fn add(&mut self, row: Row<'_>) -> Result<()> {
        let aspect = self.aspect(&row);
        let mut tokens = std::mem::take(&mut self.tokens);
        tokens.read(row.term);
        let pieces = tokens.as_slice();
        if !pieces.iter().any(|token| matches!(token.kind, Kind::Word | Kind::Number)) {
            return Err(Error::usage(format!("found {:?}, expected a word", row.term)).advise("take it out"));
        }
        let (mut before, mut node) = (ROOT, ROOT);
        for token in pieces {
            before = node;
            node = self.step(node, token.key);
        }
        let last = pieces.last().map_or("", |token| token.of(row.term));
        let sense = if pieces.len() == 1 { self.senses.of(last.as_bytes()) } else { Sense::Noun };
        self.tokens = tokens;
        self.name(before, node, aspect, sense, last, row.term)
    }

    fn name(&mut self, before: u32, node: u32, aspect: u32, sense: Sense, last: &str, term: &str) -> Result<()> {
        let Some(end) = self.aspects.nodes.get_mut(node as usize) else { return Ok(()) };
        let old = end.aspect;
        if end.file == self.file && old != aspect {
            let named = |aspect: u32| self.aspects.list.get(aspect as usize).map_or(file::NONE, |aspect| aspect.name.as_str());
            let message = format!("found {term:?} under {:?}, which stands under {:?} too", named(aspect), named(old));
            return Err(Error::usage(message).advise("take out one of them: a term names one aspect"));
        }
        let again = end.file != 0;
        (end.aspect, end.file) = (aspect, self.file);
        end.sense = sense;
        if old != aspect {
            self.count(old, false);
            self.count(aspect, true);
        }
        if !again {
            self.write_last(before, node, last);
        }
        Ok(())
    }

    fn count(&mut self, aspect: u32, more: bool) {
        if let Some(aspect) = self.aspects.list.get_mut(aspect as usize) {
            aspect.terms = if more { aspect.terms + 1 } else { aspect.terms.saturating_sub(1) };
        }
    }

    /// Notes the last word of a term for its plurals.
    #[allow(clippy::cast_possible_truncation)] // files have less than 2³² bytes
    fn write_last(&mut self, before: u32, node: u32, last: &str) {
        let start = self.words.len() as u32;
        if last.is_ascii() {
            self.words.extend(last.bytes().map(|byte| byte.to_ascii_lowercase()));
        } else {
            self.words.extend(last.to_lowercase().bytes());
        }
        self.ends.push((before, node));
        self.spans.push((start, self.words.len() as u32));
    }

    /// The node of a word behind another, new if need be.
    #[allow(clippy::cast_possible_truncation)] // fewer nodes than bytes
    fn step(&mut self, from: u32, word: Key) -> u32 {
        let Aspects { nodes, roots, edges, .. } = &mut self.aspects;
        let fresh = nodes.len() as u32;
        let node = if from == ROOT {
            let place = roots.find(word);
            match roots.at(place).filter(|_| place != NOWHERE) {
                Some(&node) => return node,
                None => roots.insert(word, fresh),
            }
            fresh
        } else {
            *edges.entry((from, word)).or_insert(fresh)
        };
        if node == fresh {
            nodes.push(Node { aspect: NO_ASPECT, sense: Sense::Noun, goes_on: false, file: 0 });
            if let Some(before) = nodes.get_mut(from as usize) {
                before.goes_on = true;
            }
        }
        node
    }

    /// Adds the plurals that name nothing yet.
    fn finish(mut self) -> Aspects {
        let (ends, spans, words) = (std::mem::take(&mut self.ends), std::mem::take(&mut self.spans), std::mem::take(&mut self.words));
        for ((before, node), (start, end)) in ends.into_iter().zip(spans) {
            let Some(&Node { aspect, sense, .. }) = self.aspects.nodes.get(node as usize) else { continue };
            let sense = if sense == Sense::Verb { Sense::Third } else { sense };
            plurals(words.get(start as usize..end as usize).unwrap_or(&[]), |plural| {
                let node = self.step(before, Key::of(plural));
                if let Some(end) = self.aspects.nodes.get_mut(node as usize).filter(|end| end.file == 0) {
                    (end.aspect, end.sense, end.file) = (aspect, sense, u32::MAX);
                }
            });
        }
        self.aspects
    }
}
