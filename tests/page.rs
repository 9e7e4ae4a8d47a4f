//! The page: what can be told from its bytes, and what only a browser can tell. The report it shows is
//! `fixtures/full-report.json`, with every section filled and hostile strings in every kind of field.
//!
//! With `EARFUL_SHOTS=folder` the page is also photographed into that folder.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)] // a test says what is wrong by failing

mod browser;
mod common;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use browser::{Browser, Tab};
use common::{Place, reviews, shipped};
use earful::report::{self, Looks, Report};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

const WIDTHS: [u32; 3] = [360, 820, 1440];

fn full() -> Report {
    serde_json::from_str(&std::fs::read_to_string(shipped("tests/fixtures/full-report.json")).unwrap()).unwrap()
}

fn html(report: &Report) -> String {
    let mut out = Vec::new();
    (report::by_name("html").unwrap().render)(report, Looks::default(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Tags with their attributes: what a browser would make elements of. Style and script are cut out.
fn tags(page: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once('<') {
        let name: String = after.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '!')).collect();
        let mut at = name.len();
        let mut attributes = Vec::new();
        loop {
            at += after[at..].len() - after[at..].trim_start().len();
            if after[at..].starts_with('>') {
                break;
            }
            let key: String = after[at..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
            assert!(!key.is_empty() || after[at..].starts_with('/'), "no attribute: {:?}", &after[..after.len().min(200)]);
            at += key.len().max(1);
            if let Some(value) = after[at..].strip_prefix("=\"") {
                let value = value.split('"').next().unwrap();
                attributes.push((key, value.to_owned()));
                at += value.len() + 3;
            } else if !key.is_empty() {
                attributes.push((key, String::new()));
            }
        }
        rest = &after[at..];
        if name == "style" || name == "script" {
            rest = &rest[rest.find(&format!("</{name}>")).unwrap()..];
        }
        tags.push((name, attributes));
    }
    tags
}

#[test]
fn the_fixture_is_a_report() {
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(shipped("tests/report.schema.json")).unwrap()).unwrap();
    let report = serde_json::to_value(full()).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(&report).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    common::sums_add_up(&report);
}

#[test]
fn records_become_no_markup() {
    const NAMES: &str = "!DOCTYPE html head meta title link style script body a div header p h1 h2 h3 span b bdi ul li nav ol main section \
        svg rect text desc line circle path table caption thead tbody tr th td dl dt dd aside details summary figure figcaption blockquote \
        footer code";
    const ATTRIBUTES: &str = "html lang charset http-equiv content name rel href class id dir tabindex role aria-label aria-labelledby \
        aria-hidden scope data-v data-sorts data-filters x y x1 x2 y1 y2 cx cy r rx d dy width height viewBox preserveAspectRatio text-anchor open";
    let page = html(&full());
    let (names, attributes): (BTreeSet<&str>, BTreeSet<&str>) =
        (NAMES.split_whitespace().collect(), ATTRIBUTES.split_whitespace().collect());
    let tags = tags(&page);
    assert!(tags.len() > 2000, "{}", tags.len());
    for (name, given) in &tags {
        assert!(names.contains(name.trim_start_matches('/')), "an element {name}");
        for (key, value) in given {
            assert!(attributes.contains(key.as_str()), "an attribute {key}=\"{value}\" of {name}");
            assert!(key != "href" || value.starts_with('#') || value == "data:,", "a link to {value}");
        }
    }
    assert_eq!(tags.iter().filter(|(name, _)| name == "script").count(), 1);
    let strange: Vec<char> = page.chars().filter(|c| earful::escape::is_harmful(*c) && *c != '\n').collect();
    assert!(strange.is_empty(), "{strange:?}");
    for shown in
        ["&lt;/script&gt;&lt;script&gt;alert(1)", "&quot;&gt;&lt;img src=x onerror=alert(1)&gt;", "\\u{202e}", "充电太慢", "الشاحن"]
    {
        assert!(page.contains(shown), "{shown}");
    }
}

#[test]
fn the_page_needs_nothing_else() {
    let page = html(&full());
    let style = page.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0;
    let script = page.split_once("<script>").unwrap().1.split_once("</script>").unwrap().0;
    for own in [style, script] {
        for word in ["http:", "https:", "//cdn", "@import", "url(", "fetch(", "XMLHttp", "innerHTML", "eval("] {
            assert!(!own.contains(word), "{word}");
        }
    }
    let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
    let policy = tags(&page).into_iter().find(|(_, given)| given.iter().any(|(_, value)| value == "Content-Security-Policy")).unwrap().1;
    let policy = policy.into_iter().find(|(key, _)| key == "content").unwrap().1.replace("&#39;", "'");
    assert_eq!(
        policy,
        format!(
            "default-src 'none'; style-src {}; script-src {}; img-src data:; base-uri 'none'; form-action 'none'",
            hash(style),
            hash(script)
        )
    );
    assert!(!page.contains("style=\""), "the policy forbids styles of elements");
}

#[test]
fn every_link_leads_somewhere() {
    let page = html(&full());
    let tags = tags(&page);
    let of = |name: &str| -> Vec<String> {
        tags.iter().flat_map(|(_, given)| given).filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect()
    };
    let ids = of("id");
    let known: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(known.len(), ids.len(), "an id is given twice");
    let links = of("href");
    assert!(links.len() > 200, "{}", links.len());
    for link in links.iter().filter_map(|link| link.strip_prefix('#')) {
        assert!(known.contains(&link.to_owned()), "#{link} is nowhere");
    }
}

/// As much of everything as an attacker or a very large company could have.
fn huge() -> Report {
    fn times<T: Clone>(list: &mut Vec<T>, most: usize) {
        *list = list.iter().cycle().take(if list.is_empty() { 0 } else { most }).cloned().collect();
    }
    let mut report = full();
    let long = "<&\u{202E}\"'".repeat(2000);
    let themes = report.themes.as_mut().unwrap();
    for side in [&mut themes.praise, &mut themes.complaint, &mut themes.given] {
        times(side, 800);
        for theme in side {
            theme.name.clone_from(&long);
            theme.quotes.iter_mut().for_each(|one| one.quote.text.clone_from(&long));
        }
    }
    let mentions = report.mentions.as_mut().unwrap();
    times(&mut mentions.subjects, 3000);
    times(&mut mentions.aspects, 3000);
    times(&mut mentions.comparisons, 3000);
    let matrix = mentions.matrix.as_mut().unwrap();
    times(&mut matrix.columns, 300);
    times(&mut matrix.rows, 300);
    for row in mentions.subjects.iter_mut().chain(&mut mentions.aspects) {
        row.name.clone_from(&long);
        times(&mut row.praised_for, 500);
        row.quotes.praise.iter_mut().chain(&mut row.quotes.complaint).for_each(|quote| quote.text.clone_from(&long));
    }
    times(&mut report.groups, 500);
    for group in &mut report.groups {
        times(&mut group.values, 500);
        group.values.iter_mut().for_each(|row| row.value.clone_from(&long));
    }
    times(&mut report.timeline.as_mut().unwrap().periods, 1200);
    times(&mut report.notes, 20_000);
    times(&mut report.files, 20_000);
    times(&mut report.verdicts, 2000);
    times(&mut report.contrasts, 2000);
    times(&mut report.quotes.praise, 5000);
    times(&mut report.read.reasons, 5000);
    report.read.reasons.iter_mut().for_each(|reason| times(&mut reason.places, 500));
    report
}

#[test]
fn a_huge_report_is_a_page_of_two_megabytes_at_most() {
    let page = html(&huge());
    assert!(page.len() < 2_000_000, "{}", page.len());
    assert!(page.contains("are shown; all are in the report as JSON"));
    assert!(html(&full()).len() < 700_000, "{}", html(&full()).len());
}

#[test]
fn the_same_report_is_the_same_page() {
    assert_eq!(html(&full()), html(&full()));
}

#[test]
fn the_program_writes_pages() {
    let place = Place::with("rows.csv", reviews(31));
    place.write("empty.csv", "id,review\n");
    place.run(&["report", "rows.csv", "-o", "page.html", "-o", "page.json", "--quiet"]).fine();
    let page = place.read("page.html");
    assert!(page.starts_with("<!DOCTYPE html>") && page.trim_end().ends_with("</html>"));
    assert!(page.contains("rows.csv") && page.contains("<b>31</b> records"));
    assert_eq!(place.run(&["report", "rows.csv", "--format", "html"]).fine().out, page);
    assert!(place.run(&["report", "empty.csv", "--format", "html"]).fine().out.contains("No record could be scored"));
}

// What only a browser can tell.

/// The page on disk, for a browser.
fn page() -> Place {
    Place::with("page.html", html(&full()))
}

/// Nothing went wrong, and nothing was asked for.
fn is_quiet(tab: &Tab, what: &str) {
    for event in ["Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded", "Page.javascriptDialogOpening"] {
        assert!(tab.events(event).is_empty(), "{what}: {event}: {:?}", tab.events(event));
    }
    let asked: BTreeSet<String> =
        tab.events("Network.requestWillBeSent").iter().map(|event| event["request"]["url"].as_str().unwrap().to_owned()).collect();
    assert!(asked.iter().all(|url| url.starts_with("file://") && url.ends_with("/page.html") || url == "data:,"), "{what}: {asked:?}");
}

const OPEN_ALL: &str = "document.querySelectorAll('details').forEach((one) => { one.open = true; })";

/// Elements that stick out of the page to the right, with their boxes that scroll left out.
const SIDEWAYS: &str = "(() => {
    const width = document.documentElement.clientWidth;
    const out = [...document.querySelectorAll('body *')].filter((e) => !e.closest('.scroll, svg, .skip, .hidden')
        && e.getBoundingClientRect().right > width + 1).map((e) => e.outerHTML.slice(0, 120));
    return { page: document.documentElement.scrollWidth - width, out: out.slice(0, 5) };
})()";

