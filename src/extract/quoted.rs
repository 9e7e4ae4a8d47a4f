//! Quoted lines. In: a text with lines that begin with `>`. Out: the text without them, if there is
//! more. Separate because mails, Reddit and Usenet share them.

use super::Edits;

/// Finds quoted lines.
pub fn find(text: &str, _: &dyn Fn(&str) -> bool, edits: &mut Edits) {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        if is_quoted(line) {
            edits.cut_if_more(start, end);
        }
        start = end;
    }
}

/// Whether a line is a quote: `> ` or `>` and a word, no `>:(`, no `> 5` and no `>_<`.
fn is_quoted(line: &str) -> bool {
    let line = line.trim_start_matches(' ');
    let rest = line.trim_start_matches('>');
    let depth = line.len() - rest.len();
    let said = rest.trim_start();
    let mut chars = said.chars();
    let (first, second) = (chars.next(), chars.next());
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    if rest.starts_with([' ', '\t']) {
        let measures =
            depth == 1 && first.is_some_and(|c| c.is_ascii_digit() || matches!(c, '=' | '$' | '€' | '£' | '<' | '_' | ':' | '.'));
        return depth > 0 && !measures && !said.is_empty();
    }
    depth > 0 && ((letter(first) && letter(second)) || (said.is_empty() && line.trim_end().len() == depth))
}

#[cfg(test)]
mod tests {
    use super::is_quoted;

    #[test]
    fn quotes_and_what_only_looks_so() {
        for line in ["> Hello there", ">> Hi", ">Bob said", "  > I like", ">\n"] {
            assert!(is_quoted(line), "{line}");
        }
        for line in [">:(", "> 5 stars", ">_<", ">.>", "a > b", "", ">D", "> :("] {
            assert!(!is_quoted(line), "{line}");
        }
    }
}
