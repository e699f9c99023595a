//! A reader: a browser of its own, pointed at a server of its own.

use super::{Driver, Engine, Server};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use thirtyfour::TypingData;
use thirtyfour::prelude::*;

/// How long a reader waits for something to appear before the test fails. Long, since a busy machine now and then stands
/// still for seconds, and nothing that appears is waited for longer than it takes.
const PATIENCE: Duration = Duration::from_secs(45);

/// A reader with a browser. Each visit has to be ended by a function whose name begins with `leave`: it reads what went
/// wrong, and a test that forgot it would pass whatever did.
pub struct Reader {
    pub driver: WebDriver,
    pub server: Server,
    pub engine: Engine,
    browser: Driver,
    has_left: bool,
}

impl Drop for Reader {
    fn drop(&mut self) {
        let is_over = self.has_left || std::thread::panicking();
        assert!(is_over, "the visit has no end: call `leave`, which reads what went wrong");
    }
}

/// The folder with the built portal.
pub fn dist() -> PathBuf {
    let folder = std::env::var_os("PORTAL_DIST").map_or_else(|| PathBuf::from("dist"), PathBuf::from);
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}

/// The address of the wasm in the built portal.
pub fn wasm() -> String {
    let files = std::fs::read_dir(dist()).expect("the built portal");
    let names = files.map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned());
    format!(
        "/{}",
        names.into_iter().find(|name| name.starts_with("app-") && name.ends_with(".wasm")).expect("a wasm file")
    )
}

/// The address of the script that starts the program of a page.
pub fn start_script(page: &str) -> String {
    let html = std::fs::read_to_string(dist().join(page)).expect("a page");
    let (_, after) = html.split_once("data-start=\"").expect("the address of a script");
    after.split('"').next().unwrap_or_default().to_owned()
}

/// A browser and what leads it. Of hundreds on a busy machine one does not come up, or its driver loses its port to
/// another program: it is started anew, with all that is its own.
async fn browser(start: impl Fn() -> Driver) -> (Driver, WebDriver) {
    let mut errors = Vec::new();
    while errors.len() < 3 {
        let browser = start();
        match WebDriver::new(&browser.address, browser.capabilities.clone()).await {
            Ok(driver) => return (browser, driver),
            Err(error) => errors.push(format!("{error:?}")),
        }
    }
    panic!("the browser does not start: {}", errors.join("; "));
}

impl Reader {
    /// A reader of the built portal with the sample content, on a desk.
    pub async fn new() -> Self {
        Self::of(&dist()).await
    }

    /// A reader of the portal in a folder. Nothing is saved on the device: what is saved when is a test of its own.
    pub async fn of(folder: &Path) -> Self {
        Self::in_zone(folder, "UTC").await
    }

    /// A reader whose device is set to a time zone.
    pub async fn in_zone(folder: &Path, zone: &str) -> Self {
        let reader = Self::starting(folder, zone).await;
        reader.server.run_first("Object.defineProperty(navigator, 'serviceWorker', { value: undefined })");
        reader
    }

    /// A reader of the portal in a folder, whose device keeps what was read.
    pub async fn who_saves(folder: &Path) -> Self {
        Self::starting(folder, "UTC").await
    }

    /// A reader of the portal in a folder, in a private window.
    pub async fn in_private(folder: &Path) -> Self {
        let engine = Engine::chosen();
        Self::with(|| Driver::start(engine, "UTC").in_private(engine), engine, folder).await
    }

    async fn starting(folder: &Path, zone: &str) -> Self {
        let engine = Engine::chosen();
        Self::with(|| Driver::start(engine, zone), engine, folder).await
    }

    async fn with(start: impl Fn() -> Driver, engine: Engine, folder: &Path) -> Self {
        let server = Server::start(folder).await;
        let (browser, driver) = browser(start).await;
        let reader = Self { driver, server, engine, browser, has_left: false };
        if engine != Engine::Chromium {
            reader.resize(1280, 900).await;
            reader.browser.give_focus();
        }
        reader
    }

    /// Opens an address of the portal and waits until its program runs.
    pub async fn open(&self, path: &str) {
        self.open_early(path).await;
        self.wait_for("html[data-running]").await;
    }

    /// Opens an address that the build did not know. The document that is sent for it says from its beginning that nothing
    /// is found: this waits until the program has asked for what decides, and shows what was decided.
    pub async fn open_unknown(&self, path: &str, deciding: &str) {
        let before = self.server.asked(deciding);
        self.open(path).await;
        self.wait_until_server(deciding, |server| server.asked(deciding) > before).await;
        self.wait_until("!document.querySelector('.pending--active')").await;
    }

    /// Follows a link to an address, put into the page shown: that page stays until the program has another one.
    pub async fn follow(&self, path: &str) {
        self.stir().await;
        let path = serde_json::to_string(path).expect("a text is JSON");
        self.js::<()>(&format!(
            "const link = document.createElement('a');
             link.href = {path};
             document.querySelector('main').append(link);
             link.click();
             link.remove()"
        ))
        .await;
    }

