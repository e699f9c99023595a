//! Which names files may have: none that leads out of the folder it is published from, and none that another system
//! cannot hold or takes for another.

use super::finding::Finding;
use std::collections::HashSet;
use std::path::Path;
use unicode_normalization::UnicodeNormalization;
use walkdir::WalkDir;

/// Names that Windows keeps for devices, whatever follows a dot.
/// Source: <https://learn.microsoft.com/windows/win32/fileio/naming-a-file>
const DEVICES: [&str; 30] = [
    "con", "prn", "aux", "nul", "conin$", "conout$", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "com¹", "com²", "com³", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "lpt¹",
    "lpt²", "lpt³",
];

/// More are not told.
const MOST: usize = 20;

/// What is wrong with the name of a file below a folder, with `/` between its parts.
pub fn why_refused(name: &str) -> Option<&'static str> {
    name.split('/').find_map(|part| {
        let stem = part.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
        if part.is_empty() || part == "." || part == ".." {
            Some("leads out of its folder")
        } else if part.contains(['\\', ':', '<', '>', '"', '|', '?', '*']) || part.contains(char::is_control) {
            Some("has a character that Windows does not take")
        } else if part.ends_with(['.', ' ']) {
            Some("ends with a dot or a space, which Windows drops")
        } else if DEVICES.contains(&stem.as_str()) {
            Some("is a device to Windows")
        } else {
            None
        }
    })
}

/// A name in the one form of all those that some system takes for it: the same letters, however their marks are coded.
fn folded(name: &str) -> String {
    name.nfc().collect::<String>().to_lowercase()
}

/// What a folder that cannot be walked through to its end holds, nobody knows: it is not taken for a smaller one.
pub fn unwalkable(root: &Path, error: &walkdir::Error) -> String {
    let name = name_below(root, error.path().unwrap_or(root));
    Finding::of_file(name, format!("cannot be read ({error})"), "let the tool read it").to_string()
}

/// Refuses a folder that is to be published if a name in it could do harm.
///
/// # Errors
/// A sentence a name, or why the folder cannot be walked through.
pub fn check(root: &Path) -> Result<(), String> {
    let mut names = HashSet::new();
    let mut findings = Vec::new();
    for entry in WalkDir::new(root).min_depth(1) {
        let entry = entry.map_err(|error| unwalkable(root, &error))?;
        let name = name_below(root, entry.path());
        let why = if entry.file_type().is_symlink() {
            Some("is a symbolic link, which may lead out of its folder")
        } else if !names.insert(folded(&name)) {
            Some("differs from another name by capital letters or the coding of marks only")
        } else {
            why_refused(&name)
        };
        findings
            .extend(why.map(|why| Finding::of_file(name, why, "rename it, or put a file in its place").to_string()));
    }
    findings.sort();
    findings.truncate(MOST);
    if findings.is_empty() { Ok(()) } else { Err(findings.join("\n")) }
}

/// The name of a file below a folder, with `/` between its parts.
pub fn name_below(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_cannot_be_walked_through_is_not_taken_for_an_empty_one() {
        let parent = tempfile::tempdir().expect("a temporary folder");
        let refused = check(&parent.path().join("gone")).expect_err("refused");
        assert!(refused.contains("cannot be read"), "{refused}");
    }

    #[test]
    fn names_that_do_harm_are_refused() {
        for bad in [
            "../a",
            "a/../b",
            "/a",
            "a//b",
            ".",
            "a\\b",
            "c:/a",
            "con",
            "a/NUL.txt",
            "nul .txt",
            "lpt1.json",
            "COM¹.json",
            "a.",
            "a ",
            "a?b",
            "a\u{0}b",
        ] {
            assert!(why_refused(bad).is_some(), "{bad}");
        }
        for good in ["a", "media/Báo cáo 2020.pdf", ".well-known/security.txt", "a..b", "concert.json", "com10"] {
            assert_eq!(why_refused(good), None, "{good}");
        }
    }
}
