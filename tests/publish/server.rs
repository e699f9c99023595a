//! The real servers: started on 127.0.0.1 for a test, asked byte by byte, and stopped at its end.

use portal::tools::publish::hosting::{Hosting, Server};
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A server the rules are written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Nginx,
    Caddy,
}

impl Kind {
    /// The name of the program and of Debian's package that holds it.
    fn name(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::Caddy => "caddy",
        }
    }

    /// The server with this portal; `None` if it cannot be had, which is then said aloud.
    pub fn start(self, base: &str, redirects: &[(&str, &str)]) -> Option<Running> {
        static NGINX: OnceLock<Option<PathBuf>> = OnceLock::new();
        static CADDY: OnceLock<Option<PathBuf>> = OnceLock::new();
        let once = if self == Self::Nginx { &NGINX } else { &CADDY };
        let program = once.get_or_init(|| {
            let program = self.installed().or_else(|| self.fetched());
            if program.is_none() {
                // Not `eprintln!`, which a passing test keeps to itself.
                let name = self.name();
                let why = "it is not installed, and `apt-get download` does not bring it";
                let _ = writeln!(std::io::stderr(), "SKIPPED: nothing was tried with {name}: {why}");
            }
            program
        });
        program.as_ref().map(|program| Running::new(self, program, base, redirects))
    }

    /// The program on this machine. Debian keeps servers in `sbin`, which users do not always search.
    fn installed(self) -> Option<PathBuf> {
        let path = std::env::var("PATH").unwrap_or_default() + ":/usr/local/sbin:/usr/sbin:/sbin";
        std::env::split_paths(&path).map(|folder| folder.join(self.name())).find(|program| self.runs(program))
    }

    /// The program out of Debian's package. Installing the package would start the server on every address of this
    /// machine; unpacking it into the folder for builds starts nothing, and every user may do it.
    fn fetched(self) -> Option<PathBuf> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(self.name());
        let unpacked = || ["usr/sbin", "usr/bin"].map(|bin| folder.join(bin).join(self.name())).into_iter();
        let run = |line: &str| {
            let mut command = Command::new("sh");
            command.args(["-c", line]).current_dir(&folder).stdin(Stdio::null());
            command.output().is_ok_and(|output| output.status.success())
        };
        let download = || run(&format!("apt-get download {name} && dpkg -x {name}_*.deb .", name = self.name()));
        if let Some(program) = unpacked().find(|program| self.runs(program)) {
            return Some(program);
        }
        fs::create_dir_all(&folder).ok()?;
        // Only an administrator may update the lists; that helps where there are none yet.
        if !(download() || run("apt-get update") && download()) {
            return None;
        }
        unpacked().find(|program| self.runs(program))
    }

    fn runs(self, program: &Path) -> bool {
        let asked = if self == Self::Nginx { "-v" } else { "version" };
        Command::new(program).arg(asked).output().is_ok_and(|output| output.status.success())
    }
}

/// A server at work.
pub struct Running {
    child: Child,
    port: u16,
    kind: Kind,
    _folder: TempDir,
}

/// What a server said.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    /// The one value of a header; two are a mistake.
    pub fn header(&self, name: &str) -> &str {
        let mut values = self.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        let value = values.next().map_or("", |(_, value)| value.as_str());
        assert!(values.next().is_none(), "{name} is said twice: {:?}", self.headers);
        value
    }
}

impl Running {
    fn new(kind: Kind, program: &Path, base: &str, redirects: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let root = folder.path().join("site \"of\" #1;");
        super::hosts::publish(&root);
        // nginx, started by root, works as a user who must be able to look in.
        open_to_all(folder.path());
        let run = folder.path().join("run");
        fs::create_dir(&run).expect("a folder for the server");
        let redirects = super::redirects(redirects);
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        let text = |path: &Path| path.to_str().expect("UTF-8").to_owned();
        let hosting = Hosting {
            base,
            editions: &["en"],
            policy: "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'",
            secure: true,
            files: &[],
            redirects: &redirects,
            server: Server { address: "127.0.0.1", port, root: &text(&root), run: &text(&run) },
        };
        let mut server = Self { child: launch(kind, program, &hosting, folder.path()), port, kind, _folder: folder };
        server.wait();
        server
    }

    fn wait(&mut self) {
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            if let Some(status) = self.child.try_wait().expect("a child of ours") {
                let mut said = String::new();
                let _ = self.child.stderr.take().expect("piped").read_to_string(&mut said);
                panic!("{:?} ended at once ({status}): {said}", self.kind);
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "{:?} does not answer", self.kind);
            sleep(Duration::from_millis(20));
        }
    }

    /// Asks for a target exactly as it is written.
    pub fn get(&self, target: &str) -> Answer {
        self.ask("GET", target, "")
    }

    /// Asks with more lines in the head, each ending with `\r\n`.
    pub fn ask(&self, method: &str, target: &str, lines: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a limit");
        let head = format!("{method} {target} HTTP/1.1\r\nHost: phuong.example.vn\r\nConnection: close\r\n{lines}\r\n");
        stream.write_all(head.as_bytes()).expect("sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("an answer");
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).expect("a status");
        let headers = lines.filter_map(|line| line.split_once(": ")).map(|(k, v)| (k.to_owned(), v.to_owned()));
        Answer { status, headers: headers.collect(), body: body.to_owned() }
    }
}

fn launch(kind: Kind, program: &Path, hosting: &Hosting<'_>, folder: &Path) -> Child {
    let (name, text) = match kind {
        Kind::Nginx => ("nginx.conf", hosting.nginx()),
        Kind::Caddy => ("Caddyfile", hosting.caddy()),
    };
    let file = folder.join(name);
    let text = match kind {
        Kind::Nginx => text,
        // Servers of two tests would both want the port of Caddy's own settings.
        Kind::Caddy => format!("{{\n\tadmin off\n}}\n{text}"),
    };
    fs::write(&file, text).expect("written");
    let mut command = Command::new(program);
    match kind {
        Kind::Nginx => command.args(["-e", "stderr", "-g", "daemon off;", "-c"]).arg(&file),
        Kind::Caddy => command.args(["run", "--adapter", "caddyfile", "--config"]).arg(&file),
    };
    command.env("HOME", folder).env("XDG_DATA_HOME", folder).env("XDG_CONFIG_HOME", folder);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the server starts")
}

#[cfg(unix)]
fn open_to_all(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).expect("permissions");
}

#[cfg(not(unix))]
fn open_to_all(_: &Path) {}

impl Drop for Running {
    fn drop(&mut self) {
        // Asked politely nginx also ends its workers.
        let _ = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        let _ = self.child.wait();
    }
}
