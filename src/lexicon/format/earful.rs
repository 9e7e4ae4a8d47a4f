//! Our own lexicon format: `term TAB meaning [TAB options]`, header lines `# key: value`.
//! Separate as one of the lexicon formats; this one is also the description that users read.
//!
//! * `term` is a word or phrase; it meets text through the same tokenizer, so case, apostrophes,
//!   hyphens and emoji variants do not matter. `NOT` stands for any negator; a word of at least
//!   three letters may end in `*` for any ending.
//! * `meaning` is a valence from -4 to 4 with a decimal point (0 switches an opinion word off inside
//!   a phrase), or a role, some with a strength: `negator`, `booster:1.3`.
//!   Or `leaning:0.31`, what labelled texts taught about the term (log-odds of praise), with the option
//!   `opinion=0.2` (log-odds of an opinion at all); of a word, a pair of words, a listed phrase, or one
//!   of the cues in angle brackets, see [`crate::lexicon::Cue`].
//! * `options`: `domain=apps,food` limits the entry; other `key=value` pairs are kept for tools.
//! * `# ` begins a comment; blank lines are fine.
//! * `# mixed-each: 0.17` and `# mixed-balance: 0.5` in the header say from where on a text with praise
//!   and complaint is mixed, see [`crate::lexicon::Mixed`].

use super::line::{number, shown, split_at_byte, trim};
use super::{Draft, LexiconFormat, Line, LineFault, Wrong};
use crate::lexicon::entry::{Leaning, Meaning, ROLES, Role};
use crate::lexicon::similar::did_you_mean;
use crate::lexicon::{Cue, Mixed};

pub const FORMAT: LexiconFormat = LexiconFormat { name: "earful", fits: |_| true, line, has_header: true, missed_by_its_tool: |_| None };

/// Largest valence.
const MOST: f64 = 4.0;

/// Options that mean something: to the reader, and to tools that write lexicons.
pub const KNOWN_OPTIONS: [&str; 3] = ["domain", "support", "opinion"];

/// What begins the meaning of a leaning.
const LEANING: &str = "leaning:";

fn line(text: &str) -> Result<Line<'_>, LineFault> {
    match comment(text) {
        Some(comment) => header(text, comment),
        None if trim(text).is_empty() => Ok(Line::Remark),
        None => draft(text).map(Line::Entry),
    }
}

fn comment(line: &str) -> Option<&str> {
    let rest = line.strip_prefix('#')?;
    (rest.trim().is_empty() || rest.starts_with(' ')).then(|| rest.trim())
}

fn header<'t>(line: &str, comment: &'t str) -> Result<Line<'t>, LineFault> {
    let Some((key, value)) = comment.split_once(':').map(|(key, value)| (key.trim(), value.trim())) else {
        return Ok(Line::Remark);
    };
    if key == "earful-lexicon" && value != "1" {
        let message = format!("found lexicon version {value}, expected 1");
        return Err(LineFault::new(Wrong::Version, line, value, message).advise("use a newer earful"));
    }
    match Mixed::KEYS.into_iter().find(|(known, _)| *known == key) {
        Some((_, cue)) => Ok(Line::Entry(limit(line, cue, value)?)),
        None => Ok(Line::Header(key, value)),
    }
}

/// A limit of mixed texts, which is kept among the cues.
fn limit<'t>(line: &str, cue: Cue, value: &str) -> Result<Draft<'t>, LineFault> {
    let lean = number(line, value, 1000.0)?;
    if !(0..=1000).contains(&lean) {
        let message = format!("found {}, expected a share from 0 to 1", shown(value));
        return Err(LineFault::new(Wrong::Range, line, value, message).advise("strike the line to have the usual limit"));
    }
    Ok(Draft { term: cue.name(), meaning: Meaning::Leaning(Leaning { lean, opinion: 0 }), options: "", domains: None })
}

fn draft(line: &str) -> Result<Draft<'_>, LineFault> {
    let (term, rest) = split_at_byte(line, b'\t').unwrap_or((line, ""));
    let (meaning, rest) = split_at_byte(rest, b'\t').unwrap_or((rest, ""));
    let (term, meaning) = (trim(term), trim(meaning));
    if meaning.is_empty() {
        return Err(LineFault::no_tab(line, "term, TAB, valence or role"));
    }
    if term.is_empty() {
        return Err(LineFault::new(Wrong::NoTerm, line, line, "found no term before the tab"));
    }
    let options = split_at_byte(rest, b'\t').map_or(rest, |(options, _)| options);
    let [domains, opinion] = known_options(options);
    let meaning = match meaning.strip_prefix(LEANING) {
        Some(lean) => Meaning::Leaning(read_leaning(line, lean, opinion)?),
        None => read_meaning(line, meaning)?,
    };
    Ok(Draft { term, meaning, options, domains })
}

