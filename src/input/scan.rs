//! JSON without building it. In: bytes of a value. Out: where it ends, or its text decoded. Separate
//! because cutting records and taking fields out of them need the same walk; serde_json, which is the
//! oracle of the tests, would build what is then thrown away.

use super::Flaw;

/// A place in JSON text.
#[derive(Clone, Copy)]
pub struct Scan<'j> {
    /// The text.
    pub data: &'j [u8],
    /// The next byte.
    pub at: usize,
}

/// A string value: its inside, and whether it holds escapes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Str {
    /// First byte inside.
    pub start: usize,
    /// Byte behind the inside.
    pub end: usize,
    /// Whether there are backslashes.
    pub escaped: bool,
}

impl<'j> Scan<'j> {
    /// Begins at the first byte.
    #[must_use]
    pub const fn new(data: &'j [u8]) -> Self {
        Self { data, at: 0 }
    }

    /// The next byte that is no blank, left in place.
    #[inline]
    pub fn peek(&mut self) -> Option<u8> {
        while let Some(&b) = self.data.get(self.at) {
            if !matches!(b, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(b);
            }
            self.at += 1;
        }
        None
    }

    /// Passes over the expected byte.
    ///
    /// # Errors
    /// When the text ends before that, or is no JSON.
    #[inline]
    pub fn expect(&mut self, wanted: u8) -> Result<(), Flaw> {
        match self.peek() {
            Some(b) if b == wanted => {
                self.at += 1;
                Ok(())
            }
            None => Err(Flaw::CutOff),
            Some(_) => Err(Flaw::BadJson),
        }
    }

    /// Passes over a string.
    ///
    /// # Errors
    /// When the text ends before that, or is no JSON.
    #[inline]
    pub fn string(&mut self) -> Result<Str, Flaw> {
        self.expect(b'"')?;
        let start = self.at;
        let mut escaped = false;
        loop {
            let found = memchr::memchr2(b'"', b'\\', self.data.get(self.at..).unwrap_or(&[])).ok_or(Flaw::CutOff)?;
            self.at += found;
            if self.data[self.at] == b'"' {
                self.at += 1;
                return Ok(Str { start, end: self.at - 1, escaped });
            }
            escaped = true;
            self.at += 2;
        }
    }

    /// Passes over any value: brackets match by kind, commas and colons are where they belong.
    ///
    /// # Errors
    /// When the text ends before that, or is no JSON.
    pub fn value(&mut self) -> Result<(), Flaw> {
        let mut nest = Nest::default();
        loop {
            match self.peek().ok_or(Flaw::CutOff)? {
                b'"' => _ = self.string()?,
                open @ (b'{' | b'[') => {
                    self.at += 1;
                    let object = open == b'{';
                    if self.peek() == Some(open + 2) {
                        self.at += 1; // in ASCII a bracket closes two places behind where it opens
                    } else {
                        nest.enter(object);
                        if object {
                            self.key()?;
                        }
                        continue;
                    }
                }
                _ => _ = self.scalar()?,
            }
            if self.close(&mut nest)? {
                return Ok(());
            }
        }
    }

    /// Passes over what may stand behind a value within brackets; whether all of them are closed.
    #[inline]
    fn close(&mut self, nest: &mut Nest) -> Result<bool, Flaw> {
        while let Some(object) = nest.innermost() {
            match self.peek().ok_or(Flaw::CutOff)? {
                b',' => {
                    self.at += 1;
                    if object {
                        self.key()?;
                    }
                    return Ok(false);
                }
                b'}' if object => nest.leave(),
                b']' if !object => nest.leave(),
                _ => return Err(Flaw::BadJson),
            }
            self.at += 1;
        }
        Ok(true)
    }

    #[inline]
    fn key(&mut self) -> Result<Str, Flaw> {
        let key = self.string()?;
        self.expect(b':')?;
        Ok(key)
    }

    /// Passes over any value by counting brackets outside strings: who cuts records wants to know where
    /// one ends, even if something is wrong inside.
    ///
    /// # Errors
    /// When the text ends before that, or no value begins here.
    pub fn extent(&mut self) -> Result<(), Flaw> {
        match self.peek() {
            None => Err(Flaw::CutOff),
            Some(b'"') => self.string().map(|_| ()),
            Some(b'{' | b'[') => self.brackets(),
            Some(_) => self.scalar().map(|_| ()),
        }
    }

