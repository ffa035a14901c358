//! Tests of credentials from every source, with the real program, separate configuration files, and a local server in place of AWS.

pub(crate) mod stand_in;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::json;
use tempfile::TempDir;

use stand_in::{Request, StandIn, assumed, aws, refused};

const DENIED: &str = "User: arn:aws:iam::111111111111:user/ada is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::222222222222:role/deploy";

/// Creates a folder with the assembly of a stack, and this AWS configuration file.
fn folder(config: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let assembly = folder.path().join("assembly");
    fs::create_dir(&assembly).unwrap();
    let manifest = json!({ "version": "48.0.0", "artifacts": { "Web": {
        "type": "aws:cloudformation:stack",
        "environment": "aws://unknown-account/eu-west-1",
        "properties": { "templateFile": "Web.template.json" },
    } } });
    let template = json!({ "Resources": { "Topic": { "Type": "AWS::SNS::Topic" } } });
    fs::write(assembly.join("manifest.json"), manifest.to_string()).unwrap();
    fs::write(assembly.join("Web.template.json"), template.to_string()).unwrap();
    fs::create_dir(folder.path().join(".aws")).unwrap();
    fs::write(folder.path().join(".aws/config"), config).unwrap();
    folder
}

/// Prepares `infra outputs` against this AWS, with only these environment variables.
fn outputs(folder: &Path, aws: &StandIn, variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_infra"));
    command
        .args(["outputs", "--assembly", "assembly", "--stack", "Web"])
        .current_dir(folder)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("HOME", folder)
        .env("AWS_REGION", "eu-west-1")
        .env("AWS_ENDPOINT_URL", &aws.address)
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .envs(variables.iter().copied());
    command
}

/// Returns the access key of the last call of CloudFormation, in a run that must succeed.
fn key(aws: &StandIn, output: &Output) -> String {
    let (stdout, stderr) = texts(output);
    assert_eq!(output.status.code(), Some(0), "{stdout}{stderr}");
    assert!(stdout.contains("https://web.example"), "{stdout}");
    let seen = aws.seen();
    let called = seen
        .iter()
        .rfind(|request| request.action() == "DescribeStacks");
    called.and_then(Request::key).unwrap()
}

fn texts(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr))
}

/// Returns the finding of a run that must fail with this exit code.
fn failure(output: &Output, code: i32) -> String {
    let (stdout, stderr) = texts(output);
    assert_eq!(output.status.code(), Some(code), "{stdout}{stderr}");
    assert_eq!(stdout, "");
    stderr
}

#[test]
fn rejects_unknown_profile_before_any_call() {
    let aws = StandIn::new(aws);
    let folder = folder("[profile work]\nregion = eu-west-1\n[profile prod]\n");
    let output = outputs(folder.path(), &aws, &[("AWS_PROFILE", "wrok")])
        .output()
        .unwrap();
    assert_eq!(
        failure(&output, 1),
        "error[INF7007]: the AWS profile `wrok` does not exist
   = expected: one of prod, work
   = note: searched in `~/.aws/config` and `~/.aws/credentials`
   = help: did you mean `work`?

"
    );
    assert!(aws.seen().is_empty());
}

#[test]
fn uses_credentials_of_instance_metadata_service() {
    let aws = StandIn::new(|request| {
        match request.line.as_str() {
        "PUT /latest/api/token" => (200, "imds-token".to_owned()),
        line if !line.starts_with("GET /latest/") => aws(request),
        _ if request.header("x-aws-ec2-metadata-token") != Some("imds-token") => {
            (401, String::new())
        }
        line if line.contains("/iam/security-credentials") && line.ends_with("/app-role") => (
            200,
            json!({ "Code": "Success", "Type": "AWS-HMAC", "AccessKeyId": "AKIAINSTANCE",
                "SecretAccessKey": "secret", "Token": "token", "LastUpdated": "2026-01-01T00:00:00Z",
                "Expiration": "2099-01-01T00:00:00Z" })
            .to_string(),
        ),
        line if line.contains("/iam/security-credentials/") => (200, "app-role".to_owned()),
        _ => (404, String::new()),
    }
    });
    let folder = folder("");
    let address = aws.address.clone();
    let variables = [
        ("AWS_EC2_METADATA_DISABLED", "false"),
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT", address.as_str()),
    ];
    let output = outputs(folder.path(), &aws, &variables).output().unwrap();
    assert_eq!(key(&aws, &output), "AKIAINSTANCE");
}

