//! Scripts that measure whether a page fits.

/// Sets a style sheet beside those of the page, which its policy does not forbid to readers' own tools.
pub fn style(css: &str) -> String {
    format!(
        "const own = new CSSStyleSheet();
         own.replaceSync({});
         document.adoptedStyleSheets = [own];",
        serde_json::to_string(css).expect("a text is JSON")
    )
}

/// Names what the page shows only in part or one over the other: boxes whose text is cut off, boxes that scroll
/// sideways though they are not made for it, what reaches out of the window, and texts that overlap.
pub const WHAT_DOES_NOT_FIT: &str = r#"
// Tables of few columns find room everywhere, unless their letters are larger.
const isLarge = parseFloat(getComputedStyle(document.documentElement).fontSize) > 16;
const scrolls = (isLarge ? ".table" : ".table:has(tr > :nth-child(4))") + ", .navigation__panel";
const silent = ".visually-hidden, .skip-link, noscript, [hidden]";
// What lies over the page until it is closed.
const layers = ".quick__suggestions, details[data-menu][open], dialog, .slow";
const wrong = [];
const name = (element) => {
  const text = element.textContent.trim().replace(/\s+/g, " ").slice(0, 40);
  return `${element.tagName.toLowerCase()}.${element.className} “${text}”`;
};
const isShown = (element) => !element.closest(silent) && element.checkVisibility({ visibilityProperty: true });
const width = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth > width) wrong.push(`the page is ${document.documentElement.scrollWidth} of ${width} px wide`);
for (const element of document.body.querySelectorAll("*")) {
  if (!isShown(element) || element.closest("svg")) continue;
  const style = getComputedStyle(element);
  if (style.display === "inline" || element.matches("audio, video, input, textarea, select")) continue;
  const cut = (overflow, inside, outside) => overflow !== "visible" && inside > outside + 1;
  if (!element.matches(scrolls) && cut(style.overflowX, element.scrollWidth, element.clientWidth))
    wrong.push(`${name(element)} shows ${element.clientWidth} of ${element.scrollWidth} px of its width`);
  if (cut(style.overflowY, element.scrollHeight, element.clientHeight) && !/auto|scroll/.test(style.overflowY))
    wrong.push(`${name(element)} shows ${element.clientHeight} of ${element.scrollHeight} px of its height`);
  const box = element.getBoundingClientRect();
  if (!element.parentElement.closest(scrolls) && box.width && box.right > width + 1)
    wrong.push(`${name(element)} ends at ${Math.round(box.right)} of ${width} px`);
}
// Of each line the middle, where its letters are: the boxes of lines that stand close touch without harm.
const lines = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const node = walker.currentNode, element = node.parentElement;
  if (!node.data.trim() || !isShown(element) || element.closest(scrolls)) continue;
  const range = document.createRange();
  range.selectNodeContents(node);
  for (const box of range.getClientRects()) {
    const rest = box.height * 0.3;
    if (box.width > 1) lines.push({ node, layer: element.closest(layers), left: box.left, right: box.right, top: box.top + rest, bottom: box.bottom - rest });
  }
}
lines.sort((a, b) => a.top - b.top);
for (let at = 0; at < lines.length; at++)
  for (let next = at + 1; next < lines.length && lines[next].top < lines[at].bottom; next++) {
    const [one, other] = [lines[at], lines[next]];
    if (one.node !== other.node && one.layer === other.layer && Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1)
      wrong.push(`${name(one.node.parentElement)} and ${name(other.node.parentElement)} overlap`);
  }
return [...new Set(wrong)].slice(0, 12);
"#;
