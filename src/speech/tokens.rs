//! A sentence, word by word, as it is said.

use super::abbreviations::{POINTED, expansion, issuer_of, unit};
use super::numerals::{decimals, digit_by_digit, roman, words_of};
use crate::vietnamese::{is_letter, is_small, lowercase};

/// Words after which a Roman numeral is a number, and `1/2017` is not January.
const COUNTED: [&str; 13] =
    ["thứ", "khóa", "khoá", "kỷ", "quý", "kỳ", "hạng", "loại", "bậc", "phần", "đợt", "số", "lần"];
/// Words after which `2/9` and `2-9` are a day.
const DAYS: [&str; 14] =
    ["lễ", "khánh", "dịp", "mừng", "niệm", "ngày", "sáng", "trưa", "chiều", "tối", "đêm", "hôm", "mùng", "nhật"];

/// A sentence as it is said: numbers, dates, times, units and abbreviations in words.
pub fn spoken(sentence: &str) -> String {
    let mut said = String::with_capacity(sentence.len() * 2);
    let mut words = sentence.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let (before, core, mut after) = parts(word);
        if !said.is_empty() {
            said.push(' ');
        }
        said.push_str(before);
        let text = say(core, &said);
        // The point of an abbreviation that is written out would be taken for the end of the sentence.
        if text.is_some() && POINTED.contains(&core) && words.peek().is_some() {
            after = after.strip_prefix('.').unwrap_or(after);
        }
        said.push_str(text.as_deref().unwrap_or(core));
        said.push_str(after);
    }
    said
}

/// A word without the punctuation around it, and that punctuation. A percent sign belongs to the word.
fn parts(word: &str) -> (&str, &str, &str) {
    let is_mark = |c: char| !is_letter(c) && !c.is_ascii_digit() && !"%‰²³°".contains(c);
    let core = word.trim_matches(is_mark);
    if core.is_empty() {
        return (word, "", "");
    }
    let start = word.len() - word.trim_start_matches(is_mark).len();
    (&word[..start], core, &word[start + core.len()..])
}

/// How a word is said after what was said before; `None` leaves it as it is.
fn say(word: &str, said: &str) -> Option<String> {
    let previous = said.split_whitespace().next_back().unwrap_or_default();
    let previous = lowercase(previous.trim_start_matches(|c| !is_letter(c)));
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return date(word, &previous, said)
            .or_else(|| document(word, said))
            .or_else(|| time(word))
            .or_else(|| range(word, &previous, said))
            .or_else(|| fraction(word))
            .or_else(|| quantity(word));
    }
    if COUNTED.contains(&previous.as_str()) {
        let (number, of) = word.split_once(['/', '-']).unwrap_or((word, ""));
        if let (Some(number), of) = (roman(number), year(of))
            && (of.is_some() || !word.contains(['/', '-']))
        {
            return Some(words_of(number) + &of.map(of_year).unwrap_or_default());
        }
    }
    // Behind a number only: `m` alone is a letter.
    let is_counted = said.trim_end().ends_with(|c: char| c.is_ascii_digit()) || is_numeral(&previous);
    let measured = measure(word).filter(|_| is_counted || word.starts_with('%'));
    measured.or_else(|| expansion(word, near(said)))
}

/// The last words of what was said: a decision named long before is another one.
fn near(said: &str) -> &str {
    said.char_indices().rev().nth(40).map_or(said, |(at, _)| &said[at..])
}

/// A unit, alone or of another: `%/năm`, `đồng/người`.
fn measure(word: &str) -> Option<String> {
    let whole = unit(word).map(str::to_owned);
    let of_each = || {
        let parts = word.split('/').map(|part| unit(part).unwrap_or(part)).collect::<Vec<_>>();
        let are_words = parts.len() > 1 && parts.iter().all(|part| part.starts_with(is_small));
        are_words.then(|| parts.join(" trên "))
    };
    whole.or_else(of_each)
}

/// Is this the last word of a number in words?
fn is_numeral(word: &str) -> bool {
    const LAST: [&str; 19] = [
        "không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "mươi", "mốt", "tư", "lăm",
        "trăm", "nghìn", "triệu", "tỷ",
    ];
    LAST.contains(&word)
}