/// Texts with too little contrast: colours of text and of what is behind it, WCAG 2.2, 1.4.3.
const CONTRAST: &str = "(() => {
    const parse = (text) => {
        const parts = text.match(/[\\d.]+/g).map(Number);
        return [parts[0], parts[1], parts[2], parts.length > 3 ? parts[3] : 1];
    };
    const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
    const behind = (element) => {
        const layers = [];
        for (let e = element; e; e = e.parentElement) {
            const colour = parse(getComputedStyle(e).backgroundColor);
            if (colour[3] > 0) layers.push(colour);
            if (colour[3] === 1) break;
        }
        return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 1]);
    };
    const light = (c) => [0, 1, 2].map((i) => { const x = c[i] / 255; return x <= .04045 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4; })
        .reduce((sum, x, i) => sum + x * [.2126, .7152, .0722][i], 0);
    const ratio = (a, b) => { const [x, y] = [light(a), light(b)]; return (Math.max(x, y) + .05) / (Math.min(x, y) + .05); };
    const bad = []; let seen = 0;
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const node = walk.currentNode, e = node.parentElement;
        if (!node.nodeValue.trim() || e.closest('script, style, title, desc, .hidden, .skip')) continue;
        if (!e.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })) continue;
        const style = getComputedStyle(e), svg = e.closest('svg');
        let under = behind(e);
        if (svg && e.classList.contains('sign')) under = parse(getComputedStyle(e.previousElementSibling).fill);
        let text = parse(svg ? style.fill : style.color);
        let alpha = text[3];
        for (let p = e; p; p = p.parentElement) alpha *= Number(getComputedStyle(p).opacity);
        text = over([text[0], text[1], text[2], alpha], under);
        const size = parseFloat(style.fontSize), bold = Number(style.fontWeight) >= 700;
        const least = size >= 24 || bold && size >= 18.66 ? 3 : 4.5;
        seen += 1;
        if (ratio(text, under) < least) bad.push([ratio(text, under).toFixed(2), node.nodeValue.trim().slice(0, 30), e.className.baseVal ?? e.className]);
    }
    return { seen, bad: bad.slice(0, 12) };
})()";

