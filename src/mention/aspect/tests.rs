use super::file;
use super::*;
use crate::text::Tokens;

fn found(sources: &[Source<'_>], text: &str) -> Vec<String> {
    let aspects = Aspects::new(sources).unwrap();
    let mut found = AspectsFound::new();
    let tokens = Tokens::from_text(text);
    aspects.find(text, tokens.as_slice(), &mut found);
    let name = |mention: &AspectMention| &aspects.list()[mention.aspect as usize].name;
    found.mentions().iter().map(|mention| format!("{}: {}", name(mention), mention.of(text))).collect()
}

const LAMPS: &str = "# earful-aspects: 1\n# domain: lamps\n\
    light\tlight, light quality, bulb\nparts\tstand, shade, switch, on/off switch, battery\nprice\tprice\n";

fn in_lamps(text: &str) -> Vec<String> {
    found(&[Source::File("lamps.tsv", LAMPS)], text)
}

#[test]
fn the_longest_term_wins_with_its_plural() {
    assert_eq!(in_lamps("The light quality of both bulbs is fine"), ["light: light quality", "light: bulbs"]);
    assert_eq!(in_lamps("Batteries died; the on / off switch, too"), ["parts: Batteries", "parts: on / off switch"]);
    assert_eq!(in_lamps("a shadow on the bulbous prices"), ["price: prices"]);
}

#[test]
fn terms_side_by_side_are_one_of_the_last() {
    assert_eq!(in_lamps("the battery light, then the bulb-switch"), ["light: battery light", "parts: bulb-switch"]);
    assert_eq!(in_lamps("battery, light"), ["parts: battery"]);
    assert_eq!(in_lamps("the battery/shade"), ["parts: battery", "parts: shade"]);
}

#[test]
fn possessives_are_left_out() {
    assert_eq!(in_lamps("the lamp’s price and the bulb’s price"), ["price: price", "light: bulb", "price: price"]);
    assert_eq!(in_lamps("THE BULB'S PRICE"), ["light: BULB", "price: PRICE"]);
}

#[test]
fn verbs_and_adjectives_are_none() {
    assert!(in_lamps("I cannot stand it, it is light, and they switch it off").is_empty());
    assert_eq!(in_lamps("the stand and the light are good"), ["parts: stand", "light: light"]);
}

#[test]
fn a_file_of_ones_own_adds_moves_and_takes_out() {
    let own = "# earful-aspects: 1\nelectric\tbattery, socket\n-\tbulb\nprice\tcost\n";
    let both = [Source::File("lamps.tsv", LAMPS), Source::File("own.tsv", own)];
    assert_eq!(
        found(&both, "batteries, sockets, bulbs, cost, prices"),
        ["electric: batteries", "electric: sockets", "price: cost", "price: prices"]
    );
    let aspects = Aspects::new(&both).unwrap();
    let counts: Vec<_> = aspects.list().iter().map(|aspect| (aspect.name.as_str(), aspect.terms)).collect();
    assert_eq!(counts, [("light", 2), ("parts", 4), ("price", 2), ("electric", 2)]);
    assert!(found(&[Source::File("own.tsv", own)], "shade").is_empty(), "a file alone replaces");
    let [one, two] = ["a\tcable", "b\tplug"].map(|row| format!("# earful-aspects: 1\n{row}\n"));
    let same_line = [Source::File("one.tsv", &one), Source::File("two.tsv", &two)];
    assert_eq!(found(&same_line, "cable, plug"), ["a: cable", "b: plug"]);
}

#[test]
fn faults_name_file_line_and_remedy() {
    for (text, parts) in [
        ("# earful-aspects: 1\na\tscreen\nb\tScreen\n", ["own.tsv:3", "\"a\"", "take out one"]),
        ("# earful-aspects: 1\na\tscreen, ...\n", ["own.tsv:2", "\"...\"", "expected a word"]),
    ] {
        let message = Aspects::new(&[Source::File("own.tsv", text)]).unwrap_err().to_string();
        assert!(parts.iter().all(|part| message.contains(part)), "{message}");
    }
    let message = Aspects::new(&[Source::Domain("hotel")]).unwrap_err().to_string();
    assert!(message.contains("\"hotel\"") && message.contains("did you mean hotels?"), "{message}");
}

#[test]
fn every_domain_is_read_finds_its_own_and_names_itself() {
    for domain in &DOMAINS {
        let aspects = Aspects::new(&[Source::Domain(domain.name)]).unwrap();
        assert!(aspects.list().len() > 3, "{}", domain.name);
        let mut terms = Vec::new();
        let named = file::read(domain.file, domain.text, |row| {
            terms.push((row.aspect, row.term));
            Ok(())
        });
        assert_eq!(named.unwrap(), Some(domain.name));
        let (mut tokens, mut found) = (Tokens::new(), AspectsFound::new());
        for (aspect, term) in terms {
            let text = format!("the {term}.");
            tokens.read(&text);
            aspects.find(&text, tokens.as_slice(), &mut found);
            let last = found.mentions().last().map(|mention| aspects.list()[mention.aspect as usize].name.as_str());
            assert_eq!(last, Some(aspect), "{}: {term}", domain.name);
        }
    }
}

#[test]
fn all_domains_go_together() {
    let all: Vec<Source<'_>> = DOMAINS.iter().map(|domain| Source::Domain(domain.name)).collect();
    let aspects = Aspects::new(&all).unwrap();
    let names: std::collections::BTreeSet<&str> = aspects.list().iter().map(|aspect| aspect.name.as_str()).collect();
    assert_eq!(names.len(), aspects.list().len());
}
