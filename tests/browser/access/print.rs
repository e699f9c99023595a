//! On paper: what is printed is left in `target/screenshots/` to be looked at, and its text is read where `pdftotext` is.

use super::states::{EVERY_BLOCK, open, reader};
use crate::harness::{Answer, Reader, leave_out_on, only_on_chromium};
use serde_json::json;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use thirtyfour::common::print::{PrintPage, PrintParameters};

/// Prints the page shown on A4.
async fn print(reader: &Reader, name: &str) -> PathBuf {
    let page = PrintPage { width: 21.0, height: 29.7 };
    let paper = reader.driver.print_page(PrintParameters { page, ..PrintParameters::default() }).await;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    let path = folder.join(format!("print-{name}.pdf"));
    std::fs::write(&path, paper.expect("the page is printed")).expect("written");
    path
}

/// The text of each sheet of a printed page in one line, where it can be read.
fn sheets(path: &Path) -> Option<Vec<String>> {
    let Ok(output) = Command::new("pdftotext").arg("-layout").arg(path).arg("-").output() else {
        _ = writeln!(std::io::stderr(), "not read: {} (pdftotext is not there)", path.display());
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout);
    // Each ends with a form feed.
    Some(text.split('\u{c}').map(|sheet| sheet.split_whitespace().collect::<Vec<_>>().join(" ")).collect())
}

/// A reader has come past the pictures before.
async fn have_all_pictures(reader: &Reader) {
    reader.js::<()>("document.querySelectorAll('main img').forEach(picture => { picture.loading = 'eager'; })").await;
    reader.wait_until("[...document.querySelectorAll('main img')].every(picture => picture.complete)").await;
}

/// In how many columns of the printed pages there are corners of a code: squares that rows of dots cross as dark and light
/// in the proportions 1:1:3:1:1 (ISO/IEC 18004).
fn codes(path: &Path) -> usize {
    let output =
        Command::new("pdftoppm").args(["-gray", "-r", "150"]).arg(path).output().expect("it came with pdftotext");
    let mut rest = output.stdout.as_slice();
    let mut rows_at = std::collections::BTreeMap::<(usize, usize), usize>::new();
    for page in 0.. {
        // `P5`, width, height and the lightest value, each ended by a line's end or a space.
        let mut numbers = Vec::new();
        while numbers.len() < 4 && !rest.is_empty() {
            let end = rest.iter().position(u8::is_ascii_whitespace).expect("a picture has a head");
            numbers.push(String::from_utf8_lossy(&rest[..end]).parse::<usize>().unwrap_or_default());
            rest = &rest[end + 1..];
        }
        let [_, width, height, _] = numbers[..] else { break };
        let (dots, after) = rest.split_at(width * height);
        rest = after;
        for row in dots.chunks(width) {
            let runs: Vec<&[u8]> = row.chunk_by(|one, other| (*one < 128) == (*other < 128)).collect();
            let mut begin = 0;
            for five in runs.windows(5) {
                let length: usize = five.iter().map(|run| run.len()).sum();
                let dot = length as f64 / 7.0;
                let fits = |(run, wanted): (&&[u8], f64)| (run.len() as f64 - wanted * dot).abs() < dot / 2.0;
                if dot > 2.0 && five[0][0] < 128 && five.iter().zip([1.0, 1.0, 3.0, 1.0, 1.0]).all(fits) {
                    *rows_at.entry((page, begin)).or_default() += 1;
                }
                begin += five[0].len();
            }
        }
    }
    rows_at.values().filter(|rows| **rows >= 8).count()
}

