//! What is praised and complained about, for the shell. Separate because it is a section of its own.

use super::{BAD, FAINT, GOOD, Page, fit, grouped};
use crate::escape::terminal as esc;
use crate::report::{Report, Theme, ThemeChange};
use anstyle::Style;
use std::io;
use unicode_width::UnicodeWidthStr;

/// Themes of a side that are shown.
const SHOWN: usize = 8;
/// Those of them that are quoted.
const QUOTED: usize = 3;
/// Columns of the longest name.
const NAME: usize = 26;
/// Columns of a line beside the name.
const BESIDE: usize = 62;

impl Page<'_> {
    pub(super) fn themes(&mut self, report: &Report) -> io::Result<()> {
        let Some(themes) = &report.themes else { return Ok(()) };
        if let Some(reason) = &themes.reason {
            self.heading("Themes")?;
            return self.line(FAINT, &format!("  none: {}", esc(reason)));
        }
        self.side("Themes of complaint", BAD, &themes.complaint)?;
        self.side("Themes of praise", GOOD, &themes.praise)?;
        self.side("Given themes", Style::new(), &themes.given)?;
        if themes.sample > 1 {
            self.line(FAINT, &format!("  from one record in {}: {} of them", themes.sample, grouped(themes.records)))?;
        }
        Ok(())
    }

    fn side(&mut self, title: &str, style: Style, list: &[Theme]) -> io::Result<()> {
        if list.is_empty() {
            return Ok(());
        }
        self.heading(title)?;
        let shown = || list.iter().take(SHOWN);
        let width = shown()
            .map(|theme| esc(&theme.name).width())
            .max()
            .unwrap_or(0)
            .clamp(5, NAME.min(self.looks.width.saturating_sub(BESIDE)).max(5));
        let stars = shown().any(|theme| theme.stars.is_some());
        let stars_head = if stars { "  stars" } else { "" };
        self.line(FAINT, &format!("  {} {:>8}  {:>19}{stars_head}  stable  change", fit("theme", width), "records", "share % (95 %)"))?;
        for theme in shown() {
            let share = format!("{:.1} ({:.1} to {:.1})", theme.share.value * 100.0, theme.share.low * 100.0, theme.share.high * 100.0);
            let mean = if stars {
                theme.stars.map_or_else(|| format!("{:>7}", "-"), |mean| format!("{:>7.1}", mean.value))
            } else {
                String::new()
            };
            let stable = theme.stability.map_or_else(|| "-".to_owned(), |share| format!("{:.0} %", share * 100.0));
            let name = self.paint(style, &fit(&esc(&theme.name), width));
            let line = format!("  {name} {:>8}  {share:>19}{mean}  {stable:>6}  {}", grouped(theme.records), change(theme.change.as_ref()));
            self.line(Style::new(), line.trim_end())?;
        }
        if list.len() > SHOWN {
            self.line(FAINT, &format!("  and {} more", list.len() - SHOWN))?;
        }
        for theme in shown().take(QUOTED) {
            if let Some(quote) = theme.quotes.first().map(|quote| &quote.quote) {
                self.quote(quote, style)?;
            }
        }
        Ok(())
    }
}

/// Which way a theme went, in points; nothing that may be chance.
fn change(change: Option<&ThemeChange>) -> String {
    match change.map(|change| &change.difference) {
        Some(difference) if difference.low > 0.0 || difference.high < 0.0 => format!("{:+.1} points", difference.value * 100.0),
        _ => String::new(),
    }
}
