//! Decoding at the edge: untyped JSON in, model values out, every problem named by its JSON path.
//!
//! Why not `serde::Deserialize`: it stops at the first mistake, cannot name the path inside tagged blocks, and
//! weighs several times as much in wasm. Here one pass reports *all* problems of a document, which is what
//! `portal check` prints, and the browser runs the very same code.
//!
//! Must not know about the network, the file system or the user interface.

mod record;

pub(crate) use record::record;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use record::{is_absent, or_text};
use serde_json::{Map, Value};
use std::fmt;

/// One thing that is wrong with a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where: a JSON path such as `body[3].level`; `$` is the document itself.
    pub path: String,
    /// What is wrong.
    pub what: String,
    /// How to mend it.
    pub mend: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.path, self.what, self.mend)
    }
}

/// The problems found so far in one document.
pub type Problems = Vec<Problem>;

/// The way from the root of a document to a value, kept on the stack so that a correct document allocates nothing.
#[derive(Clone, Copy)]
enum Path<'a> {
    Root,
    Key(&'a Path<'a>, &'a str),
    Index(&'a Path<'a>, usize),
}

impl Path<'_> {
    fn write(&self, out: &mut String) {
        match self {
            Path::Root => {}
            Path::Key(parent, key) => {
                parent.write(out);
                if !out.is_empty() {
                    out.push('.');
                }
                out.push_str(key);
            }
            Path::Index(parent, index) => {
                parent.write(out);
                out.push('[');
                out.push_str(&index.to_string());
                out.push(']');
            }
        }
    }

    fn depth(&self) -> usize {
        match self {
            Path::Root => 0,
            Path::Key(parent, _) | Path::Index(parent, _) => 1 + parent.depth(),
        }
    }
}

/// A JSON value and the way to it.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    value: &'a Value,
    path: Path<'a>,
}

/// A JSON object and the way to it.
#[derive(Clone, Copy)]
pub struct Fields<'a> {
    map: &'a Map<String, Value>,
    node: Node<'a>,
}

/// Lists in lists in answers: deeper than this is a mistake or an attack on the stack.
const MAX_DEPTH: usize = 40;
/// No text of a document is longer, in bytes: an hour's speech, several times over.
const LONGEST_TEXT: usize = 256 * 1024;
/// No document has more values, names and what they name counted: a cheap phone runs out of memory long before the size
/// of a document says so.
const MOST_VALUES: usize = 500_000;
/// No list of a document has more items, unless its kind says otherwise: a browser would draw them for seconds.
const MOST_ITEMS: usize = 5_000;
/// More problems of one document are not counted.
const MOST_PROBLEMS: usize = 10_000;

impl<'a> Node<'a> {
    /// The root of a document.
    pub fn root(value: &'a Value) -> Self {
        Self { value, path: Path::Root }
    }

    /// The JSON path as text; `$` for the root.
    pub fn path(&self) -> String {
        let mut out = String::new();
        self.path.write(&mut out);
        if out.is_empty() {
            out.push('$');
        }
        out
    }

    /// Records a problem here and answers `None`, so that a decoder can end with it.
    pub fn fail<T>(&self, problems: &mut Problems, what: impl Into<String>, mend: impl Into<String>) -> Option<T> {
        self.report(problems, what.into(), remedy(|| mend.into()));
        None
    }

    #[inline(never)]
    fn report(&self, problems: &mut Problems, what: String, mend: String) {
        if problems.len() < MOST_PROBLEMS {
            problems.push(Problem { path: self.path(), what, mend });
        }
    }

    /// Records that there is something else here than what is wanted, and answers `None`.
    pub fn unexpected<T>(&self, problems: &mut Problems, wanted: &str) -> Option<T> {
        self.report_unexpected(problems, wanted);
        None
    }

