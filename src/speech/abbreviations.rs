//! What abbreviations of Vietnamese public life stand for, as they are said.

use crate::vietnamese::lowercase;

/// Abbreviations that stand alone, and those of who issues a document.
const WHOLE: [(&str, &str); 56] = [
    ("ATGT", "an toàn giao thông"),
    ("BCA", "Bộ Công an"),
    ("BGDĐT", "Bộ Giáo dục và Đào tạo"),
    ("BHXH", "bảo hiểm xã hội"),
    ("BHYT", "bảo hiểm y tế"),
    ("BKHCN", "Bộ Khoa học và Công nghệ"),
    ("BNV", "Bộ Nội vụ"),
    ("BTC", "Bộ Tài chính"),
    ("BTP", "Bộ Tư pháp"),
    ("BXD", "Bộ Xây dựng"),
    ("BYT", "Bộ Y tế"),
    ("CBCC", "cán bộ công chức"),
    ("CCCD", "căn cước công dân"),
    ("CCHC", "cải cách hành chính"),
    ("CNTT", "công nghệ thông tin"),
    ("ĐBQH", "đại biểu Quốc hội"),
    ("GD&ĐT", "giáo dục và đào tạo"),
    ("GS", "giáo sư"),
    ("GS.TS", "giáo sư tiến sĩ"),
    ("HCM", "Hồ Chí Minh"),
    ("HĐND", "hội đồng nhân dân"),
    ("HTX", "hợp tác xã"),
    ("KT-XH", "kinh tế xã hội"),
    ("LĐTBXH", "lao động thương binh và xã hội"),
    ("MTTQ", "Mặt trận Tổ quốc"),
    ("NHNN", "Ngân hàng Nhà nước"),
    ("NSNN", "ngân sách nhà nước"),
    ("NXB", "nhà xuất bản"),
    ("PCCC", "phòng cháy chữa cháy"),
    ("PGS", "phó giáo sư"),
    ("PGS.TS", "phó giáo sư tiến sĩ"),
    ("QH", "Quốc hội"),
    ("QU", "Quận ủy"),
    ("SXKD", "sản xuất kinh doanh"),
    ("TAND", "tòa án nhân dân"),
    ("TDTT", "thể dục thể thao"),
    ("THCS", "trung học cơ sở"),
    ("THPT", "trung học phổ thông"),
    ("TNCS", "Thanh niên Cộng sản"),
    ("TNHH", "trách nhiệm hữu hạn"),
    ("TP", "thành phố"),
    ("TP.HCM", "Thành phố Hồ Chí Minh"),
    ("TPHCM", "Thành phố Hồ Chí Minh"),
    ("Tp.HCM", "Thành phố Hồ Chí Minh"),
    ("TS", "tiến sĩ"),
    ("TTg", "Thủ tướng Chính phủ"),
    ("TTHC", "thủ tục hành chính"),
    ("TU", "Thành ủy"),
    ("TW", "Trung ương"),
    ("ThS", "thạc sĩ"),
    ("UBMTTQ", "Ủy ban Mặt trận Tổ quốc"),
    ("UBND", "ủy ban nhân dân"),
    ("UBTVQH", "Ủy ban Thường vụ Quốc hội"),
    ("VKSND", "viện kiểm sát nhân dân"),
    ("VSATTP", "vệ sinh an toàn thực phẩm"),
    ("XHCN", "xã hội chủ nghĩa"),
];

/// Issuers whose short name means something else where it stands alone: `công ty CP`.
const ISSUERS: [(&str, &str); 1] = [("CP", "Chính phủ")];

/// Kinds of documents, as the first part of `NĐ-CP` names them.
const KINDS: [(&str, &str); 13] = [
    ("BC", "báo cáo"),
    ("CT", "chỉ thị"),
    ("CTr", "chương trình"),
    ("CV", "công văn"),
    ("HD", "hướng dẫn"),
    ("KH", "kế hoạch"),
    ("KL", "kết luận"),
    ("NĐ", "nghị định"),
    ("NQ", "nghị quyết"),
    ("QĐ", "quyết định"),
    ("TB", "thông báo"),
    ("TT", "thông tư"),
    ("TTLT", "thông tư liên tịch"),
];

/// Units behind a number.
const UNITS: [(&str, &str); 17] = [
    ("%", "phần trăm"),
    ("‰", "phần nghìn"),
    ("đ", "đồng"),
    ("VND", "đồng"),
    ("VNĐ", "đồng"),
    ("USD", "đô la Mỹ"),
    ("km", "ki lô mét"),
    ("km²", "ki lô mét vuông"),
    ("km2", "ki lô mét vuông"),
    ("km/h", "ki lô mét trên giờ"),
    ("m", "mét"),
    ("m²", "mét vuông"),
    ("m2", "mét vuông"),
    ("m³", "mét khối"),
    ("m3", "mét khối"),
    ("ha", "héc ta"),
    ("kg", "ki lô gam"),
];

/// Words that end in a point without ending a sentence.
pub const POINTED: [&str; 14] = ["TP", "Tp", "tp", "Q", "P", "GS", "PGS", "TS", "ThS", "BS", "KTS", "v.v", "tr", "ĐT"];

fn find(table: &[(&str, &'static str)], text: &str) -> Option<&'static str> {
    table.iter().find(|(short, _)| *short == text).map(|(_, long)| *long)
}

/// What an abbreviation stands for: alone (`UBND`), or kind and issuer of a document (`NĐ-CP`, `CTr/QU`). Where the
/// kind was `said` just before, it is not said again: `Nghị định số 42 … của Chính phủ`.
pub fn expansion(text: &str, said: &str) -> Option<String> {
    if let Some(long) = find(&WHOLE, text) {
        return Some(long.to_owned());
    }
    if text == "CP" && lowercase(said).trim_end().ends_with("công ty") {
        return Some("cổ phần".to_owned());
    }
    // Laws name nothing else: `59/2020/QH14`.
    if text.starts_with("QH") || text.starts_with("UBTVQH") {
        return issuer_of(text).map(|by| ["của ", &by].concat());
    }
    let (kind, issuer) = text.split_once(['-', '/'])?;
    let (kind, by) = (find(&KINDS, kind)?, issuer_of(issuer)?);
    let kind = if lowercase(said).contains(kind) { "" } else { kind };
    Some([kind, " của ", &by].concat().trim_start().to_owned())
}

/// What a unit behind a number is called.
pub fn unit(text: &str) -> Option<&'static str> {
    find(&UNITS, text)
}

/// Who issues a document. `QH14` is the fourteenth National Assembly.
pub fn issuer_of(text: &str) -> Option<String> {
    let letters = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let by = find(&ISSUERS, letters).or_else(|| find(&WHOLE, letters))?;
    let term = text[letters.len()..].parse().ok();
    Some(term.map_or_else(|| by.to_owned(), |term| [by, " khóa ", &super::numerals::words_of(term)].concat()))
}