/// What is wrong with headings, tables, links and forms.
const STRUCTURE: &str = "(() => {
    const wrong = [];
    const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((h) => Number(h.localName[1]));
    if (headings.filter((level) => level === 1).length !== 1) wrong.push('not one h1');
    headings.forEach((level, i) => { if (i && level > headings[i - 1] + 1) wrong.push(`h${headings[i - 1]} is followed by h${level}`); });
    for (const table of document.querySelectorAll('table')) {
        const title = table.caption?.textContent.trim();
        if (!title) wrong.push('a table without a caption');
        const columns = table.tHead?.rows[0].cells.length;
        if (!columns || [...table.tHead.rows[0].cells].some((c) => c.localName !== 'th' || c.scope !== 'col' || !c.textContent.trim())) wrong.push(`heads of ${title}`);
        for (const row of table.tBodies[0].rows) {
            if (row.cells.length !== columns) wrong.push(`${title}: ${row.cells.length} cells under ${columns} heads`);
            if (![...row.cells].some((c) => c.localName === 'th' && c.scope === 'row')) wrong.push(`${title}: a row without a head`);
        }
    }
    for (const input of document.querySelectorAll('input')) if (!input.labels.length) wrong.push('an input without a label');
    for (const e of document.querySelectorAll('[aria-labelledby]')) if (!document.getElementById(e.getAttribute('aria-labelledby'))) wrong.push('a label that is nowhere');
    if (document.querySelectorAll('main').length !== 1 || document.querySelectorAll('nav').length !== 1) wrong.push('landmarks');
    if (!document.documentElement.lang || !document.title) wrong.push('no language or title');
    return wrong;
})()";

