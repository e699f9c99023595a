//! A reader: a browser of its own, pointed at a server of its own.

use super::Server;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};
use thirtyfour::TypingData;
use thirtyfour::prelude::*;

/// How long a reader waits for something to appear before the test fails.
const PATIENCE: Duration = Duration::from_secs(15);

/// A reader with a browser.
pub struct Reader {
    pub driver: WebDriver,
    pub server: Server,
    chromedriver: Child,
    // Kept open: the driver would stop at its next line of output.
    _output: BufReader<ChildStdout>,
    _profile: tempfile::TempDir,
}

impl Drop for Reader {
    fn drop(&mut self) {
        stop(&mut self.chromedriver);
    }
}

/// Ends the driver together with the browser it started.
fn stop(chromedriver: &mut Child) {
    _ = Command::new("kill").args(["--", &format!("-{}", chromedriver.id())]).status();
    _ = chromedriver.wait();
}

/// The folder with the built portal.
pub fn dist() -> PathBuf {
    let folder = std::env::var_os("PORTAL_DIST").map_or_else(|| PathBuf::from("dist"), PathBuf::from);
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}

impl Reader {
    /// A reader of the built portal with the sample content, on a desk.
    pub async fn new() -> Self {
        Self::of(&dist()).await
    }

    /// A reader of the portal in a folder. Nothing is saved on the device: what is saved when is a test of its own.
    pub async fn of(folder: &Path) -> Self {
        let reader = Self::who_saves(folder).await;
        reader.before_pages("Object.defineProperty(navigator, 'serviceWorker', { value: undefined })").await;
        reader
    }

    /// A reader of the portal in a folder, whose device keeps what was read.
    pub async fn who_saves(folder: &Path) -> Self {
        let server = Server::start(folder).await;
        let (chromedriver, output, port) = start_chromedriver();
        let profile = tempfile::tempdir().expect("a temporary folder");
        let mut caps = DesiredCapabilities::chrome();
        for argument in [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--window-size=1280,900",
        ] {
            caps.add_arg(argument).expect("a valid argument");
        }
        caps.add_arg(&format!("--user-data-dir={}", profile.path().display())).expect("a valid argument");
        let driver = WebDriver::new(&format!("http://127.0.0.1:{port}"), caps).await.expect("the browser starts");
        Self { driver, server, chromedriver, _output: output, _profile: profile }
    }

    /// Opens an address of the portal and waits until its program runs.
    pub async fn open(&self, path: &str) {
        self.open_early(path).await;
        self.wait_for("html[data-running]").await;
    }

