//! Words that set records apart, as Markdown. Separate because it is a section of its own.

use super::esc;
use crate::report::{Contrast, Report, TellingWord};
use std::io::{self, Write};

pub(super) fn contrasts(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    report.contrasts.iter().filter(|contrast| contrast.tells()).try_for_each(|one| contrast(one, out))
}

fn contrast(contrast: &Contrast, out: &mut dyn Write) -> io::Result<()> {
    let (of, against) = (esc(&contrast.of), esc(&contrast.against));
    writeln!(out, "## Words of {of} against {against}\n")?;
    writeln!(out, "| Side | Word | Records that have it | Of the others | z |\n|---|---|--:|--:|--:|")?;
    let sides = contrast.words.iter().map(|word| (&of, word)).chain(contrast.other_words.iter().map(|word| (&against, word)));
    for (side, TellingWord { word, count, other, z, .. }) in sides {
        writeln!(out, "| {side} | {} | {count} | {other} | {z:.1} |", esc(word))?;
    }
    writeln!(out)
}
