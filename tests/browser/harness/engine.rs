//! The engine that reads, and the driver that leads it.

use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use thirtyfour::prelude::*;
use thirtyfour::{Capabilities, CapabilitiesHelper, LoggingPrefsLogLevel};

/// How long a driver may take to start.
const PATIENCE: Duration = Duration::from_secs(30);

/// Nothing of a browser's own window may be wider than the narrowest page.
const NARROW: &str = "* { min-width: 0; min-height: 0; margin: 0; padding: 0; border-width: 0; font-size: 1px; }";

/// A browser engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Chromium,
    Firefox,
    WebKit,
}

impl Engine {
    /// The one that `PORTAL_BROWSER` names; Chromium if it names none.
    pub fn chosen() -> Self {
        match std::env::var("PORTAL_BROWSER").as_deref() {
            Err(_) | Ok("" | "chromium") => Self::Chromium,
            Ok("firefox") => Self::Firefox,
            Ok("webkit") => Self::WebKit,
            Ok(other) => panic!("PORTAL_BROWSER is `{other}`: chromium, firefox and webkit are known"),
        }
    }
}

/// Ends a test that cannot be run on some engines, and says so past the test harness, which keeps what a passing test
/// prints.
macro_rules! leave_out_on {
    ($($engine:ident)|+, $why:expr) => {
        let engine = $crate::harness::Engine::chosen();
        if matches!(engine, $($crate::harness::Engine::$engine)|+) {
            let test = std::thread::current().name().unwrap_or_default().to_owned();
            let said = format_args!("left out on {engine:?}: {test}: {}\n", $why);
            _ = std::io::Write::write_fmt(&mut std::io::stderr(), said);
            return;
        }
    };
}
pub(crate) use leave_out_on;

/// Ends a test that needs what only Chromium's driver can do, and says so.
macro_rules! only_on_chromium {
    ($need:literal) => {
        $crate::harness::leave_out_on!(Firefox | WebKit, concat!("it needs ", $need));
    };
}
pub(crate) use only_on_chromium;

/// A running driver. It ends with the browser it started when it is dropped.
pub struct Driver {
    /// Where it listens.
    pub address: String,
    /// What it asks of the browser.
    pub capabilities: Capabilities,
    processes: Vec<Child>,
    /// The screen of a browser that has to have one.
    display: Option<String>,
    _folder: TempDir,
}

impl Drop for Driver {
    fn drop(&mut self) {
        for process in self.processes.iter_mut().rev() {
            _ = Command::new("kill").args(["--", &format!("-{}", process.id())]).status();
            _ = process.wait();
        }
    }
}

impl Driver {
    /// Starts the driver of an engine, for a reader in a time zone.
    pub fn start(engine: Engine, zone: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        match engine {
            Engine::Chromium => chromium(folder, zone),
            Engine::Firefox => firefox(folder, zone),
            Engine::WebKit => webkit(folder, zone),
        }
    }

    /// The same for a private window. WebKit's driver leads no other.
    pub fn in_private(mut self, engine: Engine) -> Self {
        let (options, argument) = match engine {
            Engine::Chromium => ("goog:chromeOptions", "--incognito"),
            Engine::Firefox => ("moz:firefoxOptions", "-private"),
            Engine::WebKit => return self,
        };
        let own = self.capabilities.get_mut(options).expect("options of the browser");
        own["args"].as_array_mut().expect("a list").push(argument.into());
        self
    }

    /// Makes the browser's window the one that is used, as a desktop does: without, nothing on a page has the focus.
    pub fn give_focus(&self) {
        let Some(display) = &self.display else { return };
        let arguments = ["search", "--sync", "--onlyvisible", "--class", "MiniBrowser", "windowfocus", "--sync"];
        let status = Command::new("xdotool").args(arguments).env("DISPLAY", display).status();
        assert!(status.expect("xdotool is installed (make browsers)").success(), "the window takes no focus");
    }
}

fn chromium(folder: TempDir, zone: &str) -> Driver {
    let mut command = Command::new("chromedriver");
    command.arg("--port=0").env("TZ", zone);
    let (driver, port) = started(command, "chromedriver is installed (make browsers)", |line| {
        line.split_once("successfully on port ").map(|(_, port)| port.trim_end_matches('.').to_owned())
    });
    let mut capabilities = DesiredCapabilities::chrome();
    for argument in [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // More than 200 entries of the history in 10 seconds would be dropped: no reader is so quick, tests are.
        "--disable-ipc-flooding-protection",
        "--disable-dev-shm-usage",
        "--window-size=1280,900",
    ] {
        capabilities.add_arg(argument).expect("a valid argument");
    }
    capabilities.add_arg(&format!("--user-data-dir={}", folder.path().display())).expect("a valid argument");
    capabilities.set_browser_log_level(LoggingPrefsLogLevel::Severe).expect("a valid level");
    of(port, capabilities.into(), vec![driver], folder)
}