    /// Lets the timers of all further pages run so many times as fast, with the page's clock.
    pub async fn hurry(&self, times: u32) {
        let script = format!(
            "for (const name of ['setTimeout', 'setInterval']) {{
               const real = window[name];
               window[name] = (act, time, ...rest) => real(act, (time || 0) / {times}, ...rest);
             }}
             const now = performance.now.bind(performance);
             performance.now = () => now() * {times};"
        );
        self.before_pages(&script).await;
    }

    /// Runs a script at the beginning of all further pages.
    pub async fn before_pages(&self, script: &str) {
        self.devtools("Page.addScriptToEvaluateOnNewDocument", serde_json::json!({ "source": script })).await;
    }

    /// The result of a promise.
    pub async fn promised<T: serde::de::DeserializeOwned>(&self, promise: &str) -> T {
        let script = format!("const done = arguments[0]; ({promise}).then(done, (error) => done(String(error)))");
        let result = self.driver.execute_async(&script, Vec::new()).await;
        let result = result.unwrap_or_else(|error| panic!("{promise}: {error}"));
        result.convert().unwrap_or_else(|error| panic!("{promise}: {error}"))
    }

    /// Waits until what a promise answers is true.
    pub async fn wait_until_promised(&self, promise: &str) {
        let start = Instant::now();
        while !self.promised::<bool>(promise).await {
            assert!(start.elapsed() < PATIENCE, "waited in vain for `{promise}`");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Opens an address of the portal, whether its program arrives or not.
    pub async fn open_early(&self, path: &str) {
        self.driver.goto(format!("{}{path}", self.server.origin)).await.expect("the page opens");
    }

    /// The result of a script.
    pub async fn js<T: serde::de::DeserializeOwned>(&self, script: &str) -> T {
        let result = self.driver.execute(script, Vec::new()).await.unwrap_or_else(|error| panic!("{script}: {error}"));
        result.convert().unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Waits until a script's expression is true.
    pub async fn wait_until(&self, expression: &str) {
        let start = Instant::now();
        while !self.js::<bool>(&format!("return !!({expression})")).await {
            if start.elapsed() > PATIENCE {
                let body: String = self.js("return document.body.innerText.slice(0, 1500)").await;
                panic!("waited in vain for `{expression}`; the page says:\n{body}");
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }

    /// Waits until the page's heading contains a text.
    pub async fn wait_for_heading(&self, text: &str) {
        let text = serde_json::to_string(text).expect("a text is JSON");
        self.wait_until(&format!(
            "document.querySelector('main h1') && document.querySelector('main h1').textContent.includes({text})"
        ))
        .await;
    }

    /// Waits until an element is there.
    pub async fn wait_for(&self, selector: &str) -> WebElement {
        let quoted = serde_json::to_string(selector).expect("a text is JSON");
        self.wait_until(&format!("document.querySelector({quoted})")).await;
        self.find(selector).await
    }

    /// An element that is there.
    pub async fn find(&self, selector: &str) -> WebElement {
        self.driver.find(By::Css(selector)).await.unwrap_or_else(|error| panic!("{selector}: {error}"))
    }

    /// The text of an element, as shown.
    pub async fn text(&self, selector: &str) -> String {
        self.find(selector).await.text().await.expect("the element has a text")
    }

    /// Presses an element with the mouse.
    pub async fn click(&self, selector: &str) {
        self.find(selector).await.click().await.unwrap_or_else(|error| panic!("{selector}: {error}"));
    }

    /// Clicks an element without scrolling it into view, which the driver's own click does.
    pub async fn click_in_place(&self, selector: &str) {
        self.find(selector).await;
        self.js::<()>(&format!("document.querySelector({selector:?}).click()")).await;
    }

    /// Scrolls, and waits until the program has remembered the position.
    pub async fn scroll_to(&self, y: u32) {
        self.js::<()>(&format!("window.scrollTo(0, {y})")).await;
        self.wait_until(&format!("history.state >= {}", y - 1)).await;
    }

    /// Presses a key on whatever has the focus.
    pub async fn press(&self, key: impl Into<TypingData>) {
        self.driver.action_chain().send_keys(key).perform().await.expect("the key is pressed");
    }

    /// Path and query in the address bar.
    pub async fn address(&self) -> String {
        self.js("return location.pathname + location.search").await
    }

    /// Sets the size of the window's inside, as a device has it.
    pub async fn resize(&self, width: u32, height: u32) {
        let size = serde_json::json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// Leaves a picture of the window in `target/screenshots/`, to be looked at.
    pub async fn screenshot(&self, name: &str) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
        std::fs::create_dir_all(&folder).expect("the folder can be made");
        self.driver.screenshot(&folder.join(format!("{name}.png"))).await.expect("a screenshot");
    }

    /// Sends a command of the browser's developer tools.
    pub async fn devtools(&self, command: &str, parameters: serde_json::Value) -> serde_json::Value {
        self.driver.cdp().send_raw(command, parameters).await.unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// Switches the network of the device off or on.
    pub async fn set_offline(&self, offline: bool) {
        self.devtools("Network.enable", serde_json::json!({})).await;
        let state =
            serde_json::json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.devtools("Network.emulateNetworkConditions", state).await;
    }

    /// Ends the visit; anything that went wrong on the console fails the test.
    pub async fn leave(self) {
        let wrong = self.what_went_wrong().await;
        assert!(wrong.is_empty(), "the console says: {wrong:#?}");
        assert_eq!(self.server.missing(), Vec::<String>::new(), "files that pages name are not there");
        self.driver.clone().quit().await.expect("the browser closes");
    }

    /// Ends a visit without scripts, of which the console says nothing.
    pub async fn leave_without_scripts(self) {
        self.driver.clone().quit().await.expect("the browser closes");
    }

    /// What went wrong on the console so far.
    pub async fn what_went_wrong(&self) -> Vec<String> {
        self.js("return JSON.parse(sessionStorage.getItem('watched') || '[]')").await
    }
}

fn start_chromedriver() -> (Child, BufReader<ChildStdout>, u16) {
    let mut child = Command::new("chromedriver")
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .expect("chromedriver is installed (apt-get install chromium-driver)");
    let mut output = BufReader::new(child.stdout.take().expect("its output is piped"));
    for line in output.by_ref().lines().map_while(Result::ok) {
        if let Some((_, port)) = line.split_once("successfully on port ") {
            let port = port.trim_end_matches('.').parse().expect("a port number");
            return (child, output, port);
        }
    }
    stop(&mut child);
    panic!("chromedriver did not start");
}
