//! Fans and critics on the page. In: people. Out: each with their themes and a quote of theirs, where there is
//! one. Separate because people are found by name, themes by side.

use super::{Links, List, Room};
use crate::report::html::chart::net_top;
use crate::report::{People, Person};
use serde::Serialize;

/// Fans and critics.
#[derive(Serialize)]
pub struct PeopleView<'r> {
    least: u64,
    ranked: u64,
    sample: u64,
    reason: Option<&'r str>,
    fans: List<PersonView<'r>>,
    critics: List<PersonView<'r>>,
    top: f64,
}

#[derive(Serialize)]
struct PersonView<'r> {
    row: &'r Person,
    link: Option<String>,
    themes: Vec<(&'r str, Option<String>)>,
}

/// Chooses and links them.
pub fn people<'r>(people: &'r People, room: Room, links: &Links) -> PeopleView<'r> {
    let view = |list: &'r [Person], side: &str| {
        let person = |row: &'r Person| PersonView {
            row,
            link: links.quotes.by(&row.author),
            themes: row.themes.iter().take(5).map(|name| (name.as_str(), links.theme(name, side))).collect(),
        };
        List { rows: list.iter().take(room.rows).map(person).collect(), all: list.len() }
    };
    PeopleView {
        least: people.least,
        ranked: people.ranked,
        sample: people.sample,
        reason: people.reason.as_deref(),
        fans: view(&people.fans, "praise"),
        critics: view(&people.critics, "complaint"),
        top: net_top(people.fans.iter().chain(&people.critics).map(|person| &person.score)),
    }
}
