//! Wrappings change no score: every text says the same in tags, marks, escapes and quotes as it says
//! plain; what only looks like a wrapping stays; hostile texts take linear time.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test says what is wrong by failing

use earful::analyze::{Analyzer, Outcome, Scratch};
use earful::extract::{Unwrapped, WRAPPINGS, extract};
use earful::lexicon::builtin;
use earful::score::Score;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::new(vec![builtin::lexicon().unwrap()], Some("en".to_owned())));

/// Texts without any wrapping, one sentence or a few.
const PLAIN: [&str; 66] = [
    "Great phone, I love it!",
    "The battery died after two days",
    "I can't recommend this to anyone.",
    "It isn't good, but support was kind",
    "Delivery took three weeks and the box was broken",
    "Best coffee in town",
    "Not bad at all",
    "Terrible service, rude staff, never again!",
    "The store opens at nine",
    "I wanted to like it but the sound is awful",
    "Works as described",
    "Absolutely wonderful stay, the room was spotless",
    "My order never arrived and nobody answers",
    "Really happy with the new design",
    "The app crashes every time I open it",
    "Don't waste your money",
    "Exactly what I needed, thank you!",
    "The food was cold and the waiter was slow",
    "So easy to set up, highly recommended",
    "It stopped working after the update",
    "Fast shipping and a fair price",
    "I have never been so disappointed",
    "Five of us went there on Monday",
    "The seat is comfortable, the screen is too dark",
    "Couldn't be happier with my purchase",
    "What a waste of time",
    "The staff went out of their way to help us",
    "It smells bad and feels cheap",
    "I would buy this again",
    "Refund refused, support useless",
    "The show was hilarious and moving",
    "This update ruined everything",
    "No problems so far",
    "I hate the new layout",
    "Beautiful views from the balcony",
    "It arrived late and it was damaged",
    "The price went up again",
    "Love the colours, hate the fabric",
    "Customer service solved it in five minutes",
    "Too expensive for what you get",
    "An excellent book that I could not put down",
    "The instructions make no sense",
    "It does what it says",
    "We had a fantastic evening with friends",
    "The wifi was slow and the lift was out of order",
    "Perfect fit, soft, and warm",
    "My son was sick after eating there",
    "I am impressed by how quiet it is",
    "Cheap plastic that broke at once",
    "Their bread is always fresh",
    "They lost my luggage and did not care",
    "Simple, reliable, brilliant",
    "Why is it so hard to cancel?",
    "The driver was polite and on time",
    "Scam! Stay away from this company",
    "It was okay, nothing special",
    "I'm sorry I bought it",
    "The best support I have ever had",
    "Buttons are tiny and hard to press",
    "Thank you for the quick reply",
    "The museum is worth a visit",
    "Ads everywhere, it is annoying",
    "Smooth, fast and pretty",
    "It leaks and it's noisy",
    "They've fixed the bug, well done",
    "I won't come back",
];

