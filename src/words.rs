//! Every word the portal says to readers, in each of its languages; the only place for such words.
//!
//! A plain typed table: a word missing in one language does not compile, one that nobody uses fails a test.

#[cfg(not(target_arch = "wasm32"))]
pub mod statement;

use crate::contract::Lang;
use crate::vietnamese;

/// Declares the table: a name, then the words in Vietnamese and English. `{}` marks where a value is filled in.
macro_rules! words {
    ($($(#[$meta:meta])* $name:ident: $vi:literal, $en:literal;)*) => {
        /// The words of one language.
        #[derive(Debug)]
        pub struct Words {
            /// The language's BCP 47 tag.
            pub language: &'static str,
            $($(#[$meta])* pub $name: &'static str,)*
        }

        /// Vietnamese.
        pub static VIETNAMESE: Words = Words { language: "vi", $($name: $vi,)* };
        /// English.
        pub static ENGLISH: Words = Words { language: "en", $($name: $en,)* };

        /// The names of all words, for the test that looks for unused ones.
        #[cfg(test)]
        pub(crate) const NAMES: &[&str] = &[$(stringify!($name)),*];
    };
}

words! {
    /// The skip link.
    skip_to_content: "Truy cập nội dung luôn", "Skip to content";
    /// Names the main navigation.
    main_navigation: "Điều hướng chính", "Main navigation";
    /// The button that opens the navigation on narrow screens.
    menu: "Danh mục", "Menu";
    /// The button that opens what is below an entry; `{}` is the entry.
    below_entry: "Các mục trong {}", "Below {}";
    /// The button that opens the reader's settings.
    display: "Hiển thị", "Display";
    /// Names the settings.
    display_settings: "Tùy chọn hiển thị", "Display settings";
    /// The setting of the text's size.
    text_size: "Cỡ chữ", "Text size";
    /// A speed of reading aloud.
    percent: "{}%", "{}%";
    /// The setting of light and dark.
    theme: "Nền trang", "Theme";
    /// A setting that follows the device.
    as_device: "Theo thiết bị", "As on the device";
    /// The light theme.
    light: "Sáng", "Light";
    /// The dark theme.
    dark: "Tối", "Dark";
    /// The setting of contrast.
    contrast: "Độ tương phản", "Contrast";
    /// The usual contrast, whatever the device asks for.
    normal_contrast: "Vừa", "Normal";
    /// High contrast.
    high_contrast: "Cao", "High";
    /// The setting of the space between lines.
    spacing: "Khoảng cách dòng", "Line spacing";
    /// The usual space.
    normal_spacing: "Vừa", "Normal";
    /// A wide space.
    wide_spacing: "Rộng", "Wide";
    /// The setting of the key that leads to the search. (A key alone must be possible to turn off: WCAG 2.1.4.)
    search_key: "Phím / mở ô tìm kiếm", "The / key opens the search";
    /// The setting of figures that change by themselves. (That must be possible to stop: WCAG 2.2.2.)
    live_figures: "Số liệu truy cập tự cập nhật", "Visit figures refresh by themselves";
    /// What is set so works.
    on: "Bật", "On";
    /// What is set so does not.
    off: "Tắt", "Off";
    /// Takes all settings back.
    reset_settings: "Đặt lại như ban đầu", "Reset";
    /// Names the breadcrumbs.
    breadcrumbs: "Đường dẫn", "Breadcrumbs";
    /// The home page in breadcrumbs.
    home: "Trang chủ", "Home";
    /// Names the notices.
    notices: "Thông báo nhanh", "Notices";
    /// The button that hides a notice; `{}` is the notice.
    dismiss_notice: "Ẩn thông báo: {}", "Dismiss notice: {}";
    /// Text of that button as shown.
    dismiss: "Ẩn", "Dismiss";
    /// A link to more.
    read_more: "Xem thêm", "Read more";
    /// Heading of the lead stories.
    lead_stories: "Tin nổi bật", "Top stories";
    /// What the link to a whole section says after the words shown; `{}` is the section.
    all_of: "tin trong mục {}", "of {}";
    /// The words of that link that are shown.
    see_all: "Xem tất cả", "See all";
    /// How many articles a section has.
    article_count: "{} bài viết", "{} articles";
    /// Names the year filter.
    filter_by_year: "Lọc theo năm", "Filter by year";
    /// The year filter's entry for all years.
    all_years: "Tất cả", "All";
    /// Heading of a filtered section; `{}` is the year.
    year: "Năm {}", "Year {}";
    /// Names the links to newer and older lists.
    paging: "Phân trang", "Pages";
    /// To the list with newer articles.
    newer_articles: "Tin mới hơn", "Newer articles";
    /// To the list with older articles.
    older_articles: "Tin cũ hơn", "Older articles";
    /// The days a list spans.
    from_to: "Từ {} đến {}", "From {} to {}";
    /// A list page in the document's title; `{}` is its number.
    list_number: "Trang lưu trữ {}", "Archive page {}";
    /// An empty section.
    empty_section: "Chuyên mục chưa có bài viết.", "There are no articles here yet.";
    /// An empty home page.
    empty_home: "Cổng thông tin chưa đăng bài viết nào.", "Nothing has been published yet.";
    /// Before links to the same in other languages.
    in_other_languages: "Đọc bằng ngôn ngữ khác:", "In other languages:";
    /// Before the date of publication.
    published: "Ngày đăng", "Published";
    /// Before the date of the last change.
    updated: "Cập nhật", "Updated";
    /// Before the number of views.
    views: "Lượt xem:", "Views:";
    /// Before the source.
    source: "Nguồn:", "Source:";
    /// Before the author.
    author: "Tác giả:", "By";
    /// How long an article takes to read, in minutes.
    reading_time: "Đọc khoảng {} phút", "About {} minutes to read";
    /// Names the controls of reading aloud.
    read_aloud: "Nghe đọc", "Read aloud";
    /// Begins to read aloud.
    listen: "Nghe đọc", "Listen";
    /// Pauses reading aloud.
    pause: "Tạm dừng", "Pause";
    /// Goes on reading aloud.
    go_on: "Nghe tiếp", "Resume";
    /// Ends reading aloud.
    stop: "Dừng đọc", "Stop";
    /// Before the speed of reading aloud.
    speed: "Tốc độ", "Speed";
    /// Opens the ways to pass an article on.
    share: "Chia sẻ", "Share";
    /// Opens the device's own share sheet.
    share_device: "Gửi qua ứng dụng khác…", "Send by another app…";
    /// Names a link that passes the article on; `{}` is where.
    share_on: "Chia sẻ qua {}", "Share via {}";
    /// One of those places.
    by_email: "Thư điện tử", "E-mail";
    /// Copies the address.
    copy_link: "Sao chép liên kết", "Copy the link";
    /// The address was copied.
    link_copied: "Đã sao chép liên kết.", "The link was copied.";
    /// The address could not be copied.
    link_not_copied: "Chưa sao chép được. Bạn có thể sao chép từ thanh địa chỉ.", "It could not be copied. You can copy it from the address bar.";
    /// Names the code that leads another telephone to the page.
    code: "Mã QR dẫn đến trang này", "QR code of this page";
    /// Before the page's address on paper.
    address_of_page: "Địa chỉ trang:", "Address of this page:";
    /// Names the table of contents.
    contents: "Trong bài này", "In this text";
    /// Leads back to the top of a long text.
    to_top: "Về đầu trang", "Back to top";
    /// Behind a picture's text: the link shows it larger.
    enlarge: "(xem ảnh lớn)", "(show larger)";
    /// Names the dialog of an enlarged picture.
    enlarged_picture: "Ảnh phóng to", "Enlarged picture";
    /// Which picture of how many.
    picture_of: "Ảnh {}/{}", "Picture {} of {}";
    /// To the picture before.
    picture_before: "Ảnh trước", "Previous picture";
    /// To the picture after.
    picture_after: "Ảnh sau", "Next picture";
    /// Closes a dialog.
    close: "Đóng", "Close";
    /// Heading of the attachments.
    attachments: "Tài liệu đính kèm", "Attachments";
    /// Before the tags.
    tags: "Từ khóa", "Tags";
    /// Heading of the related articles.
    related: "Bài liên quan", "Related articles";
    /// Names the links to the neighbours of an article.
    neighbours: "Bài cùng chuyên mục", "In this section";
    /// The next newer article.
    newer_article: "Bài mới hơn", "Newer";
    /// The next older article.
    older_article: "Bài cũ hơn", "Older";
    /// Heading of a withdrawn article's notice.
    withdrawn: "Bài viết đã được rút lại", "This article has been withdrawn";
    /// The same with its date.
    withdrawn_since: "Bài viết đã được rút lại từ ngày {}", "This article was withdrawn on {}";
    /// Heading of an article that is no longer shown.
    gone: "Bài viết không còn được đăng", "This article is no longer published";
    /// What follows when no reason is given.
    gone_without_reason: "Cơ quan chủ quản đã gỡ nội dung của bài viết này.", "The owner has removed the text of this article.";
    /// Where to read on.
    read_instead: "Đọc nội dung thay thế", "Read this instead";
    /// Before a question, for readers who do not see its style.
    question: "Hỏi:", "Question:";
    /// Before an answer whose speaker is not named.
    answer: "Trả lời:", "Answer:";
    /// Names a table without a caption.
    table: "Bảng", "Table";
    /// The written form of a recording.
    transcript: "Bản chép lời", "Transcript";
    /// Instead of a recording the browser cannot play.
    download_recording: "Tải tệp", "Download";
    /// Names the track of captions.
    captions: "Phụ đề", "Captions";
    /// The title and heading of the sitemap page.
    sitemap: "Sơ đồ trang", "Sitemap";
    /// What is said of it.
    sitemap_lead: "Toàn bộ chuyên mục và trang của cổng thông tin.", "All sections and pages of this portal.";
    /// The title and heading of the search page, and the link to it.
    search: "Tìm kiếm", "Search";
    /// The title of a search; `{}` is what was asked for.
    search_for: "Tìm kiếm: {}", "Search: {}";
    /// Names the search field of the header.
    search_portal: "Tìm kiếm trên cổng thông tin", "Search this portal";
    /// Names the search field of the search page.
    search_field: "Nhập nội dung cần tìm", "What are you looking for?";
    /// The button that searches.
    search_button: "Tìm", "Search";
    /// What can be typed.
    search_hint: "Gõ từ hai ký tự trở lên. Bạn có thể gõ không dấu, gõ chữ viết tắt như UBND hoặc số hiệu văn bản.", "Type two characters or more: words, abbreviations or the number of a document.";
    /// While a search is under way.
    searching: "Đang tìm…", "Searching…";
    /// How many articles were found, and for what.
    result_count: "{} kết quả cho “{}”", "{} results for “{}”";
    /// One article was found.
    one_result: "1 kết quả cho “{}”", "1 result for “{}”";
    /// Nothing was found; `{}` is what was asked for.
    no_results: "Không tìm thấy kết quả cho “{}”", "Nothing was found for “{}”";
    /// Before what the reader may have meant.
    did_you_mean: "Có phải bạn muốn tìm:", "Did you mean:";
    /// What to do when nothing was found.
    advice_spelling: "Xem lại chính tả; có thể gõ không dấu.", "Check the spelling.";
    /// What to do when nothing was found.
    advice_words: "Dùng ít từ hơn, hoặc từ khác cùng nghĩa.", "Use fewer words, or others of the same meaning.";
    /// What to do when nothing was found: the link to the sitemap page follows.
    advice_sitemap: "Tìm theo chuyên mục trong", "Look through the sections in the";
    /// Names the filters of a search.
    filter_results: "Lọc kết quả", "Filter results";
    /// Names the filter by section.
    filter_by_section: "Lọc theo chuyên mục", "Filter by section";
    /// Before a filter that can be taken off.
    remove_filter: "Bỏ lọc:", "Remove filter:";
    /// To the page of results before this one.
    previous_results: "Trang trước", "Previous";
    /// To the page of results after this one.
    next_results: "Trang sau", "Next";
    /// Which page of results this is, of how many.
    results_page: "Trang {} / {}", "Page {} of {}";
    /// Names what is suggested while the reader types.
    suggestions: "Gợi ý", "Suggestions";
    /// How many articles are suggested.
    suggestion_count: "{} gợi ý", "Suggestions: {}";
    /// The last suggestion, which leads to all results; `{}` is what was typed.
    all_results: "Xem tất cả kết quả cho “{}”", "All results for “{}”";
    /// Instead of the search where scripts do not run, or the program could not start; the link to the sitemap page follows.
    search_stopped: "Chức năng tìm kiếm cần JavaScript và hiện chưa chạy được. Bạn có thể tải lại trang, hoặc tìm theo chuyên mục trong", "The search needs JavaScript and does not run now. You can reload the page, or look through the sections in the";
    /// Before articles that may be what was at an unknown address.
    missing_offer: "Có thể bạn đang tìm", "You may be looking for";
    /// Loads the page anew.
    reload: "Tải lại trang", "Load the page again";
    /// The heading for an unknown address.
    not_found: "Không tìm thấy trang", "Page not found";
    /// What may have happened.
    not_found_reason: "Địa chỉ này không có trên cổng thông tin. Có thể bài viết đã được chuyển đi hoặc địa chỉ bị gõ nhầm.", "There is nothing at this address. It may have moved, or the address may be mistyped.";
    /// Before the sections offered.
    not_found_offer: "Mời bạn xem các chuyên mục:", "You can look through these sections:";
    /// While the first page loads.
    loading: "Đang tải…", "Loading…";
    /// When a page takes long.
    slow: "Trang tải lâu hơn bình thường. Mạng có thể đang chậm.", "This is taking longer than usual. The network may be slow.";
    /// Gives up waiting and stays.
    give_up: "Dừng tải", "Stop loading";
    /// Tries again.
    retry: "Thử lại", "Try again";
    /// The heading when a page could not be had; `{}` is what failed.
    failed: "Chưa tải được {}", "Could not load {}";
    /// What failed: the portal itself.
    failed_site: "thông tin của cổng", "the portal";
    /// What failed: the home page.
    failed_home: "trang chủ", "the home page";
    /// What failed: a section.
    failed_section: "danh sách bài viết", "the list of articles";
    /// What failed: an article.
    failed_article: "bài viết", "the article";
    /// What failed: a page.
    failed_page: "trang này", "this page";
    /// What failed: a search.
    failed_search: "kết quả tìm kiếm", "the results";
    /// The portal was published anew while the page was open.
    outdated: "Cổng thông tin vừa được cập nhật trong lúc bạn đang xem. Bạn vui lòng tải lại trang để tìm tiếp.", "The portal was updated while you were reading. Please load the page again to go on.";
    /// The browser cannot do what is needed.
    unsupported: "Hiện chưa chạy được chức năng tìm kiếm. Bạn có thể thử lại, hoặc tìm theo chuyên mục.", "The search cannot run here. You can try again, or look through the sections.";
    /// The device is offline.
    offline: "Thiết bị của bạn đang không có mạng. Hãy kiểm tra kết nối rồi thử lại.", "Your device is offline. Check the connection, then try again.";
    /// Above a page that is older than it could be for want of a network; `{}` are time and date.
    offline_since: "Bạn đang ngoại tuyến — bản lưu lúc {} ngày {}", "You are offline — as saved at {} on {}";
    /// The same where the device has a network: the portal did not answer, or has not been asked again.
    saved_since: "Bạn đang xem bản lưu lúc {} ngày {}", "You are reading a copy saved at {} on {}";
    /// The server cannot be reached.
    unreachable: "Không kết nối được với máy chủ. Hãy kiểm tra mạng rồi thử lại.", "The server cannot be reached. Check the connection, then try again.";
    /// The answer took too long.
    timeout: "Máy chủ trả lời quá lâu. Bạn vui lòng thử lại sau ít phút.", "The server took too long to answer. Please try again in a few minutes.";
    /// The server answered with an error; `{}` is its status.
    server_error: "Máy chủ đang gặp sự cố (mã {}). Bạn vui lòng thử lại sau ít phút.", "The server has a problem (status {}). Please try again in a few minutes.";
    /// In place of a part of an article whose data is faulty.
    faulty_part: "Phần này chưa hiển thị được vì dữ liệu bị lỗi.", "This part cannot be shown: its data is faulty.";
    /// The answer could not be used.
    bad_data: "Dữ liệu nhận được bị lỗi. Chúng tôi xin lỗi vì sự bất tiện này; bạn có thể thử lại hoặc xem nội dung khác.", "The data received is faulty. We are sorry; you can try again or read something else.";
    /// Loading was given up by the reader.
    given_up: "Bạn đã dừng tải trang này.", "You stopped loading this page.";
    /// The heading of the visit statistics.
    visits: "Thống kê truy cập", "Visit statistics";
    /// Their time; `{}` are time and date.
    visits_as_of: "Số liệu lúc {} ngày {}", "As of {} on {}";
    /// While they load.
    visits_loading: "Đang tải số liệu…", "Loading figures…";
    /// When they cannot be had.
    visits_failed: "Chưa tải được số liệu.", "The figures could not be loaded.";
    /// After the time of older figures, when newer ones cannot be had.
    visits_stale: "Chưa lấy được số liệu mới hơn.", "Newer figures could not be had.";
    /// Readers now.
    visits_online: "Đang online", "Online";
    /// Visits today.
    visits_today: "Lượt truy cập hôm nay", "Visits today";
    /// Visits this week.
    visits_week: "Lượt truy cập trong tuần", "Visits this week";
    /// Visits this month.
    visits_month: "Lượt truy cập trong tháng", "Visits this month";
    /// Visits this year.
    visits_year: "Lượt truy cập trong năm", "Visits this year";
    /// All visits.
    visits_total: "Tổng số truy cập", "Total visits";
    /// Names the links beside the navigation.
    utility: "Liên kết nhanh", "Quick links";
    /// Names the footer's part about the owner.
    about_owner: "Cơ quan chủ quản", "Owner";
    /// Before the responsible person.
    responsible: "Chịu trách nhiệm nội dung:", "Responsible:";
    /// Before the postal address.
    address: "Địa chỉ:", "Address:";
    /// Before the telephone number.
    phone: "Điện thoại:", "Telephone:";
    /// Before the e-mail address.
    email: "Thư điện tử:", "E-mail:";
}

impl Words {
    /// The words of a language; Vietnamese where the portal has no words of it.
    pub fn of(language: Option<&Lang>) -> &'static Words {
        match language {
            Some(lang) if lang.as_str().eq_ignore_ascii_case("en") || lang.as_str().starts_with("en-") => &ENGLISH,
            _ => &VIETNAMESE,
        }
    }

    /// A number in groups of three digits, as the language writes them.
    pub fn number(&self, number: u64) -> String {
        self.punctuated(vietnamese::number(number))
    }

    /// A file size: `1,2 MB`, in English `1.2 MB`.
    pub fn file_size(&self, bytes: u64) -> String {
        self.punctuated(vietnamese::file_size(bytes))
    }

    /// A number that is written in Vietnamese, as the language writes it: points and commas change places in English.
    fn punctuated(&self, number: String) -> String {
        if self.language != ENGLISH.language {
            return number;
        }
        let other = |c| match c {
            '.' => ',',
            ',' => '.',
            c => c,
        };
        number.chars().map(other).collect()
    }
}

/// Fills values into the `{}` of a text, in order.
pub fn fill(template: &str, values: &[&str]) -> String {
    let mut parts = template.split("{}");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for (index, part) in parts.enumerate() {
        text.push_str(values.get(index).unwrap_or(&""));
        text.push_str(part);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_as_the_language_does() {
        let in_both = [&VIETNAMESE, &ENGLISH];
        assert_eq!(in_both.map(|words| words.number(1_929_927)), ["1.929.927", "1,929,927"]);
        assert_eq!(in_both.map(|words| words.file_size(1_234_567)), ["1,2 MB", "1.2 MB"]);
    }

    #[test]
    fn fills_in_order() {
        assert_eq!(fill("Từ {} đến {}", &["a", "b"]), "Từ a đến b");
        assert_eq!(fill("không có gì", &[]), "không có gì");
    }

    #[test]
    fn no_word_is_unused() {
        let mut code = String::new();
        for entry in walkdir::WalkDir::new("src").into_iter().map(|entry| entry.expect("readable source")) {
            if entry.path().extension().is_some_and(|end| end == "rs") && !entry.path().ends_with("words.rs") {
                code.push_str(&std::fs::read_to_string(entry.path()).expect("readable source"));
            }
        }
        // Everybody calls the table `words`.
        let is_said = |name: &str| {
            code.match_indices(&format!("words.{name}"))
                .chain(code.match_indices(&format!("words().{name}")))
                .any(|(at, found)| !code[at + found.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_'))
        };
        let unused: Vec<_> = NAMES.iter().filter(|name| !is_said(name)).collect();
        assert!(unused.is_empty(), "words that nobody says: {unused:?}");
    }
}