    #[inline(never)]
    fn report_unexpected(&self, problems: &mut Problems, wanted: &str) {
        let found = match self.value {
            Value::Null => "null",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::String(_) => "a text",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        self.report(problems, format!("is {found}, not {wanted}"), remedy(|| format!("write {wanted}")));
    }

    /// There are more of something than a reader's device can show.
    pub fn too_many(&self, problems: &mut Problems, count: usize, most: usize) {
        self.fail::<()>(problems, format!("has {count} items, more than {most}"), "divide it");
    }

    /// The object here, or a problem.
    pub fn fields(self, problems: &mut Problems) -> Option<Fields<'a>> {
        match self.value {
            Value::Object(_) if self.path.depth() > MAX_DEPTH => {
                self.fail(problems, format!("is nested more than {MAX_DEPTH} deep"), "flatten it")
            }
            Value::Object(map) => Some(Fields { map, node: self }),
            _ => self.unexpected(problems, "an object"),
        }
    }

    /// The text here, or a problem.
    pub fn text(self, problems: &mut Problems) -> Option<&'a str> {
        match self.value {
            Value::String(text) => self.of_length(text.len(), problems).then_some(text.as_str()),
            _ => self.unexpected(problems, "a text"),
        }
    }

    /// Has a text here, which may be in pieces, no more than so many bytes? Else that is a problem.
    pub fn of_length(&self, bytes: usize, problems: &mut Problems) -> bool {
        if bytes > LONGEST_TEXT {
            let what = format!("has {bytes} bytes, more than {LONGEST_TEXT}");
            self.report(problems, what, remedy(|| "divide it into paragraphs, or documents".to_owned()));
        }
        bytes <= LONGEST_TEXT
    }

    /// Is there an object here? Used where a short form (a text) may stand for an object.
    pub fn is_object(&self) -> bool {
        self.value.is_object()
    }

    /// Is there a list here? Used as the next.
    pub fn is_list(&self) -> bool {
        self.value.is_array()
    }

    /// Is there a text here? Used where a text may stand for a list.
    pub fn is_text(&self) -> bool {
        self.value.is_string()
    }
}

impl<'a> Fields<'a> {
    /// Decodes the field `key`; a missing one is a problem.
    pub fn require<T: Decode>(&self, key: &'static str, problems: &mut Problems) -> Option<T> {
        self.find(key, problems).unwrap_or_else(|| {
            self.lacks(key, problems);
            None
        })
    }

    /// Decodes the field `key`; a missing one has the type's value for absence.
    pub fn optional<T: Decode>(&self, key: &'static str, problems: &mut Problems) -> Option<T> {
        self.find(key, problems).unwrap_or_else(T::absent)
    }

    fn find<T: Decode>(&self, key: &'static str, problems: &mut Problems) -> Option<Option<T>> {
        let (value, key) = self.value(key)?;
        Some(T::decode(Node { value, path: Path::Key(&self.node.path, key) }, problems))
    }

    // Neither of these depends on the type that is read: once in the program, not once a type.

    #[inline(never)]
    fn value(&self, key: &'static str) -> Option<(&'a Value, &'static str)> {
        let key = plain(key);
        self.map.get(key).filter(|value| !value.is_null()).map(|value| (value, key))
    }

    #[inline(never)]
    fn lacks(&self, key: &'static str, problems: &mut Problems) {
        let node = Node { value: &Value::Null, path: Path::Key(&self.node.path, plain(key)) };
        node.report(problems, "is missing".to_owned(), remedy(|| "add it".to_owned()));
    }

    /// The node these fields belong to.
    pub fn node(&self) -> Node<'a> {
        self.node
    }
}

/// How to mend a problem. The browser tells nobody who could; `portal check` does.
fn remedy(text: impl FnOnce() -> String) -> String {
    if cfg!(target_arch = "wasm32") { String::new() } else { text() }
}