    fn brackets(&mut self) -> Result<(), Flaw> {
        let mut depth = 0usize;
        loop {
            let rest = self.data.get(self.at..).unwrap_or(&[]);
            let found = rest.iter().position(|b| matches!(b, b'"' | b'{' | b'}' | b'[' | b']')).ok_or(Flaw::CutOff)?;
            self.at += found;
            match self.data[self.at] {
                b'"' => {
                    self.string()?;
                    continue;
                }
                b'{' | b'[' => depth += 1,
                _ => depth -= 1,
            }
            self.at += 1;
            if depth == 0 {
                return Ok(());
            }
        }
    }

    /// Passes over a number, `true`, `false` or `null`; its bounds.
    ///
    /// # Errors
    /// When the text ends before that, or is no JSON.
    pub fn scalar(&mut self) -> Result<(usize, usize), Flaw> {
        let start = self.at;
        let rest = self.data.get(start..).unwrap_or(&[]);
        let length = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'.')).count();
        self.at += length;
        let word = &rest[..length];
        let sound = matches!(word, b"true" | b"false" | b"null") || is_number(word);
        if sound { Ok((start, start + length)) } else { Err(Flaw::BadJson) }
    }

    /// Visits the members of an object: at each the scan stands before the value, and `visit` must
    /// pass over it.
    ///
    /// # Errors
    /// When the text ends before that, or is no JSON.
    #[inline]
    pub fn object(&mut self, mut visit: impl FnMut(&mut Self, Str) -> Result<(), Flaw>) -> Result<(), Flaw> {
        self.expect(b'{')?;
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(());
        }
        loop {
            let key = self.key()?;
            visit(self, key)?;
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(());
                }
                None => return Err(Flaw::CutOff),
                Some(_) => return Err(Flaw::BadJson),
            }
        }
    }

    /// Visits the elements of an array: at each the scan stands before it, and `visit` must pass over it. A comma
    /// too many or too few is no fault here.
    ///
    /// # Errors
    /// When the text ends before that, or is no array, or what `visit` finds.
    #[inline]
    pub fn array(&mut self, mut visit: impl FnMut(&mut Self) -> Result<(), Flaw>) -> Result<(), Flaw> {
        self.expect(b'[')?;
        loop {
            match self.peek().ok_or(Flaw::CutOff)? {
                b',' => self.at += 1,
                b']' => {
                    self.at += 1;
                    return Ok(());
                }
                _ => visit(self)?,
            }
        }
    }
}

/// Whether a word is a number as JSON writes it.
fn is_number(word: &[u8]) -> bool {
    let digits = |rest: &[u8]| rest.iter().take_while(|b| b.is_ascii_digit()).count();
    let mut rest = word.strip_prefix(b"-").unwrap_or(word);
    let whole = digits(rest);
    if whole == 0 || (whole > 1 && rest[0] == b'0') {
        return false;
    }
    rest = &rest[whole..];
    if let Some(fraction) = rest.strip_prefix(b".") {
        let count = digits(fraction);
        if count == 0 {
            return false;
        }
        rest = &fraction[count..];
    }
    if let Some(exponent) = rest.strip_prefix(b"e").or_else(|| rest.strip_prefix(b"E")) {
        let exponent = exponent.strip_prefix(b"+").or_else(|| exponent.strip_prefix(b"-")).unwrap_or(exponent);
        return !exponent.is_empty() && digits(exponent) == exponent.len();
    }
    rest.is_empty()
}

/// The brackets that are open, a bit each: whether it is an object's. Depth is bounded by the text only,
/// so there is no recursion, and up to 64 levels no memory either.
#[derive(Default)]
struct Nest {
    bits: u64,
    depth: usize,
    outer: Vec<u64>,
}

impl Nest {
    #[inline]
    fn enter(&mut self, object: bool) {
        if self.depth > 0 && self.depth.is_multiple_of(64) {
            self.outer.push(self.bits);
        }
        self.bits = self.bits << 1 | u64::from(object);
        self.depth += 1;
    }

    #[inline]
    fn leave(&mut self) {
        self.bits >>= 1;
        self.depth = self.depth.saturating_sub(1);
        if self.depth > 0 && self.depth.is_multiple_of(64) {
            self.bits = self.outer.pop().unwrap_or(0);
        }
    }

    #[inline]
    const fn innermost(&self) -> Option<bool> {
        if self.depth == 0 { None } else { Some(self.bits & 1 == 1) }
    }
}

/// Appends a string's inside with its escapes decoded; a surrogate without its half, as exports cut
/// inside an emoji have, becomes U+FFFD. How many of these there were.
///
/// # Errors
/// When an escape is none of JSON's.
pub fn decode(inside: &str, out: &mut String) -> Result<u32, Flaw> {
    let mut rest = inside;
    let mut halves = 0;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let escape = rest.as_bytes().get(at + 1).ok_or(Flaw::BadJson)?;
        rest = rest.get(at + 2..).ok_or(Flaw::BadJson)?;
        match escape {
            b'n' => out.push('\n'),
            b't' => out.push('\t'),
            b'r' => out.push('\r'),
            b'b' => out.push('\u{8}'),
            b'f' => out.push('\u{C}'),
            b'"' | b'\\' | b'/' => out.push(char::from(*escape)),
            b'u' => rest = unicode(rest, out, &mut halves)?,
            _ => return Err(Flaw::BadJson),
        }
    }
    out.push_str(rest);
    Ok(halves)
}