/// Elements that only a record could have made, and what a script from one would leave.
const INERT: &str = "(() => ({
    pwned: typeof window.__pwned,
    made: document.querySelectorAll('img, iframe, object, embed, form, marquee, body svg svg script, [onerror], [onload], [onmouseover], u, i').length,
    scripts: document.scripts.length,
    outside: [...document.querySelectorAll('a')].filter((a) => !a.getAttribute('href').startsWith('#')).length,
}))()";

#[test]
fn in_a_browser_the_page_is_sound_at_three_widths_in_both_schemes() {
    let Some(mut browser) = Browser::start("sound") else { return };
    let place = page();
    for (width, dark) in WIDTHS.iter().flat_map(|&width| [(width, false), (width, true)]) {
        let what = format!("{width} px, {}", if dark { "dark" } else { "light" });
        let mut tab = browser.open(&place.path("page.html"), width, dark);
        let closed = tab.say(SIDEWAYS);
        shots(&mut tab, width, dark);
        tab.say(OPEN_ALL);
        for sideways in [closed, tab.say(SIDEWAYS)] {
            assert_eq!(sideways, json!({ "page": 0, "out": [] }), "{what}");
        }
        let contrast = tab.say(CONTRAST);
        assert!(contrast["seen"].as_u64().unwrap() > 1000, "{what}: {contrast}");
        assert_eq!(contrast["bad"], json!([]), "{what}");
        assert_eq!(tab.say(STRUCTURE), json!([]), "{what}");
        assert_eq!(tab.say(INERT), json!({ "pwned": "undefined", "made": 0, "scripts": 1, "outside": 0 }), "{what}");
        has_names(&mut tab, &what);
        is_quiet(&tab, &what);
    }
}

/// Everything that can be used or looked at has a name in the accessibility tree.
fn has_names(tab: &mut Tab, what: &str) {
    let tree = tab.call("Accessibility.getFullAXTree", json!({}));
    let nodes = tree["nodes"].as_array().unwrap();
    let mut seen = BTreeSet::new();
    for node in nodes.iter().filter(|node| node["ignored"] == false) {
        let role = node["role"]["value"].as_str().unwrap_or("");
        if ["link", "button", "searchbox", "textbox", "image", "table", "heading", "DisclosureTriangle", "navigation", "region"]
            .contains(&role)
        {
            seen.insert(role.to_owned());
            let name = node["name"]["value"].as_str().unwrap_or("").trim();
            // Nested drawings of a chart are part of it.
            assert!(!name.is_empty(), "{what}: a {role} without a name: {node}");
        }
    }
    for role in ["link", "button", "searchbox", "image", "table", "heading"] {
        assert!(seen.contains(role), "{what}: no {role} in the tree: {seen:?}");
    }
}

