// A search worker for tests: it answers the protocol from a few articles that are made up here.
const articles = Array.from({ length: 25 }, (_, index) => ({
  section: index % 3 ? "thong-bao" : "van-hoa-xa-hoi",
  slug: index ? `ho-nuoc-${index + 1}` : "khai-mac-hoi-sach-thanh-xuan",
  title: `Hồ nước số ${index + 1}`,
  year: 2020 + (index % 2),
}));
const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replaceAll("đ", "d").toLowerCase();
const count = (list, key) => Object.entries(Object.groupBy(list, (one) => one[key])).map(([name, of]) => [name, of.length]);
const hit = (title, section = "thong-bao", slug = "tra-loi", year = 2020) => ({
  section, slug, title, published_at: `${year}-05-01T08:00:00+07:00`, extract: [{ text: "Bên " }, { text: "hồ", found: true }, { text: " có cây." }],
});

const found = ({ query, section, year, page }) => {
  const words = fold(query).split(" ").filter(Boolean);
  const fits = articles.filter((one) => words.every((word) => fold(one.title).includes(word)));
  const isOf = (bySection, byYear) => (one) => (!bySection || one.section === bySection) && (!byYear || one.year === byYear);
  const chosen = fits.filter(isOf(section, year));
  return {
    total: chosen.length,
    results: chosen.slice(10 * page, 10 * page + 10).map((one) =>
      hit([{ text: "Hồ nước", found: true }, { text: one.title.slice(7) }], one.section, one.slug, one.year)),
    sections: count(fits.filter(isOf(null, year)), "section").map(([section, count]) => ({ section, count })),
    years: count(fits.filter(isOf(section, null)), "year").map(([year, count]) => ({ year: Number(year), count })),
    ...(fits.length ? {} : { suggestion: "hồ nước" }),
  };
};

const asked = [];
let late = null;
let hangs = false;
onmessage = ({ data }) => {
  asked.push(data);
  hangs ||= data.query.startsWith("treo");
  if (hangs) return;
  const [first, second] = data.query.split(" ");
  const answer = (results) => postMessage({ id: data.id, results: JSON.stringify(results) });
  const tell = (texts) => answer({ total: texts.length, results: texts.map((text) => hit([{ text }])) });
  if (first === "loi") postMessage({ id: data.id, failure: second });
  else if (first === "rac") postMessage({ id: data.id, results: "{\"total\":" });
  else if (first === "sap") throw new Error("the worker broke");
  // What was asked, so that tests can see it.
  else if (first === "nhatky") tell(asked.map((one) => JSON.stringify(one)));
  // Answered only after the question that follows.
  else if (first === "cham") late = () => tell(["câu trả lời cũ"]);
  else answer(found(data));
  if (late && first !== "cham") {
    late();
    late = null;
  }
};
// Before this, questions would be heard by nobody.
postMessage({ ready: true });