/// The name of a field whose name in Rust is a reserved word.
fn plain(key: &'static str) -> &'static str {
    key.strip_prefix("r#").unwrap_or(key)
}

/// A type that can be read from a document.
pub trait Decode: Sized {
    /// Reads the value, or records what is wrong and answers `None`.
    fn decode(node: Node<'_>, problems: &mut Problems) -> Option<Self>;

    /// How many of these a list may have.
    const MOST: usize = MOST_ITEMS;

    /// Can a document do without one that is faulty, with nothing in its place: in a list, or where it is optional?
    const IS_DISPENSABLE: bool = false;

    /// The value of an absent optional field; `None` for what is required.
    fn absent() -> Option<Self> {
        None
    }

    /// What stands in a list for one that is faulty, where the others can do without it.
    fn faulty() -> Option<Self> {
        None
    }
}

/// Decodes a whole document from its text.
///
/// # Errors
/// All problems of the document: a syntax error (path `$`), or whatever its parts report.
pub fn document<T: Decode>(text: &str) -> Result<T, Problems> {
    match read(text) {
        (Some(document), problems) if problems.is_empty() => Ok(document),
        (_, problems) => Err(problems),
    }
}

/// The same, with all problems: a document may do without its faulty parts (see [`Decode::faulty`]).
pub fn read<T: Decode>(text: &str) -> (Option<T>, Problems) {
    match parse(text) {
        Ok(value) => {
            let mut problems = Problems::new();
            (T::decode(Node::root(&value), &mut problems), problems)
        }
        Err(problems) => (None, problems),
    }
}

fn parse(text: &str) -> Result<Value, Problems> {
    // Counted before they exist, commas of texts with them: 16 MB of prose have about half as many.
    if text.bytes().filter(|byte| matches!(byte, b',' | b'[' | b'{')).count() > MOST_VALUES {
        let what = format!("has more than {MOST_VALUES} values");
        return Err(vec![Problem { path: "$".to_owned(), what, mend: remedy(|| "divide it".to_owned()) }]);
    }
    // Editors on Windows like to begin a file with a byte order mark.
    serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
        vec![Problem {
            path: "$".to_owned(),
            what: format!("is not JSON ({error})"),
            mend: remedy(|| "correct the syntax at that line and column".to_owned()),
        }]
    })
}

impl Decode for String {
    const IS_DISPENSABLE: bool = true;

    fn decode(node: Node<'_>, problems: &mut Problems) -> Option<Self> {
        node.text(problems).map(str::to_owned)
    }
}

impl Decode for bool {
    fn decode(node: Node<'_>, problems: &mut Problems) -> Option<Self> {
        match node.value {
            Value::Bool(value) => Some(*value),
            _ => node.unexpected(problems, "true or false"),
        }
    }

    fn absent() -> Option<Self> {
        Some(false)
    }
}

/// Whole numbers from 0 up; their narrower kinds are checked here too.
macro_rules! whole_number {
    ($($kind:ty: $wanted:literal $(, dispensable: $dispensable:literal)?);*) => {$(
        impl Decode for $kind {
            $(const IS_DISPENSABLE: bool = $dispensable;)?

            fn decode(node: Node<'_>, problems: &mut Problems) -> Option<Self> {
                match node.value.as_u64().and_then(|number| <$kind>::try_from(number).ok()) {
                    Some(number) => Some(number),
                    None => node.unexpected(problems, $wanted),
                }
            }
        }
    )*};
}
whole_number!(
    u8: "a whole number from 0 to 255", dispensable: true;
    // Without the columns that a cell covers, figures would stand below the wrong heading.
    u16: "a whole number from 0 to 65535";
    // The numbers of lists.
    u32: "a whole number from 0 to 4294967295";
    u64: "a whole number from 0", dispensable: true
);

impl<T: Decode> Decode for Option<T> {
    fn decode(node: Node<'_>, problems: &mut Problems) -> Option<Self> {
        let value = T::decode(node, problems);
        (value.is_some() || T::IS_DISPENSABLE).then_some(value)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(node: Node<'_>, problems: &mut Problems) -> Option<Self> {
        T::decode(node, problems).map(Box::new)
    }

    fn absent() -> Option<Self> {
        T::absent().map(Box::new)
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(node: Node<'_>, problems: &mut Problems) -> Option<Self> {
        let Value::Array(items) = node.value else {
            return node.unexpected(problems, "a list");
        };
        if items.len() > T::MOST {
            node.too_many(problems, items.len(), T::MOST);
            return None;
        }
        let mut decoded = Vec::with_capacity(items.len());
        let mut whole = true;
        for (index, value) in items.iter().enumerate() {
            match T::decode(Node { value, path: Path::Index(&node.path, index) }, problems).or_else(T::faulty) {
                Some(item) => decoded.push(item),
                None => whole &= T::IS_DISPENSABLE,
            }
        }
        whole.then_some(decoded)
    }

    fn absent() -> Option<Self> {
        Some(Vec::new())
    }
}
