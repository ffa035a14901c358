//! Writes the bindings of the enabled services, and the markers of all.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut modules = String::new();
    for service in infra_schema::list_services() {
        let feature = infra_schema::feature_of(service).to_uppercase();
        if env::var_os(format!("CARGO_FEATURE_{feature}")).is_none() {
            continue;
        }
        let docs = Path::new("docs").join(format!("{service}.txt"));
        println!("cargo::rerun-if-changed={}", docs.display());
        let text = infra_codegen::emit_service(service, &fs::read_to_string(&docs)?)?;
        fs::write(out.join(format!("{service}.rs")), text)?;
        write!(
            modules,
            "/// Bindings of the resource types of `{namespace}`.\n\
             pub mod {service} {{\n    \
                 use crate::rt;\n    \
                 include!(concat!(env!(\"OUT_DIR\"), \"/{service}.rs\"));\n\
             }}\n",
            namespace = infra_schema::types_of(service)
                .next()
                .and_then(|name| name.rsplit_once("::"))
                .map_or(service, |(namespace, _)| namespace),
        )?;
    }
    fs::write(out.join("services.rs"), modules)?;
    fs::write(
        out.join("kind.rs"),
        infra_codegen::emit_kinds(infra_schema::list_types()),
    )?;
    println!("cargo::rerun-if-changed=build.rs");
    Ok(())
}