fn unicode<'j>(rest: &'j str, out: &mut String, halves: &mut u32) -> Result<&'j str, Flaw> {
    let high = hex(rest)?;
    let rest = &rest[4..];
    if (0xD800..0xDC00).contains(&high)
        && let Some(low) = rest.strip_prefix("\\u").and_then(|low| hex(low).ok()).filter(|low| (0xDC00..0xE000).contains(low))
    {
        out.push(char::from_u32(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)).unwrap_or('\u{FFFD}'));
        return Ok(&rest[6..]);
    }
    let whole = char::from_u32(high);
    *halves += u32::from(whole.is_none());
    out.push(whole.unwrap_or('\u{FFFD}'));
    Ok(rest)
}

fn hex(text: &str) -> Result<u32, Flaw> {
    let digits = text.get(..4).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
    u32::from_str_radix(digits.ok_or(Flaw::BadJson)?, 16).map_err(|_| Flaw::BadJson)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn values_end_where_they_end() {
        for (json, ok) in [
            ("{\"a\":[1,{\"b\":\"}\"}]}", true),
            ("[1,2", false),
            ("\"a\\\"b\"", true),
            ("nul", false),
            ("-1.5e3", true),
            ("\"x", false),
            ("\"x\\", false),
            ("", false),
        ] {
            let mut scan = Scan::new(json.as_bytes());
            assert_eq!(scan.value().is_ok(), ok, "{json}");
            assert!(!ok || scan.at == json.len(), "{json}");
        }
    }

    #[test]
    fn halves_of_characters_are_counted() {
        for (inside, text, halves) in [
            ("\\ud83d\\ude00", "😀", 0),
            ("a\\ud83d", "a\u{FFFD}", 1),
            ("\\ude00\\ud83d b", "\u{FFFD}\u{FFFD} b", 2),
            ("\\ud83d\\u0041", "\u{FFFD}A", 1),
            ("\\ufffd \u{FFFD}", "\u{FFFD} \u{FFFD}", 0),
        ] {
            let mut out = String::new();
            assert_eq!((decode(inside, &mut out), out.as_str()), (Ok(halves), text), "{inside}");
        }
    }

    #[test]
    fn deep_nesting_takes_no_stack() {
        for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]")] {
            for depth in [1, 63, 64, 65, 128, 129, 100_000] {
                let json = format!("{}1{}", open.repeat(depth), close.repeat(depth));
                let mut scan = Scan::new(json.as_bytes());
                assert_eq!((scan.value(), scan.at), (Ok(()), json.len()));
                assert_eq!(Scan::new(&json.as_bytes()[..json.len() - 1]).value(), Err(Flaw::CutOff));
                assert_eq!(Scan::new(json.replace('1', "1]]}").as_bytes()).value().is_ok(), depth == 1 && close == "]");
            }
        }
    }

    proptest! {
        /// The walk takes what serde_json takes, and nothing else.
        #[test]
        fn values_are_those_of_serde_json(json in "[\\[\\]{}\",:a1 .e-]{0,14}|(\\[|\\{\"a\":|1|,|\\]|\\}|\"b\"|-0\\.5|null){0,12}") {
            let mut scan = Scan::new(json.as_bytes());
            let ours = scan.value().is_ok() && scan.peek().is_none();
            prop_assert_eq!(ours, serde_json::from_str::<serde::de::IgnoredAny>(&json).is_ok(), "{}", json);
        }

        #[test]
        fn strings_decode_as_serde_json_does(text in "\\PC{0,20}|[\\x00-\\x1f\"\\\\/é😂]{0,20}") {
            for json in [serde_json::to_string(&text).unwrap(), ascii(&text)] {
                let mut scan = Scan::new(json.as_bytes());
                let found = scan.string().unwrap();
                let mut out = String::new();
                decode(&json[found.start..found.end], &mut out).unwrap();
                prop_assert_eq!(&out, &text);
            }
        }

        #[test]
        fn any_text_decodes_or_is_refused(text in "[\\\\u0-9a-fDd\"n😂]{0,24}") {
            let mut out = String::new();
            let _ = decode(&text, &mut out);
        }
    }

    fn ascii(text: &str) -> String {
        let units: String = text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
        format!("\"{units}\"")
    }
}
