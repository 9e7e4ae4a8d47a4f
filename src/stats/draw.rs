//! Chance for simulation tests: the same numbers on every machine (SplitMix64, Steele, Lea and Flood
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

    /// One of several with their probabilities.
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
}
