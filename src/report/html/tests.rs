use super::*;

fn page(report: &Report) -> String {
    let mut out = Vec::new();
    render(report, Looks::default(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn full() -> Report {
    serde_json::from_str(include_str!("../../../tests/fixtures/full-report.json")).unwrap()
}

/// Sections that have nothing to say are left out, heading and all.
#[test]
fn a_report_of_little_is_a_short_page() {
    let mut report = full();
    report.themes = None;
    report.mentions = None;
    report.stars = None;
    report.timeline = None;
    report.spikes = None;
    report.people = None;
    report.corrected = None;
    report.verdicts.clear();
    report.groups.clear();
    report.contrasts.clear();
    report.notes.clear();
    let page = page(&report);
    for gone in ["complaints", "mentions", "stars", "course", "changes", "people", "verdicts", "groups", "notes"] {
        assert!(!page.contains(&format!("id=\"{gone}\"")) && !page.contains(&format!("href=\"#{gone}\"")), "{gone}");
    }
    for there in ["balance", "words", "quotes", "read", "method"] {
        assert!(page.contains(&format!("id=\"{there}\"")) && page.contains(&format!("href=\"#{there}\"")), "{there}");
    }
}

#[test]
fn reasons_for_nothing_are_told() {
    let mut report = full();
    let (themes, people, spikes) = (report.themes.as_mut().unwrap(), report.people.as_mut().unwrap(), report.spikes.as_mut().unwrap());
    (themes.reason, people.reason, spikes.reason) = (Some("few themes".into()), Some("few people".into()), Some("few days".into()));
    let page = page(&report);
    assert!(["few themes", "few people", "few days"].iter().all(|reason| page.contains(reason)));
}
