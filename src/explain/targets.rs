//! Why a subject has its score. In: a text and whom to listen for. Out: for each subject the opinions with
//! how each stands to it, what that leaves of them, and the sum. Separate because it explains other numbers
//! than the score of the text, by the same sum.

use super::{Weight, points, strength};
use crate::analyze::{Analysis, Analyzer};
use crate::mention::target::{Feature, Language, Scene, Span, Target};
use crate::mention::{Ear, Listener, NoFields, Told};
use crate::score::Score;
use serde::Serialize;

/// A subject with what is felt about it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TargetNote {
    /// The subject.
    pub subject: String,
    /// Its mentions, as written.
    pub mentions: Vec<String>,
    /// The opinions of the text, as far as they are about it.
    pub opinions: Vec<Attachment>,
    /// What all words and pairs that only lean add.
    pub words: Weight,
    /// What else bears on it, by the names in `targets.tsv`.
    pub others: Vec<Bearing>,
    /// What the text adds apart from its words, whatever the target.
    pub rest: Weight,
    /// The sum of all of it.
    pub sum: Weight,
    /// Its score.
    pub score: f64,
    /// Which way it leans.
    pub polarity: &'static str,
}

/// An opinion, and how it stands to a target.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Attachment {
    /// As written.
    pub text: String,
    /// How it stands to the target: before or after it, how far off, what it belongs to.
    pub stands: String,
    /// What else tells whether it is about the target: what stands nearer, and what stands between.
    pub bonds: Vec<String>,
    /// How much of its lean counts for the target, 1 being all.
    pub counts: f64,
    /// What it adds.
    pub adds: Weight,
}

/// Something else that bears on a target.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bearing {
    /// Its name.
    pub feature: String,
    /// What it adds.
    pub adds: Weight,
}

/// Explains what is felt about each subject of a text that was analysed; nothing in a language about whose
/// targets nothing is known.
#[must_use]
pub fn targets(analyzer: &Analyzer, listener: &Listener, analysis: &Analysis, whole: &Score) -> Vec<TargetNote> {
    let mut ear = Ear::default();
    listener.listen(analyzer, analysis, &NoFields, None, &mut ear);
    let known = analyzer.lexicon_of(analysis.language).zip(Language::of(analysis.language).ok().flatten());
    let Some((lexicon, language)) = known else { return Vec::new() };
    let (scene, glosses) = ear.scene();
    let (mut scene, told) = (scene.clone(), Told::new(analysis, glosses));
    let mut notes = Vec::new();
    for about in ear.subjects().iter().filter(|about| about.mentions > 0) {
        let of_subject = || ear.mentions().iter().filter(|felt| felt.subject == about.subject);
        let spans: Vec<Span> = of_subject().map(|felt| felt.span).collect();
        let fared = ear.fared(about.subject, analysis.reading.tokens().as_slice());
        let target = Target { spans: &spans, category: false, subject: listener.mark(about.subject), all: true, fared: &fared };
        scene.turn_to(language, lexicon, told, target.subject);
        let mentions = of_subject().map(|felt| analysis.text.get(felt.start as usize..felt.end as usize).unwrap_or("").to_owned());
        let name = listener.subject(about.subject).map_or("", |(name, _)| name);
        notes.push(note(name, mentions.collect(), (analysis, language, &scene, target), whole, lexicon.weights().mixed()));
    }
    notes
}

fn note(
    name: &str,
    mentions: Vec<String>,
    (analysis, language, scene, target): (&Analysis, &Language, &Scene, Target),
    whole: &Score,
    mixed: crate::lexicon::Mixed,
) -> TargetNote {
    let tokens = analysis.reading.tokens().as_slice();
    let (mut opinions, mut others, mut words) = (Vec::new(), Vec::new(), [0, 0]);
    language.each_part(scene, target, |part| {
        let adds = weight(part.adds);
        match (part.feature, part.piece) {
            (Feature::Word(..) | Feature::Own | Feature::Absent, None) => words = [words[0] + part.adds[0], words[1] + part.adds[1]],
            (feature, Some(piece)) => {
                let bounds = tokens.get(piece.span.first as usize).zip(tokens.get(piece.span.last as usize));
                let text = bounds.and_then(|(first, last)| analysis.text.get(first.start as usize..last.end as usize)).unwrap_or("");
                let stands = feature.name(language.grammar());
                let names = part.bonds.iter().map(ToString::to_string).collect();
                opinions.push(Attachment { text: text.to_owned(), stands, bonds: names, counts: points(part.weight.lean), adds });
            }
            (feature, None) if part.adds != [0, 0] => others.push(Bearing { feature: feature.name(language.grammar()), adds }),
            _ => {}
        }
    });
    let verdict = language.judge(scene, target, whole, mixed);
    let [lean, opinion] = scene.rest();
    TargetNote {
        subject: name.to_owned(),
        mentions,
        opinions,
        words: weight(words),
        others,
        rest: weight([lean.into(), opinion.into()]),
        sum: weight([verdict.sum.lean.into(), verdict.sum.opinion.into()]),
        score: strength(verdict.score.score),
        polarity: verdict.score.polarity.name(),
    }
}

#[allow(clippy::cast_precision_loss)] // thousandths of small numbers
fn weight([lean, opinion]: [i64; 2]) -> Weight {
    Weight { lean: lean as f64 / 1000.0, opinion: opinion as f64 / 1000.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::{Outcome, Scratch};
    use crate::lexicon::builtin;
    use crate::mention::{Subject, Subjects};
    use proptest::prelude::*;
    use std::sync::OnceLock;

    fn setting() -> &'static (Analyzer, Listener) {
        static SETTING: OnceLock<(Analyzer, Listener)> = OnceLock::new();
        SETTING.get_or_init(|| {
            let subjects = ["Dell", "HP"].map(|name| Subject::from_flag(name).unwrap()).to_vec();
            let analyzer = Analyzer::new(vec![builtin::lexicon().unwrap()], Some("en".to_owned()));
            let listener = Listener::new(&analyzer, Subjects::compile(subjects).unwrap(), None, true).unwrap();
            (analyzer, listener)
        })
    }

    proptest! {
        /// All parts of a target add up to its sum, and the sum gives the score that rows have.
        #[test]
        fn everything_adds_up(words in proptest::collection::vec("Dell|HP|good|awful|not|never|is|better|worse|than|the|battery|but|and|it|!|\\.|,|love|[a-z]{1,6}", 1..24)) {
            let text = words.join(" ");
            let (analyzer, listener) = setting();
            let mut scratch = Scratch::default();
            let analysis = analyzer.analyze(None, Some(&text), None, &mut scratch);
            let Outcome::Scored(whole) = analysis.outcome else { return Ok(()) };
            let mut ear = Ear::default();
            listener.listen(analyzer, &analysis, &NoFields, None, &mut ear);
            let notes = targets(analyzer, listener, &analysis, &whole);
            prop_assert_eq!(notes.len(), ear.subjects().len());
            for (note, about) in notes.iter().zip(ear.subjects()) {
                let parts = note.opinions.iter().map(|one| one.adds).chain(note.others.iter().map(|one| one.adds)).chain([note.words, note.rest]);
                let (lean, opinion) = parts.fold((0.0, 0.0), |(lean, opinion), adds| (lean + adds.lean, opinion + adds.opinion));
                prop_assert!((lean - note.sum.lean).abs() < 1e-6 && (opinion - note.sum.opinion).abs() < 1e-6, "{:?}", note);
                prop_assert_eq!(about.score.map(|score| strength(score.score)), Some(note.score));
            }
        }
    }
}
