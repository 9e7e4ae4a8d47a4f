use super::*;
use proptest::prelude::*;

#[test]
fn each_kind_goes_and_the_rest_stays() {
    let cases = [
        ("mail me: jo.doe+x@mail.example.co.uk!", "mail me: [e-mail]!"),
        ("@DellCares help", "[handle] help"),
        (".@united why (@united)", ".[handle] why ([handle])"),
        ("call +1 (555) 010-0199 or 555-0142 ext", "call [phone] or [phone] ext"),
        ("card 4111 1111 1111 1111 ok", "card [card] ok"),
        ("order 123456, 24/7, 10:30, 2026-03-01, $1,299.00, v1.2.3", "order 123456, 24/7, 10:30, 2026-03-01, $1,299.00, v1.2.3"),
        (
            "https://jo:secret@example.com/?a=1&token=x from 192.0.2.77, IBAN DE89 3704 0044 0532 0130 00",
            "https://[token]example.com/?a=1&token=[token] from [ip], IBAN [iban]",
        ),
        ("CPF 111.444.777-35, 12 Oak Street", "CPF [id], [address]"),
        ("status 570306133677760513 and 567900433542488064", "status 570306133677760513 and 567900433542488064"),
        ("no data here", "no data here"),
    ];
    for (text, clean) in cases {
        assert_eq!(redact(text), clean);
        assert!(may_hold_any(text) || text == clean, "{text}");
    }
}

#[test]
fn handles_that_are_listened_for_stay_and_no_others() {
    let names: BTreeSet<String> = ["apple", "delta", "größe"].into_iter().map(str::to_owned).collect();
    for (text, clean) in [
        ("@apple and @Delta, (@APPLE) .@delta's", "@apple and @Delta, (@APPLE) .@delta's"),
        ("thanks @apple.", "thanks @apple."),
        ("@GRÖSSE @GRÖẞE", "[handle] @GRÖẞE"),
        ("@apple.fan @apple-fan @apple_fan @applefan @apple1", "[handle] [handle] [handle] [handle] [handle]"),
        ("@appl\u{0435} @apple\u{301}x", "[handle] [handle]\u{301}x"),
        ("@apple@example.social @jo@apple.com", "[handle] [handle]"),
        ("u/apple /u/delta", "[handle] [handle]"),
        ("apple@example.com", "[e-mail]"),
        ("@apple@jo @delta/u/joe @apple_@jo", "[handle][handle] [handle][handle] [handle][handle]"),
        ("@apple 555-010-0199 @jo", "@apple [phone] [handle]"),
    ] {
        let once = redact_but(text, &names);
        assert_eq!(once, clean, "{text}");
        assert_eq!(redact_but(&once, &names), once, "{text}");
    }
}

#[test]
fn clean_texts_are_borrowed() {
    for text in ["", "no data here", "5 stars, 3-2 in 2019", "a=b and c/d (at home)", "The 2 of us paid $12.50 on 2026-03-01 at 10:30."] {
        assert!(matches!(redact(text), Cow::Borrowed(_)), "{text}");
    }
}

#[test]
fn marks_are_no_personal_data() {
    for kind in &KINDS {
        for text in [kind.mark.to_owned(), format!("?token={} {}@example.com 12{}", kind.mark, kind.mark, kind.mark)] {
            assert_eq!(redact(&redact(&text)), redact(&text));
        }
        assert_eq!(redact(kind.mark), kind.mark);
    }
}

/// Pieces that personal data are made of, put together in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "@",
        ".",
        "-",
        "+",
        " ",
        "(",
        ")",
        "/",
        ":",
        "::",
        "=",
        "?token=",
        "&sig=",
        "://",
        "https://",
        "a",
        "jo",
        "example.com",
        "u/",
        "12",
        "0",
        "00",
        "1",
        "555-0142",
        "212",
        "4111 1111 1111 1111",
        "DE89370400440532013000",
        "192.168.0.1",
        "2001:db8::1",
        "536-90-4399",
        "CPF ",
        "111.444.777-35",
        "12345678Z",
        "call ",
        "order ",
        "Oak Street",
        "rue de la Paix",
        "Lindenstraße ",
        "号",
        "路",
        "é",
        "中",
        "[phone]",
        "[id]",
        "(at)",
        "(dot)",
        "\n",
        "\u{A0}",
        ",",
        "_",
        "'",
        "A",
        "9",
    ]);
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

    #[test]
    fn twice_is_once(text in pieces()) {
        let once = redact(&text).into_owned();
        prop_assert_eq!(&redact(&once), &once);
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,60}") {
        let once = redact(&text).into_owned();
        prop_assert_eq!(&redact(&once), &once);
    }

    #[test]
    fn letters_alone_stay(text in "[a-zA-Zäß中文 ,.!?'-]{0,80}") {
        prop_assert_eq!(&*redact(&text), &*text);
    }
}
