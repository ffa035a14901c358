//! Conversion of a container to properties of `AWS::ECS::TaskDefinition`.

use std::collections::BTreeMap;

use super::container::ContainerDefinition;
use super::parts::{Essential, LogMode, Mount, RootFileSystem};
use crate::cfn::ecs::task_definition as cfn;
use crate::core::{Name, Value, pseudo, value};
use crate::kind;
use crate::sub;

/// Returns the container, and the task's volumes that it mounts.
pub(super) fn render_container(
    container: &ContainerDefinition,
    log_group: &Value<Name<kind::logs::LogGroup>>,
) -> (cfn::ContainerDefinition, Vec<cfn::Volume>) {
    let (mount_points, volumes) = render_mounts(container);
    let mut rendered = cfn::ContainerDefinition::new(container.image.uri(), &*container.name)
        .essential(container.essential == Essential::Yes)
        .linux_parameters(linux_parameters(container))
        .log_configuration(log_configuration(container, log_group))
        .readonly_root_filesystem(container.root_file_system == RootFileSystem::ReadOnly)
        .stop_timeout(container.stop_timeout.to_seconds_i64())
        .user(container.user.to_text());
    if let Some(memory) = container.memory_limit {
        rendered = rendered.memory(memory.as_mib().cast_signed());
    }
    if let Some((name, port)) = &container.port {
        rendered = rendered.port_mappings([cfn::PortMapping::new()
            .container_port(*port)
            .name(name)
            .protocol(cfn::PortMappingProtocol::TCP)]);
    }
    if !container.env.is_empty() {
        let pair = |(name, value): &(String, _)| cfn::KeyValuePair::new().name(name).value(value);
        rendered = rendered.environment(container.env.iter().map(pair).collect::<Vec<_>>());
    }
    if !container.secrets.is_empty() {
        let secrets = container
            .secrets
            .iter()
            .map(|(name, field)| cfn::Secret::new(name, field.value_from()));
        rendered = rendered.secrets(secrets.collect::<Vec<_>>());
    }
    if let Some(command) = &container.command {
        rendered = rendered.command(command);
    }
    if let Some(entry_point) = &container.entry_point {
        rendered = rendered.entry_point(entry_point);
    }
    if let Some(path) = &container.working_directory {
        rendered = rendered.working_directory(path);
    }
    if let Some(check) = &container.health_check {
        rendered = rendered.health_check(
            cfn::HealthCheck::new()
                .command(&*check.command)
                .interval(check.interval.to_seconds_i64())
                .timeout(check.timeout.to_seconds_i64())
                .retries(check.retries)
                .start_period(check.start_period.to_seconds_i64()),
        );
    }
    if let Some((soft, hard)) = container.open_files {
        rendered = rendered.ulimits([cfn::Ulimit::new(cfn::UlimitRequired {
            name: value(cfn::UlimitName::NOFILE),
            soft_limit: value(soft),
            hard_limit: value(hard),
        })]);
    }
    if !mount_points.is_empty() {
        rendered = rendered.mount_points(mount_points);
    }
    (rendered, volumes)
}

fn linux_parameters(container: &ContainerDefinition) -> cfn::LinuxParameters {
    let mut linux = cfn::LinuxParameters::new().init_process_enabled(true);
    if !container.user.is_root() {
        linux = linux.capabilities(cfn::KernelCapabilities::new().drop(["ALL"]));
    }
    let tmpfs: Vec<_> = container
        .mounts
        .iter()
        .filter_map(|mount| match mount {
            Mount::Tmpfs { path, size } => {
                let size = i64::try_from(size.as_mib()).unwrap_or(i64::MAX);
                Some(
                    cfn::Tmpfs::new(size)
                        .container_path(path)
                        .mount_options(["nosuid", "nodev", "noexec"]),
                )
            }
            Mount::Scratch { .. } | Mount::FileSystem { .. } => None,
        })
        .collect();
    if tmpfs.is_empty() {
        linux
    } else {
        linux.tmpfs(tmpfs)
    }
}

fn render_mounts(container: &ContainerDefinition) -> (Vec<cfn::MountPoint>, Vec<cfn::Volume>) {
    let name_of = |path: &str| {
        let path = path.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        format!("{}{path}", container.name)
    };
    let mounts = container.mounts.iter().filter_map(|mount| match mount {
        Mount::Scratch { path } => {
            let name = name_of(path);
            Some((path, true, cfn::Volume::new().name(&*name), name))
        }
        Mount::FileSystem {
            path,
            file_system,
            writable,
        } => {
            let name = name_of(path);
            Some((path, *writable, file_system.volume(&name), name))
        }
        Mount::Tmpfs { .. } => None,
    });
    mounts
        .map(|(path, writable, volume, name)| {
            let point = cfn::MountPoint::new()
                .container_path(path)
                .read_only(!writable)
                .source_volume(name);
            (point, volume)
        })
        .unzip()
}

fn log_configuration(
    container: &ContainerDefinition,
    log_group: &Value<Name<kind::logs::LogGroup>>,
) -> cfn::LogConfiguration {
    let mut options = BTreeMap::from([
        ("awslogs-group".to_owned(), sub![log_group]),
        ("awslogs-region".to_owned(), pseudo::region()),
        ("awslogs-stream-prefix".to_owned(), value(&*container.name)),
    ]);
    match container.log_mode {
        LogMode::Blocking => {
            options.insert("mode".to_owned(), value("blocking"));
        }
        LogMode::NonBlocking { max_buffer } => {
            options.insert(
                "max-buffer-size".to_owned(),
                value(format!("{}m", max_buffer.as_mib())),
            );
            options.insert("mode".to_owned(), value("non-blocking"));
        }
    }
    cfn::LogConfiguration::new("awslogs").options(options)
}
