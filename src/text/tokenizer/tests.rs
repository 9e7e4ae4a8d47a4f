use super::*;
use proptest::prelude::*;

/// Tokens as `kind:folded`, for short words; kinds by their first letter.
fn cut(text: &str) -> String {
    let tokens = Tokens::from_text(text);
    let show = |t: &Token| {
        let folded = t.key.bytes().map_or_else(|| "<long>".to_owned(), |(b, n)| String::from_utf8_lossy(&b[..n]).into_owned());
        let kind = match t.kind {
            Kind::Word => String::new(),
            Kind::Stop => return ".".to_owned(),
            Kind::Pause => return ",".to_owned(),
            Kind::Link => return "link".to_owned(),
            other => format!("{other:?}:"),
        };
        kind + &folded
    };
    tokens.as_slice().iter().map(show).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_apostrophe_is_the_same() {
    for text in ["don't", "don’t", "don`t", "don´t", "DON’T", "don‘t"] {
        assert_eq!(cut(text), "don't", "{text}");
    }
    assert_eq!(cut("'good' and ‘bad’"), "good and bad");
    assert_eq!(cut("the bosses' fault"), "the bosses fault");
}

#[test]
fn torture_list() {
    let cases = [
        ("", ""),
        ("Good, not great.", "good , not great ."),
        ("well-made but over - priced", "well made but over , priced"),
        ("it works!!!really", "it works . really"),
        ("@BestBuy I love #NeverAgain", "Handle:@bestbuy i love never again"),
        ("see https://x.com/awful-hate?a=b ok", "see link ok"),
        ("www.terrible.com rocks", "link rocks"),
        ("mail bob@example.com now", "mail link now"),
        ("2/10 would not", "Number:2 Slash:/ Number:10 would not"),
        ("4.5 out of 5, 1,000 times", "Number:4.5 out of Number:5 , Number:1,000 times"),
        ("I ❤️ it👍🏽", "i Emoji:❤ it Emoji:👍"),
        ("nice :-) :))) <3", "nice Emoticon::) Emoticon::) Emoticon:<3"),
        ("f*ck this sh*t ****", "f*ck this sh*t ****"),
        ("a&b a < b > c <3 <sarcasm>", "a b a b c Emoticon:<3 sarcasm"),
        ("CAFÉ Ünïted", "café ünïted"),
        ("gr8 2day 2nd", "gr8 2day 2nd"),
        ("I`d say", "i'd say"),
        ("10:30 o'clock", "Number:10 , Number:30 o'clock"),
        ("wait… what？", "wait . what ."),
        ("ＧＯＯＤ", "good"),
        ("一二 good", "一二 good"),
        ("supercalifragilistic", "<long>"),
    ];
    for (text, tokens) in cases {
        assert_eq!(cut(text), tokens, "{text}");
    }
}

#[test]
fn handles_keep_their_case_out_of_opinion() {
    assert!(Tokens::from_text("@loveYou").as_slice().iter().all(|t| t.kind == Kind::Handle));
}

#[test]
fn shapes_tell_shouting_and_capitals() {
    let shape = |text: &str| Tokens::from_text(text).as_slice()[0].shape;
    assert!(shape("GREAT").has(Shape::SHOUTED) && shape("GREAT").has(Shape::CAPITAL));
    assert!(!shape("Great").has(Shape::SHOUTED) && shape("Great").has(Shape::CAPITAL));
    assert!(!shape("I").has(Shape::SHOUTED) && shape("DON’T").has(Shape::SHOUTED));
    assert!(shape("?!").has(Shape::ASKS) && shape("?!").has(Shape::EXCLAIMS));
}

proptest! {
    /// Whatever the text: tokens are in order, inside it, and on character bounds.
    #[test]
    fn any_text_gives_ordered_tokens(text in "\\PC{0,80}|[a-zA-Z'’&#39;@#<>:)(*!?./0-9 \\n❤️👍🏽\u{200D}\u{FE0F}é]{0,60}") {
        let tokens = Tokens::from_text(&text);
        let mut last = 0;
        for token in tokens.as_slice() {
            prop_assert!(token.start >= last && token.end > token.start && token.end as usize <= text.len());
            prop_assert!(text.is_char_boundary(token.start as usize) && text.is_char_boundary(token.end as usize));
            last = token.end;
        }
    }

    /// The fast path and the careful path fold a plain word to the same key and shape.
    #[test]
    fn fast_and_careful_words_agree(word in "[a-zA-Z]{1,20}", tail in "[ ,.]") {
        let fast = Tokens::from_text(&format!("{word}{tail}"));
        let careful = Key::of(word.to_lowercase().as_bytes());
        prop_assert_eq!(fast.as_slice()[0].key, careful);
        prop_assert_eq!(fast.as_slice()[0].end as usize, word.len());
        let shouted = word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase());
        prop_assert_eq!(fast.as_slice()[0].shape.has(Shape::SHOUTED), shouted);
    }
}
