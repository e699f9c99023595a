//! `portal`: the tool of the office. It reads its arguments, calls the library and says what came of it.
//!
//! Exit status: 0 all is well, 1 there are problems (one a line on standard output), 2 wrong usage.

#[cfg(not(target_arch = "wasm32"))]
mod host {
    /// Of many small pieces of short life, which a build consists of, the system's allocator makes heavy weather.
    #[global_allocator]
    static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

    use clap::{Parser, Subcommand};
    use indicatif::{ProgressBar, ProgressStyle};
    use portal::tools::{build, check, finding::Finding, folder::Folder, gather, index, measure, release, schema};
    use portal::words::ENGLISH;
    use std::io::{self, Write};
    use std::path::{Path, PathBuf};
    use std::process::ExitCode;
    use std::time::Instant;

    /// Checks, gathers and describes the documents of a portal.
    #[derive(Parser)]
    #[command(version)]
    struct Arguments {
        #[command(subcommand)]
        command: Command,
    }

    #[derive(Subcommand)]
    enum Command {
        /// Name all that is wrong with a folder of API documents.
        Check {
            /// The folder of the API, such as public/api/v1.
            path: PathBuf,
            /// Where site-relative files such as /media/x.webp are; if absent, DIR for an API in DIR/api/v1.
            #[arg(long, value_name = "DIR")]
            files: Option<PathBuf>,
        },
        /// Write the lists, the home page and the links between articles of a folder of API documents.
        Gather {
            /// The folder of the API, such as public/api/v1.
            path: PathBuf,
            /// Where site-relative files such as /media/x.webp are; if absent, DIR for an API in DIR/api/v1.
            #[arg(long, value_name = "DIR")]
            files: Option<PathBuf>,
            /// How many articles a full list has; absent keeps what the sections have, or begins with 20.
            #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(gather::PAGE_SIZES))]
            page_size: Option<u32>,
        },
        /// Write every address as a finished page, with feeds, sitemaps and settings for web servers.
        Build {
            /// The folder of the API.
            #[arg(long, value_name = "DIR")]
            api: PathBuf,
            /// Where to: a folder with the browser program as Trunk built it, such as dist.
            #[arg(long, value_name = "DIR")]
            out: PathBuf,
            /// The path the portal will stand under.
            #[arg(long, value_name = "PATH", default_value = "/")]
            base: String,
            /// Where site-relative files such as /media/x.webp are; if absent, DIR for an API in DIR/api/v1.
            #[arg(long, value_name = "DIR")]
            files: Option<PathBuf>,
            /// Write .br and .gz beside each text file.
            #[arg(long)]
            compress: bool,
            /// Recall the service worker: devices forget what they have saved of the portal.
            #[arg(long)]
            no_offline: bool,
            /// A folder that was built before: files that are the same get the times they have there.
            #[arg(long, value_name = "DIR")]
            former: Option<PathBuf>,
        },
        /// Name what a copy of a built portal lacks, has changed or has besides.
        Verify {
            /// The copy, with the manifest that `build` wrote.
            path: PathBuf,
            /// The manifest, if it is not in the copy.
            #[arg(long, value_name = "FILE")]
            manifest: Option<PathBuf>,
        },
        /// Write the search index alone, as the development server wants it (`make serve`).
        Index {
            /// The folder of the API.
            #[arg(long, value_name = "DIR")]
            api: PathBuf,
            /// Where to; the index is the folder `search` in it.
            #[arg(long, value_name = "DIR")]
            out: PathBuf,
        },
        /// Report how well and how cheaply articles are found: known-item search over a folder of API documents.
        MeasureSearch {
            /// The folder of the API.
            path: PathBuf,
            /// Only so many articles, the oldest.
            #[arg(long, value_name = "N")]
            articles: Option<usize>,
            /// Name each query of this kind whose article does not come first.
            #[arg(long, value_name = "KIND")]
            misses: Option<String>,
            /// A built portal, whose search program is counted among the bytes.
            #[arg(long, value_name = "DIR")]
            program: Option<PathBuf>,
            /// Write the queries down, for other search programs.
            #[arg(long, value_name = "FILE")]
            queries: Option<PathBuf>,
        },
        /// Write the JSON Schemas and the OpenAPI description of the API.
        Schema {
            /// Where to.
            #[arg(long, value_name = "DIR", default_value = "public/schema")]
            out: PathBuf,
        },
    }

