//! What the accessibility statement says of the program; the tools fill in the facts (`tools/build/conformance.rs`).

/// What the statement says in one language; `{}` stand for date, version and engines.
pub struct Statement {
    /// What is aimed at: its heading, and a sentence.
    pub standard: [&'static str; 2],
    /// What was tested: its heading, and when.
    pub tested: [&'static str; 2],
    /// What, line by line.
    pub how: [&'static str; 6],
    /// The heading of what is open.
    pub open: &'static str,
    /// That, line by line.
    pub known: [&'static str; 5],
}

/// Vietnamese.
pub const VIETNAMESE: Statement = Statement {
    standard: [
        "Chuẩn hướng tới",
        "Phần mềm của cổng hướng tới WCAG 2.2 mức AA, cộng thêm hai tiêu chí mức AAA: độ tương phản của chữ trong phần nội dung ít nhất 7:1 và vùng bấm ít nhất 44 điểm ảnh trên màn hình cảm ứng. Đây là kết quả tự kiểm thử, chưa phải chứng nhận.",
    ],
    tested: [
        "Những gì đã kiểm thử",
        "Bộ kiểm thử của phần mềm chạy lại trước mỗi bản phát hành; lần gần nhất đạt toàn bộ: ngày {}.",
    ],
    how: [
        "axe-core {} trên mọi loại trang và trạng thái, nền sáng, nền tối và tương phản cao, màn hình rộng 320 và 1280 điểm ảnh: không còn lỗi.",
        "Chỉ dùng bàn phím: danh mục, tìm kiếm và mọi mục trên mọi loại trang; luôn thấy rõ mục đang được chọn.",
        "Chữ phóng to 200%, khoảng cách chữ và dòng nới rộng, màn hình hẹp 320 điểm ảnh: không mất chữ, không phải cuộn ngang cả trang.",
        "Màu sắc: mọi cặp màu chữ và nền được tính độ tương phản.",
        "Giảm chuyển động; bản in chữ đen trên nền trắng.",
        "Các trình duyệt: {}; toàn bộ bài kiểm thử ở trình duyệt đầu tiên, các thao tác chính ở hai trình duyệt còn lại.",
    ],
    open: "Những hạn chế đã biết của phần mềm",
    known: [
        "Chưa nghe thử với NVDA, JAWS, VoiceOver và TalkBack; mới kiểm tra cây trợ năng mà các phần mềm ấy đọc.",
        "Đọc thành tiếng dùng giọng có sẵn trên thiết bị; thiết bị không có giọng tiếng Việt thì không có nút này.",
        "Tệp đính kèm mở bằng phần mềm khác, ngoài phạm vi kiểm soát của cổng.",
        "Bảng từ bốn cột (khi chữ phóng to: mọi bảng không vừa) và hàng chuyên mục trên màn hình hẹp cuộn ngang trong khung riêng, bằng tay hoặc bàn phím.",
        "Chưa có đánh giá độc lập.",
    ],
};

/// English.
pub const ENGLISH: Statement = Statement {
    standard: [
        "What we aim at",
        "The program of this portal aims at WCAG 2.2, level AA, and at two criteria of level AAA: contrast of running text of at least 7:1, and targets of at least 44 pixels on touch screens. This is what its own tests say, and no certificate.",
    ],
    tested: ["What was tested", "The program’s tests run before each release; all of them last passed on {}."],
    how: [
        "axe-core {} on every kind of page and state, light, dark and with high contrast, on screens of 320 and 1280 pixels: no violation is left.",
        "Keyboard only: navigation, search and all that is on every kind of page; the focus can always be seen.",
        "Text at 200%, wider spacing of letters and lines, screens of 320 pixels: no text is lost, and no page scrolls sideways.",
        "Colours: the contrast of every pair of text and background is computed.",
        "Reduced motion; paper in black on white.",
        "Browsers: {}; all tests in the first one, the main journeys in the other two.",
    ],
    open: "What is known to be open in the program",
    known: [
        "Nobody has listened to it with NVDA, JAWS, VoiceOver and TalkBack yet; only the tree that these programs are given was examined.",
        "Reading aloud uses the device’s own voice; on a device without one for the language there is no such button.",
        "Attached files open in other programs, beyond the reach of this portal.",
        "Tables of four columns or more (with larger letters: any that does not fit), and the row of sections on narrow screens, scroll sideways in a frame of their own, by hand or keyboard.",
        "There has been no independent examination.",
    ],
};
