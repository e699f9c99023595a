//! What is pressed with a finger is as large as one: 44 px either way (WCAG 2.5.5), but for links in running text.

use super::states::{OPENED, PAGES, open, reader, show};

/// Names what is smaller. What lies around a link and leads to the same place, as its own `::after` does, counts as its size.
const WHAT_IS_SMALL: &str = r#"
const small = [];
for (const control of document.querySelectorAll("a[href], button, summary, input, select, textarea")) {
  if (control.closest("[hidden], .visually-hidden, .skip-link:not(:focus)") || !control.checkVisibility({ visibilityProperty: true })) continue;
  const isInline = getComputedStyle(control).display === "inline";
  const around = control.closest("label") ?? control;
  // Among other words, a link is as high as their line.
  const line = control.parentElement;
  if (isInline && line.textContent.trim().length > control.textContent.trim().length) continue;
  const after = getComputedStyle(control, "::after");
  const covers = after.content !== "none" && after.position === "absolute" && after.inset === "0px";
  const box = (covers ? control.offsetParent ?? around : around).getBoundingClientRect();
  if (box.width && (box.width < 43.5 || box.height < 43.5))
    small.push(`${control.tagName.toLowerCase()}.${control.className} “${control.textContent.trim().slice(0, 30)}”: ${Math.round(box.width)} × ${Math.round(box.height)}`);
}
return [...new Set(small)].slice(0, 12);
"#;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_pressed_is_as_large_as_a_finger() {
    let reader = reader().await;
    let mut wrong = Vec::new();
    for (name, address) in PAGES.into_iter().chain(OPENED) {
        reader.resize(390, 844).await;
        open(&reader, name, address).await;
        if PAGES.contains(&(name, address)) || show(&reader, name, 390).await {
            let found: Vec<String> = reader.js(WHAT_IS_SMALL).await;
            wrong.extend(found.into_iter().map(|what| format!("{name}: {what}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    reader.leave().await;
}
