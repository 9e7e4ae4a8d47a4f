//! What is praised and complained about, as Markdown. Separate because it is a section of its own.

use super::{esc, interval, percent, points_interval, quote};
use crate::report::{Report, Theme, Themes};
use std::io::{self, Write};

/// Themes of a side that are shown; all are in the JSON.
const SHOWN: usize = 15;
/// Those of them that are quoted.
const QUOTED: usize = 5;

pub(super) fn themes(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let Some(themes) = &report.themes else { return Ok(()) };
    if let Some(reason) = &themes.reason {
        return writeln!(out, "## Themes\n\nNone: {}.\n", esc(reason));
    }
    side("Themes of complaint", &themes.complaint, out)?;
    side("Themes of praise", &themes.praise, out)?;
    side("Given themes", &themes.given, out)?;
    sampled(themes, out)
}

fn sampled(themes: &Themes, out: &mut dyn Write) -> io::Result<()> {
    if themes.sample > 1 {
        writeln!(out, "Themes are of one record in {}: {} of them; counts are estimated.\n", themes.sample, themes.records)?;
    }
    Ok(())
}

fn side(title: &str, list: &[Theme], out: &mut dyn Write) -> io::Result<()> {
    if list.is_empty() {
        return Ok(());
    }
    writeln!(out, "## {title}\n")?;
    writeln!(out, "| Theme | Records | Share | Mean stars | Listed again | Change |\n|---|--:|---|--:|--:|---|")?;
    for theme in list.iter().take(SHOWN) {
        let share = format!("{} ({})", percent(theme.share.value), interval(&theme.share));
        let stars = theme.stars.map_or_else(String::new, |mean| format!("{:.1}", mean.value));
        let stable = theme.stability.map_or_else(String::new, |share| format!("{:.0} %", share * 100.0));
        let change = theme.change.as_ref().map_or_else(String::new, |change| {
            format!("{:+.1} points ({})", change.difference.value * 100.0, points_interval(&change.difference))
        });
        writeln!(out, "| {} | {} | {share} | {stars} | {stable} | {change} |", esc(&theme.name), theme.records)?;
    }
    writeln!(out)?;
    if list.len() > SHOWN {
        writeln!(out, "and {} more\n", list.len() - SHOWN)?;
    }
    for theme in list.iter().take(QUOTED).filter(|theme| !theme.quotes.is_empty()) {
        writeln!(out, "**{}**\n", esc(&theme.name))?;
        theme.quotes.iter().try_for_each(|one| quote(&one.quote, out))?;
    }
    Ok(())
}
