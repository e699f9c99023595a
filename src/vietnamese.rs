//! Vietnamese text: numbers, file sizes and addresses.

/// A whole number with Vietnamese grouping: `1.929.927`.
pub fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    grouped
}

/// A file size with a decimal comma: `512 B`, `1,2 MB`. A kB is 1,000 bytes.
pub fn file_size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if bytes < 1_000 {
        return format!("{bytes} B");
    }
    let mut unit = 0;
    let mut size = 1_000;
    // Rounded first: 999.999 bytes are 1 MB, not 1.000 kB.
    let tenths = loop {
        let tenths = (bytes.saturating_mul(10).saturating_add(size / 2)) / size;
        if tenths < 9_995 || unit + 1 == UNITS.len() {
            break tenths;
        }
        unit += 1;
        size *= 1_000;
    };
    let (whole, tenth) = (tenths / 10, tenths % 10);
    if whole >= 100 || tenth == 0 {
        format!("{} {}", number(whole), UNITS[unit])
    } else {
        format!("{whole},{tenth} {}", UNITS[unit])
    }
}

/// A Vietnamese letter without its marks, lower case; `đ` becomes `d`. Other characters come back as they are.
///
/// Covers precomposed letters (NFC); combining marks stand alone and are dropped by [`slug`].
fn fold(letter: char) -> char {
    // Each row: the plain letter, then every marked form of it in lower case.
    const ROWS: [(char, &str); 7] = [
        ('a', "àáảãạăằắẳẵặâầấẩẫậ"),
        // The second is Icelandic; its capital looks like that of the first, and some write it in its place.
        ('d', "đð"),
        ('e', "èéẻẽẹêềếểễệ"),
        ('i', "ìíỉĩị"),
        ('o', "òóỏõọôồốổỗộơờớởỡợ"),
        ('u', "ùúủũụưừứửữự"),
        ('y', "ỳýỷỹỵ"),
    ];
    let lower = lower(letter);
    ROWS.iter().find(|(_, marked)| marked.chars().any(|other| other == lower)).map_or(lower, |&(plain, _)| plain)
}

/// The lower case of an ASCII or Vietnamese letter. `char::to_lowercase` knows every script, which weighs 4 kB in the
/// browser program.
pub(crate) fn lower(letter: char) -> char {
    let distance = match letter {
        'A'..='Z' | 'À'..='Ý' => 32,
        'Ă' | 'Đ' | 'Ĩ' | 'Ũ' | 'Ơ' | 'Ư' => 1,
        'Ạ'..='Ỹ' if u32::from(letter).is_multiple_of(2) => 1,
        _ => 0,
    };
    char::from_u32(u32::from(letter) + distance).unwrap_or(letter)
}

/// Is this a capital of Vietnamese?
pub(crate) fn is_capital(letter: char) -> bool {
    lower(letter) != letter
}

/// Is this a small letter of Vietnamese?
pub(crate) fn is_small(letter: char) -> bool {
    is_letter(letter) && !is_capital(letter)
}

/// Is this a letter of Vietnamese?
pub(crate) fn is_letter(letter: char) -> bool {
    fold(letter).is_ascii_lowercase()
}

/// A text in small letters.
pub(crate) fn lowercase(text: &str) -> String {
    text.chars().map(lower).collect()
}

/// A text as a segment of an address: folded to ASCII, words joined by hyphens, at most `limit` characters, cut
/// between words where that leaves something.
pub fn slug(text: &str, limit: usize) -> String {
    let mut slug = String::new();
    for letter in text.chars().map(fold) {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !is_combining(letter) && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    if slug.len() > limit {
        let cut = slug[..=limit].rfind('-').filter(|&at| at > 0).unwrap_or(limit);
        slug.truncate(cut);
    }
    slug.trim_end_matches('-').to_owned()
}

/// A text of at most `most` characters, cut between words where it is longer.
pub fn shortened(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else {
        return text.to_owned();
    };
    // Its last word may be cut, and leaves room for the sign that there is more.
    let cut = &text[..end];
    let whole = cut.trim_end_matches(|c: char| !c.is_whitespace()).trim_end();
    let last = cut.char_indices().next_back().map_or(0, |(at, _)| at);
    format!("{}…", if whole.is_empty() { &cut[..last] } else { whole })
}

/// Combining diacritical marks, as in text that is not NFC.
fn is_combining(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_points() {
        for (value, text) in [(0, "0"), (584, "584"), (7_752, "7.752"), (590_846, "590.846"), (1_929_927, "1.929.927")]
        {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn file_sizes_have_a_decimal_comma() {
        let sizes = [
            (0, "0 B"),
            (999, "999 B"),
            (1_000, "1 kB"),
            (1_250, "1,3 kB"),
            (245_300, "245 kB"),
            (999_999, "1 MB"),
            (12_500_000, "12,5 MB"),
        ];
        for (bytes, text) in sizes {
            assert_eq!(file_size(bytes), text, "{bytes}");
        }
    }

    #[test]
    fn long_texts_are_cut_between_words() {
        assert_eq!(shortened("Một hai ba", 10), "Một hai ba");
        assert_eq!(shortened("Một hai ba", 9), "Một hai…");
        assert_eq!(shortened("Một hai ba", 7), "Một…");
        assert_eq!(shortened("Mộthaiba", 5), "Mộth…");
    }

    #[test]
    fn slugs_fold_every_vietnamese_letter() {
        assert_eq!(slug("Đường Nguyễn Trãi: 10/10/2020 – “Mở rộng”", 150), "duong-nguyen-trai-10-10-2020-mo-rong");
        assert_eq!(
            slug("ĂẮẰẲẴẶÂẤẦẨẪẬ ÊẾỀỂỄỆ ÔỐỒỔỖỘ ƠỚỜỞỠỢ ƯỨỪỬỮỰ ÝỲỶỸỴ", 150),
            "aaaaaaaaaaaa-eeeeee-oooooo-oooooo-uuuuuu-yyyyy"
        );
        assert_eq!(slug("Hội đồng (không phải NFC)", 150), "hoi-dong-khong-phai-nfc");
        assert_eq!(slug("\u{d0}ường \u{f0}ê", 150), "duong-de");
        assert_eq!(slug("một hai ba", 8), "mot-hai");
        assert_eq!(slug("…", 10), "");
    }
}