/// Ways in which platforms wrap a text of one line, by name; `{}` is the text.
const TEMPLATES: [(&str, &str); 50] = [
    ("paragraph", "<p>{}</p>"),
    ("paragraph with class", "<p class=\"c-1\" dir='ltr'>{}</p>\n"),
    ("page", "<!DOCTYPE html><html><head><title>Great awful</title><style>p{color:red}</style></head><body>\n<p>{}</p>\n</body></html>"),
    ("bold", "<b>{}</b>"),
    ("strong in div", "<div><strong>{}</strong></div>"),
    ("break behind", "{}<br />"),
    ("comment before", "<!-- terrible hate -->{}"),
    ("script behind", "{}<script type=\"text/javascript\">if (a<b) { hate('bad') }</script>"),
    ("link", "<a href=\"https://example.com/awful?a=1&amp;b=2\" rel='nofollow'>{}</a>"),
    ("picture before", "<img src=\"bad.png\" alt=\"terrible picture\"/>{}"),
    ("reply", "<blockquote><p>I hate this, terrible</p></blockquote><p>{}</p>"),
    ("span", "<SPAN STYLE=\"color: red\">{}</SPAN>"),
    ("outlook", "<div class=\"x\"><o:p></o:p><font face=Arial size=2>{}</font></div>"),
    ("cdata", "<![CDATA[{}]]>"),
    ("escaped tags", "&lt;p&gt;{}&lt;/p&gt;"),
    ("tags escaped twice", "&amp;lt;p&amp;gt;{}&amp;lt;/p&amp;gt;"),
    ("non-breaking blanks", "&nbsp;{}&nbsp;"),
    ("emphasis", "*{}*"),
    ("strong", "**{}**"),
    ("both", "***{}***"),
    ("underscores", "_{}_"),
    ("double underscores", "__{}__"),
    ("nested marks", "**_{}_**"),
    ("struck", "~~{}~~"),
    ("code span", "`{}`"),
    ("heading", "## {}"),
    ("underlined heading", "{}\n======"),
    ("markdown link", "[{}](https://example.com/awful_bad)"),
    ("markdown link with title", "[{}](https://example.com \"terrible\")"),
    ("markdown picture", "{} ![awful](https://example.com/x.png)"),
    ("quote above", "> I hate this, it is terrible\n\n{}"),
    ("quote escaped above", "&gt; I hate this, it is terrible\n\n{}"),
    ("code block", "{}\n```\nfn hate() { terrible }\n```"),
    ("bbcode bold", "[b]{}[/b]"),
    ("bbcode heading", "[h1]{}[/h1]"),
    ("bbcode link", "[url=https://example.com/bad]{}[/url]"),
    ("bbcode quote", "[quote=bob;123]I hate this, awful[/quote]{}"),
    ("bbcode spoiler", "[spoiler]{}[/spoiler]"),
    ("bbcode list", "[list]\n[*]{}\n[/list]"),
    ("mail reply", "{}\n\nOn Mon, 5 Jan 2026 at 10:00, Bob Smith <bob@example.com> wrote:\n> I hate this\n> awful"),
    ("german mail reply", "{}\n\nAm 05.01.2026 um 10:00 schrieb Bob Smith:\n\nI hate this, terrible"),
    ("outlook reply", "{}\n\n-----Original Message-----\nFrom: Bob\nSent: Monday\n\nI hate this, terrible"),
    ("outlook head", "{}\n\nFrom: Bob Smith\nSent: Monday\nTo: me\n\nI hate this, terrible"),
    ("telephone", "{}\n\nSent from my iPhone"),
    ("signature", "{}\n-- \nBob, lover of awful things"),
    ("retweet", "RT @bob_1: {}"),
    ("google", "(Translated by Google) {}\n\n(Original)\nSchrecklich und furchtbar"),
    ("google, original first", "Schrecklich und furchtbar\n\n(Translated by Google)\n{}"),
    ("slack link", "<https://example.com/bad|{}>"),
    ("unseen marks", "\u{200E}{}\u{200B}\u{FEFF}"),
];

fn each_letter(text: &str, change: impl Fn(char) -> char) -> String {
    text.chars().map(change).collect()
}

fn offset(c: char, capital: u32, small: u32) -> char {
    let shifted = match c {
        'A'..='Z' => capital + c as u32 - 'A' as u32,
        'a'..='z' => small + c as u32 - 'a' as u32,
        _ => c as u32,
    };
    char::from_u32(shifted).unwrap()
}

/// A way to write a text otherwise.
type Change = fn(&str) -> String;

/// Ways that change the text itself.
const CHANGES: [(&str, Change); 12] = [
    ("apostrophes as numbers", |text| text.replace('\'', "&#39;").replace('"', "&quot;")),
    ("apostrophes escaped twice", |text| text.replace('\'', "&amp;#39;")),
    ("blanks that do not break", |text| text.replace(' ', "\u{A0}")),
    ("blanks as entities", |text| text.replace(' ', "&nbsp;")),
    ("bold letters", |text| each_letter(text, |c| offset(c, 0x1D5D4, 0x1D5EE))),
    ("full width", |text| each_letter(text, |c| offset(c, 0xFF21, 0xFF41))),
    ("soft hyphens", |text| text.replace("er", "e\u{AD}r").replace("at", "a\u{200B}t")),
    ("struck letters", |text| text.chars().flat_map(|c| [Some(c), c.is_ascii_alphabetic().then_some('\u{336}')]).flatten().collect()),
    ("heaps of marks", |text| {
        text.chars()
            .flat_map(|c| if c.is_ascii_alphabetic() { vec![c, '\u{301}', '\u{323}', '\u{30A}', '\u{34E}'] } else { vec![c] })
            .collect()
    }),
    ("json twice", |text| format!("{}\\n", text.replace('\'', "\\'").replace('"', "\\\""))),
    ("a word in tags", |text| text.split(' ').map(|word| format!("<em>{word}</em>")).collect::<Vec<_>>().join(" ")),
    ("a word in marks", |text| text.split(' ').map(|word| format!("**{word}**")).collect::<Vec<_>>().join(" ")),
];

