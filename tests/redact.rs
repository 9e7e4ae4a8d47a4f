//! Personal data and what only looks like it, from a plain data file that anyone can extend: recall and
//! precision of each kind, with floors. Cases that were not looked at while the kinds were written
//! (`held`) are told apart.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test says what is wrong by failing

mod common;

use common::shipped;
use earful::redact::{KINDS, redact};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Floors of each kind, of all cases, in percent.
const RECALL: usize = 98;
const PRECISION: usize = 97;
/// Fewest cases.
const CASES: usize = 500;

struct Case {
    line: usize,
    held: bool,
    /// The text, and what must become of it.
    text: String,
    clean: String,
}

fn mark_of(kind: &str) -> &'static str {
    let mark = if kind == "link" { "[token]".to_owned() } else { format!("[{kind}]") };
    KINDS.iter().find(|known| known.mark == mark).unwrap_or_else(|| panic!("no kind {kind}")).mark
}

fn cases() -> Vec<Case> {
    let file = std::fs::read_to_string(shipped("tests/redact.tsv")).unwrap();
    let lines = file.lines().enumerate().filter(|(_, line)| !line.starts_with("# ") && !line.is_empty());
    lines
        .map(|(at, line)| {
            let fields: Vec<&str> = line.splitn(3, '\t').collect();
            let [kind, held, text] = fields[..] else { panic!("line {}: found {} fields, expected 3", at + 1, fields.len()) };
            assert!(matches!(held, "tune" | "held"), "line {}", at + 1);
            assert_eq!(kind == "none", !text.contains('⟦'), "line {}: {text}", at + 1);
            let mut clean = String::new();
            for (i, part) in text.split(['⟦', '⟧']).enumerate() {
                clean.push_str(if i % 2 == 1 { mark_of(kind) } else { part });
            }
            Case { line: at + 1, held: held == "held", text: text.replace(['⟦', '⟧'], ""), clean }
        })
        .collect()
}

/// Spans that are there, spans that were found rightly, and spans that were found.
#[derive(Default)]
struct Counts {
    there: usize,
    right: usize,
    found: usize,
}

#[test]
fn recall_and_precision_of_each_kind() {
    let cases = cases();
    assert!(cases.len() >= CASES, "{}", cases.len());
    let mut counts: BTreeMap<(&str, &str), Counts> = BTreeMap::new();
    let mut wrong = Vec::new();
    for case in &cases {
        let out = redact(&case.text);
        if out != case.clean {
            wrong.push(format!("line {}: {} -> {out}", case.line, case.text));
        }
        for kind in &KINDS {
            let there = case.clean.matches(kind.mark).count();
            let found = out.matches(kind.mark).count();
            // In a text that is not what it must be, only what stays the same around it is right.
            let right = if out == case.clean { found } else { there.min(found).saturating_sub(1) };
            for set in ["all", if case.held { "held" } else { "tune" }] {
                let counts = counts.entry((kind.mark, set)).or_default();
                counts.there += there;
                counts.right += right;
                counts.found += found;
            }
        }
    }
    println!("kind        set   spans  recall  precision");
    let mut below = Vec::new();
    for ((mark, set), counts) in &counts {
        let percent = |of: usize| if of == 0 { 100.0 } else { counts.right as f64 / of as f64 * 100.0 };
        println!("{mark:<11} {set:<5} {:>5}  {:>6.1}  {:>9.1}", counts.there, percent(counts.there), percent(counts.found));
        if *set == "all" && (counts.right * 100 < counts.there * RECALL || counts.right * 100 < counts.found * PRECISION) {
            below.push(*mark);
        }
        assert!(*set == "all" || counts.there >= 8, "{mark} has {} {set} spans", counts.there);
    }
    wrong.iter().filter(|line| std::env::var("REDACT_HELD").is_ok() || !is_held(&cases, line)).for_each(|line| println!("{line}"));
    assert!(below.is_empty(), "below the floors: {below:?}");
}

/// Held cases are not shown unless they are asked for.
fn is_held(cases: &[Case], line: &str) -> bool {
    cases.iter().any(|case| case.held && line.starts_with(&format!("line {}:", case.line)))
}

#[test]
fn redacting_twice_changes_nothing() {
    for case in cases() {
        let once = redact(&case.text).into_owned();
        assert_eq!(redact(&once), once, "line {}", case.line);
    }
}

/// Time that this thread has worked, where the system tells: other programs on the machine do not count.
fn cpu_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

/// Time is linear in the length of a text, whatever it repeats: a quadratic search would take hours.
#[test]
fn endless_signs() {
    for sign in [
        "@",
        "1",
        " ",
        ".",
        "+",
        ":",
        "-",
        "=",
        "/",
        "(",
        "a",
        "A1",
        "1 ",
        "1.",
        "1-",
        "1:",
        "12 Oak ",
        "12 rue ",
        "a@",
        "@a",
        "a@b.",
        "@a.",
        "u/",
        "(at)",
        "?token=",
        "://a@",
        "DE89",
        "DE89 3704 ",
        "1234567 ",
        "4111 1111 ",
        "1.2.3.",
        "1::",
        "中",
        "路1号",
        "é1",
        "call 1",
        "0123 ",
        "12345678",
    ] {
        // One sign is read and left; of some of the others each is replaced.
        let seconds = if sign.len() == 1 { 1 } else { 3 };
        let most = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { seconds });
        let text = sign.repeat(8_000_000 / sign.len());
        let (began, clock) = (cpu_time(), Instant::now());
        let out = redact(&text);
        assert!(!out.is_empty());
        let took = cpu_time().zip(began).map_or_else(|| clock.elapsed(), |(now, began)| now.saturating_sub(began));
        println!("{sign:?}: {} ms", took.as_millis());
        assert!(took < most, "{sign:?} took {took:?}");
    }
}
