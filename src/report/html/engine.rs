//! The template engine, set up. In: what the page shows. Out: the page. Separate because what is decided
//! here holds for every section: how numbers are written, and that no string gets past
//! [`crate::escape::html`].

use super::view::Page;
use super::{chart, numbers, policy};
use crate::escape;
use crate::stats::Estimate;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, context};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");
const TEMPLATES: [(&str, &str); 13] = [
    ("page.html", include_str!("page.html")),
    ("macros.html", include_str!("macros.html")),
    ("balance.html", include_str!("parts/balance.html")),
    ("verdicts.html", include_str!("parts/verdicts.html")),
    ("spikes.html", include_str!("parts/spikes.html")),
    ("themes.html", include_str!("parts/themes.html")),
    ("mentions.html", include_str!("parts/mentions.html")),
    ("compared.html", include_str!("parts/compared.html")),
    ("stars.html", include_str!("parts/stars.html")),
    ("course.html", include_str!("parts/course.html")),
    ("words.html", include_str!("parts/words.html")),
    ("people.html", include_str!("parts/people.html")),
    ("read.html", include_str!("parts/read.html")),
];

/// Longest string that is shown, in characters; names of files and values of columns may be of any length.
const LONGEST: usize = 700;

/// Lays out a page.
pub fn page(page: &Page) -> Result<String, Error> {
    let (style, script) = (policy::own(STYLE), policy::own(SCRIPT));
    let policy = policy::policy(&style, &script);
    let (style, script) = (Value::from_safe_string(style), Value::from_safe_string(script));
    environment()?.get_template("page.html")?.render(context! { page => Value::from(Serde(page)), style, script, policy })
}

fn environment() -> Result<Environment<'static>, Error> {
    let mut env = Environment::new();
    env.set_auto_escape_callback(|_| AutoEscape::Html);
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    env.set_formatter(write);
    for (name, text) in TEMPLATES {
        env.add_template(name, text)?;
    }
    env.add_filter("count", |number: u64| numbers::count(number));
    env.add_filter("percent", |value: &Value| Ok::<_, Error>(numbers::percent(number(value)?)));
    env.add_filter("percent_range", |value: &Value| Ok::<_, Error>(numbers::percent_range(&estimate(value)?)));
    env.add_filter("points", |value: &Value| Ok::<_, Error>(numbers::points(number(value)?)));
    env.add_filter("points_range", |value: &Value| Ok::<_, Error>(numbers::points_range(&estimate(value)?)));
    env.add_filter("signed", |value: &Value, digits: usize| Ok::<_, Error>(numbers::signed(number(value)?, digits)));
    env.add_filter("plain", |value: &Value, digits: usize| Ok::<_, Error>(numbers::plain(number(value)?, digits)));
    env.add_filter("rate", |value: &Value| Ok::<_, Error>(numbers::rate(number(value)?)));
    env.add_filter("noun", |number: u64, one: &str| if number == 1 { one.to_owned() } else { format!("{one}s") });
    env.add_function("bar", |share: &Value, side: &str, top: f64| Ok::<_, Error>(safe(chart::bar(&estimate(share)?, side, top))));
    env.add_function("meter", |value: f64, top: f64, side: &str| safe(chart::meter(value, top, side)));
    env.add_function("net", |net: &Value, top: f64| Ok::<_, Error>(safe(chart::net(&estimate(net)?, top))));
    env.add_function("heat", |value: f64, top: f64| chart::heat(value, top));
    Ok(env)
}

/// The only way out for values: numbers and what we made ourselves as they are, all else escaped.
fn write(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    if value.is_safe() || matches!(value.kind(), ValueKind::Number | ValueKind::Bool | ValueKind::Undefined) {
        return minijinja::escape_formatter(out, state, value);
    }
    if value.is_none() {
        return Ok(());
    }
    let text = value.as_str().ok_or_else(|| Error::new(ErrorKind::BadEscape, format!("found {}, expected a string", value.kind())))?;
    out.write_str(&escape::html(&shortened(text))).map_err(Error::from)
}

fn shortened(text: &str) -> std::borrow::Cow<'_, str> {
    match text.char_indices().nth(LONGEST).and_then(|(end, _)| text.get(..end)) {
        Some(begin) => format!("{begin}…").into(),
        None => text.into(),
    }
}

fn safe(markup: String) -> Value {
    Value::from_safe_string(markup)
}

/// A number, or the value of an estimate.
fn number(value: &Value) -> Result<f64, Error> {
    let number = if value.kind() == ValueKind::Map { value.get_attr("value")? } else { value.clone() };
    f64::try_from(number)
}

fn estimate(value: &Value) -> Result<Estimate, Error> {
    let of = |name| f64::try_from(value.get_attr(name)?);
    Ok(Estimate { value: of("value")?, low: of("low")?, high: of("high")? })
}
