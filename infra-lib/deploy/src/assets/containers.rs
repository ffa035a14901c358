//! Builds command lines for container tools; docker, podman, finch and buildah take the same arguments.

use std::fmt::Write as _;

use infra_template::assembly::{BuildCache, ImageSource};

/// Returns the arguments that build an image from the current folder, in the order of the `cdk` CLI.
pub(super) fn build_arguments(source: &ImageSource, tag: &str) -> Vec<String> {
    let mut arguments = vec!["build".to_owned()];
    let mut add = |name: &str, value: String| {
        arguments.push(name.to_owned());
        arguments.push(value);
    };
    for (name, value) in &source.docker_build_args {
        add("--build-arg", format!("{name}={value}"));
    }
    for (name, value) in &source.docker_build_contexts {
        add("--build-context", format!("{name}={value}"));
    }
    for (id, value) in &source.docker_build_secrets {
        add("--secret", format!("id={id},{value}"));
    }
    if let Some(ssh) = &source.docker_build_ssh {
        add("--ssh", ssh.clone());
    }
    add("--tag", tag.to_owned());
    let single = [
        ("--target", &source.docker_build_target),
        ("--file", &source.docker_file),
        ("--network", &source.network_mode),
        ("--platform", &source.platform),
    ];
    for (name, value) in single {
        if let Some(value) = value {
            add(name, value.clone());
        }
    }
    for output in &source.docker_outputs {
        arguments.push(format!("--output={output}"));
    }
    for cache in &source.cache_from {
        arguments.extend(["--cache-from".to_owned(), cache_option(cache)]);
    }
    if let Some(cache) = &source.cache_to {
        arguments.extend(["--cache-to".to_owned(), cache_option(cache)]);
    }
    if source.cache_disabled {
        arguments.push("--no-cache".to_owned());
    }
    arguments.push(".".to_owned());
    arguments
}

fn cache_option(cache: &BuildCache) -> String {
    let mut option = format!("type={}", cache.kind);
    for (name, value) in &cache.params {
        let _ = write!(option, ",{name}={value}");
    }
    option
}

#[cfg(test)]
mod tests {
    use infra_template::assembly::ImageSource;

    use super::build_arguments;

    #[test]
    fn maps_each_build_option_to_an_argument() {
        let source: ImageSource = serde_json::from_value(serde_json::json!({
            "directory": "asset.x",
            "dockerFile": "Dockerfile.web",
            "dockerBuildTarget": "run",
            "dockerBuildArgs": { "A": "1", "B": "x y" },
            "dockerBuildContexts": { "shared": "../shared" },
            "dockerBuildSecrets": { "npm": "src=.npmrc" },
            "dockerBuildSsh": "default",
            "networkMode": "host",
            "platform": "linux/arm64",
            "dockerOutputs": ["type=docker"],
            "cacheFrom": [{ "type": "registry", "params": { "ref": "r", "mode": "max" } }, { "type": "local" }],
            "cacheTo": { "type": "inline" },
            "cacheDisabled": true,
        }))
        .unwrap();
        assert_eq!(
            build_arguments(&source, "cdkasset-1").join("|"),
            "build|--build-arg|A=1|--build-arg|B=x y|--build-context|shared=../shared|--secret|id=npm,src=.npmrc|--ssh|default|--tag|cdkasset-1|--target|run|--file|Dockerfile.web|--network|host|--platform|linux/arm64|--output=type=docker|--cache-from|type=registry,mode=max,ref=r|--cache-from|type=local|--cache-to|type=inline|--no-cache|."
        );
        assert_eq!(
            build_arguments(&ImageSource::default(), "t").join("|"),
            "build|--tag|t|."
        );
    }
}
