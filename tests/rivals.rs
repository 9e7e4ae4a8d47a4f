//! What is felt about each of two or three brands of one text. The figures are printed with `--nocapture`; the test
//! holds what was reached.

#![allow(clippy::print_stdout)] // figures, shown with --nocapture

use earful::analyze::{Analyzer, Scratch};
use earful::lexicon::builtin;
use earful::mention::{Ear, Kind, Listener, NoFields, Subject, Subjects};
use earful::score::Polarity;

/// A text, and the label of each brand.
struct Row {
    text: String,
    labels: Vec<(String, String)>,
}

fn rows(file: &str) -> Vec<Row> {
    let lines = file.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|line| {
            let mut cells = line.split('\t');
            let text = cells.next().unwrap().to_owned();
            let label = |cell: &str| cell.rsplit_once('=').map(|(brand, label)| (brand.to_lowercase(), label.to_owned()));
            Row { text, labels: cells.map(|cell| label(cell).unwrap()).collect() }
        })
        .collect()
}

/// Labels, how many of them were right, and how many were the opposite; by the whole text, how many were right.
#[derive(Debug, Default, PartialEq)]
struct Figures {
    labels: usize,
    right: usize,
    opposite: usize,
    by_text: usize,
}

impl Figures {
    fn of(rows: &[Row]) -> Self {
        let mut brands: Vec<&str> = rows.iter().flat_map(|row| row.labels.iter().map(|(brand, _)| brand.as_str())).collect();
        brands.sort_unstable();
        brands.dedup();
        let subject = |brand: &&str| Subject { kind: Kind::Competitor, ..Subject::from_flag(&format!("{brand}: \"{brand}\"")).unwrap() };
        let subjects = Subjects::compile(brands.iter().map(subject).collect()).unwrap();
        let analyzer = Analyzer::new(vec![builtin::lexicon().unwrap()], Some("en".to_owned()));
        let listener = Listener::new(&analyzer, subjects, None, false).unwrap();
        let (mut scratch, mut ear, mut figures) = (Scratch::default(), Ear::default(), Self::default());
        for row in rows {
            let analysis = analyzer.analyze(None, Some(&row.text), None, &mut scratch);
            let earful::analyze::Outcome::Scored(whole) = analysis.outcome else { panic!("{}", row.text) };
            listener.listen(&analyzer, &analysis, &NoFields, None, &mut ear);
            for (brand, label) in &row.labels {
                let is_it = |number: u32| listener.subject(number).is_some_and(|(name, _)| name == brand);
                let about = ear.subjects().iter().find(|about| is_it(about.subject));
                let score = about.and_then(|about| about.score).unwrap_or_else(|| panic!("{brand} not found: {}", row.text));
                let opposite =
                    matches!((label.as_str(), score.polarity), ("positive", Polarity::Negative) | ("negative", Polarity::Positive));
                figures.labels += 1;
                figures.right += usize::from(score.polarity.name() == label);
                figures.opposite += usize::from(opposite);
                figures.by_text += usize::from(whole.polarity.name() == label);
            }
        }
        figures
    }
}

/// A brand is judged by what is said of it, and better so than by its text.
#[test]
fn each_brand_is_judged_by_what_is_said_of_it() {
    for (name, file, right, opposite) in
        [("rivals.tsv", include_str!("rivals.tsv"), 0.65, 0.105), ("rivals_apart.tsv", include_str!("rivals_apart.tsv"), 0.49, 0.14)]
    {
        let figures = Figures::of(&rows(file));
        #[allow(clippy::cast_precision_loss)] // a few hundred
        let share = |count: usize| count as f64 / figures.labels as f64;
        let shares = [figures.right, figures.opposite, figures.by_text].map(share);
        println!("{name}: {figures:?}: right {:.3}, opposite {:.3}, by the whole text right {:.3}", shares[0], shares[1], shares[2]);
        assert!(shares[0] >= right && shares[1] <= opposite, "{name}: {figures:?}");
        assert!(figures.right > figures.by_text, "{name}: {figures:?}");
    }
}
