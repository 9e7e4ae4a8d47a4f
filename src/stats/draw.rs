//! Chance for simulations: the same numbers on every machine (SplitMix64, Steele, Lea and Flood
//! 2014, "Fast splittable pseudorandom number generators").

/// A source of numbers.
pub struct Draw(pub u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 up to 1.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A count that is Poisson distributed around a mean, as quickly for a large one: by inversion (Devroye 1986, "Non-uniform random variate
    /// generation", X.3), and from 50 on by the normal distribution that it comes close to.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // not below nought
    pub fn resampled(&mut self, mean: f64) -> u64 {
        if mean >= 50.0 {
            let (u, v) = (1.0 - self.unit(), self.unit());
            let normal = (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos();
            return (mean + mean.sqrt() * normal).round().max(0.0) as u64;
        }
        let (mut probability, mut count, mut left) = ((-mean).exp(), 0, self.unit());
        while left > probability && count < 500 {
            left -= probability;
            count += 1;
            probability *= mean / count as f64;
        }
        count
    }

    /// One of several with their probabilities.
    #[cfg(test)]
    pub fn pick(&mut self, probabilities: &[f64]) -> usize {
        let mut left = self.unit();
        for (at, probability) in probabilities.iter().enumerate() {
            left -= probability;
            if left < 0.0 {
                return at;
            }
        }
        probabilities.len() - 1
    }

    /// A count of a Poisson distribution: arrivals until their waiting times fill the mean.
    #[cfg(test)]
    pub fn poisson(&mut self, mean: f64) -> u64 {
        let (mut time, mut count) = (0.0, 0);
        loop {
            time -= (1.0 - self.unit()).ln();
            if time > mean {
                return count;
            }
            count += 1;
        }
    }

    /// A count with a variance of `dispersion` times its mean: Poisson counts whose means follow a gamma
    /// distribution, itself a sum of waiting times and a part of one (Jöhnk 1964).
    #[cfg(test)]
    pub fn count(&mut self, mean: f64, dispersion: f64) -> u64 {
        if dispersion <= 1.0 {
            return self.poisson(mean);
        }
        let size = mean / (dispersion - 1.0);
        let mut gamma = 0.0;
        let mut whole = size;
        while whole >= 1.0 {
            gamma -= (1.0 - self.unit()).ln();
            whole -= 1.0;
        }
        if whole > 1e-9 {
            gamma += self.part(whole);
        }
        self.poisson(gamma * (dispersion - 1.0))
    }

    /// A number of the gamma distribution of a shape below 1.
    #[cfg(test)]
    fn part(&mut self, shape: f64) -> f64 {
        loop {
            let (u, v) = (self.unit().powf(1.0 / shape), self.unit().powf(1.0 / (1.0 - shape)));
            if u + v <= 1.0 {
                return -(1.0 - self.unit()).ln() * u / (u + v);
            }
        }
    }
}
