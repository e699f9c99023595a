//! Tables: head and body, headers and the cells they are for, cells that cover several.

use crate::{article, body, lacks, shows};
use serde_json::{Value, json};

fn head(text: &str) -> Value {
    json!({ "text": text, "header": true })
}

/// The markup inside `<table>`.
fn table(rows: Value) -> String {
    let html = body(json!([{ "kind": "table", "rows": rows }]));
    let (_, rest) = html.split_once("<table>").expect("a table");
    rest.strip_suffix("</table></div>").expect("the table ends its wrapper").to_owned()
}

#[test]
fn plain_rows_are_a_body_without_a_head() {
    let wanted = "<tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></tbody>";
    assert_eq!(table(json!([["a", "b"], ["c", "d"]])), wanted);
}

#[test]
fn a_leading_row_of_headers_becomes_the_head() {
    let wanted = "<thead><tr><th scope=\"col\">Năm</th><th scope=\"col\">Số</th></tr></thead>\
                  <tbody><tr><td>2020</td><td>7</td></tr></tbody>";
    assert_eq!(table(json!([[head("Năm"), head("Số")], ["2020", "7"]])), wanted);
}

#[test]
fn all_leading_rows_of_headers_become_the_head() {
    let wanted = "<thead><tr><th scope=\"col\">a</th></tr><tr><th scope=\"col\">b</th></tr></thead>\
                  <tbody><tr><td>c</td></tr></tbody>";
    assert_eq!(table(json!([[head("a")], [head("b")], ["c"]])), wanted);
}

#[test]
fn a_header_in_a_row_of_cells_is_for_its_row() {
    let wanted = "<tbody><tr><th scope=\"row\">Nam</th><td>12</td></tr></tbody>";
    assert_eq!(table(json!([[head("Nam"), "12"]])), wanted);
}

#[test]
fn a_row_of_headers_after_a_row_of_cells_stays_in_the_body() {
    let wanted = "<tbody><tr><td>a</td></tr><tr><th scope=\"row\">b</th></tr></tbody>";
    assert_eq!(table(json!([["a"], [head("b")]])), wanted);
}

#[test]
fn a_table_of_headers_only_is_all_body() {
    lacks(&table(json!([[head("a")], [head("b")]])), "<thead>");
}

#[test]
fn a_cell_covers_several_columns() {
    shows(&table(json!([[{ "text": "a", "colspan": 2 }], ["b", "c"]])), "<td colspan=\"2\">a</td>");
}

#[test]
fn a_cell_covers_several_rows() {
    shows(&table(json!([[{ "text": "a", "rowspan": 3 }, "b"], ["c"], ["d"]])), "<td rowspan=\"3\">a</td>");
}

#[test]
fn a_header_that_covers_several_columns_says_both() {
    let rows = json!([[{ "text": "a", "header": true, "colspan": 2 }], ["b", "c"]]);
    shows(&table(rows), "<th scope=\"col\" colspan=\"2\">a</th>");
}

#[test]
fn a_span_of_one_is_not_written() {
    shows(&table(json!([[{ "text": "a", "colspan": 1, "rowspan": 1 }]])), "<td>a</td>");
}

#[test]
fn cells_keep_their_marks() {
    shows(&table(json!([[[{ "text": "a", "strong": true }]]])), "<td><strong>a</strong></td>");
}

#[test]
fn the_caption_stands_in_the_table_and_names_what_scrolls() {
    let html = body(json!([{ "kind": "table", "caption": "Dân số", "rows": [["a"]] }]));
    let wrapper = "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"Dân số\"><table>";
    let caption = "<caption class=\"table__caption\">Dân số</caption>";
    shows(&html, &format!("{wrapper}{caption}<tbody>"));
}

#[test]
fn what_scrolls_has_a_name_without_a_caption_too() {
    shows(&body(json!([{ "kind": "table", "rows": [["a"]] }])), "aria-label=\"Bảng\"><table><tbody>");
}

#[test]
fn the_name_that_the_portal_gives_to_a_table_is_in_its_own_language() {
    let table = |caption: Value| json!({ "language": "en", "body": [{ "kind": "table", "caption": caption, "rows": [["a"]] }] });
    shows(&article(table(json!(null))), "aria-label=\"Bảng\" lang=\"vi\"><table lang=\"en\"><tbody>");
    shows(&article(table(json!("Days"))), "aria-label=\"Days\"><table><caption");
}