#[test]
fn uses_credentials_of_process_and_reports_failure() {
    let aws = StandIn::new(aws);
    let good = "[profile program]\ncredential_process = cat credentials.json\n[profile broken]\ncredential_process = sh -c 'echo no card >&2; exit 3'\n";
    let folder = folder(good);
    let credentials =
        json!({ "Version": 1, "AccessKeyId": "AKIAPROGRAM", "SecretAccessKey": "secret" });
    fs::write(
        folder.path().join("credentials.json"),
        credentials.to_string(),
    )
    .unwrap();
    let run = |profile| {
        outputs(folder.path(), &aws, &[("AWS_PROFILE", profile)])
            .output()
            .unwrap()
    };
    assert_eq!(key(&aws, &run("program")), "AKIAPROGRAM");
    let said = failure(&run("broken"), 8);
    assert!(
        said.contains("= note: `credential_process` of profile `broken` returned no credentials: "),
        "{said}"
    );
    assert!(said.contains("no card"), "{said}");
    assert!(
        said.contains(
            "= help: run the command in `credential_process` of profile `broken` yourself to see its output"
        ),
        "{said}"
    );
}

#[test]
fn uses_web_identity_and_reports_denied_role() {
    let folder = folder("");
    fs::write(folder.path().join("token"), "web-token").unwrap();
    let variables = [
        ("AWS_WEB_IDENTITY_TOKEN_FILE", "token"),
        ("AWS_ROLE_ARN", "arn:aws:iam::222222222222:role/deploy"),
    ];
    let good = StandIn::new(|request| match request.action() {
        "AssumeRoleWithWebIdentity" if request.body.contains("WebIdentityToken=web-token") => {
            assumed("AssumeRoleWithWebIdentity", "AKIAWEB")
        }
        _ => aws(request),
    });
    let output = outputs(folder.path(), &good, &variables).output().unwrap();
    assert_eq!(key(&good, &output), "AKIAWEB");

    let bad = StandIn::new(|_| {
        refused(
            "AccessDenied",
            "Not authorized to perform sts:AssumeRoleWithWebIdentity",
        )
    });
    let output = outputs(folder.path(), &bad, &variables).output().unwrap();
    let said = failure(&output, 8);
    assert!(
        said.contains("= note: cannot assume the role of the web identity: Not authorized to perform sts:AssumeRoleWithWebIdentity\n"),
        "{said}"
    );
    assert!(
        said.contains(
            "= help: check AWS_ROLE_ARN, the token file, and whether the role's trust policy"
        ),
        "{said}"
    );
}

#[test]
fn reports_aws_message_when_role_cannot_be_assumed() {
    let aws = StandIn::new(|_| refused("AccessDenied", DENIED));
    let folder = folder(
        "[profile keys]\naws_access_key_id = AKIASOURCE\naws_secret_access_key = secret\n\
         [profile prod]\nrole_arn = arn:aws:iam::222222222222:role/deploy\nsource_profile = keys\n",
    );
    let output = outputs(folder.path(), &aws, &[("AWS_PROFILE", "prod")])
        .output()
        .unwrap();
    let said = failure(&output, 8);
    assert!(
        said.contains(&format!(
            "   = note: cannot assume role `arn:aws:iam::222222222222:role/deploy` of profile `prod`: {DENIED}\n   = help: check whether the trust policy of the role allows the credentials of profile `keys`, and whether they have the permission sts:AssumeRole\n"
        )),
        "{said}"
    );
}

#[test]
fn uses_profile_credentials_of_each_environment() {
    let server = StandIn::new(aws);
    let folder = folder(
        "[profile notes-dev]\naws_access_key_id = AKIADEV\naws_secret_access_key = secret\n\
         [profile notes-prod]\naws_access_key_id = AKIAPROD\naws_secret_access_key = secret\n",
    );
    let file = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    file(
        "infra.toml",
        "app = \"sh app.sh\"\n[environments.dev]\nprofile = \"notes-dev\"\n[environments.prod]\nprofile = \"notes-prod\"\n",
    );
    // An app that supports `synth --quiet --out FOLDER …` in every environment.
    file(
        "app.sh",
        "while [ \"$1\" != --out ]; do shift; done\nmkdir -p \"$2\"\ncp assembly/* \"$2\"\n",
    );
    let template = json!({
        "Resources": { "Topic": { "Type": "AWS::SNS::Topic" } },
        "Outputs": { "ReleasesReleaseBucketName0A1B2C3D": { "Value": "releases" } },
    });
    file("assembly/Web.template.json", &template.to_string());
    let output = Command::new(env!("CARGO_BIN_EXE_infra"))
        .args(["releases", "--all-environments"])
        .current_dir(folder.path())
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("HOME", folder.path())
        .env("AWS_REGION", "eu-west-1")
        .env("AWS_ENDPOINT_URL", &server.address)
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .output()
        .unwrap();
    let (stdout, stderr) = texts(&output);
    // The deployed stacks have no release log, in either environment.
    assert_eq!(output.status.code(), Some(1), "{stdout}{stderr}");
    assert_eq!(stderr.matches("error[INF7520]").count(), 2, "{stderr}");
    let seen = server.seen();
    let asked = seen.iter().filter(|one| one.action() == "DescribeStacks");
    let keys: Vec<Option<String>> = asked.map(Request::key).collect();
    assert_eq!(
        keys,
        [Some("AKIADEV".to_owned()), Some("AKIAPROD".to_owned())]
    );
}

