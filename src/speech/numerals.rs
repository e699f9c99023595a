//! Numbers as Vietnamese says them.

const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
/// What groups of three digits are called, from the right; after a billion they begin again.
const SCALES: [&str; 3] = ["", "nghìn", "triệu"];

/// A whole number in words: 1.929.927 is `một triệu chín trăm hai mươi chín nghìn chín trăm hai mươi bảy`.
pub fn words_of(number: u64) -> String {
    if number == 0 {
        return DIGITS[0].to_owned();
    }
    let mut words = Vec::new();
    below(number, false, &mut words);
    words.join(" ")
}

/// `is_inside`: higher groups were said before, so that a missing hundred is said too (`hai nghìn không trăm linh năm`).
fn below(number: u64, is_inside: bool, words: &mut Vec<&'static str>) {
    const BILLION: u64 = 1_000_000_000;
    let (billions, mut rest) = (number / BILLION, number % BILLION);
    let mut is_inside = is_inside;
    if billions > 0 {
        below(billions, is_inside, words);
        words.push("tỷ");
        is_inside = true;
    }
    for (index, scale) in SCALES.iter().enumerate().rev() {
        let size = 1000_u64.pow(index as u32);
        let group = (rest / size) as usize;
        rest %= size;
        if group > 0 {
            hundreds(group, is_inside, words);
            words.extend((!scale.is_empty()).then_some(*scale));
            is_inside = true;
        }
    }
}

fn hundreds(group: usize, is_inside: bool, words: &mut Vec<&'static str>) {
    let (hundred, ten, one) = (group / 100, group / 10 % 10, group % 10);
    let has_hundred = hundred > 0 || is_inside;
    if has_hundred {
        words.extend([DIGITS[hundred], "trăm"]);
    }
    match (ten, one) {
        (0, 0) => return,
        (0, _) if has_hundred => words.push("linh"),
        (0, _) => {}
        (1, _) => words.push("mười"),
        (_, _) => words.extend([DIGITS[ten], "mươi"]),
    }
    match (ten, one) {
        (_, 0) => {}
        (2.., 1) => words.push("mốt"),
        (2.., 4) => words.push("tư"),
        (1.., 5) => words.push("lăm"),
        _ => words.push(DIGITS[one]),
    }
}

/// Digits one by one, as in telephone numbers.
pub fn digit_by_digit(digits: &str) -> String {
    let words: Vec<&str> = digits.bytes().filter(u8::is_ascii_digit).map(|d| DIGITS[usize::from(d - b'0')]).collect();
    words.join(" ")
}

/// What stands behind the decimal comma: `65` is `sáu mươi lăm`, `05` and longer ones are said digit by digit.
pub fn decimals(digits: &str) -> String {
    match digits.parse() {
        Ok(number) if digits.len() <= 2 && !digits.starts_with('0') => words_of(number),
        _ => digit_by_digit(digits),
    }
}

/// A Roman numeral up to 39, as parties, congresses and centuries are numbered.
pub fn roman(text: &str) -> Option<u64> {
    const TENS: [&str; 4] = ["", "X", "XX", "XXX"];
    const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let all = (0..4).flat_map(|ten| (0..10).map(move |one| (ten, one)));
    let found = all.skip(1).find(|&(ten, one)| text.strip_prefix(TENS[ten]) == Some(ONES[one]));
    found.map(|(ten, one)| (ten * 10 + one) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_as_people_say_them() {
        for (number, words) in [
            (0, "không"),
            (5, "năm"),
            (10, "mười"),
            (15, "mười lăm"),
            (21, "hai mươi mốt"),
            (24, "hai mươi tư"),
            (55, "năm mươi lăm"),
            (101, "một trăm linh một"),
            (584, "năm trăm tám mươi tư"),
            (1_000, "một nghìn"),
            (2_005, "hai nghìn không trăm linh năm"),
            (2_020, "hai nghìn không trăm hai mươi"),
            (7_752, "bảy nghìn bảy trăm năm mươi hai"),
            (26_595, "hai mươi sáu nghìn năm trăm chín mươi lăm"),
            (1_000_000, "một triệu"),
            (1_929_927, "một triệu chín trăm hai mươi chín nghìn chín trăm hai mươi bảy"),
            (3_000_000_015, "ba tỷ không trăm mười lăm"),
            (1_000_000_000_000, "một nghìn tỷ"),
        ] {
            assert_eq!(words_of(number), words, "{number}");
        }
    }

    #[test]
    fn the_largest_number_has_words() {
        assert!(words_of(u64::MAX).starts_with("mười tám tỷ bốn trăm bốn mươi sáu triệu"));
    }

    #[test]
    fn decimals_and_digits() {
        assert_eq!(decimals("65"), "sáu mươi lăm");
        assert_eq!(decimals("05"), "không năm");
        assert_eq!(decimals("125"), "một hai năm");
        assert_eq!(digit_by_digit("024 38"), "không hai bốn ba tám");
    }

    #[test]
    fn roman_numerals() {
        for (text, number) in [("I", 1), ("IV", 4), ("VI", 6), ("XIV", 14), ("XX", 20), ("XXXIX", 39)] {
            assert_eq!(roman(text), Some(number), "{text}");
        }
        for text in ["", "IIII", "XL", "VX", "A"] {
            assert_eq!(roman(text), None, "{text}");
        }
    }
}