    /// Lets the timers of all further pages run so many times as fast, with the page's clock.
    pub fn hurry(&self, times: u32) {
        let script = format!(
            "for (const name of ['setTimeout', 'setInterval']) {{
               const real = window[name];
               window[name] = (act, time, ...rest) => real(act, (time || 0) / {times}, ...rest);
             }}
             const now = performance.now.bind(performance);
             performance.now = () => now() * {times};"
        );
        self.server.run_first(&script);
    }

    /// The result of a promise.
    pub async fn promised<T: serde::de::DeserializeOwned>(&self, promise: &str) -> T {
        let script = format!("const done = arguments[0]; ({promise}).then(done, (error) => done(String(error)))");
        let result = self.driver.execute_async(&script, Vec::new()).await;
        let result = result.unwrap_or_else(|error| panic!("{promise}: {error}"));
        result.convert().unwrap_or_else(|error| panic!("{promise}: {error}"))
    }

    /// Waits until something has come to the server.
    pub async fn wait_until_server(&self, what: &str, has_come: impl Fn(&Server) -> bool) {
        let start = Instant::now();
        while !has_come(&self.server) {
            assert!(start.elapsed() < PATIENCE, "the server waited in vain for {what}");
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
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
        let script = format!("return !!({expression})");
        // A page that is just being left answers nothing.
        let holds = async || match self.driver.execute(script.as_str(), Vec::new()).await {
            Ok(answer) => answer.convert().unwrap_or(false),
            Err(error) if start.elapsed() > PATIENCE => panic!("{expression}: {error}"),
            Err(_) => false,
        };
        while !holds().await {
            if start.elapsed() > PATIENCE {
                let body: String = self.js("return [location.href, scrollY, history.state, document.body.innerText.slice(0, 1500)].join('\\n')").await;
                panic!("waited in vain for `{expression}`; address, place, state and text:\n{body}");
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

    /// An element that is there, or comes with what a page builds once its first screen is painted.
    pub async fn find(&self, selector: &str) -> WebElement {
        let start = Instant::now();
        loop {
            match self.driver.find(By::Css(selector)).await {
                Ok(element) => return element,
                Err(error) if start.elapsed() > PATIENCE => panic!("{selector}: {error}"),
                Err(_) => tokio::time::sleep(Duration::from_millis(25)).await,
            }
        }
    }

    /// The text of an element, as shown.
    pub async fn text(&self, selector: &str) -> String {
        self.find(selector).await.text().await.expect("the element has a text")
    }

    /// Presses an element with the mouse.
    pub async fn click(&self, selector: &str) {
        self.settle(selector).await;
        self.find(selector).await.click().await.unwrap_or_else(|error| panic!("{selector}: {error}"));
    }

    /// Brings an element into the window, and waits until it stands still there: what is laid out on the way moves it,
    /// and drivers do not wait for that.
    async fn settle(&self, selector: &str) {
        self.js::<()>(&format!(
            "const element = document.querySelector({selector:?}), box = element?.getBoundingClientRect();
             if (box && (box.top < 0 || box.bottom > innerHeight)) element.scrollIntoView()"
        ))
        .await;
        self.stands_still(&format!("document.querySelector({selector:?})")).await;
    }

    /// Waits until an element keeps its place in the window.
    pub async fn stands_still(&self, element: &str) {
        let top = format!("return {element}?.getBoundingClientRect().top ?? null");
        let mut before = None;
        for _ in 0..50 {
            let now = self.js::<Option<f64>>(&top).await;
            if now == before {
                return;
            }
            before = now;
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Clicks an element without scrolling it into view, which the driver's own click does.
    pub async fn click_in_place(&self, selector: &str) {
        self.find(selector).await;
        self.stir().await;
        self.js::<()>(&format!("document.querySelector({selector:?}).click()")).await;
    }

    /// Does something, before a script does: WebKit passes over history entries that scripts make while no reader has done
    /// anything.
    async fn stir(&self) {
        if self.engine == Engine::WebKit {
            self.press(Key::Shift).await;
        }
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

    /// Presses a key that scrolls, until an expression is true: WebKit swallows one that comes while it still scrolls.
    pub async fn press_until(&self, key: Key, expression: &str) {
        for _ in 0..10 {
            self.press(key.clone()).await;
            self.stands_still("document.body").await;
            if self.js::<bool>(&format!("return !!({expression})")).await {
                return;
            }
        }
        self.wait_until(expression).await;
    }

    /// Path and query in the address bar.
    pub async fn address(&self) -> String {
        self.js("return location.pathname + location.search").await
    }

    /// Sets the size of the window's inside, as a device has it.
    pub async fn resize(&self, width: u32, height: u32) {
        if self.engine == Engine::Chromium {
            let size = serde_json::json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
            self.devtools("Emulation.setDeviceMetricsOverride", size).await;
            return;
        }
        let start = Instant::now();
        loop {
            let size = "return [innerWidth, innerHeight, outerWidth - innerWidth, outerHeight - innerHeight]";
            let [inner_width, inner_height, beside, above] = self.js::<[u32; 4]>(size).await;
            if (inner_width, inner_height) == (width, height) {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "the window is {inner_width} x {inner_height}");
            self.driver.set_window_rect(0, 0, width + beside, height + above).await.expect("the window has a size");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Leaves a picture of the window in `target/screenshots/`, to be looked at.
    pub async fn screenshot(&self, name: &str) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
        std::fs::create_dir_all(&folder).expect("the folder can be made");
        self.driver.screenshot(&folder.join(format!("{name}.png"))).await.expect("a screenshot");
    }

    /// Sends a command of Chromium's developer tools.
    pub async fn devtools(&self, command: &str, parameters: serde_json::Value) -> serde_json::Value {
        assert_eq!(self.engine, Engine::Chromium, "{command}: begin this test with `only_on_chromium!`");
        self.driver.cdp().send_raw(command, parameters).await.unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// Switches the network of the device off or on. Without developer tools it is the server that is cut off, and
    /// the page shown is told that there is no network.
    pub async fn set_offline(&self, offline: bool) {
        if self.engine != Engine::Chromium {
            self.server.cut(offline);
            let event = if offline { "offline" } else { "online" };
            self.js::<()>(&format!(
                "Object.defineProperty(navigator, 'onLine', {{ get: () => {}, configurable: true }});
                 dispatchEvent(new Event('{event}'))",
                !offline
            ))
            .await;
            return;
        }
        self.devtools("Network.enable", serde_json::json!({})).await;
        let state =
            serde_json::json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        // Workers have connections of their own, and have to have them when the page hears of its own.
        if offline {
            self.devtools("Network.emulateNetworkConditions", state.clone()).await;
        }
        let targets = self.devtools("Target.getTargets", serde_json::json!({})).await;
        for target in targets["targetInfos"].as_array().expect("a list") {
            if target["type"] != "worker" {
                continue;
            }
            let worker = serde_json::json!({ "targetId": target["targetId"], "flatten": false });
            let session = self.devtools("Target.attachToTarget", worker).await;
            for (id, method, params) in
                [(1, "Network.enable", &serde_json::json!({})), (2, "Network.emulateNetworkConditions", &state)]
            {
                let message = serde_json::json!({ "id": id, "method": method, "params": params }).to_string();
                let message = serde_json::json!({ "sessionId": session["sessionId"], "message": message });
                self.devtools("Target.sendMessageToTarget", message).await;
            }
        }
        if !offline {
            self.devtools("Network.emulateNetworkConditions", state).await;
        }
    }

    /// Ends the visit; anything that went wrong on the console fails the test.
    pub async fn leave(self) {
        assert_eq!(self.server.missing(), Vec::<String>::new(), "files that pages name are not there");
        self.leave_without_files().await;
    }

    /// Ends the visit of a portal that was built without its pictures and films: the console still has to be silent.
    pub async fn leave_without_files(self) {
        let wrong = self.what_went_wrong().await;
        assert!(wrong.is_empty(), "the console says: {wrong:#?}");
        let wrong = self.what_the_browser_wrote().await;
        assert!(wrong.is_empty(), "the browser writes on the console: {wrong:#?}");
        self.leave_without_scripts().await;
    }

    /// Ends a visit without scripts, or whose scripts were brought to fail: the console is not asked.
    pub async fn leave_without_scripts(mut self) {
        self.has_left = true;
        self.driver.clone().quit().await.expect("the browser closes");
    }

    /// The errors that the browser itself wrote on the console, those among them that no page can listen to: of workers,
    /// and of pages before they are watched. Only Chromium's driver tells them. What it writes of answers that failed is
    /// of the network, and no error of the portal.
    async fn what_the_browser_wrote(&self) -> Vec<String> {
        if self.engine != Engine::Chromium {
            return Vec::new();
        }
        let written = self.driver.browser_log().await.expect("the driver keeps what is written").into_iter();
        written
            .filter(|entry| {
                let source = entry.source.as_deref();
                entry.level == "SEVERE" && matches!(source, Some("javascript" | "security" | "worker"))
            })
            .map(|entry| entry.message)
            .collect()
    }

    /// What went wrong on the console so far.
    pub async fn what_went_wrong(&self) -> Vec<String> {
        self.js("return JSON.parse(sessionStorage.getItem('watched') || '[]')").await
    }

    /// The last warnings on the console.
    pub async fn warnings(&self) -> Vec<String> {
        self.js("return JSON.parse(sessionStorage.getItem('warned') || '[]')").await
    }
}