/// A whole number of at most so many digits.
fn small(text: &str, digits: usize) -> Option<u64> {
    let is_number = !text.is_empty() && text.len() <= digits && text.bytes().all(|c| c.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

fn day(text: &str) -> Option<u64> {
    small(text, 2).filter(|day| (1..=31).contains(day))
}

/// `tháng tư`: months four and of the year have words of their own.
fn of_month(text: &str) -> Option<String> {
    let month = small(text, 2).filter(|month| (1..=12).contains(month))?;
    Some(["tháng ", &if month == 4 { "tư".to_owned() } else { words_of(month) }].concat())
}

fn year(text: &str) -> Option<u64> {
    small(text, 4).filter(|year| (1000..=2999).contains(year))
}

fn of_year(year: u64) -> String {
    [" năm ", &words_of(year)].concat()
}

/// Is `2/9` a day after this? After a day of the week, after `sáng nay`, and after another day that it goes on from:
/// `30/4 và 1/5`.
fn leads_to_day(said: &str, previous: &str) -> bool {
    let mut words = said.split_whitespace().rev();
    let before = lowercase(words.nth(1).unwrap_or_default());
    let goes_on = previous == "và" || said.trim_end().ends_with(',');
    DAYS.contains(&previous)
        || ["từ", "đến"].contains(&previous)
        || before == "thứ"
        || (["nay", "qua", "mai"].contains(&previous) && DAYS.contains(&before.as_str()))
        || (goes_on && said.split_whitespace().rev().take(5).any(|word| word == "tháng"))
}

/// `10/10/2020` and `10-10-2020`, `10/2020`, and `2/9` after a word such as `ngày`, or where no fraction is likely: `21/04`,
/// `20/11`.
fn date(word: &str, previous: &str, said: &str) -> Option<String> {
    let parts: Vec<&str> = word.split(['/', '-']).collect();
    // What is counted of fewer; houses and shifts have such numbers too.
    let is_no_share =
        |d: &str| day(d) > Some(12) && word != "24/7" && !["số", "ngõ", "ngách", "hẻm", "đạt"].contains(&previous);
    let is_day = |d: &str, m: &str| match word.contains('/') {
        true => m.starts_with('0') || is_no_share(d) || leads_to_day(said, previous),
        false => DAYS.contains(&previous),
    };
    let on_day = |d: &str| day(d).map(|day| ["ngày ", &words_of(day)].concat());
    let said = match *parts.as_slice() {
        [d, m, y] => [&on_day(d)?, " ", &of_month(m)?, &of_year(year(y)?)].concat(),
        [_, y] if year(y).is_some() && previous == "lệ" => return None,
        [number, y] if COUNTED.contains(&previous) => words_of(small(number, 2)?) + &of_year(year(y)?),
        [m, y] if year(y).is_some() && (word.contains('/') || previous == "tháng") => {
            of_month(m)? + &of_year(year(y)?)
        }
        [d, m] if is_day(d, m) => [&on_day(d)?, " ", &of_month(m)?].concat(),
        [d] if previous == "ngày" => on_day(d)?,
        [m] if previous == "tháng" => of_month(m)?,
        _ => return None,
    };
    // `ngày` and `tháng` are said once.
    let rest = said.strip_prefix(previous).and_then(|rest| rest.strip_prefix(' '));
    Some(rest.map(str::to_owned).unwrap_or(said))
}

/// The number of a document: `42/2022/NĐ-CP`, `1665/QĐ-TTg`, `01-CTr/QU`.
fn document(word: &str, said: &str) -> Option<String> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = (small(&word[..digits], 7)?, word[digits..].strip_prefix(['/', '-'])?);
    let (year, mark) = match rest.split_once('/') {
        Some((year, mark)) if small(year, 4).is_some_and(|year| year >= 1900) => (small(year, 4), mark),
        _ => (None, rest),
    };
    let issued = expansion(mark, near(said)).or_else(|| issuer_of(mark).map(|by| ["của ", &by].concat()))?;
    Some([&words_of(number), &*year.map(of_year).unwrap_or_default(), " ", &issued].concat())
}

/// `17:00`, `17h`, `17h30`.
fn time(word: &str) -> Option<String> {
    let (hour, minute) = word.split_once([':', 'h', 'g'])?;
    let hour = small(hour, 2).filter(|hour| *hour <= 24)?;
    let minute =
        if minute.is_empty() && !word.contains(':') { 0 } else { small(minute, 2).filter(|minute| *minute < 60)? };
    let minutes = if minute > 0 { [" ", &words_of(minute), " phút"].concat() } else { String::new() };
    Some([&words_of(hour), " giờ", &minutes].concat())
}

/// `2015–2020`, `65-75`, also of quantities with units, of times, and of days: `12-14/6`.
fn range(word: &str, previous: &str, said: &str) -> Option<String> {
    let (from, to) = word.split_once(['-', '–'])?;
    if let Some((to, month)) = to.split_once('/')
        && let (Some(from), Some(to), Some(month)) = (day(from), day(to), of_month(month))
    {
        let begin = if previous == "ngày" { "" } else { "ngày " };
        return Some([begin, &words_of(from), " đến ", &words_of(to), " ", &month].concat());
    }
    let end = |text: &str| date(text, "", "").or_else(|| time(text)).or_else(|| quantity(text));
    let (from, to) = (end(from)?, end(to)?);
    // A telephone number with dashes is none.
    let is_phone = lowercase(said).trim_end().ends_with("thoại") || word.starts_with('0');
    (!is_phone).then(|| [&from, " đến ", &to].concat())
}

/// `13/13`.
fn fraction(word: &str) -> Option<String> {
    let (above, below) = word.split_once('/')?;
    Some([&words_of(small(above, 6)?), " trên ", &words_of(small(below, 6)?)].concat())
}

/// A number in Vietnamese writing, with a unit close behind or none: `1.929.927`, `19,65%`, `5m²`, `0901234567`.
fn quantity(word: &str) -> Option<String> {
    let end = word.find(|c: char| !c.is_ascii_digit() && !".,".contains(c)).unwrap_or(word.len());
    let (number, behind) = word.split_at(end);
    let unit = match behind {
        "" => String::new(),
        short => [" ", &measure(short)?].concat(),
    };
    let (whole, part) = number.split_once(',').map_or((number, None), |(whole, part)| (whole, Some(part)));
    let mut groups = whole.split('.');
    let first = groups.next().unwrap_or_default();
    let is_grouped = first.len() <= 3 && groups.clone().all(|group| group.len() == 3);
    let digits = whole.replace('.', "");
    // A number that begins with 0 is dialled; one with other points (a version, a chapter) is said in its parts.
    if whole.len() > 1 && first.starts_with('0') {
        return Some(digit_by_digit(&digits));
    }
    if whole.contains('.') && !is_grouped {
        let mut said = String::new();
        for part in whole.split('.') {
            if !said.is_empty() {
                said.push_str(" chấm ");
            }
            said.push_str(&words_of(small(part, 6)?));
        }
        return part.is_none().then_some(said);
    }
    let mut words = digits.parse().ok().map(words_of)?;
    if let Some(part) = part {
        if part.is_empty() || !part.bytes().all(|c| c.is_ascii_digit()) {
            return None;
        }
        words = [&words, " phẩy ", &decimals(part)].concat();
    }
    Some(words + &unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_said_as_people_say_it() {
        for (written, said) in [
            ("Đang online 584", "Đang online năm trăm tám mươi tư"),
            (
                "thu 26.595 tỷ đồng, tăng 19,65 %/năm",
                "thu hai mươi sáu nghìn năm trăm chín mươi lăm tỷ đồng, tăng mười chín phẩy sáu mươi lăm phần trăm trên năm",
            ),
            ("8 triệu đồng/tháng và/hoặc", "tám triệu đồng trên tháng và/hoặc"),
            ("tăng 9% một năm", "tăng chín phần trăm một năm"),
            ("ngày 10/10/2020", "ngày mười tháng mười năm hai nghìn không trăm hai mươi"),
            ("(10-10-2020)", "(ngày mười tháng mười năm hai nghìn không trăm hai mươi)"),
            ("từ 4/2021", "từ tháng tư năm hai nghìn không trăm hai mươi mốt"),
            ("Quốc khánh ngày 2/9.", "Quốc khánh ngày hai tháng chín."),
            ("dịp Quốc khánh 2/9", "dịp Quốc khánh ngày hai tháng chín"),
            ("Quốc khánh 2-9", "Quốc khánh ngày hai tháng chín"),
            ("ngày 24-7, sáng 7-5", "ngày hai mươi tư tháng bảy, sáng ngày bảy tháng năm"),
            ("từ tháng 9-2017", "từ tháng chín năm hai nghìn không trăm mười bảy"),
            ("(ngày 2/9) và (tháng 4)", "(ngày hai tháng chín) và (tháng tư)"),
            (
                "quý 2/2017, Quý I/2025",
                "quý hai năm hai nghìn không trăm mười bảy, Quý một năm hai nghìn không trăm hai mươi lăm",
            ),
            ("tỷ lệ 1/2000", "tỷ lệ một trên hai nghìn"),
            ("sáng nay 7/5, kỷ niệm 2/9", "sáng nay ngày bảy tháng năm, kỷ niệm ngày hai tháng chín"),
            ("tại số 24/5, ngõ 15/8", "tại số hai mươi tư trên năm, ngõ mười lăm trên tám"),
            ("đến nay 2/3 số hộ", "đến nay hai trên ba số hộ"),
            ("Nhà giáo 20/11 trực 24/7", "Nhà giáo ngày hai mươi tháng mười một trực hai mươi tư trên bảy"),
            ("từ ngày 12-14/6", "từ ngày mười hai đến mười bốn tháng sáu"),
            ("03–30/04", "ngày ba đến ba mươi tháng tư"),
            ("7h30–11h30", "bảy giờ ba mươi phút đến mười một giờ ba mươi phút"),
            ("UBND TP. Hà Nội", "ủy ban nhân dân thành phố Hà Nội"),
            ("ở TP. HCM.", "ở thành phố Hồ Chí Minh."),
            ("PGS.TS Lê A", "phó giáo sư tiến sĩ Lê A"),
            ("từ thứ Bảy 31/8", "từ thứ Bảy ngày ba mươi mốt tháng tám"),
            ("sáng Chủ nhật 1/9", "sáng Chủ nhật ngày một tháng chín"),
            ("từ thứ Bảy 31/08 đến", "từ thứ Bảy ngày ba mươi mốt tháng tám đến"),
            ("Ngày Sách (21/04)", "Ngày Sách (ngày hai mươi mốt tháng tư)"),
            ("hai ngày 02 và 03/02", "hai ngày hai và ngày ba tháng hai"),
            ("tháng 04 và tháng 12", "tháng tư và tháng mười hai"),
            ("lễ 30/4 và 1/5", "lễ ngày ba mươi tháng tư và ngày một tháng năm"),
            ("ngày 30/4, 1/5", "ngày ba mươi tháng tư, ngày một tháng năm"),
            ("đạt 08/10 tiêu chí", "đạt tám trên mười tiêu chí"),
            ("tăng 1/5 và 2/3", "tăng một trên năm và hai trên ba"),
            ("Công ty CP Thép", "Công ty cổ phần Thép"),
            ("đạt 13/13 chỉ tiêu", "đạt mười ba trên mười ba chỉ tiêu"),
            ("lúc 17:00", "lúc mười bảy giờ"),
            ("từ 7h30 đến 8h", "từ bảy giờ ba mươi phút đến tám giờ"),
            ("nhiệm kỳ 2015–2020", "nhiệm kỳ hai nghìn không trăm mười lăm đến hai nghìn không trăm hai mươi"),
            ("UBND quận", "ủy ban nhân dân quận"),
            ("“HĐND”, TP.HCM", "“hội đồng nhân dân”, Thành phố Hồ Chí Minh"),
            (
                "Nghị định số 42/2022/NĐ-CP",
                "Nghị định số bốn mươi hai năm hai nghìn không trăm hai mươi hai của Chính phủ",
            ),
            ("theo 1665/QĐ-TTg", "theo một nghìn sáu trăm sáu mươi lăm quyết định của Thủ tướng Chính phủ"),
            ("Chương trình 01-CTr/QU", "Chương trình một của Quận ủy"),
            ("Nghị định số 64/CP", "Nghị định số sáu mươi tư của Chính phủ"),
            ("theo NĐ-CP", "theo nghị định của Chính phủ"),
            ("Luật 59/2020/QH14", "Luật năm mươi chín năm hai nghìn không trăm hai mươi của Quốc hội khóa mười bốn"),
            ("Đại hội lần thứ VI", "Đại hội lần thứ sáu"),
            ("Vitamin C và X", "Vitamin C và X"),
            ("rộng 5m², cao 3 m", "rộng năm mét vuông, cao ba mét"),
            ("gọi 024.38581234", "gọi không hai bốn ba tám năm tám một hai ba bốn"),
            ("mục 2.1", "mục hai chấm một"),
            ("không có gì để đổi", "không có gì để đổi"),
            ("", ""),
        ] {
            assert_eq!(spoken(written), said, "{written}");
        }
    }

    #[test]
    fn nothing_is_too_strange() {
        for odd in [
            "9".repeat(400),
            "1.2.3.4,5,6".to_owned(),
            "31/31/9999".to_owned(),
            "…%–/".to_owned(),
            "0/0".to_owned(),
            "5:99h".to_owned(),
            "😀5đ".to_owned(),
            "1,".to_owned(),
        ] {
            spoken(&odd);
        }
    }
}
