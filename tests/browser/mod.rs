//! A browser for tests. In: pages on disk. Out: what Chromium says of them over its DevTools protocol.
//! Separate because what a page does can only be told by the program that runs it.
//!
//! Chromium is looked for in `$EARFUL_CHROMIUM` and its usual places. Without one, tests say that they were
//! skipped, unless `EARFUL_BROWSER=required`.
#![allow(dead_code, clippy::needless_pass_by_value)] // each test file uses its part; parameters are written where they go

use serde_json::{Value, json};
use std::io::Write;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tungstenite::{Message, WebSocket};

const PLACES: [&str; 5] = [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/usr/bin/google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
const FLAGS: [&str; 12] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
];
const PATIENCE: Duration = Duration::from_mins(1);

/// A running browser; it ends with its value.
pub struct Browser {
    child: Child,
    profile: PathBuf,
    socket: WebSocket<TcpStream>,
    number: u64,
    events: Vec<Value>,
}

impl Browser {
    /// Starts one; `None`, said on standard error, where there is none.
    pub fn start(test: &str) -> Option<Self> {
        let Some(program) = program() else {
            assert!(
                std::env::var("EARFUL_BROWSER").as_deref() != Ok("required"),
                "{test}: no Chromium found, and EARFUL_BROWSER=required: install it or set EARFUL_CHROMIUM"
            );
            // Past the test harness, which keeps what passing tests print to itself.
            let _ = writeln!(std::io::stderr().lock(), "SKIPPED {test}: no Chromium found; install it or set EARFUL_CHROMIUM");
            return None;
        };
        let profile = std::env::temp_dir().join(format!("earful-browser-{}-{test}", std::process::id()));
        std::fs::create_dir_all(&profile).unwrap();
        let child = Command::new(&program)
            .args(FLAGS)
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg("about:blank")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|e| panic!("{}: {e}", program.display()));
        let (port, path) = address(&profile);
        let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let (socket, _) = tungstenite::client(format!("ws://127.0.0.1:{port}{path}"), stream).unwrap();
        Some(Self { child, profile, socket, number: 0, events: Vec::new() })
    }

    /// Opens a page of a width, dark or light, and waits until it is there.
    pub fn open(&mut self, file: &Path, width: u32, dark: bool) -> Tab<'_> {
        let target = self.call(None, "Target.createTarget", json!({ "url": "about:blank" }))["targetId"].clone();
        let session = self.call(None, "Target.attachToTarget", json!({ "targetId": target, "flatten": true }))["sessionId"].clone();
        self.events.clear();
        let mut tab = Tab { session: session.as_str().unwrap().to_owned(), browser: self };
        for domain in ["Page", "Runtime", "Network", "Log", "Accessibility"] {
            tab.call(&format!("{domain}.enable"), json!({}));
        }
        let size = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        tab.call("Emulation.setDeviceMetricsOverride", size);
        tab.media("", dark);
        tab.call("Page.navigate", json!({ "url": format!("file://{}", file.display()) }));
        tab.wait("Page.loadEventFired");
        tab
    }

    fn call(&mut self, session: Option<&str>, method: &str, params: Value) -> Value {
        self.number += 1;
        let mut message = json!({ "id": self.number, "method": method, "params": params });
        if let Some(session) = session {
            message["sessionId"] = session.into();
        }
        self.socket.send(Message::text(message.to_string())).unwrap();
        loop {
            let mut answer = self.read();
            if answer["id"] == self.number {
                assert!(answer["error"].is_null(), "{method}: {answer}");
                return answer["result"].take();
            }
            self.events.push(answer);
        }
    }

    fn read(&mut self) -> Value {
        loop {
            match self.socket.read().unwrap_or_else(|e| panic!("Chromium does not answer: {e}")) {
                Message::Text(text) => return serde_json::from_str(&text).unwrap(),
                Message::Close(_) => panic!("Chromium closed the connection"),
                _ => {}
            }
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.socket.send(Message::text(json!({ "id": 0, "method": "Browser.close" }).to_string()));
        let _ = self.socket.flush();
        let until = Instant::now() + Duration::from_secs(5);
        while Instant::now() < until && matches!(self.child.try_wait(), Ok(None)) {
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}

fn program() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("EARFUL_CHROMIUM") {
        return Some(named.into());
    }
    PLACES.iter().map(PathBuf::from).find(|path| path.is_file())
}

/// Port and path of the browser's socket, which it writes into its profile.
fn address(profile: &Path) -> (u16, String) {
    let file = profile.join("DevToolsActivePort");
    let until = Instant::now() + PATIENCE;
    loop {
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        if let Some((port, path)) = text.split_once('\n').filter(|(_, path)| !path.is_empty()) {
            return (port.parse().unwrap(), path.trim().to_owned());
        }
        assert!(Instant::now() < until, "Chromium did not start");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// An open page.
pub struct Tab<'b> {
    browser: &'b mut Browser,
    session: String,
}

impl Tab<'_> {
    /// Calls a method of the protocol.
    pub fn call(&mut self, method: &str, params: Value) -> Value {
        self.browser.call(Some(&self.session), method, params)
    }

    /// Waits for an event.
    pub fn wait(&mut self, method: &str) {
        while !self.browser.events.iter().any(|event| event["method"] == method) {
            let event = self.browser.read();
            self.browser.events.push(event);
        }
    }

    /// What happened so far, by the name of the event.
    pub fn events(&self, method: &str) -> Vec<&Value> {
        self.browser.events.iter().filter(|event| event["method"] == method).map(|event| &event["params"]).collect()
    }

    /// What a script says.
    pub fn say(&mut self, script: &str) -> Value {
        let params = json!({ "expression": script, "returnByValue": true, "awaitPromise": true });
        let mut answer = self.call("Runtime.evaluate", params);
        assert!(answer["exceptionDetails"].is_null(), "{script}: {answer}");
        answer["result"]["value"].take()
    }

    /// Screen or print, light or dark.
    pub fn media(&mut self, media: &str, dark: bool) {
        let scheme = if dark { "dark" } else { "light" };
        let features =
            json!([{ "name": "prefers-color-scheme", "value": scheme }, { "name": "prefers-reduced-motion", "value": "reduce" }]);
        self.call("Emulation.setEmulatedMedia", json!({ "media": media, "features": features }));
        // What is folded away is shown with the next frames only.
        self.say("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    /// Loads the page again.
    pub fn reload(&mut self) {
        self.browser.events.clear();
        self.call("Page.reload", json!({}));
        self.wait("Page.loadEventFired");
    }

    /// Presses and releases a key.
    pub fn key(&mut self, key: &str, text: &str) {
        let code = if key == "Enter" { 13 } else { 9 };
        let down = json!({ "type": "keyDown", "key": key, "code": key, "windowsVirtualKeyCode": code, "text": text });
        self.call("Input.dispatchKeyEvent", down);
        self.call("Input.dispatchKeyEvent", json!({ "type": "keyUp", "key": key, "code": key, "windowsVirtualKeyCode": code }));
    }

    /// Clicks the middle of the element that a script finds.
    pub fn click(&mut self, element: &str) {
        let script = format!(
            "(() => {{ const e = {element}; e.scrollIntoView({{ block: 'center' }}); const r = e.getBoundingClientRect();
               return [r.x + r.width / 2, r.y + r.height / 2]; }})()"
        );
        let middle = self.say(&script);
        for kind in ["mousePressed", "mouseReleased"] {
            let params = json!({ "type": kind, "x": middle[0], "y": middle[1], "button": "left", "clickCount": 1 });
            self.call("Input.dispatchMouseEvent", params);
        }
    }

    /// The whole page as PNG, in base64.
    pub fn picture(&mut self, from: f64, height: f64, width: f64) -> String {
        let clip = json!({ "x": 0, "y": from, "width": width, "height": height, "scale": 1 });
        let params = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
        self.call("Page.captureScreenshot", params)["data"].as_str().unwrap().to_owned()
    }
}