#[test]
fn in_a_browser_figures_are_those_of_the_report() {
    let Some(mut browser) = Browser::start("figures") else { return };
    let (place, report) = (page(), serde_json::to_value(full()).unwrap());
    let mut tab = browser.open(&place.path("page.html"), 1440, false);
    tab.say(OPEN_ALL);
    let text = tab.say("document.body.innerText").as_str().unwrap().replace('\u{202F}', " ").replace(',', "").replace('−', "-");
    for path in ["positive", "negative", "mixed", "neutral"] {
        let part = &report["sentiment"][path];
        assert!(text.contains(&part["count"].to_string()), "{path}");
        assert!(text.contains(&format!("{:.1} %", part["share"]["value"].as_f64().unwrap() * 100.0)), "{path}");
    }
    for name in ["records", "scored", "skipped", "excluded"] {
        assert!(text.contains(&report["read"][name].to_string()), "{name}");
    }
    let net = &report["sentiment"]["net"];
    let points = |name: &str| format!("{:+.1}", net[name].as_f64().unwrap() * 100.0);
    assert!(text.contains(&format!("{} to {}", points("low"), points("high"))), "{net}");
}

#[test]
fn in_a_browser_tables_sort_and_filter_by_click_and_key() {
    let Some(mut browser) = Browser::start("tables") else { return };
    let place = page();
    let mut tab = browser.open(&place.path("page.html"), 1440, false);
    let table = "[...document.querySelectorAll('table')].find((t) => t.caption.textContent === 'Aspects, by posts')";
    let button = format!("{table}.tHead.rows[0].cells[5].querySelector('button')");
    let column = format!("[...{table}.tBodies[0].rows].map((row) => Number(row.cells[5].dataset.v))");
    let sorted = |tab: &mut Tab| -> (Vec<f64>, Value) {
        let values = tab.say(&column).as_array().unwrap().iter().map(|value| value.as_f64().unwrap()).collect();
        (values, tab.say(&format!("{button}.parentElement.getAttribute('aria-sort')")))
    };
    tab.click(&button);
    let (down, told) = sorted(&mut tab);
    assert!(down.is_sorted_by(|a, b| a >= b) && down.len() > 9, "{down:?}");
    assert_eq!(told, "descending");
    tab.say(&format!("{button}.focus()"));
    tab.key("Enter", "\r");
    let (up, told) = sorted(&mut tab);
    assert!(up.is_sorted(), "{up:?}");
    assert_eq!(told, "ascending");
    let shown = format!("[...{table}.tBodies[0].rows].filter((row) => !row.hidden).map((row) => row.cells[0].textContent.trim())");
    tab.click(&format!("{table}.parentElement.previousElementSibling.querySelector('input')"));
    tab.call("Input.insertText", json!({ "text": "batt" }));
    assert_eq!(tab.say(&shown), json!(["battery"]));
    let told = tab.say(&format!("{table}.parentElement.previousElementSibling.querySelector('output').textContent"));
    assert!(told.as_str().unwrap().starts_with("1 of "), "{told}");
    is_quiet(&tab, "sorting");
}

#[test]
fn in_a_browser_a_figure_opens_its_quote() {
    let Some(mut browser) = Browser::start("quotes") else { return };
    let place = page();
    let mut tab = browser.open(&place.path("page.html"), 820, false);
    let link = "document.querySelector('#words td a, #words th a')";
    let wanted = tab.say(&format!("{link}.getAttribute('href').slice(1)"));
    tab.click(link);
    let state = "(() => { const e = document.querySelector(':target'); const r = e.getBoundingClientRect();
        return [e.id, e.checkVisibility({ contentVisibilityAuto: true }), r.top >= 0 && r.top < innerHeight]; })()";
    tab.say("new Promise((done) => setTimeout(done, 200))");
    assert_eq!(tab.say(state), json!([wanted, true, true]));
    // A quote that is folded away comes to light.
    let folded = tab.say("[...document.querySelectorAll('details:not([open]) figure')][0].id");
    tab.say(&format!("location.hash = {folded}; new Promise((done) => setTimeout(done, 200))"));
    assert_eq!(tab.say(state), json!([folded, true, true]));
    // The keyboard comes to the report past the contents.
    tab.say("scrollTo(0, 0); document.activeElement.blur()");
    tab.key("Tab", "");
    tab.say("document.querySelector('.skip').focus()");
    tab.key("Enter", "\r");
    assert_eq!(tab.say("document.activeElement.id"), "main");
}

