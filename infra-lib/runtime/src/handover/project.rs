//! Finds the project of the app: the folder of the `infra.toml` with profiles and regions, independent of the working folder.

use std::path::{Path, PathBuf};

use infra_console::{Variables, contract};

/// Returns the nearest folder with a project file, at or above the configuration of the app, the package that Cargo runs, or the program.
///
/// The working folder is ignored, because it may belong to another project with another account.
pub(super) fn find_project(
    configuration: Option<&str>,
    variables: &Variables,
    program: &Path,
) -> Option<PathBuf> {
    let configuration = configuration.map(Path::new);
    let package = variables.find_path("CARGO_MANIFEST_DIR");
    let places = [configuration, package, program.parent()];
    places
        .into_iter()
        .flatten()
        .filter(|place| place.is_dir())
        .find_map(|place| {
            let mut folders = place.ancestors();
            folders.find(|folder| folder.join(contract::PROJECT_FILE).is_file())
        })
        .map(Path::to_owned)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use infra_console::Variables;

    use super::find_project;

    #[test]
    fn searches_configuration_package_and_program_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for project in ["configured", "package", "built"] {
            std::fs::create_dir_all(root.join(project).join("inner/deeper")).unwrap();
            std::fs::write(root.join(project).join("infra.toml"), "").unwrap();
        }
        let at = |project: &str| root.join(project).join("inner/deeper");
        let configuration = at("configured").display().to_string();
        let cargo: Variables = [("CARGO_MANIFEST_DIR", at("package"))]
            .into_iter()
            .collect();
        let none = Variables::default();
        let program = at("built").join("app");
        let found = |configuration: Option<&str>, variables: &Variables, program: &Path| {
            let found = find_project(configuration, variables, program)?;
            Some(found.strip_prefix(root).unwrap().display().to_string())
        };
        let configuration = Some(configuration.as_str());
        assert_eq!(
            found(configuration, &cargo, &program).as_deref(),
            Some("configured")
        );
        assert_eq!(found(None, &cargo, &program).as_deref(), Some("package"));
        assert_eq!(found(None, &none, &program).as_deref(), Some("built"));
        // A folder that exists only on the machine that built the app.
        let elsewhere = Some("/of/the/machine/that/built/it");
        assert_eq!(found(elsewhere, &none, &program).as_deref(), Some("built"));
        assert_eq!(find_project(None, &none, Path::new("/nowhere/app")), None);
    }
}
