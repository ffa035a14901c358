//! Defines the container settings that every task with the service's image shares: program, user, and database connection.

use infra_lib::Stack;
use infra_lib::ecs::{ContainerDefinition, ContainerImage, ContainerUser, WithoutPort};
use infra_lib::logs::LogGroup;

use super::{Data, Foundation, Images};
use crate::Config;
use crate::service_contract::{self as contract, variables};

/// Creates a container with the service's image and the shared settings.
pub(super) fn build_container<'app>(
    name: &str,
    arguments: &'static [&'static str],
    config: &Config,
    foundation: &Foundation<'app>,
    data: &Data<'app>,
) -> ContainerDefinition<WithoutPort> {
    let database = data.database;
    let digest = config.service.image_digest.clone();
    let image = match &foundation.images {
        Images::Releases(repository) => ContainerImage::from_repository(repository, digest),
        Images::Proposals(repository) => ContainerImage::from_repository_uri(repository, digest),
    };
    ContainerDefinition::new(name, image)
        .entry_point([contract::BINARY])
        .command(arguments)
        .memory_limit(config.service.size.memory())
        .user(ContainerUser::Ids {
            uid: contract::USER,
            gid: contract::USER,
        })
        .env(variables::LOG_LEVEL, config.service.log_level.clone())
        .env(variables::DB_HOST, database.host())
        .env(variables::DB_PORT, database.port())
        .env(variables::DB_NAME, contract::DATABASE_NAME)
        .secret(variables::DB_USERNAME, database.secret().field("username"))
        .secret(variables::DB_PASSWORD, database.secret().field("password"))
}

/// Creates the log group of a container.
pub(super) fn log_group<'app>(
    stack: Stack<'app>,
    id: &str,
    config: &Config,
    foundation: &Foundation<'app>,
) -> LogGroup<'app> {
    LogGroup::builder()
        .retention(config.log_retention.into())
        .maybe_encryption_key(foundation.key.as_ref())
        .build(stack, id)
}
