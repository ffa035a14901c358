//! Converts the templates of the gallery with constructs, and synthesizes the programs: the result equals the original.
//!
//! `generated/` has the program of each stack of which a construct makes at least one resource. After a change, run
//! `UPDATE=1 cargo test -p infra-examples imported` and review the difference.

#[allow(
    unreachable_pub,
    clippy::type_complexity,
    clippy::unreadable_literal,
    reason = "modules as `import-template --constructs` writes them for others"
)]
mod generated;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use infra_codegen::convert::{self, Form, Options};
use infra_lib::{App, Severity, Stack};
use infra_template::Template;

use crate::equivalence::canonical;
use generated::PROGRAMS;

/// A function of a generated module, which adds a stack to an app.
type Build = for<'app> fn(&'app App) -> Stack<'app>;

/// Declares the apps of the gallery, by the names of their modules.
macro_rules! apps {
    ($($name:ident),* $(,)?) => {
        [$((stringify!($name), crate::$name::build as fn(&App))),*]
    };
}

/// A stack of the gallery, and its conversion.
struct Converted {
    name: String,
    template: Template,
    program: String,
    constructs: usize,
}

fn convert_all() -> Vec<Converted> {
    let apps = apps![
        aurora,
        cache,
        cross_stack,
        database,
        domain,
        escape_hatch,
        event_pipeline,
        existing_vpc,
        fleet,
        hello,
        http_api,
        own_construct,
        own_policy,
        raw_resources,
        rest_api,
        scheduled_job,
        shared_files,
        state_machine,
        static_site,
        stream,
        upload_notifications,
        user_pool,
        web_service,
    ];
    let mut converted = Vec::new();
    for (name, build) in apps {
        let app = App::new();
        build(&app);
        for stack in app.synth().stacks() {
            let template = Template::from_json(stack.template.to_json()).expect("it is a template");
            let name = format!("{name}_{}", stack.stack_name.to_lowercase());
            let mut options = Options::new(
                &stack.stack_name,
                format!("{}.template.json", stack.stack_name),
                Form::Module,
            );
            options.constructs = true;
            let source = convert::source(template.document(), &options).expect("it has resources");
            converted.push(Converted {
                name,
                program: source.text,
                constructs: source.constructs.len(),
                template,
            });
        }
    }
    converted.sort_by(|a, b| a.name.cmp(&b.name));
    converted
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/imported/generated")
}

/// Formats a program with `rustfmt`.
fn format_rust(text: &str) -> String {
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024", "--quiet"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("rustfmt is installed");
    let mut input = rustfmt.stdin.take().expect("it is piped");
    input.write_all(text.as_bytes()).expect("rustfmt reads");
    drop(input);
    let output = rustfmt.wait_with_output().expect("rustfmt ends");
    assert!(output.status.success(), "{text}");
    String::from_utf8(output.stdout).expect("rustfmt writes UTF-8")
}

#[track_caller]
fn check_committed(path: &Path, content: &str) {
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, content).expect("the folder exists");
    }
    let committed = fs::read_to_string(path)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    assert!(
        committed == content,
        "{} is out of date; run: UPDATE=1 cargo test -p infra-examples imported",
        path.display()
    );
}

#[test]
fn matches_committed_programs() {
    let (mut modules, mut programs) = (String::new(), String::new());
    for one in convert_all().into_iter().filter(|one| one.constructs > 0) {
        let Converted { name, program, .. } = one;
        check_committed(&folder().join(format!("{name}.rs")), &format_rust(&program));
        let _ = writeln!(modules, "pub(crate) mod {name};");
        let stack = name.rsplit_once('_').map_or("", |(_, stack)| stack);
        let _ = writeln!(programs, "    (\"{name}\", {name}::{stack}),");
    }
    let index = format!(
        "//! Modules with constructs that were generated from the templates of the gallery.\n\nuse infra_lib::{{App, Stack}};\n\n{modules}\n\
         /// Every program by the names of its app and its stack.\n#[rustfmt::skip]\n\
         pub(crate) const PROGRAMS: &[(&str, for<'app> fn(&'app App) -> Stack<'app>)] = &[\n{programs}];\n"
    );
    check_committed(&folder().join("mod.rs"), &index);
}

#[test]
fn synthesizes_template_of_gallery_from_constructs() {
    let programs: BTreeMap<&str, Build> = PROGRAMS.iter().copied().collect();
    let mut seen = 0;
    for Converted { name, template, .. } in convert_all() {
        let Some(build) = programs.get(name.as_str()) else {
            continue;
        };
        seen += 1;
        let app = App::new();
        build(&app);
        let synthesis = app.synth();
        let errors = synthesis
            .findings()
            .iter()
            .filter(|finding| finding.severity >= Severity::Error);
        let errors: Vec<String> = errors.map(|finding| finding.message.clone()).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
        let made = Template::from_json(synthesis.stacks()[0].template.to_json())
            .expect("it is a template");
        let (given, made) = (canonical(&template), canonical(&made));
        assert!(
            given == made,
            "{name}\n--- given\n{given:#}\n--- made\n{made:#}"
        );
    }
    assert_eq!(seen, PROGRAMS.len());
}

/// The share of resources that constructs make, of the stacks of the gallery.
#[test]
fn counts_resources_of_constructs() {
    let mut table = String::new();
    let mut total = (0, 0);
    for Converted {
        name,
        template,
        constructs,
        ..
    } in convert_all()
    {
        let all = template.resources().count();
        total = (total.0 + constructs, total.1 + all);
        let _ = writeln!(table, "{name:30} {constructs:2} of {all:2}");
    }
    let _ = writeln!(table, "{:30} {} of {}", "together", total.0, total.1);
    check_committed(&folder().join("../share.txt"), &table);
}
