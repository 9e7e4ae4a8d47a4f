//! Shares and means of counted records. In: counts and sums. Out: estimates with their 95 % bounds.
//! Separate because every table of the report is made of them.

use super::{Estimate, Z, float};

/// A share with its score interval (Wilson 1927, "Probable inference"); 0 with bounds 0 and 1 when
/// there is nothing to share.
#[must_use]
pub fn share(count: u64, of: u64) -> Estimate {
    if of == 0 {
        return Estimate::new(0.0, 0.0, 1.0);
    }
    let (n, p) = (float(of), float(count) / float(of));
    let scale = 1.0 + Z * Z / n;
    let middle = (p + Z * Z / (2.0 * n)) / scale;
    let half = Z / scale * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    Estimate::new(p, (middle - half).max(0.0), (middle + half).min(1.0))
}

/// Share of one class minus share of another of the same records, with the interval of a difference
/// of two shares of one multinomial sample; a half record is added to each (Agresti and Min 2005, for
/// matched pairs), so that small samples do not look certain.
#[must_use]
pub fn net(plus: u64, minus: u64, of: u64) -> Estimate {
    if of == 0 {
        return Estimate::new(0.0, -1.0, 1.0);
    }
    let value = (float(plus) - float(minus)) / float(of);
    let n = float(of) + 2.0;
    let (p, m) = ((float(plus) + 0.5) / n, (float(minus) + 0.5) / n);
    let half = Z * ((p + m - (p - m).powi(2)) / n).sqrt();
    let middle = p - m;
    Estimate::new(value, (middle - half).max(-1.0).min(value), (middle + half).min(1.0).max(value))
}

/// A mean from the count, the sum and the sum of squares, both in units of `unit`; the interval is the
/// normal one.
#[allow(clippy::cast_precision_loss)] // sums of scores stay far below 2⁵²
#[must_use]
pub fn mean(count: u64, sum: i64, squares: u64, unit: f64) -> Estimate {
    if count == 0 {
        return Estimate::default();
    }
    let n = float(count);
    let value = sum as f64 / n;
    let variance = if count > 1 { ((float(squares) - n * value * value) / (n - 1.0)).max(0.0) } else { 0.0 };
    let half = Z * (variance / n).sqrt();
    Estimate::new(value / unit, (value - half) / unit, (value + half) / unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values of R: `prop.test(x, n, correct = FALSE)$conf.int`.
    #[test]
    fn wilson_equals_r() {
        assert_eq!(share(15, 50), Estimate { value: 0.3, low: 0.191, high: 0.4375 });
        assert_eq!(share(0, 10), Estimate { value: 0.0, low: 0.0, high: 0.2775 });
        assert_eq!(share(10, 10), Estimate { value: 1.0, low: 0.7225, high: 1.0 });
        assert_eq!(share(0, 0), Estimate { value: 0.0, low: 0.0, high: 1.0 });
    }

    #[test]
    fn net_and_mean_hold_their_value() {
        let n = net(60, 20, 100);
        assert!((n.value - 0.4).abs() < 1e-9 && n.low > 0.2 && n.high < 0.58 && n.low < n.value && n.value < n.high, "{n:?}");
        assert!(net(1, 0, 1).low < 0.5);
        let m = mean(4, 10_000, 4 * 2_500 * 2_500, 10_000.0);
        assert_eq!(m, Estimate { value: 0.25, low: 0.25, high: 0.25 });
    }
}
