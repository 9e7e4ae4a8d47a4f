//! What was learned as a lexicon file. In: leanings. Out: text that people can read, sort and strike
//! lines from. Separate because the file is the product: it is read back by the reader of every other
//! lexicon.

use super::lesson::{Learned, Taught};
use crate::lexicon::entry::{Entry, Origin, Sheet};
use crate::lexicon::{Leaning, Meaning};
use std::fmt::Write;
use std::sync::Arc;

impl Learned {
    /// The lexicon file; `header` are its first lines, as key and value.
    #[must_use]
    pub fn page(&self, header: &[(&str, &str)], domain: Option<&str>) -> String {
        let mut page = String::from("# earful-lexicon: 1\n");
        for (key, value) in header {
            let _ = writeln!(page, "# {key}: {}", value.replace(['\n', '\r'], " "));
        }
        let domain = domain.map_or(String::new(), |domain| format!(" domain={domain}"));
        page.push('\n');
        for (cue, leaning) in &self.cues {
            line(&mut page, cue.name(), *leaning, &domain);
        }
        page.push('\n');
        for Taught { candidate, leaning, .. } in &self.terms {
            line(&mut page, &candidate.term, *leaning, &format!(" support={}{domain}", candidate.texts));
        }
        page
    }

    /// The same as entries, to be used at once.
    #[must_use]
    pub fn sheet(&self, name: &str, language: &str) -> Sheet {
        let file: Arc<str> = Arc::from(name);
        let terms = self.terms.iter().map(|taught| (taught.candidate.term.as_str(), taught.leaning));
        let all = self.cues.iter().map(|(cue, leaning)| (cue.name(), *leaning)).chain(terms);
        let entry = |(line, (term, leaning)): (usize, (&str, Leaning))| Entry {
            term: term.to_owned().into(),
            meaning: Meaning::Leaning(leaning),
            domains: Vec::new(),
            origin: Origin { file: Arc::clone(&file), line },
        };
        Sheet { name: name.to_owned(), language: language.to_owned(), entries: (1..).zip(all).map(entry).collect() }
    }
}

fn line(page: &mut String, term: &str, leaning: Leaning, options: &str) {
    let nats = |thousandths: i32| f64::from(thousandths) / 1000.0;
    let _ = writeln!(page, "{term}\tleaning:{}\topinion={}{options}", nats(leaning.lean), nats(leaning.opinion));
}
