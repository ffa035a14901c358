//! Options with which an image is built, in addition to its Dockerfile: [`BuildContext`], [`BuildSecret`] and [`BuildCache`].

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::json_text::{Object, write_array, write_string};

/// A named build context, from which the Dockerfile copies files or begins, with `COPY --from=NAME` and `FROM NAME`.
///
/// See [additional contexts](https://docs.docker.com/build/concepts/context/).
#[derive(Clone, Debug, Eq, PartialEq)]
#[must_use = "a build context has no effect until it is passed to an image"]
pub struct BuildContext(pub(crate) ContextSource);

/// Source of a named build context.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum ContextSource {
    Folder(PathBuf),
    Text(String),
}

impl BuildContext {
    /// Creates a context from the files of a folder, which are copied into the assembly and belong to the hash of the image. A
    /// relative path starts at the working directory of the app.
    pub fn folder(path: impl AsRef<Path>) -> Self {
        Self(ContextSource::Folder(path.as_ref().to_owned()))
    }

    /// Creates a context from another image. Name it by digest, such as `alpine@sha256:…`: a tag can be moved.
    pub fn image(reference: impl AsRef<str>) -> Self {
        let reference = reference.as_ref();
        Self(ContextSource::Text(format!("docker-image://{reference}")))
    }

    /// Creates a context from the URL of a Git repository or an archive.
    pub fn url(url: impl Into<String>) -> Self {
        Self(ContextSource::Text(url.into()))
    }
}

/// The place of a secret on the machine that builds an image. The assembly has the place only, and the image neither place nor
/// value: the Dockerfile reads it with `RUN --mount=type=secret,id=NAME`.
///
/// See [build secrets](https://docs.docker.com/build/building/secrets/).
#[derive(Clone, Debug, Eq, PartialEq)]
#[must_use = "a build secret has no effect until it is passed to an image"]
pub struct BuildSecret(pub(crate) SecretSource);

/// Place of a build secret.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum SecretSource {
    Environment(String),
    File(PathBuf),
}

impl BuildSecret {
    /// Creates a secret from the environment variable with this name of the tool that publishes the image.
    pub fn env(variable: impl Into<String>) -> Self {
        Self(SecretSource::Environment(variable.into()))
    }

    /// Creates a secret from a file of the machine that publishes the image. A relative path starts at the working directory of
    /// the app. A file that the build context contains is reported (`INF4986`), since the assembly would have its text.
    pub fn file(path: impl AsRef<Path>) -> Self {
        Self(SecretSource::File(path.as_ref().to_owned()))
    }

    /// Returns the second part of `--secret`, after the ID.
    fn option(&self) -> String {
        match &self.0 {
            SecretSource::Environment(name) => format!("type=env,env={name}"),
            SecretSource::File(path) => {
                // The image is built in another folder. An error leaves the path as it is: there is no working directory then.
                let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
                format!("type=file,src={}", path.display())
            }
        }
    }
}

/// A cache of image layers outside the machine that builds, for its option `--cache-from` or `--cache-to`.
///
/// See [cache storage backends](https://docs.docker.com/build/cache/backends/).
#[derive(Clone, Debug, Eq, PartialEq)]
#[must_use = "a build cache has no effect until it is passed to an image"]
pub struct BuildCache {
    kind: String,
    params: BTreeMap<String, String>,
}

impl BuildCache {
    /// Creates a cache of a type, such as `registry`, `gha` or `local`.
    pub fn new(kind: impl Into<String>) -> Self {
        Self {
            kind: kind.into(),
            params: BTreeMap::new(),
        }
    }

    /// Sets a parameter of the type, such as `ref` or `mode`.
    pub fn param(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.params.insert(name.into(), value.into());
        self
    }

    fn write(&self, cache: &mut Object) {
        cache.write_text("type", &self.kind);
        write_map(cache, "params", &self.params);
    }
}

/// Options of `docker build` in addition to its input.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct BuildOptions {
    pub(crate) contexts: BTreeMap<String, String>,
    pub(crate) secrets: BTreeMap<String, BuildSecret>,
    pub(crate) ssh: Option<String>,
    pub(crate) network: Option<String>,
    pub(crate) outputs: Vec<String>,
    pub(crate) cache_from: Vec<BuildCache>,
    pub(crate) cache_to: Option<BuildCache>,
    pub(crate) cache_disabled: bool,
}

impl BuildOptions {
    /// Returns the texts that belong to the hash of the image. Caches do not change it, and neither do the places of secrets,
    /// which differ between machines.
    pub(crate) fn identity(&self) -> Vec<(&'static str, &str)> {
        let contexts = self.contexts.iter();
        let contexts = contexts.flat_map(|(name, source)| [("context", &**name), ("from", source)]);
        let secrets = self.secrets.keys().map(|id| ("secret", &**id));
        let single = [("ssh", &self.ssh), ("network", &self.network)].into_iter();
        let single = single.filter_map(|(name, value)| Some((name, value.as_deref()?)));
        let outputs = self.outputs.iter().map(|output| ("output", &**output));
        contexts
            .chain(secrets)
            .chain(single)
            .chain(outputs)
            .collect()
    }

    /// Writes the options into the source of an image, with the names of the asset manifest.
    pub(crate) fn write(&self, source: &mut Object) {
        write_map(source, "dockerBuildContexts", &self.contexts);
        if !self.secrets.is_empty() {
            source.write_object("dockerBuildSecrets", |secrets| {
                for (id, secret) in &self.secrets {
                    secrets.write_text(id, &secret.option());
                }
            });
        }
        for (name, value) in [
            ("dockerBuildSsh", &self.ssh),
            ("networkMode", &self.network),
        ] {
            if let Some(value) = value {
                source.write_text(name, value);
            }
        }
        if !self.outputs.is_empty() {
            source.write_key("dockerOutputs");
            write_array(&mut source.out, &self.outputs, |out, text| {
                write_string(out, text);
            });
        }
        if !self.cache_from.is_empty() {
            source.write_key("cacheFrom");
            write_array(&mut source.out, &self.cache_from, |out, cache| {
                let mut entry = Object::new(std::mem::take(out));
                cache.write(&mut entry);
                *out = entry.finish_object();
            });
        }
        if let Some(cache) = &self.cache_to {
            source.write_object("cacheTo", |entry| cache.write(entry));
        }
        if self.cache_disabled {
            source.write_key("cacheDisabled");
            source.out.push_str("true");
        }
    }
}

fn write_map(object: &mut Object, key: &str, map: &BTreeMap<String, String>) {
    if !map.is_empty() {
        object.write_object(key, |entries| {
            for (name, value) in map {
                entries.write_text(name, value);
            }
        });
    }
}
