//! The program as a separate process.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::SocketAddr;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use tokio::time::{sleep, timeout};

/// Limit of every wait, with a margin for a machine that compiles at the same time.
const PATIENCE: Duration = Duration::from_secs(30);

/// The program of the test run.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_notes");

/// The result of a program that ended.
#[derive(Debug)]
pub(crate) struct Ran {
    /// Exit code of the program; `None` after a signal.
    pub(crate) code: Option<i32>,
    /// Text on standard output.
    pub(crate) output: String,
    /// Text on standard error.
    pub(crate) errors: String,
}

/// Runs the program with these arguments and variables, and no others.
pub(crate) fn run(arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
    run_with(arguments, variables, "")
}

/// Runs the program with this text on standard input.
pub(crate) fn run_with(arguments: &[&str], variables: &[(&str, &str)], input: &str) -> Ran {
    let mut child = Command::new(PROGRAM)
        .args(arguments)
        .env_clear()
        .envs(variables.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Dropped at once: the program sees the end. One that does not read it has ended, which is no failure.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let ran = child.wait_with_output().unwrap();
    Ran {
        code: ran.status.code(),
        output: String::from_utf8(ran.stdout).unwrap(),
        errors: String::from_utf8(ran.stderr).unwrap(),
    }
}

/// A process of `notes serve` on a separate port, with a database in memory.
pub(crate) struct Process {
    child: Child,
    output: Arc<Mutex<Vec<String>>>,
    address: Option<SocketAddr>,
}

impl Process {
    /// Starts the program with these variables and no others.
    pub(crate) fn start(variables: &[(&str, &str)]) -> Self {
        Self::of(PROGRAM, variables)
    }

    /// Starts another program with these variables and no others.
    pub(crate) fn of(program: &str, variables: &[(&str, &str)]) -> Self {
        Self::by(Command::new(program).arg("serve"), variables)
    }

    /// Starts the program through a command that executes it.
    pub(crate) fn by(command: &mut Command, variables: &[(&str, &str)]) -> Self {
        let mut child = command
            .env_clear()
            .env("PORT", "0")
            .env("METRICS_PORT", "off")
            // Tests ask as fast as they can.
            .env("USER_RATE", "off")
            .env("NETWORK_RATE", "off")
            .env("DATABASE_URL", "sqlite::memory:")
            .envs(variables.iter().copied())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let output = Arc::new(Mutex::new(Vec::new()));
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let sink = Arc::clone(&output);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                sink.lock().unwrap().push(line);
            }
        });
        Self {
            child,
            output,
            address: None,
        }
    }

    /// Returns the address from the log entry `listening`; waits for it.
    pub(crate) async fn address(&mut self) -> SocketAddr {
        if let Some(address) = self.address {
            return address;
        }
        let event = self.event("listening").await;
        let address = event["address"].as_str().unwrap().parse().unwrap();
        *self.address.insert(address)
    }

    /// Waits for a log entry with this message, and returns it.
    pub(crate) async fn event(&self, message: &str) -> Value {
        let look = async {
            loop {
                if let Some(event) = self.find(message) {
                    return event;
                }
                sleep(Duration::from_millis(10)).await;
            }
        };
        timeout(PATIENCE, look)
            .await
            .unwrap_or_else(|_| panic!("no `{message}` in {:#?}", self.lines()))
    }

    fn find(&self, message: &str) -> Option<Value> {
        let lines = self.lines();
        let mut events = lines.iter().map(|line| {
            serde_json::from_str::<Value>(line).unwrap_or_else(|_| panic!("no JSON: {line}"))
        });
        events.find(|event| event["message"] == message)
    }

    /// Text on standard output.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.output.lock().unwrap().clone()
    }

    /// Returns the peak memory since [`Self::forget_peak`] (`proc_pid_status(5)`).
    pub(crate) fn peak_mib(&self) -> u64 {
        let status = std::fs::read_to_string(self.file("status")).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib: u64 = line
            .unwrap()
            .trim()
            .trim_end_matches(" kB")
            .parse()
            .unwrap();
        kib / 1024
    }

    /// Resets the peak memory (`proc_pid_clear_refs(5)`).
    pub(crate) fn forget_peak(&self) {
        std::fs::write(self.file("clear_refs"), "5").unwrap();
    }

    /// Returns the CPU time of the process, in hundredths of a second (`proc_pid_stat(5)`).
    pub(crate) fn cpu(&self) -> Duration {
        let stat = std::fs::read_to_string(self.file("stat")).unwrap();
        let (_, fields) = stat.rsplit_once(") ").unwrap();
        let fields = fields.split(' ').skip(11).take(2);
        let ticks = fields
            .map(|field| field.parse::<u64>().unwrap())
            .sum::<u64>();
        Duration::from_millis(ticks * 10)
    }

    fn file(&self, name: &str) -> String {
        format!("/proc/{}/{name}", self.child.id())
    }

    /// Returns the process ID.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends SIGTERM.
    pub(crate) fn terminate(&self) {
        let id = self.child.id().to_string();
        let killed = Command::new("kill").args(["-TERM", &id]).status().unwrap();
        assert!(killed.success());
    }

    /// Kills the process immediately, as the kernel does when memory is exhausted.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
    }

    /// Waits until the process ends.
    pub(crate) async fn ended(&mut self) -> ExitStatus {
        let look = async {
            loop {
                if let Some(status) = self.child.try_wait().unwrap() {
                    return status;
                }
                sleep(Duration::from_millis(10)).await;
            }
        };
        timeout(PATIENCE, look).await.expect("it ends")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