fn wrap(way: usize, text: &str) -> String {
    match TEMPLATES.get(way) {
        Some((_, template)) => template.replace("{}", text),
        None => CHANGES[way - TEMPLATES.len()].1(text),
    }
}

fn name_of(way: usize) -> &'static str {
    TEMPLATES.get(way).map_or_else(|| CHANGES[way - TEMPLATES.len()].0, |(name, _)| name)
}

const WAYS: usize = TEMPLATES.len() + CHANGES.len();

fn scored(text: &str) -> (String, Option<Score>) {
    let mut scratch = Scratch::default();
    let analysis = ANALYZER.analyze(None, Some(text), None, &mut scratch);
    let score = match analysis.outcome {
        Outcome::Scored(score) => Some(score),
        Outcome::NoText | Outcome::NoLexicon => None,
    };
    (analysis.text.to_owned(), score)
}

fn extracted(text: &str) -> String {
    extract(text, &|code| code == "en", &mut Unwrapped::default()).text.to_owned()
}

#[test]
fn a_text_says_the_same_in_every_wrapping() {
    let mut wrong = Vec::new();
    for plain in PLAIN {
        let (as_it_is, expected) = scored(plain);
        assert_eq!(as_it_is, plain, "a plain text stays");
        assert!(expected.is_some());
        for way in 0..WAYS {
            let wrapped = wrap(way, plain);
            let (text, score) = scored(&wrapped);
            if text != plain || score != expected {
                wrong.push(format!("{}: {wrapped:?} became {text:?}", name_of(way)));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), PLAIN.len() * WAYS, wrong[..wrong.len().min(20)].join("\n"));
}

/// Pairs whose inner one does not survive the outer one on platforms either: marks of one line around
/// several lines, and marks around what begins with a sign.
fn is_possible(inner: &str, outer: usize) -> bool {
    let one_line = !inner.contains('\n');
    let begins = inner.starts_with(|c: char| c.is_alphanumeric()) && inner.ends_with(|c: char| c.is_alphanumeric() || ".!?".contains(c));
    let letters = TEMPLATES.len()..WAYS;
    match name_of(outer) {
        "a word in tags" | "a word in marks" => one_line && begins && !inner.contains(['<', '&', '[', '*', '_', '`', '~', '\\']),
        _ if letters.contains(&outer) => begins && one_line && !inner.contains(['<', '&', '[', '@', '\\']),
        "bold" | "span" => true,
        "paragraph" | "strong in div" | "escaped tags" | "page" => one_line,
        _ => one_line && begins && !inner.contains(['[', '<', '&', '\\']),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn sentences_in_wrappings_in_wrappings_say_the_same(
        first in 0..PLAIN.len(), second in 0..PLAIN.len(), inner in 0..WAYS, outer in 0..WAYS,
    ) {
        let plain = format!("{}. {}", PLAIN[first].trim_end_matches(['.', '!', '?']), PLAIN[second]);
        let once = wrap(inner, &plain);
        let (_, expected) = scored(&plain);
        prop_assert_eq!(scored(&once).1, expected, "{}: {}", name_of(inner), once);
        if is_possible(&once, outer) {
            let twice = wrap(outer, &once);
            prop_assert_eq!(scored(&twice).1, expected, "{} in {}: {}", name_of(inner), name_of(outer), twice);
        }
    }

    /// Any text is taken, and what was taken off once does not come back.
    #[test]
    fn any_text_is_taken(text in "\\PC{0,80}|[a-z<>&;#/=\"'\\[\\]()*_~`|\\\\!\\n .:@-]{0,120}") {
        let once = extracted(&text);
        prop_assert!(once.len() <= text.len() + 3, "{} {}", text, once);
    }
}

#[test]
fn what_only_looks_like_a_wrapping_stays() {
    for text in [
        "I <3 this",
        "a < b > c",
        "well <sarcasm> great </sarcasm>",
        "</rant>",
        "x <y and z> w",
        "5 > 3",
        "<3 <3 <3",
        "</3",
        "<-- this one",
        "-> that",
        "*****",
        "***** great",
        "great *****",
        "5/5",
        "#hashtag is #great",
        "#1 product",
        "# 1 of 3",
        "@some_user_name_ said",
        "my_file_name",
        ":(",
        ">:(",
        ">:(\nso sad",
        "^^",
        "^_^ nice ^_^",
        "-_- ok -_-",
        "T_T and T_T",
        ">_< ouch >_<",
        "o_O",
        "*_* wow *_*",
        "f*** this s***",
        "sh*t and f*ck",
        "5 * 3 = 15 * 1",
        "2*3*4",
        "4* hotel, not 5*",
        "kiss :* and :*",
        "a | b",
        "yes || no",
        "~5 minutes, ~10 euros",
        "~ ok ~",
        "[sic]",
        "[removed]",
        "[deleted]",
        "[handle] wrote",
        "as in [b] here",
        "[i] think",
        "list[0](x)",
        "[great](5/5)",
        "[*] note",
        "[quote]",
        "\\o/",
        "¯\\_(ツ)_/¯",
        "C:\\new\\table",
        "AC\\DC",
        "yes\\no",
        ":\\ meh",
        "and\\or",
        "Tom & Jerry",
        "AT&T",
        "Q&A; ok",
        "&unknown;",
        "a&b;c",
        "> all of it is quoted",
        "On Monday I wrote:",
        "I sent it from my iPhone",
        "good\n> 5 stars",
        "On the 3rd day\nit broke",
        "- bad battery",
        "-- and then it broke",
        "great\n--\nbad",
        "Pros\n***** five stars",
        "RT if you agree",
        "I came via train",
        "(Original) recipe",
        "very good very good",
        "Great! Great!",
        "no no no no no no no no no no no no",
        "Wait... what",
        "read more books",
        "more and more",
        "❤️👍🏽 👨‍👩‍👧",
        "café naïve",
        "cafe\u{301} ole",
        "می‌خواهم",
        "🅱 vitamin",
        "don`t and can`t",
        "the 'good' ones",
        "`unclosed",
        "**unclosed",
        "~~unclosed",
        "```",
    ] {
        assert_eq!(extracted(text), text);
        assert!(
            matches!(extract(text, &|_| true, &mut Unwrapped::default()).text.as_ptr(), at if at == text.as_ptr()),
            "{text} is borrowed"
        );
    }
}

#[test]
fn texts_come_out_as_they_were_written() {
    for (text, written) in [
        ("I love it!<br />The screen is good.", "I love it!\nThe screen is good."),
        ("<p>One.</p>\n<p>Two.</p>", "One.\nTwo."),
        ("<p>One\ntwo</p>", "One two"),
        ("<ul><li>One</li><li>Two</li></ul>", "One\nTwo"),
        ("<table><tr><td>Battery</td><td>bad</td></tr></table>", "Battery bad"),
        ("un<b>believ</b>able", "unbelievable"),
        ("I <3 it <b>so</b> much &lt;3", "I <3 it so much <3"),
        ("so good <img class=\"emoji\" alt=\"😍\" src=\"x.png\"> ok", "so good 😍 ok"),
        (
            "<p><span class=\"h-card\"><a href=\"https://m.example/@bob\" class=\"u-url mention\">@<span>bob</span></a></span> see <a href=\"https://www.example.com/a/b\"><span class=\"invisible\">https://www.</span><span class=\"ellipsis\">example.com/a</span><span class=\"invisible\">/b</span></a> #<span>tag</span></p>",
            "@bob see https://www.example.com/a #tag",
        ),
        ("<blockquote>all quote</blockquote>", "all quote"),
        ("<script>alert(1)", "alert(1)"),
        ("&gt;:( &amp;amp; caf&eacute;", ">:( & café"),
        (
            "Hey <@U123ABC|bob> and <@U999XYZ> see <#C42ABC|general> <!here> <https://x.com>",
            "Hey @bob and @U999XYZ see #general @here https://x.com",
        ),
        ("This is [great](https://x.com/a_(b)) and ![img](emote|t5|1) *really*", "This is great and  really"),
        ("5\\* hotel", "5* hotel"),
        ("- one\n- two", "one\ntwo"),
        ("| Thing | Verdict |\n|---|:-:|\n| Screen | bad |", "Thing  Verdict \n Screen  bad"),
        ("the end >!is sad!< ok", "the end is sad ok"),
        ("[list][*]good[*]cheap[/list]", "good\ncheap"),
        ("[quote]only a quote[/quote]", "only a quote"),
        ("> you are wrong\n\nI am not\n\n> really\n\nyes", "I am not\n\n\nyes"),
        ("On Mon, Jan 5, 2026 Bob <b@x.com> wrote:\n> hi\n\nI disagree", "I disagree"),
        ("Great\\n\\nLove it\\u0021 \\ud83d\\ude00", "Great\nLove it! 😀"),
        ("RT @bob: RT @ann: nice", "nice"),
        ("What a show via @YouTube", "What a show"),
        ("𝓰𝓻𝓮𝓪𝓽 ⓖⓡⓔⓐⓣ ɢʀᴇᴀᴛ 𝟙𝟚 🅶🆁🅴🅰🆃", "great great great 12 GREAT"),
        ("The food was really great… Read more The food was really great and cheap", "The food was really great and cheap"),
        ("The food was really great... See more", "The food was really great..."),
        (
            "It came late and it was broken, never again. It came late and it was broken, never again.",
            "It came late and it was broken, never again.",
        ),
        ("(Translated by Google) Good", "Good"),
        ("(Traduit par Google) Bien\n\n(Avis d'origine)\nGood", "Good"),
        ("Gut (translated by google) Good", "Good"),
    ] {
        assert_eq!(extracted(text), written, "{text}");
    }
}

#[test]
fn a_translation_counts_in_its_own_language() {
    let analyzer = Analyzer::new(vec![builtin::lexicon().unwrap()], None);
    let mut scratch = Scratch::default();
    let text = "(Translated by Google) Very good bread\n\n(Original)\nSehr gutes Brot";
    let analysis = analyzer.analyze(None, Some(text), Some("de"), &mut scratch);
    assert_eq!((analysis.language, analysis.text), ("en", "Very good bread"));
    assert!(matches!(analysis.outcome, Outcome::Scored(score) if score.score > 0));
}

#[test]
fn nothing_but_wrapping_is_no_text() {
    for text in ["<p></p>", "<br>", "&nbsp;", "<img src=x.png>", "\u{200B}"] {
        assert_eq!(scored(text), (String::new(), None), "{text}");
    }
}

#[test]
fn every_wrapping_is_met_by_a_test() {
    let mut memory = Unwrapped::default();
    let mut met = BTreeSet::new();
    for way in 0..WAYS {
        met.extend(extract(&wrap(way, PLAIN[0]), &|_| true, &mut memory).wrappings());
        met.extend(extract(&wrap(way, PLAIN[2]), &|_| true, &mut memory).wrappings());
    }
    met.extend(extract(&format!("{} {}", PLAIN[4], PLAIN[4]), &|_| true, &mut memory).wrappings());
    let known: BTreeSet<&str> = WRAPPINGS.iter().map(|wrapping| wrapping.name).collect();
    assert_eq!(met, known);
    assert_eq!(known.len(), WRAPPINGS.len());
}

/// Time for a text of so many bytes; the best of some runs.
fn time(part: &str, bytes: usize, runs: u32) -> Duration {
    let text = part.repeat(bytes / part.len() + 1);
    let mut memory = Unwrapped::default();
    (0..runs)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(extract(&text, &|code| code == "en", &mut memory).text.len());
            start.elapsed()
        })
        .min()
        .unwrap()
}

