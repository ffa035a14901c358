//! Child processes and temporary folders that end with this process.
//!
//! A signal that ends this process is passed on to the child that it waits for, and temporary folders are removed. Signals belong
//! to the process, so this is the one place with state of the process.

use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::TempDir;

/// Children, folders, and what was asked of this process.
static STATE: Mutex<State> = Mutex::new(State {
    child: None,
    is_interrupted: false,
    is_handled: false,
    folders: Vec::new(),
});

#[derive(Debug)]
struct State {
    child: Option<Running>,
    /// A signal ended a child.
    is_interrupted: bool,
    /// A command has an answer of its own to signals.
    is_handled: bool,
    /// Folders to remove where the process ends at once.
    folders: Vec<PathBuf>,
}

/// A child that is waited for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Running {
    id: u32,
    /// True for one with a process group of its own, whose members all get the signals.
    leads_group: bool,
}

fn state() -> MutexGuard<'static, State> {
    // A panic elsewhere leaves a value that is whole.
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs a command to its end; a signal to this process ends it. Streams that the command pipes are read into the result.
///
/// At a terminal the child stays in the process group of this process: Ctrl-C reaches it directly, and it may ask for a
/// password. Elsewhere it leads a group, so that a signal reaches everything that it started.
pub(crate) fn run(command: &mut Command) -> io::Result<Output> {
    let child = start(command)?;
    let output = child.wait_with_output();
    let mut state = state();
    if let Some(child) = state.child.take()
        && state.is_interrupted
    {
        // What a shell starts in the background ignores Ctrl-C.
        end_group(child);
    }
    output
}

/// Runs a command as [`run`] does, with nothing on its standard input and both output streams read.
pub(crate) fn read(command: &mut Command) -> io::Result<Output> {
    let command = command.stdin(Stdio::null()).stdout(Stdio::piped());
    run(command.stderr(Stdio::piped()))
}

fn start(command: &mut Command) -> io::Result<Child> {
    let leads_group = !io::stdin().is_terminal();
    #[cfg(unix)]
    if leads_group {
        use std::os::unix::process::CommandExt as _;
        command.process_group(0);
    }
    // A signal waits until the child is known.
    let mut state = state();
    let child = command.spawn()?;
    state.child = Some(Running {
        id: child.id(),
        leads_group,
    });
    Ok(child)
}

/// True when a signal ended a child of this process, so that nothing more is to be done.
pub(crate) fn is_interrupted() -> bool {
    state().is_interrupted
}

/// Leaves signals to the command from now on, as long as no child runs.
pub(crate) fn handle_signals() {
    state().is_handled = true;
}

/// A temporary folder that is removed at the end of its scope, and where a signal ends this process.
#[derive(Debug)]
pub(crate) struct TemporaryFolder(TempDir);

impl TemporaryFolder {
    /// A folder in that of the system for temporary files.
    pub(crate) fn new() -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("infra-").tempdir()?;
        Ok(Self::of(folder))
    }

    /// A folder within another one, which is created where it is missing.
    pub(crate) fn within(parent: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(parent)?;
        let folder = tempfile::Builder::new().prefix("run-").tempdir_in(parent)?;
        Ok(Self::of(folder))
    }

    fn of(folder: TempDir) -> Self {
        state().folders.push(folder.path().to_owned());
        Self(folder)
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        let path = self.0.path();
        state().folders.retain(|folder| folder != path);
    }
}

#[cfg(unix)]
pub(crate) use signals::watch;

#[cfg(unix)]
use signals::end_group;

/// Nothing: elsewhere there are no process groups.
#[cfg(not(unix))]
fn end_group(_: Running) {}

/// Nothing: elsewhere children and this process share a console, which ends all of them.
#[cfg(not(unix))]
pub(crate) fn watch() {}

#[cfg(unix)]
mod signals {
    //! Signals that end this process.

    use std::thread;
    use std::time::Duration;

    use nix::sys::signal::{Signal, kill, killpg};
    use nix::unistd::Pid;
    use tokio::signal::unix::{SignalKind, signal};

    use super::{Running, state};
    use crate::ExitCode;

    /// Time that a child has to end itself after a signal.
    const GRACE: Duration = Duration::from_secs(5);

    /// Watches for signals as long as this process runs. Where that is not possible, a signal ends the process at once.
    pub(crate) fn watch() {
        let watching = thread::Builder::new().name("signals".to_owned());
        let _ = watching.spawn(|| {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_io()
                .build();
            if let Ok(runtime) = runtime {
                let _ = runtime.block_on(listen());
            }
        });
    }

    async fn listen() -> std::io::Result<()> {
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        let mut hangup = signal(SignalKind::hangup())?;
        loop {
            let received = tokio::select! {
                Some(()) = interrupt.recv() => Signal::SIGINT,
                Some(()) = terminate.recv() => Signal::SIGTERM,
                Some(()) = hangup.recv() => Signal::SIGHUP,
                else => return Ok(()),
            };
            answer(received);
        }
    }

    /// Passes a signal on, leaves it to the command, or ends the process.
    #[expect(
        clippy::exit,
        reason = "the main thread may be waiting for AWS or for a person"
    )]
    fn answer(received: Signal) {
        let mut state = state();
        if let Some(child) = state.child {
            let again = std::mem::replace(&mut state.is_interrupted, true);
            send(child, if again { Signal::SIGKILL } else { received });
            drop(state);
            if !again {
                thread::spawn(move || end_late(child));
            }
            return;
        }
        if state.is_handled {
            return;
        }
        for folder in state.folders.drain(..) {
            // What cannot be removed stays; the process ends all the same.
            let _ = std::fs::remove_dir_all(folder);
        }
        std::process::exit(ExitCode::Interrupted.number().into());
    }

    /// Kills a child that a signal did not end.
    fn end_late(child: Running) {
        thread::sleep(GRACE);
        if state().child == Some(child) {
            send(child, Signal::SIGKILL);
        }
    }

    /// Ends what is left of the group of a child that has ended.
    pub(super) fn end_group(child: Running) {
        if child.leads_group {
            send(child, Signal::SIGTERM);
        }
    }

    fn send(child: Running, signal: Signal) {
        let Ok(id) = i32::try_from(child.id) else {
            return;
        };
        // One that has ended already needs no signal.
        let _ = if child.leads_group {
            killpg(Pid::from_raw(id), signal)
        } else {
            kill(Pid::from_raw(id), signal)
        };
    }
}
