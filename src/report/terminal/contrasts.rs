//! Words that set records apart, for the shell. Separate because it is a section of its own.

use super::{BAD, FAINT, GOOD, Page, grouped};
use crate::escape::terminal as esc;
use crate::report::{Contrast, Report, TellingWord};
use anstyle::Style;
use std::io;
use unicode_width::UnicodeWidthStr;

impl Page<'_> {
    pub(super) fn contrasts(&mut self, report: &Report) -> io::Result<()> {
        report.contrasts.iter().filter(|contrast| contrast.tells()).try_for_each(|contrast| self.contrast(contrast))
    }

    fn contrast(&mut self, contrast: &Contrast) -> io::Result<()> {
        let Contrast { of, against, .. } = contrast;
        self.heading(&format!("What sets {} apart from {}", esc(of), esc(against)))?;
        // Complaints and praise have colours of their own; other sides have none.
        let style = |side: &str| match side {
            "complaints" => BAD,
            "praise" => GOOD,
            _ => Style::new(),
        };
        self.telling(of, style(of), &contrast.words)?;
        self.telling(against, style(against), &contrast.other_words)
    }

    fn telling(&mut self, side: &str, style: Style, words: &[TellingWord]) -> io::Result<()> {
        if words.is_empty() {
            return self.line(FAINT, &format!("  {}: no word tells beyond chance", esc(side)));
        }
        let items: Vec<(String, String)> =
            words.iter().map(|word| (esc(&word.word).into_owned(), format!("{}:{}", grouped(word.count), grouped(word.other)))).collect();
        let lead = format!("  {}: ", esc(side));
        let mut line = lead.clone();
        let mut used = lead.width();
        for (at, (word, counts)) in items.iter().enumerate() {
            let columns = word.width() + counts.len() + 1;
            if at > 0 && used + 3 + columns > self.looks.width {
                self.line(Style::new(), line.trim_end())?;
                (line, used) = ("    ".to_owned(), 4);
            } else if at > 0 {
                line.push_str(" · ");
                used += 3;
            }
            line.push_str(&self.paint(style, word));
            line.push(' ');
            line.push_str(counts);
            used += columns;
        }
        self.line(Style::new(), &line)
    }
}