#[test]
fn names_login_command_when_not_logged_in() {
    let aws = StandIn::new(aws);
    let folder = folder(
        "[profile work]\nsso_session = company\nsso_account_id = 111111111111\nsso_role_name = Admin\n\
         [sso-session company]\nsso_region = eu-west-1\nsso_start_url = https://company.awsapps.com/start\n\
         [profile prod]\nrole_arn = arn:aws:iam::222222222222:role/deploy\nsource_profile = work\n\
         [profile console]\nlogin_session = arn:aws:iam::111111111111:user/ada\n",
    );
    for (profile, source, command) in [
        ("work", "work", "aws sso login --profile work"),
        ("prod", "work", "aws sso login --profile work"),
        ("console", "console", "aws login --profile console"),
    ] {
        let output = outputs(folder.path(), &aws, &[("AWS_PROFILE", profile)])
            .output()
            .unwrap();
        let said = failure(&output, 8);
        assert!(said.contains("no AWS credentials were found"), "{said}");
        assert!(
            said.contains(&format!(
                "   = note: profile `{source}` is not logged in, or its session has expired: "
            )),
            "{said}"
        );
        assert!(
            said.contains(&format!("   = help: log in with `{command}`\n")),
            "{said}"
        );
    }
}

/// SHA-256 digest of the session, which the AWS CLI uses as the name of its file.
const SESSION_DIGEST: &str = "178667f5500dce06c33b77bedc044c169ad7b45252574905118bcf346320c16f";

/// Uses the files of an active login that the AWS CLI writes on `aws login`.
#[test]
fn uses_credentials_of_console_login() {
    let aws = StandIn::new(aws);
    let session = "arn:aws:iam::111111111111:user/ada";
    let folder = folder(&format!("[profile console]\nlogin_session = {session}\n"));
    let cache = folder.path().join("cache");
    fs::create_dir(&cache).unwrap();
    let token = json!({
        "accessToken": { "accessKeyId": "AKIACONSOLE", "secretAccessKey": "secret", "sessionToken": "token",
            "accountId": "111111111111", "expiresAt": "2099-01-01T00:00:00Z" },
        "tokenType": "aws_sigv4", "refreshToken": "refresh", "clientId": "arn:aws:signin:::devtools/same-device",
        "idToken": "identity", "dpopKey": "read when the log-in is renewed",
    });
    fs::write(
        cache.join(format!("{SESSION_DIGEST}.json")),
        token.to_string(),
    )
    .unwrap();
    let cache = cache.to_str().unwrap();
    let variables = [
        ("AWS_PROFILE", "console"),
        ("AWS_LOGIN_CACHE_DIRECTORY", cache),
    ];
    let output = outputs(folder.path(), &aws, &variables).output().unwrap();
    assert_eq!(key(&aws, &output), "AKIACONSOLE");
}

const WITH_MFA: &str = "[profile keys]
aws_access_key_id = AKIASOURCE
aws_secret_access_key = secret
[profile secure]
role_arn = arn:aws:iam::222222222222:role/deploy
source_profile = keys
mfa_serial = arn:aws:iam::111111111111:mfa/ada
external_id = x1
duration_seconds = 900
";

