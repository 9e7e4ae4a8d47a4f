//! The evaluation for the shell. Everything that came from input is escaped.

use super::{Against, Clash, EvalRead, EvalReport, Example, Figures, Flip, Slice};
use crate::escape::terminal as esc;
use crate::report::terminal::{BAD, BAR, FAINT, GOOD, HEAD, Page, WARN, bar, fit, grouped, wrap};
use crate::report::{Looks, Renderer};
use crate::stats::Estimate;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

pub const RENDERER: Renderer<EvalReport> = Renderer { name: "text", endings: &["txt"], render };

/// Columns of the longest label of a table.
const LABEL: usize = 24;

fn render(report: &EvalReport, looks: Looks, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page { out, looks };
    page.counted(report)?;
    if report.read.evaluated == 0 {
        page.line(WARN, "no record could be evaluated; the reasons are above")?;
    } else {
        page.headline(report)?;
        page.classes(report)?;
        page.confusion(report)?;
        page.calibration(report)?;
        for slice in &report.slices {
            page.slice(slice)?;
        }
        page.against(&report.overall, &report.against)?;
        page.mistakes(report)?;
        page.clashes(&report.clashes)?;
    }
    for note in &report.notes {
        page.line(WARN, &format!("note: {}", esc(note)))?;
    }
    Ok(())
}

/// How people read the name of a class.
pub(super) fn title(name: &str) -> &str {
    match name {
        "positive" => "praise",
        "negative" => "complaint",
        other => other,
    }
}

pub(super) fn percent(e: &Estimate) -> String {
    format!("{:.1} ({:.1} to {:.1})", e.value * 100.0, e.low * 100.0, e.high * 100.0)
}

pub(super) fn points(e: &Estimate) -> String {
    format!("{:+.1} ({:+.1} to {:+.1})", e.value * 100.0, e.low * 100.0, e.high * 100.0)
}

/// Why records are unlabelled or unscored, a line each.
pub(super) fn reasons(read: &EvalRead) -> Vec<String> {
    let mut lines = Vec::new();
    for (count, what) in [(read.no_label, "no label"), (read.left_out, "the label leaves them out")] {
        if count > 0 {
            lines.push(format!("{} unlabelled: {what}", grouped(count)));
        }
    }
    if read.unknown_label > 0 {
        let words = if read.unknown_labels.is_empty() { String::new() } else { format!(" ({})", read.unknown_labels.join(", ")) };
        lines.push(format!(
            "{} unlabelled: labels that are not known{words}; say what they mean with --label-map",
            grouped(read.unknown_label)
        ));
    }
    if read.unscored > 0 {
        let languages: Vec<String> = read.unscored_languages.iter().map(|l| format!("{} {}", l.name, grouped(l.count))).collect();
        lines.push(format!("{} unscored: no lexicon for their language ({})", grouped(read.unscored), languages.join(", ")));
    }
    lines.extend(
        read.reasons.iter().map(|skip| format!("{} {}: {} ({})", grouped(skip.count), skip.fate(), skip.reason, skip.places.join(", "))),
    );
    lines
}

