//! Charts as SVG. In: numbers of the report. Out: markup that scales with the page: what is drawn is measured
//! in per cent of the width, so that letters stay letters on a phone. Separate because a page shows the
//! same few charts in many places; each names itself, and the numbers stand beside it as text.

mod bar;
mod course;
mod net;
mod spark;
mod stacked;

pub use bar::{bar, bar_top, meter};
pub use course::course;
pub use net::{heat, net, net_top};
pub use spark::spark;
pub use stacked::{Piece, stacked};

use crate::escape::html;

/// Opens a chart that says something of its own.
fn open(class: &str, height: u32, title: &str, description: &str) -> String {
    let described = if description.is_empty() { String::new() } else { format!("<desc>{}</desc>", html(description)) };
    format!("<svg class=\"{class}\" role=\"img\" width=\"100%\" height=\"{height}\"><title>{}</title>{described}", html(title))
}

/// Opens a chart of a number that stands beside it.
fn open_beside(class: &str, height: u32) -> String {
    format!("<svg class=\"{class}\" aria-hidden=\"true\" width=\"100%\" height=\"{height}\">")
}

/// A length with no more digits than eyes can tell.
fn length(x: f64) -> String {
    let text = format!("{x:.2}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Sentiment;
    use crate::stats::{self, Estimate};

    /// Charts that are drawn of anything at all: of nothing, of one, of bounds beyond the edge.
    #[test]
    fn charts_hold_numbers_only() {
        let odd = [Estimate::default(), Estimate { value: 1.0, low: 0.9, high: 1.0 }, Estimate { value: f64::NAN, low: -9.0, high: 9.0 }];
        for estimate in &odd {
            for chart in [bar(estimate, "praise", 0.0), bar(estimate, "complaint", 0.4), net(estimate, 0.0), net(estimate, 0.5)] {
                assert!(chart.starts_with("<svg") && chart.ends_with("</svg>"), "{chart}");
                assert!(!chart.contains("NaN") && !chart.contains("inf") && !chart.contains("\"-"), "{chart}");
            }
        }
        assert!(spark(&[], "a").is_empty());
        assert!(!spark(&[0, 0], "a").contains("NaN"));
    }

    #[test]
    fn titles_are_escaped() {
        let chart = stacked("<b>", &[Piece { share: 0.5, class: "praise", sign: "+", name: "<i>" }]);
        assert!(chart.contains("&lt;b&gt;") && !chart.contains("<b>") && !chart.contains("<i>"), "{chart}");
    }

    #[test]
    fn lengths_are_short() {
        assert_eq!([0.0, 0.5, 33.333_333, 100.0].map(length), ["0", "0.5", "33.33", "100"]);
    }

    pub(super) fn sentiment(praise: u64, complaints: u64) -> Sentiment {
        let records = praise + complaints;
        let part = |count| crate::report::Part { count, share: stats::share(count, records) };
        Sentiment {
            records,
            positive: part(praise),
            negative: part(complaints),
            mixed: part(0),
            neutral: part(0),
            net: stats::net(praise, complaints, records),
            score: Estimate::default(),
        }
    }
}
