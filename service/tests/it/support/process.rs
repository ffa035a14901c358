//! The program itself, as a process of its own.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::SocketAddr;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use tokio::time::{sleep, timeout};

/// Long enough for a machine that builds at the same time.
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

/// The same, with this on its standard input.
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

/// `notes serve` on a port of its own, over a database in memory.
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

    /// The same by a command that becomes the program.
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

    /// The event with this message, once it is logged.
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

    /// The most memory that it has had since [`Self::forget_peak`] (`proc_pid_status(5)`).
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

    /// Begins to count its memory anew (`proc_pid_clear_refs(5)`).
    pub(crate) fn forget_peak(&self) {
        std::fs::write(self.file("clear_refs"), "5").unwrap();
    }

    /// The time that processors have worked for it, in hundredths of a second (`proc_pid_stat(5)`).
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

    /// The number of the process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends SIGTERM.
    pub(crate) fn terminate(&self) {
        let id = self.child.id().to_string();
        let killed = Command::new("kill").args(["-TERM", &id]).status().unwrap();
        assert!(killed.success());
    }

    /// Ends it at once, as the kernel does when there is no memory.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
    }

    /// Waits for its end.
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
