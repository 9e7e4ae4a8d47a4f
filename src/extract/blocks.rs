//! Blocks of Markdown. In: lines that are headings, rules, list items, rows of tables or code. Out: what
//! they say, code left out. Separate because these are told by whole lines, and some only by several.

use super::Edits;

/// Finds blocks.
pub fn find(text: &str, _: &dyn Fn(&str) -> bool, edits: &mut Edits) {
    let items = text.lines().filter(|line| bullet(line).is_some()).take(2).count() > 1;
    let table = memchr::memchr(b'|', text.as_bytes()).is_some() && text.lines().any(is_divider);
    let (mut start, mut fence) = (0, None);
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let bare = line.trim();
        let indent = line.len() - line.trim_start().len();
        match fence {
            _ if bare.starts_with("```") && !bare.get(3..).is_some_and(|rest| rest.contains('`')) => {
                if let Some(from) = fence.take() {
                    edits.cut_if_more(from, end);
                } else {
                    fence = Some(start);
                }
            }
            Some(_) => {}
            None if is_rule(bare) && bare.len() < text.trim().len() => edits.cut(start, start + line.trim_end().len()),
            None if table && is_divider(line) => edits.cut(start, end),
            None if table && bare.contains('|') => row(line, start, edits),
            None => {
                if let Some(marks) = heading(bare) {
                    edits.cut(start + indent, start + indent + marks);
                } else if let Some(marks) = bullet(line).filter(|_| items) {
                    edits.cut(start, start + marks);
                }
            }
        }
        start = end;
    }
}

/// Bytes of the marks of a heading: `## `, but no `#tag` and no `# 1`.
fn heading(line: &str) -> Option<usize> {
    let marks = line.bytes().take_while(|&b| b == b'#').count();
    let rest = line.get(marks..)?;
    let said = rest.trim_start();
    let is_one = (1..=6).contains(&marks) && rest.starts_with(' ') && said.starts_with(|c: char| !c.is_ascii_digit());
    is_one.then(|| line.len() - said.len())
}

/// Bytes of the mark of a list item.
fn bullet(line: &str) -> Option<usize> {
    let item = line.trim_start_matches([' ', '\t']);
    let said = item.strip_prefix("- ").or_else(|| item.strip_prefix("* ")).or_else(|| item.strip_prefix("• "))?;
    let said = said.trim_start();
    (!said.trim().is_empty()).then(|| line.len() - said.len())
}

/// A line across: `---`, `===`, `___`; a row of stars may be a rating.
fn is_rule(line: &str) -> bool {
    line.len() > 2 && line.bytes().next().is_some_and(|b| matches!(b, b'-' | b'=' | b'_') && line.bytes().all(|other| other == b))
}

/// The line below the head of a table: `|---|:-:|`.
fn is_divider(line: &str) -> bool {
    let line = line.trim();
    line.contains('|') && line.contains("--") && line.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' '))
}

/// Pipes of a row are blanks.
fn row(line: &str, start: usize, edits: &mut Edits) {
    memchr::memchr_iter(b'|', line.as_bytes()).for_each(|at| edits.put(start + at, start + at + 1, ' '));
}
