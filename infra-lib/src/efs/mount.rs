//! Access points as file systems of functions and of containers.

#[cfg(feature = "ecs")]
use super::grants::READ;
use super::grants::{READ_WRITE, mount_statement};
use super::{AccessPoint, AccessPointRef, AsAccessPoint, ImportedAccessPoint};
use crate::iam::Statement;

fn statement(access_point: &AccessPointRef<'_>, actions: &[&'static str]) -> Statement {
    mount_statement(
        actions,
        &access_point.file_system_arn(),
        &access_point.arn(),
    )
}

#[cfg(feature = "lambda")]
mod function {
    use super::{
        AccessPoint, AccessPointRef, AsAccessPoint, ImportedAccessPoint, READ_WRITE, statement,
    };
    use crate::ec2::Connectable;
    use crate::lambda::{FunctionFileSystem, MountedByFunction};

    fn mounted<'app>(access_point: &AccessPointRef<'app>) -> FunctionFileSystem<'app> {
        FunctionFileSystem {
            arn: access_point.arn(),
            statement: statement(access_point, READ_WRITE),
            connections: access_point.connections(),
            before: access_point.mount_targets(),
        }
    }

    impl<'app> MountedByFunction<'app> for AccessPoint<'app> {
        fn function_file_system(&self) -> FunctionFileSystem<'app> {
            mounted(&self.as_access_point())
        }
    }

    impl<'app> MountedByFunction<'app> for ImportedAccessPoint<'app> {
        fn function_file_system(&self) -> FunctionFileSystem<'app> {
            mounted(&self.as_access_point())
        }
    }
}

#[cfg(feature = "ecs")]
mod container {
    use super::{
        AccessPoint, AccessPointRef, AsAccessPoint, ImportedAccessPoint, READ, READ_WRITE,
        statement,
    };
    use crate::ecs::{ContainerFileSystem, MountedByContainer};

    fn mounted(access_point: &AccessPointRef<'_>) -> ContainerFileSystem {
        ContainerFileSystem {
            file_system_id: access_point.file_system_id(),
            access_point_id: access_point.access_point_id(),
            read: statement(access_point, READ),
            read_write: statement(access_point, READ_WRITE),
            before: access_point.mount_targets(),
        }
    }

    impl MountedByContainer for AccessPoint<'_> {
        fn container_file_system(&self) -> ContainerFileSystem {
            mounted(&self.as_access_point())
        }
    }

    impl MountedByContainer for ImportedAccessPoint<'_> {
        fn container_file_system(&self) -> ContainerFileSystem {
            mounted(&self.as_access_point())
        }
    }
}
