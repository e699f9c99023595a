//! Takes out of the browser program what nobody calls, and shortens what nobody reads.
//!
//! A library of Leptos exports streams that the portal has no use for; exports cannot be left out when linking. And
//! wasm-bindgen names each import by its signature's hash, in the wasm and in the script: 8 bytes that cannot be
//! compressed, twice for each of 250 imports. Together a twentieth of the program.

use super::minify::{Names, minified};
use std::collections::HashMap;
use std::fs;
use std::io;
use std::process::Command;
use std::sync::LazyLock;
use walrus::Module;

/// The oldest wasm-opt that was tried and found well.
const OLDEST: u32 = 132;
/// To the features that Rust itself assumes of a browser; of the levels these give the fewest bytes as sent.
const WASM_OPT: [&str; 13] = [
    "-O2",
    // Once more: what the first pass leaves behind has become simpler.
    "-O2",
    "--shrink-level",
    "2",
    // Larger functions compress better where they stand, even those that are called once.
    "--one-caller-inline-max-function-size",
    "50",
    // The end of the stack lies there.
    "--low-memory-unused",
    "--enable-bulk-memory",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-mutable-globals",
];

/// The name all unused exports and their classes have in them, in small letters.
const UNUSED: &str = "intounderlying";

/// The script and the wasm, made smaller; they belong together.
///
/// # Errors
/// A sentence that says what is no wasm, or what of the script is not as wasm-bindgen writes it.
pub fn slim(script: &str, wasm: &[u8]) -> Result<(String, Vec<u8>), String> {
    let mut module = Module::from_buffer(wasm).map_err(|error| format!("the program is no wasm: {error}"))?;
    let unused: Vec<_> =
        module.exports.iter().filter(|export| is_unused(&export.name)).map(walrus::Export::id).collect();
    unused.into_iter().for_each(|export| module.exports.delete(export));
    walrus::passes::gc::run(&mut module);
    let mut names = HashMap::new();
    for import in module.imports.iter_mut() {
        let short = format!("i{}", names.len());
        names.insert(std::mem::replace(&mut import.name, short.clone()), short);
    }
    let script = minified(&slim_script(script, &names)?, Names::Own)?;
    Ok((script, module.emit_wasm()))
}

/// The wasm as `wasm-opt` writes it: a thirtieth less to send. Without it, or with an older one, which may write a program
/// that does not start, the wasm as it is, and a word about that.
///
/// # Errors
/// What the file system reports.
pub fn optimized(wasm: &[u8]) -> io::Result<Vec<u8>> {
    if !*IS_KNOWN {
        return Ok(wasm.to_vec());
    }
    let folder = tempfile::tempdir()?;
    let [from, to] = ["from.wasm", "to.wasm"].map(|name| folder.path().join(name));
    fs::write(&from, wasm)?;
    let outcome = Command::new("wasm-opt").args(WASM_OPT).arg(&from).arg("-o").arg(&to).output()?;
    if outcome.status.success() {
        return fs::read(&to);
    }
    eprintln!("The program is larger than it could be: wasm-opt says {}", String::from_utf8_lossy(&outcome.stderr));
    Ok(wasm.to_vec())
}

/// Is there a wasm-opt that is known to write programs that start? Looked for, and missed, once for all programs.
static IS_KNOWN: LazyLock<bool> = LazyLock::new(|| {
    let version = Command::new("wasm-opt").arg("--version").output();
    let is_known = version.is_ok_and(|version| is_new_enough(&String::from_utf8_lossy(&version.stdout)));
    if !is_known {
        eprintln!(
            "The program is 4 kB larger than it could be: `make build` fetches wasm-opt {OLDEST} where npm is installed."
        );
    }
    is_known
});

/// `wasm-opt version 132 (version_132)`
fn is_new_enough(version: &str) -> bool {
    version.split_whitespace().find_map(|word| word.parse().ok()).is_some_and(|number: u32| number >= OLDEST)
}

fn is_unused(name: &str) -> bool {
    name.to_ascii_lowercase().contains(UNUSED)
}

/// The script without unused classes and imports; imports by their short names.
fn slim_script(script: &str, names: &HashMap<String, String>) -> Result<String, String> {
    let mut slim = String::with_capacity(script.len());
    let mut left = names.len();
    let mut skips = false;
    for line in script.lines() {
        let is_top = line.starts_with(|c: char| !c.is_whitespace() && c != '}' && c != '.');
        if is_top {
            let head = line.split(['{', '=', '(']).next().unwrap_or_default();
            skips = is_unused(head) || (line.starts_with("if (Symbol.dispose)") && is_unused(line));
        }
        if let Some((name, rest)) = entry(line) {
            let Some(short) = names.get(name) else {
                skips = true;
                continue;
            };
            skips = false;
            left -= 1;
            slim += &format!("{short}:{rest}\n");
            continue;
        }
        if line == "    };" {
            // The end of all imports.
            skips = false;
        }
        if !skips {
            slim.push_str(line);
            slim.push('\n');
        }
    }
    if left > 0 {
        return Err(format!(
            "{left} imports of the program are missing in its script: the versions of wasm-bindgen differ"
        ));
    }
    Ok(slim)
}

/// The name of an import and what follows it, where a line of the script begins one.
fn entry(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.strip_prefix("        ")?.split_once(':')?;
    name.starts_with("__wb").then_some((name, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "export class IntoUnderlyingSink {
    free() {
    }
}
if (Symbol.dispose) IntoUnderlyingSink.prototype[Symbol.dispose] = 1;
function __wbg_get_imports() {
    const import0 = {
        __wbg_used_12ab: function(arg0) {
            // why
            return arg0;
        },
        __wbg_unused_34cd: function() { return handleError(function (arg0) {
            return 1;
        }, arguments); },
        __wbindgen_last: function() {
            return 2;
        },
    };
    return import0;
}
const IntoUnderlyingSinkFinalization = (typeof x)
    ? { a }
    : new B();
let wasm;
";

    #[test]
    fn only_what_is_used_is_left() {
        let names = [("__wbg_used_12ab", "i0"), ("__wbindgen_last", "i1")];
        let names = names.into_iter().map(|(long, short)| (long.to_owned(), short.to_owned())).collect();
        let expected = "function __wbg_get_imports() {
    const import0 = {
i0: function(arg0) {
            // why
            return arg0;
        },
i1: function() {
            return 2;
        },
    };
    return import0;
}
let wasm;
";
        assert_eq!(slim_script(SCRIPT, &names).expect("as wasm-bindgen writes it"), expected);
    }

    #[test]
    fn a_script_of_another_program_is_refused() {
        let names = HashMap::from([("__wbg_else_99".to_owned(), "i0".to_owned())]);
        assert!(slim_script(SCRIPT, &names).is_err());
    }
}