#[test]
fn refuses_mfa_profile_without_terminal() {
    let aws = StandIn::new(aws);
    let folder = folder(WITH_MFA);
    let output = outputs(folder.path(), &aws, &[("AWS_PROFILE", "secure")])
        .output()
        .unwrap();
    assert_eq!(
        failure(&output, 8),
        "error[INF7001]: profile `secure` requires a code of the MFA device `arn:aws:iam::111111111111:mfa/ada`, but there is no terminal to ask for it
   = help: run the command at a terminal, or use credentials that do not require a code: session credentials in AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or a profile with `sso_session`

"
    );
    assert!(aws.seen().is_empty());

    // Keys in environment variables take precedence over the profile, so no code is requested.
    let variables = [
        ("AWS_PROFILE", "secure"),
        ("AWS_ACCESS_KEY_ID", "AKIAOWN"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
    ];
    let output = outputs(folder.path(), &aws, &variables).output().unwrap();
    assert_eq!(key(&aws, &output), "AKIAOWN");
}

/// Runs the command at a terminal that `script` of util-linux creates, and types this text.
#[cfg(target_os = "linux")]
fn at_a_terminal(folder: &Path, aws: &StandIn, typed: &str) -> Output {
    at_a_terminal_with(folder, aws, typed, &[])
}

#[cfg(target_os = "linux")]
fn at_a_terminal_with(
    folder: &Path,
    aws: &StandIn,
    typed: &str,
    variables: &[(&str, &str)],
) -> Output {
    let program = env!("CARGO_BIN_EXE_infra");
    let line = format!("{program} outputs --assembly assembly --stack Web");
    let mut command = outputs(folder, aws, &[("AWS_PROFILE", "secure"), ("TERM", "dumb")]);
    command.envs(variables.iter().copied());
    let mut script = Command::new("script");
    script
        .args(["--quiet", "--return", "--command", &line, "/dev/null"])
        .current_dir(folder)
        .env_clear()
        .envs(
            command
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = script.spawn().expect("`script` of util-linux");
    let mut keyboard = child.stdin.take().unwrap();
    keyboard.write_all(typed.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    drop(keyboard);
    output
}

#[cfg(target_os = "linux")]
#[test]
fn assumes_role_with_typed_mfa_code() {
    let aws = StandIn::new(|request| match request.action() {
        "AssumeRole" if request.key().as_deref() != Some("AKIASOURCE") => {
            refused("AccessDenied", "another key")
        }
        "AssumeRole" if !request.body.contains("TokenCode=123456") => refused(
            "AccessDenied",
            "MultiFactorAuthentication failed with invalid MFA one time pass code.",
        ),
        "AssumeRole" => assumed("AssumeRole", "AKIAROLE"),
        _ => aws(request),
    });
    let folder = folder(WITH_MFA);
    let output = at_a_terminal(folder.path(), &aws, "123456\n");
    assert_eq!(key(&aws, &output), "AKIAROLE");
    let (shown, _) = texts(&output);
    assert!(
        shown.contains("MFA code of arn:aws:iam::111111111111:mfa/ada for profile `secure`: "),
        "{shown}"
    );
    let seen = aws.seen();
    let assumed: Vec<&Request> = seen
        .iter()
        .filter(|one| one.action() == "AssumeRole")
        .collect();
    assert_eq!(assumed.len(), 1, "a code is accepted once");
    for field in [
        "SerialNumber=arn%3Aaws%3Aiam%3A%3A111111111111%3Amfa%2Fada",
        "ExternalId=x1",
        "DurationSeconds=900",
        "RoleSessionName=infra",
    ] {
        assert!(
            assumed[0].body.contains(field),
            "{field}: {}",
            assumed[0].body
        );
    }

    let wrong = at_a_terminal(folder.path(), &aws, "654321\n");
    let (said, _) = texts(&wrong);
    assert_eq!(wrong.status.code(), Some(8), "{said}");
    assert!(
        said.contains("MultiFactorAuthentication failed with invalid MFA one time pass code."),
        "{said}"
    );
    assert!(said.contains("check the MFA code"), "{said}");

    let none = at_a_terminal(folder.path(), &aws, "12345\n");
    let (said, _) = texts(&none);
    assert!(
        said.contains("the answer does not have six digits"),
        "{said}"
    );
}

/// The keys of the instance assume the role, with an MFA code from the user.
#[cfg(target_os = "linux")]
#[test]
fn assumes_mfa_role_from_instance_credentials() {
    let aws = StandIn::new(|request| {
        match request.line.as_str() {
        "PUT /latest/api/token" => (200, "imds-token".to_owned()),
        line if line.contains("/iam/security-credentials") && line.ends_with("/app-role") => (
            200,
            json!({ "Code": "Success", "Type": "AWS-HMAC", "AccessKeyId": "AKIAINSTANCE",
                "SecretAccessKey": "secret", "Token": "token", "LastUpdated": "2026-01-01T00:00:00Z",
                "Expiration": "2099-01-01T00:00:00Z" })
            .to_string(),
        ),
        line if line.contains("/iam/security-credentials/") => (200, "app-role".to_owned()),
        line if line.starts_with("GET /latest/") => (404, String::new()),
        _ => match request.action() {
            "AssumeRole" if request.key().as_deref() != Some("AKIAINSTANCE") => {
                refused("AccessDenied", "another key")
            }
            "AssumeRole" if !request.body.contains("TokenCode=123456") => {
                refused("AccessDenied", "no code")
            }
            "AssumeRole" => assumed("AssumeRole", "AKIAROLE"),
            _ => aws(request),
        },
    }
    });
    let folder = folder(
        "[profile secure]
role_arn = arn:aws:iam::222222222222:role/admin
credential_source = Ec2InstanceMetadata
mfa_serial = arn:aws:iam::111111111111:mfa/ada
",
    );
    let address = aws.address.clone();
    let variables = [
        ("AWS_EC2_METADATA_DISABLED", "false"),
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT", address.as_str()),
    ];
    let output = at_a_terminal_with(folder.path(), &aws, "123456\n", &variables);
    assert_eq!(key(&aws, &output), "AKIAROLE");
}
