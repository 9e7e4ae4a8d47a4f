//! A query made simple. In: its tree. Out: a smaller one in which all terms of which any will do are
//! one atom, and what takes away places is apart. Separate because what commas and `!` mean is decided
//! here, so that the evaluation knows only AND, OR, NOT and NEAR.

use super::{Pattern, Program, Take};
use crate::mention::evaluate::Node;
use crate::mention::query::{Condition, Expr};
use crate::mention::{Subject, Term};

/// What was made of queries so far.
#[derive(Default)]
pub struct Lowering {
    pub patterns: Vec<Pattern>,
    pub columns: Vec<String>,
    subject: u32,
    fuzzy: bool,
    atoms: u32,
    takes: Vec<Take>,
}

impl Lowering {
    /// The program of a subject.
    pub fn subject(&mut self, number: u32, subject: &Subject) -> Program {
        (self.subject, self.fuzzy, self.atoms) = (number, subject.fuzzy, 0);
        let node = self.node(subject.query.expr());
        Program { node, takes: std::mem::take(&mut self.takes) }
    }

    fn node(&mut self, expr: &Expr) -> Node {
        match expr {
            Expr::Term(term) => self.atom(&[term]),
            Expr::Field(condition) => self.field(condition),
            Expr::Near(left, right, words) => Node::Near(Box::new(self.node(left)), Box::new(self.node(right)), *words),
            Expr::Not(inner) | Expr::Except(inner) => self.not(|lowering| lowering.node(inner)),
            Expr::Or(all) => self.any(all.iter()),
            Expr::And(all) => self.list(all, false),
            Expr::List(all) => self.list(all, true),
        }
    }

    /// The opposite of a node. What is not wanted is never misspelt: it would bar the names like it.
    fn not(&mut self, inner: impl FnOnce(&mut Self) -> Node) -> Node {
        let fuzzy = std::mem::take(&mut self.fuzzy);
        let node = Node::Not(Box::new(inner(self)));
        self.fuzzy = fuzzy;
        node
    }

    fn field(&mut self, condition: &Condition) -> Node {
        let same = |name: &String| name.to_lowercase() == condition.name.to_lowercase();
        let column = self.columns.iter().position(same).unwrap_or_else(|| {
            self.columns.push(condition.name.clone());
            self.columns.len() - 1
        });
        Node::Field(column, condition.clone())
    }

    /// An atom of terms.
    fn atom(&mut self, terms: &[&Term]) -> Node {
        let atom = self.atoms;
        self.atoms += 1;
        for &term in terms {
            let (term, endings) = (term.clone(), term.endings());
            self.patterns.push(Pattern { subject: self.subject, atom, fuzzy: self.fuzzy && term.adds_forms(), term, endings });
        }
        Node::Atom(atom)
    }

    /// Any of several: their terms are one atom.
    fn any<'e>(&mut self, all: impl Iterator<Item = &'e Expr>) -> Node {
        let (mut terms, mut others) = (Vec::new(), Vec::new());
        for expr in all {
            match terms_only(expr) {
                Some(more) => terms.extend(more),
                None => others.push(expr),
            }
        }
        let mut nodes = Vec::new();
        if !terms.is_empty() {
            nodes.push(self.atom(&terms));
        }
        nodes.extend(others.into_iter().map(|expr| self.node(expr)));
        one_or(nodes, Node::Or)
    }

    /// A list with commas, of which any will do, or with AND; what is excepted from it either takes away
    /// places or is not to stand in the text at all.
    fn list(&mut self, all: &[Expr], commas: bool) -> Node {
        let excluded = |expr: &&Expr| matches!(expr, Expr::Except(_)) || commas && matches!(expr, Expr::Not(_));
        let (not, wanted): (Vec<&Expr>, Vec<&Expr>) = all.iter().partition(excluded);
        let from = self.atoms;
        let mut nodes = Vec::new();
        if commas && !wanted.is_empty() {
            nodes.push(self.any(wanted.iter().copied()));
        } else {
            nodes.extend(wanted.iter().map(|expr| self.node(expr)));
        }
        let to = self.atoms;
        let mut positive = Vec::new();
        wanted.iter().for_each(|expr| positive_terms(expr, &mut positive));
        let (mut taking, mut barring) = (Vec::new(), Vec::new());
        for expr in not {
            let (Expr::Except(inner) | Expr::Not(inner)) = expr else { continue };
            let terms = if matches!(expr, Expr::Except(_)) { terms_only(inner) } else { None };
            let Some(terms) = terms else {
                nodes.push(self.not(|lowering| lowering.node(inner)));
                continue;
            };
            let (takes, bars): (Vec<&Term>, Vec<&Term>) = terms.into_iter().partition(|term| positive.iter().any(|p| term.holds(p)));
            taking.extend(takes);
            barring.extend(bars);
        }
        if !taking.is_empty() {
            let take = Take { atom: self.atoms, from, to };
            self.takes.push(take);
            self.atom(&taking);
        }
        if !barring.is_empty() {
            nodes.push(self.not(|lowering| lowering.atom(&barring)));
        }
        one_or(nodes, Node::And)
    }
}

fn one_or(mut nodes: Vec<Node>, make: fn(Vec<Node>) -> Node) -> Node {
    match nodes.pop() {
        Some(only) if nodes.is_empty() => only,
        Some(last) => {
            nodes.push(last);
            make(nodes)
        }
        None => make(nodes),
    }
}

/// The terms of an expression that is nothing but terms of which any will do.
fn terms_only(expr: &Expr) -> Option<Vec<&Term>> {
    match expr {
        Expr::Term(term) => Some(vec![term]),
        Expr::Or(all) | Expr::List(all) => {
            let all: Option<Vec<Vec<&Term>>> = all.iter().map(terms_only).collect();
            Some(all?.into_iter().flatten().collect())
        }
        _ => None,
    }
}

/// The terms whose places an expression may give.
fn positive_terms<'e>(expr: &'e Expr, terms: &mut Vec<&'e Term>) {
    match expr {
        Expr::Term(term) => terms.push(term),
        Expr::Or(all) | Expr::And(all) | Expr::List(all) => all.iter().for_each(|expr| positive_terms(expr, terms)),
        Expr::Near(left, right, _) => [left, right].into_iter().for_each(|expr| positive_terms(expr, terms)),
        Expr::Field(_) | Expr::Not(_) | Expr::Except(_) => {}
    }
}