/// A text without its spaces: lines may end within an address.
fn together(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_printed_says_what_it_is_and_nothing_of_the_screen() {
    leave_out_on!(WebKit, "its driver does not print");
    let reader = reader().await;
    for (name, address, printed) in [
        // Behind a link of the text, and in what is folded on the screen.
        (
            "every-block",
            EVERY_BLOCK,
            &[
                "Chính trị - Kinh tế - Đô thị",
                "05/03/2024",
                "Ban Biên tập",
                "UBND",
                "Phiếu góp ý",
                "Liên hệ (/lien-he/)",
                "(Giọng đọc máy)",
            ][..],
        ),
        ("interview", "/chinh-tri-kinh-te-do-thi/phong-van-bi-thu-quan-uy-hai-khau-dot-pha/", &["10/10/2020", "HNM"]),
        ("home", "/", &["https://thanhxuan.example.vn/"]),
        ("section", "/tin-tuc-su-kien/", &["Tin tức - Sự kiện", "https://thanhxuan.example.vn/tin-tuc-su-kien/"]),
        ("sitemap", "/so-do-trang/", &["Cơ cấu tổ chức", "https://thanhxuan.example.vn/so-do-trang/"]),
        (
            "search-results",
            "/tim-kiem/?q=ho+nuoc",
            &["Hồ nước số 1", "25 kết quả", "https://thanhxuan.example.vn/tim-kiem/?q=ho+nuoc"],
        ),
    ] {
        open(&reader, name, address).await;
        let heading: String = reader.js("return document.querySelector('main h1').textContent").await;
        have_all_pictures(&reader).await;
        let path = print(&reader, name).await;
        let Some(text) = sheets(&path).map(|sheets| sheets.join(" ")) else { continue };
        let site = "Cổng thông tin điện tử quận Thanh Xuân";
        for wanted in [site, &heading, "Cơ quan chủ quản"].into_iter().chain(printed.iter().copied()) {
            assert!(together(&text).contains(&together(wanted)), "{name}: “{wanted}” is missing in: {text}");
        }
        assert!(codes(&path) >= 2, "{name}: no code to be read by a telephone");
        for unwanted in ["Danh mục", "Trang chủ", "Truy cập nội dung", "Đang online"] {
            assert!(!text.contains(unwanted), "{name}: “{unwanted}” is in: {text}");
        }
    }
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_figure_stands_on_one_sheet_with_its_caption() {
    leave_out_on!(WebKit, "its driver does not print");
    const DOCUMENT: &str = "/api/v1/articles/thong-bao/nhieu-hinh.json";
    const FIGURES: usize = 7;
    let figure = |at: usize| {
        let sources = [json!({ "src": "/media/cho-dan-sinh-960.webp", "width": 960 })];
        let picture = json!({ "sources": sources, "width": 960, "height": 540, "alt": "Chợ", "caption": format!("Hình-{at}-dưới") });
        json!({ "kind": "figure", "picture": picture })
    };
    // Each figure begins elsewhere on its sheet.
    let lines = |at: usize| json!({ "kind": "paragraph", "text": "Một dòng chữ đứng trước hình. ".repeat(9 * at) });
    let body: Vec<_> = (1..=FIGURES).flat_map(|at| [lines(at), figure(at)]).collect();
    let article = json!({
        "slug": "nhieu-hinh", "section": "thong-bao", "title": "Nhiều hình", "published_at": "2024-05-04T08:00:00+07:00",
        "body": body,
    });
    let reader = reader().await;
    reader.server.answer(DOCUMENT, Answer::Json(article.to_string()));
    reader.open_unknown("/thong-bao/nhieu-hinh/", DOCUMENT).await;
    reader.wait_for_heading("Nhiều hình").await;
    have_all_pictures(&reader).await;
    let path = print(&reader, "figures").await;
    let Some(sheets) = sheets(&path) else { return reader.leave().await };
    let on = |sheet: &String| (1..=FIGURES).filter(|at| sheet.contains(&format!("Hình-{at}-dưới"))).count();
    let captions: Vec<usize> = sheets.iter().map(on).collect();
    // A picture is told with the number of its sheet, once for each.
    let list = Command::new("pdfimages").arg("-list").arg(&path).output().expect("it came with pdftotext");
    let list = String::from_utf8_lossy(&list.stdout).into_owned();
    let pictures = |sheet: usize| {
        let rows = list.lines().skip(2).map(|row| row.split_whitespace().collect::<Vec<_>>());
        rows.filter(|row| row.first() == Some(&sheet.to_string().as_str()) && row.get(2) == Some(&"image")).count()
    };
    assert_eq!(captions.iter().sum::<usize>(), FIGURES, "{sheets:?}");
    for (at, captions) in captions.iter().enumerate() {
        assert_eq!(pictures(at + 1), *captions, "sheet {}: {list}", at + 1);
    }
    assert!(captions.iter().filter(|captions| **captions > 0).count() >= 3, "{captions:?}");
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_table_is_wider_than_the_paper() {
    only_on_chromium!("the emulation of media");
    const ADDRESS: &str = "/thong-bao/bang-rong/";
    const DOCUMENT: &str = "/api/v1/articles/thong-bao/bang-rong.json";
    let row = |columns: usize| vec!["1.929.927 Nghiêng"; columns];
    let tables: Vec<_> =
        [3, 7, 8, 16, 24].iter().map(|&columns| json!({ "kind": "table", "rows": vec![row(columns); 2] })).collect();
    let article = json!({
        "slug": "bang-rong", "section": "thong-bao", "title": "Bảng rộng", "published_at": "2024-05-04T08:00:00+07:00",
        "body": tables,
    });
    let reader = reader().await;
    reader.server.answer(DOCUMENT, Answer::Json(article.to_string()));
    reader.open_unknown(ADDRESS, DOCUMENT).await;
    reader.wait_for_heading("Bảng rộng").await;
    reader.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
    // A4 without its margins, as styles count: 17 cm.
    reader.resize(643, 900).await;
    let wide = "const right = document.querySelector('main').getBoundingClientRect().right + 1;
                return [...document.querySelectorAll('main table')].map(it => it.getBoundingClientRect().right)
                    .filter(it => it > right)";
    assert_eq!(reader.js::<Vec<f64>>(wide).await, Vec::<f64>::new());
    assert_eq!(reader.js::<usize>("return document.querySelectorAll('main table').length").await, 5);
    reader.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn paper_is_white_whatever_the_theme() {
    only_on_chromium!("the emulation of media");
    let reader = reader().await;
    open(&reader, "every-block", EVERY_BLOCK).await;
    reader.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
    for contrast in ["", "high"] {
        let chosen = format!("{{ theme: 'dark', text: '200', contrast: '{contrast}' }}");
        reader.js::<()>(&format!("Object.assign(document.documentElement.dataset, {chosen})")).await;
        // Nor is it as large as the screen has it.
        let size = "return getComputedStyle(document.documentElement).fontSize";
        assert_eq!(reader.js::<String>(size).await, "16px");
        let colours = "const style = element => getComputedStyle(document.querySelector(element));
                       return [style('html').backgroundColor, style('body').color, style('.body').color]";
        let colours: [String; 3] = reader.js(colours).await;
        assert_eq!(colours, ["rgb(255, 255, 255)", "rgb(0, 0, 0)", "rgb(0, 0, 0)"], "{contrast}");
    }
    reader.leave().await;
}
