//! Scripts as they are sent: a third less than with the names and spaces they are written with.

use oxc::allocator::Allocator;
use oxc::codegen::{Codegen, CodegenOptions};
use oxc::mangler::MangleOptions;
use oxc::minifier::{CompressOptions, Minifier, MinifierOptions};
use oxc::parser::Parser;
use oxc::semantic::SemanticBuilder;
use oxc::span::SourceType;

/// Who else sees the outermost names of a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// Nobody: it is a module, or all that a worker runs.
    Own,
    /// The other scripts of the page.
    Shared,
}

/// The script without comments and spaces, with short names; it does the same.
///
/// # Errors
/// A sentence that says where it is no script, or that within a page it would end, or swallow what follows it.
pub fn minified(script: &str, names: Names) -> Result<String, String> {
    let allocator = Allocator::default();
    let kind = if names == Names::Own { SourceType::mjs() } else { SourceType::script() };
    let mut parsed = Parser::new(&allocator, script, kind).parse();
    let checked = SemanticBuilder::new().with_check_syntax_error(true).build(&parsed.program);
    if let Some(error) = parsed.diagnostics.first().or(checked.diagnostics.first()) {
        return Err(format!("a script cannot be read: {error}"));
    }
    let options = MinifierOptions {
        mangle: Some(MangleOptions { top_level: Some(names == Names::Own), ..MangleOptions::default() }),
        mangle_properties: None,
        compress: Some(CompressOptions::smallest()),
    };
    let minified = Minifier::new(options).minify(&allocator, &mut parsed.program);
    let script = Codegen::new()
        .with_options(CodegenOptions::minify())
        .with_scoping(minified.scoping)
        .build(&parsed.program)
        .code;
    // Whoever shares names stands within a page.
    let mut marks = ["</script", "<!--"].into_iter().filter(|_| names == Names::Shared);
    match marks.find(|mark| script.to_ascii_lowercase().contains(mark)) {
        Some(mark) => Err(format!("a script holds `{mark}`, which HTML reads as markup")),
        None => Ok(script),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "// Why.\nconst greeting = (name) => {\n  const words = [\"Chào\", name];\n  return words.join();\n};\nshow(greeting);\nshow(greeting);\n";

    #[test]
    fn comments_spaces_and_long_names_are_not_sent() {
        let minified = minified(SCRIPT, Names::Own).expect("a script");
        assert!(["Why", "greeting", "words", "\n "].iter().all(|part| !minified.contains(part)), "{minified}");
        assert!(minified.contains("Chào") && minified.contains("show"), "{minified}");
    }

    #[test]
    fn names_that_others_see_stay() {
        assert!(minified(SCRIPT, Names::Shared).expect("a script").contains("const greeting="));
        let unused_here = minified("const shared = 1;", Names::Shared).expect("a script");
        assert!(unused_here.contains("shared"), "{unused_here}");
    }

    #[test]
    fn what_is_no_script_is_refused() {
        for no_script in ["const = 1", "const a = 1; const a = 2; show(a);"] {
            let refused = minified(no_script, Names::Own);
            assert!(refused.as_ref().is_err_and(|sentence| sentence.contains("cannot be read")), "{refused:?}");
        }
    }

    #[test]
    fn what_would_end_its_element_does_not_stand_in_a_page() {
        let written = |mark: &str, names| minified(&format!("show('{mark}' + name)"), names);
        let ended = written("</SCRIPT>", Names::Shared).expect("a script");
        assert!(!ended.to_lowercase().contains("</script"), "{ended}");
        let refused = written("<!--", Names::Shared);
        assert!(refused.as_ref().is_err_and(|sentence| sentence.contains("markup")), "{refused:?}");
        assert!(written("<!--", Names::Own).is_ok(), "a file of its own may hold any text");
    }
}
