//! What to change in a text. In: places to cut or replace, in any order. Out: the changed text.
//! Separate because wrappings only find; that places lie in each other, that something must remain and
//! that memory is reused is settled here once.

/// A place and the character that takes it; [`CUT`] for none. Twelve bytes, since hostile texts have many.
#[derive(Clone, Copy, Debug)]
struct Edit {
    start: u32,
    end: u32,
    with: u32,
}

/// No character: behind the last one there is.
const CUT: u32 = u32::MAX;
/// Edits that a thread keeps memory for.
const KEPT: usize = 1 << 14;

/// Places to change in one text.
#[derive(Default, Debug, Clone)]
pub struct Edits {
    list: Vec<Edit>,
    optional: Vec<Edit>,
    language: Option<&'static str>,
}

impl Edits {
    /// Forgets all.
    pub fn clear(&mut self) {
        self.list.clear();
        self.optional.clear();
        self.language = None;
    }

    /// Gives back what memory a text of uncommonly many edits took.
    pub fn give_back(&mut self) {
        for list in [&mut self.list, &mut self.optional] {
            list.clear();
            list.shrink_to(KEPT);
        }
    }

    /// Whether there is nothing to change.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.list.is_empty() && self.optional.is_empty()
    }

    /// The language that the text is in afterwards.
    #[must_use]
    pub const fn language(&self) -> Option<&'static str> {
        self.language
    }

    /// Says which language the text is in afterwards.
    pub const fn is_in(&mut self, language: &'static str) {
        self.language = Some(language);
    }

    /// Cuts bytes.
    pub fn cut(&mut self, start: usize, end: usize) {
        push(&mut self.list, start, end, CUT);
    }

    /// Puts a character in the place of bytes; line breaks made side by side are one.
    pub fn put(&mut self, start: usize, end: usize, with: char) {
        push(&mut self.list, start, end, u32::from(with));
    }

    /// Cuts bytes unless nothing but they was said: the quote of a post that is all quote stays.
    pub fn cut_if_more(&mut self, start: usize, end: usize) {
        push(&mut self.optional, start, end, CUT);
    }

    /// Writes the changed text into `out`; whether anything was changed.
    pub fn apply(&mut self, text: &str, out: &mut String) -> bool {
        if self.is_empty() {
            return false;
        }
        let sure = self.list.len();
        if !self.optional.is_empty() {
            let written = self.list.clone();
            self.list.append(&mut self.optional);
            write(&mut self.list, text, out);
            if out.chars().any(is_said) {
                return true;
            }
            self.list = written;
        }
        if sure > 0 {
            write(&mut self.list, text, out);
        }
        sure > 0
    }
}

/// Whether a character says something by itself.
fn is_said(c: char) -> bool {
    c.is_alphanumeric() || !(c.is_ascii() || c.is_whitespace())
}

/// Edits beyond 4 GiB are left out: no text is that long.
fn push(list: &mut Vec<Edit>, start: usize, end: usize, with: u32) {
    if let (Ok(start), Ok(end)) = (u32::try_from(start), u32::try_from(end))
        && (start < end || with != CUT)
    {
        list.push(Edit { start, end, with });
    }
}

fn write(list: &mut [Edit], text: &str, out: &mut String) {
    let order = |edit: &Edit| (edit.start, std::cmp::Reverse(edit.end));
    if !list.is_sorted_by_key(order) {
        list.sort_by_key(order);
    }
    out.clear();
    let (mut at, mut broken) = (0, false);
    for edit in list.iter() {
        let (start, end) = (edit.start as usize, edit.end as usize);
        if start < at {
            continue; // inside what is already gone
        }
        let kept = text.get(at..start).unwrap_or("");
        out.push_str(if broken || out.is_empty() { kept.trim_start() } else { kept });
        broken = edit.with == u32::from('\n') || (broken && kept.is_empty());
        match char::from_u32(edit.with) {
            Some('\n') => {
                out.truncate(out.trim_end_matches(' ').len());
                if !out.is_empty() && !out.ends_with('\n') {
                    out.push('\n');
                }
            }
            Some(' ') if out.is_empty() || out.ends_with(['\n', ' ']) => {}
            Some(c) => out.push(c),
            None => {}
        }
        at = end;
    }
    let kept = text.get(at..).unwrap_or("");
    out.push_str(if broken || out.is_empty() { kept.trim_start() } else { kept });
    out.truncate(out.trim_end().len());
}