fn firefox(folder: TempDir, zone: &str) -> Driver {
    let profile = folder.path().join("profile");
    std::fs::create_dir_all(profile.join("chrome")).expect("a folder");
    std::fs::write(profile.join("chrome/userChrome.css"), ":root { min-width: 0 !important; }").expect("written");
    let mut command = Command::new("geckodriver");
    command.args(["--port=0", "--websocket-port=0"]).arg("--profile-root").arg(folder.path());
    command.env("TZ", zone).env("MOZ_HEADLESS_WIDTH", "2000").env("MOZ_HEADLESS_HEIGHT", "8000");
    let (driver, port) = started(command, "geckodriver is installed (make browsers)", |line| {
        line.split_once("Listening on 127.0.0.1:").map(|(_, port)| port.to_owned())
    });
    let mut capabilities = DesiredCapabilities::firefox();
    let options = serde_json::json!({
        "binary": "/usr/bin/firefox-esr",
        "args": ["-headless", "-profile", profile],
        "prefs": {
            "toolkit.legacyUserProfileCustomizations.stylesheets": true,
            "dom.ipc.processCount": 1,
            "datareporting.policy.dataSubmissionEnabled": false,
            "media.autoplay.default": 0,
        },
    });
    capabilities.set("moz:firefoxOptions", options).expect("valid options");
    of(port, capabilities.into(), vec![driver], folder)
}

fn webkit(folder: TempDir, zone: &str) -> Driver {
    std::fs::create_dir_all(folder.path().join("gtk-3.0")).expect("a folder");
    std::fs::write(folder.path().join("gtk-3.0/gtk.css"), NARROW).expect("written");
    let mut screen = Command::new("Xvfb");
    screen.args(["-displayfd", "1", "-screen", "0", "2000x8000x24", "-nolisten", "tcp"]);
    let (screen, display) =
        started(screen, "Xvfb is installed (make browsers)", |line| Some(format!(":{}", line.trim())));
    // The driver cannot choose a port itself.
    let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
    let driver = Command::new("WebKitWebDriver")
        .args(["--host=127.0.0.1", &format!("--port={port}")])
        .env("DISPLAY", &display)
        .env("XDG_CONFIG_HOME", folder.path())
        .env("XDG_CACHE_HOME", folder.path())
        // What its players are takes seconds to find out, for each that does not keep it.
        .env("GST_REGISTRY", concat!(env!("CARGO_MANIFEST_DIR"), "/target/gstreamer.bin"))
        .env("NO_AT_BRIDGE", "1")
        .env("TZ", zone)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .expect("WebKitWebDriver is installed (make browsers)");
    let start = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(start.elapsed() < PATIENCE, "WebKitWebDriver did not start");
        std::thread::sleep(Duration::from_millis(20));
    }
    let mut capabilities = Capabilities::new();
    let options = serde_json::json!({ "binary": mini_browser(), "args": ["--automation"] });
    capabilities.set("webkitgtk:browserOptions", options).expect("valid options");
    let mut webkit = of(port.to_string(), capabilities, vec![screen, driver], folder);
    webkit.display = Some(display);
    webkit
}

/// WebKitGTK's own small browser, which its driver leads.
fn mini_browser() -> PathBuf {
    let listed = Command::new("dpkg").args(["-L", "libwebkit2gtk-4.1-0"]).output().expect("dpkg lists a package");
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    let path = listed.lines().find(|path| path.ends_with("/MiniBrowser"));
    path.expect("webkit2gtk-driver is installed (make browsers)").into()
}

fn of(port: String, capabilities: Capabilities, processes: Vec<Child>, folder: TempDir) -> Driver {
    Driver { address: format!("http://127.0.0.1:{port}"), capabilities, processes, display: None, _folder: folder }
}

/// Starts a program in a process group of its own, and waits for what is wanted of its output. Drivers that look for a
/// free port sometimes lose it to another and end at once: then they are started again.
fn started(
    mut command: Command,
    needs: &str,
    wanted: impl Fn(&str) -> Option<String> + Send + Clone + 'static,
) -> (Child, String) {
    for _ in 0..3 {
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::null()).process_group(0).spawn().unwrap_or_else(|error| {
                panic!("{needs}: {error}");
            });
        let output = BufReader::new(child.stdout.take().expect("its output is piped"));
        let (tell, told) = mpsc::channel();
        let wanted = wanted.clone();
        // Read to the end: a program whose output nobody takes stops at its next line.
        std::thread::spawn(move || {
            for found in output.lines().map_while(Result::ok).filter_map(|line| wanted(&line)) {
                _ = tell.send(found);
            }
        });
        if let Ok(found) = told.recv_timeout(PATIENCE) {
            return (child, found);
        }
        _ = child.kill();
        _ = child.wait();
    }
    panic!("{command:?} did not start");
}