/// The values of the options that the reader asks for, domain and opinion.
fn known_options(options: &str) -> [Option<&str>; 2] {
    if options.is_empty() { [None; 2] } else { ["domain", "opinion"].map(|key| option(options, key)) }
}

fn read_leaning(line: &str, lean: &str, opinion: Option<&str>) -> Result<Leaning, LineFault> {
    let most = f64::from(Leaning::MOST) / 1000.0;
    let opinion = opinion.map_or(Ok(0), |opinion| number(line, opinion, most))?;
    Ok(Leaning { lean: number(line, lean, most)?, opinion })
}

fn read_meaning(line: &str, text: &str) -> Result<Meaning, LineFault> {
    // No role begins so, and most entries are valences.
    if text.starts_with(|c: char| c == '-' || c.is_ascii_digit()) {
        return number(line, text, MOST).map(Meaning::Valence);
    }
    let (name, strength) = text.split_once(':').unwrap_or((text, "1"));
    if let Some(role) = Role::from_name(name) {
        return Ok(Meaning::Role(role, number(line, strength, MOST)?));
    }
    if name.starts_with(|c: char| c.is_alphabetic()) {
        let known: Vec<&str> = ROLES.iter().map(|&(known, _)| known).collect();
        let message = format!("found the role {}, expected a valence or one of: {}", shown(name), known.join(", "));
        let fault = LineFault::new(Wrong::Role, line, text, message);
        return Err(match did_you_mean(name, known.into_iter()) {
            Some(guess) => fault.advise(guess),
            None => fault,
        });
    }
    number(line, text, MOST).map(Meaning::Valence)
}

/// The value of an option.
#[must_use]
#[inline]
pub fn option<'o>(options: &'o str, key: &str) -> Option<&'o str> {
    options.split_ascii_whitespace().find_map(|option| option.strip_prefix(key)?.strip_prefix('='))
}

/// A meaning as it is written in a file.
#[must_use]
pub fn written(meaning: Meaning) -> String {
    let points = |thousandths: i32| format!("{}", f64::from(thousandths) / 1000.0);
    match meaning {
        Meaning::Valence(value) => points(value),
        Meaning::Role(role, 1000) => role.name().to_owned(),
        Meaning::Role(role, strength) => format!("{}:{}", role.name(), points(strength)),
        Meaning::Leaning(leaning) => format!("{LEANING}{}", points(leaning.lean)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valences_roles_comments_and_domains() {
        let sheet = FORMAT
            .read(
                "x",
                "# earful-lexicon: 1\n# language: de\n\n# words\ngut\t1.9\nsehr\tbooster:1.3\n#fail\t-2\nlang\t-1\tdomain=apps,food\n",
            )
            .unwrap();
        assert_eq!(sheet.language, "de");
        assert_eq!(sheet.entries.len(), 4);
        assert_eq!(sheet.entries[1].meaning, Meaning::Role(Role::Booster, 1300));
        assert_eq!(sheet.entries[2].term, "#fail");
        assert_eq!(sheet.entries[3].domains, ["apps", "food"]);
    }

    #[test]
    fn options_are_told_by_their_whole_name() {
        let options = "subdomain=a x=domain=b  domain=c,d support=2";
        assert_eq!((option(options, "domain"), option(options, "support"), option(options, "port")), (Some("c,d"), Some("2"), None));
        assert_eq!((option("domain", "domain"), option("domain=", "domain"), option("", "domain")), (None, Some(""), None));
    }

    #[test]
    fn meanings_are_written_as_they_are_read() {
        for text in ["1.9", "-4", "0", "negator", "booster:1.3", "irrealis:-0.5"] {
            assert_eq!(written(read_meaning(text, text).unwrap()), text);
        }
    }

    #[test]
    fn faults_name_their_line() {
        for (text, expected) in [
            ("good 1.9\n", "without a tab"),
            ("good\t9\n", "from -4 to 4"),
            ("good\tnice\n", "found the role"),
            ("\t1\n", "no term"),
            ("# x\n", "no entries"),
            ("# earful-lexicon: 2\na\t1\n", "version 2"),
            ("good\tNaN\n", "role"),
        ] {
            let message = FORMAT.read("f.tsv", text).unwrap_err().to_string();
            assert!(message.starts_with("f.tsv") && message.contains(expected), "{text:?}: {message}");
        }
    }
}
