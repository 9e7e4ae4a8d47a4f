//! The evaluation as Markdown, for pull requests and CI summaries. Everything that came from input is
//! escaped.

use super::terminal::{percent, points, reasons, title, truth_of};
use super::{Against, EvalReport, Example, Flip};
use crate::escape::markdown as esc;
use crate::report::{Looks, Renderer};
use std::io::{self, Write};

pub const RENDERER: Renderer<EvalReport> = Renderer { name: "md", endings: &["md", "markdown"], render };

fn render(report: &EvalReport, _: Looks, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# How good the answers are\n")?;
    let read = &report.read;
    writeln!(
        out,
        "{} records: {} evaluated, {} unlabelled, {} unscored, {} skipped, {} excluded.\n",
        read.records, read.evaluated, read.unlabelled, read.unscored, read.skipped, read.excluded
    )?;
    for file in &report.files {
        if let (Some(by), Some(column)) = (&file.by, &file.column) {
            writeln!(out, "- {}: against {}", esc(&file.name), esc(&truth_of(by, column)))?;
        }
        if let Some(fault) = &file.fault {
            writeln!(out, "- **{}**: {}", esc(&file.name), esc(fault))?;
        }
    }
    for reason in reasons(read) {
        writeln!(out, "- {}", esc(&reason))?;
    }
    writeln!(out)?;
    if read.evaluated > 0 {
        figures(report, out)?;
        tables(report, out)?;
        slices(report, out)?;
        against(report, out)?;
        texts(report, out)?;
    }
    for note in &report.notes {
        writeln!(out, "> {}\n", esc(note))?;
    }
    writeln!(out, "With 95 % intervals. {}, {} lexicon entries.", report.generator, report.lexicon.entries)
}

fn figures(report: &EvalReport, out: &mut dyn Write) -> io::Result<()> {
    let classes: Vec<&str> = report.classes.iter().map(|class| title(class)).collect();
    writeln!(
        out,
        "Accuracy **{} %**, macro-F1 **{} %** over {}; a mixed answer counts {}.\n",
        percent(&report.overall.accuracy),
        percent(&report.overall.macro_f1),
        classes.join(", "),
        if report.mixed.starts_with("by") { &report.mixed } else { "as a class of its own" }
    )?;
    writeln!(
        out,
        "{:.1} % of labelled records are scored, {:.1} % not neutral; {:.1} % of content words are known.\n",
        report.coverage.scored.value * 100.0,
        report.coverage.opinion.value * 100.0,
        report.coverage.words * 100.0
    )
}

fn tables(report: &EvalReport, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "| Class | Labelled | Answered | Precision % | Recall % | F1 % |\n|---|--:|--:|---|---|---|")?;
    for row in &report.by_class {
        let shares = [&row.precision, &row.recall, &row.f1].map(percent);
        writeln!(out, "| {} | {} | {} | {} |", title(&row.class), row.support, row.answers, shares.join(" | "))?;
    }
    writeln!(out, "\n| Label | Praise | Neutral | Complaint | Mixed | Unscored |\n|---|--:|--:|--:|--:|--:|")?;
    for row in &report.confusion {
        let counts = [row.positive, row.neutral, row.negative, row.mixed, row.unscored].map(|count| count.to_string());
        writeln!(out, "| {} | {} |", title(&row.label), counts.join(" | "))?;
    }
    writeln!(out, "\n| Confidence | Records | Mean | Right % |\n|---|--:|--:|---|")?;
    for bin in &report.calibration.bins {
        writeln!(out, "| {:.1} to {:.1} | {} | {:.2} | {} |", bin.from, bin.to, bin.records, bin.confidence, percent(&bin.right))?;
    }
    writeln!(out, "\nExpected calibration error {:.3}.\n", report.calibration.error)
}

fn slices(report: &EvalReport, out: &mut dyn Write) -> io::Result<()> {
    for slice in &report.slices {
        writeln!(out, "## By {0}\n\n| {0} | Records | Accuracy % | Macro-F1 % |\n|---|--:|---|---|", esc(&slice.field))?;
        for row in &slice.values {
            let f = &row.figures;
            writeln!(out, "| {} | {} | {} | {} |", esc(&row.value), f.records, percent(&f.accuracy), percent(&f.macro_f1))?;
        }
        writeln!(out, "{}", if slice.more > 0 { format!("\nand {} more\n", slice.more) } else { String::new() })?;
    }
    Ok(())
}

fn against(report: &EvalReport, out: &mut dyn Write) -> io::Result<()> {
    if report.against.is_empty() {
        return Ok(());
    }
    writeln!(out, "## Against other lexicons\n\n| Lexicon | Accuracy % | Macro-F1 % | Accuracy, change | Macro-F1, change | p |")?;
    writeln!(out, "|---|--:|--:|---|---|--:|")?;
    let overall = &report.overall;
    writeln!(out, "| base | {:.1} | {:.1} | | | |", overall.accuracy.value * 100.0, overall.macro_f1.value * 100.0)?;
    for Against { lexicon, figures, accuracy_change, macro_f1_change, test, .. } in &report.against {
        writeln!(
            out,
            "| {} | {:.1} | {:.1} | {} | {} | {:.4} |",
            esc(lexicon),
            figures.accuracy.value * 100.0,
            figures.macro_f1.value * 100.0,
            points(accuracy_change),
            points(macro_f1_change),
            test.p
        )?;
    }
    writeln!(out)?;
    for other in &report.against {
        writeln!(
            out,
            "{}: {} records become right, {} wrong ({}).\n",
            esc(&other.lexicon),
            other.test.gained,
            other.test.lost,
            other.test.test
        )?;
        flips("right", &other.gained, out)?;
        flips("wrong", &other.lost, out)?;
    }
    Ok(())
}

fn flips(what: &str, flips: &[Flip], out: &mut dyn Write) -> io::Result<()> {
    for flip in flips {
        let said = format!("becomes {what}: label {}, was {}, is {}", title(&flip.label), title(&flip.before), title(&flip.after));
        example(&flip.example, &said, out)?;
    }
    Ok(())
}

fn example(example: &Example, said: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "> {}\n> — {} ({:+.2}), {}\n", esc(&example.text), esc(&example.place), example.score, esc(said))
}

fn texts(report: &EvalReport, out: &mut dyn Write) -> io::Result<()> {
    for mistake in &report.mistakes {
        writeln!(out, "## Labelled {}, answered {}: {}\n", title(&mistake.label), title(&mistake.answer), mistake.records)?;
        for one in &mistake.examples {
            example(one, "", out)?;
        }
    }
    if !report.clashes.is_empty() {
        writeln!(out, "## Furthest from their labels\n")?;
    }
    for clash in &report.clashes {
        let words: Vec<String> = clash.words.iter().map(|word| format!("{} {:+.2}", word.text, word.lean)).collect();
        example(&clash.example, &format!("labelled {}: {}", title(&clash.label), words.join(", ")), out)?;
    }
    Ok(())
}