#[test]
fn hostile_texts_take_linear_time() {
    for part in [
        "<",
        "&",
        "[",
        "*",
        ">",
        "`",
        "~~",
        "_",
        "\\",
        "\\n",
        "|",
        "(",
        "a*",
        "*a ",
        "_a ",
        "[a](",
        "[a",
        "[](",
        "](",
        "[b]",
        "[/b]",
        "[quote]",
        "[url=",
        "<a ",
        "<a href=\"",
        "<p>",
        "<script>",
        "<style>x",
        "<blockquote>",
        "<!--",
        "<![CDATA[",
        "<!doctype ",
        "<@U",
        "<http://",
        "&amp;",
        "&amp;lt;",
        "&#",
        "(Translated by Google)",
        "(Original)",
        "RT @a: ",
        "> a\n",
        ">!",
        "-----Original Message-----\n",
        "On 1 wrote:\n",
        "On 1\n",
        "From: a\n",
        "- a\n",
        "|--|\n",
        "```\n",
        "# ",
        "a...",
        "a…",
        "... read more ",
        "a\u{301}",
        "\u{200B}",
        "𝗴",
        "\n",
        "<span class=\"invisible\">",
        "<img alt=\"",
        "<a =\"<",
        "<a ='",
        "<b =",
    ] {
        let (small, large) = (time(part, 1 << 20, 2), time(part, 8 << 20, 1));
        // Linear is eight times as long; quadratic would be 64 times.
        assert!(large < small * 24 + Duration::from_millis(50), "{part:?}: {small:?} for 1 MB, {large:?} for 8 MB");
        assert!(large < Duration::from_secs(20), "{part:?}: {large:?}");
    }
}
