//! What lint looks for. In and out: nothing but this table. Separate because it is the registry: each
//! fault has one line with its level, what it means and what to do, and a test has every one found.

use super::Level::{self, Error, Note, Warning};
use crate::lexicon::format::Wrong;

/// A kind of fault.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Its name, which scripts may rely on.
    pub name: &'static str,
    /// How bad it is.
    pub level: Level,
    /// What it means.
    pub summary: &'static str,
    /// What to do, unless the finding knows better.
    pub advice: &'static str,
}

/// Defines codes as constants and lists them in [`CODES`].
macro_rules! codes {
    ($($constant:ident $name:literal $level:ident $summary:literal $advice:literal;)*) => {
        $(#[doc = $summary] pub const $constant: &Code = &Code { name: $name, level: $level, summary: $summary, advice: $advice };)*
        /// All codes, errors first.
        pub const CODES: &[&Code] = &[$($constant),*];
    };
}

codes! {
    NOT_UTF8 "not-utf8" Error "bytes that are not UTF-8" "save the file as UTF-8";
    NO_ENTRIES "no-entries" Error "a file without entries" "add lines of: term, TAB, valence";
    VERSION "version" Error "a version of the format that is not known" "use a newer earful";
    NO_TAB "no-tab" Error "a line without a tab" "put one tab between the term and its valence";
    SPACES "spaces-for-tab" Error "blanks where a tab should be" "put one tab between the term and its valence";
    NO_TERM "no-term" Error "nothing before the tab" "write the term, or strike the line";
    COMMA "decimal-comma" Error "a decimal comma" "write a decimal point";
    NO_NUMBER "no-number" Error "neither a valence nor a role" "write a valence such as -1.5";
    RANGE "out-of-range" Error "a valence or strength beyond the scale" "scale all valences of the file to the range";
    ROLE "unknown-role" Error "a role that is not known" "use a role that lexicons/README.md lists";
    STAR "bad-star" Error "a star where it cannot be" "write one word of at least three letters and a star, such as crash*";
    BIDI "bidi-control" Error "an invisible sign that turns text round" "strike it: it can make a line read as another";
    PERSONAL "personal-data" Error "a link, an e-mail address or a number of a person" "strike the line: lexicons are passed on";
    CONTRADICTION "contradiction" Error "a term twice with different meanings; the later line wins" "strike one of the two lines";
    FOLDED_CONTRADICTION "folded-contradiction" Error "spellings of one term with different meanings; the later line wins"
        "strike one of the two lines: case, apostrophes and hyphens do not matter";
    BOM "bom" Warning "a byte-order mark" "save the file as UTF-8 without BOM";
    NO_HEADER "no-header" Warning "no first line that names the format" "begin the file with: # earful-lexicon: 1";
    NO_LANGUAGE "no-language" Warning "no language; taken as English" "add a line such as: # language: en (or any)";
    BAD_LANGUAGE "bad-language" Warning "a language that is no code" "write a code of two or three small letters, such as en, or any";
    NO_SOURCE "no-source" Warning "nothing says where the entries come from" "add a line: # source: ...";
    NO_LICENCE "no-licence" Warning "nothing says whether the file may be passed on" "add a line: # licence: ...";
    REPEATED "repeated" Warning "a term twice with the same meaning" "strike one of the two lines";
    FOLDED_REPEATED "folded-repeated" Warning "spellings of one term with the same meaning"
        "strike one of the two lines: case, apostrophes and hyphens do not matter";
    EMOTICONS "emoticon-variants" Warning "spellings of one emoticon with different meanings; the later line wins"
        "give all spellings the same valence, or keep one";
    FORMS "sign-conflict" Warning "forms of one word that lean in opposite directions" "check both valences";
    OPPOSITE "opposite-files" Warning "a term that leans the other way in another file; the later file wins" "check which of the two is meant";
    HANDLE "handle" Warning "a handle; it may be a person's" "strike it if it names somebody: lexicons are passed on";
    UNREACHABLE "unreachable" Warning "a term that the tokenizer would not give back, so that no text meets it"
        "write it as it is read, or strike it";
    SHADOWED "shadowed" Warning "a term that is always read as others" "strike it, or the entry that is read instead";
    NO_EFFECT "no-effect" Warning "an entry that says what is said already" "strike it";
    INVISIBLE "invisible-character" Warning "a sign that cannot be seen" "strike it";
    BLANKS "stray-blanks" Warning "blanks around a term, or at the end of a line" "strike them";
    COLUMN "extra-column" Warning "more than term, meaning and options" "strike what stands behind the third tab";
    OPTION "unknown-option" Warning "an option that has no effect" "write key=value with a known key, such as domain=apps";
    SUPPORT "no-support" Warning "an entry that nothing supports" "strike it";
    DOMAIN "unknown-domain" Note "a domain that no shipped lexicon has" "use it with --domain, or correct its name";
    CASE "mixed-case" Note "capitals in a term; case does not matter" "write small letters";
    STRETCHED "stretched" Note "a stretched spelling; others of it are read as the plain one" "list the plain spelling";
    OTHER_TOOL "other-tool" Note "a term that the tool this format comes from never finds" "nothing: earful finds it";
}

/// The code of a fault in a line.
#[must_use]
pub const fn of(wrong: Wrong) -> &'static Code {
    match wrong {
        Wrong::NoTab => NO_TAB,
        Wrong::Spaces => SPACES,
        Wrong::NoTerm => NO_TERM,
        Wrong::Comma => COMMA,
        Wrong::NoNumber => NO_NUMBER,
        Wrong::Range => RANGE,
        Wrong::Role => ROLE,
        Wrong::Version => VERSION,
    }
}