    /// Runs the program.
    pub fn run() -> ExitCode {
        let done = match Arguments::parse().command {
            Command::Check { path, files } => open(&path, files.as_deref()).map(|folder| run_check(&folder)),
            Command::Gather { path, files, page_size } => {
                open(&path, files.as_deref()).map(|folder| run_gather(&folder, page_size))
            }
            Command::Build { api, out, base, files, compress, no_offline, former } => {
                let settings = build::Settings { out, base, compress, offline: !no_offline, former };
                Folder::open(&api, files.as_deref()).and_then(|folder| run_build(&folder, &settings))
            }
            Command::Verify { path, manifest } => run_verify(&path, manifest.as_deref()),
            Command::Index { api, out } => Folder::open(&api, None)
                .and_then(|folder| index::write_alone(&folder, &out, &progress()))
                .map(|()| say("the search index is written")),
            Command::MeasureSearch { path, articles, misses, program, queries } => {
                measure::measure(&measure::Settings { folder: path, articles, misses, program, queries })
                    .map(|()| ExitCode::SUCCESS)
                    .map_err(|error| format!("the search cannot be measured: {error}"))
            }
            Command::Schema { out } => schema::write(&out)
                .map(|written| say(&format!("{written} files written, the others were up to date")))
                .map_err(|error| format!("{} cannot be written: {error}", out.display())),
        };
        done.unwrap_or_else(|message| {
            eprintln!("error: {message}");
            ExitCode::from(2)
        })
    }

    fn open(path: &Path, files: Option<&Path>) -> Result<Folder, String> {
        let folder = Folder::open(path, files)?;
        if files.is_none() && folder.files_are_documents() {
            eprintln!("note: files are looked up in {} itself; say --files DIR if they are elsewhere", path.display());
        }
        Ok(folder)
    }

    fn run_check(folder: &Folder) -> ExitCode {
        let bar = progress();
        let outcome = check::check(folder, &bar);
        bar.finish_and_clear();
        let count = |number: u64, name: &str| {
            let number_text = ENGLISH.number(number);
            format!("{number_text} {name}{}", if number == 1 { "" } else { "s" })
        };
        let summary = format!("{}, {}", count(outcome.documents, "document"), count(outcome.problems, "problem"));
        if outcome.findings.is_empty() {
            return say(&summary);
        }
        let code = fail(&outcome.findings);
        if outcome.problems > outcome.findings.len() as u64 {
            eprintln!("only {} of them are named: mend these, then check again", outcome.findings.len());
        }
        eprintln!("{summary}");
        code
    }

    fn run_gather(folder: &Folder, page_size: Option<u32>) -> ExitCode {
        let page_size = page_size.or_else(|| gather::present_page_size(folder)).unwrap_or(20);
        let bar = progress();
        let outcome = gather::gather(folder, page_size, &bar);
        bar.finish_and_clear();
        match outcome {
            Ok(gather::Summary { articles, written, removed, strays }) => {
                for (section, count) in strays {
                    eprintln!(
                        "warning: articles/{section}: no list shows {count} articles: add the section to the tree of \
                         site.json, or move them"
                    );
                }
                say(&format!("{articles} articles; {written} files written, {removed} removed"))
            }
            Err(findings) => fail(&findings),
        }
    }

    fn run_build(folder: &Folder, settings: &build::Settings) -> Result<ExitCode, String> {
        let start = Instant::now();
        let bar = progress();
        let outcome = build::build(folder, settings, &bar);
        bar.finish_and_clear();
        let build::Summary { pages, bytes, written, index_seconds, removed, hosting_changed, findings } = outcome?;
        let seconds = start.elapsed().as_secs_f64();
        let rate = pages as f64 / seconds.max(0.001);
        eprintln!(
            "{pages} pages, {}, in {seconds:.1} s ({rate:.0} pages a second; {index_seconds:.1} s of it for the search index); \
             {written} files written, {removed} removed",
            ENGLISH.file_size(bytes)
        );
        if hosting_changed {
            eprintln!(
                "The files for nginx and Caddy in .hosting/ differ from the build before. If you use one: publish, then adapt the new one on your \
                 server and reload it. With an old one, browsers may refuse styles and scripts, and new redirects lead nowhere."
            );
        }
        Ok(if findings.is_empty() { ExitCode::SUCCESS } else { fail(&findings) })
    }

    fn run_verify(path: &Path, manifest: Option<&Path>) -> Result<ExitCode, String> {
        let bar = progress();
        let findings = release::verify(path, manifest, &bar);
        bar.finish_and_clear();
        let findings = findings?;
        Ok(if findings.is_empty() { say("the copy is whole") } else { fail(&findings) })
    }

    fn say(line: &str) -> ExitCode {
        println!("{line}");
        ExitCode::SUCCESS
    }

    fn fail(findings: &[Finding]) -> ExitCode {
        let mut out = io::BufWriter::new(io::stdout().lock());
        // Whoever reads only the first lines (`| head`) closes the pipe; that is no reason to panic.
        let _ = findings.iter().try_for_each(|finding| writeln!(out, "{finding}")).and_then(|()| out.flush());
        ExitCode::FAILURE
    }

    /// Shown on standard error, and only at a terminal.
    fn progress() -> ProgressBar {
        let style = ProgressStyle::with_template("{wide_bar} {msg} {human_pos}, {elapsed}")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        ProgressBar::no_length().with_style(style)
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    host::run()
}

#[cfg(target_arch = "wasm32")]
fn main() {}