impl Page<'_> {
    fn counted(&mut self, report: &EvalReport) -> io::Result<()> {
        let read = &report.read;
        let truth: Vec<String> = report.files.iter().filter_map(|file| truth(file.by.as_deref()?, file.column.as_deref()?)).collect();
        let one = truth.first().filter(|first| truth.iter().all(|other| other == *first));
        let by = one.map_or_else(String::new, |truth| format!(" · against {truth}"));
        self.line(HEAD, &format!("{} records{}", grouped(read.records), esc(&by)))?;
        writeln!(
            self.out,
            "{} evaluated + {} unlabelled + {} unscored + {} skipped{}",
            grouped(read.evaluated),
            grouped(read.unlabelled),
            grouped(read.unscored),
            grouped(read.skipped),
            if read.excluded > 0 { format!(" + {} excluded", grouped(read.excluded)) } else { String::new() }
        )?;
        for file in &report.files {
            if let Some(fault) = &file.fault {
                self.line(BAD, &format!("  {}: {}", esc(&file.name), esc(fault)))?;
            }
            if let (None, Some(by), Some(column)) = (one, &file.by, &file.column) {
                let text = format!("  {}: against {}", esc(&file.name), esc(&truth_of(by, column)));
                self.line(FAINT, &text)?;
            }
        }
        for reason in reasons(read) {
            self.line(FAINT, &format!("  {}", esc(&reason)))?;
        }
        Ok(())
    }

    fn headline(&mut self, report: &EvalReport) -> io::Result<()> {
        self.heading("How good the answers are")?;
        let classes: Vec<&str> = report.classes.iter().map(|class| title(class)).collect();
        writeln!(self.out, "  accuracy  {:>22} %", percent(&report.overall.accuracy))?;
        writeln!(self.out, "  macro-F1  {:>22} %   over {}", percent(&report.overall.macro_f1), classes.join(", "))?;
        let c = &report.coverage;
        writeln!(
            self.out,
            "  coverage  {:.1} % of labelled records scored, {:.1} % not neutral, {:.1} % of content words known",
            c.scored.value * 100.0,
            c.opinion.value * 100.0,
            c.words * 100.0
        )
    }

    fn classes(&mut self, report: &EvalReport) -> io::Result<()> {
        self.heading("By class")?;
        self.line(
            FAINT,
            &format!("  {:<10} {:>8} {:>8}  {:>22}  {:>22}  {:>22}", "", "labelled", "answered", "precision %", "recall %", "F1 %"),
        )?;
        for row in &report.by_class {
            writeln!(
                self.out,
                "  {:<10} {:>8} {:>8}  {:>22}  {:>22}  {:>22}",
                title(&row.class),
                grouped(row.support),
                grouped(row.answers),
                percent(&row.precision),
                percent(&row.recall),
                percent(&row.f1)
            )?;
        }
        Ok(())
    }

    fn confusion(&mut self, report: &EvalReport) -> io::Result<()> {
        self.heading("Labels against answers")?;
        let head = format!("  {:<10} {:>10} {:>10} {:>10} {:>10} {:>10}", "label", "praise", "neutral", "complaint", "mixed", "unscored");
        self.line(FAINT, &head)?;
        for row in &report.confusion {
            writeln!(
                self.out,
                "  {:<10} {:>10} {:>10} {:>10} {:>10} {:>10}",
                title(&row.label),
                grouped(row.positive),
                grouped(row.neutral),
                grouped(row.negative),
                grouped(row.mixed),
                grouped(row.unscored)
            )?;
        }
        writeln!(
            self.out,
            "  a mixed answer counts {}",
            if report.mixed.starts_with("by") { &report.mixed } else { "as a class of its own" }
        )
    }

    fn calibration(&mut self, report: &EvalReport) -> io::Result<()> {
        self.heading("Confidence")?;
        self.line(FAINT, &format!("  {:<11} {:>8} {:>6}  {:>22}", "confidence", "records", "mean", "right %"))?;
        for bin in &report.calibration.bins {
            let bar = self.paint(FAINT, &bar(bin.right.value, BAR));
            writeln!(
                self.out,
                "  {:.1} to {:.1}  {:>8} {:>6.2}  {:>22}  {}",
                bin.from,
                bin.to,
                grouped(bin.records),
                bin.confidence,
                percent(&bin.right),
                bar.trim_end()
            )?;
        }
        writeln!(self.out, "  expected calibration error {:.3}", report.calibration.error)
    }

    fn slice(&mut self, slice: &Slice) -> io::Result<()> {
        let field = esc(&slice.field).into_owned();
        self.heading(&format!("By {field}"))?;
        let label = |value: &str| esc(value).into_owned();
        let width = slice.values.iter().map(|row| label(&row.value).width()).chain([field.width()]).max().unwrap_or(0).min(LABEL);
        self.line(FAINT, &format!("  {} {:>9}  {:>22}  {:>22}", fit(&field, width), "records", "accuracy %", "macro-F1 %"))?;
        for row in &slice.values {
            let f = &row.figures;
            writeln!(
                self.out,
                "  {} {:>9}  {:>22}  {:>22}",
                fit(&label(&row.value), width),
                grouped(f.records),
                percent(&f.accuracy),
                percent(&f.macro_f1)
            )?;
        }
        if slice.more > 0 {
            writeln!(self.out, "  and {} more", grouped(slice.more))?;
        }
        Ok(())
    }

    fn against(&mut self, first: &Figures, list: &[Against]) -> io::Result<()> {
        if list.is_empty() {
            return Ok(());
        }
        self.heading("Against other lexicons, on the same records")?;
        let width = list.iter().map(|other| esc(&other.lexicon).width()).chain([4]).max().unwrap_or(0).min(LABEL);
        self.line(
            FAINT,
            &format!(
                "  {} {:>10} {:>10}  {:>22}  {:>22}  {:>8}",
                fit("", width),
                "accuracy",
                "macro-F1",
                "accuracy +-",
                "macro-F1 +-",
                "p"
            ),
        )?;
        writeln!(self.out, "  {} {:>10.1} {:>10.1}", fit("base", width), first.accuracy.value * 100.0, first.macro_f1.value * 100.0)?;
        for other in list {
            writeln!(
                self.out,
                "  {} {:>10.1} {:>10.1}  {:>22}  {:>22}  {:>8.4}",
                fit(&esc(&other.lexicon), width),
                other.figures.accuracy.value * 100.0,
                other.figures.macro_f1.value * 100.0,
                points(&other.accuracy_change),
                points(&other.macro_f1_change),
                other.test.p
            )?;
        }
        for other in list {
            let line = format!(
                "  {}: {} records become right, {} wrong ({})",
                esc(&other.lexicon),
                grouped(other.test.gained),
                grouped(other.test.lost),
                other.test.test
            );
            writeln!(self.out, "{line}")?;
            self.flips("right", &other.gained)?;
            self.flips("wrong", &other.lost)?;
        }
        Ok(())
    }

    fn flips(&mut self, what: &str, flips: &[Flip]) -> io::Result<()> {
        for flip in flips {
            let style = if what == "right" { GOOD } else { BAD };
            let mark = self.paint(style, if what == "right" { "+" } else { "-" });
            let said = format!("label {}: was {}, is {}", title(&flip.label), title(&flip.before), title(&flip.after));
            self.example(&mark, &flip.example, &said)?;
        }
        Ok(())
    }

    fn example(&mut self, mark: &str, example: &Example, said: &str) -> io::Result<()> {
        for (at, line) in wrap(&esc(&example.text), self.looks.width.saturating_sub(4).max(20)).iter().enumerate() {
            writeln!(self.out, "  {} {line}", if at == 0 || mark.contains('▌') { mark } else { " " })?;
        }
        self.line(FAINT, &format!("    {} ({:+.2}), {said}", esc(&example.place), example.score))
    }

    fn mistakes(&mut self, report: &EvalReport) -> io::Result<()> {
        for mistake in &report.mistakes {
            self.heading(&format!(
                "Labelled {}, answered {}: {}",
                title(&mistake.label),
                title(&mistake.answer),
                grouped(mistake.records)
            ))?;
            let mark = self.paint(WARN, "▌");
            for example in &mistake.examples {
                for line in wrap(&esc(&example.text), self.looks.width.saturating_sub(4).max(20)) {
                    writeln!(self.out, "  {mark} {line}")?;
                }
                self.line(FAINT, &format!("    {} ({:+.2})", esc(&example.place), example.score))?;
            }
        }
        Ok(())
    }

    fn clashes(&mut self, clashes: &[Clash]) -> io::Result<()> {
        if clashes.is_empty() {
            return Ok(());
        }
        self.heading("Furthest from their labels")?;
        let mark = self.paint(BAD, "▌");
        for clash in clashes {
            let words: Vec<String> = clash.words.iter().map(|word| format!("{} {:+.2}", esc(&word.text), word.lean)).collect();
            self.example(&mark, &clash.example, &format!("labelled {}: {}", title(&clash.label), words.join(" · ")))?;
        }
        Ok(())
    }
}

fn truth(by: &str, column: &str) -> Option<String> {
    (!column.is_empty()).then(|| truth_of(by, column))
}

/// `labels in "sentiment"`.
pub(super) fn truth_of(by: &str, column: &str) -> String {
    format!("{} in {column:?}", if by == "stars" { "stars" } else { "labels" })
}
