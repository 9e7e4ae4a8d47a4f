use super::*;
use encoding_rs::{BIG5, EUC_JP, EUC_KR, SHIFT_JIS, WINDOWS_1250, WINDOWS_1251, WINDOWS_1253};
use proptest::prelude::*;

fn utf_16_of(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn the_usual_encodings_are_told() {
    let utf16 = utf_16_of("Text,Stars\nGood,5\n", u16::to_le_bytes);
    let cases: [(&[u8], &str); 9] = [
        (b"plain", "UTF-8"),
        ("é and ’".as_bytes(), "UTF-8"),
        (b"\xEF\xBB\xBFa", "UTF-8"),
        (b"caf\xE9 cr\xE8me", "windows-1252"),
        (b"it\x92s nice", "windows-1252"),
        (b"text\nfine\n\xFF\xFE broken\n", "UTF-8"),
        (&utf16, "UTF-16LE"),
        (b"\xFF\xFEa\0", "UTF-16LE"),
        (b"id,text\n1,a\0b\n2,c\0d\n3,e\0\0f\n", "UTF-8"),
    ];
    for (bytes, name) in cases {
        assert_eq!(detect(bytes).encoding.name(), name, "{bytes:?}");
    }
    assert_eq!(detect("caf\u{e9} caf\u{e9}".as_bytes().split_last().map_or(&b""[..], |x| x.1)).encoding.name(), "UTF-8");
}

/// A sentence or two a language, as reviews say it.
const SENTENCES: [(&str, &[&Encoding], &str); 9] = [
    ("ja", &[SHIFT_JIS, EUC_JP], "とても良い製品でした。配送も早くて満足しています。また買いたいと思います。"),
    ("zh", &[GB18030], "质量很好，物流也很快，客服态度不错，下次还会再来购买。"),
    ("tw", &[BIG5], "品質很好，物流也很快，客服態度不錯，下次還會再來購買。"),
    ("ko", &[EUC_KR], "배송이 빠르고 품질도 좋아요. 다음에도 또 구매할 생각입니다."),
    ("ru", &[WINDOWS_1251], "Отличный товар, доставка быстрая, всем советую, спасибо продавцу."),
    ("el", &[WINDOWS_1253], "Πολύ καλό προϊόν, γρήγορη αποστολή, το συνιστώ σε όλους."),
    ("pl", &[WINDOWS_1250], "Świetna jakość, szybka wysyłka, polecam wszystkim, będę kupować częściej, dziękuję, żałuję że później."),
    ("fr", &[WINDOWS_1252], "Très bonne qualité, livraison rapide, je suis déçu du goût, à éviter."),
    ("de", &[WINDOWS_1252], "Sehr schöne Qualität, über alle Maßen zufrieden, würde ich wieder kaufen."),
];

#[test]
fn a_sentence_or_two_tells_the_encoding() {
    for (language, encodings, text) in SENTENCES {
        let table = format!("id,review\n1,\"{text}\"\n2,\"{text}\"\n");
        for encoding in encodings {
            let (bytes, _, lossy) = encoding.encode(&table);
            assert!(!lossy, "{language}");
            let found = detect(&bytes);
            assert_eq!(found.encoding.name(), encoding.name(), "{language}");
        }
    }
}

#[test]
fn utf_16_of_any_script_is_told_without_a_mark() {
    for (language, _, text) in SENTENCES {
        let table = format!("id,review\n1,\"{text}\"\n2,\"{text}\"\n");
        for (bytes, encoding) in [(utf_16_of(&table, u16::to_le_bytes), UTF_16LE), (utf_16_of(&table, u16::to_be_bytes), UTF_16BE)] {
            assert_eq!(detect(&bytes).encoding.name(), encoding.name(), "{language}");
        }
    }
}

#[test]
fn what_the_file_says_counts_unless_its_bytes_contradict() {
    let xml = |label: &str| format!("<?xml version=\"1.0\" encoding=\"{label}\"?><r><p>").into_bytes();
    let file = |label: &str, body: &[u8]| [xml(label).as_slice(), body].concat();
    for (bytes, name) in [
        (file("windows-1251", &WINDOWS_1251.encode("Да").0), "windows-1251"),
        (file("ISO-8859-1", "déjà vu".as_bytes()), "UTF-8"),
        (file("shift_jis", b"\xFF\xFF\xFF"), "UTF-8"),
        (file("utf-8", b"it\x92s"), "windows-1252"),
    ] {
        assert_eq!(detect(&bytes).encoding.name(), name);
    }
}

#[test]
fn a_few_bytes_do_not_make_a_file_western() {
    let table = format!("id,text\n{}99,it\u{92}s\n", "1,Zoë’s café, naïve\n".repeat(20));
    let mut bytes = table.replace('\u{92}', "\u{1}").into_bytes();
    bytes.iter_mut().filter(|b| **b == 1).for_each(|b| *b = 0x92);
    let found = detect(&bytes);
    assert_eq!((found.encoding.name(), found.why), ("UTF-8", "UTF-8 but for some bytes"));
}

proptest! {
    #[test]
    fn any_bytes_have_an_encoding(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let found = detect(&bytes);
        prop_assert!(found.mark <= bytes.len() && !found.why.is_empty());
    }
}
