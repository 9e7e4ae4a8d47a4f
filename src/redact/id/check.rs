//! Check digits. In: the digits and capital letters of an id, blanks and signs left out. Out: whether they
//! can have been issued. Separate because they are arithmetic; each is as its issuer publishes it, and
//! was held against the examples in tests/redact.tsv.

/// A check of an id.
pub type Check = fn(&[u8]) -> bool;

/// The checks by the names that `lexicons/private.tsv` uses.
pub const CHECKS: [(&str, Check); 44] = [
    ("any", |_| true),
    ("five-digits", |id| id.iter().filter(|b| b.is_ascii_digit()).count() >= 5),
    ("luhn", luhn),
    ("ean-13", ean_13),
    ("us-ssn", us_ssn),
    ("gb-nino", gb_nino),
    ("gb-nhs", gb_nhs),
    ("es-dni", es_dni),
    ("es-nie", es_nie),
    ("fr-nir", fr_nir),
    ("de-idnr", de_idnr),
    ("it-codice-fiscale", it_codice_fiscale),
    ("nl-bsn", nl_bsn),
    ("be-nn", be_nn),
    ("br-cpf", br_cpf),
    ("br-cnpj", br_cnpj),
    ("in-aadhaar", |id| id.first().is_some_and(|b| *b > b'1') && verhoeff(id)),
    ("in-pan", |id| id.get(3).is_some_and(|b| b"ABCFGHJLPT".contains(b))),
    ("cn-resident", cn_resident),
    ("kr-rrn", |id| kr_dated(id) && last_is(id, (11 - weighted(id, &[2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11) % 10)),
    ("kr-dated", kr_dated),
    ("pl-pesel", pl_pesel),
    ("se-personnummer", se_personnummer),
    ("fi-hetu", fi_hetu),
    ("no-fodselsnummer", no_fodselsnummer),
    ("dk-cpr", |id| is_day(number(id, 0, 2), number(id, 2, 4))),
    ("at-svnr", |id| weighted(id, &[3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 == digit(id, 3)),
    ("ie-pps", ie_pps),
    ("pt-nif", |id| last_is(id, mod_11(weighted(id, &[9, 8, 7, 6, 5, 4, 3, 2])))),
    ("ro-cnp", ro_cnp),
    ("cz-rodne-cislo", cz_rodne_cislo),
    ("bg-egn", |id| last_is(id, weighted(id, &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10)),
    ("ee-lt-code", ee_lt_code),
    ("ru-snils", |id| weighted(id, &[9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101 % 100 == number(id, 9, 11)),
    ("tr-kimlik", tr_kimlik),
    ("za-id", |id| is_day(number(id, 4, 6), number(id, 2, 4)) && luhn(id)),
    ("mx-curp", mx_curp),
    ("ar-cuit", |id| last_is(id, (11 - weighted(id, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11)),
    ("cl-rut", cl_rut),
    ("jp-my-number", |id| last_is(id, mod_11(weighted(id, &[6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2])))),
    ("hk-hkid", hk_hkid),
    ("sg-nric", sg_nric),
    ("tw-id", tw_id),
    ("au-tfn", |id| weighted(id, &[1, 4, 3, 7, 5, 8, 6, 9, 10]).is_multiple_of(11)),
];

/// Value of the digit at a place; 0 for a letter or nothing.
fn digit(id: &[u8], at: usize) -> u32 {
    id.get(at).filter(|b| b.is_ascii_digit()).map_or(0, |b| u32::from(b - b'0'))
}

/// Number of the digits of a range.
fn number(id: &[u8], from: usize, to: usize) -> u32 {
    (from..to).fold(0, |number, at| number * 10 + digit(id, at))
}

fn large(id: &[u8]) -> u64 {
    id.iter().filter(|b| b.is_ascii_digit()).fold(0u64, |number, b| number.wrapping_mul(10).wrapping_add(u64::from(b - b'0')))
}

/// Sum of the first digits, each times its weight.
fn weighted(id: &[u8], weights: &[u32]) -> u32 {
    weights.iter().enumerate().map(|(at, weight)| digit(id, at) * weight).sum()
}

fn last_is(id: &[u8], wanted: u32) -> bool {
    id.last().is_some_and(|b| u32::from(*b) == u32::from(b'0') + wanted)
}

/// 11 less the rest by 11, and 0 where that has two digits.
const fn mod_11(sum: u32) -> u32 {
    match 11 - sum % 11 {
        10.. => 0,
        rest => rest,
    }
}

fn is_day(day: u32, month: u32) -> bool {
    (1..=31).contains(&day) && (1..=12).contains(&month)
}

fn all_same(id: &[u8]) -> bool {
    id.iter().all(|b| Some(b) == id.first())
}

/// ISO/IEC 7812, annex B.
pub fn luhn(id: &[u8]) -> bool {
    let double = |d: u32| d * 2 / 10 + d * 2 % 10;
    let sum: u32 = (0..id.len()).rev().enumerate().map(|(i, at)| if i % 2 == 0 { digit(id, at) } else { double(digit(id, at)) }).sum();
    sum.is_multiple_of(10) && id.iter().any(|b| *b != b'0')
}

fn ean_13(id: &[u8]) -> bool {
    (0..13).map(|at| digit(id, at) * if at % 2 == 0 { 1 } else { 3 }).sum::<u32>().is_multiple_of(10)
}

/// No area 000 or 666, no group 00, no serial 0000; 9xx are taxpayers' numbers (ITIN).
fn us_ssn(id: &[u8]) -> bool {
    !matches!(number(id, 0, 3), 0 | 666) && number(id, 3, 5) > 0 && number(id, 5, 9) > 0
}

/// Letters that are never used, and the last from A to D.
fn gb_nino(id: &[u8]) -> bool {
    let letter = |at: usize, not: &[u8]| id.get(at).is_some_and(|b| !not.contains(b));
    letter(0, b"DFIQUV")
        && letter(1, b"DFIQUVO")
        && !matches!(id.get(..2), Some(b"BG" | b"GB" | b"KN" | b"NK" | b"NT" | b"TN" | b"ZZ"))
        && letter(8, b"EFGHIJKLMNOPQRSTUVWXYZ")
}

fn gb_nhs(id: &[u8]) -> bool {
    let rest = 11 - weighted(id, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    rest != 10 && last_is(id, rest % 11)
}

fn es_letter(number: u32, letter: Option<&u8>) -> bool {
    b"TRWAGMYFPDXBNJZSQVHLCKE".get(number as usize % 23) == letter
}

fn es_dni(id: &[u8]) -> bool {
    es_letter(number(id, 0, 8), id.get(8))
}

fn es_nie(id: &[u8]) -> bool {
    let first = id.first().and_then(|b| b"XYZ".iter().position(|known| known == b)).and_then(|at| u32::try_from(at).ok());
    first.is_some_and(|first| es_letter(first * 10_000_000 + number(id, 1, 8), id.get(8)))
}

/// Sex, month, a place with 2A and 2B read as 19 and 18, and the key modulo 97.
fn fr_nir(id: &[u8]) -> bool {
    let mut plain = [0u8; 13];
    let Some(head) = id.get(..13) else { return false };
    plain.copy_from_slice(head);
    match head.get(5..7) {
        Some(b"2A") => plain[5..7].copy_from_slice(b"19"),
        Some(b"2B") => plain[5..7].copy_from_slice(b"18"),
        Some([_, b'0'..=b'9']) => {}
        _ => return false,
    }
    matches!(digit(id, 0), 1..=4 | 7 | 8)
        && matches!(number(id, 3, 5), 1..=12 | 20..=42 | 50..=99)
        && 97 - large(&plain) % 97 == u64::from(number(id, 13, 15))
}

/// ISO/IEC 7064, MOD 11,10; of the first ten digits one is there twice or thrice.
fn de_idnr(id: &[u8]) -> bool {
    let product = (0..10).fold(10, |product, at| {
        let sum = (digit(id, at) + product) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    let most = (b'0'..=b'9').map(|d| id.iter().take(10).filter(|b| **b == d).count()).max();
    digit(id, 0) > 0 && matches!(most, Some(2 | 3)) && last_is(id, (11 - product) % 10)
}

/// Odd places by a table, even places by their value, modulo 26; digits may stand as letters L to V.
fn it_codice_fiscale(id: &[u8]) -> bool {
    const ODD: [u32; 26] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    let value = |b: u8| usize::from(if b.is_ascii_digit() { b - b'0' } else { b.saturating_sub(b'A') });
    let numeral = |at: usize| id.get(at).is_some_and(|b| b.is_ascii_digit() || b"LMNPQRSTUV".contains(b));
    let sum: usize = id
        .iter()
        .take(15)
        .enumerate()
        .map(|(at, &b)| if at % 2 == 0 { ODD.get(value(b)).map_or(0, |odd| *odd as usize) } else { value(b) })
        .sum();
    [6, 7, 9, 10, 12, 13, 14].into_iter().all(numeral)
        && id.get(8).is_some_and(|b| b"ABCDEHLMPRST".contains(b))
        && id.get(15).is_some_and(|b| usize::from(b.saturating_sub(b'A')) == sum % 26)
}

/// The test of eleven.
fn nl_bsn(id: &[u8]) -> bool {
    let sum = weighted(id, &[9, 8, 7, 6, 5, 4, 3, 2]) + 10 * digit(id, 8);
    sum.is_multiple_of(11) && large(id) > 0
}

/// 97 less the rest by 97; who was born since 2000 has a 2 before.
fn be_nn(id: &[u8]) -> bool {
    let head = large(id.get(..9).unwrap_or_default());
    let key = u64::from(number(id, 9, 11));
    97 - head % 97 == key || 97 - (head + 2_000_000_000) % 97 == key
}

fn br_cpf(id: &[u8]) -> bool {
    let first = mod_11(weighted(id, &[10, 9, 8, 7, 6, 5, 4, 3, 2]));
    !all_same(id) && digit(id, 9) == first && last_is(id, mod_11(weighted(id, &[11, 10, 9, 8, 7, 6, 5, 4, 3, 2])))
}

fn br_cnpj(id: &[u8]) -> bool {
    let first = mod_11(weighted(id, &[5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]));
    !all_same(id) && digit(id, 12) == first && last_is(id, mod_11(weighted(id, &[6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2])))
}

/// Verhoeff 1969, by the dihedral group of order ten.
fn verhoeff(id: &[u8]) -> bool {
    const TURN: [u32; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let turned = |times: usize, d: u32| (0..times).fold(d, |d, _| TURN.get(d as usize).copied().unwrap_or(0));
    let joined = |a: u32, b: u32| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => 5 + (a + b) % 5,
        (false, true) => 5 + (a + 5 - b) % 5,
        (false, false) => (a + 5 - b) % 5,
    };
    (0..id.len()).rev().enumerate().fold(0, |sum, (i, at)| joined(sum, turned(i % 8, digit(id, at)))) == 0
}

/// Region, date of birth, ISO/IEC 7064 MOD 11-2 (GB 11643).
fn cn_resident(id: &[u8]) -> bool {
    let sum = weighted(id, &[7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
    (11..=91).contains(&number(id, 0, 2))
        && (1900..2100).contains(&number(id, 6, 10))
        && is_day(number(id, 12, 14), number(id, 10, 12))
        && b"10X98765432".get(sum as usize % 11) == id.get(17)
}

/// Date of birth and sex; since 2020 there is no check digit.
fn kr_dated(id: &[u8]) -> bool {
    is_day(number(id, 4, 6), number(id, 2, 4))
}

fn pl_pesel(id: &[u8]) -> bool {
    let month = number(id, 2, 4) % 20;
    is_day(number(id, 4, 6), month) && last_is(id, (10 - weighted(id, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10) % 10)
}

/// Date of birth, the day perhaps with 60 added, and Luhn over the last ten digits.
fn se_personnummer(id: &[u8]) -> bool {
    let short = id.get(id.len().saturating_sub(10)..).unwrap_or_default();
    let century = id.len() == 10 || (18..=20).contains(&number(id, 0, 2));
    century && is_day(number(short, 4, 6) % 60, number(short, 2, 4)) && luhn(short)
}

fn fi_hetu(id: &[u8]) -> bool {
    // A letter for the century may stand between.
    let behind = id.len() - 4;
    let sign = id.get(6).copied().unwrap_or(b'-');
    let century = behind == 6 || b"ABCDEFYXWVU".contains(&sign);
    let number_of_birth = number(id, 0, 6) * 1000 + number(id, behind, behind + 3);
    let digits = id.get(behind..behind + 3).is_some_and(|part| part.iter().all(u8::is_ascii_digit));
    century
        && digits
        && is_day(number(id, 0, 2), number(id, 2, 4))
        && b"0123456789ABCDEFHJKLMNPRSTUVWXY".get(number_of_birth as usize % 31) == id.last()
}

fn no_fodselsnummer(id: &[u8]) -> bool {
    let check = |sum: u32| (11 - sum % 11) % 11;
    check(weighted(id, &[3, 7, 6, 1, 8, 9, 4, 5, 2])) == digit(id, 9) && last_is(id, check(weighted(id, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2])))
}

fn ie_pps(id: &[u8]) -> bool {
    let second = id.get(8).map_or(0, |b| u32::from(b.saturating_sub(b'@')) % 23 * 9);
    let sum = weighted(id, &[8, 7, 6, 5, 4, 3, 2]) + second;
    b"WABCDEFGHIJKLMNOPQRSTUV".get(sum as usize % 23) == id.get(7)
}

fn ro_cnp(id: &[u8]) -> bool {
    let rest = weighted(id, &[2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
    is_day(number(id, 5, 7), number(id, 3, 5)) && last_is(id, if rest == 10 { 1 } else { rest })
}

/// Divisible by 11 since 1954; nine digits before. Women's months have 50 added, full series 20 more.
fn cz_rodne_cislo(id: &[u8]) -> bool {
    let month = number(id, 2, 4) % 50 % 20;
    let valid =
        id.len() == 9 || large(id).is_multiple_of(11) || (large(id.get(..9).unwrap_or_default()) % 11 == 10 && id.last() == Some(&b'0'));
    valid && is_day(number(id, 4, 6), month)
}

fn ee_lt_code(id: &[u8]) -> bool {
    let first = weighted(id, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
    let second = weighted(id, &[3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11;
    last_is(id, if first < 10 { first } else { second % 10 })
}

fn tr_kimlik(id: &[u8]) -> bool {
    let (odd, even) = (weighted(id, &[1, 0, 1, 0, 1, 0, 1, 0, 1]), weighted(id, &[0, 1, 0, 1, 0, 1, 0, 1]));
    digit(id, 0) > 0 && (odd * 7 + 90 - even) % 10 == digit(id, 9) && last_is(id, (odd + even + digit(id, 9)) % 10)
}

/// Date of birth, sex, and letters counted with Ñ between N and O, weighted from 18 down.
fn mx_curp(id: &[u8]) -> bool {
    let value = |b: u8| match b {
        b'0'..=b'9' => u32::from(b - b'0'),
        b'A'..=b'N' => u32::from(b - b'A') + 10,
        _ => u32::from(b.saturating_sub(b'A')) + 11,
    };
    let sum: u32 = id.iter().take(17).zip((2..=18).rev()).map(|(&b, weight)| value(b) * weight).sum();
    is_day(number(id, 8, 10), number(id, 6, 8)) && id.get(10).is_some_and(|b| b"HMX".contains(b)) && last_is(id, (10 - sum % 10) % 10)
}

/// Weights 2 to 7 from the right; K for 10.
fn cl_rut(id: &[u8]) -> bool {
    let Some((last, body)) = id.split_last() else { return false };
    let sum: u32 =
        body.iter().rev().zip([2, 3, 4, 5, 6, 7].into_iter().cycle()).map(|(b, weight)| u32::from(b.saturating_sub(b'0')) * weight).sum();
    b"0123456789K0".get(11 - sum as usize % 11) == Some(last)
}

/// Weights 9 (a blank before one letter) to 1, letters from 10, A for 10.
fn hk_hkid(id: &[u8]) -> bool {
    let value = |b: u8| if b.is_ascii_digit() { u32::from(b - b'0') } else { u32::from(b.saturating_sub(b'A')) + 10 };
    let blank = if id.len() == 8 { 36 * 9 } else { 0 };
    let sum: u32 = id.iter().rev().zip(1..).map(|(&b, weight): (&u8, u32)| value(b) * weight).sum();
    (sum + blank).is_multiple_of(11)
}

fn sg_nric(id: &[u8]) -> bool {
    let shift = match id.first() {
        Some(b'S' | b'F') => 0,
        Some(b'T' | b'G') => 4,
        _ => return false,
    };
    let letters = if matches!(id.first(), Some(b'S' | b'T')) { b"JZIHGFEDCBA" } else { b"XWUTRQPNMLK" };
    let sum = weighted(id.get(1..).unwrap_or_default(), &[2, 7, 6, 5, 4, 3, 2]) + shift;
    letters.get(sum as usize % 11) == id.get(8)
}

/// The letter as a number of two digits, weights 1, 9, 8 ... 1, 1.
fn tw_id(id: &[u8]) -> bool {
    let letter = id
        .first()
        .and_then(|b| b"ABCDEFGHJKLMNPQRSTUVXYWZIO".iter().position(|known| known == b))
        .and_then(|at| u32::try_from(at + 10).ok());
    letter
        .is_some_and(|n| (n / 10 + n % 10 * 9 + weighted(id.get(1..).unwrap_or_default(), &[8, 7, 6, 5, 4, 3, 2, 1, 1])).is_multiple_of(10))
}
