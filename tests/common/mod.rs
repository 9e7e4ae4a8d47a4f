//! What the tests of the program share: a folder of their own that goes away, and the program run in it.
//! Separate because behaviour is tested through the binary, and every test needs the same two things.
#![allow(dead_code, unreachable_pub)] // each test file uses its part

use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};

/// Praise, complaint and neither, as people write them.
pub const GOOD: &str = "The bread was lovely and the staff were kind to us.";
pub const BAD: &str = "The bread was stale and nobody helped us, terrible.";

/// A folder for one test; the program runs in it, so that names in messages are short.
pub struct Place(PathBuf);

impl Place {
    pub fn new() -> Self {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let name = format!("earful-test-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// A new folder with one file in it.
    pub fn with(name: &str, content: impl AsRef<[u8]>) -> Self {
        let place = Self::new();
        place.write(name, content);
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// The names of the files that are there.
    pub fn files(&self) -> Vec<String> {
        let mut names: Vec<String> =
            std::fs::read_dir(&self.0).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// The program, not yet started.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_earful"));
        command.current_dir(&self.0).args(args).stdin(Stdio::null());
        // Fixtures repeat few texts many times; what is tested with them is not that.
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("EARFUL_")) {
            command.env_remove(name);
        }
        command.env("EARFUL_COPIES", "count");
        command
    }

    /// Runs the program to its end.
    pub fn run(&self, args: &[&str]) -> Run {
        Run::of(args, self.command(args).output().unwrap())
    }

    /// Runs the program with something on standard input.
    pub fn pipe(&self, args: &[&str], input: impl AsRef<[u8]>) -> Run {
        let mut child = self.command(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.as_ref().to_vec();
        let feeder = std::thread::spawn(move || {
            // The program may stop reading before the end.
            let _ = stdin.write_all(&input);
        });
        let output = child.wait_with_output().unwrap();
        feeder.join().unwrap();
        Run::of(args, output)
    }

    /// The report of files as JSON, with its sums checked, whatever the exit status.
    pub fn report(&self, files: &[&str]) -> Value {
        let args: Vec<&str> = ["report", "--format", "json"].into_iter().chain(files.iter().copied()).collect();
        let run = self.run(&args);
        assert!(run.status == 0 || run.status == 3, "{run:?}");
        sums_add_up(&run.json());
        run.json()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // What cannot be removed is left to the system's own cleaning.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A run that has ended.
#[derive(Debug)]
pub struct Run {
    pub args: String,
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    fn of(args: &[&str], output: std::process::Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap_or_else(|e| panic!("{args:?}: output is not UTF-8: {e}"));
        Self { args: args.join(" "), status: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }

    /// The run, if it ended well and said nothing on standard error.
    pub fn fine(self) -> Self {
        assert!(self.status == 0 && self.err.is_empty(), "{self:?}");
        self
    }

    /// The run, if it ended with this status and its message holds all these parts.
    pub fn fails(self, status: i32, parts: &[&str]) -> Self {
        assert_eq!(self.status, status, "{self:?}");
        assert!(self.err.starts_with("earful: "), "{self:?}");
        for part in parts {
            assert!(self.err.contains(part), "{part:?} is not in: {self:?}");
        }
        self
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }

    /// The lines of output as JSON.
    pub fn rows(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
    }

    /// The output as CSV: header and rows.
    pub fn table(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let mut reader = csv::Reader::from_reader(self.out.as_bytes());
        let header = reader.headers().unwrap().iter().map(str::to_owned).collect();
        (header, reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect())
    }
}

/// A count of the report, by its path.
pub fn count(report: &Value, path: &str) -> u64 {
    report.pointer(path).and_then(Value::as_u64).unwrap_or_else(|| panic!("no count at {path} in {report}"))
}

/// Read = scored + skipped + excluded, the reasons are all that was not scored, and the classes are all scored.
pub fn sums_add_up(report: &Value) {
    let read = |name: &str| count(report, &format!("/read/{name}"));
    assert_eq!(read("records"), read("scored") + read("skipped") + read("excluded"), "{report}");
    let reasons: u64 = report["read"]["reasons"].as_array().unwrap().iter().map(|reason| count(reason, "/count")).sum();
    assert_eq!(reasons, read("skipped") + read("excluded"), "{report}");
    let classes: u64 =
        ["positive", "negative", "mixed", "neutral"].iter().map(|class| count(report, &format!("/sentiment/{class}/count"))).sum();
    assert_eq!(classes, read("scored"), "{report}");
}

/// Scored and skipped records.
pub fn scored_and_skipped(report: &Value) -> (u64, u64) {
    (count(report, "/read/scored"), count(report, "/read/skipped"))
}

/// A CSV of so many reviews, the first and each second one praise.
pub fn reviews(number: usize) -> String {
    let rows: String = (1..=number).map(|n| format!("r{n},\"{}\"\n", if n % 2 == 1 { GOOD } else { BAD })).collect();
    format!("id,review\n{rows}")
}

/// A shipped file.
pub fn shipped(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Packs bytes as gzip.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// Packs bytes as Zstandard.
pub fn zst(bytes: &[u8]) -> Vec<u8> {
    zstd::stream::encode_all(bytes, 1).unwrap()
}

/// Takes the names of files out of all places of a report, however deep they stand: the record's number is left.
pub fn bare_places(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(members) => {
            for (name, member) in members {
                match member {
                    serde_json::Value::String(place) if name == "place" => {
                        *place = place.rsplit_once(':').unwrap().1.split(' ').next().unwrap().to_owned();
                    }
                    _ => bare_places(member),
                }
            }
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(bare_places),
        _ => {}
    }
}

/// Without the lines that say how many rows of a list are not shown.
pub fn without_rests(text: &str) -> String {
    let rest = |line: &&str| line.trim().starts_with("and ") && line.trim().ends_with(" more");
    text.lines().filter(|line| !rest(line)).map(|line| format!("{line}\n")).collect()
}
