//! Tests of the program as a separate process: signals, streams, and real network calls.

#![cfg(unix)]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;
use tempfile::TempDir;

/// Prepares the program in a folder, with only `PATH` and `HOME` of this process; temporary files go to its folder `tmp`.
fn program(folder: &Path, arguments: &[&str]) -> Command {
    let temporary = folder.join("tmp");
    fs::create_dir_all(&temporary).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_infra"));
    command
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("HOME", folder)
        .env("TMPDIR", temporary)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    program(folder, arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Writes an assembly of one stack with a queue to a folder.
fn assembly(folder: &Path, region: &str, delay: u32) {
    fs::create_dir_all(folder).unwrap();
    let manifest = json!({ "version": "36.0.0", "artifacts": { "Web": {
        "type": "aws:cloudformation:stack", "environment": format!("aws://unknown-account/{region}"),
        "properties": { "templateFile": "Web.template.json" } } } });
    let template = json!({ "Resources": { "Queue": {
        "Type": "AWS::SQS::Queue", "Properties": { "DelaySeconds": delay } } } });
    fs::write(folder.join("manifest.json"), manifest.to_string()).unwrap();
    fs::write(folder.join("Web.template.json"), template.to_string()).unwrap();
}

/// Creates a project whose app is a shell script; `$4` is the output folder.
fn project(script: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    assembly(&folder.path().join("made"), "eu-west-1", 5);
    fs::write(folder.path().join("app.sh"), script).unwrap();
    fs::write(folder.path().join("infra.toml"), "app = 'sh app.sh'\n").unwrap();
    folder
}

fn wait_for(what: &str, done: impl Fn() -> bool) {
    let started = Instant::now();
    while !done() {
        assert!(started.elapsed() < Duration::from_mins(1), "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn is_running(id: &str) -> bool {
    let status = fs::read_to_string(format!("/proc/{}/stat", id.trim()));
    // A zombie: a process that has exited and has not been waited for.
    status.is_ok_and(|status| !status.contains(") Z "))
}

fn signal(child: &Child, name: &str) {
    let id = child.id().to_string();
    let sent = Command::new("kill").args([name, &id]).status().unwrap();
    assert!(sent.success());
}

#[cfg(target_os = "linux")]
#[test]
fn ends_app_and_removes_temporary_folder_on_signal() {
    for name in ["-TERM", "-INT", "-HUP"] {
        let folder = project("sleep 1000 & echo $! > id; wait\n");
        let child = program(folder.path(), &["diff", "--against", "made"])
            .spawn()
            .unwrap();
        let id = folder.path().join("id");
        wait_for("the app runs", || {
            fs::read_to_string(&id).is_ok_and(|id| id.ends_with('\n'))
        });
        let temporary = folder.path().join("tmp");
        assert_eq!(fs::read_dir(&temporary).unwrap().count(), 1);
        signal(&child, name);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(130), "{name} {output:?}");
        assert_eq!(text(&output.stdout), "");
        assert_eq!(fs::read_dir(&temporary).unwrap().count(), 0);
        let grandchild = fs::read_to_string(&id).unwrap();
        wait_for("what the app started ends", || !is_running(&grandchild));
    }
}

#[test]
fn kills_app_that_ignores_first_signal() {
    let folder = project("trap '' TERM; touch ready; while :; do sleep 0.1; done\n");
    let child = program(folder.path(), &["diff", "--against", "made"])
        .spawn()
        .unwrap();
    wait_for("the app runs", || folder.path().join("ready").exists());
    signal(&child, "-TERM");
    std::thread::sleep(Duration::from_millis(300));
    signal(&child, "-TERM");
    let started = Instant::now();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{output:?}");
    assert!(started.elapsed() < Duration::from_secs(4));
}

#[test]
fn keeps_standard_input_from_app() {
    let folder = project("cat > typed; mkdir -p \"$4\"; cp made/* \"$4\"\n");
    let mut child = program(folder.path(), &["diff", "--against", "made"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let _ = child.stdin.take().unwrap().write_all(b"yes\n");
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(fs::read_to_string(folder.path().join("typed")).unwrap(), "");
}

#[test]
fn accepts_app_path_with_invalid_utf_8() {
    let folder = tempfile::tempdir().unwrap();
    let strange = folder
        .path()
        .join(std::ffi::OsStr::from_bytes(b"st\xffange"));
    fs::create_dir_all(&strange).unwrap();
    let app = strange.join("app");
    assembly(&folder.path().join("made"), "eu-west-1", 5);
    fs::write(&app, "#!/bin/sh\nmkdir -p \"$4\"; cp made/* \"$4\"\n").unwrap();
    let executable = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(&app, executable).unwrap();
    let output = program(folder.path(), &["diff", "--against", "made"])
        .env("INFRA_CALLING_APP", &app)
        .env("INFRA_CALLING_APP_VERSION", env!("CARGO_PKG_VERSION"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(
        text(&output.stdout).starts_with("no differences"),
        "{output:?}"
    );
}

/// Returns the host of the first call, from the request to a proxy.
fn first_host(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let proxy = format!("http://{}", listener.local_addr().unwrap());
    let mut command = program(folder, arguments);
    if !arguments.contains(&"--profile") {
        command
            .env("AWS_ACCESS_KEY_ID", "id")
            .env("AWS_SECRET_ACCESS_KEY", "secret");
    }
    let mut child = command
        .env("HTTPS_PROXY", proxy)
        .envs(variables.iter().copied())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let (stream, _) = listener.accept().unwrap();
    let mut line = String::new();
    BufReader::new(stream.take(1024))
        .read_line(&mut line)
        .unwrap();
    let _ = child.kill();
    let _ = child.wait();
    let host = line.strip_prefix("CONNECT ").unwrap_or(&line);
    host.split(':').next().unwrap_or_default().to_owned()
}

const AWS_CONFIG: &str = "
[profile fips]
region = us-gov-west-1
use_fips_endpoint = true
[profile dual]
region = eu-west-1
use_dualstack_endpoint = true
[profile plain]
region = ap-south-1
aws_access_key_id = id
aws_secret_access_key = secret
";

#[test]
fn uses_endpoint_of_partition_and_endpoint_settings() {
    let folder = tempfile::tempdir().unwrap();
    assembly(&folder.path().join("made"), "unknown-region", 5);
    fs::create_dir_all(folder.path().join(".aws")).unwrap();
    fs::write(folder.path().join(".aws/config"), AWS_CONFIG).unwrap();
    let doctor = ["doctor", "--assembly", "made"];
    let host = |variables: &[(&str, &str)]| first_host(folder.path(), &doctor, variables);
    for (region, sts) in [
        ("eu-west-1", "sts.eu-west-1.amazonaws.com"),
        ("cn-north-1", "sts.cn-north-1.amazonaws.com.cn"),
        ("us-gov-west-1", "sts.us-gov-west-1.amazonaws.com"),
        ("us-iso-east-1", "sts.us-iso-east-1.c2s.ic.gov"),
        ("us-isob-east-1", "sts.us-isob-east-1.sc2s.sgov.gov"),
    ] {
        assert_eq!(host(&[("AWS_REGION", region)]), sts);
    }
    let fips = [
        ("AWS_REGION", "us-east-1"),
        ("AWS_USE_FIPS_ENDPOINT", "true"),
    ];
    assert_eq!(host(&fips), "sts-fips.us-east-1.amazonaws.com");
    let dual = [
        ("AWS_REGION", "us-east-1"),
        ("AWS_USE_DUALSTACK_ENDPOINT", "true"),
    ];
    assert_eq!(host(&dual), "sts.us-east-1.api.aws");
    // Region and endpoint settings of a profile.
    assert_eq!(
        host(&[("AWS_PROFILE", "fips")]),
        "sts.us-gov-west-1.amazonaws.com"
    );
    assert_eq!(host(&[("AWS_PROFILE", "dual")]), "sts.eu-west-1.api.aws");
}

/// Identifies the source of the region by the host of the first call.
#[test]
fn prefers_region_of_option_then_variable_then_project_then_profile() {
    let folder = tempfile::tempdir().unwrap();
    let at = |file: &str, text: &str| fs::write(folder.path().join(file), text).unwrap();
    assembly(&folder.path().join("made"), "unknown-region", 5);
    fs::create_dir_all(folder.path().join(".aws")).unwrap();
    at(".aws/config", AWS_CONFIG);
    let project = "app = 'x'\n[defaults]\nregion = 'eu-north-1'\n[environments.prod]\nregion = 'eu-south-1'\n[environments.dev]\n";
    at("infra.toml", project);
    let region = |arguments: &[&str], variables: &[(&str, &str)]| {
        let all = [&["doctor", "--assembly", "made"], arguments].concat();
        let host = first_host(folder.path(), &all, variables);
        host.split('.').nth(1).unwrap_or_default().to_owned()
    };
    let profile = ("AWS_PROFILE", "plain");
    let variable = ("AWS_REGION", "sa-east-1");
    let prod = ["--env", "prod"];
    assert_eq!(
        region(
            &["--env", "prod", "--region", "me-south-1"],
            &[variable, profile]
        ),
        "me-south-1"
    );
    assert_eq!(region(&prod, &[variable, profile]), "sa-east-1");
    // The region of a project takes precedence over that of the user's profile.
    assert_eq!(region(&prod, &[profile]), "eu-south-1");
    assert_eq!(region(&["--env", "dev"], &[profile]), "eu-north-1");
    // The source of the assembly does not change the account.
    let app = ["--app", "made", "--env", "prod"];
    let host = first_host(folder.path(), &[&["doctor"][..], &app].concat(), &[]);
    assert_eq!(host, "sts.eu-south-1.amazonaws.com");
    at("infra.toml", "app = 'x'\n");
    assert_eq!(region(&[], &[profile]), "ap-south-1");
    assert_eq!(region(&["--profile", "plain"], &[]), "ap-south-1");
}

#[test]
fn refuses_profile_option_with_key_variable() {
    let folder = tempfile::tempdir().unwrap();
    assembly(&folder.path().join("made"), "eu-west-1", 5);
    let doctor = ["doctor", "--assembly", "made", "--profile", "plain"];
    let output = program(folder.path(), &doctor)
        .env("AWS_ACCESS_KEY_ID", "id")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(
        text(&output.stderr).starts_with(
            "error[INF7007]: `--profile plain` and AWS_ACCESS_KEY_ID both specify credentials\n"
        ),
        "{output:?}"
    );
}

/// Starts two runs at once, each with the revision's project file, and expects no remains of either.
#[test]
fn synthesizes_concurrent_revisions_by_own_project_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
        let output = Command::new("git")
            .current_dir(path)
            .args(identity.iter().chain(arguments))
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        text(&output.stdout)
    };
    git(&["init", "--quiet"]);
    fs::write(path.join(".gitignore"), "/target\n/tmp\n").unwrap();
    for (delay, script) in [(1, "first.sh"), (2, "second.sh"), (3, "third.sh")] {
        assembly(&path.join("made"), "eu-west-1", delay);
        for old in ["first.sh", "second.sh"] {
            let _ = fs::remove_file(path.join(old));
        }
        fs::write(
            path.join(script),
            "sleep 0.5; mkdir -p \"$4\"; cp made/* \"$4\"\n",
        )
        .unwrap();
        fs::write(path.join("infra.toml"), format!("app = 'sh {script}'\n")).unwrap();
        git(&["add", "--all"]);
        git(&["commit", "--quiet", "--message", script]);
    }
    let runs = [("git:HEAD~2", "1 → 3"), ("git:HEAD~1", "2 → 3")];
    let children: Vec<Child> = runs
        .iter()
        .map(|(revision, _)| {
            program(path, &["diff", "--against", revision])
                .spawn()
                .unwrap()
        })
        .collect();
    for (child, (revision, change)) in children.into_iter().zip(runs) {
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{revision} {output:?}");
        let expected = format!("~ DelaySeconds: {change}");
        assert!(
            text(&output.stdout).contains(&expected),
            "{revision} {output:?}"
        );
    }
    assert_eq!(git(&["worktree", "list"]).lines().count(), 1);
    assert_eq!(git(&["status", "--short"]), "");

    // A run that is killed leaves no files behind.
    fs::write(
        path.join("slow.sh"),
        "touch \"$INFRA_DIRECTORY/tmp/ready\"; sleep 1000\n",
    )
    .unwrap();
    fs::write(path.join("infra.toml"), "app = 'sh slow.sh'\n").unwrap();
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--message", "slow"]);
    fs::write(path.join("infra.toml"), "app = 'sh third.sh'\n").unwrap();
    let child = program(path, &["diff", "--against", "git:HEAD"])
        .spawn()
        .unwrap();
    wait_for("the app of the revision runs", || {
        path.join("tmp/ready").exists()
    });
    signal(&child, "-TERM");
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{output:?}");
    assert_eq!(git(&["worktree", "list"]).lines().count(), 1);

    // A revision from before the project file was added.
    git(&["rm", "--quiet", "--cached", "infra.toml"]);
    git(&["commit", "--quiet", "--message", "none"]);
    let output = run(path, &["diff", "--against", "git:HEAD"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(
        text(&output.stderr).starts_with("error[INF7110]: `HEAD` has no `infra.toml`\n"),
        "{output:?}"
    );
}