#[test]
fn in_a_browser_paper_shows_everything() {
    let Some(mut browser) = Browser::start("print") else { return };
    let place = page();
    let mut tab = browser.open(&place.path("page.html"), 820, true);
    tab.media("print", false);
    let state = "(() => {
        const quotes = [...document.querySelectorAll('details:not([open]) blockquote')];
        const seen = quotes.filter((e) => e.checkVisibility({ contentVisibilityAuto: true }) && e.getBoundingClientRect().height > 5);
        return [quotes.length > 50, quotes.length - seen.length, getComputedStyle(document.querySelector('nav')).display, getComputedStyle(document.body).backgroundColor];
    })()";
    assert_eq!(tab.say(state), json!([true, 0, "none", "rgb(255, 255, 255)"]));
    let pdf = STANDARD.decode(tab.call("Page.printToPDF", json!({ "printBackground": true }))["data"].as_str().unwrap()).unwrap();
    assert!(pdf.starts_with(b"%PDF") && pdf.len() > 50_000, "{}", pdf.len());
    if let Some(folder) = std::env::var_os("EARFUL_SHOTS") {
        std::fs::write(std::path::Path::new(&folder).join("page.pdf"), &pdf).unwrap();
    }
    is_quiet(&tab, "print");
}

#[test]
fn in_a_browser_without_scripts_the_page_is_complete() {
    let Some(mut browser) = Browser::start("scriptless") else { return };
    let place = page();
    let count = "[document.querySelectorAll('tbody tr').length, document.querySelectorAll('blockquote').length]";
    let with = browser.open(&place.path("page.html"), 820, false).say(count);
    let mut tab = browser.open(&place.path("page.html"), 820, false);
    tab.call("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
    tab.reload();
    assert_eq!(tab.say(count), with);
    assert_eq!(tab.say("document.querySelectorAll('button, input').length"), 0);
}

/// The checks above find what they look for.
#[test]
fn in_a_browser_faults_are_noticed() {
    let Some(mut browser) = Browser::start("faults") else { return };
    let place = page();
    let mut tab = browser.open(&place.path("page.html"), 360, false);
    tab.say("document.querySelector('.lead').style.color = '#aaa'");
    assert_eq!(tab.say(CONTRAST)["bad"].as_array().unwrap().len(), 1);
    tab.say("document.querySelector('.lead').style.width = '500px'");
    assert_ne!(tab.say(SIDEWAYS)["out"], json!([]));
    tab.say("document.querySelector('h2').remove(); document.querySelector('caption').remove()");
    assert_eq!(tab.say(STRUCTURE).as_array().unwrap().len(), 3, "h1 is followed by h3, no caption, a label that is nowhere");
    assert!(tab.events("Log.entryAdded").is_empty());
    // The policy stops what a record could try, and the log says so.
    tab.say("document.body.insertAdjacentHTML('beforeend', '<img src=\"https://example.invalid/x.png\" onerror=\"window.__pwned = 1\">')");
    tab.say("new Promise((done) => setTimeout(done, 300))");
    assert_eq!(tab.say(INERT), json!({ "pwned": "undefined", "made": 1, "scripts": 1, "outside": 0 }));
    assert!(!tab.events("Log.entryAdded").is_empty());
}

/// Photographs of the page, for whoever draws it.
fn shots(tab: &mut Tab, width: u32, dark: bool) {
    let Some(folder) = std::env::var_os("EARFUL_SHOTS") else { return };
    let height = tab.say("document.documentElement.scrollHeight").as_f64().unwrap();
    let slice = f64::from(width).mul_add(1.1, 700.0).min(2200.0);
    let (mut from, mut number) = (0.0, 0);
    while from < height {
        let picture = STANDARD.decode(tab.picture(from, slice.min(height - from), f64::from(width))).unwrap();
        let name = format!("{width}-{}-{number:02}.png", if dark { "dark" } else { "light" });
        std::fs::write(std::path::Path::new(&folder).join(name), picture).unwrap();
        (from, number) = (from + slice, number + 1);
    }
}
